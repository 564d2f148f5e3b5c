//! A decision replaces one that has no file in `decisions/`.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-decision",
    level: Level::Error,
    what: "A decision replaces one that has no file in `decisions/`.",
    why: "Decisions are a register; a gap in it could hide a refusal.",
    example: "supersedes: 2026.10-frist",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Decision)
}
