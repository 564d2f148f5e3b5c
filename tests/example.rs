//! The example portal, which is also the product's handbook.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

mod portal;

use jiff::civil::Date;
use juhend::derive::basis::Basis;
use juhend::derive::defects::reporting_time::ReportingTime;
use juhend::derive::defects::{self, detail, leaks};
use juhend::derive::run::results::Results;
use juhend::derive::schedule::workdays::Workdays;
use juhend::derive::schedule::working_hours::WorkingTime;
use juhend::model::audience::Audience;
use juhend::model::defect::{Defect, Severity};
use juhend::model::records::Record;
use walkdir::WalkDir;

/// The example pins its own day; these differ in all else that a machine may differ in.
const MACHINES: [&[(&str, &str)]; 2] = [
    &[("TZ", "Pacific/Auckland"), ("LANG", "C"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "1")],
    &[
        ("TZ", "America/Los_Angeles"),
        ("LANG", "et_EE.UTF-8"),
        ("LC_ALL", "et_EE.UTF-8"),
        ("SOURCE_DATE_EPOCH", "0"),
    ],
];

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// Older versions of its guidance.
fn archive() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("archive")
}

fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.expect("entry");
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("folder");
        } else {
            fs::copy(entry.path(), &target).expect("file");
        }
    }
}

/// Every file of a built portal with its bytes.
fn files(public: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    WalkDir::new(public)
        .into_iter()
        .map(|entry| entry.expect("entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(public).expect("below").to_owned();
            (name, fs::read(entry.path()).expect("file"))
        })
        .collect()
}

/// Copies the example into a folder `name` of its own and builds it there with `jobs` threads.
fn build(name: &str, jobs: &str, machine: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
    let project = tempfile::tempdir().expect("temporary folder");
    let root = project.path().join(name);
    copy(&content(), &root.join("content"));
    copy(&archive(), &root.join("archive"));
    let output = Command::new(env!("CARGO_BIN_EXE_juhend"))
        .envs(machine.iter().copied())
        .current_dir(&root)
        .args(["build", "--jobs", jobs])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    files(&root.join("public"))
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let first = build("one", "1", MACHINES[0]);
    let second = build("another folder", "4", MACHINES[1]);
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    let differing: Vec<&PathBuf> =
        first.keys().filter(|name| first.get(*name) != second.get(*name)).collect();
    assert!(differing.is_empty(), "{differing:?}");
    assert!(first.len() > 100, "a whole portal was built: {} files", first.len());
}

/// Rules that the example breaks on purpose, where and why.
const ON_PURPOSE: &[(&str, &[&str], &str)] = &[
    ("guide-overdue", &["guides/"], "the page of reviews has something to show"),
    ("advice-unanswered", &["advice/bank-replies-weekend.md"], "a question that has waited too long"),
    (
        "training-older-than-guide",
        &["training/70-accessibility.md"],
        "a module that its guide has left behind",
    ),
    ("untriaged-failure", &["runs/2026.10/uat-02.yaml"], "a round under way, with a failure to look at"),
    (
        "defect-lacks-detail",
        &["defects/D-304.yaml", "defects/D-333.yaml", "defects/D-335.yaml"],
        "what has to be asked",
    ),
    (
        "known-leak",
        &["defects/D-291.yaml", "defects/D-292.yaml", "defects/D-300.yaml"],
        "leaks to mend or accept",
    ),
    ("case-without-result", &["releases/2026.10.yaml"], "a change that waits for its test data"),
    (
        "uat-not-ready",
        &["releases/2026.10.yaml"],
        "changes that went to testing before they were ready for it",
    ),
];

/// The example has no errors, and its warnings are part of its story.
#[test]
fn the_example_has_no_fault_but_those_of_its_story() {
    let output = Command::new(env!("CARGO_BIN_EXE_juhend"))
        .arg("-C")
        .arg(env!("CARGO_MANIFEST_DIR"))
        .args(["check", "--format", "json"])
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let faults: Vec<serde_json::Value> = serde_json::from_str(&said).expect("JSON");
    let is_on_purpose = |fault: &&serde_json::Value| {
        let path = fault["path"].as_str().unwrap_or_default();
        ON_PURPOSE.iter().any(|(rule, paths, _)| {
            fault["rule"] == *rule && paths.iter().any(|start| path.starts_with(&format!("content/{start}")))
        })
    };
    let others: Vec<_> = faults.iter().filter(|fault| !is_on_purpose(fault)).collect();
    assert!(others.is_empty(), "{others:#?}");
    let unmet: Vec<_> =
        ON_PURPOSE.iter().filter(|(rule, ..)| faults.iter().all(|fault| fault["rule"] != *rule)).collect();
    assert!(unmet.is_empty(), "not broken: {unmet:?}");
}

/// Counted by hand from the run files, the plan and the catalogue, following former ids: of the 352
/// planned cases 346 were executed, and each was held against its last executed result up to `sit-02`.
/// BEN-304, for one, was blocked in `sit-02` and had passed in `sit-01`: it regressed.
#[test]
fn the_third_cycle_of_the_october_release_is_compared_with_the_second() {
    let output = Command::new(env!("CARGO_BIN_EXE_juhend"))
        .arg("-C")
        .arg(env!("CARGO_MANIFEST_DIR"))
        .args(["compare", "2026.10/sit-03", "--format", "json"])
        .output()
        .expect("the program runs");
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&said["baseline"], &said["planned"]), (&"2026.10/sit-02".into(), &352.into()));
    let counts = [
        ("regressed", 2),
        ("new_failure", 0),
        ("still_failing", 4),
        ("fixed", 10),
        ("new_pass", 0),
        ("still_passing", 330),
        ("not_compared", 6),
        ("removed", 0),
    ];
    for (transition, wanted) in counts {
        assert_eq!(said["counts"][transition], wanted, "{transition}");
    }
    let cases = said["cases"].as_array().expect("cases");
    let of = |transition: &str| -> Vec<&str> {
        let cases = cases.iter().filter(|case| case["transition"] == transition);
        let mut ids: Vec<&str> = cases.filter_map(|case| case["id"].as_str()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(of("regressed"), ["BEN-304", "BEN-517"]);
    assert_eq!(of("still_failing"), ["BEN-148", "BEN-334", "BEN-377", "BEN-388"]);
    assert_eq!(
        of("fixed"),
        [
            "BEN-142", "BEN-143", "BEN-144", "BEN-145", "BEN-146", "BEN-147", "BEN-150", "BEN-263",
            "BEN-314", "BEN-429"
        ]
    );
    assert_eq!(of("not_compared"), ["BEN-418", "BEN-419", "BEN-431", "BEN-439", "BEN-515", "BEN-516"]);
}

fn ids(defects: &[&Record<Defect>]) -> Vec<String> {
    defects.iter().map(|defect| defect.id.clone()).collect()
}

/// Counted by hand from the defect files, without D-331, which is restricted. Both times are known of 26
/// of 28 defects; their 1755 minutes between 9:00 and 17:00 of workdays make a mean of 67.5, and the
/// thirteenth and fourteenth in order took 45 each.
#[test]
fn the_defects_of_the_example_add_up() {
    let site = portal::site(Audience::Internal);
    let basis = Basis { site: &site, results: &Results::of(&site), as_of: Date::constant(2026, 10, 16) };
    let open = defects::open(&basis);
    assert_eq!(
        Severity::ALL.iter().map(|severity| open.of_severity(*severity)).collect::<Vec<_>>(),
        [1, 3, 5, 1]
    );
    assert_eq!(ids(&open.deferred), ["D-291", "D-300", "D-321"]);
    let days = |id: &str| defects::age(site.defects.get(id).expect("the defect"), &site.zone, basis.as_of);
    assert_eq!((days("D-292"), days("D-298"), days("D-317")), (Some(66), Some(37), Some(4)));
    let october = defects::open_of(&basis, "2026.10");
    assert_eq!(ids(&october.open), ["D-292", "D-304", "D-317", "D-324", "D-328", "D-333", "D-335"]);
    assert_eq!(ids(&october.deferred), ["D-291", "D-300", "D-321"]);
    let all = site.defects.iter().map(|defect| &defect.value);
    let times = ReportingTime::of(all, &site.zone, Workdays::of(&site.portal));
    assert_eq!((times.known(), times.all()), (26, 28));
    let minutes = |time: Option<WorkingTime>| time.map(|time| time.seconds / 60);
    assert_eq!((minutes(times.mean()), minutes(times.median())), (Some(68), Some(45)));
    let scores = ["D-302", "D-304", "D-326", "D-333", "D-335"];
    let of = |id: &&str| detail::score(site.defects.get(id).expect("the defect"));
    assert_eq!(scores.iter().map(of).collect::<Vec<_>>(), [6, 7, 9, 5, 9]);
}

/// Read off by hand: D-298 was waived when 2026.09 was installed, D-299 closed the day before, D-301 and
/// D-320 were found in production.
#[test]
fn the_leaks_of_the_example_are_known() {
    let site = portal::site(Audience::Internal);
    let basis = Basis { site: &site, results: &Results::of(&site), as_of: Date::constant(2026, 10, 16) };
    let of = |release: &str| {
        let leaks = leaks::of_release(&basis, site.releases.get(release).expect("the release"))?;
        Some((ids(&leaks.known), ids(&leaks.unknown)))
    };
    let known = |ids: &[&str]| Some((ids.iter().map(|id| (*id).to_owned()).collect(), Vec::new()));
    assert_eq!(of("2026.08"), known(&["D-291", "D-292"]));
    assert_eq!(of("2026.09"), known(&["D-291", "D-292", "D-300"]));
    assert_eq!(of("2026.09.1"), known(&["D-291", "D-300"]));
    assert_eq!(of("permits-3.3"), known(&[]));
    assert_eq!(of("2026.10"), None, "not installed");
    assert_eq!(ids(&leaks::leaked(&basis)), ["D-291", "D-292", "D-300"]);
}
