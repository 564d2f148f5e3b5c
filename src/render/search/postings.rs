//! Which words stand on which pages.
//!
//! The forms of a word make a group: search asks for a group, and ranks its forms. A group has the pages of each form
//! and, without telling which, the pages of longer words that the word is a part of.

use std::collections::HashMap;

use rayon::prelude::*;

use super::entry::Entry;
use crate::words::stem::{Keys, Stemmer, tokens};

/// What stands for the longer words in a group; no word is empty.
pub const PARTS: &str = "";

/// Longer words are data that somebody pasted.
const LONGEST: usize = 64;

/// Where a word stands, the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Text,
    Heading,
    Title,
    /// A title of few words: the page is about little else.
    ShortTitle,
    /// An id of the page itself.
    Code,
}

/// A title is short with so many words.
const SHORT_TITLE: usize = 3;

/// A page that has a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Which page, counted from 0.
    pub page: u32,
    /// How good a place it has for the word, from 0 to 7; the scores of these stand in the script that searches.
    pub level: u8,
    /// In which of its passages the word stands first.
    pub place: u16,
}

/// The forms of a word with their pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What all forms have in common.
    pub stem: String,
    /// The forms by the alphabet, each with its pages in order: as written in lower case, and [`PARTS`]. Most words have
    /// one or two, for which a tree would be ten times as large.
    pub forms: Vec<(String, Vec<Posting>)>,
    /// The forms as people without the keyboard type them.
    pub folded: Vec<String>,
}

impl Group {
    /// The word by which the group has its place in the alphabet.
    pub fn name(&self) -> &str {
        self.folded.first().map_or(&self.stem, String::as_str)
    }
}

/// What a page says of a word.
#[derive(Debug, Clone, Copy)]
struct Seen {
    field: Field,
    count: u32,
    place: u16,
}

impl Seen {
    fn add(&mut self, other: Self) {
        if other.field > self.field {
            (self.field, self.place) = (other.field, other.place);
        }
        self.count += other.count;
    }
}

/// The words of all pages, numbered as they are met, and what each page says of them.
#[derive(Default)]
struct Library<'a> {
    numbers: HashMap<&'a str, u32>,
    surfaces: Vec<&'a str>,
    /// How many words each page has, and what it says of each.
    pages: Vec<(usize, Vec<(u32, Seen)>)>,
}

impl<'a> Library<'a> {
    /// The words of `pages`, some hundred pages at a time: their tables are large, and few are needed at once.
    fn of(pages: &'a [Entry<'_>]) -> Self {
        const AT_ONCE: usize = 256;
        let mut library = Self::default();
        for some in pages.chunks(AT_ONCE) {
            let read: Vec<(usize, HashMap<&str, Seen>)> = some.par_iter().map(words).collect();
            for (length, words) in read {
                let numbered = words.into_iter().map(|(surface, seen)| (library.number(surface), seen));
                let numbered = numbered.collect();
                library.pages.push((length, numbered));
            }
        }
        library
    }

    fn number(&mut self, surface: &'a str) -> u32 {
        let next = u32::try_from(self.surfaces.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(surface).or_insert(next);
        if number == next {
            self.surfaces.push(surface);
        }
        number
    }

    /// How many words a page has on average.
    fn average(&self) -> f64 {
        let total: usize = self.pages.iter().map(|(length, _)| length).sum();
        f64::from(u32::try_from(total / self.pages.len().max(1)).unwrap_or(u32::MAX)).max(1.0)
    }
}

/// The groups of all words of `pages`, by the alphabet of their letters' numbers.
pub fn groups(pages: &[Entry<'_>], stemmer: Stemmer) -> Vec<Group> {
    let library = Library::of(pages);
    // Compounds hold words of this portal that no list of common words has.
    let stemmer = stemmer.knowing(library.surfaces.iter().copied());
    let average = library.average();
    let mut alphabet: Vec<(&str, usize)> = library.surfaces.iter().copied().zip(0..).collect();
    alphabet.par_sort_unstable();
    let keys: Vec<Keys> = alphabet.par_iter().map(|(surface, _)| stemmer.keys(surface)).collect();
    let mut lists = Lists::default();
    let mut targets: Vec<Vec<usize>> = vec![Vec::new(); alphabet.len()];
    for ((_, number), keys) in alphabet.into_iter().zip(keys) {
        if let Some(own) = targets.get_mut(number) {
            *own = lists.targets(keys);
        }
    }
    // What is said of a page goes as soon as it is in the lists.
    for (page, (length, words)) in (0..).zip(library.pages) {
        let length = f64::from(u32::try_from(length).unwrap_or(u32::MAX));
        for (number, seen) in words {
            let posting = Posting { page, level: level(seen, length / average), place: seen.place };
            for list in targets.get(number as usize).into_iter().flatten() {
                lists.put(*list, posting);
            }
        }
    }
    lists.groups()
}

/// How many words a page has, and what it says of each.
fn words<'a>(page: &'a Entry<'_>) -> (usize, HashMap<&'a str, Seen>) {
    /// Of how many bytes of text one is a word that was not met before, about.
    const BYTES_TO_A_WORD: usize = 16;
    let bytes: usize = page.passages.iter().map(|passage| passage.text.len()).sum();
    let mut words: HashMap<&'a str, Seen> = HashMap::with_capacity(bytes / BYTES_TO_A_WORD);
    let mut length = 0;
    let mut read = |text: &'a str, field, place: usize| {
        for (_, token) in tokens(text).filter(|(_, token)| token.len() <= LONGEST) {
            length += 1;
            let seen = Seen { field, count: 1, place: u16::try_from(place).unwrap_or(u16::MAX) };
            words.entry(token).and_modify(|known| known.add(seen)).or_insert(seen);
        }
    };
    let title = if tokens(&page.title).count() <= SHORT_TITLE { Field::ShortTitle } else { Field::Title };
    for code in &page.codes {
        // A code of several words (`2026.10/sit-03`) is no better than its title: each word is a code of another page.
        let field = if tokens(code).count() == 1 { Field::Code } else { Field::Title };
        read(code, field, 0);
    }
    read(&page.title, title, 0);
    for (place, passage) in page.passages.iter().enumerate() {
        read(&passage.heading, Field::Heading, place);
        read(&passage.text, Field::Text, place);
    }
    (length, words)
}

/// How good a place a word has in a page that is `length` times as long as the average one: by where it stands, and in
/// running text by how often, as BM25 weighs it.
fn level(seen: Seen, length: f64) -> u8 {
    const SATURATION: f64 = 1.2;
    const BY_LENGTH: f64 = 0.75;
    let often = f64::from(seen.count);
    let weight = often / (often + SATURATION * (1.0 - BY_LENGTH + BY_LENGTH * length));
    match seen.field {
        Field::Text if weight < 0.35 => 0,
        Field::Text if weight < 0.55 => 1,
        Field::Text if weight < 0.75 => 2,
        Field::Text => 3,
        Field::Heading => 4,
        Field::Title => 5,
        Field::ShortTitle => 6,
        Field::Code => 7,
    }
}

/// The lists of pages while they grow.
#[derive(Default)]
struct Lists {
    /// The number of each group by its stem.
    stems: HashMap<String, usize>,
    /// What each group has.
    groups: Vec<Forms>,
    postings: Vec<Vec<Posting>>,
}

/// The forms of a group while its lists grow.
#[derive(Default)]
struct Forms {
    /// The list of each form.
    lists: Vec<(String, usize)>,
    /// The forms as typed.
    folded: Vec<String>,
}

impl Lists {
    /// The lists that a word with these keys stands in.
    fn targets(&mut self, keys: Keys) -> Vec<usize> {
        let Keys { stem, exact, folded, parts } = keys;
        let own = self.list(&stem, exact, Some(folded));
        let parts = parts.iter().filter(|part| **part != stem);
        let mut targets: Vec<usize> = parts.map(|part| self.list(part, PARTS.to_owned(), None)).collect();
        targets.push(own);
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    fn list(&mut self, stem: &str, form: String, folded: Option<String>) -> usize {
        let group = self.stems.get(stem).copied().unwrap_or_else(|| {
            self.groups.push(Forms::default());
            self.stems.insert(stem.to_owned(), self.groups.len() - 1);
            self.groups.len() - 1
        });
        let Some(forms) = self.groups.get_mut(group) else { return self.postings.len() };
        forms.folded.extend(folded.filter(|folded| !forms.folded.contains(folded)));
        if let Some((_, list)) = forms.lists.iter().find(|(known, _)| *known == form) {
            return *list;
        }
        self.postings.push(Vec::new());
        forms.lists.push((form, self.postings.len() - 1));
        self.postings.len() - 1
    }

    /// Adds a page to a list, which is filled page by page: words that differ in capitals alone are one.
    fn put(&mut self, at: usize, posting: Posting) {
        let Some(pages) = self.postings.get_mut(at) else { return };
        match pages.last_mut().filter(|last| last.page == posting.page) {
            // Whatever comes first, the better place wins, and of equals the earlier one.
            Some(last) => {
                let is_better = (posting.level, std::cmp::Reverse(posting.place))
                    > (last.level, std::cmp::Reverse(last.place));
                if is_better {
                    *last = posting;
                }
            }
            None => pages.push(posting),
        }
    }

    fn groups(mut self) -> Vec<Group> {
        let stems = std::mem::take(&mut self.stems);
        let mut groups: Vec<Group> = stems
            .into_iter()
            .filter_map(|(stem, number)| {
                let Forms { lists, mut folded } = self.groups.get_mut(number).map(std::mem::take)?;
                let list = |(form, list): (String, usize)| {
                    Some((form, self.postings.get_mut(list).map(std::mem::take)?))
                };
                let mut forms: Vec<(String, Vec<Posting>)> = lists.into_iter().filter_map(list).collect();
                forms.sort_by(|(one, _), (other, _)| one.cmp(other));
                folded.sort();
                Some(Group { stem, forms, folded })
            })
            .collect();
        groups.par_sort_by(|a, b| a.name().cmp(b.name()).then_with(|| a.stem.cmp(&b.stem)));
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::Passage;
    use super::*;
    use crate::derive::page::routes::Subject;

    fn page(title: &str, codes: &[&str], passages: &[(&str, &str)]) -> Entry<'static> {
        let passage = |(heading, text): &(&str, &str)| Passage {
            anchor: heading.to_lowercase().into(),
            heading: (*heading).to_owned().into(),
            text: (*text).to_owned().into(),
        };
        Entry {
            subject: Subject::Home,
            kind: "page",
            address: "/".to_owned(),
            title: title.to_owned(),
            language: None,
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            passages: passages.iter().map(passage).collect(),
            marking: None,
            way: None,
        }
    }

    /// The pages of the form of `word` in English: page, level, passage.
    fn pages(entries: &[Entry<'_>], word: &str) -> Vec<(u32, u8, u16)> {
        let groups = groups(entries, Stemmer::for_language("en"));
        let forms = groups.iter().flat_map(|group| &group.forms);
        let list = forms.filter(|(form, _)| form == word).flat_map(|(_, pages)| pages);
        list.map(|posting| (posting.page, posting.level, posting.place)).collect()
    }

    #[test]
    fn a_title_is_better_than_a_heading_and_a_heading_better_than_text() {
        let entries = [
            page("Ledger", &[], &[("", "Nothing.")]),
            page("How to close the ledger by hand", &[], &[("", "Nothing.")]),
            page("Closing", &[], &[("", "Nothing."), ("Ledger", "")]),
            page("Closing", &[], &[("", "Nothing."), ("Books", "A ledger is closed, Ledger after ledger.")]),
        ];
        assert_eq!(pages(&entries, "ledger"), [(0, 6, 0), (1, 5, 0), (2, 4, 1), (3, 1, 1)]);
    }

    #[test]
    fn the_id_of_a_page_is_best_there_and_elsewhere_a_word() {
        let entries = [page("Pays", &["BEN-142"], &[]), page("Run", &[], &[("", "BEN-142 failed")])];
        let found = pages(&entries, "ben-142");
        assert_eq!((found[0], found[1].0), ((0, 7, 0), 1));
        assert!(found[1].1 < 4, "running text");
    }

    #[test]
    fn parts_of_a_code_lead_to_it() {
        let groups = groups(&[page("Pays", &["BEN-142"], &[])], Stemmer::for_language("en"));
        let of = |stem: &str| groups.iter().find(|group| group.stem == stem).expect("a group");
        let forms: Vec<&str> = of("ben").forms.iter().map(|(form, _)| form.as_str()).collect();
        assert_eq!(forms, [PARTS]);
        assert_eq!(of("142").forms[0].1[0].page, 0);
    }

    #[test]
    fn what_somebody_pasted_is_no_word() {
        assert_eq!(pages(&[page("A", &[], &[("", &"x".repeat(65))])], &"x".repeat(65)), []);
    }
}
