//! A file names an owner that is neither a team nor a role of `portal.yaml`.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-owner",
    level: Level::Error,
    what: "A file names an owner that is neither a team nor a role of `portal.yaml`.",
    why: "Readers could not tell whom to ask, and reviews would be nobody's work.",
    example: "owner: test-laed",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Owner)
}
