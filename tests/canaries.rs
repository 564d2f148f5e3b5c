//! A portal with a word of its own in every place that an audience may not see. Built for a wider audience,
//! not one of these words is in any byte or name of the output; built for the narrower one, they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use walkdir::WalkDir;

/// The day of all builds.
const DAY: &str = "2026-10-16";

/// Who sees a canary: those of `internal` and `restricted`, or the latter alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Internal,
    Restricted,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Restricted => "restricted",
        }
    }

    /// What every canary of the level begins with. It is a slug, so that ids and addresses keep it.
    fn prefix(self) -> &'static str {
        match self {
            Self::Internal => "zqi",
            Self::Restricted => "zqr",
        }
    }
}

/// The files of a content tree, by path.
type Tree = BTreeMap<String, Vec<u8>>;

/// One record of every kind and one page of every folder for `level`, `@` before a number being a canary.
///
/// Records of a level name only each other and what everybody sees.
#[expect(clippy::too_many_lines, reason = "it is a list of files, one of each kind")]
fn seeded(level: Level) -> Tree {
    let restriction = "restriction: {holder: @001, marked: 2026-10-01, until: 2031-10-01, basis: @002}";
    let head = format!("audience: {}\n{restriction}\n", level.word());
    let file = |path: &str, text: &str| {
        let text = text.replace("<head>\n", &head);
        (planted(level, path), planted(level, &text).into_bytes())
    };
    let media = |path: &str, text: &str| (planted(level, path), planted(level, text).into_bytes());
    let ticket_day = if level == Level::Internal { "2026-10-14" } else { "2026-10-15" };
    let csv_day = if level == Level::Internal { "2026-10-07" } else { "2026-10-08" };
    Tree::from([
        file(
            "releases/@010.yaml",
            "<head>
title: {et: @011, en: @012}
product: public-product
status: in_test
build: @013
contents: [{ticket: @014, title: @015, change: feature, risk: high, flag: @016, cases: [@040]}]
environments: [{env: @060, use: acceptance}]
schedule: {test_start: 2026-10-12, test_deadline: 2026-10-15, decision: 2026-10-19, install: 2026-10-20T20:00}
schedule_changes: [{event: install, was: 2026-10-19, at: 2026-10-05, reason: @017}]
gate: standard
sign_off: [test-lead]
uat: {@014: {business_description: ok, test_data: [@070]}}
waivers: [{id: @009, rule: executed_share, defects: [@050], reason: @018, approved_by: test-lead, expires: 2026-12-31}]
rollback: {guide: ../guides/@100.md}
x: {own: @019}
",
        ),
        file(
            "runs/@010/@020.yaml",
            "<head>
title: @021
release: @010
environment: @060
series: @022
build: @013
started: 2026-10-12T09:00
ended: 2026-10-13T16:00
plan: @045
results:
  - {case: @040, suite: @023, status: failed, message: @024, triage: product, defects: [@050], attachments: [@025.log]}
  - {case: @041, title: @026, status: blocked, reason: @027}
",
        ),
        media("runs/@010/@025.log", "@028 in a log"),
        file(
            "runs/@010/@030.yaml",
            "<head>
release: @010
environment: @060
series: @022
started: 2026-10-14T09:00
import: {file: @031.xml, format: junit}
",
        ),
        media(
            "runs/@010/@031.xml",
            "<testsuites><testsuite name=\"@032\"><testcase classname=\"@033\" name=\"@034\">\
             <failure message=\"@035\">@036</failure></testcase></testsuite></testsuites>",
        ),
        file(
            "cases/@039.yaml",
            "<head>
cases:
  - {id: @040, title: @042, priority: high, requirements: [@014], tags: [@043], renamed_from: [@044]}
  - {id: @041}
",
        ),
        file(
            "plans/@045.yaml",
            "<head>
title: @046
release: @010
cases: {include: [@040, @041]}
out_of_scope: [{item: @047, reason: @048}]
risks: [{id: R1, text: @049, likelihood: medium, impact: high, cases: [@040]}]
",
        ),
        file(
            "defects/@050.yaml",
            "<head>
title: @051
status: retest
severity: major
observed: 2026-10-12T11:20
reported: 2026-10-12T13:05
found_in: {environment: @060, build: @013, run: @010/@020, case: @040}
affects: [@010]
ticket: @052
team: team
steps: [@053]
expected: @054
actual: @055
workaround: @056
attachments: [@057.txt]
history: [{at: 2026-10-13T09:00, to: fixing}, {at: 2026-10-14T15:00, to: retest, build: @013}]
",
        ),
        media("defects/@057.txt", "@058 in an attachment"),
        file(
            "environments/@060.yaml",
            "<head>
title: @061
kind: acceptance
product: public-product
team: team
url: https://@062.example.ee
deployments: [{build: @013, at: 2026-10-11T18:20}]
readiness: [{check: @063, result: pass, at: 2026-10-15T08:30, valid_for: 48h, run: @010/@020}]
clonings:
  - {id: @064, source: prod, status: announced, from: 2026-11-06T18:00, until: 2026-11-08T12:00,
     announce_by: 2026-10-30, affected: [team], lost: [@066],
     masking: {method: pseudonymised, verified_by: test-lead},
     follow_ups: [{task: @067, team: team, due: 2026-11-08, blocking: true}]}
",
        ),
        file(
            "data/@070.yaml",
            "<head>
title: @071
environment: @060
origin: synthetic
status: ready
needs: [{text: @072, status: ready}]
location: \"vault:@073\"
team: team
cases: [@040]
",
        ),
        file(
            &format!("tickets/{ticket_day}.yaml"),
            &format!(
                "<head>
as_of: {ticket_day}T08:00
tickets: [{{key: @014, title: @080, status: In test, since: 2026-10-02, test_due: 2026-10-12, release: @010, team: team, next_step: @081}}]
"
            ),
        ),
        file(
            &format!("tickets/{csv_day}.yaml"),
            &format!("<head>\nas_of: {csv_day}T08:00\nimport: {{file: @083.csv, format: jira_csv}}\n"),
        ),
        media("tickets/@083.csv", "Issue key,Summary,Status\n@014,@084,In test\n"),
        file(
            "decisions/@085.yaml",
            "<head>
release: @010
outcome: deferred
decided: 2026-10-16T09:00
build: @013
by: {test-lead: deferred}
reason: @086
conditions: [{text: @087, team: team, due: 2026-10-30}]
evidence: []
",
        ),
        file(
            "reports/@090.md",
            "---
<head>
title: @091
type: progress
release: @010
runs: [@010/@020]
issued: 2026-10-16T08:00
revision: 1
distribution: [team]
changes: [{revision: 1, at: 2026-10-16, text: @092}]
---
## @093

@094
",
        ),
        file("advice/@095.md", "---\n<head>\nasked: 2026-10-01\nteam: team\n---\n# @096\n\n@097\n"),
        file("proposals/@098.md", "---\n<head>\nstatus: proposed\nteam: team\n---\n# @099\n"),
        file(
            "guides/@100.md",
            "---
<head>
title: @101
description: @102
owner: test-lead
aliases: [/@103/]
id: @104
tags: [@105]
x: {own: @106}
---
# @107 {#@108}

@109 ![@110](@111.png \"@112\") [@113](../releases/@010.yaml)

```results
run: @010/@020
```

```quiz
question: @114
answers: [@115, @116]
right: 2
why: @117
```
",
        ),
        media("guides/@111.png", "not a real image: @118"),
        file("guides/@119/@120.md", "---\n<head>\n---\n# @121\n"),
        // A translation that fewer may see than the text itself.
        file("guides/plain.en.md", if level == Level::Internal { "---\n<head>\ntitle: @123\n---\n@124\n" } else { "---\n<head>\n---\n" }),
        file(
            "training/@125.md",
            "---
<head>
title: @126
duration: 2h
objectives: [@127]
sessions: [{at: 2026-10-21T10:00, until: 2026-10-21T12:00, place: @128, teams: [team]}]
---
## @129

@130
",
        ),
        file("@131/@132.md", "---\n<head>\n---\n@133\n"),
        media("@134/@135.pdf", "@136"),
        media("kept-@137/@138.png", "@139"),
        file("kept-@137/page.md", "@140 ![@141](@138.png)\n"),
    ])
}

/// `text` with the canaries of `level` in place of their numbers.
fn planted(level: Level, text: &str) -> String {
    text.replace('@', level.prefix())
}

/// What everybody sees, with blocks for fewer in it.
fn shared() -> Tree {
    let block = |level: Level| {
        let text = "
:::<level>
## @200 {#@201}

@202 ![@203](@204.png) [@205](../guides/@100.md) [@206][@207] <https://@208.example.ee> `@209` <b id=\"@210\">@211</b>[^@212]

[@207]: https://@213.example.ee/@214
[^@212]: @215

| @216 |
| --- |
| @217 |

```sh
@218
```

```results
run: @010/@020
```

```quiz
question: @219
answers: [@220, @221]
right: 1
```

> [!NOTE]
> @222

<!-- @223 -->
:::
";
        planted(level, &text.replace("<level>", level.word()))
    };
    let restricted = block(Level::Restricted);
    let internal = block(Level::Internal);
    let marking = planted(
        Level::Restricted,
        "restriction: {holder: @224, marked: 2026-10-01, until: 2031-10-01, basis: @225}",
    );
    let page = format!(
        "---\ntitle: Plain page\n{marking}\n---\nSeen by all.\n{restricted}\nBetween.\n{internal}\nAt the end.\n"
    );
    let report = format!(
        "---\ntitle: A report\ntype: progress\nissued: 2026-10-16T08:00\nrevision: 1\n{marking}\nchanges: [{{revision: 1, at: 2026-10-16, text: First}}]\n---\n## Period\n\nAll.\n{restricted}"
    );
    let text = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let medium = |level, path: &str, text: &str| (planted(level, path), planted(level, text).into_bytes());
    Tree::from([
        text(
            "portal.yaml",
            &planted(
                Level::Restricted,
                "title: Portal
languages: [et, en]
base_url: https://testing.example.ee/
audiences: {default: public, folders: {kept-@137: restricted, <internal>: internal}}
products: {public-product: {title: Product}}
teams: {team: {title: Team}}
roles: {test-lead: {title: Test lead}}
gates: {standard: [{metric: executed_share, at_least: 98%}]}
statuses: {testing: [In test], waiting: [Blocked], done: [Done]}
checks: {uat_not_ready: off}
",
            )
            .replace("<internal>", &planted(Level::Internal, "kept-@137")),
        ),
        text(
            "index.md",
            &format!("# Portal\n\nHome.\n{restricted}{internal}").replace("../guides", "guides"),
        ),
        text("guides/page.md", &page),
        text("guides/plain.md", "# Plain\n\n![A photograph](photo.jpg)\n"),
        ("guides/photo.jpg".to_owned(), photo()),
        text("training/course.md", &page.replace("title: Plain page", "title: Course\nlevel: beginner")),
        text("reports/report.md", &report),
        text(
            "advice/question.md",
            &page.replace(
                "title: Plain page",
                "title: Q\nasked: 2026-10-15\nteam: team\nanswered: 2026-10-16",
            ),
        ),
        text("environments/prod.yaml", "kind: production\n"),
        text(
            "releases/2026.9.yaml",
            "product: public-product\nstatus: in_test\nbuild: rc1\ncontents: []\nschedule: {install: 2026-10-30T20:00}\n",
        ),
        medium(Level::Restricted, "guides/@204.png", "@226"),
        medium(Level::Internal, "guides/@204.png", "@226"),
        medium(Level::Restricted, "@204.png", "@226"),
        medium(Level::Internal, "@204.png", "@226"),
        medium(Level::Restricted, "training/@204.png", "@226"),
        medium(Level::Internal, "training/@204.png", "@226"),
        medium(Level::Restricted, "reports/@204.png", "@226"),
        medium(Level::Restricted, "advice/@204.png", "@226"),
        medium(Level::Internal, "advice/@204.png", "@226"),
    ])
}

/// A decision that everybody sees and that rests on what few may see, and the hashes of its evidence.
fn decision(tree: &Tree) -> (Vec<u8>, Vec<String>) {
    let evidence: Vec<(String, String)> = [Level::Internal, Level::Restricted]
        .map(|level| planted(level, "runs/@010/@020.yaml"))
        .map(|path| (path.clone(), juhend::digest::sha256(&[&tree[&path]])))
        .into();
    let lines = evidence.iter().map(|(path, hash)| format!("  - {{file: {path}, sha256: {hash}}}\n"));
    let text = format!(
        "release: 2026.9\noutcome: deferred\ndecided: 2026-10-16T10:00\nbuild: rc1\nby: {{test-lead: deferred}}\nreason: Wait\nevidence:\n{}",
        lines.collect::<String>()
    );
    (text.into_bytes(), evidence.into_iter().map(|(_, hash)| hash[..8].to_owned()).collect())
}

struct Portal {
    root: tempfile::TempDir,
    hashes: Vec<String>,
}

impl Portal {
    fn seeded() -> Self {
        let mut tree = shared();
        for level in [Level::Restricted, Level::Internal] {
            tree.extend(seeded(level));
        }
        tree.insert(
            "partners.yaml".to_owned(),
            planted(
                Level::Restricted,
                "audience: restricted\npartners: [{id: @300, title: @301, kind: partner, interest: [cloning], channel: @302}]\n",
            )
            .into_bytes(),
        );
        let (text, hashes) = decision(&tree);
        tree.insert("decisions/shared.yaml".to_owned(), text);
        let root = tempfile::tempdir().expect("temporary folder");
        for (path, bytes) in &tree {
            let full = root.path().join("content").join(path);
            fs::create_dir_all(full.parent().expect("parent")).expect("folder");
            fs::write(full, bytes).expect("file");
        }
        Self { root, hashes }
    }

    fn juhend(&self, arguments: &[&str]) -> Output {
        let output = Command::new(env!("CARGO_BIN_EXE_juhend"))
            .arg("-C")
            .arg(self.root.path())
            .args(["--as-of", DAY, "--color", "never"])
            .args(arguments)
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// The names and bytes of all files of a build for `audience`.
    fn built(&self, audience: &str) -> BTreeMap<String, Vec<u8>> {
        let public = self.root.path().join(audience);
        self.juhend(&["build", "--audience", audience, "-o", audience]);
        files(&public)
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("file"))
        })
        .collect()
}

/// A JPEG with a place, a comment and what stands behind its end.
fn photo() -> Vec<u8> {
    let text = planted(Level::Restricted, "Exif\0\0MM\0*\0\0\0\x08\0\0@400 @401");
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
        [&[0xFF, marker], length.as_slice(), content].concat()
    };
    let comment = segment(0xFE, planted(Level::Internal, "@402").as_bytes());
    let tail = planted(Level::Restricted, "@403").into_bytes();
    let picture = [segment(0xDA, b"scan"), b"picture".to_vec(), vec![0xFF, 0xD9]].concat();
    [vec![0xFF, 0xD8], segment(0xE1, text.as_bytes()), comment, picture, tail].concat()
}

/// Every word in names and bytes that begins with `prefix`, each with the first file that has it.
fn found(files: &BTreeMap<String, Vec<u8>>, prefix: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (name, bytes) in files {
        let text = format!("{name}\n{}", String::from_utf8_lossy(bytes)).to_lowercase();
        for (at, _) in text.match_indices(prefix) {
            let word: String = text[at..].chars().take(prefix.len() + 3).collect();
            all.entry(word).or_insert_with(|| name.clone());
        }
    }
    all
}

#[test]
fn not_one_byte_is_for_others() {
    let portal = Portal::seeded();
    let none = BTreeMap::new();
    for (audience, hidden) in
        [("public", vec![Level::Internal, Level::Restricted]), ("internal", vec![Level::Restricted])]
    {
        let files = portal.built(audience);
        assert!(files.len() > 30, "{audience}: {}", files.len());
        for level in hidden {
            assert_eq!(found(&files, level.prefix()), none, "{audience}");
        }
        // The evidence of one level is shown to it; of the other not even the hash is.
        let text: String = files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
        let is_hidden = [audience == "public", true];
        for (hash, is_hidden) in portal.hashes.iter().zip(is_hidden) {
            assert_eq!(text.contains(hash.as_str()), !is_hidden, "{audience}: {hash}");
        }
        let listed = portal.juhend(&["check", "--audience", audience, "--list", "--quiet"]).stdout;
        let listed: BTreeSet<String> =
            String::from_utf8(listed).expect("UTF-8").lines().map(str::to_owned).collect();
        let written = files.keys().filter(|name| *name != ".juhend").map(|name| format!("/{name}"));
        assert_eq!(listed, written.collect::<BTreeSet<String>>(), "{audience}");
    }
}

/// Canaries that no portal shows, whoever it is for: an author's own data, files that are read and not
/// published, what search alone would know, what was replaced, comments, metadata
/// of images.
const SILENT: [&str; 17] = [
    "019", "031", "083", "104", "105", "106", "134", "135", "136", "207", "210", "212", "223", "400", "401",
    "402", "403",
];

/// A canary that nobody would see proves nothing.
#[test]
fn those_for_whom_they_are_see_them() {
    let portal = Portal::seeded();
    for (audience, level) in [("internal", Level::Internal), ("restricted", Level::Restricted)] {
        let found = found(&portal.built(audience), level.prefix());
        let mut planted: BTreeSet<String> = BTreeSet::new();
        for bytes in seeded(level).values().chain(shared().values()) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let words = text.match_indices(level.prefix());
            planted.extend(words.map(|(at, _)| text[at..at + level.prefix().len() + 3].to_owned()));
        }
        let silent = |word: &String| SILENT.iter().any(|number| word.ends_with(number));
        let missing: Vec<&String> =
            planted.iter().filter(|word| !found.contains_key(*word) && !silent(word)).collect();
        assert!(missing.is_empty(), "{audience}: {missing:?}");
    }
}
