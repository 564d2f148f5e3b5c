//! How large the picture in an image file is, as its header says. No picture is decoded.

use super::image::{big, little, orientation};

/// The width and height of a picture, in CSS pixels, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

impl Size {
    /// Both, unless one of them is nothing or more than any screen could show.
    fn of(width: usize, height: usize) -> Option<Self> {
        const MOST: usize = 100_000;
        let is_sound = |length: &usize| (1..=MOST).contains(length);
        let length = |length: usize| u32::try_from(length).ok();
        let (width, height) =
            Some((width, height)).filter(|(width, height)| is_sound(width) && is_sound(height))?;
        Some(Self { width: length(width)?, height: length(height)? })
    }

    fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }
}

/// How many bytes of a file are enough to find its size in nearly all files.
pub const HEADER: u64 = 256 * 1024;

/// The size of the picture whose file begins with `bytes`: PNG, JPEG, GIF, WebP, AVIF or SVG.
pub fn size(bytes: &[u8]) -> Option<Size> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Size::of(big(bytes, 16, 4)?, big(bytes, 20, 4)?),
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [b'G', b'I', b'F', b'8', ..] => Size::of(little(bytes, 6, 2)?, little(bytes, 8, 2)?),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', _, ..] => avif(bytes),
        _ => svg(&String::from_utf8_lossy(bytes.get(..bytes.len().min(4096))?)),
    }
}

/// ITU-T T.81: the first segment that begins a frame. EXIF before it may say that the picture lies on its side.
fn jpeg(bytes: &[u8]) -> Option<Size> {
    let mut at = 2_usize;
    let mut is_aside = false;
    loop {
        let marker = *bytes.get(at + 1)?;
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        if marker == 0xFF {
            at += 1;
            continue;
        }
        let end = at + 2 + big(bytes, at + 2, 2)?;
        let is_frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if is_frame {
            let size = Size::of(big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?)?;
            return Some(if is_aside { size.turned() } else { size });
        }
        if let Some(exif) = bytes.get(at + 4..end).and_then(|content| content.strip_prefix(b"Exif\0\0")) {
            is_aside = orientation(exif).is_some_and(|turn| turn >= 5);
        }
        at = end;
    }
}

/// RFC 9649: the first chunk is an extended header, a lossy or a lossless picture.
fn webp(bytes: &[u8]) -> Option<Size> {
    match bytes.get(12..16)? {
        b"VP8X" => Size::of(little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1),
        b"VP8 " => Size::of(little(bytes, 26, 2)? & 0x3FFF, little(bytes, 28, 2)? & 0x3FFF),
        b"VP8L" => {
            let sizes = little(bytes, 21, 4)?;
            Size::of((sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1)
        }
        _ => None,
    }
}

/// ISO/IEC 23008-12: of the sizes of all items the largest is the picture's; the others are tiles, masks or previews.
fn avif(bytes: &[u8]) -> Option<Size> {
    let found = |name: &'static [u8; 4]| {
        bytes.windows(4).enumerate().filter(move |(_, window)| *window == name).map(|(at, _)| at + 4)
    };
    let sizes = found(b"ispe").filter_map(|at| Size::of(big(bytes, at + 4, 4)?, big(bytes, at + 8, 4)?));
    let size = sizes.max_by_key(|size| u64::from(size.width) * u64::from(size.height))?;
    let is_aside = found(b"irot").any(|at| bytes.get(at).is_some_and(|angle| angle % 2 == 1));
    Some(if is_aside { size.turned() } else { size })
}

/// The attributes of the root, or what its view box says.
fn svg(text: &str) -> Option<Size> {
    let start = text.find("<svg")?;
    let tag = text.get(start..)?;
    let tag = tag.get(..tag.find('>')?)?;
    let value = |name: &str| {
        let named = |(at, _): (usize, &str)| {
            let before = tag.get(..at)?.chars().next_back()?;
            let rest = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
            before.is_whitespace().then_some(rest)
        };
        let rest = tag.match_indices(name).find_map(named)?;
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let rest = rest.get(1..)?;
        rest.get(..rest.find(quote)?)
    };
    let pixels = |name: &str| value(name)?.trim().trim_end_matches("px").parse::<f64>().ok();
    let whole = |length: f64| (length.is_finite() && length >= 0.5).then_some(length.round());
    let lengths = match (pixels("width"), pixels("height")) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let numbers = value("viewBox")?.split([' ', ',']).filter(|number| !number.is_empty());
            let numbers: Vec<f64> = numbers.filter_map(|number| number.parse().ok()).collect();
            let [_, _, width, height] = numbers[..] else { return None };
            (width, height)
        }
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and above nought by now"
    )]
    let number = |length: f64| Some(whole(length)? as usize);
    Size::of(number(lengths.0)?, number(lengths.1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(bytes: &[u8]) -> Option<(u32, u32)> {
        size(bytes).map(|size| (size.width, size.height))
    }

    #[test]
    fn each_format_tells_its_size() {
        let png =
            [b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR".as_slice(), &640_u32.to_be_bytes(), &480_u32.to_be_bytes()]
                .concat();
        let gif = b"GIF89a\x80\x02\xE0\x01";
        let frame = b"\xFF\xC0\0\x11\x08\x01\xE0\x02\x80\x03";
        let jpeg = [b"\xFF\xD8\xFF\xE0\0\x07JFIF\0".as_slice(), frame].concat();
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        let aside = [b"\xFF\xD8\xFF\xE1".as_slice(), &length, exif, frame].concat();
        let lossy = b"RIFF____WEBPVP8 ____\x30\x01\x00\x9d\x01\x2a\x80\x02\xE0\x01";
        let lossless =
            [b"RIFF____WEBPVP8L____\x2F".as_slice(), &(0x027F_u32 | 0x01DF << 14).to_le_bytes()].concat();
        let extended = b"RIFF____WEBPVP8X________\x7F\x02\0\xDF\x01\0";
        let avif = [
            b"\0\0\0\x1CftypavifxxxxXispe\0\0\0\0".as_slice(),
            &640_u32.to_be_bytes(),
            &480_u32.to_be_bytes(),
        ]
        .concat();
        let landscape: [&[u8]; 7] = [&png, gif, &jpeg, lossy, &lossless, extended, &avif];
        for file in landscape {
            assert_eq!(sized(file), Some((640, 480)), "{file:?}");
        }
        assert_eq!(sized(&aside), Some((480, 640)));
        assert_eq!(sized(&[avif.as_slice(), b"irot\x01"].concat()), Some((480, 640)));
    }

    #[test]
    fn a_drawing_tells_its_size_or_its_view() {
        for (svg, size) in [
            ("<svg xmlns='x' width=\"640\" height='480px'>", Some((640, 480))),
            ("<?xml version='1.0'?>\n<svg\n viewBox=\"0 0 640 479.6\">", Some((640, 480))),
            ("<svg width=\"100%\" viewBox=\"0,0,64,48\" style=\"stroke-width=3\">", Some((64, 48))),
            ("<svg width=\"1e99\" height=\"1\">", None),
            ("<svg viewBox=\"0 0 0 0\">", None),
            ("<svg>", None),
            ("no picture", None),
        ] {
            assert_eq!(sized(svg.as_bytes()), size, "{svg}");
        }
    }

    #[test]
    fn half_a_header_tells_nothing() {
        for file in [
            b"".as_slice(),
            b"\x89PNG",
            b"\xFF\xD8\xFF\xE0\xFF",
            b"GIF89a\x01",
            b"RIFF____WEBPVP8X",
            b"\0\0\0\0ftypavif",
        ] {
            assert_eq!(sized(file), None, "{file:?}");
        }
    }
}
