//! Known leaks: what was known to be broken and was installed all the same (content model, section 5).
//!
//! A release is installed from the beginning of its install window on, once its status says that it was
//! installed. That is the moment the decision was for. Where the window is not known, the first
//! deployment of its build in production stands in. An install on a day without a time counts at the end
//! of the day. A defect that was put off is still open.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};

use crate::derive::basis::Basis;
use crate::derive::defects::{self, Standing};
use crate::derive::gate::waiver::{self, WaiverState};
use crate::model::Site;
use crate::model::defect::Defect;
use crate::model::environment::EnvironmentKind;
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus, Waiver};

/// What was known to be broken in an installed release.
#[derive(Debug, Clone)]
pub struct Leaks<'a> {
    /// The release.
    pub release: &'a Record<Release>,
    /// When it was installed, in the portal's zone; nothing, where nothing says so.
    pub installed: Option<DateTime>,
    /// The leaks, in the order of the portal.
    pub known: Vec<&'a Record<Defect>>,
    /// Defects of which the files do not tell whether they are leaks.
    pub unknown: Vec<&'a Record<Defect>>,
}

/// Whether a defect leaked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leak {
    Yes,
    No,
    Unknown,
}

/// The leaks of every release that was installed by the day, the latest install first.
pub fn all<'a>(basis: &Basis<'a>) -> Vec<Leaks<'a>> {
    let mut leaks: Vec<Leaks<'a>> =
        basis.site.releases.iter().filter_map(|release| of_release(basis, release)).collect();
    leaks.sort_by_key(|leaks| std::cmp::Reverse(leaks.installed));
    leaks
}

/// Every defect that leaked in some release, once, in the order of the portal.
pub fn leaked<'a>(basis: &Basis<'a>) -> Vec<&'a Record<Defect>> {
    let leaks = all(basis);
    let ids: BTreeSet<&str> =
        leaks.iter().flat_map(|leaks| &leaks.known).map(|defect| defect.id.as_str()).collect();
    basis.site.defects.iter().filter(|defect| ids.contains(defect.id.as_str())).collect()
}

/// The leaks of `release`; nothing, if it was not installed by the day.
pub fn of_release<'a>(basis: &Basis<'a>, release: &'a Record<Release>) -> Option<Leaks<'a>> {
    let status = release.status.as_ref().map(|status| status.value);
    let installed = installed_at(basis.site, release);
    let was_installed = matches!(status, Some(ReleaseStatus::Released | ReleaseStatus::RolledBack))
        && installed.is_none_or(|at| at.date() <= basis.as_of);
    was_installed.then(|| {
        let of_kind = |wanted: Leak| {
            defects::affecting(basis.site, &release.id)
                .filter(|defect| leak(basis.site, release, installed, defect) == wanted)
                .collect()
        };
        Leaks { release, installed, known: of_kind(Leak::Yes), unknown: of_kind(Leak::Unknown) }
    })
}

/// When `release` was or will be installed, in the portal's zone.
fn installed_at(site: &Site, release: &Release) -> Option<DateTime> {
    let window = release.schedule.install.as_ref().map(|window| window.from);
    let planned = window.map(|from| {
        let at = from.civil(&site.zone);
        if from.has_time() { at } else { at.date().at(23, 59, 59, 0) }
    });
    planned.or_else(|| first_deployment(site, &release.build.as_ref()?.value))
}

fn first_deployment(site: &Site, build: &str) -> Option<DateTime> {
    site.environments
        .iter()
        .filter(|environment| environment.kind.value == EnvironmentKind::Production)
        .flat_map(|environment| &environment.deployments)
        .filter(|deployment| deployment.build.value == build)
        .map(|deployment| deployment.at.civil(&site.zone))
        .min()
}

fn leak(site: &Site, release: &Release, installed: Option<DateTime>, defect: &Record<Defect>) -> Leak {
    let Some(at) = installed else { return Leak::Unknown };
    let was_open = match defects::status_at(defect, &site.zone, at) {
        Standing::NotFound => Leak::No,
        Standing::Known(status) if !status.is_open() => Leak::No,
        Standing::Known(_) => Leak::Yes,
        Standing::Unknown => Leak::Unknown,
    };
    if is_waived(site, release, &defect.id, at.date()) {
        return Leak::No;
    }
    match (was_open, found_outside_production(site, defect)) {
        (Leak::No, _) | (_, Leak::No) => Leak::No,
        (Leak::Yes, Leak::Yes) => Leak::Yes,
        _ => Leak::Unknown,
    }
}

fn found_outside_production(site: &Site, defect: &Defect) -> Leak {
    let environment = defect.found_in.as_ref().and_then(|found| found.environment.as_ref());
    match environment.and_then(|environment| site.environments.get(environment.id())) {
        None => Leak::Unknown,
        Some(environment) if environment.kind.value == EnvironmentKind::Production => Leak::No,
        Some(_) => Leak::Yes,
    }
}

/// Whether a waiver of `release` that covers `defect` was live on `day`.
pub fn is_waived(site: &Site, release: &Release, defect: &str, day: Date) -> bool {
    let covers = |waiver: &&Waiver| waiver.defects.iter().any(|covered| covered.id() == defect);
    release.waivers.iter().filter(covers).any(|waiver| waiver::state(site, waiver, day) == WaiverState::Live)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    const SIT: &str = "found_in: {environment: sit}\nobserved: 2026-09-10\n";

    /// A leak, none, and what could be one.
    const YES: Option<(usize, usize)> = Some((1, 0));
    const NO: Option<(usize, usize)> = Some((0, 0));
    const UNKNOWN: Option<(usize, usize)> = Some((0, 1));

    /// How many leaks a release has, and how many that could be one, with a single defect that affects it.
    fn leaks(release: &str, defect: &str) -> Option<(usize, usize)> {
        let release = format!("product: a\ncontents: []\n{release}");
        let defect = format!("title: A\nseverity: minor\naffects: [r]\n{defect}");
        let site = tree(&[
            ("portal.yaml", "title: T\nroles: {product-owner: {}}"),
            ("environments/sit.yaml", "kind: test"),
            ("environments/prod.yaml", "kind: production\ndeployments: [{build: b, at: 2026-09-22T21:00}]"),
            ("releases/r.yaml", &release),
            ("defects/D-1.yaml", &defect),
        ]);
        let basis = Basis { site: &site, results: &Results::of(&site), as_of: date(2026, 10, 16) };
        let found = of_release(&basis, site.releases.get("r").expect("the release"))?;
        Some((found.known.len(), found.unknown.len()))
    }

    #[test]
    fn a_leak_was_known_before_the_install_and_open_at_it() {
        let of = |keys: &str| leaks("status: released\nschedule: {install: 2026-09-22T20:00}", keys);
        for (keys, wanted) in [
            (format!("{SIT}status: open"), YES),
            (format!("{SIT}status: deferred\nhistory: [{{at: 2026-09-12, to: deferred}}]"), YES),
            (format!("{SIT}status: closed\nhistory: [{{at: 2026-09-22T20:30, to: closed}}]"), YES),
            (format!("{SIT}status: closed\nhistory: [{{at: 2026-09-22T19:00, to: closed}}]"), NO),
            (format!("{SIT}status: closed"), UNKNOWN),
            (SIT.replace("09-10", "09-23") + "status: open", NO),
            (SIT.replace("sit", "prod") + "status: open", NO),
            ("observed: 2026-09-10\nstatus: open".to_owned(), UNKNOWN),
            ("status: open\nfound_in: {environment: sit}".to_owned(), UNKNOWN),
        ] {
            assert_eq!(of(&keys), wanted, "{keys}");
        }
    }

    #[test]
    fn a_live_waiver_makes_a_leak_a_decision() {
        let of = |keys: &str| {
            let release = format!(
                "status: released\nschedule: {{install: 2026-09-22}}\n\
                 waivers: [{{id: W1, rule: open_defects, defects: [D-1]{keys}}}]"
            );
            leaks(&release, &format!("{SIT}status: open"))
        };
        assert_eq!(of(", approved_by: product-owner, expires: 2026-09-22"), NO);
        assert_eq!(of(", approved_by: product-owner, expires: 2026-09-21"), YES, "expired");
        assert_eq!(of(", approved_by: product-owner"), YES, "without an end");
        assert_eq!(of(", expires: 2026-09-22"), YES, "nobody approved it");
    }

    #[test]
    fn only_an_installed_release_leaks() {
        let of = |release: &str| leaks(release, &format!("{SIT}status: open"));
        assert_eq!(of("status: in_test\nschedule: {install: 2026-09-22}"), None);
        assert_eq!(of("status: released\nschedule: {install: 2026-10-17}"), None, "not by the day");
        assert_eq!(of("status: rolled_back\nschedule: {install: 2026-09-22}"), YES);
        assert_eq!(
            of("status: released\nbuild: b\nschedule: {}"),
            YES,
            "installed when production got the build"
        );
        assert_eq!(of("status: released\nschedule: {}"), UNKNOWN);
    }
}
