//! `api/schedule.json` of a published portal, read back.

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
    event: String,
    at: String,
    #[serde(default)]
    was: Vec<String>,
}

/// The dates in `text`; nothing if it is no schedule. Entries of kinds that nobody knows yet are left out.
pub fn dates(text: &str) -> Option<Vec<Told>> {
    let manifest: Manifest = serde_json::from_str(text).ok()?;
    Some(manifest.schedule.into_iter().filter_map(told).collect())
}

fn told(entry: Entry) -> Option<Told> {
    let of = match (entry.release, entry.environment, entry.cloning) {
        (Some(release), ..) => {
            let event = ScheduleEvent::ALL.iter().find(|event| event.word() == entry.event)?;
            Dated::Release(release, *event)
        }
        (None, Some(environment), Some(cloning)) => Dated::Cloning(environment, cloning),
        _ => return None,
    };
    let moves = entry.was.iter().filter_map(|was| Moment::read(was)).collect();
    Some(Told { of, at: Moment::read(&entry.at)?, moves })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_releases_and_clonings_are_read_and_others_left_out() {
        let text = r#"{"schema": 1, "schedule": [
            {"release": "1", "event": "install", "at": "2026-10-20T20:00:00+03:00", "was": ["2026-10-19"], "new": 1},
            {"environment": "uat", "cloning": "c", "event": "cloning", "at": "2026-11-06"},
            {"release": "1", "event": "party", "at": "2026-11-06"}]}"#;
        let dates = dates(text).expect("a schedule");
        let of: Vec<&Dated> = dates.iter().map(|told| &told.of).collect();
        let install = Dated::Release("1".to_owned(), ScheduleEvent::Install);
        assert_eq!(of, [&install, &Dated::Cloning("uat".to_owned(), "c".to_owned())]);
        assert_eq!(
            dates.first().map(|told| told.moves.clone()),
            Some(vec![Moment::read("2026-10-19").expect("a day")])
        );
        for text in ["", "{}", "[]", r#"{"schedule": 1}"#] {
            assert_eq!(super::dates(text), None, "{text}");
        }
    }
}
