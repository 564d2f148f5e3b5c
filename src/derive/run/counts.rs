//! How many cases of a run ended how.

use std::collections::HashSet;

use crate::diagnostic::Placed;
use crate::model::Site;
use crate::model::case::Case;
use crate::model::plan::{Plan, Selector};
use crate::model::run::{CaseResult, Run, Status, Totals};

/// Cases by status. Planned cases without a result are `not_run` and never disappear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Broke off.
    pub error: usize,
    /// Could not be run.
    pub blocked: usize,
    /// Left out.
    pub skipped: usize,
    /// Under way.
    pub in_progress: usize,
    /// Not yet run.
    pub not_run: usize,
}

impl Counts {
    /// The counts of `run`.
    pub fn of(site: &Site, run: &Run) -> Self {
        if let Some(totals) = &run.totals {
            return Self::of_totals(totals);
        }
        let mut counts = Self::default();
        for result in &run.results {
            counts.add(result.status.value);
        }
        counts.not_run += planned(site, run).unwrap_or(0).saturating_sub(counts.planned());
        counts
    }

    fn of_totals(totals: &Totals) -> Self {
        let number = |value: Option<u32>| value.unwrap_or(0) as usize;
        let mut counts = Self {
            passed: number(totals.passed),
            failed: number(totals.failed),
            error: number(totals.error),
            blocked: number(totals.blocked),
            skipped: number(totals.skipped),
            in_progress: number(totals.in_progress),
            not_run: number(totals.not_run),
        };
        counts.not_run += number(totals.planned).saturating_sub(counts.planned());
        counts
    }

    /// How many cases ended as `status`.
    pub fn of_status(&self, status: Status) -> usize {
        match status {
            Status::Passed => self.passed,
            Status::Failed => self.failed,
            Status::Error => self.error,
            Status::Blocked => self.blocked,
            Status::Skipped => self.skipped,
            Status::InProgress => self.in_progress,
            Status::NotRun => self.not_run,
        }
    }

    /// Counts one more case that ended as `status`.
    pub fn add(&mut self, status: Status) {
        *self.of_status_mut(status) += 1;
    }

    /// These cases and those of `other`.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for status in Status::ALL {
            *self.of_status_mut(*status) += other.of_status(*status);
        }
        self
    }

    fn of_status_mut(&mut self, status: Status) -> &mut usize {
        match status {
            Status::Passed => &mut self.passed,
            Status::Failed => &mut self.failed,
            Status::Error => &mut self.error,
            Status::Blocked => &mut self.blocked,
            Status::Skipped => &mut self.skipped,
            Status::InProgress => &mut self.in_progress,
            Status::NotRun => &mut self.not_run,
        }
    }

    /// All planned cases: the sum of all statuses.
    pub fn planned(&self) -> usize {
        Status::ALL.iter().map(|status| self.of_status(*status)).sum()
    }

    /// Executed cases: passed, failed and broken off.
    pub fn executed(&self) -> usize {
        self.passed + self.failed + self.error
    }
}

/// How many cases the run was to have: as written, else what its plan chooses.
fn planned(site: &Site, run: &Run) -> Option<usize> {
    if let Some(planned) = &run.planned {
        return Some(planned.value as usize);
    }
    let plan = site.plans.get(run.plan.as_ref()?.id())?;
    let chosen: HashSet<&str> = chosen(site, plan).collect();
    let is_planned = |result: &&CaseResult| {
        result.case.as_ref().is_some_and(|case| chosen.contains(site.case_id(case.id())))
    };
    let unplanned = run.results.len() - run.results.iter().filter(is_planned).count();
    Some(chosen.len() + unplanned)
}

/// The ids of the cases that a plan chooses from the catalogue.
pub fn chosen<'a>(site: &'a Site, plan: &'a Plan) -> impl Iterator<Item = &'a str> {
    site.cases.iter().filter(|case| is_chosen(site, plan, case)).map(|case| case.id.as_str())
}

fn is_chosen(site: &Site, plan: &Plan, case: &Case) -> bool {
    let chooses = |selector: &Placed<Selector>| match &selector.value {
        // A case that a plan names by a former id is still meant.
        Selector::Id(id) => site.case_id(id) == case.id.value,
        other => other.chooses(&case.id, &case.tags),
    };
    plan.cases.as_ref().is_some_and(|selection| {
        selection.include.iter().any(chooses) && !selection.exclude.iter().any(chooses)
    })
}

/// A share in tenths of a percent, rounded down, so that 100 % means all; nothing of nothing is
/// unknown.
pub fn share_down(part: usize, whole: usize) -> Option<i64> {
    if whole == 0 {
        return None;
    }
    i64::try_from(part.saturating_mul(1000) / whole).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_better_than_it_is() {
        assert_eq!(share_down(399, 400), Some(997));
        assert_eq!(share_down(9_999, 10_000), Some(999));
        assert_eq!(share_down(400, 400), Some(1000));
        assert_eq!(share_down(0, 0), None);
    }

    #[test]
    fn a_plan_chooses_a_case_by_its_former_id_too() {
        let plan = "cases: {include: [OLD-1, B-2..B-4], exclude: [OLD-3]}";
        let cases = "cases: [{id: A-1, renamed_from: [OLD-1]}, {id: B-2}, {id: B-3, renamed_from: [OLD-3]}, {id: B-5}]";
        let site = crate::parse::sample::tree(&[("cases/all.yaml", cases), ("plans/p.yaml", plan)]);
        let plan = site.plans.get("p").expect("the plan");
        assert_eq!(chosen(&site, plan).collect::<Vec<_>>(), ["A-1", "B-2"]);
    }
}
