//! The exit criteria of a report's release.

use super::super::super::blocks::Block;
use super::super::super::names::View;
use super::super::embeds;
use super::Issue;

/// The gate of the release, as it stood on the report's day.
pub fn blocks(view: &View<'_>, issue: &Issue<'_>) -> Vec<Block> {
    issue.release(view).map(|release| embeds::gate(view, issue.basis(view), release)).unwrap_or_default()
}
