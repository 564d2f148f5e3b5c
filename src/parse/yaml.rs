//! The only file that names the YAML crate.
//!
//! The crate checks the syntax, bounds aliases and depth and tells places; which key or value is
//! right is decided in `decode`.

use serde::Deserialize;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, Options, Spanned};

use super::syntax::{Phrase, phrase};
use crate::diagnostic::{Diagnostic, FileId, Place, Placed};
use crate::record::fault::BAD_YAML;
use crate::record::node::{Node, Value};

/// A YAML text: the whole file or a part that begins at byte `start` of it.
#[derive(Debug, Clone, Copy)]
pub struct Yaml<'a> {
    /// The text to read.
    pub text: &'a str,
    /// The byte of the file at which `text` begins.
    pub start: usize,
    /// The file.
    pub file: FileId,
}

impl Yaml<'_> {
    /// The value. An empty text is [`Value::Null`].
    ///
    /// # Errors
    /// One fault of syntax, at its place.
    pub fn read(&self) -> Result<Node, Diagnostic> {
        match serde_yaml::from_str_with_options::<Spanned<Raw>>(self.text, options()) {
            // Of a file of comments the place is its first line: nobody looks for a fault at the end.
            Ok(raw) if matches!(raw.value, Raw::Null) => {
                Ok(Node { place: self.place_at(0, 0), value: Value::Null })
            }
            Ok(raw) => Ok(self.node(raw)),
            Err(error) if is_empty_document(self.text) => {
                drop(error);
                Ok(Node { place: self.place_at(0, 0), value: Value::Null })
            }
            Err(error) => Err(self.fault(&error)),
        }
    }

    fn node(&self, raw: Spanned<Raw>) -> Node {
        let place = self.place(&raw.referenced);
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Text(text) => Value::Scalar(text),
            Raw::Typed(fallback) => Value::Scalar(self.written(&raw.defined).unwrap_or(fallback)),
            Raw::List(items) => Value::List(items.into_iter().map(|item| self.node(item)).collect()),
            Raw::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        (Placed::new(key.value, self.place(&key.referenced)), self.node(value))
                    })
                    .collect(),
            ),
        };
        Node { place, value }
    }

    /// A number or truth value exactly as it stands in the file.
    fn written(&self, location: &Location) -> Option<String> {
        let span = location.span();
        let start = usize::try_from(span.byte_offset()?).ok()?;
        let end = start.checked_add(usize::try_from(span.byte_len()?).ok()?)?;
        let written = self.text.get(start..end)?.trim();
        (!written.is_empty()).then(|| written.to_owned())
    }

    fn place(&self, location: &Location) -> Place {
        let span = location.span();
        match (span.byte_offset(), span.byte_len()) {
            (Some(offset), length) => {
                let length = length.unwrap_or_default();
                self.place_at(
                    usize::try_from(offset).unwrap_or(usize::MAX),
                    usize::try_from(length).unwrap_or_default(),
                )
            }
            _ => self.place_at(offset_of_line(self.text, location), 0),
        }
    }

    fn place_at(&self, offset: usize, length: usize) -> Place {
        let start = self.start.saturating_add(offset.min(self.text.len()));
        Place::new(self.file, start, start.saturating_add(length))
    }

    fn fault(&self, error: &serde_yaml::Error) -> Diagnostic {
        let place = error.location().map_or_else(|| self.place_at(0, 0), |location| self.place(&location));
        let said = error.without_snippet().to_string();
        let message = said.split(" at line ").next().unwrap_or(&said).trim_end_matches([',', ':', ' ']);
        let message = message.rsplit_once(": line ").map_or(message, |(before, _)| before);
        let Phrase { message, hint } = phrase(message);
        Diagnostic::new(&BAD_YAML, place, message).maybe_hint(hint.map(str::to_owned))
    }
}

/// How deep lists and maps may stand in each other. Records need a fifth of that; each level takes up to 30 KB of a stack
/// of 2 MB, without optimisation.
const DEEPEST: usize = 32;

/// Limits: a run of 100,000 cases fits, an alias bomb does not.
fn options() -> Options {
    serde_yaml::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_nodes: 8_000_000,
            max_events: 20_000_000,
            max_total_scalar_bytes: 512 * 1024 * 1024,
            max_depth: DEEPEST,
            max_documents: 1,
        },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: 100_000,
            max_alias_expansions_per_anchor: 10_000,
        },
    }
}

fn is_empty_document(text: &str) -> bool {
    text.lines().all(|line| {
        let line = line.trim_start_matches('\u{feff}').trim();
        line.is_empty() || line.starts_with('#') || line == "---" || line == "..."
    })
}

fn offset_of_line(text: &str, location: &Location) -> usize {
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    before + rest.chars().take(column - 1).map(char::len_utf8).sum::<usize>()
}

/// A value as the crate reads it: numbers and truth values are only told apart from text.
enum Raw {
    Null,
    Text(String),
    Typed(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Typed(value.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Node {
        Yaml { text, start: 0, file: FileId::of("x.yaml") }.read().expect("valid YAML")
    }

    fn fault(text: &str) -> Diagnostic {
        Yaml { text, start: 0, file: FileId::of("x.yaml") }.read().expect_err("broken YAML")
    }

    fn scalars(text: &str) -> Vec<String> {
        match read(text).value {
            Value::List(items) => {
                items.iter().map(|item| item.as_scalar().unwrap_or("?").to_owned()).collect()
            }
            other => panic!("a list was expected, not {other:?}"),
        }
    }

    #[test]
    fn scalars_stay_as_written() {
        let text = "[2026.10, 1e5, 007, no, on, true, '1.10', 0x1F, 1_000, -3, .5, 2026-10-12T09:00, 12345678901234567890123]";
        assert_eq!(
            scalars(text),
            [
                "2026.10",
                "1e5",
                "007",
                "no",
                "on",
                "true",
                "1.10",
                "0x1F",
                "1_000",
                "-3",
                ".5",
                "2026-10-12T09:00",
                "12345678901234567890123"
            ]
        );
    }

    #[test]
    fn values_know_their_place() {
        let text = "a: 1\nviga: [õun, 2.50]\n";
        let Value::Map(entries) = read(text).value else { panic!("a map was expected") };
        let (key, list) = &entries[1];
        assert_eq!(&text[key.place.start as usize..key.place.end as usize], "viga");
        let Value::List(items) = &list.value else { panic!("a list was expected") };
        let second = items[1].place;
        assert_eq!(&text[second.start as usize..second.end as usize], "2.50");
    }

    #[test]
    fn duplicate_keys_reach_the_decoder() {
        let Value::Map(entries) = read("a: 1\na: 2\n").value else { panic!("a map was expected") };
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn a_file_of_comments_is_empty() {
        assert!(read("# nothing yet\n\n").is_null());
        assert!(read("").is_null());
    }

    #[test]
    fn an_alias_bomb_is_a_fault() {
        let mut text = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (name, before) in ["b", "c", "d", "e", "f", "g", "h", "i"].iter().zip("abcdefgh".chars()) {
            let list = vec![format!("*{before}"); 9].join(", ");
            text.push_str(&format!("{name}: &{name} [{list}]\n"));
        }
        assert_eq!(fault(&text).rule.name, "bad-yaml");
    }

    #[test]
    fn deep_nesting_is_a_fault() {
        assert_eq!(fault(&"[".repeat(10_000)).rule.name, "bad-yaml");
    }

    #[test]
    fn a_syntax_fault_has_its_place() {
        let text = "title: a\n  wrong: b\n";
        let fault = fault(text);
        assert_eq!(crate::diagnostic::line_column(text, fault.place.start as usize).line, 2, "{fault:?}");
    }
}
