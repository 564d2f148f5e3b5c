//! The decisions about a release.

use super::super::super::blocks::{Row, Section, with_small};
use super::super::super::names::View;
use super::super::labels::rows_or;
use super::super::states::shown;
use crate::derive::routes::Subject;
use crate::model::records::Record;
use crate::model::release::Release;

/// Every decision, with its reason.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let rows: Vec<Row> = view
        .portal
        .site
        .decisions
        .iter()
        .filter(|decision| decision.release.id() == release.id)
        .map(|decision| Row {
            when: view.moment(&decision.decided),
            what: with_small(
                view.link(&Subject::Decision(decision.id.clone())),
                view.line(decision.reason.as_ref()),
            ),
            aside: shown(view, &decision.outcome.value),
            ..Row::default()
        })
        .collect();
    let block = rows_or(view, rows, "release.decision_pending");
    Section::new("decision", view.say("release.decision"), vec![block])
}
