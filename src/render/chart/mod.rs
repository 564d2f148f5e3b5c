//! Charts: drawings of numbers that also stand in a table.
//!
//! Across, places are thousandths of a drawing's width and are written as percents, so that a chart
//! takes the room it is given and its text keeps its size; down, places are CSS pixels. Both are whole
//! numbers, computed here; templates only lay them out.

mod bars;
mod columns;
mod lines;
mod scale;
mod series;

pub use bars::{Bars, Measured};
pub use columns::{Columns, Stacked};
pub use lines::{Course, Days, Lines, Upright};
pub use scale::Scale;
pub use series::{Mark, Series, Texture};

use serde::{Serialize, Serializer};

use super::blocks::{Cell, Column, Line, Table, text};
use crate::words::Words;

/// A chart: a drawing, what its colours and lines mean, and the same numbers in a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    /// Its id in the page; the drawing's textures are named after it.
    pub id: String,
    /// What it shows, for those who cannot see it.
    pub title: String,
    /// What can be seen on it, in a sentence.
    pub text: String,
    /// How high the drawing is.
    pub height: usize,
    /// The drawing.
    pub drawing: Drawing,
    /// What its colours, textures and lines mean.
    pub keys: Vec<Key>,
    /// The same numbers.
    pub table: Table,
}

/// What a chart is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its id in the page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What can be seen on it, in a sentence.
    pub text: String,
}

/// The kinds of drawings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Drawing {
    /// Lines over days.
    Lines(Lines),
    /// Upright stacks side by side.
    Columns(Columns),
    /// Lying stacks below each other.
    Bars(Bars),
}

/// What a colour, texture or line means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Key {
    /// How it is drawn.
    pub series: Series,
    /// How many, where one number says it.
    pub value: String,
}

/// A place or length across a drawing, in thousandths of its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Across(pub usize);

impl Across {
    /// The whole width.
    pub const ALL: usize = 1000;

    /// `part` of `whole` of the width; nothing of nothing is no width.
    pub fn of(part: usize, whole: usize) -> Self {
        Self(part.saturating_mul(Self::ALL) / whole.max(1))
    }
}

impl Serialize for Across {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}.{}%", self.0 / 10, self.0 % 10))
    }
}

/// A part of a stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The colour: `fill-…`.
    pub fill: &'static str,
    /// The texture.
    pub texture: Texture,
    /// What it is and how many, for the pointer.
    pub title: String,
    /// Where it begins, along the stack.
    pub from: usize,
    /// How long it is, along the stack.
    pub length: usize,
}

/// The parts of a stack that is `room` long where it holds `top`; none that holds something is shorter
/// than `least`. The longest gives what the shortest take.
fn stack(counts: &[usize], top: usize, room: usize, least: usize) -> Vec<usize> {
    let whole: usize = counts.iter().sum();
    let all = whole.saturating_mul(room) / top.max(1);
    let mut lengths: Vec<usize> = counts
        .iter()
        .map(|count| match count {
            0 => 0,
            count => (count.saturating_mul(room) / top.max(1)).max(least),
        })
        .collect();
    let used: usize = lengths.iter().sum();
    if let Some(longest) = lengths.iter_mut().max() {
        *longest = (*longest + all).saturating_sub(used).max(least.min(*longest));
    }
    lengths
}

fn parts(series: &[Series], counts: &[usize], lengths: &[usize], words: &Words) -> Vec<Part> {
    let mut from = 0;
    let mut parts = Vec::new();
    for ((series, count), length) in series.iter().zip(counts).zip(lengths) {
        if *count > 0 {
            parts.push(Part {
                fill: series.fill,
                texture: series.texture,
                title: format!("{}: {}", series.name, words.number(*count)),
                from,
                length: *length,
            });
        }
        from += length;
    }
    parts
}

/// The series that any of `stacks` has, with their sums where `summed`.
fn keys<'a>(
    series: &[Series],
    stacks: impl Iterator<Item = &'a [usize]>,
    summed: bool,
    words: &Words,
) -> Vec<Key> {
    let mut sums = vec![0; series.len()];
    for counts in stacks {
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    let met = series.iter().zip(sums).filter(|(_, sum)| *sum > 0);
    met.map(|(series, sum)| Key {
        series: series.clone(),
        value: if summed { words.number(sum) } else { String::new() },
    })
    .collect()
}

/// The numbers of stacks as a table: a row for each stack, a column for each series, and the sum.
pub fn numbers(
    label: &str,
    heading: &str,
    series: &[Series],
    rows: Vec<(Line, Vec<usize>)>,
    words: &Words,
) -> Table {
    let figures = |label: &str| Column { label: label.to_owned(), num: true };
    let mut columns = vec![Column { label: heading.to_owned(), num: false }];
    columns.extend(series.iter().map(|series| figures(&series.name)));
    columns.push(figures(words.text("table.total")));
    let row = |(name, counts): (Line, Vec<usize>)| {
        let total: usize = counts.iter().sum();
        let cells = counts.iter().chain([&total]).map(|count| Cell::from(text(words.number(*count))));
        [Cell::from(name)].into_iter().chain(cells).collect()
    };
    Table { label: label.to_owned(), columns, rows: rows.into_iter().map(row).collect(), sort: false }
}

/// Which of `count` names below a drawing are shown where there is little room, and which where there
/// is much: the last always is.
fn shown(count: usize, at: usize, most: usize) -> bool {
    let step = count.div_ceil(most.max(1)).max(1);
    (count - 1).saturating_sub(at).is_multiple_of(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_across_are_written_as_percents() {
        let written = |place: Across| serde_json::to_string(&place).expect("a string");
        assert_eq!(written(Across::of(1, 8)), "\"12.5%\"");
        assert_eq!(written(Across(1000)), "\"100.0%\"");
        assert_eq!(written(Across::of(0, 0)), "\"0.0%\"");
    }

    #[test]
    fn a_stack_is_as_long_as_its_sum_and_shows_its_smallest_part() {
        for (counts, wanted) in [
            ([350, 2, 0], [173, 3, 0]),
            ([200, 152, 48], [100, 76, 24]),
            ([0, 0, 0], [0, 0, 0]),
            ([0, 1, 1], [0, 3, 3]),
        ] {
            assert_eq!(stack(&counts, 400, 200, 3), wanted);
        }
    }

    #[test]
    fn the_last_name_is_always_shown() {
        let few = |count, most| (0..count).filter(|at| shown(count, *at, most)).collect::<Vec<_>>();
        assert_eq!(few(5, 6), [0, 1, 2, 3, 4]);
        assert_eq!(few(12, 6), [1, 3, 5, 7, 9, 11]);
        assert_eq!(few(13, 6), [0, 3, 6, 9, 12]);
    }
}
