//! `cases/*.yaml`: the catalogue of test cases.

use super::release::Grade;
use crate::diagnostic::Placed;
use crate::record::record;
use crate::record::text::Text;

record! {
    /// A file of the catalogue.
    pub struct Catalogue {
        /// What readers see.
        pub title: Option<Text>,
        /// Its cases.
        pub cases: Vec<Case>,
    }

    /// A test case.
    pub struct Case {
        /// Its id.
        pub id: Placed<String>,
        /// What readers see.
        pub title: Option<Text>,
        /// How important it is.
        pub priority: Option<Grade>,
        /// Tickets it tests.
        pub requirements: Vec<String>,
        /// Words to choose it by.
        pub tags: Vec<String>,
        /// Ids it had before.
        pub renamed_from: Vec<Placed<String>>,
        /// What must be true before it starts.
        pub preconditions: Vec<Text>,
        /// What the tester does.
        pub steps: Vec<Text>,
        /// What should come of it.
        pub expected: Option<Text>,
    }
}
