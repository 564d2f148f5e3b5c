//! The timeline of the coming weeks: which lines it has, and where everything on it stands.
//!
//! Places are whole units of a drawing that is [`WIDTH`] units wide, so that they can be compared in
//! tests and written without fractions.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};

use crate::derive::page::routes::{List, Subject};
use crate::derive::schedule::{Event, EventKind};
use crate::model::Site;
use crate::model::portal::{Weekday, Workdays};
use crate::model::release::ScheduleEvent;

/// How wide the drawing is.
pub const WIDTH: usize = 1200;

/// Where the weeks begin; the names of lines stand before.
const LEFT: usize = 176;

/// Air after the last week.
const RIGHT: usize = 4;

/// How many weeks are shown at least.
const FEWEST_WEEKS: i64 = 5;

/// How many weeks are shown at most: the last one, this one and seven more.
const MOST_WEEKS: i64 = 9;

const MINUTES_IN_WEEK: i64 = 7 * 24 * 60;

/// From times to places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    first: Date,
    weeks: i64,
}

/// A stretch of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub x: usize,
    /// How wide it is.
    pub width: usize,
}

impl Scale {
    /// The weeks from the one before `as_of` until the one of the last event, within limits.
    pub fn around(as_of: Date, events: &[Event]) -> Self {
        let first = monday(as_of).checked_sub(7.days()).unwrap_or(Date::MIN);
        // Trainings and reviews go on for ever.
        let is_measure = |event: &&Event| {
            matches!(event.kind, EventKind::Release(_) | EventKind::Announce | EventKind::Cloning)
        };
        let last = events.iter().filter(is_measure).map(Event::last_day).max().unwrap_or(as_of);
        let weeks = i64::from((last - first).get_days()).div_euclid(7) + 1;
        Self { first, weeks: weeks.clamp(FEWEST_WEEKS, MOST_WEEKS) }
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The day after the last one.
    pub fn end(&self) -> Date {
        self.day(self.weeks * 7)
    }

    /// The Mondays and where they stand.
    pub fn weeks(&self) -> impl Iterator<Item = (Date, usize)> {
        (0..self.weeks).map(|week| {
            let monday = self.day(week * 7);
            (monday, self.place(midnight(monday)))
        })
    }

    /// Where a time stands; what lies outside stands at the edge.
    pub fn place(&self, at: DateTime) -> usize {
        let days = i64::from((at.date() - self.first).get_days());
        let minutes = (days * 24 + i64::from(at.hour())) * 60 + i64::from(at.minute());
        let all = self.weeks * MINUTES_IN_WEEK;
        let room = i64::try_from(WIDTH - LEFT - RIGHT).unwrap_or(0);
        LEFT + usize::try_from(minutes.clamp(0, all) * room / all.max(1)).unwrap_or(0)
    }

    /// The stretch of a time, as far as it is shown; nothing if none of it is.
    pub fn stretch(&self, from: DateTime, until: DateTime) -> Option<Stretch> {
        let is_shown = until >= midnight(self.first) && from < midnight(self.end());
        let x = self.place(from);
        is_shown.then(|| Stretch { x, width: self.place(until.max(from)) - x })
    }

    fn day(&self, number: i64) -> Date {
        self.first.checked_add(Span::new().days(number)).unwrap_or(Date::MAX)
    }

    fn days(&self) -> impl Iterator<Item = Date> {
        (0..self.weeks * 7).map(|number| self.day(number))
    }
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(Span::new().days(since)).unwrap_or(Date::MIN)
}

fn midnight(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

/// The first minute after a day.
fn end_of(day: Date) -> DateTime {
    midnight(day.checked_add(1.day()).unwrap_or(Date::MAX))
}

/// Days on which nobody works, neighbours in one stretch. Without settings the week has five days.
pub fn days_off(scale: &Scale, workdays: Option<&Workdays>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for day in scale.days().filter(|day| is_off(*day, workdays)) {
        let Some(stretch) = scale.stretch(midnight(day), end_of(day)) else { continue };
        match stretches.last_mut() {
            Some(before) if before.x + before.width == stretch.x => before.width += stretch.width,
            _ => stretches.push(stretch),
        }
    }
    stretches
}

fn is_off(day: Date, workdays: Option<&Workdays>) -> bool {
    const FIVE_DAYS: &[Weekday] =
        &[Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let (days, holidays) =
        workdays.map_or((&[][..], &[][..]), |workdays| (&workdays.days, &workdays.holidays));
    let days = if days.is_empty() { FIVE_DAYS } else { days };
    let weekday = Weekday::ALL.get(usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0));
    weekday.is_none_or(|weekday| !days.contains(weekday)) || holidays.contains(&day)
}

/// What stands on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The time of testing.
    Test,
    /// An event of a release.
    Event(ScheduleEvent),
    /// Where the install stood before it moved.
    Was,
    /// The last day to announce a cloning.
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

/// Something on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What.
    pub shape: Shape,
    /// Where.
    pub stretch: Stretch,
    /// When it begins.
    pub from: DateTime,
    /// When it ends.
    pub until: Option<DateTime>,
    /// Whether the times of the day are known.
    pub has_time: bool,
}

/// The line of a release or an environment, of trainings, reports or reviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which.
    pub subject: Subject,
    /// What is on it.
    pub items: Vec<Item>,
}

/// The lines with something to show: releases by their first event, environments by theirs, then trainings,
/// reports with times of their own and reviews, each on one line.
pub fn lines(site: &Site, events: &[Event], scale: &Scale) -> Vec<Line> {
    let shown: Vec<&Event> = events.iter().filter(|event| !event.cancelled).collect();
    let mut subjects: Vec<Subject> = Vec::new();
    for subject in shown.iter().filter_map(|event| subject_of(event)) {
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    subjects.sort_by_key(place_of);
    subjects
        .into_iter()
        .map(|subject| Line { items: items(site, &shown, scale, &subject), subject })
        .filter(|line| !line.items.is_empty())
        .collect()
}

/// On whose line an event stands.
fn subject_of(event: &Event) -> Option<Subject> {
    match (&event.subject, event.kind) {
        (Subject::Release(id), _) => Some(Subject::Release(id.clone())),
        (Subject::Cloning(environment, _), _) => Some(Subject::Environment(environment.clone())),
        (_, EventKind::Training) => Some(Subject::List(List::Training)),
        (_, EventKind::Report) => Some(Subject::List(List::Reports)),
        (_, EventKind::Review) => Some(Subject::List(List::Review)),
        _ => None,
    }
}

/// Where a line stands among the others.
fn place_of(subject: &Subject) -> u8 {
    match subject {
        Subject::Release(_) => 0,
        Subject::Environment(_) => 1,
        Subject::List(List::Training) => 2,
        Subject::List(List::Reports) => 3,
        _ => 4,
    }
}

fn items(site: &Site, events: &[&Event], scale: &Scale, subject: &Subject) -> Vec<Item> {
    let is_own = |event: &&&Event| subject_of(event).as_ref() == Some(subject);
    let own: Vec<&Event> = events.iter().filter(is_own).copied().collect();
    let mut items: Vec<Item> = test_window(&own, scale).into_iter().collect();
    if let Subject::Release(id) = subject {
        items.extend(former_installs(site, id, scale));
    }
    items.extend(own.iter().filter_map(|event| item(event, scale)));
    // Guides are reviewed in batches: one mark a day says as much.
    items.dedup_by(|a, b| a.shape == Shape::Review && b.shape == Shape::Review && a.from == b.from);
    items
}

/// From the beginning of testing to its end; a day without a time lasts until its end.
fn test_window(events: &[&Event], scale: &Scale) -> Option<Item> {
    let of = |wanted| events.iter().find(|event| event.kind == EventKind::Release(wanted));
    let (start, end) = (of(ScheduleEvent::TestStart)?, of(ScheduleEvent::TestDeadline)?);
    let until = if end.has_time { end.from } else { end_of(end.day()) };
    let stretch = scale.stretch(start.from, until)?;
    let has_time = start.has_time && end.has_time;
    Some(Item { shape: Shape::Test, stretch, from: start.from, until: Some(end.from), has_time })
}

fn former_installs(site: &Site, release: &str, scale: &Scale) -> Vec<Item> {
    let changes = site.releases.get(release).map_or(&[][..], |release| &release.schedule_changes);
    changes
        .iter()
        .filter(|change| change.event.value == ScheduleEvent::Install)
        .filter_map(|change| {
            let from = change.was.civil(&site.zone);
            let stretch = scale.stretch(from, from)?;
            Some(Item { shape: Shape::Was, stretch, from, until: None, has_time: change.was.has_time() })
        })
        .collect()
}

fn item(event: &Event, scale: &Scale) -> Option<Item> {
    let shape = shape_of(event.kind)?;
    let until = event.until.unwrap_or(event.from);
    let stretch = scale.stretch(event.from, until)?;
    Some(Item { shape, stretch, from: event.from, until: event.until, has_time: event.has_time })
}

/// How an event is drawn; nothing for the beginning and the end of testing: the time between is drawn instead.
fn shape_of(kind: EventKind) -> Option<Shape> {
    match kind {
        EventKind::Release(ScheduleEvent::TestStart | ScheduleEvent::TestDeadline) => None,
        EventKind::Release(kind) => Some(Shape::Event(kind)),
        EventKind::Announce => Some(Shape::Announce),
        EventKind::Cloning => Some(Shape::Cloning),
        EventKind::FollowUp => Some(Shape::FollowUp),
        EventKind::Training => Some(Shape::Training),
        EventKind::Report => Some(Shape::Report),
        EventKind::Review => Some(Shape::Review),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::events;
    use super::*;
    use crate::parse::sample::tree;

    const FRIDAY: Date = date(2026, 10, 16);

    fn event(from: DateTime, until: Option<DateTime>) -> Event {
        Event {
            kind: EventKind::Cloning,
            subject: Subject::Cloning("uat".to_owned(), "2026-11".to_owned()),
            part: String::new(),
            task: None,
            place: None,
            product: None,
            from,
            until,
            instants: (None, None),
            has_time: true,
            tentative: false,
            cancelled: false,
            changes: Vec::new(),
            set: None,
        }
    }

    #[test]
    fn weeks_begin_with_the_one_before() {
        let scale = Scale::around(FRIDAY, &[]);
        assert_eq!(scale.first(), date(2026, 10, 5));
        assert_eq!(scale.end(), date(2026, 11, 9), "five weeks, even if nothing happens");
        let places: Vec<usize> = scale.weeks().map(|(_, place)| place).collect();
        assert_eq!(places, [176, 380, 584, 788, 992]);
    }

    #[test]
    fn weeks_end_with_the_last_event_but_nine_are_enough() {
        let until = |day: Date| Scale::around(FRIDAY, &[event(day.at(9, 0, 0, 0), None)]).end();
        assert_eq!(until(date(2026, 11, 24)), date(2026, 11, 30));
        assert_eq!(until(date(2027, 6, 1)), date(2026, 12, 7));
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let scale = Scale::around(FRIDAY, &[]);
        let at = |month, day| date(2026, month, day).at(0, 0, 0, 0);
        assert_eq!(scale.stretch(at(9, 1), at(9, 30)), None);
        assert_eq!(scale.stretch(at(11, 9), at(11, 12)), None);
        assert_eq!(scale.stretch(at(9, 1), at(10, 12)), Some(Stretch { x: 176, width: 204 }));
        assert_eq!(scale.stretch(at(11, 2), at(12, 24)), Some(Stretch { x: 992, width: 204 }));
    }

    #[test]
    fn neighbouring_days_off_are_one_stretch() {
        let workdays = Workdays { days: Vec::new(), holidays: vec![date(2026, 10, 9)] };
        let off = days_off(&Scale::around(FRIDAY, &[]), Some(&workdays));
        assert_eq!(off.len(), 5, "five weekends");
        assert_eq!((off[0].x, off[1].x), (292, 525), "the holiday is the Friday before the first weekend");
        assert!(off[0].width > off[1].width);
        assert_eq!(off[0].x + off[0].width, 380);
    }

    #[test]
    fn everything_that_comes_stands_on_a_line() {
        let site = tree(&[
            (
                "releases/r.yaml",
                "product: a\ncontents: []\nschedule: {freeze: 2026-10-07, test_start: 2026-10-12, test_deadline: 2026-10-15, \
                 install: 2026-10-20}\nschedule_changes: [{at: 2026-10-08, event: install, was: 2026-10-19}]\n",
            ),
            (
                "releases/off.yaml",
                "product: a\nstatus: cancelled\ncontents: []\nschedule: {install: 2026-10-20}\n",
            ),
            (
                "environments/uat.yaml",
                "kind: test\nclonings: [{id: c, from: 2026-11-06T18:00, until: 2026-11-07, announce_by: 2026-10-30, \
                 follow_ups: [{task: Mail, due: 2026-11-08}]}]\n",
            ),
            ("training/t.md", "---\nsessions: [{at: 2026-10-21T10:00}, {at: 2027-10-21T10:00}]\n---\n# T\n"),
            ("reports/p.md", "---\ntype: progress\ndue: 2026-10-14T12:00\n---\n# P\n"),
            ("guides/g.md", "---\nreviewed: 2025-10-28\n---\n# G\n"),
            ("guides/h.md", "---\nreviewed: 2025-10-28\n---\n# H\n"),
        ]);
        let events = events(&site);
        let found: Vec<(Subject, Vec<Shape>)> = lines(&site, &events, &Scale::around(FRIDAY, &events))
            .into_iter()
            .map(|line| (line.subject, line.items.iter().map(|item| item.shape).collect()))
            .collect();
        let wanted = [
            (
                Subject::Release("r".to_owned()),
                vec![
                    Shape::Test,
                    Shape::Was,
                    Shape::Event(ScheduleEvent::Freeze),
                    Shape::Event(ScheduleEvent::Install),
                ],
            ),
            (Subject::Environment("uat".to_owned()), vec![Shape::Announce, Shape::Cloning, Shape::FollowUp]),
            (Subject::List(List::Training), vec![Shape::Training]),
            (Subject::List(List::Reports), vec![Shape::Report]),
            (Subject::List(List::Review), vec![Shape::Review]),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_monday_is_its_own() {
        assert_eq!(monday(date(2026, 10, 12)), date(2026, 10, 12));
        assert_eq!(monday(date(2026, 10, 18)), date(2026, 10, 12));
    }
}
