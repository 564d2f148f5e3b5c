//! `juhend import`: result files of other tools as a test run of the portal; [`tickets`], tables of tickets as a
//! snapshot.
//!
//! 1. [`input`] reads the files, from disk or from standard input.
//! 2. The reader of their format gives the cases; what may not be kept is masked.
//! 3. [`fit`] compares them with the portal: releases, environments, cases, defects.
//! 4. [`target`] says which file they go to, and whether it has them already.
//! 5. [`attachments`] copies what tools attached beside the run.
//! 6. [`summary`] tells what was read, masked, left out and written.

mod attachments;
mod fit;
mod input;
mod summary;
mod target;
pub mod tickets;
mod times;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::exit::{Exit, Failure};
use super::project::{Memory, Project, Purpose};
use super::{Global, new, report, whole};
use crate::import::csv::{Columns, Field, Words};
use crate::import::format::{Format, Options};
use crate::import::run_file::Head;
use crate::import::{ForeignFile, Imported, Unreadable, mask, message};
use crate::model::audience::Audience;
use crate::model::run::{Level, Status};
use crate::model::tickets::TicketFormat;
use input::Input;
use summary::Summary;
use target::{Target, Verdict};

/// The formats: of results, and of tickets.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// A folder of Allure results, versions 2 and 3
    #[command(after_help = EXAMPLES)]
    Allure(Args),
    /// A table with one case per row, as spreadsheets save it; without a release and an environment, a table of
    /// tickets as for tickets-csv
    #[command(after_help = EXAMPLES)]
    #[command(mut_arg("release", optional), mut_arg("environment", optional))]
    Csv(Args),
    /// Common Test Report Format, JSON
    #[command(after_help = EXAMPLES)]
    Ctrf(Args),
    /// The JSON report or the stream of messages of Cucumber
    #[command(after_help = EXAMPLES)]
    Cucumber(Args),
    /// The JSON of a run that `juhend export` or a portal writes
    #[command(after_help = EXAMPLES)]
    Json(Args),
    /// `JUnit` XML of any tool: Surefire, Gradle, pytest, Playwright, nextest and others
    #[command(after_help = EXAMPLES)]
    Junit(Args),
    /// The JSON report of Playwright
    #[command(after_help = EXAMPLES)]
    Playwright(Args),
    /// output.xml of Robot Framework, versions 3 to 7
    #[command(after_help = EXAMPLES)]
    Robot(Args),
    /// The Test Anything Protocol, versions 12 to 14
    #[command(after_help = EXAMPLES)]
    Tap(Args),
    /// The table of all fields that Jira exports, as a weekly snapshot of tickets
    JiraCsv(tickets::Args),
    /// A table of tickets that somebody keeps, one per row, as a weekly snapshot of tickets
    TicketsCsv(tickets::Args),
}

/// Imports the files.
pub fn run(global: &Global, command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Allure(args) => results(global, Format::Allure, args),
        Command::Csv(args) => table(global, args),
        Command::Ctrf(args) => results(global, Format::Ctrf, args),
        Command::Cucumber(args) => results(global, Format::Cucumber, args),
        Command::Json(args) => results(global, Format::Json, args),
        Command::Junit(args) => results(global, Format::Junit, args),
        Command::Playwright(args) => results(global, Format::Playwright, args),
        Command::Robot(args) => results(global, Format::Robot, args),
        Command::Tap(args) => results(global, Format::Tap, args),
        Command::JiraCsv(args) => tickets::run(global, TicketFormat::JiraCsv, args),
        Command::TicketsCsv(args) => tickets::run(global, TicketFormat::Csv, args),
    }
}

/// Leaves an argument out: it is then empty.
fn optional(argument: clap::Arg) -> clap::Arg {
    argument.required(false).default_value("").hide_default_value(true)
}

/// A table of results belongs to a release and an environment; one of tickets to neither.
fn table(global: &Global, args: &Args) -> Result<Exit, Failure> {
    match (args.release.is_empty(), args.environment.is_empty()) {
        (false, false) => results(global, Format::Csv, args),
        (true, true) if !args.says_more_of_a_run() => {
            let args = tickets::Args::plain(&args.files, args.started.as_ref(), args.into.as_ref());
            tickets::run(global, TicketFormat::Csv, &args).map_err(|failure| {
                let hint = "a table of results needs `--release` and `--environment`";
                let hint =
                    failure.hint.as_ref().map_or_else(|| hint.to_owned(), |own| format!("{own}; {hint}"));
                failure.hint(hint)
            })
        }
        _ => Err(Failure::new("a table of results needs `--release` and `--environment`").hint(
            "without both it is read as a table of tickets; `juhend import tickets-csv` knows more of those",
        )),
    }
}

/// Arguments of an import of results.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Result files, also compressed ones (`.gz`); `-` is standard input, and a format that is a folder takes one
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The release under test
    #[arg(long, value_name = "ID")]
    release: String,
    /// Where the tests ran
    #[arg(long, value_name = "ID")]
    environment: String,
    /// The run to write, such as `runs/2026.10/sit-04.yaml` [default: named after the file, in the folder of the
    /// release, with the next free number]
    #[arg(long, value_name = "PATH")]
    into: Option<String>,
    /// Add the results to the run if it is there: what people wrote into it stays
    #[arg(long)]
    merge: bool,
    /// Overwrite the run if it is there
    #[arg(long, conflicts_with = "merge", requires = "into")]
    force: bool,
    /// When the run began [default: the earliest time in the files]
    #[arg(long, value_name = "TIME", value_parser = times::moment)]
    started: Option<String>,
    /// When the run ended [default: the latest time in the files]
    #[arg(long, value_name = "TIME", value_parser = times::moment)]
    ended: Option<String>,
    /// The title of the run
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The build under test [default: the release's]
    #[arg(long, value_name = "BUILD")]
    build: Option<String>,
    /// The test level
    #[arg(long, value_name = "LEVEL", value_parser = levels())]
    level: Option<String>,
    /// The series of comparable runs [default: by product, level and environment]
    #[arg(long, value_name = "WORD")]
    series: Option<String>,
    /// The team that ran it
    #[arg(long, value_name = "ID")]
    team: Option<String>,
    /// The plan whose cases it had to run
    #[arg(long, value_name = "ID")]
    plan: Option<String>,
    /// Of a table: which column holds what, as `case=Test ID`
    #[arg(long, value_name = "FIELD=HEADER", value_parser = column)]
    column: Vec<(Field, String)>,
    /// Of a table: what a word for a status means, as `Good=passed`
    #[arg(long, value_name = "WORD=STATUS", value_parser = word)]
    status: Vec<(String, Status)>,
}

impl Args {
    /// Whether anything is given that only runs have.
    fn says_more_of_a_run(&self) -> bool {
        let texts =
            [&self.ended, &self.title, &self.build, &self.level, &self.series, &self.team, &self.plan];
        self.merge
            || self.force
            || texts.iter().any(|text| text.is_some())
            || !self.column.is_empty()
            || !self.status.is_empty()
    }
}

const EXAMPLES: &str = "Examples:
  juhend import junit target/surefire-reports/*.xml --release 2026.10 --environment preprod
  juhend import junit report.xml.gz --release 2026.10 --environment preprod --into runs/2026.10/sit-04.yaml
  juhend import junit rerun.xml --release 2026.10 --environment preprod --into 2026.10/sit-04 --merge
  curl … | juhend import junit - --release 2026.10 --environment preprod --started 2026-10-12T09:00
  juhend import csv results.csv --release 2026.10 --environment uat --started 2026-10-12 --column 'case=Test ID' --status Good=passed

The same file again changes nothing. Personal codes and secrets in names and messages are masked.
Attachments beside the files are copied beside the run, up to 10 MB each; they are not searched for secrets.

Exit codes: 0 the run is written or has the results already; 1 a file cannot be read or written.";

fn levels() -> PossibleValuesParser {
    PossibleValuesParser::new(Level::ALL.iter().map(|level| level.word()))
}

/// `case=Test ID`.
fn column(text: &str) -> Result<(Field, String), String> {
    let (field, header) = text.split_once('=').ok_or("write `FIELD=HEADER`, such as `case=Test ID`")?;
    let known = Field::ALL.iter().copied().find(|known| known.word() == field.trim());
    let words: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
    let known = known.ok_or_else(|| format!("the fields are {}", words.join(", ")))?;
    Ok((known, header.trim().to_owned()))
}

/// `Good=passed`.
fn word(text: &str) -> Result<(String, Status), String> {
    let (word, status) = text.rsplit_once('=').ok_or("write `WORD=STATUS`, such as `Good=passed`")?;
    let known = Status::ALL.iter().copied().find(|known| known.word() == status.trim());
    let words: Vec<&str> = Status::ALL.iter().map(|status| status.word()).collect();
    let known = known.ok_or_else(|| format!("the statuses are {}", words.join(", ")))?;
    Ok((word.trim().to_owned(), known))
}

/// Reads the files, writes the run and tells what became of them.
fn results(global: &Global, format: Format, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let beside = project.beside(global)?;
    let inputs = input::read(&args.files, format, &beside)?;
    let imported = read(format, args, &inputs)?;
    let purpose =
        Purpose { audience: Audience::Restricted, drafts: true, base_url: None, as_of: global.as_of };
    let assembly = project.assemble(&purpose, &mut Memory::default())?;
    let site = &assembly.portal.site;
    fit::names(site, args)?;
    let (mut imported, masked) = imported.fit_to_keep(target::audience(site, &project, args)?);
    let unknown_ids = fit::cases(site, &mut imported);
    let times = times::of(args, &mut imported, &site.zone)?;
    let head = head(args, times, &imported);
    let wanted = target::Wanted {
        project: &project,
        format,
        args,
        head: &head,
        remark: &remark(format.name(), &inputs),
        imported: &imported,
        inputs: &inputs,
        beside: &beside,
        zone: &site.zone,
        base_url: assembly.portal.base_url.as_deref(),
    };
    let (Target { id, path, verdict, attached }, copied) = written(&wanted)?;
    imported.notes.extend(target::elsewhere(&id, &args.release));
    let shown = path.strip_prefix(&project.root).unwrap_or(&path).display().to_string();
    let summary = Summary {
        id: &id,
        shown: &shown,
        verdict: &verdict,
        imported: &imported,
        unknown_ids,
        masked: &masked,
        attached: &attached,
        copied,
    };
    report::answer(&format!("{shown}\n"));
    report::say(global, summary.text(global.verbose).trim_end());
    Ok(Exit::Fine)
}

/// Writes the run and copies what belongs to it; the second is how many files were copied. Where another import
/// has made the same file in the meantime, a place is looked for again.
fn written(wanted: &target::Wanted<'_>) -> Result<(Target, usize), Failure> {
    let mut target = target::find(wanted)?;
    loop {
        let folder = target.path.parent().unwrap_or(&wanted.project.content);
        match &target.verdict {
            Verdict::Same => return Ok((target, 0)),
            Verdict::New { text } if !wanted.args.force => {
                // The name is taken before anything is copied into its folder.
                if whole::write_new(&target.path, text.as_bytes())? {
                    let copied = target.attached.copy(folder).inspect_err(|_| {
                        // A run without what it names is not left behind.
                        let _ = std::fs::remove_file(&target.path);
                    })?;
                    return Ok((target, copied));
                }
            }
            Verdict::New { text } | Verdict::Merged { text, .. } => {
                let copied = target.attached.copy(folder)?;
                whole::write(&target.path, text.as_bytes())?;
                return Ok((target, copied));
            }
        }
        let before = target.path;
        target = target::find(wanted)?;
        // A link that leads nowhere is in the way, yet is no run.
        if target.path == before && matches!(target.verdict, Verdict::New { .. }) {
            return Err(Failure::new(format!("`{}` is in the way", before.display())));
        }
    }
}

/// What the files say. A fault names its file and place.
fn read(format: Format, args: &Args, inputs: &[Input]) -> Result<Imported, Failure> {
    let columns: BTreeMap<Field, String> = args.column.iter().cloned().collect();
    let words: BTreeMap<String, Status> = args.status.iter().cloned().collect();
    let options = Options { columns: Columns(columns), words: Words(words) };
    let files: Vec<ForeignFile<'_>> =
        inputs.iter().map(|input| ForeignFile { name: &input.name, bytes: &input.bytes }).collect();
    let imported = format.read(&files, &options).map_err(|fault| unreadable(&fault, inputs))?;
    if imported.cases.is_empty() {
        let told: Vec<String> =
            imported.notes.iter().take(3).map(|note| format!("{}: {}", note.at, note.text)).collect();
        let failure = Failure::new("the files hold no test case, so there is nothing to import");
        return Err(if told.is_empty() { failure } else { failure.hint(told.join("; ")) });
    }
    Ok(imported)
}

/// `a.xml:3:4: what is wrong`. Of several files the message names the one.
fn unreadable(fault: &Unreadable, inputs: &[Input]) -> Failure {
    let named = inputs.iter().find_map(|input| {
        let rest = fault.message.strip_prefix(&format!("`{}`: ", input.name))?;
        Some((input.name.as_str(), rest))
    });
    let only = inputs.first().map(|input| input.name.as_str()).filter(|_| inputs.len() == 1);
    let (name, message) = named.unwrap_or((only.unwrap_or("the files"), &fault.message));
    let place: String =
        [fault.line, fault.column].into_iter().flatten().map(|number| format!(":{number}")).collect();
    Failure::new(format!("{name}{place}: {message}")).hint("nothing was written")
}

fn head(args: &Args, times: times::Times, imported: &Imported) -> Head {
    // What a file promises and does not hold was not run; a plan knows better what that is.
    let promised = imported.cases.len().saturating_add(imported.missing);
    let is_known = imported.missing == 0 || args.plan.is_some();
    Head {
        title: args.title.clone(),
        release: args.release.clone(),
        environment: args.environment.clone(),
        started: times.started,
        ended: times.ended,
        build: args.build.clone(),
        level: args.level.clone(),
        series: args.series.clone(),
        team: args.team.clone(),
        plan: args.plan.clone(),
        planned: u32::try_from(promised).ok().filter(|_| !is_known),
    }
}

/// The line that says where the records come from.
fn remark(format: &str, inputs: &[Input]) -> String {
    let from = match inputs {
        [input] => mask::text(&message::line(&input.stem)).0,
        inputs => format!("{} files", inputs.len()),
    };
    format!("# Imported from {from} ({format}).\n")
}
