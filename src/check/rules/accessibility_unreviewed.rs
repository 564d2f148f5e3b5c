//! The accessibility statement has not been looked through for a year.

use crate::check::{Check, Context};
use crate::derive::guidance::accessibility::{holds_until, last_review};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "accessibility-unreviewed",
    level: Level::Warn,
    what: "The accessibility statement was last looked through more than a year before the day of the check.",
    why: "Statements are reviewed at least once a year (Implementing Decision (EU) 2018/1523); an older one tells \
          readers of a portal that has changed since.",
    example: "accessibility: {reviewed: 2024-03-01, …}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let statement = context.site.portal.accessibility.iter();
    let old = statement.filter(|statement| holds_until(statement) < context.as_of);
    old.map(|statement| {
        let review = last_review(statement);
        let message = format!("the accessibility statement was last looked through on {}", review.value);
        Diagnostic::new(&RULE, review.place, message)
            .hint("assess the portal again, mend the statement, and write the day under `reviewed:`")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    /// The day of samples is 2026-10-16.
    #[test]
    fn a_statement_holds_for_a_year() {
        let cases = [
            ("prepared: 2025-10-16", 0),
            ("prepared: 2025-10-15", 1),
            ("prepared: 2024-01-01, reviewed: 2026-01-01", 0),
            ("prepared: 2024-01-01, reviewed: 2025-01-01", 1),
        ];
        for (days, told) in cases {
            let portal = format!(
                "title: P\naccessibility: {{body: A, status: full, {days}, method: self, contact: a, enforcement: {{body: B}}}}\n"
            );
            let found = messages_of("accessibility-unreviewed", &tree(&[("portal.yaml", &portal)]));
            assert_eq!(found.len(), told, "{days}: {found:?}");
        }
    }
}
