//! What became of the cases of a release since the release before it.

use std::collections::BTreeMap;

use crate::derive::basis::Basis;
use crate::derive::run::comparison::{self, NoBaseline, Transition};
use crate::derive::run::final_status::{self, FinalCase};
use crate::derive::run::outcome::Outcome;
use crate::model::records::Record;
use crate::model::run::Run;

/// A case of a release and what became of it since the release before.
#[derive(Debug, Clone)]
pub struct FinalTransition<'a> {
    /// The case with its final status.
    pub case: FinalCase<'a>,
    /// What became of it; nothing where its series has no baseline, so that it is not known.
    pub transition: Option<Transition>,
}

/// What became of the cases of a release: the final status of each against the baseline of the first run
/// of the release in the series of that final result. A first run is compared with the run before it,
/// which is another release's, unless it names its baseline; what was found and mended within the release
/// is therefore no regression of it.
///
/// # Errors
/// Why no case has a baseline: the reason of the latest series. Nothing where the release has no run.
pub fn of_release<'a>(
    basis: Basis<'a>,
    release: &str,
) -> Result<Vec<FinalTransition<'a>>, Option<NoBaseline<'a>>> {
    let runs = final_status::runs_of(basis, release);
    let baselines: BTreeMap<&str, Result<&Record<Run>, NoBaseline<'_>>> =
        final_status::by_series(basis, &runs)
            .into_iter()
            .filter_map(|(series, runs)| Some((series, baseline_of_first(basis, &runs)?)))
            .collect();
    if baselines.values().all(Result::is_err) {
        let latest = runs.first().and_then(|run| basis.results.series(&run.id));
        return Err(latest.and_then(|series| baselines.get(series)?.err()));
    }
    let transition = |case: &FinalCase<'a>| {
        let Some(run) = case.run else { return Some(Transition::NotCompared) };
        let baseline = baselines.get(basis.results.series(&run.id)?)?.ok()?;
        let identity = case.identity.as_ref()?;
        let is_other = |other: &Record<Run>| other.release.id() != release;
        let mut before = basis.results.executed(basis.site, identity, &baseline.id);
        let before = before.find(|executed| is_other(executed.run));
        Some(Transition::between(before.map(|before| before.outcome), Outcome::of(case.case.status())))
    };
    let cases = final_status::of_release(basis, release).cases;
    Ok(cases.into_iter().map(|case| FinalTransition { transition: transition(&case), case }).collect())
}

/// The baseline of the first of `runs`, which stand latest first; nothing without a run.
fn baseline_of_first<'a>(
    basis: Basis<'a>,
    runs: &[&'a Record<Run>],
) -> Option<Result<&'a Record<Run>, NoBaseline<'a>>> {
    runs.last().map(|first| comparison::baseline_of(basis, first))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    /// What became of the cases of the release `new`, sorted, where runs a day apart say so: the release
    /// and series of each, and its cases as `A passed`.
    fn transitions(runs: &[(&str, &str, &str)]) -> String {
        let runs: Vec<(String, String)> = runs
            .iter()
            .enumerate()
            .map(|(day, (release, series, cases))| {
                let results: Vec<String> = cases
                    .split(", ")
                    .filter_map(|case| case.split_once(' '))
                    .map(|(id, status)| format!("{{case: {id}, status: {status}}}"))
                    .collect();
                let results = match cases.strip_prefix("totals ") {
                    Some(passed) => format!("totals: {{passed: {passed}}}"),
                    None => format!("results: [{}]", results.join(", ")),
                };
                let text = format!(
                    "release: {release}\nenvironment: e\nseries: {series}\nstarted: 2026-10-{:02}\n{results}",
                    day + 1
                );
                (format!("runs/{}.yaml", day + 1), text)
            })
            .collect();
        let files: Vec<(&str, &str)> =
            runs.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let site = tree(&files);
        let results = Results::of(&site);
        let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 31) };
        match of_release(basis, "new") {
            Ok(cases) => {
                let mut said: Vec<String> = cases.iter().map(said).collect();
                said.sort();
                said.join(", ")
            }
            Err(None) => "no run".to_owned(),
            Err(Some(NoBaseline::First)) => "the first".to_owned(),
            Err(Some(NoBaseline::NotFound)) => "no such baseline".to_owned(),
            Err(Some(NoBaseline::NoCases(run))) => format!("no cases in {}", run.id),
        }
    }

    fn said(case: &FinalTransition<'_>) -> String {
        let id = case.case.case.id.unwrap_or("?");
        format!("{id} {}", case.transition.map_or("unknown", Transition::word))
    }

    #[test]
    fn the_final_status_is_compared_with_what_was_before_the_release() {
        let cases = transitions(&[
            ("old", "sit", "A passed, B passed, C failed, D passed"),
            ("new", "sit", "A failed, B failed, C failed, D passed, E passed"),
            ("new", "sit", "A passed, E failed"),
        ]);
        let wanted = "A still_passing, B regressed, C still_failing, D still_passing, E new_failure";
        assert_eq!(cases, wanted);
    }

    #[test]
    fn a_release_tested_in_between_is_no_baseline() {
        let cases = transitions(&[
            ("old", "sit", "A passed"),
            ("new", "sit", "A failed"),
            ("hotfix", "sit", "A failed"),
            ("new", "sit", "A failed"),
        ]);
        assert_eq!(cases, "A regressed");
    }

    #[test]
    fn a_series_without_a_baseline_leaves_its_cases_unknown() {
        let cases = transitions(&[
            ("old", "sit", "A passed"),
            ("new", "sit", "A blocked"),
            ("new", "uat", "B failed"),
        ]);
        assert_eq!(cases, "A not_compared, B unknown");
    }

    #[test]
    fn without_any_baseline_the_reason_is_known() {
        assert_eq!(transitions(&[("old", "sit", "A passed")]), "no run");
        assert_eq!(transitions(&[("new", "sit", "A passed"), ("new", "sit", "A failed")]), "the first");
        assert_eq!(transitions(&[("old", "sit", "totals 5"), ("new", "sit", "A failed")]), "no cases in 1");
    }
}
