//! Who may see a file, and the marking of what few may see.

use crate::diagnostic::Placed;
use crate::record::text::Text;
use crate::record::time::Day;
use crate::record::{choice, record};

choice! {
    /// Who may see a file. Ordered from the widest audience to the narrowest.
    pub enum Audience {
        /// Everybody.
        Public = "public",
        /// The agency and its partners.
        Internal = "internal",
        /// Those whom the marking names.
        Restricted = "restricted",
    }
}

record! {
    /// The marking that the Public Information Act asks of documents for internal use.
    pub struct Restriction {
        /// Who holds the information.
        #[example = "Benefits Agency"]
        pub holder: Text,
        /// When the marking was made.
        pub marked: Day,
        /// The last day of the restriction.
        #[example = "2031-10-11"]
        pub until: Placed<Day>,
        /// The section of the law it rests on.
        #[example = "AvTS § 35 lg 1 p 9"]
        pub basis: String,
    }
}
