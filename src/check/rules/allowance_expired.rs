//! A value was allowed until a day that is over.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "allowance-expired",
    level: Level::Warn,
    what: "A value under `allowed:` in `portal.yaml` may no longer be published: its day is over.",
    why: "What was agreed for a time has to be agreed anew; until then the value is told as a finding again.",
    example: "allowed: [{value: testing@example.ee, source: …, reason: …, expires: 2025-12-31}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let allowed = context.site.portal.allowed.iter();
    let over = allowed.filter(|allowed| allowed.expires.value < context.as_of);
    over.map(|allowed| {
        let message = format!("the allowance ended on {}", allowed.expires.value);
        Diagnostic::new(&RULE, allowed.expires.place, message)
            .hint("take the value out of the content, or look at the reason again and extend it")
            .secret()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn an_allowance_holds_on_its_last_day() {
        for (expires, told) in [("2026-10-16", 0), ("2026-10-15", 1)] {
            let portal =
                format!("title: P\nallowed: [{{value: a, source: b, reason: c, expires: {expires}}}]\n");
            assert_eq!(messages_of("allowance-expired", &tree(&[("portal.yaml", &portal)])).len(), told);
        }
    }
}
