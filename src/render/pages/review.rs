//! The review queue: guides that are due, whose they are, and training material older than its guides.

use super::super::blocks::{Block, Cell, Line, Section, Table, text, with_small};
use super::super::names::View;
use super::labels::{column, figures};
use super::states;
use super::{Sheet, list_head};
use crate::derive::guidance::freshness::Review;
use crate::derive::guidance::review::{self, Entry, Share};
use crate::derive::guidance::teaching;
use crate::derive::page::routes::{List, Subject};
use crate::model::document::{Document, DocumentKind};

/// What is overdue, what is due, what nobody has reviewed, and how much of it each owner has.
pub fn sheet(view: &View<'_>) -> Sheet {
    let site = &view.portal.site;
    let guides = review::queue(site, DocumentKind::Guide, view.portal.as_of);
    let mut sections = vec![
        part(view, "overdue", &guides, |state| matches!(state, Review::Overdue(_))),
        part(view, "due", &guides, |state| matches!(state, Review::Due(_))),
    ];
    sections.extend(owners(view, &guides));
    sections.extend(training(view));
    sections.push(part(view, "never", &guides, |state| matches!(state, Review::Unknown)));
    Sheet::new("review.html", list_head(view, List::Review, "review.lead"), sections)
}

fn part(view: &View<'_>, id: &str, queue: &[Entry<'_>], is_wanted: fn(&Review) -> bool) -> Section {
    let title = view.say(&format!("review.{id}"));
    let mut found: Vec<(String, &Entry<'_>)> = queue
        .iter()
        .filter(|entry| is_wanted(&entry.state))
        .map(|entry| (plain(&owner(view, entry.owner())), entry))
        .collect();
    // Within an owner the order is the queue's: what is latest first.
    found.sort_by(|(a, one), (b, other)| {
        (one.owner().is_none().cmp(&other.owner().is_none())).then_with(|| view.words().compare(a, b))
    });
    if found.is_empty() {
        let empty = Block::Empty { text: view.say(&format!("review.{id}_empty")) };
        return Section::new(id, title, vec![empty]);
    }
    let is_dated = found.iter().any(|(_, entry)| entry.state.next().is_some());
    let mut columns = vec![column(view, "field.owner"), column(view, "kind.guide")];
    if is_dated {
        columns.extend([column(view, "review.next"), column(view, "field.reviewed")]);
    }
    let count = view.words().count("count.guides", found.len());
    let table = Table {
        label: title.clone(),
        columns,
        rows: found.iter().map(|(_, entry)| row(view, entry, is_dated)).collect(),
        sort: true,
    };
    Section::new(id, title, vec![Block::Table(table)]).aside(text(count))
}

fn row(view: &View<'_>, entry: &Entry<'_>, is_dated: bool) -> Vec<Cell> {
    let mut row = vec![owner(view, entry.owner()).into(), page(view, entry.document).into()];
    if is_dated {
        let reviewed = entry.document.main().front.reviewed.as_ref().map(|day| day.value);
        let day = |day| Cell::sorted(view.day(day), day);
        row.push(next(view, entry.state));
        row.push(reviewed.map_or_else(|| view.unknown().into(), day));
    }
    row
}

/// The day of the next review, and how far away it is.
fn next(view: &View<'_>, state: Review) -> Cell {
    let Some(day) = state.next() else { return view.unknown().into() };
    let line = match state {
        Review::Overdue(_) => with_small(view.day(day), states::overdue_by(view, day)),
        _ => with_small(view.day(day), text(view.relative(day))),
    };
    Cell::sorted(line, day)
}

fn owner(view: &View<'_>, id: Option<&str>) -> Line {
    id.map_or_else(|| text(view.say("review.no_owner")), |id| view.party(id))
}

/// The words of an owner's name, to sort by.
fn plain(line: &Line) -> String {
    use super::super::blocks::Bit;
    let words = line.iter().filter_map(|bit| match bit {
        Bit::Text { text } | Bit::Foreign { text, .. } => Some(text.as_str()),
        Bit::Link { text, .. } => Some(text),
        _ => None,
    });
    words.collect()
}

fn page(view: &View<'_>, document: &Document) -> Line {
    let title = view.document_title(&document.key);
    let subject = view.portal.routes.of_source(&document.main().path);
    subject.map_or_else(|| text(title.clone()), |subject| view.link_as(subject, &title))
}

/// How many guides of each owner stand where.
fn owners(view: &View<'_>, queue: &[Entry<'_>]) -> Option<Section> {
    let mut owners: Vec<(Line, Share)> =
        review::by_owner(queue).into_iter().map(|(id, share)| (owner(view, id), share)).collect();
    if owners.is_empty() {
        return None;
    }
    owners.sort_by(|a, b| view.words().compare(&plain(&a.0), &plain(&b.0)));
    let number = |count: usize| Cell::sorted(text(view.words().number(count)), count);
    let row = |(name, share): (Line, Share)| {
        let counts = [share.overdue, share.due, share.never, share.all].map(number);
        [Cell::from(name)].into_iter().chain(counts).collect()
    };
    let table = Table {
        label: view.say("review.by_owner"),
        columns: vec![
            column(view, "field.owner"),
            figures(view, "review.overdue"),
            figures(view, "review.due"),
            figures(view, "review.never"),
            figures(view, "review.all"),
        ],
        rows: owners.into_iter().map(row).collect(),
        sort: true,
    };
    Some(Section::new("owners", view.say("review.by_owner"), vec![Block::Table(table)]))
}

/// Training modules that are due or older than a guide they teach.
fn training(view: &View<'_>) -> Option<Section> {
    let portal = view.portal;
    let modules = review::queue(&portal.site, DocumentKind::Training, portal.as_of);
    let modules = modules.iter().filter(|entry| !entry.document.is_index);
    let rows: Vec<Vec<Cell>> = modules
        .filter_map(|entry| {
            let newer = teaching::newer_guides(&portal.site, &portal.routes, entry.document, portal.as_of);
            let is_due = matches!(entry.state, Review::Overdue(_) | Review::Due(_));
            (is_due || !newer.is_empty()).then(|| module_row(view, entry, &newer))
        })
        .collect();
    let table = |rows| {
        Block::Table(Table {
            label: view.say("review.training"),
            columns: vec![
                column(view, "field.owner"),
                column(view, "kind.training"),
                column(view, "review.next"),
                column(view, "review.newer_guides"),
            ],
            rows,
            sort: true,
        })
    };
    (!rows.is_empty()).then(|| Section::new("training", view.say("review.training"), vec![table(rows)]))
}

fn module_row(view: &View<'_>, entry: &Entry<'_>, newer: &[teaching::Newer<'_>]) -> Vec<Cell> {
    let guides = newer.iter().map(|newer| {
        let link = view.link(&Subject::Document(newer.guide.key.clone()));
        with_small(link, view.day(newer.changed))
    });
    let guides = if newer.is_empty() { text(view.say("value.none")) } else { view.row(guides) };
    vec![
        owner(view, entry.owner()).into(),
        page(view, entry.document).into(),
        next(view, entry.state),
        guides.into(),
    ]
}
