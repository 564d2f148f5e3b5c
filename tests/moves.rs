//! Dates that move: `check --base` against a real Git repository, `check --published` against a built portal.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const RELEASE: &str = "product: a\nstatus: in_test\ncontents: []\nschedule:\n  decision: 2026-10-19T10:00\n  install: {from: 2026-10-19T20:00, until: 2026-10-19T23:00}\n";

fn write(root: &Path, path: &str, text: &str) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().expect("parent")).expect("folder");
    fs::write(full, text).expect("file");
}

fn portal(root: &Path) {
    write(root, "content/portal.yaml", "title: Portal\nproducts: {a: {}}\ntime_zone: Europe/Tallinn\n");
    write(root, "content/releases/1.yaml", RELEASE);
    write(root, "content/environments/uat.yaml", "kind: test\nclonings: [{id: c, from: 2026-11-06T18:00}]\n");
    write(root, "content/training/basics.md", "---\nsessions: [{at: 2026-10-21T10:00}]\n---\n# Basics\n");
}

fn juhend(root: &Path, arguments: &[&str]) -> Output {
    juhend_with(root, arguments, None)
}

fn juhend_with(root: &Path, arguments: &[&str], path: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_juhend"));
    command.arg("-C").arg(root).args(["--as-of", "2026-10-16", "--color", "never"]).args(arguments);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    command.output().expect("the program runs")
}

fn git(root: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "user.name=Portal", "-c", "user.email=portal@example.ee", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// A repository whose first commit, tagged `told`, holds the portal.
fn repository() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("temporary folder");
    portal(root.path());
    git(root.path(), &["init", "-q"]);
    git(root.path(), &["add", "."]);
    git(root.path(), &["commit", "-q", "-m", "Tell the dates"]);
    git(root.path(), &["tag", "told"]);
    root
}

fn move_install(root: &Path, changes: &str) {
    let moved = RELEASE.replace("2026-10-19T2", "2026-10-20T2");
    write(root, "content/releases/1.yaml", &format!("{moved}{changes}"));
}

#[test]
fn a_date_that_differs_from_the_base_is_told() {
    let root = repository();
    let root = root.path();
    let same = juhend(root, &["check", "--base", "told"]);
    assert_eq!(
        (same.status.code(), said(&same).contains("silent-move")),
        (Some(0), false),
        "{}",
        said(&same)
    );
    move_install(root, "");
    git(root, &["commit", "-q", "-a", "-m", "Move the install"]);
    let moved = juhend(root, &["check", "--base", "told"]);
    assert_eq!(moved.status.code(), Some(2));
    let text = said(&moved);
    assert!(
        text.contains(
            "content/releases/1.yaml:6:12: error[silent-move]: `install` was 2026-10-19T20:00 in the Git revision \
             `told`, is 2026-10-20T20:00 now, and no change is recorded"
        ),
        "{text}"
    );
    let line = "- {at: 2026-10-16, event: install, was: 2026-10-19T20:00, reason: WHY}";
    assert!(text.contains(line), "{text}");
    move_install(root, &format!("schedule_changes:\n  {line}\n"));
    let recorded = juhend(root, &["check", "--base", "told"]);
    assert_eq!(recorded.status.code(), Some(0), "{}", said(&recorded));
    write(root, "content/training/basics.md", "---\nsessions: [{at: 2026-10-21T11:00}]\n---\n# Basics\n");
    let session = juhend(root, &["check", "--base", "told"]);
    assert!(said(&session).contains("a session was to begin on 2026-10-21T10:00"), "{}", said(&session));
    let plain = juhend(root, &["check"]);
    assert_eq!(plain.status.code(), Some(0), "without a base nothing is compared: {}", said(&plain));
}

#[test]
fn a_revision_that_is_not_there_is_told() {
    let root = repository();
    for revision in ["nowhere", "--help", ""] {
        let argument = format!("--base={revision}");
        let output = juhend(root.path(), &["check", &argument]);
        assert_eq!(output.status.code(), Some(1), "{revision}");
        let start = format!("error: the Git revision `{revision}` cannot be read: ");
        assert!(said(&output).starts_with(&start), "{}", said(&output));
    }
}

#[test]
fn outside_a_repository_there_is_no_base() {
    let root = tempfile::tempdir().expect("temporary folder");
    portal(root.path());
    let output = juhend(root.path(), &["check", "--base", "main"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("the content is in no Git repository"), "{}", said(&output));
}

#[test]
fn without_git_what_is_left_out_is_told() {
    let root = repository();
    move_install(root.path(), "");
    let nothing = tempfile::tempdir().expect("temporary folder");
    let output = juhend_with(root.path(), &["check", "--base", "told"], Some(nothing.path()));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("warning: `git` is not installed, so dates are not compared with `told`"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_date_that_differs_from_the_published_portal_is_told() {
    let root = tempfile::tempdir().expect("temporary folder");
    let root = root.path();
    portal(root);
    let built = juhend(root, &["build", "-o", "public"]);
    assert!(built.status.success(), "{}", said(&built));
    for published in ["public", "public/api/schedule.json"] {
        let same = juhend(root, &["check", "--published", published]);
        assert_eq!(same.status.code(), Some(0), "{}", said(&same));
    }
    move_install(root, "");
    write(root, "content/environments/uat.yaml", "kind: test\nclonings: [{id: c, from: 2026-11-13T18:00}]\n");
    write(root, "content/training/basics.md", "---\nsessions: [{at: 2026-10-22T10:00}]\n---\n# Basics\n");
    let moved = juhend(root, &["check", "--published", "public"]);
    assert_eq!(moved.status.code(), Some(2));
    let text = said(&moved);
    for told in [
        "`install` was 2026-10-19T20:00 in the portal in `public`, is 2026-10-20T20:00 now",
        "`from` was 2026-11-06T18:00 in the portal in `public`, is 2026-11-13T18:00 now",
        "a session was to begin on 2026-10-21T10:00 in the portal in `public`, and none says now what became of it",
    ] {
        assert!(text.contains(told), "{text}");
    }
    let nowhere = juhend(root, &["check", "--published", "nowhere"]);
    assert_eq!(nowhere.status.code(), Some(1));
}
