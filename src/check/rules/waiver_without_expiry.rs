//! A waiver has no last day.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "waiver-without-expiry",
    level: Level::Warn,
    what: "A waiver does not say until when it holds, so that it covers nothing.",
    why: "What is accepted without an end is accepted for ever, and nobody looks at it again.",
    example: "waivers: [{id: W1, rule: open_defects, defects: [D-317], approved_by: product-owner}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let waivers = context.site.releases.iter().flat_map(|release| &release.waivers);
    waivers
        .filter(|waiver| waiver.expires.is_none())
        .map(|waiver| {
            let message = format!("the waiver `{}` has no last day and covers nothing", waiver.id.value);
            Diagnostic::new(&RULE, waiver.id.place, message).hint("write its last day: `expires: 2026-11-15`")
        })
        .collect()
}
