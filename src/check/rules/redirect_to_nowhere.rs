//! A redirect leads to no page.

use crate::check::{Check, Context};
use crate::derive::page::redirects::{GONE, Why};
use crate::diagnostic::{Diagnostic, Level, Rule, did_you_mean};
use crate::model::audience::Audience;

static RULE: Rule = Rule {
    name: "redirect-to-nowhere",
    level: Level::Error,
    what: "`redirects` in `portal.yaml` leads to an address at which there is no page and no file.",
    why: "Readers would be led from one page that is not there to another.",
    example: "redirects: {/old/: /guides/reprot-defect/}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    // A page that this audience may not see is no mistake, and its redirect is left out with it.
    if context.site.audience != Audience::Restricted {
        return Vec::new();
    }
    let problems = context.redirects.problems.iter();
    let told = problems.filter_map(|problem| match &problem.why {
        Why::Nowhere(to) => {
            let message = format!("the redirect leads to `{to}`, where there is nothing");
            Some(Diagnostic::new(&RULE, problem.place, message).hint(hint(context, to)))
        }
        _ => None,
    });
    told.collect()
}

fn hint(context: &Context<'_>, to: &str) -> String {
    let known: Vec<&str> = context.routes.addresses().collect();
    did_you_mean(to.trim_matches('/'), known)
        .unwrap_or_else(|| format!("write the address of a page, or `{GONE}` if nothing came after it"))
}
