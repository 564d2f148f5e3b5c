//! Which decision about a release is the present one, and whether it still holds.

use std::cmp::Reverse;

use jiff::civil::{Date, DateTime};

use crate::derive::basis::Basis;
use crate::derive::gate::{self, GateResult, Ignorance};
use crate::model::Site;
use crate::model::decision::{Decision, Evidence, Outcome};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus};
use crate::model::run::Run;
use crate::model::site::EvidenceFile;
use crate::record::reference::{Ref, to};

/// How a file that a decision rests on stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceState {
    /// As it was when the decision was written.
    Same,
    /// Another than then.
    Changed,
    /// It is not there any more.
    Gone,
    /// This audience may not see it.
    Withheld,
    /// It was not read: it is no text.
    Unread,
}

impl EvidenceState {
    /// The word that names it in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Withheld => "withheld",
            Self::Unread => "unread",
        }
    }

    /// Whether the decision rests on something else than it did.
    pub fn is_stale(self) -> bool {
        matches!(self, Self::Changed | Self::Gone)
    }
}

/// Whether a decision can be relied on; what matters most decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionState {
    /// Another decision has taken its place.
    Superseded,
    /// It is about another build than the release's, or what it rests on has changed.
    Stale,
    /// It confirms what the gate did not let pass, and nobody answers for that.
    AgainstGate,
    /// It confirms what some role that spoke did not.
    Disputed,
    /// Some role whose word is needed has not spoken.
    Incomplete,
    /// It confirms what nobody knew the gate to let pass, and nobody answers for that.
    GateUnknown,
    /// What it rests on cannot be looked at here.
    Unchecked,
    /// It holds.
    Holds,
}

impl DecisionState {
    /// The word that names it in catalogues and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::Stale => "stale",
            Self::AgainstGate => "against_gate",
            Self::Disputed => "disputed",
            Self::Incomplete => "incomplete",
            Self::GateUnknown => "gate_unknown",
            Self::Unchecked => "unchecked",
            Self::Holds => "holds",
        }
    }
}

/// What the gate said of a confirmation that nobody answers for, on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateWord {
    /// Nothing against it: the gate passes, as far as its history is kept, or was not asked.
    Nothing,
    /// It fails.
    Fails,
    /// Nobody could say on that day.
    Unknown,
    /// It rests on what the audience may not see.
    Withheld,
}

/// All that speaks for and against a decision.
#[derive(Debug, Clone)]
pub struct Validity<'a> {
    /// The decision that has taken its place.
    pub superseded_by: Option<&'a Record<Decision>>,
    /// The release's build, where the decision is about another.
    pub other_build: Option<&'a str>,
    /// Every file that it rests on.
    pub evidence: Vec<(&'a Evidence, EvidenceState)>,
    /// Runs of the release that had begun by its day and that it does not rest on.
    pub unlisted: Vec<&'a Record<Run>>,
    /// What the gate said of it, where it confirms without an override.
    pub gate: GateWord,
    /// Roles whose word is needed and missing.
    pub silent: Vec<&'a Ref<to::Role>>,
    /// Roles that did not confirm what it confirms.
    pub dissenting: Vec<&'a Ref<to::Role>>,
    /// Whether the audience may not see every run and every decision, of which one may speak against it.
    pub is_partly_withheld: bool,
}

impl Validity<'_> {
    /// What that makes of the decision.
    pub fn state(&self) -> DecisionState {
        let any = |wanted: fn(EvidenceState) -> bool| self.evidence.iter().any(|(_, state)| wanted(*state));
        if self.superseded_by.is_some() {
            DecisionState::Superseded
        } else if self.is_stale() {
            DecisionState::Stale
        } else if self.gate == GateWord::Fails {
            DecisionState::AgainstGate
        } else if !self.dissenting.is_empty() {
            DecisionState::Disputed
        } else if !self.silent.is_empty() {
            DecisionState::Incomplete
        } else if self.gate == GateWord::Unknown {
            DecisionState::GateUnknown
        } else if self.is_partly_withheld
            || self.gate == GateWord::Withheld
            || self.evidence.is_empty()
            || any(|state| state != EvidenceState::Same)
        {
            DecisionState::Unchecked
        } else {
            DecisionState::Holds
        }
    }

    /// Whether it is about another build, what it rests on has changed, or a run is missing there.
    pub fn is_stale(&self) -> bool {
        self.other_build.is_some()
            || !self.unlisted.is_empty()
            || self.evidence.iter().any(|(_, state)| state.is_stale())
    }
}

/// Whether `decision` still holds.
pub fn validity<'a>(basis: Basis<'a>, decision: &'a Record<Decision>) -> Validity<'a> {
    let site = basis.site;
    let release = site.releases.get(decision.release.id());
    Validity {
        superseded_by: superseding(site, &decision.id).next(),
        other_build: release.and_then(|release| other_build(release, decision)),
        evidence: decision.evidence.iter().map(|file| (file, evidence_state(site, file))).collect(),
        unlisted: unlisted(basis, decision),
        gate: release.map_or(GateWord::Nothing, |release| gate_word(basis, release, decision)),
        silent: release.map_or_else(Vec::new, |release| silent(release, decision)),
        dissenting: dissenting(decision),
        is_partly_withheld: ["runs", "decisions"].iter().any(|folder| site.withheld.contains(*folder)),
    }
}

/// The runs of the release that had begun when `decision` was taken and are not in its evidence, and where it
/// lets a release be installed that is not yet, also those that have begun since. A decision that names nothing
/// it rests on misses nothing either.
fn unlisted<'a>(basis: Basis<'a>, decision: &Decision) -> Vec<&'a Record<Run>> {
    let site = basis.site;
    let release = site.releases.get(decision.release.id());
    let is_awaited =
        is_confirmed(decision.outcome.value) && release.is_some_and(|release| is_to_come(release));
    let was_there = |run: &Run| {
        if is_awaited {
            run.started.date(&site.zone) <= basis.as_of
        } else {
            !decision.decided.is_before(&run.started, &site.zone)
        }
    };
    let is_missing = |run: &&Record<Run>| {
        run.release.id() == decision.release.id()
            && was_there(run)
            && !decision.evidence.iter().any(|evidence| evidence.file.as_str() == run.path)
    };
    if decision.evidence.is_empty() { Vec::new() } else { site.runs.iter().filter(is_missing).collect() }
}

/// Whether the release is not installed, and may still be.
fn is_to_come(release: &Release) -> bool {
    use ReleaseStatus::{Cancelled, Released, RolledBack};
    let status = release.status.as_ref().map(|status| status.value);
    !matches!(status, Some(Released | RolledBack | Cancelled))
}

/// How a file that a decision rests on stands today.
pub fn evidence_state(site: &Site, evidence: &Evidence) -> EvidenceState {
    match site.evidence.get(evidence.file.as_str()) {
        Some(EvidenceFile::Read(hash)) if hash.eq_ignore_ascii_case(evidence.sha256.trim()) => {
            EvidenceState::Same
        }
        Some(EvidenceFile::Read(_)) => EvidenceState::Changed,
        Some(EvidenceFile::Withheld) => EvidenceState::Withheld,
        Some(EvidenceFile::Unread) => EvidenceState::Unread,
        None => EvidenceState::Gone,
    }
}

/// The build of the release, where `decision` is about another.
fn other_build<'a>(release: &'a Release, decision: &Decision) -> Option<&'a str> {
    let build = release.build.as_ref().map(|build| build.as_str());
    build.filter(|build| *build != decision.build.as_str())
}

/// Whether `decision` lets a release be installed.
pub fn is_confirmed(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Confirmed | Outcome::ConfirmedWithConditions)
}

/// What the gate said of `decision` on its day, where that confirms and nobody answers for more. A gate of which only
/// today nobody can tell how it stood then does not count against the decision, nor does a release that names none.
fn gate_word(basis: Basis<'_>, release: &Record<Release>, decision: &Decision) -> GateWord {
    let day = decision.decided.date(&basis.site.zone);
    let is_asked = is_confirmed(decision.outcome.value) && decision.r#override.is_none();
    if !is_asked || day > basis.as_of || release.gate.is_none() {
        return GateWord::Nothing;
    }
    let gate = gate::on(basis, release, day);
    match (gate.result(), gate.ignorance()) {
        (GateResult::Fail, _) => GateWord::Fails,
        (_, Some(Ignorance::Open)) => GateWord::Unknown,
        (_, Some(Ignorance::Withheld)) => GateWord::Withheld,
        (_, Some(Ignorance::NotKept) | None) => GateWord::Nothing,
    }
}

/// The roles whose word in `decision` is not for its outcome, where that confirms. Who is against it has spoken, but a
/// confirmation that everybody's word is asked for is not complete with it.
fn dissenting(decision: &Decision) -> Vec<&Ref<to::Role>> {
    let against = decision.by.iter().filter(|(_, word)| !is_confirmed(word.value)).map(|(role, _)| role);
    if is_confirmed(decision.outcome.value) { against.collect() } else { Vec::new() }
}

/// The roles of the release's sign-off that `decision` has no word of.
pub fn silent<'a>(release: &'a Release, decision: &Decision) -> Vec<&'a Ref<to::Role>> {
    let has_spoken = |role: &str| decision.by.iter().any(|(spoken, _)| spoken.id() == role);
    release.sign_off.iter().filter(|role| !has_spoken(role.id())).collect()
}

/// The decisions that replace the decision `id`.
pub fn superseding<'a>(site: &'a Site, id: &str) -> impl Iterator<Item = &'a Record<Decision>> + use<'a> {
    let old = site.decisions.get(id);
    site.decisions.iter().filter(move |new| old.is_some_and(|old| supersedes(site, new, old)))
}

/// Whether `new` replaces `old`: it says so, both are about one release, and `old` does not say, itself or
/// through others, that it replaces `new`. Decisions that replace each other in a circle replace nothing.
fn supersedes(site: &Site, new: &Record<Decision>, old: &Record<Decision>) -> bool {
    new.supersedes.as_ref().is_some_and(|named| named.id() == old.id)
        && new.release.id() == old.release.id()
        && !leads_to(site, old, &new.id)
}

/// Whether what `from` says that it replaces, and so on, comes to the decision `id`; it may be that itself.
fn leads_to(site: &Site, from: &Record<Decision>, id: &str) -> bool {
    let replaced = |decision: &&Record<Decision>| {
        decision.supersedes.as_ref().and_then(|named| site.decisions.get(named.id()))
    };
    // A chain longer than there are decisions has come round.
    let chain = std::iter::successors(Some(from), replaced).take(site.decisions.iter().count());
    chain.into_iter().any(|decision| decision.id == id)
}

/// The decisions about a release that were taken by the day `as_of`, the latest first.
pub fn of_release<'a>(site: &'a Site, release: &str, as_of: Date) -> Vec<&'a Record<Decision>> {
    let at = |decision: &Decision| -> DateTime { decision.decided.civil(&site.zone) };
    let mut found: Vec<&Record<Decision>> = site
        .decisions
        .iter()
        .filter(|decision| decision.release.id() == release && at(decision).date() <= as_of)
        .collect();
    found.sort_by_key(|decision| Reverse((at(decision), decision.id.as_str())));
    found
}

/// The decision about a release that was in force on the day `as_of`: the latest that none of the others
/// taken by then replaces.
pub fn current<'a>(site: &'a Site, release: &str, as_of: Date) -> Option<&'a Record<Decision>> {
    let found = of_release(site, release, as_of);
    let is_replaced =
        |decision: &Record<Decision>| found.iter().any(|other| supersedes(site, other, decision));
    found.iter().copied().find(|decision| !is_replaced(decision))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::derive::run::results::Results;
    use crate::model::audience::Audience;
    use crate::parse::sample::tree_for;

    const RELEASE: &str = "product: a\ncontents: []\nschedule: {}\nbuild: b2\nsign_off: [lead, owner]\n";
    const RUN: &str = "release: r\nenvironment: e\nstarted: 2026-10-12\n";
    /// Stands for the SHA-256 of [`RUN`].
    const HASH: &str = "HASH";

    fn decision(keys: &str) -> String {
        let hash = crate::digest::sha256(&[RUN.as_bytes()]);
        let base = "release: r\noutcome: confirmed\ndecided: 2026-10-14\nbuild: b2\nby: {lead: confirmed, owner: confirmed}\n\
            evidence: [{file: runs/r/1.yaml, sha256: HASH}]\n";
        let keys: Vec<&str> = keys.lines().collect();
        let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
        let kept = base.lines().filter(|line| !keys.iter().any(|own| key(own) == key(line)));
        let lines: Vec<&str> = kept.chain(keys.iter().copied()).collect();
        lines.join("\n").replace(HASH, &hash)
    }

    /// The state of the decision `r` for an audience, beside the given files.
    fn state(audience: Audience, keys: &str, more: &[(&str, &str)]) -> DecisionState {
        let own = decision(keys);
        let mut files =
            vec![("releases/r.yaml", RELEASE), ("runs/r/1.yaml", RUN), ("decisions/r.yaml", own.as_str())];
        files.retain(|(path, _)| !more.iter().any(|(other, _)| other == path));
        files.extend(more.iter().filter(|(_, text)| !text.is_empty()));
        let site = tree_for(audience, &files);
        let basis = Basis { site: &site, results: &Results::of(&site), as_of: date(2026, 10, 16) };
        validity(basis, site.decisions.get("r").expect("the decision")).state()
    }

    #[test]
    fn a_decision_holds_while_nothing_it_rests_on_changes() {
        let of = |keys: &str, more: &[(&str, &str)]| state(Audience::Restricted, keys, more);
        let newer = decision("supersedes: r\ndecided: 2026-10-15");
        let same_day = "release: r\nenvironment: e\nstarted: 2026-10-14T17:00\n";
        let next_day = "release: r\nenvironment: e\nstarted: 2026-10-15\n";
        let later = "release: r\nenvironment: e\nstarted: 2026-10-17\n";
        let installed = format!("{RELEASE}status: released\n");
        let gated = format!("{RELEASE}gate: g\n");
        let gate = "title: P\ngates: {g: [{metric: executed_share, at_least: 50%}]}\n";
        let rate = "title: P\ngates: {g: [{metric: pass_rate, at_least: 50%}]}\n";
        let open = "release: r\nenvironment: e\nstarted: 2026-10-12\nresults: [{case: A, status: blocked}]\n";
        for (keys, more, wanted) in [
            ("", vec![], DecisionState::Holds),
            (
                "",
                vec![("runs/r/1.yaml", "release: r\nenvironment: e\nstarted: 2026-10-13\n")],
                DecisionState::Stale,
            ),
            ("", vec![("runs/r/1.yaml", "")], DecisionState::Stale),
            ("build: b1", vec![], DecisionState::Stale),
            // A run of the decision's day that nobody had seen, one of the day after it, one still to come.
            ("", vec![("runs/r/2.yaml", same_day)], DecisionState::Stale),
            ("", vec![("runs/r/2.yaml", next_day)], DecisionState::Stale),
            ("", vec![("runs/r/2.yaml", later)], DecisionState::Holds),
            // Runs after the word, where it asks for more tests or where the release is installed.
            ("outcome: deferred", vec![("runs/r/2.yaml", next_day)], DecisionState::Holds),
            (
                "",
                vec![("runs/r/2.yaml", next_day), ("releases/r.yaml", installed.as_str())],
                DecisionState::Holds,
            ),
            ("", vec![("decisions/r-2.yaml", newer.as_str())], DecisionState::Superseded),
            ("by: {lead: confirmed}", vec![], DecisionState::Incomplete),
            ("by: {lead: confirmed, owner: refused}", vec![], DecisionState::Disputed),
            ("by: {lead: confirmed, owner: deferred}", vec![], DecisionState::Disputed),
            ("by: {lead: deferred}", vec![], DecisionState::Disputed),
            ("outcome: refused\nby: {lead: confirmed, owner: refused}", vec![], DecisionState::Holds),
            // Nothing was executed by the day.
            (
                "evidence: [{file: releases/r.yaml, sha256: GATED}, {file: runs/r/1.yaml, sha256: EMPTY}]",
                vec![("portal.yaml", rate), ("releases/r.yaml", gated.as_str()), ("runs/r/1.yaml", RUN)],
                DecisionState::GateUnknown,
            ),
            ("evidence: []", vec![], DecisionState::Unchecked),
            // The gate failed on the day, and the evidence is as it was.
            (
                "evidence: [{file: releases/r.yaml, sha256: GATED}, {file: runs/r/1.yaml, sha256: OPEN}]",
                vec![("portal.yaml", gate), ("releases/r.yaml", gated.as_str()), ("runs/r/1.yaml", open)],
                DecisionState::AgainstGate,
            ),
        ] {
            let hash = |text: &str| crate::digest::sha256(&[text.as_bytes()]);
            let keys = keys
                .replace("GATED", &hash(&gated))
                .replace("OPEN", &hash(open))
                .replace("EMPTY", &hash(RUN));
            assert_eq!(of(&keys, &more), wanted, "{keys} {more:?}");
        }
    }

    #[test]
    fn decisions_that_replace_each_other_or_those_of_another_release_replace_nothing() {
        let of = |release: &str, day: u8, old: &str| {
            format!(
                "release: {release}\noutcome: confirmed\ndecided: 2026-10-{day}\nbuild: b\nby: {{}}\nevidence: []\n{old}"
            )
        };
        let found = |first: &str, second: &str| {
            let site = tree_for(
                Audience::Restricted,
                &[("decisions/first.yaml", first), ("decisions/second.yaml", second)],
            );
            let id = current(&site, "r", date(2026, 10, 16)).map(|decision| decision.id.clone());
            (
                id.unwrap_or_default(),
                superseding(&site, "first").count(),
                superseding(&site, "second").count(),
            )
        };
        let (first, second) = (of("r", 12, ""), of("r", 13, ""));
        let (over_first, over_second) =
            (of("r", 13, "supersedes: first\n"), of("r", 12, "supersedes: second\n"));
        let foreign = of("other", 13, "supersedes: first\n");
        for (first, second, wanted) in [
            (&first, &over_first, ("second", 1, 0)),
            (&over_second, &second, ("first", 0, 1)),
            // In a circle the latest counts.
            (&over_second, &over_first, ("second", 0, 0)),
            (&first, &foreign, ("first", 0, 0)),
        ] {
            let wanted = (wanted.0.to_owned(), wanted.1, wanted.2);
            assert_eq!(found(first, second), wanted, "{first}{second}");
        }
    }

    #[test]
    fn evidence_that_the_audience_may_not_see_is_not_taken_for_gone() {
        let hidden = format!("audience: restricted\n{RUN}");
        let own = "audience: public\nevidence: [{file: runs/r/1.yaml, sha256: 00}]";
        let release = format!("audience: public\n{RELEASE}");
        let more = [("runs/r/1.yaml", hidden.as_str()), ("releases/r.yaml", release.as_str())];
        assert_eq!(state(Audience::Public, own, &more), DecisionState::Unchecked);
        assert_eq!(state(Audience::Restricted, own, &more), DecisionState::Stale);
    }

    #[test]
    fn a_decision_is_not_said_to_hold_where_not_all_that_may_speak_against_it_is_seen() {
        let open = |text: &str| format!("audience: public\n{text}");
        let (run, release) = (open(RUN), open(RELEASE));
        let hash = crate::digest::sha256(&[run.as_bytes()]);
        let own = format!("audience: public\nevidence: [{{file: runs/r/1.yaml, sha256: {hash}}}]");
        let all = [("runs/r/1.yaml", run.as_str()), ("releases/r.yaml", release.as_str())];
        assert_eq!(state(Audience::Public, &own, &all), DecisionState::Holds);
        let other = "audience: restricted\nrelease: other\nenvironment: e\nstarted: 2026-10-12\n";
        let more = [&all[..], &[("runs/other/1.yaml", other)]].concat();
        assert_eq!(state(Audience::Public, &own, &more), DecisionState::Unchecked);
        assert_eq!(state(Audience::Restricted, &own, &more), DecisionState::Holds);
    }
}
