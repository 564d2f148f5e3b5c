//! Facts and columns under their labels from the catalogue, and the values that many pages show.

use super::super::blocks::{Bit, Block, Cell, Column, Fact, Line, Row, bar, link, text, with_small};
use super::super::names::View;
use crate::derive::page::links;
use crate::derive::run::counts::{Counts, share_down};
use crate::model::release::Grade;
use crate::record::reference::{Ref, to};
use crate::record::time::Seconds;
use crate::words::Spoken;

/// A fact under the label of `key`.
pub fn fact(view: &View<'_>, key: &str, value: Line) -> Fact {
    Fact { label: view.say(key), value }
}

/// A column under the label of `key`.
pub fn column(view: &View<'_>, key: &str) -> Column {
    Column { label: view.say(key), num: false }
}

/// A column of numbers under the label of `key`.
pub fn figures(view: &View<'_>, key: &str) -> Column {
    Column { label: view.say(key), num: true }
}

/// Rows in the order of time, or the words of `empty` where there are none.
pub fn rows_or(view: &View<'_>, rows: Vec<Row>, empty: &str) -> Block {
    list_or(view, rows, true, empty)
}

/// Rows of no order, or the words of `empty` where there are none.
pub fn plain_or(view: &View<'_>, rows: Vec<Row>, empty: &str) -> Block {
    list_or(view, rows, false, empty)
}

fn list_or(view: &View<'_>, rows: Vec<Row>, ordered: bool, empty: &str) -> Block {
    if rows.is_empty() { Block::Empty { text: view.say(empty) } } else { Block::Rows { ordered, rows } }
}

/// The word of a value from an open list: the catalogue's where it has one, else as written.
pub fn word(view: &View<'_>, section: &str, value: &str) -> Spoken {
    let key = format!("{section}.{}", value.replace('-', "_"));
    if view.words().has(&key) { view.said(&key) } else { view.authored(value) }
}

/// Words of the authors' that have no translation, in a row.
pub fn authored(view: &View<'_>, words: &[String]) -> Line {
    view.row(words.iter().map(|word| text(view.authored(word))))
}

/// A share of success with its numbers: `99,4% (350/352)`; a share of nothing is unknown.
pub fn share(view: &View<'_>, part: usize, whole: usize) -> Line {
    let words = view.words();
    let of = text(words.of(part, whole));
    match share_down(part, whole) {
        Some(tenths) => with_small(text(words.percent_tenths(tenths)), of),
        None => with_small(text(view.say("value.unknown")), of),
    }
}

/// Results as a bar, sorted by the share of planned cases that passed.
pub fn bar_cell(view: &View<'_>, counts: &Counts) -> Cell {
    let Some(bar) = bar(counts, view.words()) else { return view.unknown().into() };
    let passed = share_down(counts.passed, counts.planned()).unwrap_or_default();
    Cell { value: Some(passed.to_string()), ..Cell::bar(bar) }
}

/// How long something took.
pub fn duration(view: &View<'_>, time: Seconds) -> String {
    view.words().duration_millis(time.millis())
}

/// How important something is, and what tables sort it by.
pub fn priority(view: &View<'_>, priority: Option<Grade>) -> (Line, u8) {
    priority.map_or_else(
        || (view.unknown(), u8::MAX),
        |grade| (text(view.say(&format!("priority.{}", grade.word()))), grade as u8),
    )
}

/// A build, as programs write it.
pub fn build(build: &str) -> Line {
    vec![Bit::Code { text: build.to_owned() }]
}

/// A file beside the record at `path`, linked where it is there.
pub fn attachment(view: &View<'_>, path: &str, file: &Ref<to::File>) -> Line {
    let name = file.id().rsplit('/').next().unwrap_or_default();
    match links::file_at(&view.portal.site, path, file.id()) {
        Ok(found) => link(name, view.href_to(&format!("/{found}"))),
        Err(_) => text(name),
    }
}
