//! An environment is cloned while a release is tested in it.

use crate::check::{Check, Context};
use crate::derive::schedule::occupation::{cloning as span, clonings, tested};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::environment::{Cloning, Environment};
use crate::model::records::Record;
use crate::model::release::Release;

static RULE: Rule = Rule {
    name: "cloning-in-test-window",
    level: Level::Error,
    what: "A cloning overwrites an environment between `test_start` and `test_deadline` of a release that is tested there, \
           and `accepted_by` names no role.",
    why: "Testers lose their data and applications in the middle of a test: somebody has to answer for that beforehand.",
    example: "clonings: [{id: 2026-10, from: 2026-10-13T18:00, until: 2026-10-14T06:00}]   # testing goes on until 2026-10-15",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.environments.iter().flat_map(|environment| breaches(context, environment)).collect()
}

fn breaches(context: &Context<'_>, environment: &Record<Environment>) -> Vec<Diagnostic> {
    let open: Vec<&Cloning> = clonings(environment).filter(|cloning| cloning.accepted_by.is_none()).collect();
    tested(context.site, &environment.id)
        .flat_map(|(release, window)| open.iter().map(move |cloning| (release, window, *cloning)))
        .filter(|(_, window, cloning)| span(context.site, cloning).overlaps(window))
        .map(|(release, _, cloning)| fault(environment, cloning, release))
        .collect()
}

fn fault(environment: &Record<Environment>, cloning: &Cloning, release: &Record<Release>) -> Diagnostic {
    let message = format!(
        "the cloning `{}` overwrites `{}` while the release `{}` is tested there",
        cloning.id.value, environment.id, release.id
    );
    let fault = Diagnostic::new(&RULE, cloning.from.place, message)
        .hint("move one of them, or name under `accepted_by:` the role that accepts it");
    match &release.schedule.test_start {
        Some(start) => fault.related(start.place, format!("testing of `{}` begins", release.id)),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    const RELEASE: &str = "product: a\ncontents: []\nenvironments: [{env: pre, use: system-test}, {env: prod, use: target}]\n\
        schedule: {test_start: 2026-10-12, test_deadline: 2026-10-15T16:00}\n";

    fn messages(environment: &str, cloning: &str, release: &str) -> Vec<String> {
        let path = format!("environments/{environment}.yaml");
        let text = format!("kind: test\nclonings: [{{id: c, {cloning}}}]");
        messages_of("cloning-in-test-window", &tree(&[(&path, &text), ("releases/1.yaml", release)]))
    }

    #[test]
    fn a_test_is_not_overwritten_unless_a_role_accepts_it() {
        let told = ["the cloning `c` overwrites `pre` while the release `1` is tested there"];
        let night = "from: 2026-10-13T18:00, until: 2026-10-14T06:00";
        assert_eq!(messages("pre", night, RELEASE), told);
        assert_eq!(messages("pre", "from: 2026-10-09T18:00, until: 2026-10-12T06:00", RELEASE), told);
        assert_eq!(messages("pre", &format!("{night}, accepted_by: lead"), RELEASE), [""; 0]);
        assert_eq!(messages("pre", &format!("{night}, status: cancelled"), RELEASE), [""; 0]);
        assert_eq!(messages("pre", "from: 2026-10-15T16:00", RELEASE), [""; 0]);
        assert_eq!(messages("prod", night, RELEASE), [""; 0], "it is installed there, not tested");
        assert_eq!(messages("pre", night, &format!("{RELEASE}status: cancelled\n")), [""; 0]);
    }
}
