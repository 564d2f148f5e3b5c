//! The only file that names the library of character encodings.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Unreadable;

/// The text of a foreign file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// Whether some bytes mean nothing in the file's encoding; `�` stands in their place.
    pub is_lossy: bool,
}

/// Reads `bytes` by their byte order mark, else by `label`, which is what the file says of itself
/// (`ISO-8859-1`), else as UTF-8. Labels mean what browsers take them for (encoding.spec.whatwg.org), so
/// that ISO-8859-1 is read as the Windows code page that contains it.
///
/// # Errors
/// A label that names no known encoding.
pub fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Decoded<'a>, Unreadable> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(Unreadable::whole("the text is UTF-32, which no tool should write; save it as UTF-8"));
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => unmarked(bytes, label)?,
    };
    let (text, is_lossy) = encoding.decode_with_bom_removal(bytes);
    Ok(Decoded { text, is_lossy })
}

fn unmarked(bytes: &[u8], label: Option<&str>) -> Result<&'static Encoding, Unreadable> {
    match (bytes, label) {
        ([first, 0, ..], _) if *first != 0 => Ok(UTF_16LE),
        ([0, second, ..], _) if *second != 0 => Ok(UTF_16BE),
        (_, None) => Ok(UTF_8),
        (_, Some(label)) => match Encoding::for_label(label.trim().as_bytes()) {
            // The label could be read one byte a letter, so it is not true; .NET writes such files.
            Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
            Some(encoding) => Ok(encoding),
            None => Err(Unreadable::whole(format!("the encoding `{label}` is unknown; save it as UTF-8"))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], label: Option<&str>) -> String {
        decode(bytes, label).expect("a text").text.into_owned()
    }

    #[test]
    fn the_mark_wins_over_the_label_and_the_label_over_utf_8() {
        assert_eq!(text(b"\xEF\xBB\xBFt\xC3\xB6\xC3\xB6", None), "töö");
        assert_eq!(text(b"t\xF6\xF6", Some("ISO-8859-1")), "töö");
        assert_eq!(text(b"\xF0ahh", Some("windows-1257")), "šahh");
        assert_eq!(text(b"\xA8ahh \xA4", Some("iso-8859-15")), "šahh €");
        assert_eq!(text(b"\xFF\xFEt\0\xF6\0", Some("utf-8")), "tö");
        assert_eq!(text(b"\xFE\xFF\0t\0\xF6", None), "tö");
        assert_eq!(text(b"<\0a\0", None), "<a");
    }

    #[test]
    fn a_label_that_cannot_be_true_is_not_believed() {
        assert_eq!(text("töö".as_bytes(), Some("utf-16")), "töö");
    }

    #[test]
    fn what_is_no_text_in_its_encoding_is_marked() {
        let decoded = decode(b"t\xF6\xF6", None).expect("a text");
        assert_eq!((decoded.text.as_ref(), decoded.is_lossy), ("t��", true));
    }

    #[test]
    fn what_nobody_knows_is_refused() {
        let wrong = decode(b"a", Some("klingon")).expect_err("an error");
        assert_eq!(wrong.message, "the encoding `klingon` is unknown; save it as UTF-8");
        assert!(decode(&[0xFF, 0xFE, 0, 0, b'a', 0, 0, 0], None).is_err());
    }
}
