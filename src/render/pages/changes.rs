//! What became of the cases of a run since its baseline.

use std::ops::Range;

use super::super::blocks::{
    Bit, Block, Cell, Fact, Line, Section, State, Table, Tile, join, link, text, whole_bar, with_small,
};
use super::super::names::View;
use super::labels::{column, fact, figures, share};
use super::runs::{case_id, case_name};
use super::{history, runs};
use crate::derive::run::comparison::{self, Comparison, NoBaseline, Transition};
use crate::derive::run::counts::Counts;
use crate::derive::run::failing_since;
use crate::derive::run::flaky::{self, Stability, Verdict};
use crate::derive::run::results::RunCase;
use crate::model::records::Record;
use crate::model::run::Run;

/// How many cases stand in a list of changes; the others are in the table of all cases.
const MOST_CASES: usize = 30;

/// How many flaky cases are listed with their last results, which take room.
const MOST_FLAKY: usize = 15;

/// A run beside the runs that it can be compared with.
pub struct Changes<'a> {
    run: &'a Record<Run>,
    comparison: Result<Comparison<'a>, NoBaseline<'a>>,
    /// The flaky cases by their position among the cases of the run.
    flaky: Vec<(usize, RunCase<'a>, Stability<'a>)>,
}

impl<'a> Changes<'a> {
    /// The changes of `run`, whose cases are `cases`. Flaky ones are looked for within `shown`.
    pub fn of(view: &View<'a>, run: &'a Record<Run>, cases: &[RunCase<'a>], shown: Range<usize>) -> Self {
        let basis = view.portal.basis();
        let flaky = |(position, case): (usize, &RunCase<'a>)| {
            let stability = flaky::of(basis, &case.identity(&view.portal.site)?, &run.id);
            let is_flaky = flaky::in_run(case.result?) || stability.is_flaky();
            is_flaky.then_some((position, *case, stability))
        };
        let shown = cases.iter().enumerate().take(shown.end).skip(shown.start);
        let flaky = shown.filter_map(flaky).collect();
        Self { run, comparison: comparison::of(basis, run), flaky }
    }

    /// What became of the case at `position`; nothing where that is not known.
    pub fn transition(&self, position: usize) -> Option<Transition> {
        Some(self.comparison.as_ref().ok()?.cases.get(position)?.transition)
    }

    /// Whether it is known what became of the cases.
    pub fn is_known(&self) -> bool {
        self.comparison.is_ok()
    }

    /// Whether the case at `position` is flaky.
    pub fn is_flaky(&self, position: usize) -> bool {
        self.flaky.binary_search_by_key(&position, |(position, ..)| *position).is_ok()
    }
}

/// The answer of a run's page: what got worse, what came of all planned cases, and the pass rates.
pub fn verdict(view: &View<'_>, changes: &Changes<'_>) -> Section {
    let counts = view.portal.results.counts(&changes.run.id);
    let mut blocks = Vec::new();
    if let Ok(comparison) = &changes.comparison {
        blocks.push(Block::Tiles { tiles: tiles(view, changes, comparison) });
        blocks.push(Block::Paragraphs { lines: vec![vec![Bit::Small { line: sum(view, comparison) }]] });
    }
    blocks.extend(results(view, &counts));
    let verdict = Block::Verdict(super::super::blocks::Verdict {
        state: state(changes.run, &counts),
        title: title(view, changes, &counts),
        lines: vec![grounds(view, changes)],
        blocks,
        aside: Vec::new(),
    });
    Section::new("results", "", vec![verdict])
}

fn state(run: &Run, counts: &Counts) -> State {
    if counts.failed + counts.error > 0 {
        State::named("failed")
    } else if run.ended.is_none() {
        State::named("in_progress")
    } else if counts.executed() == 0 {
        State::named("not_run")
    } else if counts.blocked + counts.in_progress + counts.not_run > 0 {
        State::named("limited")
    } else {
        State::named("passed")
    }
}

/// What went wrong, the worst first, in a few words.
fn title(view: &View<'_>, changes: &Changes<'_>, counts: &Counts) -> String {
    let words = view.words();
    let bad = counts.failed + counts.error;
    if counts.executed() == 0 {
        return view.say("run.nothing_executed");
    }
    if bad == 0 {
        return view.say("run.no_failures");
    }
    let Ok(comparison) = &changes.comparison else { return words.count("count.failures", bad) };
    let found = [
        (Transition::Regressed, "count.regressions"),
        (Transition::NewFailure, "count.new_failures"),
        (Transition::StillFailing, "count.still_failing"),
    ]
    .map(|(transition, key)| (comparison.count(transition), key));
    let said = found.iter().filter(|(count, _)| *count > 0).map(|(count, key)| words.count(key, *count));
    let none = (comparison.count(Transition::Regressed) == 0).then(|| view.say("run.no_regressions"));
    words.row(&none.into_iter().chain(said).collect::<Vec<_>>())
}

/// With what the run is compared, or why it is not, and what else limits the answer.
fn grounds(view: &View<'_>, changes: &Changes<'_>) -> Line {
    let mut lines = vec![match &changes.comparison {
        Ok(comparison) => baseline(view, comparison.baseline),
        Err(NoBaseline::First) => text(view.say("run.first_of_series")),
        Err(NoBaseline::NotFound) => text(view.say("run.baseline_missing")),
        Err(NoBaseline::NoCases(silent)) if silent.id == changes.run.id => text(view.say("run.totals_only")),
        Err(NoBaseline::NoCases(silent)) => {
            join([text(view.say("run.baseline_silent")), baseline(view, silent)], " ")
        }
    }];
    lines.extend(changes.run.ended.is_none().then(|| text(view.say("run.running"))));
    join(lines, " ")
}

fn baseline(view: &View<'_>, run: &Record<Run>) -> Line {
    let label = text(format!("{}: ", view.say("field.baseline")));
    label.into_iter().chain(runs::name(view, run)).chain(text(".")).collect()
}

fn tiles(view: &View<'_>, changes: &Changes<'_>, comparison: &Comparison<'_>) -> Vec<Tile> {
    let tile = |count: usize, key: &str, state: State, href: &str| Tile {
        figure: view.words().number(count),
        label: view.say(key),
        state: (count > 0).then_some(state),
        href: (count > 0).then(|| href.to_owned()),
    };
    let failed = State::named("failed");
    let count = |transition| comparison.count(transition);
    vec![
        tile(count(Transition::Regressed), "run.regressed", failed, "#failures"),
        tile(count(Transition::NewFailure), "run.new_failures", failed, "#failures"),
        tile(count(Transition::StillFailing), "run.still_failing", failed, "#failures"),
        tile(count(Transition::Fixed), "run.fixed", State::named("passed"), "#changes"),
        tile(changes.flaky.len(), "run.flaky", history::FLAKY, "#flaky"),
    ]
}

/// All transitions, which add up to the planned cases; then the removed ones.
fn sum(view: &View<'_>, comparison: &Comparison<'_>) -> Line {
    let number = |count| view.words().number(count);
    let kept = Transition::ALL.into_iter().filter(|transition| *transition != Transition::Removed);
    let counts: Vec<(Transition, usize)> =
        kept.map(|transition| (transition, comparison.count(transition))).collect();
    let said = |transition: Transition| view.say(&format!("transition.{}", transition.word())).to_lowercase();
    let parts =
        counts.iter().map(|(transition, count)| text(format!("{} {}", said(*transition), number(*count))));
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let removed = comparison
        .removed
        .as_ref()
        .map_or_else(|| view.say("value.unknown"), |removed| number(removed.len()));
    let end = format!(" = {}; {} {removed}", number(all), said(Transition::Removed));
    join([join(parts, " + "), text(end)], "")
}

/// The counts of all statuses against the planned cases, and both pass rates.
fn results(view: &View<'_>, counts: &Counts) -> Vec<Block> {
    let bar = match whole_bar(counts, view.words()) {
        Some(bar) => Block::Bar { bar, size: "tall", legend: true },
        None => Block::Empty { text: view.say("run.all_cases_empty") },
    };
    let facts = vec![
        fact(view, "run.executed_of_planned", share(view, counts.executed(), counts.planned())),
        fact(view, "run.passed_of_executed", share(view, counts.passed, counts.executed())),
        fact(view, "run.passed_of_planned", share(view, counts.passed, counts.planned())),
    ];
    vec![bar, Block::Facts { facts, side: false }]
}

/// What is known of a failure from the runs before: since when, and the last results.
pub fn past(view: &View<'_>, run: &Record<Run>, case: &RunCase<'_>) -> Vec<Fact> {
    let basis = view.portal.basis();
    let Some(identity) = case.identity(&view.portal.site) else { return Vec::new() };
    let day = run.started.date(&view.portal.site.zone);
    let since = failing_since::of(basis, &identity, &run.id);
    let last = flaky::of(basis, &identity, &run.id).results;
    let mut facts = Vec::new();
    facts.extend(since.map(|since| fact(view, "field.failing_since", history::since(view, &since, day))));
    // One mark would only repeat the status.
    facts.extend((last.len() > 1).then(|| fact(view, "case.last", history::strip(view, &last))));
    facts
}

/// What became of a failure, as a badge.
pub fn badge(view: &View<'_>, transition: Transition) -> Bit {
    let class = if transition == Transition::Regressed { "is-failed" } else { "" };
    Bit::Badge { text: view.say(&format!("transition.{}", transition.word())), class }
}

/// The badge of a flaky case.
pub fn flaky_badge(view: &View<'_>) -> Bit {
    Bit::Badge { text: view.say("status.flaky"), class: "is-flaky" }
}

/// Cases that were fixed, came to be or are gone; nothing where nothing of that kind is known.
pub fn listed(view: &View<'_>, changes: &Changes<'_>) -> Option<Section> {
    let comparison = changes.comparison.as_ref().ok()?;
    let of = |transition| comparison.of(transition).map(|compared| compared.case).collect::<Vec<_>>();
    let groups = [
        (Transition::Fixed, of(Transition::Fixed)),
        (Transition::NewPass, of(Transition::NewPass)),
        (Transition::Removed, comparison.removed.clone().unwrap_or_default()),
    ];
    let rows: Vec<Vec<Cell>> = groups
        .iter()
        .filter(|(_, cases)| !cases.is_empty())
        .map(|(transition, cases)| group(view, *transition, cases))
        .collect();
    let table = Table {
        label: view.say("run.changes"),
        columns: vec![
            column(view, "field.transition"),
            figures(view, "table.count"),
            column(view, "field.cases"),
        ],
        rows,
        sort: false,
    };
    (!table.rows.is_empty())
        .then(|| Section::new("changes", view.say("run.changes"), vec![Block::Table(table)]))
}

fn group(view: &View<'_>, transition: Transition, cases: &[RunCase<'_>]) -> Vec<Cell> {
    let shown = view.row(cases.iter().take(MOST_CASES).map(|case| case_id(view, case)));
    vec![
        text(view.say(&format!("transition.{}", transition.word()))).into(),
        Cell::sorted(text(view.words().number(cases.len())), cases.len()),
        with_small(shown, more(view, cases.len(), transition != Transition::Removed)).into(),
    ]
}

/// How many of `all` cases are not listed, with the way to them where the page has them.
fn more(view: &View<'_>, all: usize, is_here: bool) -> Line {
    if all <= MOST_CASES {
        return Line::new();
    }
    let more = view.words().count("count.more", all - MOST_CASES);
    if is_here { link(more, "#cases") } else { text(more) }
}

/// The flaky cases; nothing where there is none.
pub fn flaky(view: &View<'_>, changes: &Changes<'_>) -> Option<Section> {
    if changes.flaky.is_empty() {
        return None;
    }
    let shown = changes.flaky.iter().take(MOST_FLAKY);
    let rows = shown.map(|(_, case, stability)| flaky_row(view, case, stability)).collect();
    let table = Table {
        label: view.say("run.flaky"),
        columns: vec![column(view, "field.case"), column(view, "case.last"), column(view, "field.reason")],
        rows,
        sort: false,
    };
    let mut blocks = vec![Block::Table(table)];
    if changes.flaky.len() > MOST_FLAKY {
        let more = view.words().count("count.more", changes.flaky.len() - MOST_FLAKY);
        blocks.push(Block::Paragraphs { lines: vec![link(more, "#cases")] });
    }
    let count = view.words().number(changes.flaky.len());
    Some(Section::new("flaky", view.say("run.flaky"), blocks).aside(text(count)))
}

fn flaky_row(view: &View<'_>, case: &RunCase<'_>, stability: &Stability<'_>) -> Vec<Cell> {
    let reasons = match &stability.verdict {
        Verdict::Flaky(reasons) => history::reasons(view, reasons),
        // Flaky in this run alone: there is no judgement over the series, or a good one.
        Verdict::NotJudged | Verdict::Steady => text(view.say("flaky.in_this_run")),
    };
    vec![Cell::from(case_name(view, case)), history::strip(view, &stability.results).into(), reasons.into()]
}

/// How soon a reader wants to see a failure that came about so: the smaller, the sooner.
pub fn urgency(transition: Option<Transition>) -> usize {
    transition
        .and_then(|transition| Transition::ALL.iter().position(|other| *other == transition))
        .unwrap_or(usize::MAX)
}
