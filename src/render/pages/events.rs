//! Events as rows of a timetable, on the home page, in the schedule and inside Markdown.

use jiff::civil::{Date, DateTime};

use super::super::blocks::{Bit, Line, Row, join, text, with_small};
use super::super::names::View;
use super::releases;
use crate::derive::routes::Subject;
use crate::derive::schedule::{Event, EventKind};
use crate::model::release::ScheduleEvent;

/// An event in a timetable: when, what, of which product, and what is to be known about it.
pub fn row(view: &View<'_>, event: &Event) -> Row {
    let mut aside = event.product.as_ref().map_or_else(Line::new, |product| text(view.product(product)));
    aside.extend(badges(view, event));
    Row {
        when: when(view, event.from, event.until, event.has_time),
        what: with_small(what(view, event), details(view, event)),
        aside,
        class: class(event, view.portal.as_of),
        icon: Some(icon(event.kind)),
    }
}

/// "Install: 2026.10", the name linked.
pub fn what(view: &View<'_>, event: &Event) -> Line {
    let name = match &event.subject {
        Subject::Release(id) => id.clone(),
        Subject::Cloning(environment, _) => view.name(&Subject::Environment(environment.clone())),
        subject => view.name(subject),
    };
    let kind = view.say(&format!("event.{}", event.kind.word()));
    join([text(kind), view.link_as(&event.subject, &name)], ": ")
}

/// The day, and in less weight the time of the day and the end.
pub fn when(view: &View<'_>, from: DateTime, until: Option<DateTime>, has_time: bool) -> Line {
    let words = view.words();
    let datetime =
        if has_time { from.strftime("%Y-%m-%dT%H:%M").to_string() } else { from.date().to_string() };
    let day = vec![Bit::Time { text: words.weekday_day(from.date()), datetime }];
    let clock = match until {
        Some(until) if has_time && until.date() == from.date() => words.time_range(from.time(), until.time()),
        _ if has_time => words.time(from.time()),
        _ => return day,
    };
    with_small(day, text(clock))
}

/// How long it lasts, where that is longer than a day; what it was before it moved.
fn details(view: &View<'_>, event: &Event) -> Line {
    let words = view.words();
    let end = event.until.filter(|until| until.date() != event.day()).map(|until| {
        let date = if event.has_time { words.day_month_time(until) } else { words.day_month(until.date()) };
        text(view.fill("schedule.until", &[("date", &date)]))
    });
    let moves = match (&event.subject, event.kind) {
        (Subject::Release(id), EventKind::Release(kind)) if event.moves > 0 => {
            view.portal.site.releases.get(id).map(|release| releases::moves(view, release, kind))
        }
        _ => None,
    };
    join(end.into_iter().chain(moves), "; ")
}

/// What is to be known about a date: it may still change, it was moved, it will not come.
pub fn badges(view: &View<'_>, event: &Event) -> Line {
    let badge = |key: &str, class| Bit::Badge { text: view.say(key), class };
    let mut badges = Line::new();
    if event.cancelled {
        badges.push(badge("time.cancelled", "is-skipped"));
    }
    if event.tentative {
        badges.push(badge("schedule.tentative", ""));
    }
    if event.moves > 0 {
        badges.push(badge("schedule.moved_badge", "is-limited"));
    }
    badges
}

/// Whether it is over, under way or still to come.
fn class(event: &Event, as_of: Date) -> &'static str {
    if event.last_day() < as_of {
        "past"
    } else if event.day() <= as_of {
        "today"
    } else {
        ""
    }
}

/// The icon of a kind of event.
pub fn icon(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Release(ScheduleEvent::Freeze) => "lock",
        EventKind::Release(ScheduleEvent::TestStart) => "list",
        EventKind::Release(ScheduleEvent::TestDeadline) => "flag",
        EventKind::Release(ScheduleEvent::ReportDue) => "file-text",
        EventKind::Release(ScheduleEvent::Decision) => "scale",
        EventKind::Release(ScheduleEvent::Install) => "rocket",
        EventKind::Announce => "message",
        EventKind::Cloning => "server",
        EventKind::Training => "graduation",
    }
}

/// Words that begin a line, with a capital letter: languages write days and months in lower case.
pub fn raised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
