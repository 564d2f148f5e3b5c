//! The only file that names the decompressor.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::Unreadable;

/// The most that a compressed file may hold, in bytes; a file that unfolds into more is an attack or a slip.
pub const LARGEST: u64 = 512 * 1024 * 1024;

/// The bytes of a file, decompressed if they begin like gzip (RFC 1952), whatever the file is called.
///
/// # Errors
/// A compressed file that is broken, cut off, or unfolds into more than [`LARGEST`].
pub fn unpack(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Unreadable> {
    unpack_at_most(bytes, LARGEST)
}

fn unpack_at_most(bytes: &[u8], largest: u64) -> Result<Cow<'_, [u8]>, Unreadable> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut unpacked = Vec::new();
    match MultiGzDecoder::new(bytes).take(largest + 1).read_to_end(&mut unpacked) {
        Ok(length) if length as u64 > largest => {
            Err(Unreadable::whole(format!("it unfolds into more than {} MB", largest / 1024 / 1024)))
        }
        Ok(_) => Ok(Cow::Owned(unpacked)),
        Err(error) => Err(Unreadable::whole(format!("it cannot be decompressed: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn compressed_files_are_known_by_their_beginning() {
        assert_eq!(&*unpack(&packed(b"<a/>")).expect("bytes"), b"<a/>");
        assert_eq!(&*unpack(b"<a/>").expect("bytes"), b"<a/>");
    }

    #[test]
    fn parts_that_were_joined_are_read_on() {
        assert_eq!(&*unpack(&[packed(b"<a>"), packed(b"</a>")].concat()).expect("bytes"), b"<a></a>");
    }

    #[test]
    fn a_bomb_is_refused_before_it_unfolds() {
        let bomb = packed(&vec![0; 3 * 1024 * 1024]);
        let wrong = unpack_at_most(&bomb, 1024 * 1024).expect_err("an error");
        assert_eq!(wrong.message, "it unfolds into more than 1 MB");
    }

    #[test]
    fn a_file_that_was_cut_off_is_an_error() {
        let whole = packed(b"<a>text</a>");
        assert!(unpack(&whole[..whole.len() - 9]).is_err());
    }
}
