//! The blocks of two texts side by side.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::text::{Block, Kind};
use super::words::{Run, likeness, runs};

/// What became of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Same(Block),
    /// It is new.
    Added(Block),
    /// It is gone.
    Removed(Block),
    /// Some of its words are others.
    Changed(Kind, Vec<Run>),
}

/// From this share of common words on two blocks are held for one.
const ALIKE: f64 = 0.4;

/// So many pairs of blocks are compared by their words; of a longer stretch, blocks are compared in order.
const MOST_PAIRS: usize = 40_000;

/// What became of the blocks `before`, in the order of a reader.
pub fn between(before: &[Block], after: &[Block]) -> Vec<Change> {
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, before, after) {
        let (_, old, new) = op.as_tag_tuple();
        let (old, new) = (before.get(old).unwrap_or_default(), after.get(new).unwrap_or_default());
        match op {
            DiffOp::Equal { .. } => changes.extend(new.iter().cloned().map(Change::Same)),
            _ => changes.extend(replaced(old, new)),
        }
    }
    changes
}

/// Two stretches that have no block in common: blocks that are alike are one, the others gone or new.
fn replaced(old: &[Block], new: &[Block]) -> Vec<Change> {
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (a, b) in alike(old, new) {
        changes.extend(old.get(i..a).unwrap_or_default().iter().cloned().map(Change::Removed));
        changes.extend(new.get(j..b).unwrap_or_default().iter().cloned().map(Change::Added));
        if let (Some(old), Some(new)) = (old.get(a), new.get(b)) {
            changes.push(Change::Changed(new.kind, runs(&old.text, &new.text)));
        }
        (i, j) = (a + 1, b + 1);
    }
    changes.extend(old.get(i..).unwrap_or_default().iter().cloned().map(Change::Removed));
    changes.extend(new.get(j..).unwrap_or_default().iter().cloned().map(Change::Added));
    changes
}

/// The places of blocks that are alike, in order in both, with the greatest sum of likeness.
fn alike(old: &[Block], new: &[Block]) -> Vec<(usize, usize)> {
    let like = |i: usize, j: usize| {
        let (old, new) = (old.get(i)?, new.get(j)?);
        let is_one_kind = old.kind == new.kind || is_heading(old.kind) && is_heading(new.kind);
        let share = if is_one_kind { likeness(&old.text, &new.text) } else { 0.0 };
        (share >= ALIKE).then_some(share)
    };
    if old.len() * new.len() > MOST_PAIRS {
        return (0..old.len().min(new.len()))
            .filter(|at| like(*at, *at).is_some())
            .map(|at| (at, at))
            .collect();
    }
    // `best[i][j]` is the greatest sum for the blocks from `i` and `j` on.
    let mut best = vec![vec![0.0_f64; new.len() + 1]; old.len() + 1];
    let mut likes = vec![vec![None; new.len()]; old.len()];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            likes[i][j] = like(i, j);
            let taken = likes[i][j].map_or(0.0, |share| share + best[i + 1][j + 1]);
            best[i][j] = best[i + 1][j].max(best[i][j + 1]).max(taken);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if likes[i][j].is_some_and(|share| share + best[i + 1][j + 1] >= best[i][j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn is_heading(kind: Kind) -> bool {
    matches!(kind, Kind::Heading(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(texts: &[&str]) -> Vec<Block> {
        texts.iter().map(|text| Block { kind: Kind::Paragraph, text: (*text).to_owned() }).collect()
    }

    fn told(before: &[&str], after: &[&str]) -> Vec<String> {
        let changes = between(&blocks(before), &blocks(after));
        let told = |change: Change| match change {
            Change::Same(block) => format!("= {}", block.text),
            Change::Added(block) => format!("+ {}", block.text),
            Change::Removed(block) => format!("- {}", block.text),
            Change::Changed(_, runs) => format!("~ {}", runs.len()),
        };
        changes.into_iter().map(told).collect()
    }

    #[test]
    fn blocks_that_are_alike_stand_side_by_side() {
        assert_eq!(
            told(
                &["first", "Open the page and log in.", "Press the red key.", "last"],
                &["first", "Something else entirely.", "Open the page and sign in.", "last", "more"]
            ),
            ["= first", "+ Something else entirely.", "~ 4", "- Press the red key.", "= last", "+ more"]
        );
    }

    #[test]
    fn a_block_that_became_another_is_gone_and_the_other_new() {
        assert_eq!(told(&["one two three"], &["four five six"]), ["- one two three", "+ four five six"]);
        assert_eq!(told(&[], &["new"]), ["+ new"]);
        assert_eq!(told(&[], &[]), [""; 0]);
    }
}
