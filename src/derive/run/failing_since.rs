//! Since when a case fails.

use jiff::civil::Date;

use crate::derive::basis::Basis;
use crate::derive::run::identity::Identity;
use crate::derive::run::outcome::Outcome;
use crate::model::Site;
use crate::model::records::Record;
use crate::model::run::Run;

/// An unbroken series of bad results.
#[derive(Debug, Clone, Copy)]
pub struct FailingSince<'a> {
    /// The run with the first of them.
    pub first: &'a Record<Run>,
    /// How many runs it spans: those in which the case was executed.
    pub runs: usize,
}

impl FailingSince<'_> {
    /// How many days before `on` it began; none for a series that begins later.
    pub fn days(&self, site: &Site, on: Date) -> usize {
        usize::try_from((on - self.first.started.date(&site.zone)).get_days()).unwrap_or(0)
    }
}

/// The series of bad results that `case` is in as of the run with the id `run`, among the executed
/// results of the runs comparable with it; nothing where the last of them is good or there is none.
pub fn of<'a>(basis: Basis<'a>, case: &Identity, run: &str) -> Option<FailingSince<'a>> {
    let results = basis.results.executed(basis.site, case, run);
    let bad = results.take_while(|executed| executed.outcome == Outcome::Bad);
    bad.fold(None, |since: Option<FailingSince<'_>>, executed| {
        let runs = since.map_or(0, |since| since.runs) + 1;
        Some(FailingSince { first: executed.run, runs })
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    /// Since when the case fails as of the last of its runs, which are two days apart: the run and both
    /// ages, the days as of the day of the last run.
    fn since(statuses: &str) -> Option<(String, usize, usize)> {
        let runs: Vec<(String, String)> = (1..)
            .zip(statuses.split(' '))
            .map(|(at, status)| {
                let (series, status) = status.split_once(':').unwrap_or(("sit", status));
                let text = format!(
                    "release: r\nenvironment: e\nseries: {series}\nstarted: 2026-10-{:02}\n\
                     results: [{{case: A, status: {status}}}]",
                    at * 2
                );
                (format!("runs/{at}.yaml"), text)
            })
            .collect();
        let files: Vec<(&str, &str)> =
            runs.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let site = tree(&files);
        let results = Results::of(&site);
        let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 31) };
        let last = runs.len();
        let day = date(2026, 10, 2 * i8::try_from(last).expect("a day"));
        let found = of(basis, &Identity::Id("A".into()), &last.to_string())?;
        Some((found.first.id.clone(), found.runs, found.days(&site, day)))
    }

    #[test]
    fn the_present_unbroken_series_of_bad_results_counts() {
        for (statuses, wanted) in [
            ("passed failed failed", Some(("2", 2, 2))),
            ("failed", Some(("1", 1, 0))),
            ("failed passed", None),
            ("failed passed error failed", Some(("3", 2, 2))),
            // Only executed results break a series or count in its age in runs.
            ("passed failed blocked error skipped", Some(("2", 2, 6))),
            ("blocked", None),
            // What happens in another series says nothing of this one.
            ("failed uat:passed failed", Some(("1", 2, 4))),
        ] {
            let wanted = wanted.map(|(run, runs, days)| (run.to_owned(), runs, days));
            assert_eq!(since(statuses), wanted, "{statuses}");
        }
    }
}
