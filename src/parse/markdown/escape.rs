//! Text into HTML.

use super::holes;

/// `text` between tags.
pub fn text(text: &str) -> String {
    escape(text, false)
}

/// `text` in a double-quoted attribute.
pub fn attribute(text: &str) -> String {
    escape(text, true)
}

/// The `href` that leads to `id` on the same page.
pub fn fragment(id: &str) -> String {
    format!("#{}", attribute(&id.replace('%', "%25")))
}

fn escape(text: &str, quotes: bool) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quotes => out.push_str("&quot;"),
            c if holes::is_reserved(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_escapes() {
        assert_eq!(super::text("a < b & \"c\" > \u{FDD0}"), "a &lt; b &amp; \"c\" &gt; \u{FFFD}");
        assert_eq!(super::attribute("\"><b>"), "&quot;&gt;&lt;b&gt;");
        assert_eq!(super::fragment("50%25"), "#50%2525");
    }
}
