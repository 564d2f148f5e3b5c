//! The test data of a release.

use std::collections::BTreeSet;

use super::super::super::blocks::{Block, Line, Row, Section, text, with_small};
use super::super::super::names::View;
use super::super::states::shown_or_unknown;
use crate::derive::environment::test_data;
use crate::derive::gate::data_sets;
use crate::derive::page::routes::Subject;
use crate::model::records::Record;
use crate::model::release::Release;

/// Every set that the release needs, with its state.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let sets: BTreeSet<&str> = data_sets(view.portal.basis(), release);
    let rows: Vec<Row> = sets.iter().map(|id| row(view, id)).collect();
    if rows.is_empty() {
        return None;
    }
    let is_ready = |id: &&&str| {
        view.portal
            .site
            .data
            .get(id)
            .is_some_and(|set| test_data::is_usable(&view.portal.site, set, view.portal.as_of))
    };
    let ready = sets.iter().filter(is_ready).count();
    let section = Section::new("data", view.say("release.data"), vec![Block::Rows { ordered: false, rows }]);
    Some(section.aside(text(view.words().of(ready, sets.len()))))
}

fn row(view: &View<'_>, id: &str) -> Row {
    let set = view.portal.site.data.get(id);
    let subject = Subject::DataSet(id.to_owned());
    let title = view.name(&subject);
    let about = if title == *id { Line::new() } else { text(title) };
    let state = set.map(|set| test_data::status(&view.portal.site, set, view.portal.as_of));
    let aside = shown_or_unknown(view, state.as_ref());
    Row { what: with_small(view.id(&subject, id), about), aside, icon: Some("database"), ..Row::default() }
}
