//! The dates of a release, and what moved.

use super::super::super::blocks::{Bit, Line, Row, Section, join, text, with_small};
use super::super::super::names::View;
use super::super::events;
use super::super::labels::rows_or;
use super::super::releases::event_time;
use crate::derive::page::routes::{List, Subject};
use crate::derive::schedule::{self, Event};
use crate::model::records::Record;
use crate::model::release::Release;

/// Every event in its order.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let events = schedule::of_release(&view.portal.site, release);
    let rows: Vec<Row> = events.iter().map(|event| row(view, event)).collect();
    let block = rows_or(view, rows, "schedule.empty");
    Section::new("schedule", view.say("release.schedule"), vec![block])
        .more(view.say("schedule.title"), view.href(&Subject::List(List::Schedule)))
}

fn row(view: &View<'_>, event: &Event) -> Row {
    let what = with_small(text(events::kind_name(view, event.kind)), events::moves(view, event));
    let mut aside = Line::new();
    if event.tentative {
        aside.push(Bit::Badge { text: view.say("schedule.tentative"), class: "" });
    }
    if event.cancelled {
        aside.push(Bit::Badge { text: view.say("time.cancelled"), class: "is-skipped" });
    }
    if event.last_day() >= view.portal.as_of {
        let to_calendar = events::to_calendar(view, event);
        aside = join([aside, to_calendar].into_iter().filter(|line| !line.is_empty()), " ");
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
