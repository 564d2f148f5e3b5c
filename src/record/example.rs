//! Examples of what authors write, made from shapes: the shortest file that is right, and one with every key.

use super::outline::record_in;
use super::reference::Kind;
use super::shape::{Key, RecordShape, Shape, Tell};
use super::writing::{Written, entry};

/// How much an example says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What must be written.
    Least,
    /// Every key.
    Most,
}

/// A file with the keys of `records`.
pub fn file(records: &[RecordShape], extent: Extent, tell: &Tell<'_>) -> String {
    let entries = records.iter().flat_map(|shape| record(shape, extent, tell));
    entries.map(|(key, value)| entry(&key, &value, 0)).collect()
}

/// A value of `key` on one line; nothing where it would say no more than what is told of the key: of words, and of
/// a record, whose own keys have examples.
pub fn value(record: &RecordShape, key: &Key, tell: &Tell<'_>) -> Option<String> {
    let is_told = match &key.shape {
        Shape::Choice(_) | Shape::Truth => true,
        Shape::Either(_) => false,
        shape => record_in(shape).is_some(),
    };
    if is_told { None } else { of_key(record, key, Extent::Least, tell).on_a_line() }
}

fn record(shape: &RecordShape, extent: Extent, tell: &Tell<'_>) -> Vec<(String, Written)> {
    let keys = (shape.keys)().into_iter().filter(|key| key.is_required || extent == Extent::Most);
    keys.map(|key| (key.name.to_owned(), of_key(shape, &key, extent, tell))).collect()
}

fn of_key(record: &RecordShape, key: &Key, extent: Extent, tell: &Tell<'_>) -> Written {
    let told = record.said_as(key).map(|said| tell(&said));
    of(&key.shape, told.as_deref().or(key.example), extent, tell)
}

/// A value of `shape`; `own` is what its key says.
fn of(shape: &Shape, own: Option<&str>, extent: Extent, tell: &Tell<'_>) -> Written {
    let word = |word: &str| Written::word(own.unwrap_or(word));
    match shape {
        Shape::Text | Shape::Translated => Written::text(own.unwrap_or("…")),
        Shape::Truth => word("true"),
        Shape::Whole | Shape::Count => word("1"),
        Shape::Form(form) => word(form.example),
        Shape::Choice(choice) => word(choice.words.first().map_or("", |(word, _)| word)),
        Shape::Reference(kind) => Written::text(own.unwrap_or(id(*kind))),
        Shape::List(item) | Shape::Filled(item) => Written::List(vec![of(item, own, extent, tell)]),
        Shape::Map(key, value) => {
            let (name, value_own) = match own.map(|own| own.split_once(": ").unwrap_or((own, ""))) {
                Some((name, value)) => (Some(name), Some(value).filter(|value| !value.is_empty())),
                None => (None, None),
            };
            let name = of(key, name, extent, tell).as_text();
            Written::Map(vec![(name, of(value, value_own, extent, tell))])
        }
        Shape::Record(shape) => Written::Map(record(shape, extent, tell)),
        Shape::Either(shapes) => {
            shapes.first().map_or_else(|| word("…"), |shape| of(shape, own, extent, tell))
        }
        Shape::Any => word("{}"),
    }
}

/// An id of each kind, as they stand in the examples of the reference.
pub fn id(kind: Kind) -> &'static str {
    match kind {
        Kind::Product => "benefits",
        Kind::Team | Kind::Party => "uat",
        Kind::Role | Kind::Owner => "test-lead",
        Kind::Gate => "standard",
        Kind::Release => "2026.10",
        Kind::Run => "2026.10/sit-03",
        Kind::Case => "BEN-142",
        Kind::Plan => "2026.10-sit",
        Kind::Defect => "D-317",
        Kind::Environment => "preprod",
        Kind::DataSet => "pensioners-03",
        Kind::Decision => "2026.10-first",
        Kind::Page => "../guides/rollback.md",
        Kind::File => "sum.png",
        Kind::ResultFile => "sit-03.xml",
    }
}
