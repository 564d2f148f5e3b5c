//! Links back: the pages that refer to a record's page.

use super::super::blocks::{Block, Row, Section, text};
use super::super::names::{View, icon};
use super::document::kind_name;
use crate::derive::routes::Subject;

/// How many are shown at most; a page is not a catalogue.
const MOST: usize = 40;

/// The pages that refer to this one, without those that it shows in a section of their own.
pub fn section(view: &View<'_>, is_shown: fn(&Subject) -> bool) -> Option<Section> {
    let found: Vec<&Subject> = view
        .portal
        .backlinks
        .to(view.subject)
        .filter(|subject| view.portal.routes.has(subject) && !is_shown(subject))
        .filter(|subject| !matches!(subject, Subject::Home | Subject::List(_) | Subject::Folder(_)))
        .collect();
    if found.is_empty() {
        return None;
    }
    let rows = found.iter().take(MOST).map(|subject| row(view, subject)).collect();
    let section =
        Section::new("referred-by", view.say("nav.referred_by"), vec![Block::Rows { ordered: false, rows }]);
    let is_cut = found.len() > MOST;
    Some(if is_cut { section.aside(text(view.words().of(MOST, found.len()))) } else { section })
}

fn row(view: &View<'_>, subject: &Subject) -> Row {
    Row {
        what: view.link(subject),
        aside: text(kind_name(view, subject)),
        icon: Some(icon(subject)),
        ..Row::default()
    }
}
