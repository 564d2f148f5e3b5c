//! Texts of extreme length, as lists show them.
//!
//! A title or name may be as long as its author, or a tool, made it. Where it is one of many, in a table, a list, a
//! card or the frame of a page, its beginning is enough: the whole stands on the page of its own. What is shortened is
//! what a page says; files beside it have every letter.

use serde::{Serialize, Serializer};

use super::blocks::{Bit, Fact, Line};
use crate::words::Spoken;

/// How many bytes of a text are shown where it is one of many: five hundred rows with two such texts each make a page
/// of less than 250 KB in any script.
const LONGEST: usize = 140;

/// What stands for the rest.
const REST: char = '…';

/// `text`, or its beginning and an ellipsis.
pub fn shortened(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    format!("{}{REST}", text.get(..end(text)).unwrap_or_default().trim_end())
}

/// [`shortened`] for a text that knows its language.
pub fn beginning(text: &Spoken) -> Spoken {
    if text.len() <= LONGEST { text.clone() } else { text.first(end(text)).and(REST.to_string()) }
}

/// Where the beginning of a long text ends.
fn end(text: &str) -> usize {
    (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default()
}

fn is_long(line: &Line) -> bool {
    line.iter().any(|bit| match bit {
        Bit::Link { text, .. } => text.len() > LONGEST,
        Bit::Text { text }
        | Bit::Foreign { text, .. }
        | Bit::External { text, .. }
        | Bit::Id { text, .. }
        | Bit::Code { text } => text.len() > LONGEST,
        Bit::Small { line } => is_long(line),
        _ => false,
    })
}

fn short(line: &Line) -> Line {
    let mut line = line.clone();
    for bit in &mut line {
        match bit {
            Bit::Link { text, .. } => *text = beginning(text),
            Bit::Text { text }
            | Bit::Foreign { text, .. }
            | Bit::External { text, .. }
            | Bit::Id { text, .. }
            | Bit::Code { text } => *text = shortened(text),
            Bit::Small { line } => *line = short(line),
            _ => {}
        }
    }
    line
}

/// A line of a list.
///
/// # Errors
/// Those of the serializer.
pub fn line<S: Serializer>(line: &Line, serializer: S) -> Result<S::Ok, S::Error> {
    if is_long(line) { short(line).serialize(serializer) } else { line.serialize(serializer) }
}

/// Lines of a list.
///
/// # Errors
/// Those of the serializer.
pub fn lines<S: Serializer>(lines: &[Line], serializer: S) -> Result<S::Ok, S::Error> {
    if lines.iter().any(is_long) {
        serializer.collect_seq(lines.iter().map(short))
    } else {
        lines.serialize(serializer)
    }
}

/// Facts about one of many.
///
/// # Errors
/// Those of the serializer.
pub fn facts<S: Serializer>(facts: &[Fact], serializer: S) -> Result<S::Ok, S::Error> {
    if facts.iter().any(|fact| is_long(&fact.value)) {
        serializer.collect_seq(facts.iter().map(|fact| Fact { value: short(&fact.value), ..fact.clone() }))
    } else {
        facts.serialize(serializer)
    }
}

/// A plain text of a list.
///
/// # Errors
/// Those of the serializer.
pub fn text<S: Serializer>(text: &Spoken, serializer: S) -> Result<S::Ok, S::Error> {
    beginning(text).serialize(serializer)
}

/// What a cell is sorted by.
///
/// # Errors
/// Those of the serializer.
#[expect(clippy::ref_option, reason = "serde passes a reference")]
pub fn value<S: Serializer>(value: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_deref().map(shortened).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::{Cell, link, text, with_small};
    use super::*;

    #[test]
    fn only_the_beginning_of_a_long_text_is_shown() {
        let long = "õ".repeat(5_000);
        let cut = format!("{}…", "õ".repeat(70));
        for (written, wanted) in
            [("short", "short"), (long.as_str(), cut.as_str()), (&"õ".repeat(70), &"õ".repeat(70))]
        {
            assert_eq!(shortened(written), wanted);
        }
        let line = with_small(link(long.clone(), "a/"), text(long.clone()));
        let cell = Cell { value: Some(long.clone()), ..Cell::from(line.clone()) };
        let shown = serde_json::to_value(&cell).expect("a cell");
        assert_eq!(shown["line"][0]["text"], cut.as_str());
        assert_eq!(shown["line"][0]["href"], "a/");
        assert_eq!(shown["line"][2]["line"][0]["text"], cut.as_str());
        assert_eq!(shown["value"], cut.as_str());
        assert_eq!(cell.line, line, "files have every letter");
    }
}
