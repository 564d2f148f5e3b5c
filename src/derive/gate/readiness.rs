//! Metrics over what testing needs: environments and test data.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::limit::allows_share;
use super::part::{Belongs, belongs};
use super::{Finding, Offender, Question, Reason, Value, partly_withheld, withheld};
use crate::derive::basis::Basis;
use crate::derive::environment::readiness::{self, EnvironmentState};
use crate::derive::environment::test_data;
use crate::derive::run::final_status;
use crate::model::data_set::{DataSet, DataStatus};
use crate::model::environment::Environment;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::record::reference::Ref;

/// What a release uses the environment for that it is installed in.
const TARGET: &str = "target";

/// What is known of one of several things that must be ready.
enum Standing {
    Ready,
    NotReady,
    Unknown,
}

/// So many of all things that must be ready.
#[derive(Default)]
struct Tally {
    ready: usize,
    unknown: usize,
    of: usize,
}

impl Tally {
    fn add(&mut self, standing: &Standing) {
        self.of += 1;
        match standing {
            Standing::Ready => self.ready += 1,
            Standing::Unknown => self.unknown += 1,
            Standing::NotReady => {}
        }
    }

    /// Pass, if what is ready is enough; fail, if it would not be even with all that is unknown.
    fn judge<'a>(
        &self,
        question: &Question<'a, '_>,
        offenders: Vec<Offender<'a>>,
        doubt: Reason<'a>,
    ) -> Finding<'a> {
        if self.of == 0 {
            return Finding::unknown(Reason::NoData);
        }
        let value = Value::Ready { ready: self.ready, of: self.of };
        let could_be = allows_share(question.rule, self.ready + self.unknown, self.of);
        let found = Finding::measured(value, could_be, offenders);
        // What is not known is no fault, but a waiver of the faults does not cover it either.
        if self.unknown > 0 && !allows_share(question.rule, self.ready, self.of) {
            found.doubted(doubt)
        } else {
            found
        }
    }
}

/// Environments of the release that are ready, with limits or without; without an `of:` all but the one
/// that it is installed in.
pub fn environments<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let site = question.site();
    if let Some(reason) = withheld(site, "environments") {
        return Finding::unknown(reason);
    }
    let (mut tally, mut offenders, mut limited) = (Tally::default(), Vec::new(), 0);
    for entry in &question.release.environments {
        let purpose = entry.r#use.as_ref().map(|purpose| purpose.as_str());
        let belonging = belongs(question.rule, |key| match key {
            "use" => Some(vec![purpose?]),
            "environment" => Some(vec![entry.env.id()]),
            _ => None,
        });
        let is_left_out = question.rule.of.is_empty() && purpose == Some(TARGET);
        if is_left_out || belonging == Belongs::No {
            continue;
        }
        let environment = site.environments.get(entry.env.id());
        let state = environment.map_or(EnvironmentState::Unknown, |environment| state(question, environment));
        limited += usize::from(state == EnvironmentState::Limited);
        let standing = match state {
            _ if belonging == Belongs::Unknown => Standing::Unknown,
            // A cloning that came later, or a check that was made anew, tells nothing of then.
            EnvironmentState::NotReady if question.is_past() => Standing::Unknown,
            EnvironmentState::Ready | EnvironmentState::Limited => Standing::Ready,
            EnvironmentState::NotReady => Standing::NotReady,
            EnvironmentState::Unknown => Standing::Unknown,
        };
        if !matches!(standing, Standing::Ready) {
            offenders.push(Offender::Environment(entry.env.id(), environment));
        }
        tally.add(&standing);
    }
    let is_missing = |offender: &Offender<'_>| matches!(offender, Offender::Environment(_, None));
    let hidden = partly_withheld(site, "environments").filter(|_| offenders.iter().any(is_missing));
    let doubt = if question.is_past() { Reason::NotKept } else { Reason::Stale };
    let mut found = tally.judge(question, offenders, hidden.unwrap_or(doubt));
    if limited > 0 {
        found.reasons.push(Reason::Limited(limited));
    }
    found
}

fn state(question: &Question<'_, '_>, environment: &Environment) -> EnvironmentState {
    readiness::of(environment, &question.site().zone, question.basis.as_of).state()
}

/// Test data that the release's acceptance parameters and runs name and that can be used in full.
pub fn test_data<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let site = question.site();
    if let Some(reason) = withheld(site, "data") {
        return Finding::unknown(reason);
    }
    let (mut tally, mut offenders) = (Tally::default(), Vec::new());
    for id in data_sets(question.basis, question.release) {
        let set = site.data.get(id);
        let belonging = belongs(question.rule, |key| match key {
            "environment" => Some(vec![set?.environment.id()]),
            _ => None,
        });
        if belonging == Belongs::No {
            continue;
        }
        let standing = set.map_or(Standing::Unknown, |set| standing(question, set));
        if !matches!(standing, Standing::Ready) {
            let status = |set: &'a Record<DataSet>| (set, test_data::status(site, set, question.basis.as_of));
            offenders.push(Offender::DataSet(id, set.map(status)));
        }
        tally.add(&standing);
    }
    let is_later = data_sets(question.basis, question.release)
        .into_iter()
        .filter_map(|id| site.data.get(id))
        .any(|set| !was_prepared(set, question.basis.as_of));
    let is_missing = |offender: &Offender<'_>| matches!(offender, Offender::DataSet(_, None));
    let hidden = partly_withheld(site, "data").filter(|_| offenders.iter().any(is_missing));
    let doubt = if question.is_past() || is_later { Reason::NotKept } else { Reason::Unread("data") };
    let found = tally.judge(question, offenders, hidden.unwrap_or(doubt));
    // A run may name data of its own, and an environment tell of a cloning that overwrote them.
    ["runs", "environments"]
        .into_iter()
        .filter_map(|folder| partly_withheld(site, folder))
        .fold(found, Finding::doubted)
}

/// The data sets that a release needs, sorted: those of its acceptance parameters and of its runs.
pub fn data_sets<'a>(basis: Basis<'a>, release: &'a Record<Release>) -> BTreeSet<&'a str> {
    let by_tickets = release.value.uat.iter().flat_map(|(_, parameters)| &parameters.test_data);
    let by_runs = final_status::runs_of(basis, &release.id).into_iter().flat_map(|run| &run.data);
    by_tickets.chain(by_runs).map(Ref::id).collect()
}

/// Whether a set was not prepared after the day; what stands in its file otherwise tells nothing of that day.
fn was_prepared(set: &DataSet, day: Date) -> bool {
    set.prepared.is_none_or(|prepared| prepared <= day)
}

/// How a set stands on the day. Of a past day nobody wrote how it stood; a set that is ready today was so
/// then, if it had been prepared. The day of the basis may itself be a past one.
fn standing(question: &Question<'_, '_>, set: &DataSet) -> Standing {
    let day = question.basis.as_of;
    let is_ready = test_data::status(question.site(), set, day) == DataStatus::Ready;
    if !was_prepared(set, day) {
        return Standing::Unknown;
    }
    match (question.is_past(), is_ready) {
        (_, true) => Standing::Ready,
        (false, false) => Standing::NotReady,
        (true, false) => Standing::Unknown,
    }
}
