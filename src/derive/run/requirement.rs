//! Whether each ticket of a release is verified: its contents against its cases.
//!
//! The cases of a ticket are those that the release's contents name for it and those of the catalogue
//! whose `requirements` name it. How a case ended is its final status in the release.

use std::collections::{BTreeMap, HashMap};

use crate::derive::basis::Basis;
use crate::derive::run::final_status::{self, FinalStatuses};
use crate::model::Site;
use crate::model::release::{Content, Grade, Release};
use crate::model::run::Status;

/// A ticket of a release with its cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement<'a> {
    /// The ticket.
    pub content: &'a Content,
    /// Its cases by present id and how each ended, those that need attention first.
    pub cases: Vec<(&'a str, Status)>,
    /// What they say together.
    pub status: RequirementStatus,
}

/// What the cases of a ticket say together; the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequirementStatus {
    /// A case failed or broke off.
    Failed,
    /// It has no case.
    NotCovered,
    /// A case is blocked.
    Blocked,
    /// There are later sums of which nobody can say what they mean for its cases.
    Unknown,
    /// None of its cases was executed.
    NotRun,
    /// Some of its cases passed or are under way, and some are still to be executed.
    InProgress,
    /// All its cases passed.
    Verified,
}

impl RequirementStatus {
    /// Every status, the worst first.
    pub const ALL: [Self; 7] = [
        Self::Failed,
        Self::NotCovered,
        Self::Blocked,
        Self::Unknown,
        Self::NotRun,
        Self::InProgress,
        Self::Verified,
    ];

    /// The word that names it in catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::NotCovered => "not_covered",
            Self::Blocked => "blocked",
            Self::Unknown => "unknown",
            Self::NotRun => "not_run",
            Self::InProgress => "in_progress",
            Self::Verified => "verified",
        }
    }

    fn of(cases: &[(&str, Status)], is_certain: bool) -> Self {
        let any = |wanted: &[Status]| cases.iter().any(|(_, status)| wanted.contains(status));
        if cases.is_empty() {
            Self::NotCovered
        } else if any(&[Status::Failed, Status::Error]) {
            Self::Failed
        } else if any(&[Status::Blocked]) {
            Self::Blocked
        } else if !is_certain {
            Self::Unknown
        } else if cases.iter().all(|(_, status)| *status == Status::Passed) {
            Self::Verified
        } else if any(&[Status::Passed, Status::InProgress]) {
            Self::InProgress
        } else {
            Self::NotRun
        }
    }
}

impl Requirement<'_> {
    /// How many of its cases passed.
    pub fn passed(&self) -> usize {
        self.cases.iter().filter(|(_, status)| *status == Status::Passed).count()
    }

    /// Whether much could go wrong and no case would show it.
    pub fn is_risky_gap(&self) -> bool {
        self.status == RequirementStatus::NotCovered && is_risky(self.content)
    }
}

/// Whether so much could go wrong that cases are expected.
pub fn is_risky(content: &Content) -> bool {
    content.risk.as_ref().is_some_and(|risk| is_grave(risk.value))
}

/// Medium or worse.
pub fn is_grave(grade: Grade) -> bool {
    matches!(grade, Grade::High | Grade::Medium)
}

/// The tickets of `release`, in its order.
pub fn of_release<'a>(basis: Basis<'a>, id: &str, release: &'a Release) -> Vec<Requirement<'a>> {
    let statuses = final_status::of_release(basis, id);
    let ended = ended(&statuses);
    let catalogued = by_requirement(basis.site);
    release
        .contents
        .iter()
        .map(|content| {
            let status = |id| (id, ended.get(id).copied().unwrap_or(Status::NotRun));
            let mut cases: Vec<(&str, Status)> =
                cases_of(basis.site, content, &catalogued).into_iter().map(status).collect();
            cases.sort_by_key(|(_, status)| attention(*status));
            let status = RequirementStatus::of(&cases, statuses.unplaced.is_empty());
            Requirement { content, cases, status }
        })
        .collect()
}

/// How each case of a release ended, by its id.
fn ended<'a>(statuses: &FinalStatuses<'a>) -> HashMap<&'a str, Status> {
    statuses.cases.iter().filter_map(|case| Some((case.case.id?, case.case.status()))).collect()
}

/// Cases of the catalogue by the tickets that they test.
pub fn by_requirement(site: &Site) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for case in site.cases.iter() {
        for ticket in &case.requirements {
            found.entry(ticket).or_default().push(&case.id);
        }
    }
    found
}

/// The cases of a ticket: those that its release names, then the others of the catalogue.
pub fn cases_of<'a>(
    site: &'a Site,
    content: &'a Content,
    catalogued: &BTreeMap<&'a str, Vec<&'a str>>,
) -> Vec<&'a str> {
    let named = content.cases.iter().map(|case| site.case_id(case.id()));
    let others = catalogued.get(content.ticket.value.as_str()).into_iter().flatten().copied();
    let mut cases: Vec<&str> = Vec::new();
    for case in named.chain(others) {
        if !cases.contains(&case) {
            cases.push(case);
        }
    }
    cases
}

/// How soon a reader wants to see a case that ended so: the smaller, the sooner.
fn attention(status: Status) -> u8 {
    match status {
        Status::Failed | Status::Error => 0,
        Status::Blocked => 1,
        Status::InProgress => 2,
        Status::NotRun => 3,
        Status::Skipped => 4,
        Status::Passed => 5,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::parse::sample::tree;

    const CASES: &str = "cases: [{id: A, renamed_from: [OLD]}, {id: B, requirements: [T-1]}, {id: C, requirements: [T-2]}, {id: D}]";

    /// How the only ticket of a release stands, where the release and its only run say so.
    fn requirement(content: &str, results: &str) -> (RequirementStatus, String, bool) {
        let release = format!("product: p\nschedule: {{}}\ncontents: [{content}]");
        let run = format!("release: r\nenvironment: e\nstarted: 2026-10-12\nresults: [{results}]");
        let site = tree(&[("cases/all.yaml", CASES), ("releases/r.yaml", &release), ("runs/1.yaml", &run)]);
        let results = Results::of(&site);
        let basis = Basis { site: &site, results: &results, as_of: date(2026, 10, 16) };
        let found = of_release(basis, "r", site.releases.get("r").expect("the release"));
        let cases = found[0].cases.iter().map(|(id, status)| format!("{id} {}", status.word()));
        (found[0].status, cases.collect::<Vec<_>>().join(", "), found[0].is_risky_gap())
    }

    #[test]
    fn the_cases_of_a_ticket_say_how_it_stands() {
        use RequirementStatus::{Blocked, Failed, InProgress, NotRun, Verified};
        for (results, status, cases) in [
            ("{case: A, status: passed}, {case: B, status: passed}", Verified, "A passed, B passed"),
            ("{case: OLD, status: passed}, {case: B, status: error}", Failed, "B error, A passed"),
            ("{case: A, status: blocked}, {case: B, status: passed}", Blocked, "A blocked, B passed"),
            ("{case: A, status: blocked}, {case: B, status: failed}", Failed, "B failed, A blocked"),
            ("{case: A, status: passed}", InProgress, "B not_run, A passed"),
            ("{case: A, status: passed}, {case: B, status: skipped}", InProgress, "B skipped, A passed"),
            ("{case: A, status: in_progress}", InProgress, "A in_progress, B not_run"),
            ("{case: D, status: passed}", NotRun, "A not_run, B not_run"),
        ] {
            let found = requirement("{ticket: T-1, cases: [OLD], risk: high}", results);
            assert_eq!(found, (status, cases.to_owned(), false), "{results}");
        }
    }

    #[test]
    fn a_ticket_without_a_case_is_not_covered_and_a_gap_where_it_is_risky() {
        for (content, gap) in [
            ("{ticket: T-9, risk: high}", true),
            ("{ticket: T-9, risk: medium}", true),
            ("{ticket: T-9, risk: low}", false),
            ("{ticket: T-9}", false),
        ] {
            let found = requirement(content, "{case: A, status: passed}");
            assert_eq!(found, (RequirementStatus::NotCovered, String::new(), gap), "{content}");
        }
        let named_by_the_case = requirement("{ticket: T-2, risk: high}", "{case: C, status: passed}");
        assert_eq!(named_by_the_case, (RequirementStatus::Verified, "C passed".to_owned(), false));
    }
}
