//! What a finished portal would disclose: its bytes and those of the attachments it copies.

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;

use super::project::Assembly;
use crate::check::{self, privacy};
use crate::diagnostic::{Diagnostic, FileId};
use crate::render::{Content, Page};
use crate::scan::image::{self, Image};
use crate::write::{self, Output};

/// Personal data and secrets in the files of `output`, at the levels that the portal sets; the theme's own files are
/// left out.
pub fn faults(assembly: &Assembly, pages: &[Page], output: &Output) -> Vec<Diagnostic> {
    let site = &assembly.portal.site;
    let origins: HashMap<String, &Content> =
        pages.iter().map(|page| (page.output_path(), &page.content)).collect();
    let files: Vec<(&str, &write::Content)> = output
        .files()
        .map(|(path, content)| (path.as_str(), content))
        .filter(|(path, _)| !matches!(origins.get(*path), Some(Content::Asset(_))))
        .collect();
    let source = |path: &str| match origins.get(path) {
        Some(Content::Media(medium)) => Some(assembly.medium_id(medium)),
        _ => None,
    };
    let texts: Vec<privacy::Published<'_>> = files
        .par_iter()
        .filter_map(|(path, content)| {
            let text = match content {
                write::Content::Bytes(bytes) => std::str::from_utf8(bytes).ok()?.into(),
                write::Content::File(full) => String::from_utf8(std::fs::read(full).ok()?).ok()?.into(),
            };
            Some(privacy::Published { address: format!("/{path}"), text, source: source(path) })
        })
        .collect();
    let mut faults = privacy::in_output(site, assembly.portal.as_of, &texts, &assembly.told);
    let broken = files.iter().filter_map(|(path, content)| match content {
        write::Content::File(full) if image(full) == Some(Image::Broken) => source(path),
        _ => None,
    });
    faults.extend(broken.map(|file: FileId| privacy::broken_image(site, file)));
    check::levels(&mut faults, &check::site_levels(site));
    faults
}

/// What is in the file of an image whose container is understood.
pub fn image(full: &Path) -> Option<Image> {
    let ending = full.extension()?.to_string_lossy().to_lowercase();
    if !["jpg", "jpeg", "jfif", "png", "apng", "webp"].contains(&ending.as_str()) {
        return None;
    }
    Some(image::stripped(&std::fs::read(full).ok()?))
}
