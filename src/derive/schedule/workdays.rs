//! Days on which the agency works.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::model::portal::{self, Portal};

/// The days of the week and days off of a portal.
#[derive(Debug, Clone, Copy)]
pub struct Workdays<'a> {
    settings: Option<&'a portal::Workdays>,
}

impl<'a> Workdays<'a> {
    /// The workdays of `portal`; Monday to Friday without days off, where it says nothing.
    pub fn of(portal: &'a Portal) -> Self {
        Self { settings: portal.workdays.as_ref() }
    }

    /// Whether the agency works on `day`.
    pub fn has(self, day: Date) -> bool {
        self.is_in_week(day.weekday())
            && !self.settings.is_some_and(|settings| settings.holidays.contains(&day))
    }

    /// How many workdays lie after `from` up to and with `until`: the workdays by which something
    /// due on `from` is late on `until`. None if `until` is not later.
    pub fn between(self, from: Date, until: Date) -> usize {
        after(from).take_while(|day| *day <= until).filter(|day| self.has(*day)).count()
    }

    /// The workday that is `count` workdays after `day`; `day` itself for none. The end of the
    /// calendar, where it is nearer.
    pub fn add(self, day: Date, count: usize) -> Date {
        match count.checked_sub(1) {
            None => day,
            Some(skipped) => after(day).filter(|day| self.has(*day)).nth(skipped).unwrap_or(Date::MAX),
        }
    }

    /// The last workday from which it is `count` workdays to `day`: of those `between` counts so many.
    /// `day` itself for none; the beginning of the calendar, where it is nearer.
    pub fn before(self, day: Date, count: usize) -> Date {
        let back = || std::iter::successors(Some(day), |day| day.yesterday().ok());
        if count == 0 { day } else { back().filter(|day| self.has(*day)).nth(count).unwrap_or(Date::MIN) }
    }

    fn is_in_week(self, day: Weekday) -> bool {
        match self.settings {
            Some(settings) if !settings.days.is_empty() => settings.days.iter().any(|of| weekday(*of) == day),
            _ => !matches!(day, Weekday::Saturday | Weekday::Sunday),
        }
    }
}

/// The days after `day`, to the end of the calendar.
fn after(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(day), |day| day.checked_add(1.day()).ok()).skip(1)
}

fn weekday(day: portal::Weekday) -> Weekday {
    match day {
        portal::Weekday::Monday => Weekday::Monday,
        portal::Weekday::Tuesday => Weekday::Tuesday,
        portal::Weekday::Wednesday => Weekday::Wednesday,
        portal::Weekday::Thursday => Weekday::Thursday,
        portal::Weekday::Friday => Weekday::Friday,
        portal::Weekday::Saturday => Weekday::Saturday,
        portal::Weekday::Sunday => Weekday::Sunday,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Estonian days off around Victory Day and Christmas of 2026.
    fn estonian() -> portal::Workdays {
        use portal::Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
        let holidays = vec![
            date(2026, 6, 23),
            date(2026, 6, 24),
            date(2026, 12, 24),
            date(2026, 12, 25),
            date(2026, 12, 26),
        ];
        portal::Workdays { days: vec![Monday, Tuesday, Wednesday, Thursday, Friday], holidays }
    }

    #[test]
    fn days_off_are_not_workdays() {
        let settings = estonian();
        let workdays = Workdays { settings: Some(&settings) };
        for (day, works) in [
            (date(2026, 10, 16), true),
            (date(2026, 10, 17), false),
            (date(2026, 6, 23), false),
            (date(2026, 12, 24), false),
            (date(2026, 12, 28), true),
        ] {
            assert_eq!(workdays.has(day), works, "{day}");
        }
    }

    #[test]
    fn lateness_is_counted_from_the_day_after() {
        let settings = estonian();
        let workdays = Workdays { settings: Some(&settings) };
        for (due, as_of, late) in [
            (date(2026, 10, 14), date(2026, 10, 16), 2),
            (date(2026, 10, 9), date(2026, 10, 16), 5),
            // From Friday to Sunday nobody works.
            (date(2026, 10, 16), date(2026, 10, 18), 0),
            // Tuesday and Wednesday are Victory Day and Midsummer Day.
            (date(2026, 6, 22), date(2026, 6, 25), 1),
            (date(2026, 12, 23), date(2026, 12, 28), 1),
            (date(2026, 10, 16), date(2026, 10, 16), 0),
            (date(2026, 10, 16), date(2026, 10, 14), 0),
        ] {
            assert_eq!(workdays.between(due, as_of), late, "{due} to {as_of}");
        }
    }

    #[test]
    fn added_workdays_skip_days_off() {
        let settings = estonian();
        let workdays = Workdays { settings: Some(&settings) };
        for (day, count, wanted) in [
            (date(2026, 10, 16), 0, date(2026, 10, 16)),
            (date(2026, 10, 16), 1, date(2026, 10, 19)),
            (date(2026, 10, 16), 5, date(2026, 10, 23)),
            (date(2026, 6, 22), 1, date(2026, 6, 25)),
            (date(2026, 12, 23), 2, date(2026, 12, 29)),
            (Date::MAX, 3, Date::MAX),
        ] {
            assert_eq!(workdays.add(day, count), wanted, "{day} + {count}");
        }
    }

    #[test]
    fn a_portal_that_says_nothing_works_from_monday_to_friday() {
        let plain = Workdays { settings: None };
        let nothing = portal::Workdays { days: Vec::new(), holidays: vec![date(2026, 10, 16)] };
        assert!(plain.has(date(2026, 10, 16)) && !plain.has(date(2026, 10, 18)));
        assert!(!Workdays { settings: Some(&nothing) }.has(date(2026, 10, 16)));
        assert!(Workdays { settings: Some(&nothing) }.has(date(2026, 10, 15)));
    }
}
