//! What was accepted although a rule fails.
//!
//! A waiver counts when a role of the portal approved it and its last day is not past; without a last day it
//! never does. It covers what it names: of open defects those that it lists and no others; of other rules
//! everything, or, if it lists defects, the cases that name one of them.

use jiff::civil::Date;

use super::limit::allows_count;
use super::{Finding, Offender, Value};
use crate::model::Site;
use crate::model::portal::{GateRule, Metric};
use crate::model::release::{Release, Waiver};

/// Whether a waiver counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaiverState {
    /// It does.
    Live,
    /// Its last day is past.
    Expired,
    /// It has no last day.
    Endless,
    /// No role of the portal approved it.
    Unapproved,
}

impl WaiverState {
    /// The word that names it in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Expired => "expired",
            Self::Endless => "endless",
            Self::Unapproved => "unapproved",
        }
    }
}

/// Whether `waiver` counts on `day`.
pub fn state(site: &Site, waiver: &Waiver, day: Date) -> WaiverState {
    let is_role = |id: &str| site.portal.roles.get(id).is_some();
    match (&waiver.approved_by, &waiver.expires) {
        (Some(role), _) if !is_role(role.id()) => WaiverState::Unapproved,
        (None, _) => WaiverState::Unapproved,
        (_, None) => WaiverState::Endless,
        (_, Some(expires)) if expires.value < day => WaiverState::Expired,
        _ => WaiverState::Live,
    }
}

/// Whether `waiver` speaks of `offender`.
pub fn covers(waiver: &Waiver, offender: &Offender<'_>) -> bool {
    if waiver.defects.is_empty() {
        return waiver.rule.value != Metric::OpenDefects;
    }
    let behind = offender.defects();
    waiver.defects.iter().any(|defect| behind.contains(&defect.id()))
}

/// The live waivers of `release` that cover a failing `rule`; nothing, if they do not cover all of it.
pub(super) fn covering<'a>(
    site: &Site,
    release: &'a Release,
    rule: &GateRule,
    found: &Finding<'a>,
    day: Date,
) -> Option<Vec<&'a Waiver>> {
    if rule.waivable != Some(true) {
        return None;
    }
    let is_live = |waiver: &&Waiver| {
        waiver.rule.value == rule.metric.value && state(site, waiver, day) == WaiverState::Live
    };
    let live: Vec<&Waiver> = release.waivers.iter().filter(is_live).collect();
    let is_used = |waiver: &&Waiver| found.offenders.iter().any(|offender| covers(waiver, offender));
    let used: Vec<&Waiver> = live.into_iter().filter(is_used).collect();
    let is_covered = |offender: &&Offender<'_>| used.iter().any(|waiver| covers(waiver, offender));
    let left: usize =
        found.offenders.iter().filter(|offender| !is_covered(offender)).map(Offender::number).sum();
    let is_enough = match found.value {
        Value::Count { .. } => left == 0 || allows_count(rule, left),
        _ => left == 0,
    };
    (is_enough && !used.is_empty()).then_some(used)
}
