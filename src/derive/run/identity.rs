//! Which case a result is of, so that a case keeps its history from run to run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::Site;
use crate::model::run::CaseResult;
use crate::record::text::Text;

/// What makes two results results of one case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identity {
    /// The case's present id: the one that `renamed_from` leads to.
    Id(String),
    /// Suite and name, of a case that no id names.
    Named {
        /// The suite; nested ones as the result writes them.
        suite: Option<String>,
        /// The name in the portal's default language, parameters included.
        name: String,
    },
}

impl Identity {
    /// The identity of the case that `result` is of; nothing for a result with neither id nor name, of
    /// which nobody can say which case it is.
    pub fn of(site: &Site, result: &CaseResult) -> Option<Self> {
        match &result.case {
            Some(case) => Some(Self::of_id(site, case.id())),
            None => Self::named(site.default_language(), result.suite.as_deref(), result.title.as_ref()?),
        }
    }

    /// The identity of the case that is or was called `id`. An id that two cases claim belongs to the one
    /// that has it today, so chains and circles of former ids end after one step.
    pub fn of_id(site: &Site, id: &str) -> Self {
        Self::Id(site.case_id(id).to_owned())
    }

    fn named(language: &str, suite: Option<&str>, title: &Text) -> Option<Self> {
        let name = title.get(language, language).trim();
        let suite = suite.map(str::trim).filter(|suite| !suite.is_empty());
        (!name.is_empty()).then(|| Self::Named { suite: suite.map(str::to_owned), name: name.to_owned() })
    }

    /// The id, where the case has one.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Id(id) => Some(id),
            Self::Named { .. } => None,
        }
    }
}

/// The cases outside the catalogue that have a page of their own, in a fixed order: every case that a
/// result names by an id, and cases without an id that at least two runs have, so that there is a history
/// to show.
pub fn uncatalogued(site: &Site) -> BTreeSet<Identity> {
    let mut last_run: HashMap<Identity, &str> = HashMap::new();
    let mut found = BTreeSet::new();
    for run in site.runs.iter() {
        let results = run.results.iter().filter(|result| !is_catalogued(site, result));
        for identity in results.filter_map(|result| Identity::of(site, result)) {
            let is_again = last_run.insert(identity.clone(), &run.id).is_some_and(|before| before != run.id);
            if identity.id().is_some() || is_again {
                found.insert(identity);
            }
        }
    }
    found
}

fn is_catalogued(site: &Site, result: &CaseResult) -> bool {
    result.case.as_ref().is_some_and(|case| site.cases.get(site.case_id(case.id())).is_some())
}

/// The last part of the address of every case in `cases` that has no id: its suite and name as `spell`
/// writes them. A part that is too long for a file name, that two cases share, or that `is_taken`, ends
/// in a sign made from the whole identity, so that no address depends on the order of cases.
pub fn parts<'a>(
    cases: impl IntoIterator<Item = &'a Identity>,
    spell: impl Fn(&str) -> String,
    is_taken: impl Fn(&str) -> bool,
) -> BTreeMap<&'a Identity, String> {
    let plain: Vec<(&Identity, String)> = cases
        .into_iter()
        .filter_map(|case| match case {
            Identity::Id(_) => None,
            Identity::Named { suite, name } => {
                Some((case, spell(&format!("{} {name}", suite.as_deref().unwrap_or_default()))))
            }
        })
        .collect();
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for (_, part) in &plain {
        *wanted.entry(part.clone()).or_default() += 1;
    }
    let is_shared = |part: &str| wanted.get(part).is_some_and(|count| *count > 1);
    plain
        .into_iter()
        .map(|(case, part)| {
            let is_free = part.len() <= LONGEST && !is_shared(&part) && !is_taken(&part);
            (case, if is_free { part } else { signed(case, &part) })
        })
        .collect()
}

/// How many bytes a part of an address may have; a file system takes 255.
const LONGEST: usize = 120;

fn signed(case: &Identity, part: &str) -> String {
    let end = part.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last().unwrap_or(0);
    let cut = if part.len() <= LONGEST { part } else { part.get(..end).unwrap_or_default() };
    let whole = match case {
        Identity::Id(id) => id.clone(),
        // No name holds a line's end where it was written on one line.
        Identity::Named { suite, name } => format!("{}\n{name}", suite.as_deref().unwrap_or_default()),
    };
    let sign = blake3::hash(whole.as_bytes()).to_hex();
    format!("{}-{}", cut.trim_end_matches('-'), sign.get(..10).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn run(results: &str) -> String {
        format!("release: r\nenvironment: e\nstarted: 2026-10-12\nresults: [{results}]")
    }

    /// The identities of the results that have one.
    fn identities(catalogue: &str, results: &str) -> Vec<Identity> {
        let site = tree(&[("cases/all.yaml", catalogue), ("runs/a.yaml", &run(results))]);
        let run = site.runs.get("a").expect("the run");
        run.results.iter().filter_map(|result| Identity::of(&site, result)).collect()
    }

    fn id(id: &str) -> Identity {
        Identity::Id(id.to_owned())
    }

    fn named(suite: Option<&str>, name: &str) -> Identity {
        Identity::Named { suite: suite.map(str::to_owned), name: name.to_owned() }
    }

    #[test]
    fn a_case_with_an_id_is_known_by_its_present_id() {
        let catalogue = "cases: [{id: BEN-3, renamed_from: [BEN-2, BEN-1]}]";
        let results = "{case: BEN-1, status: passed}, {case: BEN-2, status: passed}, \
                       {case: BEN-3, suite: S, title: T, status: passed}, {case: OTHER, status: passed}";
        let wanted = [id("BEN-3"), id("BEN-3"), id("BEN-3"), id("OTHER")];
        assert_eq!(identities(catalogue, results), wanted);
    }

    #[test]
    fn an_id_that_a_case_has_today_stays_with_it_in_chains_and_circles() {
        let results = "{case: A, status: passed}, {case: B, status: passed}, {case: C, status: passed}";
        let chain = "cases: [{id: B, renamed_from: [A]}, {id: C, renamed_from: [B]}]";
        assert_eq!(identities(chain, results), [id("B"), id("B"), id("C")]);
        let circle = "cases: [{id: A, renamed_from: [B]}, {id: B, renamed_from: [A]}]";
        assert_eq!(identities(circle, results), [id("A"), id("B"), id("C")]);
        let itself = "cases: [{id: A, renamed_from: [A]}]";
        assert_eq!(identities(itself, results), [id("A"), id("B"), id("C")]);
    }

    #[test]
    fn a_case_without_an_id_is_known_by_suite_and_name_with_its_parameters() {
        let results = "{suite: Letters, title: 'sends [et]', status: passed}, \
                       {suite: Letters, title: 'sends [en]', status: passed}, \
                       {suite: Payments, title: 'sends [et]', status: passed}, \
                       {title: ' sends [et] ', status: passed}, {status: passed}";
        let wanted = [
            named(Some("Letters"), "sends [et]"),
            named(Some("Letters"), "sends [en]"),
            named(Some("Payments"), "sends [et]"),
            named(None, "sends [et]"),
        ];
        assert_eq!(identities("cases: []", results), wanted);
    }

    #[test]
    fn a_case_without_an_id_has_a_page_when_two_runs_have_it() {
        let first = run(
            "{title: once, status: passed}, {title: twice, status: passed}, {case: BEN-1, status: passed},\
             {case: X-1, status: passed}, {title: doubled, status: passed}, {title: doubled, status: failed}",
        );
        let second = run("{title: twice, status: failed}");
        let site = tree(&[
            ("cases/all.yaml", "cases: [{id: BEN-1}]"),
            ("runs/a.yaml", &first),
            ("runs/b.yaml", &second),
        ]);
        let found: Vec<Identity> = uncatalogued(&site).into_iter().collect();
        assert_eq!(found, [id("X-1"), named(None, "twice")]);
    }

    #[test]
    fn no_two_cases_share_an_address_and_no_address_is_too_long() {
        let cases = [
            named(Some("Letters"), "sends"),
            named(None, "letters sends"),
            named(None, "taken"),
            named(None, "alone"),
            named(None, &"õ".repeat(200)),
        ];
        let spell = |name: &str| name.trim().to_lowercase().replace(' ', "-");
        let parts = parts(&cases, spell, |part| part == "taken");
        let of = |at: usize| parts.get(&cases[at]).map(String::as_str).unwrap_or_default();
        assert_eq!(of(3), "alone");
        assert!(of(0).starts_with("letters-sends-") && of(1).starts_with("letters-sends-"));
        assert!(of(2).starts_with("taken-"));
        assert!(of(4).len() < 140, "{}", of(4));
        let distinct: BTreeSet<&String> = parts.values().collect();
        assert_eq!(distinct.len(), cases.len());
    }
}
