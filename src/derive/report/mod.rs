//! What test reports have, lack, and when they came.

pub mod findings;
pub mod sections;
pub mod timeliness;
