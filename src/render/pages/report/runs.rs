//! The runs that a report sums up.

use super::super::super::blocks::{Block, Cell, Line, Table, text, with_small};
use super::super::super::names::View;
use super::super::labels::{bar_cell, build, column, figures};
use super::super::runs::{build_of, name};
use super::Issue;
use crate::model::records::Record;
use crate::model::run::Run;

/// The runs with how far each got, and what must be known to read their numbers.
pub fn blocks(view: &View<'_>, issue: &Issue<'_>) -> Vec<Block> {
    let started = issue.started(view);
    if issue.report.runs.is_empty() {
        return vec![Block::Empty { text: view.say("report.runs_empty") }];
    }
    let mut blocks = Vec::new();
    if !started.is_empty() {
        blocks.push(table(view, &started));
    }
    let notes = notes(view, issue);
    if !notes.is_empty() {
        blocks.push(Block::Paragraphs { lines: notes });
    }
    blocks
}

fn table(view: &View<'_>, runs: &[&Record<Run>]) -> Block {
    Block::Table(Table {
        label: view.say("report.runs"),
        columns: vec![
            column(view, "kind.run"),
            column(view, "field.environment"),
            column(view, "field.build"),
            figures(view, "field.executed"),
            column(view, "field.results"),
        ],
        rows: runs.iter().map(|run| row(view, run)).collect(),
        sort: false,
    })
}

fn row(view: &View<'_>, run: &Record<Run>) -> Vec<Cell> {
    let counts = view.portal.results.counts(&run.id);
    vec![
        Cell::from(name(view, run)),
        with_small(view.pointer(run.environment.pointer()), days(view, run)).into(),
        build_of(view, run).map_or_else(|| view.unknown(), build).into(),
        text(view.words().of(counts.executed(), counts.planned())).into(),
        bar_cell(view, &counts),
    ]
}

/// The days of a run.
fn days(view: &View<'_>, run: &Run) -> Line {
    let zone = &view.portal.site.zone;
    let from = run.started.date(zone);
    match &run.ended {
        Some(ended) => text(view.words().date_range(from, ended.date(zone))),
        None => text(view.words().date(from)),
    }
}

/// Runs whose numbers are not those of the report's day: a file of results keeps no history.
pub fn notes(view: &View<'_>, issue: &Issue<'_>) -> Vec<Line> {
    let zone = &view.portal.site.zone;
    let key = |run: &Run| {
        if run.started.date(zone) > issue.day {
            Some("report.not_started")
        } else if run.ended.as_ref().is_none_or(|ended| ended.date(zone) > issue.day) {
            Some("report.running")
        } else {
            None
        }
    };
    let notes = issue.runs(view).into_iter().filter_map(|run| Some((key(run)?, run)));
    notes.map(|(key, run)| vec![super::small(text(view.fill(key, &[("run", &run.id)])))]).collect()
}
