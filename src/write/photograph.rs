//! Photographs in fewer dots.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageEncoder};

/// How much of the picture the encoder keeps, from 1 to 100: what is lost is not seen beside text.
const QUALITY: u8 = 80;

/// The most dots of a picture that is decoded: no camera makes more, and a file of a few bytes can say that it has four
/// thousand million.
const MOST_DOTS: u64 = 200_000_000;

/// The JPEG in `bytes`, `width` dots wide and turned as it is shown, with its colours and without all else; nothing if
/// it cannot be decoded, or says that it is larger than any camera's.
pub fn narrower(bytes: &[u8], width: u32) -> Option<Vec<u8>> {
    let mut decoder = JpegDecoder::new(Cursor::new(bytes)).ok()?;
    let (across, down) = decoder.dimensions();
    if u64::from(across) * u64::from(down) > MOST_DOTS {
        return None;
    }
    let turn = decoder.orientation().ok()?;
    let colours = decoder.icc_profile().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(turn);
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width().max(1));
    let height = u32::try_from(height).ok()?.max(1);
    let narrow = picture.resize_exact(width, height, FilterType::CatmullRom);
    let mut smaller = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut smaller, QUALITY);
    if let Some(colours) = colours {
        encoder.set_icc_profile(colours).ok()?;
    }
    narrow.write_with_encoder(encoder).ok()?;
    Some(smaller)
}

#[cfg(test)]
mod tests {
    use image::RgbImage;
    use image::metadata::Orientation;

    use super::*;

    /// A photograph of a dark field below a bright sky.
    fn photograph(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let noise = u8::try_from((x * 7 + y * 13) % 11).expect("small");
            if y < height / 2 { [200 + noise, 220, 240].into() } else { [40, 60 + noise, 20].into() }
        });
        let mut bytes = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
        picture.write_with_encoder(encoder).expect("encoded");
        bytes
    }

    #[test]
    fn a_photograph_keeps_its_form_and_what_it_shows() {
        let whole = photograph(1000, 500);
        let narrow = narrower(&whole, 400).expect("drawn");
        assert!(narrow.len() < whole.len() / 3, "{} of {}", narrow.len(), whole.len());
        let picture = image::load_from_memory(&narrow).expect("decoded").to_rgb8();
        assert_eq!(picture.dimensions(), (400, 200));
        assert!(picture.get_pixel(200, 20)[2] > 200 && picture.get_pixel(200, 180)[2] < 60);
    }

    #[test]
    fn what_lies_on_its_side_is_turned() {
        let mut whole = photograph(1000, 500);
        // After the beginning of the file: EXIF that says to turn the picture clockwise (6).
        let exif = *b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        whole.splice(2..2, exif);
        let turned = JpegDecoder::new(Cursor::new(&whole)).expect("a JPEG").orientation().expect("EXIF");
        assert_eq!(turned, Orientation::Rotate90);
        let narrow = narrower(&whole, 200).expect("drawn");
        let picture = image::load_from_memory(&narrow).expect("decoded").to_rgb8();
        assert_eq!(picture.dimensions(), (200, 400));
        // What was below is left now.
        assert!(picture.get_pixel(20, 200)[2] < 60 && picture.get_pixel(180, 200)[2] > 200);
    }

    #[test]
    fn what_is_no_photograph_is_left() {
        assert_eq!(narrower(b"no picture", 100), None);
        assert_eq!(narrower(&photograph(100, 50)[..300], 50), None);
        // A frame (SOF0) that says how high and wide the picture is: 65,535 dots each.
        let mut huge = photograph(100, 50);
        let frame = huge.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
        huge[frame + 5..frame + 9].fill(0xFF);
        assert_eq!(narrower(&huge, 50), None);
    }
}
