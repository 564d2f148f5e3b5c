//! How large the pictures are that pages show, so that a page does not jump when they come.

use std::fs::File;
use std::io::Read;

use rayon::prelude::*;

use crate::model::Site;
use crate::model::site::{Media, Picture};
use crate::scan::picture;
use crate::source::{MediaBytes, Sources};

/// Notes in `site`, whose files `sources` found below the folder `content`, how large its pictures are.
pub fn measure(site: &mut Site, sources: &Sources, content: &str) {
    let prefix = if content.is_empty() { String::new() } else { format!("{content}/") };
    let mut pictures: Vec<(&String, &mut Media)> =
        site.media.iter_mut().filter(|(path, _)| is_picture(path)).collect();
    pictures.par_iter_mut().for_each(|(path, media)| {
        let id = crate::diagnostic::FileId::of(&format!("{prefix}{path}"));
        let bytes = sources.medium(id).and_then(|medium| header(&medium.bytes));
        let measured = bytes.and_then(|bytes| picture::size(&bytes));
        media.picture = measured.map(|size| Picture { width: size.width, height: size.height });
    });
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
