//! The exit criteria of a report's release.

use super::super::super::blocks::Block;
use super::super::super::names::View;
use super::super::embeds;
use super::Issue;
use crate::derive::gate::on as judge;

/// The gate of the release as it stood on the day.
pub fn blocks(view: &View<'_>, issue: &Issue<'_>) -> Vec<Block> {
    let Some(release) = issue.release(view) else { return Vec::new() };
    let mut blocks = vec![issue.as_of(view)];
    let found = judge(view.portal.basis(), release, issue.day);
    blocks.extend(embeds::gate(view, release, &found));
    blocks
}
