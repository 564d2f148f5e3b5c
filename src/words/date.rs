//! Dates and times.

use icu_datetime::{
    DateTimeFormatter, DateTimeFormatterPreferences,
    fieldsets::{self, enums::CompositeDateTimeFieldSet},
    input,
    options::{Alignment, YearStyle},
    preferences::CalendarAlgorithm,
};
use icu_locale_core::Locale;
use jiff::civil::{Date, DateTime, Time, Weekday};

use super::{Language, Words, fill::fill};

type Formatter = DateTimeFormatter<CompositeDateTimeFieldSet>;

/// How a language writes dates, by CLDR, always in the Gregorian calendar.
#[derive(Debug)]
pub(super) struct Dates {
    long: Option<Formatter>,
    full: Option<Formatter>,
    medium: Option<Formatter>,
    table: Option<Formatter>,
    day_month: Option<Formatter>,
    weekday_day: Option<Formatter>,
    year_month: Option<Formatter>,
    time: Option<Formatter>,
    weekday: Option<Formatter>,
    weekday_short: Option<Formatter>,
    month: Option<Formatter>,
    month_short: Option<Formatter>,
}

/// A formatter of one field set. A macro, because the bounds that a function would need are the
/// formatter crate's own business.
macro_rules! formatter {
    ($preferences:expr, $fields:expr) => {
        DateTimeFormatter::try_new($preferences, $fields).ok().map(|made| made.cast_into_fset())
    };
}

impl Dates {
    pub(super) fn new(language: &Language) -> Self {
        let to = preferences(&language.locale());
        let table =
            fieldsets::YMD::short().with_year_style(YearStyle::Full).with_alignment(Alignment::Column);
        Self {
            long: formatter!(to, fieldsets::YMD::long()),
            full: formatter!(to, fieldsets::YMDE::long()),
            medium: formatter!(to, fieldsets::YMD::medium()),
            table: formatter!(to, table),
            day_month: formatter!(to, fieldsets::MD::medium()),
            weekday_day: formatter!(to, fieldsets::MDE::medium()),
            year_month: formatter!(to, fieldsets::YM::long()),
            time: formatter!(to, fieldsets::T::hm()),
            weekday: formatter!(to, fieldsets::E::long()),
            weekday_short: formatter!(to, fieldsets::E::short()),
            month: formatter!(to, fieldsets::M::long()),
            month_short: formatter!(to, fieldsets::M::medium()),
        }
    }
}

fn preferences(locale: &Locale) -> DateTimeFormatterPreferences {
    let mut preferences = DateTimeFormatterPreferences::from(locale);
    preferences.calendar_algorithm = Some(CalendarAlgorithm::Gregory);
    preferences
}

impl Words {
    /// `22. november 2026`. The Estonian catalogue has its own pattern for this: `icu_datetime` 2.4
    /// derives the length from parts and loses the full stop that CLDR's long format has.
    pub fn date_long(&self, date: Date) -> String {
        self.dated(self.dates.long.as_ref(), "pattern.long", date)
    }

    /// With the weekday: `pühapäev, 22. november 2026`.
    pub fn date_full(&self, date: Date) -> String {
        self.dated(self.dates.full.as_ref(), "pattern.full", date)
    }

    /// `22. nov 2026`.
    pub fn date(&self, date: Date) -> String {
        self.dated(self.dates.medium.as_ref(), "pattern.medium", date)
    }

    /// For table cells, all of one width: `22.11.2026`; English `22 Nov 2026`, which cannot be
    /// misread across the Atlantic.
    pub fn date_table(&self, date: Date) -> String {
        self.dated(self.dates.table.as_ref(), "pattern.table", date)
    }

    /// Without the year: `22. nov`.
    pub fn day_month(&self, date: Date) -> String {
        self.dated(self.dates.day_month.as_ref(), "pattern.day_month", date)
    }

    /// Weekday and day, without the year: `P, 22. nov`.
    pub fn weekday_day(&self, date: Date) -> String {
        self.dated(self.dates.weekday_day.as_ref(), "pattern.weekday_day", date)
    }

    /// A month's heading: `november 2026`. Lower case in Estonian; a page may raise it by style.
    pub fn year_month(&self, date: Date) -> String {
        self.dated(self.dates.year_month.as_ref(), "pattern.year_month", date)
    }

    /// The weekday's name: `pühapäev`.
    pub fn weekday(&self, weekday: Weekday) -> String {
        written(self.dates.weekday.as_ref(), on(weekday))
    }

    /// The weekday's short name: `P`, `Sun`.
    pub fn weekday_short(&self, weekday: Weekday) -> String {
        written(self.dates.weekday_short.as_ref(), on(weekday))
    }

    /// The month's name, standing alone, for 1 to 12; another number gives itself.
    pub fn month(&self, month: i8) -> String {
        monthly(self.dates.month.as_ref(), month)
    }

    /// The month's short name, standing alone, for 1 to 12; another number gives itself.
    pub fn month_short(&self, month: i8) -> String {
        monthly(self.dates.month_short.as_ref(), month)
    }

    /// `16:00`.
    pub fn time(&self, time: Time) -> String {
        written(self.dates.time.as_ref(), DateTime::from_parts(Date::constant(2000, 1, 1), time))
    }

    /// `22. nov 2026 16:00`.
    pub fn date_time(&self, at: DateTime) -> String {
        self.with_time(&self.date(at.date()), &self.time(at.time()))
    }

    /// For table cells: `22.11.2026 16:00`.
    pub fn date_time_table(&self, at: DateTime) -> String {
        self.with_time(&self.date_table(at.date()), &self.time(at.time()))
    }

    /// Without the year: `22. nov 16:00`.
    pub fn day_month_time(&self, at: DateTime) -> String {
        self.with_time(&self.day_month(at.date()), &self.time(at.time()))
    }

    /// The ISO week of a day, with the year the week belongs to: `48. nädal (2026)`. The third of
    /// January 2027 is in week 53 of 2026.
    pub fn week(&self, date: Date) -> String {
        let week = date.iso_week_date();
        let (n, year) = (week.week().to_string(), week.year().to_string());
        self.fill("time.week_of_year", &[("n", &n), ("year", &year)])
    }

    /// The catalogue's own pattern where the language has one, CLDR's where not. A pattern of the
    /// base language would put another language's parts in the wrong order.
    fn dated(&self, formatter: Option<&Formatter>, pattern: &str, date: Date) -> String {
        match self.own(pattern) {
            Some(pattern) => fill(pattern, &borrowed(&self.parts("", date))),
            None => written(formatter, date.to_datetime(Time::midnight())),
        }
    }

    pub(super) fn with_time(&self, date: &str, time: &str) -> String {
        self.fill("range.date_time", &[("date", date), ("time", time)])
    }

    /// What a pattern may name, each with `prefix`: `day`, `day2`, `month2`, `month`, `month_short`,
    /// `year`, `weekday`, `weekday_short`.
    pub(super) fn parts(&self, prefix: &str, date: Date) -> Vec<(String, String)> {
        let parts = [
            ("day", date.day().to_string()),
            ("day2", format!("{:02}", date.day())),
            ("month2", format!("{:02}", date.month())),
            ("month", self.month(date.month())),
            ("month_short", self.month_short(date.month())),
            ("year", date.year().to_string()),
            ("weekday", self.weekday(date.weekday())),
            ("weekday_short", self.weekday_short(date.weekday())),
        ];
        parts.into_iter().map(|(name, value)| (format!("{prefix}{name}"), value)).collect()
    }
}

pub(super) fn borrowed(parts: &[(String, String)]) -> Vec<(&str, &str)> {
    parts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// `at` by the formatter; ISO 8601 where there is none.
fn written(formatter: Option<&Formatter>, at: DateTime) -> String {
    formatter.and_then(|formatter| formatted(formatter, at)).unwrap_or_else(|| at.to_string())
}

/// Carries the moment over into the formatter crate's own types, which hold every civil one.
fn formatted(formatter: &Formatter, at: DateTime) -> Option<String> {
    let small = |number: i8| u8::try_from(number).ok();
    let date = input::Date::try_new_iso(at.year().into(), small(at.month())?, small(at.day())?).ok()?;
    let time = input::Time::try_new(small(at.hour())?, small(at.minute())?, small(at.second())?, 0).ok()?;
    Some(formatter.format(&input::DateTime { date, time }).to_string())
}

fn monthly(formatter: Option<&Formatter>, month: i8) -> String {
    Date::new(2000, month, 1)
        .map_or_else(|_| month.to_string(), |date| written(formatter, date.to_datetime(Time::midnight())))
}

/// Some day with that weekday: 2001 began with a Monday.
fn on(weekday: Weekday) -> DateTime {
    let monday = Date::constant(2001, 1, 1);
    let day = monday.saturating_add(jiff::Span::new().days(weekday.to_monday_zero_offset()));
    day.to_datetime(Time::midnight())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::words::tests::{english, estonian, foreign};

    const DAY: Date = Date::constant(2026, 11, 22);

    #[test]
    fn estonian_dates() {
        let words = estonian();
        assert_eq!(words.date_full(DAY), "pühapäev, 22. november 2026");
        assert_eq!(words.date_long(DAY), "22. november 2026");
        assert_eq!(words.date(DAY), "22. nov 2026");
        assert_eq!(words.date_table(DAY), "22.11.2026");
        assert_eq!(words.date_table(date(2026, 3, 2)), "02.03.2026");
        assert_eq!(words.day_month(DAY), "22. nov");
        assert_eq!(words.weekday_day(DAY), "P, 22. nov");
        assert_eq!(words.year_month(DAY), "november 2026");
    }

    #[test]
    fn english_dates_are_british() {
        let words = english();
        assert_eq!(words.date_full(DAY), "Sunday, 22 November 2026");
        assert_eq!(words.date_long(DAY), "22 November 2026");
        assert_eq!(words.date(DAY), "22 Nov 2026");
        assert_eq!(words.date_table(date(2026, 11, 2)), "02 Nov 2026");
        assert_eq!(words.day_month(DAY), "22 Nov");
        assert_eq!(words.year_month(DAY), "November 2026");
    }

    #[test]
    fn other_languages_follow_cldr() {
        assert_eq!(foreign("fi").date_long(DAY), "22. marraskuuta 2026");
        assert_eq!(foreign("lv").date_long(DAY), "2026. gada 22. novembris");
        assert_eq!(foreign("en-US").date(DAY), "Nov 22, 2026");
        assert!(foreign("th").date(DAY).contains("2026"), "the calendar is Gregorian");
        assert!(!foreign("not a tag").date_long(DAY).is_empty());
    }

    #[test]
    fn month_and_weekday_names() {
        let words = estonian();
        let short: Vec<String> = (1..=12).map(|month| words.month_short(month)).collect();
        assert_eq!(
            short,
            ["jaan", "veebr", "märts", "apr", "mai", "juuni", "juuli", "aug", "sept", "okt", "nov", "dets"]
        );
        let days: Vec<String> =
            Weekday::Monday.cycle_forward().take(7).map(|day| words.weekday_short(day)).collect();
        assert_eq!(days, ["E", "T", "K", "N", "R", "L", "P"]);
        assert_eq!(words.weekday(Weekday::Sunday), "pühapäev");
        assert_eq!(words.month(2), "veebruar");
        assert_eq!(words.month(13), "13");
        assert_eq!(english().weekday_short(Weekday::Monday), "Mon");
    }

    #[test]
    fn times() {
        let at = date(2026, 10, 15).at(16, 0, 0, 0);
        assert_eq!(estonian().time(at.time()), "16:00");
        assert_eq!(estonian().time(Time::constant(9, 5, 0, 0)), "09:05");
        assert_eq!(estonian().date_time(at), "15. okt 2026 16:00");
        assert_eq!(estonian().date_time_table(at), "15.10.2026 16:00");
        assert_eq!(estonian().day_month_time(at), "15. okt 16:00");
        assert_eq!(english().date_time(at), "15 Oct 2026, 16:00");
    }

    #[test]
    fn a_week_is_named_with_the_year_it_belongs_to() {
        let words = estonian();
        assert_eq!(words.week(DAY), "47. nädal (2026)");
        assert_eq!(words.week(date(2026, 11, 23)), "48. nädal (2026)");
        assert_eq!(words.week(date(2027, 1, 3)), "53. nädal (2026)");
        assert_eq!(english().week(date(2026, 11, 29)), "Week 48 (2026)");
    }

    #[test]
    fn the_ends_of_the_calendar_are_dates_too() {
        for day in [Date::MIN, Date::MAX] {
            assert!(!estonian().date_full(day).is_empty());
            assert!(!estonian().week(day).is_empty());
        }
    }
}
