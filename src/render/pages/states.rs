//! Which class, icon and word each state of a record has.

use super::super::blocks::{Bit, Line, State, status};
use super::super::names::View;
use crate::derive::decision::{DecisionState, EvidenceState};
use crate::derive::environment::readiness::EnvironmentState;
use crate::derive::gate::GateResult;
use crate::derive::gate::waiver::WaiverState;
use crate::derive::guidance::freshness::Review;
use crate::model::data_set::DataStatus;
use crate::model::decision::Outcome;
use crate::model::defect::{DefectStatus, Severity};
use crate::model::environment::{CheckResult, CloningStatus};
use crate::model::page::ProposalStatus;
use crate::model::release::{ParameterState, ReleaseStatus};
use crate::model::run::Status;

/// Something that has a state to show.
pub trait Shown {
    /// Class and icon.
    fn state(&self) -> State;
    /// The section of the catalogue that has its word.
    const SECTION: &'static str;
    /// The key of its word in that section.
    fn key(&self) -> &'static str;
}

macro_rules! shown {
    ($($type:ident in $section:literal { $($variant:ident => $state:expr,)+ })+) => {$(
        impl Shown for $type {
            const SECTION: &'static str = $section;

            fn state(&self) -> State {
                match self {
                    $(Self::$variant => $state,)+
                }
            }

            fn key(&self) -> &'static str {
                self.word()
            }
        }
    )+};
}

const PASSED: State = State::named("passed");
const FAILED: State = State::named("failed");
const BLOCKED: State = State::named("blocked");
const SKIPPED: State = State::named("skipped");
const IN_PROGRESS: State = State::named("in_progress");
const NOT_RUN: State = State::named("not_run");
const UNKNOWN: State = State::named("unknown");
const WAIVED: State = State::named("waived");
const LIMITED: State = State::named("limited");
const PLANNED: State = State::with_icon("planned", "calendar");
const OVERDUE: State = State::with_icon("overdue", "clock");

shown! {
    ReleaseStatus in "release_status" {
        Planned => PLANNED,
        InTest => IN_PROGRESS,
        Decided => State::with_icon("in_progress", "scale"),
        Released => PASSED,
        RolledBack => FAILED,
        Cancelled => SKIPPED,
    }
    Status in "status" {
        Passed => PASSED,
        Failed => FAILED,
        Error => State::named("error"),
        Blocked => BLOCKED,
        Skipped => SKIPPED,
        InProgress => IN_PROGRESS,
        NotRun => NOT_RUN,
    }
    DefectStatus in "defect_status" {
        Open => FAILED,
        Deferred => SKIPPED,
        Duplicate => State::with_icon("skipped", "copy"),
        Fixing => IN_PROGRESS,
        Retest => State::with_icon("in_progress", "history"),
        Reopened => State::with_icon("failed", "history"),
        Closed => PASSED,
        Rejected => SKIPPED,
    }
    CheckResult in "check_result" {
        Pass => PASSED,
        Limited => LIMITED,
        Fail => FAILED,
    }
    EnvironmentState in "environment_state" {
        Ready => PASSED,
        Limited => LIMITED,
        Unknown => UNKNOWN,
        NotReady => FAILED,
    }
    CloningStatus in "cloning_status" {
        Planned => PLANNED,
        Announced => PLANNED,
        Running => IN_PROGRESS,
        FollowUp => State::with_icon("limited", "clock"),
        Done => PASSED,
        Cancelled => SKIPPED,
    }
    DataStatus in "data_status" {
        Ready => PASSED,
        Partial => LIMITED,
        Missing => FAILED,
        Stale => State::with_icon("stale", "history"),
    }
    Outcome in "outcome" {
        Confirmed => PASSED,
        ConfirmedWithConditions => WAIVED,
        Refused => FAILED,
        Deferred => SKIPPED,
    }
    GateResult in "gate_result" {
        Pass => PASSED,
        PassWithWaivers => WAIVED,
        Fail => FAILED,
        Unknown => UNKNOWN,
    }
    DecisionState in "decision_state" {
        Superseded => SKIPPED,
        Stale => State::with_icon("limited", "history"),
        AgainstGate => FAILED,
        Disputed => FAILED,
        Incomplete => NOT_RUN,
        GateUnknown => UNKNOWN,
        Unchecked => UNKNOWN,
        Holds => PASSED,
    }
    EvidenceState in "evidence_state" {
        Same => PASSED,
        Changed => State::with_icon("limited", "history"),
        Gone => FAILED,
        Withheld => UNKNOWN,
        Unread => UNKNOWN,
    }
    WaiverState in "waiver_state" {
        Live => WAIVED,
        Expired => OVERDUE,
        Endless => FAILED,
        Unapproved => FAILED,
    }
    ProposalStatus in "proposal_status" {
        Proposed => NOT_RUN,
        Accepted => PLANNED,
        InProgress => IN_PROGRESS,
        Done => PASSED,
        Rejected => SKIPPED,
    }
    ParameterState in "parameter_state" {
        Ok => PASSED,
        Missing => FAILED,
        Unclear => LIMITED,
        NotApplicable => SKIPPED,
    }
}

/// A state with its word.
pub fn shown<T: Shown>(view: &View<'_>, value: &T) -> Line {
    status(value.state(), view.say(&format!("{}.{}", T::SECTION, value.key())))
}

/// A state with its word, or that it is not known.
pub fn shown_or_unknown<T: Shown>(view: &View<'_>, value: Option<&T>) -> Line {
    value.map_or_else(|| status(UNKNOWN, view.say("value.unknown")), |value| shown(view, value))
}

/// How grave a defect is.
pub fn severity(view: &View<'_>, severity: Severity) -> Line {
    vec![Bit::Severity {
        text: view.say(&format!("severity.{}", severity.word())),
        severity: severity.word(),
    }]
}

/// Where a page stands between two reviews; nothing for a page that nobody reviews.
pub fn review(view: &View<'_>, review: Review) -> Line {
    match review {
        Review::Unknown => status(UNKNOWN, view.say("review_state.never")),
        Review::Fresh(_) => status(PASSED, view.say("review_state.current")),
        Review::Due(_) => status(LIMITED, view.say("review_state.due")),
        Review::Overdue(_) => status(OVERDUE, view.say("review_state.overdue")),
    }
}

/// The state of a fact that is late.
pub fn overdue(view: &View<'_>) -> Line {
    status(OVERDUE, view.say("time.overdue"))
}

/// How many days a fact is late that was due on `due`.
pub fn overdue_by(view: &View<'_>, due: jiff::civil::Date) -> Line {
    let days = usize::try_from((view.portal.as_of - due).get_days()).unwrap_or(0);
    status(OVERDUE, view.words().count("time.overdue_by", days))
}
