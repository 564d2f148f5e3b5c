//! `decisions/*.yaml`: install confirmations and refusals.

use crate::diagnostic::Placed;
use crate::record::entries::{Entries, Required};
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::{Day, Moment};
use crate::record::{choice, record};

record! {
    /// A decision about an install.
    pub struct Decision {
        /// What readers see; the id, if nothing is written.
        pub title: Option<Text>,
        /// The release it is about.
        pub release: Ref<to::Release>,
        /// What was decided.
        pub outcome: Placed<Outcome>,
        /// When.
        pub decided: Placed<Moment>,
        /// The build it is about.
        pub build: Placed<String>,
        /// What each role said.
        pub by: Placed<Entries<Ref<to::Role>, Placed<Outcome>>>,
        /// Why.
        pub reason: Option<Text>,
        /// What must still be done.
        pub conditions: Vec<Condition>,
        /// Whether the report may follow the install.
        pub expedited: Option<bool>,
        /// Files it rests on.
        pub evidence: Required<Evidence>,
        /// The decision it replaces.
        pub supersedes: Option<Ref<to::Decision>>,
        /// Why it goes against the gate.
        pub r#override: Option<Override>,
    }

    /// Something that must still be done.
    pub struct Condition {
        /// What.
        pub text: Text,
        /// Who does it.
        pub team: Option<Ref<to::Owner>>,
        /// By when.
        pub due: Option<Placed<Day>>,
        /// When it was done.
        pub done: Option<Day>,
    }

    /// A file that a decision rests on.
    pub struct Evidence {
        /// The file, from the content folder.
        pub file: Placed<String>,
        /// The hash of its bytes, hexadecimal (FIPS 180-4).
        pub sha256: String,
    }

    /// Why a decision goes against the gate.
    pub struct Override {
        /// The reason.
        pub reason: Text,
        /// The role that answers for it.
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
