//! Dates that move: `check --base` against a real Git repository, `check --published` against a built portal.

use std::path::Path;

mod program;

use program::{dated, dated_among, git, put};

const RELEASE: &str = "product: a\nstatus: in_test\ncontents: []\nschedule:\n  decision: 2026-10-19T10:00\n  install: {from: 2026-10-19T20:00, until: 2026-10-19T23:00}\n";

fn portal(root: &Path) {
    put(root.join("content/portal.yaml"), "title: Portal\nproducts: {a: {}}\ntime_zone: Europe/Tallinn\n");
    put(root.join("content/releases/1.yaml"), RELEASE);
    put(
        root.join("content/environments/uat.yaml"),
        "kind: test\nclonings: [{id: c, from: 2026-11-06T18:00}]\n",
    );
    put(root.join("content/training/basics.md"), "---\nsessions: [{at: 2026-10-21T10:00}]\n---\n# Basics\n");
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
    put(root.join("content/releases/1.yaml"), format!("{moved}{changes}"));
}

#[test]
fn a_date_that_differs_from_the_base_is_told() {
    let root = repository();
    let root = root.path();
    let same = dated(root, &["check", "--base", "told"]);
    assert_eq!((same.code, same.err.contains("silent-move")), (0, false), "{}", same.err);
    move_install(root, "");
    git(root, &["commit", "-q", "-a", "-m", "Move the install"]);
    let moved = dated(root, &["check", "--base", "told"]);
    assert_eq!(moved.code, 2);
    let text = moved.err;
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
    let recorded = dated(root, &["check", "--base", "told"]);
    assert_eq!(recorded.code, 0, "{}", recorded.err);
    put(root.join("content/training/basics.md"), "---\nsessions: [{at: 2026-10-21T11:00}]\n---\n# Basics\n");
    let session = dated(root, &["check", "--base", "told"]);
    assert!(session.err.contains("a session was to begin on 2026-10-21T10:00"), "{}", session.err);
    let plain = dated(root, &["check"]);
    assert_eq!(plain.code, 0, "without a base nothing is compared: {}", plain.err);
}

#[test]
fn a_revision_that_is_not_there_is_told() {
    let root = repository();
    for revision in ["nowhere", "--help", ""] {
        let argument = format!("--base={revision}");
        let output = dated(root.path(), &["check", &argument]);
        assert_eq!(output.code, 1, "{revision}");
        let start = format!("error: the Git revision `{revision}` cannot be read: ");
        assert!(output.err.starts_with(&start), "{}", output.err);
    }
}

#[test]
fn outside_a_repository_there_is_no_base() {
    let root = tempfile::tempdir().expect("temporary folder");
    portal(root.path());
    let output = dated(root.path(), &["check", "--base", "main"]);
    assert_eq!(output.code, 1);
    assert!(output.err.contains("the content is in no Git repository"), "{}", output.err);
}

#[test]
fn without_git_what_is_left_out_is_told() {
    let root = repository();
    move_install(root.path(), "");
    let nothing = tempfile::tempdir().expect("temporary folder");
    let output = dated_among(nothing.path(), root.path(), &["check", "--base", "told"]);
    assert_eq!(output.code, 0, "{}", output.err);
    assert!(
        output.err.contains("warning: `git` is not installed, so dates are not compared with `told`"),
        "{}",
        output.err
    );
}

#[test]
fn a_date_that_differs_from_the_published_portal_is_told() {
    let root = tempfile::tempdir().expect("temporary folder");
    let root = root.path();
    portal(root);
    let built = dated(root, &["build", "-o", "public"]);
    built.fine();
    for published in ["public", "public/api/schedule.json"] {
        let same = dated(root, &["check", "--published", published]);
        assert_eq!(same.code, 0, "{}", same.err);
    }
    move_install(root, "");
    put(
        root.join("content/environments/uat.yaml"),
        "kind: test\nclonings: [{id: c, from: 2026-11-13T18:00}]\n",
    );
    put(root.join("content/training/basics.md"), "---\nsessions: [{at: 2026-10-22T10:00}]\n---\n# Basics\n");
    let moved = dated(root, &["check", "--published", "public"]);
    assert_eq!(moved.code, 2);
    let text = moved.err;
    for told in [
        "`install` was 2026-10-19T20:00 in the portal in `public`, is 2026-10-20T20:00 now",
        "`from` was 2026-11-06T18:00 in the portal in `public`, is 2026-11-13T18:00 now",
        "a session was to begin on 2026-10-21T10:00 in the portal in `public`, and none says now what became of it",
    ] {
        assert!(text.contains(told), "{text}");
    }
    let nowhere = dated(root, &["check", "--published", "nowhere"]);
    assert_eq!(nowhere.code, 1);
}
