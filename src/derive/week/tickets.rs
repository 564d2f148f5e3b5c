//! How the tickets of a snapshot stand at its time.

use jiff::civil::Date;

use crate::derive::schedule::workdays::Workdays;
use crate::model::portal::{Portal, StatusMap};
use crate::model::tickets::{Phase, Snapshot, Ticket};

/// A snapshot with what is needed to judge its tickets.
#[derive(Debug, Clone, Copy)]
pub struct Week<'a> {
    snapshot: &'a Snapshot,
    statuses: Option<&'a StatusMap>,
    workdays: Workdays<'a>,
    day: Date,
}

/// A ticket that is overdue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overdue<'a> {
    /// The ticket.
    pub ticket: &'a Ticket,
    /// When it was due.
    pub due: Date,
    /// How many workdays ago that was.
    pub workdays: usize,
}

impl<'a> Week<'a> {
    /// The tickets of `snapshot` as they stand on `day`.
    pub fn of(snapshot: &'a Snapshot, portal: &'a Portal, day: Date) -> Self {
        Self {
            snapshot,
            statuses: snapshot.statuses.as_ref().or(portal.statuses.as_ref()),
            workdays: Workdays::of(portal),
            day,
        }
    }

    /// What the status of `ticket` means; nothing where nobody said.
    pub fn phase(&self, ticket: &Ticket) -> Option<Phase> {
        self.statuses?.phase(&ticket.status)
    }

    /// The tickets in `phase`, in the order written.
    pub fn in_phase(&self, phase: Option<Phase>) -> impl Iterator<Item = &'a Ticket> {
        self.snapshot.tickets.iter().filter(move |ticket| self.phase(ticket) == phase)
    }

    /// Overdue tickets, the latest first: not done, and due before the day of the snapshot. One whose
    /// status nobody explained is not done.
    pub fn overdue(&self) -> Vec<Overdue<'a>> {
        let mut found: Vec<Overdue<'a>> =
            self.snapshot.tickets.iter().filter_map(|ticket| self.overdue_ticket(ticket)).collect();
        found.sort_by(|a, b| (a.due, a.ticket.key.as_str()).cmp(&(b.due, b.ticket.key.as_str())));
        found
    }

    /// `ticket` as an overdue one, if it is.
    pub fn overdue_ticket(&self, ticket: &'a Ticket) -> Option<Overdue<'a>> {
        let due = ticket.test_due.as_ref()?.value;
        let is_late = due < self.day && self.phase(ticket) != Some(Phase::Done);
        is_late.then(|| Overdue { ticket, due, workdays: self.workdays.between(due, self.day) })
    }

    /// How many tickets there are; nothing where they stand in a foreign file alone.
    pub fn total(&self) -> Option<usize> {
        let is_elsewhere = self.snapshot.tickets.is_empty() && self.snapshot.import.is_some();
        (!is_elsewhere).then_some(self.snapshot.tickets.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::parse::yaml::Yaml;
    use crate::record::decode::Decode;

    fn snapshot(text: &str) -> Snapshot {
        let node = Yaml { text, start: 0, file: FileId::of("x.yaml") }.read().expect("valid YAML");
        let mut faults = Vec::new();
        let read = Snapshot::decode(&node, &mut faults);
        assert_eq!(faults, []);
        read.expect("a snapshot")
    }

    #[test]
    fn a_ticket_is_overdue_when_it_is_not_done_and_its_day_is_past() {
        let snapshot = snapshot(
            "as_of: 2026-10-16T08:00\n\
             statuses: {testing: [UAT], waiting: [On hold], done: [Done]}\n\
             tickets:\n\
             - {key: A, status: UAT, test_due: 2026-10-14}\n\
             - {key: B, status: Done, test_due: 2026-10-14}\n\
             - {key: C, status: On hold, test_due: 2026-10-09}\n\
             - {key: D, status: UAT, test_due: 2026-10-16}\n\
             - {key: E, status: UAT}\n\
             - {key: F, status: Odd, test_due: 2026-10-15}\n",
        );
        let portal = Portal::plain("t");
        let week = Week::of(&snapshot, &portal, snapshot.as_of.date(&jiff::tz::TimeZone::UTC));
        let overdue: Vec<(&str, usize)> =
            week.overdue().iter().map(|found| (found.ticket.key.as_str(), found.workdays)).collect();
        assert_eq!(overdue, [("C", 5), ("A", 2), ("F", 1)]);
        let keys = |phase| week.in_phase(phase).map(|ticket| ticket.key.as_str()).collect::<Vec<_>>();
        assert_eq!(keys(Some(Phase::Testing)), ["A", "D", "E"]);
        assert_eq!(keys(None), ["F"]);
        assert_eq!(week.total(), Some(6));
    }

    #[test]
    fn tickets_in_a_foreign_file_are_not_counted_as_none() {
        let snapshot = snapshot("{as_of: 2026-10-16, import: {file: a.csv, format: jira_csv}}");
        let portal = Portal::plain("t");
        assert_eq!(Week::of(&snapshot, &portal, snapshot.as_of.date(&jiff::tz::TimeZone::UTC)).total(), None);
    }
}
