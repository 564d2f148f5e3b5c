//! What a release consists of, and whether each ticket of it is verified and ready for acceptance
//! testing.

use super::super::blocks::{
    Bit, Block, Cell, Column, Fact, Line, Section, State, Table, status, text, with_small,
};
use super::super::names::View;
use super::labels::{column, share};
use super::states::shown;
use super::uat::standing;
use crate::derive::page::routes::Subject;
use crate::derive::run::requirement::{self, Requirement, RequirementStatus};
use crate::derive::week::uat;
use crate::model::records::Record;
use crate::model::release::{Content, Release};
use crate::model::run::Status;
use crate::words::Spoken;

/// How many cases of a ticket are listed one by one.
const MOST_CASES: usize = 20;

/// Every ticket with its risk, its cases and its parameters, the worst first.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let section = |blocks| Section::new("contents", view.say("release.contents"), blocks);
    if release.contents.is_empty() {
        return section(vec![Block::Empty { text: view.say("release.contents_empty") }]);
    }
    let mut requirements = requirement::of_release(view.portal.basis(), &release.id, release);
    requirements.sort_by_key(|one| (one.status, rank(one.content)));
    let table = Table {
        label: view.say("release.contents"),
        columns: columns(view, release),
        rows: requirements.iter().map(|one| row(view, release, one)).collect(),
        sort: true,
    };
    let blocks = vec![Block::Facts { facts: facts(view, &requirements), side: false }, Block::Table(table)];
    section(blocks).aside(text(view.words().count("count.changes", requirements.len())))
}

/// The graver the risk, the smaller; an unknown one is the largest.
fn rank(content: &Content) -> u8 {
    content.risk.as_ref().map_or(u8::MAX, |risk| risk.value as u8)
}

/// How many tickets are verified, and how many stand otherwise.
fn facts(view: &View<'_>, requirements: &[Requirement<'_>]) -> Vec<Fact> {
    RequirementStatus::ALL
        .into_iter()
        .rev()
        .map(|status| (status, requirements.iter().filter(|one| one.status == status).count()))
        .filter(|(status, count)| *count > 0 || *status == RequirementStatus::Verified)
        .map(|(status, count)| Fact {
            label: view.say(&format!("requirement_status.{}", status.word())),
            value: match status {
                RequirementStatus::Verified => share(view, count, requirements.len()),
                _ => text(view.words().of(count, requirements.len())),
            },
        })
        .collect()
}

fn columns(view: &View<'_>, release: &Release) -> Vec<Column> {
    let mut columns = vec![
        column(view, "kind.ticket"),
        column(view, "field.risk"),
        column(view, "field.state"),
        column(view, "field.cases"),
    ];
    columns.extend((!release.uat.is_empty()).then(|| column(view, "short.uat")));
    columns
}

fn row(view: &View<'_>, release: &Release, one: &Requirement<'_>) -> Vec<Cell> {
    let content = one.content;
    let risk = content.risk.as_ref().map(|risk| risk.value);
    let mut cells = vec![
        Cell::from(ticket(view, content)),
        Cell::sorted(
            risk.map_or_else(|| view.unknown(), |risk| text(view.say(&format!("risk.{}", risk.word())))),
            rank(content),
        ),
        Cell::sorted(state(view, one), one.status as u8),
        Cell::sorted(cases(view, one), one.passed()),
    ];
    cells.extend((!release.uat.is_empty()).then(|| readiness(view, release, content)));
    cells
}

/// The ticket's key, what it changes and behind which flag.
fn ticket(view: &View<'_>, content: &Content) -> Line {
    let mut about: Vec<String> = Vec::new();
    about.extend(content.change.map(|change| view.say(&format!("change.{}", change.word()))));
    about.extend(
        content
            .flag
            .as_ref()
            .map(|flag| view.fill("value.label", &[("label", &view.say("release.flag")), ("value", flag)])),
    );
    let mut line = view.ticket(&content.ticket);
    if let Some(title) = &content.title {
        line.extend(text(Spoken::from(" ").and(view.read(title))));
    }
    with_small(line, if about.is_empty() { Line::new() } else { text(about.join(" · ")) })
}

/// Verified or not; a risky ticket that no case tests is marked.
fn state(view: &View<'_>, one: &Requirement<'_>) -> Line {
    let word = view.say(&format!("requirement_status.{}", one.status.word()));
    let shown = match one.status {
        RequirementStatus::Verified => State::named("passed"),
        RequirementStatus::Failed => State::named("failed"),
        RequirementStatus::Blocked => State::named("blocked"),
        RequirementStatus::InProgress => State::named("in_progress"),
        RequirementStatus::NotRun => State::named("not_run"),
        RequirementStatus::Unknown => State::named("unknown"),
        RequirementStatus::NotCovered if one.is_risky_gap() => State::with_icon("failed", "not_run"),
        RequirementStatus::NotCovered => State::with_icon("unknown", "not_run"),
    };
    status(shown, word)
}

/// How many passed, then those that did not, then the others.
fn cases(view: &View<'_>, one: &Requirement<'_>) -> Line {
    if one.cases.is_empty() {
        return vec![Bit::Small { line: text(view.say("release.without_cases")) }];
    }
    let linked = |id: &str| view.id(&Subject::Case(id.to_owned()), id);
    let open = one.cases.iter().filter(|(_, status)| *status != Status::Passed).take(MOST_CASES);
    let open = open.map(|(id, status)| {
        let mut line = linked(id);
        line.extend(text(" "));
        line.extend(shown(view, status));
        line
    });
    let passed: Vec<Line> =
        one.cases.iter().filter(|(_, status)| *status == Status::Passed).map(|(id, _)| linked(id)).collect();
    let more = passed.len().saturating_sub(MOST_CASES);
    let mut rest = view.row(passed.into_iter().take(MOST_CASES));
    if more > 0 {
        rest.extend(text(format!(", {}", view.words().count("count.more", more))));
    }
    let said = view.fill("release.passed_of", &[("of", &view.words().of(one.passed(), one.cases.len()))]);
    let mut line = text(said);
    for open in open {
        line.push(Bit::Break);
        line.extend(open);
    }
    with_small(line, rest)
}

/// Whether the ticket may go to acceptance testing; nobody may have said anything about it.
fn readiness(view: &View<'_>, release: &Release, content: &Content) -> Cell {
    let site = &view.portal.site;
    let found = release.uat.iter().find(|(ticket, _)| ticket.value == content.ticket.value);
    let Some((_, parameters)) = found else {
        return Cell::sorted(vec![Bit::Small { line: text(view.say("value.not_set")) }], -1);
    };
    let readiness = uat::on(site, parameters, view.portal.as_of);
    Cell::sorted(standing(view, &readiness), readiness.met())
}
