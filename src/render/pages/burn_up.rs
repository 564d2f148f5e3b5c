//! How far the testing of a release has come, against its plan.

use super::super::blocks::{
    Block, Cell, Column, Fact, Line, Section, State, Table, status, text, with_small,
};
use super::super::chart::{About, Course, Days, Lines, Mark, Series, Upright};
use super::super::names::View;
use super::labels::{fact, share};
use crate::derive::run::burn_up::{self, BurnUp, Compared, Counted, DayCount, Rate, Standing};
use crate::model::records::Record;
use crate::model::release::Release;

const BEHIND: State = State::with_icon("limited", "clock");
const ON_PLAN: State = State::named("passed");
const UNKNOWN: State = State::named("unknown");

/// The chart, and how the release stands in words.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Section {
    let burn_up = burn_up::of_release(view.portal.basis(), release);
    let section = |blocks| Section::new("burn-up", view.say("chart.burn_up"), blocks);
    if burn_up.cases == 0 || burn_up.days.is_empty() {
        return section(vec![Block::Empty { text: view.say("release.progress_empty") }]);
    }
    let mut blocks = vec![Block::Facts { facts: facts(view, &burn_up), side: false }];
    if burn_up.days.iter().any(|day| day.counted.is_some_and(|counted| counted.executed > 0)) {
        blocks.push(chart(view, release, &burn_up));
    }
    section(blocks)
}

fn facts(view: &View<'_>, burn_up: &BurnUp) -> Vec<Fact> {
    let now = now(burn_up);
    vec![
        fact(view, "release.against_plan", standing(view, burn_up)),
        fact(view, "release.executed_once", share(view, now.executed, burn_up.cases)),
        fact(view, "release.passing_of_planned", share(view, now.passing, burn_up.cases)),
        fact(view, "release.rate", rate(view, burn_up)),
    ]
}

/// What was executed by the end of the last day that is known.
fn now(burn_up: &BurnUp) -> Counted {
    burn_up.days.iter().rev().find_map(|day| day.counted).unwrap_or_default()
}

/// Behind plan by so many cases, or not, at the end of which day.
fn standing(view: &View<'_>, burn_up: &BurnUp) -> Line {
    let of = |compared: &Compared| {
        let of = view.words().of(compared.executed, compared.planned);
        let day = view.words().day_month(compared.day);
        text(view.fill("value.label", &[("label", &day), ("value", &of)]))
    };
    match &burn_up.standing {
        Standing::Unknown => status(UNKNOWN, view.say("value.unknown")),
        Standing::OnPlan(compared) => with_small(status(ON_PLAN, view.say("release.on_plan")), of(compared)),
        Standing::Behind(compared) => {
            let missing = view.words().count("release.behind_by", compared.missing());
            with_small(status(BEHIND, missing), of(compared))
        }
    }
}

/// How many cases a workday are needed, for how many cases and workdays.
fn rate(view: &View<'_>, burn_up: &BurnUp) -> Line {
    let words = view.words();
    let left = |left: usize| words.count("release.cases_left", left);
    match burn_up.rate {
        Rate::Unknown => status(UNKNOWN, view.say("value.unknown")),
        Rate::Done => status(ON_PLAN, view.say("release.all_executed")),
        Rate::NoTime { left: cases } => {
            with_small(status(BEHIND, view.say("release.no_time")), text(left(cases)))
        }
        Rate::Needed { left: cases, workdays } => {
            let rate = words.count("release.a_workday", cases.div_ceil(workdays));
            let detail = words.row(&[left(cases), words.count("count.workdays", workdays)]);
            with_small(text(rate), text(detail))
        }
    }
}

fn chart(view: &View<'_>, release: &Record<Release>, burn_up: &BurnUp) -> Block {
    let days = Days {
        names: burn_up.days.iter().map(|day| view.words().day_month(day.day)).collect(),
        off: burn_up.days.iter().map(|day| !day.is_workday).collect(),
    };
    let about =
        About { id: "p:burn-up".to_owned(), title: view.say("chart.burn_up"), text: summary(view, burn_up) };
    let table = table(view, release, burn_up);
    let chart =
        Lines::chart(about, &days, &courses(view, burn_up), &uprights(view, burn_up), table, view.words());
    Block::Chart(Box::new(chart))
}

/// The lines: plan, executed, passing.
fn courses(view: &View<'_>, burn_up: &BurnUp) -> Vec<Course> {
    let course = |series: Series, value: fn(&DayCount) -> Option<usize>| Course {
        series,
        values: burn_up.days.iter().map(value).collect(),
        from_nought: true,
    };
    let plan = Series::line(view.say("chart.planned"), "line-plan", "fill-ink", Mark::None);
    let executed = Series::line(view.say("chart.executed"), "line-accent", "fill-accent", Mark::Disc);
    let passing = Series::line(view.say("chart.passed"), "line-passed", "fill-passed", Mark::Square);
    let mut courses = vec![
        course(plan, |day| day.planned),
        course(executed, |day| day.counted.map(|counted| counted.executed)),
        course(passing, |day| day.counted.map(|counted| counted.passing)),
    ];
    courses.retain(|course| course.values.iter().any(Option::is_some));
    courses
}

/// The present day and the end of testing.
fn uprights(view: &View<'_>, burn_up: &BurnUp) -> Vec<Upright> {
    let at = |day| burn_up.days.iter().position(|count| count.day == day);
    let deadline = burn_up.deadline.and_then(at).map(|day| Upright {
        day,
        line: "line-deadline",
        text: view.say("event.test_deadline"),
    });
    let today =
        at(view.portal.as_of).map(|day| Upright { day, line: "line-today", text: view.say("chart.today") });
    deadline.into_iter().chain(today).collect()
}

fn summary(view: &View<'_>, burn_up: &BurnUp) -> String {
    let now = now(burn_up);
    let of = |part| view.words().of(part, burn_up.cases);
    let values = [("executed", of(now.executed)), ("passed", of(now.passing))];
    view.fill("chart.burn_up_values", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn table(view: &View<'_>, release: &Record<Release>, burn_up: &BurnUp) -> Table {
    let figures = |key: &str| Column { label: view.say(key), num: true };
    let number = |number: Option<usize>, otherwise: &str| {
        text(number.map_or_else(|| otherwise.to_owned(), |number| view.words().number(number)))
    };
    let unknown = view.say("value.unknown");
    let row = |day: &DayCount| {
        let counted = |part: fn(Counted) -> usize| number(day.counted.map(part), "–");
        vec![
            Cell::from(view.day(day.day)),
            number(day.planned, &unknown).into(),
            counted(|counted| counted.executed).into(),
            counted(|counted| counted.passing).into(),
        ]
    };
    Table {
        label: format!("{} {}", view.say("chart.burn_up"), release.id),
        columns: vec![
            Column { label: view.say("chart.date"), num: false },
            figures("chart.planned"),
            figures("chart.executed"),
            figures("chart.passed"),
        ],
        rows: burn_up.days.iter().map(row).collect(),
        sort: false,
    }
}
