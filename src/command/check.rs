//! `juhend check`: lists every fault and writes nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::build::{PurposeArgs, has_error};
use super::disclosure::Lookout;
use super::draw::{Made, Nowhere, Watch, draw};
use super::exit::{Exit, Failure};
use super::project::{Assembly, Earlier, Memory, Project};
use super::{Global, against, earlier, external, report};
use crate::check::BROKEN_TEMPLATE;
use crate::diagnostic::{
    Diagnostic, Level, findings, settle, to_github, to_gitlab, to_json, to_junit, to_sarif,
};
use crate::model::audience::Audience;
use crate::model::published::Published;
use crate::write::MANIFEST;

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
    /// A portal of another day, its folder of output or content, or `git:<revision>`: its addresses must lead
    /// somewhere still
    #[arg(long, value_name = "FOLDER|git:REF")]
    against: Vec<String>,
    /// Write aliases for pages that moved since then
    #[arg(long, requires = "against")]
    fix: bool,
    #[command(flatten)]
    external: external::ExternalArgs,
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
  juhend check --format gitlab > gl-code-quality-report.json
  juhend check --base origin/main      tell dates that moved since then without a recorded change
  juhend check --published public      the same against a portal that was built
  juhend check --audience public --list    what everybody would see, address by address
  juhend check --external              ask the web whether outside links still lead somewhere
  juhend check --against public        tell addresses that would lead nowhere
  juhend check --against git:main --fix   and write aliases for pages that moved

Exit codes: 0 no fault at or above `--fail-on`; 1 the check could not run; 2 faults were found.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with source lines
    Human,
    /// For programs, on standard output
    Json,
    /// GitHub's workflow commands, which show faults beside the lines of a change
    Github,
    /// GitLab's report of code quality
    Gitlab,
    /// SARIF 2.1.0, for forges and editors
    Sarif,
    /// JUnit's XML, for whatever shows test results
    Junit,
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
    let earlier = Earlier {
        dates: earlier(global, &project, args)?,
        addresses: args
            .against
            .iter()
            .map(|named| against::told(global, &project, &purpose, named))
            .collect::<Result<_, _>>()?,
    };
    let mut assembly = project.assemble_whole(&purpose, &mut Memory::default(), earlier.clone())?;
    if args.fix && against::fix(global, &project, &assembly, &earlier.addresses)? > 0 {
        assembly = project.assemble_whole(&purpose, &mut Memory::default(), earlier)?;
    }
    let mut faults = assembly.faults.clone();
    let mut addresses = String::new();
    if let Some(theme) = &assembly.theme {
        let pages = assembly.plan(theme);
        let Made { output: files, faults: found, disclosing } =
            draw(&assembly, theme, &pages, &Nowhere, &Watch::default());
        let manifest = format!("/{MANIFEST}\n");
        let files_listed = files.files().map(|(path, _)| format!("/{path}\n"));
        addresses = files_listed.chain([manifest]).collect::<BTreeSet<String>>().into_iter().collect();
        // Where two pages want one file is told by the rules, at its place; what the writing itself finds
        // is told when nothing else stands in its way.
        let is_first = |fault: &Diagnostic| *fault.rule == BROKEN_TEMPLATE || !has_error(&assembly.faults);
        faults.extend(found.into_iter().filter(is_first));
        faults.extend(Lookout::of(&assembly).faults(disclosing));
    }
    faults.extend(external::faults(global, &args.external, &assembly)?);
    let faults = settle(faults, &assembly.texts);
    assembly.details().iter().for_each(|line| report::detail(global, line));
    if args.list {
        report::answer(&addresses);
    }
    tell(global, args, &faults, &assembly, &in_repository(&project.root));
    Ok(if fails(&faults, args.fail_on) { Exit::Findings } else { Exit::Fine })
}

/// Prints the faults as the user wants them; `base` is the project's root as seen from the repository's.
fn tell(global: &Global, args: &Args, faults: &[Diagnostic], assembly: &Assembly, base: &str) {
    let texts = &assembly.texts;
    let told = || findings(faults, texts, base);
    let answer = match args.format {
        Format::Human => {
            report::faults(global, faults, texts);
            report::left_out(global, &assembly.left_out);
            if faults.is_empty() {
                report::say(global, "no faults");
            }
            return;
        }
        Format::Json => return report::answer(&format!("{}\n", to_json(faults, texts))),
        Format::Github => to_github(&told()),
        Format::Gitlab => format!("{}\n", to_gitlab(&told())),
        Format::Sarif => format!("{}\n", to_sarif(&told(), env!("CARGO_PKG_VERSION"))),
        Format::Junit => to_junit(&told(), args.fail_on.level()),
    };
    report::answer(&answer);
    // The report mostly goes to a file, and the log would say nothing.
    report::say(global, &report::tally(faults));
}

/// `folder` as seen from the root of the repository that holds it, which is where forges see paths from; empty
/// for the root itself, and where there is no repository.
fn in_repository(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    let below = root.and_then(|root| folder.strip_prefix(root).ok());
    below.map_or_else(String::new, |below| below.to_string_lossy().replace('\\', "/"))
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
    faults.iter().any(|fault| fault.level >= fail_on.level())
}

impl FailOn {
    /// The lowest level that fails.
    fn level(self) -> Level {
        match self {
            Self::Error => Level::Error,
            Self::Warn => Level::Warn,
        }
    }
}
