//! A file names a defect that has no file in `defects/`.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-defect",
    level: Level::Error,
    what: "A file names a defect that has no file in `defects/`.",
    why: "A failure or waiver would lean on a defect that nobody can look up.",
    example: "defects: [D-371]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Defect)
}
