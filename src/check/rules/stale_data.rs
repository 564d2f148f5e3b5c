//! Test data that a cloning overwrote is written to be usable.

use crate::check::{Check, Context};
use crate::derive::environment::test_data::{self, Decay};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::data_set::{DataSet, DataStatus};

static RULE: Rule = Rule {
    name: "stale-data",
    level: Level::Warn,
    what: "The environment of a test-data set was cloned after the data was prepared, or nobody wrote when that was; and the set is `ready` or `partial` and does not say that it survives a cloning.",
    why: "The cloning has overwritten the environment, so the data is most likely gone.",
    example: "status: ready\nprepared: 2026-09-01   # the environment was cloned on 6 September",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.data.iter().filter_map(|set| fault(context, set)).collect()
}

fn fault(context: &Context<'_>, set: &DataSet) -> Option<Diagnostic> {
    if !matches!(set.status.value, DataStatus::Ready | DataStatus::Partial) {
        return None;
    }
    let Decay::Cloned(cloning, day) = test_data::decay(context.site, set, context.as_of)? else {
        return None;
    };
    let environment = set.environment.id();
    let message = match set.prepared {
        Some(prepared) => {
            format!("`{environment}` was cloned until {day}, after the data was prepared on {prepared}")
        }
        None => {
            format!("`{environment}` was cloned until {day}, and nobody wrote when the data was prepared")
        }
    };
    Some(Diagnostic::new(&RULE, set.status.place, message).related(cloning.id.place, "the cloning").hint(
        "prepare the data anew and write `prepared:`, or write `survives_cloning: true` or `status: stale`",
    ))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn data_has_to_be_prepared_after_the_last_cloning() {
        let told = |text: &str| {
            let set = format!("title: t\nenvironment: uat\norigin: synthetic\nstatus: ready\n{text}");
            let environment = "kind: acceptance\nclonings:\n\
                 - {id: '09', status: done, from: 2026-09-04T18:00, until: 2026-09-06T12:00}\n";
            messages_of("stale-data", &tree(&[("environments/uat.yaml", environment), ("data/d.yaml", &set)]))
        };
        assert_eq!(
            told("prepared: 2026-09-01"),
            ["`uat` was cloned until 2026-09-06, after the data was prepared on 2026-09-01"]
        );
        assert_eq!(
            told(""),
            ["`uat` was cloned until 2026-09-06, and nobody wrote when the data was prepared"]
        );
        assert_eq!(told("prepared: 2026-09-07"), [""; 0]);
        assert_eq!(told("survives_cloning: true"), [""; 0]);
    }
}
