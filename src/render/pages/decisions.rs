//! Install decisions: the register, and each with what it rests on.

use std::cmp::Reverse;

use super::super::blocks::{
    Bit, Block, Cell, Fact, Head, Line, Row, Section, State, Table, status, text, with_small,
};
use super::super::names::View;
use super::clonings::{Terms, task};
use super::document::kind_name;
use super::labels::column;
use super::states::shown;
use super::{Sheet, list_head, references, releases};
use crate::derive::decision::{EvidenceState, GateWord, Validity, silent, validity};
use crate::derive::page::routes::{List, Subject};
use crate::model::decision::{Decision, Evidence, Outcome};
use crate::model::records::Record;
use crate::words::Spoken;

/// What the states of a condition are called.
const CONDITION: Terms =
    Terms { done: "condition_state.done", open: "condition_state.open", overdue: "condition_state.overdue" };

/// How much of a hash is shown: enough to tell files apart, short enough to read.
const SHORT_HASH: usize = 12;

/// All of them, the newest first.
pub fn list(view: &View<'_>) -> Sheet {
    let head = list_head(view, List::Decisions, "decisions.lead");
    let mut decisions: Vec<&Record<Decision>> = view.portal.site.decisions.iter().collect();
    decisions.sort_by_key(|decision| {
        Reverse((decision.decided.civil(&view.portal.site.zone), decision.id.as_str()))
    });
    let block = if decisions.is_empty() {
        Block::Empty { text: view.say("decisions.empty") }
    } else {
        Block::Table(Table {
            label: view.say("decisions.title"),
            columns: vec![
                column(view, "field.id"),
                column(view, "field.release"),
                column(view, "field.build"),
                column(view, "field.outcome"),
                column(view, "field.state"),
                column(view, "field.decided"),
                column(view, "decisions.by"),
            ],
            rows: decisions.iter().map(|decision| row(view, decision)).collect(),
            sort: true,
        })
    };
    Sheet::new("decisions.html", head, vec![Section::new("register", "", vec![block])])
}

fn row(view: &View<'_>, decision: &Record<Decision>) -> Vec<Cell> {
    let zone = &view.portal.site.zone;
    let state = validity(view.portal.basis(), decision).state();
    let words = decision.by.iter().map(|(role, word)| {
        let own = (word.value != decision.outcome.value && !is_consent(word.value, decision.outcome.value))
            .then(|| shown(view, &word.value));
        with_small(view.pointer(role.pointer()), own.unwrap_or_default())
    });
    vec![
        view.link(&Subject::Decision(decision.id.clone())).into(),
        release(view, decision).into(),
        code(&decision.build).into(),
        shown(view, &decision.outcome.value).into(),
        shown(view, &state).into(),
        Cell::sorted(view.moment(&decision.decided), decision.decided.civil(zone)),
        view.row(words).into(),
    ]
}

/// Whether a role's word agrees with a decision that was confirmed, with conditions or without.
fn is_consent(word: Outcome, outcome: Outcome) -> bool {
    use Outcome::{Confirmed, ConfirmedWithConditions};
    let is_yes = |outcome| matches!(outcome, Confirmed | ConfirmedWithConditions);
    is_yes(word) && is_yes(outcome)
}

/// The release that a decision is about, by id and title.
fn release(view: &View<'_>, decision: &Decision) -> Line {
    match view.portal.site.releases.get(decision.release.id()) {
        Some(release) => releases::name(view, release),
        None => view.pointer(decision.release.pointer()),
    }
}

fn code(build: &str) -> Line {
    vec![Bit::Code { text: build.to_owned() }]
}

/// One of them.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let Some(decision) = view.portal.site.decisions.get(id) else {
        return Sheet::new("decision.html", Head::default(), Vec::new());
    };
    let found = validity(view.portal.basis(), decision);
    let notices = notices(view, decision, &found);
    let mut sections = Vec::new();
    if !notices.is_empty() {
        sections.push(Section::new("notices", "", notices));
    }
    let columns = vec![facts(view, decision, &found), by(view, decision)];
    sections.push(Section::new("decision", "", vec![Block::Columns { sections: columns, class: "split" }]));
    sections.push(conditions_section(view, decision));
    sections.push(evidence_section(view, &found));
    sections.extend(references::section(view, |subject| matches!(subject, Subject::Decision(_))));
    Sheet::new("decision.html", head(view, decision, &found), sections)
        .restricted(decision.restriction.as_ref())
}

fn head(view: &View<'_>, decision: &Record<Decision>, found: &Validity<'_>) -> Head {
    let title = match &decision.title {
        Some(title) => view.read(title),
        None => format!("{} {}", view.say("kind.decision"), decision.id).into(),
    };
    let kicker = vec![
        release(view, decision),
        code(&decision.build),
        shown(view, &decision.outcome.value),
        shown(view, &found.state()),
    ];
    Head {
        kicker,
        title,
        lede: decision.reason.as_ref().map(|reason| view.read(reason)),
        actions: Vec::new(),
    }
}

/// What a reader must know before the facts: what the decision does not rest on any more, that it is
/// replaced, goes against the gate, or waits for a role.
pub fn notices(view: &View<'_>, decision: &Record<Decision>, found: &Validity<'_>) -> Vec<Block> {
    let notice = |class, icon, line| Block::Notice { class, icon, line };
    let mut blocks = Vec::new();
    if let Some(newer) = found.superseded_by {
        let newer = view.link(&Subject::Decision(newer.id.clone()));
        let line = labelled(view, "decisions.superseded_by", "decision", newer);
        blocks.push(notice("is-note", "history", line));
    }
    if let Some(build) = found.other_build {
        let build = vec![Bit::Code { text: build.to_owned() }];
        blocks.push(notice("is-warning", "history", labelled(view, "decisions.other_build", "build", build)));
    }
    if !found.unlisted.is_empty() || found.evidence.iter().any(|(_, state)| state.is_stale()) {
        blocks.push(notice("is-warning", "history", text(view.say("release.evidence_stale"))));
    }
    match found.gate {
        GateWord::Fails => {
            blocks.push(notice("is-failed", "failed", text(view.say("decisions.against_gate"))));
        }
        GateWord::Unknown => {
            blocks.push(notice("is-warning", "unknown", text(view.say("decisions.gate_unknown"))));
        }
        GateWord::Nothing | GateWord::Withheld => {}
    }
    if let Some(over) = &decision.r#override {
        let label = format!("{}: ", view.say("decisions.override"));
        let mut line = text(Spoken::from(label).and(view.read(&over.reason)).and(" ("));
        line.extend(view.pointer(over.by.pointer()));
        line.extend(text(")"));
        blocks.push(notice("is-warning", "waived", line));
    }
    if !found.dissenting.is_empty() {
        let roles = view.row(found.dissenting.iter().map(|role| view.pointer(role.pointer())));
        blocks.push(notice("is-failed", "failed", labelled(view, "decisions.dissenting", "roles", roles)));
    }
    if !found.silent.is_empty() {
        let roles = view.row(found.silent.iter().map(|role| view.pointer(role.pointer())));
        blocks.push(notice("is-note", "not_run", labelled(view, "decisions.silent", "roles", roles)));
    }
    blocks
}

/// The text of `key` with a line in the place of its `name`.
fn labelled(view: &View<'_>, key: &str, name: &str, value: Line) -> Line {
    let whole = view.say(key);
    let hole = format!("{{{name}}}");
    let (before, after) = whole.split_once(hole.as_str()).unwrap_or((whole.as_str(), ""));
    let parts = [text(before), value, text(after)];
    parts.into_iter().flatten().collect()
}

fn facts(view: &View<'_>, decision: &Record<Decision>, found: &Validity<'_>) -> Section {
    let fact = |key: &str, value: Line| Fact { label: view.say(key), value };
    let mut facts = vec![
        fact("field.outcome", shown(view, &decision.outcome.value)),
        fact("field.state", shown(view, &found.state())),
        fact("field.release", release(view, decision)),
        fact("field.build", code(&decision.build)),
        fact("field.decided", view.moment(&decision.decided)),
        fact("field.expedited", view.yes_no(decision.expedited)),
    ];
    // A reason that is written stands below the title.
    if decision.reason.is_none() {
        facts.push(fact("field.reason", view.unknown()));
    }
    facts.extend(
        decision.supersedes.as_ref().map(|old| fact("field.supersedes", view.pointer(old.pointer()))),
    );
    Section::new("facts", view.say("nav.details"), vec![Block::Facts { facts, side: true }])
}

fn by(view: &View<'_>, decision: &Decision) -> Section {
    Section::new("by", view.say("decisions.by"), vec![words(view, decision)])
}

/// What each role said, and which role of the release's sign-off said nothing.
pub fn words(view: &View<'_>, decision: &Decision) -> Block {
    let said = decision.by.iter().map(|(role, word)| Row {
        what: view.pointer(role.pointer()),
        aside: shown(view, &word.value),
        ..Row::default()
    });
    let release = view.portal.site.releases.get(decision.release.id());
    let silent = release.map_or_else(Vec::new, |release| silent(release, decision));
    let silent = silent.into_iter().map(|role| Row {
        what: view.pointer(role.pointer()),
        aside: status(State::named("unknown"), view.say("release.sign_off_pending")),
        ..Row::default()
    });
    let rows: Vec<Row> = said.chain(silent).collect();
    if rows.is_empty() {
        Block::Empty { text: view.say("value.unknown") }
    } else {
        Block::Rows { ordered: false, rows }
    }
}

/// What must still be done, and what was.
pub fn conditions(view: &View<'_>, decision: &Decision) -> Block {
    let items = decision
        .conditions
        .iter()
        .map(|condition| {
            let who = condition.team.as_ref().map_or_else(Line::new, |team| view.pointer(team.pointer()));
            let what = with_small(text(view.read(&condition.text)), who);
            let due = condition.due.as_ref().map(|due| due.value);
            task(view, what, &CONDITION, due, condition.done)
        })
        .collect();
    Block::Checklist { items }
}

fn conditions_section(view: &View<'_>, decision: &Decision) -> Section {
    let title = view.say("decisions.conditions");
    if decision.conditions.is_empty() {
        return Section::new(
            "conditions",
            title,
            vec![Block::Empty { text: view.say("decisions.conditions_empty") }],
        );
    }
    let met = decision
        .conditions
        .iter()
        .filter(|each| each.done.is_some_and(|done| done <= view.portal.as_of))
        .count();
    let count = view.fill(
        "value.label",
        &[
            ("label", &view.say("condition_state.done")),
            ("value", &view.words().of(met, decision.conditions.len())),
        ],
    );
    Section::new("conditions", title, vec![conditions(view, decision)]).aside(text(count))
}

fn evidence_section(view: &View<'_>, found: &Validity<'_>) -> Section {
    let count = view.words().count("count.files", found.evidence.len());
    Section::new("evidence", view.say("decisions.evidence"), vec![evidence(view, found)]).aside(text(count))
}

/// Every file that a decision rests on, and whether it is still the same.
pub fn evidence(view: &View<'_>, found: &Validity<'_>) -> Block {
    if found.evidence.is_empty() {
        return Block::Empty { text: view.say("value.none") };
    }
    Block::Table(Table {
        label: view.say("decisions.evidence"),
        columns: vec![
            column(view, "field.file"),
            column(view, "field.state"),
            column(view, "field.kind"),
            column(view, "field.sha256"),
        ],
        rows: found.evidence.iter().map(|(file, state)| evidence_row(view, file, *state)).collect(),
        sort: false,
    })
}

/// A file of the evidence, linked where the portal shows it.
fn evidence_row(view: &View<'_>, evidence: &Evidence, state: EvidenceState) -> Vec<Cell> {
    // Neither the name nor the hash of what readers may not see: a hash tells whether a guess is right.
    if state == EvidenceState::Withheld {
        return vec![
            view.unknown().into(),
            shown(view, &state).into(),
            Line::new().into(),
            Line::new().into(),
        ];
    }
    let page = view.portal.routes.of_source(&evidence.file);
    let name = page.map_or_else(Line::new, |subject| view.link(subject));
    let path = vec![Bit::Code { text: evidence.file.value.clone() }];
    let file = if name.is_empty() { path } else { with_small(name, path) };
    let hash: String = evidence.sha256.chars().take(SHORT_HASH).collect();
    let shown_hash = if hash.len() < evidence.sha256.len() { format!("{hash}…") } else { hash };
    vec![
        file.into(),
        shown(view, &state).into(),
        page.map_or_else(Line::new, |subject| text(kind_name(view, subject))).into(),
        vec![Bit::Code { text: shown_hash }].into(),
    ]
}
