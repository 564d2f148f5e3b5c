//! A file names a role that `portal.yaml` does not list.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-role",
    level: Level::Error,
    what: "A file names a role that `portal.yaml` does not list.",
    why: "A word that nobody is entitled to give cannot be asked for or counted.",
    example: "approved_by: product-onwer",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Role)
}
