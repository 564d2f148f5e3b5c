//! The program as its users meet it: arguments in; files, messages and exit codes out.

use std::fs;
use std::path::{Path, PathBuf};

mod program;

use program::{DAY, fine, juhend, put, read};
use tempfile::TempDir;

fn empty() -> TempDir {
    tempfile::tempdir().expect("temporary folder")
}

/// A portal as `init` makes it.
fn portal() -> TempDir {
    let folder = empty();
    fine(folder.path(), &["init", "--as-of", DAY, "-q"]);
    folder
}

/// Every file below `folder` with its bytes.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).expect("readable")))
        .collect();
    files.sort();
    files
}

#[test]
fn a_new_portal_has_no_fault_on_any_day_of_the_week_and_is_built() {
    for day in ["2026-10-16", "2026-10-17", "2026-10-18", "2026-10-19", "2026-12-31", "2027-03-01"] {
        let folder = empty();
        fine(folder.path(), &["init", "portal", "--as-of", day]);
        let root = folder.path().join("portal");
        fine(&root, &["check", "--fail-on", "warn", "--as-of", day]);
        let root = folder.path().join("english");
        fine(folder.path(), &["init", "english", "--language", "en", "--as-of", day, "-q"]);
        fine(&root, &["check", "--fail-on", "warn", "--as-of", day]);
    }
    let folder = portal();
    fine(folder.path(), &["build", "--as-of", DAY]);
    for page in
        ["index.html", "en/index.html", "guides/report-defect/index.html", "releases/2026.10/index.html"]
    {
        assert!(folder.path().join("public").join(page).is_file(), "{page}");
    }
}

#[test]
fn an_english_portal_is_english_first() {
    let folder = empty();
    let root = folder.path();
    fine(root, &["init", "--language", "en", "--as-of", DAY, "-q"]);
    let defect = fine(root, &["new", "defect", "D-2", "--as-of", DAY]);
    assert!(read(root.join(defect.trim())).contains("title: … Say in one line what is wrong\n"));
    fs::remove_file(root.join(defect.trim())).expect("removed");
    fine(root, &["build", "-q", "--as-of", DAY]);
    for (page, text) in [
        ("guides/report-defect/index.html", "<h1>How to report a defect</h1>"),
        ("et/guides/report-defect/index.html", "<h1>Kuidas veast teatada</h1>"),
    ] {
        assert!(read(root.join("public").join(page)).contains(text), "{page}");
    }
    let ran = juhend(root, &["init", "other", "--language", "fi"]);
    assert!(ran.code == 1 && ran.err.contains("possible values: et, en"), "{} {}", ran.code, ran.err);
}

#[test]
fn what_init_adds_to_a_portal_is_in_its_languages() {
    for language in ["en", "et"] {
        let folder = empty();
        let root = folder.path();
        fine(root, &["init", "--language", language, "--as-of", DAY, "-q"]);
        let before = everything(root);
        fs::remove_file(root.join("content/about.md")).expect("removed");
        fine(root, &["init", "--force", "--as-of", DAY, "-q"]);
        assert_eq!(everything(root), before, "{language}");
        fine(root, &["check", "--fail-on", "warn", "--as-of", DAY]);
    }
    let folder = portal();
    let ran = juhend(folder.path(), &["init", "--force", "--language", "en"]);
    assert!(ran.code == 1 && ran.err.contains("is `et`, not `en`"), "{} {}", ran.code, ran.err);
}

#[test]
fn one_fault_of_the_settings_is_told_alone_in_an_english_portal() {
    for (from, to, rules) in [
        ("\ntitle:", "\ntitel:", vec!["missing-key", "unknown-key"]),
        ("[en, et]", "[en, et", vec!["bad-yaml"]),
        ("\nlanguages:", "\nlangauges:", vec!["unknown-key"]),
        ("", "", vec!["missing-settings"]),
    ] {
        let folder = empty();
        fine(folder.path(), &["init", "--language", "en", "--as-of", DAY, "-q"]);
        let settings = folder.path().join("content/portal.yaml");
        if from.is_empty() {
            fs::remove_file(&settings).expect("removed");
        } else {
            put(&settings, read(&settings).replacen(from, to, 1));
        }
        let ran = juhend(folder.path(), &["check", "--as-of", DAY]);
        let rule = |line: &str| {
            let (_, after) = line.split_once(": error[").or_else(|| line.split_once(": warning["))?;
            Some(after.split_once(']')?.0.to_owned())
        };
        let told = format!("{}{}", ran.out, ran.err);
        assert_eq!(told.lines().filter_map(rule).collect::<Vec<_>>(), rules, "{told}");
        assert!(!told.contains("`languages: [et"), "{told}");
    }
}

#[test]
fn a_new_decision_asks_for_what_was_decided() {
    let folder = portal();
    let root = folder.path();
    let made = juhend(root, &["new", "decision", "2026.10", "--as-of", DAY]);
    assert!(made.code == 0 && made.err.contains("in place of each `…`"), "{}", made.err);
    let ran = juhend(root, &["check", "--as-of", DAY]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    // The outcome, and what each of the roles said.
    let places = read(root.join("content/decisions/2026.10.yaml")).matches(": …").count();
    for told in [
        "`…` only keeps the place of what is not written yet",
        "write what was decided, or is so, in place of `…`: `confirmed`, `confirmed_with_conditions`, ",
    ] {
        assert_eq!(ran.err.matches(told).count(), places, "{told} {}", ran.err);
    }
    assert!(places > 1, "{places}");
}

#[test]
fn a_defect_whose_title_nobody_wrote_is_told() {
    let folder = portal();
    let root = folder.path();
    let path = fine(root, &["new", "defect", "D-2", "--as-of", DAY]);
    let defect = root.join(path.trim());
    let written = read(&defect);
    let (title, rest) = written.split_once("\nstatus:").expect("a status");
    put(&defect, format!("{title}\nstatus:{}", rest.replace('…', "Now: ")));
    let ran = juhend(root, &["check", "--as-of", DAY]);
    assert!(
        ran.err.contains("[defect-lacks-detail]: the defect is `open` and lacks `title`\n"),
        "{}",
        ran.err
    );
}

#[test]
fn a_portal_in_which_nobody_sees_anything_says_how_to_open_it() {
    let folder = portal();
    let root = folder.path();
    let told = "warning: nothing is shown: no file of the content is for this audience; `audience: public`";
    // The second build finds nothing to do, and warns nevertheless.
    for _ in 0..2 {
        let ran = juhend(root, &["build", "-q", "--audience", "public", "--as-of", DAY]);
        assert!(ran.code == 0 && ran.err.contains(told), "{}", ran.err);
    }
    assert!(read(root.join("README.md")).contains("`audience: public`"));
    let settings = root.join("content/portal.yaml");
    put(
        &settings,
        read(&settings).replacen("default: internal", "default: internal, folders: {training: public}", 1),
    );
    let ran = juhend(root, &["build", "--audience", "public", "--as-of", DAY]);
    assert!(ran.code == 0 && !ran.err.contains("nothing is shown"), "{}", ran.err);
}

#[test]
fn a_gate_is_asked_of_a_release() {
    let folder = portal();
    let ran = juhend(folder.path(), &["gate", "--as-of", DAY]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error: no release is named\n"), "{}", ran.err);
    assert!(ran.err.contains("`juhend gate 2026.10`; known here: `2026.09`, `2026.10`"), "{}", ran.err);
}

#[test]
fn the_home_page_leads_to_the_guide_on_reporting_while_there_is_one() {
    let folder = portal();
    let linked = |page: &str| {
        read(folder.path().join("public").join(page)).matches("guides/report-defect/\"><svg").count()
    };
    fine(folder.path(), &["build", "-q", "--as-of", DAY]);
    assert_eq!((linked("index.html"), linked("en/index.html")), (1, 1));
    let guide = folder.path().join("content/guides/report-defect.md");
    put(&guide, read(&guide).replacen("---\n", "---\nhidden: true\n", 1));
    fine(folder.path(), &["build", "-q", "--as-of", DAY]);
    assert_eq!((linked("index.html"), linked("en/index.html")), (0, 0));
}

#[test]
fn a_new_portal_brings_what_surrounds_it() {
    let folder = portal();
    let file = |path: &str| read(folder.path().join(path));
    assert_eq!(file(".gitignore"), "/public/\n/.public.*\n");
    for (path, text) in [
        (".gitlab-ci.yml", "juhend check"),
        (".gitlab-ci.yml", "juhend build -o public"),
        (".github/workflows/pages.yml", "--audience public --integrity --base-url"),
        (".github/workflows/pages.yml", "juhend build -o public"),
        ("README.md", "juhend serve --open"),
        ("README.md", "juhend gate 2026.10"),
        ("README.md", "juhend import junit report.xml --release 2026.10"),
        (
            "content/releases/2026.10.yaml",
            "# yaml-language-server: $schema=../../.juhend/schemas/release.json\n",
        ),
        (".juhend/schemas/release.json", "\"additionalProperties\": false"),
    ] {
        assert!(file(path).contains(text), "{text} in {path}:\n{}", file(path));
    }
}

#[test]
fn init_takes_nothing_from_anybody() {
    let folder = empty();
    put(folder.path().join("README.md"), "mine\n");
    let ran = juhend(folder.path(), &["init"]);
    assert!(ran.code == 1 && ran.err.contains("not empty") && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(everything(folder.path()).len(), 1);
    let ran = juhend(folder.path(), &["init", "--force"]);
    assert!(ran.code == 0 && ran.err.contains("kept `README.md`"), "{}", ran.err);
    assert_eq!(read(folder.path().join("README.md")), "mine\n");
    assert!(folder.path().join("content/portal.yaml").is_file());
    // A fresh repository is as good as empty.
    let cloned = empty();
    put(cloned.path().join(".git/HEAD"), "ref: refs/heads/main\n");
    fine(cloned.path(), &["init"]);
}

/// Each kind with an id, and the file it becomes.
const KINDS: [(&str, &[&str], &str); 12] = [
    ("guide", &["execution/smoke"], "guides/execution/smoke.md"),
    ("training", &["20-next"], "training/20-next.md"),
    ("report", &["2026.10-completion"], "reports/2026.10-completion.md"),
    ("release", &["2026.11"], "releases/2026.11.yaml"),
    ("run", &["2026.10/sit-02"], "runs/2026.10/sit-02.yaml"),
    ("environment", &["uat"], "environments/uat.yaml"),
    ("data", &["applicants-02"], "data/applicants-02.yaml"),
    ("tickets", &["2026-10-23"], "tickets/2026-10-23.yaml"),
    ("decision", &["content/decisions/2026.10.yaml"], "decisions/2026.10.yaml"),
    ("defect", &[], "defects/D-2.yaml"),
    ("advice", &["stub-down.md"], "advice/stub-down.md"),
    ("proposal", &["proposals/smoke"], "proposals/smoke.md"),
];

#[test]
fn new_files_of_every_kind_pass_the_check() {
    let folder = portal();
    // What was decided nobody can fill in but those who decide.
    for (kind, path, file) in KINDS.into_iter().filter(|(kind, ..)| *kind != "decision") {
        let args = [&["new", kind, "--as-of", DAY], path].concat();
        assert_eq!(fine(folder.path(), &args), format!("content/{file}\n"));
        let text = read(folder.path().join("content").join(file));
        assert!(text.contains("# yaml-language-server: $schema=../"), "{text}");
    }
    fine(folder.path(), &["check", "--as-of", DAY]);
}

#[test]
fn schemas_are_listed_printed_and_written() {
    let folder = portal();
    let kinds = fine(folder.path(), &["schema"]);
    assert!(kinds.contains("run          runs/**.yaml\n"), "{kinds}");
    let schema = fine(folder.path(), &["schema", "run"]);
    assert_eq!(schema, read(folder.path().join(".juhend/schemas/run.json")));
    assert_eq!(
        fine(folder.path(), &["schema", "release", "--example"]),
        "product: benefits\ncontents: [{ticket: BEN-2210}]\nschedule: {}\n"
    );
    let ran = juhend(folder.path(), &["schema", "--into", "editor"]);
    assert!(ran.code == 0 && ran.err.contains("16 schemas written into `editor`"), "{}", ran.err);
    assert_eq!(schema, read(folder.path().join("editor/run.json")));
    // Outside of a portal the schemas are those of a new one.
    assert_eq!(fine(empty().path(), &["schema", "run"]), schema);
    let ran = juhend(folder.path(), &["schema", "rum"]);
    assert!(ran.code == 1 && ran.err.contains("did you mean `run`?"), "{}", ran.err);
}

#[test]
fn a_new_file_names_the_portals_schema_where_the_project_has_none() {
    let folder = portal();
    fs::remove_dir_all(folder.path().join(".juhend")).expect("removed");
    let made = |kind: &str, id: &str| {
        let path = fine(folder.path(), &["new", "--as-of", DAY, kind, id]);
        read(folder.path().join(path.trim()))
    };
    assert!(!made("environment", "uat").contains("$schema"));
    let settings = folder.path().join("content/portal.yaml");
    put(&settings, format!("{}base_url: https://testing.example.ee/\n", read(&settings)));
    let run = made("run", "2026.10/sit-02");
    let address = "https://testing.example.ee/schemas/run.json";
    let lines = format!("# yaml-language-server: $schema={address}\n# $schema: {address}\n");
    assert!(run.starts_with(&lines), "{run}");
    let schema = fine(folder.path(), &["schema", "run"]);
    assert!(schema.contains(&format!("\"$id\": \"{address}\"")), "{schema}");
}

#[test]
fn new_fills_in_what_is_known() {
    let folder = portal();
    let made = |args: &[&str]| {
        let path = fine(folder.path(), &[&["new", "--as-of", DAY], args].concat());
        read(folder.path().join(path.trim()))
    };
    let run = made(&["run", "2026.10/sit-02"]);
    for line in ["release: \"2026.10\"", "environment: test", "build: 2026.10.0-rc1", "plan: 2026.10-sit"] {
        assert!(run.contains(&format!("\n{line}\n")), "{line} in:\n{run}");
    }
    let report = made(&["report", "2026.10-completion"]);
    let headings: Vec<&str> = report.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(headings.len(), 8, "{report}");
    assert!(
        report.contains("runs: [2026.10/sit-01, 2026.10/sit-02]")
            && report.contains("[D-1](../defects/D-1.yaml)"),
        "{report}"
    );
    let progress = made(&["report", "2026.10-w42", "--type", "progress"]);
    assert_eq!(progress.lines().filter(|line| line.starts_with("## ")).count(), 6, "{progress}");
    let decision = made(&["decision", "2026.10"]);
    assert!(decision.contains("by: {test-lead: …, product-owner: …}"), "{decision}");
    let ran = juhend(folder.path(), &["check", "--as-of", DAY]);
    assert_eq!(ran.err.matches("error[unknown-value]: `…` only keeps the place").count(), 3, "{}", ran.err);
}

#[test]
fn a_new_release_is_installed_on_a_day_of_its_own() {
    let folder = portal();
    let install = |id: &str| {
        let path = fine(folder.path(), &["new", "--as-of", DAY, "release", id]);
        let text = read(folder.path().join(path.trim()));
        text.lines().find(|line| line.contains("install:")).map(str::to_owned)
    };
    let (first, second) = (install("2026.11"), install("2026.12"));
    assert!(first.is_some() && first != second, "{first:?} {second:?}");
    fine(folder.path(), &["check", "--as-of", DAY]);
}

#[test]
fn new_overwrites_nothing_and_leaves_the_content_folder_alone() {
    let folder = portal();
    let ran = juhend(folder.path(), &["new", "defect", "D-1"]);
    assert!(ran.code == 1 && ran.err.contains("is there already"), "{}", ran.err);
    fine(folder.path(), &["new", "defect", "D-1", "--force"]);
    for path in ["../outside", "a//b", "/etc/x", "con", ".hidden", ""] {
        assert_eq!(juhend(folder.path(), &["new", "guide", path]).code, 1, "{path}");
    }
    let ran = juhend(folder.path(), &["new", "guide"]);
    assert!(ran.code == 1 && ran.err.contains("path"), "{}", ran.err);
}

#[test]
fn a_build_with_an_error_leaves_the_last_one() {
    let folder = portal();
    fine(folder.path(), &["build", "--as-of", DAY]);
    let before = everything(&folder.path().join("public"));
    put(folder.path().join("content/guides/report-defect.md"), "# Changed\n\n[nowhere](nowhere.md)\n");
    let ran = juhend(folder.path(), &["build", "--as-of", DAY]);
    assert_eq!(ran.code, 2);
    for part in ["error[broken-link]", "content/guides/report-defect.md:3:11", "nothing was written"] {
        assert!(ran.err.contains(part), "{part} in:\n{}", ran.err);
    }
    assert_eq!(everything(&folder.path().join("public")), before);
    // In a folder that was never built, nothing appears.
    assert_eq!(juhend(folder.path(), &["build", "-o", "other", "--as-of", DAY]).code, 2);
    assert!(!folder.path().join("other").exists());
}

#[test]
fn a_folder_that_is_not_a_build_is_left_alone() {
    let folder = portal();
    put(folder.path().join("public/diary.txt"), "mine\n");
    let ran = juhend(folder.path(), &["build", "--as-of", DAY]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(everything(&folder.path().join("public")).len(), 1);
    for target in ["content", "."] {
        assert_eq!(juhend(folder.path(), &["build", "-o", target]).code, 1, "{target}");
    }
}

#[test]
fn the_exit_code_says_how_it_went() {
    let folder = portal();
    let root = folder.path();
    put(root.join("content/portal.yaml"), "title: T\nlanguages: [et, en]\nproducts: [a]\n");
    for (args, code) in [
        (&["--version"] as &[&str], 0),
        (&["--help"], 0),
        (&["explain"], 0),
        (&["check"], 2),
        (&["build"], 2),
        (&["check", "-C", "no/such/folder"], 1),
        (&["chekc"], 1),
        (&["check", "--as-of", "16.10.2026"], 1),
        (&["explain", "broken-lnik"], 1),
    ] {
        let ran = juhend(root, args);
        assert_eq!(ran.code, code, "{args:?}\n{}{}", ran.out, ran.err);
    }
    let none = empty();
    let ran = juhend(none.path(), &["check"]);
    assert!(ran.code == 1 && ran.err.contains("juhend init"), "{}", ran.err);
}

#[test]
fn global_arguments_stand_before_or_after_the_command() {
    let folder = portal();
    let root = folder.path().to_str().expect("text");
    let away = empty();
    for args in [
        ["-C", root, "--as-of", DAY, "-q", "check"],
        ["check", "-C", root, "--as-of", DAY, "-q"],
        ["-q", "check", "--as-of", DAY, "-C", root],
    ] {
        let ran = juhend(away.path(), &args);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{args:?}");
    }
    let told = juhend(away.path(), &["-v", "check", "-C", root, "--as-of", DAY]).err;
    assert!(told.contains("texts") && told.contains("parse "), "{told}");
    // The project is found from inside its content, and its content by name from elsewhere.
    fine(&folder.path().join("content/guides"), &["check", "--as-of", DAY]);
    fine(folder.path(), &["check", "--content", "content", "--as-of", DAY]);
    fine(&folder.path().join("content/guides"), &["check", "--content", "..", "--as-of", DAY]);
    fine(away.path(), &["check", "--content", &format!("{root}/content"), "-C", ".", "--as-of", DAY]);
}

#[test]
fn faults_are_coloured_only_where_wanted() {
    let folder = portal();
    put(folder.path().join("content/guides/x.md"), "[nowhere](nowhere.md)\n");
    let plain = juhend(folder.path(), &["check", "--as-of", DAY]).err;
    assert!(plain.contains("broken-link") && !plain.contains('\u{1b}'), "{plain}");
    let coloured = juhend(folder.path(), &["check", "--as-of", DAY, "--color", "always"]).err;
    assert!(coloured.contains('\u{1b}'), "{coloured}");
}

#[test]
fn faults_as_json_can_be_read() {
    let folder = portal();
    put(folder.path().join("content/guides/x.md"), "Õpi [siit](nowhere.md)\n");
    let ran = juhend(folder.path(), &["check", "--format", "json", "--as-of", DAY]);
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let faults: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let fault = faults
        .as_array()
        .expect("a list")
        .iter()
        .find(|fault| fault["rule"] == "broken-link")
        .expect("the fault");
    assert_eq!(fault["path"], "content/guides/x.md");
    assert_eq!((&fault["line"], &fault["column"]), (&1.into(), &12.into()));
}

#[test]
fn every_command_explains_itself_with_examples() {
    let folder = empty();
    for command in [
        "init",
        "new",
        "build",
        "check",
        "compare",
        "gate",
        "sign-off",
        "serve",
        "explain",
        "completions",
        "man",
    ] {
        let help = fine(folder.path(), &[command, "--help"]);
        assert!(help.contains("Examples:\n  juhend "), "{help}");
    }
    assert!(fine(folder.path(), &["theme", "eject", "--help"]).contains("Examples:"));
    assert!(fine(folder.path(), &["--version"]).starts_with("juhend 0."));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(fine(folder.path(), &["completions", shell]).contains("serve"), "{shell}");
    }
    assert!(fine(folder.path(), &["man"]).contains(".TH"));
}

#[test]
fn runs_are_compared_case_by_case() {
    let folder = empty();
    let root = folder.path();
    let run = |day: u8, results: &str| {
        format!(
            "release: r\nenvironment: e\nstarted: 2026-10-{day}\nended: 2026-10-{day}\nresults: [{results}]\n"
        )
    };
    put(
        root.join("content/runs/r/sit-01.yaml"),
        run(
            12,
            "{case: A, title: Adds, status: passed}, {case: B, status: failed}, {case: C, status: passed}",
        ),
    );
    put(
        root.join("content/runs/r/sit-02.yaml"),
        run(13, "{case: A, title: Adds, status: failed, defects: [D-1]}, {case: B, status: passed}"),
    );
    put(
        root.join("content/runs/r/sums.yaml"),
        "release: r\nenvironment: e\nstarted: 2026-10-14\ntotals: {passed: 3}\n",
    );
    let said = fine(root, &["compare", "r/sit-01", "r/sit-02"]);
    let wanted = "\
r/sit-02 against r/sit-01

  regressed           1
  new failure         0
  still failing       0
  fixed               1
  new pass            0
  still passing       0
  not compared        0
  planned           = 2
  removed             1

Regressed (1)
  A  Adds  D-1

Fixed (1)
  B

Removed (1)
  C
";
    assert_eq!(said, wanted);
    // Of one run alone, its own baseline is the other; the path of its file is as good as its id.
    assert_eq!(fine(root, &["compare", "content/runs/r/sit-02.yaml"]), wanted);
    let json: serde_json::Value =
        serde_json::from_str(&fine(root, &["compare", "r/sit-02", "--format", "json"])).expect("JSON");
    assert_eq!((&json["counts"]["regressed"], &json["removed"][0]["id"]), (&1.into(), &"C".into()));
    for (args, code, part) in [
        (&["r/sit-02", "--fail-on-regression"] as &[&str], 2, ""),
        (&["r/sit-01"], 1, "first run of its series"),
        (&["r/sit-01", "r/sit-01"], 1, "with itself"),
        (&["r/sums"], 1, "no case is known"),
        (&["r/sit-20"], 1, "did you mean `r/sit-02`?"),
        (&["sit-02"], 1, "did you mean `r/sit-02`?"),
    ] {
        let ran = juhend(root, &[&["compare"], args].concat());
        assert!(ran.code == code && ran.err.contains(part), "{args:?}: {}\n{}", ran.code, ran.err);
    }
}

#[test]
fn rules_are_explained() {
    let folder = empty();
    let all = fine(folder.path(), &["explain"]);
    assert!(all.lines().count() > 20 && all.contains("broken-link"), "{all}");
    let one = fine(folder.path(), &["explain", "broken_link"]);
    assert!(one.contains("Example:"), "{one}");
    let ran = juhend(folder.path(), &["explain", "broken-lnik"]);
    assert!(ran.err.contains("did you mean `broken-link`?"), "{}", ran.err);
}

#[test]
fn an_ejected_file_overrides_the_theme() {
    let folder = portal();
    let list = fine(folder.path(), &["theme", "eject", "--list"]);
    assert!(list.contains("templates/guide.html\n") && list.contains("words/et.yaml\n"), "{list}");
    assert!(!folder.path().join("themes").exists());
    fine(folder.path(), &["theme", "eject", "templates/document.html"]);
    let template = folder.path().join("themes/default/templates/document.html");
    put(&template, format!("{}<!-- ours -->", read(&template)));
    let ran = juhend(folder.path(), &["theme", "eject", "templates/document.html"]);
    assert!(ran.code == 1 && ran.err.contains("is there already"), "{}", ran.err);
    assert!(read(&template).contains("<!-- ours -->"));
    let ran = juhend(folder.path(), &["theme", "eject", "guide.html"]);
    assert!(ran.code == 1 && ran.err.contains("did you mean `templates/guide.html`?"), "{}", ran.err);
    put(&template, "<!DOCTYPE html><title>{{ title }}</title><p>ours</p>");
    fine(folder.path(), &["build", "--as-of", DAY]);
    assert!(read(folder.path().join("public/about/index.html")).contains("<p>ours</p>"));
}

/// A run with a case of every status.
const RUN: &str = "release: \"2026.10\"\nenvironment: test\nstarted: 2026-10-12T09:00\nended: 2026-10-12T17:00\nresults:
  - {title: Sum, suite: Payments, status: passed, time: 1.5, attempts: [failed, passed], message: \"wanted <1> & \\\"2\\\"\"}
  - {title: Letter, suite: Payments, status: failed, message: no date}
  - {title: Form, status: error}
  - {title: Bank, status: blocked, reason: The stub is down}
  - {title: Old browser, status: skipped, reason: Not in scope}
  - {title: Search, status: in_progress}
  - {title: Print, status: not_run}
";

#[test]
fn a_run_that_is_exported_and_imported_again_has_the_same_counts() {
    let folder = portal();
    let runs = folder.path().join("content/runs/2026.10");
    put(runs.join("whole.yaml"), RUN);
    let counts = |run: &str| {
        let told = fine(folder.path(), &["export", run, "--format", "json", "--as-of", DAY]);
        serde_json::from_str::<serde_json::Value>(&told).expect("JSON")["run"]["counts"].clone()
    };
    let wanted = counts("2026.10/whole");
    assert_eq!(
        (&wanted["planned"], &wanted["executed"], &wanted["blocked"]),
        (&7.into(), &3.into(), &1.into())
    );
    for (format, file) in [("junit", "again.xml"), ("ctrf", "again.json"), ("csv", "again.csv")] {
        let path = runs.join(file);
        let path = path.to_str().expect("a path in UTF-8");
        fine(folder.path(), &["export", "content/runs/2026.10/whole.yaml", "--format", format, "-o", path]);
        let import = format!("import: {{file: {file}, format: {format}}}\n");
        let head = RUN.split("results:").next().unwrap_or_default();
        put(runs.join("again.yaml"), format!("{head}{import}"));
        assert_eq!(counts("2026.10/again"), wanted, "{format}");
        fs::remove_file(path).expect("removed");
    }
}

#[test]
fn a_run_that_is_not_there_or_not_whole_is_not_exported() {
    let folder = portal();
    let runs = folder.path().join("content/runs/2026.10");
    put(runs.join("whole.yaml"), RUN);
    let ran = juhend(folder.path(), &["export", "2026.10/whale", "--format", "csv"]);
    assert!(ran.code == 1 && ran.err.contains("did you mean `2026.10/whole`?"), "{}", ran.err);
    put(runs.join("half.yaml"), RUN.replace("status: error", "status: errors"));
    let ran = juhend(folder.path(), &["export", "2026.10/half", "--format", "csv"]);
    assert!(ran.code == 2 && ran.out.is_empty() && ran.err.contains("unknown-value"), "{}", ran.err);
}

#[test]
fn an_export_is_written_as_a_whole_or_not_at_all() {
    let folder = portal();
    put(folder.path().join("content/runs/2026.10/whole.yaml"), RUN);
    let out = folder.path().join("out");
    let file = out.join("run.xml");
    put(&file, "before");
    let export = |to: &Path| {
        let to = to.to_str().expect("a path in UTF-8");
        juhend(folder.path(), &["export", "2026.10/whole", "--format", "junit", "-o", to])
    };
    assert_eq!(export(&file).code, 0);
    assert!(read(&file).starts_with("<?xml"));
    assert_eq!(export(&out.join("new/run.xml")).code, 0);
    let ran = export(&out.join("new"));
    assert!(ran.code == 1 && ran.err.contains("cannot be written"), "{}", ran.err);
    assert_eq!(fs::read_dir(&out).expect("a folder").count(), 2, "nothing is left beside it");
}
