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

/// Writes `text` between tags behind `html`.
pub fn text_into(html: &mut String, text: &str) {
    escape_into(html, text, false);
}

fn escape(text: &str, quotes: bool) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    escape_into(&mut out, text, quotes);
    out
}

fn escape_into(out: &mut String, text: &str, quotes: bool) {
    // What needs nothing is copied as a whole.
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let written = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if quotes => "&quot;",
            c if holes::is_reserved(c) => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(text.get(plain..at).unwrap_or_default());
        out.push_str(written);
        plain = at + c.len_utf8();
    }
    out.push_str(text.get(plain..).unwrap_or_default());
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
