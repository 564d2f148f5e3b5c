//! What an executed result says of the product.

use crate::model::run::Status;

/// Good or bad; a result that was not executed is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Passed.
    Ok,
    /// Failed or broke off.
    Bad,
}

impl Outcome {
    /// What `status` says; nothing for a case that was not executed.
    pub fn of(status: Status) -> Option<Self> {
        match status {
            Status::Passed => Some(Self::Ok),
            Status::Failed | Status::Error => Some(Self::Bad),
            Status::Blocked | Status::Skipped | Status::InProgress | Status::NotRun => None,
        }
    }
}
