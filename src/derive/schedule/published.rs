//! The dates that a portal tells its readers, for comparing them with later ones.

use crate::derive::schedule::times;
use crate::model::Site;
use crate::model::environment::Environment;
use crate::model::published::{Dated, Told};
use crate::model::records::Record;
use crate::model::release::{Release, ScheduleEvent};

/// Every date of releases and the beginning of every cloning, by release and environment.
pub fn dates(site: &Site) -> Vec<Told> {
    let releases = site.releases.iter().flat_map(of_release);
    releases.chain(site.environments.iter().flat_map(of_environment)).collect()
}

fn of_release(release: &Record<Release>) -> Vec<Told> {
    let told = |event: &ScheduleEvent| {
        let moves = release.schedule_changes.iter().filter(|change| change.event.value == *event);
        Some(Told {
            of: Dated::Release(release.id.clone(), *event),
            at: times::of(&release.schedule, *event)?,
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
            moves: cloning.schedule_changes.iter().map(|change| change.was.value).collect(),
        })
        .collect()
}
