//! Numbers as printable letters: an index is made of millions of small numbers, and every host serves text.
//!
//! A letter stands for 0 to 91. A longer number is written in base 46, the least digit first: a letter from 46 on says
//! that another one follows.

/// All printable letters of ASCII but those that JSON would write as two, and the one that would make addresses of
/// people.
const LETTERS: &[u8; 92] =
    b" !#$%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// How many digits a number is written with.
const BASE: usize = 46;

/// The letter that stands for `value`; the last one for all that is too large.
pub fn letter(value: usize) -> char {
    char::from(LETTERS[value.min(LETTERS.len() - 1)])
}

/// Writes a number of any size.
pub fn number(out: &mut String, mut value: usize) {
    while value >= BASE {
        out.push(letter(BASE + value % BASE));
        value /= BASE;
    }
    out.push(letter(value));
}

/// Writes a number that may be below zero.
pub fn signed(out: &mut String, value: isize) {
    number(out, value.unsigned_abs() * 2 + usize::from(value < 0));
}

/// Which of `count` things are among `set`, six to a letter.
pub fn members(set: &[u32], count: usize) -> String {
    const EACH: usize = 6;
    let mut bits = vec![0_usize; count.div_ceil(EACH)];
    for each in set {
        if let Some(bits) = bits.get_mut(*each as usize / EACH) {
            *bits |= 1 << (*each as usize % EACH);
        }
    }
    bits.into_iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_one_letter() {
        let written = |value| {
            let mut out = String::new();
            number(&mut out, value);
            out
        };
        for (value, wanted) in [(0, " "), (1, "!"), (45, "O"), (46, "P!"), (2115, "~O"), (2116, "PP!")] {
            assert_eq!(written(value), wanted, "{value}");
        }
    }

    #[test]
    fn signs_are_kept() {
        let written = |value| {
            let mut out = String::new();
            signed(&mut out, value);
            out
        };
        assert_eq!([0, -1, 1, -2].map(written), [" ", "$", "#", "&"]);
    }

    #[test]
    fn a_set_takes_a_letter_for_six() {
        assert_eq!(members(&[0, 5, 6], 8), format!("{}{}", letter(33), letter(1)));
    }
}
