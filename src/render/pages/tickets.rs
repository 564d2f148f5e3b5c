//! Ticket snapshots: the list of weeks, and the tickets of one as they stand.

use std::cmp::Reverse;

use super::super::blocks::{
    Action, Bit, Block, Cell, Head, Line, Section, State, Table, status, text, whole, with_small,
};
use super::super::chart::{About, Course, Days, Lines, Mark, Series};
use super::super::names::View;
use super::labels::{column, figures};
use super::{Sheet, list_head, references, week};
use crate::derive::page::routes::{List, Subject};
use crate::derive::week::tickets::Week;
use crate::derive::week::weekly::{Group, History, IsoWeek, Weekly};
use crate::model::records::Record;
use crate::model::tickets::{Phase, Snapshot, Ticket};
use crate::record::reference::Ref;

/// Phases in the order in which they need attention; last the statuses that nobody explained.
pub const PHASES: [Option<Phase>; 4] = [Some(Phase::Testing), Some(Phase::Waiting), None, Some(Phase::Done)];

/// How many weeks a trend shows.
const MOST_WEEKS: usize = 26;

const OVERDUE: State = State::with_icon("overdue", "clock");

fn phase_word(phase: Option<Phase>) -> &'static str {
    match phase {
        Some(Phase::Testing) => "testing",
        Some(Phase::Waiting) => "waiting",
        Some(Phase::Done) => "done",
        None => "unknown",
    }
}

/// Whether a section of a snapshot with this id holds the tickets in a phase.
pub fn is_phase(id: &str) -> bool {
    PHASES.iter().any(|phase| phase_word(*phase) == id)
}

fn phase_state(phase: Option<Phase>) -> State {
    match phase {
        Some(Phase::Testing) => State::named("in_progress"),
        Some(Phase::Waiting) => State::named("blocked"),
        Some(Phase::Done) => State::named("passed"),
        None => State::named("unknown"),
    }
}

/// A phase in words.
pub fn phase_name(view: &View<'_>, phase: Option<Phase>) -> String {
    view.say(&format!("ticket_state.{}", phase_word(phase)))
}

fn week_of<'a>(view: &View<'a>, snapshot: &'a Snapshot) -> Week<'a> {
    Week::of(snapshot, &view.portal.site.portal, snapshot.as_of.date(&view.portal.site.zone))
}

/// The snapshots, the newest first.
fn newest_first<'a>(view: &View<'a>) -> Vec<&'a Record<Snapshot>> {
    let mut snapshots: Vec<&Record<Snapshot>> = view.portal.site.tickets.iter().collect();
    snapshots.sort_by_key(|snapshot| {
        Reverse((snapshot.as_of.civil(&view.portal.site.zone), snapshot.id.as_str()))
    });
    snapshots
}

/// All of them.
pub fn list(view: &View<'_>) -> Sheet {
    let head = list_head(view, List::Tickets, "weekly.lead");
    let snapshots = newest_first(view);
    let history = History::of(&view.portal.site);
    let mut sections: Vec<Section> = trend(view, &history).into_iter().collect();
    let block = if snapshots.is_empty() {
        Block::Empty { text: view.say("weekly.empty") }
    } else {
        let group = |group: Group| figures(view, &format!("snapshot.{}", group.word()));
        Block::Table(Table {
            label: view.say("weekly.title"),
            columns: vec![
                column(view, "field.week"),
                column(view, "field.as_of"),
                figures(view, "kinds.ticket"),
                figures(view, "time.overdue"),
                group(Group::NewlyOverdue),
                group(Group::Cleared),
                figures(view, "time.stalled"),
                group(Group::NewlyStalled),
                group(Group::MovedOn),
            ],
            rows: snapshots
                .iter()
                .map(|snapshot| snapshot_row(view, snapshot, history.weekly(&snapshot.id).as_ref()))
                .collect(),
            sort: true,
        })
    };
    sections.push(Section::new("weeks", view.say("weekly.all"), vec![block]));
    Sheet::new("tickets.html", head, sections)
}

fn snapshot_row(view: &View<'_>, snapshot: &Record<Snapshot>, weekly: Option<&Weekly<'_>>) -> Vec<Cell> {
    let as_of = snapshot.as_of.civil(&view.portal.site.zone);
    let name = view.words().week(as_of.date());
    let mut cells = vec![
        Cell::sorted(view.link_as(&Subject::Tickets(snapshot.id.clone()), &name), as_of),
        Cell::sorted(view.moment(&snapshot.as_of), as_of),
    ];
    let Some(weekly) = weekly else {
        cells.extend((0..7).map(|_| Cell::from(view.unknown())));
        return cells;
    };
    let number = |count: usize| Cell::sorted(text(view.words().number(count)), count);
    // Before the first snapshot nothing is known, so nothing is known to be new.
    let change = |group: Group| match weekly.before {
        Some(_) => number(weekly.of(group).len()),
        None => view.unknown().into(),
    };
    cells.extend([
        number(weekly.standings.len()),
        number(weekly.overdue()),
        change(Group::NewlyOverdue),
        change(Group::Cleared),
        number(weekly.stalled()),
        change(Group::NewlyStalled),
        change(Group::MovedOn),
    ]);
    cells
}

/// Both counts, week by week; nothing before there are two weeks.
fn trend(view: &View<'_>, history: &History<'_>) -> Option<Section> {
    let weeks = history.weeks();
    let last = weeks.len().saturating_sub(MOST_WEEKS);
    let weeks: Vec<(IsoWeek, Weekly<'_>)> = weeks
        .into_iter()
        .skip(last)
        .filter_map(|(week, snapshot)| Some((week, history.weekly(&snapshot.id)?)))
        .collect();
    let (_, latest) = weeks.last().filter(|_| weeks.len() > 1)?;
    let words = view.words();
    let course = |key: &str, line, fill, mark, values| Course {
        series: Series::line(view.say(key), line, fill, mark),
        values,
        from_nought: false,
    };
    let overdue = weeks.iter().map(|(_, weekly)| Some(weekly.overdue())).collect();
    let stalled = weeks.iter().map(|(_, weekly)| Some(weekly.stalled())).collect();
    let courses = [
        course("snapshot.overdue", "line-failed", "fill-failed", Mark::Disc, overdue),
        course("snapshot.stalled", "line-accent", "fill-accent", Mark::Square, stalled),
    ];
    let days = Days {
        names: weeks.iter().map(|(_, weekly)| words.day_month(weekly.day)).collect(),
        off: weeks.iter().map(|_| false).collect(),
    };
    let values = [
        ("week", words.week(latest.day)),
        ("overdue", words.number(latest.overdue())),
        ("stalled", words.number(latest.stalled())),
    ];
    let about = About {
        id: "p:weeks".to_owned(),
        title: view.say("weekly.trend"),
        text: view.fill("weekly.trend_text", &values.each_ref().map(|(name, value)| (*name, value.as_str()))),
    };
    let number = |count: usize| Cell::sorted(text(words.number(count)), count);
    let row = |(_, weekly): &(IsoWeek, Weekly<'_>)| {
        let name = text(words.week(weekly.day));
        vec![Cell::sorted(name, weekly.day), number(weekly.overdue()), number(weekly.stalled())]
    };
    let table = Table {
        label: view.say("weekly.trend"),
        columns: vec![
            column(view, "field.week"),
            figures(view, "snapshot.overdue"),
            figures(view, "snapshot.stalled"),
        ],
        rows: weeks.iter().rev().map(row).collect(),
        sort: false,
    };
    let chart = Lines::chart(about, &days, &courses, &[], table, words);
    Some(Section::new("trend", view.say("weekly.trend"), vec![Block::Chart(Box::new(chart))]))
}

/// One of them.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(snapshot) = view.portal.site.tickets.get(id) else {
        return Sheet::new("snapshot.html", Head::default(), Vec::new());
    };
    let state = week_of(view, snapshot);
    let week = &state;
    let phases = |total| PHASES.iter().filter_map(move |phase| phase_section(view, week, *phase, total));
    // The further parts of the tickets repeat nothing of what stands before them.
    if matches!(view.subject, Subject::Part(..)) {
        let sections = phases(state.total().unwrap_or_default()).collect();
        return Sheet::new("snapshot.html", head(view, snapshot), sections)
            .restricted(snapshot.restriction.as_ref());
    }
    let weekly = History::of(&view.portal.site).weekly(id);
    let mut sections = match &weekly {
        Some(weekly) => {
            let mut sections = week::sections(view, &state, weekly);
            sections.extend(phases(weekly.standings.len()));
            sections.extend(week::mail(view, id));
            sections
        }
        None => vec![elsewhere(view, snapshot)],
    };
    sections.extend(references::section(view, |_| false));
    let lede = weekly.as_ref().map(|weekly| week::compared(view, weekly).into());
    let head = Head { lede, ..head(view, snapshot) };
    Sheet::new("snapshot.html", head, sections).restricted(snapshot.restriction.as_ref())
}

fn head(view: &View<'_>, snapshot: &Record<Snapshot>) -> Head {
    let mut as_of = text(format!("{}: ", view.say("field.as_of")));
    as_of.extend(view.moment(&snapshot.as_of));
    Head {
        kicker: vec![text(view.say("kind.weekly")), as_of],
        title: view.name(view.subject),
        lede: None,
        actions: neighbours(view, snapshot),
    }
}

/// Links to the weeks before and after.
fn neighbours(view: &View<'_>, snapshot: &Record<Snapshot>) -> Vec<Action> {
    let all = newest_first(view);
    let Some(at) = all.iter().position(|other| other.id == snapshot.id) else { return Vec::new() };
    let link = |icon: &'static str, key: &str, other: &Record<Snapshot>| Action {
        icon,
        text: view.say(key),
        href: view.href(&Subject::Tickets(other.id.clone())),
        primary: false,
    };
    let earlier = all.get(at + 1).map(|other| link("arrow-left", "weekly.previous", other));
    let later =
        at.checked_sub(1).and_then(|at| all.get(at)).map(|other| link("arrow-right", "weekly.next", other));
    earlier.into_iter().chain(later).collect()
}

/// What a snapshot says whose tickets stand in a foreign file alone: that their number is not known.
fn elsewhere(view: &View<'_>, snapshot: &Snapshot) -> Section {
    let files: Vec<&str> = snapshot.import.iter().flat_map(|import| &import.file).map(Ref::id).collect();
    let line = text(view.fill("weekly.in_file", &[("file", &view.words().row(&files))]));
    Section::new("tickets", "", vec![Block::Notice { class: "is-warning", icon: "unknown", line }])
}

fn phase_section(view: &View<'_>, week: &Week<'_>, phase: Option<Phase>, total: usize) -> Option<Section> {
    let tickets: Vec<&Ticket> = week.in_phase(phase).collect();
    if tickets.is_empty() {
        return None;
    }
    let column = |key: &str| column(view, key);
    let name = phase_name(view, phase);
    let table = Table {
        label: name.clone(),
        columns: vec![
            column("field.key"),
            column("field.title"),
            column("field.status"),
            column("field.updated"),
            column("field.test_due"),
            column("field.team"),
            column("field.release"),
            column("field.next_step"),
        ],
        rows: tickets.iter().map(|ticket| ticket_row(view, week, ticket)).collect(),
        sort: true,
    };
    let section = Section::new(phase_word(phase), name, vec![Block::Table(table)]);
    Some(section.aside(text(view.words().of(tickets.len(), total))))
}

fn ticket_row(view: &View<'_>, week: &Week<'_>, ticket: &Ticket) -> Vec<Cell> {
    let day = |day: Option<jiff::civil::Date>| {
        let line = day.map_or_else(|| view.unknown(), |day| view.day(day));
        Cell::sorted(line, day.map_or_else(String::new, |day| day.to_string()))
    };
    vec![
        view.ticket(&ticket.key).into(),
        title(view, ticket).into(),
        ticket_status(view, week, ticket).into(),
        day(ticket.updated),
        due(view, week, ticket),
        team(view, ticket).into(),
        release(view, ticket).into(),
        next_step(view, week, ticket).into(),
    ]
}

/// When a ticket is due, and by how much it is late. A ticket without a term is not late.
pub fn due(view: &View<'_>, week: &Week<'_>, ticket: &Ticket) -> Cell {
    let Some(due) = &ticket.test_due else {
        return Cell::from(vec![Bit::Small { line: text(view.say("value.not_set")) }]);
    };
    let late = week.overdue_ticket(ticket).map_or_else(Line::new, |found| {
        status(OVERDUE, view.words().count("time.overdue_by_workdays", found.workdays))
    });
    Cell::sorted(with_small(view.day(due.value), late), due.value)
}

pub fn title(view: &View<'_>, ticket: &Ticket) -> Line {
    with_small(view.line(ticket.title.as_ref()), whole(view.line(ticket.note.as_ref())))
}

/// The ticket system's own word with the colour of its phase, and since when.
pub fn ticket_status(view: &View<'_>, week: &Week<'_>, ticket: &Ticket) -> Line {
    let since = ticket
        .since
        .map_or_else(|| view.say("value.unknown").to_lowercase(), |since| view.words().date_table(since));
    let since = text(view.fill("time.since", &[("date", &since)]));
    with_small(status(phase_state(week.phase(ticket)), ticket.status.value.clone()), since)
}

pub fn team(view: &View<'_>, ticket: &Ticket) -> Line {
    ticket.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer()))
}

pub fn release(view: &View<'_>, ticket: &Ticket) -> Line {
    ticket.release.as_ref().map_or_else(|| view.unknown(), |release| view.pointer(release.pointer()))
}

/// What happens next; that nobody said it is worth showing while the ticket is not done.
pub fn next_step(view: &View<'_>, week: &Week<'_>, ticket: &Ticket) -> Line {
    match &ticket.next_step {
        Some(step) => whole(text(view.read(step))),
        None if week.phase(ticket) == Some(Phase::Done) => Line::new(),
        None => vec![Bit::Small { line: text(view.say("value.not_set")) }],
    }
}
