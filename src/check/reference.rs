//! Whether what records and pages refer to is there. One walk serves every rule on references.

use super::Context;
use crate::derive::page::backlinks::each_record;
use crate::diagnostic::{Diagnostic, Rule, did_you_mean};
use crate::model::Site;
use crate::model::portal::Titled;
use crate::record::entries::Entries;
use crate::record::reference::{Kind, Pointer, References};
use crate::{diagnostic::Placed, model::records::Records};

/// Shows every reference of `kind` with the path of the file it is written in: those of records, then
/// those of pages.
pub fn each<'a>(site: &'a Site, kind: Kind, visit: &mut dyn FnMut(&'a str, &'a Pointer)) {
    all(site, &mut |path, pointer| {
        if pointer.kind == kind {
            visit(path, pointer);
        }
    });
}

/// Shows every reference of whichever kind, in the same order.
pub fn all<'a>(site: &'a Site, visit: &mut dyn FnMut(&'a str, &'a Pointer)) {
    each_record(site, |_, path, record| record.references(&mut |pointer| visit(path, pointer)));
    for article in site.documents.iter().flat_map(|document| &document.texts) {
        article.references(&mut |pointer| visit(&article.path, pointer));
    }
}

/// A fault of `rule` for every reference of `kind` to an id that the portal does not have. Of what the
/// audience may not see `narrower-reference` tells.
pub fn unknown(context: &Context<'_>, rule: &'static Rule, kind: Kind) -> Vec<Diagnostic> {
    let site = context.site;
    if !can_be_judged(site, kind) {
        return Vec::new();
    }
    let mut hints = Hints { known: known(site, kind), budget: COMPARISONS };
    let mut faults = Vec::new();
    each(site, kind, &mut |_, pointer| {
        if !is_known(site, kind, &pointer.id) && site.unseen.record(kind, &pointer.id).is_none() {
            let message = format!("unknown {} `{}`", noun(kind), pointer.id);
            faults.push(Diagnostic::new(rule, pointer.place, message).maybe_hint(hints.hint(
                site,
                kind,
                &pointer.id,
            )));
        }
    });
    faults
}

/// Whether the files that list the kind could be read: if not, a hundred references to it are no
/// second fault.
pub fn can_be_judged(site: &Site, kind: Kind) -> bool {
    match kind {
        Kind::Product | Kind::Team | Kind::Role | Kind::Owner | Kind::Gate => site.has_settings(),
        Kind::Party => site.has_settings() && !site.partners.has_broken(),
        // A catalogue is optional: without one, results may name any case.
        Kind::Case => !site.cases.is_empty() && !site.cases.has_broken(),
        _ => true,
    }
}

fn is_known(site: &Site, kind: Kind, id: &str) -> bool {
    let portal = &site.portal;
    let is_team = || portal.teams.get(id).is_some();
    let is_role = || portal.roles.get(id).is_some();
    match kind {
        Kind::Product => portal.products.get(id).is_some(),
        Kind::Team => is_team(),
        Kind::Role => is_role(),
        Kind::Owner => is_team() || is_role(),
        Kind::Party => is_team() || is_role() || site.partners.is_known(id),
        Kind::Gate => portal.gates.get(id).is_some(),
        Kind::Release => site.releases.is_known(id),
        Kind::Run => site.runs.is_known(id),
        Kind::Case => site.cases.is_known(site.case_id(id)),
        Kind::Plan => site.plans.is_known(id),
        Kind::Defect => site.defects.is_known(id),
        Kind::Environment => site.environments.is_known(id),
        Kind::DataSet => site.data.is_known(id),
        Kind::Decision => site.decisions.is_known(id),
        // Paths, which are looked up from the file they are written in.
        Kind::Page | Kind::File | Kind::ResultFile => true,
    }
}

/// The ids of a kind, in a fixed order.
fn known(site: &Site, kind: Kind) -> Vec<&str> {
    fn ids<T>(records: &Records<T>) -> Vec<&str> {
        records.ids().collect()
    }
    fn keys<T>(entries: &Entries<Placed<String>, T>) -> Vec<&str> {
        entries.keys().collect()
    }
    let portal = &site.portal;
    let owners = || [keys(&portal.teams), keys(&portal.roles)].concat();
    match kind {
        Kind::Product => keys(&portal.products),
        Kind::Team => keys(&portal.teams),
        Kind::Role => keys(&portal.roles),
        Kind::Owner => owners(),
        Kind::Party => [owners(), ids(&site.partners)].concat(),
        Kind::Gate => keys(&portal.gates),
        Kind::Release => ids(&site.releases),
        Kind::Run => ids(&site.runs),
        Kind::Case => ids(&site.cases),
        Kind::Plan => ids(&site.plans),
        Kind::Defect => ids(&site.defects),
        Kind::Environment => ids(&site.environments),
        Kind::DataSet => ids(&site.data),
        Kind::Decision => ids(&site.decisions),
        Kind::Page | Kind::File | Kind::ResultFile => Vec::new(),
    }
}

/// How many names may be compared for the hints of one rule. A run of a hundred thousand unknown cases
/// is told in full; only its first faults come with a hint.
const COMPARISONS: usize = 200_000;

struct Hints<'a> {
    known: Vec<&'a str>,
    budget: usize,
}

impl Hints<'_> {
    fn hint(&mut self, site: &Site, kind: Kind, id: &str) -> Option<String> {
        self.budget = self.budget.checked_sub(self.known.len().max(1))?;
        mistaken_kind(site, kind, id)
            .or_else(|| self.in_folder(id))
            .or_else(|| did_you_mean(id, self.known.iter().copied()))
            .or_else(|| Some(home(kind, id)))
    }

    /// `sit-03` for `2026.10/sit-03`.
    fn in_folder(&self, id: &str) -> Option<String> {
        let ends = |known: &&&str| known.strip_suffix(id).is_some_and(|folder| folder.ends_with('/'));
        self.known.iter().rfind(ends).map(|known| format!("did you mean `{known}`?"))
    }
}

/// A role where a team is wanted, and the other way round.
fn mistaken_kind(site: &Site, kind: Kind, id: &str) -> Option<String> {
    let holds = |entries: &Entries<Placed<String>, Titled>| entries.get(id).is_some();
    match kind {
        Kind::Team if holds(&site.portal.roles) => Some(format!("`{id}` is a role; a team is wanted here")),
        Kind::Role if holds(&site.portal.teams) => Some(format!("`{id}` is a team; a role is wanted here")),
        _ => None,
    }
}

/// What a kind is called in messages.
pub fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Product => "product",
        Kind::Team => "team",
        Kind::Role => "role",
        Kind::Owner => "team or role",
        Kind::Party => "team, role or partner",
        Kind::Gate => "gate",
        Kind::Release => "release",
        Kind::Run => "run",
        Kind::Case => "case",
        Kind::Plan => "plan",
        Kind::Defect => "defect",
        Kind::Environment => "environment",
        Kind::DataSet => "data set",
        Kind::Decision => "decision",
        Kind::Page => "page",
        Kind::File | Kind::ResultFile => "file",
    }
}

/// Where such a thing would be written.
fn home(kind: Kind, id: &str) -> String {
    let key = |keys: &str| format!("write it under {keys} in `portal.yaml`");
    let file = |folder: &str| format!("its file would be `{folder}/{id}.yaml`");
    match kind {
        Kind::Product => key("`products:`"),
        Kind::Team => key("`teams:`"),
        Kind::Role => key("`roles:`"),
        Kind::Owner => key("`teams:` or `roles:`"),
        Kind::Party => format!("{}, or in `partners.yaml`", key("`teams:` or `roles:`")),
        Kind::Gate => key("`gates:`"),
        Kind::Case => "write it into a file of the folder `cases/`".to_owned(),
        Kind::Release => file("releases"),
        Kind::Run => file("runs"),
        Kind::Plan => file("plans"),
        Kind::Defect => file("defects"),
        Kind::Environment => file("environments"),
        Kind::DataSet => file("data"),
        Kind::Decision => file("decisions"),
        Kind::Page | Kind::File | Kind::ResultFile => "write the path as seen from this file".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree, tree_for};
    use crate::model::audience::Audience;

    const DEFECT: &str = "audience: public\ntitle: A\nstatus: open\nseverity: minor\naffects: [2026.10]\n";
    const RELEASE: &str = "audience: restricted\nproduct: a\ncontents: []\nschedule: {}\n";
    const RUN: &str =
        "release: 1\nenvironment: e\nstarted: 2026-10-12\nresults: [{case: A-1, status: passed}]\n";

    /// What an audience may not see is there; that it is referred to is a fault of its own.
    #[test]
    fn what_an_audience_may_not_see_is_not_unknown() {
        let (defect, release) = (("defects/D-1.yaml", DEFECT), ("releases/2026.10.yaml", RELEASE));
        let told = |audience, files: &[_]| messages_of("unknown-release", &tree_for(audience, files));
        assert_eq!(told(Audience::Restricted, &[defect, release]), [""; 0]);
        assert_eq!(told(Audience::Public, &[defect, release]), [""; 0]);
        assert_eq!(told(Audience::Public, &[defect]), ["unknown release `2026.10`"]);
    }

    #[test]
    fn a_file_that_is_broken_is_known() {
        let site = tree(&[("defects/D-1.yaml", DEFECT), ("releases/2026.10.yaml", "title: [")]);
        assert_eq!(messages_of("unknown-release", &site), [""; 0]);
    }

    #[test]
    fn a_case_is_judged_only_where_there_is_a_catalogue() {
        let told = |catalogues: &[(&'static str, &'static str)]| {
            messages_of("unknown-case", &tree(&[&[("runs/1/a.yaml", RUN)], catalogues].concat()))
        };
        assert_eq!(told(&[]), [""; 0]);
        assert_eq!(told(&[("cases/a.yaml", "cases: [{id: A-2}]")]), ["unknown case `A-1`"]);
        assert_eq!(told(&[("cases/a.yaml", "cases: [{id: A-2, renamed_from: [A-1]}]")]), [""; 0]);
        assert_eq!(told(&[("cases/a.yaml", "cases: [{id: A-2}]"), ("cases/b.yaml", "cases: [")]), [""; 0]);
    }
}
