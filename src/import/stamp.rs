//! When foreign tools say that something happened.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::{rfc2822, temporal};
use jiff::tz::{Offset, TimeZone};

use crate::record::time::Seconds;

/// A time as a tool writes it, down to the second.
/// Their order is that of time among those with an offset, and among those without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stamp {
    /// An instant, with the offset in which it was told.
    Zoned(Timestamp, Offset),
    /// A time of which nobody says where its clock stands.
    Civil(DateTime),
}

impl Stamp {
    /// Reads ISO 8601 (`2026-10-12T09:00:30.5+03:00`, with a space for `T`, without an offset) and the
    /// time of mails (`Mon, 12 Oct 2026 09:00:30 GMT`). A fraction of a second is dropped.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let zoned = rfc2822::DateTimeParser::new().parse_zoned(text).ok()?;
            return Some(Self::instant(zoned.timestamp(), zoned.offset()));
        }
        let parser = temporal::DateTimeParser::new();
        let pieces = parser.parse_pieces(text).ok()?;
        let civil = pieces.date().to_datetime(pieces.time()?);
        match pieces.to_numeric_offset() {
            Some(offset) => Some(Self::instant(offset.to_timestamp(civil).ok()?, offset)),
            None => Some(Self::Civil(civil.with().subsec_nanosecond(0).build().ok()?)),
        }
    }

    /// The instant at this many milliseconds after 1970 in UTC.
    pub fn from_millis(millis: i64) -> Option<Self> {
        Some(Self::instant(Timestamp::from_millisecond(millis).ok()?, Offset::UTC))
    }

    fn instant(at: Timestamp, offset: Offset) -> Self {
        Self::Zoned(Timestamp::from_second(at.as_second()).unwrap_or(at), offset)
    }

    /// So much later, rounded up to the second.
    pub fn after(self, time: Seconds) -> Option<Self> {
        let time = Duration::try_from_secs_f64(time.0.ceil()).ok()?;
        match self {
            Self::Zoned(at, offset) => Some(Self::Zoned(at.checked_add(time).ok()?, offset)),
            Self::Civil(at) => Some(Self::Civil(at.checked_add(time).ok()?)),
        }
    }

    /// Day and time on the clock in `zone`; without an offset it is taken to be told there.
    pub fn civil(self, zone: &TimeZone) -> DateTime {
        match self {
            Self::Zoned(at, _) => zone.to_datetime(at),
            Self::Civil(at) => at,
        }
    }

    /// Whether all of `stamps` have an offset or none has, so that their order is known.
    pub fn are_alike(stamps: &[Self]) -> bool {
        stamps.iter().all(|stamp| stamp.is_zoned()) || !stamps.iter().any(|stamp| stamp.is_zoned())
    }

    /// Whether an offset was told.
    pub fn is_zoned(self) -> bool {
        matches!(self, Self::Zoned(..))
    }
}

/// As records want it: `2026-10-12T09:00:30+03:00`, `2026-10-12T09:00:30`.
impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Civil(at) => write!(f, "{}", at.strftime("%Y-%m-%dT%H:%M:%S")),
            Self::Zoned(at, offset) if *offset == Offset::UTC => {
                write!(f, "{}", offset.to_datetime(*at).strftime("%Y-%m-%dT%H:%M:%SZ"))
            }
            Self::Zoned(at, offset) => {
                let (sign, seconds) =
                    if offset.is_negative() { ('-', -offset.seconds()) } else { ('+', offset.seconds()) };
                let local = offset.to_datetime(*at);
                let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
                write!(f, "{}{sign}{hours:02}:{minutes:02}", local.strftime("%Y-%m-%dT%H:%M:%S"))
            }
        }
    }
}

/// The times between which something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    first: Option<Stamp>,
    last: Option<Stamp>,
    /// Whether some times had an offset and others had none; the latter do not count then.
    pub is_mixed: bool,
}

impl Span {
    /// Takes in something that began at `start`, and ended where that is known.
    pub fn include(&mut self, start: Stamp, end: Option<Stamp>) {
        match self.first {
            Some(first) if first.is_zoned() != start.is_zoned() => {
                self.is_mixed = true;
                if start.is_zoned() {
                    *self = Self { first: Some(start), last: end, is_mixed: true };
                }
            }
            _ => {
                self.first = self.first.into_iter().chain([start]).min();
                self.last = self.last.into_iter().chain(end).max();
            }
        }
    }

    /// When it began.
    pub fn started(&self) -> Option<String> {
        self.first.map(|stamp| stamp.to_string())
    }

    /// When it ended.
    pub fn ended(&self) -> Option<String> {
        self.last.map(|stamp| stamp.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_of_writing_time_are_read() {
        for (written, wanted) in [
            ("2020-09-04T16:18:04.966371", "2020-09-04T16:18:04"),
            ("2014-06-12 17:05:19", "2014-06-12T17:05:19"),
            ("2024-01-09T07:50:12.664+00:00", "2024-01-09T07:50:12Z"),
            ("2021-04-01T10:52:37.000-08:00", "2021-04-01T10:52:37-08:00"),
            ("2026-10-12T09:00:30+03:00", "2026-10-12T09:00:30+03:00"),
            ("2026-10-12T06:00:30Z", "2026-10-12T06:00:30Z"),
            ("Sat, 03 Dec 2022 23:10:07 GMT", "2022-12-03T23:10:07Z"),
        ] {
            assert_eq!(Stamp::read(written).expect(written).to_string(), wanted);
        }
        for wrong in ["", "soon", "2026-10-12", "12.10.2026 09:00"] {
            assert_eq!(Stamp::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_span_reaches_from_the_first_start_to_the_last_end() {
        let at = |text| Stamp::read(text).expect("a time");
        let mut span = Span::default();
        span.include(at("2026-10-12T09:00:00"), at("2026-10-12T09:00:00").after(Seconds(61.2)));
        span.include(at("2026-10-12T08:00:00"), None);
        assert_eq!(span.started().as_deref(), Some("2026-10-12T08:00:00"));
        assert_eq!(span.ended().as_deref(), Some("2026-10-12T09:01:02"));
        span.include(at("2026-10-12T09:00:00Z"), None);
        assert_eq!(span.started().as_deref(), Some("2026-10-12T09:00:00Z"));
        assert!(span.is_mixed);
    }
}
