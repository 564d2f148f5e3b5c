//! The portal's address is no address.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "bad-base-url",
    level: Level::Error,
    what: "`base_url` in `portal.yaml` is not an address that begins with `https://` or `http://`.",
    why: "Feeds, the sitemap and canonical links would lead nowhere.",
    example: "base_url: testing.example.ee",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let url = context.site.portal.base_url.as_ref();
    url.filter(|url| !is_address(url))
        .map(|url| {
            Diagnostic::new(&RULE, url.place, format!("`{}` is not the address of a portal", url.value))
                .hint("write it as `https://testing.example.ee/`")
        })
        .into_iter()
        .collect()
}

/// Whether a portal can be served at `url`: a scheme, a host, and no part that a page's path could not
/// follow.
pub fn is_address(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or_default();
    !host.is_empty()
        && !host.starts_with(':')
        && !rest.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>'))
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_has_scheme_and_host() {
        for good in ["https://testing.example.ee/", "http://localhost:8080", "https://example.ee/testimine/"]
        {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "testing.example.ee",
            "https://",
            "https:///x",
            "ftp://example.ee",
            "https://a.ee/?x",
            "https://a b.ee",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
