//! What a finished portal would disclose: its bytes and those of the attachments it copies.

use std::borrow::Cow;

use super::project::Assembly;
use crate::check;
use crate::check::privacy::{self, Allowances};
use crate::diagnostic::{Diagnostic, FileId};
use crate::render::{Content, search};
use crate::scan::image::{Image, stripped};
use crate::scan::maker;
use crate::source::MediaBytes;
use crate::write::{self, photograph};

/// Looks at finished files, one by one and from many threads, for what a portal would disclose.
pub struct Lookout<'a> {
    assembly: &'a Assembly,
    allowances: Allowances,
}

/// What a finished file would disclose.
pub struct Disclosing {
    /// Personal data and secrets in it.
    published: privacy::Published,
    /// The file of the content tree, if it is an image whose metadata cannot be taken out.
    broken: Option<FileId>,
    /// What the properties of a document tell.
    telling: Option<Diagnostic>,
}

impl<'a> Lookout<'a> {
    /// One for the portal of `assembly`.
    pub fn of(assembly: &'a Assembly) -> Self {
        Self { assembly, allowances: Allowances::of(&assembly.portal.site.portal, assembly.portal.as_of) }
    }

    /// What the file at `path` of the output would disclose, which came of `origin` and holds `content`. The theme's own
    /// files are left out, and what of the index of search is no text.
    pub fn look(&self, origin: Option<&Content>, path: &str, content: &write::Content) -> Option<Disclosing> {
        if matches!(origin, Some(Content::Asset(_))) || search::is_numbers(path) {
            return None;
        }
        let source = match origin {
            Some(Content::Media(medium) | Content::Narrower(medium, _)) => {
                Some(self.assembly.medium_id(medium))
            }
            _ => None,
        };
        let bytes = bytes(content)?;
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        let found = privacy::untold(text, &self.allowances, &self.assembly.disclosed);
        let is_broken = is_image(path) && stripped(&bytes) == Image::Broken;
        let traces = || maker::traces(&bytes);
        let of_document = source.filter(|_| has_ending(path, &DOCUMENTS));
        let telling = of_document.and_then(|source| privacy::document_metadata(source, &traces()));
        let broken = source.filter(|_| is_broken);
        let is_quiet = found.is_empty() && broken.is_none() && telling.is_none();
        let published = privacy::Published { address: format!("/{path}"), source, found };
        (!is_quiet).then_some(Disclosing { published, broken, telling })
    }

    /// A fault for each value and each file that discloses something, at the levels that the portal sets.
    pub fn faults(&self, mut all: Vec<Disclosing>) -> Vec<Diagnostic> {
        let site = &self.assembly.portal.site;
        all.sort_by(|one, other| one.published.address.cmp(&other.published.address));
        let (mut published, mut faults) = (Vec::new(), Vec::new());
        for disclosing in all {
            faults.extend(disclosing.broken.map(|file| privacy::broken_image(site, file)));
            faults.extend(disclosing.telling);
            published.push(disclosing.published);
        }
        faults.extend(privacy::in_output(site, &published));
        check::levels(&mut faults, &self.assembly.levels());
        faults
    }
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
        write::Content::Kept(_) | write::Content::Staged(..) => None,
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
