//! The measures of a report: results by status, shares, defects by severity, time to report.

use super::super::super::blocks::{Block, Cell, Column, Line, Table, text};
use super::super::super::names::View;
use super::super::labels::{column, fact, figures, share};
use super::super::states::severity;
use super::{Issue, runs};
use crate::derive::defects::reporting_time::ReportingTime;
use crate::derive::defects::{affecting, reported_at, status_on};
use crate::derive::page::routes::Subject;
use crate::derive::run::counts::Counts;
use crate::derive::run::final_status;
use crate::derive::schedule::workdays::Workdays;
use crate::model::defect::{Defect, DefectStatus, Severity};
use crate::model::records::Record;
use crate::model::run::{Run, Status};

/// The order in which statuses stand in tables.
const STATUSES: [Status; 7] = [
    Status::Passed,
    Status::Failed,
    Status::Error,
    Status::Blocked,
    Status::Skipped,
    Status::InProgress,
    Status::NotRun,
];

/// A line of the tables: a run, or all of them together.
struct Measured {
    name: Line,
    counts: Counts,
}

/// Every measure.
pub fn blocks(view: &View<'_>, issue: &Issue<'_>) -> Vec<Block> {
    let measured = measured(view, issue);
    let mut blocks = vec![issue.as_of(view)];
    if measured.is_empty() {
        blocks.push(Block::Empty { text: view.say("report.runs_empty") });
    } else {
        blocks.extend([results(view, &measured), rates(view, &measured)]);
        let notes = runs::notes(view, issue);
        if !notes.is_empty() {
            blocks.push(Block::Paragraphs { lines: notes });
        }
    }
    blocks.extend(of_defects(view, issue));
    blocks
}

/// Each run, and all of them with each case counted once: by its last result, or as not run where a plan
/// of the release has it and no run.
fn measured(view: &View<'_>, issue: &Issue<'_>) -> Vec<Measured> {
    let runs = issue.started(view);
    let results = &view.portal.results;
    let mut lines: Vec<Measured> = runs
        .iter()
        .map(|run| Measured { name: short_name(view, run), counts: results.counts(&run.id) })
        .collect();
    if let (Some(release), true) = (issue.release(view), runs.len() > 1) {
        let all = final_status::of_runs(issue.basis(view), &release.id, &runs);
        // Where later sums hide which cases ended how, no line could be true.
        if all.unplaced.is_empty() {
            lines.push(Measured { name: text(view.say("report.each_once")), counts: all.counts() });
        }
    }
    lines
}

/// The id of a run without its release's: the tables are wide enough.
fn short_name(view: &View<'_>, run: &Record<Run>) -> Line {
    let id = run.id.strip_prefix(run.release.id()).and_then(|id| id.strip_prefix('/')).unwrap_or(&run.id);
    view.id(&Subject::Run(run.id.clone()), id)
}

/// Results by status against planned.
fn results(view: &View<'_>, measured: &[Measured]) -> Block {
    let mut columns = vec![column(view, "kind.run"), figures(view, "field.planned")];
    let label = |status: &Status| view.say(&format!("status.{}", status.word()));
    columns.extend(STATUSES.iter().map(|status| Column { label: label(status), num: true }));
    let row = |line: &Measured| {
        let number = |count: usize| Cell::from(text(view.words().number(count)));
        let statuses = STATUSES.iter().map(|status| number(line.counts.of_status(*status)));
        let mut cells = vec![Cell::from(line.name.clone()), number(line.counts.planned())];
        cells.extend(statuses);
        cells
    };
    table(view, "report.results", columns, measured.iter().map(row).collect())
}

/// Executed share, and both pass rates beside each other.
fn rates(view: &View<'_>, measured: &[Measured]) -> Block {
    let columns = vec![
        column(view, "kind.run"),
        figures(view, "metric.executed_share"),
        figures(view, "metric.pass_rate"),
        figures(view, "metric.planned_pass_rate"),
    ];
    let row = |Measured { name, counts }: &Measured| {
        vec![
            Cell::from(name.clone()),
            share(view, counts.executed(), counts.planned()).into(),
            share(view, counts.passed, counts.executed()).into(),
            share(view, counts.passed, counts.planned()).into(),
        ]
    };
    table(view, "report.rates", columns, measured.iter().map(row).collect())
}

fn table(view: &View<'_>, label: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Block {
    Block::Table(Table { label: view.say(label), columns, rows, sort: false })
}

/// The defects of the release that were reported by the day.
fn of_defects(view: &View<'_>, issue: &Issue<'_>) -> Vec<Block> {
    let Some(release) = issue.release(view) else { return Vec::new() };
    let site = &view.portal.site;
    let known: Vec<(&Record<Defect>, DefectStatus)> = affecting(site, &release.id)
        .filter(|defect| reported_at(defect, &site.zone).is_none_or(|at| at.date() <= issue.day))
        .filter_map(|defect| Some((defect, status_on(defect, &site.zone, issue.day)?)))
        .collect();
    if known.is_empty() {
        return Vec::new();
    }
    let times = ReportingTime::of(
        known.iter().map(|(defect, _)| &defect.value),
        &site.zone,
        Workdays::of(&site.portal),
    );
    let mut blocks = vec![by_severity(view, &known)];
    blocks.extend(reporting_time(view, &times));
    blocks
}

fn by_severity(view: &View<'_>, known: &[(&Record<Defect>, DefectStatus)]) -> Block {
    let row = |name: Line, wanted: Option<Severity>| {
        let of = |counts: &dyn Fn(DefectStatus) -> bool| {
            let is_meant = |(defect, status): &&(&Record<Defect>, DefectStatus)| {
                wanted.is_none_or(|wanted| defect.severity.value == wanted) && counts(*status)
            };
            Cell::from(text(view.words().number(known.iter().filter(is_meant).count())))
        };
        vec![
            Cell::from(name),
            of(&|_| true),
            of(&|status| status.is_open() && !status.is_deferred()),
            of(&DefectStatus::is_deferred),
            of(&|status| !status.is_open()),
        ]
    };
    let mut rows: Vec<Vec<Cell>> =
        Severity::ALL.iter().map(|each| row(severity(view, *each), Some(*each))).collect();
    rows.push(row(text(view.say("report.all_severities")), None));
    let columns = vec![
        column(view, "field.severity"),
        figures(view, "report.found"),
        figures(view, "report.open"),
        figures(view, "defect_status.deferred"),
        figures(view, "defects.settled"),
    ];
    table(view, "report.by_severity", columns, rows)
}

/// Mean and median, and of how many both times are known.
fn reporting_time(view: &View<'_>, times: &ReportingTime) -> Option<Block> {
    let (mean, median) = (times.mean()?, times.median()?);
    let words = view.words();
    let values = [
        ("mean", words.duration(mean.seconds)),
        ("median", words.duration(median.seconds)),
        ("n", words.number(times.known())),
        ("m", words.number(times.all())),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let told = text(view.fill("defects.time_to_report_text", &values));
    Some(Block::Facts { facts: vec![fact(view, "defects.time_to_report", told)], side: false })
}
