//! What a style sheet asks for, by the names under which it is published.

use crate::derive::page::routes::relative;
use crate::record::path::{folder_of, join};

/// What stands before an address in a style sheet.
const URL: &str = "url(";

/// The style sheet with the addresses of `published` (name in the folder of assets, address from the portal's root)
/// in the place of names: `url("fonts/a.woff2")` in `tokens.css` as `url("fonts/a.0123456789.woff2")`. Addresses of
/// anything else stay.
pub fn published<'a>(name: &str, text: &str, published: &[(&'a str, &'a str)]) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(URL) {
        made.push_str(before);
        made.push_str(URL);
        let Some((written, following)) = after.split_once(')') else {
            rest = after;
            continue;
        };
        let target = written.trim().trim_matches(['"', '\'']);
        let (path, fragment) =
            target.split_once('#').map_or((target, ""), |(path, _)| (path, &target[path.len()..]));
        let wanted = join(folder_of(name), path);
        match published.iter().find(|(name, _)| wanted.as_deref() == Some(name)) {
            Some((_, address)) => {
                made.push_str(&format!("\"{}{fragment}\")", relative(&format!("/assets/{name}"), address)));
            }
            None => made.push_str(&format!("{written})")),
        }
        rest = following;
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        let files =
            [("fonts/a.woff2", "/assets/fonts/a.0123456789.woff2"), ("b.png", "/assets/b.abcdef0123.png")];
        for (name, text, expected) in [
            ("tokens.css", "src: url(\"fonts/a.woff2\");", "src: url(\"fonts/a.0123456789.woff2\");"),
            (
                "tokens.css",
                "url(./b.png) url('b.png')",
                "url(\"b.abcdef0123.png\") url(\"b.abcdef0123.png\")",
            ),
            ("css/x.css", "url(../b.png#c)", "url(\"../b.abcdef0123.png#c\")"),
            ("tokens.css", "url(https://example.ee/b.png)", "url(https://example.ee/b.png)"),
            ("tokens.css", "url(data:image/png;base64,AA==)", "url(data:image/png;base64,AA==)"),
            ("tokens.css", "url(lost.png) url(", "url(lost.png) url("),
        ] {
            assert_eq!(published(name, text, &files), expected);
        }
    }
}
