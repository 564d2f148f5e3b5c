//! `cases/*.yaml`: the catalogue of test cases.

use super::release::Grade;
use crate::diagnostic::Placed;
use crate::record::record;
use crate::record::text::Text;

record! {
    /// Test cases, one file or several.
    pub struct Catalogue {
        /// The title of the file.
        #[example = "Benefits"]
        pub title: Option<Text>,
        /// The test cases.
        pub cases: Vec<Case>,
    }

    /// A test case.
    pub struct Case {
        /// The id of the case, by which results and plans name it.
        #[example = "BEN-142"]
        pub id: Placed<String>,
        /// The title that readers see.
        #[example = "Supplement is in the sum"]
        pub title: Option<Text>,
        /// How important it is.
        pub priority: Option<Grade>,
        /// Tickets or requirements that it covers.
        #[example = "BEN-2210"]
        pub requirements: Vec<String>,
        /// Words by which plans choose it.
        #[example = "regression"]
        pub tags: Vec<String>,
        /// Ids it had before; its history follows it.
        #[example = "BEN-77"]
        pub renamed_from: Vec<Placed<String>>,
        /// What must be true before it starts.
        #[example = "The application is submitted"]
        pub preconditions: Vec<Text>,
        /// What the tester does.
        #[example = "Open the application"]
        pub steps: Vec<Text>,
        /// What should come of it.
        #[example = "120 €"]
        pub expected: Option<Text>,
    }
}
