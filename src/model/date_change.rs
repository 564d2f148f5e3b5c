//! A date that moved, as clonings and training sessions tell it.

use crate::diagnostic::Placed;
use crate::record::record;
use crate::record::text::Text;
use crate::record::time::Moment;

record! {
    /// A date that moved.
    pub struct DateChange {
        /// When the move was told.
        pub at: Moment,
        /// When it was to begin before.
        pub was: Placed<Moment>,
        /// Why it moved.
        pub reason: Option<Text>,
    }
}
