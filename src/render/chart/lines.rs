//! Lines over days.

use serde::Serialize;

use super::{About, Across, Chart, Drawing, Key, Scale, Series, shown};
use crate::render::blocks::Table;
use crate::words::Words;

/// Lines over days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// The numbers beside them.
    pub grid: Vec<GridLine>,
    /// Nought.
    pub foot: usize,
    /// The upper end of the scale.
    pub head: usize,
    /// Days off.
    pub off: Vec<Stretch>,
    /// Days below them.
    pub ticks: Vec<Tick>,
    /// Days that stand out.
    pub uprights: Vec<UprightLine>,
    /// The lines.
    pub lines: Vec<Drawn>,
}

/// A number of the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GridLine {
    /// Where it stands.
    pub y: usize,
    /// The number.
    pub text: String,
}

/// A name below a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// Its middle.
    pub x: Across,
    /// The name.
    pub text: String,
    /// Whether it is shown where there is little room, too.
    pub few: bool,
}

/// A stretch of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Where it begins.
    pub x: Across,
    /// How wide it is.
    pub width: Across,
}

/// A day that stands out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UprightLine {
    /// Its colour: `line-…` in the theme.
    pub line: &'static str,
    /// Where it stands.
    pub x: Across,
    /// Its upper end.
    pub y: usize,
    /// Its name.
    pub text: String,
    /// On which side of the line the name stands: `start`, `mid` or `end`.
    pub side: &'static str,
}

/// A line as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// How it looks.
    pub series: Series,
    /// Its points, across in thousandths, down in pixels.
    pub points: String,
    /// What stands on its days.
    pub dots: Vec<Dot>,
}

/// A number on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dot {
    /// Across.
    pub x: Across,
    /// Down.
    pub y: usize,
    /// The day and the number, for the pointer.
    pub title: String,
}

/// The numbers of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// How it looks.
    pub series: Series,
    /// The number at the end of each day, as far as it is known.
    pub values: Vec<Option<usize>>,
    /// Whether it stood at nought before the first day.
    pub from_nought: bool,
}

/// A day that stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upright {
    /// Which day, counted from nought.
    pub day: usize,
    /// Its colour: `line-…` in the theme.
    pub line: &'static str,
    /// Its name.
    pub text: String,
}

/// Above the scale: the names of two days that stand out.
const HEAD: usize = 38;

/// The height of the scale.
const ROOM: usize = 190;

/// Below the scale: days.
const FOOT: usize = 26;

/// The height of a name above the scale.
const NAME: usize = 17;

/// How many days have room: on a phone, on a page.
const FEW: usize = 5;
const MANY: usize = 16;

/// Lines with more days than this have their last number marked alone.
const MOST_DOTS: usize = 20;

/// The days of a chart: their names, and which of them nobody works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// Their names.
    pub names: Vec<String>,
    /// Whether each is a day off.
    pub off: Vec<bool>,
}

impl Lines {
    /// A chart of `courses` over `days`.
    pub fn chart(
        about: About,
        days: &Days,
        courses: &[Course],
        uprights: &[Upright],
        table: Table,
        words: &Words,
    ) -> Chart {
        let most = courses.iter().flat_map(|course| course.values.iter().flatten()).max();
        let scale = Scale::up_to(most.copied().unwrap_or(0));
        let count = days.names.len();
        let ticks = days.names.iter().enumerate().filter(|(at, _)| shown(count, *at, MANY));
        let lines = Self {
            grid: grid(scale, HEAD + ROOM, ROOM, words),
            foot: HEAD + ROOM,
            head: HEAD,
            off: stretches(&days.off),
            ticks: ticks
                .map(|(at, name)| Tick {
                    x: middle(at, count),
                    text: name.clone(),
                    few: shown(count, at, FEW),
                })
                .collect(),
            uprights: uprights.iter().enumerate().map(|(at, one)| upright(one, at, count)).collect(),
            lines: courses.iter().map(|course| drawn(course, days, scale, words)).collect(),
        };
        let last = |course: &Course| course.values.iter().rev().flatten().next().copied();
        let keys = courses.iter().map(|course| Key {
            series: course.series.clone(),
            value: last(course).map(|value| words.number(value)).unwrap_or_default(),
        });
        Chart {
            id: about.id,
            title: about.title,
            text: about.text,
            height: HEAD + ROOM + FOOT,
            keys: keys.collect(),
            drawing: Drawing::Lines(lines),
            table,
        }
    }
}

/// The numbers beside a scale that is `room` high and stands on `foot`.
pub(super) fn grid(scale: Scale, foot: usize, room: usize, words: &Words) -> Vec<GridLine> {
    scale
        .ticks()
        .map(|tick| GridLine { y: foot - scale.height(tick, room), text: words.number(tick) })
        .collect()
}

/// The middle of day `at`, counted from nought, of `count`.
fn middle(at: usize, count: usize) -> Across {
    Across::of(at * 2 + 1, count * 2)
}

/// Neighbouring days off as stretches.
fn stretches(off: &[bool]) -> Vec<Stretch> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (at, _) in off.iter().enumerate().filter(|(_, off)| **off) {
        match stretches.last_mut() {
            Some((_, until)) if *until == at => *until = at + 1,
            _ => stretches.push((at, at + 1)),
        }
    }
    let stretch = |(from, until): (usize, usize)| {
        let x = Across::of(from, off.len());
        Stretch { x, width: Across(Across::of(until, off.len()).0 - x.0) }
    };
    stretches.into_iter().map(stretch).collect()
}

/// A day that stands out; each name has a line of its own, so that no two meet.
fn upright(upright: &Upright, at: usize, count: usize) -> UprightLine {
    let x = middle(upright.day, count);
    let side = match x.0 {
        ..=200 => "start",
        800.. => "end",
        _ => "mid",
    };
    UprightLine { line: upright.line, x, y: NAME * (at + 1), text: upright.text.clone(), side }
}

fn drawn(course: &Course, days: &Days, scale: Scale, words: &Words) -> Drawn {
    let count = days.names.len();
    let known = || course.values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?)));
    let place = |value: usize| HEAD + ROOM - scale.height(value, ROOM);
    let mut points = Vec::new();
    points.extend(course.from_nought.then(|| format!("0,{}", HEAD + ROOM)));
    points.extend(known().map(|(at, value)| format!("{},{}", middle(at, count).0, place(value))));
    let last = known().next_back().map(|(at, _)| at);
    let dots = known()
        .filter(|(at, _)| count <= MOST_DOTS || Some(*at) == last)
        .map(|(at, value)| Dot {
            x: middle(at, count),
            y: place(value),
            title: format!(
                "{}: {} {}",
                days.names.get(at).map_or("", String::as_str),
                course.series.name,
                words.number(value)
            ),
        })
        .collect();
    Drawn { series: course.series.clone(), points: points.join(" "), dots }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_days_off_are_one_stretch() {
        let off = [false, false, true, true, false, false, false, false, true, false];
        let found: Vec<(usize, usize)> =
            stretches(&off).iter().map(|stretch| (stretch.x.0, stretch.width.0)).collect();
        assert_eq!(found, [(200, 200), (800, 100)]);
    }

    #[test]
    fn names_of_days_that_stand_out_do_not_leave_the_drawing() {
        let side =
            |day, count| upright(&Upright { day, line: "line-today", text: String::new() }, 0, count).side;
        assert_eq!([side(0, 5), side(2, 5), side(4, 5), side(0, 1)], ["start", "mid", "end", "mid"]);
    }
}
