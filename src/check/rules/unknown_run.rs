//! A file names a test run that has no file in `runs/`.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-run",
    level: Level::Error,
    what: "A file names a test run that has no file in `runs/`.",
    why: "A report or defect would rest on results that nobody can look up.",
    example: "runs: [2026.10/sit-3]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Run)
}
