//! Points in time as foreign tools write them, to RFC 3339 text in whole seconds, as run files have them.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::tz::{Offset, TimeZone};

/// Milliseconds since 1970, UTC, as `2026-10-12T06:00:00Z`.
pub fn from_millis(millis: i64) -> Option<String> {
    Timestamp::from_second(millis.div_euclid(1000)).ok().map(|at| at.to_string())
}

/// A time as RFC 3339 or ISO 8601 has it, `2026-10-12T09:00:00.123+03:00`, or `20261012 09:00:00.123`.
/// The offset stays as it is written; there is none in the result if there is none in `text`.
pub fn from_text(text: &str) -> Option<String> {
    let text = text.trim();
    let dashed = dashed(text);
    let (local, zone) = split_zone(&dashed);
    let at: DateTime = local.parse().ok()?;
    // An offset that exists is checked by the library; the text keeps it.
    if !zone.is_empty() {
        dashed.parse::<Timestamp>().ok()?;
    }
    Some(format!("{}{}", at.strftime("%Y-%m-%dT%H:%M:%S"), zone.to_ascii_uppercase()))
}

/// A time as mails and HTTP have it, `Mon, 12 Oct 2026 09:00:30 +0300`.
pub fn from_mail(text: &str) -> Option<String> {
    let at = rfc2822::DateTimeParser::new().parse_zoned(text.trim()).ok()?;
    let zone = if at.offset() == Offset::UTC { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%:z" };
    Some(at.strftime(zone).to_string())
}

/// `20261012 09:00` as `2026-10-12 09:00`.
fn dashed(text: &str) -> String {
    match (text.get(..4), text.get(4..6), text.get(6..8), text.get(8..)) {
        (Some(year), Some(month), Some(day), Some(rest))
            if text.bytes().take(8).all(|byte| byte.is_ascii_digit()) =>
        {
            format!("{year}-{month}-{day}{rest}")
        }
        _ => text.to_owned(),
    }
}

/// The local time, and the offset or `Z` after it.
fn split_zone(text: &str) -> (&str, &str) {
    // The first ten bytes are the day, whose dashes are no offset.
    let zone = text.char_indices().skip(10).find(|(_, c)| matches!(c, '+' | '-' | 'Z' | 'z'));
    zone.map_or((text, ""), |(at, _)| text.split_at(at))
}

/// Milliseconds since 1970 of a time with an offset, for lengths of time.
pub fn millis(text: &str) -> Option<i64> {
    text.trim().parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// A day or a time as people write it in tables: `2026-10-12`, `12.10.2026 9:30`, or as [`from_text`] reads it.
/// `10/12/2026` is not read, since it has two meanings.
pub fn from_hand(text: &str) -> Option<String> {
    let text = text.trim();
    let (day, clock) = text.split_once(' ').unwrap_or((text, ""));
    let day = day_first(day).unwrap_or_else(|| day.to_owned());
    let clock = clock.trim();
    if clock.is_empty() && day.len() == 10 {
        return day.parse::<Date>().ok().map(|day| day.to_string());
    }
    let pad = if clock.find(':') == Some(1) { "0" } else { "" };
    from_text(format!("{day} {pad}{clock}").trim_end())
}

/// `12.10.2026` as `2026-10-12`.
fn day_first(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('.').collect();
    let [day, month, year] = parts[..] else { return None };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (year.len() == 4).then(|| date.to_string())
}

/// The time so many seconds after `text`, which is told as [`from_text`] tells it; rounded up, in the same offset.
pub fn after(text: &str, seconds: f64) -> Option<String> {
    let (local, zone) = split_zone(text);
    let at: DateTime = local.parse().ok()?;
    let later = at.checked_add(SignedDuration::try_from_secs_f64(seconds.ceil()).ok()?).ok()?;
    Some(format!("{}{zone}", later.strftime("%Y-%m-%dT%H:%M:%S")))
}

/// Whether a time has an offset.
pub fn has_offset(text: &str) -> bool {
    !split_zone(text).1.is_empty()
}

/// Where `text` stands among other times: milliseconds since 1970, a local time being taken as UTC and a day
/// as its beginning.
pub fn order(text: &str) -> Option<i64> {
    let text = &dashed(text.trim());
    let local = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
    millis(text).or_else(|| local().map(|at| at.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_whole_seconds() {
        for (written, told) in [
            ("2026-10-12T09:00:00.123+03:00", Some("2026-10-12T09:00:00+03:00")),
            ("2026-10-12T06:00:00.999z", Some("2026-10-12T06:00:00Z")),
            ("2026-10-12T09:00:00.123456", Some("2026-10-12T09:00:00")),
            ("20261012 09:00:00.123", Some("2026-10-12T09:00:00")),
            ("2026-10-12 09:00", Some("2026-10-12T09:00:00")),
            ("2026-10-32T09:00:00", None),
            ("2026-10-12T09:00:00+99:00", None),
            ("N/A", None),
            ("", None),
            ("õõõõõõõõõõ", None),
        ] {
            assert_eq!(from_text(written).as_deref(), told, "{written}");
        }
    }

    #[test]
    fn people_write_days_and_times() {
        for (written, told) in [
            ("2026-10-12", Some("2026-10-12")),
            ("12.10.2026", Some("2026-10-12")),
            ("1.2.2026 9:30", Some("2026-02-01T09:30:00")),
            ("2026-10-12T09:30+03:00", Some("2026-10-12T09:30:00+03:00")),
            ("10/12/2026", None),
            ("32.10.2026", None),
            ("12.10.26", None),
        ] {
            assert_eq!(from_hand(written).as_deref(), told, "{written}");
        }
    }

    #[test]
    fn times_have_an_order() {
        let mut times =
            ["2026-10-12T09:00:00+03:00", "2026-10-12", "2026-10-12T07:00:00", "2026-10-12T05:00:00Z"];
        times.sort_by_key(|time| order(time));
        assert_eq!(
            times,
            ["2026-10-12", "2026-10-12T05:00:00Z", "2026-10-12T09:00:00+03:00", "2026-10-12T07:00:00"]
        );
    }

    #[test]
    fn mails_have_a_time_of_their_own() {
        assert_eq!(from_mail("Sat, 03 Dec 2022 23:10:07 GMT").as_deref(), Some("2022-12-03T23:10:07Z"));
        assert_eq!(from_mail("3 Dec 2022 23:10:07 +0200").as_deref(), Some("2022-12-03T23:10:07+02:00"));
        assert_eq!(from_mail("soon"), None);
    }

    #[test]
    fn a_later_time_keeps_the_offset() {
        assert_eq!(after("2026-10-12T23:59:00+03:00", 60.2).as_deref(), Some("2026-10-13T00:00:01+03:00"));
        assert_eq!(after("2026-10-12T09:00:00", f64::MAX), None);
        assert!(has_offset("2026-10-12T09:00:00Z") && !has_offset("2026-10-12T09:00:00"));
    }

    #[test]
    fn milliseconds_are_counted_from_1970() {
        assert_eq!(from_millis(1_609_459_200_999).as_deref(), Some("2021-01-01T00:00:00Z"));
        assert_eq!(from_millis(i64::MAX), None);
        assert_eq!(millis("1970-01-01T00:00:01.5Z"), Some(1500));
    }
}
