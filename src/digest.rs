//! Hashes by which others can tell whether a file changed (SHA-256, FIPS 180-4).

use sha2::{Digest as _, Sha256};

/// How many bytes a hash has.
const LENGTH: usize = 32;

/// The SHA-256 of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest([u8; LENGTH]);

impl Digest {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.update(bytes);
        hasher.finish()
    }

    /// The hash that 64 hexadecimal digits spell, in lower case.
    pub fn from_hex(text: &str) -> Option<Self> {
        let value = |byte: &u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let bytes: Option<Vec<u8>> =
            pairs.iter().map(|[high, low]| Some(value(high)? << 4 | value(low)?)).collect();
        Some(Self(bytes?.try_into().ok()?)).filter(|_| rest.is_empty())
    }

    /// The hash in hexadecimal digits.
    pub fn hex(&self) -> String {
        let digits = |byte: &u8| {
            [byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or_default())
        };
        self.0.iter().flat_map(digits).collect()
    }

    /// The hash itself.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Makes the hash of bytes that come one part after the other.
#[derive(Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Takes the next part.
    pub fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    /// The hash of all parts.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// The SHA-256 of the bytes in `parts`, one after the other, hexadecimal.
pub fn sha256(parts: &[&[u8]]) -> String {
    let mut hasher = Hasher::default();
    for part in parts {
        hasher.update(part);
    }
    hasher.finish().hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_hash_is_that_of_the_standard() {
        assert_eq!(sha256(&[b"abc"]), ABC);
        assert_eq!(sha256(&[b"a", b"", b"bc"]), ABC);
        assert_eq!(Digest::of(b"abc").hex(), ABC);
    }

    #[test]
    fn a_hash_is_read_as_it_was_written() {
        assert_eq!(Digest::from_hex(ABC), Some(Digest::of(b"abc")));
        for wrong in [
            "",
            &ABC[1..],
            &format!("{ABC}0"),
            &format!("{ABC}00"),
            &ABC.to_uppercase(),
            &ABC.replace('b', "x"),
        ] {
            assert_eq!(Digest::from_hex(wrong), None, "{wrong}");
        }
    }
}
