//! A marking no longer holds.

use crate::check::{Check, Context, marking};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "restriction-expired",
    level: Level::Warn,
    what: "The day until which a restriction holds is over, and the file still carries the marking.",
    why: "What was restricted is public once its term is over, unless the holder extends it (AvTS § 40).",
    example: "restriction: {holder: Amet, marked: 2020-10-01, until: 2025-10-01, basis: AvTS § 35 lg 1 p 9}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    marking::each(context.site)
        .into_iter()
        .filter_map(|marked| marked.restriction)
        // One that ended before it began is another fault.
        .filter(|restriction| restriction.marked <= restriction.until.value)
        .map(|restriction| &restriction.until)
        .filter(|until| until.value < context.as_of)
        .map(|until| {
            let message = format!("the restriction ended on {}", until.value);
            Diagnostic::new(&RULE, until.place, message)
                .hint("extend it by at most five years, or take the marking and the audience away")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_restriction_holds_on_its_last_day() {
        for (until, told) in
            [("2026-10-16", vec![]), ("2026-10-15", vec!["the restriction ended on 2026-10-15"])]
        {
            let page = format!(
                "---\naudience: restricted\nrestriction: {{holder: A, marked: 2024-10-01, until: {until}, basis: AvTS}}\n---\n"
            );
            assert_eq!(messages_of("restriction-expired", &tree(&[("a.md", &page)])), told);
        }
    }
}
