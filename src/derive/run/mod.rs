//! What test runs say: results by case, by release and by series.

pub mod builds;
pub mod burn_up;
pub mod comparison;
pub mod counts;
pub mod failing_since;
pub mod final_status;
pub mod flaky;
pub mod identity;
pub mod matrix;
pub mod outcome;
pub mod release_comparison;
pub mod requirement;
pub mod results;
pub mod series;
pub mod trend;
