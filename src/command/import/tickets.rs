//! Tables of tickets as a weekly snapshot.
//!
//! A snapshot tells how tickets stood at one time, so it never changes: the same table again changes nothing, and
//! another one for the same day is refused.

use std::fs;
use std::path::{Path, PathBuf};

use super::input::{self, Input};
use super::{new, remark, times, whole};
use crate::command::exit::{Exit, Failure};
use crate::command::project::{Memory, Project, Purpose};
use crate::command::{Global, report};
use crate::diagnostic::FileId;
use crate::import::format::Format;
use crate::import::tickets::{self, Imported, Options};
use crate::import::{mask, snapshot_file};
use crate::model::Site;
use crate::model::audience::Audience;
use crate::model::portal::StatusMap;
use crate::model::tickets::{DayOrder, Snapshot, Ticket, TicketField, TicketFormat};
use crate::parse::ticket_import::{self, Names};
use crate::parse::yaml::Yaml;
use crate::record::decode::Decode;
use crate::record::reference::Ref;

/// The folder of snapshots in the content folder.
const TICKETS: &str = "tickets";

/// The most notes that are told unless the user asks for all.
const MOST_NOTES: usize = 12;

/// Arguments of an import of tickets.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Tables, also compressed ones (`.gz`); `-` is standard input. Several are one snapshot: Jira exports a
    /// thousand tickets at a time
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// When the tickets stood so, as 2026-10-16 or 2026-10-16T08:00 [default: the day of the portal]
    #[arg(long, value_name = "TIME", value_parser = times::moment)]
    date: Option<String>,
    /// The snapshot to write, such as `tickets/2026-10-16.yaml` [default: named after the day]
    #[arg(long, value_name = "PATH")]
    into: Option<String>,
    /// Which column holds what, as `test_due=Custom field (Test due)` [default: `tickets: columns:` of
    /// portal.yaml, else usual headers]
    #[arg(long, value_name = "FIELD=HEADER", value_parser = column)]
    column: Vec<(TicketField, String)>,
    /// What comes first in a day such as 10/12/2026 [default: what the other days show]
    #[arg(long, value_name = "ORDER", value_parser = order)]
    dates: Option<DayOrder>,
    /// The encoding of tables that are neither UTF-8 nor marked, such as `windows-1257`
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

impl Args {
    /// The arguments of a table of which nothing else is said.
    pub fn plain(files: &[PathBuf], date: Option<&String>, into: Option<&String>) -> Self {
        Self {
            files: files.to_vec(),
            date: date.cloned(),
            into: into.cloned(),
            column: Vec::new(),
            dates: None,
            encoding: None,
        }
    }
}

const EXAMPLES: &str = "Examples:
  juhend import jira-csv Jira.csv
  juhend import jira-csv Jira.csv --date 2026-10-16T08:00 --column 'test_due=Custom field (Test due)'
  juhend import jira-csv part-1.csv part-2.csv --dates day-first
  juhend import tickets-csv list.csv --into tickets/2026-10-16.yaml

What the statuses mean stands in portal.yaml, under `statuses:`; one that is not there stops the import.
Columns that tell of people, and comments, are never read. Personal codes and secrets in titles are masked.
The same table again changes nothing; another one for the same snapshot is refused.

Exit codes: 0 the snapshot is written or is there already; 1 a table cannot be read or a snapshot written.";

/// `test_due=Custom field (Test due)`.
fn column(text: &str) -> Result<(TicketField, String), String> {
    let (field, header) =
        text.split_once('=').ok_or("write `FIELD=HEADER`, such as `test_due=Custom field (Test due)`")?;
    let known = TicketField::ALL.iter().copied().find(|known| known.word() == field.trim());
    let words: Vec<&str> = TicketField::ALL.iter().map(|field| field.word()).collect();
    let known = known.ok_or_else(|| format!("the fields are {}", words.join(", ")))?;
    Ok((known, header.trim().to_owned()))
}

fn order(text: &str) -> Result<DayOrder, String> {
    let word = text.replace('-', "_");
    let known = DayOrder::ALL.iter().copied().find(|known| known.word() == word);
    known.ok_or_else(|| "write `day-first` or `month-first`".to_owned())
}

/// Reads the tables and writes the snapshot.
pub fn run(global: &Global, format: TicketFormat, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let inputs = input::read(&args.files, Format::Csv, &project.beside(global)?)?;
    let purpose =
        Purpose { audience: Audience::Restricted, drafts: true, base_url: None, as_of: global.as_of };
    let assembly = project.assemble(&purpose, &mut Memory::default())?;
    let site = &assembly.portal.site;
    let imported = read(site, args, &inputs)?;
    known_statuses(site, &imported)?;
    let as_of = args.date.clone().unwrap_or_else(|| assembly.portal.as_of.to_string());
    let id = id(&project, args, &as_of)?;
    let file = format!("{TICKETS}/{id}.yaml");
    let schema = new::heading(&project, assembly.portal.base_url.as_deref(), &file, TICKETS);
    let remark = remark(&format.word().replace('_', "-"), &inputs);
    let text = format!("{schema}{remark}{}", snapshot_file::text(&as_of, &imported.tickets));
    let path = there(&project, &id).unwrap_or_else(|| project.content.join(&file));
    let shown = path.strip_prefix(&project.root).unwrap_or(&path).display().to_string();
    let is_new = !path.exists();
    if is_new {
        whole::write(&path, text.as_bytes())?;
    } else {
        same(&path, &shown, &text)?;
    }
    report::answer(&format!("{shown}\n"));
    report::say(global, summary(&shown, is_new, &imported, global.verbose).trim_end());
    Ok(Exit::Fine)
}

fn read(site: &Site, args: &Args, inputs: &[Input]) -> Result<Imported, Failure> {
    let mut options: Options = ticket_import::options(&site.portal, None);
    options.columns.extend(args.column.iter().cloned());
    options.order = args.dates;
    options.encoding.clone_from(&args.encoding);
    let tables: Vec<&[u8]> = inputs.iter().map(|input| input.bytes.as_slice()).collect();
    let imported = tickets::read(&tables, &options).map_err(|fault| {
        let name = match inputs {
            [input] => format!("{}:", input.name),
            _ => String::new(),
        };
        let line = fault.line.map_or_else(String::new, |line| format!("{line}:"));
        let at = format!("{name}{line}");
        let message = format!("{at}{}{}", if at.is_empty() { "" } else { " " }, fault.message);
        Failure::new(message)
            .hint("nothing was written; `--column FIELD=HEADER` names a column, `--dates` the order of days, `--encoding` a code page")
    })?;
    if imported.tickets.is_empty() {
        return Err(Failure::new("the tables hold no ticket, so there is nothing to import"));
    }
    let names = Names::of(site.releases.iter(), &site.portal);
    Ok(imported.fit(&|name| names.release(name), &|name| names.team(name)))
}

/// Refuses statuses that the portal does not explain: their tickets would be neither waiting nor done.
fn known_statuses(site: &Site, imported: &Imported) -> Result<(), Failure> {
    let map = site.portal.statuses.as_ref();
    let unknown = imported.unknown_statuses(|status| map.is_some_and(|map| map.phase(status).is_some()));
    if unknown.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = unknown.iter().map(|(status, count)| format!("`{status}` ({count})")).collect();
    let message = format!("it is not known what these statuses mean: {}", told.join(", "));
    let known: Vec<String> =
        map.into_iter().flat_map(StatusMap::known).map(|status| format!("`{status}`")).collect();
    let known = if known.is_empty() { String::new() } else { format!("; known are {}", known.join(", ")) };
    Err(Failure::new(message).hint(format!(
        "nothing was written; add each to `testing`, `waiting` or `done` under `statuses:` in portal.yaml{known}"
    )))
}

/// The id of the snapshot: as the user says, else its day.
fn id(project: &Project, args: &Args, as_of: &str) -> Result<String, Failure> {
    match &args.into {
        Some(into) => new::id_of(&into.replace('\\', "/"), TICKETS, project),
        None => Ok(as_of.get(..10).unwrap_or(as_of).to_owned()),
    }
}

/// The file of the snapshot `id`, if there is one.
fn there(project: &Project, id: &str) -> Option<PathBuf> {
    let files = ["yaml", "yml"].map(|ending| project.content.join(format!("{TICKETS}/{id}.{ending}")));
    files.into_iter().find(|path| path.exists())
}

/// Refuses to change a snapshot. One to which people have added next steps and notes is the same.
fn same(path: &Path, shown: &str, text: &str) -> Result<(), Failure> {
    let known = fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("`{shown}` cannot be read: {error}")))?;
    let is_same = known == text || facts(&known).is_some_and(|known| Some(known) == facts(text));
    if is_same {
        return Ok(());
    }
    Err(Failure::new(format!("`{shown}` is there already and says something else"))
        .hint("a published snapshot does not change: name another with `--into`, or remove the file if nobody has seen it"))
}

/// What a table can tell of each ticket of a snapshot, and the time.
fn facts(text: &str) -> Option<(String, Vec<[String; 8]>)> {
    let node = Yaml { text, start: 0, file: FileId::of(TICKETS) }.read().ok()?;
    let snapshot = Snapshot::decode(&node, &mut Vec::new())?;
    Some((snapshot.as_of.value.to_string(), snapshot.tickets.iter().map(ticket_facts).collect()))
}

fn ticket_facts(ticket: &Ticket) -> [String; 8] {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
    let title = ticket.title.as_ref().and_then(|title| title.all().next()).unwrap_or_default();
    [
        ticket.key.value.clone(),
        title.to_owned(),
        ticket.status.value.clone(),
        day(ticket.since),
        day(ticket.updated),
        day(ticket.test_due.as_ref().map(|day| day.value)),
        ticket.release.as_ref().map_or_else(String::new, |release| Ref::id(release).to_owned()),
        ticket.team.as_ref().map_or_else(String::new, |team| Ref::id(team).to_owned()),
    ]
}

/// What was read, left out and written; every note if `all`.
fn summary(shown: &str, is_new: bool, imported: &Imported, all: bool) -> String {
    let count = imported.tickets.len();
    let noun = if count == 1 { "ticket" } else { "tickets" };
    let done = if is_new { "wrote" } else { "nothing to do: there already is" };
    let mut lines = vec![format!("{done} `{shown}`: {count} {noun}")];
    lines.extend(mask::phrase(&imported.masked).map(|masked| format!("  masked: {masked}")));
    lines.extend(imported.remarks.iter().map(|remark| format!("  {remark}")));
    let most = if all { usize::MAX } else { MOST_NOTES };
    lines.extend(imported.notes.iter().take(most).map(|note| format!("  {}: {}", note.at, note.text)));
    let rest = imported.notes.len().saturating_sub(most);
    if rest > 0 {
        lines.push(format!("  and {rest} notes more; `--verbose` tells them"));
    }
    if is_new {
        lines.push("  next: write what happens next under `next_step:`, then `juhend weekly`".to_owned());
    }
    lines.join("\n")
}
