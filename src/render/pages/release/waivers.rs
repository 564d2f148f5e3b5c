//! The waivers of a release.

use super::super::super::blocks::{Block, Cell, Section, Table, join, text};
use super::super::super::names::View;
use super::super::labels::column;
use crate::model::records::Record;
use crate::model::release::{Release, Waiver};

/// What was accepted, by whom and until when.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    if release.waivers.is_empty() {
        return None;
    }
    let table = Table {
        label: view.say("release.waivers"),
        columns: vec![
            column(view, "field.id"),
            column(view, "field.rule"),
            column(view, "field.defects"),
            column(view, "field.reason"),
            column(view, "field.approved_by"),
            column(view, "field.expires"),
        ],
        rows: release.waivers.iter().map(|waiver| row(view, waiver)).collect(),
        sort: false,
    };
    Some(Section::new("waivers", view.say("release.waivers"), vec![Block::Table(table)]))
}

fn row(view: &View<'_>, waiver: &Waiver) -> Vec<Cell> {
    vec![
        Cell::from(text(waiver.id.value.clone())),
        text(view.say(&format!("metric.{}", waiver.rule.word()))).into(),
        join(waiver.defects.iter().map(|defect| view.pointer(defect.pointer())), ", ").into(),
        view.line(waiver.reason.as_ref()).into(),
        waiver
            .approved_by
            .as_ref()
            .map_or_else(|| view.unknown(), |role| view.pointer(role.pointer()))
            .into(),
        waiver.expires.as_ref().map_or_else(|| view.unknown(), |day| view.day(day.value)).into(),
    ]
}
