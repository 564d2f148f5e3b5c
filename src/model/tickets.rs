//! `tickets/*.yaml`: weekly snapshots of tickets.

use super::portal::StatusMap;
use super::run::ResultFiles;
use crate::diagnostic::Placed;
use crate::record::entries::Entries;
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::{Day, Moment};
use crate::record::{choice, record};

record! {
    /// The tickets as they stood at one time; one file a week.
    pub struct Snapshot {
        /// The moment of the snapshot.
        #[example = "2026-10-16T08:00"]
        pub as_of: Placed<Moment>,
        /// A foreign file that holds the tickets.
        pub import: Option<TicketImport>,
        /// What the statuses mean; the portal's, if nothing is written.
        pub statuses: Option<StatusMap>,
        /// The tickets.
        pub tickets: Vec<Ticket>,
    }

    /// A table of tickets, read whenever the portal is built.
    pub struct TicketImport {
        /// The file beside the snapshot, or a list of files.
        #[example = "2026-10-16.csv"]
        pub file: ResultFiles,
        /// Their format.
        pub format: TicketFormat,
        /// Which column holds what, where its header does not tell: `{test_due: Custom field (Test due)}`.
        #[example = "test_due: Custom field (Test due)"]
        pub columns: Entries<Placed<TicketField>, String>,
        /// What comes first in a day such as `10/12/2026`, where the other days do not tell.
        pub dates: Option<DayOrder>,
    }

    /// A ticket.
    pub struct Ticket {
        /// The key of the ticket.
        #[example = "BEN-2290"]
        pub key: Placed<String>,
        /// What it is about.
        #[example = "Stub is down"]
        pub title: Option<Text>,
        /// Its status, in the ticket system's own word.
        #[example = "In test"]
        pub status: Placed<String>,
        /// Since when it has that status.
        #[example = "2026-10-02"]
        pub since: Option<Day>,
        /// When it was last changed.
        #[example = "2026-10-05"]
        pub updated: Option<Day>,
        /// The day by which it should be tested.
        #[example = "2026-10-14"]
        pub test_due: Option<Placed<Day>>,
        /// The release it belongs to.
        pub release: Option<Ref<to::Release>>,
        /// The team that tests it.
        #[example = "sit"]
        pub team: Option<Ref<to::Team>>,
        /// What happens next.
        #[example = "Stub fix on Monday"]
        pub next_step: Option<Text>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }
}

choice! {
    /// A format of tables of tickets.
    pub enum TicketFormat {
        /// The table of all fields that Jira exports.
        JiraCsv = "jira_csv",
        /// A table that somebody keeps.
        Csv = "csv",
    }

    /// What a column of a table of tickets can hold.
    pub enum TicketField {
        /// The key of the ticket.
        Key = "key",
        /// What it is about.
        Title = "title",
        /// Its status.
        Status = "status",
        /// Since when it has that status.
        Since = "since",
        /// When it was last changed.
        Updated = "updated",
        /// The day by which it should be tested.
        TestDue = "test_due",
        /// The release it belongs to.
        Release = "release",
        /// The team that tests it.
        Team = "team",
        /// What happens next.
        NextStep = "next_step",
        /// Anything else worth knowing.
        Note = "note",
    }

    /// What comes first in a day such as `10/12/2026`.
    pub enum DayOrder {
        /// The day: 10 December.
        DayFirst = "day_first",
        /// The month: 12 October.
        MonthFirst = "month_first",
    }
}

/// What a status means for the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Being tested.
    Testing,
    /// Waiting.
    Waiting,
    /// Done.
    Done,
}

impl StatusMap {
    /// Every status that the map names, in its order.
    pub fn known(&self) -> impl Iterator<Item = &str> + Clone {
        self.testing.iter().chain(&self.waiting).chain(&self.done).map(String::as_str)
    }

    /// What `status` means; nothing if the map does not name it.
    pub fn phase(&self, status: &str) -> Option<Phase> {
        let among = |words: &[String]| words.iter().any(|word| word == status);
        if among(&self.testing) {
            Some(Phase::Testing)
        } else if among(&self.waiting) {
            Some(Phase::Waiting)
        } else if among(&self.done) {
            Some(Phase::Done)
        } else {
            None
        }
    }
}
