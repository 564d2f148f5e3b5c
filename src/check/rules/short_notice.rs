//! Those affected by a cloning are told too late.

use crate::check::{Check, Context};
use crate::derive::environment::readiness::has_begun;
use crate::derive::schedule::notice::{last_day, term};
use crate::derive::schedule::occupation::{clonings, status};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::environment::{Cloning, CloningStatus, Environment};
use crate::record::time::Period;

static RULE: Rule = Rule {
    name: "short-notice",
    level: Level::Warn,
    what: "A cloning to come is announced too late: `announce_by` leaves less than `cloning_notice` of `portal.yaml` (five \
           workdays, where it says nothing), or that day is past and the cloning is still `planned`.",
    why: "Teams and partners need time to finish and save what the cloning overwrites.",
    example: "{id: 2026-11, from: 2026-11-06T18:00, announce_by: 2026-11-04, affected: [uat]}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.environments.iter().flat_map(|environment| breaches(context, environment)).collect()
}

fn breaches(context: &Context<'_>, environment: &Environment) -> Vec<Diagnostic> {
    let to_come = |cloning: &&Cloning| {
        !cloning.affected.is_empty() && !has_begun(cloning, &context.site.zone, context.as_of)
    };
    clonings(environment).filter(to_come).filter_map(|cloning| breach(context, cloning)).collect()
}

fn breach(context: &Context<'_>, cloning: &Cloning) -> Option<Diagnostic> {
    let portal = &context.site.portal;
    let begins = cloning.from.date(&context.site.zone);
    let last = last_day(portal, begins);
    let (id, term) = (&cloning.id.value, in_words(term(portal)));
    if let Some(by) = cloning.announce_by.as_ref().filter(|by| by.value > last) {
        let message =
            format!("the cloning `{id}` on {begins} is announced by {}, less than {term} before", by.value);
        return Some(Diagnostic::new(&RULE, by.place, message).hint(format!("the last day is {last}")));
    }
    let is_told = status(cloning) != CloningStatus::Planned;
    let by = cloning.announce_by.as_ref().map_or(last, |by| by.value);
    if is_told || by >= context.as_of {
        return None;
    }
    let place = cloning.status.as_ref().map_or(cloning.from.place, |status| status.place);
    let message = format!("the cloning `{id}` on {begins} was to be announced by {by} and is not");
    Some(Diagnostic::new(&RULE, place, message).hint(
        "`juhend announce` writes the text; once it is sent, write `status: announced`, or move the cloning",
    ))
}

fn in_words(term: Period) -> String {
    let (count, noun) = match term {
        Period::Days(count) => (count, "day"),
        Period::Months(count) => (count, "month"),
        Period::Workdays(count) => (count, "workday"),
    };
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    fn messages(settings: &str, cloning: &str) -> Vec<String> {
        let portal = format!("title: P\nteams: {{uat: {{}}}}\n{settings}\n");
        let environment = format!("kind: test\nclonings: [{{id: c, {cloning}}}]");
        messages_of(
            "short-notice",
            &tree(&[("portal.yaml", &portal), ("environments/sit.yaml", &environment)]),
        )
    }

    #[test]
    fn an_announcement_leaves_the_promised_time() {
        let friday = |by: &str| format!("from: 2026-11-06T18:00, affected: [uat], announce_by: {by}");
        assert_eq!(messages("", &friday("2026-10-30")), [""; 0]);
        assert_eq!(
            messages("", &friday("2026-11-02")),
            ["the cloning `c` on 2026-11-06 is announced by 2026-11-02, less than 5 workdays before"]
        );
        assert_eq!(
            messages("cloning_notice: 2w", &friday("2026-10-30")),
            ["the cloning `c` on 2026-11-06 is announced by 2026-10-30, less than 14 days before"]
        );
    }

    #[test]
    fn what_is_near_has_to_be_announced() {
        let told = ["the cloning `c` on 2026-10-21 was to be announced by 2026-10-14 and is not"];
        let near = |more: &str| format!("from: 2026-10-21, affected: [uat]{more}");
        assert_eq!(messages("", &near("")), told);
        assert_eq!(messages("", &near(", announce_by: 2026-10-14, status: planned")), told);
        assert_eq!(messages("", &near(", status: announced")), [""; 0]);
        assert_eq!(messages("", &near(", status: cancelled")), [""; 0]);
        assert_eq!(messages("", "from: 2026-10-21"), [""; 0], "nobody is affected");
        assert_eq!(messages("", "from: 2026-10-23, affected: [uat]"), [""; 0], "today is the last day");
        assert_eq!(messages("", "from: 2026-10-09, affected: [uat]"), [""; 0], "it is too late for that");
    }
}
