//! Days as trackers and spreadsheets write them, in the forms of several languages: `24/Apr/13 11:43`,
//! `14/Jul/25 3:42 PM`, `16.02.2017`, `24. apr 2013`, `2015-02-05`. The time of the day is not read.
//!
//! `10/12/2026` has two meanings. Which one a table means is seen from its other days, or has to be said.

use jiff::civil::Date;

use crate::model::tickets::DayOrder as Order;

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A day.
    Day(Date),
    /// One of two days: the first if the day comes first, the second if the month does.
    Either(Date, Date),
    /// No day.
    Nothing,
}

impl Told {
    /// The day, if the order of its parts is `order`.
    pub fn day(self, order: Option<Order>) -> Option<Date> {
        match (self, order) {
            (Self::Day(day), _)
            | (Self::Either(day, _), Some(Order::DayFirst))
            | (Self::Either(_, day), Some(Order::MonthFirst)) => Some(day),
            (Self::Either(..), None) | (Self::Nothing, _) => None,
        }
    }
}

/// Reads a day.
pub fn read(text: &str) -> Told {
    let text = text.trim();
    match parts(text)[..] {
        [first, second, third, ref rest @ ..] if is_time(rest) => told(first, second, third, text),
        _ => Told::Nothing,
    }
}

/// In which order a numeric day has its parts, where its numbers tell.
pub fn order(text: &str) -> Option<Order> {
    let parts = parts(text.trim());
    let [first, second, ..] = parts[..] else { return None };
    let (first, second) = (short_number(first)?, short_number(second)?);
    match (first > 12, second > 12, text.contains('/')) {
        (true, false, true) => Some(Order::DayFirst),
        (false, true, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// The words and numbers of a text; `2026-10-12T09:30` has a `T` between two of them.
fn parts(text: &str) -> Vec<&str> {
    let whole = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    whole
        .flat_map(|part| match part.split_once(['T', 't']) {
            Some((before, after)) if is_number(before) && is_number(after.trim_end_matches(['Z', 'z'])) => {
                vec![before, after]
            }
            _ => vec![part],
        })
        .collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether what follows a day is a time, or nothing.
fn is_time(parts: &[&str]) -> bool {
    parts.len() <= 6
        && parts.iter().all(|part| {
            is_number(part.trim_end_matches(['Z', 'z']))
                || ["am", "pm", "a", "m", "p", "z", "utc", "gmt"].contains(&part.to_lowercase().as_str())
        })
}

fn told(first: &str, second: &str, third: &str, text: &str) -> Told {
    let day = |year: Option<i16>, month: Option<i8>, day: Option<i8>| Date::new(year?, month?, day?).ok();
    let found = |day: Option<Date>| day.map_or(Told::Nothing, Told::Day);
    if first.len() == 4 && is_number(first) {
        let month = short_number(second).or_else(|| month(second));
        return found(day(first.parse().ok(), month, short_number(third)));
    }
    let year = year(third);
    match (short_number(first), short_number(second)) {
        (Some(number), None) => found(day(year, month(second), Some(number))),
        (None, Some(number)) => found(day(year, month(first), Some(number))),
        (None, None) => Told::Nothing,
        (Some(one), Some(two)) => {
            let day_first = day(year, Some(two), Some(one));
            // With dots the day comes first wherever they are used.
            let month_first = day(year, Some(one), Some(two)).filter(|_| !text.contains('.'));
            match (day_first, month_first) {
                (Some(one), Some(two)) if one != two => Told::Either(one, two),
                (Some(day), _) | (None, Some(day)) => Told::Day(day),
                (None, None) => Told::Nothing,
            }
        }
    }
}

/// A number of one or two digits.
fn short_number(text: &str) -> Option<i8> {
    (is_number(text) && text.len() <= 2).then(|| text.parse().ok())?
}

/// `2013` or `13`: trackers are younger than this century.
fn year(text: &str) -> Option<i16> {
    match text.len() {
        _ if !is_number(text) => None,
        4 => text.parse().ok(),
        2 => Some(2000 + text.parse::<i16>().ok()?),
        _ => None,
    }
}

/// Beginnings of the names of months in English and Estonian, whose short forms differ from tool to tool.
const MONTHS: [(&str, i8); 18] = [
    ("jan", 1),
    ("jaan", 1),
    ("feb", 2),
    ("veeb", 2),
    ("mar", 3),
    ("mär", 3),
    ("apr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("juun", 6),
    ("jul", 7),
    ("juul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
];

fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    let last = (name.starts_with("dec") || name.starts_with("det")).then_some(12);
    let named = MONTHS.iter().find(|(beginning, _)| name.starts_with(beginning));
    named.map(|(_, month)| *month).or(last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_as_trackers_write_them() {
        for (written, wanted) in [
            ("24/Apr/13 11:43", Told::Day(date(2013, 4, 24))),
            ("14/Jul/25 3:42 PM", Told::Day(date(2025, 7, 14))),
            ("16/02/2017 15:29", Told::Day(date(2017, 2, 16))),
            ("2015-02-05", Told::Day(date(2015, 2, 5))),
            ("2026-10-12T09:30:00.000+0300", Told::Day(date(2026, 10, 12))),
            ("2026-10-12 09:30", Told::Day(date(2026, 10, 12))),
            // Estonian forms.
            ("24. apr 2013 11:43", Told::Day(date(2013, 4, 24))),
            ("24/märts/13 11:43", Told::Day(date(2013, 3, 24))),
            ("5/veebr/26", Told::Day(date(2026, 2, 5))),
            ("1. juuli 2026", Told::Day(date(2026, 7, 1))),
            ("1. juuni 2026", Told::Day(date(2026, 6, 1))),
            ("24/dets/25 9:05", Told::Day(date(2025, 12, 24))),
            ("5.2.2026", Told::Day(date(2026, 2, 5))),
            ("05.02.26 08:00", Told::Day(date(2026, 2, 5))),
            // American ones.
            ("Oct 24, 2026", Told::Day(date(2026, 10, 24))),
            ("10/24/2026", Told::Day(date(2026, 10, 24))),
            ("10/12/2026", Told::Either(date(2026, 12, 10), date(2026, 10, 12))),
            ("10/10/2026", Told::Day(date(2026, 10, 10))),
            ("32/10/2026", Told::Nothing),
            ("24/Foo/13", Told::Nothing),
            ("2026-10", Told::Nothing),
            ("2026-10-12 and more", Told::Nothing),
            ("soon", Told::Nothing),
            ("", Told::Nothing),
        ] {
            assert_eq!(read(written), wanted, "{written}");
        }
    }

    #[test]
    fn other_days_of_a_table_tell_the_order() {
        for (written, wanted) in [
            ("16/02/2017", Some(Order::DayFirst)),
            ("02/16/2017", Some(Order::MonthFirst)),
            ("10/12/2026", None),
            ("24/Apr/13", None),
            ("2026-10-12", None),
        ] {
            assert_eq!(order(written), wanted, "{written}");
        }
        assert_eq!(read("10/12/2026").day(Some(Order::MonthFirst)), Some(date(2026, 10, 12)));
        assert_eq!(read("10/12/2026").day(None), None);
    }
}
