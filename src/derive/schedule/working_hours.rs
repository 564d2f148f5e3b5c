//! Hours in which the agency works: 9:00 to 17:00 on the workdays of the portal, in its time zone.
//!
//! Lateness and times to report are told in them, so that a night or a weekend makes nobody slower.
//! Eight hours make a day; which eight they are changes no sum of whole days. Days before a holiday
//! count in full.

use jiff::civil::{Date, DateTime, Time};

use crate::derive::schedule::workdays::Workdays;

/// When a workday begins.
const OPENS: Time = Time::constant(9, 0, 0, 0);

/// When it ends.
const CLOSES: Time = Time::constant(17, 0, 0, 0);

/// A length of working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct WorkingTime {
    /// Its length in seconds.
    pub seconds: u64,
}

impl WorkingTime {
    /// So many hours.
    pub fn hours(hours: u64) -> Self {
        Self { seconds: hours.saturating_mul(3600) }
    }

    /// In English, for messages: `3 h 30 min of working time`.
    pub fn phrase(self) -> String {
        let (hours, minutes) = (self.seconds / 3600, self.seconds / 60 % 60);
        match (hours, minutes) {
            (0, 0) => "out of working hours".to_owned(),
            (0, _) => format!("{minutes} min of working time"),
            (_, 0) => format!("{hours} h of working time"),
            _ => format!("{hours} h {minutes} min of working time"),
        }
    }
}

/// How much working time lies between two times of the portal's zone; none, if `until` is not later.
pub fn between(workdays: Workdays<'_>, from: DateTime, until: DateTime) -> WorkingTime {
    let days = std::iter::successors(Some(from.date()), |day| day.tomorrow().ok());
    let seconds = days
        .take_while(|day| *day <= until.date())
        .filter(|day| workdays.has(*day))
        .map(|day| within(day, from, until))
        .sum();
    WorkingTime { seconds }
}

/// The seconds of the workday `day` that lie between `from` and `until`.
fn within(day: Date, from: DateTime, until: DateTime) -> u64 {
    let begins = from.max(day.to_datetime(OPENS));
    let ends = until.min(day.to_datetime(CLOSES));
    u64::try_from(ends.duration_since(begins).as_secs()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse::sample::tree;

    #[test]
    fn nights_weekends_and_days_off_do_not_count() {
        let site =
            tree(&[("portal.yaml", "title: T\nworkdays: {days: [], holidays: [2026-06-23, 2026-06-24]}")]);
        let workdays = Workdays::of(&site.portal);
        let minutes = |from: DateTime, until: DateTime| between(workdays, from, until).seconds / 60;
        for (from, until, wanted) in [
            // Within a day.
            (date(2026, 10, 12).at(11, 20, 0, 0), date(2026, 10, 12).at(13, 5, 0, 0), 105),
            // Over the night.
            (date(2026, 10, 12).at(16, 30, 0, 0), date(2026, 10, 13).at(9, 30, 0, 0), 60),
            // From Friday afternoon to Monday morning.
            (date(2026, 10, 16).at(16, 0, 0, 0), date(2026, 10, 19).at(10, 0, 0, 0), 120),
            // Over Victory Day and Midsummer Day.
            (date(2026, 6, 22).at(9, 0, 0, 0), date(2026, 6, 25).at(17, 0, 0, 0), 960),
            // On a Saturday, and before and after work.
            (date(2026, 10, 17).at(9, 0, 0, 0), date(2026, 10, 17).at(17, 0, 0, 0), 0),
            (date(2026, 10, 12).at(17, 0, 0, 0), date(2026, 10, 13).at(9, 0, 0, 0), 0),
            // Backwards.
            (date(2026, 10, 13).at(9, 0, 0, 0), date(2026, 10, 12).at(9, 0, 0, 0), 0),
            (date(2026, 10, 12).at(12, 0, 0, 0), date(2026, 10, 12).at(11, 0, 0, 0), 0),
        ] {
            assert_eq!(minutes(from, until), wanted, "{from} to {until}");
        }
    }
}
