//! The table of terms: which groups a word, a stem or the beginning of a word leads to.

use rayon::prelude::*;

use super::digits;
use super::postings::{Group, Posting};

/// A beginning of words stands in the table by itself where the groups it leads to would be more bytes than this.
const HEAVY: usize = 24_000;

/// Beginnings shorter than this are not searched for.
pub const SHORTEST: usize = 2;

/// Longer beginnings lead to few words.
const LONGEST: usize = 12;

/// Of how many pages, the best, a heavy beginning knows how good they are.
const BEST: usize = 200;

/// A group as the index writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// By what it has its place in the order.
    pub name: String,
    /// The stem, then each form and its pages; no stem where it is the first form. Of a heavy beginning [`BEGINNING`],
    /// all its pages, and the best ones.
    pub data: Vec<String>,
}

impl Written {
    /// Its size in bytes, about.
    pub fn size(&self) -> usize {
        self.data.iter().map(|text| text.len() + 3).sum()
    }
}

/// What stands behind a heavy beginning in the table, and in the place of its stem. It comes before all letters and
/// digits.
pub const BEGINNING: &str = "*";

/// Groups and the terms that lead to them, both in order.
#[derive(Debug, Default)]
pub struct Table {
    /// The groups, a heavy beginning before the words that begin so.
    pub groups: Vec<Written>,
    /// Each term by the alphabet, with the numbers of the groups that it leads to.
    pub terms: Vec<(String, Vec<usize>)>,
}

impl Table {
    /// The table of `groups`, which are in order, over `pages` pages.
    pub fn of(groups: &[Group], pages: usize) -> Self {
        let written: Vec<Written> = groups.par_iter().map(write).collect();
        let sizes: Vec<usize> = written.iter().map(Written::size).collect();
        let terms = leading(groups);
        let beginnings = heavy(&terms, &sizes);
        let begun = beginnings.into_par_iter().map(|(beginning, numbers)| Written {
            name: format!("{beginning}{BEGINNING}"),
            data: merged(groups, &numbers, pages),
        });
        let mut all: Vec<(Option<usize>, Written)> = begun.map(|group| (None, group)).collect();
        all.extend(written.into_iter().enumerate().map(|(number, group)| (Some(number), group)));
        all.sort_by(|a, b| a.1.name.cmp(&b.1.name).then(a.0.cmp(&b.0)));
        let mut moved = vec![0; groups.len()];
        let mut table = Self::default();
        for (number, (was, group)) in all.into_iter().enumerate() {
            match was {
                Some(was) => moved[was] = number,
                None => table.terms.push((group.name.clone(), vec![number])),
            }
            table.groups.push(group);
        }
        let terms = terms.into_iter();
        table.terms.extend(terms.map(|(term, numbers)| {
            (term.to_owned(), numbers.into_iter().map(|number| moved[number]).collect())
        }));
        table.terms.sort_by(|(one, _), (other, _)| one.cmp(other));
        table
    }
}

/// The terms that lead to `groups` by the alphabet, each with the numbers of those it leads to.
fn leading<'a>(groups: &'a [Group]) -> Vec<(&'a str, Vec<usize>)> {
    let of_group = |(number, group): (usize, &'a Group)| {
        group.folded.iter().chain([&group.stem]).map(move |term| (term.as_str(), number))
    };
    let mut pairs: Vec<(&str, usize)> = groups.iter().enumerate().flat_map(of_group).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let same = pairs.chunk_by(|(one, _), (other, _)| one == other);
    same.filter_map(|pairs| Some((pairs.first()?.0, pairs.iter().map(|(_, number)| *number).collect())))
        .collect()
}

/// The terms in `terms` as a text: each after the one before it, as how many letters it shares with that, its further
/// letters, and its groups. `first` is the number that the first one counts from.
pub fn text(terms: &[(String, Vec<usize>)], first: usize) -> String {
    const MOST_SHARED: usize = 91;
    let mut out = String::new();
    let mut before = "";
    let mut counted = isize::try_from(first).unwrap_or(isize::MAX);
    for (term, groups) in terms {
        let shared = term.chars().zip(before.chars()).take_while(|(a, b)| a == b).count().min(MOST_SHARED);
        out.push(digits::letter(shared));
        out.extend(term.chars().skip(shared));
        out.push(' ');
        digits::number(&mut out, groups.len());
        for group in groups {
            let number = isize::try_from(*group).unwrap_or(isize::MAX);
            digits::signed(&mut out, number - counted);
            counted = number;
        }
        before = term;
    }
    out
}

fn write(group: &Group) -> Written {
    let is_first = group.forms.first().is_some_and(|(form, _)| *form == group.stem);
    let mut data = if is_first { Vec::new() } else { vec![group.stem.clone()] };
    for (form, pages) in &group.forms {
        data.push(form.clone());
        data.push(postings(pages));
    }
    Written { name: group.name().to_owned(), data }
}

/// Pages in order: how far each is from the one before it, how good it is and where the word stands in it.
fn postings(pages: &[Posting]) -> String {
    const PLACES: usize = 11;
    let mut out = String::new();
    let mut before = 0;
    for posting in pages {
        let page = posting.page as usize;
        digits::number(&mut out, page - before);
        before = page;
        let place = usize::from(posting.place);
        out.push(digits::letter(usize::from(posting.level) * PLACES + place.min(PLACES - 1)));
        if place >= PLACES - 1 {
            digits::number(&mut out, place - (PLACES - 1));
        }
    }
    out
}

/// The heavy beginnings, each with the numbers of the groups it leads to, in order.
fn heavy(terms: &[(&str, Vec<usize>)], sizes: &[usize]) -> Vec<(String, Vec<usize>)> {
    let mut found = Vec::new();
    // What is heavy with a further letter is heavy without it, too.
    let mut heavy_from: Vec<&[(&str, Vec<usize>)]> = vec![terms];
    for length in SHORTEST..=LONGEST {
        let mut longer = Vec::new();
        let alike =
            |a: &(&str, Vec<usize>), b: &(&str, Vec<usize>)| beginning(a.0, length) == beginning(b.0, length);
        for same in heavy_from.into_iter().flat_map(|within| within.chunk_by(alike)) {
            let Some(beginning) = same.first().and_then(|(term, _)| beginning(term, length)) else {
                continue;
            };
            let mut numbers: Vec<usize> = same.iter().flat_map(|(_, numbers)| numbers).copied().collect();
            numbers.sort_unstable();
            numbers.dedup();
            let size: usize = numbers.iter().filter_map(|number| sizes.get(*number)).sum();
            if size > HEAVY && numbers.len() > 1 {
                found.push((beginning.to_owned(), numbers));
                longer.push(same);
            }
        }
        heavy_from = longer;
    }
    found
}

/// The first `length` letters of `term`; nothing if it has fewer.
fn beginning(term: &str, length: usize) -> Option<&str> {
    let mut ends = term.char_indices().map(|(at, letter)| at + letter.len_utf8());
    term.get(..ends.nth(length.checked_sub(1)?)?)
}

/// All pages of some groups, and what is known of the best.
fn merged(groups: &[Group], numbers: &[usize], pages: usize) -> Vec<String> {
    let mut best: Vec<Option<Posting>> = vec![None; pages];
    let lists = numbers.iter().filter_map(|number| groups.get(*number)).flat_map(|group| &group.forms);
    for posting in lists.flat_map(|(_, pages)| pages) {
        if let Some(known) = best.get_mut(posting.page as usize)
            && known.is_none_or(|known| posting.level > known.level)
        {
            *known = Some(*posting);
        }
    }
    let mut top: Vec<Posting> = best.into_iter().flatten().collect();
    let members: Vec<u32> = top.iter().map(|posting| posting.page).collect();
    if top.len() > BEST {
        top.select_nth_unstable_by(BEST, |a, b| b.level.cmp(&a.level).then(a.page.cmp(&b.page)));
        top.truncate(BEST);
    }
    top.sort_by_key(|posting| posting.page);
    vec![BEGINNING.to_owned(), digits::members(&members, pages), postings(&top)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(stem: &str, form: &str, pages: std::ops::Range<u32>) -> Group {
        let posting = |page| Posting { page, level: 0, place: 0 };
        Group {
            stem: stem.to_owned(),
            forms: vec![(form.to_owned(), pages.map(posting).collect())],
            folded: vec![form.to_owned()],
        }
    }

    #[test]
    fn words_and_stems_lead_to_groups() {
        let table = Table::of(&[group("lug", "lugu", 0..1), group("uue", "uus", 0..1)], 1);
        let terms: Vec<(&str, &[usize])> =
            table.terms.iter().map(|(term, groups)| (term.as_str(), groups.as_slice())).collect();
        assert_eq!(terms, [("lug", &[0][..]), ("lugu", &[0]), ("uue", &[1]), ("uus", &[1])]);
        assert_eq!(table.groups[0].data, ["lug", "lugu", "  "]);
    }

    #[test]
    fn terms_are_written_after_each_other() {
        let terms =
            [("lug", vec![7]), ("lugu", vec![7]), ("uus", vec![9, 8])].map(|(t, g)| (t.to_owned(), g));
        // Shared letters, the others, a space; one group, the same as before; two groups, two on and one back.
        assert_eq!(text(&terms, 7), " lug ! $u !  uus #%$");
    }

    #[test]
    fn a_place_beyond_the_tenth_is_written_out() {
        let page = |place| postings(&[Posting { page: 0, level: 1, place }]);
        assert_eq!(page(9), format!(" {}", digits::letter(20)));
        assert_eq!(page(10), format!(" {} ", digits::letter(21)));
        assert_eq!(page(12), format!(" {}#", digits::letter(21)));
    }

    #[test]
    fn a_beginning_of_many_words_knows_its_pages() {
        let groups: Vec<Group> = (0..40)
            .map(|number| group(&format!("re{number:02}"), &format!("re{number:02}"), 0..900))
            .collect();
        let table = Table::of(&groups, 900);
        let beginnings: Vec<&(String, Vec<usize>)> =
            table.terms.iter().filter(|(term, _)| term.ends_with(BEGINNING)).collect();
        assert_eq!(beginnings, [&("re*".to_owned(), vec![0])]);
        let data = &table.groups[0].data;
        assert_eq!((data[0].as_str(), data[1].len()), (BEGINNING, 150));
        assert_eq!(table.terms[1], ("re00".to_owned(), vec![1]), "the beginning stands before its words");
    }
}
