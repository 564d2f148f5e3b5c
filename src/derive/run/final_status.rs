//! How each case of a release ended, over all its runs.
//!
//! The final status of a case is its result in the latest run of the release, by (started, id), that has
//! the case. A run has the cases that it gives a result for, whatever that result is: a case that is
//! blocked in the latest run is blocked. A plan does not make a run have a case. It says what the release
//! is to be tested with, not what each of its runs repeats, so a cycle that repeats forty of four hundred
//! cases and names the plan of the release takes no result from the others. A planned case counts as not
//! run while no run of the release has a result for it, and so never disappears.

use std::collections::{BTreeMap, HashSet};

use crate::derive::basis::Basis;
use crate::derive::run::counts::Counts;
use crate::derive::run::identity::Identity;
use crate::derive::run::results::RunCase;
use crate::model::plan::Plan;
use crate::model::records::Record;
use crate::model::run::Run;
use crate::record::reference::Ref;

/// A case of a release and how it ended.
#[derive(Debug, Clone)]
pub struct FinalCase<'a> {
    /// Which case it is; nothing for a result with neither id nor name, which stands for itself.
    pub identity: Option<Identity>,
    /// Its final result; without one it is not run.
    pub case: RunCase<'a>,
    /// The run of that result.
    pub run: Option<&'a Record<Run>>,
}

/// How the cases of a release ended.
#[derive(Debug, Clone, Default)]
pub struct FinalStatuses<'a> {
    /// The cases that are known: those of the latest run first, those without a result last.
    pub cases: Vec<FinalCase<'a>>,
    /// Planned cases of which only the number is known; none of them was executed.
    pub unnamed: usize,
    /// Runs that give sums alone, the latest of each series that names no cases: their cases are in the
    /// counts and in no narrower scope.
    pub totals: Vec<&'a Record<Run>>,
    /// Runs that give sums alone and are later than runs of their series that name cases. Which of those
    /// cases ended otherwise there is not known, so while there is such a run nothing is known for sure.
    pub unplaced: Vec<&'a Record<Run>>,
    /// The sums of the runs in `totals`.
    sums: Counts,
}

impl FinalStatuses<'_> {
    /// The cases of the release by final status.
    pub fn counts(&self) -> Counts {
        let mut counts = self.counts_of(|_| true);
        counts.not_run += self.unnamed;
        counts.plus(&self.sums)
    }

    /// The known cases that `is_in` by final status. Whether the scope is known as a whole is for the
    /// caller to judge by `unnamed` and `totals`.
    pub fn counts_of(&self, is_in: impl Fn(&FinalCase<'_>) -> bool) -> Counts {
        let mut counts = Counts::default();
        self.cases.iter().filter(|case| is_in(case)).for_each(|case| counts.add(case.case.status()));
        counts
    }
}

/// How the cases of the release with the id `release` ended.
pub fn of_release<'a>(basis: Basis<'a>, release: &str) -> FinalStatuses<'a> {
    of_latest_first(basis, release, &runs_of(basis, release))
}

/// How the cases of the release ended over some of its runs. Planned cases that none of these has count
/// as not run.
pub fn of_runs<'a>(basis: Basis<'a>, release: &str, some: &[&Record<Run>]) -> FinalStatuses<'a> {
    let mut runs = runs_of(basis, release);
    runs.retain(|run| some.iter().any(|of| of.id == run.id));
    of_latest_first(basis, release, &runs)
}

fn of_latest_first<'a>(basis: Basis<'a>, release: &str, runs: &[&'a Record<Run>]) -> FinalStatuses<'a> {
    let mut statuses = FinalStatuses::default();
    let mut seen: HashSet<Identity> = HashSet::new();
    for run in runs.iter().filter(|run| run.totals.is_none()) {
        for result in &run.results {
            let identity = Identity::of(basis.site, result);
            if identity.as_ref().is_none_or(|case| seen.insert(case.clone())) {
                let id = result.case.as_ref().map(|case| basis.site.case_id(case.id()));
                let case = RunCase { id, result: Some(result) };
                statuses.cases.push(FinalCase { identity, case, run: Some(run) });
            }
        }
    }
    statuses.cases.extend(not_run(basis, release, runs, &mut seen));
    for runs in by_series(basis, runs).into_values() {
        statuses.unnamed += unnamed(basis, &runs);
        let silent: Vec<&Record<Run>> = runs.iter().copied().take_while(|run| run.totals.is_some()).collect();
        if silent.len() < runs.len() {
            statuses.unplaced.extend(silent);
        } else if let Some(last) = silent.first() {
            statuses.sums = statuses.sums.plus(&basis.results.counts(&last.id));
            statuses.totals.push(last);
        }
    }
    statuses
}

/// The runs of a release that had begun by the day, the latest first.
pub fn runs_of<'a>(basis: Basis<'a>, release: &str) -> Vec<&'a Record<Run>> {
    let runs = basis.results.runs().filter_map(|id| basis.site.runs.get(id));
    let has_begun = |run: &&Record<Run>| run.started.date(&basis.site.zone) <= basis.as_of;
    runs.filter(|run| run.release.id() == release).filter(has_begun).collect()
}

/// Runs by their series, in the order in which they come.
pub fn by_series<'a>(basis: Basis<'a>, runs: &[&'a Record<Run>]) -> BTreeMap<&'a str, Vec<&'a Record<Run>>> {
    let mut series: BTreeMap<&str, Vec<&Record<Run>>> = BTreeMap::new();
    for run in runs {
        series.entry(basis.results.series(&run.id).unwrap_or_default()).or_default().push(run);
    }
    series
}

/// The plans of a release: plans that are for the release, and plans that its `runs` follow.
pub fn plans_of<'a>(basis: Basis<'a>, release: &str, runs: &[&'a Record<Run>]) -> Vec<&'a Record<Plan>> {
    let followed: HashSet<&str> = runs.iter().filter_map(|run| run.plan.as_ref()).map(Ref::id).collect();
    let is_of_release = |plan: &Record<Plan>| {
        followed.contains(plan.id.as_str()) || plan.release.as_ref().is_some_and(|of| of.id() == release)
    };
    basis.site.plans.iter().filter(|plan| is_of_release(plan)).collect()
}

/// The cases of the release's plans that no run has.
fn not_run<'a>(
    basis: Basis<'a>,
    release: &str,
    runs: &[&'a Record<Run>],
    seen: &mut HashSet<Identity>,
) -> Vec<FinalCase<'a>> {
    plans_of(basis, release, runs)
        .into_iter()
        .flat_map(|plan| basis.results.chosen(&plan.id))
        .filter_map(|id| {
            let identity = Identity::Id(id.clone());
            seen.insert(identity.clone()).then_some(FinalCase {
                identity: Some(identity),
                case: RunCase { id: Some(id), result: None },
                run: None,
            })
        })
        .collect()
}

/// How many cases the runs of one series were to have beyond those that are known there: runs that give
/// the number of planned cases alone mean the same cases.
fn unnamed(basis: Basis<'_>, runs: &[&Record<Run>]) -> usize {
    let naming = || runs.iter().filter(|run| run.totals.is_none());
    let Some(planned) = naming().map(|run| basis.results.counts(&run.id).planned()).max() else { return 0 };
    let results = naming().flat_map(|run| &run.results).filter_map(|result| Identity::of(basis.site, result));
    let planned_cases = naming()
        .filter_map(|run| run.plan.as_ref())
        .flat_map(|plan| basis.results.chosen(plan.id()))
        .map(|id| Identity::Id(id.clone()));
    let known: HashSet<Identity> = results.chain(planned_cases).collect();
    planned.saturating_sub(known.len())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::model::run::Status;
    use crate::parse::sample::tree;

    const CASES: &str = "cases: [{id: A}, {id: B}, {id: C}]";
    const PLAN: &str = "release: r\ncases: {include: [A, B, C]}";

    /// The final statuses of the release `r`, sorted, and its counts, where its runs, a day apart, say so.
    /// Runs that cannot be placed are named at the end.
    fn statuses(runs: &[&str]) -> (String, Counts) {
        let runs: Vec<(String, String)> = runs
            .iter()
            .enumerate()
            .map(|(day, text)| {
                let series = if text.contains("series:") { "" } else { "\nseries: s" };
                let run =
                    format!("release: r\nenvironment: e{series}\nstarted: 2026-10-{:02}\n{text}", day + 1);
                (format!("runs/{}.yaml", day + 1), run)
            })
            .collect();
        let mut files = vec![("cases/all.yaml", CASES), ("plans/p.yaml", PLAN)];
        files.extend(runs.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let site = tree(&files);
        let results = Results::of(&site);
        let statuses = of_release(Basis { site: &site, results: &results, as_of: date(2026, 10, 31) }, "r");
        let mut cases: Vec<String> = statuses.cases.iter().map(said).collect();
        cases.sort();
        cases.extend(statuses.unplaced.iter().map(|run| format!("unplaced {}", run.id)));
        (cases.join(", "), statuses.counts())
    }

    /// `A passed in 1`.
    fn said(case: &FinalCase<'_>) -> String {
        let name = case.identity.as_ref().map_or("?", |identity| match identity {
            Identity::Id(id) => id,
            Identity::Named { name, .. } => name,
        });
        let run = case.run.map_or("no run", |run| &run.id);
        format!("{name} {} in {run}", case.case.status().word())
    }

    #[test]
    fn the_latest_run_that_has_the_case_says_how_it_ended() {
        let (cases, counts) = statuses(&[
            "results: [{case: A, status: failed}, {case: B, status: passed}]",
            "results: [{case: A, status: passed}, {title: once, status: passed}]",
            "results: [{case: B, status: blocked}]",
        ]);
        assert_eq!(cases, "A passed in 2, B blocked in 3, C not_run in no run, once passed in 2");
        assert_eq!((counts.planned(), counts.executed(), counts.passed), (4, 2, 2));
    }

    #[test]
    fn a_plan_hides_no_result_of_an_earlier_run() {
        let (cases, _) = statuses(&[
            "plan: p\nresults: [{case: A, status: passed}, {case: B, status: passed}]",
            "plan: p\nresults: [{case: A, status: failed}]",
        ]);
        assert_eq!(cases, "A failed in 2, B passed in 1, C not_run in no run");
    }

    #[test]
    fn what_a_run_says_of_a_case_holds_even_that_it_was_not_run() {
        let (cases, _) =
            statuses(&["results: [{case: A, status: passed}]", "results: [{case: A, status: not_run}]"]);
        assert_eq!(cases, "A not_run in 2, B not_run in no run, C not_run in no run");
    }

    #[test]
    fn planned_cases_without_a_name_count_once_for_all_runs_of_a_series() {
        let (_, counts) = statuses(&[
            "planned: 5\nresults: [{case: A, status: passed}, {case: B, status: passed}]",
            "planned: 5\nresults: [{case: C, status: passed}]",
            "series: t\nplanned: 2\nresults: [{case: C, status: failed}]",
        ]);
        assert_eq!((counts.planned(), counts.passed, counts.failed, counts.not_run), (6, 2, 1, 3));
    }

    #[test]
    fn of_runs_that_give_sums_alone_the_latest_of_a_series_counts() {
        let (cases, counts) = statuses(&[
            "totals: {planned: 3, passed: 3}",
            "results: [{case: A, status: passed}]",
            "series: t\ntotals: {planned: 50, passed: 10}",
            "series: t\ntotals: {planned: 50, passed: 40, failed: 10}",
            "totals: {planned: 7, passed: 7}",
        ]);
        assert_eq!(cases, "A passed in 2, B not_run in no run, C not_run in no run, unplaced 5");
        assert_eq!((counts.passed, counts.of_status(Status::Failed), counts.not_run), (41, 10, 2));
    }

    #[test]
    fn a_release_without_a_run_has_its_planned_cases() {
        assert_eq!(statuses(&[]).0, "A not_run in no run, B not_run in no run, C not_run in no run");
    }
}
