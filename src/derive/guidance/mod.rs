//! Whether guidance and training are fresh, and how they are learned.

pub mod advice;
pub mod attendance;
pub mod difference;
pub mod freshness;
pub mod prerequisites;
pub mod review;
pub mod teaching;
