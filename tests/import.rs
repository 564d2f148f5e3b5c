//! `juhend import` as its users meet it.

use std::io::Write;
use std::path::Path;

mod program;

use program::{Ran, juhend, told};
use tempfile::TempDir;

/// Runs `juhend import junit …` in `folder`, for the release and environment of [`portal`].
fn import(folder: &Path, args: &[&str]) -> Ran {
    let given = ["import", "junit", "--release", "2026.10", "--environment", "preprod"];
    juhend(folder, &[&given, args].concat())
}

fn put(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    program::put(folder.join(path), text);
}

fn read(folder: &Path, path: &str) -> String {
    program::read(folder.join(path))
}

/// A portal with a release, an environment, a case and a defect.
fn portal() -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path();
    put(path, "content/portal.yaml", "title: Portal\nproducts: {pay: {title: Pay}}\nas_of: 2026-10-16\n");
    put(
        path,
        "content/releases/2026.10.yaml",
        "product: pay\nbuild: rc1\ncontents: []\nschedule: {freeze: 2026-10-07, test_start: 2026-10-12, \
         test_deadline: 2026-10-15, report_due: 2026-10-16, decision: 2026-10-19, install: 2026-10-20}\n",
    );
    put(path, "content/environments/preprod.yaml", "kind: preproduction\nproduct: pay\n");
    put(path, "content/cases/pay.yaml", "cases: [{id: BEN-142, title: Sum}]\n");
    put(
        path,
        "content/defects/D-317.yaml",
        "title: Wrong sum\nstatus: open\nseverity: minor\nticket: BEN-2301\naffects: [\"2026.10\"]\n",
    );
    put(path, "report.xml", REPORT);
    folder
}

const REPORT: &str = r#"<testsuite name="Pay" tests="3" timestamp="2026-10-12T09:00:00+03:00" time="61">
<testcase name="[BEN-142] Sum" time="2">
  <failure message="60 is not 120">login with password=Kevad2026 of 37001010029</failure>
  <system-out>[[ATTACHMENT|shots/sum.png]] [[ATTACHMENT|gone.png]]</system-out>
  <properties><property name="issue" value="BEN-2301"/></properties>
</testcase>
<testcase name="[BEN-999] Letter"/>
<testcase name="Old browser"><skipped message="not in scope"/></testcase>
</testsuite>"#;

#[test]
fn a_file_becomes_a_run_as_a_person_would_write_it() {
    let folder = portal();
    let path = folder.path();
    put(path, "shots/sum.png", "PNG");
    let ran = import(path, &["report.xml", "--title", "SIT: cycle 3", "--level", "system"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "content/runs/2026.10/report-01.yaml\n"), "{}", ran.err);
    assert_eq!(
        read(path, "content/runs/2026.10/report-01.yaml"),
        r#"# Imported from report (junit).
title: "SIT: cycle 3"
release: "2026.10"
environment: preprod
started: 2026-10-12T09:00
ended: 2026-10-12T09:01:01
level: system
results:
  - case: BEN-142
    title: Sum
    suite: Pay
    status: failed
    raw_status: failure
    time: 2s
    defects: [D-317]
    message: |-
      60 is not 120
      login with password=*** of ***
    attachments: [report-01/sum.png]
  - {title: "[BEN-999] Letter", suite: Pay, status: passed, raw_status: passed}
  - {title: Old browser, suite: Pay, status: skipped, raw_status: skipped, reason: not in scope}
"#
    );
    assert_eq!(read(path, "content/runs/2026.10/report-01/sum.png"), "PNG");
    for told in [
        "wrote `content/runs/2026.10/report-01.yaml`",
        "3 cases: 1 passed, 1 failed, 1 skipped",
        "masked: 1 personal code, 1 password",
        "copied 1 attachment into `report-01/`",
        "the attachment `gone.png` is not beside the result file",
        "the catalogue has no case `BEN-999`",
        "1 of 3 results has an id that the catalogue lacks",
        "1 of 3 results has no id",
        "give the 1 failure a `triage`",
    ] {
        assert!(ran.err.contains(told), "{told}\n{}", ran.err);
    }
    let checked = juhend(path, &["check"]);
    assert!(!checked.err.contains("error"), "{}", checked.err);
}

#[test]
fn the_same_file_again_changes_nothing_and_another_one_gets_the_next_number() {
    let folder = portal();
    let path = folder.path();
    for _ in 0..2 {
        let ran = import(path, &["report.xml"]);
        assert_eq!((ran.code, ran.out.as_str()), (0, "content/runs/2026.10/report-01.yaml\n"), "{}", ran.err);
    }
    let run = "content/runs/2026.10/report-01.yaml";
    let edited = read(path, run).replace("    time: 2s\n", "    time: 2s\n    triage: product   # by hand\n");
    put(path, run, &edited);
    let ran = import(path, &["report.xml"]);
    assert!(ran.err.contains("has these results already; nothing was written"), "{}", ran.err);
    assert_eq!(read(path, run), edited);
    put(path, "report.xml", REPORT.replace("2026-10-12T09", "2026-10-13T09"));
    assert_eq!(import(path, &["report.xml"]).out, "content/runs/2026.10/report-02.yaml\n");
}

#[test]
fn imports_at_the_same_time_lose_no_run() {
    let folder = portal();
    let path = folder.path();
    let number = 6;
    for each in 0..number {
        put(
            path,
            &format!("{each}/report.xml"),
            REPORT.replace("2026-10-12T09", &format!("2026-10-12T1{each}")),
        );
    }
    std::thread::scope(|scope| {
        for each in 0..number {
            scope.spawn(move || {
                let ran = import(path, &[&format!("{each}/report.xml")]);
                assert_eq!(ran.code, 0, "{}", ran.err);
            });
        }
    });
    let mut hours: Vec<String> = (1..=number)
        .map(|at| read(path, &format!("content/runs/2026.10/report-0{at}.yaml")))
        .filter_map(|run| run.lines().find(|line| line.starts_with("started:")).map(str::to_owned))
        .collect();
    hours.sort();
    hours.dedup();
    assert_eq!(hours.len(), number, "{hours:?}");
}

#[test]
fn a_run_goes_to_the_folder_of_runs_and_of_its_release() {
    let folder = portal();
    let path = folder.path();
    for into in ["defects/D-9.yaml", "content/defects/D-9.yaml", "decisions/x"] {
        let ran = import(path, &["report.xml", "--into", into]);
        assert!(ran.code == 1 && ran.err.contains("is no run"), "{into}: {}", ran.err);
    }
    assert!(!path.join("content/runs").exists());
    for (into, is_noted) in [("2027.1/x", true), ("runs/2026.10/x.yaml", false), ("runs/defects/x", true)] {
        let ran = import(path, &["report.xml", "--into", into]);
        assert_eq!(ran.code, 0, "{into}: {}", ran.err);
        assert_eq!(ran.err.contains("not in the folder `runs/2026.10/`"), is_noted, "{into}: {}", ran.err);
    }
}

#[test]
fn cases_that_a_suite_promises_and_does_not_hold_are_not_run() {
    let folder = portal();
    let path = folder.path();
    let suite = |tests: &str| {
        format!(
            "<testsuites tests='{tests}' timestamp='2026-10-12T09:00:00'><testsuite name='S' tests='4'>\
                 <testcase name='a'/><testcase name='b'/></testsuite><testsuite name='T' tests='1'>\
                 <testcase name='c'/></testsuite></testsuites>"
        )
    };
    // The suite `S` misses two; the whole says so too, or says of one more, or says nothing.
    for (name, tests, planned) in [("a", "5", 5), ("b", "6", 6), ("c", "", 5)] {
        put(path, "short.xml", suite(tests));
        let ran = import(
            path,
            &["short.xml", "--started", "2026-10-12T09:00", "--into", &format!("2026.10/{name}")],
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains("the counter `tests` says 4, the cases say 2"), "{}", ran.err);
        let run = read(path, &format!("content/runs/2026.10/{name}.yaml"));
        assert!(run.contains(&format!("\nplanned: {planned}\nresults:\n")), "{run}");
    }
    let out = juhend(path, &["export", "2026.10/b", "--format", "json"]).out;
    assert!(out.replace(' ', "").contains("\"not_run\":3"), "{out}");
    // A file that holds what it says plans nothing.
    import(path, &["report.xml"]);
    assert!(!read(path, "content/runs/2026.10/report-01.yaml").contains("planned:"));
}

#[test]
fn new_results_are_merged_only_if_that_is_wanted() {
    let folder = portal();
    let path = folder.path();
    let into = ["report.xml", "--into", "runs/2026.10/sit-04.yaml"];
    assert_eq!(import(path, &into).code, 0);
    let run = "content/runs/2026.10/sit-04.yaml";
    put(
        path,
        run,
        read(path, run)
            .replace("# Imported", "# Ours.\n# Imported")
            .replace("    time: 2s\n", "    time: 2s\n    triage: product\n"),
    );
    let rerun = "<testsuite name='Pay' timestamp='2026-10-12T11:00:00+03:00' time='60'><testcase name='[BEN-142] Sum' time='3'/></testsuite>";
    put(path, "report.xml", rerun);
    let before = read(path, run);
    let refused = import(path, &into);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("is there already and has other results") && refused.err.contains("--merge"),
        "{}",
        refused.err
    );
    assert_eq!(read(path, run), before);
    let merged = import(path, &[&into[..], &["--merge"]].concat());
    assert_eq!(merged.code, 0, "{}", merged.err);
    assert!(merged.err.contains("0 cases new, 1 updated"), "{}", merged.err);
    let after = read(path, run);
    for kept in [
        "# Ours.\n",
        "    triage: product\n",
        "    attempts: [failed, passed]\n",
        "    defects: [D-317]\n",
        "ended: 2026-10-12T11:01\n",
    ] {
        assert!(after.contains(kept), "{kept}\n{after}");
    }
    let again = import(path, &[&into[..], &["--merge"]].concat());
    assert!(again.err.contains("has these results already"), "{}", again.err);
    assert_eq!(read(path, run), after);
    let other =
        juhend(path, &["import", "junit", "--release", "2026.10", "--environment", "prepord", "report.xml"]);
    assert!(other.code == 1 && other.err.contains("did you mean `preprod`?"), "{}", other.err);
}

#[test]
fn standard_input_and_compressed_files_are_read() {
    let folder = portal();
    let path = folder.path();
    let args = ["import", "junit", "-", "--release", "2026.10", "--environment", "preprod"];
    let piped = told(path, &args, REPORT);
    assert_eq!(piped.out, "content/runs/2026.10/junit-01.yaml\n", "{}", piped.err);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(REPORT.as_bytes()).expect("memory");
    put(path, "night.xml.gz", packed.finish().expect("memory"));
    assert_eq!(import(path, &["night.xml.gz"]).out, "content/runs/2026.10/night-01.yaml\n");
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_leaves_nothing() {
    let folder = portal();
    let path = folder.path();
    put(path, "broken.xml", "<testsuite>\n<testcase name='a'>");
    put(path, "empty.xml", "<testsuites/>");
    put(path, "timeless.xml", "<testsuite><testcase name='a'/></testsuite>");
    for (files, told) in [
        (
            &["broken.xml"][..],
            "error: broken.xml:2:20: it was cut off: `<testcase>` of line 2 is never closed",
        ),
        (&["report.xml", "broken.xml"], "error: broken.xml:2:20: it was cut off"),
        (&["empty.xml"], "error: the files hold no test case"),
        (&["timeless.xml"], "error: no file says when the run began"),
        (&["gone.xml"], "error: `gone.xml` cannot be read"),
        (&["content"], "error: `content` is a folder, and `junit` is read from files"),
    ] {
        let ran = import(path, files);
        assert!(ran.code == 1 && ran.err.contains(told), "{files:?}\n{}", ran.err);
    }
    assert!(!path.join("content/runs").exists());
    let ran = import(path, &["timeless.xml", "--started", "2026-10-12T09:00"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(read(path, "content/runs/2026.10/timeless-01.yaml").contains("ended: 2026-10-12T09:00\n"));
}
