//! What stands in the way of a release: the lists behind the numbers of its gate.

use super::super::super::blocks::{Block, Section, text};
use super::super::super::names::View;
use super::super::gate::{anchor, in_order, offender, rule_name};
use crate::derive::gate::{Gate, RuleResult, Verdict};

/// How many stand in one list; the rest is told by its number.
const SHOWN: usize = 50;

/// One list for each rule that has something in its way, in the order of the rules above.
pub fn sections(view: &View<'_>, gate: &Gate<'_>) -> Vec<Section> {
    in_order(gate)
        .into_iter()
        .filter(|(_, result)| result.verdict != Verdict::Pass || !result.is_blocking())
        .filter_map(|(at, result)| Some(section(view, result, anchor(result, at)?)))
        .collect()
}

/// The list to which a rule links.
fn section(view: &View<'_>, result: &RuleResult<'_>, id: String) -> Section {
    let rows = result.offenders.iter().take(SHOWN).map(|found| offender(view, found)).collect();
    let mut blocks = vec![Block::Rows { ordered: false, rows }];
    let more = result.offenders.len().saturating_sub(SHOWN);
    if more > 0 {
        blocks.push(Block::Paragraphs { lines: vec![text(view.words().count("count.more", more))] });
    }
    Section::new(id, rule_name(view, result.rule), blocks)
}
