//! The environments of a release.

use super::super::super::blocks::{Block, Row, Section, text};
use super::super::super::names::View;
use super::super::releases::purpose;
use crate::model::records::Record;
use crate::model::release::Release;

/// What each is used for.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    if release.environments.is_empty() {
        return None;
    }
    let rows = release
        .environments
        .iter()
        .map(|entry| {
            let purpose = purpose(view, entry);
            Row {
                what: view.pointer(entry.env.pointer()),
                aside: text(purpose),
                icon: Some("server"),
                ..Row::default()
            }
        })
        .collect();
    Some(Section::new(
        "environments",
        view.say("release.environments"),
        vec![Block::Rows { ordered: false, rows }],
    ))
}
