//! A list of those affected or told names something that is no team, role or partner.

use crate::check::{Check, Context, reference};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::record::reference::Kind;

static RULE: Rule = Rule {
    name: "unknown-party",
    level: Level::Error,
    what: "A list of those affected or told names something that is no team, role or partner.",
    why: "Somebody who has to know would not be told.",
    example: "affected: [sit, bnak-a]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    reference::unknown(context, &RULE, Kind::Party)
}
