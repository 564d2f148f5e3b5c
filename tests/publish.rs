//! `juhend publish` into a folder. Publishing into a store has a server of others and a line that breaks beside it, in
//! `tests/publish/`.

mod program;

use std::fs;
use std::path::Path;

use program::{dated, juhend, put, read};
use tempfile::TempDir;

fn built() -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path();
    put(root.join("content/portal.yaml"), "title: Test\nlanguages: [en]\n");
    put(root.join("content/guides/a.md"), "# A\n\nText.\n");
    put(root.join("content/guides/b.md"), "# B\n\nText.\n");
    dated(root, &["build", "-q"]).fine();
    folder
}

/// What a publish of the portal at `root` tells of numbers: files and bytes uploaded, files unchanged and deleted.
fn numbers(root: &Path, args: &[&str]) -> String {
    let told = juhend(root, &[&["publish", "www"], args].concat()).fine().err;
    let line = told.lines().find(|line| line.contains(" uploaded, ")).expect("numbers");
    line.replace("would be ", "").split(" at `").next().map(str::to_owned).expect("a line")
}

#[test]
fn what_is_foretold_is_what_happens() {
    let folder = built();
    let root = folder.path();
    let mut told = Vec::new();
    for change in ["", "", "Another text."] {
        if !change.is_empty() {
            put(root.join("content/guides/a.md"), format!("# A\n\n{change}\n"));
            dated(root, &["build", "-q"]).fine();
        }
        for force in [&[][..], &["--force"]] {
            if change.is_empty() || force.is_empty() {
                let foretold = numbers(root, &[&["--dry-run"], force].concat());
                assert_eq!(foretold, numbers(root, force), "{change} {force:?}");
                told.push(foretold);
            }
        }
    }
    assert!(told[0].ends_with(" uploaded, 0 unchanged, 0 deleted"), "{told:?}");
    assert!(told[2].starts_with("0 files (0 B) uploaded, "), "{told:?}");
}

#[test]
fn a_portal_is_published_whole_and_then_what_changed() {
    let folder = built();
    let root = folder.path();
    let first = juhend(root, &["publish", "www/testing"]).fine();
    assert!(first.err.contains(", 0 unchanged, 0 deleted at `www/testing`"), "{}", first.err);
    juhend(root, &["verify", "www/testing"]).fine();
    let again = juhend(root, &["publish", "www/testing"]).fine();
    assert!(again.err.starts_with("0 files (0 B) uploaded"), "{}", again.err);

    put(root.join("www/testing/own/note.txt"), "of somebody else");
    put(root.join("content/guides/a.md"), "# A\n\nAnother text.\n");
    fs::remove_file(root.join("content/guides/b.md")).expect("removed");
    dated(root, &["build", "-q"]).fine();
    let foretold = juhend(root, &["publish", "www/testing", "--dry-run"]).fine().out;
    assert!(foretold.contains("upload guides/a/index.html\n"), "{foretold}");
    assert!(foretold.ends_with("delete guides/b/index.html\n"), "{foretold}");
    assert!(root.join("www/testing/guides/b/index.html").exists());
    juhend(root, &["publish", "www/testing"]).fine();
    assert!(read(root.join("www/testing/guides/a/index.html")).contains("Another text."));
    assert!(!root.join("www/testing/guides/b").exists());
    assert_eq!(read(root.join("www/testing/own/note.txt")), "of somebody else");
}

/// A publish of the portal at `root` is refused with `code` and says `message`.
#[track_caller]
fn refused(root: &Path, args: &[&str], code: i32, message: &str) {
    let ran = juhend(root, &[&["publish"], args].concat());
    assert_eq!(ran.code, code, "{}", ran.err);
    assert!(ran.err.contains(message), "{message}: {}", ran.err);
}

#[test]
fn what_cannot_be_published_is_told() {
    let folder = built();
    let root = folder.path();
    put(root.join("strange/index.html"), "of somebody else");
    refused(root, &["strange"], 1, "was not written by juhend");
    refused(root, &["public"], 1, "cannot be written as a site");
    refused(root, &["public/below"], 1, "cannot be written as a site");
    refused(root, &["www", "--from", "nothing"], 1, "juhend build");
    refused(root, &["https://testing.example.ee/"], 1, "nothing is published to `https://`");

    juhend(root, &["publish", "www"]).fine();
    dated(root, &["build", "-q", "--audience", "public", "-o", "open"]).fine();
    juhend(root, &["publish", "open-www", "--from", "open"]).fine();
    refused(
        root,
        &["open-www"],
        1,
        "the portal is for the audience `internal`, and what is published there is for `public`",
    );
    juhend(root, &["publish", "open-www", "--audience", "internal"]).fine();

    put(root.join("public/index.html"), "changed");
    refused(root, &["www"], 2, "1 file not as built: nothing is published");
    juhend(root, &["verify", "www"]).fine();
}

#[test]
fn a_job_that_only_publishes_needs_no_content() {
    let folder = built();
    let root = folder.path();
    let job = tempfile::tempdir().expect("temporary folder");
    fs::rename(root.join("public"), job.path().join("artefact")).expect("moved");
    juhend(job.path(), &["publish", "www", "--from", "artefact"]).fine();
    juhend(job.path(), &["verify", "www"]).fine();
}
