//! A run names a test plan that has no file in `plans/`.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-plan",
    level: Level::Error,
    what: "A run names a test plan that has no file in `plans/`.",
    why: "Without the plan the number of planned cases is unknown, and so is every share of it.",
    example: "plan: 2026.10-st",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Plan)
}
