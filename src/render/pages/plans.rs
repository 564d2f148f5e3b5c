//! Test plans.

use super::super::blocks::{Bit, Block, Cell, Fact, Head, Line, Section, Table, text, whole, with_small};
use super::super::names::View;
use super::labels::{column, fact, figures, share};
use super::parts::Part;
use super::{Sheet, list_head, references};
use crate::derive::page::routes::{List, Subject};
use crate::diagnostic::Placed;
use crate::model::case::Case;
use crate::model::plan::{Plan, Risk, Selector};
use crate::model::records::Record;
use crate::model::release::Grade;
use crate::model::run::Run;

/// How many cases a risk is listed with.
const MOST_CASES: usize = 30;

/// All of them.
pub fn list(view: &View<'_>) -> Sheet {
    let plans = &view.portal.site.plans;
    let rows = plans.iter().map(|plan| row(view, plan)).collect();
    let table = Table {
        label: view.say("kinds.plan"),
        columns: vec![
            column(view, "kind.plan"),
            column(view, "field.release"),
            figures(view, "plan.chosen"),
            figures(view, "field.risks"),
            figures(view, "field.runs"),
        ],
        rows,
        sort: true,
    };
    let section = Section::new("plans", view.say("plans.all"), vec![Block::Table(table)])
        .aside(text(view.words().number(plans.len())));
    Sheet::new("plans.html", list_head(view, List::Plans, "plans.lead"), vec![section])
}

fn row(view: &View<'_>, plan: &Record<Plan>) -> Vec<Cell> {
    let subject = Subject::Plan(plan.id.clone());
    let id = if plan.title.is_some() { text(plan.id.clone()) } else { Line::new() };
    let number = |count: usize| Cell::sorted(text(view.words().number(count)), count);
    vec![
        Cell::sorted(with_small(view.link(&subject), id), &plan.id),
        plan.release
            .as_ref()
            .map_or_else(|| view.unknown(), |release| view.pointer(release.pointer()))
            .into(),
        number(view.portal.results.chosen(&plan.id).len()),
        number(plan.risks.len()),
        number(runs_of(view, &plan.id).len()),
    ]
}

/// The runs of a plan, the latest first.
fn runs_of<'a>(view: &View<'a>, plan: &str) -> Vec<&'a Record<Run>> {
    let portal = view.portal;
    let is_of = |run: &&Record<Run>| run.plan.as_ref().is_some_and(|of| of.id() == plan);
    portal.results.runs().filter_map(|id| portal.site.runs.get(id)).filter(is_of).collect()
}

/// One of them, or a further part of its cases.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(plan) = view.portal.site.plans.get(id) else {
        return Sheet::new("plan.html", Head::default(), Vec::new());
    };
    let sections = if matches!(view.subject, Subject::Part(..)) {
        vec![cases(view, plan)]
    } else {
        sections(view, plan)
    };
    Sheet::new("plan.html", head(view, plan), sections).restricted(plan.restriction.as_ref())
}

fn sections(view: &View<'_>, plan: &Record<Plan>) -> Vec<Section> {
    let mut sections = vec![facts(view, plan)];
    sections.extend(risks(view, plan));
    sections.extend(out_of_scope(view, plan));
    sections.extend(curve(view, plan));
    sections.push(runs(view, plan));
    sections.push(cases(view, plan));
    sections.extend(references::section(view, |subject| matches!(subject, Subject::Run(_))));
    sections
}

fn head(view: &View<'_>, plan: &Record<Plan>) -> Head {
    let mut kicker = vec![text(format!("{} {}", view.say("kind.plan"), plan.id))];
    kicker.extend(plan.release.as_ref().map(|release| {
        let subject = Subject::Release(release.id().to_owned());
        view.link_as(&subject, format!("{} {}", view.say("kind.release"), release.id()))
    }));
    Head {
        kicker,
        title: view.name(view.subject),
        lede: plan.note.as_ref().map(|note| view.read(note)),
        actions: Vec::new(),
    }
}

fn facts(view: &View<'_>, plan: &Record<Plan>) -> Section {
    let (chosen, all) = (view.portal.results.chosen(&plan.id).len(), view.portal.site.cases.len());
    let mut facts: Vec<Fact> = vec![
        fact(
            view,
            "field.release",
            plan.release.as_ref().map_or_else(|| view.unknown(), |release| view.pointer(release.pointer())),
        ),
        fact(
            view,
            "plan.chosen",
            with_small(
                text(view.words().number(chosen)),
                text(view.fill("plan.of_catalogue", &[("n", &view.words().number(all))])),
            ),
        ),
    ];
    if let Some(selection) = &plan.cases {
        facts.extend(selectors(view, "field.include", &selection.include));
        facts.extend(selectors(view, "field.exclude", &selection.exclude));
    }
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }])
}

fn selectors(view: &View<'_>, key: &str, selectors: &[Placed<Selector>]) -> Option<Fact> {
    let shown = selectors.iter().map(|selector| match &selector.value {
        Selector::Id(id) => view.id(&Subject::Case(view.portal.site.case_id(id).to_owned()), id),
        other => vec![Bit::Code { text: other.to_string() }],
    });
    (!selectors.is_empty()).then(|| fact(view, key, view.row(shown)))
}

fn risks(view: &View<'_>, plan: &Plan) -> Option<Section> {
    if plan.risks.is_empty() {
        return None;
    }
    let table = Table {
        label: view.say("field.risks"),
        columns: vec![
            column(view, "field.risk"),
            column(view, "field.text"),
            column(view, "field.likelihood"),
            column(view, "field.impact"),
            column(view, "field.cases"),
        ],
        rows: plan.risks.iter().map(|risk| risk_row(view, risk)).collect(),
        sort: true,
    };
    Some(Section::new("risks", view.say("field.risks"), vec![Block::Table(table)]))
}

fn risk_row(view: &View<'_>, risk: &Risk) -> Vec<Cell> {
    let grade = |grade: Option<Grade>| {
        let shown =
            grade.map_or_else(|| view.unknown(), |grade| text(view.say(&format!("risk.{}", grade.word()))));
        Cell::sorted(shown, grade.map_or(u8::MAX, |grade| grade as u8))
    };
    let cases = if risk.cases.is_empty() {
        vec![Bit::Small { line: text(view.say("release.without_cases")) }]
    } else {
        let ids = view.row(risk.cases.iter().take(MOST_CASES).map(|case| view.pointer(case.pointer())));
        let left = risk.cases.len().saturating_sub(MOST_CASES);
        let more = if left > 0 { text(view.words().count("count.more", left)) } else { Line::new() };
        with_small(ids, more)
    };
    vec![
        Cell::from(vec![Bit::Id { text: risk.id.value.clone(), href: None, external: false }]),
        whole(text(view.read(&risk.text))).into(),
        grade(risk.likelihood),
        grade(risk.impact),
        cases.into(),
    ]
}

fn out_of_scope(view: &View<'_>, plan: &Plan) -> Option<Section> {
    if plan.out_of_scope.is_empty() {
        return None;
    }
    let rows = plan
        .out_of_scope
        .iter()
        .map(|left| {
            let reason =
                left.reason.as_ref().map_or_else(|| view.unknown(), |reason| whole(text(view.read(reason))));
            vec![Cell::from(whole(text(view.read(&left.item)))), reason.into()]
        })
        .collect();
    let table = Table {
        label: view.say("field.out_of_scope"),
        columns: vec![column(view, "field.item"), column(view, "field.reason")],
        rows,
        sort: false,
    };
    Some(Section::new("out-of-scope", view.say("field.out_of_scope"), vec![Block::Table(table)]))
}

/// Planned progress as written.
fn curve(view: &View<'_>, plan: &Record<Plan>) -> Option<Section> {
    if plan.curve.is_empty() {
        return None;
    }
    let chosen = view.portal.results.chosen(&plan.id).len();
    let rows = plan
        .curve
        .iter()
        .map(|point| {
            let executed = point.executed as usize;
            vec![
                Cell::sorted(view.day(point.date), point.date),
                text(view.words().number(executed)).into(),
                share(view, executed, chosen).into(),
            ]
        })
        .collect();
    let table = Table {
        label: view.say("field.curve"),
        columns: vec![
            column(view, "field.date"),
            figures(view, "field.executed"),
            figures(view, "table.share"),
        ],
        rows,
        sort: false,
    };
    Some(Section::new("curve", view.say("field.curve"), vec![Block::Table(table)]))
}

fn runs(view: &View<'_>, plan: &Record<Plan>) -> Section {
    let runs = runs_of(view, &plan.id);
    if runs.is_empty() {
        let empty = Block::Empty { text: view.say("plan.runs_empty") };
        return Section::new("runs", view.say("field.runs"), vec![empty]);
    }
    super::runs::latest(view, &runs)
}

/// A part of the cases that the plan chooses.
fn cases(view: &View<'_>, plan: &Record<Plan>) -> Section {
    let chosen = view.portal.results.chosen(&plan.id);
    let section = |block| Section::new("cases", view.say("plan.chosen"), vec![block]);
    if chosen.is_empty() {
        return section(Block::Empty { text: view.say("plan.cases_empty") });
    }
    let part = Part::of(view, chosen.len());
    let cases: Vec<&Record<Case>> =
        part.items(chosen).iter().filter_map(|id| view.portal.site.cases.get(id)).collect();
    part.within(view, section(super::cases::table(view, &cases, &view.say("plan.chosen"))))
}
