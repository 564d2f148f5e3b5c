//! What the YAML reader says, in words that help an author.

/// A fault of syntax for an author.
#[derive(Debug, PartialEq, Eq)]
pub struct Phrase {
    /// A lower-case phrase.
    pub message: String,
    /// What to do about it.
    pub hint: Option<&'static str>,
}

/// What the reader says, and what that means. The first entry whose words are all in it counts.
const PHRASES: &[(&str, &str, Option<&str>)] = &[
    ("tab", "a tab cannot indent; use spaces", None),
    (
        "unclosed quote",
        "a quote is not closed",
        Some("texts end with the quote they begin with; within `'…'` write `''` for `'`"),
    ),
    (
        "mapping values are not allowed",
        "a key cannot stand here",
        Some("a text that holds `: ` needs quotes; keys of one map begin in the same column"),
    ),
    (
        "mapping keys are not allowed",
        "a key cannot stand here",
        Some("keys of one map begin in the same column"),
    ),
    (
        "illegal placement of ':'",
        "a `:` cannot stand here",
        Some("is a bracket or quote before it not closed? Otherwise the text needs quotes"),
    ),
    (
        "simple key expected ':'",
        "a key without `:`",
        Some("write `key: value`; a text of several lines begins with `|`"),
    ),
    (
        "block sequence entries are not allowed",
        "an item cannot stand here",
        Some("items of one list begin in the same column, each with `- `"),
    ),
    (
        "invalid indentation",
        "the line does not begin where it should",
        Some("keys of one map begin in the same column"),
    ),
    (
        "trailing content",
        "something follows the closing quote",
        Some("put the whole text in quotes, or none of it"),
    ),
    ("unknown anchor", "the alias leads to nothing", Some("a text that begins with `*` needs quotes")),
    (
        "comments must be separated",
        "a `#` right after a value",
        Some("write a space before `#` to begin a comment, or put the text in quotes"),
    ),
    ("Documents", "a second document begins here", Some("a file holds one record; take the line `---` out")),
    (
        "multiple documents",
        "a second document begins here",
        Some("a file holds one record; take the line `---` out"),
    ),
    (
        "alias",
        "the aliases unfold into too much",
        Some("write the values out instead of repeating them by aliases"),
    ),
    ("recursion limit", "lists and maps are nested too deeply", None),
    ("Depth", "lists and maps are nested too deeply", None),
    ("budget breached", "the file holds more than a record can", Some("split it into several files")),
];

/// Turns what the reader says into what an author can act on.
pub fn phrase(said: &str) -> Phrase {
    if let Some((_, message, hint)) = PHRASES.iter().find(|(words, ..)| said.contains(words)) {
        return Phrase { message: (*message).to_owned(), hint: *hint };
    }
    if let Some(bracket) = quoted(said, "unclosed bracket ") {
        return Phrase { message: format!("the bracket `{bracket}` is not closed"), hint: None };
    }
    if let Some(letter) = quoted(said, "unexpected character: ") {
        let message = format!("a text cannot begin with `{letter}`");
        return Phrase { message, hint: Some("put the text in quotes") };
    }
    Phrase {
        message: format!("this is not YAML: {said}"),
        hint: Some("texts with `: ` or ` #`, or beginning with one of `[{&*!|>'\"%@`, need quotes"),
    }
}

/// The character that the reader quotes after `before`.
fn quoted(said: &str, before: &str) -> Option<char> {
    said.split_once(before)?.1.chars().nth(1)
}

#[cfg(test)]
mod tests {
    use super::phrase;

    #[test]
    fn the_words_of_the_reader_become_the_authors() {
        for (said, wanted) in [
            ("unclosed bracket '['", "the bracket `[` is not closed"),
            ("unexpected character: `@'", "a text cannot begin with `@`"),
            ("tabs disallowed within this context (block indentation)", "a tab cannot indent; use spaces"),
            ("something new", "this is not YAML: something new"),
        ] {
            assert_eq!(phrase(said).message, wanted);
        }
    }
}
