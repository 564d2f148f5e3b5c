//! The status of a defect is not where its history ends.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::Site;
use crate::model::defect::Defect;

static RULE: Rule = Rule {
    name: "status-history-mismatch",
    level: Level::Error,
    what: "The `status` of a defect with a `history` differs from the latest change.",
    why: "One of the two was forgotten, and since when the status holds is known to nobody.",
    example: "status: closed\nhistory: [{at: 2026-10-14T15:00, to: retest}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.defects.iter().filter_map(|defect| breach(context.site, defect)).collect()
}

fn breach(site: &Site, defect: &Defect) -> Option<Diagnostic> {
    // Of changes at the same time the one that is written last holds.
    let latest = defect.history.iter().max_by_key(|change| change.at.civil(&site.zone))?;
    (latest.to.value != defect.status.value).then(|| {
        let message = format!(
            "the status is `{}`, but the history ends with `{}`",
            defect.status.word(),
            latest.to.word()
        );
        Diagnostic::new(&RULE, defect.status.place, message)
            .related(latest.to.place, "the latest change")
            .hint("add the change to `history:` with its time, or mend the status")
    })
}
