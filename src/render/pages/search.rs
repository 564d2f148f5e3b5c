//! All pages by the alphabet.

use super::super::blocks::{Block, Head, Row, Section, link, text};
use super::super::names::{View, icon};
use super::Sheet;
use super::document::kind_name;
use crate::derive::page::routes::Subject;
use crate::words::Spoken;

/// The A–Z of pages.
pub fn sheet(view: &View<'_>) -> Sheet {
    let mut pages: Vec<(Spoken, &Subject)> = view
        .portal
        .routes
        .subjects()
        .filter(|subject| {
            !matches!(
                subject,
                Subject::NotFound
                    | Subject::Search
                    | Subject::Slides(_)
                    | Subject::Case(_)
                    | Subject::NamedCase(..)
                    | Subject::Part(..)
                    | Subject::PageDifference(..)
            ) && !matches!(subject, Subject::Document(key) if view.portal.site.is_hidden(key))
        })
        .map(|subject| (view.name(subject), subject))
        .collect();
    pages.sort_by(|a, b| view.words().compare(&a.0, &b.0).then_with(|| a.1.cmp(b.1)));
    let mut sections: Vec<(String, Vec<Row>)> = Vec::new();
    for (name, subject) in pages {
        let letter = initial(&name);
        let row = Row {
            what: link(name, view.href(subject)),
            aside: text(kind_name(view, subject)),
            icon: Some(icon(subject)),
            ..Row::default()
        };
        match sections.last_mut() {
            Some((last, rows)) if *last == letter => rows.push(row),
            _ => sections.push((letter, vec![row])),
        }
    }
    let sections = sections
        .into_iter()
        .enumerate()
        .map(|(at, (letter, rows))| {
            Section::new(format!("letter-{}", at + 1), letter, vec![Block::Rows { ordered: false, rows }])
        })
        .collect();
    let head = Head {
        title: view.said("search.all_pages"),
        lede: Some(view.said("search.all_pages_text")),
        ..Head::default()
    };
    Sheet::new("search.html", head, sections)
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
