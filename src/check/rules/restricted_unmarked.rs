//! A restricted file has no marking.

use crate::check::{Check, Context, marking};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::audience::Audience;

static RULE: Rule = Rule {
    name: "restricted-unmarked",
    level: Level::Warn,
    what: "A file is for the restricted audience and says neither who holds it, since when, until when nor why.",
    why: "A document for internal use carries its marking (AvTS § 41); without it nobody knows when it becomes public.",
    example: "audience: restricted",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    marking::each(context.site)
        .into_iter()
        .filter(|marked| marked.narrowest == Audience::Restricted && marked.restriction.is_none())
        .map(|marked| {
            let what =
                if marked.audience == Audience::Restricted { "the file" } else { "a block of the file" };
            Diagnostic::new(&RULE, Place::whole(marked.file), format!("{what} is restricted, but not marked"))
                .hint("write `restriction: {holder: …, marked: …, until: …, basis: …}`")
        })
        .collect()
}
