//! A former address is taken.

use crate::check::{Check, Context};
use crate::derive::page::redirects::{Problem, Why};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "alias-conflict",
    level: Level::Error,
    what: "An alias or redirect stands at the address of a page, is named twice, or is no address within the portal.",
    why: "Readers who follow the old address can be led to one page only.",
    example: "aliases: [/guides/]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.redirects.problems.iter().filter_map(told).collect()
}

fn told(problem: &Problem) -> Option<Diagnostic> {
    let name = format!("the {} `{}`", if problem.is_alias { "alias" } else { "redirect" }, problem.written);
    let fault = |said: &str| Diagnostic::new(&RULE, problem.place, format!("{name} {said}"));
    Some(match &problem.why {
        Why::NoAddress => fault("is no address of an old page").hint("write it as `/guides/old-name/`"),
        Why::Taken => fault("is the address of a page"),
        Why::Twice(first) => fault("is named twice")
            .related(*first, "first named here")
            .hint("keep it at one page, in one language"),
        Why::Nowhere(_) | Why::Loop(_) => return None,
    })
}
