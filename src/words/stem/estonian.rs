//! Estonian words. The rules are data, in the file that browsers load too; here is what applies them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The rules, in the form that the head of the file tells.
const FILE: &str = include_str!("../../../themes/default/assets/stem-et.js");

/// How long the ends of the learned rules are at most, the mark of a word's beginning counted.
const DEPTH: usize = 9;

/// Endings that stand after a hyphen: `UAT-i`, `BEN-142-ga`.
const AFTER_HYPHEN: [&str; 41] = [
    "i", "d", "t", "s", "st", "sse", "l", "le", "lt", "ks", "ni", "na", "ta", "ga", "de", "te", "id", "it",
    "is", "ist", "isse", "il", "ile", "ilt", "iks", "ini", "ina", "ita", "iga", "ide", "ides", "idest",
    "idele", "idel", "idega", "des", "dest", "dele", "del", "dega", "sid",
];

static RULES: LazyLock<Rules<'static>> = LazyLock::new(|| Rules::read(FILE));

/// What the forms of `word`, which is folded, have in common.
pub(super) fn stem(word: &str) -> String {
    RULES.stem(before_apostrophe(word))
}

/// The words within `word`, which is folded; none where it is one word. `known` are stems of words that
/// a compound may be made of, beside those that everybody uses.
pub(super) fn split<'a>(word: &'a str, known: &HashSet<String>) -> Vec<&'a str> {
    if is_plain(word) { RULES.split(word, known) } else { Vec::new() }
}

/// Whether `piece` is an ending that was written after a hyphen.
pub(super) fn is_ending(piece: &str) -> bool {
    AFTER_HYPHEN.contains(&piece)
}

/// Foreign names take their endings after an apostrophe.
fn before_apostrophe(word: &str) -> &str {
    word.split_once('\'').map_or(word, |(name, _)| name)
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// An ending that goes where it stands after one of `before` and `rest` letters stay.
struct Ending<'a> {
    letters: &'a str,
    before: Vec<&'a [u8]>,
    rest: usize,
}

/// How many letters go from the end of a word, and what comes instead.
struct Edit<'a> {
    cut: usize,
    add: &'a str,
}

struct Rules<'a> {
    whole: HashMap<&'a str, Edit<'a>>,
    passes: [Vec<Ending<'a>>; 3],
    learned: HashMap<&'a str, Edit<'a>>,
    first: HashSet<&'a str>,
    heads: HashSet<String>,
}

impl<'a> Rules<'a> {
    fn read(file: &'a str) -> Self {
        let text = file.split('`').nth(1).unwrap_or_default();
        let (written, learned) = text.split_once("\n=\n").unwrap_or((text, ""));
        let mut rules = Self {
            whole: written.lines().filter_map(|line| line.strip_prefix("0 ")).flat_map(edits).collect(),
            passes: ["1 ", "2 ", "3 "]
                .map(|name| endings(written.lines().filter_map(|line| line.strip_prefix(name)))),
            learned: learned.lines().flat_map(edits).collect(),
            first: named(learned, "first ").collect(),
            heads: HashSet::new(),
        };
        rules.heads = named(learned, "head ").map(|word| rules.stem(word)).collect();
        rules
    }

    fn stem(&self, word: &str) -> String {
        if is_plain(word) { changed(&self.learned, &self.bare(word)) } else { word.to_owned() }
    }

    /// What is left of `word` when its endings are gone.
    fn bare(&self, word: &str) -> String {
        let word = changed(&self.whole, word);
        if word.len() < 3 {
            return even(&word);
        }
        let [once, plural, again] = &self.passes;
        let mut rest = without_vowel(cut(cut(&word, once), plural));
        loop {
            let shorter = without_vowel(cut(rest, again));
            if shorter == rest {
                return even(rest);
            }
            rest = shorter;
        }
    }

    /// Heads are looked for from the longest; what stands before one is a genitive, or a compound itself.
    fn split<'w>(&self, word: &'w str, known: &HashSet<String>) -> Vec<&'w str> {
        let is_known = |stem: &String| self.heads.contains(stem) || known.contains(stem);
        for (first, head) in (3..word.len().saturating_sub(2)).filter_map(|at| word.split_at_checked(at)) {
            if !is_known(&self.stem(head)) {
                continue;
            }
            let may_stand = first.ends_with(['a', 'e', 'i', 'o', 'u', 's']);
            if self.first.contains(first) || may_stand && is_known(&self.stem(first)) {
                return vec![first, head];
            }
            let mut within = self.split(first, known);
            if !within.is_empty() && within.iter().all(|part| part.len() > 3) {
                within.push(head);
                return within;
            }
        }
        Vec::new()
    }
}

/// The words of the line of `text` that begins with `name`.
fn named<'a>(text: &'a str, name: &'static str) -> impl Iterator<Item = &'a str> {
    text.lines().filter_map(move |line| line.strip_prefix(name)).flat_map(str::split_whitespace)
}

/// The rules of a line like `2ske jalase`: an edit, and ends of words.
fn edits(line: &str) -> impl Iterator<Item = (&str, Edit<'_>)> {
    let (edit, ends) = line.split_once(' ').unwrap_or((line, ""));
    let digits = edit.len() - edit.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (cut, add) = edit.split_at_checked(digits).unwrap_or((edit, ""));
    let cut = cut.parse().ok();
    ends.split(' ').filter_map(move |end| Some((end, Edit { cut: cut?, add })))
}

/// The rules of lines like `3 V sse le`: how much stays, what stands before, endings; the longest first.
fn endings<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Ending<'a>> {
    let mut list: Vec<Ending<'a>> = lines.flat_map(endings_of_line).collect();
    list.sort_by_key(|rule| std::cmp::Reverse(rule.letters.len()));
    list
}

fn endings_of_line(line: &str) -> Vec<Ending<'_>> {
    let mut words = line.split(' ');
    let rest = words.next().and_then(|count| count.parse().ok());
    let before: Vec<&[u8]> = words.next().unwrap_or_default().split(',').map(str::as_bytes).collect();
    let rule = |letters| Some(Ending { letters, before: before.clone(), rest: rest? });
    words.filter_map(rule).collect()
}

/// `word` after the edit of the longest of its ends that has one.
fn changed(edits: &HashMap<&str, Edit<'_>>, word: &str) -> String {
    let marked = format!("^{word}");
    let starts = marked.len().saturating_sub(DEPTH)..marked.len();
    let fitting = |edit: &&Edit<'_>| edit.cut <= word.len() && word.len() - edit.cut + edit.add.len() >= 2;
    let edit = starts.filter_map(|start| edits.get(marked.get(start..)?)).find(fitting);
    edit.and_then(|edit| Some(format!("{}{}", word.get(..word.len() - edit.cut)?, edit.add)))
        .unwrap_or_else(|| word.to_owned())
}

/// `word` without the first of `endings` that it has where it may stand.
fn cut<'w>(word: &'w str, endings: &[Ending<'_>]) -> &'w str {
    let fitting = |rule: &Ending<'_>| {
        let before = word.strip_suffix(rule.letters)?;
        let stands =
            before.len() >= rule.rest && rule.before.iter().any(|pattern| ends_like(before, pattern));
        stands.then_some(before)
    };
    endings.iter().find_map(fitting).unwrap_or(word)
}

/// Whether `word` ends like `pattern`, in which `V` is a vowel, `C` is a consonant or what is before the
/// beginning, and `.` is anything.
fn ends_like(word: &str, pattern: &[u8]) -> bool {
    let letters = word.bytes().rev().map(Some).chain(std::iter::repeat(None));
    pattern.iter().rev().zip(letters).all(|(sign, letter)| match sign {
        b'.' => true,
        b'V' => letter.is_some_and(is_vowel),
        b'C' => !letter.is_some_and(is_vowel),
        _ => letter == Some(*sign),
    })
}

/// `word` without its last vowel, unless that is part of a long one or the word is short.
fn without_vowel(word: &str) -> &str {
    match word.as_bytes() {
        [_, _, .., before, last] if is_vowel(*last) && !is_vowel(*before) => {
            word.get(..word.len() - 1).unwrap_or(word)
        }
        _ => word,
    }
}

/// `word` with the same letters for what gradation changes: one consonant for two, k for g after a long
/// vowel or another consonant, r for er at the end.
fn even(word: &str) -> String {
    let mut single: Vec<u8> = word.bytes().collect();
    single.dedup_by(|letter, before| letter == before && !is_vowel(*letter));
    let mut even: Vec<u8> = (0..single.len()).map(|at| strong(&single, at)).collect();
    if let [.., consonant, b'e', last @ (b'r' | b'l')] = *even.as_slice()
        && !is_vowel(consonant)
    {
        even.truncate(even.len() - 2);
        even.push(last);
    }
    String::from_utf8(even).unwrap_or_else(|_| word.to_owned())
}

/// The letter of `word` at `at`, as it is in the strong grade.
fn strong(word: &[u8], at: usize) -> u8 {
    let letter = word.get(at).copied().unwrap_or_default();
    let before = |back: usize| at.checked_sub(back).and_then(|at| word.get(at)).copied();
    let long = before(1).is_some_and(is_vowel) && before(2).is_some_and(is_vowel);
    let after_consonant = before(1).is_some_and(|letter| b"lrnmhsv".contains(&letter));
    match letter {
        b'g' if long || after_consonant => b'k',
        b'b' if long || after_consonant => b'p',
        b'd' if long || after_consonant => b't',
        _ => letter,
    }
}

fn is_vowel(letter: u8) -> bool {
    b"aeiou".contains(&letter)
}
