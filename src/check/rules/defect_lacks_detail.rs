//! A defect does not say what its repair needs.

use crate::check::{Check, Context};
use crate::derive::defects;
use crate::derive::defects::detail::{Detail, missing};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::defect::Defect;
use crate::model::records::Record;

static RULE: Rule = Rule {
    name: "defect-lacks-detail",
    level: Level::Warn,
    what: "An open defect that was not put off lacks its environment, build, steps, expected or actual result.",
    why: "Whoever mends it has to ask, and waits for the answer.",
    example: "title: Calculator hangs\nstatus: open\nseverity: minor",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// What nobody can mend a defect without.
const NEEDED: [Detail; 5] =
    [Detail::Environment, Detail::Build, Detail::Steps, Detail::Expected, Detail::Actual];

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    defects::open(&context.basis()).open.into_iter().filter_map(breach).collect()
}

fn breach(defect: &Record<Defect>) -> Option<Diagnostic> {
    let missing: Vec<String> = missing(defect)
        .into_iter()
        .filter(|detail| NEEDED.contains(detail))
        .map(|detail| format!("`{}`", detail.word()))
        .collect();
    (!missing.is_empty()).then(|| {
        let message = format!("the defect is `{}` and lacks {}", defect.status.word(), missing.join(", "));
        Diagnostic::new(&RULE, defect.status.place, message)
            .hint("`environment` and `build` stand under `found_in:`")
    })
}
