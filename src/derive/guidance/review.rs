//! The review queue: which pages are to be looked at again, whose they are, and what readers see of it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::derive::guidance::freshness::{self, Review};
use crate::model::Site;
use crate::model::document::{Document, DocumentKind};
use crate::model::page::Front;
use crate::model::portal::ReviewShown;
use crate::record::reference::Ref;

/// A page between two reviews.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'a> {
    /// The page.
    pub document: &'a Document,
    /// Where it stands.
    pub state: Review,
}

impl<'a> Entry<'a> {
    /// The team or role that keeps the page.
    pub fn owner(&self) -> Option<&'a str> {
        self.document.main().front.owner.as_ref().map(Ref::id)
    }
}

/// All pages of a kind and where each stands on the day `as_of`, those due first on top, those never
/// reviewed last. Hidden pages are in no list.
pub fn queue(site: &Site, kind: DocumentKind, as_of: Date) -> Vec<Entry<'_>> {
    let shown = site.documents_of(kind).filter(|document| !document.is_hidden());
    let mut queue: Vec<Entry<'_>> = shown
        .map(|document| Entry { document, state: freshness::review(site, &document.main().front, as_of) })
        .collect();
    queue.sort_by_key(|entry| {
        let next = entry.state.next();
        (next.is_none(), next, entry.document.key.as_str())
    });
    queue
}

/// How many pages of an owner stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Their review was due before the day.
    pub overdue: usize,
    /// It is due within 30 days.
    pub due: usize,
    /// Nobody wrote when they were reviewed.
    pub never: usize,
    /// All their pages.
    pub all: usize,
}

/// How many pages of the queue each owner has; nobody's under none.
pub fn by_owner<'a>(queue: &[Entry<'a>]) -> BTreeMap<Option<&'a str>, Share> {
    let mut owners: BTreeMap<Option<&str>, Share> = BTreeMap::new();
    for entry in queue {
        let share = owners.entry(entry.owner()).or_default();
        share.all += 1;
        match entry.state {
            Review::Overdue(_) => share.overdue += 1,
            Review::Due(_) => share.due += 1,
            Review::Unknown => share.never += 1,
            Review::Fresh(_) => {}
        }
    }
    owners
}

/// What readers of a page see of its review: its state where the portal shows it, and where the page
/// says when it was reviewed.
pub fn shown(site: &Site, front: &Front, as_of: Date) -> Option<Review> {
    let state = freshness::review(site, front, as_of);
    match (site.portal.review_shown.unwrap_or(ReviewShown::All), state) {
        (_, Review::Unknown)
        | (ReviewShown::Nothing, _)
        | (ReviewShown::Overdue, Review::Fresh(_) | Review::Due(_)) => None,
        (ReviewShown::All | ReviewShown::Overdue, state) => Some(state),
    }
}

/// Whether readers see anything of reviews and of what is older than it should be.
pub fn is_told(site: &Site) -> bool {
    site.portal.review_shown != Some(ReviewShown::Nothing)
}

/// Whether the queue has a page and files of its own, and the home page tells what is late.
pub fn has_queue(site: &Site) -> bool {
    is_told(site) && site.documents_of(DocumentKind::Guide).any(|guide| guide.main().front.reviewed.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::schedule::{self, EventKind};
    use crate::parse::sample::tree;

    fn site(portal: &str) -> Site {
        let guide = |owner: &str, reviewed: &str| format!("---\n{owner}\n{reviewed}\n---\nText.");
        tree(&[
            ("portal.yaml", &format!("title: T\nroles: {{lead: {{}}}}\nteams: {{sit: {{}}}}\n{portal}")),
            ("guides/fresh.md", &guide("owner: lead", "reviewed: 2026-01-01")),
            ("guides/due.md", &guide("owner: lead", "reviewed: 2025-11-15")),
            ("guides/late.md", &guide("owner: sit", "reviewed: 2025-10-15")),
            ("guides/later.md", &guide("owner: lead", "reviewed: 2025-03-01")),
            ("guides/never.md", "No front matter."),
            ("guides/secret.md", &guide("hidden: true", "reviewed: 2020-01-01")),
        ])
    }

    const DAY: Date = Date::constant(2026, 10, 16);

    #[test]
    fn what_is_latest_stands_first() {
        let site = site("");
        let queue = queue(&site, DocumentKind::Guide, DAY);
        let found: Vec<(&str, Option<&str>)> =
            queue.iter().map(|entry| (entry.document.id(), entry.owner())).collect();
        assert_eq!(
            found,
            [
                ("later", Some("lead")),
                ("late", Some("sit")),
                ("due", Some("lead")),
                ("fresh", Some("lead")),
                ("never", None)
            ]
        );
        let owners = by_owner(&queue);
        assert_eq!(owners[&Some("lead")], Share { overdue: 1, due: 1, never: 0, all: 3 });
        assert_eq!(owners[&None], Share { overdue: 0, due: 0, never: 1, all: 1 });
    }

    /// The setting, and which of the guides tell their readers something.
    #[test]
    fn the_portal_says_what_readers_see() {
        for (setting, wanted, has_page) in [
            ("", vec!["due", "fresh", "late", "later", "secret"], true),
            ("review_shown: all", vec!["due", "fresh", "late", "later", "secret"], true),
            ("review_shown: overdue", vec!["late", "later", "secret"], true),
            ("review_shown: none", vec![], false),
        ] {
            let site = site(setting);
            let guides = site.documents_of(DocumentKind::Guide);
            let mut tell: Vec<&str> = guides
                .filter(|guide| shown(&site, &guide.main().front, DAY).is_some())
                .map(Document::id)
                .collect();
            tell.sort_unstable();
            assert_eq!((tell, has_queue(&site)), (wanted, has_page), "{setting}");
            let has_day = schedule::events(&site).iter().any(|event| event.kind == EventKind::Review);
            assert_eq!(has_day, has_page, "{setting}");
        }
    }
}
