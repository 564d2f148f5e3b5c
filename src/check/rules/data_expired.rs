//! Test data whose last day is past is written to be usable.

use crate::check::{Check, Context};
use crate::derive::environment::test_data::{self, Decay};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::data_set::{DataSet, DataStatus};

static RULE: Rule = Rule {
    name: "data-expired",
    level: Level::Warn,
    what: "The last day of a test-data set is past, and its status still is `ready` or `partial`.",
    why: "Tests on data that no longer holds fail for no fault of the product, or pass for no merit of it.",
    example: "status: ready\nvalid_until: 2026-09-30   # and it is October",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.data.iter().filter_map(|set| fault(context, set)).collect()
}

fn fault(context: &Context<'_>, set: &DataSet) -> Option<Diagnostic> {
    let is_offered = matches!(set.status.value, DataStatus::Ready | DataStatus::Partial);
    let until = set.valid_until.as_ref().filter(|_| is_offered)?;
    let Decay::Expired(day) = test_data::decay(context.site, set, context.as_of)? else { return None };
    let message = format!("the data was valid until {day}, and is written to be `{}`", set.status.word());
    Some(
        Diagnostic::new(&RULE, until.place, message)
            .related(set.status.place, "its status")
            .hint("prepare it anew and write its new last day, or write `status: stale`"),
    )
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn data_is_not_usable_after_its_last_day() {
        let told = |text: &str| {
            let set = format!("title: t\nenvironment: e\norigin: synthetic\n{text}");
            messages_of("data-expired", &tree(&[("data/d.yaml", &set)]))
        };
        assert_eq!(
            told("status: ready\nvalid_until: 2026-10-15"),
            ["the data was valid until 2026-10-15, and is written to be `ready`"]
        );
        assert_eq!(told("status: ready\nvalid_until: 2026-10-16"), [""; 0]);
        assert_eq!(told("status: stale\nvalid_until: 2026-10-15"), [""; 0]);
        assert_eq!(told("status: ready"), [""; 0]);
    }
}
