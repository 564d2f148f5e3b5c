//! Links both ways: what refers to a page.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::page::links::{self, Destination};
use crate::derive::page::routes::{Routes, Subject};
use crate::model::Site;
use crate::model::document::Document;
use crate::record::reference::{Kind, Pointer, References};

/// Every page with the pages that refer to it.
#[derive(Debug, Clone, Default)]
pub struct Backlinks {
    by_target: BTreeMap<Subject, BTreeSet<Subject>>,
}

impl Backlinks {
    /// All references of `site`, turned round.
    pub fn of(site: &Site, routes: &Routes) -> Self {
        let mut backlinks = Self::default();
        each_record(site, |subject, path, record| {
            record.references(&mut |pointer| {
                if let Some(target) = target_of(site, routes, path, pointer) {
                    backlinks.add(target, subject);
                }
            });
        });
        backlinks.add_documents(site, routes, |_| true);
        backlinks
    }

    /// The references among the pages of a version that is not the current one. Records speak of the current
    /// one, whatever they name.
    pub fn within_version(site: &Site, routes: &Routes) -> Self {
        let mut backlinks = Self::default();
        backlinks.add_documents(site, routes, Document::is_versioned);
        backlinks
    }

    fn add_documents(&mut self, site: &Site, routes: &Routes, is_wanted: fn(&Document) -> bool) {
        for document in site.documents.iter().filter(|document| is_wanted(document)) {
            for article in &document.texts {
                let Some(subject) = routes.of_source(&article.path) else { continue };
                article.references(&mut |pointer| {
                    if let Some(target) = target_of(site, routes, &article.path, pointer) {
                        self.add(target, subject);
                    }
                });
                for link in &article.body.links {
                    if let Destination::Page(target, _) = links::resolve(site, routes, article, link) {
                        self.add(target, subject);
                    }
                }
            }
        }
    }

    fn add(&mut self, target: Subject, from: &Subject) {
        if target != *from {
            self.by_target.entry(target).or_default().insert(from.clone());
        }
    }

    /// The pages that refer to `subject`, in a fixed order.
    pub fn to(&self, subject: &Subject) -> impl Iterator<Item = &Subject> {
        self.by_target.get(subject).into_iter().flatten()
    }
}

/// Shows every record with its page, the path of its file and its references.
pub fn each_record<'a>(site: &'a Site, mut visit: impl FnMut(&Subject, &'a str, &'a dyn References)) {
    macro_rules! each {
        ($($records:ident $variant:ident)*) => {$(
            for record in site.$records.iter() {
                visit(&Subject::$variant(record.id.clone()), &record.path, &record.value);
            }
        )*};
    }
    each!(releases Release  runs Run  cases Case  plans Plan  defects Defect  environments Environment
          data DataSet  tickets Tickets  decisions Decision  partners Partner);
}

/// The page that a reference leads to, if it leads to one.
pub fn target_of(site: &Site, routes: &Routes, from: &str, pointer: &Pointer) -> Option<Subject> {
    let id = || pointer.id.clone();
    let subject = match pointer.kind {
        Kind::Release => Subject::Release(id()),
        Kind::Run => Subject::Run(id()),
        Kind::Case => Subject::Case(site.case_id(&pointer.id).to_owned()),
        Kind::Plan => Subject::Plan(id()),
        Kind::Defect => Subject::Defect(id()),
        Kind::Environment => Subject::Environment(id()),
        Kind::DataSet => Subject::DataSet(id()),
        Kind::Decision => Subject::Decision(id()),
        Kind::Page => links::page_at(routes, from, &pointer.id).ok()?,
        Kind::Product
        | Kind::Team
        | Kind::Role
        | Kind::Owner
        | Kind::Party
        | Kind::Gate
        | Kind::File
        | Kind::ResultFile => return None,
    };
    routes.has(&subject).then_some(subject)
}
