//! Days around a day, for files that are made for it.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The day `days` after `date`; before it, if negative.
pub fn days_after(date: Date, days: i32) -> Date {
    date.saturating_add(days.days())
}

/// Whether nobody works on `date` because of the week.
pub fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The day `workdays` after `date`; of a day off, counted from the last workday before it.
pub fn workdays_after(date: Date, workdays: i32, is_off: impl Fn(Date) -> bool) -> Date {
    /// A calendar without workdays must not hold the program up.
    const LONGEST: i32 = 31;
    let next = |from: Date, step: i32| {
        let days = (1..LONGEST).map(|days| days_after(from, days * step));
        days.into_iter().find(|day| !is_off(*day)).unwrap_or_else(|| days_after(from, step))
    };
    let start = if is_off(date) { next(date, -1) } else { date };
    (0..workdays.abs()).fold(start, |day, _| next(day, workdays.signum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workdays_pass_over_the_weekend() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        for (from, workdays, to) in [
            ("2026-10-16", 0, "2026-10-16"),
            ("2026-10-16", 1, "2026-10-19"),
            ("2026-10-17", 0, "2026-10-16"),
            ("2026-10-18", 1, "2026-10-19"),
            ("2026-10-19", -1, "2026-10-16"),
            ("2026-10-16", -5, "2026-10-09"),
        ] {
            assert_eq!(workdays_after(day(from), workdays, is_weekend), day(to), "{from} {workdays}");
        }
    }
}
