//! How far the testing of a release has come, day by day, against its plan.
//!
//! The cases are those of the release's final status (`final_status`). A result counts on the day on
//! which its run began: no record says when a case of a run was executed, a run that still goes on has no
//! end, and runs are put in order by their beginning everywhere else. Runs that give sums alone, of
//! series that name no cases, count with the sums of the latest of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Span;
use jiff::civil::Date;

use crate::derive::basis::Basis;
use crate::derive::run::final_status::{self, FinalStatuses};
use crate::derive::run::identity::Identity;
use crate::derive::run::outcome::Outcome;
use crate::derive::schedule::workdays::Workdays;
use crate::diagnostic::Placed;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::Run;
use crate::record::time::Moment;

/// How far the testing of a release has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BurnUp {
    /// The planned cases of the release.
    pub cases: usize,
    /// Its days, the first one first.
    pub days: Vec<DayCount>,
    /// How it stands against its plan.
    pub standing: Standing,
    /// How much is left.
    pub rate: Rate,
    /// The day on which testing is to end.
    pub deadline: Option<Date>,
}

/// A day of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub day: Date,
    /// Whether anybody works on it.
    pub is_workday: bool,
    /// How many cases should have been executed by its end; nothing without a plan.
    pub planned: Option<usize>,
    /// What was executed by its end; nothing for days to come.
    pub counted: Option<Counted>,
}

/// What was executed by the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Cases whose first executed result is on the day or before it.
    pub executed: usize,
    /// Cases whose last executed result by then was a pass.
    pub passing: usize,
}

/// How a release stands against its plan at the end of the last full workday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is no plan, there are no cases, or some results cannot be told case by case.
    Unknown,
    /// As planned, or behind it by no more than five of a hundred planned cases.
    OnPlan(Compared),
    /// Behind it by more.
    Behind(Compared),
}

/// What was planned and what was executed by the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// The day.
    pub day: Date,
    /// How many cases should have been executed by its end.
    pub planned: usize,
    /// How many were.
    pub executed: usize,
}

impl Compared {
    /// How many cases are missing.
    pub fn missing(&self) -> usize {
        self.planned.saturating_sub(self.executed)
    }
}

/// How many cases have to be executed each workday to the test deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// There is no deadline, there are no cases, or some results cannot be told case by case.
    Unknown,
    /// Every planned case was executed.
    Done,
    /// So many are left, and no workday.
    NoTime {
        /// Cases that were not executed.
        left: usize,
    },
    /// So many are left, and so many workdays, the present day among them.
    Needed {
        /// Cases that were not executed.
        left: usize,
        /// Workdays to the deadline, at least one.
        workdays: usize,
    },
}

impl Rate {
    /// Cases for each workday, rounded up; nothing where no number can say it.
    pub fn per_workday(&self) -> Option<usize> {
        match self {
            Self::Done => Some(0),
            Self::Needed { left, workdays } => Some(left.div_ceil(*workdays)),
            Self::Unknown | Self::NoTime { .. } => None,
        }
    }
}

/// A release is behind its plan if it lacks more than one of so many planned cases.
const TOLERATED: usize = 20;

/// The most days that are told one by one; a longer test window is a slip of the pen.
const MOST_DAYS: i64 = 200;

/// How far the testing of `release` has come by the end of the day.
pub fn of_release(basis: Basis<'_>, release: &Record<Release>) -> BurnUp {
    let statuses = final_status::of_release(basis, &release.id);
    let runs = final_status::runs_of(basis, &release.id);
    let plan = PlanLine::of(basis, release, &runs);
    let course = Course::of(basis, &runs, &statuses);
    let cases = statuses.counts().planned();
    let deadline = release.schedule.test_deadline.as_ref().map(|deadline| deadline.date(&basis.site.zone));
    let is_known = cases > 0 && statuses.unplaced.is_empty();
    BurnUp {
        cases,
        days: days(basis, release, &plan, &course, cases),
        standing: if is_known { standing(basis, &plan, &course, cases) } else { Standing::Unknown },
        rate: match deadline.filter(|_| is_known) {
            Some(deadline) => rate(basis, cases.saturating_sub(course.by(basis.as_of).executed), deadline),
            None => Rate::Unknown,
        },
        deadline,
    }
}

fn standing(basis: Basis<'_>, plan: &PlanLine<'_>, course: &Course, cases: usize) -> Standing {
    let Some(day) = last_full_workday(basis) else { return Standing::Unknown };
    let Some(planned) = plan.by(day, cases) else { return Standing::Unknown };
    let compared = Compared { day, planned, executed: course.by(day).executed };
    if compared.missing().saturating_mul(TOLERATED) > cases {
        Standing::Behind(compared)
    } else {
        Standing::OnPlan(compared)
    }
}

/// The last workday that is over: the present day is not.
fn last_full_workday(basis: Basis<'_>) -> Option<Date> {
    const LONGEST_HOLIDAY: i64 = 60;
    let workdays = Workdays::of(&basis.site.portal);
    (1..=LONGEST_HOLIDAY)
        .filter_map(|back| basis.as_of.checked_sub(Span::new().days(back)).ok())
        .find(|day| workdays.has(*day))
}

fn rate(basis: Basis<'_>, left: usize, deadline: Date) -> Rate {
    let workdays = Workdays::of(&basis.site.portal);
    let today = usize::from(workdays.has(basis.as_of) && basis.as_of <= deadline);
    match (left, workdays.between(basis.as_of, deadline) + today) {
        (0, _) => Rate::Done,
        (left, 0) => Rate::NoTime { left },
        (left, workdays) => Rate::Needed { left, workdays },
    }
}

/// From the beginning of testing to its end: by the schedule, by the plan and by what was done. The
/// present day belongs to it while the release is not over.
fn days(
    basis: Basis<'_>,
    release: &Release,
    plan: &PlanLine<'_>,
    course: &Course,
    cases: usize,
) -> Vec<DayCount> {
    let schedule = &release.schedule;
    let day_of = |moment: &Placed<Moment>| moment.date(&basis.site.zone);
    let over = [&schedule.test_deadline, &schedule.report_due, &schedule.decision]
        .into_iter()
        .flatten()
        .map(day_of)
        .chain(schedule.install.as_ref().map(|install| install.from.date(&basis.site.zone)))
        .max();
    let start = schedule.test_start.as_ref().map(day_of);
    let end = schedule.test_deadline.as_ref().map(day_of);
    let own = || [start, end].into_iter().flatten().chain(plan.dates()).chain(course.dates());
    let Some(first) = own().min() else { return Vec::new() };
    let today = over.filter(|over| (first..=*over).contains(&basis.as_of)).map(|_| basis.as_of);
    let last = own().chain(today).max().unwrap_or(first);
    let workdays = Workdays::of(&basis.site.portal);
    (0..MOST_DAYS)
        .map_while(|number| first.checked_add(Span::new().days(number)).ok())
        .take_while(|day| *day <= last)
        .map(|day| DayCount {
            day,
            is_workday: workdays.has(day),
            planned: plan.by(day, cases),
            counted: (day <= basis.as_of).then(|| course.by(day)),
        })
        .collect()
}

/// What the plans of a release want, added up.
struct PlanLine<'a> {
    plans: Vec<OnePlan>,
    workdays: Workdays<'a>,
}

/// What one plan wants.
struct OnePlan {
    /// How many cases should have been executed by the end of each day that its curve names.
    curve: BTreeMap<Date, usize>,
    /// How many cases it chooses.
    size: usize,
    /// The first and the last day of testing, as far as they are known.
    window: (Option<Date>, Option<Date>),
}

impl<'a> PlanLine<'a> {
    fn of(basis: Basis<'a>, release: &Record<Release>, runs: &[&'a Record<Run>]) -> Self {
        let day_of = |moment: &Placed<Moment>| moment.date(&basis.site.zone);
        let schedule = &release.schedule;
        let window = (schedule.test_start.as_ref().map(day_of), schedule.test_deadline.as_ref().map(day_of));
        let plans = final_status::plans_of(basis, &release.id, runs).into_iter().map(|plan| {
            // The curve of another release's plan has that release's days.
            let is_own = plan.release.as_ref().is_none_or(|of| of.id() == release.id);
            let curve = plan.curve.iter().filter(|_| is_own);
            OnePlan {
                curve: curve.map(|point| (point.date, point.executed as usize)).collect(),
                size: basis.results.chosen(&plan.id).len(),
                window,
            }
        });
        Self { plans: plans.collect(), workdays: Workdays::of(&basis.site.portal) }
    }

    fn dates(&self) -> impl Iterator<Item = Date> {
        self.plans.iter().flat_map(|plan| plan.curve.keys().copied())
    }

    /// How many of the release's `cases` should have been executed by the end of `day`; nothing where a
    /// plan gives neither a curve nor, by the release's dates, a line.
    fn by(&self, day: Date, cases: usize) -> Option<usize> {
        let wanted: Option<Vec<usize>> = self.plans.iter().map(|plan| plan.by(day, self.workdays)).collect();
        let wanted = wanted.filter(|wanted| !wanted.is_empty())?;
        Some(wanted.into_iter().fold(0, usize::saturating_add).min(cases))
    }
}

impl OnePlan {
    /// Between two points of the curve, and before the first from the beginning of testing, the line is
    /// straight over the workdays, rounded down, since a part of a case is not executed.
    fn by(&self, day: Date, workdays: Workdays<'_>) -> Option<usize> {
        if self.curve.is_empty() {
            let (start, end) = (self.window.0?, self.window.1?);
            return Some(between((eve(start), 0), (end, self.size), day, workdays));
        }
        let before = self.curve.range(..=day).next_back().map(|(day, executed)| (*day, *executed));
        let after = self.curve.range(day..).next().map(|(day, executed)| (*day, *executed));
        Some(match (before, after) {
            (Some(before), Some(after)) => between(before, after, day, workdays),
            (Some((_, executed)), None) => executed,
            (None, Some(after)) => {
                let start = self.window.0.map_or(after.0, |start| start.min(after.0));
                between((eve(start), 0), after, day, workdays)
            }
            (None, None) => 0,
        })
    }
}

/// The day before `day`.
fn eve(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

/// The number at the end of `day` on the way from one point to a later one; where nobody works between
/// them, it stays as it is until the second.
fn between(from: (Date, usize), until: (Date, usize), day: Date, workdays: Workdays<'_>) -> usize {
    if day <= from.0 {
        return from.1;
    }
    if day >= until.0 {
        return until.1;
    }
    let all = workdays.between(from.0, until.0).max(1);
    let done = workdays.between(from.0, day).min(all);
    let weighed = from.1.saturating_mul(all - done).saturating_add(until.1.saturating_mul(done));
    weighed / all
}

/// What was executed, day by day.
struct Course(BTreeMap<Date, Counted>);

impl Course {
    /// What `runs` of a release, the latest first, had executed; `summed` are the series whose runs give
    /// sums alone.
    fn of<'a>(basis: Basis<'a>, runs: &[&'a Record<Run>], statuses: &FinalStatuses<'a>) -> Self {
        let series = |run: &Record<Run>| basis.results.series(&run.id);
        let summed: HashSet<Option<&str>> = statuses.totals.iter().map(|run| series(run)).collect();
        let mut tally = Tally::default();
        let mut course = BTreeMap::new();
        for run in runs.iter().rev() {
            let day = run.started.date(&basis.site.zone);
            if day > basis.as_of {
                break;
            }
            if run.totals.is_none() {
                tally.add(basis, run);
            } else if summed.contains(&series(run)) {
                let counts = basis.results.counts(&run.id);
                let sums = Counted { executed: counts.executed(), passing: counts.passed };
                tally.sums.insert(series(run), sums);
            }
            course.insert(day, tally.counted());
        }
        Self(course)
    }

    fn dates(&self) -> impl Iterator<Item = Date> {
        self.0.keys().copied()
    }

    /// What was executed by the end of `day`.
    fn by(&self, day: Date) -> Counted {
        self.0.range(..=day).next_back().map(|(_, counted)| *counted).unwrap_or_default()
    }
}

/// What was executed so far.
#[derive(Default)]
struct Tally<'a> {
    /// The last outcome of each case.
    outcomes: HashMap<Identity, Outcome>,
    /// Results that cannot be told from each other by case: each stands for itself.
    nameless: Counted,
    passing: usize,
    /// The latest sums of each series that gives sums alone.
    sums: HashMap<Option<&'a str>, Counted>,
}

impl Tally<'_> {
    fn add(&mut self, basis: Basis<'_>, run: &Run) {
        for result in &run.results {
            let Some(outcome) = Outcome::of(result.status.value) else { continue };
            let passed = usize::from(outcome == Outcome::Ok);
            let Some(case) = Identity::of(basis.site, result) else {
                self.nameless.executed += 1;
                self.nameless.passing += passed;
                continue;
            };
            self.passing += passed;
            if self.outcomes.insert(case, outcome) == Some(Outcome::Ok) {
                self.passing -= 1;
            }
        }
    }

    fn counted(&self) -> Counted {
        let sums = self.sums.values().chain([&self.nameless]);
        let named = Counted { executed: self.outcomes.len(), passing: self.passing };
        sums.fold(named, |all, one| Counted {
            executed: all.executed.saturating_add(one.executed),
            passing: all.passing.saturating_add(one.passing),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    const CASES: &str = "cases: [{id: A-1}, {id: A-2}, {id: A-3}, {id: A-4}, {id: A-5}, {id: A-6}, {id: A-7}, {id: A-8}, {id: A-9}, {id: A-10}]";
    const RELEASE: &str = "product: p\ncontents: []\nschedule: {test_start: 2026-10-12, test_deadline: 2026-10-16T12:00, decision: 2026-10-20}";
    const PLAN: &str = "release: r\ncases: {include: [A-1..A-10]}";

    /// How far the release `r` has come on an October day, where its files say so; `runs` are a day and
    /// results such as `1 passed`.
    fn burn_up(files: &[(&str, &str)], runs: &[(i8, &str)], as_of: i8) -> BurnUp {
        let runs: Vec<(String, String)> = runs
            .iter()
            .enumerate()
            .map(|(at, (day, results))| {
                let results: Vec<String> = results
                    .split(", ")
                    .filter_map(|result| result.split_once(' '))
                    .map(|(case, status)| format!("{{case: A-{case}, status: {status}}}"))
                    .collect();
                let text = format!(
                    "release: r\nenvironment: e\nstarted: 2026-10-{day:02}T0{at}:00\nresults: [{}]",
                    results.join(", ")
                );
                (format!("runs/{at}.yaml"), text)
            })
            .collect();
        let mut all = files.to_vec();
        if !files.iter().any(|(path, _)| path.starts_with("cases/")) {
            all.push(("cases/all.yaml", CASES));
        }
        all.extend(runs.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let site = tree(&all);
        let results = Results::of(&site);
        let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, as_of) };
        of_release(basis, site.releases.get("r").expect("the release"))
    }

    const FILES: [(&str, &str); 2] = [("releases/r.yaml", RELEASE), ("plans/p.yaml", PLAN)];

    /// `12: 2 2/1`: the day, planned, executed and passing.
    fn told(burn_up: &BurnUp) -> Vec<String> {
        let number = |number: Option<usize>| number.map_or("?".to_owned(), |number| number.to_string());
        let day = |count: &DayCount| {
            let counted =
                count.counted.map_or("-".to_owned(), |at| format!("{}/{}", at.executed, at.passing));
            format!("{}: {} {counted}", count.day.day(), number(count.planned))
        };
        burn_up.days.iter().map(day).collect()
    }

    #[test]
    fn a_case_counts_once_and_passes_as_its_last_executed_result_does() {
        let runs = [
            (12, "1 passed, 2 failed"),
            (13, "1 failed, 3 blocked"),
            (14, "2 passed, 3 passed"),
            (14, "1 blocked"),
        ];
        let burn_up = burn_up(&FILES, &runs, 15);
        assert_eq!(told(&burn_up), ["12: 2 2/1", "13: 4 2/0", "14: 6 3/2", "15: 8 3/2", "16: 10 -"]);
        assert_eq!(burn_up.cases, 10);
    }

    #[test]
    fn the_plan_is_a_line_over_the_workdays_unless_it_has_a_curve() {
        let weekend = RELEASE.replace("2026-10-12", "2026-10-09").replace("2026-10-16T12:00", "2026-10-13");
        let line = burn_up(&[("releases/r.yaml", &weekend), FILES[1]], &[], 9);
        assert_eq!(told(&line), ["9: 3 0/0", "10: 3 -", "11: 3 -", "12: 6 -", "13: 10 -"]);

        let curved =
            format!("{PLAN}\ncurve: [{{date: 2026-10-13, executed: 4}}, {{date: 2026-10-15, executed: 9}}]");
        let curve = burn_up(&[FILES[0], ("plans/p.yaml", &curved)], &[], 11);
        assert_eq!(told(&curve), ["12: 2 -", "13: 4 -", "14: 6 -", "15: 9 -", "16: 9 -"]);
    }

    #[test]
    fn plans_add_up_to_no_more_than_the_cases_there_are() {
        let other = ("plans/q.yaml", "release: r\ncases: {include: [A-1..A-5]}");
        let both = burn_up(&[FILES[0], FILES[1], other], &[], 11);
        assert_eq!(both.days.iter().map(|day| day.planned).collect::<Vec<_>>(), [3, 6, 9, 10, 10].map(Some));
    }

    #[test]
    fn more_than_five_of_a_hundred_missing_is_behind() {
        let compared = |planned, executed| Compared { day: date(2026, 10, 12), planned, executed };
        let standing = |runs, as_of| burn_up(&FILES, runs, as_of).standing;
        assert_eq!(standing(&[(12, "1 passed")], 13), Standing::Behind(compared(2, 1)));
        assert_eq!(standing(&[(12, "1 passed, 2 error")], 13), Standing::OnPlan(compared(2, 2)));
        // The present day is not over, and on Monday the last full workday was Friday.
        assert_eq!(
            standing(&[], 12),
            Standing::OnPlan(Compared { day: date(2026, 10, 9), ..compared(0, 0) })
        );
        let on_monday = Compared { day: date(2026, 10, 16), ..compared(10, 1) };
        assert_eq!(standing(&[(12, "1 passed")], 19), Standing::Behind(on_monday));
    }

    #[test]
    fn one_of_twenty_may_be_missing() {
        let ids: Vec<String> = (1..=40).map(|id| format!("{{id: A-{id}}}")).collect();
        let cases = format!("cases: [{}]", ids.join(", "));
        let plan = "release: r\ncases: {include: [A-1..A-40]}\ncurve: [{date: 2026-10-12, executed: 5}]";
        let at = |executed: usize| {
            let results: Vec<String> = (1..=executed).map(|id| format!("{id} passed")).collect();
            let files = [FILES[0], ("plans/p.yaml", plan), ("cases/all.yaml", cases.as_str())];
            burn_up(&files, &[(12, &results.join(", "))], 13).standing
        };
        assert!(matches!(at(3), Standing::OnPlan(_)), "two of forty are five of a hundred");
        assert!(matches!(at(2), Standing::Behind(_)));
    }

    #[test]
    fn what_is_left_is_spread_over_the_workdays_to_the_deadline() {
        let three = [(12, "1 passed, 2 passed, 3 failed")];
        let all = [(
            12,
            "1 passed, 2 passed, 3 passed, 4 passed, 5 passed, 6 passed, 7 passed, 8 passed, 9 passed, 10 failed",
        )];
        let rate = |runs, as_of| burn_up(&FILES, runs, as_of).rate;
        assert_eq!(rate(&three, 14), Rate::Needed { left: 7, workdays: 3 });
        assert_eq!(rate(&three, 14).per_workday(), Some(3));
        assert_eq!(rate(&three, 17), Rate::NoTime { left: 7 });
        assert_eq!(rate(&all, 17), Rate::Done);
        assert_eq!(rate(&all, 12).per_workday(), Some(0));
        let undated = RELEASE.replace("test_deadline: 2026-10-16T12:00, ", "");
        assert_eq!(burn_up(&[("releases/r.yaml", &undated), FILES[1]], &three, 14).rate, Rate::Unknown);
    }

    #[test]
    fn without_a_plan_or_without_cases_nothing_is_claimed() {
        let unplanned = burn_up(&[FILES[0]], &[(12, "1 passed")], 13);
        assert_eq!((unplanned.cases, unplanned.standing), (1, Standing::Unknown));
        assert_eq!(told(&unplanned), ["12: ? 1/1", "13: ? 1/1", "14: ? -", "15: ? -", "16: ? -"]);
        assert_eq!(unplanned.rate, Rate::Done);
        let empty = burn_up(&[FILES[0]], &[], 13);
        assert_eq!((empty.cases, empty.standing, empty.rate), (0, Standing::Unknown, Rate::Unknown));
    }

    #[test]
    fn the_latest_sums_of_a_series_that_names_no_case_count() {
        let run = |day: u8, totals: &str| {
            format!("release: r\nenvironment: e\nseries: s\nstarted: 2026-10-{day}\ntotals: {{{totals}}}")
        };
        let (first, second) = (run(12, "planned: 5, passed: 1, failed: 1"), run(13, "planned: 5, passed: 4"));
        let files = [FILES[0], ("runs/s1.yaml", first.as_str()), ("runs/s2.yaml", second.as_str())];
        let burn_up = burn_up(&files, &[(12, "1 failed")], 13);
        assert_eq!(told(&burn_up)[..2], ["12: ? 3/1", "13: ? 5/4"]);
        assert_eq!(burn_up.rate, Rate::Needed { left: 1, workdays: 4 });
    }

    #[test]
    fn the_present_day_belongs_to_it_until_the_release_is_over() {
        let last = |as_of| burn_up(&FILES, &[(12, "1 passed")], as_of).days.last().map(|day| day.day.day());
        assert_eq!([last(13), last(19), last(21)], [Some(16), Some(19), Some(16)]);
    }
}
