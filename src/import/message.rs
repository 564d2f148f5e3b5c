//! What a failure said, as text that people can read.

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

/// `text` without the colours of a terminal, without other control characters, and without blanks at the
/// ends of lines.
pub fn plain(text: &str) -> String {
    let lines = colourless(text);
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').trim_end().to_owned()
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
}
