//! The logo of a portal: SVG or PNG.

use super::drawing::Picture;

/// The largest file that is read.
pub const MOST_BYTES: u64 = 1 << 20;

/// The most dots to a side.
const MOST_DOTS: u32 = 4096;

/// A logo that was read.
#[derive(Clone)]
pub struct Logo {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub picture: Picture,
}

impl Logo {
    /// Reads the file of a logo.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn read(bytes: Vec<u8>) -> Result<Self, String> {
        const PNG: &[u8] = b"\x89PNG";
        let picture =
            if bytes.starts_with(PNG) { Picture::png(&bytes, MOST_DOTS)? } else { Picture::svg(&bytes)? };
        Ok(Self { bytes, picture })
    }

    /// Width and height for pages, in whole units.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what is read")]
    pub fn size(&self) -> (u32, u32) {
        let (width, height) = self.picture.size();
        let whole = |length: f32| length.round().clamp(1.0, 100_000.0) as u32;
        (whole(width), whole(height))
    }

    /// Whether it is drawn, not made of dots.
    pub fn is_drawing(&self) -> bool {
        matches!(self.picture, Picture::Svg(_))
    }

    /// Whether it fills a square, so that it can be an icon.
    pub fn is_square(&self) -> bool {
        const LONGEST: f32 = 1.25;
        let (width, height) = self.picture.size();
        width.max(height) <= width.min(height) * LONGEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(attributes: &str) -> Vec<u8> {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}><path d=\"M0 0h9v9z\"/></svg>")
            .into_bytes()
    }

    #[test]
    fn sizes_come_from_the_file() {
        for (attributes, size, is_square) in [
            ("width=\"120\" height=\"40\"", (120, 40), false),
            ("viewBox=\"0 0 24 24\"", (24, 24), true),
            ("viewBox=\"0 0 24 20\" width=\"240px\" height=\"200px\"", (240, 200), true),
        ] {
            let logo = Logo::read(svg(attributes)).expect(attributes);
            assert_eq!((logo.size(), logo.is_square()), (size, is_square), "{attributes}");
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [&b""[..], b"GIF89a", b"<svg", b"\x89PNG\r\n\x1a\n", b"<html></html>"] {
            assert!(Logo::read(bytes.to_vec()).is_err(), "{bytes:?}");
        }
        let huge = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\0\0\x01\x08\x06\0\0\0";
        assert!(Logo::read(huge.to_vec()).is_err_and(|said| said.contains("65536")));
    }
}
