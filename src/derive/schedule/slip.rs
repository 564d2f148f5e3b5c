//! How far an event of a release moved (content model, section 5): present less first published time, in
//! workdays, and the number of moves.

use jiff::civil::Date;

use crate::derive::schedule::times;
use crate::derive::schedule::workdays::Workdays;
use crate::model::Site;
use crate::model::release::{Release, ScheduleEvent};

/// How far an event moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// Workdays; negative, if it comes earlier than first published.
    pub workdays: i64,
    /// How often it moved.
    pub moves: usize,
}

/// The slip of `event`; nothing, if it never moved or has no time.
pub fn of(site: &Site, release: &Release, event: ScheduleEvent) -> Option<Slip> {
    let changes = || release.schedule_changes.iter().filter(|change| change.event.value == event);
    let first = changes().min_by_key(|change| change.at.civil(&site.zone))?.was.date(&site.zone);
    let present = times::of(&release.schedule, event)?.date(&site.zone);
    Some(Slip { workdays: workdays(site, first, present), moves: changes().count() })
}

/// How many workdays `present` lies after `first`; negative, if before it.
pub fn workdays(site: &Site, first: Date, present: Date) -> i64 {
    let workdays = Workdays::of(&site.portal);
    let count = |days: usize| i64::try_from(days).unwrap_or(i64::MAX);
    if present < first {
        -count(workdays.between(present, first))
    } else {
        count(workdays.between(first, present))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    #[test]
    fn a_slip_is_counted_from_the_first_published_time() {
        let slip = |install: &str, changes: &str| {
            let text = format!(
                "product: a\ncontents: []\nschedule: {{install: {install}}}\nschedule_changes: [{changes}]\n"
            );
            let site = tree(&[("releases/r.yaml", &text)]);
            of(&site, site.releases.get("r").expect("the release"), ScheduleEvent::Install)
                .map(|slip| (slip.workdays, slip.moves))
        };
        let moved = |at: &str, was: &str| format!("{{at: {at}, event: install, was: {was}}}");
        assert_eq!(slip("2026-10-20", ""), None);
        assert_eq!(slip("2026-10-20T20:00", &moved("2026-10-08", "2026-10-19T20:00")), Some((1, 1)));
        // From Friday to Monday lies one workday, whatever came between.
        let twice = format!("{}, {}", moved("2026-10-08", "2026-10-21"), moved("2026-10-01", "2026-10-16"));
        assert_eq!(slip("2026-10-19", &twice), Some((1, 2)));
        assert_eq!(slip("2026-10-16", &moved("2026-10-08", "2026-10-19")), Some((-1, 1)));
    }
}
