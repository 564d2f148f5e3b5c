//! When a page or a record's file was published, and when it last changed.
//!
//! What a page says of itself comes first, of a report its issue; else the commits tell, as far as they are of days up to the one
//! that the portal is made for. Of a text that is not committed nobody knows when it changed.

use jiff::civil::{Date, DateTime};

use crate::model::Site;
use crate::model::document::{Article, Document, Extra};

/// The day on which the text of `document` was first published: its own, else that of the page it is
/// translated from, else the day on which it was issued, else the day of its first commit.
pub fn published(site: &Site, document: &Document, article: &Article, as_of: Date) -> Option<Date> {
    let issued = || match &document.main().extra {
        Extra::Report(report) => {
            report.issued.as_ref().map(|at| at.date(&site.zone)).filter(|day| *day <= as_of)
        }
        _ => None,
    };
    let first = || first_committed(site, &article.path, as_of);
    let own = article.front.published.or(document.main().front.published);
    own.or_else(issued).or_else(first)
}

/// The day on which the text of `document` last changed: its own, else that of the page it is translated
/// from, else the day of its last commit.
pub fn updated(site: &Site, document: &Document, article: &Article, as_of: Date) -> Option<Date> {
    article
        .front
        .updated
        .or(document.main().front.updated)
        .or_else(|| last_committed(site, &article.path, as_of))
}

/// The day of the first commit of the file at `path`, up to `as_of`.
pub fn first_committed(site: &Site, path: &str, as_of: Date) -> Option<Date> {
    told(site, path, as_of).last().map(|at| at.date())
}

/// The day of the last commit that changed the file at `path`, up to `as_of`; nothing where it changed since.
pub fn last_committed(site: &Site, path: &str, as_of: Date) -> Option<Date> {
    let is_committed = site.history.get(path).is_some_and(|file| file.is_committed);
    told(site, path, as_of).next().filter(|_| is_committed).map(|at| at.date())
}

/// When commits up to `as_of` changed the file at `path`, the newest first; nothing where it came after that.
pub fn told<'a>(
    site: &'a Site,
    path: &str,
    as_of: Date,
) -> impl DoubleEndedIterator<Item = &'a DateTime> + use<'a> {
    let changes = site.history.get(path).map_or(&[][..], |file| &file.changes);
    changes.iter().filter(move |at| at.date() <= as_of)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::history::FileHistory;
    use crate::parse::sample::tree;

    fn dates(front: &str, file: &FileHistory) -> [Option<Date>; 2] {
        let mut site = tree(&[("guides/a.md", &format!("---\ntitle: A\n{front}\n---\nText.\n"))]);
        site.history.insert("guides/a.md".to_owned(), file.clone());
        let document = site.document("guides/a").expect("the page");
        let as_of = date(2026, 10, 16);
        [published, updated].map(|of| of(&site, document, document.main(), as_of))
    }

    #[test]
    fn a_report_is_published_when_it_is_issued() {
        let site = tree(&[("reports/a.md", "---\ntype: progress\nissued: 2026-10-15T10:00\n---\n# A\n")]);
        let document = site.document("reports/a").expect("the report");
        let on = |day| published(&site, document, document.main(), date(2026, 10, day));
        assert_eq!([on(14), on(15)], [None, Some(date(2026, 10, 15))]);
    }

    #[test]
    fn a_page_speaks_before_its_commits() {
        let at = |day| date(2026, 10, day).at(12, 0, 0, 0);
        let file = FileHistory { changes: vec![at(20), at(14), at(12)], untold: 0, is_committed: true };
        let changed = FileHistory { is_committed: false, ..file.clone() };
        let new = FileHistory { changes: Vec::new(), untold: 0, is_committed: false };
        let (twelfth, fourteenth) = (Some(date(2026, 10, 12)), Some(date(2026, 10, 14)));
        let first = Some(date(2026, 1, 1));
        for (front, file, wanted) in [
            ("", &file, [twelfth, fourteenth]),
            ("published: 2026-01-01", &file, [first, fourteenth]),
            ("updated: 2026-01-01", &file, [twelfth, first]),
            ("", &changed, [twelfth, None]),
            ("", &new, [None, None]),
        ] {
            assert_eq!(dates(front, file), wanted, "{front} {file:?}");
        }
    }
}
