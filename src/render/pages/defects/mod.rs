//! Defects: their list, the page of each, and what pages about other things say of them.

mod leaks;
mod list;
mod one;
mod overview;

pub use leaks::fact as leak_fact;
pub use list::list;
pub use one::one;

use super::super::blocks::{Block, Cell, Line, Table, text, with_small};
use super::super::names::View;
use super::labels::column;
use super::states::{severity, shown};
use crate::derive::defects;
use crate::derive::defects::detail::{self, Detail};
use crate::derive::page::routes::Subject;
use crate::model::defect::{Defect, DefectStatus, FoundIn};
use crate::model::records::Record;
use crate::words::Spoken;

/// Where a defect stands in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Open,
    Deferred,
    Settled,
    /// Reported after the day of the portal.
    Later,
}

fn group(status: Option<DefectStatus>) -> Group {
    match status {
        None => Group::Later,
        Some(status) if status.is_deferred() => Group::Deferred,
        Some(status) if status.is_open() => Group::Open,
        Some(_) => Group::Settled,
    }
}

fn group_of(view: &View<'_>, defect: &Defect) -> Group {
    group(defects::status_on(defect, &view.portal.site.zone, view.portal.as_of))
}

/// How a defect stands on the day of the portal; one that was reported later as its file says.
fn status_of(view: &View<'_>, defect: &Defect) -> DefectStatus {
    let known = defects::status_on(defect, &view.portal.site.zone, view.portal.as_of);
    known.unwrap_or(defect.status.value)
}

/// Defects as readers want them: the open first, the graver first, then the earlier reported.
pub fn in_order<'a>(view: &View<'_>, defects: &[&'a Record<Defect>]) -> Vec<&'a Record<Defect>> {
    let zone = &view.portal.site.zone;
    let mut ordered = defects.to_vec();
    ordered.sort_by_cached_key(|defect| {
        let reported = defects::reported_at(defect, zone);
        (group_of(view, defect), defect.severity.value, reported.is_none(), reported)
    });
    ordered
}

/// Defects as a table.
pub fn table(view: &View<'_>, defects: &[&Record<Defect>], label: &str) -> Block {
    Block::Table(Table {
        label: label.to_owned(),
        columns: vec![
            column(view, "kind.defect"),
            column(view, "field.severity"),
            column(view, "field.status"),
            column(view, "field.reported"),
            column(view, "field.found_in"),
            column(view, "defect.detail_short"),
            column(view, "field.team"),
            column(view, "field.affects"),
        ],
        rows: defects.iter().map(|defect| row(view, defect)).collect(),
        sort: true,
    })
}

fn row(view: &View<'_>, defect: &Record<Defect>) -> Vec<Cell> {
    let reported = defects::reported_at(defect, &view.portal.site.zone);
    let is_open = matches!(group_of(view, defect), Group::Open | Group::Deferred);
    let age = age(view, defect).filter(|_| is_open).map_or_else(Line::new, text);
    let when = view.moment_or_unknown(defect.reported.as_deref().or(defect.observed.as_deref()));
    vec![
        Cell::sorted(name(view, defect), &defect.id),
        Cell::sorted(severity(view, defect.severity.value), defect.severity.value as u8),
        shown(view, &status_of(view, defect)).into(),
        Cell::sorted(with_small(when, age), reported.map_or_else(String::new, |at| at.to_string())),
        defect.found_in.as_ref().map_or_else(|| view.unknown(), |found| place(view, found)).into(),
        Cell::sorted(text(score(view, defect)), detail::score(defect)),
        defect.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer())).into(),
        view.row(defect.affects.iter().map(|release| view.pointer(release.pointer()))).into(),
    ]
}

/// A defect's id, linked, and its title.
pub fn name(view: &View<'_>, defect: &Record<Defect>) -> Line {
    let subject = Subject::Defect(defect.id.clone());
    let mut line = view.id(&subject, &defect.id);
    line.extend(text(Spoken::from(" ").and(view.read(&defect.title))));
    line
}

/// How many ids of defects are read one after the other; the list of defects has all.
const MOST_IDS: usize = 20;

/// The ids of defects, each linked; of many the first, and how many more there are.
fn ids(view: &View<'_>, defects: &[&Record<Defect>]) -> Line {
    let id = |defect: &&Record<Defect>| view.id(&Subject::Defect(defect.id.clone()), &defect.id);
    let more = defects.len().saturating_sub(MOST_IDS);
    let more = (more > 0).then(|| text(view.words().count("count.more", more).to_lowercase()));
    view.row(defects.iter().take(MOST_IDS).map(id).chain(more))
}

/// Environment and build.
fn place(view: &View<'_>, found: &FoundIn) -> Line {
    let environment = found
        .environment
        .as_ref()
        .map_or_else(|| view.unknown(), |environment| view.pointer(environment.pointer()));
    with_small(environment, found.build.as_ref().map_or_else(Line::new, |build| text(build.clone())))
}

/// How many days ago a defect was reported.
fn age(view: &View<'_>, defect: &Defect) -> Option<String> {
    let days = defects::age(defect, &view.portal.site.zone, view.portal.as_of)?;
    Some(view.words().count("count.days", days))
}

/// How many of the details a defect says: `9/11`.
fn score(view: &View<'_>, defect: &Defect) -> String {
    view.words().of(detail::score(defect), Detail::ALL.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deferred_defects_are_counted_apart() {
        assert_eq!(group(Some(DefectStatus::Reopened)), Group::Open);
        assert_eq!(group(Some(DefectStatus::Deferred)), Group::Deferred);
        assert_eq!(group(Some(DefectStatus::Duplicate)), Group::Settled);
        assert_eq!(group(None), Group::Later);
    }
}
