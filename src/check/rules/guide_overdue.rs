//! A guide has not been reviewed in time.

use crate::check::{Check, Context};
use crate::derive::guidance::freshness::{Review, review};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "guide-overdue",
    level: Level::Warn,
    what: "The review of a page was due before the day of the check.",
    why: "Guidance that nobody has looked at for a year may describe a system that has changed since.",
    example: "reviewed: 2024-03-01",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context
        .site
        .documents
        .iter()
        .filter_map(|document| {
            let front = &document.main().front;
            let Review::Overdue(day) = review(context.site, front, context.as_of) else { return None };
            let place = front.reviewed.as_ref()?.place;
            Some(
                Diagnostic::new(&RULE, place, format!("the review was due on {day}"))
                    .hint("read the page, mend it, and write the day under `reviewed:`"),
            )
        })
        .collect()
}
