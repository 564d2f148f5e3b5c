//! The metric over the defects that affect the release.

use super::limit::allows_count;
use super::part::{Belongs, belongs};
use super::{Finding, Offender, Question, Reason, Value, withheld};
use crate::derive::defects::{affecting, status_on};
use crate::model::defect::{Defect, DefectStatus};

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
    let count = open.len();
    let is_met = allows_count(question.rule, count);
    let mut found = Finding::measured(Value::Count { count, of, deferred }, is_met, open);
    if unsorted > 0 {
        found = found.doubted(Reason::Unsorted(unsorted));
    }
    if site.defects.has_broken() {
        found = found.doubted(Reason::Unread("defects"));
    }
    found
}

fn belonging(question: &Question<'_, '_>, defect: &Defect) -> Belongs {
    belongs(question.rule, |key| match key {
        "severity" => Some(vec![defect.severity.word()]),
        "priority" => Some(vec![defect.priority?.word()]),
        "team" => Some(vec![defect.team.as_ref()?.id()]),
        _ => None,
    })
}
