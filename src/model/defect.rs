//! `defects/**.yaml`: defects found.

use super::release::Grade;
use crate::diagnostic::Placed;
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::Moment;
use crate::record::{choice, record};

record! {
    /// A defect: what is wrong, where it was seen and how it went on.
    pub struct Defect {
        /// What is wrong, in one line.
        #[example = "Child supplement missing from the sum"]
        pub title: Text,
        /// How far it is.
        pub status: Placed<DefectStatus>,
        /// How much harm it does.
        pub severity: Placed<Severity>,
        /// How soon it should be mended.
        pub priority: Option<Grade>,
        /// When it was seen.
        #[example = "2026-10-12T11:20"]
        pub observed: Option<Placed<Moment>>,
        /// When it was reported.
        #[example = "2026-10-12T13:05"]
        pub reported: Option<Placed<Moment>>,
        /// Where it was seen.
        pub found_in: Option<FoundIn>,
        /// Releases it affects.
        pub affects: Vec<Ref<to::Release>>,
        /// The ticket in which it is fixed.
        #[example = "BEN-2301"]
        pub ticket: Option<Placed<String>>,
        /// The team that found it.
        pub team: Option<Ref<to::Team>>,
        /// The steps that show it again.
        #[example = "Open the application"]
        pub steps: Vec<Text>,
        /// What should happen.
        #[example = "120 €"]
        pub expected: Option<Text>,
        /// What happens.
        #[example = "60 €"]
        pub actual: Option<Text>,
        /// How users get by until it is fixed.
        #[example = "Manual correction"]
        pub workaround: Option<Text>,
        /// How its status changed.
        pub history: Vec<DefectChange>,
        /// Files that belong to it, as paths relative to this file.
        #[example = "sum.png"]
        pub attachments: Vec<Ref<to::File>>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// Where a defect was seen.
    pub struct FoundIn {
        /// The environment.
        pub environment: Option<Ref<to::Environment>>,
        /// The build.
        #[example = "2026.10.0-rc2"]
        pub build: Option<String>,
        /// The test run.
        pub run: Option<Ref<to::Run>>,
        /// The test case.
        pub case: Option<Ref<to::Case>>,
    }

    /// A change of status.
    pub struct DefectChange {
        /// When the status changed.
        #[example = "2026-10-14T15:00"]
        pub at: Placed<Moment>,
        /// The new status.
        pub to: Placed<DefectStatus>,
        /// The build that brings the fix.
        #[example = "2026.10.0-rc3"]
        pub build: Option<String>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }
}

choice! {
    /// How far a defect is.
    pub enum DefectStatus {
        /// Nobody works on it yet.
        Open = "open",
        /// Put off.
        Deferred = "deferred",
        /// The same as another defect.
        Duplicate = "duplicate",
        /// Being fixed.
        Fixing = "fixing",
        /// Fixed, to be tested again.
        Retest = "retest",
        /// Tested again, still there.
        Reopened = "reopened",
        /// Tested again, gone.
        Closed = "closed",
        /// Not a defect.
        Rejected = "rejected",
    }

    /// How much harm a defect does.
    pub enum Severity {
        /// Work stops or data is lost.
        Critical = "critical",
        /// An important function is wrong.
        Major = "major",
        /// A lesser function is wrong.
        Minor = "minor",
        /// It only looks wrong.
        Cosmetic = "cosmetic",
    }
}

impl DefectStatus {
    /// Whether the defect is open: not closed, rejected or a duplicate. Deferred ones are counted
    /// apart, see [`Self::is_deferred`].
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Rejected | Self::Duplicate)
    }

    /// Whether it was put off.
    pub fn is_deferred(self) -> bool {
        self == Self::Deferred
    }
}
