//! The dates that a portal tells its readers, for comparing them with later ones.

use crate::derive::schedule::times;
use crate::derive::schedule::{self, page_id};
use crate::model::Site;
use crate::model::date_change::DateChange;
use crate::model::document::Document;
use crate::model::environment::Environment;
use crate::model::published::{Dated, Told};
use crate::model::records::Record;
use crate::model::release::{Release, ScheduleEvent};
use crate::record::time::Moment;

/// Every date of releases, every cloning and every training session, by release, environment and module.
pub fn dates(site: &Site) -> Vec<Told> {
    let releases = site.releases.iter().flat_map(of_release);
    let environments = site.environments.iter().flat_map(of_environment);
    let modules = schedule::modules(site).flat_map(|module| of_module(site, module));
    releases.chain(environments).chain(modules).collect()
}

fn of_release(release: &Record<Release>) -> Vec<Told> {
    let told = |event: &ScheduleEvent| {
        let moves = release.schedule_changes.iter().filter(|change| change.event.value == *event);
        let install = release.schedule.install.as_ref().filter(|_| *event == ScheduleEvent::Install);
        Some(Told {
            of: Dated::Release(release.id.clone(), *event),
            at: times::of(&release.schedule, *event)?,
            until: install.and_then(|window| window.until),
            announce_by: None,
            moves: moves.map(|change| change.was.value).collect(),
        })
    };
    ScheduleEvent::ALL.iter().filter_map(told).collect()
}

fn of_environment(environment: &Record<Environment>) -> Vec<Told> {
    let clonings = environment.clonings.iter();
    clonings
        .map(|cloning| Told {
            of: Dated::Cloning(environment.id.clone(), cloning.id.value.clone()),
            at: cloning.from.value,
            until: cloning.until.as_ref().map(|until| until.value),
            announce_by: cloning.announce_by.as_ref().map(|day| Moment::Day(day.value)),
            moves: former(&cloning.schedule_changes),
        })
        .collect()
}

fn of_module(site: &Site, module: &Document) -> Vec<Told> {
    let id = page_id(site, &module.key);
    let sessions = schedule::sessions(module).iter();
    sessions
        .map(|session| Told {
            of: Dated::Session(id.to_owned(), schedule::first_told(&site.zone, session)),
            at: session.at.value,
            until: session.until.as_ref().map(|until| until.value),
            announce_by: None,
            moves: former(&session.schedule_changes),
        })
        .collect()
}

fn former(changes: &[DateChange]) -> Vec<Moment> {
    changes.iter().map(|change| change.was.value).collect()
}
