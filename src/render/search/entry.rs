//! What search finds: a page with its codes, its headings and its words.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use super::super::blocks::Section;
use super::super::export::tables::plain;
use super::super::frame::{marking, way_to};
use super::super::names::View;
use super::super::pages::{kind_key, lede, sections};
use super::super::portal::Portal;
use super::super::theme::Theme;
use super::records;
use crate::derive::page::routes::{List, Subject};
use crate::model::document::{Article, Document};
use crate::words::Spoken;

/// The kinds of pages, in the order in which filters offer them.
pub const KINDS: [&str; 19] = [
    "guide",
    "training",
    "release",
    "run",
    "series",
    "case",
    "plan",
    "defect",
    "environment",
    "cloning",
    "data",
    "weekly",
    "decision",
    "report",
    "advice",
    "proposal",
    "partner",
    "ticket",
    "page",
];

/// Of these the newest stands first among pages that fit alike: their ids begin with a release or a day.
const DATED: [&str; 7] = ["release", "run", "weekly", "decision", "report", "cloning", "series"];

/// A page that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// What it is about.
    pub subject: Subject,
    /// Its kind, as programs and catalogues name it.
    pub kind: &'static str,
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: String,
    /// The language of its title and text, where that is not the one of the index.
    pub language: Option<String>,
    /// The ids by which people ask for this very page.
    pub codes: Vec<String>,
    /// Its text. The first passage stands before all headings.
    pub passages: Vec<Passage<'a>>,
    /// What its marking begins with, where it has one.
    pub marking: Option<String>,
    /// By which way one comes to it, where its title alone would not tell it from another page.
    pub way: Option<String>,
}

impl Entry<'_> {
    /// The id by which people call it, where that is not in its title.
    pub fn code(&self) -> Option<&str> {
        self.codes.first().map(String::as_str).filter(|code| !self.title.contains(code))
    }
}

/// The text below a heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage<'a> {
    /// Its id in the page; empty for the beginning of the page.
    pub anchor: Cow<'a, str>,
    /// The heading.
    pub heading: Cow<'a, str>,
    /// The words below it, up to the next heading.
    pub text: Cow<'a, str>,
}

impl<'a> Passage<'a> {
    /// The words before the first heading.
    pub fn lead(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// Every page of the portal that can be found in `language`, kind by kind.
pub fn all<'a>(portal: &'a Portal, theme: &'a Theme, language: &'a str) -> Vec<Entry<'a>> {
    let is_found = |subject: &&Subject| match subject {
        Subject::NotFound
        | Subject::Search
        | Subject::Slides(_)
        | Subject::Part(..)
        | Subject::Difference(_)
        | Subject::PageDifference(..) => false,
        Subject::Document(key) => !portal.site.is_hidden(key),
        _ => true,
    };
    let of = |subject: &'a Subject| entry(&View::new(portal, theme, subject, language));
    let mut entries: Vec<Entry<'a>> = portal.routes.subjects().filter(is_found).map(of).collect();
    entries.sort_by(order);
    tell_apart(&mut entries, |entry| way(&View::new(portal, theme, &entry.subject, language)));
    entries
}

/// Gives the pages that share a title, and have no code that tells them apart, their `way`; and their address where
/// that is the same, too.
fn tell_apart(entries: &mut [Entry<'_>], way: impl Fn(&Entry<'_>) -> String) {
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        alike.entry(entry.title.clone()).or_default().push(at);
    }
    for pages in alike.into_values().filter(|pages| pages.len() > 1) {
        let pages = pages.into_iter().filter_map(|at| entries.get(at).map(|entry| (at, entry)));
        let ways: Vec<(usize, String, String)> = pages
            .filter(|(_, entry)| entry.code().is_none())
            .map(|(at, entry)| (at, way(entry), entry.address.trim_matches('/').to_owned()))
            .collect();
        for (at, way, address) in &ways {
            let is_shared = ways.iter().filter(|(_, other, _)| other == way).count() > 1;
            if let Some(entry) = entries.get_mut(*at) {
                entry.way = Some(if is_shared { address } else { way }.clone()).filter(|way| !way.is_empty());
            }
        }
    }
}

/// The titles from the home page to the page.
fn way(view: &View<'_>) -> String {
    let titles: Vec<String> = way_to(view).into_iter().map(Spoken::into_text).collect();
    titles.join(" › ")
}

fn order(a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
    let of_kind = |kind| KINDS.iter().position(|each| *each == kind).unwrap_or(KINDS.len());
    let by_address =
        if DATED.contains(&a.kind) { b.address.cmp(&a.address) } else { a.address.cmp(&b.address) };
    of_kind(a.kind).cmp(&of_kind(b.kind)).then(by_address)
}

fn entry<'a>(view: &View<'a>) -> Entry<'a> {
    let document = document(view);
    let article = document.map(|document| document.text(view.language));
    let mut passages: Vec<Passage<'a>> = vec![Passage::default()];
    if let Some(article) = article {
        passages = of_article(view, article);
    }
    if let Subject::List(_) = view.subject {
        passages.extend(lede(view).map(|lede| Passage::lead(lede.into_text())));
    }
    let (codes, told) = records::told(view);
    passages.extend(told);
    if matches!(
        view.subject,
        Subject::Counting | Subject::Rules | Subject::Reference | Subject::KindReference(_)
    ) {
        passages.extend(sections(view).iter().flat_map(of_section));
    }
    let restriction =
        article.map_or_else(|| records::restriction(view), |article| article.restriction.as_ref());
    let title =
        document.map_or_else(|| view.name(view.subject), |document| view.document_title(&document.key));
    Entry {
        kind: kind_key(&view.portal.site, view.subject),
        address: view.address.clone(),
        language: foreign(&title),
        title: title.into_text(),
        marking: restriction.and_then(|restriction| marking(view, restriction).into_iter().next()),
        subject: view.subject.clone(),
        codes,
        way: None,
        passages: joined(passages),
    }
}

/// The language of a text that is wholly in another one than its page.
fn foreign(text: &Spoken) -> Option<String> {
    let mut parts = text.parts();
    let first = parts.next().and_then(|(_, language)| language.map(str::to_owned));
    if parts.next().is_none() { first } else { None }
}

/// The Markdown page that stands on the page, alone or above what the generator adds.
fn document<'a>(view: &View<'a>) -> Option<&'a Document> {
    let site = &view.portal.site;
    let index = |folder: &str| {
        let names = ["index", "README"].into_iter();
        let key = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        names.map(key).find_map(|key| site.document(&key))
    };
    match view.subject {
        Subject::Home => index(""),
        Subject::Document(key) => site.document(key),
        Subject::List(List::Tickets) => index("tickets").or_else(|| index(List::Tickets.folder())),
        Subject::List(list) => index(list.folder()),
        _ => None,
    }
}

fn of_article<'a>(view: &View<'_>, article: &'a Article) -> Vec<Passage<'a>> {
    let front = &article.front;
    let said = front.description.as_ref().map(|text| text.get(&article.language, view.default_language()));
    let lead: Vec<&str> = said
        .into_iter()
        .chain([article.body.lead.as_str()])
        .chain(front.tags.iter().map(String::as_str))
        .filter(|text| !text.is_empty())
        .collect();
    let lead = Passage::lead(lead.join(" "));
    let below = article.body.headings.iter().map(|heading| Passage {
        anchor: heading.id.as_str().into(),
        heading: heading.text.as_str().into(),
        text: heading.content.as_str().into(),
    });
    std::iter::once(lead).chain(below).collect()
}

fn of_section<'a>(section: &Section) -> Vec<Passage<'a>> {
    vec![Passage {
        anchor: section.id.clone().into(),
        heading: section.title.clone().into_text().into(),
        text: plain(section).into(),
    }]
}

/// What has no heading belongs to the beginning of the page.
fn joined(passages: Vec<Passage<'_>>) -> Vec<Passage<'_>> {
    let (leads, mut rest): (Vec<Passage<'_>>, Vec<Passage<'_>>) =
        passages.into_iter().partition(|passage| passage.heading.is_empty());
    let leads: Vec<&str> = leads.iter().map(|lead| &*lead.text).filter(|text| !text.is_empty()).collect();
    rest.insert(0, Passage::lead(leads.join(" ")));
    rest
}
