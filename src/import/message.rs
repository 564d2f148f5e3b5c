//! What a failure said, as text that people can read.

use std::borrow::Cow;

/// `parts`, the message first and the trace last, each once and one below the other; nothing if all are blank.
pub fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut whole = String::new();
    for part in parts {
        let part = plain(part);
        if part.is_empty() || whole.contains(&part) {
            continue;
        }
        // A trace often begins with the message.
        if whole.is_empty() || part.contains(&whole) {
            whole = part;
        } else {
            whole.push('\n');
            whole.push_str(&part);
        }
    }
    (!whole.is_empty()).then_some(whole)
}

/// One text of a failure's kind (`AssertionError`), its message and its trace, none of them twice.
pub fn composed(kind: &str, message: &str, trace: &str) -> Option<String> {
    let kind = kind.trim();
    let told = joined([message, trace]);
    let short = kind.rsplit(['.', '\\']).next().unwrap_or(kind);
    match told {
        Some(told) if kind.is_empty() || told.contains(short) => Some(told),
        Some(told) => Some(format!("{kind}: {told}")),
        None => (!kind.is_empty()).then(|| kind.to_owned()),
    }
}

/// Several messages as paragraphs, each once; nothing if there is none.
pub fn paragraphs(messages: impl IntoIterator<Item = String>) -> Option<String> {
    let mut each: Vec<String> = Vec::new();
    for message in messages {
        if !each.contains(&message) {
            each.push(message);
        }
    }
    (!each.is_empty()).then(|| each.join("\n\n"))
}

/// `text` on one line.
pub fn line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` without the colours of a terminal, without other control characters, and without blanks at the
/// ends of lines.
pub fn plain(text: &str) -> String {
    let lines = colourless(&true_escapes(text));
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').trim_end().to_owned()
}

/// `text` with the escape character where it was written out or lost before the numbers of a colour: XML
/// 1.0 has no place for it, so tools put something else there.
fn true_escapes(text: &str) -> Cow<'_, str> {
    const WRITTEN: [&str; 6] = ["\u{fffd}[", "\u{241b}[", "#x1B[", "#x1b[", "\\x1b[", "\\u001b["];
    if !WRITTEN.iter().any(|written| text.contains(written)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let code =
            WRITTEN.iter().find_map(|written| rest.strip_prefix(written)).filter(|code| is_colour(code));
        match code {
            Some(code) => {
                out.push_str("\u{1b}[");
                rest = code;
            }
            None => {
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    Cow::Owned(out)
}

/// Whether `text` begins with the rest of a colour: `31;1m`.
fn is_colour(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(text.len());
    end > 0 && text.get(end..).is_some_and(|rest| rest.starts_with('m'))
}

/// The most lines of one message in a run file.
const MOST_LINES: usize = 60;

/// The most characters of one message in a run file.
const MOST_CHARACTERS: usize = 6_000;

/// The beginning of a long message, which says how much is left out; nothing for one that is short enough.
pub fn shortened(message: &str) -> Option<String> {
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

fn colourless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' if rest.peek() == Some(&'[') => {
                // ECMA-48: a control sequence ends with a byte from `@` to `~`.
                rest.next();
                while rest.peek().is_some_and(|c| (' '..='?').contains(c)) {
                    rest.next();
                }
                rest.next_if(|c| ('@'..='~').contains(c));
            }
            '\n' | '\t' => out.push(c),
            '\r' if rest.peek() != Some(&'\n') => out.push('\n'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_told_once() {
        for (parts, told) in [
            (&["too low", "at sum.rs:3"][..], Some("too low\nat sum.rs:3")),
            (&["too low", "Error: too low\n  at sum.rs:3"], Some("Error: too low\n  at sum.rs:3")),
            (&["Error: too low", "too low"], Some("Error: too low")),
            (&["  ", ""], None),
        ] {
            assert_eq!(joined(parts.iter().copied()).as_deref(), told);
        }
    }

    #[test]
    fn terminals_are_not_readers() {
        assert_eq!(
            plain("\u{1b}[2mexpect(\u{1b}[22m\u{1b}[31mõun\u{1b}[39m)\r\n  at\u{0} x \n\n"),
            "expect(õun)\n  at x"
        );
        assert_eq!(plain("cut \u{1b}["), "cut");
    }

    #[test]
    fn kind_message_and_trace_become_one_text() {
        for (kind, message, trace, wanted) in [
            ("", "wrong sum", "", Some("wrong sum")),
            ("AssertionError", "wrong sum", "", Some("AssertionError: wrong sum")),
            ("a.b.Wrong", "sum", "a.b.Wrong: sum\n\tat c\n", Some("a.b.Wrong: sum\n\tat c")),
            ("Timeout", "", "", Some("Timeout")),
            ("", " ", "\n", None),
        ] {
            assert_eq!(composed(kind, message, trace).as_deref(), wanted, "{kind} | {message} | {trace}");
        }
        assert_eq!(paragraphs(["a", "a", "b"].map(str::to_owned)).as_deref(), Some("a\n\nb"));
    }

    #[test]
    fn colours_whose_escape_was_lost_are_known_by_their_numbers() {
        for (written, wanted) in [
            ("\u{fffd}[1;31mred\u{fffd}[39;49m x", "red x"),
            ("#x1B[31mred#x1B[0m", "red"),
            ("õ\u{fffd}[x #x1B[m", "õ\u{fffd}[x #x1B[m"),
        ] {
            assert_eq!(plain(written), wanted);
        }
    }

    #[test]
    fn a_long_message_says_how_much_is_left_out() {
        assert_eq!(shortened("short"), None);
        let long = vec!["line"; 100].join("\n");
        assert!(shortened(&long).expect("shorter").ends_with("line\n… (40 more lines)"));
        let wide = shortened(&"õ".repeat(10_000)).expect("shorter");
        assert_eq!(wide.lines().last(), Some("… (cut off)"));
    }
}
