//! What a release consists of.

use super::super::super::blocks::{Bit, Block, Cell, Line, Section, Table, join, text, with_small};
use super::super::super::names::View;
use super::super::labels::column;
use crate::model::records::Record;
use crate::model::release::{Content, Release};

/// Every ticket with its risk and cases.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let block = if release.contents.is_empty() {
        Block::Empty { text: view.say("release.contents_empty") }
    } else {
        Block::Table(Table {
            label: view.say("release.contents"),
            columns: vec![
                column(view, "kind.ticket"),
                column(view, "field.title"),
                column(view, "field.change"),
                column(view, "field.risk"),
                column(view, "field.cases"),
            ],
            rows: release.contents.iter().map(|content| row(view, content)).collect(),
            sort: true,
        })
    };
    Section::new("contents", view.say("release.contents"), vec![block])
        .aside(text(view.words().count("count.changes", release.contents.len())))
}

fn row(view: &View<'_>, content: &Content) -> Vec<Cell> {
    let flag = content
        .flag
        .as_ref()
        .map_or_else(Line::new, |flag| text(format!("{}: {flag}", view.say("release.flag"))));
    let risk = content.risk.as_ref().map(|risk| risk.value);
    vec![
        Cell::from(view.ticket(&content.ticket)),
        with_small(view.line(content.title.as_ref()), flag).into(),
        content
            .change
            .map_or_else(|| view.unknown(), |change| text(view.say(&format!("change.{}", change.word()))))
            .into(),
        Cell::sorted(
            risk.map_or_else(|| view.unknown(), |risk| text(view.say(&format!("risk.{}", risk.word())))),
            risk.map_or(9, |risk| risk as u8),
        ),
        if content.cases.is_empty() {
            Cell::from(vec![Bit::Small { line: text(view.say("release.without_cases")) }])
        } else {
            join(content.cases.iter().map(|case| view.pointer(case.pointer())), ", ").into()
        },
    ]
}
