//! How the runs of a series went, as a chart.

use super::super::blocks::{Block, Cell, Line, Table, text, with_small};
use super::super::chart::{About, Bars, Columns, Measured, Series, Stacked, numbers};
use super::super::names::View;
use super::labels::{build, column, figures, share};
use super::runs::build_of;
use crate::derive::page::routes::Subject;
use crate::derive::run::trend::{self, Point};
use crate::model::records::Record;
use crate::model::run::{Run, Status};

/// How many runs a trend shows.
pub const MOST_RUNS: usize = 12;

/// The statuses in the order in which charts stack them: what passed is the foot.
const STACKED: [Status; 7] = [
    Status::Passed,
    Status::Failed,
    Status::Error,
    Status::Blocked,
    Status::Skipped,
    Status::InProgress,
    Status::NotRun,
];

/// The last runs of a series as a chart named `id` in the page; nothing where there are none.
pub fn chart(view: &View<'_>, name: &str, id: String) -> Option<Block> {
    let points = trend::last(view.portal.basis(), name, MOST_RUNS);
    if points.is_empty() {
        return None;
    }
    let statuses: Vec<Status> = STACKED
        .into_iter()
        .filter(|status| points.iter().any(|point| point.counts.of_status(*status) > 0))
        .collect();
    let series: Vec<Series> = statuses.iter().map(|status| series(view, *status)).collect();
    let stacks: Vec<Stacked> = points.iter().map(|point| stack(view, point, &statuses)).collect();
    let about = About { id, title: view.say("chart.trend"), text: summary(view, &points) };
    let chart = Columns::chart(about, &series, &stacks, table(view, name, &points, &statuses), view.words());
    Some(Block::Chart(Box::new(chart)))
}

/// How the cases of a run ended, of those that were planned, as a chart named `id` in the page; nothing
/// where there are none.
pub fn of_run(view: &View<'_>, run: &Record<Run>, id: String) -> Option<Block> {
    let counts = view.portal.results.counts(&run.id);
    let met: Vec<Status> = STACKED.into_iter().filter(|status| counts.of_status(*status) > 0).collect();
    if met.is_empty() {
        return None;
    }
    let series: Vec<Series> = met.iter().map(|status| series(view, *status)).collect();
    let measured = Measured {
        name: view.say("run.against_planned"),
        value: view.words().number(counts.planned()),
        counts: met.iter().map(|status| counts.of_status(*status)).collect(),
        planned: None,
    };
    let name = view.name(&Subject::Run(run.id.clone()));
    let said: Vec<String> = series
        .iter()
        .zip(&measured.counts)
        .map(|(series, count)| format!("{} {}", series.name.to_lowercase(), view.words().number(*count)))
        .collect();
    let about = About { id, title: name.clone().into_text(), text: view.words().list(&said) };
    let rows = vec![(text(name.clone()), measured.counts.clone())];
    let table = numbers(&name, &view.say("kind.run"), &series, rows, view.words());
    Some(Block::Chart(Box::new(Bars::chart(about, &series, &[measured], table, view.words()))))
}

fn series(view: &View<'_>, status: Status) -> Series {
    Series::status(view.say(&format!("status.{}", status.word())), status)
}

fn stack(view: &View<'_>, point: &Point<'_>, statuses: &[Status]) -> Stacked {
    let started = point.run.started.date(&view.portal.site.zone);
    Stacked {
        name: view.words().day_month(started),
        above: point.pass_rate().map(|share| view.words().percent_tenths(share)).unwrap_or_default(),
        title: view.name(&Subject::Run(point.run.id.clone())).into_text(),
        counts: statuses.iter().map(|status| point.counts.of_status(*status)).collect(),
    }
}

/// The last run against the one before it, in words.
fn summary(view: &View<'_>, points: &[Point<'_>]) -> String {
    let rate = |point: &Point<'_>| {
        point
            .pass_rate()
            .map_or_else(|| view.say("value.unknown"), |share| view.words().percent_tenths(share))
    };
    let (first, last) = (points.first().map(rate), points.last().map(rate));
    let values = [
        ("runs", view.words().count("count.runs", points.len())),
        ("first", first.unwrap_or_default()),
        ("last", last.unwrap_or_default()),
    ];
    view.fill("chart.trend_text", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn table(view: &View<'_>, name: &str, points: &[Point<'_>], statuses: &[Status]) -> Table {
    let mut columns = vec![column(view, "kind.run"), column(view, "field.build")];
    columns.extend(statuses.iter().map(|status| figures(view, &format!("status.{}", status.word()))));
    columns.extend([
        figures(view, "chart.planned_cases"),
        figures(view, "metric.pass_rate"),
        figures(view, "metric.planned_pass_rate"),
    ]);
    let rows = points.iter().rev().map(|point| row(view, point, statuses)).collect();
    Table { label: view.fill("markdown.embed_series", &[("series", name)]), columns, rows, sort: true }
}

fn row(view: &View<'_>, point: &Point<'_>, statuses: &[Status]) -> Vec<Cell> {
    let counts = &point.counts;
    let number = |count: usize| Cell::sorted(text(view.words().number(count)), count);
    let rate =
        |part, whole, sorted: Option<i64>| Cell::sorted(share(view, part, whole), sorted.unwrap_or(-1));
    let build = build_of(view, point.run).map_or_else(|| view.unknown(), build);
    let mut cells = vec![run_cell(view, point), build.into()];
    cells.extend(statuses.iter().map(|status| number(counts.of_status(*status))));
    cells.extend([
        number(counts.planned()),
        rate(counts.passed, counts.executed(), point.pass_rate()),
        rate(counts.passed, counts.planned(), point.planned_pass_rate()),
    ]);
    cells
}

fn run_cell(view: &View<'_>, point: &Point<'_>) -> Cell {
    let started = point.run.started.civil(&view.portal.site.zone);
    let name: Line = view.link(&Subject::Run(point.run.id.clone()));
    Cell::sorted(with_small(name, view.moment(&point.run.started)), started)
}
