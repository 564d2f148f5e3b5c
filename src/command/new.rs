//! `juhend new`: makes a file of a kind, filled with what the portal knows.

mod draft;
mod facts;

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::ValueEnum;

use super::exit::{Exit, Failure};
use super::project::{Memory, Project, Purpose};
use super::{Global, report};
use crate::file_name;
use crate::model::audience::Audience;
use crate::model::page::ReportType;
use crate::render::reference::{self, SCHEMAS, schema_name};
use facts::Facts;

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The kind of file
    #[arg(value_enum)]
    kind: Kind,
    /// The id in the kind's folder, such as `2026.10/sit-04`; a path in the content folder will do too
    /// [default for a defect: the next number; for tickets: the day]
    #[arg(value_name = "PATH")]
    path: Option<String>,
    /// Which report [default: by its name, else completion]
    #[arg(long = "type", value_enum, value_name = "TYPE")]
    report: Option<ReportKind>,
    /// Overwrite the file if it is there
    #[arg(long)]
    force: bool,
}

const EXAMPLES: &str = "Examples:
  juhend new run 2026.10/sit-04              a test run of release 2026.10
  juhend new report 2026.10-completion       a report with the headings that the standards ask for
  juhend new report 2026.10-w42 --type progress
  juhend new defect                          a defect with the next number
  juhend new guide execution/smoke-test      a guide";

/// A kind of file that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A guide
    Guide,
    /// A training module
    Training,
    /// A test report
    Report,
    /// A release
    Release,
    /// A test run
    Run,
    /// A test environment
    Environment,
    /// A set of test data
    Data,
    /// A weekly snapshot of tickets
    Tickets,
    /// An install decision
    Decision,
    /// A defect
    Defect,
    /// A question to the test lead
    Advice,
    /// An improvement proposal
    Proposal,
}

/// What a report reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportKind {
    /// How testing goes
    Progress,
    /// How testing went
    Completion,
}

impl ReportKind {
    /// The same as reports name it.
    fn of(self) -> ReportType {
        match self {
            Self::Progress => ReportType::Progress,
            Self::Completion => ReportType::Completion,
        }
    }
}

impl Kind {
    /// The folder of the kind, the ending of its files and the name of its schema.
    fn place(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Guide => ("guides", "md", "page"),
            Self::Training => ("training", "md", "training"),
            Self::Report => ("reports", "md", "report"),
            Self::Release => ("releases", "yaml", "release"),
            Self::Run => ("runs", "yaml", "run"),
            Self::Environment => ("environments", "yaml", "environment"),
            Self::Data => ("data", "yaml", "data"),
            Self::Tickets => ("tickets", "yaml", "tickets"),
            Self::Decision => ("decisions", "yaml", "decision"),
            Self::Defect => ("defects", "yaml", "defect"),
            Self::Advice => ("advice", "md", "advice"),
            Self::Proposal => ("proposals", "md", "proposal"),
        }
    }
}

/// What is told of a new decision.
const UNDECIDED: &str =
    "  write what was decided in place of each `…`; until then `juhend build` writes nothing";

/// Writes the file and prints its path.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let purpose =
        Purpose { audience: Audience::Restricted, drafts: true, base_url: None, as_of: global.as_of };
    let assembly = project.assemble(&purpose, &mut Memory::default())?;
    let site = &assembly.portal.site;
    let words = &assembly.portal.tongue(site.default_language()).words;
    let facts = Facts { site, words, as_of: assembly.portal.as_of };
    let (folder, ending, schema) = args.kind.place();
    let id = id(args, folder, &project, &facts)?;
    fits(args.kind, &id, &facts)?;
    let file = format!("{folder}/{id}.{ending}");
    let path = project.content.join(&file);
    let lines = heading(&project, assembly.portal.base_url.as_deref(), &file, schema);
    let text = draft::draft(args.kind, &facts, &id, args.report).finish(&lines);
    write(&path, &text, args.force)?;
    let shown = path.strip_prefix(&project.root).unwrap_or(&path).display().to_string();
    report::answer(&format!("{shown}\n"));
    if args.kind == Kind::Decision {
        report::say(global, UNDECIDED);
    }
    report::detail(global, &text);
    Ok(Exit::Fine)
}

/// Refuses an id that says what is not so: a run of a release that is not there, a snapshot whose name
/// is no day. What belongs to no release in test would otherwise be filled in for another one.
fn fits(kind: Kind, id: &str, facts: &Facts<'_>) -> Result<(), Failure> {
    match kind {
        Kind::Tickets if id.parse::<jiff::civil::Date>().is_err() || id.len() != 10 => {
            Err(Failure::new(format!("`{id}` is not a day"))
                .hint("a snapshot is named by its day: `2026-10-16`"))
        }
        Kind::Run | Kind::Decision | Kind::Report if facts.named_release(id).is_none() => {
            let ids: Vec<&str> = facts.site.releases.ids().collect();
            let known = ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
            let failure = Failure::new(format!("`{id}` does not begin with the id of a release"));
            Err(if ids.is_empty() {
                failure.hint("make the release first: `juhend new release 2026.10`")
            } else {
                failure.hint(format!("begin with one of {known}"))
            })
        }
        _ => Ok(()),
    }
}

/// The id: as written, or the next one of its kind.
fn id(args: &Args, folder: &str, project: &Project, facts: &Facts<'_>) -> Result<String, Failure> {
    let written = match (&args.path, args.kind) {
        (Some(path), _) => path.replace('\\', "/"),
        (None, Kind::Defect) => facts.next_defect(),
        (None, Kind::Tickets) => facts.as_of.to_string(),
        (None, _) => {
            return Err(Failure::new("the path of the new file is missing")
                .hint("the name of the new file follows the kind: `juhend new guide smoke-test`"));
        }
    };
    id_of(&written, folder, project)
}

/// The id of a file in the kind's `folder` that somebody names: without the content folder, the kind's folder and
/// the ending.
pub fn id_of(written: &str, folder: &str, project: &Project) -> Result<String, Failure> {
    let content =
        project.content.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let id = written.trim_start_matches("./");
    let id = strip_folder(id, &content);
    let id = strip_folder(id, folder);
    let id = [".yaml", ".yml", ".md"].iter().find_map(|ending| id.strip_suffix(ending)).unwrap_or(id);
    for name in id.split('/') {
        if name.is_empty() || name.starts_with('.') {
            return Err(Failure::new(format!("`{written}` is not a path in the content folder")));
        }
        if let Some(oddity) = file_name::oddity(name) {
            return Err(Failure::new(format!(
                "`{name}` cannot be the name of a file: it {}",
                oddity.phrase()
            )));
        }
    }
    Ok(id.to_owned())
}

fn strip_folder<'t>(path: &'t str, folder: &str) -> &'t str {
    path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
}

/// The lines by which editors find the schema: the project's own copy, which follows the program that writes
/// it, else the one in the portal that is served at `base_url`.
pub fn heading(project: &Project, base_url: Option<&str>, file: &str, schema: &str) -> String {
    let own = own_schema(project, file, schema);
    let served = || Some(format!("{}{SCHEMAS}{}", base_url?, schema_name(schema)));
    let Some(address) = own.or_else(served) else { return String::new() };
    reference::heading(&address)
}

/// The path from a file of the content folder to the project's copy of a schema.
fn own_schema(project: &Project, file: &str, schema: &str) -> Option<String> {
    let name = format!("{}/{}", super::init::SCHEMAS, schema_name(schema));
    let inside = project.content.strip_prefix(&project.root).ok()?;
    let up = "../".repeat(file.matches('/').count() + inside.components().count());
    project.root.join(&name).is_file().then(|| format!("{up}{name}"))
}

fn write(path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let failure = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::new(format!("`{}` is there already", path.display())).hint("`--force` overwrites it")
        }
        _ => Failure::new(format!("`{}` cannot be written: {error}", path.display())),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failure)?;
    }
    let mut options = OpenOptions::new();
    let options = if force {
        options.write(true).create(true).truncate(true)
    } else {
        options.write(true).create_new(true)
    };
    options.open(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failure)
}
