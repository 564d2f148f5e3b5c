//! A release was installed and nobody decided about its build.

use crate::check::{Check, Context};
use crate::derive::decision::{is_confirmed, of_release};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus};

static RULE: Rule = Rule {
    name: "decision-missing",
    level: Level::Error,
    what: "A release has the status `released`, and no decision confirms its build.",
    why: "Nobody can tell who let it be installed and on what grounds.",
    example: "status: released   # and no file in decisions/ names the release and its build",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    // A decision that cannot be read is another fault.
    if context.site.decisions.has_broken() {
        return Vec::new();
    }
    context.site.releases.iter().filter_map(|release| breach(context, release)).collect()
}

fn breach(context: &Context<'_>, release: &Record<Release>) -> Option<Diagnostic> {
    let status = release.status.as_ref().filter(|status| status.value == ReleaseStatus::Released)?;
    // Whether a decision is kept from this audience cannot be told from there being none.
    if context.site.portal.audience_of("decisions/any.yaml") > context.site.audience {
        return None;
    }
    let decisions = of_release(context.site, &release.id, jiff::civil::Date::MAX);
    let confirmed = decisions.iter().filter(|decision| is_confirmed(decision.outcome.value));
    let build = release.build.as_ref().map(|build| build.as_str());
    let other = confirmed.clone().map(|decision| decision.build.as_str()).next();
    let is_about = |named: &str| build.is_none_or(|build| build == named);
    if confirmed.clone().any(|decision| is_about(&decision.build)) {
        return None;
    }
    let message = match build {
        Some(build) => format!("the release is installed, and no decision confirms its build `{build}`"),
        None => "the release is installed, and no decision confirms it".to_owned(),
    };
    let hint = match other {
        Some(other) => format!("the decision there is confirms `{other}`"),
        None => format!("`juhend sign-off {}` writes one", release.id),
    };
    Some(Diagnostic::new(&RULE, status.place, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    const RELEASE: &str = "product: a\ncontents: []\nschedule: {}\nstatus: released\nbuild: b2\n";

    fn messages(decision: &str) -> Vec<String> {
        messages_of(
            "decision-missing",
            &tree(&[("releases/r.yaml", RELEASE), ("decisions/r.yaml", decision)]),
        )
    }

    #[test]
    fn an_installed_build_needs_its_own_confirmation() {
        let decision = |outcome: &str, build: &str| {
            format!(
                "release: r\noutcome: {outcome}\ndecided: 2026-10-09\nbuild: {build}\nby: {{}}\nevidence: []\n"
            )
        };
        assert_eq!(messages(&decision("confirmed", "b2")), [""; 0]);
        assert_eq!(messages(&decision("confirmed_with_conditions", "b2")), [""; 0]);
        for (outcome, build) in [("confirmed", "b1"), ("refused", "b2"), ("deferred", "b2")] {
            assert_eq!(
                messages(&decision(outcome, build)),
                ["the release is installed, and no decision confirms its build `b2`"],
                "{outcome} {build}"
            );
        }
    }
}
