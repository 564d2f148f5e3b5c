//! How long defects wait from being seen to being reported (content model, section 5).

use jiff::tz::TimeZone;

use crate::derive::schedule::workdays::Workdays;
use crate::derive::schedule::working_hours::{self, WorkingTime};
use crate::model::defect::Defect;

/// Times to report of several defects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportingTime {
    /// The time of each defect of which both times are known, the shortest first.
    times: Vec<WorkingTime>,
    /// How many defects there are.
    all: usize,
}

impl ReportingTime {
    /// The times to report of `defects`.
    pub fn of<'a>(
        defects: impl Iterator<Item = &'a Defect>,
        zone: &TimeZone,
        workdays: Workdays<'_>,
    ) -> Self {
        let found: Vec<Option<WorkingTime>> = defects.map(|defect| of_one(defect, zone, workdays)).collect();
        let mut times: Vec<WorkingTime> = found.iter().copied().flatten().collect();
        times.sort_unstable();
        Self { times, all: found.len() }
    }

    /// Of how many defects both times are known.
    pub fn known(&self) -> usize {
        self.times.len()
    }

    /// How many defects there are.
    pub fn all(&self) -> usize {
        self.all
    }

    /// The sum divided by the number, to the nearest minute; nothing of nothing.
    pub fn mean(&self) -> Option<WorkingTime> {
        let number = u64::try_from(self.times.len()).ok()?;
        let sum: u64 = self.times.iter().map(|time| time.seconds).sum();
        to_minute(sum, number)
    }

    /// The middle one, or the mean of the two in the middle, to the nearest minute; nothing of nothing.
    pub fn median(&self) -> Option<WorkingTime> {
        let number = self.times.len();
        let lower = self.times.get(number.checked_sub(1)? / 2)?;
        let upper = self.times.get(number / 2)?;
        to_minute(lower.seconds + upper.seconds, 2)
    }
}

/// The time to report of one defect: working time from observed to reported. Nothing, where a time of
/// the day is missing, or where the two are in the wrong order.
pub fn of_one(defect: &Defect, zone: &TimeZone, workdays: Workdays<'_>) -> Option<WorkingTime> {
    let (observed, reported) = (defect.observed.as_deref()?, defect.reported.as_deref()?);
    let is_timed = observed.has_time() && reported.has_time() && !reported.is_before(observed, zone);
    is_timed.then(|| working_hours::between(workdays, observed.civil(zone), reported.civil(zone)))
}

/// `seconds` shared by `number`, halves of a minute rounded up.
fn to_minute(seconds: u64, number: u64) -> Option<WorkingTime> {
    let part = number.checked_mul(60).filter(|part| *part > 0)?;
    Some(WorkingTime { seconds: (seconds + part / 2) / part * 60 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    /// Known, all, mean and median in minutes of defects seen and reported at these times.
    fn times(defects: &[(&str, &str)]) -> (usize, usize, Option<u64>, Option<u64>) {
        let files: Vec<(String, String)> = defects
            .iter()
            .enumerate()
            .map(|(index, (observed, reported))| {
                let key = |key: &str, at: &str| {
                    if at.is_empty() { String::new() } else { format!("{key}: {at}\n") }
                };
                let (observed, reported) = (key("observed", observed), key("reported", reported));
                (
                    format!("defects/D-{index}.yaml"),
                    format!("title: A\nstatus: open\nseverity: minor\n{observed}{reported}"),
                )
            })
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let site = tree(&files);
        let all = site.defects.iter().map(|record| &record.value);
        let found = ReportingTime::of(all, &site.zone, Workdays::of(&site.portal));
        let minutes = |time: Option<WorkingTime>| time.map(|time| time.seconds / 60);
        (found.known(), found.all(), minutes(found.mean()), minutes(found.median()))
    }

    #[test]
    fn the_mean_shows_a_late_one_and_the_median_does_not() {
        let quick = [("2026-10-12T10:00", "2026-10-12T10:30"), ("2026-10-13T10:00", "2026-10-13T10:45")];
        // From Friday 16:00 to Monday 12:00: four hours of work.
        let late = ("2026-10-09T16:00", "2026-10-12T12:00");
        assert_eq!(times(&quick), (2, 2, Some(38), Some(38)), "37.5 minutes");
        assert_eq!(times(&[quick[0], quick[1], late]), (3, 3, Some(105), Some(45)));
    }

    #[test]
    fn what_lacks_a_time_is_counted_as_not_known() {
        let found = times(&[
            ("2026-10-12T10:00", "2026-10-12T11:00"),
            ("", "2026-10-12T11:00"),
            ("2026-10-12", "2026-10-12T11:00"),
            ("2026-10-12T12:00", "2026-10-12T11:00"),
        ]);
        assert_eq!(found, (1, 4, Some(60), Some(60)));
        assert_eq!(times(&[("", "")]), (0, 1, None, None));
        assert_eq!(times(&[]), (0, 0, None, None));
    }
}
