//! What answers are computed from.

use jiff::civil::Date;

use crate::derive::run::results::Results;
use crate::model::Site;

/// The site, which case ended how in which run, and the day.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// What the content tree says.
    pub site: &'a Site,
    /// Which case ended how in which run.
    pub results: &'a Results,
    /// The day for which everything is computed.
    pub as_of: Date,
}
