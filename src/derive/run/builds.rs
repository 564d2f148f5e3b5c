//! Builds in the order in which they came.
//!
//! Names of builds follow no rule that holds everywhere, so they are never compared. A build is later
//! than another if it was first deployed in an environment, or first tested in a run, at a later time.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::DateTime;

use crate::model::Site;
use crate::model::run::Run;

/// Every build that was deployed or tested.
#[derive(Debug, Clone, Default)]
pub struct Builds<'a> {
    first_seen: HashMap<&'a str, DateTime>,
    products: HashMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Builds<'a> {
    /// The builds of `site`.
    pub fn of(site: &'a Site) -> Self {
        let mut builds = Self::default();
        for deployment in site.environments.iter().flat_map(|environment| &environment.deployments) {
            builds.see(&deployment.build.value, deployment.at.civil(&site.zone));
        }
        for run in site.runs.iter() {
            if let Some(build) = of_run(site, run) {
                builds.see(build, run.started.civil(&site.zone));
                builds.products.entry(build).or_default().extend(product_of_run(site, run));
            }
        }
        for release in site.releases.iter() {
            if let Some(build) = &release.build {
                builds.products.entry(&build.value).or_default().insert(release.product.id());
            }
        }
        builds
    }

    fn see(&mut self, build: &'a str, at: DateTime) {
        let first = self.first_seen.entry(build).or_insert(at);
        *first = at.min(*first);
    }

    /// When `build` was first deployed or tested, in the portal's zone.
    pub fn first_seen(&self, build: &str) -> Option<DateTime> {
        self.first_seen.get(build).copied()
    }

    /// Whether `build` is one of `product`: a release or run of the product says so. Nothing for a
    /// build that no release or run names.
    pub fn is_of(&self, build: &str, product: &str) -> Option<bool> {
        self.products.get(build).filter(|products| !products.is_empty()).map(|of| of.contains(product))
    }
}

/// The build that a run tested: its own, else its release's.
pub fn of_run<'a>(site: &'a Site, run: &'a Run) -> Option<&'a str> {
    let of_release = || site.releases.get(run.release.id())?.build.as_ref();
    run.build.as_ref().or_else(of_release).map(|build| build.value.as_str())
}

/// The product of a run's release.
pub fn product_of_run<'a>(site: &'a Site, run: &Run) -> Option<&'a str> {
    site.releases.get(run.release.id()).map(|release| release.product.id())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse::sample::tree;

    #[test]
    fn a_build_is_as_old_as_its_first_deployment_or_run() {
        let site = tree(&[
            (
                "environments/sit.yaml",
                "kind: test\ndeployments: [{build: b, at: 2026-10-14}, {build: b, at: 2026-10-12T18:00}]",
            ),
            ("releases/r.yaml", "product: p\nbuild: c\ncontents: []\nschedule: {}"),
            ("runs/r/1.yaml", "release: r\nenvironment: sit\nstarted: 2026-10-13T09:00\nbuild: b"),
            ("runs/r/2.yaml", "release: r\nenvironment: sit\nstarted: 2026-10-11T09:00"),
        ]);
        let builds = Builds::of(&site);
        assert_eq!(builds.first_seen("b"), Some(date(2026, 10, 12).at(18, 0, 0, 0)));
        assert_eq!(
            builds.first_seen("c"),
            Some(date(2026, 10, 11).at(9, 0, 0, 0)),
            "the run's build is the release's"
        );
        assert_eq!(builds.first_seen("d"), None);
        assert_eq!(builds.is_of("b", "p"), Some(true));
        assert_eq!(builds.is_of("b", "q"), Some(false));
        assert_eq!(builds.is_of("d", "p"), None);
    }
}
