//! What else is to be known of a release.

use super::super::super::blocks::{Block, Fact, Section, text, with_small};
use super::super::super::names::View;
use super::super::labels::fact;
use crate::model::records::Record;
use crate::model::release::Release;

/// Its gate, what it mends and who is told; nothing where none of that is written.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let mut facts: Vec<Fact> =
        release.gate.as_ref().map(|gate| fact(view, "field.gate", text(gate.id()))).into_iter().collect();
    facts.extend(hotfix_facts(view, release));
    if !release.notify.is_empty() {
        let parties = release.notify.iter().map(|party| view.pointer(party.pointer()));
        facts.push(fact(view, "field.notify", view.row(parties)));
    }
    (!facts.is_empty())
        .then(|| Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }]))
}

fn hotfix_facts(view: &View<'_>, release: &Release) -> Vec<Fact> {
    let Some(hotfix) = &release.hotfix else { return Vec::new() };
    let mut facts = vec![fact(view, "field.hotfix_of", view.pointer(hotfix.of.pointer()))];
    facts.extend(
        hotfix.trigger.as_ref().map(|defect| fact(view, "field.trigger", view.pointer(defect.pointer()))),
    );
    facts.extend(hotfix.merged_forward_to.as_ref().map(|to| {
        fact(
            view,
            "field.merged_forward_to",
            with_small(view.pointer(to.pointer()), view.yes_no(hotfix.merged)),
        )
    }));
    facts
}
