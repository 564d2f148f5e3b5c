//! A link leads to a part that its page does not have.

use super::broken_link::each_broken;
use crate::check::{Check, Context, reach};
use crate::derive::page::links::Broken;
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "broken-anchor",
    level: Level::Error,
    what: "A link leads to a heading that the page does not have.",
    why: "Readers would end at the top of a long page and have to search it.",
    example: "[severity](report-defect.md#severty)",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    each_broken(context)
        .filter_map(|(from, link, broken)| match broken {
            // Of what the audience may not see `narrower-link` tells.
            Broken::NoAnchor { anchor, .. } if reach::cut(context, from, link, &anchor).is_some() => None,
            Broken::NoAnchor { anchor, hint } => {
                let message = format!("the page has no heading `#{anchor}`");
                Some(Diagnostic::new(&RULE, link.place, message).maybe_hint(hint))
            }
            Broken::OutOfTree | Broken::NoFile(_) => None,
        })
        .collect()
}
