//! A ticket is being tested without what its testers need.

use crate::check::{Check, Context};
use crate::derive::attention;
use crate::derive::week::tickets::Week;
use crate::derive::week::uat::{self, Parameter, Readiness, Standing};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::Site;
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus, UatParameters};
use crate::model::tickets::{Phase, Ticket};
use crate::record::reference::Ref;

static RULE: Rule = Rule {
    name: "uat-not-ready",
    level: Level::Error,
    what: "The newest snapshot says that a ticket of a release is being tested, and a parameter of its acceptance tests is missing, unclear or not known, or nobody wrote any.",
    why: "Testers meet a ticket that they cannot test: the time is lost, and what they report is not about the change.",
    example: "uat:\n  BEN-2225: {roles: [applicant], business_description: missing}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let site = context.site;
    let Some(snapshot) = attention::newest_snapshot(site, context.as_of) else { return Vec::new() };
    let week = Week::of(snapshot, &site.portal, context.as_of);
    week.in_phase(Some(Phase::Testing)).filter_map(|ticket| fault(context, ticket)).collect()
}

fn fault(context: &Context<'_>, ticket: &Ticket) -> Option<Diagnostic> {
    let release = release_of(context.site, ticket)?;
    if is_over(release) {
        return None;
    }
    let written = release.uat.iter().find(|(key, _)| key.value == ticket.key.value);
    let Some((key, parameters)) = written else {
        let message = format!(
            "`{}` is being tested (`{}`), and nobody wrote its acceptance-test parameters",
            ticket.key.value, ticket.status.value
        );
        let hint = format!("write them under `uat:` of the release `{}`", release.id);
        return Some(Diagnostic::new(&RULE, ticket.status.place, message).hint(hint));
    };
    let readiness = uat::on(context.site, parameters, context.as_of);
    (!readiness.is_ready()).then(|| {
        let message = format!(
            "`{}` is being tested with {} of {} acceptance-test parameters; not in order: {}",
            ticket.key.value,
            readiness.met(),
            readiness.required(),
            lacking(parameters, &readiness)
        );
        Diagnostic::new(&RULE, key.place, message).related(ticket.status.place, "its status")
    })
}

/// The release of a ticket: the one that it names, else the one that is to come and holds it.
fn release_of<'a>(site: &'a Site, ticket: &Ticket) -> Option<&'a Record<Release>> {
    if let Some(named) = &ticket.release {
        return site.releases.get(named.id());
    }
    let key = &ticket.key.value;
    let holds = |release: &&Record<Release>| {
        release.contents.iter().any(|content| content.ticket.value == *key)
            || release.uat.iter().any(|(written, _)| written.value == *key)
    };
    site.releases.iter().filter(holds).find(|release| !is_over(release))
}

/// Whether a release is past any test.
fn is_over(release: &Record<Release>) -> bool {
    use ReleaseStatus::{Cancelled, Released, RolledBack};
    release.status.as_ref().is_some_and(|status| matches!(status.value, Released | RolledBack | Cancelled))
}

/// Each parameter that does not count, with why.
fn lacking(parameters: &UatParameters, readiness: &Readiness) -> String {
    let lacking = readiness.parameters.iter().filter(|(_, standing)| !standing.is_met());
    let told = lacking.map(|(parameter, standing)| {
        let why = match standing {
            Standing::Written(state) => state.word(),
            Standing::NotReady => "not ready",
            Standing::Unknown => "unknown",
        };
        let sets: Vec<&str> = parameters.test_data.iter().map(Ref::id).collect();
        match parameter {
            Parameter::TestData if !sets.is_empty() => format!("`test_data` ({}: {why})", sets.join(", ")),
            parameter => format!("`{}` ({why})", parameter.word()),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    fn messages(release_status: &str, uat: &str) -> Vec<String> {
        let release = format!("product: p\nstatus: {release_status}\ncontents: []\nschedule: {{}}\n{uat}");
        let tickets = "as_of: 2026-10-16\ntickets:\n\
             - {key: A, status: UAT, release: r}\n\
             - {key: W, status: On hold, release: r}\n\
             - {key: N, status: UAT}\n";
        let earlier = "as_of: 2026-10-09\ntickets: [{key: Z, status: UAT, release: r}]";
        let portal = "title: P\nstatuses: {testing: [UAT], waiting: [On hold], done: [Done]}\n";
        let set = "title: t\nenvironment: e\norigin: synthetic\nstatus: partial\nprepared: 2026-10-01";
        messages_of(
            "uat-not-ready",
            &tree(&[
                ("portal.yaml", portal),
                ("releases/r.yaml", &release),
                ("data/d.yaml", set),
                ("tickets/2026-10-09.yaml", earlier),
                ("tickets/2026-10-16.yaml", tickets),
            ]),
        )
    }

    #[test]
    fn a_ticket_in_test_needs_all_its_parameters() {
        let full = "uat: {A: {feature_flag: {name: f, state: on}, roles: [a], business_description: ok, acceptance_criteria: ok, test_data: [d]}}";
        assert_eq!(
            messages("in_test", full),
            [
                "`A` is being tested with 4 of 5 acceptance-test parameters; not in order: `test_data` (d: not ready)"
            ]
        );
        assert_eq!(
            messages("in_test", "uat: {A: {roles: [a], business_description: missing}}"),
            [
                "`A` is being tested with 1 of 5 acceptance-test parameters; not in order: `feature_flag` (unknown), \
              `business_description` (missing), `acceptance_criteria` (unknown), `test_data` (unknown)"
            ]
        );
        assert_eq!(
            messages("in_test", ""),
            ["`A` is being tested (`UAT`), and nobody wrote its acceptance-test parameters"]
        );
        assert_eq!(messages("released", ""), [""; 0]);
    }

    #[test]
    fn a_ticket_without_a_release_belongs_to_the_one_that_holds_it() {
        let release = "product: p\nstatus: in_test\ncontents: [{ticket: A, title: t}]\nschedule: {}\n";
        let over = release.replace("in_test", "released");
        let files = |release| {
            tree(&[
                ("portal.yaml", "title: P\nstatuses: {testing: [UAT]}\n"),
                ("releases/r.yaml", release),
                (
                    "tickets/2026-10-16.yaml",
                    "as_of: 2026-10-16\ntickets: [{key: A, status: UAT}, {key: B, status: UAT}]",
                ),
            ])
        };
        assert_eq!(
            messages_of("uat-not-ready", &files(release)),
            ["`A` is being tested (`UAT`), and nobody wrote its acceptance-test parameters"]
        );
        assert_eq!(messages_of("uat-not-ready", &files(&over)), [""; 0]);
    }
}
