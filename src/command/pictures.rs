//! How large the pictures are that pages show, so that a page does not jump when they come, and which of them a phone
//! gets in fewer dots.

use std::fs::{self, File};
use std::io::Read;

use rayon::prelude::*;

use crate::diagnostic::FileId;
use crate::model::Site;
use crate::model::site::{Media, Narrower, Picture};
use crate::scan::picture;
use crate::source::{MediaBytes, Sources};

/// The widths of copies, in dots: a column of text on a phone, and the same on a screen with two dots in the place of
/// one.
const WIDTHS: [u32; 2] = [800, 1600];

/// The smallest file, in bytes, of which a copy saves more than it costs to keep.
const LIGHT: u64 = 60_000;

/// Notes in `site`, whose files `sources` found below the folder `content`, how large its pictures are.
pub fn measure(site: &mut Site, sources: &Sources, content: &str) {
    let prefix = if content.is_empty() { String::new() } else { format!("{content}/") };
    let mut pictures: Vec<(&String, &mut Media)> =
        site.media.iter_mut().filter(|(path, _)| is_picture(path)).collect();
    pictures.par_iter_mut().for_each(|(path, media)| {
        let id = FileId::of(&format!("{prefix}{path}"));
        let Some(medium) = sources.medium(id) else { return };
        let measured = header(&medium.bytes).and_then(|bytes| picture::size(&bytes));
        media.picture = measured.map(|size| Picture { width: size.width, height: size.height });
        media.narrower = narrower(path, media, &medium.bytes);
    });
    let taken: Vec<String> = site.media.keys().cloned().collect();
    for media in site.media.values_mut() {
        media.narrower.retain(|copy| taken.binary_search(&copy.path).is_err());
    }
}

/// The copies of the photograph at `path` in fewer dots. Of screenshots there are none: their even colours fill more
/// bytes in fewer dots, as `docs/decisions/pictures.md` tells.
fn narrower(path: &str, media: &Media, bytes: &MediaBytes) -> Vec<Narrower> {
    let Some((stem, ending)) = path.rsplit_once('.') else { return Vec::new() };
    let is_photograph = ["jpg", "jpeg", "jfif"].iter().any(|jpeg| ending.eq_ignore_ascii_case(jpeg));
    let width = media.picture.map_or(0, |picture| picture.width);
    // A copy with at least two thirds of the dots is hardly lighter.
    let widths: Vec<u32> = WIDTHS.into_iter().filter(|narrow| narrow * 5 / 4 <= width).collect();
    if !is_photograph || media.bytes < LIGHT || widths.is_empty() {
        return Vec::new();
    }
    let Some(digest) = digest(bytes) else { return Vec::new() };
    let copy = |width| Narrower { width, path: format!("{stem}.{width}w.{digest}.{ending}") };
    widths.into_iter().map(copy).collect()
}

/// The beginning of the BLAKE3 of a file; nothing if it cannot be read, which is told when it is copied.
fn digest(bytes: &MediaBytes) -> Option<String> {
    let hash = match bytes {
        MediaBytes::Held(bytes) => blake3::hash(bytes),
        MediaBytes::File(path) => blake3::hash(&fs::read(path).ok()?),
    };
    Some(hash.to_hex()[..10].to_owned())
}

/// Whether a name is that of a picture whose size can be read.
fn is_picture(path: &str) -> bool {
    const ENDINGS: [&str; 9] = ["png", "apng", "jpg", "jpeg", "jfif", "gif", "webp", "avif", "svg"];
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    ENDINGS.contains(&ending.as_str())
}

/// The beginning of a file; nothing if it cannot be read, which is told when it is copied.
fn header(bytes: &MediaBytes) -> Option<Vec<u8>> {
    match bytes {
        MediaBytes::Held(bytes) => Some(bytes.to_vec()),
        MediaBytes::File(path) => {
            let mut header = Vec::new();
            File::open(path).ok()?.take(picture::HEADER).read_to_end(&mut header).ok()?;
            Some(header)
        }
    }
}
