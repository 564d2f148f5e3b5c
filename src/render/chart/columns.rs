//! Upright stacks side by side.

use serde::Serialize;

use super::lines::{GridLine, Tick, grid};
use super::{About, Across, Chart, Drawing, Part, Scale, Series, keys, parts, shown, stack};
use crate::render::blocks::Table;
use crate::words::Words;

/// Upright stacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Columns {
    /// The numbers beside them.
    pub grid: Vec<GridLine>,
    /// Their foot.
    pub foot: usize,
    /// Side by side.
    pub stacks: Vec<ColumnStack>,
    /// The names below them.
    pub ticks: Vec<Tick>,
    /// The textures that they use, each once.
    pub series: Vec<Series>,
}

/// A stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnStack {
    /// Where it begins.
    pub x: Across,
    /// How wide it is.
    pub width: Across,
    /// Its middle.
    pub middle: Across,
    /// What it consists of.
    pub parts: Vec<ColumnPart>,
    /// Its upper end.
    pub top: usize,
    /// What is written above it.
    pub above: String,
    /// Whether that is written where there is little room, too.
    pub few: bool,
}

/// A part of a stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnPart {
    /// How it looks.
    #[serde(flatten)]
    pub part: Part,
    /// Its upper end.
    pub y: usize,
    /// How high it is.
    pub height: usize,
}

/// The numbers of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stacked {
    /// What is written below it: a few letters.
    pub name: String,
    /// What is written above it: a few letters.
    pub above: String,
    /// What it is, for the pointer.
    pub title: String,
    /// How many of each series, the lowest first.
    pub counts: Vec<usize>,
}

/// Above the scale: what is written above the highest stack.
const HEAD: usize = 22;

/// The height of the scale.
const ROOM: usize = 180;

/// Below the scale: names.
const FOOT: usize = 26;

/// The lowest part that can be seen.
const LEAST: usize = 3;

/// The widest stack, in thousandths.
const WIDEST: usize = 60;

/// How many names have room: on a phone, on a page.
const FEW: usize = 5;
const MANY: usize = 16;

impl Columns {
    /// A chart of `stacks`, each split into `series`.
    pub fn chart(about: About, series: &[Series], stacks: &[Stacked], table: Table, words: &Words) -> Chart {
        let most = stacks.iter().map(|stack| stack.counts.iter().sum()).max().unwrap_or(0);
        let scale = Scale::up_to(most);
        let foot = HEAD + ROOM;
        let place = |at: usize| Across::of(at * 2 + 1, stacks.len() * 2);
        let width = (Across::ALL / stacks.len().max(1) * 7 / 10).min(WIDEST);
        let drawn = stacks.iter().enumerate().map(|(at, stack)| ColumnStack {
            few: shown(stacks.len(), at, FEW),
            ..drawn(series, stack, scale, place(at), width, words)
        });
        let ticks = stacks.iter().enumerate().filter(|(at, _)| shown(stacks.len(), *at, MANY));
        let ticks = ticks.map(|(at, stack)| Tick {
            x: place(at),
            text: stack.name.clone(),
            few: shown(stacks.len(), at, FEW),
        });
        let keys = keys(series, stacks.iter().map(|stack| stack.counts.as_slice()), false, words);
        let columns = Self {
            grid: grid(scale, foot, ROOM, words),
            foot,
            ticks: ticks.collect(),
            stacks: drawn.collect(),
            series: series.to_vec(),
        };
        Chart {
            id: about.id,
            title: about.title,
            text: about.text,
            height: foot + FOOT,
            drawing: Drawing::Columns(columns),
            keys,
            table,
        }
    }
}

fn drawn(
    series: &[Series],
    stacked: &Stacked,
    scale: Scale,
    middle: Across,
    width: usize,
    words: &Words,
) -> ColumnStack {
    let lengths = stack(&stacked.counts, scale.top(), ROOM, LEAST);
    let foot = HEAD + ROOM;
    let parts = parts(series, &stacked.counts, &lengths, words)
        .into_iter()
        .map(|part| ColumnPart {
            y: foot.saturating_sub(part.from + part.length),
            height: part.length,
            part: Part { title: format!("{}. {}", stacked.title, part.title), ..part },
        })
        .collect();
    ColumnStack {
        x: Across(middle.0.saturating_sub(width / 2)),
        width: Across(width),
        middle,
        parts,
        top: foot.saturating_sub(lengths.iter().sum()),
        above: stacked.above.clone(),
        few: true,
    }
}
