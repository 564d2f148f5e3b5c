//! Which case ended how in which run.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::derive::run::counts::{self, Counts};
use crate::derive::run::identity::Identity;
use crate::derive::run::outcome::Outcome;
use crate::derive::run::series::series_of;
use crate::model::Site;
use crate::model::plan::Plan;
use crate::model::records::Record;
use crate::model::run::{CaseResult, Run, Status};
use crate::record::time::Seconds;

/// Results by case and by run, computed once so that no page has to read every run.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The ids of runs, the latest first.
    runs: Vec<String>,
    /// By run: its position in `runs`.
    positions: HashMap<String, usize>,
    /// The series of each run, in the order of `runs`.
    series: Vec<Arc<str>>,
    /// By series: positions of its runs in `runs`, the latest first.
    by_series: BTreeMap<Arc<str>, Vec<usize>>,
    /// By case: positions of the run in `runs` and of the result in the run, the latest first.
    by_case: HashMap<Identity, Vec<(usize, usize)>>,
    counts: HashMap<String, Counts>,
    /// By plan: the cases it chooses, in the catalogue's order.
    chosen: HashMap<String, Vec<String>>,
    /// By case: the plans that choose it, in their order.
    plans: HashMap<String, Vec<String>>,
}

/// A result and its run.
pub type RunResult<'a> = (&'a Record<Run>, &'a CaseResult);

/// A result that says something of the product.
#[derive(Debug, Clone, Copy)]
pub struct Executed<'a> {
    /// The run.
    pub run: &'a Record<Run>,
    /// The result.
    pub result: &'a CaseResult,
    /// What it says.
    pub outcome: Outcome,
}

/// A case in a run.
#[derive(Debug, Clone, Copy)]
pub struct RunCase<'a> {
    /// Its present id; a case without one is known by its title alone.
    pub id: Option<&'a str>,
    /// Its result; nothing for a planned case that has none.
    pub result: Option<&'a CaseResult>,
}

impl RunCase<'_> {
    /// Which case it is; nothing for a result with neither id nor name.
    pub fn identity(&self, site: &Site) -> Option<Identity> {
        match self.id {
            Some(id) => Some(Identity::Id(id.to_owned())),
            None => Identity::of(site, self.result?),
        }
    }

    /// How it ended; a planned case without a result is not run.
    pub fn status(&self) -> Status {
        self.result.map_or(Status::NotRun, |result| result.status.value)
    }
}

impl Results {
    /// The results of `site`.
    pub fn of(site: &Site) -> Self {
        let mut results = Self::default();
        for plan in site.plans.iter() {
            let chosen: Vec<String> = counts::chosen(site, plan).map(str::to_owned).collect();
            for case in &chosen {
                results.plans.entry(case.clone()).or_default().push(plan.id.clone());
            }
            results.chosen.insert(plan.id.clone(), chosen);
        }
        for (position, run) in latest_first(site).into_iter().enumerate() {
            results.add(site, position, run);
        }
        results
    }

    fn add(&mut self, site: &Site, position: usize, run: &Record<Run>) {
        for (index, result) in run.results.iter().enumerate() {
            let Some(case) = Identity::of(site, result) else { continue };
            let history = self.by_case.entry(case).or_default();
            // Of two results of one case in a run, which the checks report, the first counts.
            if history.last().is_none_or(|(before, _)| *before != position) {
                history.push((position, index));
            }
        }
        let series: Arc<str> = series_of(site, run).into();
        self.by_series.entry(Arc::clone(&series)).or_default().push(position);
        self.series.push(series);
        self.counts.insert(run.id.clone(), Counts::of(site, run));
        self.positions.insert(run.id.clone(), position);
        self.runs.push(run.id.clone());
    }

    /// The ids of all runs, the latest first.
    pub fn runs(&self) -> impl Iterator<Item = &str> {
        self.runs.iter().map(String::as_str)
    }

    /// The results of the case with the present id `case`, the latest first.
    pub fn of_case<'a>(
        &'a self,
        site: &'a Site,
        case: &str,
    ) -> impl Iterator<Item = RunResult<'a>> + use<'a> {
        self.history(site, &Identity::Id(case.to_owned()))
    }

    /// The results of a case in all runs, the latest first.
    pub fn history<'a>(
        &'a self,
        site: &'a Site,
        case: &Identity,
    ) -> impl Iterator<Item = RunResult<'a>> + use<'a> {
        self.occurrences(case).iter().filter_map(|occurrence| self.result(site, *occurrence))
    }

    /// The executed results of a case in the comparable runs of `run`, from `run` back: the latest first.
    pub fn executed<'a>(
        &'a self,
        site: &'a Site,
        case: &Identity,
        run: &str,
    ) -> impl Iterator<Item = Executed<'a>> + use<'a> {
        let last = self.positions.get(run).copied().unwrap_or(usize::MAX);
        let occurrences = self.occurrences(case);
        let from = occurrences.partition_point(|(position, _)| *position < last);
        let series = self.series.get(last);
        occurrences
            .iter()
            .skip(from)
            .filter(move |(position, _)| self.series.get(*position) == series)
            .filter_map(|occurrence| {
                let (run, result) = self.result(site, *occurrence)?;
                Some(Executed { run, result, outcome: Outcome::of(result.status.value)? })
            })
    }

    fn occurrences(&self, case: &Identity) -> &[(usize, usize)] {
        self.by_case.get(case).map_or(&[], Vec::as_slice)
    }

    fn result<'a>(&self, site: &'a Site, (position, index): (usize, usize)) -> Option<RunResult<'a>> {
        let run = site.runs.get(self.runs.get(position)?)?;
        Some((run, run.results.get(index)?))
    }

    /// The cases that have a result.
    pub fn cases(&self) -> impl Iterator<Item = &Identity> {
        self.by_case.keys()
    }

    /// All series, by name.
    pub fn all_series(&self) -> impl Iterator<Item = &str> {
        self.by_series.keys().map(|series| &**series)
    }

    /// The series of the run with the id `run`; nothing for an unknown one.
    pub fn series(&self, run: &str) -> Option<&str> {
        self.series.get(*self.positions.get(run)?).map(|series| &**series)
    }

    /// The runs of a series, the latest first.
    pub fn of_series<'a>(
        &'a self,
        site: &'a Site,
        series: &str,
    ) -> impl DoubleEndedIterator<Item = &'a Record<Run>> + use<'a> {
        let positions = self.by_series.get(series).map_or(&[][..], Vec::as_slice);
        positions.iter().filter_map(|position| site.runs.get(self.runs.get(*position)?))
    }

    /// Whether the run `earlier` comes before the run `later`: it began earlier or, at the same time, its
    /// id comes first.
    pub fn is_before(&self, earlier: &str, later: &str) -> bool {
        match (self.positions.get(earlier), self.positions.get(later)) {
            (Some(earlier), Some(later)) => earlier > later,
            _ => false,
        }
    }

    /// The counts of the run with the id `run`.
    pub fn counts(&self, run: &str) -> Counts {
        self.counts.get(run).copied().unwrap_or_default()
    }

    /// The cases that a plan chooses, in the catalogue's order.
    pub fn chosen(&self, plan: &str) -> &[String] {
        self.chosen.get(plan).map_or(&[], Vec::as_slice)
    }

    /// The plans that choose a case.
    pub fn plans(&self, case: &str) -> &[String] {
        self.plans.get(case).map_or(&[], Vec::as_slice)
    }
}

/// All runs, the latest first.
fn latest_first(site: &Site) -> Vec<&Record<Run>> {
    let mut runs: Vec<&Record<Run>> = site.runs.iter().collect();
    runs.sort_by_key(|run| std::cmp::Reverse((run.started.civil(&site.zone), run.id.as_str())));
    runs
}

/// The cases of a run: its results, and the cases that its plan chooses and that have none. What
/// needs attention stands first, else the order is the run's and then the catalogue's.
pub fn cases_of<'a>(site: &'a Site, run: &'a Run) -> Vec<RunCase<'a>> {
    let mut cases: Vec<RunCase<'a>> = run
        .results
        .iter()
        .map(|result| RunCase {
            id: result.case.as_ref().map(|case| site.case_id(case.id())),
            result: Some(result),
        })
        .collect();
    if let Some(plan) = plan_of(site, run) {
        let seen: HashSet<&str> = cases.iter().filter_map(|case| case.id).collect();
        let missing = counts::chosen(site, plan).filter(|id| !seen.contains(id));
        cases.extend(missing.map(|id| RunCase { id: Some(id), result: None }).collect::<Vec<_>>());
    }
    cases.sort_by_key(|case| attention(case.status()));
    cases
}

/// The plan whose cases a run was to have. A run that gives their number alone has none, and of a run
/// that gives sums alone no case is known.
fn plan_of<'a>(site: &'a Site, run: &Run) -> Option<&'a Plan> {
    if run.planned.is_some() || run.totals.is_some() {
        return None;
    }
    site.plans.get(run.plan.as_ref()?.id()).map(|plan| &plan.value)
}

/// How soon a reader wants to see a case that ended so: the smaller, the sooner.
fn attention(status: Status) -> u8 {
    match status {
        Status::Failed => 0,
        Status::Error => 1,
        Status::Blocked => 2,
        Status::InProgress => 3,
        Status::NotRun => 4,
        Status::Skipped => 5,
        Status::Passed => 6,
    }
}

/// The counts of each suite of a run, in the order in which the suites first appear among `cases`;
/// cases of no suite come last.
pub fn by_suite<'a>(cases: &[RunCase<'a>]) -> Vec<(Option<&'a str>, Counts)> {
    let mut suites: Vec<(Option<&str>, Counts)> = Vec::new();
    let mut positions: HashMap<Option<&str>, usize> = HashMap::new();
    for case in cases {
        let suite = case.result.and_then(|result| result.suite.as_deref());
        let position = *positions.entry(suite).or_insert_with(|| {
            suites.push((suite, Counts::default()));
            suites.len() - 1
        });
        if let Some((_, counts)) = suites.get_mut(position) {
            counts.add(case.status());
        }
    }
    suites.sort_by_key(|(suite, _)| suite.is_none());
    suites
}

/// The cases of a run that took longest, the longest first; cases without a time are left out.
pub fn slowest<'a>(cases: &[RunCase<'a>], most: usize) -> Vec<(RunCase<'a>, Seconds)> {
    let mut timed: Vec<(RunCase<'a>, Seconds)> =
        cases.iter().filter_map(|case| Some((*case, case.result?.time?))).collect();
    timed.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    timed.truncate(most);
    timed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Place, Placed};
    use crate::parse::sample::tree;

    const CASES: &str = "cases: [{id: BEN-1, renamed_from: [OLD-1]}, {id: BEN-2}, {id: BEN-3}]";
    const PLAN: &str = "release: r\ncases: {include: [BEN-1..BEN-3]}";

    /// A site of a catalogue of three cases, a plan that chooses them all, and the given runs.
    fn site(runs: &[(&str, &str)]) -> Site {
        let mut files = vec![("cases/all.yaml".to_owned(), CASES), ("plans/p.yaml".to_owned(), PLAN)];
        files.extend(runs.iter().map(|(id, text)| (format!("runs/{id}.yaml"), *text)));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        tree(&files)
    }

    #[test]
    fn a_planned_case_without_a_result_is_not_run_and_a_former_id_is_the_same_case() {
        let run = "release: r\nenvironment: e\nstarted: 2026-10-12\nplan: p\n\
                   results: [{case: OLD-1, status: passed}, {case: BEN-3, status: failed}, {case: X-1, status: blocked}]";
        let site = site(&[("a", run)]);
        let run = site.runs.get("a").expect("the run");
        let cases: Vec<(Option<&str>, Status)> =
            cases_of(&site, run).iter().map(|case| (case.id, case.status())).collect();
        assert_eq!(
            cases,
            [
                (Some("BEN-3"), Status::Failed),
                (Some("X-1"), Status::Blocked),
                (Some("BEN-2"), Status::NotRun),
                (Some("BEN-1"), Status::Passed),
            ]
        );
        let counts = Results::of(&site).counts("a");
        assert_eq!((counts.planned(), counts.not_run, counts.executed()), (4, 1, 2));
    }

    #[test]
    fn a_case_without_an_id_has_a_history_too() {
        let run = |day: u8, results: &str| {
            format!("release: r\nenvironment: e\nstarted: 2026-10-{day}\nresults: [{results}]")
        };
        let site = site(&[
            ("a", &run(12, "{suite: Letters, title: 'sends [et]', status: passed}")),
            ("b", &run(13, "{suite: Letters, title: 'sends [et]', status: blocked}")),
            ("c", &run(14, "{suite: Letters, title: 'sends [en]', status: passed}")),
            ("d", &run(15, "{suite: Letters, title: 'sends [et]', status: failed}")),
        ]);
        let results = Results::of(&site);
        let case = Identity::Named { suite: Some("Letters".into()), name: "sends [et]".into() };
        let runs = |found: Vec<&Record<Run>>| found.iter().map(|run| run.id.clone()).collect::<Vec<_>>();
        assert_eq!(runs(results.history(&site, &case).map(|(run, _)| run).collect()), ["d", "b", "a"]);
        let up_to = |run| runs(results.executed(&site, &case, run).map(|executed| executed.run).collect());
        assert_eq!(up_to("d"), ["d", "a"]);
        assert_eq!(up_to("c"), ["a"]);
        assert_eq!(up_to("none"), [""; 0]);
    }

    #[test]
    fn the_results_of_a_case_stand_latest_first() {
        let run = |day: u8, case: &str, status: &str| {
            format!(
                "release: r\nenvironment: e\nstarted: 2026-10-{day}\nresults: [{{case: {case}, status: {status}}}]"
            )
        };
        let site = site(&[
            ("a", &run(14, "OLD-1", "failed")),
            ("b", &run(12, "BEN-1", "passed")),
            ("c", &run(14, "BEN-1", "error")),
        ]);
        let results = Results::of(&site);
        let of_case: Vec<(&str, Status)> = results
            .of_case(&site, "BEN-1")
            .map(|(run, result)| (run.id.as_str(), result.status.value))
            .collect();
        assert_eq!(of_case, [("c", Status::Error), ("a", Status::Failed), ("b", Status::Passed)]);
        assert_eq!(results.plans("BEN-1"), ["p"]);
    }

    fn result(suite: Option<&str>, status: Status, seconds: Option<f64>) -> CaseResult {
        CaseResult {
            case: None,
            title: None,
            suite: suite.map(str::to_owned),
            status: Placed { value: status, place: Place::whole(FileId::of("run.yaml")) },
            raw_status: None,
            time: seconds.map(Seconds),
            defects: Vec::new(),
            triage: None,
            message: None,
            attachments: Vec::new(),
            attempts: Vec::new(),
            reason: None,
            blocked_by: None,
            note: None,
        }
    }

    #[test]
    fn suites_add_up_to_the_run() {
        let results = [
            result(None, Status::Passed, None),
            result(Some("Payments"), Status::Passed, None),
            result(Some("Letters"), Status::Failed, None),
            result(Some("Payments"), Status::Blocked, None),
        ];
        let mut cases: Vec<RunCase<'_>> =
            results.iter().map(|result| RunCase { id: None, result: Some(result) }).collect();
        cases.push(RunCase { id: Some("BEN-1"), result: None });
        let suites: Vec<(Option<&str>, usize, usize)> = by_suite(&cases)
            .iter()
            .map(|(suite, counts)| (*suite, counts.planned(), counts.passed))
            .collect();
        assert_eq!(suites, [(Some("Payments"), 2, 1), (Some("Letters"), 1, 0), (None, 2, 1)]);
    }

    #[test]
    fn the_slowest_come_first_and_the_untimed_not_at_all() {
        let results =
            [Some(2.0), None, Some(250.0), Some(0.2)].map(|seconds| result(None, Status::Passed, seconds));
        let cases: Vec<RunCase<'_>> =
            results.iter().map(|result| RunCase { id: None, result: Some(result) }).collect();
        let times: Vec<f64> = slowest(&cases, 2).iter().map(|(_, seconds)| seconds.0).collect();
        assert_eq!(times, [250.0, 2.0]);
    }
}
