//! Long tables, a part on each page.

use std::ops::Range;

use super::super::blocks::{Block, Line, PartLink, Parts, Section, text};
use super::super::names::View;
use crate::derive::page::parts;
use crate::derive::page::routes::Subject;

/// The part of a long table that a page shows.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its number, from 1.
    number: usize,
    /// How many rows the whole table has.
    all: usize,
    /// How many of them stand on a page.
    rows: usize,
    /// On whose page the table begins.
    first: Subject,
}

impl Part {
    /// The part of a table with `all` rows that stands on the page that `view` makes.
    pub fn of(view: &View<'_>, all: usize) -> Self {
        let (first, number) = match view.subject {
            Subject::Part(of, number) => ((**of).clone(), *number),
            own => (own.clone(), 1),
        };
        let rows = if view.is_whole { all } else { parts::rows(&first) };
        Self { number, all, rows, first }
    }

    /// Which of the rows it has.
    pub fn range(&self) -> Range<usize> {
        parts::range(self.all, self.rows, self.number)
    }

    /// `items` of the whole table that it has.
    pub fn items<'t, T>(&self, items: &'t [T]) -> &'t [T] {
        items.get(self.range()).unwrap_or_default()
    }

    /// The way from here to the part in which row `row`, counted from 0, stands; nothing for this part.
    pub fn href(&self, view: &View<'_>, row: usize) -> String {
        let number = row / self.rows.max(1) + 1;
        if number == self.number { String::new() } else { view.href(&subject(&self.first, number)) }
    }

    /// `section` with the way to the other parts, where there are any.
    pub fn within(&self, view: &View<'_>, section: Section) -> Section {
        let mut section = section.aside(self.aside(view));
        section.blocks.extend(self.links(view));
        section
    }

    /// Which rows stand here, of how many.
    fn aside(&self, view: &View<'_>) -> Line {
        let words = view.words();
        let range = self.range();
        if range.len() == self.all {
            return text(words.number(self.all));
        }
        let (from, until) = (words.number(range.start + 1), words.number(range.end));
        let all = words.number(self.all);
        text(view.fill("table.rows", &[("from", &from), ("until", &until), ("n", &all)]))
    }

    /// The way to the other parts.
    pub fn links(&self, view: &View<'_>) -> Option<Block> {
        let last = parts::count(self.all, self.rows);
        if last < 2 {
            return None;
        }
        let link = |part: Option<usize>| PartLink {
            number: part.map(|part| view.words().number(part)),
            href: part.filter(|part| *part != self.number).map(|part| view.href(&subject(&self.first, part))),
        };
        let parts = parts::offered(self.number, last).into_iter().map(link).collect();
        Some(Block::Parts(Parts { label: view.say("nav.pages"), parts }))
    }
}

/// The page of part `number` of the table that begins on the page about `first`.
fn subject(first: &Subject, number: usize) -> Subject {
    if number < 2 { first.clone() } else { Subject::Part(Box::new(first.clone()), number) }
}
