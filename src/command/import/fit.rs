//! What is imported, against what the portal has.

use super::Args;
use crate::command::exit::Failure;
use crate::diagnostic::did_you_mean;
use crate::import::Imported;
use crate::model::Site;

/// Refuses names that the portal does not have: the run would have faults from the beginning.
pub fn names(site: &Site, args: &Args) -> Result<(), Failure> {
    let releases: Vec<&str> = site.releases.ids().collect();
    let environments: Vec<&str> = site.environments.ids().collect();
    known("release", &args.release, &releases, site.releases.is_known(&args.release))?;
    known("environment", &args.environment, &environments, site.environments.is_known(&args.environment))?;
    if let Some(team) = &args.team {
        let teams: Vec<&str> = site.portal.teams.keys().collect();
        known("team", team, &teams, teams.contains(&team.as_str()))?;
    }
    if let Some(plan) = &args.plan {
        let plans: Vec<&str> = site.plans.ids().collect();
        known("plan", plan, &plans, site.plans.is_known(plan))?;
    }
    Ok(())
}

fn known(kind: &str, name: &str, all: &[&str], is_known: bool) -> Result<(), Failure> {
    if is_known {
        return Ok(());
    }
    let failure = Failure::new(format!("unknown {kind} `{name}`"));
    Err(match did_you_mean(name, all.iter().copied()) {
        Some(hint) => failure.hint(hint),
        None if matches!(kind, "release" | "environment") => {
            failure.hint(format!("make it first: `juhend new {kind} {name}`"))
        }
        None => failure,
    })
}

/// Fits the cases to the portal. An id that the catalogue does not have goes back into the name of its case, since
/// the result would count for no case; a defect is known by its id or its ticket, and the keys of others go into
/// the note. Gives how many ids the catalogue does not have.
pub fn cases(site: &Site, imported: &mut Imported) -> usize {
    let mut unknown_ids = 0;
    for case in &mut imported.cases {
        if let Some(id) =
            case.id.take_if(|id| !site.cases.is_empty() && !site.cases.is_known(site.case_id(id)))
        {
            let hint = did_you_mean(&id, site.cases.ids()).filter(|hint| hint.starts_with("did"));
            let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            let text = format!("the catalogue has no case `{id}`, hence it stands in the title{hint}");
            imported.notes.push(case.note(text));
            case.name = format!("[{id}] {}", case.name);
            unknown_ids += 1;
        }
        let (mut known, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for key in std::mem::take(&mut case.defects) {
            match defect(site, &key) {
                Some(id) if known.contains(&id) => {}
                Some(id) => known.push(id),
                None => unknown.push(key),
            }
        }
        case.defects = known;
        if !unknown.is_empty() {
            let keys = unknown.join(", ");
            imported
                .notes
                .push(case.note(format!("the portal has no defect `{keys}`, hence it stands in the note")));
            case.note = Some(case.note.take().map_or(keys.clone(), |note| format!("{note}\n{keys}")));
        }
    }
    unknown_ids
}

/// The id of the defect with this id or ticket.
fn defect(site: &Site, key: &str) -> Option<String> {
    let of_ticket = || {
        let is_meant = |ticket: &str| ticket == key;
        site.defects.iter().find(|defect| defect.ticket.as_ref().is_some_and(|ticket| is_meant(ticket)))
    };
    site.defects.get(key).or_else(of_ticket).map(|defect| defect.id.clone())
}
