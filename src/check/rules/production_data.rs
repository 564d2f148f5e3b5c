//! Production data may be seen by too many.

use crate::check::{Check, Context, marking};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::audience::Audience;
use crate::model::data_set::Origin;

static RULE: Rule = Rule {
    name: "production-data",
    level: Level::Error,
    what: "A test-data set from production is described to a wider audience than the restricted one.",
    why: "Where real people's data lies, and what can be found there, is for the few who work with it.",
    example: "origin: production   # and no `audience: restricted`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let site = context.site;
    site.data
        .iter()
        .filter(|set| set.origin.value == Origin::Production)
        .filter_map(|set| {
            let audience = marking::audience(site, set.audience, &set.path);
            (audience < Audience::Restricted).then(|| {
                let message = format!("data from production is shown to the audience `{}`", audience.word());
                Diagnostic::new(&RULE, set.origin.place, message)
                    .hint("write `audience: restricted`, or use pseudonymised or synthetic data")
            })
        })
        .collect()
}
