//! Image files without what is no picture: places, times, names, programs, earlier versions.
//!
//! Only whole parts of the container are left out, or written over where places are counted; not one bit of the
//! picture is drawn anew. The libraries that walk these containers keep what follows the end of a picture, and phones
//! keep whole videos there, so that the walks are written here: [`gif`] and [`heif`] in their own files. How a
//! picture is turned, and its colours, stay.

mod gif;
mod heif;
#[cfg(test)]
mod tests;

/// What became of an image file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// It is no image whose parts are understood.
    Unknown,
    /// It begins as one, and cannot be read to its end; it may hold metadata.
    Broken,
    /// It has no metadata.
    Plain,
    /// The same without its metadata.
    Stripped(Vec<u8>),
}

/// The same image without metadata.
///
/// Left out are, of JPEG, EXIF, XMP, IPTC, comments and what makers of cameras add; of PNG, texts, EXIF and the time;
/// of WebP, EXIF and XMP; of GIF, comments and what programs add; of AVIF and HEIC, EXIF, XMP, descriptions and times;
/// of all, what follows the end.
pub fn stripped(bytes: &[u8]) -> Image {
    let plain = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes),
        [b'G', b'I', b'F', b'8', ..] => gif::plain(bytes),
        _ if heif::is_one(bytes) => heif::plain(bytes),
        _ => return Image::Unknown,
    };
    match plain {
        None => Image::Broken,
        Some(plain) if plain == bytes => Image::Plain,
        Some(plain) => Image::Stripped(plain),
    }
}

/// A number in the byte order of the network.
pub(super) fn big(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// A number in the byte order of RIFF.
pub(super) fn little(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// ITU-T T.81: segments of a marker and a length, pictures between them.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    const END: u8 = 0xD9;
    let mut plain = bytes.get(..2)?.to_vec();
    let mut at = 2_usize;
    loop {
        let marker = *bytes.get(at + 1)?;
        match (bytes.get(at)?, marker) {
            (0xFF, 0xFF) => {
                at += 1;
                continue;
            }
            (0xFF, END) => {
                plain.extend([0xFF, END]);
                return Some(plain);
            }
            (0xFF, _) => {}
            _ => return None,
        }
        let end = at + 2 + big(bytes, at + 2, 2)?;
        let segment = bytes.get(at..end)?;
        if is_picture(marker, segment.get(4..)?) {
            plain.extend(segment);
        } else if let Some(turn) =
            orientation(segment.get(4..)?.strip_prefix(b"Exif\0\0").unwrap_or_default())
        {
            plain.extend([0xFF, 0xE1, 0, 34]);
            plain.extend(b"Exif\0\0");
            plain.extend(turned(turn));
        }
        at = end;
        // The picture itself has no length: it ends at the next marker that is none of its own.
        if marker == 0xDA {
            let rest = bytes.get(at..)?;
            let is_end = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7);
            let length = rest.windows(2).position(is_end)?;
            plain.extend(rest.get(..length)?);
            at += length;
        }
    }
}

/// Whether a segment is needed to draw the picture: of those of applications the sizes of JFIF, the colours (ICC) and
/// the way of counting them (Adobe).
fn is_picture(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xE0 => content.starts_with(b"JFIF\0"),
        0xE2 => content.starts_with(b"ICC_PROFILE\0"),
        0xEE => content.starts_with(b"Adobe"),
        0xE0..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// ISO/IEC 15948: chunks of a length, a name, content and a check sum.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = bytes.get(..8)?.to_vec();
    let mut at = 8_usize;
    loop {
        let end = at.checked_add(12)?.checked_add(big(bytes, at, 4)?)?;
        let chunk = bytes.get(at..end)?;
        let name = chunk.get(4..8)?;
        if !matches!(name, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            plain.extend(chunk);
        }
        at = end;
        if name == b"IEND" {
            return Some(plain);
        }
    }
}

/// RFC 9649: chunks of a name, a length and content, filled up to an even length.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let whole = little(bytes, 4, 4)?.checked_add(8)?.min(bytes.len());
    let mut plain = bytes.get(..12)?.to_vec();
    let mut at = 12_usize;
    while at + 8 <= whole {
        let length = little(bytes, at + 4, 4)?;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?;
        let chunk = bytes.get(at..end)?;
        let name = chunk.get(..4)?;
        if !matches!(name, b"EXIF" | b"XMP ") {
            let start = plain.len();
            plain.extend(chunk);
            // The first chunk of an extended file says which others there are.
            if let (b"VP8X", Some(flags)) = (name, plain.get_mut(start + 8)) {
                *flags &= !0b0000_1100;
            }
        }
        at = end;
    }
    let length = u32::try_from(plain.len() - 8).ok()?.to_le_bytes();
    plain.splice(4..8, length);
    Some(plain)
}

/// How a picture is turned when shown, where it is (tag 0x0112 of TIFF, 2 to 8).
pub(super) fn orientation(tiff: &[u8]) -> Option<u8> {
    let number: fn(&[u8], usize, usize) -> Option<usize> = match tiff.get(..2)? {
        b"II" => little,
        b"MM" => big,
        _ => return None,
    };
    let list = number(tiff, 4, 4)?;
    let entry = |index: usize| list.checked_add(2)?.checked_add(index * 12);
    let entries = number(tiff, list, 2)?;
    let found = (0..entries).filter_map(entry).find(|at| number(tiff, *at, 2) == Some(0x0112))?;
    let turn = u8::try_from(number(tiff, found + 8, 2)?).ok()?;
    (2..=8).contains(&turn).then_some(turn)
}

/// TIFF that says how a picture is turned, and nothing else.
fn turned(turn: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(value) = tiff.get_mut(19) {
        *value = turn;
    }
    tiff
}
