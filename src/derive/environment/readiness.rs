//! Whether an environment is ready, and if not, why (content model, section 5).

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::model::environment::{
    CheckResult, Cloning, CloningStatus, Deployment, Environment, FollowUp, ReadinessCheck,
};
use crate::record::time::Moment;

/// Whether an environment can be used, the best state first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EnvironmentState {
    /// Every check holds.
    Ready,
    /// Every check holds, some with limits.
    Limited,
    /// Some check is out of date or missing.
    Unknown,
    /// Some check fails, or was not made again after a cloning, or a follow-up of a cloning stands in the way.
    NotReady,
}

impl EnvironmentState {
    /// The word that names it in catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Limited => "limited",
            Self::Unknown => "unknown",
            Self::NotReady => "not_ready",
        }
    }
}

/// Why an environment is not simply ready.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason<'a> {
    /// A check that holds says that something is not in order.
    Failing(&'a ReadinessCheck),
    /// Something that had to be done after a cloning is not done.
    FollowUp(&'a Cloning, &'a FollowUp),
    /// A check was made before this cloning was over, and not again since.
    Overwritten(&'a ReadinessCheck, &'a Cloning),
    /// A check held until this time.
    Stale(&'a ReadinessCheck, DateTime),
    /// Nobody wrote when this was checked, or it is checked only after the day.
    Undated(&'a ReadinessCheck),
    /// There is no check at all.
    Unchecked,
    /// A check that holds says that there are limits.
    Limited(&'a ReadinessCheck),
}

impl Reason<'_> {
    /// What the reason makes of the environment.
    pub fn state(&self) -> EnvironmentState {
        match self {
            Self::Failing(_) | Self::FollowUp(..) | Self::Overwritten(..) => EnvironmentState::NotReady,
            Self::Stale(..) | Self::Undated(_) | Self::Unchecked => EnvironmentState::Unknown,
            Self::Limited(_) => EnvironmentState::Limited,
        }
    }
}

/// Whether an environment is ready, with every reason against it, the worst first.
#[derive(Debug, Clone, PartialEq)]
pub struct Readiness<'a> {
    /// Why not; nothing if it is ready.
    pub reasons: Vec<Reason<'a>>,
}

impl<'a> Readiness<'a> {
    /// The reasons that make the environment what it is; lesser ones would change nothing yet.
    pub fn deciding(&self) -> impl Iterator<Item = &Reason<'a>> {
        let state = self.state();
        self.reasons.iter().filter(move |reason| reason.state() == state)
    }

    /// The worst that any reason makes of the environment.
    pub fn state(&self) -> EnvironmentState {
        self.reasons.iter().map(Reason::state).max().unwrap_or(EnvironmentState::Ready)
    }
}

/// How long a check holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Freshness<'a> {
    /// It holds until this time.
    Fresh(DateTime),
    /// It held until this time.
    Stale(DateTime),
    /// It was made before this cloning was over: what it found is no more.
    Overwritten(&'a Cloning),
    /// Nobody wrote when it was made, or it is made only after the day.
    Undated,
}

impl Freshness<'_> {
    /// The word that names it in catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fresh(_) => "fresh",
            Self::Stale(_) | Self::Overwritten(_) => "stale",
            Self::Undated => "missing",
        }
    }
}

/// Whether `environment` is ready on the day `as_of`.
pub fn of<'a>(environment: &'a Environment, zone: &TimeZone, as_of: Date) -> Readiness<'a> {
    let mut reasons: Vec<Reason<'a>> = open_blockers(environment, zone, as_of)
        .map(|(cloning, follow_up)| Reason::FollowUp(cloning, follow_up))
        .collect();
    reasons.extend(environment.readiness.iter().filter_map(|check| against(environment, check, zone, as_of)));
    if environment.readiness.is_empty() {
        reasons.push(Reason::Unchecked);
    }
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.state()));
    Readiness { reasons }
}

/// What `check` says against the environment.
fn against<'a>(
    environment: &'a Environment,
    check: &'a ReadinessCheck,
    zone: &TimeZone,
    as_of: Date,
) -> Option<Reason<'a>> {
    match (freshness(environment, check, zone, as_of), check.result.value) {
        (Freshness::Undated, _) => Some(Reason::Undated(check)),
        (Freshness::Overwritten(cloning), _) => Some(Reason::Overwritten(check, cloning)),
        (Freshness::Stale(since), _) => Some(Reason::Stale(check, since)),
        (Freshness::Fresh(_), CheckResult::Fail) => Some(Reason::Failing(check)),
        (Freshness::Fresh(_), CheckResult::Limited) => Some(Reason::Limited(check)),
        (Freshness::Fresh(_), CheckResult::Pass) => None,
    }
}

/// Whether `check` of `environment` still holds on the day `as_of`: through the day on which its time is
/// over, or until a cloning overwrites what was checked. Without a term nobody knows how long it holds, so
/// that it tells of the day alone on which it was made.
pub fn freshness<'a>(
    environment: &'a Environment,
    check: &ReadinessCheck,
    zone: &TimeZone,
    as_of: Date,
) -> Freshness<'a> {
    let at = check.at.as_ref().map(|at| at.civil(zone)).filter(|at| at.date() <= as_of);
    let Some(at) = at else { return Freshness::Undated };
    let overwritten = environment
        .clonings
        .iter()
        .filter(|cloning| has_begun(cloning, zone, as_of) && at < end(cloning, zone))
        .max_by_key(|cloning| cloning.from.civil(zone));
    if let Some(cloning) = overwritten {
        return Freshness::Overwritten(cloning);
    }
    let until = check.valid_for.map_or(at.date().at(23, 59, 0, 0), |term| later(at, term.0));
    if until.date() < as_of { Freshness::Stale(until) } else { Freshness::Fresh(until) }
}

/// `at` and `seconds` later; the end of the calendar, where that is nearer.
fn later(at: DateTime, seconds: f64) -> DateTime {
    SignedDuration::try_from_secs_f64(seconds)
        .ok()
        .and_then(|term| at.checked_add(term).ok())
        .unwrap_or(DateTime::MAX)
}

/// Blocking follow-ups of past clonings that are not done on the day `as_of`.
fn open_blockers<'a>(
    environment: &'a Environment,
    zone: &TimeZone,
    as_of: Date,
) -> impl Iterator<Item = (&'a Cloning, &'a FollowUp)> {
    environment.clonings.iter().filter(move |cloning| has_begun(cloning, zone, as_of)).flat_map(
        move |cloning| {
            let open =
                move |follow_up: &&FollowUp| follow_up.blocking == Some(true) && !is_done(follow_up, as_of);
            cloning.follow_ups.iter().filter(open).map(move |follow_up| (cloning, follow_up))
        },
    )
}

/// Whether a follow-up was done by the day `as_of`.
pub fn is_done(follow_up: &FollowUp, as_of: Date) -> bool {
    follow_up.done.is_some_and(|done| done <= as_of)
}

/// Whether `cloning` has changed the environment by the end of the day `as_of`: it began before that
/// day, ended on it, or began on it and its status says so. A cancelled one never does.
pub fn has_begun(cloning: &Cloning, zone: &TimeZone, as_of: Date) -> bool {
    match cloning.status.as_ref().map(|status| status.value) {
        Some(CloningStatus::Cancelled) => false,
        Some(CloningStatus::Running | CloningStatus::FollowUp | CloningStatus::Done) => {
            cloning.from.date(zone) <= as_of
        }
        Some(CloningStatus::Planned | CloningStatus::Announced) | None => {
            cloning.from.date(zone) < as_of || end(cloning, zone).date() <= as_of
        }
    }
}

/// When a cloning ends; when it begins, where no end is written.
fn end(cloning: &Cloning, zone: &TimeZone) -> DateTime {
    cloning.until.as_ref().unwrap_or(&cloning.from).civil(zone)
}

/// What is installed in `environment` on the day `as_of`: the latest deployment that is not after it.
pub fn installed<'a>(environment: &'a Environment, zone: &TimeZone, as_of: Date) -> Option<&'a Deployment> {
    let at = |deployment: &Deployment| -> DateTime { Moment::civil(&deployment.at, zone) };
    environment
        .deployments
        .iter()
        .filter(|deployment| at(deployment).date() <= as_of)
        .max_by_key(|each| at(each))
}

/// The cloning of `environment` that comes next or is under way on the day `as_of`.
pub fn next_cloning<'a>(environment: &'a Environment, zone: &TimeZone, as_of: Date) -> Option<&'a Cloning> {
    use CloningStatus::{Cancelled, Done, FollowUp};
    environment
        .clonings
        .iter()
        .filter(|cloning| end(cloning, zone).date() >= as_of)
        .filter(|cloning| {
            !matches!(cloning.status.as_ref().map(|status| status.value), Some(Cancelled | Done | FollowUp))
        })
        .min_by_key(|cloning| cloning.from.civil(zone))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::diagnostic::FileId;
    use crate::parse::yaml::Yaml;
    use crate::record::decode::Decode;

    fn environment(text: &str) -> Environment {
        let text = format!("kind: test\n{text}");
        let node = Yaml { text: &text, start: 0, file: FileId::of("x.yaml") }.read().expect("valid YAML");
        let mut faults = Vec::new();
        let read = Environment::decode(&node, &mut faults);
        assert_eq!(faults, []);
        read.expect("an environment")
    }

    /// The state on 16 October 2026, and how many reasons are given.
    fn state(text: &str) -> (EnvironmentState, usize) {
        let environment = environment(text);
        let readiness = of(&environment, &TimeZone::UTC, date(2026, 10, 16));
        (readiness.state(), readiness.reasons.len())
    }

    #[test]
    fn the_worst_check_decides() {
        let check =
            |result: &str, at: &str| format!("{{check: x, result: {result}, at: {at}, valid_for: 24h}}");
        let fresh = |result: &str| check(result, "2026-10-15T09:00");
        for (checks, wanted) in [
            (fresh("pass"), (EnvironmentState::Ready, 0)),
            (fresh("limited"), (EnvironmentState::Limited, 1)),
            (fresh("fail"), (EnvironmentState::NotReady, 1)),
            (format!("{}, {}", fresh("pass"), fresh("limited")), (EnvironmentState::Limited, 1)),
            (
                format!("{}, {}", fresh("limited"), check("pass", "2026-10-01")),
                (EnvironmentState::Unknown, 2),
            ),
            (format!("{}, {}", fresh("fail"), check("pass", "2026-10-01")), (EnvironmentState::NotReady, 2)),
            // What failed long ago is not known today.
            (check("fail", "2026-10-01"), (EnvironmentState::Unknown, 1)),
            // What is checked only tomorrow says nothing of today.
            (check("pass", "2026-10-17"), (EnvironmentState::Unknown, 1)),
            ("{check: x, result: pass}".to_owned(), (EnvironmentState::Unknown, 1)),
            // Without a term a check tells of its own day alone.
            ("{check: x, result: pass, at: 2026-10-16T08:00}".to_owned(), (EnvironmentState::Ready, 0)),
            ("{check: x, result: pass, at: 2026-10-15T08:00}".to_owned(), (EnvironmentState::Unknown, 1)),
        ] {
            assert_eq!(state(&format!("readiness: [{checks}]")), wanted, "{checks}");
        }
        assert_eq!(state("title: nothing checked"), (EnvironmentState::Unknown, 1));
    }

    #[test]
    fn the_deciding_reasons_are_those_of_the_state() {
        let environment = environment(
            "readiness: [{check: a, result: fail, at: 2026-10-16}, {check: b, result: pass}, {check: c, result: fail, at: 2026-10-15, valid_for: 48h}]",
        );
        let readiness = of(&environment, &TimeZone::UTC, date(2026, 10, 16));
        assert_eq!((readiness.deciding().count(), readiness.reasons.len()), (2, 3));
    }

    #[test]
    fn a_check_holds_to_the_end_of_its_term() {
        for (valid_for, wanted) in [
            ("48h", Freshness::Fresh(date(2026, 10, 16).at(0, 0, 0, 0))),
            ("47h", Freshness::Stale(date(2026, 10, 15).at(23, 0, 0, 0))),
        ] {
            let text = format!(
                "readiness: [{{check: x, result: pass, at: 2026-10-14T00:00, valid_for: {valid_for}}}]"
            );
            let environment = environment(&text);
            let found =
                freshness(&environment, &environment.readiness[0], &TimeZone::UTC, date(2026, 10, 16));
            assert_eq!(found, wanted, "{valid_for}");
        }
    }

    #[test]
    fn an_open_blocking_follow_up_of_a_past_cloning_stands_in_the_way() {
        let cloned = |status: &str, follow_up: &str| {
            format!(
                "readiness: [{{check: x, result: pass, at: 2026-10-12T09:00, valid_for: 240h}}]\n\
                 clonings:\n  - {{id: a, from: 2026-10-09T18:00, until: 2026-10-11T12:00{status}, follow_ups: [{follow_up}]}}"
            )
        };
        for (status, follow_up, wanted) in [
            ("", "{task: t, blocking: true}", EnvironmentState::NotReady),
            ("", "{task: t, blocking: true, done: 2026-10-12}", EnvironmentState::Ready),
            ("", "{task: t, blocking: true, done: 2026-10-17}", EnvironmentState::NotReady),
            ("", "{task: t, blocking: false}", EnvironmentState::Ready),
            (", status: done", "{task: t, blocking: true}", EnvironmentState::NotReady),
            (", status: cancelled", "{task: t, blocking: true}", EnvironmentState::Ready),
        ] {
            assert_eq!(state(&cloned(status, follow_up)).0, wanted, "{status} {follow_up}");
        }
    }

    /// What was written later says nothing of the days before.
    #[test]
    fn a_cloning_that_was_done_later_changed_nothing_before() {
        let text = "readiness: [{check: x, result: pass, at: 2026-10-15, valid_for: 96h}]\n\
                    clonings: [{id: a, status: done, from: 2026-10-17T18:00, until: 2026-10-18, follow_ups: [{task: t, blocking: true, done: 2026-10-19}]}]";
        assert_eq!(state(text), (EnvironmentState::Ready, 0));
    }

    #[test]
    fn a_cloning_to_come_changes_nothing_yet() {
        let text = "readiness: [{check: x, result: pass, at: 2026-10-15, valid_for: 96h}]\n\
                    clonings: [{id: a, from: 2026-10-16T18:00, until: 2026-10-18T12:00, follow_ups: [{task: t, blocking: true}]}]";
        assert_eq!(state(text), (EnvironmentState::Ready, 0));
    }

    #[test]
    fn after_a_cloning_every_check_is_made_again() {
        let after = |checks: &str| {
            state(&format!(
                "readiness: [{checks}]\nclonings: [{{id: a, from: 2026-10-09T18:00, until: 2026-10-11T12:00}}]"
            ))
        };
        let check = |at: &str| format!("{{check: x, result: pass, at: {at}, valid_for: 240h}}");
        assert_eq!(after(&check("2026-10-08T09:00")), (EnvironmentState::NotReady, 1));
        assert_eq!(after(&check("2026-10-11T11:00")), (EnvironmentState::NotReady, 1), "it was under way");
        assert_eq!(after(&check("2026-10-12T09:00")), (EnvironmentState::Ready, 0));
        let both = format!("{}, {}", check("2026-10-12T09:00"), check("2026-10-08T09:00"));
        assert_eq!(after(&both), (EnvironmentState::NotReady, 1));
        assert_eq!(after(""), (EnvironmentState::Unknown, 1), "nothing was checked at all");
    }

    #[test]
    fn what_is_installed_after_the_day_is_not_there_yet() {
        let environment = environment(
            "deployments: [{build: b, at: 2026-10-14T18:00}, {build: a, at: 2026-10-02T18:00}, {build: c, at: 2026-10-17}]",
        );
        let build = |as_of| installed(&environment, &TimeZone::UTC, as_of).map(|found| found.build.as_str());
        assert_eq!(build(date(2026, 10, 16)), Some("b"));
        assert_eq!(build(date(2026, 10, 17)), Some("c"));
        assert_eq!(build(date(2026, 10, 1)), None);
    }

    #[test]
    fn the_next_cloning_is_the_nearest_that_will_come() {
        let environment = environment(
            "clonings: [{id: old, from: 2026-08-01}, {id: off, from: 2026-11-01, status: cancelled}, \
             {id: far, from: 2026-12-01}, {id: near, from: 2026-11-06, until: 2026-11-08}]",
        );
        let next = |as_of| next_cloning(&environment, &TimeZone::UTC, as_of).map(|found| found.id.as_str());
        assert_eq!(next(date(2026, 10, 16)), Some("near"));
        assert_eq!(next(date(2026, 11, 7)), Some("near"));
        assert_eq!(next(date(2026, 11, 9)), Some("far"));
        assert_eq!(next(date(2026, 12, 2)), None);
    }
}
