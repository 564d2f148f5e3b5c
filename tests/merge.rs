//! `juhend build --shard` and `juhend merge`: parts that were made apart are the whole, and nothing else passes for it.

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use program::{Ran, dated, juhend, put, read};
use tempfile::TempDir;

/// A folder that has something of every kind, and one of versions and media.
const TREES: [(&str, &[&str]); 2] = [("every-kind", &[]), ("versions", &["--compress"])];

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn build(root: &Path, target: &Path, more: &[&str]) -> Ran {
    let args = ["build", "-q", "--audience", "restricted", "-o", text(target)];
    dated(root, &[&args, more].concat())
}

/// Every file below `root` by its path, the builder's marker among them.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("readable"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| text(path.strip_prefix(root).expect("below")).to_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).expect("readable"))).collect()
}

/// The parts of the portal at `root`, built into folders `1` to `of` below `out`.
fn parts(root: &Path, out: &Path, of: usize, more: &[&str]) -> Vec<String> {
    let part = |number: usize| {
        let target = out.join(format!("{of}-{number}"));
        build(root, &target, &[&["--shard", &format!("{number}/{of}")], more].concat()).fine();
        text(&target).to_owned()
    };
    (1..=of).map(part).collect()
}

fn merge(parts: &[String], target: &Path) -> Ran {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    juhend(target.parent().expect("a folder"), &[&["merge", "-o", text(target)], &parts[..]].concat())
}

#[test]
fn parts_joined_equal_the_whole_byte_for_byte() {
    for (name, more) in TREES {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        let out = tempfile::tempdir().expect("temporary folder");
        let (whole, merged) = (out.path().join("whole"), out.path().join("merged"));
        build(&root, &whole, more).fine();
        let wanted = files(&whole);
        for of in [1, 3, 8] {
            let mut parts = parts(&root, out.path(), of, more);
            let sizes: Vec<usize> = parts.iter().map(|part| files(Path::new(part)).len()).collect();
            assert!(
                sizes.iter().all(|size| *size > 2 && size / 2 < wanted.len() / of + 2),
                "{name}: {sizes:?}"
            );
            parts.reverse();
            merge(&parts, &merged).fine();
            let found = files(&merged);
            let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
            assert_eq!(paths(&found), paths(&wanted), "{name} in {of} parts");
            for (path, bytes) in &wanted {
                assert!(found.get(path) == Some(bytes), "{name} in {of} parts: {path}");
            }
        }
    }
}

fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    put(folder.path().join("content/portal.yaml"), "title: Test\nlanguages: [en]\n");
    for name in ["a", "b", "c", "d"] {
        put(folder.path().join(format!("content/guides/{name}.md")), format!("# {name}\n\nText.\n"));
    }
    folder
}

#[test]
fn what_is_no_whole_is_refused_and_nothing_is_written() {
    let folder = project();
    let root = folder.path();
    let parts = parts(root, root, 3, &[]);
    let target = root.join("merged");
    let refused = |parts: &[&String], code: i32, message: &str| {
        let parts: Vec<String> = parts.iter().map(|part| (*part).clone()).collect();
        let ran = merge(&parts, &target);
        assert_eq!(ran.code, code, "{}", ran.err);
        assert!(ran.err.contains(message), "{message}: {}", ran.err);
        assert!(!target.exists());
    };
    let [one, two, three] = &parts[..] else { panic!("three parts") };
    refused(&[one, three], 1, "part 2 of 3 is missing");
    refused(&[one, two, three, two], 1, "are both part 2 of 3");
    let whole = text(&root.join("whole")).to_owned();
    build(root, Path::new(&whole), &[]).fine();
    refused(&[one, two, &whole], 1, "is a whole portal and no part");

    // Another day, other content and another way to build.
    let other = root.join("other");
    let other_text = text(&other).to_owned();
    let shard = ["--shard", "3/3"];
    let tomorrow = ["--as-of", "2026-10-17", "build", "-q", "--audience", "restricted", "-o", &other_text];
    juhend(root, &[&tomorrow[..], &shard].concat()).fine();
    refused(&[one, two, &other_text], 1, "differ in the day");
    build(root, &other, &[&shard[..], &["--integrity"]].concat()).fine();
    refused(&[one, two, &other_text], 1, "are parts of different portals");
    put(root.join("content/guides/b.md"), "# b\n\nAnother text.\n");
    build(root, &other, &shard).fine();
    refused(&[one, two, &other_text], 1, "are parts of different portals");

    // Another program, as its manifest says, and a file that two parts hold.
    let manifest = Path::new(three).join("manifest.json");
    let own = read(&manifest);
    put(&manifest, own.replace("\"program\":\"juhend ", "\"program\":\"juhend 9"));
    refused(&[one, two, three], 1, "differ in the program");
    let (_, line) = own.split_once('\n').expect("lines");
    let first = line.lines().next().expect("a file").trim_end_matches(',');
    let second = read(Path::new(two).join("manifest.json"));
    put(Path::new(two).join("manifest.json"), second.replacen('\n', &format!("\n{first},\n"), 1));
    put(&manifest, &own);
    refused(&[one, two, three], 1, "both hold");
    put(Path::new(two).join("manifest.json"), &second);

    // Somebody is at work with a part.
    let hold = juhend::write::hold(Path::new(two)).expect("held");
    refused(&[one, two, three], 1, "is at work with");
    drop(hold);

    let page = own.split("\"path\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
    put(Path::new(three).join(page), "changed");
    refused(&[one, two, three], 2, "not as they were built");
}

/// Two parts of the portal at `root` between whose makings something `happens` are not joined.
#[track_caller]
fn told_apart(root: &Path, happens: impl FnOnce()) {
    let out = tempfile::tempdir().expect("temporary folder");
    let part = |number: usize, name: &str| {
        let target = out.path().join(name);
        build(root, &target, &["--shard", &format!("{number}/2")]).fine();
        text(&target).to_owned()
    };
    let (one, two) = (part(1, "1"), part(2, "2"));
    merge(&[one.clone(), two], &out.path().join("whole")).fine();
    happens();
    let ran = merge(&[one, part(2, "other")], &out.path().join("merged"));
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("are parts of different portals"), "{}", ran.err);
    assert!(!out.path().join("merged").exists());
}

fn git(root: &Path, args: &[&str]) {
    let who = ["-c", "user.name=Mari", "-c", "user.email=mari@example.ee", "-c", "commit.gpgsign=false"];
    let ran = std::process::Command::new("git").arg("-C").arg(root).args(who).args(args).output();
    let ran = ran.expect("git runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

const VERSIONS: &str = "title: Test\nlanguages: [en]\nversions:\n  - {id: \"2\", state: current}\n";

#[test]
fn parts_between_which_a_branch_of_an_older_version_moved_are_not_joined() {
    let folder = project();
    let root = folder.path();
    put(root.join("content/portal.yaml"), format!("{VERSIONS}  - {{id: \"1\", from: \"git:stable\"}}\n"));
    for args in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "One"], &["branch", "stable"]] {
        git(root, args);
    }
    told_apart(root, || {
        // No file of the content folder is touched, and no commit of its branch.
        let beside = tempfile::tempdir().expect("temporary folder");
        let copy = beside.path().join("copy");
        git(root, &["worktree", "add", "-q", text(&copy), "stable"]);
        put(copy.join("content/guides/a.md"), "# a\n\nAnother text.\n");
        git(&copy, &["commit", "-q", "-a", "-m", "Another"]);
    });
}

#[test]
fn parts_between_which_a_folder_of_an_older_version_changed_are_not_joined() {
    for (keeper, file, before, after) in [
        ("dir", "guides/a.md", "# a\n\nText.\n", "# a\n\nTexts.\n"),
        ("frozen", "index.html", "<title>a</title><p>Text", "<title>a</title><p>Word"),
    ] {
        let folder = project();
        let root = folder.path();
        let from = format!("{VERSIONS}  - {{id: \"1\", from: \"{keeper}:old\"}}\n");
        put(root.join("content/portal.yaml"), from);
        put(root.join("old").join(file), before);
        told_apart(root, || put(root.join("old").join(file), after));
    }
}

#[test]
fn parts_between_which_a_picture_of_the_same_length_changed_are_not_joined() {
    let folder = project();
    let root = folder.path();
    put(root.join("content/guides/a.md"), "# a\n\n[Table](a.csv)\n");
    put(root.join("content/guides/a.csv"), "a,b\n1,2\n");
    told_apart(root, || put(root.join("content/guides/a.csv"), "a,b\n1,3\n"));
}

/// Machines know of a folder when it was written and where: that is no difference.
#[test]
fn parts_of_one_portal_on_two_machines_are_joined() {
    let (here, there) = (project(), project());
    let out = tempfile::tempdir().expect("temporary folder");
    let parts = [&here, &there].into_iter().enumerate().map(|(at, folder)| {
        let root = folder.path();
        put(root.join("content/portal.yaml"), format!("{VERSIONS}  - {{id: \"1\", from: \"dir:old\"}}\n"));
        put(root.join("old/guides/a.md"), "# a\n\nText.\n");
        put(root.join("old/guides/a.csv"), "a,b\n1,2\n");
        let target = out.path().join(format!("{at}"));
        build(root, &target, &["--shard", &format!("{}/2", at + 1)]).fine();
        text(&target).to_owned()
    });
    let parts: Vec<String> = parts.collect();
    merge(&parts, &out.path().join("whole")).fine();
}

#[test]
fn a_part_says_so() {
    let folder = project();
    let root = folder.path();
    let ran = dated(root, &["build", "--shard", "1/2"]);
    assert!(ran.code == 1 && ran.err.contains("--output"), "{}", ran.err);
    let ran = dated(root, &["build", "--shard", "3/2", "-o", "part"]);
    assert!(ran.code == 1 && ran.err.contains("`3/8`"), "{}", ran.err);
    dated(root, &["build", "-q", "--shard", "1/2", "-o", "part"]).fine();
    let ran = juhend(root, &["publish", "www", "--from", "part"]);
    assert!(ran.code == 1 && ran.err.contains("holds part 1 of 2"), "{}", ran.err);
    let ran = juhend(root, &["verify", "-v", "part"]).fine();
    assert!(ran.err.contains("part 1 of 2, built by"), "{}", ran.err);
    // The same folder takes a whole portal afterwards, and knows that it was none.
    dated(root, &["build", "-q", "-o", "part"]).fine();
    dated(root, &["build", "-q", "-o", "whole"]).fine();
    assert!(files(&root.join("part")) == files(&root.join("whole")));
    dated(root, &["build", "-q", "--shard", "2/2", "-o", "part"]).fine();
    assert!(files(&root.join("part")).len() < files(&root.join("whole")).len());
}
