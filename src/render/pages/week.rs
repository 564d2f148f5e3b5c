//! What a week changed, group by group, by team and by release, and as a text to send.

use std::collections::BTreeMap;

use super::super::blocks::{Block, Cell, Column, Line, Section, State, Table, Tile, text, with_small};
use super::super::message::{self, weekly as words_of};
use super::super::names::View;
use super::labels::{column, figures};
use super::tickets::{next_step, release, team, ticket_status, title};
use crate::derive::week::tickets::Week;
use crate::derive::week::weekly::{self, Counts, Group, Item, Stall, Weekly};

const FINE: State = State::named("passed");
const OVERDUE: State = State::with_icon("overdue", "clock");
const STALLED: State = State::with_icon("limited", "limited");
const UNKNOWN: State = State::named("unknown");

/// The groups that a week is told by: what is not known is told by others.
fn groups(weekly: &Weekly<'_>) -> Vec<Group> {
    let is_told = |group: &Group| match group {
        Group::Overdue | Group::Stalled => weekly.before.is_none(),
        _ => weekly.before.is_some(),
    };
    Group::ALL.into_iter().filter(is_told).collect()
}

fn name(view: &View<'_>, group: Group) -> String {
    view.say(&format!("snapshot.{}", group.word()))
}

/// What became of the tickets since the snapshot before.
pub fn sections(view: &View<'_>, state: &Week<'_>, weekly: &Weekly<'_>) -> Vec<Section> {
    let groups = groups(weekly);
    let mut blocks = remarks(view, weekly);
    blocks.push(tiles(view, &groups, weekly));
    if weekly.left_done > 0 {
        let left = view.words().count("weekly.left_done", weekly.left_done);
        blocks.push(Block::Notice { class: "is-note", icon: "info", line: text(left) });
    }
    let mut sections = vec![Section::new("counts", "", blocks)];
    sections.extend(groups.iter().filter_map(|group| group_section(view, state, weekly, *group)));
    sections.extend(by_team(view, &groups, weekly));
    sections.extend(by_release(view, &groups, weekly));
    sections
}

/// What the week is compared with.
pub fn compared(view: &View<'_>, weekly: &Weekly<'_>) -> String {
    let words = view.words();
    match weekly.before {
        Some((_, from)) => {
            let (from, until) = (words.date(from), words.date(weekly.day));
            view.fill("weekly.compared", &[("from", &from), ("until", &until)])
        }
        None => view.say("weekly.not_known_new"),
    }
}

/// What is not known.
fn remarks(view: &View<'_>, weekly: &Weekly<'_>) -> Vec<Block> {
    let words = view.words();
    let mut blocks = Vec::new();
    let notice = |line: String| Block::Notice { class: "is-warning", icon: "unknown", line: text(line) };
    blocks.extend(words_of::unknown_statuses(words, weekly).map(notice));
    let perhaps = weekly.perhaps_stalled();
    blocks.extend((perhaps > 0).then(|| notice(words.count("weekly.perhaps_stalled", perhaps))));
    blocks
}

fn tiles(view: &View<'_>, groups: &[Group], weekly: &Weekly<'_>) -> Block {
    let words = view.words();
    let all = weekly.standings.len();
    // Of no ticket at all nothing is known to be fine.
    let fine = (all > 0).then_some(FINE);
    let state = |count: usize, state: State| if count == 0 { fine } else { Some(state) };
    let stalled = match (weekly.stalled(), weekly.perhaps_stalled()) {
        (0, 1..) => Some(UNKNOWN),
        (count, _) => state(count, STALLED),
    };
    let mut tiles = vec![
        Tile {
            figure: words.of(weekly.overdue(), all),
            label: view.say("snapshot.overdue"),
            state: state(weekly.overdue(), OVERDUE),
            href: None,
        },
        Tile {
            figure: words.of(weekly.stalled(), all),
            label: view.say("snapshot.stalled"),
            state: stalled,
            href: None,
        },
    ];
    let changes = groups.iter().filter(|group| !matches!(group, Group::Overdue | Group::Stalled));
    tiles.extend(changes.map(|group| {
        let count = weekly.of(*group).len();
        Tile {
            figure: words.number(count),
            label: name(view, *group),
            state: None,
            href: (count > 0).then(|| format!("#{}", group.word())),
        }
    }));
    Block::Tiles { tiles }
}

fn group_section(view: &View<'_>, state: &Week<'_>, weekly: &Weekly<'_>, group: Group) -> Option<Section> {
    let items = weekly.of(group);
    // That nothing is newly late is worth a line; that nothing else happened is told by the counts above.
    if items.is_empty() && !matches!(group, Group::NewlyOverdue | Group::Overdue) {
        return None;
    }
    let title = name(view, group);
    let block = if items.is_empty() {
        Block::Empty {
            text: view.say(if group == Group::Overdue {
                "weekly.overdue_empty"
            } else {
                "weekly.nothing_late"
            }),
        }
    } else {
        Block::Table(Table {
            label: title.clone(),
            columns: columns(view, group),
            rows: items.iter().map(|item| row(view, state, group, item)).collect(),
            sort: true,
        })
    };
    Some(Section::new(group.word(), title, vec![block]).aside(text(view.words().number(items.len()))))
}

fn columns(view: &View<'_>, group: Group) -> Vec<Column> {
    let mut columns = vec![column(view, "field.key"), column(view, "field.title")];
    match group {
        _ if group.is_overdue() => {
            columns.extend([column(view, "field.test_due"), figures(view, "field.days_late")]);
        }
        _ if group.is_stalled() => columns.push(figures(view, "weekly.rested")),
        Group::Cleared => columns.push(column(view, "weekly.how")),
        _ => {}
    }
    if matches!(group, Group::StillOverdue | Group::StillStalled) {
        columns.push(figures(view, "weekly.weeks"));
    }
    columns.push(column(view, "field.status"));
    columns.extend([column(view, "field.team"), column(view, "field.release")]);
    if group != Group::Cleared {
        columns.push(column(view, "field.next_step"));
    }
    columns
}

fn row(view: &View<'_>, state: &Week<'_>, group: Group, item: &Item<'_>) -> Vec<Cell> {
    let ticket = item.ticket();
    let words = view.words();
    let mut cells = vec![Cell::from(view.ticket(&ticket.key)), title(view, ticket).into()];
    if let Some(late) = item.standing.overdue.filter(|_| group.is_overdue()) {
        let days = words.number(late.workdays);
        cells.extend([Cell::sorted(view.day(late.due), late.due), Cell::sorted(text(days), late.workdays)]);
    }
    if let (true, Stall::Yes(days)) = (group.is_stalled(), item.standing.stall) {
        let told = words_of::at_least(words, "count.workdays", days);
        cells.push(Cell::sorted(text(told), days.count));
    }
    if group == Group::Cleared {
        let how = item.clearing.map_or_else(String::new, |how| words_of::clearing(words, how));
        cells.push(text(how).into());
    }
    if let Some(weeks) = item.weeks {
        let told = words_of::at_least(words, "count.weeks", weeks);
        cells.push(Cell::sorted(text(told), weeks.count));
    }
    cells.push(changed_status(view, state, item).into());
    cells.extend([Cell::from(team(view, ticket)), release(view, ticket).into()]);
    if group != Group::Cleared {
        cells.push(next_step(view, state, ticket).into());
    }
    cells
}

/// The status, since when, and what it was a week ago, where that was another.
fn changed_status(view: &View<'_>, state: &Week<'_>, item: &Item<'_>) -> Line {
    let was = item.was.map_or_else(Line::new, |was| text(view.fill("weekly.was", &[("status", was)])));
    with_small(ticket_status(view, state, item.ticket()), was)
}

fn by_team(view: &View<'_>, groups: &[Group], weekly: &Weekly<'_>) -> Option<Section> {
    let portal = &view.portal.site.portal;
    let name = |id: Option<&str>| match id {
        Some(id) => {
            let language = (view.language, view.default_language());
            text(crate::derive::page::title::titled(&portal.teams, id, language.0, language.1))
        }
        None => text(view.say("weekly.no_team")),
    };
    let counts = weekly.counts_by(weekly::team);
    let table = counted(view, "weekly.teams", "field.team", groups, &counts, &name)?;
    Some(Section::new("teams", view.say("weekly.teams"), vec![table]))
}

fn by_release(view: &View<'_>, groups: &[Group], weekly: &Weekly<'_>) -> Option<Section> {
    let name = |id: Option<&str>| match id {
        Some(id) => view.id(&crate::derive::page::routes::Subject::Release(id.to_owned()), id),
        None => text(view.say("weekly.no_release")),
    };
    let counts = weekly.counts_by(weekly::release);
    let table = counted(view, "weekly.releases", "field.release", groups, &counts, &name)?;
    Some(Section::new("releases", view.say("weekly.releases"), vec![table]))
}

/// How many tickets each group has, by a key of theirs; those without one come last.
fn counted(
    view: &View<'_>,
    label: &str,
    heading: &str,
    groups: &[Group],
    counts: &Counts<'_>,
    name: &dyn Fn(Option<&str>) -> Line,
) -> Option<Block> {
    if counts.is_empty() {
        return None;
    }
    let mut columns = vec![column(view, heading)];
    columns.extend(groups.iter().map(|group| figures(view, &format!("snapshot.{}", group.word()))));
    let mut ordered: Vec<_> = counts.iter().map(|(id, found)| (*id, found)).collect();
    ordered.sort_by_key(|(id, _)| id.is_none());
    let row = |(id, found): (Option<&str>, &BTreeMap<Group, usize>)| {
        let number = |group: &Group| {
            let count = found.get(group).copied().unwrap_or(0);
            Cell::sorted(text(view.words().number(count)), count)
        };
        [Cell::from(name(id))].into_iter().chain(groups.iter().map(number)).collect()
    };
    Some(Block::Table(Table {
        label: view.say(label),
        columns,
        rows: ordered.into_iter().map(row).collect(),
        sort: true,
    }))
}

/// The week as a text to copy into a mail.
pub fn mail(view: &View<'_>, id: &str) -> Option<Section> {
    let message = words_of::of(view.portal, view.language, id)?;
    let lead = Block::Paragraphs { lines: vec![text(view.say("weekly.mail_lead"))] };
    let text = Block::Message { text: message::text::text(&message) };
    Some(Section::new("mail", view.say("weekly.mail"), vec![lead, text]))
}
