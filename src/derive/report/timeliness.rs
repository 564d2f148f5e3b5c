//! Whether reports come in time (content model, section 5): on time, late by so much working time,
//! missing.
//!
//! The day for which a portal is made counts to its end, as everywhere: what was issued on it is
//! issued, and what is due on it is not late yet.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::derive::schedule::workdays::Workdays;
use crate::derive::schedule::working_hours::{self, WorkingTime};
use crate::model::Site;
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::{Report, ReportDue, ReportType};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus, ReleaseType};
use crate::record::time::Moment;

/// How many workdays after the install of an expedited hot-fix its report may be due.
pub const GRACE: usize = 2;

/// How a report stands against its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// Not issued, and due so much working time before the day.
    Missing(WorkingTime),
    /// Not issued, and due on the day or after it.
    NotYetDue,
    /// Not issued, and nothing says when it is due.
    Unscheduled,
    /// Issued so much working time after it was due.
    Late(WorkingTime),
    /// Issued, and nothing says when it was due.
    Issued,
    /// Issued in time.
    OnTime,
}

impl Timeliness {
    /// Whether the report was issued, in time or not.
    pub fn is_issued(self) -> bool {
        matches!(self, Self::Late(_) | Self::Issued | Self::OnTime)
    }

    /// The less welcome, the smaller.
    fn rank(self) -> u8 {
        match self {
            Self::Missing(_) => 0,
            Self::NotYetDue => 1,
            Self::Unscheduled => 2,
            Self::Late(_) => 3,
            Self::Issued => 4,
            Self::OnTime => 5,
        }
    }
}

/// When a report is due, when it was issued, and what follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timing {
    /// When it is due, where something says so.
    pub due: Option<Moment>,
    /// When it was issued, if it was by the day.
    pub issued: Option<Moment>,
    /// What follows.
    pub timeliness: Timeliness,
}

/// The completion report of a release.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReleaseReport<'a> {
    /// The report; nothing, if nobody began one.
    pub document: Option<&'a Document>,
    /// How it stands.
    pub timing: Timing,
}

/// How the completion report of `release` stands on the day `as_of`. Of several reports about one
/// release all are wanted, so that the least welcome answer is the release's.
pub fn of_release<'a>(site: &'a Site, release: &Record<Release>, as_of: Date) -> ReleaseReport<'a> {
    let wanted = release_due(site, release);
    let stand = |(document, report): (&'a Document, &Report)| ReleaseReport {
        document: Some(document),
        timing: timing(site, wanted.or_else(|| due(site, report)), report, as_of),
    };
    let none = || ReleaseReport { document: None, timing: answer(site, wanted, None, as_of) };
    completions(site, &release.id)
        .map(stand)
        .min_by_key(|report| report.timing.timeliness.rank())
        .unwrap_or_else(none)
}

/// The completion reports about a release.
pub fn completions<'a>(
    site: &'a Site,
    release: &str,
) -> impl Iterator<Item = (&'a Document, &'a Report)> + use<'a> {
    let release = release.to_owned();
    reports(site).filter(move |(_, report)| {
        is_completion(report) && report.release.as_ref().is_some_and(|of| of.id() == release)
    })
}

/// Every report.
pub fn reports(site: &Site) -> impl Iterator<Item = (&Document, &Report)> {
    site.documents_of(DocumentKind::Report).filter(|document| !document.is_index).filter_map(|document| {
        match &document.main().extra {
            Extra::Report(report) => Some((document, report)),
            _ => None,
        }
    })
}

/// How `report` stands on the day `as_of`.
pub fn of_report(site: &Site, report: &Report, as_of: Date) -> Timing {
    timing(site, due(site, report), report, as_of)
}

/// When `report` is due: as it says; a completion report that says nothing when its release says.
pub fn due(site: &Site, report: &Report) -> Option<Moment> {
    let by_release = || {
        let release = site.releases.get(report.release.as_ref()?.id())?;
        release_due(site, release)
    };
    match report.due.as_ref().map(|due| due.value) {
        Some(ReportDue::At(moment)) => Some(moment),
        Some(ReportDue::Release) => by_release(),
        None if is_completion(report) => by_release(),
        None => None,
    }
}

/// When the completion report of `release` is due: as its schedule says, else for an expedited
/// hot-fix two workdays after the install. Nobody waits for the report of a cancelled release.
pub fn release_due(site: &Site, release: &Record<Release>) -> Option<Moment> {
    let is_cancelled = release.status.as_ref().is_some_and(|status| status.value == ReleaseStatus::Cancelled);
    if is_cancelled {
        return None;
    }
    release.schedule.report_due.as_ref().map(|due| due.value).or_else(|| last_day(site, release))
}

/// The last day for the report of an expedited hot-fix.
fn last_day(site: &Site, release: &Record<Release>) -> Option<Moment> {
    let install = release.schedule.install.as_ref().filter(|_| is_expedited(site, release))?;
    Some(Moment::Day(Workdays::of(&site.portal).add(install.from.date(&site.zone), GRACE)))
}

/// Whether `release` is a hot-fix of which a decision said that its report may follow the install.
pub fn is_expedited(site: &Site, release: &Record<Release>) -> bool {
    let says_so = || {
        site.decisions
            .iter()
            .any(|decision| decision.release.id() == release.id && decision.expedited == Some(true))
    };
    release.r#type == Some(ReleaseType::Hotfix) && says_so()
}

/// When `report` was issued, if it was by the day.
pub fn issued(site: &Site, report: &Report, as_of: Date) -> Option<Moment> {
    let issued = report.issued.as_ref().map(|issued| issued.value);
    issued.filter(|issued| issued.date(&site.zone) <= as_of)
}

/// The day whose state a report tells: of a report that is not issued the day `as_of`; of an issued one
/// the day of its latest revision by then. What the generator draws into a report holds for this day, so
/// that the numbers of a report do not change behind its readers' backs.
pub fn day(site: &Site, report: &Report, as_of: Date) -> Date {
    let Some(issued) = issued(site, report, as_of) else { return as_of };
    let changes = report.changes.iter().map(|change| change.at.date(&site.zone));
    changes.filter(|day| *day <= as_of).fold(issued.date(&site.zone), Ord::max)
}

fn is_completion(report: &Report) -> bool {
    report.r#type.as_ref().is_some_and(|r#type| r#type.value == ReportType::Completion)
}

fn timing(site: &Site, due: Option<Moment>, report: &Report, as_of: Date) -> Timing {
    answer(site, due, issued(site, report, as_of), as_of)
}

fn answer(site: &Site, due: Option<Moment>, issued: Option<Moment>, as_of: Date) -> Timing {
    let today = Moment::Day(as_of);
    let timeliness = match (due, issued) {
        (None, None) => Timeliness::Unscheduled,
        (None, Some(_)) => Timeliness::Issued,
        (Some(due), None) if due.is_before(&today, &site.zone) => {
            Timeliness::Missing(lateness(site, &due, &today))
        }
        (Some(_), None) => Timeliness::NotYetDue,
        (Some(due), Some(issued)) if due.is_before(&issued, &site.zone) => {
            Timeliness::Late(lateness(site, &due, &issued))
        }
        (Some(_), Some(_)) => Timeliness::OnTime,
    };
    Timing { due, issued, timeliness }
}

/// The working time from the end of `due` to the beginning of `at`.
fn lateness(site: &Site, due: &Moment, at: &Moment) -> WorkingTime {
    working_hours::between(Workdays::of(&site.portal), end(due, &site.zone), at.civil(&site.zone))
}

/// A deadline on a day holds all day.
fn end(due: &Moment, zone: &TimeZone) -> DateTime {
    let begins = due.civil(zone);
    if due.has_time() {
        return begins;
    }
    begins.date().tomorrow().map_or(begins, |day| Moment::Day(day).civil(zone))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse::sample::tree;

    const AS_OF: Date = date(2026, 10, 16);

    fn release(schedule: &str) -> String {
        format!("product: a\ncontents: []\nschedule: {{{schedule}}}\n")
    }

    fn report(keys: &str) -> String {
        format!("---\ntype: completion\nrelease: r\n{keys}---\ntext\n")
    }

    /// How the completion report of the release `r` stands.
    fn standing(files: &[(&str, &str)]) -> Timeliness {
        let site = tree(files);
        let release = site.releases.get("r").expect("the release");
        of_release(&site, release, AS_OF).timing.timeliness
    }

    #[test]
    fn a_report_is_held_against_its_release() {
        let hours = WorkingTime::hours;
        for (due, issued, wanted) in [
            ("2026-10-15T12:00", "2026-10-15T12:00", Timeliness::OnTime),
            ("2026-10-15T12:00", "2026-10-15T15:00", Timeliness::Late(hours(3))),
            // Over the night: five hours of Thursday and one of Friday.
            ("2026-10-15T12:00", "2026-10-16T10:00", Timeliness::Late(hours(6))),
            // A day holds to its end, and an issue on a day is not earlier than its morning.
            ("2026-10-15", "2026-10-15T23:00", Timeliness::OnTime),
            ("2026-10-15T12:00", "2026-10-15", Timeliness::OnTime),
            ("2026-10-15", "2026-10-16T11:00", Timeliness::Late(hours(2))),
            // After work the clock stands still, yet late is late.
            ("2026-10-15T17:00", "2026-10-15T19:00", Timeliness::Late(hours(0))),
            // The issue lies after the day that is looked at.
            ("2026-10-14T12:00", "2026-10-17T09:00", Timeliness::Missing(hours(13))),
            ("2026-10-16T12:00", "2026-10-17T09:00", Timeliness::NotYetDue),
        ] {
            let (release, report) =
                (release(&format!("report_due: {due}")), report(&format!("issued: {issued}\n")));
            let files = [("releases/r.yaml", release.as_str()), ("reports/r.md", report.as_str())];
            assert_eq!(standing(&files), wanted, "due {due}, issued {issued}");
        }
    }

    #[test]
    fn a_release_without_a_report_misses_it() {
        let due = |day: &str| standing(&[("releases/r.yaml", &release(&format!("report_due: {day}")))]);
        assert_eq!(due("2026-10-15"), Timeliness::Missing(WorkingTime::hours(0)), "since this morning");
        assert_eq!(due("2026-10-14"), Timeliness::Missing(WorkingTime::hours(8)));
        assert_eq!(due("2026-10-16T12:00"), Timeliness::NotYetDue, "the day counts to its end");
        assert_eq!(standing(&[("releases/r.yaml", &release(""))]), Timeliness::Unscheduled);
        let cancelled = format!("status: cancelled\n{}", release("report_due: 2026-10-01"));
        assert_eq!(standing(&[("releases/r.yaml", &cancelled)]), Timeliness::Unscheduled, "nobody waits");
    }

    #[test]
    fn of_several_reports_the_least_welcome_answer_counts() {
        let release = release("report_due: 2026-10-15T12:00");
        let (early, late) = (
            report("issued: 2026-10-15T10:00\n"),
            report("issued: 2026-10-15T13:00\ndue: 2026-10-15T14:00\n"),
        );
        let files =
            [("releases/r.yaml", release.as_str()), ("reports/a.md", &early), ("reports/b.md", &late)];
        assert_eq!(standing(&files), Timeliness::Late(WorkingTime::hours(1)));
        let site = tree(&files);
        let own: Vec<Timeliness> =
            reports(&site).map(|(_, report)| of_report(&site, report, AS_OF).timeliness).collect();
        assert_eq!(own, [Timeliness::OnTime, Timeliness::OnTime], "each by the time that it names itself");
    }

    #[test]
    fn an_expedited_hotfix_reports_two_workdays_after_its_install() {
        let hotfix = |install: &str| format!("type: hotfix\n{}", release(&format!("install: {install}")));
        let decision = "release: r\noutcome: confirmed\ndecided: 2026-10-09\nbuild: b\nby: {}\n\
            expedited: true\nevidence: []\n";
        let due = |install: &str| {
            let site = tree(&[("releases/r.yaml", &hotfix(install)), ("decisions/r.yaml", decision)]);
            release_due(&site, site.releases.get("r").expect("the release"))
        };
        // From Friday over the weekend to Tuesday.
        assert_eq!(due("2026-10-09T20:00"), Some(Moment::Day(date(2026, 10, 13))));
        let usual = tree(&[("releases/r.yaml", &hotfix("2026-10-09T20:00"))]);
        assert_eq!(release_due(&usual, usual.releases.get("r").expect("the release")), None);
    }

    #[test]
    fn a_progress_report_is_due_when_it_says() {
        let release = release("report_due: 2026-10-15T12:00");
        for (keys, wanted) in [
            ("", Timeliness::Unscheduled),
            ("due: release\n", Timeliness::Missing(WorkingTime::hours(5))),
            ("due: 2026-10-14T12:00\nissued: 2026-10-14T11:30\n", Timeliness::OnTime),
        ] {
            let report = format!("---\ntype: progress\nrelease: r\n{keys}---\ntext\n");
            let site = tree(&[("releases/r.yaml", release.as_str()), ("reports/p.md", &report)]);
            let (_, report) = reports(&site).next().expect("the report");
            assert_eq!(of_report(&site, report, AS_OF).timeliness, wanted, "{keys}");
        }
    }
}
