//! Two releases are installed in one environment at the same time.

use crate::check::{Check, Context};
use crate::derive::schedule::occupation::installs;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::environment::Environment;
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "overlapping-installs",
    level: Level::Error,
    what: "Two releases are to be installed in one environment at the same time: their `install` windows overlap, and both \
           name the environment with `use: target`, or without a use and it is of the kind `production`.",
    why: "If something breaks, nobody can tell by which install, and taking one back may take back the other.",
    example: "install: {from: 2026-10-20T20:00, until: 2026-10-20T23:00}   # another release: from: 2026-10-20T22:00",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.environments.iter().flat_map(|environment| breaches(context, environment)).collect()
}

fn breaches(context: &Context<'_>, environment: &Record<Environment>) -> Vec<Diagnostic> {
    let mut installs = installs(context.site, &environment.id);
    installs.sort_by_key(|install| (install.span.from, &install.release.id));
    let later = |at: usize| installs.iter().skip(at + 1);
    let pairs =
        installs.iter().enumerate().flat_map(|(at, first)| later(at).map(move |second| (first, second)));
    pairs
        .filter(|(first, second)| first.span.overlaps(&second.span))
        .map(|(first, second)| {
            let message = format!(
                "the releases `{}` and `{}` are installed in `{}` at the same time",
                first.release.id, second.release.id, environment.id
            );
            Diagnostic::new(&RULE, second.place, message)
                .related(first.place, format!("the install of `{}`", first.release.id))
                .hint("move one of them, and say so under `schedule_changes:`")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn installs_of_one_environment_come_one_after_another() {
        let release = |install: &str, more: &str| {
            format!(
                "product: a\ncontents: []\nenvironments: [{{env: prod, use: target}}]\nschedule: {{install: {install}}}\n{more}"
            )
        };
        let messages = |second: &str, more: &str| {
            let first = release("{from: 2026-10-20T20:00, until: 2026-10-20T23:00}", "");
            let second = release(second, more);
            messages_of(
                "overlapping-installs",
                &tree(&[
                    ("environments/prod.yaml", "kind: production"),
                    ("releases/1.yaml", &first),
                    ("releases/2.yaml", &second),
                ]),
            )
        };
        let told = ["the releases `1` and `2` are installed in `prod` at the same time"];
        assert_eq!(messages("{from: 2026-10-20T22:00, until: 2026-10-21T01:00}", ""), told);
        assert_eq!(
            messages("2026-10-20", ""),
            ["the releases `2` and `1` are installed in `prod` at the same time"],
            "a day without a time is taken whole"
        );
        assert_eq!(messages("{from: 2026-10-20T23:00, until: 2026-10-21T01:00}", ""), [""; 0]);
        assert_eq!(messages("2026-10-20T22:00", "status: cancelled\n"), [""; 0]);
    }
}
