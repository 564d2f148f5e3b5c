//! The zone of a calendar's times (RFC 5545, section 3.6.5), from the same rules of zones that the whole
//! portal reckons by.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::line::{property, text};

/// How many years a change of the clocks must go on by the same rule to be written as one.
const STEADY_YEARS: i16 = 10;

/// A change of the clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Turn {
    /// When, by the clock before.
    at: DateTime,
    from: Offset,
    observance: Observance,
}

/// What the clocks show after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Observance {
    to: Offset,
    is_summer: bool,
    name: String,
}

/// The name of a zone in the file.
pub fn id(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// The zone as far as the days from `first` to `last` need it.
pub fn component(zone: &TimeZone, first: Date, last: Date) -> String {
    let mut turns = turns(zone, first, years_after(last, STEADY_YEARS));
    let needed = first_of_year(years_after(last, 1));
    if turns.is_empty() {
        turns.push(fixed(zone));
    }
    let mut groups: Vec<Vec<Turn>> = Vec::new();
    for turn in turns {
        let is_same =
            |group: &&mut Vec<Turn>| group[0].observance == turn.observance && group[0].from == turn.from;
        match groups.iter_mut().find(is_same) {
            Some(group) => group.push(turn),
            None => groups.push(vec![turn]),
        }
    }
    let parts: String = groups.iter().map(|group| observance(group, needed)).collect();
    [property("BEGIN", "VTIMEZONE"), text("TZID", id(zone)), parts, property("END", "VTIMEZONE")].concat()
}

fn first_of_year(day: Date) -> DateTime {
    day.first_of_year().to_datetime(Time::midnight())
}

fn years_after(day: Date, years: i16) -> Date {
    Date::new(day.year().saturating_add(years), 12, 31).unwrap_or(Date::MAX)
}

/// The changes that hold from the year of `first` on: the last one before it, and all until `last`.
fn turns(zone: &TimeZone, first: Date, last: Date) -> Vec<Turn> {
    let start = first_of_year(first).to_zoned(zone.clone()).map(|at| at.timestamp());
    let Ok(start) = start else { return Vec::new() };
    let before = zone.preceding(start).next();
    let since = before.as_ref().map_or(start, jiff::tz::TimeZoneTransition::timestamp);
    let later = zone.following(since);
    let mut from = before.as_ref().map_or_else(
        || zone.to_offset(start),
        |turn| zone.preceding(turn.timestamp()).next().map_or(turn.offset(), |earlier| earlier.offset()),
    );
    before
        .into_iter()
        .chain(later)
        .map(|turn| {
            let to = turn.offset();
            let observance =
                Observance { to, is_summer: turn.dst().is_dst(), name: turn.abbreviation().to_owned() };
            let at = from.to_datetime(turn.timestamp());
            Turn { at, from: std::mem::replace(&mut from, to), observance }
        })
        .take_while(|turn| turn.at.date() <= last)
        .collect()
}

/// The clock of a zone that never changes.
fn fixed(zone: &TimeZone) -> Turn {
    let info = zone.to_offset_info(jiff::Timestamp::UNIX_EPOCH);
    let to = info.offset();
    let observance = Observance { to, is_summer: false, name: info.abbreviation().to_owned() };
    Turn { at: EPOCH.to_datetime(Time::midnight()), from: to, observance }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Changes to the same clock: as a rule, where they follow one to the end, else one by one.
fn observance(group: &[Turn], needed: DateTime) -> String {
    let Some(first) = group.first() else { return String::new() };
    let name = if first.observance.is_summer { "DAYLIGHT" } else { "STANDARD" };
    let again = match rule(group) {
        Some(rule) => property("RRULE", &rule),
        None => {
            let later = group.iter().skip(1).filter(|turn| turn.at <= needed);
            later.map(|turn| property("RDATE", &local(turn.at))).collect()
        }
    };
    [
        property("BEGIN", name),
        property("DTSTART", &local(first.at)),
        property("TZOFFSETFROM", &offset(first.from)),
        property("TZOFFSETTO", &offset(first.observance.to)),
        text("TZNAME", &first.observance.name),
        again,
        property("END", name),
    ]
    .concat()
}

/// The rule that the changes follow every year until the end of what was looked at: which weekday of which
/// month at which time.
fn rule(group: &[Turn]) -> Option<String> {
    let (first, last) = (group.first()?, group.last()?);
    let years = usize::try_from(last.at.year() - first.at.year()).ok()? + 1;
    let is_yearly = years == group.len() && years >= usize::try_from(STEADY_YEARS).ok()?;
    let alike = |turn: &Turn| (turn.at.month(), turn.at.weekday(), turn.at.time());
    if !is_yearly || group.iter().any(|turn| alike(turn) != alike(first)) {
        return None;
    }
    let is_last = |turn: &Turn| turn.at.day() + 7 > turn.at.date().days_in_month();
    let number = |turn: &Turn| (turn.at.day() - 1) / 7 + 1;
    let which = if group.iter().all(is_last) {
        -1
    } else if group.iter().all(|turn| number(turn) == number(first)) {
        number(first)
    } else {
        return None;
    };
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let weekday = usize::try_from(first.at.weekday().to_monday_zero_offset()).ok()?;
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={which}{}", first.at.month(), days.get(weekday)?))
}

/// A time as a calendar writes it.
pub fn local(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let rest = seconds % 60;
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{:02}{:02}{rest}", seconds / 3600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of(zone: &str, first: Date, last: Date) -> Vec<String> {
        let zone = TimeZone::get(zone).expect("the zone");
        component(&zone, first, last).split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn tallinn_follows_the_rule_of_the_union() {
        assert_eq!(
            of("Europe/Tallinn", date(2026, 7, 29), date(2027, 1, 10)),
            [
                "BEGIN:VTIMEZONE",
                "TZID:Europe/Tallinn",
                "BEGIN:STANDARD",
                "DTSTART:20251026T040000",
                "TZOFFSETFROM:+0300",
                "TZOFFSETTO:+0200",
                "TZNAME:EET",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "END:STANDARD",
                "BEGIN:DAYLIGHT",
                "DTSTART:20260329T030000",
                "TZOFFSETFROM:+0200",
                "TZOFFSETTO:+0300",
                "TZNAME:EEST",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "END:DAYLIGHT",
                "END:VTIMEZONE",
            ]
        );
    }

    #[test]
    fn the_second_sunday_is_a_rule_too() {
        let lines = of("America/New_York", date(2026, 1, 1), date(2026, 12, 31));
        assert!(lines.contains(&"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU".to_owned()), "{lines:?}");
        assert!(lines.contains(&"RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU".to_owned()), "{lines:?}");
    }

    /// Estonia left summer time in 2000 and 2001: that was no rule.
    #[test]
    fn changes_without_a_rule_are_listed() {
        let lines = of("Europe/Tallinn", date(1998, 6, 1), date(2000, 6, 1));
        assert!(lines.iter().any(|line| line.starts_with("RDATE:") || line.starts_with("DTSTART:1998")));
        assert!(lines.iter().all(|line| !line.starts_with("DTSTART:2010")), "{lines:?}");
    }

    #[test]
    fn a_zone_without_summer_time_has_one_clock() {
        for (zone, to) in [("UTC", "TZOFFSETTO:+0000"), ("Asia/Kolkata", "TZOFFSETTO:+0530")] {
            let lines = of(zone, date(2026, 1, 1), date(2026, 12, 31));
            assert_eq!(lines.iter().filter(|line| *line == "BEGIN:STANDARD").count(), 1, "{lines:?}");
            assert!(lines.contains(&to.to_owned()), "{lines:?}");
        }
    }
}
