//! Nobody has said what a status of the ticket system means.

use std::collections::BTreeSet;

use crate::check::{Check, Context};
use crate::derive::week::tickets::Week;
use crate::diagnostic::{Diagnostic, Level, Rule, did_you_mean};
use crate::model::portal::StatusMap;
use crate::model::records::Record;
use crate::model::tickets::Snapshot;

static RULE: Rule = Rule {
    name: "unknown-status",
    level: Level::Error,
    what: "A ticket has a status that `statuses` names neither in its snapshot nor in `portal.yaml`.",
    why: "Whether it is being tested, waits or is done cannot be told, so a stalled ticket would not be seen.",
    example: "status: Ready for UAT   # statuses: {testing: [In test, UAT], waiting: [Blocked], done: [Done]}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// Each status once in a snapshot.
fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let site = context.site;
    let of = |snapshot: &Snapshot| -> Vec<Diagnostic> {
        let week = Week::of(snapshot, &site.portal, context.as_of);
        let map = snapshot.statuses.as_ref().or(site.portal.statuses.as_ref());
        let known: Vec<&str> = map.into_iter().flat_map(StatusMap::known).collect();
        let mut seen = BTreeSet::new();
        let unknown = snapshot.tickets.iter().filter(|ticket| week.phase(ticket).is_none());
        unknown
            .filter(|ticket| seen.insert(ticket.status.as_str()))
            .map(|ticket| {
                let status = ticket.status.as_str();
                let message = format!("it is not known what the status `{status}` means");
                let fault = Diagnostic::new(&RULE, ticket.status.place, message);
                fault.hint(hint(status, &known))
            })
            .collect()
    };
    let is_judged = |snapshot: &&Record<Snapshot>| snapshot.statuses.is_some() || site.has_settings();
    site.tickets.iter().filter(is_judged).flat_map(|snapshot| of(snapshot)).collect()
}

fn hint(status: &str, known: &[&str]) -> String {
    if known.is_empty() {
        return "write `statuses: {testing: […], waiting: […], done: […]}` in portal.yaml".to_owned();
    }
    let listed: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
    // Of a few values the hint lists all, as this one does.
    let near = did_you_mean(status, known.iter().copied()).filter(|hint| hint.starts_with("did you mean"));
    let near = near.map_or_else(String::new, |near| format!("; {near}"));
    format!("known are {}{near}; add others to `statuses:` in portal.yaml", listed.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{faults_of, tree};

    #[test]
    fn each_status_that_nobody_explained_is_told_once_with_those_that_are_known() {
        let map = "title: P\nstatuses: {testing: [UAT], waiting: [On hold], done: [Done]}\n";
        let tickets = "as_of: 2026-10-16\ntickets:\n\
             - {key: A, status: UAT}\n- {key: B, status: On Hold}\n- {key: C, status: On Hold}\n";
        let faults =
            faults_of("unknown-status", &tree(&[("portal.yaml", map), ("tickets/2026-10-16.yaml", tickets)]));
        let told: Vec<(&str, Option<&str>)> =
            faults.iter().map(|fault| (fault.message.as_str(), fault.hint.as_deref())).collect();
        assert_eq!(
            told,
            [(
                "it is not known what the status `On Hold` means",
                Some(
                    "known are `UAT`, `On hold`, `Done`; did you mean `On hold`?; add others to `statuses:` in portal.yaml"
                )
            )]
        );
    }

    #[test]
    fn what_settings_explain_is_not_missed_while_they_cannot_be_read() {
        let tickets = ("tickets/2026-10-16.yaml", "as_of: 2026-10-16\ntickets: [{key: A, status: UAT}]\n");
        let own = (
            "tickets/2026-10-16.yaml",
            "as_of: 2026-10-16\nstatuses: {done: [Done]}\ntickets: [{key: A, status: UAT}]\n",
        );
        for (files, expected) in [
            (vec![("portal.yaml", "title: P\n"), tickets], 1),
            (vec![("portal.yaml", "title: [\n"), tickets], 0),
            (vec![tickets], 0),
            (vec![own], 1),
        ] {
            assert_eq!(faults_of("unknown-status", &tree(&files)).len(), expected, "{files:?}");
        }
    }
}
