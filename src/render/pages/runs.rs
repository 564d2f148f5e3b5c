//! Test runs.

use std::collections::HashMap;

use super::super::blocks::{
    Bit, Block, Cell, Fact, Failure, Head, Line, Row, Section, State, Table, join, link, status, text,
    with_small,
};
use super::super::names::View;
use super::changes::{self, Changes};
use super::labels::{attachment, bar_cell, build, column, duration, fact, figures, word};
use super::parts::Part;
use super::series;
use super::states::shown;
use super::{Sheet, list_head, references};
use crate::derive::page::routes::{List, Subject};
use crate::derive::run::comparison::Transition;
use crate::derive::run::results::{self, RunCase};
use crate::model::defect::Defect;
use crate::model::records::Record;
use crate::model::run::{Baseline, CaseResult, Run, Status};
use crate::record::reference::Ref;
use crate::words::Spoken;

/// How many bytes the failures of a run may take on its page; the others stand in the table of cases.
const FAILURES_BYTES: usize = 56_000;

/// How many bytes of a message a page shows.
const MESSAGE_BYTES: usize = 6_000;

/// How many cases a reason is listed with.
const MOST_CASES: usize = 30;

/// How many of the slowest cases are listed.
const SLOWEST: usize = 10;

/// All runs, the latest first.
pub fn list(view: &View<'_>) -> Sheet {
    let site = &view.portal.site;
    let runs: Vec<&Record<Run>> = view.portal.results.runs().filter_map(|id| site.runs.get(id)).collect();
    let part = Part::of(view, runs.len());
    let block = table(view, part.items(&runs), &view.say("runs.title"));
    let section = part.within(view, Section::new("runs", view.say("runs.latest"), vec![block]));
    let head = Head { title: view.name(view.subject), ..list_head(view, List::Runs, "runs.lead") };
    let is_first = !matches!(view.subject, Subject::Part(..));
    let series = is_first.then(|| series::list(view)).flatten();
    Sheet::new("runs.html", head, [section].into_iter().chain(series).collect())
}

/// How many runs a page lists that is about something else.
const MOST_RUNS: usize = 50;

/// The latest of `runs`, on a page about something else.
pub fn latest(view: &View<'_>, runs: &[&Record<Run>]) -> Section {
    let table = table(view, runs.get(..MOST_RUNS).unwrap_or(runs), &view.say("field.runs"));
    let aside = if runs.len() > MOST_RUNS {
        view.words().of(MOST_RUNS, runs.len())
    } else {
        view.words().count("count.runs", runs.len())
    };
    Section::new("runs", view.say("field.runs"), vec![table]).aside(text(aside))
}

/// Runs as a table; on the page of a release without the release.
pub fn table(view: &View<'_>, runs: &[&Record<Run>], label: &str) -> Block {
    let has_release = !matches!(view.subject, Subject::Release(_));
    let mut columns = vec![column(view, "kind.run")];
    columns.extend(has_release.then(|| column(view, "field.release")));
    columns.extend([
        column(view, "field.environment"),
        column(view, "field.started"),
        column(view, "field.test_level"),
        column(view, "field.team"),
        figures(view, "field.executed"),
        column(view, "field.results"),
    ]);
    let rows = runs.iter().map(|run| row(view, run, has_release)).collect();
    Block::Table(Table { label: label.to_owned(), columns, rows, sort: true })
}

fn row(view: &View<'_>, run: &Record<Run>, has_release: bool) -> Vec<Cell> {
    let counts = view.portal.results.counts(&run.id);
    let started = run.started.civil(&view.portal.site.zone);
    let mut cells = vec![Cell::from(name(view, run))];
    cells.extend(has_release.then(|| Cell::from(view.pointer(run.release.pointer()))));
    cells.extend([
        view.pointer(run.environment.pointer()).into(),
        Cell::sorted(when(view, run), started),
        text(level(view, run).unwrap_or_default()).into(),
        run.team.as_ref().map_or_else(Line::new, |team| view.pointer(team.pointer())).into(),
        Cell::sorted(text(view.words().of(counts.executed(), counts.planned())), counts.executed()),
        bar_cell(view, &counts),
    ]);
    cells
}

/// A run's title, linked, with its id.
pub fn name(view: &View<'_>, run: &Record<Run>) -> Line {
    let subject = Subject::Run(run.id.clone());
    let id = if run.title.is_some() {
        vec![Bit::Id { text: run.id.clone(), href: None, external: false }]
    } else {
        Line::new()
    };
    with_small(view.link(&subject), id)
}

/// When it began, and whether it still runs.
fn when(view: &View<'_>, run: &Run) -> Line {
    let running = if run.ended.is_none() { text(view.say("value.running")) } else { Line::new() };
    with_small(view.moment(&run.started), running)
}

fn level(view: &View<'_>, run: &Run) -> Option<String> {
    run.level.map(|level| view.say(&format!("test_level.{}", level.word())))
}

/// One run, or a further part of its cases.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(run) = view.portal.site.runs.get(id) else {
        return Sheet::new("run.html", Head::default(), Vec::new());
    };
    let cases = results::cases_of(&view.portal.site, run);
    let sections = if matches!(view.subject, Subject::Part(..)) {
        let changes = Changes::of(view, run, &cases, Part::of(view, cases.len()).range());
        vec![all_cases(view, run, &cases, &changes)]
    } else {
        sections(view, run, &cases, &Changes::of(view, run, &cases, 0..cases.len()))
    };
    Sheet::new("run.html", head(view, run), sections).restricted(run.restriction.as_ref())
}

fn sections(
    view: &View<'_>,
    run: &Record<Run>,
    cases: &[RunCase<'_>],
    changes: &Changes<'_>,
) -> Vec<Section> {
    let mut sections = vec![changes::verdict(view, changes)];
    if run.totals.is_none() {
        sections.push(failures(view, run, cases, changes));
        sections.extend(changes::listed(view, changes));
        sections.extend(changes::flaky(view, changes));
        sections.extend(left_out(view, cases));
        sections.extend(suites(view, cases));
        sections.extend(slowest(view, cases));
        sections.push(all_cases(view, run, cases, changes));
    }
    sections.extend(facts(view, run));
    sections.extend(defects(view, run));
    sections.extend(references::section(view, |subject| matches!(subject, Subject::Defect(_))));
    sections
}

fn head(view: &View<'_>, run: &Record<Run>) -> Head {
    let mut kicker = vec![text(format!("{} {}", view.say("kind.run"), run.id)), release(view, run)];
    kicker.push(view.pointer(run.environment.pointer()));
    kicker.extend(series(view, run));
    kicker.extend(level(view, run).map(text));
    kicker.extend(build_of(view, run).map(build));
    kicker.push(span(view, run));
    if run.ended.is_none() {
        kicker.push(status(State::named("in_progress"), view.say("value.running")));
    }
    Head {
        kicker,
        title: view.name(view.subject),
        lede: run.note.as_ref().map(|note| view.read(note)),
        actions: Vec::new(),
    }
}

/// The runs that it can be compared with.
fn series(view: &View<'_>, run: &Record<Run>) -> Option<Line> {
    let series = view.portal.results.series(&run.id).filter(|series| !series.is_empty())?;
    let name = format!("{} {series}", view.say("field.series"));
    Some(view.link_as(&Subject::Series(series.to_owned()), &name))
}

/// From when until when it ran.
fn span(view: &View<'_>, run: &Run) -> Line {
    let zone = &view.portal.site.zone;
    let Some(ended) = &run.ended else { return view.moment(&run.started) };
    let (from, until) = (run.started.civil(zone), ended.civil(zone));
    let shown = if run.started.has_time() && ended.has_time() {
        view.words().date_time_range(from, until)
    } else {
        view.words().date_range(from.date(), until.date())
    };
    vec![Bit::Time { text: shown, datetime: from.strftime("%Y-%m-%dT%H:%M").to_string() }]
}

fn release(view: &View<'_>, run: &Run) -> Line {
    let subject = Subject::Release(run.release.id().to_owned());
    view.link_as(&subject, format!("{} {}", view.say("kind.release"), run.release.id()))
}

/// What the head does not say.
fn facts(view: &View<'_>, run: &Record<Run>) -> Option<Section> {
    let mut facts: Vec<Fact> = Vec::new();
    facts.extend(run.team.as_ref().map(|team| fact(view, "field.team", view.pointer(team.pointer()))));
    let types: Vec<Spoken> = run.types.iter().map(|kind| word(view, "test_type", kind)).collect();
    facts.extend(
        (!types.is_empty()).then(|| fact(view, "field.types", text(view.words().list_spoken(&types)))),
    );
    facts.extend(run.plan.as_ref().map(|plan| fact(view, "field.plan", view.pointer(plan.pointer()))));
    facts.extend(run.baseline.as_ref().map(|of| fact(view, "field.baseline", baseline(view, of))));
    if !run.data.is_empty() {
        let sets = run.data.iter().map(|data| view.pointer(data.pointer()));
        facts.push(fact(view, "field.data", view.row(sets)));
    }
    facts.extend(run.import.as_ref().map(|import| {
        let files: Vec<&str> = import.file.iter().map(Ref::id).collect();
        fact(
            view,
            "field.import",
            with_small(text(view.words().row(&files)), text(import.format.value.clone())),
        )
    }));
    let blocks = |facts| vec![Block::Facts { facts, side: false }];
    (!facts.is_empty()).then(|| Section::new("facts", view.say("nav.details"), blocks(facts)))
}

/// The build under test: as written, else the release's.
pub fn build_of<'a>(view: &View<'a>, run: &'a Run) -> Option<&'a str> {
    let of_release = || view.portal.site.releases.get(run.release.id())?.value.build.as_ref();
    run.build.as_ref().or_else(of_release).map(|build| build.value.as_str())
}

fn baseline(view: &View<'_>, baseline: &Baseline) -> Line {
    match baseline {
        Baseline::Previous => text(view.say("baseline.previous")),
        Baseline::Release(release) => view.pointer(release.pointer()),
        Baseline::Run(run) => view.pointer(run.pointer()),
    }
}

/// The title of a case: as its result says, else as the catalogue says.
fn title(view: &View<'_>, case: &RunCase<'_>) -> Option<Spoken> {
    let own = case.result.and_then(|result| result.title.as_ref());
    let catalogued = || view.portal.site.cases.get(case.id?)?.value.title.as_ref();
    own.or_else(catalogued).map(|title| view.read(title))
}

/// A case's id, linked to its page; the title of one without an id.
pub fn case_id(view: &View<'_>, case: &RunCase<'_>) -> Line {
    if let Some(id) = case.id {
        return view.id(&Subject::Case(id.to_owned()), id);
    }
    let title = title(view, case).unwrap_or_else(|| view.said("value.unknown"));
    match case.identity(&view.portal.site) {
        Some(identity) => view.link_as(&Subject::of_case(&identity), title),
        None => text(title),
    }
}

/// A case's id and title.
pub fn case_name(view: &View<'_>, case: &RunCase<'_>) -> Line {
    let mut line = case_id(view, case);
    if case.id.is_some() {
        line.extend(title(view, case).into_iter().flat_map(|title| text(Spoken::from(" ").and(title))));
    }
    line
}

/// The failures: regressions first, then new ones, then those that were there before.
fn failures(view: &View<'_>, run: &Record<Run>, cases: &[RunCase<'_>], changes: &Changes<'_>) -> Section {
    let mut failed: Vec<Failed<'_>> = cases
        .iter()
        .enumerate()
        .filter(|(_, case)| matches!(case.status(), Status::Failed | Status::Error))
        .filter_map(|(position, case)| {
            Some(Failed { case, result: case.result?, transition: changes.transition(position) })
        })
        .collect();
    failed.sort_by_key(|failed| changes::urgency(failed.transition));
    let section = |blocks| Section::new("failures", view.say("run.failures"), blocks);
    if failed.is_empty() {
        return section(vec![Block::Empty { text: view.say("run.failures_empty") }]);
    }
    let detailed = within(FAILURES_BYTES, failed.iter().map(|failed| weight(failed.result)));
    let items = failed.iter().take(detailed).map(|failed| failure(view, run, failed)).collect();
    let mut blocks = vec![Block::Failures { items }];
    if detailed < failed.len() {
        let more = view.words().count("count.more", failed.len() - detailed);
        blocks.push(Block::Paragraphs { lines: vec![link(more, "#cases")] });
    }
    section(blocks).aside(text(view.words().count("count.failures", failed.len())))
}

/// A result that went wrong, and what became of its case.
struct Failed<'a> {
    case: &'a RunCase<'a>,
    result: &'a CaseResult,
    transition: Option<Transition>,
}

/// About how many bytes a failure takes on a page.
fn weight(result: &CaseResult) -> usize {
    // The facts of a failure take up to half of this, its row of last results the rest.
    const WITHOUT_MESSAGE: usize = 2_200;
    let message = result.message.as_ref().map_or(0, |message| message.len().min(MESSAGE_BYTES));
    WITHOUT_MESSAGE + message + 150 * (result.defects.len() + result.attachments.len())
}

/// How many of the first `weights` stay within `limit`; the first always does.
fn within(limit: usize, weights: impl Iterator<Item = usize>) -> usize {
    let mut sum = 0;
    let fitting = weights
        .take_while(|weight| {
            sum += weight;
            sum <= limit
        })
        .count();
    fitting.max(1)
}

/// The beginning of a message, cut between letters.
fn cut(message: &str) -> String {
    if message.len() <= MESSAGE_BYTES {
        return message.to_owned();
    }
    let end =
        message.char_indices().map(|(at, _)| at).take_while(|at| *at <= MESSAGE_BYTES).last().unwrap_or(0);
    format!("{}\n…", message.get(..end).unwrap_or_default())
}

fn failure(view: &View<'_>, run: &Record<Run>, failed: &Failed<'_>) -> Failure {
    let mut title = case_name(view, failed.case);
    title.extend(failed.transition.map(|transition| changes::badge(view, transition)));
    let mut facts = changes::past(view, run, failed.case);
    facts.extend(told(view, run, failed.result));
    Failure {
        status: shown(view, &failed.result.status.value),
        title,
        message: failed.result.message.as_deref().map(|message| view.authored(&cut(message))),
        facts,
    }
}

/// What a result itself says of a failure.
fn told(view: &View<'_>, run: &Record<Run>, result: &CaseResult) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    if !result.defects.is_empty() {
        let defects = result.defects.iter().map(|defect| view.pointer(defect.pointer()));
        facts.push(fact(view, "field.defects", view.row(defects)));
    }
    facts.extend(triage(view, result).map(|cause| fact(view, "field.triage", cause)));
    if !result.attempts.is_empty() {
        facts.push(fact(
            view,
            "field.attempts",
            join(result.attempts.iter().map(|attempt| shown(view, attempt)), " "),
        ));
    }
    facts.extend(result.suite.as_ref().map(|suite| fact(view, "field.suite", text(view.authored(suite)))));
    facts.extend(result.time.map(|time| fact(view, "field.time", text(duration(view, time)))));
    facts.extend(result.raw_status.as_ref().map(|raw| fact(view, "field.raw_status", text(raw.clone()))));
    if !result.attachments.is_empty() {
        let files = result.attachments.iter().map(|file| attachment(view, &run.path, file));
        facts.push(fact(view, "field.attachments", view.row(files)));
    }
    facts.extend(result.reason.as_ref().map(|reason| fact(view, "field.reason", text(view.read(reason)))));
    facts
        .extend(result.blocked_by.as_ref().map(|ticket| fact(view, "field.blocked_by", view.ticket(ticket))));
    facts.extend(result.note.as_ref().map(|note| fact(view, "field.note", text(view.read(note)))));
    facts
}

/// Whose fault a failure is; one with neither cause nor defect is marked.
fn triage(view: &View<'_>, result: &CaseResult) -> Option<Line> {
    match result.triage {
        Some(triage) => Some(text(view.say(&format!("triage.{}", triage.word())))),
        None if result.defects.is_empty() => {
            Some(vec![Bit::Badge { text: view.say("run.untriaged"), class: "is-failed" }])
        }
        None => None,
    }
}

/// Blocked and skipped cases by their reasons.
fn left_out(view: &View<'_>, cases: &[RunCase<'_>]) -> Option<Section> {
    let groups = by_reason(view, cases);
    if groups.is_empty() {
        return None;
    }
    let rows = groups
        .into_iter()
        .map(|(why, cases)| {
            let ids = cases.iter().take(MOST_CASES).map(|case| case_id(view, case));
            let ids = with_small(view.row(ids), more(view, cases.len()));
            vec![
                Cell::from(why.reason.map_or_else(|| view.unknown(), text)),
                shown(view, &why.status).into(),
                why.ticket.map_or_else(Line::new, |ticket| view.ticket(ticket)).into(),
                Cell::sorted(text(view.words().number(cases.len())), cases.len()),
                ids.into(),
            ]
        })
        .collect();
    let table = Table {
        label: view.say("run.left_out"),
        columns: vec![
            column(view, "field.reason"),
            column(view, "field.status"),
            column(view, "field.blocked_by"),
            figures(view, "table.count"),
            column(view, "field.cases"),
        ],
        rows,
        sort: false,
    };
    Some(Section::new("left-out", view.say("run.left_out"), vec![Block::Table(table)]))
}

/// How many of `all` cases are not listed with a reason.
fn more(view: &View<'_>, all: usize) -> Line {
    if all > MOST_CASES {
        link(view.words().count("count.more", all - MOST_CASES), "#cases")
    } else {
        Line::new()
    }
}

/// Why a case has no result.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Why<'a> {
    status: Status,
    reason: Option<Spoken>,
    ticket: Option<&'a str>,
}

fn by_reason<'a>(view: &View<'_>, cases: &[RunCase<'a>]) -> Vec<(Why<'a>, Vec<RunCase<'a>>)> {
    let mut groups: Vec<(Why<'a>, Vec<RunCase<'a>>)> = Vec::new();
    let mut positions: HashMap<Why<'a>, usize> = HashMap::new();
    for case in cases.iter().filter(|case| matches!(case.status(), Status::Blocked | Status::Skipped)) {
        let why = Why {
            status: case.status(),
            reason: case.result.and_then(|result| result.reason.as_ref()).map(|reason| view.read(reason)),
            ticket: case.result.and_then(|result| result.blocked_by.as_ref()).map(|ticket| ticket.as_str()),
        };
        let position = *positions.entry(why.clone()).or_insert(groups.len());
        match groups.get_mut(position) {
            Some((_, cases)) => cases.push(*case),
            None => groups.push((why, vec![*case])),
        }
    }
    groups
}

/// Counts per suite; nothing where no suite is named.
fn suites(view: &View<'_>, cases: &[RunCase<'_>]) -> Option<Section> {
    let suites = results::by_suite(cases);
    if suites.iter().all(|(suite, _)| suite.is_none()) {
        return None;
    }
    let met: Vec<Status> = Status::ALL
        .iter()
        .copied()
        .filter(|status| suites.iter().any(|(_, counts)| counts.of_status(*status) > 0))
        .collect();
    let mut columns =
        vec![column(view, "field.suite"), column(view, "field.results"), figures(view, "table.total")];
    columns.extend(met.iter().map(|status| figures(view, &format!("status.{}", status.word()))));
    let rows = suites
        .iter()
        .map(|(suite, counts)| {
            let mut cells = vec![
                Cell::from(
                    suite.map_or_else(|| text(view.say("value.not_set")), |suite| text(view.authored(suite))),
                ),
                bar_cell(view, counts),
                text(view.words().number(counts.planned())).into(),
            ];
            cells.extend(
                met.iter().map(|status| Cell::from(text(view.words().number(counts.of_status(*status))))),
            );
            cells
        })
        .collect();
    let table = Table { label: view.say("run.suites"), columns, rows, sort: true };
    Some(Section::new("suites", view.say("run.suites"), vec![Block::Table(table)]))
}

/// The slowest cases; nothing where no times are known.
fn slowest(view: &View<'_>, cases: &[RunCase<'_>]) -> Option<Section> {
    let slowest = results::slowest(cases, SLOWEST);
    if slowest.is_empty() {
        return None;
    }
    let rows = slowest
        .iter()
        .map(|(case, time)| Row {
            what: case_name(view, case),
            aside: text(duration(view, *time)),
            ..Row::default()
        })
        .collect();
    Some(Section::new("slowest", view.say("run.slowest"), vec![Block::Rows { ordered: false, rows }]))
}

/// A part of the cases of a run.
fn all_cases(view: &View<'_>, run: &Record<Run>, cases: &[RunCase<'_>], changes: &Changes<'_>) -> Section {
    let section = |blocks| Section::new("cases", view.say("run.all_cases"), blocks);
    if cases.is_empty() {
        return section(vec![Block::Empty { text: view.say("run.all_cases_empty") }]);
    }
    let part = Part::of(view, cases.len());
    let shown = part.range().zip(part.items(cases));
    let rows = shown.map(|(position, case)| case_row(view, case, position, changes)).collect();
    let mut columns = vec![
        column(view, "field.case"),
        column(view, "field.title"),
        column(view, "field.suite"),
        column(view, "field.result"),
    ];
    columns.extend(changes.is_known().then(|| column(view, "field.transition")));
    columns.extend([figures(view, "field.time"), column(view, "field.defects")]);
    let table = Table { label: view.say("run.all_cases"), columns, rows, sort: true };
    let mut blocks = vec![Block::Table(table)];
    let unnamed = view.portal.results.counts(&run.id).planned().saturating_sub(cases.len());
    if unnamed > 0 {
        blocks.push(Block::Paragraphs { lines: vec![text(view.words().count("run.unnamed", unnamed))] });
    }
    part.within(view, section(blocks))
}

fn case_row(view: &View<'_>, case: &RunCase<'_>, position: usize, changes: &Changes<'_>) -> Vec<Cell> {
    let result = case.result;
    let suite = result
        .and_then(|result| result.suite.as_deref())
        .map_or_else(Spoken::default, |suite| view.authored(suite));
    let time = result.and_then(|result| result.time);
    let defects = result.map_or_else(Line::new, |result| {
        view.row(result.defects.iter().map(|defect| view.pointer(defect.pointer())))
    });
    let own_title = if case.id.is_some() { title(view, case).unwrap_or_default() } else { Spoken::default() };
    let mut status = shown(view, &case.status());
    status.extend(changes.is_flaky(position).then(|| changes::flaky_badge(view)));
    let transition = |transition: Transition| {
        Cell::sorted(
            text(view.say(&format!("transition.{}", transition.word()))),
            changes::urgency(Some(transition)),
        )
    };
    let mut cells =
        vec![Cell::from(case_id(view, case)), text(own_title).into(), text(suite).into(), status.into()];
    cells.extend(changes.transition(position).map(transition));
    cells.extend([
        time.map_or_else(|| Cell::from(Line::new()), |time| Cell::sorted(text(duration(view, time)), time.0)),
        defects.into(),
    ]);
    cells
}

/// The defects that were found in the run or that its results name.
fn defects(view: &View<'_>, run: &Record<Run>) -> Option<Section> {
    let site = &view.portal.site;
    let named = run.results.iter().flat_map(|result| &result.defects).map(|defect| defect.id().to_owned());
    let found = view.portal.backlinks.to(view.subject).filter_map(|subject| match subject {
        Subject::Defect(id) => Some(id.clone()),
        _ => None,
    });
    let ids: std::collections::BTreeSet<String> = named.chain(found).collect();
    let defects: Vec<&Record<Defect>> = ids.iter().filter_map(|id| site.defects.get(id)).collect();
    if defects.is_empty() {
        return None;
    }
    let table =
        super::defects::table(view, &super::defects::in_order(view, &defects), &view.say("field.defects"));
    Some(
        Section::new("defects", view.say("field.defects"), vec![table])
            .aside(text(view.words().count("count.defects", defects.len()))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_detailed_while_there_is_room() {
        assert_eq!(within(10, [4, 4, 4].into_iter()), 2);
        assert_eq!(within(10, [40].into_iter()), 1);
        assert_eq!(within(100, [4, 4, 4].into_iter()), 3);
    }

    #[test]
    fn a_long_message_is_cut_between_letters() {
        assert_eq!(cut("short"), "short");
        let long = "õ".repeat(MESSAGE_BYTES);
        assert_eq!(cut(&long), format!("{}\n…", "õ".repeat(MESSAGE_BYTES / 2)));
    }
}
