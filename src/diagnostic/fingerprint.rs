//! What tells that a fault is the same one as in the last run, though lines above it came and went.

use std::collections::HashMap;

use super::{Diagnostic, SourceText, excerpt};

/// One name for each of `faults`: made of the rule, the path and the text of the line, and of the message
/// where there is no line; never of the line's number. Equal ones are told apart by counting them. 32 digits.
pub fn fingerprints(faults: &[Diagnostic], sources: &dyn SourceText) -> Vec<String> {
    let mut seen: HashMap<blake3::Hash, u64> = HashMap::new();
    let fingerprint = |fault| {
        let plain = hash(&[], fault, sources);
        let count = seen.entry(plain).or_default();
        *count += 1;
        let counted = if *count == 1 { plain } else { hash(&count.to_be_bytes(), fault, sources) };
        counted.to_hex().as_str().chars().take(DIGITS).collect()
    };
    faults.iter().map(fingerprint).collect()
}

/// As long as the digests that such reports are used to.
const DIGITS: usize = 32;

fn hash(number: &[u8], fault: &Diagnostic, sources: &dyn SourceText) -> blake3::Hash {
    let line = excerpt::line_of(fault.place, sources).map(|line| line.trim().to_owned());
    let said = line.unwrap_or_else(|| without_counts(&fault.message));
    let mut hasher = blake3::Hasher::new_derive_key("Juhend 2026 fingerprint of a fault");
    for part in [fault.rule.name, sources.path(fault.place.file), &said] {
        // The length keeps `a`, `bc` apart from `ab`, `c`.
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(number);
    hasher.finalize()
}

/// A message without the digits outside its names: "overdue by 12 days" is the same fault the next day.
fn without_counts(message: &str) -> String {
    let parts = message.split('`').enumerate();
    let plain = parts.map(|(at, part)| match at % 2 {
        0 => part.chars().filter(|c| !c.is_ascii_digit()).collect(),
        _ => part.to_owned(),
    });
    plain.collect::<Vec<String>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::super::sample::{One, RULE};
    use super::*;
    use crate::diagnostic::Place;

    fn at(text: &str, needle: &str) -> (Diagnostic, One) {
        let start = text.find(needle).expect("needle");
        let source = One(text.to_owned());
        (Diagnostic::new(&RULE, Place::new(source.id(), start, start + needle.len()), "a fault"), source)
    }

    fn of(faults: &[Diagnostic], source: &One) -> Vec<String> {
        fingerprints(faults, source)
    }

    #[test]
    fn lines_above_change_nothing_and_the_line_itself_does() {
        let (fault, source) = at("title: A\nfreez: 1\n", "freez");
        let (moved, moved_source) = at("# new\n\ntitle: A\n  freez: 1\n", "freez");
        let (other, other_source) = at("title: A\nfreez: 2\n", "freez");
        let name = of(&[fault], &source);
        assert_eq!(name, of(&[moved], &moved_source));
        assert_ne!(name, of(&[other], &other_source));
        assert_eq!(name[0].len(), 32);
    }

    #[test]
    fn equal_ones_are_counted() {
        let (fault, source) = at("a a\n", "a a");
        let names = of(&[fault.clone(), fault.clone(), fault], &source);
        assert_eq!(names[0], of(&[at("a a\n", "a a").0], &source)[0]);
        assert!(names[0] != names[1] && names[1] != names[2] && names[0] != names[2]);
    }

    #[test]
    fn of_a_whole_file_the_message_counts_without_its_days() {
        let source = One("a".to_owned());
        let fault =
            |message: &str| of(&[Diagnostic::new(&RULE, Place::whole(source.id()), message)], &source);
        assert_eq!(fault("overdue by 9 days"), fault("overdue by 10 days"));
        assert_ne!(fault("the case `BEN-1` is unknown"), fault("the case `BEN-2` is unknown"));
    }
}
