//! More people came to a training session than it has seats.

use crate::check::{Check, Context};
use crate::derive::guidance::attendance;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::page::Session;

static RULE: Rule = Rule {
    name: "session-over-seats",
    level: Level::Warn,
    what: "The counts under `attended:` of a training session add up to more than its `seats:`.",
    why: "Either a count is a slip or the room was too small, and the next session is planned by these numbers.",
    example: "{at: 2026-10-21T10:00, seats: 12, attended: {uat: 14}}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    attendance::sessions(context.site).filter_map(breach).collect()
}

fn breach(session: &Session) -> Option<Diagnostic> {
    let (came, seats) = (attendance::came(session)?, session.seats? as usize);
    let place = session.attended.iter().next().map_or(session.at.place, |(team, _)| team.place());
    (came > seats).then(|| Diagnostic::new(&RULE, place, format!("{came} came, and there are {seats} seats")))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn all_teams_are_counted_together() {
        let site = tree(&[(
            "training/a.md",
            "---
sessions:
  - {at: 2026-10-01, seats: 12, attended: {uat: 8, sit: 5}}
  - {at: 2026-10-02, seats: 13, attended: {uat: 8, sit: 5}}
  - {at: 2026-10-03, attended: {uat: 800}}
---
",
        )]);
        assert_eq!(messages_of("session-over-seats", &site), ["13 came, and there are 12 seats"]);
    }
}
