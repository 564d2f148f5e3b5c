//! `releases/*.yaml`: planned releases and hot-fixes.

use crate::diagnostic::Placed;
use crate::record::entries::{Entries, Required};
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::{Day, Moment, Window};
use crate::record::{choice, record};

use super::portal::Metric;

record! {
    /// A planned release or hot-fix: what it consists of, its dates and what it must meet.
    pub struct Release {
        /// The title that readers see; without it, the id.
        #[example = "October release"]
        pub title: Option<Text>,
        /// The product that is released.
        pub product: Ref<to::Product>,
        /// Planned, or a hot-fix.
        pub r#type: Option<ReleaseType>,
        /// How far it is.
        pub status: Option<Placed<ReleaseStatus>>,
        /// The build under test.
        #[example = "2026.10.0-rc2"]
        pub build: Option<Placed<String>>,
        /// The team or role that answers for it.
        #[example = "release-manager"]
        pub owner: Option<Ref<to::Owner>>,
        /// The tickets it consists of.
        pub contents: Required<Content>,
        /// Where it is tested and installed.
        pub environments: Vec<ReleaseEnvironment>,
        /// Its dates.
        pub schedule: Placed<Schedule>,
        /// Which dates moved, and why.
        pub schedule_changes: Vec<ScheduleChange>,
        /// The gate it must pass.
        pub gate: Option<Ref<to::Gate>>,
        /// Roles whose word is needed.
        pub sign_off: Vec<Ref<to::Role>>,
        /// Parameters checked before a ticket goes to UAT, by ticket.
        #[example = "BEN-2210"]
        pub uat: Entries<Placed<String>, UatParameters>,
        /// Failing rules of the gate that were accepted.
        pub waivers: Vec<Waiver>,
        /// How it is taken back.
        pub rollback: Option<Rollback>,
        /// The teams, roles and partners that are told about it.
        pub notify: Vec<Ref<to::Party>>,
        /// What a hot-fix mends; for hot-fixes alone.
        pub hotfix: Option<Hotfix>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// One ticket of a release.
    pub struct Content {
        /// The ticket's key.
        #[example = "BEN-2210"]
        pub ticket: Placed<String>,
        /// What it changes.
        #[example = "Child supplement"]
        pub title: Option<Text>,
        /// The kind of change.
        pub change: Option<Change>,
        /// How much could go wrong.
        pub risk: Option<Placed<Grade>>,
        /// The feature flag it hides behind.
        #[example = "child-supp"]
        pub flag: Option<String>,
        /// The cases that test it.
        pub cases: Vec<Ref<to::Case>>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// An environment in a release.
    pub struct ReleaseEnvironment {
        /// The environment.
        pub env: Ref<to::Environment>,
        /// What it is used for: `system-test`, `acceptance`, `target` or another word.
        #[example = "system-test"]
        pub r#use: Option<Placed<String>>,
    }

    /// The dates of a release.
    pub struct Schedule {
        /// The change freeze: no change comes in after it.
        #[example = "2026-10-09"]
        pub freeze: Option<Placed<Moment>>,
        /// Testing begins.
        #[example = "2026-10-12T09:00"]
        pub test_start: Option<Placed<Moment>>,
        /// Testing ends.
        #[example = "2026-10-16T16:00"]
        pub test_deadline: Option<Placed<Moment>>,
        /// The test report is due.
        #[example = "2026-10-16T17:00"]
        pub report_due: Option<Placed<Moment>>,
        /// The install is confirmed or refused.
        #[example = "2026-10-19T10:00"]
        pub decision: Option<Placed<Moment>>,
        /// The install, a time or a window.
        #[example = "2026-10-20T20:00"]
        pub install: Option<Placed<Window>>,
    }

    /// A date that moved.
    pub struct ScheduleChange {
        /// When the move was told.
        #[example = "2026-10-05"]
        pub at: Moment,
        /// Which date moved.
        #[example = "install"]
        pub event: Placed<ScheduleEvent>,
        /// What it was before.
        #[example = "2026-10-18T20:00"]
        pub was: Placed<Moment>,
        /// Why it moved.
        #[example = "The bank has its own install that day"]
        pub reason: Option<Text>,
    }

    /// What is checked before a ticket goes to UAT.
    pub struct UatParameters {
        /// The feature flag and its state.
        pub feature_flag: Option<FeatureFlag>,
        /// Business roles that testers need.
        #[example = "case worker"]
        pub roles: Vec<String>,
        /// The business description.
        pub business_description: Option<ParameterState>,
        /// The acceptance criteria.
        pub acceptance_criteria: Option<ParameterState>,
        /// The test data that is needed.
        pub test_data: Vec<Ref<to::DataSet>>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// A feature flag in an environment.
    pub struct FeatureFlag {
        /// Its name.
        #[example = "child-supp"]
        pub name: String,
        /// Its state: `on`, `off` or another word.
        #[example = "on"]
        pub state: Option<String>,
        /// The environment in which it has that state.
        pub env: Option<Ref<to::Environment>>,
    }

    /// A failing gate rule that was accepted.
    pub struct Waiver {
        /// Its id in the release.
        #[example = "W1"]
        pub id: Placed<String>,
        /// The rule it covers.
        #[example = "open_defects"]
        pub rule: Placed<Metric>,
        /// The defects it covers.
        pub defects: Vec<Ref<to::Defect>>,
        /// Why it was accepted.
        #[example = "There is a workaround"]
        pub reason: Option<Text>,
        /// The role that accepted it.
        #[example = "product-owner"]
        pub approved_by: Option<Ref<to::Role>>,
        /// The risk that was accepted.
        pub risk: Option<Grade>,
        /// The last day it holds.
        #[example = "2026-11-30"]
        pub expires: Option<Placed<Day>>,
    }

    /// How a release is taken back.
    pub struct Rollback {
        /// The guide to it, as a path relative to this file.
        pub guide: Option<Ref<to::Page>>,
        /// What cannot be undone.
        #[example = "Letters that were sent"]
        pub cannot_undo: Vec<Text>,
    }

    /// What a hot-fix mends.
    pub struct Hotfix {
        /// The release it mends.
        pub of: Ref<to::Release>,
        /// The defect that made it needed.
        pub trigger: Option<Ref<to::Defect>>,
        /// The release that gets the same change.
        #[example = "2026.11"]
        pub merged_forward_to: Option<Ref<to::Release>>,
        /// Whether that has happened.
        pub merged: Option<bool>,
    }
}

choice! {
    /// Planned, or a hot-fix.
    pub enum ReleaseType {
        /// A planned release.
        Planned = "planned",
        /// A hot-fix.
        Hotfix = "hotfix",
    }

    /// How far a release is.
    pub enum ReleaseStatus {
        /// Planned.
        Planned = "planned",
        /// Being tested.
        InTest = "in_test",
        /// Confirmed or refused.
        Decided = "decided",
        /// Installed.
        Released = "released",
        /// Taken back.
        RolledBack = "rolled_back",
        /// Will not come.
        Cancelled = "cancelled",
    }

    /// What a ticket changes.
    pub enum Change {
        /// Something new.
        Feature = "feature",
        /// Something mended.
        Fix = "fix",
        /// Something rebuilt.
        Refactoring = "refactoring",
        /// Settings.
        Configuration = "configuration",
        /// Data.
        Data = "data",
        /// Anything else.
        Other = "other",
    }

    /// A grade of risk, priority or likelihood.
    pub enum Grade {
        /// High.
        High = "high",
        /// Medium.
        Medium = "medium",
        /// Low.
        Low = "low",
    }

    /// An event of a release's schedule, in the order in which they come.
    pub enum ScheduleEvent {
        /// Change freeze.
        Freeze = "freeze",
        /// Testing begins.
        TestStart = "test_start",
        /// Testing ends.
        TestDeadline = "test_deadline",
        /// The test report is due.
        ReportDue = "report_due",
        /// The decision.
        Decision = "decision",
        /// The install.
        Install = "install",
    }

    /// The state of a UAT parameter.
    pub enum ParameterState {
        /// In order.
        Ok = "ok",
        /// Not there.
        Missing = "missing",
        /// There, but not understood.
        Unclear = "unclear",
        /// Not needed.
        NotApplicable = "not_applicable",
    }
}
