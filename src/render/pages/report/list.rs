//! The list of reports: missing, due, issued.

use super::super::super::blocks::{Block, Cell, Line, Section, State, Table, Tile, status, text, with_small};
use super::super::super::names::View;
use super::super::labels::column;
use super::super::texts::documents;
use super::super::{Sheet, list_head};
use super::{named, timing};
use crate::derive::page::routes::{List, Subject};
use crate::derive::report::timeliness::{self, Timeliness, Timing};
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::{Report, ReportType};
use crate::model::records::Record;
use crate::model::release::Release;

/// A report of the list: one that is there, or one that a release waits for.
enum Entry<'a> {
    Written(&'a Document, &'a Report, Timing),
    Awaited(&'a Record<Release>, Timing),
}

impl Entry<'_> {
    fn timing(&self) -> &Timing {
        match self {
            Self::Written(_, _, timing) | Self::Awaited(_, timing) => timing,
        }
    }
}

/// All reports: the missing first, then those that are due, then those that were issued.
pub fn list(view: &View<'_>) -> Sheet {
    let zone = &view.portal.site.zone;
    let civil = |moment: Option<crate::record::time::Moment>| moment.map(|moment| moment.civil(zone));
    let mut missing = Vec::new();
    let mut due = Vec::new();
    let mut issued = Vec::new();
    for entry in entries(view) {
        match entry.timing().timeliness {
            Timeliness::Missing(_) => missing.push(entry),
            Timeliness::NotYetDue | Timeliness::Unscheduled => due.push(entry),
            Timeliness::Late(_) | Timeliness::Issued | Timeliness::OnTime => issued.push(entry),
        }
    }
    for open in [&mut missing, &mut due] {
        open.sort_by_key(|entry| {
            let due = civil(entry.timing().due);
            (due.is_none(), due)
        });
    }
    issued.sort_by_key(|entry| std::cmp::Reverse(civil(entry.timing().issued)));
    let mut sections = vec![Section::new("", "", vec![tiles(view, &missing, &due, &issued)])];
    if !missing.is_empty() {
        sections.push(section(view, "missing", &missing));
    }
    sections.extend([section(view, "due", &due), section(view, "issued", &issued)]);
    Sheet::new("reports.html", list_head(view, List::Reports, "reports.lead"), sections)
}

/// Every report, and every release that has no completion report yet though one is due some day.
fn entries<'a>(view: &View<'a>) -> Vec<Entry<'a>> {
    let (site, as_of) = (&view.portal.site, view.portal.as_of);
    let written = documents(view, DocumentKind::Report).filter_map(|document| match &document.main().extra {
        Extra::Report(report) => {
            Some(Entry::Written(document, report, timeliness::of_report(site, report, as_of)))
        }
        _ => None,
    });
    let awaited = site.releases.iter().filter_map(|release| {
        let report = timeliness::of_release(site, release, as_of);
        let is_awaited = report.document.is_none() && report.timing.due.is_some();
        is_awaited.then_some(Entry::Awaited(release, report.timing))
    });
    written.chain(awaited).collect()
}

fn tiles(view: &View<'_>, missing: &[Entry<'_>], due: &[Entry<'_>], issued: &[Entry<'_>]) -> Block {
    let late = issued.iter().filter(|entry| matches!(entry.timing().timeliness, Timeliness::Late(_))).count();
    let tile = |count: usize, key: &str, state: Option<State>, id: &str| Tile {
        figure: view.words().number(count),
        label: view.say(key),
        state: state.filter(|_| count > 0),
        href: (count > 0).then(|| format!("#{id}")),
    };
    let clock = |class| Some(State::with_icon(class, "clock"));
    Block::Tiles {
        tiles: vec![
            tile(missing.len(), "reports.missing", clock("overdue"), "missing"),
            tile(due.len(), "reports.due", Some(State::named("in_progress")), "due"),
            tile(late, "reports.late", clock("limited"), "issued"),
            tile(issued.len(), "reports.issued", Some(State::named("passed")), "issued"),
        ],
    }
}

fn section(view: &View<'_>, id: &str, entries: &[Entry<'_>]) -> Section {
    let title = view.say(&format!("reports.{id}"));
    let block = if entries.is_empty() {
        Block::Empty { text: view.say(&format!("reports.{id}_empty")) }
    } else {
        table(view, entries, &title, id == "issued")
    };
    Section::new(id, title, vec![block]).aside(text(view.words().count("count.reports", entries.len())))
}

fn table(view: &View<'_>, entries: &[Entry<'_>], label: &str, has_issued: bool) -> Block {
    let mut columns = vec![
        column(view, "kind.report"),
        column(view, "field.release"),
        column(view, "field.status"),
        column(view, "field.due"),
    ];
    columns.extend(has_issued.then(|| column(view, "field.issued")));
    Block::Table(Table {
        label: label.to_owned(),
        columns,
        rows: entries.iter().map(|entry| row(view, entry, has_issued)).collect(),
        sort: true,
    })
}

fn row(view: &View<'_>, entry: &Entry<'_>, has_issued: bool) -> Vec<Cell> {
    let zone = &view.portal.site.zone;
    let kind = |kind: ReportType| text(view.say(&format!("report_type.{}", kind.word())));
    let (name, release) = match entry {
        Entry::Written(document, report, _) => (
            with_small(
                view.link(&Subject::Document(document.key.clone())),
                report.r#type.as_ref().map_or_else(Line::new, |of| kind(of.value)),
            ),
            report.release.as_ref().map_or_else(|| view.unknown(), |of| named(view, of.id())),
        ),
        Entry::Awaited(release, _) => (kind(ReportType::Completion), named(view, &release.id)),
    };
    let state = match (entry, entry.timing().timeliness) {
        (Entry::Awaited(..), Timeliness::NotYetDue) => {
            status(State::named("not_run"), view.say("report_state.not_begun"))
        }
        (_, timeliness) => timing::shown(view, timeliness),
    };
    let timing = entry.timing();
    let sorted = |line: Line, moment: Option<&crate::record::time::Moment>| {
        Cell::sorted(line, moment.map_or_else(String::new, |moment| moment.civil(zone).to_string()))
    };
    let issued = timing.issued.as_ref();
    let mut cells = vec![
        Cell::from(name),
        release.into(),
        state.into(),
        sorted(timing::due(view, timing.due.as_ref()), timing.due.as_ref()),
    ];
    cells.extend(
        has_issued.then(|| sorted(issued.map_or_else(Line::new, |issued| view.moment(issued)), issued)),
    );
    cells
}
