//! The progress of a release of the example portal, against numbers that were counted apart from this
//! program, from the files alone.

mod portal;

use jiff::civil::date;
use juhend::derive::basis::Basis;
use juhend::derive::run::burn_up::{self, Compared, Rate, Standing};
use juhend::derive::run::requirement;
use juhend::derive::run::results::Results;
use juhend::model::audience::Audience;

/// Counted by hand for 2026.10: 352 cases of the plan for system integration testing and 60 of the plan
/// for acceptance testing, none in both; its runs began on 12 (two), 13 (three), 14 (two) and 15 October.
/// The curves want 300, 345, 352, 352 and, from the 13th on, 30, 50, 60; before that, over the workdays
/// from the 12th, 15.
#[test]
fn the_october_release_came_as_far_as_its_files_say() {
    let site = portal::site(Audience::Restricted);
    let results = Results::of(&site);
    let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 16) };
    let release = site.releases.get("2026.10").expect("the release");
    let found = burn_up::of_release(basis, release);
    let days: Vec<_> = found
        .days
        .iter()
        .map(|day| {
            let counted = day.counted.map(|counted| (counted.executed, counted.passing));
            (day.day.day(), day.planned, counted)
        })
        .collect();
    assert_eq!(found.cases, 412);
    assert_eq!(
        days,
        [
            (12, Some(315), Some((326, 310))),
            (13, Some(375), Some((392, 374))),
            (14, Some(402), Some((401, 392))),
            (15, Some(412), Some((405, 397))),
            (16, Some(412), Some((405, 397))),
        ]
    );
    let thursday = Compared { day: date(2026, 10, 15), planned: 412, executed: 405 };
    assert_eq!(found.standing, Standing::OnPlan(thursday), "7 of 412 are less than 5 of a hundred");
    assert_eq!(found.rate, Rate::NoTime { left: 7 });
}

#[test]
fn on_the_second_day_a_rate_can_still_be_told() {
    let site = portal::site(Audience::Restricted);
    let results = Results::of(&site);
    let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 13) };
    let found = burn_up::of_release(basis, site.releases.get("2026.10").expect("the release"));
    let monday = Compared { day: date(2026, 10, 12), planned: 315, executed: 326 };
    assert_eq!(found.standing, Standing::OnPlan(monday));
    // 412 less 392, over Tuesday, Wednesday and Thursday.
    assert_eq!(found.rate, Rate::Needed { left: 20, workdays: 3 });
    assert_eq!(found.rate.per_workday(), Some(7));
}

#[test]
fn the_october_release_has_tickets_that_are_not_verified() {
    let site = portal::site(Audience::Restricted);
    let results = Results::of(&site);
    let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 16) };
    let release = site.releases.get("2026.10").expect("the release");
    let found = requirement::of_release(basis, &release.id, release);
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.content.ticket.value.as_str(), one.status.word(), one.passed(), one.cases.len()))
        .collect();
    assert_eq!(told, EXPECTED);
}

/// The ticket, how it stands, how many of its cases passed, and how many it has.
const EXPECTED: [(&str, &str, usize, usize); 12] = [
    ("BEN-2210", "failed", 9, 10),
    ("BEN-2215", "verified", 4, 4),
    ("BEN-2218", "failed", 5, 6),
    ("BEN-2222", "verified", 2, 2),
    ("BEN-2225", "verified", 3, 3),
    ("BEN-2231", "in_progress", 2, 3),
    ("BEN-2236", "not_run", 0, 2),
    ("BEN-2240", "in_progress", 11, 12),
    ("BEN-2247", "verified", 2, 2),
    ("BEN-2260", "verified", 2, 2),
    ("BEN-2301", "verified", 1, 1),
    ("BEN-2306", "verified", 1, 1),
];
