//! Whether test data can be used, and who waits for it (content model, sections 4 and 5).

use jiff::civil::Date;

use crate::derive::basis::Basis;
use crate::model::Site;
use crate::model::data_set::{DataSet, DataStatus};
use crate::model::environment::{Cloning, CloningStatus};
use crate::model::run::Status;

/// Why data that was written to be usable is out of date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decay<'a> {
    /// Its last day is past.
    Expired(Date),
    /// Its environment was overwritten on this day, after the data was prepared or nobody knows when.
    Cloned(&'a Cloning, Date),
}

/// How a set stands on the day `as_of`: whatever was written, what is out of date cannot be used.
pub fn status(site: &Site, set: &DataSet, as_of: Date) -> DataStatus {
    match set.status.value {
        DataStatus::Ready | DataStatus::Partial if decay(site, set, as_of).is_some() => DataStatus::Stale,
        written => written,
    }
}

/// Whether a set can be used on the day `as_of`.
pub fn is_usable(site: &Site, set: &DataSet, as_of: Date) -> bool {
    status(site, set, as_of) == DataStatus::Ready
}

/// Why a set is out of date on the day `as_of`, if it is.
pub fn decay<'a>(site: &'a Site, set: &DataSet, as_of: Date) -> Option<Decay<'a>> {
    let expired = set.valid_until.as_ref().map(|until| until.value).filter(|until| *until < as_of);
    let cloned = || last_cloning(site, set, as_of).map(|(cloning, day)| Decay::Cloned(cloning, day));
    expired.map(Decay::Expired).or_else(cloned)
}

/// The last cloning that was over by the day and that the set did not survive. Data prepared on the day on which
/// it ended was prepared after it.
fn last_cloning<'a>(site: &'a Site, set: &DataSet, as_of: Date) -> Option<(&'a Cloning, Date)> {
    if set.survives_cloning == Some(true) {
        return None;
    }
    let environment = site.environments.get(set.environment.id())?;
    let over = environment.value.clonings.iter().filter_map(|cloning| {
        let is_off = cloning.status.as_ref().is_some_and(|status| status.value == CloningStatus::Cancelled);
        let end = cloning.until.as_ref().unwrap_or(&cloning.from).date(&site.zone);
        (!is_off && end <= as_of).then_some((cloning, end))
    });
    let (cloning, end) = over.max_by_key(|(_, end)| *end)?;
    set.prepared.is_none_or(|prepared| prepared < end).then_some((cloning, end))
}

/// The cases that wait for a set: it cannot be used, and their last result is that they are blocked. By their
/// present ids, as the set lists them.
pub fn waiting<'a>(basis: Basis<'a>, set: &'a DataSet) -> Vec<&'a str> {
    if is_usable(basis.site, set, basis.as_of) {
        return Vec::new();
    }
    let is_blocked = |id: &&str| {
        let last = basis.results.of_case(basis.site, id).next();
        last.is_some_and(|(_, result)| result.status.value == Status::Blocked)
    };
    set.cases.iter().map(|case| basis.site.case_id(case.id())).filter(is_blocked).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    const ENVIRONMENT: &str = "kind: acceptance\nclonings:\n\
         - {id: '09', status: done, from: 2026-09-04T18:00, until: 2026-09-06T12:00}\n\
         - {id: '10', status: cancelled, from: 2026-10-09T18:00, until: 2026-10-11T12:00}\n\
         - {id: '11', status: announced, from: 2026-11-06T18:00, until: 2026-11-08T12:00}\n";

    fn set(text: &str) -> Site {
        let set = format!("title: t\nenvironment: uat\norigin: synthetic\n{text}");
        tree(&[("environments/uat.yaml", ENVIRONMENT), ("data/d.yaml", &set)])
    }

    #[test]
    fn data_is_out_of_date_after_its_last_day_and_after_a_cloning() {
        use DataStatus::{Missing, Partial, Ready, Stale};
        for (text, wanted) in [
            ("status: ready\nprepared: 2026-09-07\nvalid_until: 2026-10-16", Ready),
            ("status: ready\nprepared: 2026-09-07\nvalid_until: 2026-10-15", Stale),
            ("status: partial\nprepared: 2026-09-07\nvalid_until: 2026-10-15", Stale),
            ("status: missing\nprepared: 2026-09-07\nvalid_until: 2026-10-15", Missing),
            ("status: ready\nprepared: 2026-09-06", Ready),
            ("status: ready\nprepared: 2026-09-05", Stale),
            ("status: partial\nprepared: 2026-09-05", Stale),
            ("status: partial\nprepared: 2026-09-08", Partial),
            ("status: ready\nprepared: 2026-09-05\nsurvives_cloning: true", Ready),
            // When it was prepared is not known: it may be gone.
            ("status: ready", Stale),
        ] {
            let site = set(text);
            let set = &site.data.get("d").expect("a set").value;
            assert_eq!(status(&site, set, date(2026, 10, 16)), wanted, "{text}");
        }
        let site = set("status: ready\nprepared: 2026-10-01");
        let data = &site.data.get("d").expect("a set").value;
        assert!(is_usable(&site, data, date(2026, 11, 7)));
        assert!(
            matches!(decay(&site, data, date(2026, 11, 8)), Some(Decay::Cloned(cloning, _)) if *cloning.id == "11")
        );
    }

    #[test]
    fn blocked_cases_wait_for_data_that_cannot_be_used() {
        let run = |day: u8, results: &str| {
            format!("release: r\nenvironment: uat\nstarted: 2026-10-{day}\nresults:\n{results}")
        };
        let waiting_for = |status: &str| {
            let set = format!(
                "title: t\nenvironment: uat\norigin: synthetic\nsurvives_cloning: true\nstatus: {status}\ncases: [A, B, C]"
            );
            let site = tree(&[
                ("environments/uat.yaml", ENVIRONMENT),
                ("data/d.yaml", &set),
                ("runs/1.yaml", &run(12, "- {case: A, status: blocked}\n- {case: B, status: blocked}\n")),
                ("runs/2.yaml", &run(13, "- {case: B, status: passed}\n")),
            ]);
            let results = Results::of(&site);
            let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 16) };
            let set = &site.data.get("d").expect("a set").value;
            waiting(basis, set).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(waiting_for("missing"), ["A"]);
        assert_eq!(waiting_for("ready"), [""; 0]);
    }
}
