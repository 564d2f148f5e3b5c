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

/// How many letters a word has that a column of a table cannot hold: more than the longest words of Estonian prose.
const WIDEST: usize = 32;

/// Whether a browser finds no place for a new line for too long.
fn is_wide(text: &str) -> bool {
    text.len() > WIDEST && text.split([' ', '-', '\n']).any(|word| word.chars().nth(WIDEST).is_some())
}

/// The text of a piece that can be too long, or have too long a word.
fn text_of(bit: &Bit) -> Option<&str> {
    match bit {
        Bit::Link { text, .. } => Some(text),
        Bit::Text { text }
        | Bit::Foreign { text, .. }
        | Bit::External { text, .. }
        | Bit::Id { text, .. }
        | Bit::Code { text } => Some(text),
        _ => None,
    }
}

fn is_long(line: &Line) -> bool {
    line.iter().any(|bit| match bit {
        Bit::Small { line } => is_long(line),
        Bit::Whole { line } => line.iter().filter_map(text_of).any(is_wide),
        bit => text_of(bit).is_some_and(|text| text.len() > LONGEST || is_wide(text)),
    })
}

fn short(line: &Line) -> Line {
    line.iter().map(short_bit).collect()
}

fn short_bit(bit: &Bit) -> Bit {
    match bit {
        Bit::Small { line } => Bit::Small { line: short(line) },
        Bit::Whole { line } => Bit::Whole { line: line.iter().cloned().map(breakable).collect() },
        bit => breakable(beginning_of(bit.clone())),
    }
}

fn beginning_of(mut bit: Bit) -> Bit {
    match &mut bit {
        Bit::Link { text, .. } => *text = beginning(text),
        Bit::Text { text }
        | Bit::Foreign { text, .. }
        | Bit::External { text, .. }
        | Bit::Id { text, .. }
        | Bit::Code { text } => *text = shortened(text),
        _ => {}
    }
    bit
}

fn breakable(bit: Bit) -> Bit {
    if text_of(&bit).is_some_and(is_wide) { Bit::Wide { line: vec![bit] } } else { bit }
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
    use super::super::blocks::{Cell, link, text, whole, with_small};
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
        let words = "õ ".repeat(5_000);
        let cut_words = format!("{}…", "õ ".repeat(47).trim_end());
        let line = with_small(link(words.clone(), "a/"), text(words.clone()));
        let cell = Cell { value: Some(words.clone()), ..Cell::from(line.clone()) };
        let shown = serde_json::to_value(&cell).expect("a cell");
        assert_eq!(shown["line"][0]["text"], cut_words.as_str());
        assert_eq!(shown["line"][0]["href"], "a/");
        assert_eq!(shown["line"][2]["line"][0]["text"], cut_words.as_str());
        assert_eq!(shown["value"], cut_words.as_str());
        assert_eq!(cell.line, line, "files have every letter");
    }

    #[test]
    fn what_stands_nowhere_else_is_shown_to_its_end() {
        let definition = "word ".repeat(100);
        let cell = serde_json::to_value(Cell::from(whole(text(definition.clone())))).expect("a cell");
        assert_eq!(cell["line"][0]["line"][0]["text"], definition.as_str());
    }

    #[test]
    fn a_word_too_long_for_a_column_may_be_broken() {
        for (written, is_marked) in [
            ("SupplementTest.sumIsRoundedToWholeCents", true),
            ("sotsiaalkindlustusametnikele", false),
            ("two-long-words-with-places-to-break-them", false),
            (&"õ".repeat(WIDEST), false),
            (&"õ".repeat(WIDEST + 1), true),
        ] {
            let cell = serde_json::to_value(Cell::from(text(written))).expect("a cell");
            assert_eq!(cell["line"][0]["is"], if is_marked { "wide" } else { "text" }, "{written}");
        }
    }
}
