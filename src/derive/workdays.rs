//! The days on which the agency works.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday as CivilWeekday};

use crate::model::portal::{Portal, Weekday};

/// Working days: the portal's days of the week without its holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days: Vec<CivilWeekday>,
    holidays: BTreeSet<Date>,
}

impl Calendar {
    /// The calendar of `portal`; Monday to Friday, if it names no days.
    pub fn of(portal: &Portal) -> Self {
        let workdays = portal.workdays.as_ref();
        let named = workdays.map(|workdays| workdays.days.as_slice()).unwrap_or_default();
        let days = if named.is_empty() { &Weekday::ALL[..5] } else { named };
        Self {
            days: days.iter().copied().map(civil).collect(),
            holidays: workdays
                .map(|workdays| workdays.holidays.iter().copied().collect())
                .unwrap_or_default(),
        }
    }

    /// Whether the agency works on `day`.
    pub fn is_workday(&self, day: Date) -> bool {
        self.days.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// The working day that comes `workdays` working days after `day`; `day` itself for none.
    pub fn after(&self, day: Date, workdays: u32) -> Date {
        let mut left = workdays;
        let mut at = day;
        while left > 0 {
            let Ok(next) = at.tomorrow() else { return at };
            at = next;
            left -= u32::from(self.is_workday(at));
        }
        at
    }
}

fn civil(day: Weekday) -> CivilWeekday {
    match day {
        Weekday::Monday => CivilWeekday::Monday,
        Weekday::Tuesday => CivilWeekday::Tuesday,
        Weekday::Wednesday => CivilWeekday::Wednesday,
        Weekday::Thursday => CivilWeekday::Thursday,
        Weekday::Friday => CivilWeekday::Friday,
        Weekday::Saturday => CivilWeekday::Saturday,
        Weekday::Sunday => CivilWeekday::Sunday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let holiday = Date::constant(2026, 12, 24);
        let mut calendar = Calendar::of(&Portal::plain("x"));
        assert_eq!(calendar.after(Date::constant(2026, 12, 23), 1), holiday);
        calendar.holidays.insert(holiday);
        assert_eq!(calendar.after(Date::constant(2026, 12, 23), 1), Date::constant(2026, 12, 25));
        assert_eq!(calendar.after(Date::constant(2026, 12, 23), 2), Date::constant(2026, 12, 28));
        assert_eq!(calendar.after(Date::constant(2026, 12, 26), 0), Date::constant(2026, 12, 26));
    }
}
