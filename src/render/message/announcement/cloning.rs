//! What those affected by a cloning are told: when, what is lost, what to do before and after.

use super::super::{Block, Line, Message, plain};
use super::Teller;
use crate::derive::environment::readiness::{has_begun, is_done};
use crate::derive::page::routes::Subject;
use crate::derive::schedule::occupation::status;
use crate::model::environment::{Cloning, CloningStatus, Environment, FollowUp};
use crate::model::records::Record;
use crate::words::Spoken;

pub fn message(teller: &Teller<'_>, environment: &Record<Environment>, cloning: &Cloning) -> Message {
    let is_cancelled = status(cloning) == CloningStatus::Cancelled;
    let is_past = has_begun(cloning, &teller.portal.site.zone, teller.portal.as_of);
    let (subject, lead) = match (is_cancelled, is_past) {
        (true, _) => ("announcement.cloning_cancelled_subject", "announcement.cloning_cancelled_lead"),
        (false, true) => ("announcement.cloning_subject", "announcement.cloning_past_lead"),
        (false, false) => ("announcement.cloning_subject", "announcement.cloning_lead"),
    };
    let window = teller.window(&cloning.from, cloning.until.as_deref());
    let name = teller.environment(&environment.id);
    let subject = teller.words.fill(subject, &[("window", &window), ("environment", &name)]);
    let mut blocks =
        vec![Block::paragraph(teller.say(lead)), Block::List(facts(teller, cloning, &name, &window))];
    blocks.extend(teller.section_if_any("announcement.changes", changes(teller, cloning)));
    if !is_cancelled {
        blocks.extend(teller.section("cloning.lost", lost(teller, environment, cloning)));
        if !is_past {
            blocks.extend(teller.section("cloning.before", before(teller, cloning)));
        }
        blocks.extend(teller.section("cloning.after", after(teller)));
        blocks.extend(follow_ups(teller, cloning));
    }
    blocks.extend(cloning.note.as_ref().map(|note| Block::paragraph(teller.read(note))));
    let page = Subject::Cloning(environment.id.clone(), cloning.id.value.clone());
    blocks.extend(teller.more(&page));
    teller.message(subject, blocks)
}

fn facts(teller: &Teller<'_>, cloning: &Cloning, name: &Spoken, window: &str) -> Vec<Line> {
    let mut facts =
        vec![teller.labelled("kind.environment", name), teller.labelled("cloning.window", window)];
    facts.extend(
        cloning
            .source
            .as_ref()
            .map(|source| teller.labelled("field.source", teller.environment(source.id()))),
    );
    facts.extend(masking(teller, cloning));
    let affected: Vec<Spoken> = cloning.affected.iter().map(|party| teller.party(party.id())).collect();
    if !affected.is_empty() {
        facts.push(teller.labelled("cloning.affected", teller.words.list_spoken(&affected)));
    }
    facts
}

/// How personal data is masked.
fn masking(teller: &Teller<'_>, cloning: &Cloning) -> Option<Line> {
    let method = cloning.masking.as_ref()?.method?;
    let method = teller.say(&format!("masking.{}", method.word()));
    Some(teller.labelled("cloning.masking", method))
}

fn changes(teller: &Teller<'_>, cloning: &Cloning) -> Vec<Line> {
    let mut changes: Vec<_> = cloning.schedule_changes.iter().collect();
    changes.sort_by_key(|change| change.at.civil(&teller.portal.site.zone));
    let next = changes.iter().skip(1).map(|change| &change.was.value).chain([&cloning.from.value]);
    let pairs = changes.iter().zip(next);
    pairs
        .map(|(change, now)| teller.change("cloning.window", &change.was, Some(now), change.reason.as_ref()))
        .collect()
}

/// What is written as lost, and test data that do not survive.
fn lost(teller: &Teller<'_>, environment: &Record<Environment>, cloning: &Cloning) -> Vec<Line> {
    let is_lost = |set: &&crate::model::data_set::DataSet| {
        set.environment.id() == environment.id && set.survives_cloning != Some(true)
    };
    let sets = teller.portal.site.data.iter().map(|set| &set.value).filter(is_lost);
    let data =
        sets.map(|set| teller.words.fill_spoken("announcement.data", &[("title", &teller.read(&set.title))]));
    cloning.lost.iter().map(|lost| teller.read(lost)).chain(data).map(plain).collect()
}

fn before(teller: &Teller<'_>, cloning: &Cloning) -> Vec<Line> {
    let at = teller.moment(&cloning.from);
    vec![
        plain(teller.words.fill("announcement.before_finish", &[("at", &at)])),
        plain(teller.say("announcement.before_save")),
        plain(teller.say("announcement.before_plan")),
    ]
}

fn after(teller: &Teller<'_>) -> Vec<Line> {
    vec![plain(teller.say("announcement.after_wait")), plain(teller.say("announcement.after_check"))]
}

/// Follow-ups, those that keep the environment from being ready first, then by their day.
fn follow_ups(teller: &Teller<'_>, cloning: &Cloning) -> Vec<Block> {
    let mut follow_ups: Vec<&FollowUp> = cloning.follow_ups.iter().collect();
    follow_ups.sort_by_key(|follow_up| {
        (
            follow_up.blocking != Some(true),
            follow_up.due.as_ref().map_or(jiff::civil::Date::MAX, |due| due.value),
        )
    });
    if follow_ups.is_empty() {
        return vec![
            Block::Heading(teller.say("cloning.follow_ups")),
            Block::paragraph(teller.say("announcement.follow_up_none")),
        ];
    }
    teller.section("cloning.follow_ups", follow_ups.into_iter().map(|each| follow_up(teller, each)).collect())
}

/// "Outgoing mail redirected: Platform team; due 8 Nov 2026; the environment is not ready before that".
fn follow_up(teller: &Teller<'_>, follow_up: &FollowUp) -> Line {
    let day = |key: &str, day| teller.words.fill(key, &[("date", &teller.words.date(day))]);
    let done = follow_up.done.filter(|_| is_done(follow_up, teller.portal.as_of));
    let state = match (done, &follow_up.due) {
        (Some(done), _) => Some(day("announcement.done", done)),
        (None, Some(due)) => Some(day("announcement.by", due.value)),
        (None, None) => None,
    };
    let blocks = follow_up.blocking == Some(true) && done.is_none();
    let facts: Vec<Spoken> = [
        follow_up.team.as_ref().map(|team| teller.party(team.id())),
        state.map(Spoken::from),
        blocks.then(|| teller.say("announcement.blocking").into()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let task = teller.read(&follow_up.task);
    plain(if facts.is_empty() { task } else { task.and(": ").and(Spoken::join(facts, "; ")) })
}
