//! Everything that happens on a day: events of releases, clonings, trainings.

use jiff::civil::{Date, DateTime};

use super::routes::Subject;
use crate::model::Site;
use crate::model::document::{DocumentKind, Extra};
use crate::model::environment::CloningStatus;
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus, ScheduleEvent};
use crate::record::time::{Moment, Window};

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// An event of a release.
    Release(ScheduleEvent),
    /// The last day to tell those affected by a cloning.
    Announce,
    /// A cloning.
    Cloning,
    /// A training session.
    Training,
}

impl EventKind {
    /// The word that names it in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Release(event) => event.word(),
            Self::Announce => "announce",
            Self::Cloning => "cloning",
            Self::Training => "training",
        }
    }
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// To what.
    pub subject: Subject,
    /// The product, where it belongs to one.
    pub product: Option<String>,
    /// When it begins, in the portal's zone.
    pub from: DateTime,
    /// When it ends, in the portal's zone.
    pub until: Option<DateTime>,
    /// Whether a time of the day was given.
    pub has_time: bool,
    /// Whether it may still change.
    pub tentative: bool,
    /// Whether it will not come.
    pub cancelled: bool,
    /// How often it was moved.
    pub moves: usize,
}

impl Event {
    /// The day it begins.
    pub fn day(&self) -> Date {
        self.from.date()
    }

    /// The last day of it.
    pub fn last_day(&self) -> Date {
        self.until.map_or(self.day(), jiff::civil::DateTime::date)
    }
}

/// All events, the earliest first.
pub fn events(site: &Site) -> Vec<Event> {
    let mut events: Vec<Event> = site.releases.iter().flat_map(|release| of_release(site, release)).collect();
    events.extend(clonings(site));
    events.extend(trainings(site));
    events.sort_by(|a, b| (a.from, a.kind, &a.subject).cmp(&(b.from, b.kind, &b.subject)));
    events
}

/// The events of one release, in the order of the schedule.
pub fn of_release(site: &Site, release: &Record<Release>) -> Vec<Event> {
    let schedule = &release.schedule;
    let moment = |moment: &Option<crate::diagnostic::Placed<Moment>>| {
        moment.as_ref().map(|moment| Window { from: moment.value, until: None, tentative: false })
    };
    [
        (ScheduleEvent::Freeze, moment(&schedule.freeze)),
        (ScheduleEvent::TestStart, moment(&schedule.test_start)),
        (ScheduleEvent::TestDeadline, moment(&schedule.test_deadline)),
        (ScheduleEvent::ReportDue, moment(&schedule.report_due)),
        (ScheduleEvent::Decision, moment(&schedule.decision)),
        (ScheduleEvent::Install, schedule.install.as_ref().map(|window| window.value.clone())),
    ]
    .into_iter()
    .filter_map(|(event, window)| Some(release_event(site, release, event, &window?)))
    .collect()
}

fn release_event(site: &Site, release: &Record<Release>, event: ScheduleEvent, window: &Window) -> Event {
    Event {
        kind: EventKind::Release(event),
        subject: Subject::Release(release.id.clone()),
        product: Some(release.product.id().to_owned()),
        from: window.from.civil(&site.zone),
        until: window.until.map(|until| until.civil(&site.zone)),
        has_time: window.from.has_time(),
        tentative: window.tentative,
        cancelled: release.status.as_ref().is_some_and(|status| status.value == ReleaseStatus::Cancelled),
        moves: release.schedule_changes.iter().filter(|change| change.event.value == event).count(),
    }
}

fn clonings(site: &Site) -> impl Iterator<Item = Event> {
    site.environments.iter().flat_map(move |environment| {
        let product = environment.product.as_ref().map(|product| product.id().to_owned());
        environment.clonings.iter().flat_map(move |cloning| {
            let window = Event {
                kind: EventKind::Cloning,
                subject: Subject::Cloning(environment.id.clone(), cloning.id.value.clone()),
                product: product.clone(),
                from: cloning.from.civil(&site.zone),
                until: cloning.until.as_ref().map(|until| until.civil(&site.zone)),
                has_time: cloning.from.has_time(),
                tentative: false,
                cancelled: cloning
                    .status
                    .as_ref()
                    .is_some_and(|status| status.value == CloningStatus::Cancelled),
                moves: cloning.schedule_changes.len(),
            };
            let announce = cloning.announce_by.as_ref().map(|day| Event {
                kind: EventKind::Announce,
                from: Moment::Day(day.value).civil(&site.zone),
                until: None,
                has_time: false,
                moves: 0,
                ..window.clone()
            });
            announce.into_iter().chain([window])
        })
    })
}

fn trainings(site: &Site) -> impl Iterator<Item = Event> {
    site.documents_of(DocumentKind::Training).flat_map(move |document| {
        let sessions = match &document.main().extra {
            Extra::Training(training) => training.sessions.as_slice(),
            _ => &[],
        };
        sessions.iter().map(move |session| Event {
            kind: EventKind::Training,
            subject: Subject::Document(document.key.clone()),
            product: None,
            from: session.at.civil(&site.zone),
            until: session.until.as_ref().map(|until| until.civil(&site.zone)),
            has_time: session.at.has_time(),
            tentative: false,
            cancelled: false,
            moves: 0,
        })
    })
}
