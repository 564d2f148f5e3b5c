//! Much could go wrong, and no case would show it.

use crate::check::{Check, Context};
use crate::derive::run::requirement;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::plan::Risk;
use crate::model::release::{Grade, Release, ReleaseStatus};

static RULE: Rule = Rule {
    name: "risky-item-without-case",
    level: Level::Warn,
    what: "A ticket of a release that is not over has medium or high risk and no case, or a plan has a risk of high likelihood or impact that no case would find.",
    why: "What could go wrong most would be installed untested, and every share of passed cases would look fine.",
    example: "- {ticket: BEN-2210, title: Child supplement, risk: high}   # and no case names BEN-2210",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = tickets(context);
    found.extend(risks(context));
    found
}

fn tickets(context: &Context<'_>) -> Vec<Diagnostic> {
    let catalogued = requirement::by_requirement(context.site);
    let releases = context.site.releases.iter().filter(|release| !is_over(release));
    releases
        .flat_map(|release| release.contents.iter())
        .filter(|content| requirement::is_risky(content))
        .filter(|content| requirement::cases_of(context.site, content, &catalogued).is_empty())
        .map(|content| {
            let (ticket, risk) = (&content.ticket, content.risk.as_ref().map_or("", |risk| risk.word()));
            let message = format!("`{}` has {risk} risk and no test case", ticket.value);
            let hint = format!(
                "name its cases: `cases: [..]`, or the ticket in a case: `requirements: [{}]`",
                ticket.value
            );
            Diagnostic::new(&RULE, ticket.place, message).hint(hint)
        })
        .collect()
}

fn risks(context: &Context<'_>) -> Vec<Diagnostic> {
    let release = |id: &str| context.site.releases.get(id);
    let is_current = |of: &str| release(of).is_none_or(|release| !is_over(release));
    let plans = context.site.plans.iter();
    plans
        .filter(|plan| plan.release.as_ref().is_none_or(|of| is_current(of.id())))
        .flat_map(|plan| plan.risks.iter())
        .filter(|risk| risk.cases.is_empty() && is_grave(risk))
        .map(|risk| {
            let message = format!("risk `{}` is grave and has no test case", risk.id.value);
            Diagnostic::new(&RULE, risk.id.place, message)
                .hint("name the cases that would find it: `cases: [..]`")
        })
        .collect()
}

/// High in one of the two.
fn is_grave(risk: &Risk) -> bool {
    [risk.likelihood, risk.impact].contains(&Some(Grade::High))
}

/// Whether nothing is tested for the release any more.
fn is_over(release: &Release) -> bool {
    use ReleaseStatus::{Cancelled, Released, RolledBack};
    release.status.as_ref().is_some_and(|status| matches!(status.value, Cancelled | Released | RolledBack))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    const CASES: &str = "cases: [{id: A}, {id: B, requirements: [T-2]}]";

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![("cases/all.yaml", CASES)];
        all.extend(files);
        messages_of("risky-item-without-case", &tree(&all))
    }

    #[test]
    fn a_ticket_is_tested_by_the_cases_that_either_side_names() {
        let release = "product: p\nschedule: {}\ncontents: [{ticket: T-1, risk: high, cases: [A]}, \
            {ticket: T-2, risk: high}, {ticket: T-3, risk: medium}, {ticket: T-4, risk: low}, {ticket: T-5}]\nstatus: ";
        let with = |status: &str| messages(&[("releases/r.yaml", &format!("{release}{status}"))]);
        assert_eq!(with("in_test"), ["`T-3` has medium risk and no test case"]);
        assert_eq!(with("released"), [""; 0], "what is over cannot be mended");
    }

    #[test]
    fn a_grave_risk_wants_cases_too() {
        let plan = "risks: [{id: R1, text: t, likelihood: low, impact: high}, {id: R2, text: t, impact: high, cases: [A]}, \
            {id: R3, text: t, likelihood: medium, impact: medium}, {id: R4, text: t}]";
        assert_eq!(messages(&[("plans/p.yaml", plan)]), ["risk `R1` is grave and has no test case"]);
    }
}
