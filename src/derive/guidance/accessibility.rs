//! How long the accessibility statement of a portal holds.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::diagnostic::Placed;
use crate::model::accessibility::{Accessibility, Limitation, LimitationReason};
use crate::record::time::Day;

/// The day on which the statement was last looked through: when it was written, if nothing is said of later.
pub fn last_review(statement: &Accessibility) -> &Placed<Day> {
    statement.reviewed.as_ref().unwrap_or(&statement.prepared)
}

/// The last day on which it need not be looked through again: a year after that (Implementing Decision (EU) 2018/1523, annex: statements are
/// reviewed at least once a year).
pub fn holds_until(statement: &Accessibility) -> Date {
    last_review(statement).value.saturating_add(1.year())
}

/// What breaks the requirements, whether or not it will be mended; not what they do not apply to.
pub fn breaches(statement: &Accessibility) -> impl Iterator<Item = &Limitation> {
    statement.limitations.iter().filter(|limitation| limitation.because != LimitationReason::OutOfScope)
}
