//! Nobody approved a waiver.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "waiver-unapproved",
    level: Level::Warn,
    what: "A waiver does not name the role that approved it, so that it covers nothing.",
    why: "A risk that nobody took is not accepted.",
    example: "waivers: [{id: W1, rule: open_defects, defects: [D-317], expires: 2026-11-15}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let waivers = context.site.releases.iter().flat_map(|release| &release.waivers);
    waivers
        .filter(|waiver| waiver.approved_by.is_none())
        .map(|waiver| {
            let message = format!("nobody approved the waiver `{}`, so it covers nothing", waiver.id.value);
            Diagnostic::new(&RULE, waiver.id.place, message)
                .hint("name the role: `approved_by: product-owner`")
        })
        .collect()
}
