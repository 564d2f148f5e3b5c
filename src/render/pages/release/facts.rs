//! What a release is, in a few facts.

use super::super::super::blocks::{Bit, Block, Fact, Section, join, text, with_small};
use super::super::super::names::View;
use super::super::labels::fact;
use super::super::releases::{event_time, next_event};
use super::super::states::shown_or_unknown;
use crate::model::records::Record;
use crate::model::release::Release;

/// Status, build, owner, next event and whoever has a say.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let mut facts = vec![fact(
        view,
        "field.status",
        shown_or_unknown(view, release.status.as_ref().map(|status| &status.value)),
    )];
    facts.push(fact(
        view,
        "field.build",
        release
            .build
            .as_ref()
            .map_or_else(|| view.unknown(), |build| vec![Bit::Code { text: build.value.clone() }]),
    ));
    facts.push(fact(
        view,
        "field.owner",
        release.owner.as_ref().map_or_else(|| view.unknown(), |owner| view.pointer(owner.pointer())),
    ));
    if let Some(next) = next_event(view, release) {
        let name = view.say(&format!("event.{}", next.kind.word()));
        facts.push(Fact {
            label: name,
            value: with_small(event_time(view, &next), text(view.relative(next.day()))),
        });
    }
    facts.extend(release.gate.as_ref().map(|gate| fact(view, "field.gate", text(gate.id()))));
    if !release.sign_off.is_empty() {
        let roles = release.sign_off.iter().map(|role| view.pointer(role.pointer()));
        facts.push(fact(view, "release.sign_off", join(roles, ", ")));
    }
    facts.extend(hotfix_facts(view, release));
    if !release.notify.is_empty() {
        facts.push(fact(
            view,
            "field.notify",
            join(release.notify.iter().map(|party| view.pointer(party.pointer())), ", "),
        ));
    }
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: false }])
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
