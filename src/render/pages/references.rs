//! What refers to a page.

use super::super::blocks::{Block, Row, Section, text};
use super::super::names::{View, icon};
use super::document::kind_name;
use crate::derive::page::routes::Subject;

/// How many references a page lists.
const MOST: usize = 50;

/// The pages that refer to this one, but for lists and those that its own sections show; nothing where
/// no other does.
pub fn section(view: &View<'_>, is_shown: impl Fn(&Subject) -> bool) -> Option<Section> {
    let referring: Vec<&Subject> = view
        .portal
        .backlinks
        .to(view.subject)
        .filter(|subject| view.portal.routes.has(subject) && !is_shown(subject))
        .filter(|subject| !matches!(subject, Subject::Home | Subject::List(_) | Subject::Folder(_)))
        .collect();
    if referring.is_empty() {
        return None;
    }
    let rows = referring
        .iter()
        .take(MOST)
        .map(|subject| Row {
            what: view.link(subject),
            aside: text(kind_name(view, subject)),
            icon: Some(icon(subject)),
            ..Row::default()
        })
        .collect();
    let mut blocks = vec![Block::Rows { ordered: false, rows }];
    if referring.len() > MOST {
        blocks.push(Block::Paragraphs {
            lines: vec![text(view.words().count("count.more", referring.len() - MOST))],
        });
    }
    Some(Section::new("references", view.say("nav.referred_by"), blocks))
}
