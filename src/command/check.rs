//! `juhend check`: lists every fault and writes nothing.

use std::path::PathBuf;

use clap::ValueEnum;

use super::build::{PurposeArgs, has_error, output, render};
use super::exit::{Exit, Failure};
use super::project::{Memory, Project};
use super::{Global, earlier, report};
use crate::check::BROKEN_TEMPLATE;
use crate::diagnostic::{Diagnostic, Level, settle, to_json};
use crate::model::audience::Audience;
use crate::model::published::Published;
use crate::render::plan;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    purpose: PurposeArgs,
    /// A Git revision: dates that differ from it need a recorded change
    #[arg(long, value_name = "REVISION")]
    base: Option<String>,
    /// A published portal, its folder or its `api/schedule.json`: dates that differ from it need a recorded change
    #[arg(long, value_name = "PATH")]
    published: Option<PathBuf>,
    /// How faults are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// From which level on the check fails
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Print every address that a build for the audience would have, on standard output
    #[arg(long, conflicts_with = "format")]
    list: bool,
}

const EXAMPLES: &str = "Examples:
  juhend check                         list every fault with its place
  juhend check --fail-on warn          for a pipeline that is to be strict
  juhend check --format json           for other programs
  juhend check --base origin/main      tell dates that moved since then without a recorded change
  juhend check --published public      the same against a portal that was built
  juhend check --audience public --list    what everybody would see, address by address

Exit codes: 0 no fault at or above `--fail-on`; 1 the check could not run; 2 faults were found.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with source lines
    Human,
    /// For programs, on standard output
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors only
    Error,
    /// Warnings too
    Warn,
}

/// Checks the portal; pages are made in memory, so that a template that fails is found too.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let purpose = args.purpose.purpose(global, Audience::Restricted);
    let earlier = earlier(global, &project, args)?;
    let assembly = project.assemble_since(&purpose, &mut Memory::default(), earlier)?;
    let mut faults = assembly.faults.clone();
    let mut addresses = String::new();
    if let Some(theme) = &assembly.theme {
        let pages = plan(&assembly.portal, theme);
        let rendered = render(&assembly.portal, theme, &pages, None);
        let (files, found) = output(&assembly, &pages, rendered);
        addresses = files.files().map(|(path, _)| format!("/{path}\n")).collect();
        // Where two pages want one file is told by the rules, at its place; what the writing itself finds
        // is told when nothing else stands in its way.
        let is_first = |fault: &Diagnostic| *fault.rule == BROKEN_TEMPLATE || !has_error(&assembly.faults);
        faults.extend(found.into_iter().filter(is_first));
        faults = settle(faults, &assembly.texts);
    }
    assembly.details().iter().for_each(|line| report::detail(global, line));
    if args.list {
        report::answer(&addresses);
    }
    match args.format {
        Format::Human => {
            report::faults(global, &faults, &assembly.texts);
            report::left_out(global, &assembly.left_out);
            if faults.is_empty() {
                report::say(global, "no faults");
            }
        }
        Format::Json => report::answer(&format!("{}\n", to_json(&faults, &assembly.texts))),
    }
    Ok(if fails(&faults, args.fail_on) { Exit::Findings } else { Exit::Fine })
}

/// The dates that the user wants to be compared with.
fn earlier(global: &Global, project: &Project, args: &Args) -> Result<Vec<Published>, Failure> {
    let mut all = Vec::new();
    if let Some(revision) = &args.base {
        let dates = earlier::in_revision(project, revision)?;
        if dates.is_none() {
            let left_out = format!("`git` is not installed, so dates are not compared with `{revision}`");
            report::warning(global, &left_out);
        }
        all.extend(dates);
    }
    if let Some(path) = &args.published {
        all.push(earlier::in_portal(&project.beside(global)?.join(path), path)?);
    }
    Ok(all)
}

fn fails(faults: &[Diagnostic], fail_on: FailOn) -> bool {
    faults.iter().any(|fault| match fail_on {
        FailOn::Error => fault.level == Level::Error,
        FailOn::Warn => fault.level >= Level::Warn,
    })
}
