//! A run began after the day for which the portal is made.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::run::Run;

static RULE: Rule = Rule {
    name: "run-in-future",
    level: Level::Warn,
    what: "A run began after the day for which the portal is made.",
    why: "It is left out of every figure until that day; mostly the date is mistyped.",
    example: "started: 2062-10-12T09:00",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.runs.iter().filter_map(|run| breach(context, run)).collect()
}

fn breach(context: &Context<'_>, run: &Run) -> Option<Diagnostic> {
    let day = run.started.date(&context.site.zone);
    (day > context.as_of).then(|| {
        let message =
            format!("the run is left out: it began on {day}, and the portal is as of {}", context.as_of);
        Diagnostic::new(&RULE, run.started.place, message).hint(
            "if the date is mistyped, write when it began; a portal as of an earlier day rightly lacks later runs",
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_run_begins_on_the_day_of_the_portal_at_the_latest() {
        for (started, expected) in [
            ("2026-10-15", vec![]),
            ("2026-10-16T23:59", vec![]),
            (
                "2062-10-16",
                vec!["the run is left out: it began on 2062-10-16, and the portal is as of 2026-10-16"],
            ),
        ] {
            let run = format!("release: r\nenvironment: e\nstarted: {started}\n");
            let site = tree(&[("portal.yaml", "title: P\n"), ("runs/r/1.yaml", run.as_str())]);
            assert_eq!(messages_of("run-in-future", &site), expected, "{started}");
        }
    }
}
