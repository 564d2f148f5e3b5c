//! How each case ended in the last runs of a series.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::basis::Basis;
use crate::derive::run::failing_since::{self, FailingSince};
use crate::derive::run::flaky::{self, Stability};
use crate::derive::run::identity::Identity;
use crate::derive::run::outcome::Outcome;
use crate::derive::run::series;
use crate::model::Site;
use crate::model::records::Record;
use crate::model::run::{CaseResult, Run};

/// How many runs a matrix has.
pub const MOST_RUNS: usize = 12;

/// Cases by run.
#[derive(Debug, Clone)]
pub struct Matrix<'a> {
    /// The last runs of which the cases are known, the first of them first.
    pub runs: Vec<&'a Record<Run>>,
    /// The cases, those that fail now first, then those that changed.
    pub rows: Vec<MatrixRow<'a>>,
}

/// A case and its result in each run.
#[derive(Debug, Clone)]
pub struct MatrixRow<'a> {
    /// The case.
    pub case: Identity,
    /// Its results, run by run; nothing where the run does not have it.
    pub results: Vec<Option<&'a CaseResult>>,
}

/// How soon a reader wants to see a case: the smaller, the sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Attention {
    /// Its last executed result is bad.
    Failing,
    /// It passed and failed, or passed after a failed attempt.
    Changing,
    /// It was executed in none of the runs, or not in the last one that has it.
    Open,
    /// It always passed.
    Passing,
}

impl MatrixRow<'_> {
    fn attention(&self) -> Attention {
        let results = || self.results.iter().rev().flatten();
        let outcomes = || results().filter_map(|result| Outcome::of(result.status.value));
        let last_outcome = results().next().and_then(|result| Outcome::of(result.status.value));
        if outcomes().next() == Some(Outcome::Bad) {
            Attention::Failing
        } else if outcomes().any(|outcome| outcome == Outcome::Bad) || results().any(|it| flaky::in_run(it)) {
            Attention::Changing
        } else if last_outcome.is_none() {
            Attention::Open
        } else {
            Attention::Passing
        }
    }
}

impl<'a> Matrix<'a> {
    /// The matrix of a series, whose `runs` are given the first one first.
    pub fn of(site: &Site, runs: &[&'a Record<Run>]) -> Self {
        let runs = last_named(runs);
        let mut found: BTreeMap<Identity, Vec<Option<&CaseResult>>> = BTreeMap::new();
        for (at, run) in runs.iter().enumerate() {
            for result in &run.results {
                let Some(case) = Identity::of(site, result) else { continue };
                let results = found.entry(case).or_insert_with(|| vec![None; runs.len()]);
                if let Some(place) = results.get_mut(at) {
                    place.get_or_insert(result);
                }
            }
        }
        let mut rows: Vec<MatrixRow<'_>> =
            found.into_iter().map(|(case, results)| MatrixRow { case, results }).collect();
        // A stable sort keeps the order of ids among equals.
        rows.sort_by_cached_key(MatrixRow::attention);
        Self { runs, rows }
    }
}

/// How many cases the matrix of a series has.
pub fn count(site: &Site, runs: &[&Record<Run>]) -> usize {
    let runs = last_named(runs);
    let results = runs.iter().flat_map(|run| &run.results);
    results.filter_map(|result| Identity::of(site, result)).collect::<BTreeSet<_>>().len()
}

/// The last runs that name cases.
fn last_named<'a>(runs: &[&'a Record<Run>]) -> Vec<&'a Record<Run>> {
    let named: Vec<&Record<Run>> = runs.iter().copied().filter(|run| !run.results.is_empty()).collect();
    named.get(named.len().saturating_sub(MOST_RUNS)..).unwrap_or_default().to_vec()
}

/// All series of a site by name, each with its runs, the first one first.
pub fn all_series(site: &Site) -> BTreeMap<String, Vec<&Record<Run>>> {
    let mut found: BTreeMap<String, Vec<&Record<Run>>> = BTreeMap::new();
    for run in site.runs.iter() {
        found.entry(series::series_of(site, run)).or_default().push(run);
    }
    for runs in found.values_mut() {
        runs.sort_by_cached_key(|run| (run.started.civil(&site.zone), run.id.as_str()));
    }
    found
}

/// The cases of `matrix` that are flaky as of its last run, in its order.
pub fn flaky<'m>(basis: Basis<'m>, matrix: &'m Matrix<'m>) -> Vec<(&'m Identity, Stability<'m>)> {
    let Some(last) = matrix.runs.last() else { return Vec::new() };
    let judged = matrix.rows.iter().map(|row| (&row.case, flaky::of(basis, &row.case, &last.id)));
    judged.filter(|(_, stability)| stability.is_flaky()).collect()
}

/// The cases of `matrix` that failed in at least `least` executed runs in a row as of its last run, those
/// that fail longest first.
pub fn failing<'m>(
    basis: Basis<'m>,
    matrix: &'m Matrix<'m>,
    least: usize,
) -> Vec<(&'m Identity, FailingSince<'m>)> {
    let Some(run) = matrix.runs.last() else { return Vec::new() };
    let since = |row: &'m MatrixRow<'m>| Some((&row.case, failing_since::of(basis, &row.case, &run.id)?));
    let mut failing: Vec<_> =
        matrix.rows.iter().filter_map(since).filter(|(_, since)| since.runs >= least).collect();
    failing.sort_by_key(|(_, since)| std::cmp::Reverse(since.runs));
    failing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    /// The rows of the matrix of runs a day apart, where each run is written as `A passed, B failed`.
    fn rows(runs: &[&str]) -> Vec<String> {
        let runs: Vec<(String, String)> = (1..)
            .zip(runs)
            .map(|(at, results)| {
                let results: Vec<String> = results
                    .split(", ")
                    .filter_map(|result| result.split_once(' '))
                    .map(|(case, status)| format!("{{case: {case}, status: {status}}}"))
                    .collect();
                let text = format!(
                    "release: r\nenvironment: e\nseries: s\nstarted: 2026-10-{at:02}\nresults: [{}]",
                    results.join(", ")
                );
                (format!("runs/{at:02}.yaml"), text)
            })
            .collect();
        let mut files: Vec<(&str, &str)> =
            runs.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push((
            "runs/sums.yaml",
            "release: r\nenvironment: e\nseries: s\nstarted: 2026-10-30\ntotals: {passed: 1}",
        ));
        let site = tree(&files);
        let series = all_series(&site);
        let matrix = Matrix::of(&site, &series["s"]);
        assert_eq!(matrix.rows.len(), count(&site, &series["s"]));
        let letter = |result: Option<&CaseResult>| {
            result.map_or("-".to_owned(), |result| result.status.value.word()[..1].to_owned())
        };
        let row = |row: &MatrixRow<'_>| {
            format!(
                "{} {}",
                row.case.id().unwrap_or_default(),
                row.results.iter().copied().map(letter).collect::<String>()
            )
        };
        matrix.rows.iter().map(row).collect()
    }

    #[test]
    fn failing_cases_stand_first_then_changing_ones() {
        let found = rows(&[
            "A passed, B passed, C failed, D failed, E passed",
            "A passed, C passed, D blocked, E blocked",
            "A passed, B failed, C passed, F skipped",
        ]);
        assert_eq!(found, ["B p-f", "D fb-", "C fpp", "E pb-", "F --s", "A ppp"]);
    }

    #[test]
    fn the_last_twelve_runs_that_name_cases_are_shown() {
        let runs = ["A failed", "A passed, B passed"].iter().cycle().take(14).copied().collect::<Vec<_>>();
        assert_eq!(rows(&runs), ["A fpfpfpfpfpfp", "B -p-p-p-p-p-p"]);
    }
}
