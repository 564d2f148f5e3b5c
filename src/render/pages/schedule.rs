//! The schedule.

use jiff::Span;
use jiff::civil::Date;

use super::super::blocks::{
    Bit, Block, Cell, Line, Row, Section, Table, Timeline, TimelineLabel, TimelineLine, TimelineOff,
    TimelineShape, TimelineWeek, join, text,
};
use super::super::frame::zone;
use super::super::names::View;
use super::events::{self, raised};
use super::labels::column;
use super::{Sheet, list_head};
use crate::derive::routes::{List, Subject};
use crate::derive::schedule::{self, Event, EventKind};
use crate::derive::timeline::{self, Item, Scale, Shape};
use crate::model::records::Record;
use crate::model::release::{Release, ScheduleChange};

/// How long past events are kept in the agenda; older ones stand on the pages of their releases.
const PAST_DAYS: i64 = 366;

/// The timeline and the months.
pub fn sheet(view: &View<'_>) -> Sheet {
    let head = list_head(view, List::Schedule, "schedule.lead");
    let events = &view.portal.events;
    if events.is_empty() {
        let empty = Block::Empty { text: view.say("schedule.empty") };
        return Sheet::new("schedule.html", head, vec![Section::new("empty", "", vec![empty])]);
    }
    let scale = Scale::around(view.portal.as_of, events);
    let mut sections: Vec<Section> = timeline_section(view, events, &scale).into_iter().collect();
    sections.extend(moved(view, scale.first()));
    sections.push(agenda(view, events));
    sections.extend(past(view, events));
    Sheet::new("schedule.html", head, sections)
}

fn timeline_section(view: &View<'_>, events: &[Event], scale: &Scale) -> Option<Section> {
    let lines = timeline::lines(&view.portal.site, events, scale);
    (!lines.is_empty()).then(|| {
        let drawing = Block::Timeline(drawing(view, &lines, scale));
        Section::new("timeline", view.say("schedule.timeline"), vec![drawing])
    })
}

/// The height of a line, and of the weeks' names above all lines.
const LINE_HEIGHT: usize = 54;
const HEAD_HEIGHT: usize = 42;

fn drawing(view: &View<'_>, lines: &[timeline::Line], scale: &Scale) -> Timeline {
    let words = view.words();
    let week = |(monday, x): (Date, usize)| TimelineWeek {
        x,
        name: view.fill("time.week", &[("n", &monday.iso_week_date().week().to_string())]),
        day: words.day_month(monday),
    };
    let off = timeline::days_off(scale, view.portal.site.portal.workdays.as_ref());
    let noon = view.portal.as_of.at(12, 0, 0, 0);
    Timeline {
        label: view.say("schedule.timeline"),
        width: timeline::WIDTH,
        height: HEAD_HEIGHT + LINE_HEIGHT * lines.len() + 4,
        weeks: scale.weeks().map(week).collect(),
        off: off.into_iter().map(|off| TimelineOff { x: off.x, width: off.width }).collect(),
        today: scale.place(noon),
        lines: lines
            .iter()
            .enumerate()
            .map(|(at, line)| timeline_line(view, line, HEAD_HEIGHT + LINE_HEIGHT * at))
            .collect(),
    }
}

fn timeline_line(view: &View<'_>, line: &timeline::Line, y: usize) -> TimelineLine {
    let site = &view.portal.site;
    let (title, about) = match &line.subject {
        Subject::Release(id) => {
            let product = site.releases.get(id).map(|release| view.product(release.product.id()));
            (id.clone(), product.unwrap_or_default())
        }
        subject => (view.name(subject), view.say("kind.environment")),
    };
    TimelineLine {
        title: shortened(&title),
        text: about,
        href: view.href(&line.subject),
        y,
        shapes: line.items.iter().map(|item| shape(view, item)).collect(),
        labels: labels(view, &line.items),
    }
}

/// A name that ends before the weeks begin.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 22;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST - 1).collect();
    format!("{}…", cut.trim_end())
}

fn shape(view: &View<'_>, item: &Item) -> TimelineShape {
    let (is, name) = match item.shape {
        Shape::Test => ("test", view.say("schedule.test_window")),
        Shape::Event(event) => (event.word(), view.say(&format!("event.{}", event.word()))),
        Shape::Was => ("was", view.say("schedule.former")),
        Shape::Cloning => ("cloning", view.say("event.cloning")),
    };
    let title = view.fill("value.label", &[("label", &name), ("value", &span_of(view, item))]);
    TimelineShape { is, x: item.stretch.x, width: item.stretch.width.max(3), title }
}

fn span_of(view: &View<'_>, item: &Item) -> String {
    let words = view.words();
    match (item.until, item.has_time) {
        (Some(until), true) => words.date_time_range(item.from, until),
        (Some(until), false) => words.date_range(item.from.date(), until.date()),
        (None, true) => words.date_time(item.from),
        (None, false) => words.date(item.from.date()),
    }
}

/// Days below the shapes: the most wanted first, and none over another.
fn labels(view: &View<'_>, items: &[Item]) -> Vec<TimelineLabel> {
    let mut wanted: Vec<(u8, &Item)> =
        items.iter().filter_map(|item| Some((rank(item.shape)?, item))).collect();
    wanted.sort_by_key(|(rank, item)| (*rank, item.stretch.x));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut labels = Vec::new();
    for (_, item) in wanted {
        let text = view.words().day_month(item.from.date());
        let width = text.chars().count() * UNITS_PER_LETTER;
        let x = item.stretch.x.min(timeline::WIDTH.saturating_sub(width));
        if taken.iter().all(|(from, until)| x >= *until || x + width <= *from) {
            taken.push((x, x + width));
            labels.push(TimelineLabel { x, text });
        }
    }
    labels.sort_by_key(|label| label.x);
    labels
}

/// A letter of the drawing is about as wide as this, air included.
const UNITS_PER_LETTER: usize = 8;

fn rank(shape: Shape) -> Option<u8> {
    use crate::model::release::ScheduleEvent::{
        Decision, Freeze, Install, ReportDue, TestDeadline, TestStart,
    };
    match shape {
        Shape::Event(Install) | Shape::Cloning => Some(0),
        Shape::Test => Some(1),
        Shape::Event(Freeze) => Some(2),
        Shape::Event(Decision) => Some(3),
        Shape::Event(ReportDue) => Some(4),
        Shape::Event(TestStart | TestDeadline) | Shape::Was => None,
    }
}

/// A move of a date: to what it was moved is what the next move says it was, else what it is.
struct Move<'a> {
    release: &'a Record<Release>,
    change: &'a ScheduleChange,
    now: Line,
}

/// What moved in releases that are not over: when it was told, the latest first.
fn moved(view: &View<'_>, since: Date) -> Option<Section> {
    let zone = &view.portal.site.zone;
    let is_current = |release: &&Record<Release>| {
        let own = Subject::Release(release.id.clone());
        view.portal.events.iter().any(|event| event.subject == own && event.last_day() >= since)
    };
    let releases = view.portal.site.releases.iter().filter(is_current);
    let mut moves: Vec<Move<'_>> = releases.flat_map(|release| moves_of(view, release)).collect();
    moves.sort_by_key(|one| std::cmp::Reverse(one.change.at.civil(zone)));
    if moves.is_empty() {
        return None;
    }
    let table = Table {
        label: view.say("schedule.moved"),
        columns: vec![
            column(view, "field.event"),
            column(view, "field.was"),
            column(view, "schedule.now"),
            column(view, "field.reason"),
            column(view, "schedule.told"),
        ],
        rows: moves.into_iter().map(|one| moved_row(view, one)).collect(),
        sort: false,
    };
    Some(Section::new("moved", view.say("schedule.moved"), vec![Block::Table(table)]))
}

fn moves_of<'a>(view: &View<'_>, release: &'a Record<Release>) -> Vec<Move<'a>> {
    let changes = &release.schedule_changes;
    changes.iter().map(|change| Move { release, change, now: moved_to(view, release, change) }).collect()
}

/// The date after a move.
fn moved_to(view: &View<'_>, release: &Record<Release>, change: &ScheduleChange) -> Line {
    let site = &view.portal.site;
    let told = |change: &ScheduleChange| change.at.civil(&site.zone);
    let of_same_event = |other: &&ScheduleChange| other.event.value == change.event.value;
    let later =
        release.schedule_changes.iter().filter(of_same_event).filter(|other| told(other) > told(change));
    if let Some(next) = later.min_by_key(|other| told(other)) {
        return view.moment(&next.was);
    }
    let present = schedule::of_release(site, release)
        .into_iter()
        .find(|event| event.kind == EventKind::Release(change.event.value));
    present.map_or_else(
        || view.unknown(),
        |event| if event.has_time { view.time(event.from) } else { view.day(event.day()) },
    )
}

fn moved_row(view: &View<'_>, one: Move<'_>) -> Vec<Cell> {
    let release = view.link_as(&Subject::Release(one.release.id.clone()), &one.release.id);
    let event = view.say(&format!("event.{}", one.change.event.value.word()));
    vec![
        Cell::from(join([release, text(event)], " ")),
        view.moment(&one.change.was).into(),
        one.now.into(),
        view.line(one.change.reason.as_ref()).into(),
        view.moment(&one.change.at).into(),
    ]
}

/// What is under way and what comes, month by month, with days off.
fn agenda(view: &View<'_>, events: &[Event]) -> Section {
    let as_of = view.portal.as_of;
    let coming: Vec<&Event> = events.iter().filter(|event| event.last_day() >= as_of).collect();
    let last = coming.iter().map(|event| event.last_day()).max();
    let mut rows: Vec<(Date, Row)> =
        coming.iter().map(|event| (event.day().max(as_of), events::row(view, event))).collect();
    let until = last.map_or(as_of, Date::last_of_month);
    rows.extend(holidays(view, as_of, until));
    rows.sort_by_key(|(day, _)| *day);
    let blocks = if rows.is_empty() {
        vec![Block::Empty { text: view.say("home.milestones_empty") }]
    } else {
        months(view, rows)
    };
    Section::new("agenda", view.say("schedule.agenda"), blocks).aside(text(zone(view)))
}

fn holidays(view: &View<'_>, from: Date, until: Date) -> Vec<(Date, Row)> {
    let days = view.portal.site.portal.workdays.as_ref().map_or(&[][..], |workdays| &workdays.holidays);
    days.iter()
        .filter(|day| (from..=until).contains(day))
        .map(|day| {
            let when = vec![Bit::Time { text: view.words().weekday_day(*day), datetime: day.to_string() }];
            let what = text(view.say("schedule.holiday"));
            (*day, Row { when, what, class: "past", icon: Some("calendar"), ..Row::default() })
        })
        .collect()
}

/// Rows in order, under a heading for each month.
fn months(view: &View<'_>, rows: Vec<(Date, Row)>) -> Vec<Block> {
    let mut months: Vec<(Date, Vec<Row>)> = Vec::new();
    for (day, row) in rows {
        let month = day.first_of_month();
        match months.last_mut() {
            Some((last, rows)) if *last == month => rows.push(row),
            _ => months.push((month, vec![row])),
        }
    }
    months
        .into_iter()
        .flat_map(|(month, rows)| {
            let heading = Block::Heading { text: raised(&view.words().year_month(month)) };
            [heading, Block::Rows { ordered: true, rows }]
        })
        .collect()
}

/// What is over, the latest first.
fn past(view: &View<'_>, events: &[Event]) -> Option<Section> {
    let as_of = view.portal.as_of;
    let since = as_of.checked_sub(Span::new().days(PAST_DAYS)).unwrap_or(Date::MIN);
    let over = events.iter().rev().filter(|event| event.last_day() < as_of && event.last_day() >= since);
    let rows: Vec<Row> = over.map(|event| past_row(view, event)).collect();
    (!rows.is_empty()).then(|| {
        let section =
            Section::new("past", view.say("schedule.past"), vec![Block::Rows { ordered: true, rows }]);
        section.aside(text(view.say("schedule.past_year")))
    })
}

/// A past event with its year: the months are no longer told.
fn past_row(view: &View<'_>, event: &Event) -> Row {
    Row { when: view.day(event.day()), class: "", ..events::row(view, event) }
}
