//! An index in pieces, each a script that hands its data over: scripts load where nothing else does, from a file too.

use serde::Serialize;

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name: `t0.js`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl File {
    /// The file that hands `data` over as `piece`.
    pub fn new(piece: &str, data: &impl Serialize) -> Self {
        // Numbers, texts and lists of them can always be written.
        let data = serde_json::to_string(data).unwrap_or_default();
        // Two letters end a line in older scripts, though not in JSON.
        let data = data.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        Self {
            name: format!("{piece}.js"),
            bytes: format!("juhendSearch(\"{piece}\",{data});\n").into_bytes(),
        }
    }

    /// Differs when the file does: a query behind its name, so that browsers may keep what did not change.
    pub fn tag(&self) -> String {
        tag([self])
    }
}

/// Differs when one of `files` does; always as long.
pub fn tag<'a>(files: impl IntoIterator<Item = &'a File>) -> String {
    /// What an address need not escape: 32 letters and digits.
    const LETTERS: &[u8; 32] = b"0123456789abcdefghijkmnpqrstuvwx";
    const LENGTH: usize = 4;
    let mut hasher = blake3::Hasher::new();
    for file in files {
        hasher.update(&file.bytes);
    }
    let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]);
    hasher.finalize().as_bytes().iter().take(LENGTH).map(letter).collect()
}

/// How large pieces are, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// From here on a piece may end.
    pub least: usize,
    /// Here it has to.
    pub most: usize,
    /// All things together stay in one piece up to here.
    pub whole: usize,
}

/// Cuts things into pieces, so that a change in one moves no border but those beside it: the things themselves say
/// where a piece may end. `things` are the size of each and what it is known by. Gives where each piece begins.
pub fn cut<'a>(things: impl Iterator<Item = (usize, &'a str)>, size: Size) -> Vec<usize> {
    /// One in so many things may be the last of its piece.
    const ONE_IN: u8 = 4;
    let things: Vec<(usize, &str)> = things.collect();
    if !things.is_empty() && things.iter().map(|(weight, _)| weight).sum::<usize>() <= size.whole {
        return vec![0];
    }
    let mut begins = Vec::new();
    let mut held = usize::MAX;
    let mut may_end = false;
    for (at, (weight, name)) in things.into_iter().enumerate() {
        let is_full = held.saturating_add(weight) > size.most || (held >= size.least && may_end);
        if is_full {
            begins.push(at);
            held = 0;
        }
        held += weight;
        may_end = blake3::hash(name.as_bytes()).as_bytes()[0].is_multiple_of(ONE_IN);
    }
    begins
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { least: 40, most: 100, whole: 0 };

    #[test]
    fn a_piece_is_a_script() {
        let file = File::new("t0", &["a\"b", "\u{2028}"]);
        assert_eq!(file.name, "t0.js");
        assert_eq!(String::from_utf8_lossy(&file.bytes), "juhendSearch(\"t0\",[\"a\\\"b\",\"\\u2028\"]);\n");
    }

    #[test]
    fn little_stays_together() {
        let names = ["a", "b", "c"];
        let cut = |weight: usize| {
            cut(names.into_iter().map(|name| (weight, name)), Size { least: 1, most: 100, whole: 150 }).len()
        };
        assert_eq!((cut(50), cut(60)), (1, 3));
        assert_eq!(super::cut(std::iter::empty(), SIZE), [0; 0]);
    }

    #[test]
    fn pieces_keep_to_their_size() {
        let names: Vec<String> = (0..200).map(|number| format!("word{number}")).collect();
        let begins = cut(names.iter().map(|name| (10, name.as_str())), SIZE);
        assert_eq!(begins[0], 0);
        for pair in begins.windows(2) {
            assert!((4..=10).contains(&(pair[1] - pair[0])), "{begins:?}");
        }
    }

    #[test]
    fn a_new_thing_moves_only_the_borders_beside_it() {
        let names: Vec<String> = (0..400).map(|number| format!("word{number:03}")).collect();
        let borders = |names: &[String]| -> Vec<String> {
            let begins = cut(names.iter().map(|name| (10, name.as_str())), SIZE);
            begins.into_iter().map(|at| names[at].clone()).collect()
        };
        let before = borders(&names);
        let mut more = names.clone();
        more.insert(100, "word099a".to_owned());
        let after = borders(&more);
        let kept = before.iter().filter(|border| after.contains(border)).count();
        assert!(kept + 8 >= before.len(), "{kept} of {}", before.len());
    }

    #[test]
    fn one_large_thing_is_a_piece_of_its_own() {
        assert_eq!(cut([(10, "a"), (500, "b"), (10, "c")].into_iter(), SIZE), [0, 1, 2]);
        assert_eq!(cut(std::iter::empty(), SIZE), [0; 0]);
    }
}
