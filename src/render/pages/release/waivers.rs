//! The waivers of a release.

use jiff::civil::Date;

use super::super::super::blocks::{Block, Cell, Section, Table, text, whole};
use super::super::super::names::View;
use super::super::labels::column;
use super::super::states::shown;
use crate::derive::gate::waiver::state;
use crate::model::records::Record;
use crate::model::release::{Release, Waiver};

/// What was accepted, by whom and until when.
/// `day` is the day for which they are judged.
pub fn section(view: &View<'_>, release: &Record<Release>, day: Date) -> Option<Section> {
    if release.waivers.is_empty() {
        return None;
    }
    let table = Table {
        label: view.say("release.waivers"),
        columns: vec![
            column(view, "field.id"),
            column(view, "field.state"),
            column(view, "field.rule"),
            column(view, "field.defects"),
            column(view, "field.reason"),
            column(view, "field.risk"),
            column(view, "field.approved_by"),
            column(view, "field.expires"),
        ],
        rows: release.waivers.iter().map(|waiver| row(view, waiver, day)).collect(),
        sort: false,
    };
    Some(Section::new("waivers", view.say("release.waivers"), vec![Block::Table(table)]))
}

fn row(view: &View<'_>, waiver: &Waiver, day: Date) -> Vec<Cell> {
    vec![
        Cell::from(text(waiver.id.value.clone())),
        shown(view, &state(&view.portal.site, waiver, day)).into(),
        text(view.say(&format!("metric.{}", waiver.rule.word()))).into(),
        view.row(waiver.defects.iter().map(|defect| view.pointer(defect.pointer()))).into(),
        whole(view.line(waiver.reason.as_ref())).into(),
        waiver
            .risk
            .map_or_else(|| view.unknown(), |risk| text(view.say(&format!("risk.{}", risk.word()))))
            .into(),
        waiver
            .approved_by
            .as_ref()
            .map_or_else(|| view.unknown(), |role| view.pointer(role.pointer()))
            .into(),
        waiver.expires.as_ref().map_or_else(|| view.unknown(), |day| view.day(day.value)).into(),
    ]
}
