//! Ticket snapshots: one for each week.

use std::cmp::Reverse;

use super::super::blocks::{
    Action, Bit, Block, Cell, Column, Head, Line, Section, State, Table, Tile, status, text, with_small,
};
use super::super::names::View;
use super::{Sheet, list_head, references};
use crate::derive::routes::{List, Subject};
use crate::derive::tickets::{Overdue, Week};
use crate::model::portal::Titled;
use crate::model::records::Record;
use crate::model::tickets::{Phase, Snapshot, Ticket};
use crate::record::reference::Ref;

/// Phases in the order in which they need attention; last the statuses that nobody explained.
const PHASES: [Option<Phase>; 4] = [Some(Phase::Testing), Some(Phase::Waiting), None, Some(Phase::Done)];

const OVERDUE: State = State::with_icon("overdue", "clock");

fn phase_word(phase: Option<Phase>) -> &'static str {
    match phase {
        Some(Phase::Testing) => "testing",
        Some(Phase::Waiting) => "waiting",
        Some(Phase::Done) => "done",
        None => "unknown",
    }
}

fn phase_state(phase: Option<Phase>) -> State {
    match phase {
        Some(Phase::Testing) => State::named("in_progress"),
        Some(Phase::Waiting) => State::named("blocked"),
        Some(Phase::Done) => State::named("passed"),
        None => State::named("unknown"),
    }
}

fn phase_name(view: &View<'_>, phase: Option<Phase>) -> String {
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
    let block = if snapshots.is_empty() {
        Block::Empty { text: view.say("weekly.empty") }
    } else {
        let column = |label: String, num: bool| Column { label, num };
        let mut columns = vec![
            column(view.say("field.week"), false),
            column(view.say("field.as_of"), false),
            column(view.say("kinds.ticket"), true),
            column(view.say("time.overdue"), true),
        ];
        columns.extend(PHASES.map(|phase| column(phase_name(view, phase), true)));
        Block::Table(Table {
            label: view.say("weekly.title"),
            columns,
            rows: snapshots.iter().map(|snapshot| snapshot_row(view, snapshot)).collect(),
            sort: true,
        })
    };
    Sheet::new("tickets.html", head, vec![Section::new("weeks", view.say("weekly.all"), vec![block])])
}

fn snapshot_row(view: &View<'_>, snapshot: &Record<Snapshot>) -> Vec<Cell> {
    let week = week_of(view, snapshot);
    let as_of = snapshot.as_of.civil(&view.portal.site.zone);
    let name = view.words().week(as_of.date());
    let mut cells = vec![
        Cell::sorted(view.link_as(&Subject::Tickets(snapshot.id.clone()), &name), as_of),
        Cell::sorted(view.moment(&snapshot.as_of), as_of),
    ];
    match week.total() {
        Some(total) => {
            let overdue = week.overdue().len();
            let number = |count: usize| Cell::sorted(text(view.words().number(count)), count);
            cells.push(number(total));
            cells.push(Cell::sorted(text(view.words().of(overdue, total)), overdue));
            cells.extend(PHASES.map(|phase| number(week.in_phase(phase).count())));
        }
        None => cells.extend((0..2 + PHASES.len()).map(|_| Cell::from(view.unknown()))),
    }
    cells
}

/// One of them.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(snapshot) = view.portal.site.tickets.get(id) else {
        return Sheet::new("snapshot.html", Head::default(), Vec::new());
    };
    let week = week_of(view, snapshot);
    let mut sections = match week.total() {
        Some(total) => counted(view, &week, total),
        None => vec![elsewhere(view, snapshot)],
    };
    sections.extend(references::section(view, |_| false));
    Sheet::new("snapshot.html", head(view, snapshot), sections).restricted(snapshot.restriction.as_ref())
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
    let line = text(view.fill("weekly.in_file", &[("file", &files.join(", "))]));
    Section::new("tickets", "", vec![Block::Notice { class: "is-warning", icon: "unknown", line }])
}

/// The sections of a snapshot whose tickets are known.
fn counted(view: &View<'_>, week: &Week<'_>, total: usize) -> Vec<Section> {
    let overdue = week.overdue();
    let mut sections = vec![
        Section::new("counts", "", vec![tiles(view, week, overdue.len(), total)]),
        overdue_section(view, week, &overdue, total),
    ];
    sections.extend(teams(view, week));
    sections.extend(PHASES.iter().filter_map(|phase| phase_section(view, week, *phase, total)));
    sections
}

fn tiles(view: &View<'_>, week: &Week<'_>, overdue: usize, total: usize) -> Block {
    let mut tiles = vec![Tile {
        figure: view.words().of(overdue, total),
        label: view.say("time.overdue"),
        state: Some(if overdue == 0 { State::named("passed") } else { OVERDUE }),
        href: Some("#overdue".to_owned()),
    }];
    for phase in PHASES {
        let count = week.in_phase(phase).count();
        // A status that nobody explained is worth a tile only where there is one.
        if phase.is_some() || count > 0 {
            tiles.push(Tile {
                figure: view.words().of(count, total),
                label: phase_name(view, phase),
                state: Some(phase_state(phase)),
                href: (count > 0).then(|| format!("#{}", phase_word(phase))),
            });
        }
    }
    Block::Tiles { tiles }
}

fn overdue_section(view: &View<'_>, week: &Week<'_>, overdue: &[Overdue<'_>], total: usize) -> Section {
    let block = if overdue.is_empty() {
        Block::Empty { text: view.say("weekly.overdue_empty") }
    } else {
        let column = |key: &str, num| Column { label: view.say(key), num };
        Block::Table(Table {
            label: view.say("time.overdue"),
            columns: vec![
                column("field.key", false),
                column("field.title", false),
                column("field.test_due", false),
                column("field.days_late", true),
                column("field.status", false),
                column("field.team", false),
                column("field.release", false),
                column("field.next_step", false),
            ],
            rows: overdue.iter().map(|found| overdue_row(view, week, found)).collect(),
            sort: true,
        })
    };
    Section::new("overdue", view.say("time.overdue"), vec![block])
        .aside(text(view.words().of(overdue.len(), total)))
}

fn overdue_row(view: &View<'_>, week: &Week<'_>, found: &Overdue<'_>) -> Vec<Cell> {
    let ticket = found.ticket;
    vec![
        view.ticket(&ticket.key).into(),
        title(view, ticket).into(),
        Cell::sorted(view.day(found.due), found.due),
        Cell::sorted(text(view.words().number(found.workdays)), found.workdays),
        ticket_status(view, week, ticket).into(),
        team(view, ticket).into(),
        release(view, ticket).into(),
        next_step(view, week, ticket).into(),
    ]
}

fn phase_section(view: &View<'_>, week: &Week<'_>, phase: Option<Phase>, total: usize) -> Option<Section> {
    let tickets: Vec<&Ticket> = week.in_phase(phase).collect();
    if tickets.is_empty() {
        return None;
    }
    let column = |key: &str| Column { label: view.say(key), num: false };
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
fn due(view: &View<'_>, week: &Week<'_>, ticket: &Ticket) -> Cell {
    let Some(due) = &ticket.test_due else {
        return Cell::from(vec![Bit::Small { line: text(view.say("value.not_set")) }]);
    };
    let late = week.overdue_ticket(ticket).map_or_else(Line::new, |found| {
        status(OVERDUE, view.words().count("time.overdue_by_workdays", found.workdays))
    });
    Cell::sorted(with_small(view.day(due.value), late), due.value)
}

fn title(view: &View<'_>, ticket: &Ticket) -> Line {
    with_small(view.line(ticket.title.as_ref()), view.line(ticket.note.as_ref()))
}

/// The ticket system's own word with the colour of its phase, and since when.
fn ticket_status(view: &View<'_>, week: &Week<'_>, ticket: &Ticket) -> Line {
    let since =
        ticket.since.map_or_else(|| view.say("value.unknown"), |since| view.words().date_table(since));
    let since = text(view.fill("time.since", &[("date", &since)]));
    with_small(status(phase_state(week.phase(ticket)), ticket.status.value.clone()), since)
}

fn team(view: &View<'_>, ticket: &Ticket) -> Line {
    ticket.team.as_ref().map_or_else(|| view.unknown(), |team| view.pointer(team.pointer()))
}

fn release(view: &View<'_>, ticket: &Ticket) -> Line {
    ticket.release.as_ref().map_or_else(|| view.unknown(), |release| view.pointer(release.pointer()))
}

/// What happens next; that nobody said it is worth showing while the ticket is not done.
fn next_step(view: &View<'_>, week: &Week<'_>, ticket: &Ticket) -> Line {
    match &ticket.next_step {
        Some(step) => text(view.read(step)),
        None if week.phase(ticket) == Some(Phase::Done) => Line::new(),
        None => vec![Bit::Small { line: text(view.say("value.not_set")) }],
    }
}

/// How many tickets each team has, and how many of them are overdue.
fn teams(view: &View<'_>, week: &Week<'_>) -> Option<Section> {
    let overdue = week.overdue();
    let known = view.portal.site.portal.teams.iter().map(|(id, _): &(_, Titled)| Some(id.as_str()));
    let rows: Vec<Vec<Cell>> =
        known.chain([None]).filter_map(|team| team_row(view, week, &overdue, team)).collect();
    if rows.is_empty() {
        return None;
    }
    let column = |label: String| Column { label, num: true };
    let mut columns = vec![
        Column { label: view.say("field.team"), num: false },
        column(view.say("kinds.ticket")),
        column(view.say("time.overdue")),
    ];
    columns.extend(PHASES.map(|phase| column(phase_name(view, phase))));
    let table = Table { label: view.say("weekly.teams"), columns, rows, sort: true };
    Some(Section::new("teams", view.say("weekly.teams"), vec![Block::Table(table)]))
}

/// The counts of `team`, or of tickets that belong to no team; nothing where there is no ticket.
fn team_row(
    view: &View<'_>,
    week: &Week<'_>,
    overdue: &[Overdue<'_>],
    team: Option<&str>,
) -> Option<Vec<Cell>> {
    let is_its = |ticket: &Ticket| ticket.team.as_ref().map(Ref::id) == team;
    let counts = PHASES.map(|phase| week.in_phase(phase).filter(|ticket| is_its(ticket)).count());
    let total: usize = counts.iter().sum();
    if total == 0 {
        return None;
    }
    let late = overdue.iter().filter(|found| is_its(found.ticket)).count();
    let name = match team {
        Some(id) => {
            let portal = &view.portal.site.portal;
            text(crate::derive::title::titled(&portal.teams, id, view.language, view.default_language()))
        }
        None => view.unknown(),
    };
    let number = |count: usize| Cell::sorted(text(view.words().number(count)), count);
    let mut cells =
        vec![Cell::from(name), number(total), Cell::sorted(text(view.words().of(late, total)), late)];
    cells.extend(counts.map(number));
    Some(cells)
}
