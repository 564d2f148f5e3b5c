//! Comparable test runs over time.

use super::super::blocks::{
    Block, Cell, Column, Head, Line, Matrix, Row, Section, Table, link, status, text, with_small,
};
use super::super::names::View;
use super::parts::Part;
use super::states::Shown;
use super::{Sheet, history, trend};
use crate::derive::page::routes::Subject;
use crate::derive::run::failing_since::FailingSince;
use crate::derive::run::flaky::{self, Stability, Verdict};
use crate::derive::run::identity::Identity;
use crate::derive::run::matrix::{self, Matrix as Cases, MatrixRow};
use crate::model::records::Record;
use crate::model::run::{CaseResult, Run};
use crate::words::Spoken;

/// How many flaky cases, and how many failing ones, are listed.
const MOST_CASES: usize = 15;

/// In how many runs in a row a case failed that fails long.
const LONG: usize = 2;

/// How many series the list of runs names.
const MOST_SERIES: usize = 60;

/// One series, or a further part of its cases.
pub fn one(view: &View<'_>, name: &str) -> Sheet {
    let site = &view.portal.site;
    let runs: Vec<&Record<Run>> = view.portal.results.of_series(site, name).rev().collect();
    let cases = Cases::of(site, &runs);
    let mut sections = Vec::new();
    if !matches!(view.subject, Subject::Part(..)) {
        sections.extend(trend_section(view, name));
        sections.push(doubtful(view, &cases));
    }
    sections.push(matrix_section(view, &cases));
    Sheet::new("series.html", head(view, name, &runs), sections)
}

fn head(view: &View<'_>, name: &str, runs: &[&Record<Run>]) -> Head {
    let mut kicker = vec![text(view.say("kind.series")), text(view.words().count("count.runs", runs.len()))];
    kicker.extend(runs.last().map(|run| view.pointer(run.environment.pointer())));
    let title = match view.subject {
        Subject::Part(..) => view.name(view.subject),
        _ => view.fill("series.title", &[("title", name)]).into(),
    };
    Head { kicker, title, lede: Some(view.said("series.lead")), actions: Vec::new() }
}

fn trend_section(view: &View<'_>, name: &str) -> Option<Section> {
    let chart = trend::chart(view, name, "p:trend".to_owned())?;
    Some(Section::new("trend", view.say("series.trend"), vec![chart]))
}

/// Flaky and long-failing cases side by side.
fn doubtful(view: &View<'_>, cases: &Cases<'_>) -> Section {
    let basis = view.portal.basis();
    let flaky = matrix::flaky(basis, cases);
    let failing = matrix::failing(basis, cases, LONG);
    let flaky_rows = flaky.iter().take(MOST_CASES).map(|(case, stability)| flaky_row(view, case, stability));
    let failing_rows = failing.iter().take(MOST_CASES).map(|(case, since)| failing_row(view, case, since));
    let sections = vec![
        listed(view, "flaky", flaky_rows.collect(), flaky.len()),
        listed(view, "failing", failing_rows.collect(), failing.len()),
    ];
    Section::new("", "", vec![Block::Columns { sections, class: "cols" }])
}

/// Some of `all` cases, or that there are none.
fn listed(view: &View<'_>, id: &str, rows: Vec<Row>, all: usize) -> Section {
    let blocks = if rows.is_empty() {
        vec![Block::Empty { text: view.say(&format!("series.{id}_empty")) }]
    } else {
        let more = (all > rows.len()).then(|| {
            let more = view.words().count("count.more", all - rows.len());
            Block::Paragraphs { lines: vec![link(more, "#matrix")] }
        });
        [Block::Rows { ordered: false, rows }].into_iter().chain(more).collect()
    };
    Section::new(id, view.say(&format!("series.{id}")), blocks)
        .aside(text(view.words().count("count.cases", all)))
}

fn flaky_row(view: &View<'_>, case: &Identity, stability: &Stability<'_>) -> Row {
    let reasons = match &stability.verdict {
        Verdict::Flaky(found) => history::reasons(view, found),
        Verdict::NotJudged | Verdict::Steady => Line::new(),
    };
    let what = with_small(case_name(view, case), reasons);
    Row { what, aside: history::strip(view, &stability.results), ..Row::default() }
}

fn failing_row(view: &View<'_>, case: &Identity, since: &FailingSince<'_>) -> Row {
    let aside = text(view.words().count("run.failing_for", since.runs));
    let since = history::since(view, since, view.portal.as_of);
    Row { what: with_small(case_name(view, case), since), aside, ..Row::default() }
}

/// A case's id, linked; the name of one without an id.
fn case_link(view: &View<'_>, case: &Identity) -> Line {
    let subject = Subject::of_case(case);
    match case {
        Identity::Id(id) => view.id(&subject, id),
        Identity::Named { name, .. } => view.link_as(&subject, view.authored(name)),
    }
}

/// The title of a case that has an id, where it has one.
fn title(view: &View<'_>, case: &Identity) -> Option<Spoken> {
    let id = case.id()?;
    Some(view.name(&Subject::of_case(case))).filter(|title| *title != *id)
}

/// A case's id and title.
fn case_name(view: &View<'_>, case: &Identity) -> Line {
    let title = title(view, case).map(|title| text(Spoken::from(" ").and(title)));
    case_link(view, case).into_iter().chain(title.into_iter().flatten()).collect()
}

/// Cases by run, a part on each page.
fn matrix_section(view: &View<'_>, cases: &Cases<'_>) -> Section {
    let section = |blocks| Section::new("matrix", view.say("series.matrix"), blocks);
    if cases.rows.is_empty() {
        return section(vec![Block::Empty { text: view.say("series.matrix_empty") }]);
    }
    let part = Part::of(view, cases.rows.len());
    let mut columns = vec![Column { label: view.say("field.case"), num: false }];
    columns.extend(cases.runs.iter().map(|run| Column { label: run.id.clone(), num: false }));
    let table = Table {
        label: view.say("chart.matrix"),
        columns,
        rows: part.items(&cases.rows).iter().map(|row| matrix_row(view, row)).collect(),
        sort: false,
    };
    let heads = cases.runs.iter().map(|run| run_head(view, run)).collect();
    part.within(view, section(vec![Block::Matrix(Matrix { table, heads })]))
}

/// The day of a run, linked, and the last part of its id.
fn run_head(view: &View<'_>, run: &Record<Run>) -> Line {
    let day = view.words().day_month(run.started.date(&view.portal.site.zone));
    let short = run.id.rsplit('/').next().unwrap_or_default();
    with_small(view.link_as(&Subject::Run(run.id.clone()), short), text(day))
}

fn matrix_row(view: &View<'_>, row: &MatrixRow<'_>) -> Vec<Cell> {
    let name = with_small(case_link(view, &row.case), title(view, &row.case).map_or_else(Line::new, text));
    [Cell::from(name)].into_iter().chain(row.results.iter().map(|result| mark(view, *result))).collect()
}

/// How the case ended; a case that the run does not have is left empty.
fn mark(view: &View<'_>, result: Option<&CaseResult>) -> Cell {
    let Some(result) = result else { return Line::new().into() };
    if flaky::in_run(result) {
        return status(history::FLAKY, view.say("status.flaky")).into();
    }
    let ended = result.status.value;
    status(ended.state(), view.say(&format!("status.{}", ended.word()))).into()
}

/// All series, on the page that lists the runs.
pub fn list(view: &View<'_>) -> Option<Section> {
    let site = &view.portal.site;
    let all: Vec<&str> = view.portal.results.all_series().collect();
    let rows: Vec<Row> = all
        .iter()
        .take(MOST_SERIES)
        .map(|name| {
            let runs = view.portal.results.of_series(site, name).count();
            Row {
                what: view.link_as(&Subject::Series((*name).to_owned()), *name),
                aside: text(view.words().count("count.runs", runs)),
                icon: Some("list"),
                ..Row::default()
            }
        })
        .collect();
    let aside = view.words().number(all.len());
    (!rows.is_empty()).then(|| {
        let block = Block::Rows { ordered: false, rows };
        Section::new("series", view.say("kinds.series"), vec![block]).aside(text(aside))
    })
}
