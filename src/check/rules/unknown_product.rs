//! A file names a product that `portal.yaml` does not list.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-product",
    level: Level::Error,
    what: "A file names a product that `portal.yaml` does not list.",
    why: "Pages, schedules and gates are sorted by product; this one would stand nowhere.",
    example: "product: benefit",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Product)
}
