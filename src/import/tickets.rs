//! Tables of tickets: what Jira exports, and what people keep in spreadsheets, one ticket per row.
//!
//! 1. A tracker repeats a header for each value of a field and has hundreds of columns that nobody asked for.
//!    Read are the columns that are named, else those with a usual header in English or Estonian.
//! 2. Columns about people, and those that tell who wrote what, are never read, even if somebody names them.
//! 3. What would make a ticket look better than it is must be mended first: a status that is missing, a test
//!    day that cannot be read or has two meanings. Anything else that cannot be read is a note.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::table::{
    Row, delimiter_line, likely_delimiter, listed, names_of, normal, rows, text_of, unreadable,
};
use super::ticket_day::{self, Told};
use super::{Note, Unreadable, mask};
use crate::model::tickets::{DayOrder as Order, TicketField as Field};

/// How a table is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Which column holds what, by its header.
    pub columns: BTreeMap<Field, String>,
    /// What comes first in a day such as `10/12/2026`.
    pub order: Option<Order>,
    /// The encoding of a table without a mark, where it is not UTF-8: `windows-1257`.
    pub encoding: Option<String>,
}

/// A ticket as a table tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTicket {
    /// Its key.
    pub key: String,
    /// What it is about.
    pub title: Option<String>,
    /// Its status, in the tracker's own word.
    pub status: String,
    /// Since when it has that status.
    pub since: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// The day by which it should be tested.
    pub test_due: Option<Date>,
    /// The releases it belongs to, as the table calls them.
    pub releases: Vec<String>,
    /// The team that tests it, as the table calls it.
    pub team: Option<String>,
    /// What happens next.
    pub next_step: Option<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

/// What tables say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// The tickets, in the order of the tables.
    pub tickets: Vec<ImportedTicket>,
    /// What could not be read or is left out.
    pub notes: Vec<Note>,
    /// What is never read, or may be missing: no fault of anybody, yet worth telling once.
    pub remarks: Vec<String>,
    /// Codes of persons and secrets that were taken out.
    pub masked: mask::Masked,
}

/// What the tables say together: a tracker exports a thousand tickets at a time.
///
/// # Errors
/// [`Unreadable`] at the first table that cannot be read, or if two rows say different things of one ticket.
pub fn read(tables: &[&[u8]], options: &Options) -> Result<Imported, Unreadable> {
    let mut all = Imported::default();
    for table in tables {
        let one = read_one(table, options)?;
        all.tickets.extend(one.tickets);
        all.notes.extend(one.notes);
        // Tables of one export have the same columns.
        let new = one.remarks.into_iter().filter(|remark| !all.remarks.contains(remark));
        let new: Vec<String> = new.collect();
        all.remarks.extend(new);
        for (kind, count) in one.masked {
            *all.masked.entry(kind).or_default() += count;
        }
    }
    all.tickets = folded(all.tickets)?;
    Ok(all)
}

/// Each ticket once.
fn folded(tickets: Vec<ImportedTicket>) -> Result<Vec<ImportedTicket>, Unreadable> {
    let mut kept: Vec<ImportedTicket> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for ticket in tickets {
        match places.get(&ticket.key).and_then(|at| kept.get(*at)) {
            Some(known) if *known == ticket => {}
            Some(_) => {
                let message = format!("two rows say different things of `{}`", ticket.key);
                return Err(Unreadable::whole(message));
            }
            None => {
                places.insert(ticket.key.clone(), kept.len());
                kept.push(ticket);
            }
        }
    }
    Ok(kept)
}

fn read_one(bytes: &[u8], options: &Options) -> Result<Imported, Unreadable> {
    let text = text_of(bytes, options.encoding.as_deref())?;
    let (text, told) = delimiter_line(&text);
    let knows = |name: &str| is_known(name, options);
    let delimiter = told.unwrap_or_else(|| likely_delimiter(text, &knows));
    let mut rows = rows(text, delimiter, usize::from(told.is_some()))?.into_iter();
    let header = rows.next().ok_or_else(|| unreadable(None, "is empty"))?;
    let rows: Vec<Row> = rows.collect();
    let places = Places::find(&header.cells, options)?;
    let order = order(&rows, &places, options)?;
    check(&rows, &places, order)?;
    let mut imported = Imported { remarks: places.remarks(&header.cells), ..Imported::default() };
    imported.remarks.extend(short(&rows, header.cells.len()));
    imported.notes.extend(long(&rows, header.cells.len()));
    for row in &rows {
        match row.value(&places, Field::Key) {
            Some(key) => {
                let ticket = ticket(row, key, &places, order, &mut imported);
                imported.tickets.push(ticket);
            }
            None => imported.notes.push(row.note("names no ticket and is left out".to_owned())),
        }
    }
    Ok(imported)
}

/// In which columns each field stands.
struct Places(BTreeMap<Field, Vec<usize>>);

impl Places {
    fn find(header: &[String], options: &Options) -> Result<Self, Unreadable> {
        let names: Vec<String> = header.iter().map(|name| normal(name)).collect();
        let with = |wanted: &str| -> Vec<usize> {
            let same = names.iter().enumerate().filter(|(_, name)| *name == wanted);
            same.map(|(at, _)| at).collect()
        };
        let mut places = BTreeMap::new();
        for field in Field::ALL {
            let found = match options.columns.get(field) {
                Some(given) if names_people(&normal(given)) => {
                    let message =
                        format!("the column `{given}` tells of people, who have no place in a portal");
                    return Err(unreadable(Some(1), message));
                }
                Some(given) => {
                    let found = with(&normal(given));
                    if found.is_empty() {
                        let message = format!("there is no column `{given}`; there are {}", names_of(header));
                        return Err(unreadable(Some(1), message));
                    }
                    found
                }
                None => usual_headers(*field)
                    .iter()
                    .map(|name| with(name))
                    .find(|found| !found.is_empty())
                    .unwrap_or_default(),
            };
            places.insert(*field, found);
        }
        let places = Self(places);
        for (field, what) in [(Field::Key, "the key"), (Field::Status, "the status")] {
            if places.columns(field).is_empty() {
                let message = format!("there is no column for {what}; name it among {}", names_of(header));
                return Err(unreadable(Some(1), message));
            }
        }
        Ok(places)
    }

    fn columns(&self, field: Field) -> &[usize] {
        self.0.get(&field).map_or(&[], Vec::as_slice)
    }

    /// Which columns are not read: those about people by their names, of the others how many.
    fn remarks(&self, header: &[String]) -> Vec<String> {
        let read: BTreeSet<usize> = self.0.values().flatten().copied().collect();
        let unread = header.iter().enumerate().filter(|(at, name)| !read.contains(at) && !name.is_empty());
        let (people, others): (BTreeSet<&String>, BTreeSet<&String>) =
            unread.map(|(_, name)| name).partition(|name| names_people(&normal(name)));
        let people: Vec<String> = people.into_iter().cloned().collect();
        let mut remarks = Vec::new();
        if !people.is_empty() {
            remarks.push(format!("columns that tell of people are dropped: {}", names_of(&people)));
        }
        if !others.is_empty() {
            remarks.push(format!("columns with {} other names are not read", others.len()));
        }
        if self.columns(Field::TestDue).is_empty() {
            remarks
                .push("no column says by when a ticket is to be tested, so none will be overdue".to_owned());
        }
        remarks
    }
}

impl Row {
    /// The cells of `field` that hold something.
    fn values<'a>(&'a self, places: &'a Places, field: Field) -> impl Iterator<Item = &'a str> {
        let cells = places.columns(field).iter().filter_map(|at| self.cells.get(*at));
        cells.map(String::as_str).filter(|cell| !cell.is_empty())
    }

    fn value<'a>(&'a self, places: &'a Places, field: Field) -> Option<&'a str> {
        self.values(places, field).next()
    }
}

/// The fields that hold days.
const DAYS: [Field; 3] = [Field::Since, Field::Updated, Field::TestDue];

/// What comes first in days: as the caller says, else as the days of the table show.
fn order(rows: &[Row], places: &Places, options: &Options) -> Result<Option<Order>, Unreadable> {
    let days = || rows.iter().flat_map(|row| DAYS.iter().flat_map(|field| row.values(places, *field)));
    let seen: BTreeSet<Order> = days().filter_map(ticket_day::order).collect();
    if let (None, [Order::DayFirst, Order::MonthFirst]) =
        (options.order, seen.iter().copied().collect::<Vec<_>>().as_slice())
    {
        return Err(Unreadable::whole("some days begin with the day and some with the month"));
    }
    Ok(options.order.or_else(|| seen.first().copied()))
}

/// What must be mended before anything is kept.
fn check(rows: &[Row], places: &Places, order: Option<Order>) -> Result<(), Unreadable> {
    let named = || rows.iter().filter(|row| row.value(places, Field::Key).is_some());
    let bare: Vec<usize> =
        named().filter(|row| row.value(places, Field::Status).is_none()).map(|row| row.line).collect();
    if let Some(first) = bare.first() {
        return Err(unreadable(Some(*first), format!("these tickets have no status: {}", listed(&bare))));
    }
    let due = || named().filter_map(|row| Some((row.line, row.value(places, Field::TestDue)?)));
    let read = |text: &str| ticket_day::read(text);
    if let Some((line, text)) = due().find(|(_, text)| read(text) == Told::Nothing) {
        return Err(unreadable(
            Some(line),
            format!("`{text}` is not read as the day by which a ticket is to be tested"),
        ));
    }
    if let Some((line, text)) = due().find(|(_, text)| read(text).day(order).is_none()) {
        let message =
            format!("`{text}` can be read in two ways; say whether the day or the month comes first");
        return Err(unreadable(Some(line), message));
    }
    Ok(())
}

/// A tracker leaves out cells at the end of a row.
fn short(rows: &[Row], width: usize) -> Option<String> {
    let (what, they) = match rows.iter().filter(|row| row.cells.len() < width).count() {
        0 => return None,
        1 => ("1 row is".to_owned(), "it lacks"),
        short => (format!("{short} rows are"), "they lack"),
    };
    Some(format!("{what} shorter than the header; what {they} is taken to be empty"))
}

/// A row that is too long has a delimiter too many.
fn long(rows: &[Row], width: usize) -> Vec<Note> {
    let long = rows.iter().filter(|row| row.cells.len() > width);
    long.map(|row| row.note(format!("has {} cells; the header has {width}", row.cells.len()))).collect()
}

fn ticket(
    row: &Row,
    key: &str,
    places: &Places,
    order: Option<Order>,
    imported: &mut Imported,
) -> ImportedTicket {
    let mut notes = Vec::new();
    let mut day = |field: Field| {
        let text = row.value(places, field)?;
        let day = ticket_day::read(text).day(order);
        if day.is_none() {
            notes.push(row.note(format!("`{text}` is not read as a day")));
        }
        day
    };
    let (since, updated, test_due) = (day(Field::Since), day(Field::Updated), day(Field::TestDue));
    let mut words = |field: Field| {
        let (plain, masked) = mask::text(&on_one_line(row.value(places, field)?));
        for (kind, count) in masked {
            *imported.masked.entry(kind).or_default() += count;
        }
        Some(plain)
    };
    let ticket = ImportedTicket {
        key: on_one_line(key),
        title: words(Field::Title),
        status: row.value(places, Field::Status).map(on_one_line).unwrap_or_default(),
        since,
        updated,
        test_due,
        releases: row.values(places, Field::Release).map(on_one_line).collect(),
        team: row.value(places, Field::Team).map(on_one_line),
        next_step: words(Field::NextStep),
        note: words(Field::Note),
    };
    imported.notes.extend(notes);
    ticket
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Imported {
    /// The same with the portal's own names: each ticket with its first release that `release` knows, and its
    /// team if `team` knows it. What is not known is left out, with a note.
    #[must_use]
    pub fn fit(
        mut self,
        release: &dyn Fn(&str) -> Option<String>,
        team: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let mut lost: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for ticket in &mut self.tickets {
            let told = std::mem::take(&mut ticket.releases);
            let known: Vec<String> = told.iter().filter_map(|name| release(name)).take(1).collect();
            if known.is_empty() {
                lost.entry("releases").or_default().extend(told);
            }
            ticket.releases = known;
            if let Some(told) = ticket.team.take() {
                ticket.team = team(&told);
                if ticket.team.is_none() {
                    lost.entry("teams").or_default().insert(told);
                }
            }
        }
        let notes = lost.into_iter().filter(|(_, names)| !names.is_empty()).map(|(what, names)| {
            let names: Vec<String> = names.into_iter().collect();
            let text = format!("{what} that the portal does not have are left out: {}", names_of(&names));
            Note { at: what.to_owned(), text }
        });
        self.notes.extend(notes);
        self
    }

    /// The statuses that `is_known` does not know, each with its number of tickets.
    pub fn unknown_statuses(&self, is_known: impl Fn(&str) -> bool) -> BTreeMap<&str, usize> {
        let mut unknown = BTreeMap::new();
        for ticket in self.tickets.iter().filter(|ticket| !is_known(&ticket.status)) {
            *unknown.entry(ticket.status.as_str()).or_default() += 1;
        }
        unknown
    }
}

/// Whether a header is read, for finding the delimiter.
fn is_known(name: &str, options: &Options) -> bool {
    options.columns.values().any(|given| normal(given) == name)
        || Field::ALL.iter().any(|field| usual_headers(*field).contains(&name))
}

/// Beginnings of headers whose columns tell of people, or of who wrote what, normal.
const PEOPLE: [&str; 20] = [
    "assignee",
    "reporter",
    "creator",
    "watcher",
    "voter",
    "project lead",
    "tester",
    "reviewer",
    "approver",
    "owner",
    "author",
    "comment",
    "attachment",
    "log work",
    "täitja",
    "raporteerija",
    "looja",
    "jälgija",
    "testija",
    "kommentaar",
];

fn names_people(name: &str) -> bool {
    let name = name.strip_prefix("custom field (").unwrap_or(name).trim_start();
    // `Attachment count` and its like are numbers.
    PEOPLE.iter().any(|people| name.starts_with(people)) && !name.contains("count")
}

/// Headers in English and Estonian, normal, the surest first.
fn usual_headers(field: Field) -> &'static [&'static str] {
    match field {
        Field::Key => &["issue key", "key", "ticket", "ticket key", "võti", "pileti võti", "pilet"],
        Field::Title => &["summary", "title", "kokkuvõte", "pealkiri"],
        Field::Status => &["status", "olek", "staatus", "seisund"],
        Field::Since => &["status since", "since", "staatus alates", "olek alates"],
        Field::Updated => &["updated", "uuendatud", "muudetud"],
        Field::TestDue => &[
            "test due",
            "custom field (test due)",
            "testimise tähtaeg",
            "custom field (testimise tähtaeg)",
            "due date",
            "tähtaeg",
        ],
        Field::Release => {
            &["fix version/s", "fix versions", "fix version", "release", "parandatud versioon", "väljalase"]
        }
        Field::Team => &["team", "custom field (team)", "meeskond", "custom field (meeskond)"],
        Field::NextStep => {
            &["next step", "custom field (next step)", "järgmine samm", "custom field (järgmine samm)"]
        }
        Field::Note => &["note", "märkus"],
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn options(columns: &[(Field, &str)]) -> Options {
        let columns = columns.iter().map(|(field, header)| (*field, (*header).to_owned())).collect();
        Options { columns, ..Options::default() }
    }

    fn told(text: &str) -> Imported {
        read(&[text.as_bytes()], &Options::default()).expect("a table")
    }

    fn fault(text: &str, options: &Options) -> String {
        let fault = read(&[text.as_bytes()], options).expect_err("a fault");
        let line = fault.line.map_or_else(String::new, |line| format!("{line}: "));
        format!("{line}{}", fault.message)
    }

    #[test]
    fn an_export_of_all_fields_gives_what_a_week_needs_and_nobody() {
        // A byte order mark, Windows line ends, a repeated column, a text of several lines, a key with a blank
        // behind it, a row that ends early.
        let text = "\u{feff}Summary,Issue key,Status,Assignee,Assignee Id,Reporter,Updated,Fix Version/s,Fix Version/s,Due Date,Description,Comment,Comment,Votes\r\n\
            \"Sum is wrong\",BEN-1 ,In test,Mari Maasikas,77,Jaan,24/Apr/26 11:43,,2026.10,28/Apr/26,\"two\r\nlines, \"\"quoted\"\"\",\"24/Apr/26 11:43;mari;text\",,3\r\n\
            Letter,BEN-2,Done\r\n";
        let imported = told(text);
        let first = ImportedTicket {
            key: "BEN-1".into(),
            title: Some("Sum is wrong".into()),
            status: "In test".into(),
            since: None,
            updated: Some(date(2026, 4, 24)),
            test_due: Some(date(2026, 4, 28)),
            releases: vec!["2026.10".into()],
            team: None,
            next_step: None,
            note: None,
        };
        assert_eq!(imported.tickets.first(), Some(&first));
        assert_eq!(
            imported.tickets.get(1).map(|ticket| (ticket.key.as_str(), ticket.test_due)),
            Some(("BEN-2", None))
        );
        assert_eq!(
            imported.remarks,
            [
                "columns that tell of people are dropped: `Assignee`, `Assignee Id`, `Comment`, `Reporter`",
                "columns with 2 other names are not read",
                "1 row is shorter than the header; what it lacks is taken to be empty",
            ]
        );
        let written = crate::import::snapshot_file::text("2026-04-30", &imported.tickets);
        assert_eq!(
            written,
            "as_of: 2026-04-30\n\
             tickets:\n\
             \x20 - {key: BEN-1, title: Sum is wrong, status: In test, updated: 2026-04-24, test_due: 2026-04-28, release: \"2026.10\"}\n\
             \x20 - {key: BEN-2, title: Letter, status: Done}\n"
        );
    }

    #[test]
    fn a_table_may_have_thousands_of_columns() {
        let names: String = (0..2300).map(|at| format!(",Custom field (F{at})")).collect();
        let cells = ",".repeat(2300);
        let imported = told(&format!("Issue key,Status{names}\nBEN-1,UAT{cells}\nBEN-2,UAT\n"));
        assert_eq!(imported.tickets.len(), 2);
    }

    #[test]
    fn columns_have_the_names_that_the_caller_gives() {
        let text = "Key;Olek;Custom field (Test due (UAT));Meeskond\nBEN-1;UAT;16.10.2026;Vastuvõtt\n";
        let named = options(&[(Field::TestDue, "custom field (Test due (UAT))")]);
        let imported = read(&[text.as_bytes()], &named).expect("a table");
        let ticket = imported.tickets.first().expect("a ticket");
        assert_eq!((ticket.test_due, ticket.team.as_deref()), (Some(date(2026, 10, 16)), Some("Vastuvõtt")));
        let missing = options(&[(Field::TestDue, "Due")]);
        assert!(fault(text, &missing).starts_with("1: there is no column `Due`; there are `Key`, `Olek`"));
        let people = options(&[(Field::Team, "Custom field (Tester)")]);
        assert_eq!(
            fault("Key,Status,Custom field (Tester)\n", &people),
            "1: the column `Custom field (Tester)` tells of people, who have no place in a portal"
        );
    }

    #[test]
    fn what_would_make_a_ticket_look_better_than_it_is_stops_the_import() {
        for (text, wanted) in [
            ("Summary,Status\na,b\n", "1: there is no column for the key; name it among `Summary`, `Status`"),
            ("Key,Status\nA,\nB,Done\nC\n", "2: these tickets have no status: lines 2, 4"),
            (
                "Key,Status,Due date\nA,UAT,soon\n",
                "2: `soon` is not read as the day by which a ticket is to be tested",
            ),
            (
                "Key,Status,Due date\nA,UAT,10/12/2026\n",
                "2: `10/12/2026` can be read in two ways; say whether the day or the month comes first",
            ),
            (
                "Key,Status,Due date\nA,UAT,16/12/2026\nB,UAT,12/16/2026\n",
                "some days begin with the day and some with the month",
            ),
            ("Key,Status\nA,UAT\nA,Done\n", "two rows say different things of `A`"),
            ("", "is empty"),
        ] {
            assert_eq!(fault(text, &Options::default()), wanted, "{text}");
        }
        let imported = told(
            "Key,Status,Due date,Updated\nA,UAT,10/12/2026,16/10/2026\nA,UAT,10/12/2026,16/10/2026\n,x,,\nB,UAT,,soon\n",
        );
        assert_eq!(imported.tickets.first().and_then(|ticket| ticket.test_due), Some(date(2026, 12, 10)));
        assert_eq!(imported.tickets.len(), 2, "the same row twice is one ticket");
        let notes: Vec<String> =
            imported.notes.iter().map(|note| format!("{}: {}", note.at, note.text)).collect();
        assert_eq!(notes, ["line 4: names no ticket and is left out", "line 5: `soon` is not read as a day"]);
    }

    /// What old spreadsheets save: a table in the code page of the Baltic countries, which is read when somebody
    /// says so. Taken for another page, its letters would silently become others.
    #[test]
    fn a_code_page_has_to_be_named() {
        let text = b"V\xF5ti;Olek;Pealkiri\nBEN-1;T\xF6\xF6s;\xD0okk ja \xFEanr\n";
        let in_page = |encoding: &str| {
            let options = Options { encoding: Some(encoding.to_owned()), ..Options::default() };
            let imported = read(&[text], &options).map_err(|fault| fault.message)?;
            let ticket = imported.tickets.into_iter().next().ok_or("no ticket")?;
            Ok::<_, String>((ticket.status, ticket.title.unwrap_or_default()))
        };
        assert_eq!(in_page("windows-1257"), Ok(("Töös".to_owned(), "Šokk ja žanr".to_owned())));
        assert_eq!(in_page("utf-8"), Err("is not utf-8; save the table as “CSV UTF-8”".to_owned()));
        assert_eq!(in_page("klingon"), Err("the encoding `klingon` is unknown; save it as UTF-8".to_owned()));
        let unnamed = read(&[text], &Options::default()).expect_err("no text").message;
        assert_eq!(unnamed, "is not UTF-8; save the table as “CSV UTF-8”");
        // A mark says more than any name.
        let marked = "\u{feff}Võti;Olek\nBEN-1;Töös\n";
        let options = Options { encoding: Some("windows-1257".to_owned()), ..Options::default() };
        let marked = read(&[marked.as_bytes()], &options).expect("a table");
        assert_eq!(marked.tickets.first().map(|ticket| ticket.status.as_str()), Some("Töös"));
    }

    /// A row that a text with a line end of its own makes long, one with a cell too many, one with none.
    #[test]
    fn rows_of_other_widths_are_read_as_far_as_they_go() {
        let imported = told(
            "Key,Status,Summary\nA,UAT,\"two\nlines; and, a comma\",more,and more\nB,UAT\n\n,,\nC,Done,c\n",
        );
        let told: Vec<(&str, Option<&str>)> =
            imported.tickets.iter().map(|ticket| (ticket.key.as_str(), ticket.title.as_deref())).collect();
        assert_eq!(told, [("A", Some("two lines; and, a comma")), ("B", None), ("C", Some("c"))]);
        let notes: Vec<&str> = imported.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(notes, ["has 5 cells; the header has 3"]);
        assert_eq!(
            imported.remarks.last().map(String::as_str),
            Some("1 row is shorter than the header; what it lacks is taken to be empty")
        );
    }

    /// A day is written in the words of whoever exported the table; all of them may stand in one.
    #[test]
    fn days_of_one_table_may_have_several_forms() {
        let days =
            ["16/10/2026", "16.10.2026", "2026-10-16", "16/Oct/26 3:42 PM", "16. okt 2026", "Oct 16, 2026"];
        let rows: String = days.iter().enumerate().map(|(at, day)| format!("A-{at};UAT;{day}\n")).collect();
        let imported = told(&format!("Key;Status;Test due\n{rows}"));
        assert!(
            imported.tickets.iter().all(|ticket| ticket.test_due == Some(date(2026, 10, 16))),
            "{imported:?}"
        );
        assert_eq!(imported.tickets.len(), days.len());
    }

    #[test]
    fn names_are_those_of_the_portal_or_left_out() {
        let imported = told(
            "Key,Status,Fix versions,Fix versions,Team\nA,UAT,Old,2026.10,UAT team\nB,UAT,Other,,Nobody\n",
        );
        let release = |name: &str| (name == "2026.10").then(|| name.to_owned());
        let team = |name: &str| (name == "UAT team").then(|| "uat".to_owned());
        let fitted = imported.fit(&release, &team);
        let told: Vec<(&[String], Option<&str>)> = fitted
            .tickets
            .iter()
            .map(|ticket| (ticket.releases.as_slice(), ticket.team.as_deref()))
            .collect();
        assert_eq!(told, [(["2026.10".to_owned()].as_slice(), Some("uat")), ([].as_slice(), None)]);
        let notes: Vec<&str> = fitted.notes.iter().rev().take(2).map(|note| note.text.as_str()).collect();
        assert_eq!(
            notes,
            [
                "teams that the portal does not have are left out: `Nobody`",
                "releases that the portal does not have are left out: `Other`",
            ]
        );
    }

    #[test]
    fn codes_of_persons_are_taken_out_of_titles() {
        let imported = told("Key,Status,Summary\nA,UAT,Sum of 49403136526 is wrong\n");
        let title = imported.tickets.first().and_then(|ticket| ticket.title.clone());
        assert_eq!(title.as_deref(), Some("Sum of *** is wrong"));
        assert_eq!(mask::phrase(&imported.masked).as_deref(), Some("1 personal code"));
    }
}
