//! Whether an environment has the build that a release wants there.
//!
//! Where a release is tested, its own build is wanted while it is in test or decided; where it is
//! installed for real work, that of the release of the product that was installed last.

use jiff::civil::Date;

use crate::derive::run::builds::Builds;
use crate::derive::schedule::occupation::is_target;
use crate::model::Site;
use crate::model::environment::{Deployment, Environment};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus};

/// A build that is wanted, and what is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted<'a> {
    /// The release that wants it.
    pub release: &'a Record<Release>,
    /// Its build.
    pub build: &'a str,
    /// The latest build of the product that is there; nothing, if none of it is.
    pub found: Option<&'a Deployment>,
}

impl Wanted<'_> {
    /// Whether another build is there than the one wanted, or none.
    pub fn is_drift(&self) -> bool {
        self.found.is_none_or(|found| found.build.value != self.build)
    }
}

/// What the releases of `site` want in `environment` on the day `as_of`, by the order of releases.
/// Nothing of releases that name no build, and nothing where no deployments are written.
pub fn of_environment<'a>(
    site: &'a Site,
    builds: &Builds<'a>,
    environment: &'a Record<Environment>,
    as_of: Date,
) -> Vec<Wanted<'a>> {
    if environment.deployments.is_empty() {
        return Vec::new();
    }
    let wanted = |release: &'a Record<Release>| {
        let build = release.build.as_ref()?.as_str();
        let found = latest(site, builds, environment, release.product.id(), as_of);
        wants(site, release, &environment.id).then_some(Wanted { release, build, found })
    };
    site.releases.iter().filter_map(wanted).collect()
}

/// The latest build of a product in an environment; builds that no release or run names are of every
/// product.
fn latest<'a>(
    site: &Site,
    builds: &Builds<'a>,
    environment: &'a Environment,
    product: &str,
    as_of: Date,
) -> Option<&'a Deployment> {
    let is_there = |deployment: &&Deployment| {
        deployment.at.date(&site.zone) <= as_of && builds.is_of(&deployment.build, product) != Some(false)
    };
    environment.deployments.iter().filter(is_there).max_by_key(|deployment| deployment.at.civil(&site.zone))
}

/// Whether `release` wants its build to be in `environment` now.
fn wants(site: &Site, release: &Record<Release>, environment: &str) -> bool {
    let mut here = release.environments.iter().filter(|entry| entry.env.id() == environment);
    match release.status.as_ref().map(|status| status.value) {
        Some(ReleaseStatus::InTest | ReleaseStatus::Decided) => here.any(|entry| !is_target(site, entry)),
        Some(ReleaseStatus::Released) => {
            here.any(|entry| is_target(site, entry)) && is_newest(site, release, environment)
        }
        _ => false,
    }
}

/// Whether no release of the product was installed in `environment` after this one.
fn is_newest(site: &Site, release: &Record<Release>, environment: &str) -> bool {
    let installed =
        |release: &Release| release.schedule.install.as_ref().map(|window| window.from.civil(&site.zone));
    let is_later = |other: &Record<Release>| {
        let is_released = other.status.as_ref().is_some_and(|status| status.value == ReleaseStatus::Released);
        let is_here =
            other.environments.iter().any(|entry| entry.env.id() == environment && is_target(site, entry));
        let is_same = other.product.id() == release.product.id();
        is_released && is_here && is_same && installed(other) > installed(release)
    };
    !site.releases.iter().any(is_later)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse::sample::tree;

    fn release(build: &str, status: &str, install: &str) -> String {
        format!(
            "product: a\nbuild: {build}\nstatus: {status}\ncontents: []\nschedule: {{install: {install}}}\n\
             environments: [{{env: sit, use: system-test}}, {{env: prod, use: target}}]\n"
        )
    }

    /// Each release that wants a build in `environment`, with what is there, and whether that is drift.
    fn wanted(environment: &str, deployments: &str) -> Vec<(String, Option<String>, bool)> {
        let text = format!("kind: test\ndeployments: [{deployments}]\n");
        let path = format!("environments/{environment}.yaml");
        let site = tree(&[
            (&path, &text),
            ("releases/1.yaml", &release("a1", "released", "2026-08-18")),
            ("releases/2.yaml", &release("a2", "released", "2026-09-22")),
            ("releases/3.yaml", &release("a3", "in_test", "2026-10-20")),
            ("releases/b.yaml", "product: b\nbuild: b1\ncontents: []\nschedule: {}\n"),
        ]);
        let builds = Builds::of(&site);
        let environment = site.environments.get(environment).expect("the environment");
        of_environment(&site, &builds, environment, date(2026, 10, 16))
            .into_iter()
            .map(|wanted| {
                let found = wanted.found.map(|found| found.build.value.clone());
                (wanted.release.id.clone(), found, wanted.is_drift())
            })
            .collect()
    }

    #[test]
    fn a_release_in_test_wants_its_build_where_it_is_tested() {
        let found = |build: &str| Some(build.to_owned());
        for (deployments, build, drift) in [
            ("{build: a3, at: 2026-10-12}", found("a3"), false),
            ("{build: a2, at: 2026-10-12}", found("a2"), true),
            // A build of another product does not push it out.
            ("{build: a3, at: 2026-10-12}, {build: b1, at: 2026-10-14}", found("a3"), false),
            ("{build: b1, at: 2026-10-14}", None, true),
            // What comes tomorrow is not there yet.
            ("{build: a2, at: 2026-10-12}, {build: a3, at: 2026-10-17}", found("a2"), true),
            // A build that nobody else names may be of any product.
            ("{build: a3, at: 2026-10-12}, {build: x, at: 2026-10-14}", found("x"), true),
        ] {
            assert_eq!(wanted("sit", deployments), [("3".to_owned(), build, drift)], "{deployments}");
        }
        assert_eq!(wanted("sit", ""), []);
    }

    #[test]
    fn production_is_to_have_the_release_installed_last() {
        let answer = |build: &str, drift| [("2".to_owned(), Some(build.to_owned()), drift)];
        assert_eq!(wanted("prod", "{build: a2, at: 2026-09-22}"), answer("a2", false));
        assert_eq!(wanted("prod", "{build: a1, at: 2026-08-18}"), answer("a1", true));
    }
}
