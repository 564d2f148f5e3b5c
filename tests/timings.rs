//! `build --timings` as its users meet it: every file and every moment of a build is in one row.

use serde_json::Value;
use tempfile::TempDir;

mod program;

use program::{DAY, dated, fine};

/// A portal as `init` makes it.
fn portal() -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    fine(folder.path(), &["init", "--as-of", DAY, "-q"]);
    folder
}

fn numbers(rows: &Value, key: &str) -> Vec<u64> {
    let rows = rows.as_array().expect("rows");
    rows.iter().map(|row| row[key].as_u64().unwrap_or_else(|| panic!("{key}: {row}"))).collect()
}

fn sum(rows: &Value, key: &str) -> u64 {
    numbers(rows, key).iter().sum()
}

#[test]
fn the_rows_for_programs_add_up() {
    let folder = portal();
    let told = dated(folder.path(), &["build", "--timings=json", "--jobs", "2"]).fine();
    let told: Value = serde_json::from_str(&told.out).expect("JSON");

    assert_eq!(told["elapsed"], sum(&told["stages"], "time"));
    assert_eq!(told["drawing"], sum(&told["templates"], "time"));
    assert_eq!(told["threads"], 2);
    let stages: Vec<&str> = told["stages"]
        .as_array()
        .expect("stages")
        .iter()
        .filter_map(|stage| stage["name"].as_str())
        .collect();
    for stage in ["read", "draw", "write", "the rest"] {
        assert!(stages.contains(&stage), "{stage}: {stages:?}");
    }

    let templates = told["templates"].as_array().expect("templates");
    let files = |name: &str| {
        let row = templates.iter().find(|row| row["name"] == name);
        row.unwrap_or_else(|| panic!("{name}: {templates:?}"))["files"].as_u64().expect("a number")
    };
    assert_eq!(files("home.html"), 2, "one in each language");
    assert_eq!(files("index of search"), 2, "one in each language");
    assert_eq!(files("robots.txt"), 1);
    assert!(files("guide.html") > 0);
    for row in templates {
        let number = |key: &str| row[key].as_u64().expect("a number");
        assert_eq!(number("mean"), number("time") / number("files"), "{row}");
        assert!(number("slowest") <= number("time") && number("mean") <= number("slowest"), "{row}");
    }

    let slowest = numbers(&told["slowest"], "time");
    assert_eq!(slowest.len(), 10);
    assert!(slowest.is_sorted_by(|a, b| a >= b), "{slowest:?}");
    let dearest = numbers(&told["templates"], "time");
    assert!(dearest.is_sorted_by(|a, b| a >= b), "{dearest:?}");
}

#[test]
fn the_table_names_stages_templates_and_files() {
    let folder = portal();
    let told = dated(folder.path(), &["build", "--timings"]).fine().out;
    for head in ["stage", "template", "the slowest files", "together", "guide.html", "the rest"] {
        assert!(told.lines().any(|line| line.starts_with(head)), "{head}:\n{told}");
    }
    let again = dated(folder.path(), &["build", "--timings"]).fine().out;
    assert!(again.ends_with("\nnothing was drawn\n"), "{again}");
}

#[test]
fn who_does_not_ask_is_told_nothing_and_gets_the_same_portal() {
    let folder = portal();
    let build = |args: &[&str]| dated(folder.path(), &[&["build", "-q"], args].concat()).fine().out;
    assert_eq!(build(&["-o", "plain"]), "");
    build(&["-o", "timed", "--timings"]);
    let manifest = |output: &str| program::read(folder.path().join(output).join("manifest.json"));
    assert_eq!(manifest("plain"), manifest("timed"));
    let refused = dated(folder.path(), &["build", "--timings=pictures"]);
    assert!(refused.err.contains("[possible values: table, json]"), "{}", refused.err);
}
