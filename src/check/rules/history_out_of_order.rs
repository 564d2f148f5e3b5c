//! The history of a defect goes back in time.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Placed, Rule};
use crate::model::Site;
use crate::model::defect::Defect;
use crate::record::time::Moment;

static RULE: Rule = Rule {
    name: "history-out-of-order",
    level: Level::Error,
    what: "A change in the `history` of a defect is before the one above it, or before the defect was found.",
    why: "How long the defect stood in each status, and how it stood at an install, is read from these times.",
    example: "history: [{at: 2026-10-14, to: retest}, {at: 2026-10-13, to: closed}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.defects.iter().flat_map(|defect| breaches(context.site, defect)).collect()
}

fn breaches(site: &Site, defect: &Defect) -> Vec<Diagnostic> {
    let found = defect.observed.as_ref().or(defect.reported.as_ref());
    let times: Vec<&Placed<Moment>> =
        found.into_iter().chain(defect.history.iter().map(|change| &change.at)).collect();
    times
        .windows(2)
        .filter_map(|pair| match pair {
            [before, after] if after.is_before(before, &site.zone) => {
                let message = format!("the history goes back from {} to {}", before.value, after.value);
                Some(Diagnostic::new(&RULE, after.place, message).related(before.place, "what comes before"))
            }
            _ => None,
        })
        .collect()
}
