//! What became of each case of a run since the run it is compared with.

use std::collections::HashSet;

use crate::derive::basis::Basis;
use crate::derive::run::identity::Identity;
use crate::derive::run::outcome::Outcome;
use crate::derive::run::results::{self, Executed, RunCase};
use crate::model::records::Record;
use crate::model::run::{Baseline, Run};

/// What became of a case since the baseline. Every case of a run has exactly one of the first seven,
/// which therefore add up to the run's planned cases; removed cases are no longer among those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Transition {
    /// Passed before, bad now.
    Regressed,
    /// Never executed before, bad now.
    NewFailure,
    /// Bad before and now.
    StillFailing,
    /// Bad before, passed now.
    Fixed,
    /// Never executed before, passed now.
    NewPass,
    /// Passed before and now.
    StillPassing,
    /// Blocked, skipped, in progress or not run now.
    NotCompared,
    /// In the baseline run, and not in this one.
    Removed,
}

impl Transition {
    /// All of them; what needs attention first.
    pub const ALL: [Self; 8] = [
        Self::Regressed,
        Self::NewFailure,
        Self::StillFailing,
        Self::Fixed,
        Self::NewPass,
        Self::StillPassing,
        Self::NotCompared,
        Self::Removed,
    ];

    /// Its word in files and in the catalogue.
    pub fn word(self) -> &'static str {
        match self {
            Self::Regressed => "regressed",
            Self::NewFailure => "new_failure",
            Self::StillFailing => "still_failing",
            Self::Fixed => "fixed",
            Self::NewPass => "new_pass",
            Self::StillPassing => "still_passing",
            Self::NotCompared => "not_compared",
            Self::Removed => "removed",
        }
    }

    /// The transition between two outcomes; nothing stands for a case that was not executed.
    pub fn between(before: Option<Outcome>, now: Option<Outcome>) -> Self {
        match (before, now) {
            (_, None) => Self::NotCompared,
            (None, Some(Outcome::Ok)) => Self::NewPass,
            (None, Some(Outcome::Bad)) => Self::NewFailure,
            (Some(Outcome::Ok), Some(Outcome::Ok)) => Self::StillPassing,
            (Some(Outcome::Ok), Some(Outcome::Bad)) => Self::Regressed,
            (Some(Outcome::Bad), Some(Outcome::Ok)) => Self::Fixed,
            (Some(Outcome::Bad), Some(Outcome::Bad)) => Self::StillFailing,
        }
    }
}

/// Why there is nothing to compare with: what became of the cases is not known.
#[derive(Debug, Clone, Copy)]
pub enum NoBaseline<'a> {
    /// It is the first of its comparable runs.
    First,
    /// The run or the release that it names as its baseline has no such run.
    NotFound,
    /// The cases of this run, the one compared or the one it would be compared with, are not known.
    NoCases(&'a Record<Run>),
}

/// A case of a run and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The case.
    pub case: RunCase<'a>,
    /// What became of it.
    pub transition: Transition,
    /// Its baseline result; nothing for a case that was never executed before.
    pub before: Option<Executed<'a>>,
}

/// A run compared with its baseline.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// The run that it is compared with.
    pub baseline: &'a Record<Run>,
    /// The cases of the run, in the order of [`results::cases_of`].
    pub cases: Vec<Compared<'a>>,
    /// Planned cases of which only the number is known; none of them was executed.
    pub unnamed: usize,
    /// Cases of the baseline run that this run does not have. Nothing while that is not known: when some
    /// planned cases are known by number alone, or when a run without a plan is still under way.
    pub removed: Option<Vec<RunCase<'a>>>,
}

impl<'a> Comparison<'a> {
    /// How many cases have become so. What was removed counts as none while it is not known.
    pub fn count(&self, transition: Transition) -> usize {
        match transition {
            Transition::Removed => self.removed.as_ref().map_or(0, Vec::len),
            Transition::NotCompared => self.of(transition).count() + self.unnamed,
            _ => self.of(transition).count(),
        }
    }

    /// The cases of the run that have become so.
    pub fn of(&self, transition: Transition) -> impl Iterator<Item = &Compared<'a>> {
        self.cases.iter().filter(move |case| case.transition == transition)
    }
}

/// `run` against its own choice of a baseline: the previous comparable run, if it chooses none.
///
/// # Errors
/// Why there is no baseline.
pub fn of<'a>(basis: Basis<'a>, run: &'a Record<Run>) -> Result<Comparison<'a>, NoBaseline<'a>> {
    if !names_cases(run) {
        return Err(NoBaseline::NoCases(run));
    }
    between(basis, baseline_of(basis, run)?, run)
}

/// `run` against `baseline`, whatever it chooses itself. The baseline result of a case is its last
/// executed one, looked for from the baseline run back through the runs comparable with that.
///
/// # Errors
/// Which of the two runs does not say its cases.
pub fn between<'a>(
    basis: Basis<'a>,
    baseline: &'a Record<Run>,
    run: &'a Record<Run>,
) -> Result<Comparison<'a>, NoBaseline<'a>> {
    if let Some(silent) = [run, baseline].into_iter().find(|run| !names_cases(run)) {
        return Err(NoBaseline::NoCases(silent));
    }
    let cases = results::cases_of(basis.site, run);
    let unnamed = basis.results.counts(&run.id).planned().saturating_sub(cases.len());
    let identities: Vec<Option<Identity>> = cases.iter().map(|case| case.identity(basis.site)).collect();
    let is_known = unnamed == 0 && (run.ended.is_some() || run.plan.is_some());
    let removed = is_known.then(|| removed(basis, baseline, &identities));
    let cases = cases
        .into_iter()
        .zip(&identities)
        .map(|(case, identity)| {
            let before = identity.as_ref().and_then(|case| before(basis, case, baseline, run));
            let now = Outcome::of(case.status());
            Compared {
                case,
                transition: Transition::between(before.map(|before| before.outcome), now),
                before,
            }
        })
        .collect();
    Ok(Comparison { baseline, cases, unnamed, removed })
}

/// The last executed result of `case` up to and including the baseline run. The compared run itself is
/// left out: a run may name a later one as its baseline.
fn before<'a>(
    basis: Basis<'a>,
    case: &Identity,
    baseline: &Record<Run>,
    run: &Record<Run>,
) -> Option<Executed<'a>> {
    basis.results.executed(basis.site, case, &baseline.id).find(|executed| executed.run.id != run.id)
}

fn removed<'a>(
    basis: Basis<'a>,
    baseline: &'a Record<Run>,
    present: &[Option<Identity>],
) -> Vec<RunCase<'a>> {
    let present: HashSet<&Identity> = present.iter().flatten().collect();
    let is_gone =
        |case: &RunCase<'a>| case.identity(basis.site).is_some_and(|identity| !present.contains(&identity));
    results::cases_of(basis.site, baseline).into_iter().filter(is_gone).collect()
}

/// The run that `run` is compared with. Comparable runs that do not say their cases are passed over
/// unless the run names them.
///
/// # Errors
/// Why there is none.
pub fn baseline_of<'a>(basis: Basis<'a>, run: &'a Record<Run>) -> Result<&'a Record<Run>, NoBaseline<'a>> {
    match &run.baseline {
        None | Some(Baseline::Previous) => last_before(basis, run, |_| true, NoBaseline::First),
        Some(Baseline::Release(release)) => {
            last_before(basis, run, |other| other.release.id() == release.id(), NoBaseline::NotFound)
        }
        Some(Baseline::Run(named)) => match basis.site.runs.get(named.id()) {
            Some(named) if named.id == run.id => Err(NoBaseline::NotFound),
            Some(named) if !names_cases(named) => Err(NoBaseline::NoCases(named)),
            Some(named) => Ok(named),
            None => Err(NoBaseline::NotFound),
        },
    }
}

/// The last comparable run before `run` that `is_wanted` and says its cases. If all that are wanted do
/// not, the last of them is why there is no baseline; if none is wanted, `none` is.
fn last_before<'a>(
    basis: Basis<'a>,
    run: &'a Record<Run>,
    is_wanted: impl Fn(&Record<Run>) -> bool,
    none: NoBaseline<'a>,
) -> Result<&'a Record<Run>, NoBaseline<'a>> {
    let series = basis.results.series(&run.id).unwrap_or_default();
    let mut silent = None;
    let earlier = basis.results.of_series(basis.site, series);
    let earlier = earlier.filter(|other| basis.results.is_before(&other.id, &run.id));
    for other in earlier.filter(|other| is_wanted(other)) {
        if names_cases(other) {
            return Ok(other);
        }
        silent = silent.or(Some(other));
    }
    Err(silent.map_or(none, NoBaseline::NoCases))
}

/// Whether the cases of a run are known: it gives more than sums.
pub fn names_cases(run: &Run) -> bool {
    run.totals.is_none() && (!run.results.is_empty() || run.plan.is_some())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::model::Site;
    use crate::model::run::Status;
    use crate::parse::sample::tree;

    /// A site of runs of one series that all ended; each has an id, and what stands in it besides.
    fn site(runs: &[(&str, &str)]) -> Site {
        let files: Vec<(String, String)> = runs
            .iter()
            .enumerate()
            .map(|(day, (id, text))| {
                let common = "environment: e\nseries: s\nended: 2026-10-31";
                let release = if text.contains("release:") { "" } else { "\nrelease: r" };
                let text = format!("{common}{release}\nstarted: 2026-10-{:02}\n{text}", day + 1);
                (format!("runs/{id}.yaml"), text)
            })
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        tree(&files)
    }

    /// `A passed, B failed` as the results of a run.
    fn results(cases: &str) -> String {
        let lines: Vec<String> = cases
            .split(", ")
            .filter_map(|case| case.split_once(' '))
            .map(|(id, status)| format!("{{case: {id}, status: {status}}}"))
            .collect();
        format!("results: [{}]", lines.join(", "))
    }

    fn with_basis<T>(site: &Site, look: impl FnOnce(Basis<'_>) -> T) -> T {
        let results = Results::of(site);
        look(Basis { site, results: &results, as_of: date(2026, 10, 31) })
    }

    /// The baseline of `run`, what became of each of its cases, and what was removed: in words.
    fn compare(site: &Site, run: &str) -> String {
        with_basis(site, |basis| {
            let run = site.runs.get(run).expect("the run");
            match of(basis, run) {
                Ok(comparison) => said(&comparison),
                Err(NoBaseline::First) => "the first".to_owned(),
                Err(NoBaseline::NotFound) => "no such baseline".to_owned(),
                Err(NoBaseline::NoCases(silent)) => format!("no cases in {}", silent.id),
            }
        })
    }

    fn said(comparison: &Comparison<'_>) -> String {
        let mut cases: Vec<String> = comparison
            .cases
            .iter()
            .map(|case| format!("{} {}", case.case.id.unwrap_or("?"), case.transition.word()))
            .collect();
        cases.sort();
        let removed = comparison.removed.as_ref().map_or("unknown".to_owned(), |removed| {
            removed.iter().filter_map(|case| case.id).collect::<Vec<_>>().join(" ")
        });
        format!("{}: {}; removed: {removed}", comparison.baseline.id, cases.join(", "))
    }

    #[test]
    fn every_case_has_become_something() {
        let site = site(&[
            ("a", &results("A passed, B passed, C failed, D error, E passed, F blocked, G passed")),
            ("b", &results("A passed, B failed, C passed, D failed, E skipped, F passed, H error")),
        ]);
        let wanted = "a: A still_passing, B regressed, C fixed, D still_failing, E not_compared, F new_pass, \
                      H new_failure; removed: G";
        assert_eq!(compare(&site, "b"), wanted);
    }

    #[test]
    fn the_baseline_result_is_the_last_executed_one() {
        let site = site(&[
            ("a", &results("A passed, B failed")),
            ("b", &results("A blocked, C passed")),
            ("c", &results("A failed, B passed, C passed")),
        ]);
        let wanted = "b: A regressed, B fixed, C still_passing; removed: ";
        assert_eq!(compare(&site, "c"), wanted);
    }

    #[test]
    fn a_run_may_choose_its_baseline() {
        let chosen = |baseline: &str| {
            let last = format!("release: s\nbaseline: {baseline}\n{}", results("A failed"));
            let second = results("A failed");
            let site = site(&[("a", &results("A passed")), ("b", &second), ("c", &second), ("d", &last)]);
            compare(&site, "d")
        };
        assert_eq!(chosen("previous"), "c: A still_failing; removed: ");
        assert_eq!(chosen("release:r"), "c: A still_failing; removed: ");
        assert_eq!(chosen("run:a"), "a: A regressed; removed: ");
        for missing in ["run:x", "run:d", "release:x", "release:s"] {
            assert_eq!(chosen(missing), "no such baseline", "{missing}");
        }
    }

    #[test]
    fn the_last_comparable_run_of_a_release_is_its_baseline() {
        let run = |release: &str, cases: &str| format!("release: {release}\n{}", results(cases));
        let site = site(&[
            ("a", &run("old", "A passed")),
            ("b", &run("old", "A passed")),
            ("c", &run("hotfix", "A failed")),
            ("d", &format!("release: new\nbaseline: 'release:old'\n{}", results("A failed"))),
        ]);
        assert_eq!(compare(&site, "d"), "b: A regressed; removed: ");
    }

    #[test]
    fn without_a_baseline_nothing_is_known() {
        let totals = "totals: {planned: 2, passed: 2}";
        let site = site(&[
            ("a", totals),
            ("b", &results("A passed")),
            ("c", totals),
            ("d", &results("A failed")),
            ("e", &format!("baseline: run:c\n{}", results("A failed"))),
        ]);
        assert_eq!(compare(&site, "a"), "no cases in a");
        assert_eq!(compare(&site, "b"), "no cases in a");
        assert_eq!(compare(&site, "d"), "b: A regressed; removed: ");
        assert_eq!(compare(&site, "e"), "no cases in c");
        let alone = self::site(&[("a", &results("A passed"))]);
        assert_eq!(compare(&alone, "a"), "the first");
    }

    #[test]
    fn what_was_removed_is_not_known_while_cases_are_numbers_alone() {
        let site = site(&[
            ("a", &results("A passed, B passed")),
            ("b", &format!("planned: 3\n{}", results("A passed"))),
        ]);
        assert_eq!(compare(&site, "b"), "a: A still_passing; removed: unknown");
        with_basis(&site, |basis| {
            let comparison = of(basis, site.runs.get("b").expect("the run")).expect("a baseline");
            assert_eq!(comparison.count(Transition::NotCompared), 2);
        });
    }

    #[test]
    fn cases_without_an_id_are_compared_by_suite_and_name() {
        let result = |status: &str| format!("results: [{{suite: S, title: 'sends [et]', status: {status}}}]");
        let site = site(&[("a", &result("passed")), ("b", &result("failed"))]);
        assert_eq!(compare(&site, "b"), "a: ? regressed; removed: ");
    }

    #[test]
    fn a_former_id_is_the_same_case() {
        let site = tree(&[
            ("cases/all.yaml", "cases: [{id: NEW, renamed_from: [OLD]}]"),
            (
                "runs/a.yaml",
                "release: r\nenvironment: e\nstarted: 2026-10-01\nresults: [{case: OLD, status: passed}]",
            ),
            (
                "runs/b.yaml",
                "release: r\nenvironment: e\nstarted: 2026-10-02\nended: 2026-10-02\n\
                 results: [{case: NEW, status: failed}]",
            ),
        ]);
        assert_eq!(compare(&site, "b"), "a: NEW regressed; removed: ");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn transitions_add_up_to_the_planned_cases(
            runs in prop::collection::vec(
                (prop::collection::btree_map(0_u8..12, 0_usize..7, 0..12), prop::option::of(0_u32..20)),
                1..5,
            ),
        ) {
            let texts: Vec<(String, String)> = runs
                .iter()
                .enumerate()
                .map(|(at, (cases, planned))| {
                    let cases: Vec<String> = cases
                        .iter()
                        .map(|(case, status)| format!("C{case} {}", Status::ALL[*status].word()))
                        .collect();
                    let planned = planned.map_or_else(String::new, |planned| format!("planned: {planned}\n"));
                    (format!("r{at}"), format!("{planned}{}", results(&cases.join(", "))))
                })
                .collect();
            let texts: Vec<(&str, &str)> =
                texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
            let site = site(&texts);
            with_basis(&site, |basis| {
                for run in site.runs.iter() {
                    let Ok(comparison) = of(basis, run) else { continue };
                    let sum: usize = Transition::ALL
                        .iter()
                        .filter(|transition| **transition != Transition::Removed)
                        .map(|transition| comparison.count(*transition))
                        .sum();
                    assert_eq!(sum, basis.results.counts(&run.id).planned());
                }
            });
        }
    }
}
