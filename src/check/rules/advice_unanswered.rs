//! A question waits too long for its answer.

use crate::check::{Check, Context};
use crate::derive::attention;
use crate::derive::guidance::advice::{LONG, waited};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::document::{Document, Extra};

static RULE: Rule = Rule {
    name: "advice-unanswered",
    level: Level::Warn,
    what: "A question under `advice/` has waited for an answer for more than ten workdays.",
    why: "The team that asked does what it thinks right meanwhile, and others do something else.",
    example: "asked: 2026-09-01   # no `answered:`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    attention::unanswered(context.site, context.as_of)
        .filter_map(|document| breach(context, document))
        .collect()
}

fn breach(context: &Context<'_>, document: &Document) -> Option<Diagnostic> {
    let Extra::Advice(advice) = &document.main().extra else { return None };
    let days = waited(context.site, advice, context.as_of)?;
    let asked = advice.asked.as_ref()?;
    (days > LONG).then(|| {
        Diagnostic::new(&RULE, asked.place, format!("the question has waited for {days} workdays"))
            .hint("write the answer below the question, and the day under `answered:`")
    })
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn ten_workdays_are_time_enough() {
        let site = tree(&[
            ("advice/long.md", "---\nasked: 2026-10-01\n---\nWhy?"),
            ("advice/ten.md", "---\nasked: 2026-10-02\n---\nWhy?"),
            ("advice/done.md", "---\nasked: 2026-01-02\nanswered: 2026-10-01\n---\nBecause."),
            ("advice/whenever.md", "Why?"),
        ]);
        assert_eq!(messages_of("advice-unanswered", &site), ["the question has waited for 11 workdays"]);
    }
}
