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
    for file in [b"".as_slice(), b"BM", b"\0\0\0\x10ftypisom\0\0\0\0"] {
        assert_eq!(stripped(file), Image::Unknown, "{file:?}");
    }
    let jpeg: &[u8] = b"\xFF\xD8\xFF\xE1\x00\x20Exif";
    for file in
        [jpeg, b"\x89PNG\r\n\x1a\n\xFF\xFF\xFF\xFFtEXt", b"RIFF\xFF\xFF\xFF\xFFWEBPVP8 \xFF\xFF\xFF\xFF"]
    {
        assert_eq!(stripped(file), Image::Broken, "{file:?}");
    }
}

/// A picture as `image` writes it, in moving colours so that no two of its points are alike.
fn drawn(format: image::ImageFormat) -> Vec<u8> {
    let point = |x: u32, y: u32| {
        image::Rgb([x * 9, y * 9, x * y].map(|value| u8::try_from(value % 256).expect("short")))
    };
    let picture = image::RgbImage::from_fn(24, 16, point);
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("memory");
    bytes.into_inner()
}

/// Whether a picture still looks the same.
fn looks_like(before: &[u8], after: &[u8]) -> bool {
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).expect("a picture").into_rgba8();
    pixels(before) == pixels(after)
}

fn with(bytes: &[u8], at: usize, more: &[u8]) -> Vec<u8> {
    [&bytes[..at], more, &bytes[at..]].concat()
}

fn without_secrets(bytes: &[u8]) -> Vec<u8> {
    let Image::Stripped(plain) = stripped(bytes) else { panic!("nothing was taken out") };
    assert!(!plain.windows(6).any(|window| window == b"SECRET"));
    assert_eq!(stripped(&plain), Image::Plain, "a second time there is nothing more");
    plain
}

#[test]
fn pictures_that_other_programs_made_look_the_same_afterwards() {
    use image::ImageFormat::{Gif, Jpeg, Png, WebP};
    let comment = [b"\x21\xFE\x06SECRET\0".as_slice(), b"\x21\xFF\x0BXMP DataXMP\x06SECRET\0"].concat();
    let text = chunk(*b"tEXt", b"Author\0SECRET");
    let exif = riff(&[(b"EXIF", b"SECRET!!")])[12..].to_vec();
    for (format, at, secret) in [
        (Gif, 13, comment.as_slice()),
        (Png, 33, text.as_slice()),
        (Jpeg, 2, segment(0xE1, b"Exif\0\0SECRET").as_slice()),
        (WebP, 0, exif.as_slice()),
    ] {
        let plain = drawn(format);
        // Behind the head of a GIF its table of colours may follow.
        let table = if format == Gif && plain[10] & 0x80 != 0 { 3 << ((plain[10] & 7) + 1) } else { 0 };
        let mut secretive = match format {
            // Chunks stand behind the picture.
            WebP => [plain.as_slice(), secret].concat(),
            _ => with(&plain, at + table, secret),
        };
        if format == WebP {
            let length = u32::try_from(secretive.len() - 8).expect("short").to_le_bytes();
            secretive.splice(4..8, length);
        }
        assert!(looks_like(&plain, &without_secrets(&secretive)), "{format:?}");
    }
}

const AVIF: &[u8] = include_bytes!("../../../tests/pictures/small.avif");
const HEIC: &[u8] = include_bytes!("../../../tests/pictures/small.heic");

#[test]
fn the_picture_of_an_avif_is_found_again() {
    let item = |mut bytes: &[u8]| avif_parse::read_avif(&mut bytes).expect("AVIF").primary_item.to_vec();
    let plain = without_secrets(AVIF);
    assert_eq!(plain.len(), AVIF.len(), "places of bytes are numbers all over the file");
    assert_eq!(item(&plain), item(AVIF));
    assert_eq!(without_secrets(HEIC).len(), HEIC.len());
    let tail = [AVIF, b"\0\0\0\x0Empvd", b"SECRET"].concat();
    assert_eq!(item(&without_secrets(&tail)), item(AVIF));
}

#[test]
fn a_box_that_leads_anywhere_breaks_nothing() {
    for whole in [AVIF, HEIC] {
        for cut in 0..whole.len() {
            let _ = stripped(&whole[..cut]);
        }
        for at in 0..whole.len().min(600) {
            for byte in [0, 1, 0x7F, 0xFF] {
                let mut wrong = whole.to_vec();
                wrong[at] = byte;
                match stripped(&wrong) {
                    Image::Stripped(plain) => assert_eq!(plain.len(), wrong.len()),
                    Image::Broken | Image::Unknown | Image::Plain => {}
                }
            }
        }
    }
}
