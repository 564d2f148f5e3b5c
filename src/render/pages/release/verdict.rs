//! Whether a release may be installed: the first thing that its page says.

use super::super::super::blocks::{Bit, Block, Countdown, Fact, Line, Section, State, Verdict, status, text};
use super::super::super::names::View;
use super::super::labels::{build, fact};
use super::super::releases::{event_time, is_over, status_of};
use super::super::states::{Shown, shown};
use super::super::{gate, home};
use crate::derive::decision::{self, DecisionState, Validity};
use crate::derive::gate::{Gate, GateResult};
use crate::derive::schedule::{self, Event, EventKind};
use crate::model::audience::Audience;
use crate::model::decision::{Decision, Outcome};
use crate::model::records::Record;
use crate::model::release::{Release, ScheduleEvent};
use crate::record::reference::{Ref, to};

/// What the page has to say of the decision about its release.
#[derive(Clone)]
pub struct Decided<'a> {
    /// The decision in force.
    pub decision: &'a Record<Decision>,
    /// Whether it holds.
    pub validity: Validity<'a>,
}

/// The decision in force about `release`, and whether it holds.
pub fn decided<'a>(view: &View<'a>, release: &Record<Release>) -> Option<Decided<'a>> {
    let basis = view.portal.basis();
    let decision = decision::current(basis.site, &release.id, basis.as_of)?;
    Some(Decided { decision, validity: decision::validity(basis, decision) })
}

/// The answer, the rules that it follows from, the decision and the days that are left.
pub fn section(
    view: &View<'_>,
    release: &Record<Release>,
    found: &Gate<'_>,
    decided: Option<&Decided<'_>>,
) -> Section {
    let (state, title) = answer(view, release, found, decided);
    let rules = found.missing.is_none().then(|| Block::Rules(gate::rules(view, found, "")));
    let facts = Block::Facts { facts: facts(view, release, decided), side: true };
    let verdict = Verdict {
        state,
        title,
        lines: lines(view, release, found, decided),
        blocks: rules.into_iter().collect(),
        aside: countdown(view, release, decided)
            .map(Block::Countdown)
            .into_iter()
            .chain([facts])
            .chain(note(view))
            .collect(),
    };
    Section::new("verdict", "", vec![Block::Verdict(verdict)])
}

/// Of a release that may still be installed what the gate says; of one that is over what became of it.
fn answer(
    view: &View<'_>,
    release: &Record<Release>,
    found: &Gate<'_>,
    decided: Option<&Decided<'_>>,
) -> (State, String) {
    let status = status_of(release);
    if is_over(release) {
        let state = match decided.map(|decided| decided.validity.state()) {
            Some(
                state @ (DecisionState::Stale
                | DecisionState::AgainstGate
                | DecisionState::Disputed
                | DecisionState::GateUnknown),
            ) => state.state(),
            _ => status.state(),
        };
        return (state, view.say(&format!("release_status.{}", status.word())));
    }
    if is_refused(decided) {
        return (Outcome::Refused.state(), view.say("verdict.refused"));
    }
    let result = found.result();
    (result.state(), view.say(&format!("verdict.{}", result.word())))
}

/// Whether those who decide said no, whatever the gate says.
fn is_refused(decided: Option<&Decided<'_>>) -> bool {
    decided.is_some_and(|decided| decided.decision.outcome.value == Outcome::Refused)
}

/// Why: the gate in numbers, then the decision.
fn lines(
    view: &View<'_>,
    release: &Record<Release>,
    found: &Gate<'_>,
    decided: Option<&Decided<'_>>,
) -> Vec<Line> {
    let result: GateResult = found.result();
    let label = if found.day == view.portal.as_of {
        view.say("release.gate")
    } else {
        let day = view.words().date_table(found.day);
        view.fill("value.detail", &[("text", &view.say("release.gate")), ("detail", &day)])
    };
    let mut gate_line = text(format!("{label}: "));
    gate_line.extend(shown(view, &result));
    gate_line.extend(text(format!(" · {}", gate::tally(view, found))));
    let decision_line = match decided {
        None if is_over(release) => text(view.say("release.decision_missing")),
        None => text(view.say("release.decision_pending")),
        Some(decided) => super::decision::summary(view, decided),
    };
    vec![gate_line, decision_line]
}

/// That the answer rests on what the audience may see, where that is not everything.
fn note(view: &View<'_>) -> Option<Block> {
    let line = || vec![Bit::Small { line: text(view.say("gate.audience")) }];
    (view.portal.site.audience < Audience::Restricted).then(|| Block::Paragraphs { lines: vec![line()] })
}

/// The event that the reader waits for: the decision, then the install; after a refusal none.
fn awaited(view: &View<'_>, release: &Record<Release>, decided: Option<&Decided<'_>>) -> Option<Event> {
    if is_refused(decided) {
        return None;
    }
    let events = schedule::of_release(&view.portal.site, release);
    let is_ahead = |event: &&Event| event.last_day() >= view.portal.as_of && !event.cancelled;
    let of = |kind: ScheduleEvent| {
        events.iter().filter(is_ahead).find(|event| event.kind == EventKind::Release(kind)).cloned()
    };
    let decision = decided.is_none().then(|| of(ScheduleEvent::Decision)).flatten();
    decision.or_else(|| of(ScheduleEvent::Install))
}

fn countdown(view: &View<'_>, release: &Record<Release>, decided: Option<&Decided<'_>>) -> Option<Countdown> {
    let event = awaited(view, release, decided).filter(|_| !is_over(release))?;
    let (figure, unit) = home::days_left(view, Some(&event));
    Some(Countdown { label: view.say(&format!("verdict.until_{}", event.kind.word())), figure, unit })
}

fn facts(view: &View<'_>, release: &Record<Release>, decided: Option<&Decided<'_>>) -> Vec<Fact> {
    let wanted = [ScheduleEvent::Decision, ScheduleEvent::Install];
    let mut facts: Vec<Fact> = schedule::of_release(&view.portal.site, release)
        .iter()
        .filter(|event| wanted.iter().any(|kind| event.kind == EventKind::Release(*kind)))
        .map(|event| fact(view, &format!("event.{}", event.kind.word()), event_time(view, event)))
        .collect();
    let tested = release.build.as_ref().map_or_else(|| view.unknown(), |name| build(name));
    facts.push(fact(view, "field.build", tested));
    facts.extend(sign_off(view, release, decided));
    facts
        .extend(release.owner.as_ref().map(|owner| fact(view, "field.owner", view.pointer(owner.pointer()))));
    facts
}

/// Each role whose word is needed, with its word.
fn sign_off(view: &View<'_>, release: &Release, decided: Option<&Decided<'_>>) -> Vec<Fact> {
    let word_of = |role: &str| {
        let spoken = &decided?.decision.by;
        spoken.iter().find(|(spoken, _)| spoken.id() == role).map(|(_, word)| shown(view, &word.value))
    };
    let pending = || status(State::named("not_run"), view.say("release.sign_off_pending"));
    let fact = |role: &Ref<to::Role>| Fact {
        label: title(view, role.id()),
        value: word_of(role.id()).unwrap_or_else(pending),
    };
    release.sign_off.iter().map(fact).collect()
}

/// What the portal calls a role.
fn title(view: &View<'_>, role: &str) -> String {
    let roles = &view.portal.site.portal.roles;
    crate::derive::page::title::titled(roles, role, view.language, view.default_language()).to_owned()
}
