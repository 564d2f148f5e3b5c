//! Resolves character references in the attributes of raw HTML.

use pulldown_cmark::{Event, Parser};

/// `text` with its character references resolved, as Markdown knows them.
pub fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = reference(rest);
        match length.and_then(|length| character(&rest[..length])) {
            Some(character) => out.push_str(&character),
            None => out.push_str(&rest[..length.unwrap_or(1)]),
        }
        rest = &rest[length.unwrap_or(1)..];
    }
    out.push_str(rest);
    out
}

/// How long the reference at the start of `text` is.
fn reference(text: &str) -> Option<usize> {
    const LONGEST_NAME: usize = 40;
    let end = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#')? + 1;
    (end <= LONGEST_NAME && text[end..].starts_with(';')).then_some(end + 1)
}

/// What one reference means; the Markdown parser keeps the table of names.
fn character(reference: &str) -> Option<String> {
    let text: String = Parser::new(reference)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (text != reference).then_some(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn references_are_resolved() {
        for (text, resolved) in [
            ("a&amp;b", "a&b"),
            ("javascript&colon;x&#40;1&#x29;", "javascript:x(1)"),
            ("?a=1&b=2&copy", "?a=1&b=2&copy"),
            ("&otilde;&nothing;&;&", "õ&nothing;&;&"),
        ] {
            assert_eq!(super::resolve(text), resolved);
        }
    }
}
