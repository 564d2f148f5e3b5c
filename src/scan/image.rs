//! Image files without what is no picture: places, times, names, programs, earlier versions.
//!
//! Only whole parts of the container are left out; not one bit of the picture is drawn anew. The libraries that walk
//! these containers keep what follows the end of a picture, and phones keep whole videos there, so that the three
//! walks are written here. How a picture is turned, and its colours, stay.

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
/// of WebP, EXIF and XMP; of all, what follows the end.
pub fn stripped(bytes: &[u8]) -> Image {
    let plain = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
        [&[0xFF, marker], length.as_slice(), content].concat()
    }

    fn chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).expect("short").to_be_bytes();
        [length.as_slice(), &name, content, b"CRC!"].concat()
    }

    fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let each = |(name, content): &(&[u8; 4], &[u8])| {
            let length = u32::try_from(content.len()).expect("short").to_le_bytes();
            let fill: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
            [name.as_slice(), &length, content, fill].concat()
        };
        let body = [b"WEBP".to_vec(), chunks.iter().flat_map(each).collect()].concat();
        let length = u32::try_from(body.len()).expect("short").to_le_bytes();
        [b"RIFF".as_slice(), &length, &body].concat()
    }

    #[test]
    fn a_jpeg_keeps_its_picture_and_colours() {
        let (size, colours) = (segment(0xE0, b"JFIF\0\x01"), segment(0xE2, b"ICC_PROFILE\0x"));
        let scan = [segment(0xDA, b"scan"), b"pic\xFF\0\xFF\xD0ture".to_vec()].concat();
        let second = [segment(0xC4, b"table"), segment(0xDA, b"more"), b"rest".to_vec()].concat();
        let file = |extra: &[Vec<u8>], tail: &[u8]| {
            let head = [vec![0xFF, 0xD8], size.clone(), extra.concat(), colours.clone()].concat();
            [head, scan.clone(), second.clone(), vec![0xFF, 0xD9], tail.to_vec()].concat()
        };
        let plain = file(&[], b"");
        let secret = [
            segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\0SECRET"),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0SECRET"),
            segment(0xED, b"Photoshop 3.0\0SECRET"),
            segment(0xFE, b"SECRET"),
            segment(0xE2, b"MPF\0SECRET"),
        ];
        assert_eq!(stripped(&file(&secret, b"SECRET video")), Image::Stripped(plain.clone()));
        assert_eq!(stripped(&plain), Image::Plain);
        let turned = segment(0xE1, &[b"Exif\0\0".as_slice(), &turned(6)].concat());
        let long = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x0F\x01\x02\0\x01\0\0\0S\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0SECRET";
        assert_eq!(
            stripped(&file(&[segment(0xE1, long)], b"")),
            Image::Stripped(file(std::slice::from_ref(&turned), b""))
        );
        assert_eq!(stripped(&file(&[turned], b"")), Image::Plain);
    }

    #[test]
    fn a_png_keeps_its_picture() {
        let file = |extra: &[Vec<u8>], tail: &[u8]| {
            let sign = b"\x89PNG\r\n\x1a\n".to_vec();
            [
                sign,
                chunk(*b"IHDR", b"size"),
                extra.concat(),
                chunk(*b"IDAT", b"pic"),
                chunk(*b"IEND", b""),
                tail.to_vec(),
            ]
            .concat()
        };
        let names = [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"];
        let secret: Vec<Vec<u8>> = names.iter().map(|name| chunk(**name, b"SECRET")).collect();
        assert_eq!(stripped(&file(&secret, b"SECRET")), Image::Stripped(file(&[], b"")));
        assert_eq!(stripped(&file(&[chunk(*b"iCCP", b"colours")], b"")), Image::Plain);
    }

    #[test]
    fn a_webp_says_that_it_has_none() {
        let secret = riff(&[
            (b"VP8X", b"\x2C\0\0\0size__"),
            (b"ICCP", b"c"),
            (b"VP8 ", b"pic"),
            (b"EXIF", b"SECRET!"),
            (b"XMP ", b"SECRET"),
        ]);
        let plain = riff(&[(b"VP8X", b"\x20\0\0\0size__"), (b"ICCP", b"c"), (b"VP8 ", b"pic")]);
        assert_eq!(stripped(&[secret.as_slice(), b"SECRET"].concat()), Image::Stripped(plain.clone()));
        assert_eq!(stripped(&plain), Image::Plain);
    }

    #[test]
    fn what_is_not_understood_stays() {
        for file in [b"".as_slice(), b"GIF89a"] {
            assert_eq!(stripped(file), Image::Unknown, "{file:?}");
        }
        let jpeg: &[u8] = b"\xFF\xD8\xFF\xE1\x00\x20Exif";
        for file in
            [jpeg, b"\x89PNG\r\n\x1a\n\xFF\xFF\xFF\xFFtEXt", b"RIFF\xFF\xFF\xFF\xFFWEBPVP8 \xFF\xFF\xFF\xFF"]
        {
            assert_eq!(stripped(file), Image::Broken, "{file:?}");
        }
    }
}
