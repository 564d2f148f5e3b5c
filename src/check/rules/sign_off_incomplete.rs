//! A release went ahead without the word of a role.

use crate::check::{Check, Context};
use crate::derive::decision::{current, is_confirmed, silent};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus};

static RULE: Rule = Rule {
    name: "sign-off-incomplete",
    level: Level::Warn,
    what: "A release is decided or installed, and a role of its `sign_off` has no word in the decision.",
    why: "The word of that role was asked for because it answers for something that the others do not see.",
    example: "sign_off: [test-lead, product-owner]   # and the decision has by: {test-lead: confirmed}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.releases.iter().flat_map(|release| breaches(context, release)).collect()
}

fn breaches(context: &Context<'_>, release: &Record<Release>) -> Vec<Diagnostic> {
    use ReleaseStatus::{Decided, Released, RolledBack};
    let status = release.status.as_ref().map(|status| status.value);
    if !matches!(status, Some(Decided | Released | RolledBack)) {
        return Vec::new();
    }
    let decision = current(context.site, &release.id, context.as_of);
    let Some(decision) = decision.filter(|decision| is_confirmed(decision.outcome.value)) else {
        return Vec::new();
    };
    let fault = |role: &crate::record::reference::Ref<crate::record::reference::to::Role>| {
        let message = format!("the decision `{}` has no word of `{}`", decision.id, role.id());
        Diagnostic::new(&RULE, decision.by.place, message)
            .related(role.place(), "asked for here")
            .hint(format!("`juhend sign-off {} --role {}` adds it", release.id, role.id()))
    };
    silent(release, decision).into_iter().map(fault).collect()
}
