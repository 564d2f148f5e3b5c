//! Elements of a feed as text.

/// An element with words in it.
pub fn element(name: &str, words: &str) -> String {
    format!("<{name}>{}</{name}>\n", escape(words))
}

/// An element that has attributes alone.
pub fn empty(name: &str, attributes: &[(&str, &str)]) -> String {
    let all: String =
        attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
    format!("<{name}{all}/>\n")
}

/// Words as text or as an attribute. What XML 1.0 cannot hold is left out.
pub fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_xml_is_written_as_a_name() {
        assert_eq!(element("title", "a < b & \"c\"\u{1}"), "<title>a &lt; b &amp; &quot;c&quot;</title>\n");
        assert_eq!(
            empty("link", &[("rel", "self"), ("href", "/?a&b")]),
            "<link rel=\"self\" href=\"/?a&amp;b\"/>\n"
        );
    }
}
