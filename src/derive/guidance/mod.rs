//! Whether guidance and training are fresh, what changed in them, and how they are learned.

pub mod accessibility;
pub mod advice;
pub mod attendance;
pub mod comparison;
pub mod difference;
pub mod freshness;
pub mod prerequisites;
pub mod review;
pub mod teaching;
pub mod versions;
