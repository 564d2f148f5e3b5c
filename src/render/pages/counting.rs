//! How the portal counts: the definitions, as the catalogue words them.

use super::super::blocks::{Block, Cell, Head, Section, Table, text, whole};
use super::super::names::View;
use super::Sheet;
use super::labels::column;

/// What holds for all numbers.
const GROUND: [&str; 7] = ["letters", "zero", "rounding", "n_of_m", "workdays", "working_time", "as_of"];

/// The definitions in groups, each in the order of the content model.
const GROUPS: [(&str, &[&str]); 5] = [
    (
        "cases",
        &[
            "case_identity",
            "final_status",
            "pass_rate",
            "executed_share",
            "burn_up",
            "behind_plan",
            "requirement_status",
            "comparable_runs",
            "transition",
            "failing_since",
            "flaky",
        ],
    ),
    (
        "defects",
        &[
            "defect_on_day",
            "open_defects",
            "defect_age",
            "detail_score",
            "time_to_report",
            "known_leak",
            "retest",
        ],
    ),
    (
        "tickets",
        &[
            "overdue_ticket",
            "stalled_ticket",
            "snapshot_difference",
            "uat_ready",
            "check_freshness",
            "environment_readiness",
        ],
    ),
    ("decision", &["rule_result", "live_waiver", "gate_result", "schedule_slip", "report_timeliness"]),
    ("guidance", &["review", "older_training", "training_step", "attendance", "question_age"]),
];

/// The page.
pub fn sheet(view: &View<'_>) -> Sheet {
    let head = Head {
        title: view.said("counting.title"),
        lede: Some(view.said("counting.lead")),
        ..Head::default()
    };
    let ground = GROUND.iter().map(|key| text(view.say(&format!("counting.{key}")))).collect();
    let ground = Section::new("ground", view.say("test.summary"), vec![Block::Paragraphs { lines: ground }]);
    let groups = GROUPS.iter().map(|(id, keys)| group(view, id, keys));
    Sheet::new("counting.html", head, [ground].into_iter().chain(groups).collect())
}

fn group(view: &View<'_>, id: &str, keys: &[&str]) -> Section {
    let row = |key: &&str| {
        let said = |part: &str| text(view.say(&format!("counting.{key}.{part}")));
        vec![Cell::from(said("name")), Cell::from(whole(said("text")))]
    };
    let title = view.say(&format!("counting.group_{id}"));
    let table = Table {
        label: title.clone(),
        columns: vec![column(view, "counting.name"), column(view, "counting.definition")],
        rows: keys.iter().map(row).collect(),
        sort: false,
    };
    Section::new(id, title, vec![Block::Table(table)])
}
