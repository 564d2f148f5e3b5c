//! How test data stand (content model, section 4): a set that was ready is out of date after its last
//! day, and once a cloning overwrites its environment, unless it survives that or was prepared anew.

use jiff::civil::Date;

use super::occupation;
use super::readiness::has_begun;
use crate::model::Site;
use crate::model::data_set::{DataSet, DataStatus};
use crate::model::environment::Cloning;

/// How a test-data set stands on the day `as_of`.
pub fn status(site: &Site, set: &DataSet, as_of: Date) -> DataStatus {
    let is_past = set.valid_until.as_ref().is_some_and(|until| until.value < as_of);
    match set.status.value {
        DataStatus::Ready if is_past => DataStatus::Stale,
        DataStatus::Ready | DataStatus::Partial if overwritten(site, set, as_of).is_some() => {
            DataStatus::Stale
        }
        written => written,
    }
}

/// Whether a test-data set can be used in full on the day `as_of`.
pub fn is_usable(site: &Site, set: &DataSet, as_of: Date) -> bool {
    status(site, set, as_of) == DataStatus::Ready
}

/// The cloning that overwrote a test-data set by the day `as_of`: the latest of its environment, unless
/// the set survives it or was prepared on its last day or later. What nobody says to be prepared later
/// was there before.
pub fn overwritten<'a>(site: &'a Site, set: &DataSet, as_of: Date) -> Option<&'a Cloning> {
    if set.survives_cloning == Some(true) {
        return None;
    }
    let environment = site.environments.get(set.environment.id())?;
    let last_day =
        |cloning: &Cloning| cloning.until.as_ref().unwrap_or(&cloning.from).date(&site.zone).min(as_of);
    occupation::clonings(environment)
        .filter(|cloning| has_begun(cloning, &site.zone, as_of))
        .filter(|cloning| set.prepared.is_none_or(|prepared| prepared < last_day(cloning)))
        .max_by_key(|cloning| cloning.from.civil(&site.zone))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::parse::sample::tree;

    /// How a set in `sit` stands on 16 October 2026.
    fn standing(set: &str, environment: &str) -> DataStatus {
        let set = format!("title: t\nenvironment: sit\norigin: synthetic\n{set}\n");
        let site = tree(&[
            ("environments/sit.yaml", &format!("kind: test\n{environment}\n")),
            ("data/d.yaml", &set),
        ]);
        status(&site, site.data.get("d").expect("the set"), date(2026, 10, 16))
    }

    #[test]
    fn data_that_was_ready_is_stale_after_its_last_day() {
        for (written, until, shown) in [
            ("ready", "2026-10-16", DataStatus::Ready),
            ("ready", "2026-10-15", DataStatus::Stale),
            ("partial", "2026-10-15", DataStatus::Partial),
            ("missing", "2026-12-31", DataStatus::Missing),
        ] {
            let found = standing(&format!("status: {written}\nvalid_until: {until}"), "");
            assert_eq!(found, shown, "{written} until {until}");
        }
    }

    #[test]
    fn a_cloning_overwrites_what_does_not_survive_it() {
        let window = "from: 2026-10-09T18:00, until: 2026-10-11T12:00";
        let clonings = format!("clonings: [{{id: c, {window}}}]");
        for (set, shown) in [
            ("status: ready\nprepared: 2026-10-08", DataStatus::Stale),
            ("status: partial\nprepared: 2026-10-08", DataStatus::Stale),
            ("status: missing", DataStatus::Missing),
            ("status: ready", DataStatus::Stale),
            ("status: ready\nprepared: 2026-10-10", DataStatus::Stale),
            ("status: ready\nprepared: 2026-10-11", DataStatus::Ready),
            ("status: ready\nprepared: 2026-10-08\nsurvives_cloning: true", DataStatus::Ready),
        ] {
            assert_eq!(standing(set, &clonings), shown, "{set}");
        }
        let cancelled = format!("clonings: [{{id: c, {window}, status: cancelled}}]");
        let to_come = "clonings: [{id: c, from: 2026-11-06, until: 2026-11-08}]";
        for clonings in [cancelled.as_str(), to_come, ""] {
            assert_eq!(standing("status: ready", clonings), DataStatus::Ready, "{clonings}");
        }
    }
}
