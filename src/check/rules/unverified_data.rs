//! Nobody has verified that data is pseudonymised.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::data_set::Origin;

static RULE: Rule = Rule {
    name: "unverified-data",
    level: Level::Error,
    what: "A pseudonymised test-data set does not name the role that verified it.",
    why: "Masking that nobody has looked at may leave people recognisable.",
    example: "origin: pseudonymised   # and no `verified_by:`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context
        .site
        .data
        .iter()
        .filter(|set| set.origin.value == Origin::Pseudonymised && set.verified_by.is_none())
        .map(|set| {
            Diagnostic::new(&RULE, set.origin.place, "nobody has verified the pseudonymisation")
                .hint("name the role: `verified_by: data-protection`")
        })
        .collect()
}
