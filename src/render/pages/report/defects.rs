//! The defects that were not fixed on a report's day.

use super::super::super::blocks::{Block, Cell, Line, Table, text};
use super::super::super::names::View;
use super::super::defects::name;
use super::super::labels::column;
use super::super::states::{severity, shown_or_unknown};
use super::Issue;
use crate::derive::defects::{open_of, reported_at, status_on};
use crate::model::defect::{Defect, DefectStatus};
use crate::model::records::Record;
use crate::model::release::{Release, Waiver};
use crate::words::Spoken;

/// The defects of the release that were open or put off on the day.
pub fn blocks(view: &View<'_>, issue: &Issue<'_>) -> Vec<Block> {
    let Some(release) = issue.release(view) else { return Vec::new() };
    let open = open_of(&issue.basis(view), &release.id);
    let mut found: Vec<&Record<Defect>> = open.all().collect();
    found.sort_by_cached_key(|defect| {
        let status = status_on(defect, &view.portal.site.zone, issue.day);
        let is_deferred = status.is_some_and(DefectStatus::is_deferred);
        (is_deferred, defect.severity.value, reported_at(defect, &view.portal.site.zone))
    });
    let block = if found.is_empty() {
        Block::Empty { text: view.say("report.no_open_defects") }
    } else {
        Block::Table(Table {
            label: view.say("report.open_defects"),
            columns: vec![
                column(view, "kind.defect"),
                column(view, "field.severity"),
                column(view, "field.status"),
                column(view, "report.way_out"),
            ],
            rows: found.iter().map(|defect| row(view, issue, release, defect)).collect(),
            sort: false,
        })
    };
    vec![issue.as_of(view), block]
}

fn row(view: &View<'_>, issue: &Issue<'_>, release: &Release, defect: &Record<Defect>) -> Vec<Cell> {
    let status = status_on(defect, &view.portal.site.zone, issue.day);
    vec![
        Cell::from(name(view, defect)),
        severity(view, defect.severity.value).into(),
        shown_or_unknown(view, status.as_ref()).into(),
        way_out(view, issue, release, defect).into(),
    ]
}

/// How users get by, and the waivers that hold on the day.
fn way_out(view: &View<'_>, issue: &Issue<'_>, release: &Release, defect: &Record<Defect>) -> Line {
    let covers = |waiver: &&Waiver| {
        waiver.defects.iter().any(|covered| covered.id() == defect.id)
            && waiver.expires.as_ref().is_none_or(|last| last.value >= issue.day)
    };
    let waivers = release.waivers.iter().filter(covers).map(|waiver| {
        let id = waiver.id.as_str();
        waiver.expires.as_ref().map_or_else(
            || view.fill("gate.waived_by", &[("waiver", id)]).into(),
            |last| {
                let date = view.words().date_table(last.value);
                view.fill("report.waiver", &[("id", id), ("date", &date)]).into()
            },
        )
    });
    let workaround = defect.workaround.as_ref().map(|workaround| view.read(workaround));
    let sentences: Vec<Spoken> = workaround
        .into_iter()
        .chain(waivers)
        .map(|sentence| sentence.first(sentence.trim_end_matches('.').len()).and("."))
        .collect();
    if sentences.is_empty() { text("–") } else { text(Spoken::join(sentences, " ")) }
}
