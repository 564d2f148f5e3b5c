//! The reports of a release.

use super::super::super::blocks::{Block, Row, Section};
use super::super::super::names::View;
use crate::derive::routes::Subject;
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::records::Record;
use crate::model::release::Release;

/// Every report about it.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let about = |document: &&Document| match &document.main().extra {
        Extra::Report(report) => report.release.as_ref().is_some_and(|of| of.id() == release.id),
        _ => false,
    };
    let rows: Vec<Row> = super::super::texts::documents(view, DocumentKind::Report)
        .filter(about)
        .map(|document| Row {
            what: view.link(&Subject::Document(document.key.clone())),
            icon: Some("file-text"),
            ..Row::default()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Section::new("reports", view.say("release.reports"), vec![Block::Rows { ordered: false, rows }])
    })
}
