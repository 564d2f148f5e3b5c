//! `tickets/*.yaml`: weekly snapshots of tickets.

use super::portal::StatusMap;
use super::run::Import;
use crate::diagnostic::Placed;
use crate::record::record;
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::{Day, Moment};

record! {
    /// The tickets as they stood at one time.
    pub struct Snapshot {
        /// When.
        pub as_of: Placed<Moment>,
        /// A foreign file that holds the tickets.
        pub import: Option<Import>,
        /// What the statuses mean; the portal's, if nothing is written.
        pub statuses: Option<StatusMap>,
        /// The tickets.
        pub tickets: Vec<Ticket>,
    }

    /// A ticket.
    pub struct Ticket {
        /// Its key.
        pub key: Placed<String>,
        /// What it is about.
        pub title: Option<Text>,
        /// Its status, in the ticket system's own word.
        pub status: Placed<String>,
        /// Since when it has that status.
        pub since: Option<Day>,
        /// When it was last changed.
        pub updated: Option<Day>,
        /// The day by which it should be tested.
        pub test_due: Option<Placed<Day>>,
        /// The release it belongs to.
        pub release: Option<Ref<to::Release>>,
        /// The team that tests it.
        pub team: Option<Ref<to::Team>>,
        /// What happens next.
        pub next_step: Option<Text>,
        /// Anything else worth knowing.
        pub note: Option<Text>,
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
