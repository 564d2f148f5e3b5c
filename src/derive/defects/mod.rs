//! How defects stand on a day and at a time (content model, section 5).
//!
//! Every defect begins open. The `status:` of a file is today's; its `history:` tells how it came to
//! be so. For a day before the last change the history holds; for any other day the status does, which
//! may be newer than the history. For a time in the past a status that the history does not explain
//! tells nothing: nobody knows when it came.

pub mod detail;
pub mod leaks;
pub mod reporting_time;
pub mod retest;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::derive::basis::Basis;
use crate::model::Site;
use crate::model::defect::{Defect, DefectChange, DefectStatus, Severity};
use crate::model::records::Record;

/// How a defect stood at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody had found it yet.
    NotFound,
    /// It stood so.
    Known(DefectStatus),
    /// Nothing tells how it stood.
    Unknown,
}

/// Open defects, and those put off, in the order of the portal.
#[derive(Debug, Clone, Default)]
pub struct OpenDefects<'a> {
    /// Not closed, rejected or a duplicate, and not put off.
    pub open: Vec<&'a Record<Defect>>,
    /// Put off: counted apart.
    pub deferred: Vec<&'a Record<Defect>>,
}

impl<'a> OpenDefects<'a> {
    /// Open and deferred ones together.
    pub fn all(&self) -> impl Iterator<Item = &'a Record<Defect>> + use<'a, '_> {
        self.open.iter().chain(&self.deferred).copied()
    }

    /// How many of the open ones are so grave.
    pub fn of_severity(&self, severity: Severity) -> usize {
        self.open.iter().filter(|defect| defect.severity.value == severity).count()
    }
}

/// How long a defect stood in one status.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay<'a> {
    /// What brought it into the status.
    pub change: &'a DefectChange,
    /// When, in the portal's zone.
    pub from: DateTime,
    /// When it went on, in the portal's zone; nothing for the status that lasts.
    pub until: Option<DateTime>,
}

/// The defects that are open on the day, of all releases.
pub fn open<'a>(basis: &Basis<'a>) -> OpenDefects<'a> {
    sorted(basis, basis.site.defects.iter())
}

/// The defects that are open on the day and affect `release`.
pub fn open_of<'a>(basis: &Basis<'a>, release: &str) -> OpenDefects<'a> {
    sorted(basis, affecting(basis.site, release))
}

fn sorted<'a>(basis: &Basis<'a>, defects: impl Iterator<Item = &'a Record<Defect>>) -> OpenDefects<'a> {
    let mut found = OpenDefects::default();
    for defect in defects {
        match status_on(defect, &basis.site.zone, basis.as_of) {
            Some(DefectStatus::Deferred) => found.deferred.push(defect),
            Some(status) if status.is_open() => found.open.push(defect),
            _ => {}
        }
    }
    found
}

/// The defects that affect `release`.
pub fn affecting<'a>(site: &'a Site, release: &str) -> impl Iterator<Item = &'a Record<Defect>> {
    site.defects.iter().filter(move |defect| affects(defect, release))
}

/// Whether `defect` affects `release`.
pub fn affects(defect: &Defect, release: &str) -> bool {
    defect.affects.iter().any(|affected| affected.id() == release)
}

/// When a defect was found: observed, else reported.
pub fn found_at(defect: &Defect, zone: &TimeZone) -> Option<DateTime> {
    defect.observed.as_ref().or(defect.reported.as_ref()).map(|at| at.civil(zone))
}

/// When others could know of a defect: reported, else observed.
pub fn reported_at(defect: &Defect, zone: &TimeZone) -> Option<DateTime> {
    defect.reported.as_ref().or(defect.observed.as_ref()).map(|at| at.civil(zone))
}

/// How old a defect is on `day`: days since it was reported, else observed. Nothing, where neither is
/// known or the defect is not there yet.
pub fn age(defect: &Defect, zone: &TimeZone, day: Date) -> Option<usize> {
    let reported = reported_at(defect, zone)?.date();
    usize::try_from((day - reported).get_days()).ok()
}

/// The status on `day`, with all that happened on it; nothing for a defect that was reported later.
pub fn status_on(defect: &Defect, zone: &TimeZone, day: Date) -> Option<DefectStatus> {
    if reported_at(defect, zone).is_some_and(|at| at.date() > day) {
        return None;
    }
    let changes = in_order(defect, zone);
    let past = changes.partition_point(|(at, _)| at.date() <= day);
    let before = past.checked_sub(1).and_then(|last| changes.get(last));
    if past == changes.len() {
        return Some(defect.status.value);
    }
    Some(before.map_or(DefectStatus::Open, |(_, change)| change.to.value))
}

/// The status at the time `at` of the portal's zone. A change on a day counts from its first minute.
pub fn status_at(defect: &Defect, zone: &TimeZone, at: DateTime) -> Standing {
    let found = found_at(defect, zone);
    if found.is_some_and(|found| found > at) {
        return Standing::NotFound;
    }
    let changes = in_order(defect, zone);
    let past = changes.partition_point(|(when, _)| *when <= at);
    if past == 0 && found.is_none() {
        return Standing::Unknown;
    }
    let before = past.checked_sub(1).and_then(|last| changes.get(last));
    let status = before.map_or(DefectStatus::Open, |(_, change)| change.to.value);
    if past < changes.len() || status == defect.status.value {
        Standing::Known(status)
    } else {
        Standing::Unknown
    }
}

/// The changes of a defect up to and with `day`, and how long each status lasted.
pub fn stays<'a>(defect: &'a Defect, zone: &TimeZone, day: Date) -> Vec<Stay<'a>> {
    let mut changes = in_order(defect, zone);
    changes.retain(|(at, _)| at.date() <= day);
    let next = changes.iter().skip(1).map(|(at, _)| Some(*at)).chain([None]);
    changes.iter().zip(next).map(|((from, change), until)| Stay { change, from: *from, until }).collect()
}

/// The changes, the earliest first, in whatever order they were written.
fn in_order<'a>(defect: &'a Defect, zone: &TimeZone) -> Vec<(DateTime, &'a DefectChange)> {
    let mut changes: Vec<_> = defect.history.iter().map(|change| (change.at.civil(zone), change)).collect();
    changes.sort_by_key(|(at, _)| *at);
    changes
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    const UTC: TimeZone = TimeZone::UTC;

    fn defect(keys: &str) -> Record<Defect> {
        let text = format!("title: A\nseverity: minor\n{keys}");
        tree(&[("defects/D-1.yaml", &text)]).defects.get("D-1").expect("the defect").clone()
    }

    const CLOSED: &str = "status: closed\nobserved: 2026-10-12T09:00\nreported: 2026-10-13T10:00\n\
        history: [{at: 2026-10-15T12:00, to: closed}, {at: 2026-10-14T08:00, to: fixing}]";

    #[test]
    fn before_its_last_change_a_defect_stands_as_the_history_says() {
        let defect = defect(CLOSED);
        let on = |day| status_on(&defect, &UTC, date(2026, 10, day));
        assert_eq!(on(12), None, "not reported yet");
        assert_eq!(on(13), Some(DefectStatus::Open));
        assert_eq!(on(14), Some(DefectStatus::Fixing));
        assert_eq!(on(15), Some(DefectStatus::Closed), "all that happened on the day");
        assert_eq!(on(31), Some(DefectStatus::Closed));
    }

    #[test]
    fn on_a_day_the_status_may_be_newer_than_the_history() {
        let defect = defect("status: closed\nreported: 2026-10-12\nhistory: [{at: 2026-10-14, to: fixing}]");
        assert_eq!(status_on(&defect, &UTC, date(2026, 10, 16)), Some(DefectStatus::Closed));
        assert_eq!(status_on(&defect, &UTC, date(2026, 10, 13)), Some(DefectStatus::Open));
    }

    #[test]
    fn at_a_time_a_status_without_history_is_not_known() {
        let at = |keys: &str| status_at(&defect(keys), &UTC, date(2026, 10, 14).at(12, 0, 0, 0));
        for (keys, wanted) in [
            (CLOSED, Standing::Known(DefectStatus::Fixing)),
            ("status: open\nobserved: 2026-10-12", Standing::Known(DefectStatus::Open)),
            ("status: open\nreported: 2026-10-15", Standing::NotFound),
            (
                "status: open\nobserved: 2026-10-14T12:00\nreported: 2026-10-15",
                Standing::Known(DefectStatus::Open),
            ),
            // When it was closed is written nowhere.
            ("status: closed\nobserved: 2026-10-12", Standing::Unknown),
            (
                "status: closed\nobserved: 2026-10-12\nhistory: [{at: 2026-10-13, to: fixing}]",
                Standing::Unknown,
            ),
            // Nor is it known when it was found.
            ("status: open", Standing::Unknown),
            ("status: closed\nhistory: [{at: 2026-10-15, to: closed}]", Standing::Unknown),
            (
                "status: deferred\nhistory: [{at: 2026-10-13, to: deferred}]",
                Standing::Known(DefectStatus::Deferred),
            ),
        ] {
            assert_eq!(at(keys), wanted, "{keys}");
        }
    }

    #[test]
    fn age_is_counted_from_the_report() {
        let age = |keys: &str| age(&defect(keys), &UTC, date(2026, 10, 16));
        assert_eq!(age("status: open\nobserved: 2026-10-01\nreported: 2026-10-06T17:00"), Some(10));
        assert_eq!(age("status: open\nobserved: 2026-10-16T08:00"), Some(0));
        assert_eq!(age("status: open"), None);
        assert_eq!(age("status: open\nreported: 2026-10-17"), None);
    }

    #[test]
    fn open_defects_of_a_release_are_not_those_put_off() {
        let text = |status: &str, affects: &str| {
            format!(
                "title: A\nseverity: minor\nreported: 2026-10-01\nstatus: {status}\naffects: [{affects}]\n"
            )
        };
        let files: Vec<(String, String)> = [
            ("D-1", text("open", "a")),
            ("D-2", text("retest", "b, a")),
            ("D-3", text("deferred", "a")),
            ("D-4", text("closed", "a")),
            ("D-5", text("rejected", "a")),
            ("D-6", text("duplicate", "a")),
            ("D-7", text("reopened", "b")),
            ("D-8", text("closed\nhistory: [{at: 2026-10-17, to: closed}]", "a")),
        ]
        .map(|(id, text)| (format!("defects/{id}.yaml"), text))
        .into();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let site = tree(&files);
        let basis = Basis { site: &site, results: &Results::of(&site), as_of: date(2026, 10, 16) };
        let ids =
            |defects: &[&Record<Defect>]| defects.iter().map(|each| each.id.clone()).collect::<Vec<_>>();
        let found = open_of(&basis, "a");
        assert_eq!(ids(&found.open), ["D-1", "D-2", "D-8"]);
        assert_eq!(ids(&found.deferred), ["D-3"]);
        assert_eq!(open(&basis).all().count(), 5);
        assert_eq!(open(&basis).of_severity(Severity::Minor), 4);
    }

    #[test]
    fn a_status_lasts_until_the_next_change() {
        let defect = defect(CLOSED);
        let stays = |day| {
            stays(&defect, &UTC, date(2026, 10, day))
                .iter()
                .map(|stay| {
                    (stay.change.to.word(), stay.from.to_string(), stay.until.map(|at| at.to_string()))
                })
                .collect::<Vec<_>>()
        };
        let (fixing, closed) = ("2026-10-14T08:00:00".to_owned(), "2026-10-15T12:00:00".to_owned());
        assert_eq!(stays(14), [("fixing", fixing.clone(), None)]);
        assert_eq!(stays(15), [("fixing", fixing, Some(closed.clone())), ("closed", closed, None)]);
    }
}
