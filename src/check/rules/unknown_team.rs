//! A file names a team that `portal.yaml` does not list.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-team",
    level: Level::Error,
    what: "A file names a team that `portal.yaml` does not list.",
    why: "Work would be shown as belonging to nobody.",
    example: "team: uta",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Team)
}
