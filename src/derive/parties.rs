//! Whom things concern: clonings that affect a party, releases and reports it is told about.

use super::routes::Subject;
use crate::model::Site;
use crate::model::document::{DocumentKind, Extra};
use crate::record::reference::{Ref, to};

/// Clonings that affect `party`, by environment, the earliest first.
pub fn clonings(site: &Site, party: &str) -> Vec<Subject> {
    site.environments
        .iter()
        .flat_map(|environment| {
            let mut affecting: Vec<_> =
                environment.clonings.iter().filter(|cloning| names(&cloning.affected, party)).collect();
            affecting.sort_by_key(|cloning| cloning.from.civil(&site.zone));
            affecting
                .into_iter()
                .map(|cloning| Subject::Cloning(environment.id.clone(), cloning.id.value.clone()))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Releases that `party` is told about.
pub fn releases(site: &Site, party: &str) -> Vec<Subject> {
    site.releases
        .iter()
        .filter(|release| names(&release.notify, party))
        .map(|release| Subject::Release(release.id.clone()))
        .collect()
}

/// Reports that `party` is sent.
pub fn reports(site: &Site, party: &str) -> Vec<Subject> {
    site.documents_of(DocumentKind::Report)
        .filter(|document| match &document.main().extra {
            Extra::Report(report) => names(&report.distribution, party),
            _ => false,
        })
        .map(|document| Subject::Document(document.key.clone()))
        .collect()
}

fn names(parties: &[Ref<to::Party>], party: &str) -> bool {
    parties.iter().any(|named| named.id() == party)
}
