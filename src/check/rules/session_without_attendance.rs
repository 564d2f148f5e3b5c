//! Nobody counted who came to a training session.

use crate::check::{Check, Context};
use crate::derive::guidance::attendance;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::page::Session;

static RULE: Rule = Rule {
    name: "session-without-attendance",
    level: Level::Warn,
    what: "A training session that was not cancelled was over before the day of the check and has no counts under `attended:`.",
    why: "Nobody can tell which teams have been trained, and after some weeks nobody remembers.",
    example: "sessions: [{at: 2026-09-08T10:00, teams: [uat]}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    attendance::sessions(context.site).filter_map(|session| breach(context, session)).collect()
}

fn breach(context: &Context<'_>, session: &Session) -> Option<Diagnostic> {
    let is_over = attendance::is_over(context.site, session, context.as_of);
    let is_unknown = attendance::came(session).is_none();
    (is_over && is_unknown && attendance::is_held(session)).then(|| {
        let day = session.at.date(&context.site.zone);
        Diagnostic::new(&RULE, session.at.place, format!("nobody counted who came on {day}"))
            .hint("write how many of each team came: `attended: {uat: 14}`; a session that was not held has `cancelled: true`")
    })
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_session_wants_its_counts_the_day_after() {
        let site = tree(&[(
            "training/a.md",
            "---
sessions:
  - {at: 2026-10-15T10:00}
  - {at: 2026-10-14, attended: {uat: 0}}
  - {at: 2026-10-16T08:00, until: 2026-10-16T09:00}
  - {at: 2026-10-13, cancelled: true}
  - {at: 2026-10-21}
---
",
        )]);
        assert_eq!(
            messages_of("session-without-attendance", &site),
            ["nobody counted who came on 2026-10-15"]
        );
    }
}
