//! Files for programs and spreadsheets. A format is a function from the portal to text, one file each.
//!
//! 1. [`run`] says what a run tells a program; [`spreadsheet`], [`json`], [`ctrf`] and [`junit`] write it down.
//!    The portal and `juhend export` use the same functions.
//! 2. [`tables`] turns the tables of a page into files beside it, so that no table is missing.
//! 3. [`gate`] says what the gate of a release tells a program; [`gate_text`] and [`gate_junit`] write it down.
//! 4. [`api`] lists what the portal knows, kind by kind, in a shape that stays.
//! 5. [`addresses`] lists every address, and [`redirects`] tells servers of the former ones.
//! 6. [`headers`] tells servers what to send with each file, and [`security`] people whom to tell of a weakness.

pub mod addresses;
pub mod api;
pub mod ctrf;
pub mod gate;
pub mod gate_junit;
pub mod gate_text;
pub mod headers;
pub mod json;
pub mod junit;
pub mod redirects;
#[cfg(test)]
mod round_trip;
pub mod run;
pub mod security;
pub mod spreadsheet;
pub mod tables;

use jiff::tz::TimeZone;

/// Files that only servers read: most give them to nobody.
pub const SERVER_FILES: [&str; 3] = ["_headers", "_redirects", "web.config"];

use crate::record::time::Moment;

/// A day as `2026-10-12`, a time with the offset it has in the portal's zone: `2026-10-12T09:00:00+03:00`.
pub fn stamp(moment: &Moment, zone: &TimeZone) -> String {
    let at = moment.civil(zone);
    if !moment.has_time() {
        return at.date().to_string();
    }
    moment.instant(zone).map_or_else(
        || at.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        |at| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    )
}

/// Milliseconds since 1970 (UTC), as programs count them; of a day its first one in the portal's zone.
pub fn epoch_millis(moment: &Moment, zone: &TimeZone) -> i64 {
    let first = || zone.to_timestamp(moment.civil(zone)).ok();
    moment.instant(zone).or_else(first).map_or(0, jiff::Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_says_its_offset_and_a_day_none() {
        let zone = TimeZone::get("Europe/Tallinn").expect("the zone");
        let read = |text| Moment::read(text).expect("a moment");
        for (written, wanted, millis) in [
            ("2026-10-12", "2026-10-12", 1_791_752_400_000),
            ("2026-10-12T09:00", "2026-10-12T09:00:00+03:00", 1_791_784_800_000),
            ("2026-11-12T09:00Z", "2026-11-12T11:00:00+02:00", 1_794_474_000_000),
            // The clocks show half past three twice, and in March never.
            ("2026-10-25T03:30", "2026-10-25T03:30:00+03:00", 1_792_888_200_000),
            ("2026-10-25T03:30+02:00", "2026-10-25T03:30:00+02:00", 1_792_891_800_000),
            ("2026-03-29T03:30", "2026-03-29T04:30:00+03:00", 1_774_747_800_000),
        ] {
            assert_eq!(stamp(&read(written), &zone), wanted);
            assert_eq!(epoch_millis(&read(written), &zone), millis, "{written}");
        }
    }
}
