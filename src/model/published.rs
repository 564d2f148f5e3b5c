//! Dates as readers were told them before: by an earlier revision of the content or a published portal.

use jiff::civil::DateTime;

use super::release::ScheduleEvent;
use crate::record::time::Moment;

/// All dates that one place told.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The place, as a phrase: "the Git revision `main`".
    pub by: String,
    /// The dates.
    pub dates: Vec<Told>,
}

/// A date that was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Whose it is.
    pub of: Dated,
    /// When it was to be.
    pub at: Moment,
    /// When it was to end, where an end was told.
    pub until: Option<Moment>,
    /// By when those affected were to be told, of a cloning.
    pub announce_by: Option<Moment>,
    /// What it had been before each of the moves that were told already.
    pub moves: Vec<Moment>,
}

/// What has a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dated {
    /// An event of a release.
    Release(String, ScheduleEvent),
    /// The beginning of a cloning: the environment and the cloning's id in it.
    Cloning(String, String),
    /// The beginning of a training session: the name of its page that stays, and when it was first to begin, in
    /// the portal's zone.
    Session(String, DateTime),
}
