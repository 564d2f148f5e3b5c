//! What a failure said, as a person would copy it into a report.

/// The most lines of one message.
const MOST_LINES: usize = 60;

/// The most characters of one message.
const MOST_CHARACTERS: usize = 6_000;

/// One text of a failure's kind (`AssertionError`), its message and its trace, none of them twice.
pub fn compose(kind: &str, message: &str, trace: &str) -> Option<String> {
    let (kind, message, trace) = (kind.trim(), clean(message), clean(trace));
    let told = if says(&trace, &message) {
        trace
    } else if trace.is_empty() {
        message
    } else {
        format!("{message}\n{trace}")
    };
    let short = kind.rsplit(['.', '\\']).next().unwrap_or(kind);
    match (told.is_empty(), kind.is_empty() || told.contains(short)) {
        (true, true) => None,
        (true, false) => Some(kind.to_owned()),
        (false, true) => Some(told),
        (false, false) => Some(format!("{kind}: {told}")),
    }
}

/// Whether `text` says all that `message` says, however the lines are broken.
fn says(text: &str, message: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.contains(message) || words(text).contains(&words(message))
}

/// Several messages as one, each once.
pub fn join(messages: impl IntoIterator<Item = String>) -> Option<String> {
    let mut joined: Vec<String> = Vec::new();
    for message in messages {
        if !joined.contains(&message) {
            joined.push(message);
        }
    }
    (!joined.is_empty()).then(|| joined.join("\n\n"))
}

/// `text` without the codes by which terminals show colours, without other control characters, and
/// without empty space at the ends of lines and of the whole.
pub fn clean(text: &str) -> String {
    let plain = without_codes(text);
    let lines: Vec<&str> = plain.lines().map(str::trim_end).collect();
    lines.join("\n").trim_start_matches('\n').trim_end().to_owned()
}

/// `text` on one line, cleaned.
pub fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Drops escape sequences (ECMA-48, section 5.4), also where the escape character itself was lost or
/// written out, as XML 1.0 forces tools to do; other control characters but tab and line feed go too.
fn without_codes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let introduced = ESCAPES.iter().find_map(|escape| rest.strip_prefix(escape)?.strip_prefix('['));
        let after = introduced.and_then(|code| after_code(code, first == '\u{1b}'));
        if let Some(after) = after {
            rest = after;
            continue;
        }
        if !first.is_control() || matches!(first, '\n' | '\t') {
            plain.push(first);
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    plain
}

/// The escape character, what is written for it, and what is left where it was lost.
const ESCAPES: [&str; 8] = ["\u{1b}", "\u{fffd}", "\u{241b}", "#x1B", "#x1b", "&#27;", "\\x1b", "\\u001b"];

/// What follows a code whose numbers `text` begins with: `31;1m`, `2K`. A code without any number is only
/// believed behind a true escape character.
fn after_code(text: &str, is_certain: bool) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ';' | ':' | '?'))?;
    let rest = text.get(end..)?;
    rest.strip_prefix(|last: char| last.is_ascii_alphabetic()).filter(|_| is_certain || end > 0)
}

/// The beginning of a long message, which says how much is left out; nothing for one that is short enough.
pub fn shorten(message: &str) -> Option<String> {
    let count = message.lines().count();
    if count <= MOST_LINES && message.chars().count() <= MOST_CHARACTERS {
        return None;
    }
    let mut left = MOST_CHARACTERS;
    let mut kept: Vec<String> = Vec::new();
    for line in message.lines().take(MOST_LINES) {
        if left == 0 {
            break;
        }
        let short: String = line.chars().take(left).collect();
        left -= short.chars().count();
        kept.push(short);
    }
    let dropped = count - kept.len();
    kept.push(match dropped {
        0 => "… (cut off)".to_owned(),
        1 => "… (1 more line)".to_owned(),
        more => format!("… ({more} more lines)"),
    });
    Some(kept.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_message_and_trace_become_one_text() {
        for (kind, message, trace, wanted) in [
            ("", "wrong sum", "", Some("wrong sum")),
            ("AssertionError", "wrong sum", "", Some("AssertionError: wrong sum")),
            (
                "a.b.Wrong",
                "sum",
                "a.b.Wrong: sum\n\tat c.D(D.java:1)\n",
                Some("a.b.Wrong: sum\n\tat c.D(D.java:1)"),
            ),
            ("", "expected 1", "at line 2", Some("expected 1\nat line 2")),
            ("", "one two", "one\n  two three", Some("one\n  two three")),
            ("Timeout", "", "", Some("Timeout")),
            ("", " ", "\n", None),
        ] {
            assert_eq!(compose(kind, message, trace).as_deref(), wanted, "{kind} | {message} | {trace}");
        }
    }

    #[test]
    fn codes_of_terminals_are_dropped() {
        for (written, wanted) in [
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{fffd}[1;31mred\u{fffd}[39;49m x", "red x"),
            ("#x1B[31mred#x1B[0m", "red"),
            ("a\u{8}b\r\nc\u{0}", "ab\nc"),
            ("õ\u{fffd}[x", "õ\u{fffd}[x"),
        ] {
            assert_eq!(clean(written), wanted);
        }
    }

    #[test]
    fn a_long_message_says_how_much_is_left_out() {
        assert_eq!(shorten("short"), None);
        let long = vec!["line"; 100].join("\n");
        assert!(shorten(&long).expect("shorter").ends_with("line\n… (40 more lines)"));
        let wide = shorten(&"õ".repeat(10_000)).expect("shorter");
        assert_eq!(wide.lines().last(), Some("… (cut off)"));
        assert_eq!(shorten(&wide), None.or(shorten(&wide)));
    }

    #[test]
    fn the_same_message_stands_once() {
        assert_eq!(join(["a".to_owned(), "a".to_owned(), "b".to_owned()]).as_deref(), Some("a\n\nb"));
        assert_eq!(join([]), None);
    }
}
