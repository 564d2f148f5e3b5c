//! What wants attention on a day: late, grave, not ready, unanswered.

use jiff::civil::Date;

use crate::derive::basis::Basis;
use crate::derive::defects;
use crate::derive::environment::test_data;
use crate::derive::guidance::advice;
use crate::derive::guidance::freshness::Review;
use crate::derive::guidance::review;
use crate::derive::report::timeliness::{self, Timeliness, Timing};
use crate::model::Site;
use crate::model::data_set::DataSet;
use crate::model::defect::{Defect, Severity};
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::records::Record;
use crate::model::tickets::Snapshot;

/// The newest snapshot of tickets that is not of a later day.
pub fn newest_snapshot(site: &Site, as_of: Date) -> Option<&Record<Snapshot>> {
    let known = site.tickets.iter().filter(|snapshot| snapshot.as_of.date(&site.zone) <= as_of);
    known.max_by_key(|snapshot| snapshot.as_of.civil(&site.zone))
}

/// Open defects that stop work or spoil an important function; deferred ones are counted apart.
pub fn grave_defects<'a>(basis: &Basis<'a>) -> impl Iterator<Item = &'a Record<Defect>> {
    let is_grave =
        |defect: &&Record<Defect>| matches!(defect.severity.value, Severity::Critical | Severity::Major);
    defects::open(basis).open.into_iter().filter(is_grave)
}

/// Test data that cannot be used in full on the day.
pub fn unready_data(site: &Site, as_of: Date) -> impl Iterator<Item = &Record<DataSet>> {
    site.data.iter().filter(move |set| !test_data::is_usable(site, set, as_of))
}

/// Guides whose review is late, the latest first, with the day on which it was due.
pub fn overdue_guides<'a>(site: &'a Site, as_of: Date) -> Vec<(&'a Document, Date)> {
    let overdue = |entry: review::Entry<'a>| match entry.state {
        Review::Overdue(day) => Some((entry.document, day)),
        _ => None,
    };
    review::queue(site, DocumentKind::Guide, as_of).into_iter().filter_map(overdue).collect()
}

/// How many reports were due by the day and are not issued, those included that nobody began.
pub fn missing_reports(site: &Site, as_of: Date) -> usize {
    let is_missing = |timing: &Timing| matches!(timing.timeliness, Timeliness::Missing(_));
    let own = timeliness::reports(site).filter(|(document, report)| {
        !document.is_hidden() && is_missing(&timeliness::of_report(site, report, as_of))
    });
    let awaited = site.releases.iter().filter(|release| {
        let report = timeliness::of_release(site, release, as_of);
        report.document.is_none() && is_missing(&report.timing)
    });
    own.count() + awaited.count()
}

/// Questions that nobody had answered by the day.
pub fn unanswered(site: &Site, as_of: Date) -> impl Iterator<Item = &Document> {
    site.documents_of(DocumentKind::Advice).filter(move |document| {
        let is_open = matches!(&document.main().extra, Extra::Advice(own) if advice::is_waiting(own, as_of));
        is_open && !document.is_index
    })
}
