//! `partners.yaml`: the partner network.

use crate::diagnostic::Placed;
use crate::record::entries::Required;
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::{choice, record};

record! {
    /// The partner network: who outside is concerned with what.
    pub struct Partners {
        /// The partners.
        pub partners: Required<Partner>,
    }

    /// A partner.
    pub struct Partner {
        /// The id by which other files name it.
        #[example = "bank-a"]
        pub id: Placed<String>,
        /// The name that readers see.
        #[example = "Bank A"]
        pub title: Option<Text>,
        /// What it is.
        pub kind: Option<PartnerKind>,
        /// Products it is concerned with.
        pub products: Vec<Ref<to::Product>>,
        /// What it is told about: `cloning`, `install`, `schedule` or another word.
        #[example = "cloning"]
        pub interest: Vec<String>,
        /// A service mailbox or channel; never a person.
        #[example = "testing@bank-a.example"]
        pub channel: Option<Text>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }
}

choice! {
    /// What a partner is.
    pub enum PartnerKind {
        /// A partner.
        Partner = "partner",
        /// An agency.
        Agency = "agency",
        /// A supplier.
        Vendor = "vendor",
        /// A unit of the same agency.
        Unit = "unit",
    }
}
