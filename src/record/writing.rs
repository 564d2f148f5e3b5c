//! Values as YAML text that a person could have written: plain where that is safe, quoted where YAML
//! would read something else, long texts as blocks.

use super::node::{Node, Value};

/// The longest line on which a map is written, in characters.
const LONGEST_LINE: usize = 120;

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A text, in quotes where YAML would take it for something else.
    Text(String),
    /// A word, number or time that stands as it is.
    Word(String),
    /// A list.
    List(Vec<Self>),
    /// A map, in this order.
    Map(Vec<(String, Self)>),
}

impl Written {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A word.
    pub fn word(word: impl Into<String>) -> Self {
        Self::Word(word.into())
    }

    /// A list of texts.
    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// The value that a file has; what is empty in the file becomes an empty text.
    pub fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Word("null".to_owned()),
            Value::Scalar(text) => Self::text(text),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Map(entries) => {
                Self::Map(entries.iter().map(|(key, value)| (key.value.clone(), Self::of(value))).collect())
            }
        }
    }

    /// The text of a scalar; of a list or map how it stands on one line. For comparing.
    pub fn as_text(&self) -> String {
        match self {
            Self::Word(text) | Self::Text(text) => text.clone(),
            other => other.in_quotes(),
        }
    }

    /// The value on one line; nothing if a text in it has several.
    pub fn on_a_line(&self) -> Option<String> {
        Some(match self {
            Self::Word(word) => word.clone(),
            Self::Text(text) if text.contains('\n') => return None,
            Self::Text(text) => scalar(text),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::on_a_line).collect::<Option<Vec<_>>>()?.join(", "))
            }
            Self::Map(entries) => {
                let entry =
                    |(key, value): &(String, Self)| Some(format!("{}: {}", scalar(key), value.on_a_line()?));
                format!("{{{}}}", entries.iter().map(entry).collect::<Option<Vec<_>>>()?.join(", "))
            }
        })
    }

    /// The value behind a key whose line begins with `indent` spaces: on the same line, or as a block of
    /// lines below it. Without a line feed at the end.
    fn behind_key(&self, indent: usize) -> String {
        match self {
            Self::Text(text) => match block(text, indent + 2) {
                Some(block) => block,
                None => scalar(text),
            },
            other => other.on_a_line().unwrap_or_else(|| other.in_quotes()),
        }
    }

    /// The value on one line, line feeds in quotes.
    fn in_quotes(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Text(text) => scalar(text),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::in_quotes).collect::<Vec<_>>().join(", "))
            }
            Self::Map(entries) => {
                let entry = |(key, value): &(String, Self)| format!("{}: {}", scalar(key), value.in_quotes());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// `key: value` with a line feed, the key behind `indent` spaces.
pub fn entry(key: &str, value: &Written, indent: usize) -> String {
    format!("{}{}: {}\n", " ".repeat(indent), scalar(key), value.behind_key(indent))
}

/// An item of a list, its dash behind `indent` spaces: a map on one line where it is short and none of its
/// texts has several lines, else a key a line.
pub fn item(entries: &[(String, Written)], indent: usize) -> String {
    let dash = " ".repeat(indent);
    let line = Written::Map(entries.to_vec()).on_a_line().map(|map| format!("{dash}- {map}\n"));
    match line {
        Some(line) if line.chars().count() <= LONGEST_LINE + 1 => line,
        _ if entries.is_empty() => format!("{dash}- {{}}\n"),
        _ => {
            let lines: String = entries.iter().map(|(key, value)| entry(key, value, indent + 2)).collect();
            format!("{dash}- {}", lines.trim_start_matches(' '))
        }
    }
}

/// A text on one line, in quotes where it needs them.
pub fn scalar(text: &str) -> String {
    if !needs_quotes(text) {
        text.to_owned()
    } else if text.chars().any(|c| !is_plain(c)) {
        escaped(text)
    } else if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// Whether YAML would read `text` as anything but this text, in a map or list on one line.
fn needs_quotes(text: &str) -> bool {
    text.is_empty()
        || text.trim() != text
        || text.starts_with(['-', '?', ':', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '='])
        || text.contains([',', '[', ']', '{', '}'])
        || text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || text.chars().any(|c| !is_plain(c))
        || is_typed(text)
}

/// Whether a character stands for itself and is seen; line feeds and tabs are not seen.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether YAML, of this or the last version, has another type for `text`: nothing, a truth value, a number,
/// a day or time.
fn is_typed(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_word = matches!(
        lower.as_str(),
        "~" | "null"
            | "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "y"
            | "n"
            | "<<"
            | ".inf"
            | "+.inf"
            | ".nan"
    );
    let digits = lower.trim_start_matches(['+', '.']);
    let is_based = ["0x", "0o", "0b"].iter().any(|base| digits.starts_with(base));
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '_' | ':' | '+' | '-' | 'e' | 't' | 'z' | ' '));
    is_word || is_based || is_number || lower.starts_with("...")
}

/// `text` in double quotes, with an escape for each character that is not seen (YAML 1.2.2, section 5.7).
fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_plain(c) => out.push(c),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// A text of several lines as a literal block whose lines begin with `indent` spaces; nothing for a text that
/// a block cannot hold as it is.
fn block(text: &str, indent: usize) -> Option<String> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let is_held = text.contains('\n')
        && !body.is_empty()
        && !body.ends_with('\n')
        && body.chars().all(|c| is_plain(c) || matches!(c, '\n' | '\t'))
        && body.lines().all(|line| line.is_empty() || !line.trim().is_empty());
    if !is_held {
        return None;
    }
    // Without the number of spaces a first line that begins with one would be taken for deeper.
    let first = body.lines().find(|line| !line.is_empty()).unwrap_or_default();
    let number = if first.starts_with([' ', '\t']) || body.starts_with('\n') { "2" } else { "" };
    let end = if text.ends_with('\n') { "" } else { "-" };
    let lines: Vec<String> = body
        .split('\n')
        .map(|line| if line.is_empty() { String::new() } else { format!("{}{line}", " ".repeat(indent)) })
        .collect();
    Some(format!("|{number}{end}\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_only_where_yaml_would_read_something_else() {
        for (text, wanted) in [
            ("Supplement is in the sum", "Supplement is in the sum"),
            ("2026.10/sit-04", "2026.10/sit-04"),
            ("õunad: 4m10s", "\"õunad: 4m10s\""),
            ("4m10s", "4m10s"),
            ("http://example.ee/x", "http://example.ee/x"),
            ("2026.10", "\"2026.10\""),
            ("2026-10-12", "\"2026-10-12\""),
            ("2026-10-12T09:00:00Z", "\"2026-10-12T09:00:00Z\""),
            ("1e5", "\"1e5\""),
            ("007", "\"007\""),
            ("0x1F", "\"0x1F\""),
            ("12:30", "\"12:30\""),
            ("no", "\"no\""),
            ("On", "\"On\""),
            ("", "\"\""),
            (" x", "\" x\""),
            ("a #b", "\"a #b\""),
            ("a#b", "a#b"),
            ("- a", "\"- a\""),
            ("sum[1, 2]", "\"sum[1, 2]\""),
            ("say \"yes\": now", "'say \"yes\": now'"),
            ("it's \\: x", "'it''s \\: x'"),
            ("say \"yes\"", "say \"yes\""),
            ("a\tb", "\"a\\tb\""),
            ("\u{0}\u{1b}\u{2028}", "\"\\u0000\\u001b\\u2028\""),
        ] {
            assert_eq!(scalar(text), wanted);
        }
    }

    #[test]
    fn a_short_map_is_one_line_and_a_long_one_several() {
        let entries = |message: &str| {
            vec![
                ("case".to_owned(), Written::text("BEN-142")),
                ("message".to_owned(), Written::text(message)),
            ]
        };
        assert_eq!(item(&entries("wrong sum"), 2), "  - {case: BEN-142, message: wrong sum}\n");
        assert_eq!(
            item(&entries("wrong sum\n\n  at pay"), 2),
            "  - case: BEN-142\n    message: |-\n      wrong sum\n\n        at pay\n"
        );
        assert!(item(&entries(&"x".repeat(200)), 2).starts_with("  - case: BEN-142\n    message: xxx"));
    }

    #[test]
    fn a_block_keeps_what_its_lines_begin_and_end_with() {
        let entry = |text: &str| entry("message", &Written::text(text), 0);
        assert_eq!(entry("  a\nb"), "message: |2-\n    a\n  b\n");
        assert_eq!(entry("a\nb\n"), "message: |\n  a\n  b\n");
        assert_eq!(entry("a\n\n"), "message: \"a\\n\\n\"\n");
        assert_eq!(entry("a\r\nb"), "message: \"a\\r\\nb\"\n");
        assert_eq!(entry("a\n \nb"), "message: \"a\\n \\nb\"\n");
    }
}
