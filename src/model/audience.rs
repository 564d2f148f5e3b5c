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
        pub holder: Text,
        /// When the marking was made.
        pub marked: Day,
        /// When it ends.
        pub until: Placed<Day>,
        /// The section of the law it rests on.
        pub basis: String,
    }
}
