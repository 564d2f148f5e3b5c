//! `juhend export`: a run in a format that other programs read.

use std::path::PathBuf;

use clap::ValueEnum;

use super::build::AudienceArg;
use super::exit::{Exit, Failure};
use super::project::{Assembly, Memory, Project, Purpose};
use super::{Global, report, whole};
use crate::diagnostic::{Diagnostic, FileId, Level, did_you_mean};
use crate::model::audience::Audience;
use crate::model::records::Record;
use crate::model::run::Run;
use crate::record::reference::Kind;
use crate::render::export::run::RunExport;
use crate::render::export::{ctrf, json, junit, spreadsheet};

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The run: its id, or the path of its file
    #[arg(value_name = "RUN")]
    run: String,
    /// In which format
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only if these readers may see the run [default: restricted, who may see all]
    #[arg(long, value_enum)]
    audience: Option<AudienceArg>,
}

const EXAMPLES: &str = "Examples:
  juhend export 2026.10/sit-03 --format junit -o sit-03.xml
  juhend export content/runs/2026.10/sit-03.yaml --format ctrf
  juhend export 2026.10/sit-03 --format json | jq .run.counts

Exit codes: 0 the run was exported; 1 there is no such run, or the file cannot be written; 2 the run has faults.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Common Test Report Format
    Ctrf,
    /// `JUnit` XML
    Junit,
    /// A table
    Csv,
    /// The portal's own JSON
    Json,
}

/// Writes the run, unless it has a fault: half a run would look like a whole one.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    // Whoever has the content may have the run.
    let audience = args.audience.map_or(Audience::Restricted, AudienceArg::audience);
    let purpose = Purpose { audience, drafts: false, base_url: None, as_of: global.as_of };
    let assembly = project.assemble(&purpose, &mut Memory::default())?;
    let id = id(&args.run);
    let faults = faults_of(&assembly, id);
    if !faults.is_empty() {
        report::faults(global, &faults, &assembly.texts);
        return Ok(Exit::Findings);
    }
    let Some(run) = assembly.portal.site.runs.get(id) else { return Err(unknown(&assembly, id)) };
    let text = text(&assembly, run, args.format);
    match &args.output {
        Some(path) => whole::write(path, text.as_bytes())?,
        None => report::answer(&text),
    }
    Ok(Exit::Fine)
}

/// The id in `content/runs/2026.10/sit-03.yaml`, in `runs/2026.10/sit-03`, or as it is.
fn id(named: &str) -> &str {
    let named = [".yaml", ".yml"].iter().find_map(|ending| named.strip_suffix(ending)).unwrap_or(named);
    match named.split_once("runs/") {
        Some((folders, id)) if folders.is_empty() || folders.ends_with('/') => id,
        _ => named,
    }
}

/// The errors in the file of the run `id`.
fn faults_of(assembly: &Assembly, id: &str) -> Vec<Diagnostic> {
    let files: Vec<FileId> = assembly.sources_of(&format!("runs/{id}"));
    let is_of_run = |fault: &&Diagnostic| fault.level == Level::Error && files.contains(&fault.place.file);
    assembly.faults.iter().filter(is_of_run).cloned().collect()
}

fn unknown(assembly: &Assembly, id: &str) -> Failure {
    let site = &assembly.portal.site;
    let ends = |known: &&str| known.strip_suffix(id).is_some_and(|folder| folder.ends_with('/'));
    let in_folder = site.runs.ids().find(ends).map(|known| format!("did you mean `{known}`?"));
    if let Some(audience) = site.unseen.record(Kind::Run, id) {
        return Failure::new(format!("the run `{id}` is for the audience `{}`", audience.word()));
    }
    let failure = Failure::new(format!("there is no run `{id}`"));
    match in_folder.or_else(|| did_you_mean(id, site.runs.ids())) {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn text(assembly: &Assembly, run: &Record<Run>, format: Format) -> String {
    let site = &assembly.portal.site;
    let export = RunExport::of(site, run, site.default_language());
    match format {
        Format::Ctrf => ctrf::run(&export, &site.zone),
        Format::Junit => junit::run(&export),
        Format::Csv => spreadsheet::run(&export, spreadsheet::Wording::Keys),
        Format::Json => json::run(&export, assembly.portal.as_of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_named_by_its_id_or_its_file() {
        for named in ["2026.10/sit-03", "runs/2026.10/sit-03.yaml", "content/runs/2026.10/sit-03.yml"] {
            assert_eq!(id(named), "2026.10/sit-03");
        }
        assert_eq!(id("dryruns/a"), "dryruns/a");
    }
}
