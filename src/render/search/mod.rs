//! The index of search: for each version of the guidance and each language one, in pieces.
//!
//! 1. [`entry`] says what is found: every page with its codes, headings and words. The audience is settled long before,
//!    so what somebody may not see is in no index.
//! 2. [`postings`] counts words: which stand on which pages, how prominently, in which passage.
//! 3. [`terms`] is the table of words: exact ones, stems and beginnings.
//! 4. [`shards`] cuts everything into pieces. A query loads the root, the pieces of the table and of the lists that its
//!    words are in, and what is told of the pages that it shows.
//!
//! `themes/default/assets/search.js` reads all of that; docs/decisions/search.md says why it is as it is.

mod digits;
mod entry;
mod postings;
mod records;
mod shards;
mod terms;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use self::entry::{Entry, KINDS, Passage};
use self::shards::{File, Size, cut, tag};
use self::terms::Table;
use super::names::{View, encode, icon};
use super::plan::Drawn;
use super::portal::Portal;
use super::theme::Theme;
use crate::derive::page::routes::{Subject, beside, relative};
use crate::words::stem::Stemmer;

/// The file of an index that all others are found by.
pub const ROOT: &str = "root.js";

/// The folder of an index, below the page of search.
const FOLDER: &str = "index/";

/// What a small portal has of each sort is one piece: three of these and the root are less than a query may weigh.
const WHOLE: usize = 30_000;

/// Pieces of the table of terms: a query reads one or two.
const TERMS: Size = Size { least: 4_000, most: 8_000, whole: WHOLE };

/// Pieces of the lists of pages: a query reads one for each word, and some more for a beginning.
const LISTS: Size = Size { least: 5_000, most: 12_000, whole: WHOLE };

/// What is told of pages: a query reads as many pieces as it shows pages.
const PAGES: Size = Size { least: 4_000, most: 8_000, whole: WHOLE };

/// So many pieces share the tag by which browsers know that one of them changed: the root has to name them all.
const LISTS_TO_A_TAG: usize = 4;
const PAGES_TO_A_TAG: usize = 16;

/// How much text of a page is kept for excerpts, in letters.
const EXCERPTS: usize = 2_500;

/// Less of a passage says nothing.
const LEAST_OF_PASSAGE: usize = 160;

/// Where the root of the index in `language` stands.
pub fn address(portal: &Portal, language: &str) -> String {
    format!("{}{FOLDER}{ROOT}", portal.routes.address(&Subject::Search, language))
}

/// Whether the portal has an index of its own: pages about changes stand beside that of the current version.
pub fn is_made(portal: &Portal) -> bool {
    portal.routes.path(&Subject::Search).is_some()
}

/// Whether the file at `path` of the output is of an index.
pub fn is_of_index(path: &str) -> bool {
    let folder = path.rsplit_once(FOLDER).map_or("", |(folder, _)| folder);
    folder.ends_with('/') && path.rsplit_once('.').is_some_and(|(_, ending)| ending == "js")
}

/// Whether the file at `path` of the output is one of numbers and single words: whatever is in it stands on pages, too.
pub fn is_numbers(path: &str) -> bool {
    let name = path.rsplit_once(FOLDER).map_or("", |(_, name)| name);
    let number = name.strip_prefix(['g', 't']).and_then(|name| name.strip_suffix(".js"));
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}

/// The index of the portal in `language`: its root, and beside it all other pieces.
pub fn index(portal: &Portal, theme: &Theme, language: &str) -> Drawn {
    let pages = entry::all(portal, theme, language);
    let groups = postings::groups(&pages, Stemmer::for_language(language));
    let table = Table::of(&groups, pages.len());
    drop(groups);
    let (lists, begins) = lists(&table);
    let (terms, firsts) = terms_of(&table);
    drop(table);
    let view = View::new(portal, theme, &Subject::Search, language);
    let (told, pages_begin) = told(&view, &pages);
    let root = Root {
        language,
        pages: pages.len(),
        kinds: kinds(&view, &pages),
        terms: firsts
            .into_iter()
            .zip(&terms)
            .map(|((term, group), file)| (term, group, file.tag()))
            .collect(),
        lists: (differences(&begins), lists.chunks(LISTS_TO_A_TAG).map(tag).collect()),
        told: (differences(&pages_begin), told.chunks(PAGES_TO_A_TAG).map(tag).collect()),
        words: words(&view),
    };
    let root = File::new("root", &root);
    let here = address(portal, language);
    let files = terms.into_iter().chain(lists).chain(told);
    let files = files.map(|file| (beside(&here, &file.name), file.bytes)).collect();
    Drawn { beside: files, ..root.bytes.into() }
}

/// What a query begins with.
#[derive(Serialize)]
struct Root<'a> {
    language: &'a str,
    /// How many pages there are.
    pages: usize,
    kinds: Vec<Kind>,
    /// The first term of each piece of the table, the group that it leads to, and the tag of the piece.
    terms: Vec<(String, usize, String)>,
    /// How many groups each piece of the lists begins behind the one before it, and the tags, of several pieces each.
    lists: (String, String),
    /// The same of what is told of pages.
    told: (String, String),
    /// The texts of the search, a plural as its forms.
    words: BTreeMap<&'static str, Value>,
}

/// The texts that results are told with, beside those that the page of search has.
const WORDS: [&str; 12] = [
    "search.results",
    "search.none",
    "search.partly",
    "search.apart",
    "search.near",
    "search.hint",
    "search.all_kinds",
    "search.more",
    "search.all",
    "search.close",
    "search.keys",
    "search.placeholder",
];

/// Each by the last part of its key.
fn words(view: &View<'_>) -> BTreeMap<&'static str, Value> {
    let catalogue = view.words().catalogue();
    let text = |key: &'static str| {
        let (section, name) = key.split_once('.')?;
        Some((name, catalogue.get(section)?.get(name)?.clone()))
    };
    WORDS.into_iter().filter_map(text).collect()
}

/// A kind of page, as results name it.
#[derive(Serialize)]
struct Kind {
    key: &'static str,
    /// What one such page is called, and what several are.
    one: String,
    all: String,
    icon: &'static str,
    /// The number of its first page.
    from: usize,
}

fn kinds(view: &View<'_>, pages: &[Entry<'_>]) -> Vec<Kind> {
    let kind = |key: &&'static str| {
        let from = pages.iter().position(|page| page.kind == *key)?;
        let icon = if *key == "page" { "file-text" } else { icon(&pages.get(from)?.subject) };
        Some(Kind {
            key,
            one: view.say(&format!("kind.{key}")),
            all: view.say(&format!("kinds.{key}")),
            icon,
            from,
        })
    };
    KINDS.iter().filter_map(kind).collect()
}

/// The lists of pages in pieces, and the number of the first group of each.
fn lists(table: &Table) -> (Vec<File>, Vec<usize>) {
    let begins = cut(table.groups.iter().map(|group| (group.size(), group.name.as_str())), LISTS);
    let files = ranges(&begins, table.groups.len())
        .into_par_iter()
        .enumerate()
        .map(|(number, range)| {
            let groups = table.groups.get(range).unwrap_or_default();
            let data: Vec<&Vec<String>> = groups.iter().map(|group| &group.data).collect();
            File::new(&format!("g{number}"), &data)
        })
        .collect();
    (files, begins)
}

/// The table of terms in pieces, and the first term of each with its group.
fn terms_of(table: &Table) -> (Vec<File>, Vec<(String, usize)>) {
    let terms = &table.terms;
    let begins = cut(terms.iter().map(|(term, _)| (term.len() / 2 + 5, term.as_str())), TERMS);
    let pieces = ranges(&begins, terms.len()).into_iter().map(|range| terms.get(range).unwrap_or_default());
    pieces
        .enumerate()
        .map(|(number, terms)| {
            let (term, groups) = terms
                .first()
                .map_or_else(Default::default, |(term, groups)| (term.clone(), groups.as_slice()));
            let group = groups.first().copied().unwrap_or_default();
            (File::new(&format!("t{number}"), &terms::text(terms, group)), (term, group))
        })
        .unzip()
}

/// What is told of pages in pieces, and the number of the first page of each.
fn told(view: &View<'_>, pages: &[Entry<'_>]) -> (Vec<File>, Vec<usize>) {
    let told: Vec<Told<'_>> = pages.par_iter().map(|page| Told::of(view, page)).collect();
    let sized = pages.iter().zip(&told).map(|(page, told)| (told.size(), page.address.as_str()));
    let begins = cut(sized, PAGES);
    let files = ranges(&begins, told.len())
        .into_par_iter()
        .enumerate()
        .map(|(number, range)| File::new(&format!("p{number}"), &told.get(range).unwrap_or_default()))
        .collect();
    (files, begins)
}

/// What is told of a page, in a list, as names would be most of it.
#[derive(Serialize)]
struct Told<'a>(
    /// Its title.
    &'a str,
    /// The id by which people call it, where that is not its title.
    &'a str,
    /// Its address as seen from the page of search.
    String,
    /// Its passages: the id of each, its heading and the beginning of its words.
    Vec<(&'a str, &'a str, String)>,
    /// Its marking, its language where that is not the one of the index, and the way to it where another page has its
    /// title; nothing of most.
    Vec<&'a str>,
);

impl<'a> Told<'a> {
    fn of(view: &View<'_>, page: &'a Entry<'_>) -> Self {
        let most = share(&page.passages, EXCERPTS).max(LEAST_OF_PASSAGE);
        let passage =
            |passage: &'a Passage<'_>| (&*passage.anchor, &*passage.heading, shortened(&passage.text, most));
        let passages = page.passages.iter().map(passage).collect();
        let href = encode(&relative(&view.address, &page.address));
        let code = page.code();
        let further = [page.marking.as_deref(), page.language.as_deref(), page.way.as_deref()];
        let count = further.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        let further = further.into_iter().take(count).map(Option::unwrap_or_default).collect();
        Self(&page.title, code.unwrap_or_default(), href, passages, further)
    }

    fn size(&self) -> usize {
        let passages =
            self.3.iter().map(|(anchor, heading, text)| anchor.len() + heading.len() + text.len() + 10);
        self.0.len() + self.1.len() + self.2.len() + passages.sum::<usize>() + 12
    }
}

/// How long passages may be, so that all together are no longer than `most`: short ones leave their room to the others.
fn share(passages: &[Passage<'_>], most: usize) -> usize {
    let mut lengths: Vec<usize> = passages.iter().map(|passage| passage.text.chars().count()).collect();
    lengths.sort_unstable();
    let (mut left, mut others) = (most, lengths.len());
    for length in lengths {
        let each = left / others.max(1);
        if length > each {
            return each;
        }
        left -= length;
        others -= 1;
    }
    most
}

/// The beginning of a text in whole words.
fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let cut = text.get(..end).unwrap_or(text);
    let whole = cut.rfind(' ').and_then(|end| cut.get(..end)).unwrap_or(cut);
    format!("{whole} …")
}

/// From where each piece begins to where the next one does.
fn ranges(begins: &[usize], all: usize) -> Vec<std::ops::Range<usize>> {
    let ends = begins.iter().skip(1).copied().chain([all]);
    begins.iter().copied().zip(ends).map(|(from, to)| from..to).collect()
}

/// How far each of `numbers` is from the one before it.
fn differences(numbers: &[usize]) -> String {
    let mut out = String::new();
    let before = std::iter::once(0).chain(numbers.iter().copied());
    for (number, before) in numbers.iter().zip(before) {
        digits::number(&mut out, number - before);
    }
    out
}

#[cfg(test)]
mod tests;
