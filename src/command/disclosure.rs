//! What a finished portal would disclose: its bytes and those of the attachments it copies.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use super::project::Assembly;
use crate::check::{self, privacy};
use crate::diagnostic::{Diagnostic, FileId};
use crate::render::{Content, Page, Portal, search};
use crate::scan::image::{Image, stripped};
use crate::scan::maker;
use crate::source::MediaBytes;
use crate::write::{self, Output, photograph};

/// Personal data and secrets in the files of `output`, at the levels that the portal sets; the theme's own files are
/// left out, and what of the index of search is no text.
pub fn faults(assembly: &Assembly, pages: &[(&Portal, Page)], output: &Output) -> Vec<Diagnostic> {
    let site = &assembly.portal.site;
    let origins: HashMap<String, &Content> =
        pages.iter().map(|(_, page)| (page.output_path(), &page.content)).collect();
    let files: Vec<(&str, &write::Content)> = output
        .files()
        .map(|(path, content)| (path.as_str(), content))
        .filter(|(path, _)| {
            !matches!(origins.get(*path), Some(Content::Asset(_))) && !search::is_numbers(path)
        })
        .collect();
    let source = |path: &str| match origins.get(path) {
        Some(Content::Media(medium) | Content::Narrower(medium, _)) => Some(assembly.medium_id(medium)),
        _ => None,
    };
    let texts: Vec<privacy::Published<'_>> = files
        .par_iter()
        .filter_map(|(path, content)| {
            let text = match bytes(content)? {
                Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok()?.into(),
                Cow::Owned(bytes) => String::from_utf8(bytes).ok()?.into(),
            };
            Some(privacy::Published { address: format!("/{path}"), text, source: source(path) })
        })
        .collect();
    let mut faults = privacy::in_output(site, assembly.portal.as_of, &texts, &assembly.disclosed);
    let broken = files.iter().filter_map(|(path, content)| {
        let is_broken = is_image(path) && stripped(&bytes(content)?) == Image::Broken;
        if is_broken { source(path) } else { None }
    });
    faults.extend(broken.map(|file: FileId| privacy::broken_image(site, file)));
    let telling = files.iter().filter(|(path, _)| has_ending(path, &DOCUMENTS));
    faults.extend(telling.filter_map(|(path, content)| {
        privacy::document_metadata(source(path)?, &maker::traces(&bytes(content)?))
    }));
    check::levels(&mut faults, &assembly.levels());
    faults
}

/// The attachment at `path` as it is published: as it is, an image without its metadata.
pub fn medium(path: &str, held: &MediaBytes) -> write::Content {
    let content = match held {
        MediaBytes::File(full) => write::Content::File(full.clone()),
        MediaBytes::Held(bytes) => bytes.to_vec().into(),
    };
    if !is_image(path) {
        return content;
    }
    match bytes(&content).map(|bytes| stripped(&bytes)) {
        Some(Image::Stripped(plain)) => plain.into(),
        _ => content,
    }
}

/// The picture at `path` in fewer dots, so many wide; as it is published where it cannot be drawn anew.
pub fn narrower(path: &str, held: &MediaBytes, width: u32) -> write::Content {
    let content = medium(path, held);
    let drawn = bytes(&content).and_then(|bytes| photograph::narrower(&bytes, width));
    drawn.map_or(content, write::Content::from)
}

/// The bytes of a finished file; nothing if they cannot be read, which is told when the file is written, or were
/// looked at by the build that wrote them.
fn bytes(content: &write::Content) -> Option<Cow<'_, [u8]>> {
    match content {
        write::Content::Bytes(bytes) => Some(Cow::Borrowed(bytes)),
        write::Content::File(full) => std::fs::read(full).ok().map(Cow::Owned),
        write::Content::Kept(_) => None,
    }
}

/// Endings of images whose containers are understood.
const IMAGES: [&str; 12] =
    ["jpg", "jpeg", "jfif", "png", "apng", "webp", "gif", "avif", "avifs", "heic", "heif", "hif"];

/// Endings of documents that are copied as they are.
const DOCUMENTS: [&str; 4] = ["pdf", "tif", "tiff", "svg"];

fn is_image(path: &str) -> bool {
    has_ending(path, &IMAGES)
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    endings.contains(&ending.as_str())
}
