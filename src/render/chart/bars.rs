//! Lying stacks below each other, each under its name.

use serde::Serialize;

use super::{About, Across, Chart, Drawing, Part, Series, keys, parts, stack};
use crate::render::blocks::Table;
use crate::words::Words;

/// Lying stacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bars {
    /// One below the other.
    pub rows: Vec<BarRow>,
    /// The textures that they use, each once.
    pub series: Vec<Series>,
}

/// A stack with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarRow {
    /// Its name.
    pub name: String,
    /// How many there are, at the right.
    pub value: String,
    /// Where the name stands; the stack lies below.
    pub y: usize,
    /// What it consists of.
    pub parts: Vec<BarPart>,
    /// How far it was to reach.
    pub planned: Option<Across>,
}

/// A part of a stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarPart {
    /// How it looks.
    #[serde(flatten)]
    pub part: Part,
    /// Where it begins.
    pub x: Across,
    /// How wide it is.
    pub width: Across,
}

/// The numbers of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Its name.
    pub name: String,
    /// How many, in words or figures, at its right end.
    pub value: String,
    /// How many of each series.
    pub counts: Vec<usize>,
    /// How many there were to be, where that is known.
    pub planned: Option<usize>,
}

/// The height of a name with its stack, and air below.
const ROW: usize = 50;

/// The narrowest part, in thousandths: two units of the narrowest screen.
const LEAST: usize = 8;

impl Bars {
    /// A chart of `rows`, each split into `series`; all are drawn to one scale.
    pub fn chart(about: About, series: &[Series], rows: &[Measured], table: Table, words: &Words) -> Chart {
        let sum = |row: &Measured| row.counts.iter().sum::<usize>();
        let top = rows.iter().map(|row| sum(row).max(row.planned.unwrap_or(0))).max().unwrap_or(0);
        let drawn = rows.iter().enumerate().map(|(at, row)| drawn(series, row, top, at * ROW, words));
        let keys = keys(series, rows.iter().map(|row| row.counts.as_slice()), true, words);
        let bars = Self { rows: drawn.collect(), series: series.to_vec() };
        Chart {
            id: about.id,
            title: about.title,
            text: about.text,
            height: ROW * rows.len(),
            drawing: Drawing::Bars(bars),
            keys,
            table,
        }
    }
}

fn drawn(series: &[Series], row: &Measured, top: usize, y: usize, words: &Words) -> BarRow {
    let lengths = stack(&row.counts, top, Across::ALL, LEAST);
    let parts = parts(series, &row.counts, &lengths, words)
        .into_iter()
        .map(|part| BarPart { x: Across(part.from), width: Across(part.length), part })
        .collect();
    let planned = row.planned.map(|planned| Across::of(planned, top));
    BarRow { name: row.name.clone(), value: row.value.clone(), y, parts, planned }
}
