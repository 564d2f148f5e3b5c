//! The page of search. Without scripts it is the list of all pages and their headings by the alphabet.

use serde::Serialize;

use super::super::blocks::{Block, Head, Line, PartLink, Parts, Row, Section, join, link, text};
use super::super::frame::{About, Frame};
use super::super::names::{View, encode, icon};
use super::super::template::RenderFault;
use super::document::kind_name;
use super::parts::Part;
use crate::derive::page::routes::{Subject, is_in_alphabet};
use crate::words::Spoken;

/// Headings below this level are details.
const DEEPEST: u8 = 2;

/// So many headings of a page say what is on it.
const MOST_HEADINGS: usize = 12;

/// The scripts that search in `language`: Estonian has rules for the forms of its words.
pub fn scripts(language: &str) -> Vec<&'static str> {
    let rules = (language.split('-').next() == Some("et")).then_some("stem-et.js");
    rules.into_iter().chain(["stem.js", "search.js", "finder.js"]).collect()
}

#[derive(Serialize)]
struct SearchView {
    frame: Frame,
    head: Head,
    /// Whether the page is the one that searches, and not a further part of the list.
    is_first: bool,
    /// The letters with which names begin.
    letters: Parts,
    sections: Vec<Section>,
    /// The other parts of the list.
    parts: Vec<Block>,
}

/// The template.
pub const TEMPLATE: &str = "search.html";

/// Draws the page, or a further part of the list.
pub fn render(view: &View<'_>, frame: &dyn Fn(About) -> Frame) -> Result<String, RenderFault> {
    let names = view.tongue.alphabet.get_or_init(|| names(view));
    let part = Part::of(view, names.len());
    let is_first = *view.subject == Subject::Search;
    let title = if is_first { view.say("search.title").into() } else { view.name(view.subject) };
    let about = About {
        title: title.clone(),
        description: Some(view.say("search.all_pages_text").into()),
        // They come with the first letter.
        scripts: Vec::new(),
        restriction: None,
    };
    let page = SearchView {
        frame: frame(about),
        head: Head { title, ..Head::default() },
        is_first,
        letters: letters(view, names, &part),
        sections: sections(view, names, &part),
        parts: part.links(view).into_iter().collect(),
    };
    view.engine()?.render(TEMPLATE, &page, &view.address)
}

/// All pages by the alphabet.
fn names(view: &View<'_>) -> Vec<(Spoken, Subject)> {
    let subjects = view.portal.routes.subjects();
    let mut names: Vec<(Spoken, Subject)> = subjects
        .filter(|subject| is_in_alphabet(&view.portal.site, subject))
        .map(|subject| (view.name(subject), subject.clone()))
        .collect();
    names.sort_by(|a, b| view.words().compare(&a.0, &b.0).then_with(|| a.1.cmp(&b.1)));
    names
}

/// The first row of each letter; what has the same letter in another writing stands with it.
fn initials(names: &[(Spoken, Subject)]) -> Vec<(usize, String)> {
    let mut initials: Vec<(usize, String)> = Vec::new();
    for (at, (name, _)) in names.iter().enumerate() {
        let letter = initial(name);
        if initials.last().is_none_or(|(_, last)| *last != letter) {
            initials.push((at, letter));
        }
    }
    initials
}

/// The way to each letter.
fn letters(view: &View<'_>, names: &[(Spoken, Subject)], part: &Part) -> Parts {
    let letter = |(at, letter): (usize, String)| PartLink {
        number: Some(letter),
        href: Some(format!("{}#{}", part.href(view, at), anchor(at))),
    };
    Parts { label: view.say("search.letters"), parts: initials(names).into_iter().map(letter).collect() }
}

/// The id of the section that begins with a row.
fn anchor(row: usize) -> String {
    format!("letter-{}", row + 1)
}

fn sections(view: &View<'_>, names: &[(Spoken, Subject)], part: &Part) -> Vec<Section> {
    let range = part.range();
    let shown = part.items(names);
    initials(shown)
        .iter()
        .zip(initials(shown).iter().skip(1).map(|(at, _)| *at).chain([shown.len()]))
        .map(|((from, letter), to)| {
            let rows = shown.get(*from..to).unwrap_or_default().iter();
            let rows = rows.map(|(name, subject)| row(view, name, subject)).collect();
            let id = anchor(range.start + from);
            Section::new(id, letter.clone(), vec![Block::Rows { ordered: false, rows }])
        })
        .collect()
}

fn row(view: &View<'_>, name: &Spoken, subject: &Subject) -> Row {
    let href = view.href(subject);
    let mut what = link(name, href.clone());
    let headings = headings(view, subject, &href);
    if !headings.is_empty() {
        what.extend([
            super::super::blocks::Bit::Break,
            super::super::blocks::Bit::Small { line: join(headings, " · ") },
        ]);
    }
    Row { what, aside: text(kind_name(view, subject)), icon: Some(icon(subject)), ..Row::default() }
}

/// The headings of a Markdown page.
fn headings(view: &View<'_>, subject: &Subject, href: &str) -> Vec<Line> {
    let Subject::Document(key) = subject else { return Vec::new() };
    let Some(document) = view.portal.site.document(key) else { return Vec::new() };
    let article = document.text(view.language);
    let all = article.body.headings.iter();
    all.filter(|heading| heading.level <= DEEPEST)
        .take(MOST_HEADINGS)
        .map(|heading| {
            let name = view.spoken(&heading.text, &article.language);
            link(name, format!("{href}#{}", encode(&heading.id)))
        })
        .collect()
}

/// The letter a name stands under; names that begin with no letter stand together.
fn initial(name: &str) -> String {
    let first = name.chars().find(|letter| letter.is_alphanumeric());
    match first {
        Some(letter) if letter.is_alphabetic() => letter.to_uppercase().collect(),
        Some(_) => "0–9".to_owned(),
        None => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_their_letters() {
        let names = ["„Ats\"", "ader", "Õpik", "2026.10", "2026.11", "—"]
            .map(|name| (Spoken::from(name), Subject::Home));
        let letters: Vec<(usize, String)> = initials(&names);
        let wanted = [(0, "A"), (2, "Õ"), (3, "0–9"), (5, "…")].map(|(at, letter)| (at, letter.to_owned()));
        assert_eq!(letters, wanted);
    }
}
