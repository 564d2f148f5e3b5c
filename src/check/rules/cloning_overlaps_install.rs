//! An environment is cloned while a release is installed in it.

use crate::check::{Check, Context};
use crate::derive::schedule::occupation::{Install, cloning as span, clonings, installs};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::environment::{Cloning, Environment};
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "cloning-overlaps-install",
    level: Level::Error,
    what: "A release is to be installed in an environment while a cloning overwrites it.",
    why: "The install would be lost or left half done, and nobody could say which build is there.",
    example: "clonings: [{id: 2026-11, from: 2026-11-06T18:00, until: 2026-11-08T12:00}]   # and an install there on 2026-11-07",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.environments.iter().flat_map(|environment| breaches(context, environment)).collect()
}

fn breaches(context: &Context<'_>, environment: &Record<Environment>) -> Vec<Diagnostic> {
    let installs = installs(context.site, &environment.id);
    let met = |cloning: &Cloning| {
        let span = span(context.site, cloning);
        installs.iter().filter(move |install| install.span.overlaps(&span)).copied().collect::<Vec<_>>()
    };
    clonings(environment)
        .flat_map(|cloning| met(cloning).into_iter().map(move |install| (cloning, install)))
        .map(|(cloning, install)| fault(environment, cloning, &install))
        .collect()
}

fn fault(environment: &Record<Environment>, cloning: &Cloning, install: &Install<'_>) -> Diagnostic {
    let message = format!(
        "the cloning `{}` overwrites `{}` while the release `{}` is installed there",
        cloning.id.value, environment.id, install.release.id
    );
    Diagnostic::new(&RULE, cloning.from.place, message)
        .related(install.place, format!("the install of `{}`", install.release.id))
        .hint("move one of them, and say so under `schedule_changes:`")
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_cloning_and_an_install_keep_apart() {
        let messages = |install: &str, status: &str| {
            let environment = format!(
                "kind: preproduction\nclonings: [{{id: c, from: 2026-11-06T18:00, until: 2026-11-08T12:00, status: {status}}}]"
            );
            let release = format!(
                "product: a\ncontents: []\nenvironments: [{{env: pre, use: target}}]\nschedule: {{install: {install}}}\n"
            );
            messages_of(
                "cloning-overlaps-install",
                &tree(&[("environments/pre.yaml", &environment), ("releases/1.yaml", &release)]),
            )
        };
        let told = ["the cloning `c` overwrites `pre` while the release `1` is installed there"];
        assert_eq!(messages("2026-11-07T20:00", "planned"), told);
        assert_eq!(messages("{from: 2026-11-06T16:00, until: 2026-11-06T18:01}", "planned"), told);
        assert_eq!(messages("{from: 2026-11-06T16:00, until: 2026-11-06T18:00}", "planned"), [""; 0]);
        assert_eq!(messages("2026-11-07T20:00", "cancelled"), [""; 0]);
    }
}
