//! Days, times, durations and periods as authors write them.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::decode::{Decode, Fields, wrong_type};
use super::fault::{BAD_DATE, BAD_DURATION};
use super::node::{Node, Value};
use super::reference::holds_no_reference;
use crate::diagnostic::Diagnostic;

/// A day, or a time of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Moment {
    /// `2026-10-12`.
    Day(Date),
    /// `2026-10-12T09:00`: local time in the portal's time zone.
    Local(DateTime),
    /// `2026-10-12T09:00+03:00`.
    Offset(DateTime, Offset),
}

impl Moment {
    /// The day, in the portal's time zone.
    pub fn date(&self, zone: &TimeZone) -> Date {
        self.civil(zone).date()
    }

    /// Day and time in the portal's time zone; of a day its first minute.
    pub fn civil(&self, zone: &TimeZone) -> DateTime {
        match self {
            Self::Day(date) => date.to_datetime(Time::midnight()),
            Self::Local(time) => *time,
            Self::Offset(time, offset) => {
                offset.to_timestamp(*time).map_or(*time, |instant| zone.to_datetime(instant))
            }
        }
    }

    /// The instant; nothing of a day. Of a time that the clocks show twice the first counts, and one that they
    /// skip is read by the clock before (RFC 5545, section 3.3.5).
    pub fn instant(&self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Day(_) => None,
            Self::Local(time) => zone.to_timestamp(*time).ok(),
            Self::Offset(time, offset) => offset.to_timestamp(*time).ok(),
        }
    }

    /// Whether a time of the day was given.
    pub fn has_time(&self) -> bool {
        !matches!(self, Self::Day(_))
    }

    /// Whether it is before `other`. Of a day and a time only the days are compared: a deadline on a
    /// day holds all day.
    pub fn is_before(&self, other: &Self, zone: &TimeZone) -> bool {
        match (self.instant(zone), other.instant(zone)) {
            (Some(this), Some(that)) => this < that,
            _ => self.date(zone) < other.date(zone),
        }
    }

    /// Reads `2026-10-12`, `2026-10-12T09:00[:30]` (a space will do for `T`), with an offset or `Z` if given.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() == 10 {
            return day(text).map(Self::Day);
        }
        let date = day(text.get(..10)?)?;
        let rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
        let zone_at = rest.find(['+', '-', 'Z', 'z']).unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(zone_at);
        let at = date.to_datetime(clock_time(clock.trim())?);
        match zone.trim() {
            "" => Some(Self::Local(at)),
            "Z" | "z" => Some(Self::Offset(at, Offset::UTC)),
            offset => Some(Self::Offset(at, read_offset(offset)?)),
        }
    }
}

/// As authors write it: `2026-10-12`, `2026-10-12T09:00`, `2026-10-12T09:00+03:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Local(time) => write!(f, "{}", time.strftime("%Y-%m-%dT%H:%M")),
            Self::Offset(time, offset) if *offset == Offset::UTC => {
                write!(f, "{}", time.strftime("%Y-%m-%dT%H:%MZ"))
            }
            Self::Offset(time, offset) => {
                let (hours, minutes) = (offset.seconds() / 3600, offset.seconds() / 60 % 60);
                write!(f, "{}{hours:+03}:{:02}", time.strftime("%Y-%m-%dT%H:%M"), minutes.abs())
            }
        }
    }
}

/// `2026-10-12`, exactly.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn clock_time(text: &str) -> Option<Time> {
    let parts: Vec<i8> = text
        .split(':')
        .map(|part| (part.len() == 2).then(|| part.parse().ok()).flatten())
        .collect::<Option<_>>()?;
    match parts[..] {
        [hour, minute] => Time::new(hour, minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(hour, minute, second, 0).ok(),
        _ => None,
    }
}

fn read_offset(text: &str) -> Option<Offset> {
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let clock = text.get(1..)?.replace(':', "");
    let number =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i32>().ok())?;
    let (hours, minutes) = match clock.len() {
        2 => (number(&clock)?, 0),
        4 => (number(clock.get(..2)?)?, number(clock.get(2..)?)?),
        _ => return None,
    };
    (minutes < 60).then(|| Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok())?
}

impl Decode for Moment {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let Some(text) = node.as_scalar() else {
            faults.push(wrong_type(node, "a day or time"));
            return None;
        };
        let moment = Self::read(text);
        if moment.is_none() {
            faults.push(bad_date(node, text, "write `2026-10-12` or `2026-10-12T09:00`"));
        }
        moment
    }
}

/// A calendar day.
pub type Day = Date;

impl Decode for Date {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let Some(text) = node.as_scalar() else {
            faults.push(wrong_type(node, "a day"));
            return None;
        };
        let date = day(text.trim());
        if date.is_none() {
            faults.push(bad_date(node, text, "write `2026-10-12`"));
        }
        date
    }
}

fn bad_date(node: &Node, text: &str, hint: &str) -> Diagnostic {
    let message = match text.get(..10).filter(|start| is_date_shaped(start)) {
        Some(_) => format!("there is no such day or time as `{text}`"),
        None => format!("`{text}` is not a day or time"),
    };
    let hint = day_first(text).map_or_else(|| hint.to_owned(), |date| format!("write `{date}`"));
    Diagnostic::new(&BAD_DATE, node.place, message).hint(hint)
}

fn is_date_shaped(text: &str) -> bool {
    text.bytes()
        .enumerate()
        .all(|(index, byte)| if matches!(index, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

/// `12.10.2026`, as Estonians write by hand.
fn day_first(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('.').collect();
    let [day, month, year] = parts[..] else { return None };
    Date::new(year.trim().parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A moment, or a time from one moment until another.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// The beginning, or the moment itself.
    pub from: Moment,
    /// The end.
    pub until: Option<Moment>,
    /// Whether it may still change.
    pub tentative: bool,
}

impl Decode for Window {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Moment::decode(node, faults).map(|from| Self { from, until: None, tentative: false });
        }
        let fields = Fields::open(node, &["from", "until", "tentative"], faults)?;
        let from = fields.take("from", faults);
        let until: Option<Option<Moment>> = fields.take("until", faults);
        let tentative: Option<Option<bool>> = fields.take("tentative", faults);
        Some(Self { from: from?, until: until?, tentative: tentative?.unwrap_or(false) })
    }
}

/// A length of time in seconds: `4m10s`, `1h30m`, or seconds as a number.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Seconds(pub f64);

impl Seconds {
    /// The longest that anything may take: 10 000 days. What is longer is a slip or a counter gone wild.
    pub const MOST: Self = Self(10_000.0 * 86_400.0);

    /// Reads a length of time.
    pub fn read(text: &str) -> Option<Self> {
        read_seconds(text).map(Self)
    }

    /// Whether anything can take so long: it is no more than [`Self::MOST`], and not negative.
    pub fn is_plausible(self) -> bool {
        (0.0..=Self::MOST.0).contains(&self.0)
    }

    /// The same in whole milliseconds; of one that is not plausible, the nearest that is.
    pub fn millis(self) -> u64 {
        // What is no number is less than nothing here.
        let near = self.0.clamp(0.0, Self::MOST.0);
        let duration = std::time::Duration::try_from_secs_f64(near).unwrap_or_default();
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }
}

impl Decode for Seconds {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let seconds = node.as_scalar().and_then(Self::read);
        let (what, hint) = match seconds {
            Some(seconds) if seconds.is_plausible() => return Some(seconds),
            Some(_) => ("is too long", "a duration is 10000 days at most"),
            None => ("is not a duration", "write `4m10s`, `1h30m` or a number of seconds"),
        };
        let message = format!("{} {what}", node.noun());
        faults.push(Diagnostic::new(&BAD_DURATION, node.place, message).hint(hint));
        None
    }
}

fn read_seconds(text: &str) -> Option<f64> {
    if let Ok(seconds) = text.parse::<f64>() {
        return (seconds.is_finite() && seconds >= 0.0).then_some(seconds);
    }
    let mut total = 0.0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let amount: f64 = rest.get(..digits)?.parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        total += amount
            * match &rest[..letters] {
                "d" => 86_400.0,
                "h" => 3_600.0,
                "m" | "min" => 60.0,
                "s" => 1.0,
                "ms" => 0.001,
                _ => return None,
            };
        rest = rest[letters..].trim_start();
    }
    (!text.trim().is_empty() && total.is_finite()).then_some(total)
}

/// A term that a calendar counts: `12mo`, `30d`, `2w`, `1y`, `5 workdays`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Calendar days.
    Days(u32),
    /// Calendar months.
    Months(u32),
    /// Days on which the portal's agency works.
    Workdays(u32),
}

impl Period {
    /// Reads a period.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let amount: u32 = text[..digits].parse().ok()?;
        match text[digits..].trim() {
            "d" | "day" | "days" => Some(Self::Days(amount)),
            "w" | "week" | "weeks" => Some(Self::Days(amount.checked_mul(7)?)),
            "mo" | "month" | "months" => Some(Self::Months(amount)),
            "y" | "year" | "years" => Some(Self::Months(amount.checked_mul(12)?)),
            "wd" | "workday" | "workdays" => Some(Self::Workdays(amount)),
            _ => None,
        }
    }
}

impl Decode for Period {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let period = node.as_scalar().and_then(Self::read);
        if period.is_none() {
            let message = format!("{} is not a period", node.noun());
            faults.push(
                Diagnostic::new(&BAD_DURATION, node.place, message)
                    .hint("write `12mo`, `30d`, `2w` or `5 workdays`"),
            );
        }
        period
    }
}

holds_no_reference!(Moment Date Window Seconds Period);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    #[test]
    fn days_and_times_are_told_apart() {
        let date = Date::constant(2026, 10, 12);
        assert_eq!(Moment::read("2026-10-12"), Some(Moment::Day(date)));
        assert_eq!(Moment::read("2026-10-12T09:00"), Some(Moment::Local(date.at(9, 0, 0, 0))));
        assert_eq!(Moment::read("2026-10-12 09:00:30"), Some(Moment::Local(date.at(9, 0, 30, 0))));
        for wrong in [
            "12.10.2026",
            "2026-13-01",
            "2026-02-30",
            "2026-10-12T25:00",
            "2026-1-2",
            "",
            "õun",
            "2026-10-12T",
        ] {
            assert_eq!(Moment::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_offset_is_turned_into_local_time() {
        let zone = TimeZone::get("Europe/Tallinn").expect("bundled zone");
        let at = Moment::read("2026-10-12T22:30Z").expect("a moment");
        assert_eq!(at.civil(&zone), Date::constant(2026, 10, 13).at(1, 30, 0, 0));
        let at = Moment::read("2026-10-12T09:00+02:00").expect("a moment");
        assert_eq!(at.civil(&zone), Date::constant(2026, 10, 12).at(10, 0, 0, 0));
    }

    #[test]
    fn a_moment_is_printed_as_it_is_written() {
        for text in [
            "2026-10-12",
            "2026-10-12T09:00",
            "2026-10-12T09:00+03:00",
            "2026-10-12T09:00-04:30",
            "2026-10-12T09:00Z",
        ] {
            assert_eq!(Moment::read(text).expect("a moment").to_string(), text);
        }
    }

    #[test]
    fn a_day_is_not_before_its_own_hours() {
        let zone = TimeZone::get("Europe/Tallinn").expect("bundled zone");
        let is_before = |a: &str, b: &str| {
            Moment::read(a).expect("a moment").is_before(&Moment::read(b).expect("a moment"), &zone)
        };
        assert!(is_before("2026-10-12T09:00", "2026-10-12T09:01"));
        assert!(!is_before("2026-10-12", "2026-10-12T09:00"));
        assert!(!is_before("2026-10-12T09:00", "2026-10-12"));
        assert!(is_before("2026-10-11T22:00Z", "2026-10-13"));
    }

    #[test]
    fn a_duration_has_a_limit() {
        for (text, wanted) in [("10000d", true), ("240000h1s", false), ("1e300", false), ("0", true)] {
            let seconds = Seconds::read(text).expect("a duration");
            assert_eq!(seconds.is_plausible(), wanted, "{text}");
            let mut faults = Vec::new();
            let yaml = crate::parse::yaml::Yaml { text, start: 0, file: FileId::of("x.yaml") };
            let node = yaml.read().expect("valid YAML");
            assert_eq!(Seconds::decode(&node, &mut faults).is_some(), wanted, "{text}");
            assert_eq!(faults.len(), usize::from(!wanted), "{text}");
        }
        // What is too long never looks like nothing.
        assert_eq!(Seconds(1e300).millis(), Seconds::MOST.millis());
        assert_eq!((Seconds(-1.0).millis(), Seconds(f64::NAN).millis()), (0, 0));
    }

    #[test]
    fn durations_and_periods() {
        assert_eq!(read_seconds("4m10s"), Some(250.0));
        assert_eq!(read_seconds("1h30m"), Some(5400.0));
        assert_eq!(read_seconds("250"), Some(250.0));
        assert_eq!(read_seconds("0s"), Some(0.0));
        assert_eq!(read_seconds(" "), None);
        assert_eq!(read_seconds(&format!("{}h", "9".repeat(400))), None);
        assert_eq!(read_seconds("soon"), None);
        assert_eq!(Period::read("12mo"), Some(Period::Months(12)));
        assert_eq!(Period::read("5 workdays"), Some(Period::Workdays(5)));
        assert_eq!(Period::read("yearly"), None);
    }
}
