//! A date that moved, as clonings and training sessions tell it.

use crate::diagnostic::Placed;
use crate::record::record;
use crate::record::text::Text;
use crate::record::time::Moment;

record! {
    /// A date that moved.
    pub struct DateChange {
        /// When the move was told.
        #[example = "2026-10-10"]
        pub at: Moment,
        /// When it was to begin before.
        #[example = "2026-11-05T18:00"]
        pub was: Placed<Moment>,
        /// Why it moved.
        #[example = "The supplier needs a day more"]
        pub reason: Option<Text>,
    }
}
