//! How tickets stand, and what a week changed.

pub mod tickets;
pub mod uat;
pub mod weekly;
