//! The metric over the release's test report.

use super::{Finding, Offender, Question, Reason, Value, partly_withheld, withheld};
use crate::derive::report::timeliness;
use crate::model::document::DocumentKind;

/// Whether the completion report is issued. On the day it is due, one that is not counts as missing: the
/// day counts to its end. Before that day nobody can say yet.
pub fn issued<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let site = question.site();
    if let Some(reason) = withheld(site, "reports") {
        return Finding::unknown(reason);
    }
    let found = judged(question);
    // Of several reports all are wanted, and one that the audience may not see may be the one that is there.
    partly_withheld(site, "reports").into_iter().fold(found, Finding::undecided)
}

fn judged<'a>(question: &Question<'a, '_>) -> Finding<'a> {
    let (site, day) = (question.site(), question.basis.as_of);
    let report = timeliness::of_release(site, question.release, day);
    let value = Value::Issue(report.timing);
    if report.timing.timeliness.is_issued() {
        return Finding::measured(value, true, Vec::new());
    }
    let found = |is_met| Finding::measured(value, is_met, vec![Offender::Report(report.document)]);
    let is_unread = site.documents_of(DocumentKind::Report).any(|document| !document.main().is_read);
    match report.timing.due {
        _ if is_unread => found(true).doubted(Reason::Unread("reports")),
        Some(due) if due.date(&site.zone) <= day => found(false),
        Some(due) => found(true).doubted(Reason::NotYetDue(due)),
        None => found(true).doubted(Reason::Unscheduled),
    }
}
