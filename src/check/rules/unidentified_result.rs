//! A result does not say of which case it is.

use crate::check::{Check, Context};
use crate::derive::run::identity::Identity;
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "unidentified-result",
    level: Level::Error,
    what: "A result has neither `case` nor `title`.",
    why: "It counts for the run, but nobody can say which case it is or compare it with another run.",
    example: "- {status: passed, time: 4s}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let results = context.site.runs.iter().flat_map(|run| &run.results);
    results
        .filter(|result| Identity::of(context.site, result).is_none())
        .map(|result| {
            Diagnostic::new(&RULE, result.status.place, "the result has neither `case` nor `title`")
                .hint("write `case:` with the id of the catalogue, or `title:`")
        })
        .collect()
}
