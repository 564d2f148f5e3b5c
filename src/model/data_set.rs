//! `data/*.yaml`: test-data sets. A pointer to the data, never the data.

use crate::diagnostic::Placed;
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::Day;
use crate::record::{choice, record};

record! {
    /// A set of test data: a pointer to the data, never the data.
    pub struct DataSet {
        /// What the data is.
        #[example = "Pensioners with children"]
        pub title: Text,
        /// The environment that holds it.
        pub environment: Ref<to::Environment>,
        /// Where it comes from.
        pub origin: Placed<Origin>,
        /// Whether it can be used.
        pub status: Placed<DataStatus>,
        /// What is needed of it, and whether it is there.
        pub needs: Vec<Need>,
        /// When it was prepared.
        pub prepared: Option<Day>,
        /// The last day on which it can be used.
        #[example = "2026-12-31"]
        pub valid_until: Option<Placed<Day>>,
        /// The team that answers for it.
        #[example = "sit"]
        pub team: Option<Ref<to::Team>>,
        /// Where the data is kept.
        #[example = "vault:td/pensioners-03"]
        pub location: Option<String>,
        /// Cases that use it.
        pub cases: Vec<Ref<to::Case>>,
        /// The role that verified the pseudonymisation.
        #[example = "data-protection"]
        pub verified_by: Option<Ref<to::Role>>,
        /// Whether it outlives a cloning of its environment.
        pub survives_cloning: Option<bool>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// Something that is needed of a data set.
    pub struct Need {
        /// What is needed.
        #[example = "1–3 children"]
        pub text: Text,
        /// Whether it is there.
        pub status: Placed<DataStatus>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
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
        /// All of it is there.
        Ready = "ready",
        /// A part of it is there.
        Partial = "partial",
        /// It is not there.
        Missing = "missing",
        /// It is out of date.
        Stale = "stale",
    }
}
