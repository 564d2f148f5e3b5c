//! The times of a release's schedule by their event.

use crate::model::release::{Schedule, ScheduleEvent};
use crate::record::time::Moment;

/// When `event` is to come, of an install its beginning; nothing where no time is written.
pub fn of(schedule: &Schedule, event: ScheduleEvent) -> Option<Moment> {
    let at = match event {
        ScheduleEvent::Freeze => &schedule.freeze,
        ScheduleEvent::TestStart => &schedule.test_start,
        ScheduleEvent::TestDeadline => &schedule.test_deadline,
        ScheduleEvent::ReportDue => &schedule.report_due,
        ScheduleEvent::Decision => &schedule.decision,
        ScheduleEvent::Install => return schedule.install.as_ref().map(|window| window.from),
    };
    at.as_ref().map(|at| at.value)
}
