//! `api/schedule.json` of a published portal, read back.

use jiff::civil::Time;
use serde::Deserialize;

use crate::model::published::{Dated, Told};
use crate::model::release::ScheduleEvent;
use crate::record::time::Moment;

#[derive(Deserialize)]
struct Manifest {
    schedule: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    release: Option<String>,
    environment: Option<String>,
    cloning: Option<String>,
    training: Option<String>,
    event: String,
    at: String,
    until: Option<String>,
    announce_by: Option<String>,
    /// When a session was first to begin.
    first: Option<String>,
    #[serde(default)]
    was: Vec<String>,
}

/// The dates in `text`; nothing if it is no schedule. Entries of kinds that nobody knows yet are left out.
pub fn dates(text: &str) -> Option<Vec<Told>> {
    let manifest: Manifest = serde_json::from_str(text).ok()?;
    Some(manifest.schedule.into_iter().filter_map(told).collect())
}

fn told(entry: Entry) -> Option<Told> {
    let read = |text: Option<String>| text.and_then(|text| Moment::read(&text));
    let of = match (entry.release, entry.environment, entry.cloning, entry.training) {
        (Some(release), ..) => {
            let event = ScheduleEvent::ALL.iter().find(|event| event.word() == entry.event)?;
            Dated::Release(release, *event)
        }
        (None, Some(environment), Some(cloning), _) => Dated::Cloning(environment, cloning),
        // The clock of the portal is written beside its offset.
        (None, _, _, Some(module)) => match read(entry.first)? {
            Moment::Local(first) | Moment::Offset(first, _) => Dated::Session(module, first),
            Moment::Day(first) => Dated::Session(module, first.to_datetime(Time::midnight())),
        },
        _ => return None,
    };
    Some(Told {
        of,
        at: Moment::read(&entry.at)?,
        until: read(entry.until),
        announce_by: read(entry.announce_by),
        moves: entry.was.iter().filter_map(|was| Moment::read(was)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_releases_and_clonings_are_read_and_others_left_out() {
        let text = r#"{"schema": 1, "schedule": [
            {"release": "1", "event": "install", "at": "2026-10-20T20:00:00+03:00", "was": ["2026-10-19"], "new": 1},
            {"environment": "uat", "cloning": "c", "event": "cloning", "at": "2026-11-06", "announce_by": "2026-10-30"},
            {"training": "t", "event": "training", "at": "2026-11-07T10:00:00+02:00", "first": "2026-11-06T10:00:00+02:00"},
            {"release": "1", "event": "party", "at": "2026-11-06"}]}"#;
        let dates = dates(text).expect("a schedule");
        let of: Vec<&Dated> = dates.iter().map(|told| &told.of).collect();
        let install = Dated::Release("1".to_owned(), ScheduleEvent::Install);
        let session = Dated::Session("t".to_owned(), jiff::civil::date(2026, 11, 6).at(10, 0, 0, 0));
        assert_eq!(of, [&install, &Dated::Cloning("uat".to_owned(), "c".to_owned()), &session]);
        assert_eq!(
            dates.first().map(|told| told.moves.clone()),
            Some(vec![Moment::read("2026-10-19").expect("a day")])
        );
        for text in ["", "{}", "[]", r#"{"schedule": 1}"#] {
            assert_eq!(super::dates(text), None, "{text}");
        }
    }
}
