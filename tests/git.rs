//! What the repository of the content tells the pages: dates, reports that changed, translations that fell behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn write(root: &Path, path: &str, text: &str) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().expect("parent")).expect("folder");
    fs::write(full, text).expect("file");
}

fn juhend(root: &Path, arguments: &[&str], path: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_juhend"));
    command.arg("-C").arg(root).args(["--as-of", "2026-10-16", "--color", "never"]).args(arguments);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    command.output().expect("the program runs")
}

/// Runs `git` at noon of the day `day` of October 2026.
fn git(root: &Path, day: u8, arguments: &[&str]) {
    let at = format!("2026-10-{day:02}T12:00:00+03:00");
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "user.name=Portal", "-c", "user.email=portal@example.ee", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", &at)
        .env("GIT_COMMITTER_DATE", &at)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn commit(root: &Path, day: u8) {
    git(root, day, &["add", "-A"]);
    git(root, day, &["commit", "-q", "-m", "A change"]);
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The lines of the page at `address` that tell its days.
fn days(root: &Path, address: &str) -> Vec<String> {
    let page = fs::read_to_string(root.join("public").join(address).join("index.html")).expect("a page");
    let times = page.split("<time datetime=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let meta = times.filter(|(_, rest)| rest.starts_with(">Published") || rest.starts_with(">Last updated"));
    meta.map(|(day, rest)| format!("{} {day}", rest[1..].split(':').next().unwrap_or_default())).collect()
}

const GUIDE: &str = "# Log in\n\nOpen the page.\n\nWrite your name.\n\nWrite the word that you were given.\n\nPress the key.\n";

/// A repository with a guide that was renamed and changed, and one that was changed since.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path();
    git(root, 1, &["init", "-q", "-b", "main"]);
    write(root, "content/portal.yaml", "title: Portal\nlanguages: [en]\ntime_zone: Europe/Tallinn\n");
    write(
        root,
        "content/index.md",
        "# Portal\n\n[A](guides/login.md) [B](guides/kept.md) [C](pages/other.md)\n",
    );
    write(root, "content/guides/login.md", GUIDE);
    write(root, "content/guides/kept.md", "---\npublished: 2026-01-01\nupdated: 2026-02-01\n---\n# Kept\n");
    write(root, "content/pages/other.md", "# Other\n");
    write(root, "content/environments/sit.yaml", "title: SIT\n");
    commit(root, 2);
    git(root, 5, &["mv", "content/guides/login.md", "content/guides/enter.md"]);
    write(
        root,
        "content/index.md",
        "# Portal\n\n[A](guides/enter.md) [B](guides/kept.md) [C](pages/other.md)\n",
    );
    commit(root, 5);
    write(root, "content/guides/enter.md", &format!("{GUIDE}\nThat is all.\n"));
    write(root, "content/environments/sit.yaml", "title: SIT\nkind: test\n");
    commit(root, 7);
    folder
}

#[test]
fn pages_stand_with_the_days_of_their_commits() {
    let folder = repository();
    let root = folder.path();
    assert!(juhend(root, &["build"], None).status.success());
    assert_eq!(days(root, "guides/enter"), ["Published 2026-10-02", "Last updated 2026-10-07"]);
    assert_eq!(days(root, "guides/kept"), ["Published 2026-01-01", "Last updated 2026-02-01"]);
    assert_eq!(days(root, "pages/other"), ["Published 2026-10-02", "Last updated 2026-10-02"]);
    assert_eq!(days(root, "environments/sit"), ["Published 2026-10-02", "Last updated 2026-10-07"]);
    // A change that nobody committed has no day, and what comes after the day is not known on it.
    write(root, "content/pages/other.md", "# Other\n\nMore.\n");
    write(root, "content/guides/new.md", "# New\n");
    write(root, "content/guides/enter.md", &format!("{GUIDE}\nThat was all.\n"));
    git(root, 20, &["commit", "-q", "-m", "A change", "content/guides/enter.md"]);
    assert!(juhend(root, &["build"], None).status.success());
    assert_eq!(days(root, "guides/enter"), ["Published 2026-10-02", "Last updated 2026-10-07"]);
    assert_eq!(days(root, "pages/other"), ["Published 2026-10-02"]);
    assert_eq!(days(root, "guides/new"), [""; 0]);
}

#[test]
fn the_same_commit_gives_the_same_bytes() {
    let folder = repository();
    let clone = tempfile::tempdir().expect("temporary folder");
    let (root, copy) = (folder.path(), clone.path().join("copy"));
    git(root, 8, &["clone", "-q", ".", &copy.display().to_string()]);
    let build = |root: &Path| {
        assert!(juhend(root, &["build"], None).status.success());
        fs::read(root.join("public/guides/enter/index.html")).expect("a page")
    };
    assert_eq!(build(root), build(&copy));
}

#[test]
fn a_shallow_clone_leaves_the_days_out_and_says_so() {
    let folder = repository();
    let clone = tempfile::tempdir().expect("temporary folder");
    let copy = clone.path().join("copy");
    let from = format!("file://{}", folder.path().display());
    git(folder.path(), 8, &["clone", "-q", "--depth", "1", &from, &copy.display().to_string()]);
    let output = juhend(&copy, &["build"], None);
    assert!(output.status.success());
    let told = "note: 4 pages stand without a day of publication or change: the clone is shallow; run `git fetch --unshallow`";
    assert!(said(&output).contains(told), "{}", said(&output));
    assert_eq!(days(&copy, "guides/enter"), [""; 0]);
    assert_eq!(days(&copy, "guides/kept"), ["Published 2026-01-01", "Last updated 2026-02-01"]);
    git(&copy, 9, &["fetch", "-q", "--unshallow"]);
    assert!(!said(&juhend(&copy, &["build"], None)).contains("note"));
    assert_eq!(days(&copy, "guides/enter"), ["Published 2026-10-02", "Last updated 2026-10-07"]);
}

#[test]
fn without_git_the_portal_is_built_and_says_what_it_leaves_out() {
    let folder = repository();
    let nowhere = tempfile::tempdir().expect("temporary folder");
    let output = juhend(folder.path(), &["build"], Some(nowhere.path()));
    assert!(output.status.success());
    let told =
        "note: 4 pages stand without a day of publication or change: the program `git` is not installed";
    assert!(said(&output).contains(told), "{}", said(&output));
    assert_eq!(days(folder.path(), "guides/enter"), [""; 0]);
}

#[test]
fn a_report_that_changed_after_its_issue_is_told() {
    let folder = repository();
    let root = folder.path();
    let report =
        |text: &str| format!("---\ntype: progress\nissued: 2026-10-08T10:00\n---\n# Report\n\n{text}\n");
    let told = || {
        let said = said(&juhend(root, &["check"], None));
        said.lines()
            .filter(|line| line.contains("report-without-revision"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    write(root, "content/reports/a.md", "---\ntype: progress\n---\n# Report\n\nDraft.\n");
    commit(root, 7);
    write(root, "content/reports/a.md", &report("Text."));
    commit(root, 9);
    assert_eq!(told(), [""; 0], "the commit of the issue came a day later");
    write(root, "content/reports/a.md", &report("Another text."));
    commit(root, 12);
    let [line] = &told()[..] else { panic!("one fault was expected") };
    assert!(
        line.ends_with("the report changed on 2026-10-12, after its issue, without a new revision"),
        "{line}"
    );
    let revised = report("Another text.")
        .replace("---\n# ", "revision: 2\nchanges: [{revision: 2, at: 2026-10-12, text: Sums}]\n---\n# ");
    write(root, "content/reports/a.md", &revised);
    commit(root, 13);
    assert_eq!(told(), [""; 0]);
}

#[test]
fn a_translation_that_fell_behind_is_marked() {
    let folder = repository();
    let root = folder.path();
    write(root, "content/portal.yaml", "title: Portal\nlanguages: [en, et]\n");
    write(root, "content/guides/enter.et.md", "# Sisene\n\nAva leht.\n");
    commit(root, 8);
    let page = || {
        assert!(juhend(root, &["build"], None).status.success());
        fs::read_to_string(root.join("public/et/guides/enter/index.html")).expect("a page")
    };
    let notice = "Algteksti on pärast tõlkimist muudetud (9. oktoober 2026).";
    assert!(!page().contains(notice));
    write(root, "content/guides/enter.md", &format!("{GUIDE}\nNothing else.\n"));
    commit(root, 9);
    let marked = page();
    assert!(marked.contains(notice), "{marked}");
    assert!(marked.contains("href=\"../../../guides/enter/\">Ava algtekst</a>"), "{marked}");
}

#[test]
fn versions_of_a_repository_are_compared() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path();
    git(root, 1, &["init", "-q", "-b", "main"]);
    write(
        root,
        "content/portal.yaml",
        "title: Portal\nlanguages: [en]\nversions:\n- {id: \"3\", state: current}\n\
         - {id: \"*\", from: \"git:guides-*\", state: supported}\n",
    );
    write(root, "content/guides/login.md", GUIDE);
    write(root, "content/guides/gone.md", "# Gone\n\nNobody reads this any more.\n");
    commit(root, 2);
    git(root, 2, &["tag", "guides-1"]);
    git(root, 5, &["mv", "content/guides/login.md", "content/guides/enter.md"]);
    git(root, 5, &["rm", "-q", "content/guides/gone.md"]);
    commit(root, 5);
    git(root, 5, &["tag", "guides-2"]);
    write(root, "content/guides/enter.md", &GUIDE.replace("Press the key", "Press the red key"));
    write(root, "content/guides/new.md", "# New\n\nAnother matter altogether.\n");
    commit(root, 7);
    let built = || {
        let output = juhend(root, &["build"], None);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let page = |path: &str| fs::read_to_string(root.join("public").join(path)).expect("a page");
    built();
    // The page moved, and the words of it changed in the version after that.
    let moved = page("diff/1..2/index.html");
    assert!(moved.contains("guides/enter/\">Log in</a>") && moved.contains("/v/1/guides/login/"), "{moved}");
    assert!(moved.contains("/v/1/guides/gone/"), "{moved}");
    let marked = page("diff/2..3/guides/enter/index.html");
    assert!(marked.contains("</span>red <span class=\"vh\">"), "{marked}");
    assert!(page("guides/enter/index.html").contains("diff/2..3/guides/enter/\">Changed in 3</a>"));
    assert!(page("guides/new/index.html").contains("diff/2..3/\">Added in 3</a>"));
    // Each version has the days of its own commits.
    assert_eq!(days(root, "v/1/guides/login"), ["Published 2026-10-02", "Last updated 2026-10-02"]);
    assert_eq!(days(root, "guides/enter"), ["Published 2026-10-02", "Last updated 2026-10-07"]);
    // What did not change is kept, and what did is made again.
    assert!(built().contains(": 0 written, "));
    write(root, "content/guides/enter.md", &GUIDE.replace("Press the key", "Press the blue key"));
    built();
    assert!(page("diff/2..3/guides/enter/index.html").contains("</span>blue <span class=\"vh\">"));
    assert_eq!(page("diff/1..2/index.html"), moved);
}

#[test]
fn any_two_states_are_compared_on_the_terminal() {
    let folder = repository();
    let root = folder.path();
    let told = |arguments: &[&str]| {
        let output = juhend(root, &[&["diff"], arguments].concat(), None);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(told(&["HEAD"]), "HEAD → content\nnothing changed\n");
    assert_eq!(
        told(&["HEAD~2", "HEAD"]),
        "HEAD~2 → HEAD\n\nMoved (1)\n  guides/login → guides/enter\n\n\
         Changed (1)\n  guides/enter  Log in\n\nguides/enter (en)\n    {+That is all.+}\n"
    );
    write(root, "content/guides/enter.md", &GUIDE.replace("your name", "the name"));
    assert!(told(&["HEAD~2"]).ends_with("guides/enter (en)\n    Write [-your-]{+the+} name.\n"));
    write(root, "before/guides/enter.md", GUIDE);
    assert!(told(&["before", "HEAD", "--pages"]).contains("Changed (1)\n  guides/enter  Log in\n"));
    let answer: serde_json::Value =
        serde_json::from_str(&told(&["HEAD~2", "--format", "json"])).expect("JSON");
    assert_eq!(answer["kept"][0]["text"]["en"][0]["runs"][1], serde_json::json!(["removed", "your"]));
    let output = juhend(root, &["diff", "nothing"], None);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output)
            .contains("`nothing` is no version and no folder, and there is no Git revision `nothing`")
    );
    // Which state has the name of a version, only sound settings tell.
    write(
        root,
        "content/portal.yaml",
        "title: T\nlanguages: [en]\nversions: [{id: old, source: 'git:HEAD~2'}]\n",
    );
    let output = juhend(root, &["diff", "old"], None);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(said(&output).contains("unknown-key"), "{}", said(&output));
}
