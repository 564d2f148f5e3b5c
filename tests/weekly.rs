//! The week from end to end: a table of a tracker becomes a snapshot, and two snapshots an overview.

use std::fs;
use std::path::Path;

mod portal;
mod program;

use jiff::civil::date;
use juhend::model::audience::Audience;
use portal::Look;
use program::{fine, juhend, put};
use tempfile::TempDir;

const PORTAL: &str = "title: P\n\
    languages: [en]\n\
    as_of: 2026-10-16\n\
    teams: {uat: {title: {et: Vastuvõtt, en: Acceptance}}}\n\
    products: {p: {title: P}}\n\
    tickets: {url: 'https://jira.example.ee/browse/{key}', columns: {test_due: Custom field (Test due)}}\n\
    statuses: {testing: [UAT], waiting: [Blocked], done: [Closed]}\n";

/// As Jira writes it: with a mark before it, Windows line ends, a header for each release, a text of two lines,
/// people, and cells left out at the end of a row.
const JIRA: &str = "\u{feff}Summary,Issue key,Status,Assignee,Updated,Fix Version/s,Fix Version/s,Description,Custom field (Test due),Custom field (Team)\r\n\
    Sum is wrong,BEN-1 ,UAT,Mari,14/Oct/26 11:43,,2026.10,\"two\r\nlines\",15/Oct/26 12:00 AM,Acceptance\r\n\
    Letter,BEN-2,Closed\r\n";

fn small() -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    let content = folder.path().join("content");
    put(content.join("portal.yaml"), PORTAL);
    put(
        content.join("releases/2026.10.yaml"),
        "product: p\nstatus: cancelled\ncontents: []\nschedule: {test_start: 2026-10-12}\n",
    );
    put(folder.path().join("jira.csv"), JIRA);
    folder
}

/// The headings of an overview with the keys below each.
fn groups(text: &str) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    let mut before = "";
    for line in text.lines() {
        if line.starts_with("---") && !line.contains("  ") {
            groups.push((before.to_owned(), Vec::new()));
        } else if let (Some(item), Some((_, keys))) = (line.strip_prefix("- "), groups.last_mut()) {
            keys.push(item.split(' ').next().unwrap_or_default().to_owned());
        }
        before = line;
    }
    groups.retain(|(_, keys)| !keys.is_empty());
    groups
}

/// Worked out from `tickets/2026-10-09.yaml` and `tickets/2026-10-16.yaml` by hand and, apart from this program,
/// by a script of twenty lines: not done and due before the 16th; in test or waiting without another status for
/// five workdays. No day off lies between.
#[test]
fn the_week_of_the_example_equals_the_list_worked_out_by_hand() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fine(root, &["weekly", "--week", "2026-W42", "--language", "en"]);
    let wanted: [(&str, &[&str]); 5] = [
        (
            "Newly overdue (9)",
            &[
                // Five workdays late, three, two, one.
                "BEN-2184", "BEN-2199", "BEN-2231", "BEN-2210", "BEN-2225", "BEN-2236", "BEN-2290",
                "BEN-2315", "BEN-2218",
            ],
        ),
        // Since 5 October, 6 October, and twice 8 October: nine, eight and six workdays.
        ("Newly stalled (4)", &["BEN-2231", "PER-1102", "PER-1090", "BEN-2236"]),
        ("Moved on (1)", &["BEN-2222"]),
        ("Still overdue (1)", &["PER-1090"]),
        ("Still stalled (6)", &["BEN-2132", "BEN-2131", "BEN-2171", "BEN-2184", "PER-1105", "BEN-2199"]),
    ];
    let wanted: Vec<(String, Vec<String>)> = wanted
        .iter()
        .map(|(name, keys)| ((*name).to_owned(), keys.iter().map(|key| (*key).to_owned()).collect()))
        .collect();
    assert_eq!(groups(&text), wanted, "{text}");
    for line in [
        "Overdue: 10/29; stalled: 10/29",
        "PER-1090 (https://jira.example.ee/browse/PER-1090) Kaarditeenuse katkestuse simulaator: 12 workdays overdue; 2 weeks;",
        // Nobody wrote since when; the first snapshot that shows the status is of 28 August.
        "No change for: at least 35 workdays; 6 weeks;",
        "6 done tickets are no longer in the snapshot.",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn an_overview_is_the_same_whenever_it_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mail = || fine(root, &["weekly", "--format", "eml", "--to", "uat@example.ee"]);
    let first = mail();
    assert_eq!(first, mail());
    assert!(first.starts_with("Date: Fri, 16 Oct 2026 08:00:00 +0300\r\nTo: uat@example.ee\r\n"), "{first}");
    assert!(first.lines().all(|line| line.is_ascii() && line.len() <= 76), "{first}");
    assert!(fine(root, &["weekly", "--format", "html"]).starts_with("<!doctype html>\n<html lang=\"et\">"));
    assert!(fine(root, &["weekly", "--format", "markdown", "--language", "en"]).starts_with("# Weekly"));
    let missing = juhend(root, &["weekly", "--week", "2026-W01"]);
    assert_eq!(missing.code, 1, "{}", missing.err);
    assert!(missing.err.contains("the week 2026-W01 has no snapshot"), "{}", missing.err);
}

#[test]
fn a_table_of_jira_becomes_a_snapshot_that_does_not_change() {
    let folder = small();
    let import = |args: &[&str]| juhend(folder.path(), &[&["import", "jira-csv", "jira.csv"], args].concat());
    let first = import(&[]);
    assert_eq!((first.code, first.out.as_str()), (0, "content/tickets/2026-10-16.yaml\n"), "{}", first.err);
    assert!(first.err.contains("columns that tell of people are dropped: `Assignee`"), "{}", first.err);
    let path = folder.path().join("content/tickets/2026-10-16.yaml");
    let written = fs::read_to_string(&path).expect("a snapshot");
    assert_eq!(
        written,
        "# Imported from jira (jira-csv).\n\
         as_of: 2026-10-16\n\
         tickets:\n\
         \x20 - key: BEN-1\n\
         \x20   title: Sum is wrong\n\
         \x20   status: UAT\n\
         \x20   updated: 2026-10-14\n\
         \x20   test_due: 2026-10-15\n\
         \x20   release: \"2026.10\"\n\
         \x20   team: uat\n\
         \x20 - {key: BEN-2, title: Letter, status: Closed}\n"
    );
    // Again: nothing to do, also when somebody has written what happens next.
    assert_eq!(import(&[]).code, 0);
    put(&path, written.replace("    team: uat\n", "    team: uat\n    next_step: Retest\n"));
    let again = import(&[]);
    assert!(again.code == 0 && again.err.contains("nothing to do"), "{}", again.err);
    assert!(fs::read_to_string(&path).expect("a snapshot").contains("next_step: Retest"));
    // Another table for the same day is refused.
    put(folder.path().join("jira.csv"), JIRA.replace("Closed", "Blocked"));
    let other = import(&[]);
    assert_eq!(other.code, 1);
    assert!(other.err.contains("a published snapshot does not change"), "{}", other.err);
    assert_eq!(import(&["--date", "2026-10-23T08:00"]).out, "content/tickets/2026-10-23.yaml\n");
    fine(folder.path(), &["check"]);
}

#[test]
fn a_status_that_nobody_explained_stops_the_import() {
    let folder = small();
    put(folder.path().join("jira.csv"), JIRA.replace("Closed", "Ready for UAT"));
    let ran = juhend(folder.path(), &["import", "jira-csv", "jira.csv"]);
    assert_eq!(ran.code, 1);
    for said in ["`Ready for UAT` (1)", "under `statuses:` in portal.yaml", "`UAT`, `Blocked`, `Closed`"] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    assert!(!folder.path().join("content/tickets").exists());
}

#[test]
fn a_snapshot_may_name_its_table_instead() {
    let folder = small();
    let tickets = folder.path().join("content/tickets");
    put(tickets.join("2026-10-09.yaml"), "as_of: 2026-10-09\nimport: {file: old.csv, format: csv}\n");
    put(tickets.join("old.csv"), "Key;Status;Test due\nBEN-1;UAT;15.10.2026\n");
    put(tickets.join("2026-10-16.yaml"), "as_of: 2026-10-16\nimport: {file: jira.csv, format: jira_csv}\n");
    put(tickets.join("jira.csv"), JIRA);
    let wrong = juhend(folder.path(), &["check"]);
    assert!(wrong.err.contains("old.csv") && wrong.err.contains("Custom field (Test due)"), "{}", wrong.err);
    put(
        tickets.join("2026-10-09.yaml"),
        "as_of: 2026-10-09\nimport: {file: old.csv, format: csv, columns: {test_due: Test due}}\n",
    );
    let text = fine(folder.path(), &["weekly"]);
    assert_eq!(
        groups(&text),
        [
            ("Newly overdue (1)".to_owned(), vec!["BEN-1".to_owned()]),
            ("Newly stalled (1)".to_owned(), vec!["BEN-1".to_owned()])
        ],
        "{text}"
    );
}

/// The same list on the page of the week: the keys in its tables, in their order.
#[test]
fn the_page_of_the_week_shows_the_list_worked_out_by_hand() {
    let site = portal::site(Audience::Internal);
    let look = Look::of(&site);
    let portal = look.portal(site, date(2026, 10, 16));
    let drawn = look.drawn(&portal, "/en/weekly/2026-W42/");
    let keys = |table: &str| -> Vec<String> {
        let address = format!("/en/weekly/2026-W42/{table}.csv");
        let found = drawn.beside.iter().find(|(own, _)| *own == address);
        let text = found.map_or("", |(_, bytes)| std::str::from_utf8(bytes).expect("UTF-8"));
        let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        rows.records().map(|row| row.expect("a row")[0].to_owned()).collect()
    };
    for (table, wanted) in [
        ("newly_overdue", "BEN-2184 BEN-2199 BEN-2231 BEN-2210 BEN-2225 BEN-2236 BEN-2290 BEN-2315 BEN-2218"),
        ("newly_stalled", "BEN-2231 PER-1102 PER-1090 BEN-2236"),
        ("cleared", ""),
        ("moved_on", "BEN-2222"),
        ("gone", ""),
        ("still_overdue", "PER-1090"),
        ("still_stalled", "BEN-2132 BEN-2131 BEN-2171 BEN-2184 PER-1105 BEN-2199"),
    ] {
        assert_eq!(keys(table).join(" "), wanted, "{table}");
    }
}

/// A portal of tickets alone, with snapshots of these names and days; every ticket is `A`, due on 5 October, and
/// tells in its title which snapshot it is of.
fn snapshots(names: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    let content = folder.path().join("content");
    put(content.join("portal.yaml"), PORTAL);
    for (name, as_of) in names {
        let ticket = format!("{{key: A, title: {name}, status: UAT, since: {as_of}, test_due: 2026-10-05}}");
        put(
            content.join(format!("tickets/{name}.yaml")),
            format!("as_of: {as_of}T08:00\ntickets: [{ticket}]\n"),
        );
    }
    folder
}

#[test]
fn of_two_snapshots_of_one_day_the_later_name_counts() {
    let folder = snapshots(&[
        ("2026-10-09", "2026-10-09"),
        ("2026-10-16", "2026-10-16"),
        ("2026-10-16-b", "2026-10-16"),
    ]);
    let text = fine(folder.path(), &["weekly", "--week", "2026-W42"]);
    assert!(text.contains("A (https://jira.example.ee/browse/A) 2026-10-16-b: 9 workdays overdue"), "{text}");
    // Compared with the week before, and not with its twin.
    assert_eq!(groups(&text), [("Still overdue (1)".to_owned(), vec!["A".to_owned()])], "{text}");
    fine(folder.path(), &["build", "-o", "out"]);
    let page = fs::read_to_string(folder.path().join("out/weekly/2026-W42/index.html")).expect("the page");
    assert!(page.contains("2026-10-16-b"), "{page}");
}

#[test]
fn one_snapshot_tells_what_is_and_not_what_is_new() {
    let folder = snapshots(&[("2026-10-16", "2026-10-16")]);
    let text = fine(folder.path(), &["weekly"]);
    assert_eq!(groups(&text), [("Overdue (1)".to_owned(), vec!["A".to_owned()])], "{text}");
    fine(folder.path(), &["build", "-o", "out"]);
    assert!(folder.path().join("out/weekly/2026-W42/index.html").exists());
}

#[test]
fn the_last_week_of_a_long_year_reaches_into_the_next() {
    let folder = snapshots(&[("2026-12-23", "2026-12-23"), ("2027-01-02", "2027-01-02")]);
    let text = fine(folder.path(), &["--as-of", "2027-01-03", "weekly", "--week", "2026-W53"]);
    assert!(text.contains("2027-01-02: ") && text.contains("1 week"), "{text}");
    fine(folder.path(), &["--as-of", "2027-01-03", "build", "-o", "out"]);
    for week in ["2026-W52", "2026-W53"] {
        assert!(folder.path().join(format!("out/weekly/{week}/index.html")).exists(), "{week}");
    }
    let missing = juhend(folder.path(), &["weekly", "--week", "2025-W53"]);
    assert_eq!(missing.code, 1, "2025 had 52 weeks: {}", missing.err);
}

#[test]
fn an_empty_portal_has_no_week() {
    let folder = tempfile::tempdir().expect("temporary folder");
    fs::create_dir_all(folder.path().join("content")).expect("made");
    put(folder.path().join("content/portal.yaml"), "title: P\n");
    let ran = juhend(folder.path(), &["weekly"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    fine(folder.path(), &["build", "-o", "out"]);
    assert!(!folder.path().join("out/weekly").exists() && !folder.path().join("out/schedule.ics").exists());
}

#[test]
fn a_table_that_belongs_to_no_run_is_one_of_tickets() {
    let folder = small();
    put(
        folder.path().join("list.csv"),
        "Key;Status;Title;Custom field (Test due)\nBEN-1;UAT;Sum;15.10.2026\n",
    );
    let out = fine(folder.path(), &["import", "csv", "list.csv"]);
    assert_eq!(out, "content/tickets/2026-10-16.yaml\n");
    let half = juhend(folder.path(), &["import", "csv", "list.csv", "--release", "2026.10"]);
    assert_eq!(half.code, 1);
    assert!(half.err.contains("a table of results needs `--release` and `--environment`"), "{}", half.err);
    let results = juhend(folder.path(), &["import", "csv", "list.csv", "--title", "Cycle 3"]);
    assert_eq!(results.code, 1, "only runs have a title: {}", results.err);
}

#[test]
fn a_table_in_an_old_code_page_is_read_when_its_name_is_told() {
    let folder = small();
    fs::write(
        folder.path().join("old.csv"),
        b"V\xF5ti;Olek;Pealkiri;Custom field (Test due)\nBEN-1;UAT;\xD0okk;\n",
    )
    .expect("written");
    let refused = juhend(folder.path(), &["import", "jira-csv", "old.csv"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("is not UTF-8") && refused.err.contains("`--encoding`"), "{}", refused.err);
    fine(folder.path(), &["import", "jira-csv", "old.csv", "--encoding", "windows-1257"]);
    let written =
        fs::read_to_string(folder.path().join("content/tickets/2026-10-16.yaml")).expect("a snapshot");
    assert!(written.contains("title: Šokk"), "{written}");
    let tickets = folder.path().join("content/tickets");
    fs::rename(folder.path().join("old.csv"), tickets.join("old.csv")).expect("moved");
    put(
        tickets.join("2026-10-16.yaml"),
        "as_of: 2026-10-16\nimport: {file: old.csv, format: csv, encoding: windows-1257}\n",
    );
    fine(folder.path(), &["check"]);
}
