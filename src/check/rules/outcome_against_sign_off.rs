//! A decision confirms what one of its own roles did not.

use crate::check::{Check, Context};
use crate::derive::decision::is_confirmed;
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "outcome-against-sign-off",
    level: Level::Error,
    what: "A decision confirms a release, and the word of one of its roles is `refused` or `deferred`.",
    why: "A reader who sees the outcome alone would believe that all had agreed.",
    example: "outcome: confirmed\nby: {test-lead: confirmed, product-owner: refused}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let confirmed = context.site.decisions.iter().filter(|decision| is_confirmed(decision.outcome.value));
    confirmed
        .flat_map(|decision| {
            let against = decision.by.iter().filter(|(_, word)| !is_confirmed(word.value));
            against.map(|(role, word)| {
                let message = format!(
                    "the outcome is `{}`, and `{}` says `{}`",
                    decision.outcome.word(),
                    role.id(),
                    word.word()
                );
                Diagnostic::new(&RULE, word.place, message).related(decision.outcome.place, "the outcome")
            })
        })
        .collect()
}
