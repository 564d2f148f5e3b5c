//! The schedule.

use std::cmp::Reverse;

use jiff::Span;
use jiff::civil::Date;

use super::super::atom::Feed;
use super::super::blocks::{
    Action, Bit, Block, Cell, Head, Line, Row, Section, Table, Timeline, TimelineKey, TimelineLabel,
    TimelineLine, TimelineOff, TimelineShape, TimelineWeek, join, link, text, with_small,
};
use super::super::calendar::Scope;
use super::super::frame::zone;
use super::super::names::View;
use super::events::{self, raised};
use super::labels::column;
use super::{Sheet, list_head, releases};
use crate::derive::page::routes::{List, Subject};
use crate::derive::schedule::slip;
use crate::derive::schedule::timeline::{self, Item, Scale, Shape};
use crate::derive::schedule::{self, Change, Event, EventKind};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseType, ScheduleEvent};
use crate::record::time::Moment;
use crate::words::Spoken;

/// How long past events are kept in the agenda; older ones stand on the pages of their releases.
const PAST_DAYS: i64 = 366;

/// The timeline and the months.
pub fn sheet(view: &View<'_>) -> Sheet {
    let to_calendars = Action {
        icon: "calendar",
        text: view.say("schedule.subscribe"),
        href: format!("#{SUBSCRIBE}"),
        primary: false,
    };
    let head = Head { actions: vec![to_calendars], ..list_head(view, List::Schedule, "schedule.lead") };
    let events = &view.portal.events;
    if events.is_empty() {
        let empty = Block::Empty { text: view.say("schedule.empty") };
        return Sheet::new("schedule.html", head, vec![Section::new("empty", "", vec![empty])]);
    }
    let scale = Scale::around(view.portal.as_of, events);
    let mut sections: Vec<Section> = timeline_section(view, events, &scale).into_iter().collect();
    sections.extend(moved(view, scale.first()));
    sections.extend(products(view));
    sections.push(agenda(view, events));
    sections.push(subscribe(view));
    sections.extend(past(view, events));
    Sheet::new("schedule.html", head, sections)
}

fn timeline_section(view: &View<'_>, events: &[Event], scale: &Scale) -> Option<Section> {
    let mut lines = timeline::lines(&view.portal.site, events, scale);
    lines.retain(|line| view.portal.routes.has(&line.subject));
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
        keys: keys(view, lines),
    }
}

fn timeline_line(view: &View<'_>, line: &timeline::Line, y: usize) -> TimelineLine {
    let site = &view.portal.site;
    let (title, about) = match &line.subject {
        Subject::Release(id) => {
            let product = site.releases.get(id).map(|release| view.product(release.product.id()));
            (id.into(), product.unwrap_or_default())
        }
        Subject::Environment(_) => (view.name(&line.subject), view.said("kind.environment")),
        subject => (view.name(subject), Spoken::default()),
    };
    TimelineLine {
        title: shortened(title, 22),
        text: shortened(about, 28),
        href: view.href(&line.subject),
        y,
        shapes: line.items.iter().map(|item| shape(view, item)).collect(),
        labels: labels(view, &line.items),
    }
}

/// A name of at most `longest` letters, so that it ends before the weeks begin.
fn shortened(name: Spoken, longest: usize) -> Spoken {
    if name.chars().count() <= longest {
        return name;
    }
    let bytes: usize = name.chars().take(longest - 1).map(char::len_utf8).sum();
    name.first(bytes).and("…")
}

/// How a shape is drawn, and what it is called.
fn sign(view: &View<'_>, shape: Shape) -> (&'static str, String) {
    let kind = match shape {
        Shape::Test => return ("test", view.say("schedule.test_window")),
        Shape::Was => return ("was", view.say("schedule.former")),
        Shape::Event(event) => EventKind::Release(event),
        Shape::Announce => EventKind::Announce,
        Shape::Cloning => EventKind::Cloning,
        Shape::FollowUp => EventKind::FollowUp,
        Shape::Training => EventKind::Training,
        Shape::Report => EventKind::Report,
        Shape::Review => EventKind::Review,
    };
    (kind.word(), events::kind_name(view, kind))
}

/// What the shapes on these lines mean, in a fixed order, each once.
fn keys(view: &View<'_>, lines: &[timeline::Line]) -> Vec<TimelineKey> {
    const ORDER: [Shape; 12] = [
        Shape::Test,
        Shape::Event(ScheduleEvent::Freeze),
        Shape::Event(ScheduleEvent::ReportDue),
        Shape::Report,
        Shape::Event(ScheduleEvent::Decision),
        Shape::Event(ScheduleEvent::Install),
        Shape::Was,
        Shape::Announce,
        Shape::Cloning,
        Shape::FollowUp,
        Shape::Training,
        Shape::Review,
    ];
    let is_drawn =
        |shape: &Shape| lines.iter().any(|line| line.items.iter().any(|item| item.shape == *shape));
    let mut keys: Vec<TimelineKey> = ORDER
        .into_iter()
        .filter(is_drawn)
        .map(|shape| sign(view, shape))
        .map(|(is, name)| TimelineKey { is, name })
        .collect();
    // To a reader a report that is due is one thing, whoever set the time.
    keys.dedup();
    keys
}

fn shape(view: &View<'_>, item: &Item) -> TimelineShape {
    let (is, name) = sign(view, item.shape);
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
        Shape::Test | Shape::Announce | Shape::Training | Shape::Report | Shape::Review => Some(1),
        Shape::Event(Freeze) => Some(2),
        Shape::Event(Decision) => Some(3),
        Shape::Event(ReportDue) => Some(4),
        Shape::FollowUp => Some(5),
        Shape::Event(TestStart | TestDeadline) | Shape::Was => None,
    }
}

/// What moved of what is not over: when it was told, the latest first.
fn moved(view: &View<'_>, since: Date) -> Option<Section> {
    let current = view.portal.events.iter().filter(|event| is_current(view, event, since));
    let mut moves: Vec<(&Event, usize, &Change)> = current
        .flat_map(|event| {
            event.changes.iter().enumerate().map(move |(number, change)| (event, number, change))
        })
        .collect();
    moves.sort_by_key(|(_, _, change)| Reverse(change.at));
    if moves.is_empty() {
        return None;
    }
    let columns =
        ["field.event", "field.was", "schedule.now", "schedule.by", "field.reason", "schedule.told"];
    let table = Table {
        label: view.say("schedule.moved"),
        columns: columns.iter().map(|key| column(view, key)).collect(),
        rows: moves
            .into_iter()
            .map(|(event, number, change)| moved_row(view, event, number, change))
            .collect(),
        sort: false,
    };
    Some(Section::new("moved", view.say("schedule.moved"), vec![Block::Table(table)]))
}

/// Whether anything of what an event happens to is still to come, or was lately.
fn is_current(view: &View<'_>, event: &Event, since: Date) -> bool {
    view.portal.events.iter().any(|other| other.subject == event.subject && other.last_day() >= since)
}

fn moved_row(view: &View<'_>, event: &Event, number: usize, change: &Change) -> Vec<Cell> {
    let now = event.moved_to(number);
    vec![
        Cell::from(events::what(view, event)),
        view.moment(&change.was).into(),
        view.moment(&now).into(),
        text(by(view, &change.was, &now)).into(),
        view.line(change.reason.as_ref()).into(),
        view.time(change.at).into(),
    ]
}

/// By how much something moved: in workdays, or that it stays within the same working day.
fn by(view: &View<'_>, was: &Moment, now: &Moment) -> String {
    let site = &view.portal.site;
    let moved = slip::workdays(site, was.date(&site.zone), now.date(&site.zone));
    let count = usize::try_from(moved.unsigned_abs()).unwrap_or(usize::MAX);
    match moved {
        0 => view.say("schedule.same_day"),
        1.. => view.words().count("schedule.later", count),
        _ => view.words().count("schedule.earlier", count),
    }
}

/// The releases that are not over, product by product: planned ones and hot-fixes, with every event.
fn products(view: &View<'_>) -> Option<Section> {
    let releases = view.portal.site.releases.iter().filter(|release| !releases::is_over(release));
    let mut coming: Vec<(Spoken, &Record<Release>)> =
        releases.map(|release| (view.product(release.product.id()), release)).collect();
    coming.sort_by(|a, b| {
        let by_day = || releases::install_day(view, a.1).cmp(&releases::install_day(view, b.1));
        view.words().compare(&a.0, &b.0).then_with(by_day)
    });
    let title = view.say("schedule.products");
    let events = ScheduleEvent::ALL.iter().map(|event| column(view, &format!("event.{}", event.word())));
    let table = Table {
        label: title.clone(),
        columns: [column(view, "field.release"), column(view, "field.product")]
            .into_iter()
            .chain(events)
            .collect(),
        rows: coming.iter().map(|(product, release)| dates(view, product, release)).collect(),
        sort: false,
    };
    (!coming.is_empty()).then(|| Section::new("products", title, vec![Block::Table(table)]))
}

fn dates(view: &View<'_>, product: &Spoken, release: &Record<Release>) -> Vec<Cell> {
    let events = schedule::of_release(&view.portal.site, release);
    let mut name = view.link_as(&Subject::Release(release.id.clone()), &release.id);
    if release.r#type == Some(ReleaseType::Hotfix) {
        name.push(Bit::Text { text: " ".to_owned() });
        name.push(Bit::Badge { text: view.say("release_type.hotfix"), class: "" });
    }
    let date = |kind: &ScheduleEvent| {
        let own = events.iter().find(|event| event.kind == EventKind::Release(*kind));
        own.map_or_else(Line::new, |event| short(view, event))
    };
    [name, text(product)].into_iter().chain(ScheduleEvent::ALL.iter().map(date)).map(Cell::from).collect()
}

/// The date of an event, and by how much it moved since it was first told.
fn short(view: &View<'_>, event: &Event) -> Line {
    let date = if event.has_time { view.time(event.from) } else { view.day(event.day()) };
    let moved = event
        .changes
        .first()
        .map_or_else(Line::new, |first| text(by(view, &first.was, &event.moved_to(event.moves()))));
    let mut line = with_small(date, moved);
    if event.tentative {
        line.push(Bit::Badge { text: view.say("schedule.tentative"), class: "" });
    }
    line
}

/// Calendars and news to subscribe to.
fn subscribe(view: &View<'_>) -> Section {
    let scopes = Scope::all(view.portal);
    let listed = |key: &str, is_wanted: &dyn Fn(&Scope) -> bool| {
        let links: Vec<Line> = scopes
            .iter()
            .filter(|scope| is_wanted(scope))
            .filter_map(|scope| Some(link(scope.name(view), view.href_to(&scope.address(view)?))))
            .collect();
        (!links.is_empty()).then(|| choice(view, key, links))
    };
    let calendars = [
        listed("schedule.calendar", &|scope| *scope == Scope::All),
        listed("schedule.by_product", &|scope| matches!(scope, Scope::Product(_))),
        listed("schedule.by_team", &|scope| matches!(scope, Scope::Team(_))),
        listed("schedule.by_partner", &|scope| matches!(scope, Scope::Partner(_))),
        listed("schedule.by_kind", &|scope| matches!(scope, Scope::Kind(_))),
    ];
    let news = view.portal.base_url.as_ref().map(|_| {
        let address = |feed: Feed| view.href_to(&feed.address(view.portal, view.language));
        choice(view, "feed.news", Feed::ALL.map(|feed| link(feed.name(view), address(feed))).to_vec())
    });
    let rows = calendars.into_iter().flatten().chain(news).collect();
    let how = Block::Paragraphs { lines: vec![text(view.say("schedule.subscribe_how"))] };
    let blocks = vec![how, Block::Rows { ordered: false, rows }];
    Section::new(SUBSCRIBE, view.say("schedule.subscribe"), blocks)
}

/// What to choose from, under its label.
fn choice(view: &View<'_>, key: &str, links: Vec<Line>) -> Row {
    Row { when: text(view.say(key)), what: join(links, " · "), ..Row::default() }
}

/// The id of the section of calendars.
const SUBSCRIBE: &str = "subscribe";

/// What is under way and what comes, month by month, with days off.
fn agenda(view: &View<'_>, events: &[Event]) -> Section {
    let as_of = view.portal.as_of;
    let coming: Vec<&Event> = events.iter().filter(|event| event.last_day() >= as_of).collect();
    let last = coming.iter().map(|event| event.last_day()).max();
    let (reviews, others): (Vec<&Event>, Vec<&Event>) =
        coming.into_iter().partition(|event| event.kind == EventKind::Review);
    let mut rows: Vec<(Date, Row)> =
        others.iter().map(|event| (event.day().max(as_of), events::row(view, event))).collect();
    rows.extend(reviews.chunk_by(|a, b| a.day() == b.day()).filter_map(|day| review_row(view, day)));
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

/// The guides to be reviewed on a day: there may be many.
fn review_row(view: &View<'_>, day: &[&Event]) -> Option<(Date, Row)> {
    let first = *day.first()?;
    let guides = day.iter().map(|event| view.link_as(&events::page(view, event), view.name(&event.subject)));
    let what = join([text(events::kind_name(view, first.kind)), view.row(guides)], ": ");
    Some((first.day(), Row { what, ..events::row(view, first) }))
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
    // A review that is past was not made: it is late, as the list of reviews says.
    let over = events.iter().rev().filter(|event| {
        event.kind != EventKind::Review && event.last_day() < as_of && event.last_day() >= since
    });
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
