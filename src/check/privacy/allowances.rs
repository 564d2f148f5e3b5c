//! What `portal.yaml` lets pass.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::model::portal::Portal;
use crate::scan::{self, Kind};

/// Exact values that may be published on a day.
#[derive(Debug)]
pub struct Allowances {
    values: HashSet<String>,
}

impl Allowances {
    /// Those of `portal` that hold on the day `as_of`.
    pub fn of(portal: &Portal, as_of: Date) -> Self {
        let live = portal.allowed.iter().filter(|allowed| as_of <= allowed.expires.value);
        Self { values: live.map(|allowed| allowed.value.trim().to_owned()).collect() }
    }

    /// Whether a value may pass: as it is written, or as values of its kind are compared.
    pub fn permit(&self, kind: Kind, value: &str) -> bool {
        let plain = scan::plain(kind, value);
        self.values.iter().any(|allowed| allowed == value || scan::plain(kind, allowed) == plain)
    }
}
