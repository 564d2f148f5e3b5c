//! Pages stay small however much there is to show.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

/// The most that a page may weigh, in bytes.
const PAGE: u64 = 250_000;

fn put(root: &Path, path: &str, text: &str) {
    let full = root.join("content").join(path);
    fs::create_dir_all(full.parent().expect("a folder")).expect("made");
    fs::write(full, text).expect("written");
}

/// A run of `cases` cases, as wordy as results of machines are; `day` counts from the first of August.
fn run(cases: usize, day: usize, named: bool) -> String {
    let mut text = format!(
        "release: \"1\"\nenvironment: sit\nstarted: 2026-{:02}-{:02}T09:00\nended: 2026-{:02}-{:02}T17:00\nlevel: system\nresults:\n",
        8 + day / 28,
        1 + day % 28,
        8 + day / 28,
        1 + day % 28
    );
    for case in 0..cases {
        let status =
            ["passed", "failed", "error", "blocked", "skipped", "passed", "passed"][(case + day) % 7];
        let who = if named { format!("case: BEN-{case}, ") } else { String::new() };
        let _ = write!(
            text,
            "  - {{{who}title: \"The supplement for the child number {case} is in the sum of the month that follows the birth\", \
             suite: \"Payments › Supplements › Children of age {}\", status: {status}, time: 1.5",
            case % 40
        );
        if matches!(status, "failed" | "error") {
            let _ = write!(
                text,
                ", message: \"{}\"",
                "wanted 120.00 €, found 60.00 € at step 4 of 9; ".repeat(20)
            );
        }
        text.push_str("}\n");
    }
    text
}

/// One run of 10,000 cases, a series of 10 runs, 300 cases of the catalogue and 400 defects.
fn tree(root: &Path) {
    put(
        root,
        "portal.yaml",
        "title: Large\nlanguages: [en]\nproducts: {a: {title: A}}\nteams: {sit: {title: SIT}}\n",
    );
    put(
        root,
        "releases/1.yaml",
        "product: a\nstatus: in_test\ncontents: []\nschedule: {install: 2026-12-01T20:00}\n",
    );
    put(root, "environments/sit.yaml", "kind: test\n");
    let catalogue: String =
        (0..300).map(|case| format!("  - {{id: BEN-{case}, title: Case {case}}}\n")).collect();
    put(root, "cases/all.yaml", &format!("cases:\n{catalogue}"));
    put(root, "runs/1/large.yaml", &run(10_000, 70, false).replace("level:", "series: large\nlevel:"));
    for day in 0..10 {
        put(root, &format!("runs/1/sit-{day:02}.yaml"), &run(300, day, true));
    }
    for defect in 0..400 {
        let text = format!(
            "title: The letter number {defect} has no date and is sent to the former address of the applicant\n\
             status: open\nseverity: major\nteam: sit\naffects: [\"1\"]\n\
             found_in: {{environment: sit, run: 1/sit-01, case: BEN-{}}}\n",
            defect % 300
        );
        put(root, &format!("defects/D-{defect}.yaml"), &text);
    }
}

/// 2,000 defects of one release, 500 partners, 500 tickets in each of two weeks, 300 releases with a report, 400 guides in a folder
/// and as many questions, proposals, modules and sets of data.
fn long_lists(root: &Path) {
    put(
        root,
        "portal.yaml",
        "title: Long\nlanguages: [en]\nproducts: {a: {title: A}}\nteams: {sit: {title: SIT}}\nroles: {lead: {title: Lead}}\n\
         statuses: {testing: [In test], waiting: [Blocked], done: [Done]}\nchecks: {decision_missing: off}\n",
    );
    put(root, "environments/sit.yaml", "kind: test\n");
    let title = "The letter has no date and is sent to the former address of the applicant";
    for release in 0..300 {
        let day = format!("2025-{:02}-{:02}", 1 + release / 28 % 12, 1 + release % 28);
        put(
            root,
            &format!("releases/R{release}.yaml"),
            &format!(
                "title: {title} {release}\nproduct: a\nstatus: released\nbuild: b{release}\ncontents: []\nschedule: {{install: {day}T20:00}}\n"
            ),
        );
        put(
            root,
            &format!("reports/R{release}.md"),
            &format!(
                "---\ntitle: {title} {release}\ntype: completion\nrelease: R{release}\nissued: {day}T10:00\nrevision: 1\n---\n\nText.\n"
            ),
        );
    }
    for defect in 0..2_000 {
        let status = ["open", "closed"][defect % 2];
        put(
            root,
            &format!("defects/D-{defect}.yaml"),
            &format!(
                "title: {title} {defect}\nstatus: {status}\nseverity: major\nteam: sit\naffects: [R1]\nfound_in: {{environment: sit}}\n"
            ),
        );
    }
    let partners: String = (0..500)
        .map(|partner| format!("  - {{id: p{partner}, title: {title} {partner}, kind: vendor, interest: [install, cloning], channel: p{partner}@example.ee}}\n"))
        .collect();
    put(root, "partners.yaml", &format!("partners:\n{partners}"));
    for page in 0..400 {
        let front = format!("---\ntitle: {title} {page}\ndescription: {title}.\n");
        put(root, &format!("guides/top{page}.md"), &format!("{front}owner: sit\n---\n\nText.\n"));
        put(root, &format!("guides/many/{page}.md"), &format!("{front}owner: sit\n---\n\nText.\n"));
        put(root, &format!("training/{page}.md"), &format!("{front}duration: 20m\n---\n\nText.\n"));
        put(
            root,
            &format!("advice/{page}.md"),
            &format!("{front}asked: 2026-09-01\nteam: sit\n---\n\nText.\n"),
        );
        put(
            root,
            &format!("proposals/{page}.md"),
            &format!("{front}status: proposed\nteam: sit\n---\n\nText.\n"),
        );
        put(
            root,
            &format!("data/{page}.yaml"),
            &format!("title: {title} {page}\nenvironment: sit\norigin: synthetic\nstatus: ready\n"),
        );
    }
    for day in ["2026-10-09", "2026-10-16"] {
        let tickets: String = (0..500)
            .map(|ticket| {
                let status = ["In test", "Blocked", "Done"][ticket % 3];
                format!("  - {{key: T-{ticket}, title: {title}, status: {status}, team: sit}}\n")
            })
            .collect();
        put(root, &format!("tickets/{day}.yaml"), &format!("as_of: {day}T08:00\ntickets:\n{tickets}"));
    }
}

#[test]
fn lists_go_on_from_page_to_page() {
    let project = tempfile::tempdir().expect("temporary folder");
    long_lists(project.path());
    let public = built(project.path());
    let heavy = heavy(&public);
    assert!(heavy.is_empty(), "{heavy:#?}");
    let rows = |folder: &str, name: &str, all: usize| {
        let mut found = std::collections::BTreeSet::new();
        for entry in WalkDir::new(public.join(folder)).into_iter().map(|entry| entry.expect("entry")) {
            let path = entry.path().strip_prefix(&public).expect("below").to_string_lossy().into_owned();
            let is_list =
                path == format!("{folder}/index.html") || path.starts_with(&format!("{folder}/part/"));
            if is_list && path.ends_with("index.html") {
                let html = fs::read_to_string(entry.path()).expect("read");
                let found_here: Vec<usize> = (0..all)
                    .filter(|at| {
                        ["\"", "/"].iter().any(|before| html.contains(&format!("{before}{name}{at}/\"")))
                    })
                    .collect();
                // A hundred rows, and what is named above them.
                assert!(found_here.len() <= 200, "{path}: {}", found_here.len());
                found.extend(found_here);
            }
        }
        assert_eq!(found.len(), all, "{folder}");
    };
    rows("defects", "D-", 2_000);
    rows("releases", "R", 300);
    rows("guides", "top", 400);
    rows("guides/many", "", 400);
    rows("training", "", 400);
    rows("data", "", 400);
    // A report tells how many there are, and has them all in a file.
    let report = fs::read_to_string(public.join("reports/r1/index.html")).expect("the report");
    assert!(
        report.contains("Rows 1–50 of 1,000") && report.contains("href=\"residual_risks.csv\""),
        "{report}"
    );
    let file = fs::read_to_string(public.join("reports/r1/residual_risks.csv")).expect("the file");
    assert_eq!(file.matches("\r\n").count(), 1_001);
}

#[test]
fn no_page_grows_with_the_portal() {
    let project = tempfile::tempdir().expect("temporary folder");
    tree(project.path());
    let public = built(project.path());
    let heavy = heavy(&public);
    assert!(heavy.is_empty(), "{heavy:#?}");
    // A table in parts is whole in its file.
    let lines = |path: &str| fs::read_to_string(public.join(path)).expect(path).matches("\r\n").count();
    assert_eq!(lines("runs/1/large/cases.csv"), 10_001);
    assert_eq!(lines("runs/runs.csv"), 12);
}

/// Builds the portal at `root`; gives where it is.
fn built(root: &Path) -> PathBuf {
    let done = Command::new(env!("CARGO_BIN_EXE_juhend"))
        .args(["build", "--as-of", "2026-10-16", "--quiet"])
        .current_dir(root)
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    root.join("public")
}

/// The pages that weigh too much, with their bytes.
fn heavy(public: &Path) -> Vec<String> {
    WalkDir::new(public)
        .into_iter()
        .map(|entry| entry.expect("entry"))
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))
        .map(|entry| (entry.metadata().expect("metadata").len(), entry.path().to_owned()))
        .filter(|(length, _)| *length > PAGE)
        .map(|(length, path)| format!("{length} {}", path.strip_prefix(public).expect("below").display()))
        .collect()
}

/// A title that nobody wrote by hand.
fn endless(of: &str, words: usize) -> String {
    format!("{of} {}", "õige summa järgmisel kuul ".repeat(words))
}

/// Titles, names, suites, reasons and messages of 5,000 letters, some without a blank to break at.
#[test]
fn no_page_grows_with_its_texts() {
    let project = tempfile::tempdir().expect("temporary folder");
    let root = project.path();
    put(
        root,
        "portal.yaml",
        "title: Wordy\nlanguages: [en]\nproducts: {a: {title: A}}\nteams: {sit: {title: SIT}}\n",
    );
    put(
        root,
        "releases/1.yaml",
        &format!(
            "title: {}\nproduct: a\nstatus: in_test\ncontents: [{{ticket: T-1, title: {}}}]\nschedule: {{install: 2026-12-01T20:00}}\n",
            endless("Release", 200),
            endless("Ticket", 200)
        ),
    );
    put(root, "environments/sit.yaml", &format!("title: {}\nkind: test\n", "x".repeat(5_000)));
    let mut text = format!(
        "title: {}\nrelease: \"1\"\nenvironment: sit\nstarted: 2026-10-12T09:00\nlevel: system\nresults:\n",
        endless("Run", 200)
    );
    for case in 0..600 {
        let status = ["passed", "failed", "error", "blocked", "skipped"][case % 5];
        let title = if case % 7 == 0 {
            format!("{case}{}", "x".repeat(5_000))
        } else {
            endless(&format!("Case {case}"), 200)
        };
        let _ = writeln!(
            text,
            "  - {{title: \"{title}\", suite: \"{}\", status: {status}, reason: \"{}\", message: \"{}\", note: \"{}\"}}",
            endless(&format!("Suite {}", case % 40), 200),
            endless("Reason", 200),
            endless("Message", 400),
            endless("Note", 200)
        );
    }
    put(root, "runs/1/wordy.yaml", &text);
    for defect in 0..120 {
        let text = format!(
            "title: {}\nstatus: open\nseverity: major\nteam: sit\naffects: [\"1\"]\n\
             found_in: {{environment: sit, run: 1/wordy}}\n",
            endless(&format!("Defect {defect}"), 200)
        );
        put(root, &format!("defects/D-{defect}.yaml"), &text);
    }
    let public = built(root);
    let heavy = heavy(&public);
    assert!(heavy.is_empty(), "{heavy:#?}");
    // The whole title stands on the page of its own, and in the file beside the table.
    let read = |path: &str| fs::read_to_string(public.join(path)).expect(path);
    let title = endless("Defect 7", 200);
    assert!(read("defects/D-7/index.html").contains(title.trim_end()));
    assert!(!read("defects/index.html").contains(title.trim_end()));
    assert!(read("runs/1/wordy/cases.csv").contains(endless("Case 1", 200).trim_end()));
}

/// The most that a first visit may bring, compressed, in bytes: the page with its styles, scripts and icons.
const FIRST_VISIT: usize = 50_000;

/// The most that a page may weigh beside its own text, compressed, in bytes.
const BESIDE_TEXT: usize = 15_000;

fn compressed(bytes: &[u8]) -> usize {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory").len()
}

/// The words of the main part of a page.
fn words(html: &str) -> String {
    let main = html.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>"));
    let main = main.map_or("", |(main, _)| main);
    main.split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a browser loads with a page by itself: styles, scripts, icons.
fn loaded(html: &str) -> std::collections::BTreeSet<&str> {
    let values =
        |name: &'static str| html.split(name).skip(1).filter_map(|rest| rest.split(['"', '#']).next());
    let assets = values("href=\"").chain(values("src=\""));
    assets.filter(|value| value.contains("assets/") && !value.starts_with("http")).collect()
}

/// The example portal, of which `tests/bench/weights` prints the weight of every kind of page.
#[test]
fn the_example_is_light() {
    let target = tempfile::tempdir().expect("temporary folder");
    let public = target.path().join("public");
    let done = Command::new(env!("CARGO_BIN_EXE_juhend"))
        .args(["build", "--quiet", "--output"])
        .arg(&public)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut assets = std::collections::BTreeMap::new();
    for entry in WalkDir::new(public.join("assets")) {
        let entry = entry.expect("entry");
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).expect("read");
            assets.insert(entry.file_name().to_string_lossy().into_owned(), compressed(&bytes));
        }
    }
    let pages = WalkDir::new(&public).into_iter().map(|entry| entry.expect("entry").into_path());
    let pages = pages.filter(|path| path.extension().is_some_and(|ending| ending == "html"));
    let mut heavy = Vec::new();
    for path in pages {
        let html = fs::read_to_string(&path).expect("read");
        let own = compressed(html.as_bytes());
        let names = loaded(&html).into_iter().filter_map(|value| value.rsplit('/').next());
        let first = own + names.filter_map(|name| assets.get(name)).sum::<usize>();
        let beside = own.saturating_sub(compressed(words(&html).as_bytes()));
        if first > FIRST_VISIT || beside > BESIDE_TEXT {
            heavy.push(format!("{first} {beside} {}", path.strip_prefix(&public).expect("below").display()));
        }
    }
    assert!(heavy.is_empty(), "{heavy:#?}");
}
