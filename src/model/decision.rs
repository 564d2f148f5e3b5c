//! `decisions/*.yaml`: install confirmations and refusals.

use crate::diagnostic::Placed;
use crate::record::entries::{Entries, Required};
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::{Day, Moment};
use crate::record::{choice, record};

record! {
    /// A decision about an install: who said what of which build, and on what evidence.
    pub struct Decision {
        /// The title that readers see; without it, the id.
        #[example = "Install of the October release"]
        pub title: Option<Text>,
        /// The release it is about.
        pub release: Ref<to::Release>,
        /// What was decided.
        pub outcome: Placed<Outcome>,
        /// When it was decided.
        #[example = "2026-10-19T10:40"]
        pub decided: Placed<Moment>,
        /// The build it holds for.
        #[example = "2026.10.0-rc3"]
        pub build: Placed<String>,
        /// What each role said.
        pub by: Placed<Entries<Ref<to::Role>, Placed<Outcome>>>,
        /// Why it was decided so.
        #[example = "D-317 has an approved workaround"]
        pub reason: Option<Text>,
        /// What must still be done.
        pub conditions: Vec<Condition>,
        /// Whether the report may follow the install.
        pub expedited: Option<bool>,
        /// The files it rests on; the sign-off command writes them.
        pub evidence: Required<Evidence>,
        /// The earlier decision that it replaces.
        pub supersedes: Option<Ref<to::Decision>>,
        /// Why it goes against the gate; needed to confirm while the gate does not pass.
        pub r#override: Option<Override>,
    }

    /// Something that must still be done.
    pub struct Condition {
        /// What must be done.
        #[example = "Correction script before 1 November"]
        pub text: Text,
        /// The team or role that does it.
        #[example = "platform"]
        pub team: Option<Ref<to::Owner>>,
        /// The day by which it must be done.
        #[example = "2026-10-30"]
        pub due: Option<Placed<Day>>,
        /// When it was done.
        #[example = "2026-10-29"]
        pub done: Option<Day>,
    }

    /// A file that a decision rests on.
    pub struct Evidence {
        /// The file, from the content folder.
        #[example = "runs/2026.10/sit-03.yaml"]
        pub file: Placed<String>,
        /// The hash of its bytes, hexadecimal (FIPS 180-4).
        #[example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
        pub sha256: String,
    }

    /// Why a decision goes against the gate.
    pub struct Override {
        /// The reason.
        #[example = "The law enters into force tomorrow"]
        pub reason: Text,
        /// The role that answers for it.
        #[example = "product-owner"]
        pub by: Ref<to::Role>,
    }
}

choice! {
    /// What was decided.
    pub enum Outcome {
        /// Install.
        Confirmed = "confirmed",
        /// Install, and do what is listed.
        ConfirmedWithConditions = "confirmed_with_conditions",
        /// Do not install.
        Refused = "refused",
        /// Decide later.
        Deferred = "deferred",
    }
}
