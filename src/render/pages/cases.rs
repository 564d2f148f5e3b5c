//! Test cases.

use std::collections::BTreeSet;

use super::super::blocks::{Bit, Block, Cell, Fact, Head, Line, Row, Section, Table, join, text, with_small};
use super::super::names::View;
use super::environments::data_status;
use super::labels::{build, column, duration, fact, figures, priority};
use super::parts::Part;
use super::states::shown;
use super::{Sheet, list_head, references};
use crate::derive::identity::Identity;
use crate::derive::routes::{List, Subject};
use crate::model::case::Case;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::{CaseResult, Run};
use crate::record::reference::Ref;

/// How many results the page of a case lists.
const MOST_RESULTS: usize = 100;

/// All of them.
pub fn list(view: &View<'_>) -> Sheet {
    let cases: Vec<&Record<Case>> = view.portal.site.cases.iter().collect();
    let part = Part::of(view, cases.len());
    let block = table(view, part.items(&cases), &view.say("cases.title"));
    let section = part.within(view, Section::new("cases", view.say("run.all_cases"), vec![block]));
    let head = Head { title: view.name(view.subject), ..list_head(view, List::Cases, "cases.lead") };
    Sheet::new("cases.html", head, vec![section])
}

/// Cases of the catalogue as a table.
pub fn table(view: &View<'_>, cases: &[&Record<Case>], label: &str) -> Block {
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
        rows: cases.iter().map(|case| row(view, case)).collect(),
        sort: true,
    })
}

fn row(view: &View<'_>, case: &Record<Case>) -> Vec<Cell> {
    let (priority, rank) = priority(view, case.priority);
    let latest = view.portal.results.of_case(&view.portal.site, &case.id).next();
    vec![
        Cell::from(view.id(&Subject::Case(case.id.clone()), &case.id)),
        view.line(case.title.as_ref()).into(),
        Cell::sorted(priority, rank),
        join(case.requirements.iter().map(|ticket| view.ticket(ticket)), ", ").into(),
        text(case.tags.join(", ")).into(),
        latest.map_or_else(Line::new, |(_, result)| shown(view, &result.status.value)).into(),
    ]
}

/// One of them.
pub fn one(view: &View<'_>, identity: &Identity) -> Sheet {
    let Some(case) = identity.id().and_then(|id| view.portal.site.cases.get(id)) else {
        return Sheet::new("case.html", Head::default(), Vec::new());
    };
    let mut sections = vec![facts(view, case)];
    sections.extend(instructions(view, case));
    sections.push(results(view, case));
    sections.push(defects(view, case));
    sections.extend(contents(view, case));
    sections.extend(plans(view, case));
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
    Sheet::new("case.html", head(view, case), sections).restricted(case.restriction.as_ref())
}

fn head(view: &View<'_>, case: &Record<Case>) -> Head {
    let mut kicker = vec![text(format!("{} {}", view.say("kind.case"), case.id))];
    if let Some((_, result)) = view.portal.results.of_case(&view.portal.site, &case.id).next() {
        kicker.push(shown(view, &result.status.value));
    }
    Head { kicker, title: view.name(view.subject), lede: None, actions: Vec::new() }
}

fn facts(view: &View<'_>, case: &Record<Case>) -> Section {
    let or_none = |line: Line| {
        if line.is_empty() { vec![Bit::Small { line: text(view.say("value.none")) }] } else { line }
    };
    let mut facts: Vec<Fact> = vec![
        fact(view, "field.priority", priority(view, case.priority).0),
        fact(
            view,
            "field.requirements",
            or_none(join(case.requirements.iter().map(|ticket| view.ticket(ticket)), ", ")),
        ),
    ];
    if !case.tags.is_empty() {
        facts.push(fact(view, "field.tags", text(case.tags.join(", "))));
    }
    if !case.renamed_from.is_empty() {
        let former: Vec<&str> = case.renamed_from.iter().map(|id| id.as_str()).collect();
        facts.push(fact(view, "field.renamed_from", text(former.join(", "))));
    }
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }])
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

/// How it ended in each run, the latest first.
fn results(view: &View<'_>, case: &Record<Case>) -> Section {
    let results: Vec<(&Record<Run>, &CaseResult)> =
        view.portal.results.of_case(&view.portal.site, &case.id).collect();
    let section = |block| Section::new("results", view.say("case.last"), vec![block]);
    if results.is_empty() {
        return section(Block::Empty { text: view.say("case.last_empty") });
    }
    let rows = results.iter().take(MOST_RESULTS).map(|(run, result)| result_row(view, run, result)).collect();
    let table = Table {
        label: view.say("case.last"),
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
    section(Block::Table(table)).aside(text(aside))
}

fn result_row(view: &View<'_>, run: &Record<Run>, result: &CaseResult) -> Vec<Cell> {
    let started = run.started.civil(&view.portal.site.zone);
    let reason = result.reason.as_ref().map_or_else(Line::new, |reason| text(view.read(reason)));
    vec![
        Cell::from(super::runs::name(view, run)),
        Cell::sorted(view.moment(&run.started), started),
        with_small(shown(view, &result.status.value), reason).into(),
        view.pointer(run.environment.pointer()).into(),
        super::runs::build_of(view, run).map_or_else(|| view.unknown(), build).into(),
        result
            .time
            .map_or_else(|| Cell::from(Line::new()), |time| Cell::sorted(text(duration(view, time)), time.0)),
        join(result.defects.iter().map(|defect| view.pointer(defect.pointer())), ", ").into(),
    ]
}

/// The defects that its results name or that were found with it.
fn defects(view: &View<'_>, case: &Record<Case>) -> Section {
    let site = &view.portal.site;
    let results = view.portal.results.of_case(site, &case.id);
    let named = results.flat_map(|(_, result)| &result.defects).map(Ref::id);
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
fn contents(view: &View<'_>, case: &Record<Case>) -> Option<Section> {
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
        .filter(|(_, content)| content.cases.iter().any(|tested| site.case_id(tested.id()) == case.id))
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
fn plans(view: &View<'_>, case: &Record<Case>) -> Option<Section> {
    let site = &view.portal.site;
    let chosen = view.portal.results.plans(&case.id).iter().map(String::as_str);
    let naming = view.portal.backlinks.to(view.subject).filter_map(|subject| match subject {
        Subject::Plan(id) => Some(id.as_str()),
        _ => None,
    });
    let ids: BTreeSet<&str> = chosen.chain(naming).collect();
    let rows: Vec<Row> = ids
        .iter()
        .filter_map(|id| site.plans.get(id))
        .map(|plan| {
            let risks: Vec<String> = plan
                .risks
                .iter()
                .filter(|risk| risk.cases.iter().any(|covered| site.case_id(covered.id()) == case.id))
                .map(|risk| format!("{}: {}", risk.id.value, view.read(&risk.text)))
                .collect();
            Row {
                what: with_small(view.link(&Subject::Plan(plan.id.clone())), text(risks.join("; "))),
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
