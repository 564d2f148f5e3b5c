//! A release has two waivers of one id.

use std::collections::HashMap;

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::release::Release;

static RULE: Rule = Rule {
    name: "duplicate-waiver",
    level: Level::Error,
    what: "Two waivers of a release have the same id.",
    why: "Pages, reports and the gate name a waiver by its id: nobody could tell which risk was accepted, by whom and \
          until when.",
    example: "waivers:\n  - {id: W1, rule: open_defects, …}\n  - {id: W1, rule: pass_rate, …}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.site.releases.iter().flat_map(|release| repeated(release)).collect()
}

fn repeated(release: &Release) -> Vec<Diagnostic> {
    let mut first: HashMap<&str, Place> = HashMap::new();
    let fault = |id: &str, place: Place, earlier: Place| {
        Diagnostic::new(&RULE, place, format!("the release has a waiver `{id}` already"))
            .related(earlier, "the first one")
            .hint("give each waiver an id of its own")
    };
    let mut faults = Vec::new();
    for waiver in &release.waivers {
        let (id, place) = (waiver.id.as_str(), waiver.id.place);
        match first.get(id) {
            Some(earlier) => faults.push(fault(id, place, *earlier)),
            None => {
                first.insert(id, place);
            }
        }
    }
    faults
}
