//! `output.xml` of Robot Framework, versions 3 to 7
//! (<https://github.com/robotframework/robotframework/tree/master/doc/schema>).
//!
//! 1. A test is a case; the suites around it are its suite. What lies in a test is read only for what it
//!    attached, and for a failure that the test itself does not tell.
//! 2. A suite whose tear-down failed fails its tests, though their own elements were written before it ran.
//! 3. Results that `rebot --merge` joined tell of the attempts before in the test's message.
//! 4. The totals are compared with `statistics`.

use super::repeat::{Attempt, fold_known};
use super::tag::Marks;
use super::xml::{self, Element};
use super::{Imported, ImportedCase, Note, Unreadable, instant, message, suite};
use crate::model::run::Status;
use crate::record::time::Seconds;

/// More errors than these are counted.
const MOST_ERRORS: usize = 20;

/// What an output file says.
///
/// # Errors
///
/// [`Unreadable`] if it is not XML or its outermost element is another.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let document = xml::read(bytes)?;
    let root = &document.root;
    if root.name != "robot" {
        return Err(Unreadable {
            line: Some(root.line),
            column: None,
            message: format!("its outermost element is `{}`; that of Robot Framework is `robot`", root.name),
        });
    }
    let mut told = Told { notes: document.notes.clone(), ..Told::default() };
    for suite in root.named("suite") {
        told.suite(suite, &[], &[]);
    }
    let outermost: Vec<&Element> = root.named("suite").filter_map(|suite| suite.first("status")).collect();
    let started = outermost.iter().filter_map(|status| start(status)).min_by_key(|at| instant::order(at));
    let ended = outermost.iter().filter_map(|status| end(status)).max_by_key(|at| instant::order(at));
    told.notes.extend(difference(root, &told.counts));
    told.notes.extend(errors(root));
    if told.dry > 0 && told.run == 0 {
        told.notes.push(note("keywords", "none was run: it looks like a dry run".to_owned()));
    }
    if told.uncritical > 0 {
        let text = format!("failures in tests that are marked as not critical: {}", told.uncritical);
        told.notes.push(note("tests", text));
    }
    let attempts =
        told.cases.into_iter().enumerate().map(|(index, (marks, case))| Attempt::of(index, marks, case));
    let folded = fold_known(attempts.collect());
    let (started, ended) = (started.or(told.started), ended.or(told.ended));
    told.notes.extend(folded.notes);
    Ok(Imported { started, ended, cases: folded.cases, notes: told.notes, missing: 0 })
}

/// What the suites before told.
#[derive(Default)]
struct Told {
    cases: Vec<(Marks, ImportedCase)>,
    notes: Vec<Note>,
    counts: Counts,
    /// When the first test began and the last one ended.
    started: Option<String>,
    ended: Option<String>,
    /// Tests of whose keywords some were run, and tests of whose keywords none was.
    run: usize,
    dry: usize,
    uncritical: usize,
}

/// How many tests ended how, as Robot Framework counts them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    pass: usize,
    fail: usize,
    skip: usize,
}

/// A tear-down that decides on the tests of its suite.
struct TearDown {
    status: Status,
    said: String,
}

impl Told {
    /// The depth is bounded by that of the XML.
    fn suite(&mut self, element: &Element, names: &[&str], around: &[&TearDown]) {
        let names: Vec<&str> = names.iter().copied().chain(element.attribute("name")).collect();
        let own = tear_down(element);
        let around: Vec<&TearDown> = own.iter().chain(around.iter().copied()).collect();
        for inner in element.elements() {
            match inner.name.as_str() {
                "suite" => self.suite(inner, &names, &around),
                "test" | "task" => self.test(inner, &names, &around),
                _ => {}
            }
        }
    }

    fn test(&mut self, test: &Element, suites: &[&str], around: &[&TearDown]) {
        let name = test.attribute("name").unwrap_or("test without a name").to_owned();
        let told = test.first("status");
        let (own, raw_status) = self.status(&name, told);
        let (status, raw_status) = under(own, raw_status, around);
        self.count(status, told);
        let said = told.map(|told| readable(&told.text())).unwrap_or_default();
        let merged = Merged::of(&said);
        let said = merged.as_ref().map_or(said.as_str(), |merged| merged.said);
        let parts = std::iter::once(said).chain(around.iter().map(|tear_down| tear_down.said.as_str()));
        let mut said = message::joined(parts);
        if said.is_none() && status == Status::Failed {
            said = failure(test).and_then(|text| message::joined([readable(&text).as_str()]));
        }
        let attempts = merged.map_or_else(Vec::new, |merged| merged.attempts);
        let is_left_out = matches!(status, Status::Skipped | Status::NotRun);
        // What a test says that passed has no place, unless it failed before.
        let is_kept = matches!(status, Status::Failed | Status::Error) || !attempts.is_empty();
        let mut attachments = Vec::new();
        collect_files(test, &mut attachments);
        self.note_run(test, told);
        let marks = Marks::of(tags(test).iter().map(String::as_str));
        self.notes.extend(marks.note(&name));
        let case = ImportedCase {
            suite: suite::joined(suites.iter().copied()),
            time: told.and_then(elapsed).map(Seconds),
            attempts,
            reason: said.clone().filter(|_| is_left_out),
            message: said.filter(|_| is_kept && !is_left_out),
            attachments,
            ..ImportedCase::of(name, status, &raw_status)
        };
        self.cases.push((marks, case));
    }

    /// How the test itself ended, and what that is called.
    fn status(&mut self, name: &str, told: Option<&Element>) -> (Status, String) {
        let word = told.and_then(|told| told.attribute("status")).unwrap_or_default();
        let status = status_of(word).unwrap_or_else(|| {
            self.notes
                .push(note(name, format!("the status `{word}` has no counterpart and is taken as an error")));
            Status::Error
        });
        (status, word.to_owned())
    }

    fn count(&mut self, status: Status, told: Option<&Element>) {
        match status {
            Status::Passed => self.counts.pass += 1,
            Status::Failed => self.counts.fail += 1,
            Status::Skipped => self.counts.skip += 1,
            _ => {}
        }
        let is_critical = told.and_then(|told| told.attribute("critical")) != Some("no");
        self.uncritical += usize::from(status == Status::Failed && !is_critical);
    }

    fn note_run(&mut self, test: &Element, told: Option<&Element>) {
        match ran(test) {
            Some(true) => self.run += 1,
            Some(false) => self.dry += 1,
            None => {}
        }
        let (from, to) = (told.and_then(start), told.and_then(end));
        self.started = self.started.take().into_iter().chain(from).min_by_key(|at| instant::order(at));
        self.ended = self.ended.take().into_iter().chain(to).max_by_key(|at| instant::order(at));
    }
}

fn status_of(word: &str) -> Option<Status> {
    match word {
        "PASS" => Some(Status::Passed),
        "FAIL" => Some(Status::Failed),
        "SKIP" => Some(Status::Skipped),
        "NOT RUN" | "NOT_RUN" => Some(Status::NotRun),
        _ => None,
    }
}

/// The tear-down of a suite, if it decides on the tests.
fn tear_down(suite: &Element) -> Option<TearDown> {
    let is_tear_down = |keyword: &&Element| {
        keyword.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("teardown"))
    };
    let keyword = suite.named("kw").find(is_tear_down)?;
    let told = keyword.first("status")?;
    let status = status_of(told.attribute("status")?)?;
    let said = told.text();
    let said = if said.trim().is_empty() { failure(keyword).unwrap_or_default() } else { said };
    let verb = match status {
        Status::Failed => "failed",
        Status::Skipped => "skipped the tests",
        _ => return None,
    };
    Some(TearDown { status, said: format!("the tear-down of the suite {verb}: {}", readable(&said).trim()) })
}

/// How a test ended in suites whose tear-downs are `around`. One that was skipped stays so.
fn under(status: Status, raw_status: String, around: &[&TearDown]) -> (Status, String) {
    if status == Status::Skipped || status == Status::Failed {
        return (status, raw_status);
    }
    let has = |status| around.iter().any(|tear_down| tear_down.status == status);
    if has(Status::Failed) {
        (Status::Failed, "FAIL".to_owned())
    } else if has(Status::Skipped) {
        (Status::Skipped, "SKIP".to_owned())
    } else {
        (status, raw_status)
    }
}

/// Seconds that a status tells of, directly or by its beginning and end.
fn elapsed(status: &Element) -> Option<f64> {
    let told = status.attribute("elapsed").and_then(|seconds| seconds.parse::<f64>().ok());
    let spanned = || {
        let from = instant::order(status.attribute("starttime")?)?;
        let millis = u64::try_from(instant::order(status.attribute("endtime")?)?.checked_sub(from)?).ok()?;
        Some(std::time::Duration::from_millis(millis).as_secs_f64())
    };
    told.filter(|seconds| seconds.is_finite() && *seconds >= 0.0).or_else(spanned)
}

fn start(status: &Element) -> Option<String> {
    instant::from_text(status.attribute("start").or_else(|| status.attribute("starttime"))?)
}

fn end(status: &Element) -> Option<String> {
    match status.attribute("endtime") {
        Some(end) => instant::from_text(end),
        None => instant::after(status.attribute("start")?, elapsed(status)?),
    }
}

/// The tags of a test; version 3 has an element around them.
fn tags(test: &Element) -> Vec<String> {
    let around = test.named("tags").flat_map(|tags| tags.named("tag"));
    test.named("tag").chain(around).map(Element::text).collect()
}

/// The first message of level FAIL below `element`.
fn failure(element: &Element) -> Option<String> {
    element.elements().find_map(|inner| match inner.name.as_str() {
        "msg" if inner.attribute("level") == Some("FAIL") => Some(inner.text()),
        _ => failure(inner),
    })
}

/// Whether any keyword below `element` that calls no other was run; nothing if there is none.
fn ran(element: &Element) -> Option<bool> {
    let mut found = None;
    for inner in element.elements() {
        let below = ran(inner).or_else(|| {
            let status = inner.first("status").filter(|_| inner.name == "kw")?;
            Some(!matches!(status_of(status.attribute("status")?)?, Status::NotRun))
        });
        match below {
            Some(true) => return Some(true),
            Some(false) => found = Some(false),
            None => {}
        }
    }
    found
}

/// Files that messages in HTML show or link to.
fn collect_files(element: &Element, found: &mut Vec<String>) {
    for inner in element.elements() {
        let is_html = matches!(inner.attribute("html"), Some("yes" | "true"));
        if inner.name == "msg" && is_html {
            for file in links(&inner.text()) {
                if !found.contains(&file) {
                    found.push(file);
                }
            }
        } else {
            collect_files(inner, found);
        }
    }
}

/// The values of `src` and `href` that name files.
fn links(html: &str) -> Vec<String> {
    let values = ["src=\"", "href=\""].into_iter().flat_map(|start| html.split(start).skip(1));
    let values = values.filter_map(|rest| rest.split('"').next()).map(unescaped);
    values
        .filter(|value| !value.is_empty() && !value.contains("://") && !value.starts_with(['#', '?']))
        .filter(|value| !["data:", "javascript:", "mailto:"].iter().any(|scheme| value.starts_with(scheme)))
        .collect()
}

/// What `rebot --merge` tells in a message, the newest attempt first.
struct Merged<'a> {
    attempts: Vec<Status>,
    said: &'a str,
}

impl<'a> Merged<'a> {
    fn of(said: &'a str) -> Option<Self> {
        let (header, rest) = said.split_once('\n').unwrap_or((said, ""));
        let is_merged = header.ends_with(" has been re-executed and results merged.")
            || header.ends_with(" added from merged output.");
        if !is_merged {
            return None;
        }
        let words = rest
            .lines()
            .filter_map(|line| line.strip_prefix("New status:").or_else(|| line.strip_prefix("Old status:")));
        let mut attempts: Vec<Status> = words.filter_map(|word| status_of(word.trim())).collect();
        attempts.reverse();
        let is_repeated = attempts.len() > 1;
        Some(Self { attempts: if is_repeated { attempts } else { Vec::new() }, said: rest })
    }
}

/// A message as text. One that begins with `*HTML*` loses its tags.
fn readable(text: &str) -> String {
    let Some(html) = text.trim_start().strip_prefix("*HTML*") else { return text.to_owned() };
    let mut plain = String::with_capacity(html.len());
    let mut pieces = html.split('<');
    plain.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let Some((tag, after)) = piece.split_once('>') else {
            plain.push('<');
            plain.push_str(piece);
            continue;
        };
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        if matches!(name.to_ascii_lowercase().as_str(), "br" | "hr" | "p" | "div" | "li" | "tr") {
            plain.push('\n');
        }
        plain.push_str(after);
    }
    let lines = unescaped(&plain);
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ");
    text.replace("&amp;", "&")
}

/// Where the totals of the file differ from its tests.
fn difference(root: &Element, counts: &Counts) -> Option<Note> {
    let total = root.first("statistics")?.first("total")?;
    // Version 3 counts critical tests first.
    let all = total.named("stat").find(|stat| stat.text().trim().starts_with("All"))?;
    let told = |name: &str| all.attribute(name).and_then(|number| number.parse().ok());
    let told = Counts { pass: told("pass")?, fail: told("fail")?, skip: told("skip").unwrap_or_default() };
    (told != *counts).then(|| {
        let text = format!("passed, failed and skipped are {told}; the tests add up to {counts}");
        note("statistics", text)
    })
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {} and {}", self.pass, self.fail, self.skip)
    }
}

/// Errors in the files of the tests, which no test tells of; of each its first line, the rest being a trace.
fn errors(root: &Element) -> Vec<Note> {
    let all = root.named("errors").flat_map(|errors| errors.named("msg"));
    let told: Vec<String> = all
        .filter(|error| error.attribute("level") == Some("ERROR"))
        .filter_map(|error| message::joined(readable(&error.text()).trim().lines().next()))
        .collect();
    let rest = told.len().saturating_sub(MOST_ERRORS);
    let mut notes: Vec<Note> = told.into_iter().take(MOST_ERRORS).map(|text| note("errors", text)).collect();
    if rest > 0 {
        notes.push(note("errors", format!("and {rest} more")));
    }
    notes
}

fn note(at: &str, text: String) -> Note {
    Note { at: at.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(suites: &str, statistics: &str) -> Imported {
        let text = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<robot generator="Robot 7.2 (Python 3.12 on linux)" generated="2026-10-12T09:01:00.000000" rpa="false" schemaversion="5">
{suites}{statistics}</robot>"#
        );
        read(text.as_bytes()).expect("an output file")
    }

    fn test(name: &str, inner: &str) -> String {
        format!(r#"<test id="s1-t1" name="{name}">{inner}</test>"#)
    }

    fn status(word: &str, said: &str) -> String {
        format!(r#"<status status="{word}" start="2026-10-12T09:00:00.000000" elapsed="1.5">{said}</status>"#)
    }

    fn only(inner: &str) -> ImportedCase {
        let run = run(&format!(r#"<suite name="Sums">{}</suite>"#, test("sum", inner)), "");
        run.cases.into_iter().next().expect("a case")
    }

    #[test]
    fn a_test_is_a_case() {
        let run = run(
            &format!(
                r#"<suite id="s1" name="Payments"><suite id="s1-s1" name="Sums">{}<doc>x</doc>{}</suite>{}</suite>"#,
                test(
                    "Child part",
                    &format!(
                        r#"<kw name="Open"><msg level="INFO" html="true">&lt;a href="log.txt"&gt;&lt;img src="shot-1.png"&gt;&lt;/a&gt;&lt;img src="data:x"&gt;</msg>{}</kw>
                           <tag>id:BEN-142</tag><tag>bug:D-317</tag><tag>smoke</tag>{}"#,
                        status("FAIL", "deep"),
                        status("FAIL", "too low")
                    )
                ),
                status("FAIL", ""),
                r#"<status status="FAIL" start="2026-10-12T09:00:00.250000" elapsed="60.5"/>"#
            ),
            r#"<statistics><total><stat pass="0" fail="1" skip="0">All Tests</stat></total></statistics>"#,
        );
        let case = &run.cases[0];
        assert_eq!(case.id.as_deref(), Some("BEN-142"));
        assert_eq!((case.name.as_str(), case.suite.as_deref()), ("Child part", Some("Payments › Sums")));
        assert_eq!((case.status, case.raw_status.as_str()), (Status::Failed, "FAIL"));
        assert_eq!(case.time, Some(Seconds(1.5)));
        assert_eq!(case.message.as_deref(), Some("too low"));
        assert_eq!(case.attachments, ["shot-1.png", "log.txt"]);
        assert_eq!(case.defects, ["D-317"]);
        assert_eq!(run.started.as_deref(), Some("2026-10-12T09:00:00"));
        assert_eq!(run.ended.as_deref(), Some("2026-10-12T09:01:01"));
        assert_eq!(run.notes, []);
    }

    #[test]
    fn older_files_have_other_times_and_tags() {
        let run = read(
            br#"<robot generator="Robot 3.2.2" generated="20261012 09:01:00.000"><suite name="Sums">
              <test name="sum"><tags><tag>BEN-142</tag></tags>
                <status status="PASS" starttime="20261012 09:00:00.100" endtime="20261012 09:00:02.600" critical="yes"></status></test>
              <test name="letter"><status status="FAIL" starttime="N/A" endtime="N/A" critical="no">low</status></test>
              <status status="PASS" starttime="20261012 09:00:00.000" endtime="20261012 09:00:03.000"></status></suite>
              <statistics><total><stat pass="1" fail="0">Critical Tests</stat><stat pass="1" fail="1">All Tests</stat></total></statistics>
              <errors><msg level="ERROR">no library</msg><msg level="WARN">old</msg></errors></robot>"#,
        )
        .expect("an output file");
        let told: Vec<_> = run.cases.iter().map(|case| (case.id.as_deref(), case.time)).collect();
        assert_eq!(told, [(Some("BEN-142"), Some(Seconds(2.5))), (None, None)]);
        assert_eq!(run.started.as_deref(), Some("2026-10-12T09:00:00"));
        assert_eq!(run.ended.as_deref(), Some("2026-10-12T09:00:03"));
        let told: Vec<String> = run.notes.iter().map(|note| format!("{}: {}", note.at, note.text)).collect();
        assert_eq!(
            told,
            ["errors: no library", "tests: failures in tests that are marked as not critical: 1"]
        );
    }

    #[test]
    fn every_status_has_a_counterpart() {
        for (word, wanted, message, reason) in [
            ("PASS", Status::Passed, None, None),
            ("FAIL", Status::Failed, Some("said"), None),
            ("SKIP", Status::Skipped, None, Some("said")),
            ("NOT RUN", Status::NotRun, None, Some("said")),
            ("ODD", Status::Error, Some("said"), None),
        ] {
            let case = only(&status(word, "said"));
            assert_eq!((case.status, case.raw_status.as_str()), (wanted, word));
            assert_eq!((case.message.as_deref(), case.reason.as_deref()), (message, reason), "{word}");
        }
        assert_eq!(only("").status, Status::Error);
    }

    #[test]
    fn a_failure_without_words_takes_those_of_its_keyword() {
        let inner = format!(
            r#"<if><branch><kw name="x"><msg level="INFO">a</msg><msg level="FAIL">too low</msg></kw></branch></if>{}"#,
            status("FAIL", "")
        );
        assert_eq!(only(&inner).message.as_deref(), Some("too low"));
    }

    #[test]
    fn a_failing_tear_down_fails_all_tests_of_its_suites() {
        let tear_down =
            |word: &str| format!(r#"<kw name="Close" type="TEARDOWN">{}</kw>"#, status(word, "no server"));
        let suites = |word: &str| {
            format!(
                r#"<suite name="a"><suite name="b">{}{}{}</suite>{}</suite>"#,
                test("passes", &status("PASS", "")),
                test("fails", &status("FAIL", "too low")),
                test("is skipped", &status("SKIP", "")),
                tear_down(word)
            )
        };
        let told = |run: &Imported| -> Vec<Status> { run.cases.iter().map(|case| case.status).collect() };
        let failed = run(&suites("FAIL"), "");
        assert_eq!(told(&failed), [Status::Failed, Status::Failed, Status::Skipped]);
        assert_eq!(failed.cases[0].raw_status, "FAIL");
        assert_eq!(failed.cases[0].message.as_deref(), Some("the tear-down of the suite failed: no server"));
        assert_eq!(
            failed.cases[1].message.as_deref(),
            Some("too low\nthe tear-down of the suite failed: no server")
        );
        assert_eq!(told(&run(&suites("SKIP"), "")), [Status::Skipped, Status::Failed, Status::Skipped]);
        assert_eq!(told(&run(&suites("PASS"), "")), [Status::Passed, Status::Failed, Status::Skipped]);
    }

    #[test]
    fn merged_results_tell_of_their_attempts() {
        let said = r#"*HTML* &lt;span class="merge"&gt;Test has been re-executed and results merged.&lt;/span&gt;&lt;hr&gt;&lt;span class="new-status"&gt;New status:&lt;/span&gt; &lt;span class="pass"&gt;PASS&lt;/span&gt;&lt;br&gt;&lt;hr&gt;&lt;span class="old-status"&gt;Old status:&lt;/span&gt; &lt;span class="fail"&gt;FAIL&lt;/span&gt;&lt;br&gt;&lt;span class="old-message"&gt;Old message:&lt;/span&gt; 1 &amp;lt; 2"#;
        let case = only(&status("PASS", said));
        assert_eq!(case.attempts, [Status::Failed, Status::Passed]);
        assert_eq!(case.message.as_deref(), Some("New status: PASS\nOld status: FAIL\nOld message: 1 < 2"));
    }

    #[test]
    fn tests_of_one_name_are_different_cases() {
        let tests = [test("sum", &status("FAIL", "a")), test("sum", &status("PASS", ""))].concat();
        let run = run(&format!(r#"<suite name="Sums">{tests}</suite>"#), "");
        let told: Vec<_> = run.cases.iter().map(|case| (case.name.as_str(), case.status)).collect();
        assert_eq!(told, [("sum", Status::Failed), ("sum (2)", Status::Passed)]);
    }

    #[test]
    fn what_does_not_add_up_is_told() {
        let dry = format!(
            r#"<kw name="User"><kw name="Log">{}</kw>{}</kw>"#,
            status("NOT RUN", ""),
            status("PASS", "")
        );
        let run = run(
            &format!(r#"<suite name="Sums">{}</suite>"#, test("sum", &(dry + &status("PASS", "")))),
            r#"<statistics><total><stat pass="2" fail="1" skip="0">All Tests</stat></total></statistics>"#,
        );
        let told: Vec<String> = run.notes.iter().map(|note| format!("{}: {}", note.at, note.text)).collect();
        assert_eq!(
            told,
            [
                "statistics: passed, failed and skipped are 2, 1 and 0; the tests add up to 1, 0 and 0",
                "keywords: none was run: it looks like a dry run",
            ]
        );
    }

    #[test]
    fn something_else_is_no_output_file() {
        for text in ["", "{}", "<testsuite/>", "<robot>", "<robot><suite></robot>"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(read(b"<robot/>").expect("an empty file").cases, []);
    }
}
