//! `juhend verify`: a portal that was built, and what may become of it on the way to its readers.

mod program;

use std::fs;
use std::path::Path;

use program::{DAY, dated, fine, git, juhend, put, read};
use tempfile::TempDir;

fn built() -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path();
    put(root.join("content/portal.yaml"), "title: Test\nlanguages: [en]\n");
    put(root.join("content/guides/a.md"), "# A\n\nText.\n");
    dated(root, &["build", "-q"]).fine();
    folder
}

/// The first line of the manifest: everything but the files.
fn head(root: &Path) -> String {
    read(root.join("public/manifest.json")).lines().next().expect("a line").to_owned()
}

#[test]
fn a_manifest_says_what_the_portal_was_built_from() {
    let folder = built();
    let root = folder.path();
    let version = env!("CARGO_PKG_VERSION");
    let origin = format!(
        "\"schema\":1,\"program\":\"juhend {version}\",\"as_of\":\"{DAY}\",\"audience\":\"internal\""
    );
    assert_eq!(head(root), format!("{{{origin},\"files\":["));
    git(root, &["init", "-q"]);
    put(root.join(".gitignore"), "/public\n/.public.*\n");
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "Begin"]);
    let commit = read(
        root.join(".git/refs/heads").join(
            fs::read_dir(root.join(".git/refs/heads"))
                .expect("heads")
                .next()
                .expect("one")
                .expect("entry")
                .file_name(),
        ),
    );
    let commit = commit.trim();
    dated(root, &["build", "-q"]).fine();
    assert_eq!(head(root), format!("{{{origin},\"commit\":\"{commit}\",\"dirty\":false,\"files\":["));
    put(root.join("content/guides/b.md"), "# B\n");
    dated(root, &["build", "-q", "--audience", "public"]).fine();
    let public = origin.replace("internal", "public");
    assert_eq!(head(root), format!("{{{public},\"commit\":\"{commit}\",\"dirty\":true,\"files\":["));
}

#[test]
fn every_file_is_listed_with_the_hash_that_other_programs_find() {
    let folder = built();
    let public = folder.path().join("public");
    let lines = read(public.join("manifest.json"));
    let mut listed = 0;
    for line in lines.lines().filter(|line| line.starts_with("{\"path\"")) {
        let part = |key: &str| {
            let rest = line.split_once(&format!("\"{key}\":")).expect(key).1;
            rest.trim_start_matches('"').split(['"', ',', '}']).next().expect(key).to_owned()
        };
        let bytes = fs::read(public.join(part("path"))).expect("a listed file");
        assert_eq!(part("sha256"), juhend::digest::sha256(&[&bytes]), "{line}");
        assert_eq!(part("bytes"), bytes.len().to_string(), "{line}");
        listed += 1;
    }
    let files = walkdir::WalkDir::new(&public)
        .into_iter()
        .filter(|entry| entry.as_ref().expect("readable").file_type().is_file());
    // The manifest and the marker of builds are not listed.
    assert_eq!(listed + 2, files.count());
}

#[test]
fn what_became_of_a_portal_on_its_way_is_told() {
    let folder = built();
    let root = folder.path();
    let said = juhend(root, &["verify", "public"]).fine();
    assert_eq!(said.out, "");
    assert!(said.err.contains("files as they were built"), "{}", said.err);
    fine(root, &["verify", "public", "-q"]);

    let kept = root.join("kept.json");
    fs::copy(root.join("public/manifest.json"), &kept).expect("copied");
    put(root.join("public/guides/a/index.html"), "<script>");
    put(root.join("public/new.html"), "new");
    fs::remove_file(root.join("public/404.html")).expect("removed");
    let said = juhend(root, &["verify", "public"]);
    assert_eq!(said.code, 2);
    assert_eq!(said.out, "missing 404.html\nchanged guides/a/index.html\nextra new.html\n");
    assert!(said.err.contains("1 missing, 1 changed, 1 extra"), "{}", said.err);

    // Who changes pages on purpose may change the manifest too; one that is kept elsewhere tells.
    dated(root, &["build", "-q", "--force", "--audience", "public", "-o", "other"]).fine();
    fine(root, &["verify", "other"]);
    let said = juhend(root, &["verify", "other", "--manifest", "kept.json"]);
    assert_eq!((said.code, said.out.contains("changed manifest.json")), (2, true), "{}", said.out);
}

#[test]
fn what_is_no_portal_is_no_difference() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path();
    let said = juhend(root, &["verify", "."]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("manifest.json"), "{}", said.err);
    put(root.join("manifest.json"), "{\"name\": \"another program\"}");
    let said = juhend(root, &["verify", "."]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is no manifest of juhend"), "{}", said.err);
    // Nobody listens at this port.
    let said = juhend(root, &["verify", "http://127.0.0.1:9/"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("cannot be reached"), "{}", said.err);
}

#[test]
fn pages_name_the_hashes_of_what_they_load_where_that_is_asked_for() {
    let folder = built();
    let root = folder.path();
    let hashes = |page: &str| page.matches(" integrity=\"sha256-").count();
    let page = || read(root.join("public/guides/a/index.html"));
    assert_eq!(hashes(&page()), 0);
    dated(root, &["build", "-q", "--integrity"]).fine();
    let loaded = page().matches("<script src=").count() + page().matches("<link rel=\"stylesheet\"").count();
    assert!(loaded > 2 && hashes(&page()) == loaded, "{}", page());
    // Nothing is kept of a build that was asked for something else.
    dated(root, &["build", "-q"]).fine();
    assert_eq!(hashes(&page()), 0);
}
