//! Content trees beside what the program says of them.
//!
//! Each folder of `tests/golden/` is a project. `faults.txt` is what `check` prints of it, `pages/` holds
//! the main part of pages that `build` makes of it, and `files.txt` all their names. What a repository cannot hold (links, names that
//! some system refuses) is made by the functions of [`MADE`]. `UPDATE_GOLDEN=1 cargo test --test golden`
//! writes the expectations anew; the difference is then read like any other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rayon::prelude::*;

/// The day of all expectations.
const DAY: &str = "2026-10-16";

/// Rules that no small tree can break, and why.
const NOT_SHOWN: [(&str, &str); 8] = [
    ("dead-outside-link", "needs the web; tests/permanence.rs makes one"),
    ("file-too-large", "needs a text of 64 MB; tested where files are read"),
    ("submodule", "needs a version in a Git repository; tested where revisions are read"),
    ("silent-move", "needs something to compare with; tests/moves.rs makes it"),
    ("vanished-address", "needs something to compare with; tests/permanence.rs makes it"),
    ("vanished-anchor", "needs something to compare with, too"),
    ("undated-page", "is for the public audience; these trees are read for all"),
    ("unwritable-address", "stands behind address-conflict and case-collision, which speak first"),
];

/// Fills a content folder.
type Make = fn(&Path);

/// Trees that are made when the test runs.
#[cfg(target_os = "linux")]
const MADE: [(&str, Make); 7] = [
    ("case-collision", |content| {
        write(content, "guides/Login.md", b"A");
        write(content, "guides/login.md", b"B");
        write(content, "guides/o\u{303}pe.md", b"C");
        write(content, "guides/õpe.md", b"D");
    }),
    ("odd-file-name", |content| {
        write(content, "guides/con.md", b"A");
        write(content, "guides/a\\b.md", b"B");
    }),
    ("named-pipe", |content| {
        write(content, "index.md", b"[Pipe](pipe.md)\n");
        let made = Command::new("mkfifo").arg(content.join("pipe.md")).status();
        assert!(made.expect("mkfifo").success());
    }),
    ("symlinks-in-a-ring", |content| {
        link("b.md", &content.join("a.md"));
        link("a.md", &content.join("b.md"));
        link("/dev/zero", &content.join("zero.md"));
    }),
    ("symlink-loop", |content| {
        write(content, "guides/a.md", b"A");
        link("..", &content.join("guides/up"));
    }),
    ("symlink-out-of-tree", |content| {
        write(content, "../secret.md", b"Secret.");
        link("../secret.md", &content.join("secret.md"));
        write(content, "index.md", b"[Secret](secret.md)\n");
    }),
    ("unreadable-file", |content| {
        write(content, "index.md", b"[Lost](lost.md)\n");
        link("nowhere.md", &content.join("lost.md"));
    }),
];

#[cfg(not(target_os = "linux"))]
const MADE: [(&str, Make); 0] = [];

fn write(content: &Path, path: &str, bytes: &[u8]) {
    let full = content.join(path);
    fs::create_dir_all(full.parent().expect("parent")).expect("folder");
    fs::write(full, bytes).expect("file");
}

#[cfg(target_os = "linux")]
fn link(target: &str, at: &Path) {
    std::os::unix::fs::symlink(target, at).expect("link");
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The folders of `tests/golden/`, sorted.
fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(golden())
        .expect("the golden folder")
        .map(|entry| entry.expect("entry").path())
        .collect();
    cases.sort();
    cases
}

fn juhend(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_juhend"))
        .arg("-C")
        .arg(root)
        .args(["--as-of", DAY, "--color", "never", "--quiet"])
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// What `check` says of the project at `root`.
fn faults(root: &Path) -> String {
    let output = juhend(root, &["check", "--audience", "restricted"]);
    let said = String::from_utf8(output.stderr).expect("faults are UTF-8");
    let expected = if said.contains("error[") { 2 } else { 0 };
    assert_eq!(output.status.code(), Some(expected), "{}: {said}", root.display());
    said
}

/// Compares, or writes the expectation anew; gives what differs.
fn compare(expectation: &Path, found: &str) -> Option<String> {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(expectation.parent().expect("parent")).expect("folder");
        fs::write(expectation, found).expect("expectation");
        return None;
    }
    let wanted = fs::read_to_string(expectation).unwrap_or_default();
    (wanted != found).then(|| {
        format!(
            "--- {}\n{wanted}+++ found\n{found}",
            expectation.strip_prefix(golden()).unwrap_or(expectation).display()
        )
    })
}

fn assert_same(differences: &[String]) {
    assert!(
        differences.is_empty(),
        "{}\n(UPDATE_GOLDEN=1 writes the expectations anew)",
        differences.join("\n")
    );
}

#[test]
fn faults_are_told_as_expected() {
    let differences: Vec<String> = cases()
        .par_iter()
        .filter(|case| case.join("content").is_dir())
        .filter_map(|case| compare(&case.join("faults.txt"), &faults(case)))
        .collect();
    assert_same(&differences);
}

#[test]
fn faults_of_odd_trees_are_told_as_expected() {
    let differences: Vec<String> = MADE
        .par_iter()
        .filter_map(|(name, make)| {
            let project = tempfile::tempdir().expect("temporary folder");
            let content = project.path().join("content");
            fs::create_dir(&content).expect("content folder");
            make(&content);
            compare(&golden().join(name).join("faults.txt"), &faults(project.path()))
        })
        .collect();
    assert_same(&differences);
}

#[test]
fn pages_are_made_as_expected() {
    let differences: Vec<String> =
        cases().par_iter().filter(|case| case.join("pages").is_dir()).flat_map(|case| pages(case)).collect();
    assert_same(&differences);
}

/// Builds the project `case` and compares each page that `pages/` names, and the list of all files.
fn pages(case: &Path) -> Vec<String> {
    let built = tempfile::tempdir().expect("temporary folder");
    let public = built.path().join("public");
    let target = public.to_str().expect("a path in UTF-8");
    let output = juhend(case, &["build", "--audience", "restricted", "-o", target]);
    assert!(output.status.success(), "{}: {}", case.display(), String::from_utf8_lossy(&output.stderr));
    let names: Vec<String> = files_below(&public)
        .iter()
        .map(|file| file.strip_prefix(&public).expect("below public").display().to_string())
        .filter(|name| !name.starts_with('.') && !name.starts_with("assets/"))
        .collect();
    let listed = compare(&case.join("files.txt"), &(names.join("\n") + "\n"));
    let differing = files_below(&case.join("pages"));
    let differing = differing.iter().filter_map(|expectation| {
        let path = expectation.strip_prefix(case.join("pages")).expect("below pages");
        let page = fs::read_to_string(public.join(path))
            .unwrap_or_else(|error| panic!("{} of {}: {error}", path.display(), case.display()));
        compare(expectation, &main_part(&page))
    });
    listed.into_iter().chain(differing).collect()
}

/// What stands between `<main` and `</main>`, and the marking or the banner above it: the frame around it is the
/// same for all pages and has its own tests. Hashes in the names of assets change with every change of the theme and are left out.
fn main_part(page: &str) -> String {
    let marking = page.find("<div class=\"stamp\"");
    let banner = page.find("<div class=\"banner");
    let start = marking.or(banner).or_else(|| page.find("<main")).unwrap_or(0);
    let end = page.find("</main>").map_or(page.len(), |end| end + "</main>".len());
    without_hashes(&page[start..end]) + "\n"
}

/// `icons.0123456789.svg` as `icons.svg`.
fn without_hashes(text: &str) -> String {
    let is_hash = |part: &str| part.len() == 10 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut parts = text.split('.');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts.filter(|part| !is_hash(part)) {
        kept.push('.');
        kept.push_str(part);
    }
    kept
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    files
}

#[test]
fn every_rule_is_shown_in_some_tree() {
    let told: String =
        cases().iter().map(|case| fs::read_to_string(case.join("faults.txt")).unwrap_or_default()).collect();
    let missing: BTreeSet<&str> = juhend::check::rules()
        .map(|rule| rule.name)
        .filter(|name| !told.contains(&format!("[{name}]")))
        .filter(|name| !NOT_SHOWN.iter().any(|(rule, _)| rule == name))
        .collect();
    assert_eq!(missing, BTreeSet::new(), "a tree of tests/golden should break these");
    for (rule, _) in NOT_SHOWN {
        assert!(!told.contains(&format!("[{rule}]")), "{rule} is shown by now");
    }
}

#[test]
fn the_printed_place_is_the_one_a_program_gets() {
    let case = golden().join("unknown-references");
    let output = juhend(&case, &["check", "--format", "json"]);
    let faults: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let printed = fs::read_to_string(case.join("faults.txt")).expect("expectation");
    for fault in faults.as_array().expect("an array") {
        let field = |name: &str| fault[name].as_str().unwrap_or_default().to_owned();
        let line = format!(
            "{}:{}:{}: {}[{}]: {}\n",
            field("path"),
            fault["line"],
            fault["column"],
            field("level"),
            field("rule"),
            field("message")
        );
        assert!(printed.contains(&line), "{line}");
    }
}
