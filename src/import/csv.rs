//! Tables with one case per row, as spreadsheets and test-management tools save them (RFC 4180, and what
//! differs in practice).
//!
//! 1. The text: UTF-8, or UTF-16 with its mark. Others are refused, as it cannot be known which they are and
//!    letters would silently become others.
//! 2. The delimiter: comma, semicolon or tab, whichever gives a header with the most columns that are known.
//! 3. The columns: those that the caller names, else those whose header is a usual one, in English or Estonian.
//! 4. The rows: a status that is not known is an error, told for all rows at once; anything else that cannot be
//!    read is a note.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{
    Row, delimiter_line, likely_delimiter, listed, names_of, normal, rows, text_of, unreadable,
};
use super::tag::key_of;
use super::{Imported, ImportedCase, Note, Unreadable, instant, message, own, repeat};
use crate::model::run::{Status, Triage};
use crate::record::decode::choice;
use crate::record::time::Seconds;

choice! {
    /// What a column can hold.
    pub enum Field {
        /// The id of the case.
        Case = "case",
        /// Its name.
        Title = "title",
        /// The suite it belongs to.
        Suite = "suite",
        /// How it ended.
        Status = "status",
        /// How long it took.
        Time = "time",
        /// What a failure said.
        Message = "message",
        /// Why it was skipped or blocked.
        Reason = "reason",
        /// Keys of defects.
        Defects = "defects",
        /// Names of files.
        Attachments = "attachments",
        /// When it began.
        Started = "started",
        /// When it ended.
        Ended = "ended",
        /// What a tool called the status.
        RawStatus = "raw_status",
        /// How every attempt ended.
        Attempts = "attempts",
        /// Whose fault a failure is.
        Triage = "triage",
        /// The ticket it waits for.
        BlockedBy = "blocked_by",
        /// Anything else worth knowing.
        Note = "note",
    }
}

/// Which column holds what, by its header. A field that is not named is looked for under its usual headers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns(pub BTreeMap<Field, String>);

/// What words for a status mean, beside those that are known. Case, blanks, `-` and `_` make no difference.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words(pub BTreeMap<String, Status>);

/// What a table says.
///
/// # Errors
///
/// [`Unreadable`] if it is not text, if a column that is needed or named is not there, or if a status is not
/// known.
pub fn read(bytes: &[u8], columns: &Columns, words: &Words) -> Result<Imported, Unreadable> {
    let text = text_of(bytes, None)?;
    let (text, told) = delimiter_line(&text);
    let skipped = usize::from(told.is_some());
    let delimiter = told.unwrap_or_else(|| likely_delimiter(text, &|name| columns.knows(name)));
    let mut rows = rows(text, delimiter, skipped)?.into_iter();
    let header = rows.next().ok_or_else(|| unreadable(None, "is empty"))?;
    let places = Places::find(&header.cells, columns)?;
    let rows: Vec<Row> = rows.collect();
    let words = known_words(words);
    check_statuses(&rows, &places, &words)?;
    let mut notes = places.notes(&header.cells);
    let uneven = rows.iter().filter(|row| row.cells.len() != header.cells.len());
    notes.extend(uneven.map(|row| {
        row.note(format!("has {} cells; the header has {}", row.cells.len(), header.cells.len()))
    }));
    let moments = |field, notes: &mut Vec<Note>| -> Vec<String> {
        rows.iter().filter_map(|row| row.moment(&places, field, notes)).collect()
    };
    let started = moments(Field::Started, &mut notes).into_iter().min_by_key(|at| instant::order(at));
    let ended = moments(Field::Ended, &mut notes).into_iter().max_by_key(|at| instant::order(at));
    let cases = rows.iter().filter_map(|row| row.case(&places, &words, &mut notes)).collect();
    let folded = repeat::fold(cases);
    notes.extend(folded.notes);
    Ok(Imported { started, ended, cases: folded.cases, notes, missing: 0 })
}

/// In which columns each field stands. A tracker repeats a header for each value of a field.
struct Places {
    by_field: BTreeMap<Field, Vec<usize>>,
    /// Whether what a case said and why it ended so stand apart, as in a run file, whatever its status.
    tells_apart: bool,
}

impl Columns {
    /// Whether a header of that name, normal, is read.
    fn knows(&self, name: &str) -> bool {
        let is_usual = |field: &Field| !self.0.contains_key(field) && usual_headers(*field).contains(&name);
        self.is_given(name) || Field::ALL.iter().any(is_usual)
    }

    /// Whether the caller says what the header of that name holds.
    fn is_given(&self, name: &str) -> bool {
        self.0.values().any(|given| normal(given) == name)
    }

    /// In which columns `field` stands: those of its most usual header that is there. The names are normal.
    fn places(&self, field: Field, header: &[String]) -> Vec<usize> {
        let with = |wanted: &str| -> Vec<usize> {
            let named = header.iter().enumerate().filter(|(_, name)| *name == wanted);
            named.map(|(index, _)| index).collect()
        };
        match self.0.get(&field) {
            Some(given) => with(&normal(given)),
            None => {
                let usual = usual_headers(field).iter().filter(|name| !self.is_given(name));
                usual.map(|name| with(name)).find(|found| !found.is_empty()).unwrap_or_default()
            }
        }
    }
}

impl Places {
    fn find(header: &[String], columns: &Columns) -> Result<Self, Unreadable> {
        let names: Vec<String> = header.iter().map(|name| normal(name)).collect();
        let places = Field::ALL.iter().map(|field| (*field, columns.places(*field, &names)));
        let with = |wanted: &str| names.iter().any(|name| name == wanted);
        let tells_apart = columns.0.is_empty() && with("message") && with("reason");
        let mut places = Self { by_field: places.collect(), tells_apart };
        // A table with one column for remarks means the reason by it.
        let remarks = places.columns(Field::Reason).to_vec();
        places.by_field.entry(Field::Note).or_default().retain(|column| !remarks.contains(column));
        let lost = columns.0.iter().find(|(field, _)| places.columns(**field).is_empty());
        if let Some((_, given)) = lost {
            let message = format!("there is no column `{given}`; there are {}", names_of(header));
            return Err(unreadable(Some(1), message));
        }
        if places.columns(Field::Status).is_empty() {
            return Err(missing("status", header));
        }
        if places.columns(Field::Case).is_empty() && places.columns(Field::Title).is_empty() {
            return Err(missing("case or title", header));
        }
        Ok(places)
    }

    fn columns(&self, field: Field) -> &[usize] {
        self.by_field.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Which columns are not read.
    fn notes(&self, header: &[String]) -> Vec<Note> {
        let read: BTreeSet<usize> = self.by_field.values().flatten().copied().collect();
        let unread =
            header.iter().enumerate().filter(|(index, name)| !read.contains(index) && !name.is_empty());
        let mut names: Vec<String> = unread.map(|(_, name)| name.clone()).collect();
        names.dedup();
        let text = format!("these columns are not read: {}", names_of(&names));
        if names.is_empty() { Vec::new() } else { vec![Note { at: "header".to_owned(), text }] }
    }
}

fn missing(what: &str, header: &[String]) -> Unreadable {
    unreadable(Some(1), format!("there is no column for {what}; name it among {}", names_of(header)))
}

impl Row {
    /// The cells of `field` that hold something.
    fn all<'a>(&'a self, places: &'a Places, field: Field) -> impl Iterator<Item = &'a str> {
        let cells = places.columns(field).iter().filter_map(|index| self.cells.get(*index));
        cells.map(|cell| unguarded(cell)).filter(|cell| !cell.is_empty())
    }

    fn first<'a>(&'a self, places: &'a Places, field: Field) -> Option<&'a str> {
        self.all(places, field).next()
    }

    /// The parts of the cells of `field`.
    fn parts(&self, places: &Places, field: Field, between: &[char]) -> Vec<String> {
        let parts =
            self.all(places, field).flat_map(|cell| cell.split(between)).map(|part| key_of(part.trim()));
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The status. A row without one has not been run.
    fn status(&self, places: &Places, words: &BTreeMap<String, Status>) -> Option<Status> {
        match self.first(places, Field::Status) {
            Some(word) => words.get(&normal(word)).copied(),
            None => Some(Status::NotRun),
        }
    }

    fn moment(&self, places: &Places, field: Field, notes: &mut Vec<Note>) -> Option<String> {
        let written = self.first(places, field)?;
        let read = instant::from_hand(written);
        if read.is_none() {
            notes.push(self.note(format!("`{written}` is not read as a time")));
        }
        read
    }

    fn time(&self, places: &Places, notes: &mut Vec<Note>) -> Option<Seconds> {
        let written = self.first(places, Field::Time)?;
        let read = seconds(written);
        if read.is_none() {
            notes.push(self.note(format!("`{written}` is not read as a length of time")));
        }
        read
    }

    fn case(
        &self,
        places: &Places,
        words: &BTreeMap<String, Status>,
        notes: &mut Vec<Note>,
    ) -> Option<ImportedCase> {
        let id = self.first(places, Field::Case);
        let Some(name) = self.first(places, Field::Title).or(id) else {
            notes.push(self.note("names no case and is left out".to_owned()));
            return None;
        };
        let status = self.status(places, words)?;
        let said = message::joined(self.all(places, Field::Message));
        let why = message::joined(self.all(places, Field::Reason));
        let (message, reason) = match status {
            _ if places.tells_apart => (said, why.clone()),
            Status::Failed | Status::Error => {
                (message::joined(said.iter().chain(&why).map(String::as_str)), None)
            }
            Status::Passed => (said, None),
            _ => (None, message::joined(why.iter().chain(&said).map(String::as_str))),
        };
        let remark = why;
        if let (Status::Passed, Some(why), None) = (status, &remark, &reason) {
            notes.push(self.note(format!("what is said of a case that passed has no place: `{why}`")));
        }
        let own = |field| self.first(places, field).map(str::to_owned);
        let raw_status = self.first(places, Field::RawStatus).or_else(|| self.first(places, Field::Status));
        Some(ImportedCase {
            id: id.map(str::to_owned),
            attempts: self.attempts(places, status, words, notes),
            triage: self.triage(places, notes),
            blocked_by: own(Field::BlockedBy),
            note: own(Field::Note),
            suite: self.first(places, Field::Suite).map(str::to_owned),
            time: self.time(places, notes),
            message,
            reason,
            attachments: self.parts(places, Field::Attachments, &[';', '\n', '|']),
            defects: self.parts(places, Field::Defects, &[',', ';', '\n', ' ', '|']),
            ..ImportedCase::of(name.to_owned(), status, raw_status.unwrap_or_default())
        })
    }

    /// How every attempt ended, where the cell tells of several of which the last is how the case ended.
    fn attempts(
        &self,
        places: &Places,
        last: Status,
        words: &BTreeMap<String, Status>,
        notes: &mut Vec<Note>,
    ) -> Vec<Status> {
        let Some(written) = self.first(places, Field::Attempts) else { return Vec::new() };
        let parts = written.split([',', ';', '\n', '|']).map(|word| words.get(&normal(word)).copied());
        let read: Option<Vec<Status>> = parts.collect();
        match read {
            Some(read) if read.last() == Some(&last) => read,
            _ => {
                notes
                    .push(self.note(format!("`{written}` is not read as attempts that end as the case did")));
                Vec::new()
            }
        }
    }

    fn triage(&self, places: &Places, notes: &mut Vec<Note>) -> Option<Triage> {
        let written = self.first(places, Field::Triage)?;
        let read = own::triage(&normal(written).replace(' ', "_"));
        if read.is_none() {
            notes.push(self.note(format!("`{written}` is not read as whose fault the failure is")));
        }
        read
    }
}

/// A cell without the apostrophe by which `juhend export`, and people, keep a spreadsheet from computing it.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) => rest,
        _ => cell,
    }
}

/// All words that are not known, with their lines, as one error.
fn check_statuses(rows: &[Row], places: &Places, words: &BTreeMap<String, Status>) -> Result<(), Unreadable> {
    let mut unknown: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.status(places, words).is_none()) {
        unknown.entry(row.first(places, Field::Status).unwrap_or_default()).or_default().push(row.line);
    }
    let Some(first) = unknown.values().flatten().min() else { return Ok(()) };
    let told: Vec<String> =
        unknown.iter().map(|(word, lines)| format!("`{word}` ({})", listed(lines))).collect();
    Err(unreadable(
        Some(*first),
        format!(
            "it is not known what these statuses mean: {}; say it with `--status WORD=passed`, in a run file under \
             `statuses:`; understood are {} and words like them",
            told.join(", "),
            understood()
        ),
    ))
}

/// Of the words that need no explanation the commonest of each status, in either language.
fn understood() -> String {
    let commonest =
        WORDS.iter().flat_map(|(_, english, estonian)| english.first().into_iter().chain(estonian.first()));
    commonest.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Seconds of `250`, `12,5`, `4m10s` or `00:04:10`.
fn seconds(text: &str) -> Option<Seconds> {
    let text = text.replace(',', ".");
    let parts: Vec<&str> = text.split(':').collect();
    if let [hours, minutes, rest] = parts[..] {
        let (hours, minutes): (u32, u32) = (hours.trim().parse().ok()?, minutes.parse().ok()?);
        let rest: f64 = rest.trim().parse().ok().filter(|rest| (0.0..60.0).contains(rest))?;
        return (minutes < 60).then(|| Seconds(f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + rest));
    }
    Seconds::read(text.trim())
}

/// The usual headers of a field, normal, the surest first.
fn usual_headers(field: Field) -> &'static [&'static str] {
    HEADERS.iter().find(|(of, _)| *of == field).map_or(&[], |(_, headers)| headers)
}

/// Headers in English and Estonian, normal, the surest first.
const HEADERS: &[(Field, &[&str])] = &[
    (
        Field::Case,
        &[
            "case",
            "case id",
            "test case id",
            "testcase id",
            "test id",
            "tc id",
            "id",
            "key",
            "testjuhu id",
            "testjuhu tunnus",
            "juhtumi id",
            "tunnus",
            "võti",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "name",
            "test case name",
            "test case title",
            "test name",
            "test case",
            "testcase",
            "test",
            "summary",
            "pealkiri",
            "nimi",
            "nimetus",
            "testjuhu nimi",
            "testjuht",
            "testilugu",
        ],
    ),
    (
        Field::Suite,
        &[
            "suite",
            "test suite",
            "section",
            "module",
            "component",
            "folder",
            "testikomplekt",
            "testikogum",
            "moodul",
            "jaotis",
            "kaust",
        ],
    ),
    (
        Field::Status,
        &[
            "status",
            "test status",
            "execution status",
            "result",
            "test result",
            "outcome",
            "staatus",
            "seisund",
            "olek",
            "tulemus",
        ],
    ),
    (Field::Time, &["time", "duration", "elapsed", "execution time", "kestus", "ajakulu"]),
    (
        Field::Message,
        &[
            "message",
            "error message",
            "failure",
            "error",
            "actual result",
            "teade",
            "veateade",
            "tegelik tulemus",
        ],
    ),
    (
        Field::Reason,
        &[
            "reason",
            "comment",
            "comments",
            "note",
            "notes",
            "põhjus",
            "selgitus",
            "kommentaar",
            "kommentaarid",
            "märkus",
            "märkused",
        ],
    ),
    (
        Field::Defects,
        &[
            "defects",
            "defect",
            "defect id",
            "bugs",
            "bug",
            "bug id",
            "issues",
            "issue",
            "vead",
            "viga",
            "vea id",
            "defektid",
            "defekt",
        ],
    ),
    (Field::Attachments, &["attachments", "attachment", "evidence", "manused", "manus", "failid"]),
    (
        Field::Started,
        &[
            "started",
            "start",
            "start time",
            "executed on",
            "executed at",
            "execution date",
            "date",
            "algus",
            "alustatud",
            "testimise kuupäev",
            "kuupäev",
        ],
    ),
    (Field::RawStatus, &["raw status"]),
    (Field::Attempts, &["attempts", "katsed"]),
    (Field::Triage, &["triage"]),
    (Field::BlockedBy, &["blocked by"]),
    (Field::Note, &["note", "notes", "märkus", "märkused"]),
    (Field::Ended, &["ended", "end", "end time", "finished", "lõpp", "lõpetatud"]),
];

/// Words for a status, normal, in English and in Estonian, the commonest first.
const WORDS: &[(Status, &[&str], &[&str])] = &[
    (
        Status::Passed,
        &["passed", "pass", "ok", "success", "successful", "succeeded", "✓", "✔"],
        &["läbis", "läbitud", "läbinud", "õnnestus", "õnnestunud", "edukas", "korras"],
    ),
    (
        Status::Failed,
        &["failed", "fail", "failure", "nok", "not ok", "✗", "✘"],
        &["ebaõnnestus", "ebaõnnestunud", "ei läbinud", "kukkus läbi", "läbi kukkunud"],
    ),
    (Status::Error, &["error", "errored", "broken", "aborted"], &["tõrge", "katkes", "katkestatud"]),
    (Status::Blocked, &["blocked"], &["blokeeritud", "takistatud", "tõkestatud"]),
    (
        Status::Skipped,
        &["skipped", "skip", "ignored", "n/a", "not applicable", "out of scope"],
        &["vahele jäetud", "jäeti vahele", "välja jäetud", "ei kohaldu"],
    ),
    (Status::InProgress, &["in progress", "wip", "running", "executing"], &["pooleli", "töös", "käimas"]),
    (
        Status::NotRun,
        &[
            "not run",
            "not executed",
            "not started",
            "no run",
            "unexecuted",
            "untested",
            "pending",
            "todo",
            "to do",
        ],
        &["tegemata", "testimata", "käivitamata", "läbimata", "alustamata", "ootel"],
    ),
];

/// The known words and those of the caller, which outweigh them.
fn known_words(given: &Words) -> BTreeMap<String, Status> {
    let known = WORDS.iter().flat_map(|(status, english, estonian)| {
        english.iter().chain(*estonian).map(|word| ((*word).to_owned(), *status))
    });
    known.chain(given.0.iter().map(|(word, status)| (normal(word), *status))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Imported {
        read(text.as_bytes(), &Columns::default(), &Words::default()).expect("a table")
    }

    fn fault(text: &str) -> Unreadable {
        read(text.as_bytes(), &Columns::default(), &Words::default()).expect_err("not a table")
    }

    #[test]
    fn a_row_is_a_case() {
        let run = table(
            "ID,Title,Suite,Result,Duration,Error,Defects,Executed on\n\
             BEN-142,\"Supplement is in the sum, also late\",Payments,Failed,4m10s,\"too\nlow\",\"D-317, D-318\",2026-10-12 09:00\n\
             BEN-150,Letter,,pass,00:01:30,,,2026-10-12 10:00\n",
        );
        let [first, second] = &run.cases[..] else { panic!("{run:?}") };
        assert_eq!(first.id.as_deref(), Some("BEN-142"));
        assert_eq!(first.name, "Supplement is in the sum, also late");
        assert_eq!(first.suite.as_deref(), Some("Payments"));
        assert_eq!((first.status, first.raw_status.as_str()), (Status::Failed, "Failed"));
        assert_eq!(first.time, Some(Seconds(250.0)));
        assert_eq!(first.message.as_deref(), Some("too\nlow"));
        assert_eq!(first.defects, ["D-317", "D-318"]);
        assert_eq!((second.status, second.time), (Status::Passed, Some(Seconds(90.0))));
        assert_eq!(run.started.as_deref(), Some("2026-10-12T09:00:00"));
        assert_eq!(run.ended, None);
        assert_eq!(run.notes, []);
    }

    #[test]
    fn estonian_spreadsheets_are_read_as_they_are() {
        let run = table(
            "\u{feff}Testjuhu ID;Testjuht;Tulemus;Kestus;Põhjus;Kuupäev\r\n\
             BEN-1;Summa;Läbis;12,5;;12.10.2026\r\n\
             BEN-2;Kiri;Vahele jäetud;;Ei kuulu ulatusse;12.10.2026 09:30\r\n\
             BEN-3;Otsus;;;;\r\n",
        );
        let told: Vec<(Status, Option<Seconds>)> =
            run.cases.iter().map(|case| (case.status, case.time)).collect();
        assert_eq!(
            told,
            [(Status::Passed, Some(Seconds(12.5))), (Status::Skipped, None), (Status::NotRun, None)]
        );
        assert_eq!(run.cases[1].reason.as_deref(), Some("Ei kuulu ulatusse"));
        assert_eq!(run.started.as_deref(), Some("2026-10-12"));
        assert_eq!(run.notes, []);
    }

    #[test]
    fn the_delimiter_is_found() {
        for text in [
            "case,status\na,ok",
            "case;status\na;ok",
            "case\tstatus\r\na\tok\r\n",
            "sep=;\r\ncase;status\r\na;ok",
            "sep=|\ncase|status\na|ok",
            "\"case, of a test\";case;status;x,y,z\n;a;ok;",
        ] {
            assert_eq!(table(text).cases[0].name, "a", "{text}");
        }
    }

    #[test]
    fn the_caller_names_columns_and_words() {
        let columns = Columns(BTreeMap::from([
            (Field::Case, "Nr".to_owned()),
            (Field::Status, "Round 2".to_owned()),
            (Field::Title, "Status".to_owned()),
        ]));
        let words =
            Words(BTreeMap::from([("+".to_owned(), Status::Passed), ("OK".to_owned(), Status::Blocked)]));
        let text = "Nr,Status,Round 2\n7,Sum,+\n8,Letter,ok\n";
        let run = read(text.as_bytes(), &columns, &words).expect("a table");
        let told: Vec<_> =
            run.cases.iter().map(|case| (case.id.as_deref(), case.name.as_str(), case.status)).collect();
        assert_eq!(told, [(Some("7"), "Sum", Status::Passed), (Some("8"), "Letter", Status::Blocked)]);
        let fault = read(b"Nr,Status\n7,ok\n", &columns, &words).expect_err("a column is missing");
        assert_eq!(fault.message, "there is no column `Round 2`; there are `Nr`, `Status`");
    }

    #[test]
    fn unknown_statuses_are_told_all_at_once() {
        let fault = fault("case,status\na,green\nb,ok\nc,red\nd,green\n");
        assert_eq!(fault.line, Some(2));
        let (told, hint) = fault.message.split_once("; ").expect("a hint");
        assert_eq!(told, "it is not known what these statuses mean: `green` (lines 2, 5), `red` (line 4)");
        assert_eq!(
            hint,
            "say it with `--status WORD=passed`, in a run file under `statuses:`; understood are `passed`, `läbis`, \
             `failed`, `ebaõnnestus`, `error`, `tõrge`, `blocked`, `blokeeritud`, `skipped`, `vahele jäetud`, \
             `in progress`, `pooleli`, `not run`, `tegemata` and words like them"
        );
    }

    #[test]
    fn what_is_no_table_of_results_is_refused() {
        for (text, message) in [
            ("", "is empty"),
            (
                "case,outcome of it\na,ok",
                "there is no column for status; name it among `case`, `outcome of it`",
            ),
            ("status\nok", "there is no column for case or title; name it among `status`"),
        ] {
            assert_eq!(fault(text).message, message);
        }
        let latin = read(b"case,status\na,l\xe4bis\n", &Columns::default(), &Words::default());
        assert_eq!(latin, Err(unreadable(Some(2), "is not UTF-8; save the table as “CSV UTF-8”")));
    }

    #[test]
    fn spreadsheets_write_wide_characters_too() {
        let wide: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("case\tstatus\nä\tok".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let run = read(&wide, &Columns::default(), &Words::default()).expect("a table");
        assert_eq!(run.cases[0].name, "ä");
    }

    #[test]
    fn a_case_in_two_rows_was_tried_twice() {
        let run = table("case,status\na,failed\nb,ok\na,passed\n");
        assert_eq!(run.cases.len(), 2);
        assert_eq!(run.cases[0].attempts, [Status::Failed, Status::Passed]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let run = table(
            "case,status,time,started,comment,defect,defect,Tester\n\
             a,ok,soon,10/12/2026,late,D-1,https://jira.example.ee/browse/D-2,x\n\
             ,ok,,,,,,\n\
             b,ok\n",
        );
        let told: Vec<String> = run.notes.iter().map(|note| format!("{}: {}", note.at, note.text)).collect();
        assert_eq!(
            told,
            [
                "header: these columns are not read: `Tester`",
                "line 4: has 2 cells; the header has 8",
                "line 2: `10/12/2026` is not read as a time",
                "line 2: what is said of a case that passed has no place: `late`",
                "line 2: `soon` is not read as a length of time",
                "line 3: names no case and is left out",
            ]
        );
        assert_eq!(run.cases[0].defects, ["D-1", "D-2"]);
    }
}
