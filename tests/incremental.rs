//! Whatever is edited, a build on what the last one left gives the bytes of a clean one.
//!
//! Sequences of edits are drawn by chance from a number: the same number gives the same edits. `JUHEND_EDITS` says how
//! many edits a sequence has, `JUHEND_SEED` from which number it is drawn:
//!
//! ```text
//! JUHEND_EDITS=500 JUHEND_SEED=7 cargo test --test incremental
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use walkdir::WalkDir;

mod program;
use program::{DAY, juhend};

/// How many edits a sequence has where nobody says.
const EDITS: u64 = 24;

/// Numbers by chance: SplitMix64 (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).expect("small")).expect("small")
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What a build may be asked for. The usual comes often, so that builds have something to keep.
const ASKED: [&[&str]; 9] = [
    &[],
    &[],
    &[],
    &[],
    &[],
    &["--drafts"],
    &["--audience", "public"],
    &["--compress"],
    &["--audience", "restricted"],
];

const WORDS: [&str; 12] = [
    "portaal", "kiri", "kontroll", "test", "release", "defect", "run", "tulemus", "õigus", "päev", "wait",
    "again",
];

const SETTINGS: &str = "base_url: https://testimine.example.ee/
checks: {broken-link: warn}
versions:
  - {id: now, state: current}
  - {id: \"*\", from: \"git:guides-*\", state: supported}
  - {id: old, from: \"dir:old\", state: archived}
";

/// A portal that is edited.
struct Edited {
    folder: TempDir,
    chance: Chance,
    step: u64,
    /// The files of the content and the themes before the last edit.
    before: BTreeMap<PathBuf, Vec<u8>>,
}

impl Edited {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        juhend(folder.path(), &["--quiet", "--as-of", DAY, "init"]).fine();
        let edited = Self { folder, chance: Chance(seed), step: 0, before: BTreeMap::new() };
        let settings = edited.text("content/portal.yaml");
        edited.put("content/portal.yaml", &format!("{settings}\n{SETTINGS}"));
        edited.put("old/guides/report-defect.md", "# Vana juhend\n\nVanad sõnad.\n");
        edited.put("old/guides/only-old.md", "# Ainult vana\n\n```release\nrelease: \"2026.10\"\n```\n");
        edited.git(&["init", "--quiet", "--initial-branch", "main"]);
        edited.commit();
        edited.git(&["tag", "guides-1"]);
        edited
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, path: &str, text: &str) {
        let full = self.root().join(path);
        fs::create_dir_all(full.parent().expect("a folder")).expect("folder");
        fs::write(full, text).expect("file");
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn git(&self, args: &[&str]) {
        let at = format!("2026-0{}-1{}T12:00:00+03:00", 1 + self.step % 9, self.step % 10);
        let ran = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.ee", "-c", "commit.gpgsign=false"])
            .args(args)
            .current_dir(self.root())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_AUTHOR_DATE", &at)
            .env("GIT_COMMITTER_DATE", &at)
            .output()
            .expect("git starts");
        assert!(ran.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    }

    fn commit(&self) {
        self.git(&["add", "--all", "content"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", "an edit"]);
    }

    /// The files below `folder` whose paths end with `ending`, sorted.
    fn files(&self, folder: &str, ending: &str) -> Vec<String> {
        let walk = WalkDir::new(self.root().join(folder)).sort_by_file_name().into_iter().flatten();
        let files = walk.filter(|entry| entry.file_type().is_file());
        let paths = files.map(|entry| {
            let path = entry.path().strip_prefix(self.root()).expect("below").to_string_lossy().into_owned();
            path.replace('\\', "/")
        });
        paths.filter(|path| path.ends_with(ending)).collect()
    }

    fn any(&mut self, folder: &str, ending: &str) -> Option<String> {
        let files = self.files(folder, ending);
        (!files.is_empty()).then(|| self.chance.of(&files).clone())
    }

    fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let folders = ["content", "themes", "old"];
        let files = folders.iter().flat_map(|folder| self.files(folder, ""));
        files.map(|path| (PathBuf::from(&path), fs::read(self.root().join(&path)).expect("file"))).collect()
    }

    fn restore(&self) {
        for path in self.snapshot().into_keys().filter(|path| !self.before.contains_key(path)) {
            fs::remove_file(self.root().join(path)).expect("removed");
        }
        for (path, bytes) in &self.before {
            let full = self.root().join(path);
            if fs::read(&full).ok().as_ref() != Some(bytes) {
                fs::create_dir_all(full.parent().expect("a folder")).expect("folder");
                fs::write(full, bytes).expect("file");
            }
        }
    }

    fn sentence(&mut self) -> String {
        let words: Vec<&str> = (0..5).map(|_| *self.chance.of(&WORDS)).collect();
        format!("{}.", words.join(" "))
    }

    /// A paragraph, a heading, a link, a block of code or a picture.
    fn block(&mut self) -> String {
        let sentence = self.sentence();
        match self.chance.below(6) {
            0 => format!("\n## {sentence}\n\n{sentence}\n"),
            1 => format!("\n```bash\nls -l {}\n```\n", self.chance.of(&WORDS)),
            2 => {
                let guide = self.any("content/guides", ".md").unwrap_or_default();
                let guide = guide.rsplit('/').next().unwrap_or_default().to_owned();
                format!("\n{sentence} [there]({guide})\n")
            }
            3 => format!("\n![{sentence}](pilt.png)\n"),
            _ => format!("\n{sentence}\n"),
        }
    }

    fn append(&mut self, path: &str) {
        let block = self.block();
        let text = self.text(path);
        self.put(path, &format!("{text}{block}"));
    }

    fn replace(&mut self, path: &str, pairs: &[(&str, &str)]) {
        let (from, to) = *self.chance.of(pairs);
        let text = self.text(path);
        let changed =
            if text.contains(from) { text.replacen(from, to, 1) } else { text.replacen(to, from, 1) };
        self.put(path, &changed);
    }

    /// One edit; says what it did.
    fn edit(&mut self) -> String {
        self.step += 1;
        let step = self.step;
        let kind = self.chance.below(24);
        if kind != 23 {
            self.before = self.snapshot();
        }
        match kind {
            0 => {
                let folder = *self.chance.of(&["guides", "guides/more", "training", "advice"]);
                let (path, block) = (format!("content/{folder}/new-{step}.md"), self.block());
                let draft = if self.chance.below(4) == 0 { "draft: true\n" } else { "" };
                let owner = "owner: test-lead\n";
                self.put(&path, &format!("---\ntitle: Uus {step}\n{draft}{owner}---\n\n{block}"));
                format!("creates {path}")
            }
            1..=4 => {
                let path = self.any("content", ".md").expect("a page");
                self.append(&path);
                format!("appends to {path}")
            }
            5 => {
                let path = self.any("content/guides", ".md").expect("a guide");
                let titles = [
                    ("title: ", "title: Teine "),
                    ("---\n", "---\nhidden: true\n"),
                    ("owner: test-lead\n", ""),
                ];
                self.replace(&path, &titles);
                format!("changes the heading of {path}")
            }
            6 => {
                let from = self.any("content/guides", ".md").expect("a guide");
                let to = format!("content/guides/moved-{step}.md");
                fs::rename(self.root().join(&from), self.root().join(&to)).expect("renamed");
                format!("renames {from} to {to}")
            }
            7 => {
                let Some(path) = self.any("content/guides", ".md") else { return "nothing".to_owned() };
                fs::remove_file(self.root().join(&path)).expect("removed");
                format!("deletes {path}")
            }
            8 => {
                let from = self.any("content/runs", ".yaml").expect("a run");
                let (folder, _) = from.rsplit_once('/').expect("in a folder");
                let to = format!("{folder}/sit-9{step}.yaml");
                self.put(&to, &self.text(&from));
                format!("copies {from} to {to}")
            }
            9 | 10 => {
                let path = self.any("content/runs", ".yaml").expect("a run");
                self.replace(&path, &[("passed", "failed"), ("T09:00", "T09:30"), ("blocked", "skipped")]);
                format!("changes {path}")
            }
            11 => {
                let path = self.any("content", ".yaml").expect("a record");
                self.replace(&path, &[("Näidis", "Proovi"), ("high", "medium"), ("Test", "Katse")]);
                format!("changes {path}")
            }
            12 => {
                let text = self.sentence();
                self.put(
                    "themes/default/templates/guide.html",
                    &format!("{{% extends \"document.html\" %}}\n<!-- {text} -->\n"),
                );
                "changes a template".to_owned()
            }
            13 => {
                let text = self.sentence();
                self.put("themes/default/assets/own.css", &format!("/* {text} */\n"));
                "changes an asset".to_owned()
            }
            14 => {
                let path = self.any("themes", "");
                path.iter().for_each(|path| fs::remove_file(self.root().join(path)).expect("removed"));
                format!("removes {path:?} of the theme")
            }
            15 => {
                let pairs = [
                    ("en: Testing portal", "en: Other portal"),
                    ("review_every: 12mo", "review_every: 6mo"),
                    ("state: supported", "state: archived"),
                ];
                self.replace("content/portal.yaml", &pairs);
                "changes the settings".to_owned()
            }
            16 => {
                self.commit();
                "commits".to_owned()
            }
            17 => {
                self.commit();
                let tag = *self.chance.of(&["guides-1", "guides-2"]);
                self.git(&["tag", "--force", tag]);
                "tags a version".to_owned()
            }
            18 => {
                let path = self.any("old", ".md").expect("an old page");
                self.append(&path);
                format!("appends to {path}")
            }
            19 => {
                let dots = if self.chance.below(2) == 0 { "dots one" } else { "dots two" };
                self.put("content/guides/pilt.png", dots);
                "draws a picture".to_owned()
            }
            20 => {
                let path = self.any("public", "").expect("a file");
                match self.chance.below(2) {
                    0 => fs::remove_file(self.root().join(&path)).expect("removed"),
                    _ => fs::write(self.root().join(&path), "by hand").expect("written"),
                }
                format!("spoils {path}")
            }
            21 => {
                let notes = self.root().join(".public.notes");
                let mut bytes = fs::read(&notes).unwrap_or_default();
                let at = self.chance.below(bytes.len().max(1));
                bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1);
                fs::write(notes, bytes).expect("written");
                "spoils the notes".to_owned()
            }
            22 => {
                let path = self.any("content", "").expect("a file");
                let bytes = fs::read(self.root().join(&path)).expect("file");
                fs::write(self.root().join(&path), bytes).expect("written");
                format!("touches {path}")
            }
            _ => {
                self.restore();
                "takes the last edit back".to_owned()
            }
        }
    }

    /// Builds on what there is, and once more where nothing changed: both say the same, and what is built is what a
    /// clean build makes. Whether there was anything to build.
    fn builds(&mut self, told: &str) -> bool {
        let asked = *self.chance.of(&ASKED);
        let usual = ["--quiet", "--as-of", DAY, "build"];
        let first = juhend(self.root(), &[&usual, asked, &["--verify-incremental"]].concat());
        let is_refused = first.code == 2 && first.err.contains("error[");
        assert!(first.code == 0 || is_refused, "{told}\n{asked:?}\n{}", first.err);
        if is_refused {
            return false;
        }
        let again = juhend(self.root(), &[&usual, asked].concat());
        assert_eq!((again.code, again.err), (0, first.err), "{told}\n{asked:?}");
        true
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn any_sequence_of_edits_builds_as_from_nothing() {
    let seed = number("JUHEND_SEED", 1);
    let mut edited = Edited::new(seed);
    assert!(edited.builds("at first"), "the example has no error");
    let mut told = format!("seed {seed}");
    let mut built = 0;
    for _ in 0..number("JUHEND_EDITS", EDITS) {
        told = format!("{told}\n{}", edited.edit());
        if edited.builds(&told) {
            built += 1;
        } else {
            told.push_str(" (refused, taken back)");
            edited.restore();
        }
    }
    println!("{told}\n{built} built");
    assert!(built > 0);
}

#[test]
fn a_build_of_what_did_not_change_reads_nothing_and_tells_the_same() {
    let mut edited = Edited::new(3);
    edited.put("content/guides/flawed.md", "# Vigane\n\n[kadunud](kadunud.md)\n");
    let build = |edited: &Edited| juhend(edited.root(), &["--verbose", "--as-of", DAY, "build"]).fine().err;
    let untimed = |said: &str| -> Vec<String> {
        let lines = said.lines().filter(|line| !line.starts_with("  read") && !line.starts_with("  nothing"));
        lines.map(|line| line.split(" written").next().unwrap_or(line).to_owned()).collect()
    };
    let first = build(&edited);
    assert!(first.contains("broken-link") && !first.contains("nothing was read"), "{first}");
    let second = build(&edited);
    assert!(second.contains("nothing was read"), "{second}");
    let is_fault = |line: &&String| !line.contains(" files in ");
    assert_eq!(
        untimed(&first).iter().filter(is_fault).collect::<Vec<_>>(),
        untimed(&second).iter().filter(is_fault).collect::<Vec<_>>()
    );
    assert!(edited.builds("nothing"));
}

#[test]
fn another_day_is_another_portal() {
    let edited = Edited::new(4);
    let build = |day: &str| juhend(edited.root(), &["--verbose", "--as-of", day, "build"]).fine().err;
    build(DAY);
    assert!(!build("2026-10-17").contains("nothing was read"));
    assert!(build("2026-10-17").contains("nothing was read"));
}
