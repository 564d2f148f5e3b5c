//! Live tables and charts inside Markdown.

use super::super::names::View;
use super::super::template::{Engine, RenderFault};
use crate::model::body::Embed;

/// The HTML of an embed.
pub fn html(view: &View<'_>, embed: &Embed, engine: &Engine) -> Result<String, RenderFault> {
    let _ = (view, embed, engine);
    Ok(String::new())
}
