//! GIF (GIF89a): blocks that each begin with their kind, their content in pieces of up to 255 bytes.

/// The extensions of programs that say how a picture is drawn: how often it is repeated, and its colours.
const DRAWN: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// The file without comments, texts, what programs add (XMP) and what follows the end.
pub fn plain(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 13 + table(*bytes.get(10)?);
    let mut plain = bytes.get(..at)?.to_vec();
    loop {
        let (end, is_picture) = match *bytes.get(at)? {
            0x3B => {
                plain.push(0x3B);
                return Some(plain);
            }
            0x2C => (pieces(bytes, at + 11 + table(*bytes.get(at + 9)?))?, true),
            0x21 => (pieces(bytes, at + 2)?, is_drawn(bytes.get(at + 1..)?)),
            _ => return None,
        };
        if is_picture {
            plain.extend(bytes.get(at..end)?);
        }
        at = end;
    }
}

/// How long the table of colours is that such flags announce, in bytes.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where the pieces that begin at `at` end.
fn pieces(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += length + 1;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Whether an extension, from its label on, is needed to draw the picture.
fn is_drawn(extension: &[u8]) -> bool {
    match extension {
        [0xF9, ..] => true,
        [0xFF, 11, name @ ..] => DRAWN.iter().any(|drawn| name.starts_with(drawn)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_stays() {
        let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF".to_vec();
        let loops = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0".to_vec();
        let control = b"\x21\xF9\x04\0\x0A\0\0\0".to_vec();
        let picture = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0".to_vec();
        let with_table = b"\x2C\0\0\0\0\x01\0\x01\0\x80\x3B\x3B\x3B\0\0\0\x02\x02\x44\x01\0".to_vec();
        let file = |extra: &[u8], tail: &[u8]| {
            [&head[..], &loops, extra, &control, &picture, extra, &with_table, b"\x3B", tail].concat()
        };
        let comment = b"\x21\xFE\x06SECRET\x03\x3B\x2C\x21\0";
        let xmp = b"\x21\xFF\x0BXMP DataXMP\x06SECRET\x01\xFF\0";
        let text = b"\x21\x01\x0C000000000000\x06SECRET\0";
        let secret = [&comment[..], xmp, text].concat();
        assert_eq!(plain(&file(&secret, b"SECRET")), Some(file(b"", b"")));
        let whole = file(&secret, b"");
        for cut in 0..file(b"", b"").len() - 1 {
            assert_eq!(plain(&file(b"", b"")[..cut]), None, "{cut}");
        }
        assert_eq!(plain(&[&whole[..whole.len() - 1], b"\x7F"].concat()), None);
    }
}
