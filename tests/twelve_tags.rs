//! A repository with twelve tags of a real guide tree, from `portal.yaml` to the files of the portal.
//!
//! The tree is a part of the example's guidance. From tag to tag its pages are added, dropped, taken up again, moved
//! by one and as a folder, and rewritten. The test keeps its own account of which page is which, and every way from
//! one version to another is held against it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;
use walkdir::WalkDir;

const DAY: &str = "2026-10-16";

/// What of the example's content the tree is made of.
const PARTS: [&str; 6] = [
    "guides/index",
    "guides/glossary",
    "guides/defects/",
    "guides/environments/",
    "guides/execution/",
    "training/",
];

/// What happened to a page, in both languages.
enum Change {
    Added(&'static str),
    Dropped(&'static str),
    Moved(&'static str, &'static str),
    /// A sentence more at its end.
    Extended(&'static str),
    /// Moved, and hardly a word is as it was: what stays is its `id`.
    MovedById(&'static str, &'static str),
    /// The same, and what stays is that it names its former address.
    MovedByAlias(&'static str, &'static str),
    /// Every page of a folder moved.
    FolderMoved(&'static str, &'static str),
}

use Change::{Added, Dropped, Extended, FolderMoved, Moved, MovedByAlias, MovedById};

/// What each tag changed in the one before it; the first has everything but what is added later.
const HISTORY: [&[Change]; 12] = [
    &[],
    &[Added("guides/execution/flaky-tests")],
    &[Moved("guides/execution/exploratory", "guides/execution/explore")],
    &[Extended("guides/execution/explore"), Extended("guides/defects/defect-lifecycle")],
    &[Dropped("guides/execution/partner-integration")],
    &[MovedById("guides/defects/retest", "guides/execution/retest")],
    &[FolderMoved("guides/environments", "guides/defects/environments")],
    &[Added("training/70-accessibility"), Moved("training/50-hotfix-testing", "training/55-hotfix")],
    &[MovedByAlias("guides/execution/blocked-tests", "guides/execution/stuck")],
    &[Dropped("training/40-test-data"), Extended("guides/glossary")],
    &[
        Added("guides/execution/partner-integration"),
        // The folder is there again, without the page that introduced it.
        Moved("guides/defects/environments/rollback", "guides/environments/rollback"),
    ],
    &[Added("training/80-reports-and-decisions"), Extended("guides/execution/explore")],
];

/// From the fifth tag to the ninth, by hand.
const ADDED: [&str; 1] = ["training/70-accessibility"];
const MOVED: [(&str, &str); 8] = [
    ("guides/environments/index", "guides/defects/environments/index"),
    ("guides/environments/check-after-cloning", "guides/defects/environments/check-after-cloning"),
    ("guides/environments/cloning-notice", "guides/defects/environments/cloning-notice"),
    ("guides/environments/environment-readiness", "guides/defects/environments/environment-readiness"),
    ("guides/environments/rollback", "guides/defects/environments/rollback"),
    ("guides/defects/retest", "guides/execution/retest"),
    ("guides/execution/blocked-tests", "guides/execution/stuck"),
    ("training/50-hotfix-testing", "training/55-hotfix"),
];
const CHANGED: [&str; 2] = ["guides/execution/retest", "guides/execution/stuck"];

/// Which page stands where at a tag: what it was called when it came, by its path without ending.
type Account = BTreeMap<String, String>;

fn run(command: &mut Command) -> Output {
    command.output().expect("the program runs")
}

fn git(root: &Path, arguments: &[&str]) {
    let output = run(Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "user.name=T", "-c", "user.email=t@example.ee", "-c", "commit.gpgsign=false"])
        .args(["-c", "init.defaultBranch=main"])
        .args(arguments));
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What the program printed: answers, then what it said besides.
fn juhend(root: &Path, arguments: &[&str]) -> (String, String) {
    let output = run(Command::new(env!("CARGO_BIN_EXE_juhend"))
        .arg("-C")
        .arg(root)
        .args(["--color", "never", "--as-of", DAY])
        .args(arguments));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

fn put(root: &Path, path: &str, text: &str) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().expect("a folder")).expect("folder");
    fs::write(full, text).expect("file");
}

/// The guidance of the example: text by path.
fn example() -> BTreeMap<String, String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let files = ["guides", "training"].into_iter().flat_map(|folder| WalkDir::new(content.join(folder)));
    let files = files.map(|entry| entry.expect("entry")).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&content).expect("below").to_str().expect("UTF-8");
            path.to_owned()
        })
        .filter(|path| {
            PARTS.iter().any(|part| path.starts_with(part))
                && path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md")
        })
        .map(|path| (path.clone(), fs::read_to_string(content.join(&path)).expect("a page")))
        .collect()
}

/// The tree as it is made, tag by tag.
struct Tree {
    root: PathBuf,
    /// Pages that are not there yet.
    later: BTreeMap<String, String>,
    account: Account,
}

impl Tree {
    /// The files of a page, one for each language.
    fn texts(&self, page: &str) -> Vec<(PathBuf, &'static str)> {
        let file = |ending: &'static str| (self.root.join(format!("content/{page}{ending}")), ending);
        [".md", ".en.md"].map(file).into_iter().filter(|(path, _)| path.is_file()).collect()
    }

    fn add(&mut self, page: &str) {
        for ending in [".md", ".en.md"] {
            if let Some(text) = self.later.get(&format!("{page}{ending}")) {
                put(&self.root, &format!("content/{page}{ending}"), text);
            }
        }
        self.account.insert(page.to_owned(), page.to_owned());
    }

    fn drop(&mut self, page: &str) {
        for (path, ending) in self.texts(page) {
            self.later.insert(format!("{page}{ending}"), fs::read_to_string(&path).expect("a page"));
            fs::remove_file(path).expect("removed");
        }
        self.account.remove(page);
    }

    fn move_to(&mut self, from: &str, to: &str, written: impl Fn(&str) -> String) {
        for (path, ending) in self.texts(from) {
            let text = fs::read_to_string(&path).expect("a page");
            put(&self.root, &format!("content/{to}{ending}"), &written(&text));
            fs::remove_file(path).expect("removed");
        }
        let name = self.account.remove(from).expect("a page that is there");
        self.account.insert(to.to_owned(), name);
    }

    fn apply(&mut self, change: &Change, tag: usize) {
        match change {
            Added(page) => self.add(page),
            Dropped(page) => self.drop(page),
            Moved(from, to) => self.move_to(from, to, str::to_owned),
            Extended(page) => {
                for (path, _) in self.texts(page) {
                    let text = fs::read_to_string(&path).expect("a page");
                    fs::write(path, format!("{text}\nA sentence that came with tag {tag}.\n"))
                        .expect("written");
                }
            }
            MovedById(from, to) => {
                let id = to.rsplit('/').next().expect("a name").to_owned();
                self.move_to(from, to, |_| {
                    format!(
                        "---\nid: {id}\nowner: test-lead\n---\n# Again\n\nIn other words, of tag {tag}.\n"
                    )
                });
            }
            MovedByAlias(from, to) => self.move_to(from, to, |_| {
                format!("---\naliases: [/{from}/]\nowner: test-lead\n---\n# Stuck\n\nNot a word is left.\n")
            }),
            FolderMoved(from, to) => {
                let inside = format!("{from}/");
                let pages: Vec<String> =
                    self.account.keys().filter(|page| page.starts_with(&inside)).cloned().collect();
                for page in pages {
                    let name = page.strip_prefix(&inside).expect("inside");
                    self.move_to(&page, &format!("{to}/{name}"), str::to_owned);
                }
            }
        }
    }
}

/// The settings of the example, with the twelve tags as versions.
fn settings() -> String {
    let example = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/portal.yaml"))
        .expect("settings");
    let before = |key: &str| example.find(&format!("\n{key}:")).expect("a key of the settings");
    format!(
        // The part of the tree lacks records and guides that its pages show and name.
        "{}\nchecks: {{broken_link: off, broken_anchor: off, broken_embed: off}}\nversions:\n  \
         - {{id: now, state: current}}\n  - {{id: \"*\", from: \"git:guides-*\", state: archived}}\n",
        example.get(..before("checks")).expect("the settings")
    )
}

/// The repository, and the account of each tag.
fn repository() -> (TempDir, Vec<Account>) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let later: BTreeMap<String, String> = example();
    let mut tree = Tree { root: folder.path().to_owned(), later, account: Account::new() };
    git(folder.path(), &["init", "-q"]);
    put(folder.path(), "content/portal.yaml", &settings());
    put(folder.path(), "content/index.md", "# Portal\n");
    let added = |page: &str| {
        let first = HISTORY.iter().flat_map(|changes| changes.iter()).find_map(|change| match change {
            Added(other) if *other == page => Some(true),
            Dropped(other) if *other == page => Some(false),
            _ => None,
        });
        first == Some(true)
    };
    let pages: Vec<String> = tree
        .later
        .keys()
        .filter_map(|path| path.strip_suffix(".md"))
        .filter(|page| page.strip_suffix(".en").is_none() && !added(page))
        .map(str::to_owned)
        .collect();
    for page in &pages {
        tree.add(page);
    }
    tree.account.insert("index".to_owned(), "index".to_owned());
    let mut accounts = Vec::new();
    for (at, changes) in HISTORY.iter().enumerate() {
        changes.iter().for_each(|change| tree.apply(change, at + 1));
        git(folder.path(), &["add", "-A"]);
        git(folder.path(), &["commit", "-q", "--allow-empty", "-m", "Change"]);
        git(folder.path(), &["tag", &format!("guides-{}", at + 1)]);
        accounts.push(tree.account.clone());
    }
    (folder, accounts)
}

/// The path of a page in addresses: `training/basics` of `training/10-basics`.
fn place(page: &str) -> String {
    let plain = |part: &str| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.strip_prefix('-').filter(|_| rest.len() < part.len()).unwrap_or(part).to_owned()
    };
    let parts: Vec<String> = page.split('/').filter(|part| *part != "index").map(plain).collect();
    parts.join("/")
}

/// Begins the name of a page that no author wrote.
const UNWRITTEN: &str = "unwritten ";

/// A version as the portal has it: what stands before its addresses, and which page is at each.
struct Version {
    root: String,
    /// The name of the page at each path.
    names: BTreeMap<String, String>,
    paths: BTreeMap<String, String>,
}

impl Version {
    /// The version below `root`, whose pages are of `account`; the portal adds pages of its own, of which it tells here.
    fn of(public: &Path, root: &str, account: &Account) -> Self {
        let mut names: BTreeMap<String, String> =
            account.iter().map(|(page, name)| (place(page), name.clone())).collect();
        for page in account.keys().filter(|page| page.starts_with("training/") && !page.ends_with("/index")) {
            let name = format!("{}/slides", account[page]);
            names.insert(format!("{}/slides", place(page)), name);
        }
        let folders: BTreeSet<String> = names
            .keys()
            .flat_map(|path| above(path))
            .filter(|path| !names.contains_key(*path))
            .map(str::to_owned)
            .collect();
        names.extend(
            folders
                .into_iter()
                .chain(["search".to_owned()])
                .map(|path| (path.clone(), format!("{UNWRITTEN}{path}"))),
        );
        for path in names.keys() {
            for language in ["", "/en"] {
                let file = format!("{root}{language}/{path}/index.html").replace("//", "/");
                assert!(public.join(file.trim_start_matches('/')).is_file(), "{file}");
            }
        }
        let paths = names.iter().map(|(path, name)| (name.clone(), path.clone())).collect();
        Self { root: root.to_owned(), names, paths }
    }

    fn address(&self, path: &str, language: &str) -> String {
        let path = if path.is_empty() { String::new() } else { format!("{path}/") };
        format!("{}{language}/{path}", self.root)
    }

    /// The address in `other` of the page at `path` here, and whether it is that page.
    fn wanted(&self, path: &str, other: &Self, language: &str) -> (String, bool) {
        let there = |path: &str| {
            let name = self.names.get(path)?;
            // What no author wrote, such as the list of a folder, is whatever stands at its address.
            if name.starts_with(UNWRITTEN) {
                other.names.get_key_value(path).map(|(path, _)| path)
            } else {
                other.paths.get(name)
            }
        };
        if let Some(found) = there(path) {
            return (other.address(found, language), true);
        }
        let nearest = above(path).into_iter().find_map(there).map_or("", String::as_str);
        (other.address(nearest, language), false)
    }
}

/// The paths above a path, the nearest first.
fn above(path: &str) -> Vec<&str> {
    let mut all: Vec<&str> = path.match_indices('/').map(|(at, _)| &path[..at]).collect();
    all.reverse();
    all.push("");
    if path.is_empty() { Vec::new() } else { all }
}

/// The parts of `text` between `start` and `end`.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The address that `href` means on the page at `from`, and the part of that page.
fn led(from: &str, href: &str) -> (String, Option<String>) {
    let (path, part) =
        href.split_once('#').map_or((href, None), |(path, part)| (path, Some(part.to_owned())));
    let mut parts: Vec<&str> = from.trim_matches('/').split('/').filter(|part| !part.is_empty()).collect();
    for step in path.split('/').filter(|step| !matches!(*step, "" | ".")) {
        match step {
            ".." => drop(parts.pop().expect("below the portal's root")),
            step => parts.push(step),
        }
    }
    let joined = parts.join("/");
    (if joined.is_empty() { "/".to_owned() } else { format!("/{joined}/") }, part)
}

/// When each file below the versions was written.
fn written(public: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let folders = ["v", "diff"].into_iter().flat_map(|folder| WalkDir::new(public.join(folder)));
    let files = folders.map(|entry| entry.expect("entry")).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let time = entry.metadata().expect("metadata").modified().expect("a time");
            (entry.into_path(), time)
        })
        .collect()
}

/// Every way of every page's switcher, held against the account; gives how many led to the page, and to one above it.
fn walk(public: &Path, versions: &[Version]) -> (usize, usize) {
    let (mut same, mut nearest) = (0, 0);
    for version in versions {
        for path in version.names.keys() {
            for language in ["", "/en"] {
                let address = version.address(path, language);
                let file = public.join(address.trim_start_matches('/')).join("index.html");
                let page = fs::read_to_string(&file).expect("a page");
                let switcher = between(&page, "<nav class=\"versions\"", "</nav>");
                assert_eq!(switcher.len(), 1, "{address}");
                let hrefs = between(switcher[0], "href=\"", "\"");
                let links: Vec<&&str> = hrefs.iter().filter(|href| !href.starts_with("#i-")).collect();
                assert_eq!(links.len(), versions.len(), "{address}");
                for (other, href) in versions.iter().zip(links) {
                    let (to, part) = led(&address, href);
                    let (wanted, is_same) = version.wanted(path, other, language);
                    assert_eq!(
                        (to.as_str(), part.is_none()),
                        (wanted.as_str(), is_same),
                        "{address} to {}",
                        other.root
                    );
                    let there = public.join(to.trim_start_matches('/')).join("index.html");
                    let there = fs::read_to_string(&there).unwrap_or_else(|_| panic!("{address}: {href}"));
                    if let Some(part) = part {
                        // The sentence for those whose page is not there.
                        assert!(there.contains(&format!("id=\"{part}\"")), "{address}: {href}");
                        nearest += 1;
                    } else {
                        same += 1;
                    }
                }
            }
        }
    }
    (same, nearest)
}

#[test]
fn twelve_tags_are_twelve_versions() {
    let (folder, accounts) = repository();
    let root = folder.path();
    juhend(root, &["build"]);
    let public = root.join("public");

    let newest = accounts.last().expect("twelve");
    let tags = accounts.iter().enumerate().rev();
    let mut versions = vec![Version::of(&public, "", newest)];
    versions.extend(tags.map(|(at, account)| Version::of(&public, &format!("/v/{}", at + 1), account)));
    let (same, nearest) = walk(&public, &versions);
    assert!(same > 10_000 && nearest > 500, "{same} to the page, {nearest} to one above it");

    // What the commands say of two tags, and the pages of two neighbours.
    let (answer, _) = juhend(root, &["diff", "5", "9", "--pages", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    let keys = |list: &str, key: &str, is_wanted: &dyn Fn(&serde_json::Value) -> bool| -> BTreeSet<String> {
        let pages = answer[list].as_array().expect("a list").iter().filter(|page| is_wanted(page));
        pages.map(|page| page[key].as_str().expect("a key").to_owned()).collect()
    };
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let any = |_: &serde_json::Value| true;
    assert_eq!(keys("added", "key", &any), named(&ADDED));
    assert_eq!(keys("removed", "key", &any), named(&[]));
    let moved = |page: &serde_json::Value| page["moved"] == true;
    assert_eq!(keys("kept", "before", &moved), named(&MOVED.map(|(before, _)| before)));
    assert_eq!(keys("kept", "after", &moved), named(&MOVED.map(|(_, after)| after)));
    let changed = |page: &serde_json::Value| page["changed"] == true;
    assert_eq!(keys("kept", "after", &changed), named(&CHANGED));
    let lists = fs::read_to_string(public.join("diff/9..10/index.html")).expect("the changes");
    assert!(lists.contains("href=\"../../v/9/training/test-data/\""), "what was dropped: {lists}");
    assert!(lists.contains("href=\"guides/glossary/\""), "what was rewritten: {lists}");
    let words =
        fs::read_to_string(public.join("diff/9..10/en/guides/glossary/index.html")).expect("the changes");
    assert!(words.contains("<ins") && words.contains("A sentence that came with tag 10."), "{words}");

    // Nothing changed: nothing is written.
    let before = written(&public);
    let (_, said) = juhend(root, &["build"]);
    assert!(said.contains(" 0 written, "), "{said}");
    assert!(before == written(&public));
    // A page of the current version changed: no file of another one is written.
    let page = root.join("content/guides/glossary.md");
    let text = fs::read_to_string(&page).expect("a page");
    fs::write(&page, format!("{text}\nMore of it.\n")).expect("written");
    juhend(root, &["build"]);
    let after = written(&public);
    let is_touched = |file: &Path| before.get(file) != after.get(file);
    let touched: Vec<&PathBuf> = after.keys().filter(|file| is_touched(file)).collect();
    assert!(touched.iter().all(|file| file.starts_with(public.join("diff/12..now"))), "{touched:?}");
}
