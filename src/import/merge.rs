//! New results into a run file that is there, which people may have worked on since.
//!
//! - A case is known by its id, else by its suite and title, as in the catalogue of cases.
//! - A new result becomes the last attempt. One that is there already, with the same status, time and message,
//!   changes nothing, so that a file can be merged twice.
//! - What was not executed this time does not hide what was.
//! - Every other key of a case stays: `triage`, `note`, defects, a `case` that somebody added. Once a case was
//!   executed, `reason` and `blocked_by` no longer hold and go.
//! - Of the text only the cases that changed are written anew. The rest stays letter by letter, comments too.

use std::collections::HashMap;

use super::run_file::{Keys, attempts, keys_of, results};
use super::{ImportedCase, repeat};
use crate::model::run::{CaseResult, Status};
use crate::record::node::{Node, Value};
use crate::record::writing::{Written, item};

/// A run file with new results in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text; what was there, if nothing changed.
    pub text: String,
    /// What each result of the text has to say, for checking it.
    pub results: Vec<Keys>,
    /// How many cases are new in the file.
    pub added: usize,
    /// How many cases have a new result.
    pub updated: usize,
    /// How many cases stay as they are though they were not executed this time.
    pub kept: usize,
}

impl Merged {
    /// Whether the file says all of it already.
    pub fn is_same(&self) -> bool {
        self.added == 0 && self.updated == 0
    }

    /// Whether `after`, which was read from the text, says what it should: of the results what was merged, of all
    /// else what the run `before` said.
    pub fn is_faithful(&self, before: &Node, after: &Node) -> bool {
        let Value::Map(keys) = &after.value else { return false };
        let results = keys.iter().find(|(key, _)| key.value == "results").map(|(_, node)| &node.value);
        let read: Vec<Keys> = match results {
            Some(Value::List(items)) => items.iter().map(keys_in).collect(),
            _ => Vec::new(),
        };
        others(before) == others(after)
            && read.len() == self.results.len()
            && read.iter().zip(&self.results).all(|(read, wanted)| same(read, wanted))
    }
}

/// Merges `cases` into the run whose file holds `text`, read as `run`.
///
/// # Errors
/// A phrase on why the run cannot take results.
pub fn merge(text: &str, run: &Node, cases: &[ImportedCase]) -> Result<Merged, String> {
    let Value::Map(keys) = &run.value else { return Err("is no run: it holds no keys".to_owned()) };
    for other in ["totals", "import"] {
        if keys.iter().any(|(key, value)| key.value == other && !value.is_null()) {
            return Err(format!("has `{other}`, beside which no results can stand"));
        }
    }
    let place = keys.iter().position(|(key, _)| key.value == "results");
    let nodes: &[Node] = match place.and_then(|place| keys.get(place)).map(|(_, node)| &node.value) {
        None | Some(Value::Null) => &[],
        Some(Value::List(items)) => items,
        Some(_) => return Err("has `results` that are no list".to_owned()),
    };
    let before: Vec<Keys> = nodes.iter().map(keys_in).collect();
    let mut results = before.clone();
    let mut merged = Merged { text: String::new(), results: Vec::new(), added: 0, updated: 0, kept: 0 };
    let index = Index::of(&before);
    for case in cases {
        let found = index.find(case).and_then(|at| results.get_mut(at));
        match found {
            None => {
                results.push(keys_of(case));
                merged.added += 1;
            }
            Some(there) => match retried(there, case) {
                Retry::NotExecuted => merged.kept += 1,
                Retry::Result(new) if same(&new, there) => {}
                Retry::Result(new) => {
                    *there = new;
                    merged.updated += 1;
                }
            },
        }
    }
    merged.text = if merged.is_same() {
        text.to_owned()
    } else {
        let starts: Vec<usize> = keys.iter().map(|(key, _)| offset(key.place.start)).collect();
        Region::of(text, &starts, place, nodes).with(text, &before, &results)
    };
    merged.results = results;
    Ok(merged)
}

fn keys_in(node: &Node) -> Keys {
    match &node.value {
        Value::Map(entries) => {
            entries.iter().map(|(key, value)| (key.value.clone(), Written::of(value))).collect()
        }
        _ => Vec::new(),
    }
}

/// All keys of a run but its results.
fn others(run: &Node) -> Keys {
    keys_in(run).into_iter().filter(|(key, _)| key != "results").collect()
}

/// Whether two results say the same, however their values are quoted.
pub fn same(one: &Keys, two: &Keys) -> bool {
    let plain =
        |keys: &Keys| keys.iter().map(|(key, value)| (key.clone(), value.as_text())).collect::<Vec<_>>();
    plain(one) == plain(two)
}

/// Where each case stands.
struct Index {
    by_id: HashMap<String, usize>,
    by_name: HashMap<(Option<String>, String), usize>,
}

impl Index {
    fn of(results: &[Keys]) -> Self {
        let mut index = Self { by_id: HashMap::new(), by_name: HashMap::new() };
        for (at, keys) in results.iter().enumerate() {
            if let Some(id) = told(keys, "case") {
                index.by_id.entry(id).or_insert(at);
            }
            if let Some(title) = told(keys, "title") {
                index.by_name.entry((told(keys, "suite"), title)).or_insert(at);
            }
        }
        index
    }

    fn find(&self, case: &ImportedCase) -> Option<usize> {
        match &case.id {
            Some(id) => self.by_id.get(id),
            None => self.by_name.get(&(case.suite.clone(), case.name.clone())),
        }
        .copied()
    }
}

/// The text of a key.
fn told(keys: &Keys, key: &str) -> Option<String> {
    match value(keys, key)? {
        Written::Text(text) | Written::Word(text) => Some(text.clone()),
        Written::List(_) | Written::Map(_) => None,
    }
}

fn value<'k>(keys: &'k Keys, key: &str) -> Option<&'k Written> {
    keys.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

enum Retry {
    /// It was not executed, unlike before.
    NotExecuted,
    /// The case after it.
    Result(Keys),
}

/// What becomes of a case that was tried again.
fn retried(there: &Keys, case: &ImportedCase) -> Retry {
    let old = tries(there);
    if !is_executed(case.status) && !old.is_empty() {
        return Retry::NotExecuted;
    }
    let new: Keys = keys_of(case);
    let brings = |key: &str| value(&new, key).map(Written::as_text);
    let is_there =
        |key: &str| brings(key).is_none_or(|text| value(there, key).map(Written::as_text) == Some(text));
    let last: Vec<Status> =
        repeat::attempts(case).into_iter().filter(|status| is_executed(*status)).collect();
    let is_known = old.ends_with(&last) && is_there("time") && is_there("message");
    let attempts = if old.is_empty() {
        attempts(&case.attempts)
    } else if is_known && told(there, "status").as_deref() == Some(case.status.word()) {
        value(there, "attempts").cloned()
    } else if is_known {
        attempts(&old)
    } else {
        attempts(&old.into_iter().chain(last).collect::<Vec<_>>())
    };
    let mut keys = there.clone();
    for key in ["status", "raw_status", "time", "message", "reason"] {
        if let Some(value) = value(&new, key) {
            set(&mut keys, key, value.clone());
        }
    }
    // What somebody wrote here outweighs what somebody wrote elsewhere.
    for key in ["triage", "note"] {
        if let (Some(value), None) = (value(&new, key), value(there, key)) {
            set(&mut keys, key, value.clone());
        }
    }
    for key in ["defects", "attachments"] {
        if let Some(value) = value(&new, key) {
            set(&mut keys, key, united(value_of_list(there, key), value));
        }
    }
    match attempts {
        Some(attempts) => set(&mut keys, "attempts", attempts),
        None => keys.retain(|(key, _)| key != "attempts"),
    }
    if is_executed(case.status) {
        keys.retain(|(key, _)| key != "blocked_by" && (key != "reason" || case.reason.is_some()));
    }
    Retry::Result(keys)
}

fn value_of_list(keys: &Keys, key: &str) -> Vec<Written> {
    match value(keys, key) {
        Some(Written::List(items)) => items.clone(),
        _ => Vec::new(),
    }
}

fn united(mut items: Vec<Written>, more: &Written) -> Written {
    if let Written::List(more) = more {
        for each in more {
            if !items.iter().any(|item| item.as_text() == each.as_text()) {
                items.push(each.clone());
            }
        }
    }
    Written::List(items)
}

fn is_executed(status: Status) -> bool {
    matches!(status, Status::Passed | Status::Failed | Status::Error)
}

/// How the executed attempts of a result ended; none if it was never executed.
fn tries(keys: &Keys) -> Vec<Status> {
    let status = |written: &Written| {
        let word = written.as_text();
        Status::ALL.iter().copied().find(|status| status.word() == word)
    };
    let listed: Vec<Status> = value_of_list(keys, "attempts").iter().filter_map(status).collect();
    let all =
        if listed.is_empty() { value(keys, "status").and_then(status).into_iter().collect() } else { listed };
    all.into_iter().filter(|status| is_executed(*status)).collect()
}

/// Gives a key a value, at its place in the order of the reference if it is new.
fn set(keys: &mut Keys, key: &str, value: Written) {
    match keys.iter_mut().find(|(name, _)| name == key) {
        Some((_, old)) => *old = value,
        None => {
            let rank = |key: &str| CaseResult::KEYS.iter().position(|known| *known == key);
            let at = keys.iter().position(|(name, _)| rank(name) > rank(key)).unwrap_or(keys.len());
            keys.insert(at, (key.to_owned(), value));
        }
    }
}

/// The part of a run file that holds the results: bytes `start..end` of it.
struct Region<'t> {
    start: usize,
    end: usize,
    /// The lines of the list, if each item begins with a dash on a line of its own.
    list: Option<Lines<'t>>,
}

/// A list, item by item.
struct Lines<'t> {
    /// How many spaces stand before a dash.
    indent: usize,
    /// What stands before the first item.
    lead: &'t str,
    /// The lines of each item, and what stands between it and the next one.
    items: Vec<(&'t str, &'t str)>,
}

impl<'t> Region<'t> {
    /// The lines of the key at `place`, whose items are `nodes`; the end of the file, if there is no such
    /// key. Comments and empty lines before the next key belong to that one. `starts` are the places of all keys.
    fn of(text: &'t str, starts: &[usize], place: Option<usize>, nodes: &[Node]) -> Self {
        let Some(key) = place.and_then(|place| starts.get(place)).copied() else {
            return Self { start: text.len(), end: text.len(), list: None };
        };
        let next = starts.iter().copied().filter(|start| *start > key).min();
        let next = next.map_or(text.len(), |next| line_start(text, next));
        let (start, last) = (line_start(text, key), nodes.iter().map(last_byte).max().unwrap_or(key));
        let end = end_of_content(text, last, next);
        Self { start, end, list: Lines::of(text, start, end, nodes) }
    }

    /// `text` with `results` in place of the results `before`.
    fn with(&self, text: &str, before: &[Keys], results: &[Keys]) -> String {
        let mut out = text.get(..self.start).unwrap_or_default().to_owned();
        match &self.list {
            None => {
                end_line(&mut out);
                out.push_str(&self::results(results));
            }
            Some(list) => {
                out.push_str(list.lead);
                for ((old, gap), (before, new)) in list.items.iter().zip(before.iter().zip(results)) {
                    end_line(&mut out);
                    out.push_str(&if same(before, new) { (*old).to_owned() } else { item(new, list.indent) });
                    out.push_str(gap);
                }
                for new in results.iter().skip(before.len()) {
                    end_line(&mut out);
                    out.push_str(&item(new, list.indent));
                }
            }
        }
        out + text.get(self.end..).unwrap_or_default()
    }
}

impl<'t> Lines<'t> {
    fn of(text: &'t str, start: usize, end: usize, nodes: &[Node]) -> Option<Self> {
        let dashes: Vec<usize> = nodes.iter().map(|node| dash(text, node)).collect::<Option<_>>()?;
        let first = *dashes.first()?;
        let indent = first - line_start(text, first);
        let mut items = Vec::with_capacity(nodes.len());
        for (index, (dash, node)) in dashes.iter().zip(nodes).enumerate() {
            let begins = line_start(text, *dash);
            let is_alike = dash - begins == indent && text.get(begins..*dash)?.trim().is_empty();
            let next = dashes.get(index + 1).map_or(end, |next| line_start(text, *next));
            let ends = end_of_content(text, last_byte(node), next);
            if !is_alike || begins >= ends {
                return None;
            }
            items.push((text.get(begins..ends)?, text.get(ends..next)?));
        }
        Some(Self { indent, lead: text.get(start..line_start(text, first))?, items })
    }
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn offset(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |feed| feed + 1)
}

/// The dash of the item `node`; nothing in a list in brackets.
fn dash(text: &str, node: &Node) -> Option<usize> {
    let before = text.get(..offset(node.place.start))?.trim_end();
    before.ends_with('-').then(|| before.len() - 1)
}

/// The byte behind the last one that is known to be of `node`. The places of maps and lists do not tell.
fn last_byte(node: &Node) -> usize {
    let inner = match &node.value {
        Value::Null | Value::Scalar(_) => None,
        Value::List(items) => items.iter().map(last_byte).max(),
        Value::Map(entries) => {
            entries.iter().map(|(key, value)| last_byte(value).max(offset(key.place.end))).max()
        }
    };
    inner.unwrap_or_default().max(offset(node.place.end))
}

/// Where the lines end that hold something behind byte `last`, at most at `limit`: a closing bracket may still
/// come, but comments and empty lines are no content.
fn end_of_content(text: &str, last: usize, limit: usize) -> usize {
    let known = text.get(..last).map_or(last, |before| before.trim_end().len());
    let mut end =
        text.get(known..limit).and_then(|rest| rest.find('\n')).map_or(limit, |feed| known + feed + 1);
    let mut at = end;
    for line in text.get(end..limit).unwrap_or_default().split_inclusive('\n') {
        at += line.len();
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            end = at;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::FileId;
    use crate::parse::yaml::Yaml;
    use crate::record::time::Seconds;

    fn node(text: &str) -> Node {
        Yaml { text, start: 0, file: FileId::of("x.yaml") }.read().expect("valid YAML")
    }

    /// The merged file, after proving that it reads as it should and that merging again changes nothing.
    fn merged(text: &str, cases: &[ImportedCase]) -> Merged {
        let merged = merge(text, &node(text), cases).expect("a run");
        let again = merge(&merged.text, &node(&merged.text), cases).expect("a run");
        let read: Vec<Keys> = again.results.clone();
        assert!(again.is_same() && again.text == merged.text, "{}\n---\n{}", merged.text, again.text);
        assert!(
            read.len() == merged.results.len() && read.iter().zip(&merged.results).all(|(a, b)| same(a, b))
        );
        merged
    }

    fn case(name: &str, status: Status) -> ImportedCase {
        ImportedCase {
            suite: Some("Pay".into()),
            time: Some(Seconds(2.0)),
            ..ImportedCase::of(name.into(), status, status.word())
        }
    }

    const RUN: &str = "# The third cycle.
release: \"2026.10\"   # quoted
results:
  # What Mari looked at:
  - {case: BEN-1, title: sum, suite: Pay, status: failed, raw_status: failed, time: 1s, triage: product,
     defects: [D-1], note: \"see # mail\"}
  # The next one waits.
  - title: letter
    suite: Pay
    status: blocked
    reason: Stub is down
    message: |-
      one
      # two

  - {title: other, suite: Pay, status: passed}

# The end.
note: nothing
";

    #[test]
    fn new_results_are_attempts_and_what_people_wrote_stays() {
        let mut letter = case("letter", Status::Passed);
        letter.message = Some("late\nbut fine".into());
        let found = merged(RUN, &[case("sum", Status::Passed), letter, case("new", Status::Error)]);
        assert_eq!((found.added, found.updated, found.kept), (1, 2, 0));
        assert_eq!(
            found.text,
            "# The third cycle.
release: \"2026.10\"   # quoted
results:
  # What Mari looked at:
  - case: BEN-1
    title: sum
    suite: Pay
    status: passed
    raw_status: passed
    time: 2s
    triage: product
    defects: [D-1]
    attempts: [failed, passed]
    note: \"see # mail\"
  # The next one waits.
  - title: letter
    suite: Pay
    status: passed
    raw_status: passed
    time: 2s
    message: |-
      late
      but fine

  - {title: other, suite: Pay, status: passed}
  - {title: new, suite: Pay, status: error, raw_status: error, time: 2s}

# The end.
note: nothing
"
        );
    }

    #[test]
    fn the_same_results_change_nothing() {
        let first = merged(RUN, &[case("sum", Status::Failed), case("new", Status::Passed)]);
        let again = merged(&first.text, &[case("sum", Status::Failed), case("new", Status::Passed)]);
        assert!(again.is_same());
        assert_eq!(again.text, first.text);
    }

    #[test]
    fn what_was_not_executed_hides_no_result() {
        let found = merged(RUN, &[case("sum", Status::Skipped), case("letter", Status::NotRun)]);
        assert_eq!((found.kept, found.updated), (1, 1));
        assert!(
            found.text.contains("status: failed") && found.text.contains("status: not_run"),
            "{}",
            found.text
        );
    }

    #[test]
    fn a_list_of_any_shape_takes_results() {
        for (before, after) in [
            ("release: a\n", "release: a\nresults:\n  - "),
            ("release: a", "release: a\nresults:\n  - "),
            (
                "results: []\nnote: x\n",
                "results:\n  - {title: new, suite: Pay, status: passed, raw_status: passed, time: 2s}\nnote: x\n",
            ),
            ("results:\n# none yet\nnote: x\n", "results:\n  - {title: new"),
            (
                "results: [{case: A, status: passed}]\n",
                "results:\n  - {case: A, status: passed}\n  - {title: new",
            ),
            ("results:\n- {case: A, status: passed}", "results:\n- {case: A, status: passed}\n- {title: new"),
            (
                "results:\n  -\n    case: A\n    status: passed\n",
                "results:\n  -\n    case: A\n    status: passed\n  - {title: new",
            ),
        ] {
            let found = merged(before, &[case("new", Status::Passed)]);
            assert!(found.text.contains(after), "{before}\n---\n{}", found.text);
        }
    }

    #[test]
    fn sums_and_foreign_files_take_no_results() {
        let refused = |text: &str| merge(text, &node(text), &[]).expect_err("an error");
        assert_eq!(refused("totals: {passed: 3}\n"), "has `totals`, beside which no results can stand");
        assert_eq!(refused("- a\n"), "is no run: it holds no keys");
    }

    fn any_case() -> impl Strategy<Value = ImportedCase> {
        let status = proptest::sample::select(Status::ALL);
        let text = || proptest::option::of("[a-c #:'\"\\n-]{1,9}");
        ("[a-e]", status, text(), text(), 0_u32..3).prop_map(|(name, status, message, reason, time)| {
            ImportedCase { message, reason, time: Some(Seconds(f64::from(time))), ..case(&name, status) }
        })
    }

    /// Cases of which each stands once, as readers give them.
    fn any_cases() -> impl Strategy<Value = Vec<ImportedCase>> {
        proptest::collection::vec(any_case(), 0..5).prop_map(|cases| repeat::fold(cases).cases)
    }

    proptest! {
        #[test]
        fn whatever_is_merged_is_read_and_merging_twice_is_merging_once(
            first in any_cases(),
            second in any_cases(),
            remark in "\n{0,2}( {0,4}# x\n){0,2}",
        ) {
            let head = crate::import::run_file::Head { release: "1".into(), ..Default::default() };
            let text = crate::import::run_file::text(&head, &first);
            for written in [format!("{text}{remark}note: x\n"), text.replace("\n  - ", &format!("\n{remark}  - "))] {
                if let Ok(before) = (Yaml { text: &written, start: 0, file: FileId::of("x.yaml") }).read() {
                    let found = merged(&written, &second);
                    prop_assert!(found.is_same() || found.is_faithful(&before, &node(&found.text)), "{}", found.text);
                }
            }
        }
    }
}
