//! `environments/*.yaml`: test environments, their readiness and clonings.

use super::date_change::DateChange;
use crate::diagnostic::Placed;
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::{Day, Moment, Seconds};
use crate::record::{choice, record};

record! {
    /// An environment: what is installed in it, whether it is ready, and when it is cloned.
    pub struct Environment {
        /// The title that readers see; without it, the id.
        #[example = "Pre-production"]
        pub title: Option<Text>,
        /// What it is for.
        pub kind: Placed<EnvironmentKind>,
        /// The product it runs.
        pub product: Option<Ref<to::Product>>,
        /// The team that keeps it.
        #[example = "platform"]
        pub team: Option<Ref<to::Team>>,
        /// The address at which it is reached.
        #[example = "https://preprod.example.ee"]
        pub url: Option<String>,
        /// Builds that were installed in it, and when.
        pub deployments: Vec<Deployment>,
        /// Checks of its readiness.
        pub readiness: Vec<ReadinessCheck>,
        /// Times at which it is overwritten with a copy.
        pub clonings: Vec<Cloning>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// An install in an environment.
    pub struct Deployment {
        /// The build.
        #[example = "2026.10.0-rc2"]
        pub build: Placed<String>,
        /// When it was installed.
        #[example = "2026-10-11T18:20"]
        pub at: Moment,
    }

    /// A check of an environment's readiness.
    pub struct ReadinessCheck {
        /// What was checked.
        #[example = "Smoke test"]
        pub check: Text,
        /// What came of it.
        pub result: Placed<CheckResult>,
        /// When it was checked.
        #[example = "2026-10-12T08:30"]
        pub at: Option<Placed<Moment>>,
        /// How long the result holds; without it, to the end of that day.
        #[example = "24h"]
        pub valid_for: Option<Seconds>,
        /// The run that checked it.
        #[example = "2026.10/smoke-07"]
        pub run: Option<Ref<to::Run>>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// A time at which an environment is overwritten with a copy of another.
    pub struct Cloning {
        /// Its id in the environment.
        #[example = "2026-11"]
        pub id: Placed<String>,
        /// The environment that is copied.
        #[example = "prod"]
        pub source: Option<Ref<to::Environment>>,
        /// How far it is.
        pub status: Option<Placed<CloningStatus>>,
        /// When it begins.
        #[example = "2026-11-06T18:00"]
        pub from: Placed<Moment>,
        /// When it ends.
        #[example = "2026-11-08T12:00"]
        pub until: Option<Placed<Moment>>,
        /// The day by which everybody affected is told.
        #[example = "2026-10-30"]
        pub announce_by: Option<Placed<Day>>,
        /// The teams, roles and partners that it affects.
        pub affected: Vec<Ref<to::Party>>,
        /// How personal data is masked.
        pub masking: Option<Masking>,
        /// What is lost.
        #[example = "Open test applications"]
        pub lost: Vec<Text>,
        /// What has to be done afterwards.
        pub follow_ups: Vec<FollowUp>,
        /// How its beginning moved, and why.
        pub schedule_changes: Vec<DateChange>,
        /// The role that accepted a cloning inside a test window.
        pub accepted_by: Option<Ref<to::Role>>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// How personal data is masked.
    pub struct Masking {
        /// The method.
        pub method: Option<MaskingMethod>,
        /// The role that verified it.
        #[example = "data-protection"]
        pub verified_by: Option<Ref<to::Role>>,
    }

    /// Something to do after a cloning.
    pub struct FollowUp {
        /// What has to be done.
        #[example = "Outgoing mail redirected"]
        pub task: Text,
        /// The team or role that does it.
        #[example = "platform"]
        pub team: Option<Ref<to::Owner>>,
        /// The day by which it must be done.
        #[example = "2026-11-08"]
        pub due: Option<Placed<Day>>,
        /// Whether the environment is not ready without it.
        pub blocking: Option<bool>,
        /// When it was done.
        #[example = "2026-11-08"]
        pub done: Option<Day>,
    }
}

choice! {
    /// What an environment is for.
    pub enum EnvironmentKind {
        /// Developers.
        Development = "development",
        /// Testers.
        Test = "test",
        /// The last rehearsal before production.
        Preproduction = "preproduction",
        /// Acceptance testing.
        Acceptance = "acceptance",
        /// Training.
        Training = "training",
        /// Real work.
        Production = "production",
    }

    /// What came of a readiness check.
    pub enum CheckResult {
        /// In order.
        Pass = "pass",
        /// In order with limits.
        Limited = "limited",
        /// Not in order.
        Fail = "fail",
    }

    /// How far a cloning is.
    pub enum CloningStatus {
        /// Planned.
        Planned = "planned",
        /// Those affected have been told.
        Announced = "announced",
        /// Under way.
        Running = "running",
        /// Over, follow-ups open.
        FollowUp = "follow_up",
        /// Over.
        Done = "done",
        /// Will not come.
        Cancelled = "cancelled",
    }

    /// How personal data is masked.
    pub enum MaskingMethod {
        /// Replaced so that the link to a person can be restored only with extra knowledge.
        Pseudonymised = "pseudonymised",
        /// Replaced so that nothing leads back to a person.
        Anonymised = "anonymised",
        /// Made up.
        Synthetic = "synthetic",
        /// Not masked.
        None = "none",
    }
}
