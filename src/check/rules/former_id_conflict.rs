//! A former id of a case means two cases.

use std::collections::HashMap;

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};

static RULE: Rule = Rule {
    name: "former-id-conflict",
    level: Level::Error,
    what: "`renamed_from` names an id that a case has today, or that two cases had before.",
    why: "Results under that id could be of either case, and its history would be that of the wrong one.",
    example: "cases: [{id: BEN-77}, {id: BEN-142, renamed_from: [BEN-77]}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let cases = &context.site.cases;
    let mut first: HashMap<&str, (&str, Place)> = HashMap::new();
    let mut faults = Vec::new();
    for (case, former) in
        cases.iter().flat_map(|case| case.renamed_from.iter().map(move |former| (case, former)))
    {
        if let Some(present) = cases.get(&former.value) {
            let message = format!("a case has the id `{}` today", former.value);
            faults.push(
                Diagnostic::new(&RULE, former.place, message).related(present.value.id.place, "the case"),
            );
        } else if let Some((other, place)) = first.get(former.value.as_str()) {
            let message = format!("`{}` was `{other}` before", former.value);
            faults.push(Diagnostic::new(&RULE, former.place, message).related(*place, "where that is said"));
        } else {
            first.insert(&former.value, (&case.id, former.place));
        }
    }
    faults
}
