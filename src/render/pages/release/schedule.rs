//! The dates of a release, and what moved.

use super::super::super::blocks::{Bit, Line, Row, Section, text, with_small};
use super::super::super::names::View;
use super::super::labels::rows_or;
use super::super::releases::{event_time, moves};
use crate::derive::routes::{List, Subject};
use crate::derive::schedule::{self, Event, EventKind};
use crate::model::records::Record;
use crate::model::release::Release;

/// Every event in its order.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let events = schedule::of_release(&view.portal.site, release);
    let rows: Vec<Row> = events.iter().map(|event| row(view, release, event)).collect();
    let block = rows_or(view, rows, "schedule.empty");
    Section::new("schedule", view.say("release.schedule"), vec![block])
        .more(view.say("schedule.title"), view.href(&Subject::List(List::Schedule)))
}

fn row(view: &View<'_>, release: &Release, event: &Event) -> Row {
    let mut what = text(view.say(&format!("event.{}", event.kind.word())));
    if let EventKind::Release(kind) = event.kind {
        what = with_small(what, moves(view, release, kind));
    }
    let mut aside = Line::new();
    if event.tentative {
        aside.push(Bit::Badge { text: view.say("schedule.tentative"), class: "" });
    }
    if event.cancelled {
        aside.push(Bit::Badge { text: view.say("time.cancelled"), class: "is-skipped" });
    }
    let class = if event.last_day() < view.portal.as_of {
        "past"
    } else if event.day() <= view.portal.as_of {
        "today"
    } else {
        ""
    };
    Row { when: event_time(view, event), what, aside, class, icon: None }
}
