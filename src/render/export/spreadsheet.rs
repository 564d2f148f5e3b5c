//! Comma-separated values (RFC 4180): the only file that writes them.

use super::run::{Case, RunExport};
use crate::words::Words;

/// What stands before the text in a file that people open in a spreadsheet: without it some of them read
/// UTF-8 as the code page of the system, and õ as something else.
pub const MARK: &str = "\u{feff}";

/// Rows of fields as text: commas between fields, each row ended by CR and LF, quotes where a field needs them.
pub fn csv<F: AsRef<str>>(rows: impl IntoIterator<Item = impl AsRef<[F]>>) -> String {
    let mut text = String::new();
    for row in rows {
        for (at, field) in row.as_ref().iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            push(&mut text, field.as_ref());
        }
        text.push_str("\r\n");
    }
    text
}

fn push(text: &mut String, field: &str) {
    let guard = if is_formula(field) { "'" } else { "" };
    if field.contains(['"', ',', '\r', '\n']) || !guard.is_empty() {
        text.push('"');
        text.push_str(guard);
        text.push_str(&field.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(field);
    }
}

/// Whether a spreadsheet would compute the field instead of showing it; a message of a test may hold
/// anything. Such a field gets an apostrophe (OWASP, "CSV injection"). A plain number does no harm.
fn is_formula(field: &str) -> bool {
    field.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        && field.parse::<f64>().map_or(true, |number| !number.is_finite())
}

/// For whom headings and statuses are written.
#[derive(Clone, Copy)]
pub enum Wording<'a> {
    /// For programs: the keys and words of run files, which an import understands.
    Keys,
    /// For readers of a language.
    Words(&'a Words),
}

impl Wording<'_> {
    fn say(self, key: &str, plain: &str) -> String {
        match self {
            Self::Keys => plain.to_owned(),
            Self::Words(words) => words.text(key).to_owned(),
        }
    }
}

/// The columns of a run: the key in files for programs, and that of its heading in the catalogues.
const COLUMNS: [(&str, &str); 14] = [
    ("case", "field.case"),
    ("title", "field.title"),
    ("suite", "field.suite"),
    ("status", "field.status"),
    ("raw_status", "field.raw_status"),
    ("time", "field.time_ms"),
    ("attempts", "field.attempts"),
    ("triage", "field.triage"),
    ("defects", "field.defects"),
    ("reason", "field.reason"),
    ("blocked_by", "field.blocked_by"),
    ("message", "field.message"),
    ("note", "field.note"),
    ("attachments", "field.attachments"),
];

/// Every case of a run, a row each. For programs times are seconds, as in run files; for readers whole
/// milliseconds, since to a spreadsheet `4.10` is a day in some countries.
pub fn run(export: &RunExport<'_>, wording: Wording<'_>) -> String {
    let header: Vec<String> = COLUMNS.iter().map(|(key, label)| wording.say(label, key)).collect();
    let rows = export.cases.iter().map(|case| row(case, wording));
    csv(std::iter::once(header).chain(rows))
}

fn row(case: &Case<'_>, wording: Wording<'_>) -> Vec<String> {
    let status = |word: &str| wording.say(&format!("status.{word}"), word);
    let own = |text: Option<&str>| text.unwrap_or_default().to_owned();
    vec![
        own(case.id),
        own(case.title),
        own(case.suite),
        status(case.status.word()),
        own(case.raw_status),
        case.time_ms.map(|millis| time(millis, wording)).unwrap_or_default(),
        case.attempts.iter().map(|attempt| status(attempt.word())).collect::<Vec<_>>().join(", "),
        case.triage.map(|word| wording.say(&format!("triage.{word}"), word)).unwrap_or_default(),
        case.defects.join(", "),
        own(case.reason),
        own(case.blocked_by),
        own(case.message),
        own(case.note),
        case.attachments.join("; "),
    ]
}

fn time(millis: u64, wording: Wording<'_>) -> String {
    match wording {
        Wording::Keys => format!("{}.{:03}", millis / 1000, millis % 1000),
        Wording::Words(_) => millis.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    #[test]
    fn a_program_gets_the_keys_and_words_of_run_files() {
        let text = "release: r\nenvironment: e\nstarted: 2026-10-12\nresults:\n\
            - {case: A-1, title: Pays, status: failed, time: 1m1.5s, attempts: [error, failed], defects: [D-1, D-2]}";
        let site = tree(&[("runs/a.yaml", text)]);
        let export = RunExport::of(&site, site.runs.get("a").expect("the run"), "en");
        assert_eq!(
            run(&export, Wording::Keys),
            "case,title,suite,status,raw_status,time,attempts,triage,defects,reason,blocked_by,message,note,attachments\r\n\
             A-1,Pays,,failed,,61.500,\"error, failed\",,\"D-1, D-2\",,,,,\r\n"
        );
    }

    #[test]
    fn fields_are_quoted_where_they_need_it() {
        let rows = [["a", "b,c", "d \"e\""], ["", "two\nlines", "õ"]];
        assert_eq!(csv(rows), "a,\"b,c\",\"d \"\"e\"\"\"\r\n,\"two\nlines\",õ\r\n");
    }

    #[test]
    fn nothing_is_computed_by_a_spreadsheet() {
        for (field, wanted) in [
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"\r\n"),
            ("@SUM(A1)", "\"'@SUM(A1)\"\r\n"),
            ("-1+cmd|' /C calc'!A0", "\"'-1+cmd|' /C calc'!A0\"\r\n"),
            ("\t=1", "\"'\t=1\"\r\n"),
            ("-", "\"'-\"\r\n"),
            ("-3.5", "-3.5\r\n"),
            ("+2", "+2\r\n"),
            ("a=b", "a=b\r\n"),
        ] {
            assert_eq!(csv([[field]]), wanted);
        }
    }
}
