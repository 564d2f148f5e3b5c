//! Metrics over the final status of the release's cases.

use super::drift;
use super::limit::{allows_count, allows_share};
use super::part::{Belongs, belongs};
use super::{Finding, Offender, Question, Reason, Value, partly_withheld, withheld};
use crate::derive::run::comparison::Transition;
use crate::derive::run::counts::Counts;
use crate::derive::run::final_status::FinalCase;
use crate::derive::run::outcome::Outcome;
use crate::derive::run::release_comparison;
use crate::model::run::Status;

/// The cases that count for a rule.
struct Scope<'a, 'q> {
    cases: Vec<&'q FinalCase<'a>>,
    /// Their counts, with those of which only the number is known.
    counts: Counts,
    /// Planned cases of which only the number is known.
    unnamed: usize,
    /// What takes the certainty of a pass away.
    doubts: Vec<Reason<'a>>,
    /// What takes any certainty away.
    obstacles: Vec<Reason<'a>>,
    /// What else a reader must know.
    note: Option<Reason<'a>>,
}

impl<'a> Scope<'a, '_> {
    fn of_status(&self, wanted: impl Fn(Status) -> bool) -> Vec<Offender<'a>> {
        let offender = |case: &&FinalCase<'a>| Offender::Case { case: case.case, run: case.run };
        self.cases.iter().filter(|case| wanted(case.case.status())).map(offender).collect()
    }

    fn bad(&self) -> Vec<Offender<'a>> {
        self.of_status(|status| Outcome::of(status) == Some(Outcome::Bad))
    }

    fn doubt(&self, finding: Finding<'a>) -> Finding<'a> {
        let finding = self.doubts.iter().fold(finding, |finding, doubt| finding.doubted(*doubt));
        let mut finding =
            self.obstacles.iter().fold(finding, |finding, obstacle| finding.undecided(*obstacle));
        finding.reasons.extend(self.note);
        finding
    }

    /// What is said where none of the cases was executed.
    fn unmeasured(&self) -> Finding<'a> {
        Finding::unknown(self.obstacles.first().copied().unwrap_or(Reason::NoData))
    }
}

/// What tells of cases: any of it that is missing may turn a rule either way.
const SOURCES: [&str; 3] = ["runs", "plans", "cases"];

/// The cases that count.
///
/// # Errors
/// Why nothing can be said of them.
fn scope<'a, 'q>(question: &Question<'a, 'q>) -> Result<Scope<'a, 'q>, Reason<'a>> {
    let (site, statuses) = (question.site(), question.statuses);
    if let Some(reason) = SOURCES.into_iter().find_map(|folder| withheld(site, folder)) {
        return Err(reason);
    }
    if let Some(run) = statuses.unplaced.first() {
        return Err(Reason::SumsAlone(run));
    }
    let (mut cases, mut unsorted) = (Vec::new(), 0);
    for case in &statuses.cases {
        match belonging(question, case) {
            Belongs::Yes => cases.push(case),
            Belongs::No => {}
            Belongs::Unknown => unsorted += 1,
        }
    }
    let is_whole = question.rule.of.is_empty();
    let counts = if is_whole {
        statuses.counts()
    } else {
        unsorted += statuses.unnamed;
        let mut counts = Counts::default();
        for case in &cases {
            counts.add(case.case.status());
        }
        counts
    };
    let mut doubts: Vec<Reason<'a>> = unread(question);
    if !is_whole && let Some(run) = statuses.totals.first() {
        doubts.push(Reason::SumsAlone(run));
    }
    if unsorted > 0 {
        doubts.push(Reason::Unsorted(unsorted));
    }
    let mut obstacles: Vec<Reason<'a>> =
        SOURCES.into_iter().filter_map(|folder| partly_withheld(site, folder)).collect();
    if counts.planned() == 0 {
        return Err(obstacles.into_iter().chain(doubts).next().unwrap_or(Reason::NoData));
    }
    let unnamed = if is_whole { statuses.unnamed } else { 0 };
    let mut note = drifted(question, &cases);
    if question.build.is_some_and(|build| drift::is_total(question.basis, build, statuses)) {
        obstacles.extend(note.take());
    }
    Ok(Scope { cases, counts, unnamed, doubts, obstacles, note })
}

/// That results of `cases`, all that count, are of another build than the release's.
fn drifted<'a>(question: &Question<'a, '_>, cases: &[&FinalCase<'a>]) -> Option<Reason<'a>> {
    let totals = if question.rule.of.is_empty() { &question.statuses.totals[..] } else { &[] };
    let build = question.build?;
    drift::of(question.basis, build, cases.iter().copied(), totals).note(build)
}

/// A run, plan or catalogue that cannot be read may hold cases that nobody knows of.
fn unread<'a>(question: &Question<'a, '_>) -> Vec<Reason<'a>> {
    let site = question.site();
    [(site.runs.has_broken(), "runs"), (site.plans.has_broken(), "plans"), (site.cases.has_broken(), "cases")]
        .into_iter()
        .filter_map(|(is_broken, folder)| is_broken.then_some(Reason::Unread(folder)))
        .collect()
}

/// Whether a case counts for the rule.
fn belonging<'a>(question: &Question<'a, '_>, case: &FinalCase<'a>) -> Belongs {
    let known = case.case.id.and_then(|id| question.site().cases.get(id));
    belongs(question.rule, |key| match key {
        "priority" => Some(vec![known?.priority?.word()]),
        "tag" => Some(known?.tags.iter().map(String::as_str).collect()),
        "suite" => Some(vec![case.case.result?.suite.as_deref()?]),
        "level" => Some(vec![case.run?.level?.word()]),
        "type" => written(case.run?.types.iter().map(String::as_str).collect()),
        "environment" => Some(vec![case.run?.environment.id()]),
        "risk" => risks(question, case.case.id?),
        _ => None,
    })
}

/// What is written; nothing written leaves open what would hold.
fn written(values: Vec<&str>) -> Option<Vec<&str>> {
    (!values.is_empty()).then_some(values)
}

/// The risks of the tickets that the case `id` tests; nothing where it tests none, or none of them says how
/// risky it is.
fn risks<'a>(question: &Question<'a, '_>, id: &str) -> Option<Vec<&'a str>> {
    let site = question.site();
    let tests = |cases: &[crate::record::reference::Ref<crate::record::reference::to::Case>]| {
        cases.iter().any(|case| site.case_id(case.id()) == id)
    };
    let contents = question.release.contents.iter().filter(|content| tests(&content.cases));
    written(contents.filter_map(|content| content.risk.as_ref().map(|risk| risk.word())).collect())
}

/// Executed cases of planned ones.
pub fn executed_share<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let scope = match scope(question) {
        Ok(scope) => scope,
        Err(reason) => return Finding::unknown(reason),
    };
    let (part, whole) = (scope.counts.executed(), scope.counts.planned());
    let mut open = scope.of_status(|status| Outcome::of(status).is_none());
    if scope.unnamed > 0 {
        open.push(Offender::Unnamed(scope.unnamed));
    }
    let is_met = allows_share(question.rule, part, whole);
    scope.doubt(Finding::measured(Value::Share { part, whole }, is_met, open))
}

/// Passed cases of executed ones.
pub fn pass_rate<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let scope = match scope(question) {
        Ok(scope) => scope,
        Err(reason) => return Finding::unknown(reason),
    };
    let (part, whole) = (scope.counts.passed, scope.counts.executed());
    if whole == 0 {
        return scope.unmeasured();
    }
    let is_met = allows_share(question.rule, part, whole);
    let mut bad = scope.bad();
    // Failures that are known by their number alone stand in the way too, and no waiver lists them.
    let sums = (scope.counts.failed + scope.counts.error).saturating_sub(bad.len());
    if sums > 0 {
        bad.push(Offender::Failures(sums));
    }
    scope.doubt(Finding::measured(Value::Share { part, whole }, is_met, bad))
}

/// Failures with neither a reason nor a defect.
pub fn untriaged_failures<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let scope = match scope(question) {
        Ok(scope) => scope,
        Err(reason) => return Finding::unknown(reason),
    };
    if scope.counts.executed() == 0 {
        return scope.unmeasured();
    }
    let bad = scope.bad();
    // Of failures that are known by their number alone nobody knows whether anybody looked at them.
    let sums = (scope.counts.failed + scope.counts.error).saturating_sub(bad.len());
    let of = bad.len() + sums;
    let untriaged: Vec<Offender<'a>> = bad.into_iter().filter(is_untriaged).collect();
    let count = untriaged.len();
    let is_met = allows_count(question.rule, count);
    let found = Finding::measured(Value::Count { count, of, deferred: 0 }, is_met, untriaged);
    let found = scope.doubt(found);
    if sums > 0 { found.doubted(Reason::Unsorted(sums)) } else { found }
}

fn is_untriaged(offender: &Offender<'_>) -> bool {
    match offender {
        Offender::Case { case, .. } => {
            case.result.is_none_or(|result| result.triage.is_none() && result.defects.is_empty())
        }
        _ => true,
    }
}

/// Cases that passed before the release and fail now.
pub fn regressions<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let scope = match scope(question) {
        Ok(scope) => scope,
        Err(reason) => return Finding::unknown(reason),
    };
    let bad = scope.bad().len();
    if scope.counts.executed() == 0 {
        return scope.unmeasured();
    }
    let Ok(transitions) = release_comparison::of_release(question.basis, &question.release.id) else {
        return Finding::unknown(Reason::NoBaseline(bad));
    };
    let counted = transitions.iter().filter(|found| belonging(question, &found.case) == Belongs::Yes);
    let (mut regressed, mut unknown) = (Vec::new(), 0);
    for found in counted {
        let is_bad = Outcome::of(found.case.case.status()) == Some(Outcome::Bad);
        match found.transition {
            Some(Transition::Regressed) => {
                regressed.push(Offender::Case { case: found.case.case, run: found.case.run });
            }
            None if is_bad => unknown += 1,
            _ => {}
        }
    }
    // Failures that are known by their number alone have no baseline either.
    unknown += (scope.counts.failed + scope.counts.error).saturating_sub(bad);
    let count = regressed.len();
    let value = Value::Count { count, of: scope.counts.executed(), deferred: 0 };
    let found = scope.doubt(Finding::measured(value, allows_count(question.rule, count), regressed));
    if unknown > 0 { found.doubted(Reason::NoBaseline(unknown)) } else { found }
}
