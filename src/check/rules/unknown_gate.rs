//! A release names a gate that `portal.yaml` does not define.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-gate",
    level: Level::Error,
    what: "A release names a gate that `portal.yaml` does not define.",
    why: "The release would pass or fail by no rule at all.",
    example: "gate: standrad",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Gate)
}
