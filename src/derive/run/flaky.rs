//! Whether a case can be relied on.

use std::collections::HashMap;

use crate::derive::basis::Basis;
use crate::derive::run::identity::Identity;
use crate::derive::run::outcome::Outcome;
use crate::derive::run::results::Executed;
use crate::model::run::{CaseResult, Status};

/// How many of the last executed results are looked at.
pub const LOOKED_AT: usize = 10;

/// How many of them there must be for a judgement.
pub const AT_LEAST: usize = 5;

/// From how many switches on between good and bad a case is flaky.
const MANY_SWITCHES: usize = 3;

/// Why a case is flaky.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason<'a> {
    /// In so many of the runs it passed after a failed attempt.
    PassedAfterFailure(usize),
    /// It passed and failed on one build.
    BothOnOneBuild(&'a str),
    /// It went from good to bad or back so many times.
    Switches(usize),
}

/// Whether a case is flaky.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// There are too few results to tell.
    NotJudged,
    /// It is not.
    Steady,
    /// It is, for at least one reason.
    Flaky(Vec<Reason<'a>>),
}

/// The last results of a case and what they say.
#[derive(Debug, Clone)]
pub struct Stability<'a> {
    /// The last executed results in one series, at most ten, the latest first.
    pub results: Vec<Executed<'a>>,
    /// Whether they show a flaky case.
    pub verdict: Verdict<'a>,
}

impl Stability<'_> {
    /// Whether the case is flaky: one that is not judged is not.
    pub fn is_flaky(&self) -> bool {
        matches!(self.verdict, Verdict::Flaky(_))
    }
}

/// Whether a case was flaky in one run: it passed after a failed attempt.
pub fn in_run(result: &CaseResult) -> bool {
    result.status.value == Status::Passed
        && result.attempts.iter().any(|attempt| Outcome::of(*attempt) == Some(Outcome::Bad))
}

/// The last results of `case` in the runs comparable with the one whose id is `run`, from that one back.
pub fn of<'a>(basis: Basis<'a>, case: &Identity, run: &str) -> Stability<'a> {
    let results: Vec<Executed<'_>> = basis.results.executed(basis.site, case, run).take(LOOKED_AT).collect();
    let verdict = verdict(&results);
    Stability { results, verdict }
}

fn verdict<'a>(results: &[Executed<'a>]) -> Verdict<'a> {
    if results.len() < AT_LEAST {
        return Verdict::NotJudged;
    }
    let retried = results.iter().filter(|executed| in_run(executed.result)).count();
    let switches = results.windows(2).filter(|pair| is_switch(pair)).count();
    let mut reasons = Vec::new();
    reasons.extend((retried > 0).then_some(Reason::PassedAfterFailure(retried)));
    reasons.extend(both_on_one_build(results).map(Reason::BothOnOneBuild));
    reasons.extend((switches >= MANY_SWITCHES).then_some(Reason::Switches(switches)));
    if reasons.is_empty() { Verdict::Steady } else { Verdict::Flaky(reasons) }
}

fn is_switch(pair: &[Executed<'_>]) -> bool {
    matches!(pair, [later, earlier] if later.outcome != earlier.outcome)
}

/// The latest build on which the case both passed and failed. Only builds that the runs themselves name
/// are compared: the release's build is the present one, and runs before a fix were on another.
fn both_on_one_build<'a>(results: &[Executed<'a>]) -> Option<&'a str> {
    let mut outcomes: HashMap<&str, Outcome> = HashMap::new();
    results.iter().find_map(|executed| {
        let build = executed.run.build.as_ref()?.as_str();
        let before = outcomes.insert(build, executed.outcome)?;
        (before != executed.outcome).then_some(build)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    /// What the last results of a case say, where each of its runs, a day apart, is written as
    /// `passed@build` or, with all attempts, as `failed+passed`.
    fn judged(runs: &str) -> (usize, String) {
        let runs: Vec<(String, String)> = (1..)
            .zip(runs.split(' '))
            .map(|(at, run)| {
                let (attempts, build) = run.split_once('@').unwrap_or((run, ""));
                let attempts: Vec<&str> = attempts.split('+').collect();
                let status = attempts.last().copied().unwrap_or_default();
                let build = if build.is_empty() { String::new() } else { format!("\nbuild: {build}") };
                let attempts = if attempts.len() > 1 { attempts.join(", ") } else { String::new() };
                let text = format!(
                    "release: r\nenvironment: e\nstarted: 2026-10-{at:02}{build}\n\
                     results: [{{case: A, status: {status}, attempts: [{attempts}]}}]"
                );
                (format!("runs/{at:02}.yaml"), text)
            })
            .collect();
        let mut files: Vec<(&str, &str)> =
            runs.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("releases/r.yaml", "product: p\nbuild: now\ncontents: []\nschedule: {}"));
        let site = tree(&files);
        let results = Results::of(&site);
        let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 31) };
        let stability = of(basis, &Identity::Id("A".into()), &format!("{:02}", runs.len()));
        let said = match &stability.verdict {
            Verdict::NotJudged => "not judged".to_owned(),
            Verdict::Steady => "steady".to_owned(),
            Verdict::Flaky(reasons) => reasons.iter().map(said).collect::<Vec<_>>().join(", "),
        };
        (stability.results.len(), said)
    }

    fn said(reason: &Reason<'_>) -> String {
        match reason {
            Reason::PassedAfterFailure(runs) => format!("passed after failure in {runs}"),
            Reason::BothOnOneBuild(build) => format!("both on {build}"),
            Reason::Switches(number) => format!("{number} switches"),
        }
    }

    #[test]
    fn the_last_ten_executed_results_are_judged() {
        for (runs, results, wanted) in [
            ("passed failed passed failed", 4, "not judged"),
            ("passed failed passed failed blocked skipped", 4, "not judged"),
            ("passed failed failed passed passed", 5, "steady"),
            ("passed failed passed failed failed", 5, "3 switches"),
            ("failed failed failed failed error", 5, "steady"),
            ("passed passed failed+passed passed passed", 5, "passed after failure in 1"),
            ("passed passed passed+failed failed failed", 5, "steady"),
            ("passed@1 passed@1 failed@1 failed@2 passed@3", 5, "both on 1"),
            ("passed@1 passed@1 failed@2 failed@2 passed@3", 5, "steady"),
            // Runs that name no build may have been on different ones.
            ("passed passed failed failed failed", 5, "steady"),
            (
                "failed+passed@1 failed@1 passed@1 failed@1 failed@2",
                5,
                "passed after failure in 1, both on 1, 3 switches",
            ),
            // What lies further back than ten executed results no longer counts.
            (
                "failed+passed passed passed passed passed passed blocked passed passed passed passed passed",
                10,
                "steady",
            ),
        ] {
            assert_eq!(judged(runs), (results, wanted.to_owned()), "{runs}");
        }
    }
}
