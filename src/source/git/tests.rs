//! Repositories of every shape, made for the test.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use super::*;
use crate::diagnostic::{FileId, SourceText};
use crate::source::{MediaBytes, Sources};

/// A repository in a folder of its own.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("temporary folder"));
        repository.git(1, &["init", "-q", "-b", "main"]);
        repository
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn content(&self) -> PathBuf {
        self.root().join("content")
    }

    /// Runs `git` on the day `day` of January 2026 at noon.
    fn git(&self, day: u8, arguments: &[&str]) -> String {
        git(self.root(), day, arguments)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let full = self.root().join(path);
        fs::create_dir_all(full.parent().expect("parent")).expect("folder");
        fs::write(full, bytes).expect("file");
    }

    fn commit(&self, day: u8) {
        self.git(day, &["add", "-A"]);
        self.git(day, &["commit", "-q", "-m", "A change"]);
    }

    fn find(&self, pattern: &str) -> Result<Vec<GitTree>, GitFault> {
        find(self.root(), &self.content(), pattern)
    }

    fn one(&self, pattern: &str) -> GitTree {
        self.find(pattern).expect("a revision").pop().expect("one tree")
    }

    /// What a clone with `options` holds.
    fn cloned(&self, options: &[&str]) -> Repository {
        let clone = tempfile::tempdir().expect("temporary folder");
        let from = format!("file://{}", self.root().display());
        let to = clone.path().display().to_string();
        self.git(1, &[&["clone", "-q"], options, &[from.as_str(), to.as_str()]].concat());
        Repository(clone)
    }

    /// The days of January on which each page changed, the newest first.
    fn days(&self) -> BTreeMap<String, Vec<i64>> {
        let told = history(self.root(), &self.content(), |_| false, None).expect("a history");
        let Told::Known(history) = told else { panic!("{told:?}") };
        let day = |commit: &Commit| (commit.at - FIRST) / DAY + 1;
        let files = history.files.iter();
        files.map(|(path, file)| (path.clone(), file.changes.iter().map(day).collect())).collect()
    }
}

/// Noon of 1 January 2026.
const FIRST: i64 = 1_767_268_800;
const DAY: i64 = 86_400;

fn git(folder: &Path, day: u8, arguments: &[&str]) -> String {
    let at = format!("{} +0000", FIRST + (i64::from(day) - 1) * DAY);
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Portal", "-c", "user.email=portal@example.ee", "-c", "commit.gpgsign=false"])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", &at)
        .env("GIT_COMMITTER_DATE", &at)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn days(pairs: &[(&str, &[i64])]) -> BTreeMap<String, Vec<i64>> {
    pairs.iter().map(|(path, days)| ((*path).to_owned(), days.to_vec())).collect()
}

fn texts(sources: &Sources) -> Vec<(&str, &str)> {
    sources.files().iter().map(|file| (file.path.as_str(), file.text.as_deref().unwrap_or("-"))).collect()
}

/// A text long enough to be known again after a line of it changed.
fn long(last: &str) -> String {
    (1..20).map(|line| format!("Line {line} of the guide.\n")).collect::<String>() + last
}

#[test]
fn a_tag_is_read_without_a_checkout_loose_and_packed() {
    let repository = Repository::new();
    repository.write("content/guides/a.md", "old");
    repository.write("content/guides/b.png", b"\x89PNG");
    repository.write("content/.hidden.md", "x");
    repository.write("elsewhere/c.md", "x");
    repository.commit(1);
    repository.git(1, &["tag", "-a", "guides-2026.1", "-m", "First"]);
    repository.write("content/guides/a.md", "new");
    repository.commit(2);
    for _ in ["loose", "packed"] {
        let tree = repository.one("guides-2026.1");
        let (sources, faults) = tree.read("versions/1", 100).expect("readable");
        assert_eq!(faults, []);
        assert_eq!(texts(&sources), [("versions/1/guides/a.md", "old")]);
        let medium = sources.medium(FileId::of("versions/1/guides/b.png")).expect("listed");
        assert_eq!(medium.bytes, MediaBytes::Held((*b"\x89PNG").into()));
        repository.git(2, &["gc", "-q", "--prune=now"]);
    }
    assert_eq!(fs::read_to_string(repository.content().join("guides/a.md")).expect("readable"), "new");
}

#[test]
fn a_glob_gives_every_tag_and_branch_once() {
    let repository = Repository::new();
    repository.write("content/a.md", "1");
    repository.commit(1);
    repository.git(1, &["tag", "guides-1"]);
    repository.git(1, &["branch", "guides-1"]);
    repository.write("content/a.md", "2");
    repository.commit(2);
    repository.git(2, &["branch", "guides-2"]);
    let found = repository.find("guides-*").expect("some");
    let parts: Vec<(&str, &str)> =
        found.iter().map(|tree| (tree.name.as_str(), tree.part.as_str())).collect();
    assert_eq!(parts, [("guides-1", "1"), ("guides-2", "2")]);
    assert_ne!(found[0].tree, found[1].tree);
    assert_eq!(repository.one("guides-2").tree, repository.one("main").tree);
    assert_eq!(
        repository.one("main").tree,
        head(repository.root(), &repository.content()).expect("a head").expect("one").tree
    );
    let none = repository.find("nothing-*").expect_err("none");
    assert_eq!(none, GitFault::NoMatch("nothing-*".to_owned(), None));
}

#[test]
fn a_path_is_seen_from_the_root_of_the_repository() {
    let repository = Repository::new();
    repository.write("docs/old/a.md", "old");
    repository.commit(1);
    repository.git(1, &["tag", "old"]);
    repository.write("content/a.md", "new");
    repository.commit(2);
    let read = |pattern: &str| {
        let (sources, _) = repository.one(pattern).read("", 100).expect("readable");
        texts(&sources).into_iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(read("old:docs/old"), ["a.md"]);
    assert_eq!(read("old"), ["docs/old/a.md"], "it does not have the content folder yet");
    assert_eq!(read("main"), ["a.md"]);
    let fault = repository.find("old:nowhere").expect_err("no such folder");
    assert_eq!(fault.message(), "the Git revision `old` has no folder `nowhere`");
}

#[test]
fn links_are_followed_in_the_tree_and_submodules_left_out() {
    let other = Repository::new();
    other.write("x.md", "x");
    other.commit(1);
    let repository = Repository::new();
    repository.write("content/shared/a.md", "A");
    repository.write("secret.md", "secret");
    symlink("shared", repository.content().join("et")).expect("link");
    symlink("../secret.md", repository.content().join("out.md")).expect("link");
    let from = other.root().display().to_string();
    repository.git(1, &["submodule", "--quiet", "add", &from, "content/module"]);
    repository.commit(1);
    let (sources, faults) = repository.one("main").read("content", 100).expect("readable");
    assert_eq!(texts(&sources), [("content/et/a.md", "A"), ("content/shared/a.md", "A")]);
    let told: Vec<(&str, &str)> =
        faults.iter().map(|fault| (fault.rule.name, sources.path(fault.place.file))).collect();
    assert_eq!(told, [("submodule", "content/module"), ("symlink-out-of-tree", "content/out.md")]);
}

#[test]
fn texts_have_the_faults_of_files_on_disk() {
    let repository = Repository::new();
    repository.write("content/a.md", b"M\xFC\xFCr");
    repository.write("content/b.md", "123456789");
    repository.write("content/c.md", "A");
    repository.write("content/C.md", "B");
    repository.commit(1);
    let (sources, faults) = repository.one("main").read("", 8).expect("readable");
    let told: Vec<(&str, &str)> =
        faults.iter().map(|fault| (fault.rule.name, sources.path(fault.place.file))).collect();
    assert_eq!(told, [("case-collision", "c.md"), ("invalid-utf8", "a.md"), ("file-too-large", "b.md")]);
}

#[test]
fn a_bare_repository_is_read() {
    let repository = Repository::new();
    repository.write("content/a.md", "A");
    repository.commit(1);
    let bare = repository.cloned(&["--bare"]);
    let tree = find(bare.root(), &bare.content(), "main:content").expect("a revision").pop().expect("a tree");
    assert_eq!(texts(&tree.read("", 100).expect("readable").0), [("a.md", "A")]);
}

#[test]
fn a_repository_without_a_commit_has_no_head() {
    let repository = Repository::new();
    repository.write("content/a.md", "A");
    assert_eq!(head(repository.root(), &repository.content()), Ok(None));
    assert_eq!(history(repository.root(), &repository.content(), |_| false, None), Ok(Told::Nothing));
    let nowhere = tempfile::tempdir().expect("temporary folder");
    assert_eq!(history(nowhere.path(), nowhere.path(), |_| false, None), Ok(Told::Nothing));
    assert_eq!(find(nowhere.path(), nowhere.path(), "main"), Err(GitFault::NoRepository));
}

#[test]
fn a_shallow_clone_tells_what_it_lacks_and_how_to_get_it() {
    let repository = Repository::new();
    repository.write("content/a.md", "A");
    repository.commit(1);
    repository.git(1, &["tag", "guides-1"]);
    repository.git(1, &["branch", "next"]);
    repository.write("content/a.md", "B");
    repository.commit(2);
    let shallow = repository.cloned(&["--depth", "1"]);
    assert_eq!(history(shallow.root(), &shallow.content(), |_| false, None), Ok(Told::Shallow));
    let hint = |pattern: &str| shallow.find(pattern).expect_err("not there").hint().expect("a hint");
    let fetch = "this clone may lack it: run `git fetch --unshallow --tags origin`";
    assert_eq!(
        hint("guides-1"),
        format!("{fetch}, or if it is a version just cut, make its tag: `git tag guides-1`")
    );
    assert_eq!(hint("4f2a91c"), fetch);
    assert_eq!(hint("guides-*"), fetch);
    assert_eq!(
        hint("origin/next"),
        "this clone may lack it: run `git fetch origin next:refs/remotes/origin/next`"
    );
    git(shallow.root(), 3, &["fetch", "-q", "--unshallow", "--tags", "origin"]);
    assert_eq!(shallow.one("guides-1").tree, repository.one("guides-1").tree);
    assert_eq!(shallow.days(), days(&[("a.md", &[2, 1])]));
}

#[test]
fn a_tag_that_nobody_made_yet_is_to_be_made() {
    let repository = Repository::new();
    repository.write("content/a.md", "A");
    repository.commit(1);
    let hint = repository.find("guides-1").expect_err("not there").hint();
    assert_eq!(hint.as_deref(), Some("if it is a version just cut, make its tag: `git tag guides-1`"));
    assert_eq!(repository.find("4f2a91c").expect_err("not there").hint(), None);
}

#[test]
fn a_branch_that_only_the_remote_has_is_found() {
    let repository = Repository::new();
    repository.write("content/a.md", "A");
    repository.commit(1);
    repository.git(1, &["branch", "guides-1"]);
    let clone = repository.cloned(&[]);
    assert_eq!(clone.one("guides-1").tree, repository.one("guides-1").tree);
    assert_eq!(at(&clone.content(), "guides-1").expect("a revision").tree, clone.one("guides-1").tree);
}

#[test]
fn a_name_is_never_an_option() {
    let repository = Repository::new();
    repository.write("content/a.md", "A");
    repository.commit(1);
    for name in ["--output=x", "-h", "a\nb"] {
        assert_eq!(repository.find(name), Err(GitFault::BadName(name.to_owned())));
        assert_eq!(at(&repository.content(), name), Err(GitFault::BadName(name.to_owned())));
    }
}

#[test]
fn a_repository_starts_no_program() {
    let repository = Repository::new();
    repository.write("content/a.md", "A");
    repository.commit(1);
    let trap = repository.root().join("trap");
    let start = format!("touch {}", trap.display());
    for key in
        ["core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "gpg.program", "filter.x.smudge"]
    {
        repository.git(1, &["config", key, &start]);
    }
    repository.git(1, &["config", "log.showSignature", "true"]);
    fs::write(repository.root().join(".git/info/attributes"), "* filter=x diff=x\n").expect("file");
    repository.git(1, &["config", "diff.x.textconv", &start]);
    repository.git(1, &["config", "diff.x.command", &start]);
    assert_eq!(repository.days(), days(&[("a.md", &[1])]));
    assert_eq!(texts(&repository.one("main").read("", 100).expect("readable").0), [("a.md", "A")]);
    assert!(!trap.exists());
}

#[test]
fn renames_merges_and_names_given_again_are_followed() {
    let repository = Repository::new();
    repository.write("content/a.md", long("1"));
    repository.write("content/kept.md", "K");
    repository.commit(1);
    repository.git(2, &["checkout", "-q", "-b", "side"]);
    repository.write("content/a.md", long("2"));
    repository.commit(2);
    repository.git(3, &["checkout", "-q", "main"]);
    repository.git(3, &["mv", "content/a.md", "content/b.md"]);
    repository.commit(3);
    repository.git(4, &["merge", "-q", "--no-edit", "side"]);
    repository.write("content/a.md", "another");
    repository.commit(5);
    // The merge itself wrote the text that stands at the new name.
    assert_eq!(repository.days(), days(&[("a.md", &[5]), ("b.md", &[4, 2, 1]), ("kept.md", &[1])]));
}

#[test]
fn a_history_is_read_once_for_a_commit() {
    let repository = Repository::new();
    repository.write("content/a.md", "A");
    repository.commit(1);
    let marked = Arc::new(History { commit: repository.one("main").commit, files: BTreeMap::new() });
    let told = history(repository.root(), &repository.content(), |_| false, Some(&marked));
    assert_eq!(told, Ok(Told::Known(marked)));
}

#[test]
fn a_page_is_found_again_after_many_small_steps() {
    let repository = Repository::new();
    let text = |changed: usize| -> String {
        (0..10)
            .map(|line| format!("{} {line}\n", if line < changed { "New words" } else { "Old text" }))
            .collect()
    };
    repository.write("content/a.md", text(0));
    repository.write("content/same.md", long("same"));
    repository.commit(1);
    repository.git(1, &["tag", "one"]);
    for (day, (from, to)) in [("a", "b"), ("b", "c"), ("c", "d")].into_iter().enumerate() {
        repository.git(2, &["mv", &format!("content/{from}.md"), &format!("content/{to}.md")]);
        repository.write(&format!("content/{to}.md"), text((day + 1) * 3));
        repository.commit(2);
    }
    repository.git(3, &["mv", "content/same.md", "content/moved.md"]);
    repository.commit(3);
    let moved = renames(&repository.one("one"), &repository.one("main")).expect("readable");
    let wanted = [("a.md", "d.md"), ("same.md", "moved.md")];
    assert_eq!(moved, wanted.map(|(from, to)| (from.to_owned(), to.to_owned())).into());
    assert_eq!(renames(&repository.one("one"), &repository.one("one")), Ok(BTreeMap::new()));
}

#[test]
fn former_texts_are_read_where_they_are_wanted() {
    let repository = Repository::new();
    for (day, text) in [(1, "One"), (2, "Two")] {
        repository.write("content/reports/a.md", text);
        repository.write("content/guides/b.md", text);
        repository.commit(day);
    }
    let told = history(repository.root(), &repository.content(), |path| path.starts_with("reports/"), None);
    let Ok(Told::Known(history)) = told else { panic!("{told:?}") };
    let texts = |path: &str| -> Vec<Option<&str>> {
        history.files[path].changes.iter().map(|commit| commit.text.as_deref()).collect()
    };
    assert_eq!(texts("reports/a.md"), [Some("Two"), Some("One")]);
    assert_eq!(texts("guides/b.md"), [None, None]);
}
