//! The Test Anything Protocol, versions 12 to 14 (<https://testanything.org>).
//!
//! 1. A test point, `ok` or `not ok`, is a case. Points of one name are different cases: the protocol knows no
//!    second attempt.
//! 2. A test point after a subtest, or with one in braces, sums the subtest up: it is the suite of the points
//!    inside. It is a case of its own only where it tells something that they do not: it failed and none of them
//!    did, or there are none.
//! 3. Numbers of the plan that have no test point are cases that were not run.
//! 4. `not ok # TODO` is a failure that is known and waits: the case is skipped, with its reason.

use std::collections::BTreeSet;

use super::repeat::{Attempt, fold_known};
use super::tag::Marks;
use super::{Imported, ImportedCase, Note, Unreadable, message, suite};
use crate::model::run::Status;
use crate::record::time::Seconds;

/// Subtests nested deeper are not read.
const DEEPEST: usize = 64;

/// More missing test points than this are told as one note.
const MOST_MISSING: usize = 1000;

/// What a stream says.
///
/// # Errors
///
/// [`Unreadable`] if no line of it is a plan or a test point.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader.line(index + 1, line);
    }
    if !reader.is_tap {
        return Err(Unreadable::whole("holds neither a plan nor a test point, which TAP has"));
    }
    Ok(reader.imported())
}

/// A plan or a subtest that is being read.
#[derive(Default)]
struct Block {
    /// How far its lines are indented.
    indent: usize,
    /// What it is called, where that is said before it.
    name: Option<String>,
    /// The point that opened it with a brace.
    owner: Option<Point>,
    /// The name that a comment gives to what comes next.
    announced: Option<String>,
    plan: Option<usize>,
    numbers: BTreeSet<usize>,
    last_number: usize,
    found: Vec<Found>,
    /// Whether the last point is a case, so that what comes after it belongs to it.
    is_last_open: bool,
}

/// A case in a block.
struct Found {
    /// The names of the subtests around it, the outermost last.
    around: Vec<String>,
    case: ImportedCase,
    /// The diagnostics of a failure.
    said: Vec<String>,
}

#[derive(Default)]
struct Reader {
    /// The blocks that are open below the outermost one.
    outer: Vec<Block>,
    block: Block,
    /// A subtest that has ended and waits for its test point.
    ended: Option<Block>,
    /// How far the YAML block that is being read is indented.
    yaml: Option<usize>,
    notes: Vec<Note>,
    is_tap: bool,
    bail: Option<String>,
    /// How many lines were none of the protocol.
    strange: usize,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        let text = line.trim();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if self.yaml_line(indent, line) || text.is_empty() {
            return;
        }
        let is_read =
            self.comment(indent, text) || self.diagnostics(indent, text) || self.told(number, indent, text);
        self.strange += usize::from(!is_read);
    }

    /// Whether the line belongs to a YAML block. One that is not closed ends where the indentation does.
    fn yaml_line(&mut self, indent: usize, line: &str) -> bool {
        let Some(yaml) = self.yaml else { return false };
        if indent < yaml && !line.trim().is_empty() {
            self.yaml = None;
            return false;
        }
        if line.trim() == "..." && indent == yaml {
            self.yaml = None;
        } else {
            self.block.say(line.get(yaml..).unwrap_or_default());
        }
        true
    }

    /// Whether the line begins a YAML block.
    fn diagnostics(&mut self, indent: usize, text: &str) -> bool {
        let is_start = text == "---" && indent > self.block.indent;
        if is_start {
            self.yaml = Some(indent);
        }
        is_start
    }

    /// Whether the line is a comment. One after a failure tells of it.
    fn comment(&mut self, indent: usize, text: &str) -> bool {
        let Some(comment) = text.strip_prefix('#') else { return false };
        if let Some(name) = comment.trim().strip_prefix("Subtest:") {
            if indent >= self.block.indent + 4 {
                self.open(indent, Some(name.trim().to_owned()), None);
            } else {
                self.close_down_to(indent);
                self.block.announced = Some(name.trim().to_owned());
                self.block.is_last_open = false;
            }
        } else if indent == self.block.indent {
            self.block.say(comment.strip_prefix(' ').unwrap_or(comment));
        }
        true
    }

    /// Whether the line is a version, a plan, a point, a pragma or a bail-out.
    fn told(&mut self, number: usize, indent: usize, text: &str) -> bool {
        if let Some(reason) = strip_word(text, "bail out!") {
            self.bail = Some(reason.trim().to_owned());
            self.is_tap = true;
            return true;
        }
        let (plan, point) = (plan(text), point(text));
        let is_own = plan.is_some() || point.is_some() || text == "}";
        if !is_own {
            return strip_word(text, "tap version").is_some() || strip_word(text, "pragma").is_some();
        }
        if indent >= self.block.indent + 4 && text != "}" {
            let name = self.block.announced.take();
            self.open(indent, name, None);
        } else {
            self.close_down_to(indent);
        }
        if indent != self.block.indent {
            return false;
        }
        self.is_tap = true;
        if let Some((count, reason)) = plan {
            self.plan(number, count, reason);
        }
        if let Some(point) = point {
            self.point(number, indent, point);
        }
        true
    }

    fn plan(&mut self, line: usize, count: usize, reason: Option<String>) {
        self.block.is_last_open = false;
        if self.block.plan.replace(count).is_some() {
            self.notes.push(at_line(line, "is a second plan"));
        }
        if count == 0 && self.outer.is_empty() {
            let why = reason.map_or_else(String::new, |reason| format!(": {reason}"));
            self.notes.push(at_line(line, &format!("everything is skipped{why}")));
        }
    }

    fn point(&mut self, line: usize, indent: usize, point: Point) {
        let number = point.number.unwrap_or(self.block.last_number.saturating_add(1));
        self.block.last_number = number;
        if !self.block.numbers.insert(number) {
            self.notes.push(at_line(line, &format!("the number {number} stands twice")));
        }
        let point = Point { number: Some(number), ..point };
        if point.opens && self.outer.len() < DEEPEST {
            self.block.announced = None;
            self.open(indent + 4, Some(point.name()), Some(point));
        } else if let Some(ended) = self.ended.take() {
            self.sum_up(point, ended);
        } else {
            self.block.announced = None;
            self.block.push(&point);
        }
    }

    fn open(&mut self, indent: usize, name: Option<String>, owner: Option<Point>) {
        self.adopt();
        if self.outer.len() >= DEEPEST {
            return; // its lines are then no lines of the protocol
        }
        let block = Block { indent, name, owner, ..Block::default() };
        self.outer.push(std::mem::replace(&mut self.block, block));
    }

    /// Closes blocks that are further indented than `indent`.
    fn close_down_to(&mut self, indent: usize) {
        while self.block.indent > indent {
            let Some(outer) = self.outer.pop() else { return };
            self.adopt();
            let mut block = std::mem::replace(&mut self.block, outer);
            self.check_plan(&mut block);
            match block.owner.take() {
                Some(owner) => self.sum_up(owner, block),
                None => self.ended = Some(block),
            }
        }
    }

    /// A subtest whose test point never came: its cases stay.
    fn adopt(&mut self) {
        let Some(ended) = self.ended.take() else { return };
        let name = ended.name.clone().unwrap_or_else(|| "subtest".to_owned());
        self.block.take_in(ended, &name);
    }

    /// `point` sums the subtest `ended` up.
    fn sum_up(&mut self, point: Point, ended: Block) {
        self.block.announced = None;
        let is_failure = |found: &Found| matches!(found.case.status, Status::Failed | Status::Error);
        let is_new = ended.found.is_empty()
            || (point.status() == Status::Failed && !ended.found.iter().any(is_failure));
        let name = if point.description.is_empty() { ended.name.clone() } else { None };
        let name = name.unwrap_or_else(|| point.name());
        if point.directive == Directive::Todo && ended.found.iter().any(is_failure) {
            let text = "is marked as TODO; the failures in it are told all the same".to_owned();
            self.notes.push(Note { at: name.clone(), text });
        }
        self.block.take_in(ended, &name);
        if is_new {
            self.block.push(&Point { description: name, ..point });
        }
    }

    /// Adds what the plan of `block` has and its points have not.
    fn check_plan(&mut self, block: &mut Block) {
        let name = block.name.clone().unwrap_or_else(|| "plan".to_owned());
        let Some(plan) = block.plan else {
            if !block.numbers.is_empty() {
                self.notes
                    .push(Note { at: name, text: "there is no plan; test points may be missing".to_owned() });
            }
            return;
        };
        let beyond = block.numbers.range(plan.saturating_add(1)..).count();
        if beyond > 0 {
            self.notes
                .push(Note { at: name.clone(), text: format!("has {beyond} test points beyond its {plan}") });
        }
        let missing = plan.saturating_sub(block.numbers.range(1..=plan.max(1)).count());
        if missing > MOST_MISSING {
            self.notes.push(Note { at: name, text: format!("{missing} of {plan} test points are missing") });
            return;
        }
        if missing == 0 {
            return;
        }
        let reason = self.bail.as_ref().map(|why| format!("bailed out: {why}"));
        for number in (1..=plan).filter(|number| !block.numbers.contains(number)).take(missing) {
            let case = ImportedCase::of(format!("test {number}"), Status::NotRun, "");
            let case = ImportedCase { reason: reason.clone(), ..case };
            block.found.push(Found { around: Vec::new(), case, said: Vec::new() });
        }
        self.notes.push(Note {
            at: name,
            text: format!("{missing} of {plan} test points are missing and not run"),
        });
    }

    fn imported(mut self) -> Imported {
        self.close_down_to(0);
        self.adopt();
        let mut block = std::mem::take(&mut self.block);
        self.check_plan(&mut block);
        let mut notes = self.notes;
        if let Some(why) = self.bail {
            notes.push(Note {
                at: "bail out".to_owned(),
                text: if why.is_empty() { "no reason".to_owned() } else { why },
            });
        }
        if self.strange > 0 {
            notes.push(Note {
                at: "lines".to_owned(),
                text: format!("not TAP, hence not read: {}", self.strange),
            });
        }
        let attempts = block
            .found
            .into_iter()
            .enumerate()
            .map(|(index, found)| Attempt::of(index, Marks::default(), found.case()));
        let folded = fold_known(attempts.collect());
        notes.extend(folded.notes);
        Imported { cases: folded.cases, notes, ..Imported::default() }
    }
}

impl Block {
    fn push(&mut self, point: &Point) {
        self.is_last_open = true;
        let case = ImportedCase {
            time: point.time,
            reason: point.reason.clone(),
            ..ImportedCase::of(point.name(), point.status(), point.raw_status())
        };
        self.found.push(Found { around: Vec::new(), case, said: Vec::new() });
    }

    /// The cases of `inner`, which is called `name`.
    fn take_in(&mut self, inner: Block, name: &str) {
        self.is_last_open = false;
        self.found.extend(inner.found.into_iter().map(|mut found| {
            found.around.push(name.to_owned());
            found
        }));
    }

    /// A line that tells of the last point.
    fn say(&mut self, line: &str) {
        let Some(last) = self.found.last_mut().filter(|_| self.is_last_open) else { return };
        if let Some(millis) = line.strip_prefix("duration_ms:").and_then(|millis| millis.trim().parse().ok())
        {
            last.case.time = last.case.time.or(seconds(millis));
        }
        if last.case.status == Status::Failed {
            last.said.push(line.to_owned());
        }
    }
}

impl Found {
    fn case(self) -> ImportedCase {
        ImportedCase {
            suite: suite::joined(self.around.iter().rev().map(String::as_str)),
            message: message::joined([self.said.join("\n").as_str()]),
            ..self.case
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Directive {
    None,
    Skip,
    Todo,
}

/// A test point.
#[derive(Debug, Clone, PartialEq)]
struct Point {
    is_ok: bool,
    number: Option<usize>,
    description: String,
    directive: Directive,
    reason: Option<String>,
    time: Option<Seconds>,
    /// Whether a subtest in braces follows.
    opens: bool,
}

impl Point {
    fn name(&self) -> String {
        match self.description.as_str() {
            "" => format!("test {}", self.number.unwrap_or_default()),
            name => name.to_owned(),
        }
    }

    fn status(&self) -> Status {
        match (self.directive, self.is_ok) {
            (Directive::Skip, _) | (Directive::Todo, false) => Status::Skipped,
            (_, true) => Status::Passed,
            (_, false) => Status::Failed,
        }
    }

    fn raw_status(&self) -> &'static str {
        match (self.is_ok, self.directive) {
            (true, Directive::None) => "ok",
            (true, Directive::Skip) => "ok # SKIP",
            (true, Directive::Todo) => "ok # TODO",
            (false, Directive::None) => "not ok",
            (false, Directive::Skip) => "not ok # SKIP",
            (false, Directive::Todo) => "not ok # TODO",
        }
    }
}

/// `1..12`, with the reason of `1..0 # SKIP reason`.
fn plan(text: &str) -> Option<(usize, Option<String>)> {
    let (plan, comment) = text.split_once('#').unwrap_or((text, ""));
    let count = plan.trim().strip_prefix("1..")?.parse().ok()?;
    let reason = strip_word(comment.trim(), "skip").map(str::trim).filter(|reason| !reason.is_empty());
    Some((count, reason.map(str::to_owned)))
}

/// `not ok 3 - sum # TODO reason`.
fn point(text: &str) -> Option<Point> {
    let (is_ok, rest) = match text.strip_prefix("not ok") {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix("ok")?),
    };
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let rest = rest.trim();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(digits);
    let is_number = rest.is_empty() || rest.starts_with([' ', '\t', '-']);
    let number = number.parse().ok().filter(|_| is_number);
    let rest = if number.is_some() { rest } else { text.get(text.len() - rest.len() - digits..)? };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim();
    let opens = rest == "{" || rest.ends_with(" {");
    let rest = if opens { rest.trim_end_matches('{').trim_end() } else { rest };
    let (description, directive, after) = split_directive(rest);
    let time = after
        .strip_prefix("time=")
        .and_then(|time| time.trim().strip_suffix("ms"))
        .and_then(|ms| ms.parse().ok());
    let reason = (directive != Directive::None && !after.is_empty()).then(|| after.to_owned());
    let description = plain(description);
    Some(Point { is_ok, number, description, directive, reason, time: time.and_then(seconds), opens })
}

/// The description, the directive, and what stands after that. A `#` that begins no directive is text.
fn split_directive(text: &str) -> (&str, Directive, &str) {
    for (at, _) in text.match_indices('#') {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default().trim());
        if !(before.is_empty() || before.ends_with([' ', '\t'])) {
            continue;
        }
        if let Some(reason) = strip_word(after, "todo") {
            return (before, Directive::Todo, reason.trim());
        }
        // `SKIPPED` and the like are written too.
        if after.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("skip")) {
            let reason = after.split_once(char::is_whitespace).map_or("", |(_, reason)| reason);
            return (before, Directive::Skip, reason.trim());
        }
        if after.starts_with("time=") {
            return (before, Directive::None, after);
        }
    }
    (text, Directive::None, "")
}

/// Text without the escapes of version 14.
fn plain(text: &str) -> String {
    text.trim().replace("\\#", "#").replace("\\\\", "\\")
}

/// What follows `word`, whatever its case.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.get(..word.len())?;
    let rest = text.get(word.len()..)?;
    let ends = rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
    (start.eq_ignore_ascii_case(word) && ends).then_some(rest)
}

fn seconds(millis: f64) -> Option<Seconds> {
    (millis.is_finite() && millis >= 0.0).then_some(Seconds(millis / 1000.0))
}

fn at_line(line: usize, text: &str) -> Note {
    Note { at: format!("line {line}"), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Imported {
        read(text.as_bytes()).expect("a stream")
    }

    fn told(run: &Imported) -> Vec<(Option<&str>, &str, Status)> {
        run.cases.iter().map(|case| (case.suite.as_deref(), case.name.as_str(), case.status)).collect()
    }

    #[test]
    fn a_test_point_is_a_case() {
        use Status::{Failed, Passed, Skipped};
        for (line, name, status, raw, reason) in [
            ("ok 1 - sum", "sum", Passed, "ok", None),
            ("ok", "test 1", Passed, "ok", None),
            ("ok 1", "test 1", Passed, "ok", None),
            ("not ok 1 sum of 2", "sum of 2", Failed, "not ok", None),
            ("ok - 7 days", "7 days", Passed, "ok", None),
            ("ok 1 - C# and \\# and a # sign", "C# and # and a # sign", Passed, "ok", None),
            ("ok 1 - sum # skip no server", "sum", Skipped, "ok # SKIP", Some("no server")),
            ("ok 1 # SKIPPED: no server", "test 1", Skipped, "ok # SKIP", Some("no server")),
            (
                "not ok 1 - sum # TODO waits for D-317",
                "sum",
                Skipped,
                "not ok # TODO",
                Some("waits for D-317"),
            ),
            ("ok 1 - sum # TODO", "sum", Passed, "ok # TODO", None),
            ("ok 1 - todos", "todos", Passed, "ok", None),
        ] {
            let run = run(&format!("TAP version 14\n1..1\n{line}\n"));
            let case = &run.cases[0];
            assert_eq!(
                (case.name.as_str(), case.status, case.raw_status.as_str()),
                (name, status, raw),
                "{line}"
            );
            assert_eq!(case.reason.as_deref(), reason, "{line}");
            assert_eq!(run.notes, [], "{line}");
        }
    }

    #[test]
    fn diagnostics_tell_of_a_failure() {
        let run = run("1..3\n\
             ok 1 - letter # time=12.5ms\n  ---\n  duration_ms: 99\n  ...\n\
             not ok 2 - sum\n  ---\n  message: too low\n  at:\n    line: 3\n  duration_ms: 1500\n  ...\n\
             not ok 3 - note\n#   Failed test 'note'\n#   at t/note.t line 7.\n");
        let told: Vec<_> = run.cases.iter().map(|case| (case.time, case.message.as_deref())).collect();
        assert_eq!(
            told,
            [
                (Some(Seconds(0.0125)), None),
                (Some(Seconds(1.5)), Some("message: too low\nat:\n  line: 3\nduration_ms: 1500")),
                (None, Some("  Failed test 'note'\n  at t/note.t line 7.")),
            ]
        );
    }

    #[test]
    fn points_of_subtests_are_the_cases() {
        for text in [
            // As the specification has it.
            "1..2\n# Subtest: sums\n    1..2\n    ok 1 - one\n    not ok 2 - two\n      ---\n      low\n      ...\nnot ok 1 - sums\n  ---\n  x: y\n  ...\nok 2 - letter\n",
            // The comment inside, the plan at the end.
            "    # Subtest: sums\n    ok 1 - one\n    not ok 2 - two\n    #low\n    1..2\nnot ok 1 - sums\nok 2 - letter\n1..2\n",
            // No comment.
            "    ok 1 - one\n    not ok 2 - two\n    # low\n    1..2\nnot ok 1 - sums\nok 2 - letter\n1..2\n",
            // In braces.
            "1..2\nnot ok 1 - sums {\n    1..2\n    ok 1 - one\n    not ok 2 - two\n    # low\n}\nok 2 - letter\n",
            // Every test announced.
            "# Subtest: sums\n    # Subtest: one\n    ok 1 - one\n    # Subtest: two\n    not ok 2 - two\n      ---\n      low\n      ...\n    1..2\nnot ok 1 - sums\n# Subtest: letter\nok 2 - letter\n1..2\n",
        ] {
            let run = run(text);
            assert_eq!(
                told(&run),
                [
                    (Some("sums"), "one", Status::Passed),
                    (Some("sums"), "two", Status::Failed),
                    (None, "letter", Status::Passed),
                ],
                "{text}"
            );
            assert_eq!(run.cases[1].message.as_deref(), Some("low"), "{text}");
            assert_eq!(run.notes, [], "{text}");
        }
    }

    #[test]
    fn subtests_nest() {
        let run = run(
            "# Subtest: a\n    # Subtest: b\n        ok 1 - c\n        1..1\n    ok 1 - b\n    1..1\nok 1 - a\n1..1\n",
        );
        assert_eq!(told(&run), [(Some("a › b"), "c", Status::Passed)]);
    }

    #[test]
    fn a_suite_that_tells_more_than_its_tests_is_a_case() {
        let run = run(
            "1..2\n    ok 1 - one\n    1..1\nnot ok 1 - sums\n  ---\n  error: time is up\n  ...\n    1..0\nok 2 - letters # SKIP no printer\n",
        );
        assert_eq!(
            told(&run),
            [
                (Some("sums"), "one", Status::Passed),
                (None, "sums", Status::Failed),
                (None, "letters", Status::Skipped),
            ]
        );
        assert_eq!(run.cases[1].message.as_deref(), Some("error: time is up"));
    }

    #[test]
    fn what_the_plan_misses_is_not_run() {
        let run = run("1..4\nok 1 - a\nok 3 - c\nBail out! no server\n");
        assert_eq!(
            told(&run),
            [
                (None, "a", Status::Passed),
                (None, "c", Status::Passed),
                (None, "test 2", Status::NotRun),
                (None, "test 4", Status::NotRun),
            ]
        );
        assert_eq!(run.cases[2].reason.as_deref(), Some("bailed out: no server"));
        let told: Vec<String> = run.notes.iter().map(|note| format!("{}: {}", note.at, note.text)).collect();
        assert_eq!(told, ["plan: 2 of 4 test points are missing and not run", "bail out: no server"]);
    }

    #[test]
    fn what_is_out_of_order_is_told() {
        for (text, at, what) in [
            ("1..1\nok 1\nok 2\n", "plan", "has 1 test points beyond its 1"),
            ("1..2\nok 1 - a\nok 1 - b\nok 2 - c\n", "line 3", "the number 1 stands twice"),
            ("ok 1\n", "plan", "there is no plan; test points may be missing"),
            ("1..0 # SKIP no server\n", "line 1", "everything is skipped: no server"),
            ("1..1\nhello\nok 1\n", "lines", "not TAP, hence not read: 1"),
            ("1..1\n1..1\nok 1\n", "line 2", "is a second plan"),
            ("1..99999999999\nok 1\n", "plan", "99999999998 of 99999999999 test points are missing"),
        ] {
            let run = run(text);
            assert_eq!(run.notes, [Note { at: at.to_owned(), text: what.to_owned() }], "{text}");
        }
    }

    #[test]
    fn points_of_one_name_are_different_cases() {
        let run = run("1..3\nnot ok 1 - equal\nok 2 - equal\nok 3 - equal\n");
        assert_eq!(
            told(&run),
            [
                (None, "equal", Status::Failed),
                (None, "equal (2)", Status::Passed),
                (None, "equal (3)", Status::Passed)
            ]
        );
    }

    #[test]
    fn a_stream_that_is_cut_off_keeps_what_it_has() {
        let run = run("# Subtest: sums\n    ok 1 - one\n    not ok 2 - two\n      ---\n      low");
        assert_eq!(
            told(&run),
            [(Some("sums"), "one", Status::Passed), (Some("sums"), "two", Status::Failed)]
        );
        assert_eq!(run.cases[1].message.as_deref(), Some("low"));
    }

    #[test]
    fn something_else_is_no_stream() {
        for text in ["", "hello", "okay", "TAP version 13", "<xml/>", "{}"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
