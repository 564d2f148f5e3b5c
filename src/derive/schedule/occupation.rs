//! What occupies an environment: installs of releases, clonings, and the time in which a release is
//! tested there.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::diagnostic::Place;
use crate::model::Site;
use crate::model::environment::{Cloning, CloningStatus, Environment, EnvironmentKind};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseEnvironment, ReleaseStatus};
use crate::record::time::Moment;

/// What a release is installed in for real work is used for.
const TARGET: &str = "target";

/// A time in the portal's zone, its end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first moment.
    pub from: DateTime,
    /// The first moment after it.
    pub until: DateTime,
}

impl Span {
    /// From one moment until another. A day as the end counts whole; so does a day without an end. A
    /// time of the day without an end takes a minute.
    pub fn of(from: &Moment, until: Option<&Moment>, zone: &TimeZone) -> Self {
        let begin = from.civil(zone);
        let end = match until.unwrap_or(from) {
            Moment::Day(day) => day_after(*day).to_datetime(Time::midnight()),
            at => at.civil(zone),
        };
        let least = begin.checked_add(1.minute()).unwrap_or(DateTime::MAX);
        Self { from: begin, until: end.max(least) }
    }

    /// Whether some moment belongs to both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

fn day_after(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

/// The install of a release in an environment.
#[derive(Debug, Clone, Copy)]
pub struct Install<'a> {
    /// The release.
    pub release: &'a Record<Release>,
    /// When.
    pub span: Span,
    /// Where it is written.
    pub place: Place,
}

/// Installs in `environment`, by the order of releases; cancelled releases never come.
pub fn installs<'a>(site: &'a Site, environment: &str) -> Vec<Install<'a>> {
    let of = |release: &'a Record<Release>| {
        let window = release.schedule.install.as_ref()?;
        let is_here = targets(site, release).any(|entry| entry.env.id() == environment);
        let span = Span::of(&window.from, window.until.as_ref(), &site.zone);
        is_here.then_some(Install { release, span, place: window.place })
    };
    site.releases.iter().filter(|release| !is_cancelled(release)).filter_map(of).collect()
}

/// The time in which `release` is tested; nothing unless both its ends are known.
pub fn test_window(site: &Site, release: &Release) -> Option<Span> {
    let (start, end) = (release.schedule.test_start.as_ref()?, release.schedule.test_deadline.as_ref()?);
    Some(Span::of(start, Some(end), &site.zone))
}

/// Releases that are tested in `environment`, each with the time; cancelled ones are not.
pub fn tested<'a>(
    site: &'a Site,
    environment: &'a str,
) -> impl Iterator<Item = (&'a Record<Release>, Span)> + use<'a> {
    let is_tested_here = move |release: &&'a Record<Release>| {
        let is_here = |entry: &ReleaseEnvironment| entry.env.id() == environment && !is_target(site, entry);
        !is_cancelled(release) && release.environments.iter().any(is_here)
    };
    let releases = site.releases.iter().filter(is_tested_here);
    releases.filter_map(|release| Some((release, test_window(site, release)?)))
}

/// The time that a cloning takes.
pub fn cloning(site: &Site, cloning: &Cloning) -> Span {
    Span::of(&cloning.from, cloning.until.as_deref(), &site.zone)
}

/// The clonings of `environment` that come or came: cancelled ones never do.
pub fn clonings(environment: &Environment) -> impl Iterator<Item = &Cloning> {
    environment.clonings.iter().filter(|cloning| status(cloning) != CloningStatus::Cancelled)
}

/// How far a cloning is; planned, where nothing is written.
pub fn status(cloning: &Cloning) -> CloningStatus {
    cloning.status.as_ref().map_or(CloningStatus::Planned, |status| status.value)
}

/// Whether a release will not come.
pub fn is_cancelled(release: &Release) -> bool {
    release.status.as_ref().is_some_and(|status| status.value == ReleaseStatus::Cancelled)
}

/// Where a release is installed for real work.
fn targets<'a>(site: &'a Site, release: &'a Release) -> impl Iterator<Item = &'a ReleaseEnvironment> {
    release.environments.iter().filter(move |entry| is_target(site, entry))
}

/// Whether a release is installed there for real work: as its `use` says, else by the environment's kind.
pub fn is_target(site: &Site, entry: &ReleaseEnvironment) -> bool {
    match &entry.r#use {
        Some(purpose) => purpose.value == TARGET,
        None => is_production(site, entry.env.id()),
    }
}

/// Whether `environment` is one in which real work is done.
pub fn is_production(site: &Site, environment: &str) -> bool {
    let environment = site.environments.get(environment);
    environment.is_some_and(|environment| environment.kind.value == EnvironmentKind::Production)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn span(from: &str, until: Option<&str>) -> Span {
        let read = |text| Moment::read(text).expect("a moment");
        Span::of(&read(from), until.map(read).as_ref(), &TimeZone::UTC)
    }

    #[test]
    fn an_end_is_not_part_of_a_time() {
        let evening = span("2026-10-20T20:00", Some("2026-10-20T23:00"));
        for (from, until, overlaps) in [
            ("2026-10-20T23:00", Some("2026-10-21T02:00"), false),
            ("2026-10-20T22:59", Some("2026-10-21T02:00"), true),
            ("2026-10-20T18:00", Some("2026-10-20T20:00"), false),
            ("2026-10-20T21:00", None, true),
            ("2026-10-20T20:00", None, true),
            ("2026-10-20T23:00", None, false),
            ("2026-10-20", None, true),
            ("2026-10-18", Some("2026-10-20"), true),
            ("2026-10-21", None, false),
        ] {
            assert_eq!(evening.overlaps(&span(from, until)), overlaps, "{from} {until:?}");
            assert_eq!(span(from, until).overlaps(&evening), overlaps, "{from} {until:?}");
        }
    }

    #[test]
    fn a_release_is_installed_where_it_is_used_and_tested_elsewhere() {
        let site = tree(&[
            ("environments/prod.yaml", "kind: production"),
            ("environments/uat.yaml", "kind: acceptance"),
            (
                "releases/r.yaml",
                "product: a\ncontents: []\nenvironments: [{env: prod}, {env: uat, use: acceptance}]\n\
                 schedule: {test_start: 2026-10-12, test_deadline: 2026-10-15, install: 2026-10-20}\n",
            ),
        ]);
        let counts = |environment| (installs(&site, environment).len(), tested(&site, environment).count());
        assert_eq!((counts("prod"), counts("uat")), ((1, 0), (0, 1)));
    }
}
