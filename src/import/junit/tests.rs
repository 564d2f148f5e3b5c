//! One small document for each habit of tools.

use super::*;
use crate::model::run::Status::{self, Blocked, Error, Failed, NotRun, Passed, Skipped};

fn import(texts: &[&str]) -> Imported {
    let files: Vec<ForeignFile<'_>> =
        texts.iter().map(|text| ForeignFile { name: "a.xml", bytes: text.as_bytes() }).collect();
    read(&files).expect("JUnit")
}

/// The cases of a suite with the name `S` that holds `cases`.
fn cases(cases: &str) -> Vec<ImportedCase> {
    import(&[&format!("<testsuite name='S'>{cases}</testsuite>")]).cases
}

fn case(text: &str) -> ImportedCase {
    cases(text).into_iter().next().expect("a case")
}

fn notes(text: &str) -> Vec<String> {
    import(&[text]).notes.into_iter().map(|note| format!("{}: {}", note.at, note.text)).collect()
}

fn names(imported: &Imported) -> Vec<(Option<&str>, &str)> {
    imported.cases.iter().map(|case| (case.suite.as_deref(), case.name.as_str())).collect()
}

#[test]
fn suites_are_nested_bare_or_absent() {
    let nested = import(&[
        "<testsuites name='run'><testsuite name='A'><testsuite name='B'><testcase name='c'/></testsuite>\
         <testcase name='d'/></testsuite><testcase name='e'/></testsuites>",
    ]);
    // The own cases of a suite come first.
    assert_eq!(names(&nested), [(None, "e"), (Some("A"), "d"), (Some("A › B"), "c")]);
    assert_eq!(names(&import(&["<testsuite><testcase name='c'/></testsuite>"])), [(None, "c")]);
    assert!(import(&["<testsuites/>"]).cases.is_empty());
}

#[test]
fn the_class_joins_the_suite_where_it_says_something() {
    for (suite, class, name, wanted) in [
        ("pytest", "tests.pay.SumTest", "test_sum", Some("tests.pay.SumTest")),
        ("Mocha Tests", "sums", "adds", Some("sums")),
        ("Mocha Tests", "adds", "sums adds", Some("Mocha Tests")),
        ("ee.pay.SumTest", "ee.pay.SumTest", "sum", Some("ee.pay.SumTest")),
        ("SumTest", "ee.pay.SumTest", "sum", Some("ee.pay.SumTest")),
        ("package/pay", "pay", "TestSum", Some("package/pay")),
        ("math", "math adds", "math adds", Some("math")),
        ("Payments", "letters", "sum", Some("Payments › letters")),
        ("TestAcme-20251114214921", "TestAcme", "sum", Some("TestAcme")),
        ("", "Sum", "sum", Some("Sum")),
        ("", "", "sum", None),
    ] {
        let text =
            format!("<testsuite name='{suite}'><testcase classname='{class}' name='{name}'/></testsuite>");
        assert_eq!(names(&import(&[&text])), [(wanted, name)], "{suite} | {class}");
    }
}

#[test]
fn the_browsers_of_playwright_are_suites() {
    let suite = |browser: &str| {
        format!(
            "<testsuite name='pay.spec.ts' hostname='{browser}'><testcase name='sum' classname='pay.spec.ts'/></testsuite>"
        )
    };
    let text = format!("<testsuites id='' name=''>{}{}</testsuites>", suite("chromium"), suite("firefox"));
    assert_eq!(
        names(&import(&[&text])),
        [(Some("chromium › pay.spec.ts"), "sum"), (Some("firefox › pay.spec.ts"), "sum"),]
    );
}

#[test]
fn elements_and_words_give_the_status() {
    for (text, status, raw) in [
        ("<testcase name='a'/>", Passed, "passed"),
        ("<testcase name='a'><failure/></testcase>", Failed, "failure"),
        ("<testcase name='a'><error/></testcase>", Error, "error"),
        ("<testcase name='a'><failure/><error/></testcase>", Error, "error"),
        ("<testcase name='a'><skipped/><failure/></testcase>", Failed, "failure"),
        ("<testcase name='a'><skipped type='pytest.xfail'/></testcase>", Skipped, "pytest.xfail"),
        ("<testcase name='a' status='run' result='completed'/>", Passed, "run, completed"),
        ("<testcase name='a' status='notrun' result='suppressed'/>", Skipped, "notrun, suppressed"),
        ("<testcase name='a' status='notrun'/>", NotRun, "notrun"),
        ("<testcase name='a' status='disabled'/>", Skipped, "disabled"),
        ("<testcase name='a' status='Blocked'/>", Blocked, "Blocked"),
        ("<testcase name='a' status='failed'/>", Failed, "failed"),
        ("<testcase name='a' status='odd'/>", Passed, "odd"),
        ("<testcase name='a' status='disabled'><failure/></testcase>", Failed, "failure"),
    ] {
        let case = case(text);
        assert_eq!((case.status, case.raw_status.as_str(), case.attempts.len()), (status, raw, 0), "{text}");
    }
}

#[test]
fn what_contradicts_itself_is_noted() {
    for (text, wanted) in [
        (
            "<testcase name='a'><skipped/><failure/></testcase>",
            "S › a: it has both `skipped` and `failure`; `failure` counts",
        ),
        (
            "<testcase name='a' status='disabled'><failure/></testcase>",
            "S › a: its status is `disabled`, yet it has `failure`, which counts",
        ),
        (
            "<testcase name='a' status='odd'/>",
            "S › a: the status `odd` is unknown; without a failure the case passed",
        ),
        ("<testcase name='a' time='soon'/>", "S › a: the time `soon` is no number of seconds"),
        ("<testcase name='a' timestamp='soon'/>", "S › a: the timestamp `soon` is no time"),
        ("<testcase/>", "S › unnamed 1: the case has no name"),
        (
            "<error message='no database'/>",
            "S: the suite as a whole has an `error`, which no case shows: no database",
        ),
    ] {
        assert_eq!(notes(&format!("<testsuite name='S'>{text}</testsuite>")), [wanted], "{text}");
    }
}

#[test]
fn reruns_of_surefire_and_nextest_are_attempts() {
    for (inner, status, raw, attempts) in [
        ("<flakyFailure/><flakyError/>", Passed, "flakyFailure", vec![Failed, Error, Passed]),
        ("<failure/><rerunFailure/><rerunError/>", Error, "rerunError", vec![Failed, Failed, Error]),
        // nextest lets a flaky case fail where it is told to.
        ("<failure/><flakyFailure/><flakyError/>", Failed, "failure", vec![Failed, Error, Failed]),
    ] {
        let case = case(&format!("<testcase name='a'>{inner}</testcase>"));
        assert_eq!(
            (case.status, case.raw_status.as_str(), case.attempts),
            (status, raw, attempts),
            "{inner}"
        );
    }
    let told = case(
        "<testcase name='a'><flakyFailure type='x.Wrong' message='sum'><stackTrace>x.Wrong: sum\n at b</stackTrace></flakyFailure></testcase>",
    );
    assert_eq!(told.message.as_deref(), Some("x.Wrong: sum\n at b"));
}

#[test]
fn a_case_that_stands_twice_has_attempts() {
    let one = "<testsuite name='S'><testcase name='a' time='1'><failure>no</failure></testcase></testsuite>";
    let two = "<testsuite name='S'><testcase name='a' time='2'/></testsuite>";
    let imported = import(&[one, two]);
    let case = &imported.cases[0];
    assert_eq!((case.status, case.attempts.as_slice()), (Passed, &[Failed, Passed][..]));
    assert_eq!((case.time, case.message.as_deref()), (Some(Seconds(2.0)), Some("no")));
    assert_eq!(imported.notes.len(), 1);
}

#[test]
fn several_failures_are_one_message() {
    let case = case(
        "<testcase name='a'><failure message='one'/><failure message='two' type='Wrong'>two\nat b</failure></testcase>",
    );
    assert_eq!(case.message.as_deref(), Some("one\n\nWrong: two\nat b"));
}

#[test]
fn a_reason_is_the_message_or_the_text() {
    for (inner, wanted) in [
        ("<skipped message='not in scope'>trace</skipped>", Some("not in scope")),
        ("<skipped>later</skipped>", Some("later")),
        ("<skipped/>", None),
    ] {
        assert_eq!(case(&format!("<testcase name='a'>{inner}</testcase>")).reason.as_deref(), wanted);
    }
}

#[test]
fn times_are_read_as_tools_write_them() {
    for (written, wanted) in [
        ("0.004", Some(0.004)),
        ("1,234.56", Some(1234.56)),
        ("1,234", Some(1234.0)),
        ("12,345,678.9", Some(12_345_678.9)),
        ("0,25", Some(0.25)),
        ("1,5", Some(1.5)),
        ("1.5E-2", Some(0.015)),
        ("-1", None),
        ("NaN", None),
        ("<<computed>>", None),
    ] {
        assert_eq!(seconds(written).map(|seconds| seconds.0), wanted, "{written}");
    }
}

#[test]
fn the_run_reaches_from_the_first_start_to_the_last_end() {
    let imported = import(&["<testsuites timestamp='2026-10-12T09:00:00+03:00' time='10'>\
         <testsuite timestamp='2026-10-12T09:00:05+03:00' time='1,000.2'/></testsuites>"]);
    assert_eq!(imported.started.as_deref(), Some("2026-10-12T09:00:00+03:00"));
    assert_eq!(imported.ended.as_deref(), Some("2026-10-12T09:16:46+03:00"));
    let imported = import(&["<testsuite timestamp='2026-10-12T09:00:00'><testcase name='a'/></testsuite>"]);
    assert_eq!((imported.started.as_deref(), imported.ended), (Some("2026-10-12T09:00:00"), None));
}

#[test]
fn an_id_comes_from_a_property_or_the_beginning_of_the_name() {
    let property = |name: &str, value: &str| {
        format!("<properties><property name='{name}' value='{value}'/></properties>")
    };
    for (name, inner, id, wanted) in [
        ("Sum", property("test_key", "BEN-142"), Some("BEN-142"), "Sum"),
        ("Sum", property("Test-ID", "C77"), Some("C77"), "Sum"),
        (
            "Sum",
            "<properties><property name='test_id'>C77</property></properties>".to_owned(),
            Some("C77"),
            "Sum",
        ),
        ("[BEN-142] Sum", String::new(), Some("BEN-142"), "Sum"),
        ("[BEN-142] Sum", property("test_key", "BEN-142"), Some("BEN-142"), "Sum"),
        ("[BEN-142] Sum", property("test_key", "BEN-1"), Some("BEN-1"), "[BEN-142] Sum"),
        ("UTF-8 is read", String::new(), None, "UTF-8 is read"),
        ("[slow] Sum", String::new(), None, "[slow] Sum"),
        ("sum [BEN-142]", String::new(), None, "sum [BEN-142]"),
        ("Sum", property("test_key", "BEN-1, BEN-2"), None, "Sum"),
    ] {
        let case = case(&format!("<testcase name='{name}'>{inner}</testcase>"));
        assert_eq!((case.id.as_deref(), case.name.as_str()), (id, wanted));
    }
}

#[test]
fn a_key_at_several_cases_is_no_id() {
    let found = |names: &[&str]| -> Vec<(Option<String>, String)> {
        let inner: String = names.iter().map(|name| format!("<testcase name='{name}'/>")).collect();
        cases(&inner).into_iter().map(|case| (case.id, case.name)).collect()
    };
    assert_eq!(
        found(&["[BEN-1] Sum", "[BEN-1] Letter"]),
        [(None, "[BEN-1] Sum".to_owned()), (None, "[BEN-1] Letter".to_owned()),]
    );
    // Parameters alone make no other case; the worst result counts.
    assert_eq!(
        found(&["[BEN-1] Sum [a]", "[BEN-1] Sum [b]"]),
        [(Some("BEN-1".to_owned()), "Sum [a]".to_owned())]
    );
}

#[test]
fn defects_come_from_properties() {
    let case = case(
        "<testcase name='a'><properties><property name='issue' value='https://jira.example.ee/browse/BEN-9'/>\
         <property name='defect' value='D-317; D-318'/></properties></testcase>",
    );
    assert_eq!(case.defects, ["BEN-9", "D-317", "D-318"]);
}

#[test]
fn attachments_are_named_in_output_and_properties() {
    let case = case(
        "<testcase name='a'><system-out>x\n[[ATTACHMENT|shots/a.png]]\n[[ATTACHMENT|shots/a.png]]</system-out>\
         <properties><property name='attachment' value='b.zip'/></properties>\
         <rerunFailure><system-err>[[ATTACHMENT|c.txt]]</system-err></rerunFailure></testcase>",
    );
    assert_eq!(case.attachments, ["b.zip", "shots/a.png", "c.txt"]);
}

#[test]
fn what_has_no_place_is_noted_once_a_file() {
    let found = notes(
        "<testsuite name='S'><properties><property name='os' value='linux'/></properties>\
         <testcase name='a' file='a.py' line='1'><steps/><system-out>x</system-out></testcase>\
         <testcase name='b' file='b.py'><properties><property name='browser' value='x'/></properties></testcase></testsuite>",
    );
    assert_eq!(
        found,
        [
            "a.xml: attributes of cases are left out: `file`, `line`",
            "a.xml: elements of cases are left out: `steps`",
            "a.xml: properties of cases are left out: `browser`",
            "a.xml: what suites say in properties is left out: 1",
            "a.xml: what cases and suites printed is left out: 1",
        ]
    );
}

#[test]
fn counters_that_are_wrong_are_noted_and_not_believed() {
    let wrong = "<testsuite name='S' tests='3' failures='' errors='x'><testcase name='a'><failure/></testcase></testsuite>";
    assert_eq!(
        notes(wrong),
        [
            "S: the counter `tests` says 3, the cases say 1; the cases count",
            "S: the counter `errors` is no number: `x`",
        ]
    );
    for right in [
        "<testsuite tests='2' failures='2'><testcase name='a'><failure/><failure/></testcase><testcase name='b'/></testsuite>",
        "<testsuite tests='2' failures='1'><testcase name='a'><error/></testcase><testcase name='b'/></testsuite>",
        "<testsuite tests='1' skipped='0' disabled='1'><testcase name='a' status='disabled'/></testsuite>",
        "<testsuite tests='1' failures='1'><testcase name='a'><failure/><rerunError/></testcase></testsuite>",
        "<testsuites tests='2'><testsuite tests='2'><testsuite tests='1'><testcase name='a'/></testsuite><testcase name='b'/></testsuite></testsuites>",
    ] {
        assert!(notes(right).is_empty(), "{right}");
    }
}

#[test]
fn another_format_is_named() {
    for (text, wanted) in [
        (
            "<catalog/>",
            "this is no JUnit: the outermost element is `catalog`, not `testsuites` or `testsuite`",
        ),
        (
            "<test-run/>",
            "this is no JUnit: the outermost element is `test-run`, not `testsuites` or `testsuite`; this is the format of NUnit, which can write JUnit too",
        ),
    ] {
        let wrong = read(&[ForeignFile { name: "a.xml", bytes: text.as_bytes() }]).expect_err("an error");
        assert_eq!((wrong.line, wrong.message.as_str()), (Some(1), wanted));
    }
}

#[test]
fn the_same_files_give_the_same_result() {
    let text = "<testsuite name='S'><testcase name='b'/><testcase name='a'><failure/></testcase></testsuite>";
    assert_eq!(import(&[text]), import(&[text]));
    let found: Vec<Status> = import(&[text]).cases.iter().map(|case| case.status).collect();
    assert_eq!(found, [Passed, Failed]);
}

#[test]
fn a_time_that_nothing_can_take_is_not_known() {
    let text =
        "<testsuite name='S'><testcase name='a' time='1e15'/><testcase name='b' time='2'/></testsuite>";
    let times: Vec<Option<Seconds>> = import(&[text]).cases.iter().map(|case| case.time).collect();
    assert_eq!(times, [None, Some(Seconds(2.0))]);
    assert_eq!(notes(text), ["S › a: the time `1e15` is longer than 10000 days, so it is not known"]);
}
