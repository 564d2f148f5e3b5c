//! Two clonings overwrite one environment at the same time.

use crate::check::{Check, Context};
use crate::derive::schedule::occupation::{cloning as span, clonings};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::environment::{Cloning, Environment};
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "overlapping-clonings",
    level: Level::Error,
    what: "Two clonings of one environment overlap.",
    why: "What one of them copies the other overwrites.",
    example: "clonings: [{id: a, from: 2026-11-06, until: 2026-11-08}, {id: b, from: 2026-11-08}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.environments.iter().flat_map(|environment| breaches(context, environment)).collect()
}

fn breaches(context: &Context<'_>, environment: &Record<Environment>) -> Vec<Diagnostic> {
    let clonings: Vec<&Cloning> = clonings(environment).collect();
    let later = |at: usize| clonings.iter().skip(at + 1);
    let pairs =
        clonings.iter().enumerate().flat_map(|(at, first)| later(at).map(move |second| (first, second)));
    pairs
        .filter(|(first, second)| span(context.site, first).overlaps(&span(context.site, second)))
        .map(|(first, second)| {
            let message = format!(
                "the clonings `{}` and `{}` of `{}` overlap",
                first.id.value, second.id.value, environment.id
            );
            Diagnostic::new(&RULE, second.from.place, message)
                .related(first.from.place, format!("the beginning of `{}`", first.id.value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn clonings_of_one_environment_come_one_after_another() {
        let messages = |second: &str| {
            let text = format!(
                "kind: test\nclonings: [{{id: a, from: 2026-11-06T18:00, until: 2026-11-08T12:00}}, {{id: b, {second}}}]"
            );
            messages_of("overlapping-clonings", &tree(&[("environments/sit.yaml", &text)]))
        };
        assert_eq!(messages("from: 2026-11-08"), ["the clonings `a` and `b` of `sit` overlap"]);
        assert_eq!(messages("from: 2026-11-08T12:00"), [""; 0]);
        assert_eq!(messages("from: 2026-11-08, status: cancelled"), [""; 0]);
    }
}
