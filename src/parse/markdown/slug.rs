//! Ids of headings, exactly as GitHub makes them, so that links work in the repository and on the
//! portal alike.

use std::collections::{HashMap, HashSet};

/// The id for a heading's text: lower case, letters and digits of any script, `-` and `_` stay,
/// spaces become `-`, all else falls away.
pub fn slug(text: &str) -> String {
    let slug: String = text.trim().chars().flat_map(char::to_lowercase).filter_map(slug_char).collect();
    // GitHub leaves the id empty, which HTML forbids.
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn slug_char(c: char) -> Option<char> {
    match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if is_word(c) => Some(c),
        _ => None,
    }
}

/// Ruby's `\p{Word}`: letters, marks, decimal digits, connecting punctuation.
fn is_word(c: char) -> bool {
    c.is_alphabetic() || (c.is_numeric() && !is_other_number(c)) || is_mark(c) || is_connector(c)
}

/// Numbers that are no digits: superscripts, fractions, numbers in circles.
fn is_other_number(c: char) -> bool {
    matches!(c,
        '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{BC}'..='\u{BE}' | '\u{2070}'..='\u{2089}'
        | '\u{2150}'..='\u{215F}' | '\u{2189}' | '\u{2460}'..='\u{249B}' | '\u{24EA}'..='\u{24FF}'
        | '\u{2776}'..='\u{2793}' | '\u{3192}'..='\u{3195}' | '\u{3220}'..='\u{3229}'
        | '\u{3248}'..='\u{324F}' | '\u{3251}'..='\u{325F}' | '\u{3280}'..='\u{3289}'
        | '\u{32B1}'..='\u{32BF}' | '\u{1F100}'..='\u{1F10C}')
}

/// Combining marks that the standard library does not count as alphabetic.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{94D}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20F0}'
        | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{E0100}'..='\u{E01EF}')
}

fn is_connector(c: char) -> bool {
    matches!(
        c,
        '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}' | '\u{FE4D}'..='\u{FE4F}' | '\u{FF3F}'
    )
}

/// The ids of one page.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
    repeats: HashMap<String, usize>,
}

impl Ids {
    /// Keeps `id` from being given away.
    pub fn reserve(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
    }

    /// `wanted` if it is free, else `wanted-1`, `wanted-2` …
    pub fn unique(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let count = self.repeats.entry(wanted.to_owned()).or_default();
        loop {
            *count += 1;
            let id = format!("{wanted}-{count}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_the_ids_github_gives_them() {
        for (heading, id) in [
            ("Enne kui raporteerid", "enne-kui-raporteerid"),
            ("Õiged & väärad andmed", "õiged--väärad-andmed"),
            ("What's new in 2.10?", "whats-new-in-210"),
            ("snake_case — `code()`", "snake_case--code"),
            ("Žanr, šokk", "žanr-šokk"),
            ("日本語 テスト", "日本語-テスト"),
            ("o\u{303}un", "o\u{303}un"),
            ("m² and ½", "m-and-"),
            ("a  b", "a--b"),
            ("…", "section"),
        ] {
            assert_eq!(slug(heading), id, "{heading}");
        }
    }

    #[test]
    fn repeats_are_counted_and_never_meet_another_id() {
        let mut ids = Ids::default();
        ids.reserve("data-1");
        let given: Vec<String> = ["data", "data", "data", "data-1"].iter().map(|id| ids.unique(id)).collect();
        assert_eq!(given, ["data", "data-2", "data-3", "data-1-1"]);
    }
}
