//! The reports of a release.

use super::super::super::blocks::{Block, Row, Section, with_small};
use super::super::super::names::View;
use super::super::{report, texts};
use crate::derive::page::routes::Subject;
use crate::derive::report::timeliness;
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::Report;
use crate::model::records::Record;
use crate::model::release::Release;

/// Every report about it, and whether it came in time.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let about = |document: &Document| match &document.main().extra {
        Extra::Report(report) if report.release.as_ref().is_some_and(|of| of.id() == release.id) => {
            Some(report.clone())
        }
        _ => None,
    };
    let rows: Vec<Row> = texts::documents(view, DocumentKind::Report)
        .filter_map(|document| Some(row(view, document, &about(document)?)))
        .collect();
    (!rows.is_empty()).then(|| {
        Section::new("reports", view.say("release.reports"), vec![Block::Rows { ordered: false, rows }])
    })
}

fn row(view: &View<'_>, document: &Document, report: &Report) -> Row {
    let timing = timeliness::of_report(&view.portal.site, report, view.portal.as_of);
    let when = timing.issued.or(timing.due).map_or_else(Vec::new, |at| view.moment(&at));
    let name = view.link(&Subject::Document(document.key.clone()));
    Row {
        what: with_small(name, when),
        aside: report::state(view, report),
        icon: Some("file-text"),
        ..Row::default()
    }
}
