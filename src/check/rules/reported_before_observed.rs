//! A defect was reported before it was seen.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::Site;
use crate::model::defect::Defect;

static RULE: Rule = Rule {
    name: "reported-before-observed",
    level: Level::Error,
    what: "The `reported` of a defect is before its `observed`.",
    why: "One of the two is a slip of the pen, and the time to report cannot be told.",
    example: "observed: 2026-10-12T13:05\nreported: 2026-10-12T11:20",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.defects.iter().filter_map(|defect| breach(context.site, defect)).collect()
}

fn breach(site: &Site, defect: &Defect) -> Option<Diagnostic> {
    let (observed, reported) = (defect.observed.as_ref()?, defect.reported.as_ref()?);
    reported.is_before(observed, &site.zone).then(|| {
        let message = format!(
            "the defect was reported on {}, before it was observed on {}",
            reported.value, observed.value
        );
        Diagnostic::new(&RULE, reported.place, message).related(observed.place, "observed")
    })
}
