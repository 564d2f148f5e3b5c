//! Events as rows of a timetable, on the home page, in the schedule and inside Markdown.

use jiff::civil::{Date, DateTime};

use super::super::blocks::{Bit, Line, Row, join, link, text, whole, with_small};
use super::super::calendar;
use super::super::names::View;
use crate::derive::page::routes::Subject;
use crate::derive::schedule::{Event, EventKind};
use crate::model::release::ScheduleEvent;
use crate::words::Spoken;

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
        Subject::Release(id) => id.into(),
        Subject::Cloning(environment, _) => view.name(&Subject::Environment(environment.clone())),
        subject => view.name(subject),
    };
    join([text(kind_name(view, event.kind)), view.link_as(&page(view, event), name)], ": ")
}

/// What a kind of event is called.
pub fn kind_name(view: &View<'_>, kind: EventKind) -> String {
    view.say(&format!("event.{}", kind.word()))
}

/// The page on which an event stands: a folder's own text stands on the list of the folder.
pub fn page(view: &View<'_>, event: &Event) -> Subject {
    let Subject::Document(key) = &event.subject else { return event.subject.clone() };
    let source = view.portal.site.document(key).map(|document| document.main().path.as_str());
    source.and_then(|path| view.portal.routes.of_source(path)).unwrap_or(&event.subject).clone()
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

/// What is to be done and where; how long it lasts, where that is longer than a day; what it was before it
/// moved.
fn details(view: &View<'_>, event: &Event) -> Line {
    let words = view.words();
    let end = event.until.filter(|until| until.date() != event.day()).map(|until| {
        let date = if event.has_time { words.day_month_time(until) } else { words.day_month(until.date()) };
        text(view.fill("schedule.until", &[("date", &date)]))
    });
    let written = [&event.task, &event.place].into_iter().flatten().map(|words| text(view.read(words)));
    join(written.chain(end).chain((event.moves() > 0).then(|| moves(view, event))), "; ")
}

/// What an event was before it moved, and why it moved.
pub fn moves(view: &View<'_>, event: &Event) -> Line {
    let zone = &view.portal.site.zone;
    let moved = event.changes.iter().map(|change| {
        let at = change.was.civil(zone);
        let words = view.words();
        let shown =
            if change.was.has_time() { words.date_time_table(at) } else { words.date_table(at.date()) };
        let was = view.fill("schedule.was", &[("date", &shown)]);
        match &change.reason {
            Some(reason) => text(Spoken::from(format!("{was} (")).and(view.read(reason)).and(")")),
            None => text(was),
        }
    });
    whole(join(moved, "; "))
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
    if event.moves() > 0 {
        badges.push(badge("schedule.moved_badge", "is-limited"));
    }
    badges
}

/// The way to the event as a file for calendars; nothing for what will not come.
pub fn to_calendar(view: &View<'_>, event: &Event) -> Line {
    let address = calendar::address_of(view, event).filter(|_| !event.cancelled);
    address.map_or_else(Line::new, |address| link(view.say("time.add"), view.href_to(&address)))
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
        EventKind::Release(ScheduleEvent::TestStart) | EventKind::FollowUp => "list",
        EventKind::Release(ScheduleEvent::TestDeadline) => "flag",
        EventKind::Release(ScheduleEvent::ReportDue) | EventKind::Report => "file-text",
        EventKind::Release(ScheduleEvent::Decision) => "scale",
        EventKind::Release(ScheduleEvent::Install) => "rocket",
        EventKind::Announce => "message",
        EventKind::Cloning => "server",
        EventKind::Training => "graduation",
        EventKind::Review => "book",
    }
}

/// Words that begin a line, with a capital letter: languages write days and months in lower case.
pub fn raised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
