//! The accessibility statement says another thing than what it lists.

use crate::check::{Check, Context};
use crate::derive::guidance::accessibility::breaches;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::accessibility::Conformance;

static RULE: Rule = Rule {
    name: "accessibility-unfounded",
    level: Level::Warn,
    what: "The accessibility statement claims full conformance and lists breaches, or denies it and lists none.",
    why: "A statement has to name every part that is not accessible; who reads that something is not has to learn what.",
    example: "accessibility: {status: partial, limitations: [], …}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let statement = context.site.portal.accessibility.iter();
    statement
        .filter_map(|statement| {
            let (message, hint) = match (statement.status.value, breaches(statement).next()) {
                (Conformance::Full, Some(_)) => (
                    "the portal is said to conform in full, and breaches are listed",
                    "write `partial` or `none`",
                ),
                (Conformance::Partial | Conformance::None, None) => (
                    "the portal is said not to conform in full, and no breach is listed",
                    "list them under `limitations:`",
                ),
                _ => return None,
            };
            Some(Diagnostic::new(&RULE, statement.status.place, message).hint(hint))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_status_agrees_with_what_is_listed() {
        for (said, told) in [
            ("status: full", 0),
            ("status: full, limitations: [{what: W, because: out_of_scope}]", 0),
            ("status: full, limitations: [{what: W, because: breach}]", 1),
            ("status: partial", 1),
            ("status: partial, limitations: [{what: W, because: burden}]", 0),
            ("status: none, limitations: [{what: W, because: out_of_scope}]", 1),
        ] {
            let portal = format!(
                "title: P\naccessibility: {{body: A, {said}, prepared: 2026-01-01, method: self, contact: a, enforcement: {{body: B}}}}\n"
            );
            let found = messages_of("accessibility-unfounded", &tree(&[("portal.yaml", &portal)]));
            assert_eq!(found.len(), told, "{said}: {found:?}");
        }
    }
}
