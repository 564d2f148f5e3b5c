//! `security.txt` does not hold any more, or promises more than anybody can know.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};

static RULE: Rule = Rule {
    name: "security-expired",
    level: Level::Warn,
    what: "The day under `security: expires` is over, or more than a year ahead.",
    why: "What `security.txt` says does not count after that day (RFC 9116), and one that is far away is forgotten \
          until mailboxes have changed.",
    example: "security: {contact: [security@example.ee], expires: 2024-01-01}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// How many days ahead the day may be: a year, and a day for leap years.
const MOST_DAYS: i32 = 366;

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(security) = &context.site.portal.security else { return Vec::new() };
    let expires = &security.expires;
    let ahead = (expires.value - context.as_of).get_days();
    let message = if ahead < 0 {
        format!("`security.txt` holds until {} only", expires.value)
    } else if ahead > MOST_DAYS {
        format!("`security.txt` is to hold until {}, more than a year ahead", expires.value)
    } else {
        return Vec::new();
    };
    let hint = "look whether all of it is still right, and write a day within a year";
    vec![Diagnostic::new(&RULE, expires.place, message).hint(hint)]
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    /// The day of samples is 2026-10-16.
    #[test]
    fn the_day_is_within_a_year() {
        for (day, told) in [("2026-10-15", 1), ("2026-10-16", 0), ("2027-10-17", 0), ("2027-10-18", 1)] {
            let portal = format!("title: P\nsecurity: {{contact: [a@example.ee], expires: {day}}}\n");
            let found = messages_of("security-expired", &tree(&[("portal.yaml", &portal)]));
            assert_eq!(found.len(), told, "{day}: {found:?}");
        }
    }
}
