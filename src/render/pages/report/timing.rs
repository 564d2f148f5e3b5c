//! How a report stands against its time, in words.

use super::super::super::blocks::{Line, State, status, text};
use super::super::super::names::View;
use crate::derive::report::timeliness::{self, Timeliness};
use crate::derive::schedule::working_hours::WorkingTime;
use crate::model::page::Report;
use crate::record::time::Moment;

/// How a report stands on the portal's day.
pub fn state(view: &View<'_>, report: &Report) -> Line {
    shown(view, timeliness::of_report(&view.portal.site, report, view.portal.as_of).timeliness)
}

/// When a report was issued, if it was by the day that is shown.
pub fn when_issued(view: &View<'_>, report: &Report) -> Option<Moment> {
    timeliness::issued(&view.portal.site, report, view.portal.as_of)
}

/// Icon and word.
pub fn shown(view: &View<'_>, timeliness: Timeliness) -> Line {
    let say = |key: &str| view.say(&format!("report_state.{key}"));
    match timeliness {
        Timeliness::Missing(by) => {
            status(State::with_icon("overdue", "clock"), by_how_much(view, by, "missing"))
        }
        Timeliness::NotYetDue => status(State::named("in_progress"), say("due")),
        Timeliness::Unscheduled => status(State::named("not_run"), say("draft")),
        Timeliness::Late(by) => status(State::with_icon("limited", "clock"), by_how_much(view, by, "late")),
        Timeliness::Issued => status(State::named("passed"), say("issued")),
        Timeliness::OnTime => status(State::named("passed"), say("on_time")),
    }
}

/// The word with the working time; without it, where none has passed.
fn by_how_much(view: &View<'_>, by: WorkingTime, key: &str) -> String {
    if by.seconds == 0 {
        return view.say(&format!("report_state.{key}"));
    }
    view.fill(&format!("report_state.{key}_by"), &[("time", &view.words().duration(by.seconds))])
}

/// The day or time on which something is due or was issued, with how far it is away.
pub fn due(view: &View<'_>, due: Option<&Moment>) -> Line {
    let Some(due) = due else { return view.unknown() };
    let day = due.date(&view.portal.site.zone);
    let mut line = view.moment(due);
    if day >= view.portal.as_of {
        line = super::super::super::blocks::with_small(line, text(view.relative(day)));
    }
    line
}
