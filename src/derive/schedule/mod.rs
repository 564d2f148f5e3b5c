//! Everything that happens on a day: events of releases, clonings and what follows them, trainings, reports
//! that are due, guides to be reviewed.

pub mod concerned;
pub mod notice;
pub mod occupation;
pub mod published;
pub mod slip;
pub mod timeline;
pub mod times;
pub mod workdays;
pub mod working_hours;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::derive::guidance::freshness;
use crate::derive::guidance::review;
use crate::derive::page::routes::Subject;
use crate::derive::page::stable_id::uuid;
use crate::derive::report::timeliness;
use crate::model::Site;
use crate::model::date_change::DateChange;
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::environment::{Cloning, CloningStatus, Environment};
use crate::model::page::{ReportDue, Session};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus, ScheduleEvent};
use crate::record::text::Text;
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
    /// Something to do after a cloning.
    FollowUp,
    /// A training session.
    Training,
    /// A report with a time of its own is due.
    Report,
    /// A guide is due for review.
    Review,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Release(ScheduleEvent::Freeze),
        Self::Release(ScheduleEvent::TestStart),
        Self::Release(ScheduleEvent::TestDeadline),
        Self::Release(ScheduleEvent::ReportDue),
        Self::Release(ScheduleEvent::Decision),
        Self::Release(ScheduleEvent::Install),
        Self::Announce,
        Self::Cloning,
        Self::FollowUp,
        Self::Training,
        Self::Report,
        Self::Review,
    ];

    /// The word that names it in catalogues and files. To a reader a report that is due is one thing,
    /// whoever set the time.
    pub fn word(self) -> &'static str {
        match self {
            Self::Release(event) => event.word(),
            Self::Announce => "announce",
            Self::Cloning => "cloning",
            Self::FollowUp => "follow_up",
            Self::Training => "training",
            Self::Report => ScheduleEvent::ReportDue.word(),
            Self::Review => "review",
        }
    }

    /// Whether it shows how releases and environments are used, and is no task of some team alone.
    pub fn is_milestone(self) -> bool {
        !matches!(self, Self::FollowUp | Self::Review)
    }
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// To what.
    pub subject: Subject,
    /// Which of several of its kind and subject; empty where there can be one only.
    pub part: String,
    /// What is to be done, where that is written.
    pub task: Option<Text>,
    /// Where, where that is written.
    pub place: Option<Text>,
    /// The product, where it belongs to one.
    pub product: Option<String>,
    /// When it begins, in the portal's zone.
    pub from: DateTime,
    /// When it ends, in the portal's zone.
    pub until: Option<DateTime>,
    /// The instants of both, where times of the day were given: when the clocks are set back they show an
    /// hour twice.
    pub instants: (Option<Timestamp>, Option<Timestamp>),
    /// Whether a time of the day was given.
    pub has_time: bool,
    /// Whether it may still change.
    pub tentative: bool,
    /// Whether it will not come.
    pub cancelled: bool,
    /// How it was moved, the first move first.
    pub changes: Vec<Change>,
    /// The day on which it was set, where it follows from one.
    pub set: Option<Date>,
}

/// A move of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When it was told, in the portal's zone.
    pub at: DateTime,
    /// What the beginning was before.
    pub was: Moment,
    /// Why it moved.
    pub reason: Option<Text>,
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

    /// How often it was moved.
    pub fn moves(&self) -> usize {
        self.changes.len()
    }

    /// The beginning after the move `number`, counted from 0: what the next move says it was, else what
    /// it is.
    pub fn moved_to(&self, number: usize) -> Moment {
        let present = if self.has_time { Moment::Local(self.from) } else { Moment::Day(self.day()) };
        self.changes.get(number + 1).map_or(present, |next| next.was)
    }

    /// The name that it keeps for ever: made of its kind, of the id of its record, and of its part. Dates,
    /// titles and the portal's address are not in it. A page is known by the `id` it gives itself, so
    /// that it may move, else by its path.
    pub fn uid(&self, site: &Site) -> String {
        let (kind, id, own) = match &self.subject {
            Subject::Release(id) => ("release", id.as_str(), ""),
            Subject::Cloning(environment, id) => ("cloning", environment.as_str(), id.as_str()),
            Subject::Document(key) => ("page", page_id(site, key), ""),
            _ => ("", "", ""),
        };
        // The kind's own name, and not its word: a report has another than the release it is about.
        let what = if self.kind == EventKind::Report { "report" } else { self.kind.word() };
        uuid(&["event", kind, id, own, what, &self.part])
    }
}

/// The name of a page that stays when it moves, where it has one; else its path.
pub fn page_id<'a>(site: &'a Site, key: &'a str) -> &'a str {
    let own = site.document(key).and_then(|document| document.main().front.id.as_ref());
    own.map_or(key, |id| &id.value)
}

/// All events, the earliest first.
pub fn events(site: &Site) -> Vec<Event> {
    let mut events: Vec<Event> = site.releases.iter().flat_map(|release| of_release(site, release)).collect();
    for environment in site.environments.iter() {
        events.extend(environment.clonings.iter().flat_map(|cloning| of_cloning(site, environment, cloning)));
    }
    events.extend(modules(site).flat_map(|document| trainings(site, document)));
    events.extend(reports(site));
    events.extend(reviews(site));
    events.sort_by(|a, b| (a.from, a.kind, &a.subject, &a.part).cmp(&(b.from, b.kind, &b.subject, &b.part)));
    events
}

/// Whether a plan was made: a release, a cloning or a training session. Reviews come by themselves.
pub fn is_planned(site: &Site) -> bool {
    !site.releases.is_empty()
        || site.environments.iter().any(|environment| !environment.clonings.is_empty())
        || modules(site).any(|document| !sessions(document).is_empty())
}

/// The events of one release, in the order of the schedule. The report of an expedited hot-fix is due
/// even where the schedule does not say so.
pub fn of_release(site: &Site, release: &Record<Release>) -> Vec<Event> {
    let schedule = &release.schedule;
    let moment = |moment: &Option<crate::diagnostic::Placed<Moment>>| {
        moment.as_ref().map(|moment| Window { from: moment.value, until: None, tentative: false })
    };
    let due = schedule.report_due.as_ref().map(|due| due.value);
    let report_due = due.or_else(|| timeliness::release_due(site, release));
    [
        (ScheduleEvent::Freeze, moment(&schedule.freeze)),
        (ScheduleEvent::TestStart, moment(&schedule.test_start)),
        (ScheduleEvent::TestDeadline, moment(&schedule.test_deadline)),
        (ScheduleEvent::ReportDue, report_due.map(|from| Window { from, until: None, tentative: false })),
        (ScheduleEvent::Decision, moment(&schedule.decision)),
        (ScheduleEvent::Install, schedule.install.as_ref().map(|window| window.value.clone())),
    ]
    .into_iter()
    .filter_map(|(event, window)| Some(release_event(site, release, event, &window?)))
    .collect()
}

/// The event of a release that comes next or is under way on the day `as_of`: a report may be due after the
/// install. Of a cancelled release nothing comes.
pub fn next_of_release(site: &Site, release: &Record<Release>, as_of: Date) -> Option<Event> {
    let ahead = of_release(site, release).into_iter();
    ahead.filter(|event| event.last_day() >= as_of && !event.cancelled).min_by_key(|event| event.from)
}

/// An event of `kind` that lasts as long as `window`.
fn plain(zone: &TimeZone, kind: EventKind, subject: Subject, window: &Window) -> Event {
    let has_time = window.from.has_time();
    // What began at a time and ends on a day lasts until its end.
    let end = |until: Moment| {
        let at = until.civil(zone);
        if has_time && !until.has_time() { at.date().at(23, 59, 0, 0) } else { at }
    };
    Event {
        kind,
        subject,
        part: String::new(),
        task: None,
        place: None,
        product: None,
        from: window.from.civil(zone),
        until: window.until.map(end),
        instants: (window.from.instant(zone), window.until.and_then(|until| until.instant(zone))),
        has_time,
        tentative: window.tentative,
        cancelled: false,
        changes: Vec::new(),
        set: None,
    }
}

fn on(day: Date) -> Window {
    Window { from: Moment::Day(day), until: None, tentative: false }
}

fn release_event(site: &Site, release: &Record<Release>, event: ScheduleEvent, window: &Window) -> Event {
    let of_event = release.schedule_changes.iter().filter(|change| change.event.value == event);
    let changes = of_event.map(|change| Change {
        at: change.at.civil(&site.zone),
        was: change.was.value,
        reason: change.reason.clone(),
    });
    Event {
        product: Some(release.product.id().to_owned()),
        cancelled: release.status.as_ref().is_some_and(|status| status.value == ReleaseStatus::Cancelled),
        changes: in_order(changes),
        ..plain(&site.zone, EventKind::Release(event), Subject::Release(release.id.clone()), window)
    }
}

fn in_order(changes: impl Iterator<Item = Change>) -> Vec<Change> {
    let mut changes: Vec<Change> = changes.collect();
    changes.sort_by_key(|change| change.at);
    changes
}

fn moved(zone: &TimeZone, changes: &[DateChange]) -> Vec<Change> {
    in_order(changes.iter().map(|change| Change {
        at: change.at.civil(zone),
        was: change.was.value,
        reason: change.reason.clone(),
    }))
}

/// The cloning, the last day to announce it, and what is to be done afterwards.
fn of_cloning(site: &Site, environment: &Record<Environment>, cloning: &Cloning) -> Vec<Event> {
    let until = cloning.until.as_ref().map(|until| until.value);
    let window = Window { from: cloning.from.value, until, tentative: false };
    let event = |kind, window: &Window| Event {
        product: environment.product.as_ref().map(|product| product.id().to_owned()),
        cancelled: cloning.status.as_ref().is_some_and(|status| status.value == CloningStatus::Cancelled),
        ..plain(&site.zone, kind, Subject::Cloning(environment.id.clone(), cloning.id.value.clone()), window)
    };
    let announce = cloning.announce_by.as_ref().map(|day| event(EventKind::Announce, &on(day.value)));
    let overwritten =
        Event { changes: moved(&site.zone, &cloning.schedule_changes), ..event(EventKind::Cloning, &window) };
    let mut names = Names::default();
    let tasks = cloning.follow_ups.iter().filter_map(|follow_up| {
        let name = follow_up.task.get(site.default_language(), site.default_language());
        let part = names.next(name);
        let due = follow_up.due.as_ref()?.value;
        Some(Event { part, task: Some(follow_up.task.clone()), ..event(EventKind::FollowUp, &on(due)) })
    });
    announce.into_iter().chain([overwritten]).chain(tasks.collect::<Vec<_>>()).collect()
}

/// Names of which each is given once: a second one of the same gets a number.
#[derive(Default)]
struct Names(HashMap<String, usize>);

impl Names {
    fn next(&mut self, name: &str) -> String {
        let count = self.0.entry(name.to_owned()).or_default();
        *count += 1;
        if *count == 1 { name.to_owned() } else { format!("{name}\n{count}") }
    }
}

/// The training modules whose sessions are told: hidden pages are in no list.
pub fn modules(site: &Site) -> impl Iterator<Item = &Document> {
    site.documents_of(DocumentKind::Training).filter(|document| !document.is_hidden())
}

/// The sessions of a training module.
pub fn sessions(document: &Document) -> &[Session] {
    match &document.main().extra {
        Extra::Training(training) => &training.sessions,
        _ => &[],
    }
}

/// The session of the module with the name `module` that stays, by when it was `first` to begin.
pub fn session<'a>(site: &'a Site, module: &str, first: DateTime) -> Option<&'a Session> {
    let own = modules(site).filter(|document| page_id(site, &document.key) == module);
    let mut own = own.flat_map(sessions);
    own.find(|session| first_told(&site.zone, session) == first)
}

/// When a session was first to begin, in the portal's zone.
pub fn first_told(zone: &TimeZone, session: &Session) -> DateTime {
    let first = session.schedule_changes.iter().min_by_key(|change| change.at.civil(zone));
    first.map_or(session.at.value, |change| change.was.value).civil(zone)
}

/// The sessions of a module. A session is known by when it was first to begin, so that it stays the same
/// when it moves.
fn trainings(site: &Site, document: &Document) -> Vec<Event> {
    let mut names = Names::default();
    let event = |session: &Session| {
        let until = session.until.as_ref().map(|until| until.value);
        let window = Window { from: session.at.value, until, tentative: false };
        let changes = moved(&site.zone, &session.schedule_changes);
        let subject = Subject::Document(document.key.clone());
        Event {
            part: names.next(&first_told(&site.zone, session).to_string()),
            place: session.place.clone(),
            cancelled: session.cancelled == Some(true),
            changes,
            ..plain(&site.zone, EventKind::Training, subject, &window)
        }
    };
    sessions(document).iter().map(event).collect()
}

/// Reports that say themselves when they are due; of others the release's schedule says it.
fn reports(site: &Site) -> impl Iterator<Item = Event> {
    let shown = timeliness::reports(site).filter(|(document, _)| !document.is_hidden());
    shown.filter_map(|(document, report)| {
        let Some(ReportDue::At(from)) = report.due.as_ref().map(|due| due.value) else { return None };
        let release = report.release.as_ref().and_then(|release| site.releases.get(release.id()));
        let window = Window { from, until: None, tentative: false };
        let subject = Subject::Document(document.key.clone());
        Some(Event {
            product: release.map(|release| release.product.id().to_owned()),
            ..plain(&site.zone, EventKind::Report, subject, &window)
        })
    })
}

/// The next review of every guide that was reviewed before, where the portal tells of reviews. Every review is an event of its own: the next
/// one does not move the last.
fn reviews(site: &Site) -> impl Iterator<Item = Event> {
    let is_shown = |document: &&Document| review::is_told(site) && !document.is_hidden();
    site.documents_of(DocumentKind::Guide).filter(is_shown).filter_map(|document| {
        let front = &document.main().front;
        let reviewed = front.reviewed.as_ref()?.value;
        // When it is due does not depend on the day on which one asks.
        let next = freshness::review(site, front, reviewed).next()?;
        let subject = Subject::Document(document.key.clone());
        Some(Event {
            part: reviewed.to_string(),
            set: Some(reviewed),
            ..plain(&site.zone, EventKind::Review, subject, &on(next))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn uids(files: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let site = tree(files);
        events(&site).iter().map(|event| (event.kind.word(), event.uid(&site))).collect()
    }

    #[test]
    fn everything_with_a_day_is_an_event() {
        let site = tree(&[
            ("releases/r.yaml", "product: a\ncontents: []\nschedule: {install: 2026-10-20T20:00}\n"),
            (
                "environments/uat.yaml",
                "kind: acceptance\nclonings: [{id: c, from: 2026-11-06T18:00, until: 2026-11-08, announce_by: 2026-10-30, \
                 follow_ups: [{task: Mail, due: 2026-11-09}, {task: No day}]}]\n",
            ),
            ("training/t.md", "---\nsessions: [{at: 2026-10-21T10:00, cancelled: true}]\n---\n# T\n"),
            ("reports/p.md", "---\ntype: progress\ndue: 2026-10-14T12:00\n---\n# P\n"),
            ("guides/g.md", "---\nreviewed: 2026-01-10\n---\n# G\n"),
            ("guides/never.md", "# Never reviewed\n"),
        ]);
        let found: Vec<(String, &str, bool)> = events(&site)
            .iter()
            .map(|event| (event.from.to_string(), event.kind.word(), event.cancelled))
            .collect();
        let wanted = [
            ("2026-10-14T12:00:00", "report_due", false),
            ("2026-10-20T20:00:00", "install", false),
            ("2026-10-21T10:00:00", "training", true),
            ("2026-10-30T00:00:00", "announce", false),
            ("2026-11-06T18:00:00", "cloning", false),
            ("2026-11-09T00:00:00", "follow_up", false),
            ("2027-01-10T00:00:00", "review", false),
        ];
        assert_eq!(found, wanted.map(|(from, word, cancelled)| (from.to_owned(), word, cancelled)));
        let cloning = events(&site).into_iter().find(|event| event.kind == EventKind::Cloning);
        let end = cloning.and_then(|event| event.until).map(|until| until.to_string());
        assert_eq!(end.as_deref(), Some("2026-11-08T23:59:00"), "a day lasts until its end");
    }

    #[test]
    fn the_next_event_is_the_earliest_that_is_not_over() {
        let site = |status: &str| {
            let text = format!(
                "product: a\nstatus: {status}\ncontents: []\nschedule: {{report_due: 2026-10-01T12:00, \
                 decision: 2026-09-28T17:00, install: {{from: 2026-09-29T20:00, until: 2026-09-30T02:00}}}}\n"
            );
            tree(&[("releases/r.yaml", &text)])
        };
        let next = |status: &str, day: &str| {
            let site = site(status);
            let day = day.parse().expect("a day");
            let next = next_of_release(&site, site.releases.get("r").expect("the release"), day);
            next.map(|event| event.kind.word())
        };
        for (day, wanted) in [
            ("2026-09-28", Some("decision")),
            ("2026-09-29", Some("install")),
            ("2026-09-30", Some("install")),
            ("2026-10-01", Some("report_due")),
            ("2026-10-02", None),
        ] {
            assert_eq!(next("in_test", day), wanted, "{day}");
        }
        assert_eq!(next("cancelled", "2026-09-28"), None);
    }

    #[test]
    fn a_uid_stays_when_dates_titles_and_places_change() {
        let release = |title: &str, install: &str, changes: &str| {
            format!(
                "title: {title}\nproduct: a\ncontents: []\nschedule: {{install: {install}}}\nschedule_changes: [{changes}]\n"
            )
        };
        let training = |session: &str| format!("---\nsessions: [{session}]\n---\n# T\n");
        let guide = "---\nid: g\nreviewed: 2026-01-10\n---\n# G\n";
        let before = uids(&[
            ("releases/r.yaml", &release("One", "2026-10-19T20:00", "")),
            ("training/t.md", &training("{at: 2026-10-20T10:00}")),
            ("guides/g.md", guide),
        ]);
        let moved = "{at: 2026-10-08, event: install, was: 2026-10-19T20:00}";
        let later = "{at: 2026-10-22T10:00, schedule_changes: [{at: 2026-10-08, was: 2026-10-20T10:00}]}";
        let after = uids(&[
            ("releases/r.yaml", &release("Two", "2026-10-20T20:00", moved)),
            ("training/t.md", &training(later)),
            ("guides/elsewhere/g.md", guide),
        ]);
        assert_eq!(before, after);
    }

    #[test]
    fn no_two_events_have_one_uid() {
        let site = tree(&[
            (
                "releases/r.yaml",
                "product: a\ncontents: []\nschedule: {decision: 2026-10-19, install: 2026-10-20}\n",
            ),
            (
                "environments/uat.yaml",
                "kind: acceptance\nclonings: [{id: c, from: 2026-11-06, follow_ups: [{task: Mail, due: 2026-11-09}, \
                 {task: Mail, due: 2026-11-10}]}]\n",
            ),
            (
                "environments/pre.yaml",
                "kind: test\nclonings: [{id: c, from: 2026-11-06, announce_by: 2026-10-30}]\n",
            ),
            ("training/t.md", "---\nsessions: [{at: 2026-10-21T10:00}, {at: 2026-10-21T10:00}]\n---\n# T\n"),
        ]);
        let events = events(&site);
        let uids: std::collections::BTreeSet<String> = events.iter().map(|event| event.uid(&site)).collect();
        assert_eq!((uids.len(), events.len()), (9, 9));
    }

    #[test]
    fn a_move_leads_to_what_the_next_one_says_it_was() {
        let site = tree(&[(
            "releases/r.yaml",
            "product: a\ncontents: []\nschedule: {install: 2026-10-20T20:00}\nschedule_changes:\n\
             - {at: 2026-10-08, event: install, was: 2026-10-16}\n- {at: 2026-10-01, event: install, was: 2026-10-14}\n",
        )]);
        let [install] = &events(&site)[..] else { panic!("one event") };
        let moves: Vec<String> = (0..install.moves())
            .map(|number| format!("{} to {}", install.changes[number].was, install.moved_to(number)))
            .collect();
        assert_eq!(moves, ["2026-10-14 to 2026-10-16", "2026-10-16 to 2026-10-20T20:00"]);
    }
}
