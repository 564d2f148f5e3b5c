//! Long tables, a part on each page.

use std::ops::Range;

use super::super::blocks::{Block, Line, PartLink, Parts, Section, text};
use super::super::names::View;
use crate::derive::page::parts;
use crate::derive::page::routes::{List, Subject};
use crate::model::page::TrainingLevel;

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

/// `sections` of the page that `view` makes, as far as they stand on its part: the list goes on from part to part, and
/// what stands around it is on the first alone. The rows are dealt out evenly, so that no part is left empty by rows
/// that are not shown for now.
pub fn dealt(view: &View<'_>, sections: Vec<Section>) -> Vec<Section> {
    let (first, number, last) = position(view);
    if view.is_whole || last < 2 {
        return sections;
    }
    let is_of_list = |section: &Section| is_listed(first, &section.id) && rows(section) > 0;
    let all: usize = sections.iter().filter(|section| is_of_list(section)).map(rows).sum();
    // What chose its rows before it drew them is dealt out already.
    if all == 0 {
        return sections;
    }
    let size = all.div_ceil(last);
    let range = parts::range(all, size, number);
    let mut before = 0;
    let mut shown: Vec<Section> = Vec::new();
    for mut section in sections {
        if !is_of_list(&section) {
            shown.extend((number == 1).then_some(section));
            continue;
        }
        let count = rows(&section);
        let own = range.start.saturating_sub(before).min(count)..range.end.saturating_sub(before).min(count);
        before += count;
        if !own.is_empty() {
            section.blocks.iter_mut().for_each(|block| keep(block, own.clone()));
            shown.push(section);
        }
    }
    let part = Part { number, all, rows: size, first: first.clone() };
    let end = shown.iter_mut().rfind(|section| is_listed(first, &section.id) && rows(section) > 0);
    if let Some(section) = end {
        section.blocks.extend(part.links(view));
    }
    shown
}

/// On whose page a list begins, which part of it the page shows, and how many parts there are.
fn position<'a>(view: &View<'a>) -> (&'a Subject, usize, usize) {
    let (first, number) = match view.subject {
        Subject::Part(of, number) => (&**of, *number),
        own => (own, 1),
    };
    let mut last = 1;
    while view.portal.routes.has(&subject(first, last + 1)) {
        last += 1;
    }
    (first, number, last)
}

/// Which of `all` rows of its list the page shows after [`dealt`].
pub fn own(view: &View<'_>, all: usize) -> Range<usize> {
    let (_, number, last) = position(view);
    if view.is_whole || last < 2 { 0..all } else { parts::range(all, all.div_ceil(last), number) }
}

/// Whether the section `id` of the page about `subject` holds the list that goes on from part to part.
fn is_listed(subject: &Subject, id: &str) -> bool {
    let Subject::List(list) = subject else {
        return match subject {
            Subject::Folder(_) => true,
            Subject::Tickets(_) => super::tickets::is_phase(id),
            _ => false,
        };
    };
    match list {
        List::Guides | List::Uat => true,
        List::Training => id == "modules" || TrainingLevel::ALL.iter().any(|level| level.word() == id),
        List::Releases => ["in_test", "planned", "past"].contains(&id),
        List::Plans => id == "plans",
        List::Environments => id == "clonings",
        List::Data => id == "sets",
        List::Tickets => id == "weeks",
        List::Decisions => id == "register",
        List::Reports => ["missing", "due", "issued"].contains(&id),
        List::Advice => ["open", "answered"].contains(&id),
        List::Proposals => ["open", "closed"].contains(&id),
        List::Partners => id == "partners",
        List::Review => ["overdue", "due", "never"].contains(&id),
        // The schedule shows a year; the others choose their rows before they draw them.
        List::Schedule | List::Runs | List::Cases | List::Defects => false,
    }
}

/// How many rows stand in a section.
fn rows(section: &Section) -> usize {
    let rows = |block: &Block| match block {
        Block::Table(table) => table.rows.len(),
        Block::Rows { rows, .. } => rows.len(),
        Block::Cards { cards } => cards.len(),
        _ => 0,
    };
    section.blocks.iter().map(rows).max().unwrap_or(0)
}

/// Leaves a block the rows in `range`.
fn keep(block: &mut Block, range: Range<usize>) {
    fn within<T>(rows: &mut Vec<T>, range: Range<usize>) {
        rows.truncate(range.end);
        rows.drain(..range.start.min(rows.len()));
    }
    match block {
        Block::Table(table) => within(&mut table.rows, range),
        Block::Rows { rows, .. } => within(rows, range),
        Block::Cards { cards } => within(cards, range),
        _ => {}
    }
}

/// The page of part `number` of the table that begins on the page about `first`.
fn subject(first: &Subject, number: usize) -> Subject {
    if number < 2 { first.clone() } else { Subject::Part(Box::new(first.clone()), number) }
}
