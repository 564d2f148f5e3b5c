//! What training modules teach, and whether that has changed since.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::derive::page::dates;
use crate::derive::page::links::{self, Destination};
use crate::derive::page::routes::{Routes, Subject};
use crate::model::Site;
use crate::model::document::{Document, DocumentKind};

/// A guide that changed after a module that teaches it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Newer<'a> {
    /// The guide.
    pub guide: &'a Document,
    /// When it changed.
    pub changed: Date,
}

/// The guides that a module teaches: those its text links to, by key. A folder's page is no guide.
pub fn guides<'a>(site: &'a Site, routes: &Routes, module: &Document) -> Vec<&'a Document> {
    let article = module.main();
    let keys: BTreeSet<String> = article
        .body
        .links
        .iter()
        .filter_map(|link| match links::resolve(site, routes, article, link) {
            Destination::Page(Subject::Document(key), _) => Some(key),
            _ => None,
        })
        .collect();
    let found = keys.iter().filter_map(|key| site.document(key));
    found.filter(|document| document.kind == DocumentKind::Guide && !document.is_index).collect()
}

/// The guides that a module teaches and that changed, by the day `as_of`, after the module was last
/// changed or reviewed; the latest change first. Of a module or guide that says no day nothing is known.
pub fn newer_guides<'a>(site: &'a Site, routes: &Routes, module: &Document, as_of: Date) -> Vec<Newer<'a>> {
    let Some(looked_at) = looked_at(site, module, as_of) else { return Vec::new() };
    let mut newer: Vec<Newer<'a>> = guides(site, routes, module)
        .into_iter()
        .filter_map(|guide| Some(Newer { guide, changed: changed(site, guide, as_of)? }))
        .filter(|newer| newer.changed > looked_at)
        .collect();
    newer.sort_by(|a, b| (b.changed, &a.guide.key).cmp(&(a.changed, &b.guide.key)));
    newer
}

/// The last day, up to `as_of`, on which somebody changed a page or read it to the end.
pub fn looked_at(site: &Site, page: &Document, as_of: Date) -> Option<Date> {
    let reviewed = page.main().front.reviewed.as_ref().map(|day| day.value).filter(|day| *day <= as_of);
    changed(site, page, as_of).max(reviewed)
}

/// The last day, up to `as_of`, on which the text of a page became another.
fn changed(site: &Site, page: &Document, as_of: Date) -> Option<Date> {
    let days = [dates::updated, dates::published].map(|day| day(site, page, page.main(), as_of));
    days.into_iter().flatten().filter(|day| *day <= as_of).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    /// Module, guide, and the day of the change that the module does not know.
    #[test]
    fn a_module_is_older_than_a_guide_changed_after_it_was_looked_at() {
        for (module, guide, wanted) in [
            ("updated: 2026-05-11\nreviewed: 2025-11-03", "updated: 2026-09-14", Some("2026-09-14")),
            ("updated: 2026-05-11\nreviewed: 2026-09-20", "updated: 2026-09-14", None),
            // On one day both can have been changed together.
            ("updated: 2026-09-14", "updated: 2026-09-14", None),
            ("published: 2026-01-01", "published: 2026-02-01", Some("2026-02-01")),
            // What is to come has not happened yet.
            ("updated: 2026-05-11", "updated: 2026-10-17\npublished: 2026-01-01", None),
            // A review changes nothing, and what is not dated is not known.
            ("updated: 2026-05-11", "reviewed: 2026-09-14", None),
            ("title: M", "updated: 2026-09-14", None),
        ] {
            let module = format!("---\n{module}\n---\n[G](../guides/g.md#part) [All](../guides/index.md)");
            let guide = format!("---\n{guide}\n---\n## Part\n");
            let site = tree(&[
                ("training/m.md", &module),
                ("guides/g.md", &guide),
                ("guides/index.md", "---\nupdated: 2026-10-01\n---\n"),
            ]);
            let routes = Routes::of(&site);
            let document = site.document("training/m").expect("the module");
            let newer = newer_guides(&site, &routes, document, Date::constant(2026, 10, 16));
            let days: Vec<String> = newer.iter().map(|newer| newer.changed.to_string()).collect();
            assert_eq!(days, wanted.into_iter().collect::<Vec<_>>(), "{module}\n{guide}");
        }
    }
}
