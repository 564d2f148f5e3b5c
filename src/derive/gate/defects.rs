//! The metric over the defects that affect the release.

use std::collections::HashSet;

use super::limit::allows_count;
use super::part::{Belongs, belongs};
use super::{Finding, Offender, Question, Reason, Value, partly_withheld, withheld};
use crate::derive::defects::{affecting, status_on};
use crate::derive::run::final_status::runs_of;
use crate::model::defect::{Defect, DefectStatus};
use crate::model::records::Record;
use crate::record::reference::Ref;

/// Defects that are open on the day. Deferred ones are counted apart.
pub fn open_defects<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let site = question.site();
    if let Some(reason) = withheld(site, "defects") {
        return Finding::unknown(reason);
    }
    let (mut open, mut of, mut deferred, mut unsorted) = (Vec::new(), 0, 0, 0);
    for defect in affecting(site, &question.release.id) {
        let Some(status) = status_on(defect, &site.zone, question.basis.as_of) else { continue };
        let is_open = status.is_open() && status != DefectStatus::Deferred;
        match belonging(question, defect) {
            Belongs::No => continue,
            Belongs::Unknown => {
                unsorted += usize::from(is_open);
                continue;
            }
            Belongs::Yes => of += 1,
        }
        if is_open {
            open.push(Offender::Defect(defect));
        }
        deferred += usize::from(status == DefectStatus::Deferred);
    }
    unsorted += unclaimed(question);
    let count = open.len();
    let is_met = allows_count(question.rule, count);
    let mut found = Finding::measured(Value::Count { count, of, deferred }, is_met, open);
    if unsorted > 0 {
        found = found.doubted(Reason::Unsorted(unsorted));
    }
    if site.defects.has_broken() {
        found = found.doubted(Reason::Unread("defects"));
    }
    let is_tied_to_runs = |defect: &Record<Defect>| is_loose(question, defect);
    let runs = partly_withheld(site, "runs").filter(|_| site.defects.iter().any(is_tied_to_runs));
    partly_withheld(site, "defects").into_iter().chain(runs).fold(found, Finding::doubted)
}

/// Open defects that do not say which release they affect and were seen in a run of this one: found in it, or
/// named by one of its results. Whether they count nobody knows, unless the rule leaves them out anyway.
fn unclaimed(question: &Question<'_, '_>) -> usize {
    let site = question.site();
    let runs = runs_of(question.basis, &question.release.id);
    let named: HashSet<&str> =
        runs.iter().flat_map(|run| &run.results).flat_map(|result| &result.defects).map(Ref::id).collect();
    let is_seen = |defect: &Record<Defect>| {
        let found_in = defect.found_in.as_ref().and_then(|found| found.run.as_ref());
        named.contains(defect.id.as_str())
            || found_in.is_some_and(|found| runs.iter().any(|run| run.id == found.id()))
    };
    site.defects.iter().filter(|defect| is_loose(question, defect) && is_seen(defect)).count()
}

/// Whether the defect is open, does not say which release it affects, and is none that the rule leaves out.
fn is_loose(question: &Question<'_, '_>, defect: &Record<Defect>) -> bool {
    let status = || status_on(defect, &question.site().zone, question.basis.as_of);
    defect.affects.is_empty()
        && status().is_some_and(|status| status.is_open() && status != DefectStatus::Deferred)
        && belonging(question, defect) != Belongs::No
}

fn belonging(question: &Question<'_, '_>, defect: &Defect) -> Belongs {
    belongs(question.rule, |key| match key {
        "severity" => Some(vec![defect.severity.word()]),
        "priority" => Some(vec![defect.priority?.word()]),
        "team" => Some(vec![defect.team.as_ref()?.id()]),
        _ => None,
    })
}
