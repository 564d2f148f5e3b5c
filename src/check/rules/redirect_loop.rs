//! A redirect leads back to itself.

use crate::check::{Check, Context};
use crate::derive::page::redirects::Why;
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "redirect-loop",
    level: Level::Error,
    what: "`redirects` in `portal.yaml` leads from an address over others back to one of them.",
    why: "Readers would be sent round until the browser gives up.",
    example: "redirects: {/a/: /b/, /b/: /a/}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let problems = context.redirects.problems.iter();
    let told = problems.filter_map(|problem| match &problem.why {
        Why::Loop(way) => {
            let way: Vec<String> = way.iter().map(|address| format!("`{address}`")).collect();
            let message = format!("the redirect goes in a circle: {}", way.join(" → "));
            Some(Diagnostic::new(&RULE, problem.place, message).hint("let one of them lead to a page"))
        }
        _ => None,
    });
    told.collect()
}
