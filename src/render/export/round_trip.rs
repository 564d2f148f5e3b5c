//! A run that goes out in any format and comes back says of its cases what it said.

use super::run::{Case, RunExport};
use super::{ctrf, json, junit, spreadsheet};
use crate::import::format::{Format, Options};
use crate::import::{ForeignFile, Imported, ImportedCase, run_file};
use crate::model::Site;
use crate::parse::sample::tree;
use crate::record::time::Seconds;

/// Each key of a result, beside each other and alone, and what the formats have no word for.
const RESULTS: &str = "\
    - {case: A-1, title: Pays, suite: Outer › Inner, status: failed, raw_status: error, time: 1.5, attempts: [error, failed], \
       defects: [D-1, D-2], triage: not_a_defect, message: \"wanted 1\\n  found 2\", attachments: [shots/a.png, shots/b.png], \
       note: Seen twice}\n\
    - {case: A-2, suite: Payments, status: blocked, reason: No stub, blocked_by: T-1}\n\
    - {case: A-3, suite: Payments, status: blocked, message: Refused, attempts: [failed, blocked]}\n\
    - {case: A-4, status: skipped, raw_status: in_progress, reason: Not in scope, message: Out}\n\
    - {case: A-5, status: in_progress}\n\
    - {case: A-6, status: not_run}\n\
    - {case: 007, title: =1+1, status: error, reason: The host was off, triage: environment}\n\
    - {case: pay.sum, status: passed, message: \"Slow, but well\", reason: By hand, note: '-3 °C'}\n\
    - {title: Pays, suite: Other, status: passed, attempts: [failed, passed], message: wanted 1}\n\
    - {title: Pays, status: failed, attempts: [passed, failed], defects: [D-1]}\n\
    - {title: Prints, suite: a, status: error, attempts: [failed, error]}\n";

fn site(results: &str) -> Site {
    let run = format!(
        "release: r\nenvironment: e\nstarted: 2026-10-12T09:00\nended: 2026-10-12T10:00\nplanned: 12\nresults:\n{results}"
    );
    tree(&[("runs/a.yaml", &run)])
}

fn exported(site: &Site, format: Format) -> String {
    let export = RunExport::of(site, site.runs.get("a").expect("the run"), "en");
    match format {
        Format::Ctrf => ctrf::run(&export, &site.zone),
        Format::Junit => junit::run(&export),
        Format::Csv => spreadsheet::run(&export, spreadsheet::Wording::Keys),
        _ => json::run(&export, jiff::civil::date(2026, 10, 16)),
    }
}

fn read(format: Format, text: &str) -> Imported {
    let file = ForeignFile { name: "a", bytes: text.as_bytes() };
    format.read(&[file], &Options::default()).expect("what was written")
}

/// What the format's own word for the status is where no other tool had one.
fn said(case: &Case<'_>) -> ImportedCase {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let text = |text: Option<&str>| text.map(str::to_owned);
    ImportedCase {
        id: text(case.id),
        suite: text(case.suite),
        time: case.time_ms.map(|millis| Seconds(f64::from(u32::try_from(millis).expect("short")) / 1000.0)),
        attempts: case.attempts.clone(),
        triage: case.triage.and_then(crate::import::own::triage),
        message: text(case.message),
        reason: text(case.reason),
        blocked_by: text(case.blocked_by),
        attachments: texts(&case.attachments),
        defects: texts(&case.defects),
        note: text(case.note),
        ..ImportedCase::of(case.name().to_owned(), case.status, case.raw_status.unwrap_or_default())
    }
}

fn sorted(mut cases: Vec<ImportedCase>) -> Vec<ImportedCase> {
    cases.sort_by_key(|case| (case.id.clone(), case.suite.clone(), case.name.clone()));
    cases
}

fn comes_back(format: Format) {
    let site = site(RESULTS);
    let export = RunExport::of(&site, site.runs.get("a").expect("the run"), "en");
    let wanted = sorted(export.cases.iter().map(said).collect());
    let imported = read(format, &exported(&site, format));
    let found = sorted(imported.cases.clone());
    assert_eq!(found.len(), wanted.len(), "{}", format.name());
    for (found, wanted) in found.iter().zip(&wanted) {
        let raw_status =
            if wanted.raw_status.is_empty() { &found.raw_status } else { &wanted.raw_status }.clone();
        assert_eq!(*found, ImportedCase { raw_status, ..wanted.clone() }, "{}", format.name());
    }
    // As a run file it says the same again, in the same format.
    let written = run_file::text(&run_file::Head::default(), &imported.cases);
    let results = written.split_once("results:\n").expect("results").1;
    let again = read(format, &exported(&self::site(results), format));
    assert_eq!(sorted(again.cases), found, "{}", format.name());
}

#[test]
fn ctrf_comes_back() {
    comes_back(Format::Ctrf);
    let run = read(Format::Ctrf, &exported(&site(RESULTS), Format::Ctrf));
    assert_eq!((run.ended.as_deref(), run.missing), (Some("2026-10-12T07:00:00Z"), 1));
}

#[test]
fn junit_comes_back() {
    comes_back(Format::Junit);
    let run = read(Format::Junit, &exported(&site(RESULTS), Format::Junit));
    assert_eq!(run.ended.as_deref(), Some("2026-10-12T10:00:00+03:00"));
}

#[test]
fn a_table_comes_back() {
    comes_back(Format::Csv);
}

#[test]
fn the_portals_own_json_comes_back() {
    comes_back(Format::Json);
    let run = read(Format::Json, &exported(&site(RESULTS), Format::Json));
    assert_eq!((run.ended.as_deref(), run.missing), (Some("2026-10-12T10:00:00+03:00"), 1));
}
