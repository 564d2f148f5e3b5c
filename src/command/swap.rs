//! An edit of a page of which nothing else can see anything, shown before everything is put together again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::preview::Whole;
use super::project::Project;
use crate::derive::page::outline;
use crate::model::document::Article;
use crate::parse;
use crate::source::{SourceFile, TEXT_LIMIT};

/// More files than this do not change at a stroke of an author's hand.
const MOST: usize = 8;

/// The portal `whole` with the present texts of the `changed` files; nothing unless all of them are texts of pages whose
/// outlines are what they were. It lacks what is not made of texts: faults, and whether a text is the committed one.
pub fn swapped(whole: &Whole, project: &Project, changed: &[PathBuf]) -> Option<Whole> {
    if changed.is_empty() || changed.len() > MOST || !whole.assembly().shows_content() {
        return None;
    }
    let top = project.content.canonicalize().ok()?;
    let articles: Option<Vec<_>> = changed.iter().map(|path| text(whole, project, &top, path)).collect();
    whole.with_texts(articles?)
}

/// The present text of the file at `path`, if others see what they saw.
fn text(whole: &Whole, project: &Project, top: &Path, path: &Path) -> Option<Arc<Article>> {
    let below = path.strip_prefix(top).ok()?.to_str()?.replace('\\', "/");
    let known = whole.current().site.text_at(&below)?;
    let length = std::fs::metadata(path).ok()?.len();
    let bytes = (length <= TEXT_LIMIT).then(|| std::fs::read(path).ok())??;
    let source = SourceFile::new(format!("{}/{below}", project.prefix()), &bytes);
    let (settings, options) = &*whole.assembly().grounds;
    let present = parse::page_alone(&source, settings, options)?;
    outline::is_alike(known, &present).then_some(present)
}
