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
    what: "An open defect that was not put off lacks its title, environment, build, steps, expected or actual result.",
    why: "Whoever mends it has to ask, and waits for the answer.",
    example: "title: Calculator hangs\nstatus: open\nseverity: minor",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// What nobody can mend a defect without.
const NEEDED: [Detail; 6] =
    [Detail::Title, Detail::Environment, Detail::Build, Detail::Steps, Detail::Expected, Detail::Actual];

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    defects::open(&context.basis()).open.into_iter().filter_map(breach).collect()
}

fn breach(defect: &Record<Defect>) -> Option<Diagnostic> {
    let missing: Vec<Detail> = missing(defect).into_iter().filter(|detail| NEEDED.contains(detail)).collect();
    (!missing.is_empty()).then(|| {
        let names: Vec<String> = missing.iter().map(|detail| format!("`{}`", detail.word())).collect();
        let message = format!("the defect is `{}` and lacks {}", defect.status.word(), names.join(", "));
        Diagnostic::new(&RULE, defect.status.place, message).hint(hint(&missing))
    })
}

/// Where what is `missing` stands.
fn hint(missing: &[Detail]) -> &'static str {
    if missing.contains(&Detail::Environment) || missing.contains(&Detail::Build) {
        "`environment` and `build` stand under `found_in:`"
    } else {
        "write what is missing; a text that begins with `…` says nothing yet"
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn what_only_keeps_its_place_is_missing() {
        let full = "title: A\nstatus: open\nseverity: minor\nfound_in: {environment: e, build: b}\n\
            steps: [Open]\nexpected: 1\nactual: 2\n";
        for (from, to, expected) in [
            ("", "", vec![]),
            ("title: A", "title: … Say in one line what is wrong", vec!["`title`"]),
            ("actual: 2", "actual: …", vec!["`actual`"]),
            ("title: A\nstatus: open", "title: …\nstatus: deferred", vec![]),
        ] {
            let site =
                tree(&[("portal.yaml", "title: P\n"), ("defects/D-1.yaml", &full.replacen(from, to, 1))]);
            let expected: Vec<String> =
                expected.iter().map(|missing| format!("the defect is `open` and lacks {missing}")).collect();
            assert_eq!(messages_of("defect-lacks-detail", &site), expected, "{to}");
        }
    }
}
