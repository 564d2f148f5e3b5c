//! Something that had to be done after a cloning is late.

use crate::check::{Check, Context};
use crate::derive::environment::readiness::is_done;
use crate::derive::schedule::occupation::clonings;
use crate::derive::schedule::workdays::Workdays;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::environment::{Cloning, FollowUp};

static RULE: Rule = Rule {
    name: "follow-up-overdue",
    level: Level::Warn,
    what: "The day by which something had to be done after a cloning has passed, and it is not done.",
    why: "Until a blocking follow-up is done the environment is not ready; the others wait for somebody too.",
    example: "follow_ups: [{task: Outgoing mail redirected, team: platform, due: 2026-10-08, blocking: true}]",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let clonings = context.site.environments.iter().flat_map(|environment| clonings(environment));
    clonings
        .flat_map(|cloning| cloning.follow_ups.iter().map(move |follow_up| (cloning, follow_up)))
        .filter_map(|(cloning, follow_up)| breach(context, cloning, follow_up))
        .collect()
}

fn breach(context: &Context<'_>, cloning: &Cloning, follow_up: &FollowUp) -> Option<Diagnostic> {
    let due = follow_up.due.as_ref().filter(|due| due.value < context.as_of)?;
    if is_done(follow_up, context.as_of) {
        return None;
    }
    let days = Workdays::of(&context.site.portal).between(due.value, context.as_of);
    let late = if days == 1 { "1 workday".to_owned() } else { format!("{days} workdays") };
    let what = if follow_up.blocking == Some(true) { "a blocking follow-up" } else { "a follow-up" };
    let message =
        format!("{what} of the cloning `{}` was due on {} and is {late} late", cloning.id.value, due.value);
    Some(Diagnostic::new(&RULE, due.place, message).hint("write `done:` with the day once it is done"))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_follow_up_is_late_after_its_day() {
        let messages = |follow_up: &str, more: &str| {
            let text = format!(
                "kind: test\nclonings: [{{id: c, from: 2026-10-02, follow_ups: [{{task: t, {follow_up}}}]{more}}}]"
            );
            messages_of("follow-up-overdue", &tree(&[("environments/sit.yaml", &text)]))
        };
        assert_eq!(
            messages("due: 2026-10-14, blocking: true", ""),
            ["a blocking follow-up of the cloning `c` was due on 2026-10-14 and is 2 workdays late"]
        );
        assert_eq!(
            messages("due: 2026-10-15", ""),
            ["a follow-up of the cloning `c` was due on 2026-10-15 and is 1 workday late"]
        );
        assert_eq!(messages("due: 2026-10-16", ""), [""; 0]);
        assert_eq!(messages("due: 2026-10-14, done: 2026-10-15", ""), [""; 0]);
        assert_eq!(messages("due: 2026-10-14", ", status: cancelled"), [""; 0]);
    }
}
