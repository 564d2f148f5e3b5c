//! How a release is taken back.

use super::super::super::blocks::{Block, Section, text};
use super::super::super::names::View;
use crate::derive::page::links;
use crate::model::records::Record;
use crate::model::release::Release;

/// The guide, and what cannot be undone.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let rollback = release.rollback.as_ref()?;
    let guide = rollback
        .guide
        .as_ref()
        .and_then(|guide| links::page_at(&view.portal.routes, &release.path, guide.id()).ok());
    let mut blocks: Vec<Block> =
        guide.map(|subject| Block::Paragraphs { lines: vec![view.link(&subject)] }).into_iter().collect();
    if !rollback.cannot_undo.is_empty() {
        let items = rollback.cannot_undo.iter().map(|item| text(view.read(item))).collect();
        blocks.push(Block::Paragraphs { lines: vec![text(view.say("release.cannot_undo"))] });
        blocks.push(Block::List { ordered: false, items });
    }
    Some(Section::new("rollback", view.say("release.rollback"), blocks))
}
