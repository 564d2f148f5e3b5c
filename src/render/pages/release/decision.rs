//! The decisions about a release: the one in force with what it rests on, and those before it.

use super::super::super::blocks::{Block, Line, Row, Section, join, text, with_small};
use super::super::super::names::View;
use super::super::decisions;
use super::super::states::shown;
use super::verdict::Decided;
use crate::derive::decision;
use crate::derive::page::routes::Subject;
use crate::model::decision::Decision;
use crate::model::records::Record;
use crate::model::release::Release;

/// The decision in force, whether it holds and why not, its evidence file by file, and earlier decisions.
pub fn section(view: &View<'_>, release: &Record<Release>, decided: Option<&Decided<'_>>) -> Section {
    let title = view.say("release.decision");
    let Some(decided) = decided else {
        let key =
            if super::super::releases::is_over(release) { "decision_missing" } else { "decision_pending" };
        return Section::new(
            "decision",
            title,
            vec![Block::Empty { text: view.say(&format!("release.{key}")) }],
        );
    };
    let mut blocks = decisions::notices(view, decided.decision, &decided.validity);
    blocks.push(Block::Rows { ordered: false, rows: vec![row(view, decided.decision)] });
    blocks.push(Block::Heading { text: view.say("decisions.by") });
    blocks.push(decisions::words(view, decided.decision));
    if !decided.decision.conditions.is_empty() {
        blocks.push(Block::Heading { text: view.say("decisions.conditions") });
        blocks.push(decisions::conditions(view, decided.decision));
    }
    blocks.push(Block::Heading { text: view.say("decisions.evidence") });
    blocks.push(decisions::evidence(view, &decided.validity));
    blocks.extend(earlier(view, decided.decision));
    Section::new("decision", title, blocks).aside(shown(view, &decided.validity.state()))
}

/// The decision in a line: outcome, when, about which build, and whether it holds.
pub fn summary(view: &View<'_>, decided: &Decided<'_>) -> Line {
    let decision = decided.decision;
    let name = view.say("kind.decision");
    let mut line = view.link_as(&Subject::Decision(decision.id.clone()), &name);
    line.extend(text(": "));
    let parts = [
        shown(view, &decision.outcome.value),
        view.moment(&decision.decided),
        shown(view, &decided.validity.state()),
    ];
    line.extend(join(parts, " · "));
    line
}

fn row(view: &View<'_>, decision: &Record<Decision>) -> Row {
    Row {
        when: view.moment(&decision.decided),
        what: with_small(
            view.link(&Subject::Decision(decision.id.clone())),
            view.line(decision.reason.as_ref()),
        ),
        aside: shown(view, &decision.outcome.value),
        ..Row::default()
    }
}

/// The decisions before the one in force, the latest first.
fn earlier(view: &View<'_>, current: &Record<Decision>) -> Vec<Block> {
    let all = decision::of_release(&view.portal.site, current.release.id(), view.portal.as_of);
    let rows: Vec<Row> = all
        .into_iter()
        .filter(|decision| decision.id != current.id)
        .map(|decision| row(view, decision))
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading { text: view.say("decisions.earlier") }, Block::Rows { ordered: false, rows }]
}
