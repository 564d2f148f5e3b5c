//! Inputs drawn by chance from others. The same seed draws the same inputs on every machine.

/// The longest input, in bytes: what takes more than its share of time or memory shows it by then.
pub const LONGEST: usize = 64 * 1024;

/// How often something is repeated at most.
const MOST_REPEATS: usize = 4000;

/// Numbers of which programs think too late.
const NUMBERS: [&str; 12] = [
    "0",
    "-1",
    "00",
    "255",
    "65536",
    "2147483648",
    "4294967295",
    "9223372036854775807",
    "18446744073709551616",
    "1e308",
    "-1e999",
    "0.0000000000000000000001",
];

/// Bytes that mean something to many formats.
const BYTES: &[u8] = b"\0\x01\x1b\x7f\x80\xc3\xed\xfe\xff \t\r\n\"'`<>&;:,.-+*#|/\\=%$@!?()[]{}~^_0";

/// `SplitMix64`: Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if there is none.
    #[allow(clippy::cast_possible_truncation)]
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A stretch of something so long; short ones come more often.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = 1 << self.below(12);
        let end = start + self.below(most.min(length - start) + 1);
        start..end
    }
}

/// An input made of one or two of `pool`, changed in a few places; `words` are what the format is made of.
pub fn drawn(chance: &mut Chance, pool: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let mut input = if pool.is_empty() { Vec::new() } else { chance.one(pool).clone() };
    for _ in 0..=chance.below(5) {
        change(chance, &mut input, pool, words);
    }
    input.truncate(LONGEST);
    input
}

fn change(chance: &mut Chance, input: &mut Vec<u8>, pool: &[Vec<u8>], words: &[&str]) {
    let range = chance.range(input.len());
    match chance.below(17) {
        0 if !input.is_empty() => {
            let at = chance.below(input.len());
            input[at] ^= 1 << chance.below(8);
        }
        1 if !input.is_empty() => {
            let at = chance.below(input.len());
            input[at] = *chance.one(BYTES);
        }
        2 | 3 => drop(input.splice(range.start..range.start, word(chance, words))),
        4 => drop(input.splice(range, word(chance, words))),
        5 => drop(input.drain(range)),
        6 => {
            let copy = input[range].to_vec();
            let at = chance.below(input.len() + 1);
            drop(input.splice(at..at, copy));
        }
        7 if chance.below(4) == 0 => repeat(chance, input, words),
        8 => number(chance, input),
        9 if !pool.is_empty() => {
            let other = chance.one(pool);
            let part = other[chance.range(other.len())].to_vec();
            drop(input.splice(range, part));
        }
        10 => input.truncate(range.start),
        11 => swap_lines(chance, input),
        12 | 13 => literal(chance, input, pool, words),
        14 if !pool.is_empty() => {
            let other = chance.one(pool);
            let line = lines(other).nth(chance.below(lines(other).count())).unwrap_or_default().to_vec();
            let at: usize = lines(input).take(chance.below(30)).map(<[u8]>::len).sum();
            drop(input.splice(at..at, line));
        }
        _ => {
            let byte = *chance.one(BYTES);
            input.insert(range.start, byte);
        }
    }
}

fn word(chance: &mut Chance, words: &[&str]) -> Vec<u8> {
    if words.is_empty() { vec![*chance.one(BYTES)] } else { chance.one(words).as_bytes().to_vec() }
}

/// A few words, or a stretch that stands there already, very often: nesting, long lines, long lists.
fn repeat(chance: &mut Chance, input: &mut Vec<u8>, words: &[&str]) {
    let at = chance.below(input.len() + 1);
    let mut part = input[chance.range(input.len())].to_vec();
    if part.is_empty() || chance.below(2) == 0 {
        part = (0..=chance.below(3)).flat_map(|_| word(chance, words)).collect();
    }
    let times = (LONGEST / part.len().max(1)).min(1 + chance.below(MOST_REPEATS));
    drop(input.splice(at..at, part.repeat(times)));
}

/// Another number in the place of one.
fn number(chance: &mut Chance, input: &mut Vec<u8>) {
    let from = chance.below(input.len() + 1);
    let Some(start) = input[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else { return };
    let end =
        input[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(input.len(), |at| start + at);
    drop(input.splice(start..end, chance.one(&NUMBERS).bytes()));
}

/// Something else between two quotes: what is left can still be read by formats that break at once.
fn literal(chance: &mut Chance, input: &mut Vec<u8>, pool: &[Vec<u8>], words: &[&str]) {
    let from = chance.below(input.len() + 1);
    let Some(range) = quoted(input, from) else { return };
    let other = if pool.is_empty() { Vec::new() } else { chance.one(pool).clone() };
    let within = match chance.below(5) {
        0 => Vec::new(),
        1 => chance.one(&NUMBERS).as_bytes().to_vec(),
        2 => vec![*chance.one(BYTES); 1 + chance.below(300)],
        3 => word(chance, words),
        _ => {
            let from = chance.below(other.len() + 1);
            quoted(&other, from).map(|range| other[range].to_vec()).unwrap_or_default()
        }
    };
    let is_fitting = |byte: &u8| !matches!(byte, b'"' | b'\'' | b'\\' | b'\n') && *byte >= b' ';
    let within: Vec<u8> = within.into_iter().filter(is_fitting).collect();
    drop(input.splice(range, within));
}

/// What stands between the first two quotes at or after `from`.
fn quoted(input: &[u8], from: usize) -> Option<std::ops::Range<usize>> {
    let start = from + input.get(from..)?.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let quote = input[start];
    let length = input[start + 1..].iter().position(|byte| *byte == quote)?;
    Some(start + 1..start + 1 + length)
}

/// The lines of `input`, each with its end.
fn lines(input: &[u8]) -> impl Iterator<Item = &[u8]> {
    input.split_inclusive(|byte| *byte == b'\n')
}

fn swap_lines(chance: &mut Chance, input: &mut Vec<u8>) {
    let mut all: Vec<&[u8]> = lines(input).collect();
    if all.len() > 1 {
        let (one, other) = (chance.below(all.len()), chance.below(all.len()));
        all.swap(one, other);
        *input = all.concat();
    }
}
