//! Pages stay small however much there is to show.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

/// The most that a page may weigh, in bytes.
const PAGE: u64 = 250_000;

fn put(root: &Path, path: &str, text: &str) {
    let full = root.join("content").join(path);
    fs::create_dir_all(full.parent().expect("a folder")).expect("made");
    fs::write(full, text).expect("written");
}

/// A run of `cases` cases, as wordy as results of machines are; `day` counts from the first of August.
fn run(cases: usize, day: usize, named: bool) -> String {
    let mut text = format!(
        "release: \"1\"\nenvironment: sit\nstarted: 2026-{:02}-{:02}T09:00\nended: 2026-{:02}-{:02}T17:00\nlevel: system\nresults:\n",
        8 + day / 28,
        1 + day % 28,
        8 + day / 28,
        1 + day % 28
    );
    for case in 0..cases {
        let status =
            ["passed", "failed", "error", "blocked", "skipped", "passed", "passed"][(case + day) % 7];
        let who = if named { format!("case: BEN-{case}, ") } else { String::new() };
        let _ = write!(
            text,
            "  - {{{who}title: \"The supplement for the child number {case} is in the sum of the month that follows the birth\", \
             suite: \"Payments › Supplements › Children of age {}\", status: {status}, time: 1.5",
            case % 40
        );
        if matches!(status, "failed" | "error") {
            let _ = write!(
                text,
                ", message: \"{}\"",
                "wanted 120.00 €, found 60.00 € at step 4 of 9; ".repeat(20)
            );
        }
        text.push_str("}\n");
    }
    text
}

/// One run of 10,000 cases, a series of 10 runs, 300 cases of the catalogue and 400 defects.
fn tree(root: &Path) {
    put(
        root,
        "portal.yaml",
        "title: Large\nlanguages: [en]\nproducts: {a: {title: A}}\nteams: {sit: {title: SIT}}\n",
    );
    put(
        root,
        "releases/1.yaml",
        "product: a\nstatus: in_test\ncontents: []\nschedule: {install: 2026-12-01T20:00}\n",
    );
    put(root, "environments/sit.yaml", "kind: test\n");
    let catalogue: String =
        (0..300).map(|case| format!("  - {{id: BEN-{case}, title: Case {case}}}\n")).collect();
    put(root, "cases/all.yaml", &format!("cases:\n{catalogue}"));
    put(root, "runs/1/large.yaml", &run(10_000, 70, false).replace("level:", "series: large\nlevel:"));
    for day in 0..10 {
        put(root, &format!("runs/1/sit-{day:02}.yaml"), &run(300, day, true));
    }
    for defect in 0..400 {
        let text = format!(
            "title: The letter number {defect} has no date and is sent to the former address of the applicant\n\
             status: open\nseverity: major\nteam: sit\naffects: [\"1\"]\n\
             found_in: {{environment: sit, run: 1/sit-01, case: BEN-{}}}\n",
            defect % 300
        );
        put(root, &format!("defects/D-{defect}.yaml"), &text);
    }
}

#[test]
fn no_page_grows_with_the_portal() {
    let project = tempfile::tempdir().expect("temporary folder");
    tree(project.path());
    let public = built(project.path());
    let heavy = heavy(&public);
    assert!(heavy.is_empty(), "{heavy:#?}");
    // A table in parts is whole in its file.
    let lines = |path: &str| fs::read_to_string(public.join(path)).expect(path).matches("\r\n").count();
    assert_eq!(lines("runs/1/large/cases.csv"), 10_001);
    assert_eq!(lines("runs/runs.csv"), 12);
}

/// Builds the portal at `root`; gives where it is.
fn built(root: &Path) -> PathBuf {
    let done = Command::new(env!("CARGO_BIN_EXE_juhend"))
        .args(["build", "--as-of", "2026-10-16", "--quiet"])
        .current_dir(root)
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    root.join("public")
}

/// The pages that weigh too much, with their bytes.
fn heavy(public: &Path) -> Vec<String> {
    WalkDir::new(public)
        .into_iter()
        .map(|entry| entry.expect("entry"))
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))
        .map(|entry| (entry.metadata().expect("metadata").len(), entry.path().to_owned()))
        .filter(|(length, _)| *length > PAGE)
        .map(|(length, path)| format!("{length} {}", path.strip_prefix(public).expect("below").display()))
        .collect()
}

/// A title that nobody wrote by hand.
fn endless(of: &str, words: usize) -> String {
    format!("{of} {}", "õige summa järgmisel kuul ".repeat(words))
}

/// Titles, names, suites, reasons and messages of 5,000 letters, some without a blank to break at.
#[test]
fn no_page_grows_with_its_texts() {
    let project = tempfile::tempdir().expect("temporary folder");
    let root = project.path();
    put(
        root,
        "portal.yaml",
        "title: Wordy\nlanguages: [en]\nproducts: {a: {title: A}}\nteams: {sit: {title: SIT}}\n",
    );
    put(
        root,
        "releases/1.yaml",
        &format!(
            "title: {}\nproduct: a\nstatus: in_test\ncontents: [{{ticket: T-1, title: {}}}]\nschedule: {{install: 2026-12-01T20:00}}\n",
            endless("Release", 200),
            endless("Ticket", 200)
        ),
    );
    put(root, "environments/sit.yaml", &format!("title: {}\nkind: test\n", "x".repeat(5_000)));
    let mut text = format!(
        "title: {}\nrelease: \"1\"\nenvironment: sit\nstarted: 2026-10-12T09:00\nlevel: system\nresults:\n",
        endless("Run", 200)
    );
    for case in 0..600 {
        let status = ["passed", "failed", "error", "blocked", "skipped"][case % 5];
        let title = if case % 7 == 0 {
            format!("{case}{}", "x".repeat(5_000))
        } else {
            endless(&format!("Case {case}"), 200)
        };
        let _ = writeln!(
            text,
            "  - {{title: \"{title}\", suite: \"{}\", status: {status}, reason: \"{}\", message: \"{}\", note: \"{}\"}}",
            endless(&format!("Suite {}", case % 40), 200),
            endless("Reason", 200),
            endless("Message", 400),
            endless("Note", 200)
        );
    }
    put(root, "runs/1/wordy.yaml", &text);
    for defect in 0..120 {
        let text = format!(
            "title: {}\nstatus: open\nseverity: major\nteam: sit\naffects: [\"1\"]\n\
             found_in: {{environment: sit, run: 1/wordy}}\n",
            endless(&format!("Defect {defect}"), 200)
        );
        put(root, &format!("defects/D-{defect}.yaml"), &text);
    }
    let public = built(root);
    let heavy = heavy(&public);
    assert!(heavy.is_empty(), "{heavy:#?}");
    // The whole title stands on the page of its own, and in the file beside the table.
    let read = |path: &str| fs::read_to_string(public.join(path)).expect(path);
    let title = endless("Defect 7", 200);
    assert!(read("defects/D-7/index.html").contains(title.trim_end()));
    assert!(!read("defects/index.html").contains(title.trim_end()));
    assert!(read("runs/1/wordy/cases.csv").contains(endless("Case 1", 200).trim_end()));
}
