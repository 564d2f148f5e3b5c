//! Test cases.

use std::collections::BTreeSet;

use super::super::blocks::{
    Bit, Block, Cell, Column, Fact, Head, Line, Row, Section, Table, text, with_small,
};
use super::super::names::View;
use super::environments::data_status;
use super::labels::{authored, build, column, duration, fact, figures, priority};
use super::parts::Part;
use super::states::shown;
use super::{Sheet, changes, history, list_head, references};
use crate::derive::page::routes::{List, Subject};
use crate::derive::run::failing_since;
use crate::derive::run::flaky;
use crate::derive::run::identity::{self, Identity};
use crate::derive::run::results::RunResult;
use crate::model::case::Case;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::{CaseResult, Run};
use crate::record::reference::Ref;
use crate::words::Spoken;

/// How many results the page of a case lists.
const MOST_RESULTS: usize = 100;

/// All of them: those of the catalogue, then those that results alone tell of.
pub fn list(view: &View<'_>) -> Sheet {
    let site = &view.portal.site;
    let catalogued = site.cases.iter().map(|case| Identity::Id(case.id.clone()));
    let cases: Vec<Identity> = catalogued.chain(identity::uncatalogued(site)).collect();
    let part = Part::of(view, cases.len());
    let block = table_of(view, part.items(&cases).iter(), &view.say("cases.title"));
    let section = part.within(view, Section::new("cases", view.say("run.all_cases"), vec![block]));
    let head = Head { title: view.name(view.subject), ..list_head(view, List::Cases, "cases.lead") };
    // The further parts of the table repeat nothing of what stands before it.
    let is_first = matches!(view.subject, Subject::List(_));
    let worrying = if is_first { worrying(view, &cases) } else { None };
    Sheet::new("cases.html", head, worrying.into_iter().chain([section]).collect())
}

/// The cases that fail or are flaky in the series of their latest result: first those that fail, the
/// longest first. Nothing where there is none.
fn worrying(view: &View<'_>, cases: &[Identity]) -> Option<Section> {
    let basis = view.portal.basis();
    let mut found: Vec<(usize, Vec<Cell>)> = Vec::new();
    for identity in cases {
        let case = Known::of(view, identity);
        let Some((run, _)) = case.results.first() else { continue };
        let since = failing_since::of(basis, identity, &run.id).map_or(0, |since| since.runs);
        if since > 0 || flaky::of(basis, identity, &run.id).is_flaky() {
            let series = view.portal.results.series(&run.id).unwrap_or_default();
            let mut cells = series_row(view, &case, series, run);
            if let Some(first) = cells.first_mut() {
                *first = case.name(view).into();
            }
            found.push((since, cells));
        }
    }
    found.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
    let all = found.len();
    let rows: Vec<Vec<Cell>> = found.into_iter().take(MOST_WORRYING).map(|(_, cells)| cells).collect();
    let words = view.words();
    let aside = if all > MOST_WORRYING { words.of(MOST_WORRYING, all) } else { words.number(all) };
    let table = Table {
        label: view.say("cases.worrying"),
        columns: history_columns(view, "field.case"),
        rows,
        sort: false,
    };
    (all > 0).then(|| {
        Section::new("worrying", view.say("cases.worrying"), vec![Block::Table(table)]).aside(text(aside))
    })
}

/// How many of the cases that fail or are flaky are listed first.
const MOST_WORRYING: usize = 30;

/// The columns of [`series_row`]; `first` names what each row is about.
fn history_columns(view: &View<'_>, first: &str) -> Vec<Column> {
    vec![
        column(view, first),
        column(view, "case.last"),
        column(view, "field.failing_since"),
        column(view, "field.stability"),
    ]
}

/// Cases of the catalogue as a table.
pub fn table(view: &View<'_>, cases: &[&Record<Case>], label: &str) -> Block {
    let cases: Vec<Identity> = cases.iter().map(|case| Identity::Id(case.id.clone())).collect();
    table_of(view, cases.iter(), label)
}

fn table_of<'i>(view: &View<'_>, cases: impl Iterator<Item = &'i Identity>, label: &str) -> Block {
    Block::Table(Table {
        label: label.to_owned(),
        columns: vec![
            column(view, "field.case"),
            column(view, "field.title"),
            column(view, "field.priority"),
            column(view, "field.requirements"),
            column(view, "field.tags"),
            column(view, "case.latest"),
        ],
        rows: cases.map(|case| row(view, case)).collect(),
        sort: true,
    })
}

fn row(view: &View<'_>, identity: &Identity) -> Vec<Cell> {
    let case = Known::of(view, identity);
    let (priority, rank) = priority(view, case.record.and_then(|record| record.priority));
    let requirements = case.record.map_or(&[][..], |record| &record.requirements);
    let tags = case.record.map_or_else(Line::new, |record| authored(view, &record.tags));
    let title = if identity.id().is_some() { case.title(view) } else { None };
    vec![
        case.reference(view).into(),
        title.map_or_else(Line::new, text).into(),
        Cell::sorted(priority, rank),
        view.row(requirements.iter().map(|ticket| view.ticket(ticket))).into(),
        tags.into(),
        case.latest(view).into(),
    ]
}

/// What is known of a case.
struct Known<'a> {
    identity: &'a Identity,
    /// What the catalogue says of it.
    record: Option<&'a Record<Case>>,
    /// Its results, the latest first.
    results: Vec<RunResult<'a>>,
}

impl<'a> Known<'a> {
    fn of(view: &View<'a>, identity: &'a Identity) -> Self {
        let site = &view.portal.site;
        let record = identity.id().and_then(|id| site.cases.get(id));
        Self { identity, record, results: view.portal.results.history(site, identity).collect() }
    }

    /// Its title: as the catalogue says, else as a result does.
    fn title(&self, view: &View<'_>) -> Option<Spoken> {
        let catalogued = self.record.and_then(|record| record.title.as_ref());
        let told = || self.results.iter().find_map(|(_, result)| result.title.as_ref());
        catalogued.or_else(told).map(|title| view.read(title))
    }

    /// Its id, or the title of a case without one, linked.
    fn reference(&self, view: &View<'_>) -> Line {
        let subject = Subject::of_case(self.identity);
        match self.identity {
            Identity::Id(id) => view.id(&subject, id),
            Identity::Named { suite, name } => {
                let title = self.title(view).unwrap_or_else(|| view.authored(name));
                with_small(
                    view.link_as(&subject, title),
                    text(view.authored(suite.as_deref().unwrap_or_default())),
                )
            }
        }
    }

    /// Its reference and, beside an id, its title.
    fn name(&self, view: &View<'_>) -> Line {
        let mut line = self.reference(view);
        let title = self.identity.id().and_then(|_| self.title(view));
        line.extend(title.into_iter().flat_map(|title| text(Spoken::from(" ").and(title))));
        line
    }

    /// Its latest result, whether it is flaky in the series of that, and since when it fails there.
    fn latest(&self, view: &View<'_>) -> Line {
        let Some((run, result)) = self.results.first() else { return Line::new() };
        let basis = view.portal.basis();
        let mut line = shown(view, &result.status.value);
        line.extend(flaky::of(basis, self.identity, &run.id).is_flaky().then(|| changes::flaky_badge(view)));
        match failing_since::of(basis, self.identity, &run.id) {
            Some(since) => with_small(line, text(view.words().count("run.failing_for", since.runs))),
            None => line,
        }
    }

    /// The latest run of each series that has the case, the latest series first.
    fn series(&self, view: &View<'a>) -> Vec<(&'a str, &'a Record<Run>)> {
        let mut found: Vec<(&str, &Record<Run>)> = Vec::new();
        for (run, _) in &self.results {
            let series = view.portal.results.series(&run.id).unwrap_or_default();
            if !found.iter().any(|(other, _)| *other == series) {
                found.push((series, run));
            }
        }
        found
    }
}

/// One of them.
pub fn one(view: &View<'_>, identity: &Identity) -> Sheet {
    let case = Known::of(view, identity);
    let mut sections = vec![latest(view, &case)];
    sections.extend(facts(view, &case));
    sections.extend(case.record.into_iter().flat_map(|record| instructions(view, record)));
    sections.extend(results(view, &case));
    sections.push(defects(view, &case));
    sections.extend(contents(view, identity));
    sections.extend(plans(view, identity));
    sections.extend(data(view));
    sections.extend(references::section(view, |subject| {
        matches!(
            subject,
            Subject::Run(_)
                | Subject::Defect(_)
                | Subject::Release(_)
                | Subject::Plan(_)
                | Subject::DataSet(_)
        )
    }));
    let restriction = case.record.and_then(|record| record.restriction.as_ref());
    Sheet::new("case.html", head(view, &case), sections).restricted(restriction)
}

fn head(view: &View<'_>, case: &Known<'_>) -> Head {
    let kind = view.say("kind.case");
    let name = match case.identity {
        Identity::Id(id) => format!("{kind} {id}"),
        Identity::Named { suite, .. } => {
            suite.as_ref().map_or(kind.clone(), |suite| format!("{kind} {suite}"))
        }
    };
    let mut kicker = vec![text(name)];
    if !case.results.is_empty() {
        kicker.push(case.latest(view));
    }
    Head { kicker, title: view.name(view.subject), lede: None, actions: Vec::new() }
}

/// The last results in each series: since when the case fails there, and whether it can be relied on.
fn latest(view: &View<'_>, case: &Known<'_>) -> Section {
    let section = |block| Section::new("latest", view.say("case.last"), vec![block]);
    let series = case.series(view);
    if series.is_empty() {
        return section(Block::Empty { text: view.say("case.last_empty") });
    }
    let table = Table {
        label: view.say("case.last"),
        columns: history_columns(view, "field.series"),
        rows: series.into_iter().map(|(series, run)| series_row(view, case, series, run)).collect(),
        sort: false,
    };
    section(Block::Table(table))
}

fn series_row(view: &View<'_>, case: &Known<'_>, series: &str, run: &Record<Run>) -> Vec<Cell> {
    let basis = view.portal.basis();
    let judged = flaky::of(basis, case.identity, &run.id);
    let since = failing_since::of(basis, case.identity, &run.id);
    let none = || {
        // Where nothing was executed, nobody knows.
        let is_known = !judged.results.is_empty();
        if is_known { vec![Bit::Small { line: text(view.say("value.not_failing")) }] } else { view.unknown() }
    };
    vec![
        view.link_as(&Subject::Series(series.to_owned()), series).into(),
        history::strip(view, &judged.results).into(),
        since.map_or_else(none, |since| history::since(view, &since, view.portal.as_of)).into(),
        history::stability(view, &judged).into(),
    ]
}

/// What the catalogue says of it.
fn facts(view: &View<'_>, case: &Known<'_>) -> Option<Section> {
    let Some(record) = case.record else {
        let is_expected = !view.portal.site.cases.is_empty();
        let lines = vec![text(view.say("case.not_in_catalogue"))];
        return is_expected
            .then(|| Section::new("facts", view.say("nav.details"), vec![Block::Paragraphs { lines }]));
    };
    let or_none = |line: Line| {
        if line.is_empty() { vec![Bit::Small { line: text(view.say("value.none")) }] } else { line }
    };
    let mut facts: Vec<Fact> = vec![
        fact(view, "field.priority", priority(view, record.priority).0),
        fact(
            view,
            "field.requirements",
            or_none(view.row(record.requirements.iter().map(|ticket| view.ticket(ticket)))),
        ),
    ];
    if !record.tags.is_empty() {
        facts.push(fact(view, "field.tags", authored(view, &record.tags)));
    }
    if !record.renamed_from.is_empty() {
        let former: Vec<&str> = record.renamed_from.iter().map(|id| id.as_str()).collect();
        facts.push(fact(view, "field.renamed_from", text(view.words().row(&former))));
    }
    Some(Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }]))
}

/// How the case is run.
fn instructions(view: &View<'_>, case: &Case) -> Vec<Section> {
    let items = |texts: &[crate::record::text::Text]| {
        texts.iter().map(|line| text(view.read(line))).collect::<Vec<Line>>()
    };
    let section = |id: &str, key: &str, block| Section::new(id, view.say(key), vec![block]);
    let mut sections = Vec::new();
    if !case.preconditions.is_empty() {
        let list = Block::List { ordered: false, items: items(&case.preconditions) };
        sections.push(section("preconditions", "field.preconditions", list));
    }
    if !case.steps.is_empty() {
        let list = Block::List { ordered: true, items: items(&case.steps) };
        sections.push(section("steps", "field.steps", list));
    }
    sections.extend(case.expected.as_ref().map(|expected| {
        section("expected", "field.expected", Block::Paragraphs { lines: vec![text(view.read(expected))] })
    }));
    sections
}

/// How it ended in each run, the latest first; nothing where no run has it.
fn results(view: &View<'_>, case: &Known<'_>) -> Option<Section> {
    let results = &case.results;
    if results.is_empty() {
        return None;
    }
    let section = |block| Section::new("results", view.say("case.runs"), vec![block]);
    let rows = results.iter().take(MOST_RESULTS).map(|(run, result)| result_row(view, run, result)).collect();
    let table = Table {
        label: view.say("case.runs"),
        columns: vec![
            column(view, "field.run"),
            column(view, "field.started"),
            column(view, "field.result"),
            column(view, "field.environment"),
            column(view, "field.build"),
            figures(view, "field.time"),
            column(view, "field.defects"),
        ],
        rows,
        sort: true,
    };
    let words = view.words();
    let aside = if results.len() > MOST_RESULTS {
        words.of(MOST_RESULTS, results.len())
    } else {
        words.count("count.results", results.len())
    };
    Some(section(Block::Table(table)).aside(text(aside)))
}

fn result_row(view: &View<'_>, run: &Record<Run>, result: &CaseResult) -> Vec<Cell> {
    let started = run.started.civil(&view.portal.site.zone);
    let reason = result.reason.as_ref().map_or_else(Line::new, |reason| text(view.read(reason)));
    let mut status = shown(view, &result.status.value);
    status.extend(flaky::in_run(result).then(|| changes::flaky_badge(view)));
    vec![
        Cell::from(super::runs::name(view, run)),
        Cell::sorted(view.moment(&run.started), started),
        with_small(status, reason).into(),
        view.pointer(run.environment.pointer()).into(),
        super::runs::build_of(view, run).map_or_else(|| view.unknown(), build).into(),
        result
            .time
            .map_or_else(|| Cell::from(Line::new()), |time| Cell::sorted(text(duration(view, time)), time.0)),
        view.row(result.defects.iter().map(|defect| view.pointer(defect.pointer()))).into(),
    ]
}

/// The defects that its results name or that were found with it.
fn defects(view: &View<'_>, case: &Known<'_>) -> Section {
    let site = &view.portal.site;
    let named = case.results.iter().flat_map(|(_, result)| &result.defects).map(Ref::id);
    let found = view.portal.backlinks.to(view.subject).filter_map(|subject| match subject {
        Subject::Defect(id) => Some(id.as_str()),
        _ => None,
    });
    let ids: BTreeSet<&str> = named.chain(found).collect();
    let defects: Vec<_> = ids.iter().filter_map(|id| site.defects.get(id)).collect();
    let block = if defects.is_empty() {
        Block::Empty { text: view.say("case.defects_empty") }
    } else {
        super::defects::table(view, &super::defects::in_order(view, &defects), &view.say("case.defects"))
    };
    Section::new("defects", view.say("case.defects"), vec![block])
}

/// The changes of releases that it tests.
fn contents(view: &View<'_>, case: &Identity) -> Option<Section> {
    let case = case.id()?;
    let site = &view.portal.site;
    let releases: Vec<&Record<Release>> = view
        .portal
        .backlinks
        .to(view.subject)
        .filter_map(|subject| if let Subject::Release(id) = subject { site.releases.get(id) } else { None })
        .collect();
    let rows: Vec<Vec<Cell>> = releases
        .iter()
        .flat_map(|release| release.contents.iter().map(move |content| (release, content)))
        .filter(|(_, content)| content.cases.iter().any(|tested| site.case_id(tested.id()) == case))
        .map(|(release, content)| {
            vec![
                Cell::from(view.ticket(&content.ticket)),
                view.line(content.title.as_ref()).into(),
                super::releases::name(view, release).into(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let table = Table {
        label: view.say("case.contents"),
        columns: vec![
            column(view, "kind.ticket"),
            column(view, "field.title"),
            column(view, "field.release"),
        ],
        rows,
        sort: false,
    };
    Some(Section::new("contents", view.say("case.contents"), vec![Block::Table(table)]))
}

/// The plans that choose it, and the risks that it covers.
fn plans(view: &View<'_>, case: &Identity) -> Option<Section> {
    let case = case.id()?;
    let site = &view.portal.site;
    let chosen = view.portal.results.plans(case).iter().map(String::as_str);
    let naming = view.portal.backlinks.to(view.subject).filter_map(|subject| match subject {
        Subject::Plan(id) => Some(id.as_str()),
        _ => None,
    });
    let ids: BTreeSet<&str> = chosen.chain(naming).collect();
    let rows: Vec<Row> = ids
        .iter()
        .filter_map(|id| site.plans.get(id))
        .map(|plan| {
            let risks: Vec<Spoken> = plan
                .risks
                .iter()
                .filter(|risk| risk.cases.iter().any(|covered| site.case_id(covered.id()) == case))
                .map(|risk| Spoken::from(format!("{}: ", risk.id.value)).and(view.read(&risk.text)))
                .collect();
            Row {
                what: with_small(view.link(&Subject::Plan(plan.id.clone())), text(Spoken::join(risks, "; "))),
                aside: plan
                    .release
                    .as_ref()
                    .map_or_else(Line::new, |release| view.pointer(release.pointer())),
                icon: Some("list"),
                ..Row::default()
            }
        })
        .collect();
    (!rows.is_empty())
        .then(|| Section::new("plans", view.say("kinds.plan"), vec![Block::Rows { ordered: false, rows }]))
}

/// The test data that it uses.
fn data(view: &View<'_>) -> Option<Section> {
    let site = &view.portal.site;
    let rows: Vec<Row> = view
        .portal
        .backlinks
        .to(view.subject)
        .filter_map(|subject| if let Subject::DataSet(id) = subject { site.data.get(id) } else { None })
        .map(|data| Row {
            what: view.link(&Subject::DataSet(data.id.clone())),
            aside: data_status(view, data),
            icon: Some("database"),
            ..Row::default()
        })
        .collect();
    (!rows.is_empty())
        .then(|| Section::new("data", view.say("field.data"), vec![Block::Rows { ordered: false, rows }]))
}
