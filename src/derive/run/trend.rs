//! How the runs of a series went, one after the other.

use crate::derive::basis::Basis;
use crate::derive::run::counts::{Counts, share_down};
use crate::model::records::Record;
use crate::model::run::Run;

/// A run of a series and what came of it.
#[derive(Debug, Clone, Copy)]
pub struct Point<'a> {
    /// The run.
    pub run: &'a Record<Run>,
    /// How its cases ended.
    pub counts: Counts,
}

impl Point<'_> {
    /// Passed of executed cases in tenths of a percent, rounded down; unknown where none was executed.
    pub fn pass_rate(&self) -> Option<i64> {
        share_down(self.counts.passed, self.counts.executed())
    }

    /// Passed of planned cases in tenths of a percent, rounded down; unknown where none was planned.
    pub fn planned_pass_rate(&self) -> Option<i64> {
        share_down(self.counts.passed, self.counts.planned())
    }
}

/// The last `most` runs of a series, the first of them first.
pub fn last<'a>(basis: Basis<'a>, name: &str, most: usize) -> Vec<Point<'a>> {
    let mut runs: Vec<&Record<Run>> = basis.results.of_series(basis.site, name).take(most).collect();
    runs.reverse();
    runs.into_iter().map(|run| Point { run, counts: basis.results.counts(&run.id) }).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    fn run(started: &str, totals: &str) -> String {
        format!("release: r\nenvironment: e\nseries: s\nstarted: {started}\ntotals: {{{totals}}}")
    }

    #[test]
    fn the_last_runs_stand_in_order_of_time() {
        let site = tree(&[
            ("runs/a.yaml", &run("2026-10-14", "planned: 10, passed: 8, failed: 1")),
            ("runs/b.yaml", &run("2026-10-12", "planned: 10")),
            ("runs/c.yaml", &run("2026-10-10", "passed: 1")),
        ]);
        let results = Results::of(&site);
        let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 16) };
        let told: Vec<_> = last(basis, "s", 2)
            .iter()
            .map(|point| (point.run.id.as_str(), point.pass_rate(), point.planned_pass_rate()))
            .collect();
        assert_eq!(told, [("b", None, Some(0)), ("a", Some(888), Some(800))]);
    }
}
