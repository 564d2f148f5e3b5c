//! `data/*.yaml`: test-data sets. A pointer to the data, never the data.

use crate::diagnostic::Placed;
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::Day;
use crate::record::{choice, record};

record! {
    /// A set of test data.
    pub struct DataSet {
        /// What readers see.
        pub title: Text,
        /// Where it lives.
        pub environment: Ref<to::Environment>,
        /// Where it comes from.
        pub origin: Placed<Origin>,
        /// Whether it can be used.
        pub status: Placed<DataStatus>,
        /// What is needed of it.
        pub needs: Vec<Need>,
        /// When it was prepared.
        pub prepared: Option<Day>,
        /// The last day on which it can be used.
        pub valid_until: Option<Placed<Day>>,
        /// The team that keeps it.
        pub team: Option<Ref<to::Team>>,
        /// Where it is kept.
        pub location: Option<String>,
        /// Cases that use it.
        pub cases: Vec<Ref<to::Case>>,
        /// The role that verified the pseudonymisation.
        pub verified_by: Option<Ref<to::Role>>,
        /// Whether it outlives a cloning of its environment.
        pub survives_cloning: Option<bool>,
        /// Anything else worth knowing.
        pub note: Option<Text>,
    }

    /// Something that is needed of a data set.
    pub struct Need {
        /// What.
        pub text: Text,
        /// Whether it is there.
        pub status: Placed<DataStatus>,
        /// Anything else worth knowing.
        pub note: Option<Text>,
    }
}

choice! {
    /// Where test data comes from.
    pub enum Origin {
        /// Made up.
        Synthetic = "synthetic",
        /// From production, identities replaced.
        Pseudonymised = "pseudonymised",
        /// From production as it is.
        Production = "production",
    }

    /// Whether test data can be used.
    pub enum DataStatus {
        /// All of it.
        Ready = "ready",
        /// A part.
        Partial = "partial",
        /// Not there.
        Missing = "missing",
        /// Out of date.
        Stale = "stale",
    }
}
