//! A file names an environment that has no file in `environments/`.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-environment",
    level: Level::Error,
    what: "A file names an environment that has no file in `environments/`.",
    why: "Whether the environment is ready could not be told.",
    example: "environment: preprd",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Environment)
}
