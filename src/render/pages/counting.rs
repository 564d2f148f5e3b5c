//! How the portal counts: the definitions, as the catalogue words them.

use super::super::blocks::{Block, Cell, Head, Section, Table, text};
use super::super::names::View;
use super::Sheet;
use super::labels::column;

/// The definitions, in the order of the content model.
const DEFINITIONS: [&str; 25] = [
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
    "open_defects",
    "detail_score",
    "time_to_report",
    "known_leak",
    "overdue_ticket",
    "stalled_ticket",
    "snapshot_difference",
    "uat_ready",
    "check_freshness",
    "environment_readiness",
    "rule_result",
    "gate_result",
    "schedule_slip",
    "report_timeliness",
];

/// The page.
pub fn sheet(view: &View<'_>) -> Sheet {
    let head =
        Head { title: view.say("counting.title"), lede: Some(view.say("counting.lead")), ..Head::default() };
    let ground = ["letters", "zero", "rounding", "n_of_m", "workdays", "as_of"]
        .iter()
        .map(|key| text(view.say(&format!("counting.{key}"))))
        .collect();
    let rows = DEFINITIONS
        .iter()
        .filter(|key| view.words().has(&format!("counting.{key}.name")))
        .map(|key| {
            let cell = |part: &str| Cell::from(text(view.say(&format!("counting.{key}.{part}"))));
            vec![cell("name"), cell("text")]
        })
        .collect();
    let table = Table {
        label: view.say("counting.title"),
        columns: vec![column(view, "counting.name"), column(view, "counting.definition")],
        rows,
        sort: false,
    };
    let sections = vec![
        Section::new("ground", view.say("test.summary"), vec![Block::Paragraphs { lines: ground }]),
        Section::new("definitions", view.say("counting.definition"), vec![Block::Table(table)]),
    ];
    Sheet::new("counting.html", head, sections)
}
