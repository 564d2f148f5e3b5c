//! Whether a fix was tested again.
//!
//! A defect was tested again when each of its cases passed in a run on a later build than the one it
//! was found in. Its cases are the one it was found with and those whose failures name it; of a
//! defect that no case found, those that test its ticket. One of several cases is not enough: a fix
//! often mends some and not all.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use crate::derive::basis::Basis;
use crate::derive::defects;
use crate::derive::page::backlinks::Backlinks;
use crate::derive::page::routes::Subject;
use crate::derive::run::builds::{self, Builds};
use crate::model::Site;
use crate::model::defect::Defect;
use crate::model::records::Record;
use crate::model::run::{CaseResult, Run, Status};
use crate::record::reference::Ref;

/// Whether a defect was tested again.
#[derive(Debug, Clone)]
pub enum Retest<'a> {
    /// Every case passed on a later build; the run with which that was so.
    Passed(&'a Record<Run>),
    /// These cases have not passed on a later build.
    Missing(Vec<&'a str>),
    /// No case is known, or not in which build or when the defect was found.
    Unknown,
}

/// Whether `defect` was tested again by the day; `naming` are the runs whose results name it.
pub fn of<'a>(
    basis: &Basis<'a>,
    builds: &Builds<'_>,
    defect: &'a Record<Defect>,
    naming: impl Iterator<Item = &'a Record<Run>>,
) -> Retest<'a> {
    let cases = cases_of(basis, defect, naming);
    let Some(origin) = origin(basis.site, builds, defect).filter(|_| !cases.is_empty()) else {
        return Retest::Unknown;
    };
    let mut missing = Vec::new();
    let mut last: Option<(DateTime, &Record<Run>)> = None;
    for case in cases {
        match first_pass(basis, builds, case, origin) {
            Some(pass) => last = Some(last.map_or(pass, |last| if pass.0 > last.0 { pass } else { last })),
            None => missing.push(case),
        }
    }
    match last {
        Some((_, run)) if missing.is_empty() => Retest::Passed(run),
        _ => Retest::Missing(missing),
    }
}

/// The runs whose results name the defect `id`.
pub fn naming<'a>(site: &'a Site, backlinks: &Backlinks, id: &str) -> Vec<&'a Record<Run>> {
    let subject = Subject::Defect(id.to_owned());
    let run = |subject: &Subject| match subject {
        Subject::Run(id) => site.runs.get(id),
        _ => None,
    };
    backlinks.to(&subject).filter_map(run).collect()
}

/// The present ids of a defect's cases, sorted.
fn cases_of<'a>(
    basis: &Basis<'a>,
    defect: &'a Record<Defect>,
    naming: impl Iterator<Item = &'a Record<Run>>,
) -> BTreeSet<&'a str> {
    let site = basis.site;
    let found = defect.found_in.as_ref().and_then(|found| found.case.as_ref()).map(Ref::id);
    let failures = naming
        .filter(|run| run.started.date(&site.zone) <= basis.as_of)
        .flat_map(|run| &run.results)
        .filter(|result| is_failure_by(result, &defect.id))
        .filter_map(|result| Some(result.case.as_ref()?.id()));
    let cases: BTreeSet<&str> = found.into_iter().chain(failures).map(|case| site.case_id(case)).collect();
    if cases.is_empty() { cases_of_ticket(site, defect) } else { cases }
}

fn is_failure_by(result: &CaseResult, defect: &str) -> bool {
    matches!(result.status.value, Status::Failed | Status::Error)
        && result.defects.iter().any(|named| named.id() == defect)
}

/// The cases that test the defect's ticket: by the catalogue, or by the contents of a release.
fn cases_of_ticket<'a>(site: &'a Site, defect: &Defect) -> BTreeSet<&'a str> {
    let Some(ticket) = &defect.ticket else { return BTreeSet::new() };
    let catalogued = site
        .cases
        .iter()
        .filter(|case| case.requirements.contains(&ticket.value))
        .map(|case| case.id.as_str());
    let contained = site
        .releases
        .iter()
        .flat_map(|release| release.contents.iter())
        .filter(|content| content.ticket.value == ticket.value)
        .flat_map(|content| content.cases.iter().map(|case| site.case_id(case.id())));
    catalogued.chain(contained).collect()
}

/// The time after which a build has to come to be later than the one the defect was found in: when that
/// was first seen, else when the defect was found.
fn origin(site: &Site, builds: &Builds<'_>, defect: &Defect) -> Option<DateTime> {
    let found = defect.found_in.as_ref();
    let of_run = || builds::of_run(site, site.runs.get(found?.run.as_ref()?.id())?);
    let build = found.and_then(|found| found.build.as_deref()).or_else(of_run);
    build.and_then(|build| builds.first_seen(build)).or_else(|| defects::found_at(defect, &site.zone))
}

/// The first run, by the day, in which `case` passed on a build that came after `origin`.
fn first_pass<'a>(
    basis: &Basis<'a>,
    builds: &Builds<'_>,
    case: &str,
    origin: DateTime,
) -> Option<(DateTime, &'a Record<Run>)> {
    let site = basis.site;
    let is_later = |run: &Record<Run>| {
        builds::of_run(site, run).and_then(|build| builds.first_seen(build)).is_some_and(|seen| seen > origin)
    };
    basis
        .results
        .of_case(site, case)
        .filter(|(run, result)| result.status.value == Status::Passed && is_later(run))
        .map(|(run, _)| (run.started.civil(&site.zone), run))
        .filter(|(started, _)| started.date() <= basis.as_of)
        .min_by_key(|(started, _)| *started)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    const ENVIRONMENT: &str =
        "kind: test\ndeployments: [{build: b1, at: 2026-10-01}, {build: a2, at: 2026-10-05}]";

    fn run(day: &str, build: &str, results: &str) -> String {
        format!("release: r\nenvironment: sit\nstarted: 2026-10-{day}\nbuild: {build}\nresults: [{results}]")
    }

    /// The run that shows the retest, or the cases that lack one; nothing if that is not known.
    fn retest(defect: &str, runs: &[(&str, String)]) -> Option<Result<String, Vec<String>>> {
        let defect = format!("title: A\nseverity: minor\nstatus: closed\n{defect}");
        let catalogue = "cases: [{id: A-1}, {id: A-2, renamed_from: [A-9]}, {id: A-3, requirements: [T-1]}]";
        let mut files = vec![
            ("environments/sit.yaml".to_owned(), ENVIRONMENT),
            ("cases/all.yaml".to_owned(), catalogue),
            ("defects/D-1.yaml".to_owned(), defect.as_str()),
        ];
        files.extend(runs.iter().map(|(id, text)| (format!("runs/{id}.yaml"), text.as_str())));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let site = tree(&files);
        let basis = Basis { site: &site, results: &Results::of(&site), as_of: date(2026, 10, 16) };
        let defect = site.defects.get("D-1").expect("the defect");
        match of(&basis, &Builds::of(&site), defect, site.runs.iter()) {
            Retest::Passed(run) => Some(Ok(run.id.clone())),
            Retest::Missing(cases) => Some(Err(cases.into_iter().map(str::to_owned).collect())),
            Retest::Unknown => None,
        }
    }

    #[test]
    fn a_retest_is_a_pass_on_a_build_that_came_later() {
        let failed = ("1", run("02", "b1", "{case: A-1, status: failed, defects: [D-1]}"));
        let passed = |build: &str| ("2", run("06", build, "{case: A-1, status: passed}"));
        let defect = "found_in: {build: b1, case: A-1}";
        let missing = Some(Err(vec!["A-1".to_owned()]));
        assert_eq!(
            retest(defect, &[failed.clone(), passed("a2")]),
            Some(Ok("2".to_owned())),
            "a2 came after b1"
        );
        assert_eq!(retest(defect, &[failed.clone(), passed("b1")]), missing, "on the same build");
        assert_eq!(
            retest("found_in: {build: a2, case: A-1}", &[passed("b1")]),
            missing,
            "on an earlier build"
        );
        assert_eq!(
            retest(defect, &[failed, ("2", run("17", "a2", "{case: A-1, status: passed}"))]),
            missing,
            "after the day"
        );
    }

    #[test]
    fn every_case_that_failed_by_it_has_to_pass() {
        let runs = |last: &str| {
            [
                (
                    "1",
                    run(
                        "02",
                        "b1",
                        "{case: A-1, status: failed, defects: [D-1]}, {case: A-9, status: error, defects: [D-1]}",
                    ),
                ),
                (
                    "2",
                    run("06", "a2", &format!("{{case: A-1, status: passed}}, {{case: A-2, status: {last}}}")),
                ),
            ]
        };
        let defect = "found_in: {run: '1'}";
        assert_eq!(retest(defect, &runs("failed")), Some(Err(vec!["A-2".to_owned()])));
        assert_eq!(retest(defect, &runs("passed")), Some(Ok("2".to_owned())), "under its present id");
    }

    #[test]
    fn a_defect_that_no_case_found_is_tested_by_those_of_its_ticket() {
        let runs = [(
            "1",
            run("06", "a2", "{case: A-3, status: passed}, {case: A-1, status: blocked, defects: [D-1]}"),
        )];
        assert_eq!(retest("ticket: T-1\nfound_in: {build: b1}", &runs), Some(Ok("1".to_owned())));
        assert_eq!(
            retest("ticket: T-1\nobserved: 2026-10-03", &runs),
            Some(Ok("1".to_owned())),
            "the build is not known"
        );
        assert_eq!(retest("ticket: T-1", &runs), None, "nor when it was found");
        assert_eq!(retest("found_in: {build: b1}", &runs), None, "nor is a case");
    }
}
