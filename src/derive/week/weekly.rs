//! What a week changed: the difference of two neighbouring snapshots (content model, section 5).
//!
//! 1. Snapshots stand in the order of time. The last one of an ISO week is that week's; the one before it is
//!    the last one of an earlier week, so that a second look within a week hides nothing that is new.
//! 2. Each ticket is overdue or not, and stalled or not, at the time of its snapshot.
//! 3. The difference of both gives the groups. A first snapshot has no predecessor: then it is not known what
//!    is new.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::{Date, DateTime};

use crate::derive::schedule::workdays::Workdays;
use crate::derive::week::tickets::{Overdue, Week};
use crate::model::Site;
use crate::model::portal::Portal;
use crate::model::records::Record;
use crate::model::tickets::{Phase, Snapshot, Ticket};
use crate::record::reference::Ref;
use crate::record::time::Period;

/// After how long without a change of its status a ticket counts as stalled, where the portal says nothing.
const STALLED_AFTER: Period = Period::Workdays(5);

/// A week of the calendar (ISO 8601): the year it belongs to, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IsoWeek {
    /// The year.
    pub year: i16,
    /// The number, from 1.
    pub number: i8,
}

impl IsoWeek {
    /// The week of `day`.
    pub fn of(day: Date) -> Self {
        let week = day.iso_week_date();
        Self { year: week.year(), number: week.week() }
    }

    /// Reads `2026-W42`.
    pub fn read(text: &str) -> Option<Self> {
        let (year, number) = text.trim().split_once("-W")?;
        let is_plain = year.len() == 4 && number.len() == 2;
        let week = Self { year: year.parse().ok()?, number: number.parse().ok()? };
        let is_there = || jiff::civil::ISOWeekDate::new(week.year, week.number, jiff::civil::Weekday::Monday);
        (is_plain && is_there().is_ok()).then_some(week)
    }
}

impl std::fmt::Display for IsoWeek {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-W{:02}", self.year, self.number)
    }
}

/// A number that may be the least of what it could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtLeast {
    /// The number.
    pub count: usize,
    /// Whether it may be more: what was before is not known.
    pub or_more: bool,
}

/// Whether a ticket is stalled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stall {
    /// It is, and has had its status for so many workdays.
    Yes(AtLeast),
    /// Its status changed not long ago, or is none in which a ticket can stall.
    No,
    /// Nobody wrote since when it has its status, and the snapshots do not tell.
    Unknown,
}

impl Stall {
    /// Whether it is known to be stalled.
    pub fn is_yes(self) -> bool {
        matches!(self, Self::Yes(_))
    }
}

/// How a ticket stands at the time of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing<'a> {
    /// The ticket.
    pub ticket: &'a Ticket,
    /// What its status means; nothing where the status map does not name it.
    pub phase: Option<Phase>,
    /// By how much it is overdue; nothing if it is not.
    pub overdue: Option<Overdue<'a>>,
    /// Whether it is stalled.
    pub stall: Stall,
}

/// What became of a ticket from one snapshot to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Overdue, and it was not.
    NewlyOverdue,
    /// Overdue, and it was.
    StillOverdue,
    /// Overdue, and nothing is known of before.
    Overdue,
    /// Stalled, and it was not.
    NewlyStalled,
    /// Stalled, and it was.
    StillStalled,
    /// Stalled, and nothing is known of before.
    Stalled,
    /// No longer overdue.
    Cleared,
    /// No longer stalled.
    MovedOn,
    /// Not done, and no longer in the snapshot.
    Gone,
}

impl Group {
    /// Every group, in the order in which they are read: what is new comes first.
    pub const ALL: [Self; 9] = [
        Self::NewlyOverdue,
        Self::Overdue,
        Self::NewlyStalled,
        Self::Stalled,
        Self::Cleared,
        Self::MovedOn,
        Self::Gone,
        Self::StillOverdue,
        Self::StillStalled,
    ];

    /// The word that names it in catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::NewlyOverdue => "newly_overdue",
            Self::StillOverdue => "still_overdue",
            Self::Overdue => "overdue",
            Self::NewlyStalled => "newly_stalled",
            Self::StillStalled => "still_stalled",
            Self::Stalled => "stalled",
            Self::Cleared => "cleared",
            Self::MovedOn => "moved_on",
            Self::Gone => "gone",
        }
    }

    /// Whether its tickets are overdue.
    pub fn is_overdue(self) -> bool {
        matches!(self, Self::NewlyOverdue | Self::StillOverdue | Self::Overdue)
    }

    /// Whether its tickets are stalled.
    pub fn is_stalled(self) -> bool {
        matches!(self, Self::NewlyStalled | Self::StillStalled | Self::Stalled)
    }

    /// Whether its tickets need attention; those of the others do no longer, or cannot.
    pub fn needs_attention(self) -> bool {
        self.is_overdue() || self.is_stalled()
    }
}

/// How a ticket ceased to be overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clearing {
    /// It is done.
    Done,
    /// Its day was moved from the first to the second.
    Moved(Date, Date),
    /// It has no day any more.
    Dropped(Date),
}

/// A ticket in a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item<'a> {
    /// How it stands; of one that is gone, how it stood.
    pub standing: Standing<'a>,
    /// How many weeks ago it was first seen like that; nothing where it was not before.
    pub weeks: Option<AtLeast>,
    /// How it was cleared.
    pub clearing: Option<Clearing>,
    /// The status it had before, where that was another.
    pub was: Option<&'a str>,
}

impl<'a> Item<'a> {
    /// The ticket.
    pub fn ticket(&self) -> &'a Ticket {
        self.standing.ticket
    }
}

/// A week: its snapshot against the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Weekly<'a> {
    /// The snapshot.
    pub snapshot: &'a Record<Snapshot>,
    /// The day of the snapshot.
    pub day: Date,
    /// What it is compared with, and its day; nothing for the first one.
    pub before: Option<(&'a Record<Snapshot>, Date)>,
    /// Every ticket of the snapshot, as it stands.
    pub standings: Vec<Standing<'a>>,
    /// Tickets that were done before and are in the snapshot no longer, as nobody needs them there.
    pub left_done: usize,
    groups: BTreeMap<Group, Vec<Item<'a>>>,
}

impl<'a> Weekly<'a> {
    /// The tickets of a group, those that are latest first.
    pub fn of(&self, group: Group) -> &[Item<'a>] {
        self.groups.get(&group).map_or(&[], Vec::as_slice)
    }

    /// How many tickets are overdue.
    pub fn overdue(&self) -> usize {
        self.standings.iter().filter(|standing| standing.overdue.is_some()).count()
    }

    /// How many tickets are stalled.
    pub fn stalled(&self) -> usize {
        self.standings.iter().filter(|standing| standing.stall.is_yes()).count()
    }

    /// How many tickets may be stalled, and nobody knows.
    pub fn perhaps_stalled(&self) -> usize {
        self.standings.iter().filter(|standing| standing.stall == Stall::Unknown).count()
    }

    /// Statuses that the status map does not name, each with its number of tickets.
    pub fn unknown_statuses(&self) -> BTreeMap<&'a str, usize> {
        let mut found = BTreeMap::new();
        for standing in self.standings.iter().filter(|standing| standing.phase.is_none()) {
            *found.entry(standing.ticket.status.as_str()).or_default() += 1;
        }
        found
    }

    /// How many tickets with a `key`, such as a team, each group has, by that key; those without one stand
    /// under nothing.
    pub fn counts_by(&self, key: impl Fn(&'a Ticket) -> Option<&'a str>) -> Counts<'a> {
        let mut counts = Counts::new();
        for (group, items) in &self.groups {
            for item in items {
                *counts.entry(key(item.ticket())).or_default().entry(*group).or_default() += 1;
            }
        }
        counts
    }
}

/// How many tickets each group has, by some key of theirs.
pub type Counts<'a> = BTreeMap<Option<&'a str>, BTreeMap<Group, usize>>;

/// The team of a ticket.
pub fn team(ticket: &Ticket) -> Option<&str> {
    ticket.team.as_ref().map(Ref::id)
}

/// The release of a ticket.
pub fn release(ticket: &Ticket) -> Option<&str> {
    ticket.release.as_ref().map(Ref::id)
}

/// The snapshots of a portal in the order of time, ready to be compared.
pub struct History<'a> {
    stalled_after: Period,
    workdays: Workdays<'a>,
    shots: Vec<Shot<'a>>,
}

/// A snapshot among the others.
struct Shot<'a> {
    record: &'a Record<Snapshot>,
    at: DateTime,
    week: Week<'a>,
    tickets: HashMap<&'a str, &'a Ticket>,
}

impl Shot<'_> {
    fn iso_week(&self) -> IsoWeek {
        IsoWeek::of(self.at.date())
    }
}

impl<'a> History<'a> {
    /// The snapshots of `site`. Of one whose foreign file could not be read nothing is known, so it is
    /// compared with nothing.
    pub fn of(site: &'a Site) -> Self {
        let mut shots: Vec<Shot<'a>> = site
            .tickets
            .iter()
            .map(|record| shot(site, record))
            .filter(|shot| shot.week.total().is_some())
            .collect();
        shots.sort_by_key(|shot| (shot.at, shot.record.id.as_str()));
        let stalled_after = site.portal.stalled_after.unwrap_or(STALLED_AFTER);
        Self { stalled_after, workdays: Workdays::of(&site.portal), shots }
    }

    /// The weeks that have a snapshot, the earliest first, each with its last snapshot.
    pub fn weeks(&self) -> Vec<(IsoWeek, &'a Record<Snapshot>)> {
        let by_week: BTreeMap<IsoWeek, &'a Record<Snapshot>> =
            self.shots.iter().map(|shot| (shot.iso_week(), shot.record)).collect();
        by_week.into_iter().collect()
    }

    /// The week of the snapshot `id`; nothing if there is no such snapshot, or its tickets are not known.
    pub fn weekly(&self, id: &str) -> Option<Weekly<'a>> {
        let at = self.shots.iter().position(|shot| shot.record.id == id)?;
        let shot = self.shots.get(at)?;
        let before = self.before(at);
        let standings: Vec<Standing<'a>> =
            shot.record.tickets.iter().map(|ticket| self.standing(at, ticket)).collect();
        let mut groups = BTreeMap::new();
        for standing in &standings {
            for (group, item) in self.items(at, before, *standing) {
                groups.entry(group).or_insert_with(Vec::new).push(item);
            }
        }
        let (gone, left_done) = before.map_or_else(Default::default, |before| self.gone(at, before));
        if !gone.is_empty() {
            groups.insert(Group::Gone, gone);
        }
        for (group, items) in &mut groups {
            items.sort_by_key(|item| (attention(*group, item), item.ticket().key.as_str()));
        }
        let day = |shot: &Shot<'_>| shot.at.date();
        let before = before.and_then(|before| self.shots.get(before)).map(|shot| (shot.record, day(shot)));
        Some(Weekly { snapshot: shot.record, day: day(shot), before, standings, left_done, groups })
    }

    /// The last snapshot of an earlier week.
    fn before(&self, at: usize) -> Option<usize> {
        let week = self.shots.get(at)?.iso_week();
        (0..at).rev().find(|other| self.shots.get(*other).is_some_and(|other| other.iso_week() < week))
    }

    /// The ticket `key` in a snapshot.
    fn ticket(&self, at: usize, key: &str) -> Option<&'a Ticket> {
        self.shots.get(at)?.tickets.get(key).copied()
    }

    fn standing(&self, at: usize, ticket: &'a Ticket) -> Standing<'a> {
        let week = self.shots.get(at).map(|shot| shot.week);
        let phase = week.and_then(|week| week.phase(ticket));
        Standing {
            ticket,
            phase,
            overdue: week.and_then(|week| week.overdue_ticket(ticket)),
            stall: self.stall(at, ticket, phase),
        }
    }

    /// Whether a ticket is stalled: it is being tested or waits, and its status did not change for long enough.
    fn stall(&self, at: usize, ticket: &Ticket, phase: Option<Phase>) -> Stall {
        if !matches!(phase, Some(Phase::Testing | Phase::Waiting)) {
            return Stall::No;
        }
        let Some(day) = self.shots.get(at).map(|shot| shot.at.date()) else { return Stall::Unknown };
        let since = self.since(at, ticket);
        let days = self.workdays.between(since.earliest, day);
        if self.is_long(since.earliest, day) {
            Stall::Yes(AtLeast { count: days, or_more: !since.is_told })
        } else if since.is_told || since.not_before.is_some_and(|bound| !self.is_long(bound, day)) {
            Stall::No
        } else {
            Stall::Unknown
        }
    }

    /// Whether the time from `since` to `day` is as long as the portal lets a ticket rest.
    fn is_long(&self, since: Date, day: Date) -> bool {
        let count = |days: u32| usize::try_from(days).unwrap_or(usize::MAX);
        match self.stalled_after {
            Period::Workdays(days) => self.workdays.between(since, day) >= count(days),
            Period::Days(days) => since.checked_add(jiff::Span::new().days(days)).is_ok_and(|end| end <= day),
            Period::Months(months) => {
                since.checked_add(jiff::Span::new().months(months)).is_ok_and(|end| end <= day)
            }
        }
    }

    /// Since when a ticket has its status: as its snapshot says, else as an earlier one with the same status
    /// does, else the first snapshot in an unbroken row that shows it.
    fn since(&self, at: usize, ticket: &Ticket) -> Since {
        let mut since = Since { earliest: Date::MAX, is_told: false, not_before: None };
        let mut shown = Some(ticket);
        for other in (0..=at).rev() {
            if other != at {
                shown = self.ticket(other, &ticket.key);
            }
            let Some(day) = self.shots.get(other).map(|shot| shot.at.date()) else { break };
            match shown {
                Some(seen) if seen.status.value == ticket.status.value => {
                    if let Some(told) = seen.since {
                        return Since { earliest: told, is_told: true, not_before: None };
                    }
                    since.earliest = day;
                }
                // It had another status then, so the present one is younger.
                Some(_) => return Since { not_before: Some(day), ..since },
                None => break,
            }
        }
        since
    }

    /// The groups that a ticket of a snapshot is in.
    fn items(&self, at: usize, before: Option<usize>, standing: Standing<'a>) -> Vec<(Group, Item<'a>)> {
        let ticket = standing.ticket;
        let earlier =
            before.and_then(|before| Some(self.standing(before, self.ticket(before, &ticket.key)?)));
        let item = Item {
            standing,
            weeks: None,
            clearing: None,
            was: earlier
                .map(|earlier| earlier.ticket.status.as_str())
                .filter(|was| *was != ticket.status.as_str()),
        };
        let was_overdue = earlier.is_some_and(|earlier| earlier.overdue.is_some());
        let was_stalled = earlier.is_some_and(|earlier| earlier.stall.is_yes());
        let is_first = before.is_none();
        let weeks = |holds: fn(&Standing<'a>) -> bool| self.row(at, &ticket.key, holds);
        let overdue = match (standing.overdue.is_some(), was_overdue) {
            (true, _) if is_first => Some((Group::Overdue, item)),
            (true, false) => Some((Group::NewlyOverdue, item)),
            (true, true) => {
                let weeks = Some(weeks(|standing| standing.overdue.is_some()));
                Some((Group::StillOverdue, Item { weeks, ..item }))
            }
            (false, true) => {
                let clearing = earlier.and_then(|earlier| clearing(&earlier, &standing));
                Some((Group::Cleared, Item { clearing, ..item }))
            }
            (false, false) => None,
        };
        let stalled = match (standing.stall.is_yes(), was_stalled) {
            (true, _) if is_first => Some((Group::Stalled, item)),
            (true, false) => Some((Group::NewlyStalled, item)),
            (true, true) => {
                let weeks = Some(weeks(|standing| standing.stall.is_yes()));
                Some((Group::StillStalled, Item { weeks, ..item }))
            }
            (false, true) => Some((Group::MovedOn, item)),
            (false, false) => None,
        };
        overdue.into_iter().chain(stalled).collect()
    }

    /// How many weeks ago a ticket was first seen as `holds` wants, in an unbroken row of weeks. If the row
    /// reaches the first snapshot, it may have been so for longer.
    fn row(&self, at: usize, key: &str, holds: fn(&Standing<'a>) -> bool) -> AtLeast {
        let day = |at: usize| self.shots.get(at).map(|shot| shot.at.date());
        let mut first = at;
        let mut or_more = true;
        while let Some(before) = self.before(first) {
            let held = self.ticket(before, key).is_some_and(|ticket| holds(&self.standing(before, ticket)));
            if !held {
                or_more = false;
                break;
            }
            first = before;
        }
        let count = day(at).zip(day(first)).map_or(0, |(last, first)| weeks_between(first, last));
        AtLeast { count, or_more }
    }

    /// Tickets of the snapshot `before` that are in `at` no longer: those that were not done, and how many
    /// others.
    fn gone(&self, at: usize, before: usize) -> (Vec<Item<'a>>, usize) {
        let tickets = self.shots.get(before).map_or(&[][..], |shot| &shot.record.tickets);
        let lost = tickets.iter().filter(|ticket| self.ticket(at, &ticket.key).is_none());
        let (done, open): (Vec<Standing<'a>>, Vec<Standing<'a>>) = lost
            .map(|ticket| self.standing(before, ticket))
            .partition(|standing| standing.phase == Some(Phase::Done));
        let item = |standing| Item { standing, weeks: None, clearing: None, was: None };
        (open.into_iter().map(item).collect(), done.len())
    }
}

/// Since when a ticket has its status.
struct Since {
    /// The earliest day on which it is known to have had it.
    earliest: Date,
    /// Whether that is the day on which it got it.
    is_told: bool,
    /// A day on which it still had another.
    not_before: Option<Date>,
}

fn shot<'a>(site: &'a Site, record: &'a Record<Snapshot>) -> Shot<'a> {
    let at = record.as_of.civil(&site.zone);
    Shot {
        record,
        at,
        week: week(record, &site.portal, at.date()),
        tickets: record.tickets.iter().map(|ticket| (ticket.key.as_str(), ticket)).collect(),
    }
}

fn week<'a>(record: &'a Record<Snapshot>, portal: &'a Portal, day: Date) -> Week<'a> {
    Week::of(record, portal, day)
}

/// What a group is sorted by: those that are latest, or rest longest, first.
fn attention(group: Group, item: &Item<'_>) -> (std::cmp::Reverse<usize>, Option<Date>) {
    let late = item.standing.overdue.map(|overdue| overdue.workdays);
    let rest = match item.standing.stall {
        Stall::Yes(days) => Some(days.count),
        Stall::No | Stall::Unknown => None,
    };
    let first = if group.is_stalled() { rest } else { late };
    (std::cmp::Reverse(first.unwrap_or(0)), item.standing.overdue.map(|overdue| overdue.due))
}

/// How a ticket that was overdue ceased to be.
fn clearing(before: &Standing<'_>, now: &Standing<'_>) -> Option<Clearing> {
    let was = before.overdue?.due;
    Some(match now.ticket.test_due.as_ref().map(|day| day.value) {
        _ if now.phase == Some(Phase::Done) => Clearing::Done,
        Some(day) => Clearing::Moved(was, day),
        None => Clearing::Dropped(was),
    })
}

/// How many weeks of the calendar lie between the weeks of two days.
fn weeks_between(first: Date, last: Date) -> usize {
    let monday = |day: Date| i64::from(day.weekday().to_monday_zero_offset());
    let days = i64::from((last - first).get_days()) - monday(last) + monday(first);
    usize::try_from(days / 7).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    const PORTAL: &str = "title: P\n\
         time_zone: Europe/Tallinn\n\
         stalled_after: 5 workdays\n\
         statuses: {testing: [UAT], waiting: [On hold], done: [Done]}\n";

    /// A portal with a snapshot per text, each with its day.
    fn site(snapshots: &[(&str, &str)]) -> Site {
        let files: Vec<(String, String)> = snapshots
            .iter()
            .map(|(id, tickets)| {
                let day = id.get(..10).unwrap_or_default();
                (format!("tickets/{id}.yaml"), format!("as_of: {day}T08:00\ntickets:\n{tickets}"))
            })
            .chain([("portal.yaml".to_owned(), PORTAL.to_owned())])
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        tree(&files)
    }

    /// The groups of a week in words: `newly_overdue: A 2; still_overdue: B 7 (1 week)`.
    fn told(site: &Site, id: &str) -> Vec<String> {
        let weekly = History::of(site).weekly(id).expect("a week");
        let told = |group: Group| {
            let items: Vec<String> = weekly.of(group).iter().map(|item| told_item(group, item)).collect();
            (!items.is_empty()).then(|| format!("{}: {}", group.word(), items.join(", ")))
        };
        Group::ALL.into_iter().filter_map(told).collect()
    }

    fn told_item(group: Group, item: &Item<'_>) -> String {
        let bound = |least: AtLeast| format!("{}{}", if least.or_more { "≥" } else { "" }, least.count);
        let mut out = item.ticket().key.value.clone();
        match (group.is_overdue(), group.is_stalled(), item.standing.stall) {
            (true, ..) => {
                out.push_str(&format!(" {}d", item.standing.overdue.map_or(0, |late| late.workdays)));
            }
            (_, true, Stall::Yes(days)) => out.push_str(&format!(" {}d", bound(days))),
            _ => {}
        }
        if let Some(weeks) = item.weeks {
            out.push_str(&format!(" {}w", bound(weeks)));
        }
        if let Some(clearing) = item.clearing {
            out.push_str(&match clearing {
                Clearing::Done => " done".to_owned(),
                Clearing::Moved(was, now) => format!(" {was}→{now}"),
                Clearing::Dropped(was) => format!(" {was}→none"),
            });
        }
        out
    }

    #[test]
    fn overdue_tickets_are_new_still_there_or_cleared() {
        // Fridays. A becomes late on Thursday the 15th; B was late on the 9th and is; C is done; D is put off;
        // E loses its day; F is due on the day of the snapshot, which is not late.
        let site = site(&[
            (
                "2026-10-09",
                "- {key: A, status: UAT, since: 2026-10-09, test_due: 2026-10-14}\n\
                 - {key: B, status: UAT, since: 2026-10-09, test_due: 2026-10-07}\n\
                 - {key: C, status: UAT, since: 2026-10-09, test_due: 2026-10-08}\n\
                 - {key: D, status: UAT, since: 2026-10-09, test_due: 2026-10-08}\n\
                 - {key: E, status: UAT, since: 2026-10-09, test_due: 2026-10-08}\n",
            ),
            (
                "2026-10-16",
                "- {key: A, status: UAT, since: 2026-10-14, test_due: 2026-10-14}\n\
                 - {key: B, status: UAT, since: 2026-10-14, test_due: 2026-10-07}\n\
                 - {key: C, status: Done, since: 2026-10-14, test_due: 2026-10-08}\n\
                 - {key: D, status: UAT, since: 2026-10-14, test_due: 2026-10-20}\n\
                 - {key: E, status: UAT, since: 2026-10-14}\n\
                 - {key: F, status: UAT, since: 2026-10-14, test_due: 2026-10-16}\n\
                 - {key: N, status: UAT, since: 2026-10-14, test_due: 2026-10-13}\n",
            ),
        ]);
        assert_eq!(told(&site, "2026-10-09"), ["overdue: B 2d, C 1d, D 1d, E 1d"]);
        assert_eq!(
            told(&site, "2026-10-16"),
            [
                "newly_overdue: N 3d, A 2d",
                "cleared: C done, D 2026-10-08→2026-10-20, E 2026-10-08→none",
                // Late in the first snapshot already: nobody knows for how long.
                "still_overdue: B 7d ≥1w",
            ]
        );
    }

    #[test]
    fn tickets_stall_after_five_workdays_without_another_status() {
        let site = site(&[
            (
                "2026-10-09",
                "- {key: A, status: On hold, since: 2026-10-09}\n\
                 - {key: B, status: UAT, since: 2026-10-02}\n\
                 - {key: C, status: UAT, since: 2026-09-25}\n\
                 - {key: D, status: On hold, since: 2026-10-12}\n\
                 - {key: E, status: Done, since: 2026-09-01}\n",
            ),
            (
                "2026-10-16",
                "- {key: A, status: On hold, since: 2026-10-09}\n\
                 - {key: B, status: UAT, since: 2026-10-02}\n\
                 - {key: C, status: On hold, since: 2026-10-13}\n\
                 - {key: D, status: On hold, since: 2026-10-12}\n\
                 - {key: E, status: Done, since: 2026-09-01}\n",
            ),
        ]);
        assert_eq!(told(&site, "2026-10-09"), ["stalled: C 10d, B 5d"]);
        assert_eq!(
            told(&site, "2026-10-16"),
            ["newly_stalled: A 5d", "moved_on: C", "still_stalled: B 10d ≥1w"]
        );
    }

    #[test]
    fn without_a_day_the_first_snapshot_with_the_status_counts_as_the_least() {
        let site = site(&[
            ("2026-10-02", "- {key: A, status: UAT}\n- {key: B, status: UAT}\n- {key: C, status: UAT}\n"),
            ("2026-10-09", "- {key: A, status: UAT}\n- {key: B, status: On hold}\n"),
            (
                "2026-10-16",
                "- {key: A, status: UAT}\n- {key: B, status: On hold}\n- {key: C, status: UAT}\n- {key: N, status: UAT}\n",
            ),
        ]);
        let stalls = |id: &str| -> Vec<(String, Stall)> {
            let weekly = History::of(&site).weekly(id).expect("a week");
            weekly.standings.iter().map(|found| (found.ticket.key.value.clone(), found.stall)).collect()
        };
        let at_least = |count| Stall::Yes(AtLeast { count, or_more: true });
        let named = |stalls: &[(&str, Stall)]| -> Vec<(String, Stall)> {
            stalls.iter().map(|(key, stall)| ((*key).to_owned(), *stall)).collect()
        };
        assert_eq!(
            stalls("2026-10-02"),
            named(&[("A", Stall::Unknown), ("B", Stall::Unknown), ("C", Stall::Unknown)])
        );
        // B had another status a week ago: at least no day, at most five workdays, so nobody knows.
        assert_eq!(stalls("2026-10-09"), named(&[("A", at_least(5)), ("B", Stall::Unknown)]));
        // C was away for a week, and nobody knows what happened then.
        assert_eq!(
            stalls("2026-10-16"),
            named(&[("A", at_least(10)), ("B", at_least(5)), ("C", Stall::Unknown), ("N", Stall::Unknown)])
        );
        assert_eq!(
            told(&site, "2026-10-16"),
            ["newly_stalled: B ≥5d", "still_stalled: A ≥10d 1w"],
            "A was not known to be stalled in the first snapshot"
        );
    }

    #[test]
    fn a_day_that_an_earlier_snapshot_told_still_holds() {
        let site = site(&[
            ("2026-10-09", "- {key: A, status: UAT, since: 2026-10-07}\n"),
            ("2026-10-16", "- {key: A, status: UAT}\n"),
        ]);
        assert_eq!(told(&site, "2026-10-16"), ["newly_stalled: A 7d"]);
    }

    #[test]
    fn what_was_open_and_is_no_longer_there_is_gone() {
        let site = site(&[
            (
                "2026-10-09",
                "- {key: A, status: UAT, since: 2026-10-08}\n- {key: B, status: Done}\n- {key: C, status: Odd}\n",
            ),
            ("2026-10-16", "- {key: N, status: UAT, since: 2026-10-15}\n"),
        ]);
        assert_eq!(told(&site, "2026-10-16"), ["gone: A, C"]);
        let weekly = History::of(&site).weekly("2026-10-16").expect("a week");
        assert_eq!(weekly.left_done, 1);
    }

    #[test]
    fn a_status_that_nobody_explained_neither_stalls_nor_is_done() {
        let site = site(&[(
            "2026-10-16",
            "- {key: A, status: Odd, since: 2026-01-05, test_due: 2026-10-15}\n- {key: B, status: Odd}\n",
        )]);
        assert_eq!(told(&site, "2026-10-16"), ["overdue: A 1d"]);
        let weekly = History::of(&site).weekly("2026-10-16").expect("a week");
        assert_eq!(weekly.unknown_statuses().into_iter().collect::<Vec<_>>(), [("Odd", 2)]);
    }

    #[test]
    fn a_second_snapshot_in_a_week_is_compared_with_the_week_before() {
        let late = "- {key: A, status: UAT, since: 2026-10-12, test_due: 2026-10-12}\n";
        let site =
            site(&[("2026-10-09", "- {key: B, status: Done}\n"), ("2026-10-14", late), ("2026-10-16", late)]);
        assert_eq!(told(&site, "2026-10-14"), ["newly_overdue: A 2d"]);
        assert_eq!(told(&site, "2026-10-16"), ["newly_overdue: A 4d"], "new this week, whenever it was seen");
        let weeks: Vec<String> = History::of(&site)
            .weeks()
            .iter()
            .map(|(week, snapshot)| format!("{week} {}", snapshot.id))
            .collect();
        assert_eq!(weeks, ["2026-W41 2026-10-09", "2026-W42 2026-10-16"]);
    }

    #[test]
    fn weeks_are_counted_by_the_calendar_where_one_has_no_snapshot() {
        let late = "- {key: A, status: UAT, since: 2026-12-28, test_due: 2026-12-21}\n";
        let site = site(&[
            ("2026-12-18", "- {key: A, status: UAT, since: 2026-12-18, test_due: 2026-12-21}\n"),
            ("2026-12-23", late),
            // The first days of January 2027 are in week 53 of 2026.
            ("2027-01-02", late),
            ("2027-01-04", late),
        ]);
        assert_eq!(told(&site, "2026-12-23"), ["newly_overdue: A 2d"]);
        let still = |id: &str| {
            let groups = told(&site, id).into_iter();
            groups.filter(|told| told.starts_with("still_overdue")).collect::<String>()
        };
        assert_eq!(still("2027-01-02"), "still_overdue: A 9d 1w");
        assert_eq!(still("2027-01-04"), "still_overdue: A 10d 2w");
    }

    #[test]
    fn iso_weeks_are_read_and_written() {
        for (text, wanted) in [
            ("2026-W42", Some("2026-W42")),
            ("2026-W53", Some("2026-W53")),
            ("2025-W53", None),
            ("2026-W1", None),
            ("2026-42", None),
            ("soon", None),
        ] {
            assert_eq!(IsoWeek::read(text).map(|week| week.to_string()).as_deref(), wanted, "{text}");
        }
        assert_eq!(IsoWeek::of(jiff::civil::date(2027, 1, 3)).to_string(), "2026-W53");
    }
}
