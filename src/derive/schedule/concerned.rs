//! Whom an event of the schedule concerns.

use std::collections::BTreeSet;

use crate::derive::page::routes::Subject;
use crate::derive::schedule::{Event, EventKind};
use crate::model::Site;
use crate::model::document::Extra;
use crate::model::environment::{Cloning, Environment};
use crate::model::page::Training;
use crate::record::reference::Ref;

/// The ids of all teams, roles and partners that `event` concerns.
///
/// - An event of a release: its owner, those it names under `notify`, and the teams of its runs.
/// - A cloning and its announcement: those affected, the team that keeps the environment, and those who have
///   something to do afterwards.
/// - A follow-up: who does it; if nobody is named, the team that keeps the environment.
/// - A training session: who holds it and the teams invited; if none is, those the module is meant for.
/// - A report: its owner and those it is sent to.
/// - A review: the owner of the guide.
pub fn of_event<'a>(site: &'a Site, event: &'a Event) -> BTreeSet<&'a str> {
    match &event.subject {
        Subject::Release(id) => of_release(site, id),
        Subject::Cloning(environment, id) => of_cloning(site, environment, id, event),
        Subject::Document(key) => of_document(site, key, event),
        _ => BTreeSet::new(),
    }
}

fn of_release<'a>(site: &'a Site, id: &'a str) -> BTreeSet<&'a str> {
    let Some(release) = site.releases.get(id) else { return BTreeSet::new() };
    let owner = release.owner.iter().map(Ref::id);
    let teams = site.runs.iter().filter(|run| run.release.id() == id).filter_map(|run| run.team.as_ref());
    owner.chain(release.notify.iter().map(Ref::id)).chain(teams.map(Ref::id)).collect()
}

fn of_cloning<'a>(site: &'a Site, environment: &str, id: &str, event: &'a Event) -> BTreeSet<&'a str> {
    let Some(environment) = site.environments.get(environment) else { return BTreeSet::new() };
    let Some(cloning) = environment.clonings.iter().find(|cloning| cloning.id.value == id) else {
        return BTreeSet::new();
    };
    match event.kind {
        EventKind::FollowUp => doers(environment, cloning, event),
        _ => {
            let doers = cloning.follow_ups.iter().filter_map(|task| task.team.as_ref()).map(Ref::id);
            let keeper = environment.team.iter().map(Ref::id);
            cloning.affected.iter().map(Ref::id).chain(keeper).chain(doers).collect()
        }
    }
}

fn doers<'a>(environment: &'a Environment, cloning: &'a Cloning, event: &Event) -> BTreeSet<&'a str> {
    let own = cloning.follow_ups.iter().filter(|task| {
        Some(&task.task) == event.task.as_ref()
            && task.due.as_ref().is_some_and(|due| due.value == event.day())
    });
    let named: BTreeSet<&str> = own.filter_map(|task| task.team.as_ref()).map(Ref::id).collect();
    if named.is_empty() { environment.team.iter().map(Ref::id).collect() } else { named }
}

fn of_document<'a>(site: &'a Site, key: &str, event: &Event) -> BTreeSet<&'a str> {
    let Some(document) = site.document(key) else { return BTreeSet::new() };
    let owner = document.main().front.owner.iter().map(Ref::id);
    match (&document.main().extra, event.kind) {
        (Extra::Training(training), EventKind::Training) => of_session(site, training, event),
        (Extra::Report(report), _) => owner.chain(report.distribution.iter().map(Ref::id)).collect(),
        _ => owner.collect(),
    }
}

fn of_session<'a>(site: &Site, training: &'a Training, event: &Event) -> BTreeSet<&'a str> {
    let at_that_time = training.sessions.iter().filter(|session| session.at.civil(&site.zone) == event.from);
    at_that_time
        .flat_map(|session| {
            let teams = if session.teams.is_empty() { &training.audience_teams } else { &session.teams };
            session.trainer.iter().map(Ref::id).chain(teams.iter().map(Ref::id))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::schedule::events;
    use crate::parse::sample::tree;

    #[test]
    fn an_event_concerns_those_who_act_and_those_who_are_told() {
        let site = tree(&[
            (
                "releases/r.yaml",
                "product: a\nowner: manager\ncontents: []\nschedule: {install: 2026-10-20}\nnotify: [support]\n",
            ),
            ("runs/r/one.yaml", "release: r\nenvironment: uat\nstarted: 2026-10-12\nteam: sit\n"),
            (
                "environments/uat.yaml",
                "kind: acceptance\nteam: platform\nclonings: [{id: c, from: 2026-11-06, affected: [uat, bank], \
                 follow_ups: [{task: Mail, team: sit, due: 2026-11-09}, {task: Stubs, due: 2026-11-10}]}]\n",
            ),
            (
                "training/t.md",
                "---\naudience_teams: [uat]\nsessions: [{at: 2026-11-21T10:00, trainer: lead}, \
                 {at: 2026-11-22T10:00, teams: [sit]}]\n---\n# T\n",
            ),
            ("guides/g.md", "---\nowner: lead\nreviewed: 2026-01-10\n---\n# G\n"),
        ]);
        let events = events(&site);
        let concerned: Vec<(&str, Vec<&str>)> = events
            .iter()
            .map(|event| (event.kind.word(), of_event(&site, event).into_iter().collect()))
            .collect();
        assert_eq!(
            concerned,
            [
                ("install", vec!["manager", "sit", "support"]),
                ("cloning", vec!["bank", "platform", "sit", "uat"]),
                ("follow_up", vec!["sit"]),
                ("follow_up", vec!["platform"]),
                ("training", vec!["lead", "uat"]),
                ("training", vec!["sit"]),
                ("review", vec!["lead"]),
            ]
        );
    }
}
