//! Whether environments and test data can be used.

pub mod drift;
pub mod readiness;
pub mod test_data;
