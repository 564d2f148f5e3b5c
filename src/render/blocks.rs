//! The building blocks of pages. A page is a head and sections of blocks; templates only lay them out.

use serde::Serialize;

use super::chart::Chart;
use super::clamp;
use crate::derive::run::counts::Counts;
use crate::model::run::Status;
use crate::words::{Spoken, Words};

/// A piece of a line of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Bit {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// A link.
    Link {
        /// Its text.
        text: Spoken,
        /// Where it leads, relative to the page.
        href: String,
    },
    /// A link out of the portal.
    External {
        /// Its text.
        text: String,
        /// Where it leads.
        href: String,
    },
    /// A state: icon, word and colour.
    Status {
        /// The state's class and icon.
        state: State,
        /// The word.
        text: String,
    },
    /// A small label.
    Badge {
        /// Its text.
        text: String,
        /// Further classes.
        class: &'static str,
    },
    /// How grave a defect is.
    Severity {
        /// The word.
        text: String,
        /// `critical`, `major`, `minor`, `cosmetic`.
        severity: &'static str,
    },
    /// A day or time.
    Time {
        /// As readers write it.
        text: String,
        /// As machines write it (ISO 8601).
        datetime: String,
    },
    /// Something of less weight.
    Small {
        /// What.
        line: Line,
    },
    /// Words in another language than the page.
    Foreign {
        /// The text.
        text: String,
        /// Its language.
        lang: String,
    },
    /// An id, never broken over two lines.
    Id {
        /// The id.
        text: String,
        /// Where it leads.
        href: Option<String>,
        /// Whether that is out of the portal.
        external: bool,
    },
    /// Code: builds, places, commands.
    Code {
        /// The text.
        text: String,
    },
    /// The last results of a case, the oldest first.
    History {
        /// The results in words.
        label: String,
        /// The results.
        marks: Vec<Mark>,
    },
    /// What is read nowhere else, a definition or a reason: however long, it is shown to its end.
    Whole {
        /// What.
        line: Line,
    },
    /// Text with a word too long for a column, which may be broken anywhere.
    Wide {
        /// What.
        line: Line,
    },
    /// A line break.
    Break,
}

/// A result in a row of results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Class and icon.
    pub state: State,
    /// Of which run it is, and what came of it.
    pub title: String,
}

/// A line of text.
pub type Line = Vec<Bit>;

/// A state's class and icon, as the theme names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct State {
    /// `is-…`.
    pub class: &'static str,
    /// The icon's name.
    pub icon: &'static str,
}

impl State {
    /// A state whose class and icon have one name.
    pub const fn named(name: &'static str) -> Self {
        Self { class: name, icon: name }
    }

    /// A state with an icon of its own.
    pub const fn with_icon(class: &'static str, icon: &'static str) -> Self {
        Self { class, icon }
    }
}

/// A text as a line; its passages in other languages keep them.
pub fn text(text: impl Into<Spoken>) -> Line {
    let text = text.into();
    let bit = |(text, language): (&str, Option<&str>)| {
        let text = text.to_owned();
        match language {
            Some(lang) => Bit::Foreign { text, lang: lang.to_owned() },
            None => Bit::Text { text },
        }
    };
    if text.is_empty() { vec![Bit::Text { text: String::new() }] } else { text.parts().map(bit).collect() }
}

/// A line that no list shortens, since it stands nowhere else.
pub fn whole(line: Line) -> Line {
    if line.is_empty() { line } else { vec![Bit::Whole { line }] }
}

/// A link as a line.
pub fn link(text: impl Into<Spoken>, href: impl Into<String>) -> Line {
    vec![Bit::Link { text: text.into(), href: href.into() }]
}

/// A state as a line.
pub fn status(state: State, text: impl Into<String>) -> Line {
    vec![Bit::Status { state, text: text.into() }]
}

/// Several lines in one, something plain between them.
pub fn join(lines: impl IntoIterator<Item = Line>, between: &str) -> Line {
    let mut joined = Line::new();
    for line in lines {
        if !joined.is_empty() {
            joined.push(Bit::Text { text: between.to_owned() });
        }
        joined.extend(line);
    }
    joined
}

/// `line` with `small` behind it in less weight.
pub fn with_small(mut line: Line, small: Line) -> Line {
    if !small.is_empty() {
        line.push(Bit::Text { text: " ".to_owned() });
        line.push(Bit::Small { line: small });
    }
    line
}

/// The head of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Head {
    /// Small words above the title.
    pub kicker: Vec<Line>,
    /// The title.
    pub title: Spoken,
    /// One sentence below it.
    pub lede: Option<Spoken>,
    /// Buttons.
    pub actions: Vec<Action>,
}

/// A button that is a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Action {
    /// The icon's name.
    pub icon: &'static str,
    /// Its text.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the page's main action.
    pub primary: bool,
}

/// A part of a page under a heading of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its id in the page.
    pub id: String,
    /// Its heading.
    pub title: Spoken,
    /// A link beside the heading.
    pub more: Option<(Spoken, String)>,
    /// A few words beside the heading.
    pub aside: Line,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A section with one heading and some blocks.
    pub fn new(id: impl Into<String>, title: impl Into<Spoken>, blocks: Vec<Block>) -> Self {
        Self { id: id.into(), title: title.into(), more: None, aside: Line::new(), blocks }
    }

    /// The same with a link beside the heading.
    #[must_use]
    pub fn more(mut self, text: impl Into<Spoken>, href: impl Into<String>) -> Self {
        self.more = Some((text.into(), href.into()));
        self
    }

    /// The same with a few words beside the heading.
    #[must_use]
    pub fn aside(mut self, aside: Line) -> Self {
        self.aside = aside;
        self
    }
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// Labels and values.
    Facts {
        /// The facts.
        facts: Vec<Fact>,
        /// Label left, value right.
        side: bool,
    },
    /// A table.
    Table(Table),
    /// A timetable.
    Rows {
        /// Whether time orders them.
        ordered: bool,
        /// The rows.
        rows: Vec<Row>,
    },
    /// Large numbers.
    Tiles {
        /// The tiles.
        tiles: Vec<Tile>,
    },
    /// Counts as a bar with its legend.
    Bar {
        /// The bar.
        bar: Bar,
        /// `tall`, `thin` or nothing.
        size: &'static str,
        /// Whether the legend stands below.
        legend: bool,
    },
    /// Releases in test.
    Lanes {
        /// The lanes.
        lanes: Vec<Lane>,
    },
    /// Environments side by side.
    Strip {
        /// The environments.
        items: Vec<StripItem>,
    },
    /// Cards.
    Cards {
        /// The cards.
        cards: Vec<Card>,
    },
    /// Rendered Markdown.
    Prose {
        /// HTML.
        html: String,
        /// Its language, where it is not the page's.
        lang: Option<String>,
    },
    /// A heading inside a section.
    Heading {
        /// Its text.
        text: String,
    },
    /// A few paragraphs of plain lines.
    Paragraphs {
        /// The paragraphs.
        lines: Vec<Line>,
    },
    /// A numbered or plain list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// The items.
        items: Vec<Line>,
    },
    /// Things to do, done or not.
    Checklist {
        /// The things.
        items: Vec<CheckItem>,
    },
    /// Something about the page as a whole.
    Notice {
        /// `is-note`, `is-warning`, `is-failed`.
        class: &'static str,
        /// The icon's name.
        icon: &'static str,
        /// What it says.
        line: Line,
    },
    /// Results that went wrong, with what is known of each.
    Failures {
        /// The results.
        items: Vec<Failure>,
    },
    /// The answer that a page gives, with its reasons.
    Verdict(Verdict),
    /// The rules of a gate.
    Rules(Rules),
    /// How long there is until something.
    Countdown(Countdown),
    /// The parts of a table that is too long for one page.
    Parts(Parts),
    /// The table above as files.
    Downloads {
        /// The files.
        files: Vec<Download>,
    },
    /// Nothing to show, in words.
    Empty {
        /// The words.
        text: String,
    },
    /// A text with what changed in it marked.
    Marked {
        /// Its blocks.
        blocks: Vec<Marked>,
        /// Its language, where it is not the page's.
        lang: Option<String>,
    },
    /// A message of a program, as it was written.
    Message {
        /// The message.
        text: String,
    },
    /// Sections side by side.
    Columns {
        /// The sections.
        sections: Vec<Section>,
        /// `cols` or `split`.
        class: &'static str,
    },
    /// The timeline of releases.
    Timeline(Timeline),
    /// How cases ended, run by run.
    Matrix(Matrix),
    /// Numbers as a drawing, with their table.
    Chart(Box<Chart>),
}

/// A block of a text with what changed in it marked, or blocks that did not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Marked {
    /// A block.
    Block {
        /// `heading`, `paragraph`, `item`, `row` or `code`.
        kind: &'static str,
        /// Its words.
        runs: Vec<MarkedRun>,
    },
    /// Blocks that are left out.
    Gap {
        /// How many, in words.
        text: String,
    },
}

/// Words that did not change, are gone or are new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedRun {
    /// Which.
    pub change: WordChange,
    /// The words.
    pub text: String,
}

/// What became of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WordChange {
    /// Nothing.
    Same,
    /// They are new.
    Added,
    /// They are gone.
    Removed,
}

/// An answer with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// Class and icon.
    pub state: State,
    /// The answer.
    pub title: String,
    /// Why, in a sentence or two.
    pub lines: Vec<Line>,
    /// What it follows from.
    pub blocks: Vec<Block>,
    /// What belongs to it, beside the rest.
    pub aside: Vec<Block>,
}

/// How long there is until something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Countdown {
    /// Until what.
    pub label: String,
    /// How many days.
    pub figure: String,
    /// What is counted.
    pub unit: String,
}

/// The rules of a gate, each with what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Their name for those who cannot see them.
    pub label: String,
    /// The rules.
    pub items: Vec<RuleLine>,
}

/// A rule of a gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    /// What came of it.
    pub status: Line,
    /// Its name, linked to the list behind it.
    #[serde(serialize_with = "clamp::line")]
    pub name: Line,
    /// What must be known besides.
    #[serde(serialize_with = "clamp::lines")]
    pub notes: Vec<Line>,
    /// What was found.
    pub found: Line,
    /// What is wanted.
    pub want: Line,
}

/// How a gate stands, in a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateLight {
    /// Class and icon.
    pub state: State,
    /// The word, linked.
    pub line: Line,
    /// What the rules gave.
    pub small: String,
}

/// A result that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// How it ended.
    pub status: Line,
    /// The case.
    #[serde(serialize_with = "clamp::line")]
    pub title: Line,
    /// What the failure said, as it was written.
    pub message: Option<Spoken>,
    /// What else is known.
    #[serde(serialize_with = "clamp::facts")]
    pub facts: Vec<Fact>,
}

/// A file that says what a page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Download {
    /// Its format: `CSV`.
    pub text: String,
    /// What it holds, for those who cannot see where the link stands.
    pub label: String,
    /// Where it is.
    pub href: String,
}

/// The way from part to part of a long table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// Its name for those who cannot see it.
    pub label: String,
    /// The parts that are offered; one without a number stands for parts left out.
    pub parts: Vec<PartLink>,
}

/// A part of a long table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartLink {
    /// Its number.
    pub number: Option<String>,
    /// Where it is; nothing for the part that is shown.
    pub href: Option<String>,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The value.
    pub value: Line,
}

/// A table with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Its name for those who cannot see it.
    pub label: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; the first cell of each names the row.
    pub rows: Vec<Vec<Cell>>,
    /// Whether readers may sort it.
    pub sort: bool,
}

/// How cases ended, run by run: a table whose cells show their state by its icon and say it to those who
/// cannot see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// The table: the first cell of each row names the case, the others hold a state or nothing.
    pub table: Table,
    /// The heads of the columns after the first, instead of their labels.
    #[serde(serialize_with = "clamp::lines")]
    pub heads: Vec<Line>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name.
    pub label: String,
    /// Whether it holds numbers.
    pub num: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What it says.
    #[serde(serialize_with = "clamp::line")]
    pub line: Line,
    /// What it is sorted by, where that is not what it says.
    #[serde(serialize_with = "clamp::value")]
    pub value: Option<String>,
    /// A bar instead of a line.
    pub bar: Option<Bar>,
}

impl From<Line> for Cell {
    fn from(line: Line) -> Self {
        Self { line, value: None, bar: None }
    }
}

impl Cell {
    /// A cell that is sorted by `value`.
    #[expect(clippy::needless_pass_by_value, reason = "callers have numbers, texts and references at hand")]
    pub fn sorted(line: Line, value: impl ToString) -> Self {
        Self { line, value: Some(value.to_string()), bar: None }
    }

    /// A cell that holds a bar.
    pub fn bar(bar: Bar) -> Self {
        Self { line: Line::new(), value: None, bar: Some(bar) }
    }
}

/// A line of a timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Row {
    /// When.
    pub when: Line,
    /// What.
    #[serde(serialize_with = "clamp::line")]
    pub what: Line,
    /// On the right.
    #[serde(serialize_with = "clamp::line")]
    pub aside: Line,
    /// `today`, `past` or nothing.
    pub class: &'static str,
    /// The icon of its kind.
    pub icon: Option<&'static str>,
}

/// A large number with its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// The number.
    pub figure: String,
    /// Its meaning.
    pub label: String,
    /// Class and icon, where it tells a state.
    pub state: Option<State>,
    /// The list behind it.
    pub href: Option<String>,
}

/// Counts as a stacked bar, 1000 units wide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// The numbers in words.
    pub label: String,
    /// Its parts.
    pub parts: Vec<BarPart>,
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarPart {
    /// The state's name: `passed`.
    pub state: &'static str,
    /// The state's word.
    pub text: String,
    /// How many.
    pub count: String,
    /// Where it begins.
    pub x: usize,
    /// How wide it is.
    pub width: usize,
}

/// A release in test on the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// Its name, linked.
    #[serde(serialize_with = "clamp::line")]
    pub title: Line,
    /// What it is.
    #[serde(serialize_with = "clamp::line")]
    pub text: Line,
    /// How it stands.
    pub status: Line,
    /// How its gate stands.
    pub gate: Option<GateLight>,
    /// Executed of planned, linked to the run that says so.
    pub done: Line,
    /// The same as a share.
    pub share: String,
    /// What is left to test, linked to the list of it, and where.
    #[serde(serialize_with = "clamp::line")]
    pub to_test: Line,
    /// Results.
    pub bar: Option<Bar>,
    /// What to say when there are no results.
    pub empty: String,
    /// The number of days left.
    pub figure: String,
    /// What is counted, where the figure is a number.
    pub unit: String,
    /// Until what.
    pub label: String,
    /// To which time.
    pub until: Line,
}

/// An environment in the strip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StripItem {
    /// The state's class.
    pub class: &'static str,
    /// Its name, linked.
    #[serde(serialize_with = "clamp::line")]
    pub title: Line,
    /// Its state.
    pub status: Line,
    /// What is in it.
    #[serde(serialize_with = "clamp::line")]
    pub text: Line,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its title, linked.
    #[serde(serialize_with = "clamp::line")]
    pub title: Line,
    /// What it is about.
    #[serde(serialize_with = "clamp::text")]
    pub text: Spoken,
    /// Facts at its foot.
    #[serde(serialize_with = "clamp::lines")]
    pub foot: Vec<Line>,
}

/// A thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckItem {
    /// How it stands.
    pub status: Line,
    /// What it is.
    #[serde(serialize_with = "clamp::line")]
    pub what: Line,
    /// Who, by when.
    #[serde(serialize_with = "clamp::line")]
    pub aside: Line,
}

/// The timeline of releases over some weeks, as a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// Its name for those who cannot see it.
    pub label: String,
    /// Width of the drawing in units.
    pub width: usize,
    /// Height of the drawing in units.
    pub height: usize,
    /// The beginnings of weeks.
    pub weeks: Vec<TimelineWeek>,
    /// Days off.
    pub off: Vec<TimelineOff>,
    /// Where today is.
    pub today: usize,
    /// One line each.
    pub lines: Vec<TimelineLine>,
    /// What the shapes mean.
    pub keys: Vec<TimelineKey>,
}

/// What a shape of the timeline means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineKey {
    /// The shape.
    pub is: &'static str,
    /// What it means.
    pub name: String,
}

/// The beginning of a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineWeek {
    /// Where it is.
    pub x: usize,
    /// The week.
    pub name: String,
    /// Its Monday.
    pub day: String,
}

/// Days off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineOff {
    /// Where they begin.
    pub x: usize,
    /// How wide they are.
    pub width: usize,
}

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineLine {
    /// Its name.
    pub title: Spoken,
    /// What it is about, in a word.
    pub text: Spoken,
    /// Where it leads.
    pub href: String,
    /// Its place from the top.
    pub y: usize,
    /// What stands on it.
    pub shapes: Vec<TimelineShape>,
    /// Days below the shapes, as far as they have room.
    pub labels: Vec<TimelineLabel>,
}

/// Something on a line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineShape {
    /// `test`, `freeze`, `report_due`, `decision`, `install`, `was`, `announce`, `cloning`, `follow_up`, `training`,
    /// `review`.
    pub is: &'static str,
    /// Where it begins.
    pub x: usize,
    /// How wide it is.
    pub width: usize,
    /// What it is, and when.
    pub title: String,
}

/// A day on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelineLabel {
    /// Where it begins.
    pub x: usize,
    /// The day.
    pub text: String,
}

/// The order in which statuses stand in bars and legends.
const BAR_ORDER: [Status; 7] = [
    Status::Passed,
    Status::Failed,
    Status::Error,
    Status::Blocked,
    Status::Skipped,
    Status::InProgress,
    Status::NotRun,
];

/// Results as a bar; nothing of nothing.
pub fn bar(counts: &Counts, words: &Words) -> Option<Bar> {
    let shown: Vec<(Status, usize)> = BAR_ORDER
        .iter()
        .map(|status| (*status, counts.of_status(*status)))
        .filter(|(_, count)| *count > 0)
        .collect();
    if shown.is_empty() {
        return None;
    }
    let widths = widths(&shown.iter().map(|(_, count)| *count).collect::<Vec<_>>());
    let mut x = 0;
    let mut parts = Vec::with_capacity(shown.len());
    for ((status, count), width) in shown.iter().zip(widths) {
        let text = words.text(&format!("status.{}", status.word())).to_owned();
        parts.push(BarPart { state: status.word(), text, count: words.number(*count), x, width });
        x += width + BAR_GAP;
    }
    let said: Vec<String> =
        parts.iter().map(|part| format!("{} {}", part.text.to_lowercase(), part.count)).collect();
    let label = words.row(&said);
    Some(Bar { label, parts })
}

/// Results as a bar whose legend names every status, those that no case has last.
pub fn whole_bar(counts: &Counts, words: &Words) -> Option<Bar> {
    let mut bar = bar(counts, words)?;
    let none = BAR_ORDER.iter().filter(|status| counts.of_status(**status) == 0).map(|status| BarPart {
        state: status.word(),
        text: words.text(&format!("status.{}", status.word())).to_owned(),
        count: words.number(0),
        x: 0,
        width: 0,
    });
    bar.parts.extend(none);
    Some(bar)
}

const BAR_WIDTH: usize = 1000;
const BAR_GAP: usize = 3;
const BAR_SMALLEST: usize = 8;

/// Widths that add up to the bar without its gaps; none is too narrow to be seen.
fn widths(counts: &[usize]) -> Vec<usize> {
    let total: usize = counts.iter().sum();
    let room = BAR_WIDTH - BAR_GAP * counts.len().saturating_sub(1);
    let mut widths: Vec<usize> =
        counts.iter().map(|count| (count * room / total.max(1)).max(BAR_SMALLEST)).collect();
    let used: usize = widths.iter().sum();
    if let Some(widest) = widths.iter_mut().max() {
        *widest = (*widest + room).saturating_sub(used);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_always_full_and_shows_every_part() {
        for counts in [vec![1], vec![400, 1], vec![100_000, 1, 1, 1, 1, 1, 1], vec![1, 1, 1]] {
            let widths = widths(&counts);
            let sum: usize = widths.iter().sum::<usize>() + BAR_GAP * (counts.len() - 1);
            assert_eq!(sum, BAR_WIDTH, "{counts:?}");
            assert!(widths.iter().all(|width| *width >= BAR_SMALLEST));
        }
    }
}
