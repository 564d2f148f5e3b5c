//! The next release would bring back what a hot-fix mended.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::records::Record;
use crate::model::release::{Hotfix, Release, ReleaseStatus, ReleaseType};

static RULE: Rule = Rule {
    name: "hotfix-not-merged-forward",
    level: Level::Warn,
    what: "A hot-fix is installed, and nothing says which release gets the same change; or that release is frozen, in \
           test or installed without it.",
    why: "The next install would bring back the defect that was mended in haste.",
    example: "hotfix: {of: \"2026.09\", trigger: D-301}   # and no merged_forward_to",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.releases.iter().filter_map(|release| breach(context, release)).collect()
}

fn breach(context: &Context<'_>, release: &Record<Release>) -> Option<Diagnostic> {
    let status = release.status.as_ref().filter(|status| status.value == ReleaseStatus::Released)?;
    if release.r#type != Some(ReleaseType::Hotfix) {
        return None;
    }
    let next = release.hotfix.as_ref().and_then(|hotfix| hotfix.merged_forward_to.as_ref());
    let Some(next) = next else {
        return Some(
            Diagnostic::new(&RULE, status.place, "nothing says which release gets the same change")
                .hint("name it: `hotfix: {of: …, merged_forward_to: …}`"),
        );
    };
    let is_merged = release.hotfix.as_ref().is_some_and(|hotfix: &Hotfix| hotfix.merged == Some(true));
    let target = context.site.releases.get(next.id()).filter(|_| !is_merged)?;
    let why = too_late(context, target)?;
    let message = format!("the change is not in `{}`, which {why}", target.id);
    Some(Diagnostic::new(&RULE, next.place(), message).hint("merge it, then write `merged: true`"))
}

/// Why a change that is not in `release` by now will hardly get there by itself.
fn too_late(context: &Context<'_>, release: &Release) -> Option<&'static str> {
    let status = release.status.as_ref().map(|status| status.value);
    let freeze = release.schedule.freeze.as_ref().map(|freeze| freeze.date(&context.site.zone));
    match status {
        Some(ReleaseStatus::Released | ReleaseStatus::RolledBack) => Some("is installed"),
        Some(ReleaseStatus::Cancelled) => Some("is cancelled"),
        Some(ReleaseStatus::InTest | ReleaseStatus::Decided) => Some("is in test"),
        _ if freeze.is_some_and(|freeze| freeze <= context.as_of) => Some("is frozen"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_hotfix_is_in_the_next_release_before_that_is_tested() {
        let messages = |hotfix: &str, status: &str, next: &str| {
            let keys = "product: a\ncontents: []\n";
            let release =
                format!("{keys}schedule: {{}}\ntype: hotfix\nstatus: {status}\nhotfix: {{of: a{hotfix}}}\n");
            let next = format!("{keys}{next}\n");
            messages_of(
                "hotfix-not-merged-forward",
                &tree(&[("releases/h.yaml", &release), ("releases/n.yaml", &next)]),
            )
        };
        let to = ", merged_forward_to: n";
        let planned = "schedule: {freeze: 2026-10-17}";
        for (hotfix, status, next, wanted) in [
            ("", "released", planned, vec!["nothing says which release gets the same change"]),
            ("", "in_test", planned, vec![]),
            (to, "released", planned, vec![]),
            (
                to,
                "released",
                "schedule: {freeze: 2026-10-16}",
                vec!["the change is not in `n`, which is frozen"],
            ),
            (
                to,
                "released",
                "status: in_test\nschedule: {}",
                vec!["the change is not in `n`, which is in test"],
            ),
            (", merged_forward_to: n, merged: true", "released", "status: in_test\nschedule: {}", vec![]),
        ] {
            assert_eq!(messages(hotfix, status, next), wanted, "{hotfix} {status} {next}");
        }
    }
}
