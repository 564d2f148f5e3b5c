//! `juhend merge`: joins the parts of a portal that were built apart.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::exit::{Exit, Failure};
use super::project::{Project, current_folder, millis};
use super::{Global, publish, report};
use crate::write::{self, Earlier, Hold, JoinError, MANIFEST, Manifest, Mode};

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folders of all parts, in any order
    #[arg(value_name = "PARTS", required = true)]
    parts: Vec<PathBuf>,
    /// The folder to write the portal into [default: `public` in the root]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  juhend build --shard 1/2 -o part-1     in one job
  juhend build --shard 2/2 -o part-2     in another, at the same time
  juhend merge part-1 part-2 -o public   what `juhend build -o public` would have written

Exit codes: 0 joined; 1 the command could not run, or these are not the parts of one portal; 2 a part is not as it was
built.";

/// Joins the parts, if they are all of one portal, each whole and there once.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let started = Instant::now();
    let here = current_folder()?;
    let here = global.root.as_ref().map_or(here.clone(), |root| here.join(root));
    let target = match &args.output {
        Some(folder) => here.join(folder),
        None => Project::find(global)?.output(global, None)?,
    };
    let folders: Vec<PathBuf> = args.parts.iter().map(|part| here.join(part)).collect();
    for folder in &folders {
        write::check_target(&target, &[folder])?;
        write::check_target(folder, &[&target])?;
    }
    let _holds = held(&folders)?;
    let parts = folders.iter().map(|folder| manifest(folder)).collect::<Result<Vec<Manifest>, Failure>>()?;
    let (origin, files) = write::join(&parts).map_err(|error| failure(&error, &args.parts))?;
    for (folder, part) in folders.iter().zip(&parts) {
        if !is_as_built(global, folder, part)? {
            return Ok(Exit::Findings);
        }
    }
    let output = write::joined(&folders, origin, files)?;
    let summary = write::write(&target, &output, Mode::Changes)?;
    // Notes are about what one build made of one folder.
    Earlier::of(&target)?.note(None);
    let (time, shown) = (millis(started.elapsed()), target.display());
    let (written, unchanged, removed) = (summary.written, summary.unchanged, summary.removed);
    report::say(
        global,
        &format!(
            "{} files of {} parts: {written} written, {unchanged} unchanged, {removed} removed in `{shown}`, {time}",
            output.len(),
            parts.len(),
        ),
    );
    Ok(Exit::Fine)
}

/// Keeps others away from the parts while they are read. Who names one twice is told so later.
fn held(folders: &[PathBuf]) -> Result<Vec<Hold>, Failure> {
    let there: BTreeSet<PathBuf> = folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    there.iter().map(|folder| publish::hold(folder)).collect()
}

fn manifest(folder: &Path) -> Result<Manifest, Failure> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).map_err(|error| {
        Failure::new(format!("cannot read `{}`: {error}", path.display()))
            .hint("name the folders that `juhend build --shard` wrote")
    })?;
    Manifest::parse(&text)
        .map_err(|reason| Failure::new(format!("the manifest `{}` {reason}", path.display())))
}

fn is_as_built(global: &Global, folder: &Path, part: &Manifest) -> Result<bool, Failure> {
    let differences = write::verify(folder, part)?;
    let broken: Vec<&String> = differences.missing.iter().chain(&differences.changed).collect();
    let Some(first) = broken.first() else { return Ok(true) };
    let message = format!(
        "{} of the files in `{}` are not as they were built, `{}` is the first: nothing was written",
        broken.len(),
        folder.display(),
        first.escape_debug()
    );
    report::failure(global, &Failure::new(message).hint("build the part again, or carry it here whole"));
    Ok(false)
}

/// Why these are not the parts of one portal, with their names.
fn failure(error: &JoinError, parts: &[PathBuf]) -> Failure {
    let name = |at: &usize| parts.get(*at).map(|part| format!("`{}`", part.display())).unwrap_or_default();
    let again = "build all parts with one program from one commit, with the same arguments";
    match error {
        JoinError::Whole(at) => Failure::new(format!("{} is a whole portal and no part", name(at)))
            .hint("name the folders that `juhend build --shard` wrote"),
        JoinError::Impossible(at, shard) => {
            Failure::new(format!("{} says that it is part {shard}, which cannot be", name(at)))
        }
        JoinError::Differ { one, other, what, said: [first, second] } => {
            let hint = if *what == "day" { "give all jobs the same day with `--as-of`" } else { again };
            Failure::new(format!(
                "{} and {} differ in the {what}: `{}` and `{}`",
                name(one),
                name(other),
                first.escape_debug(),
                second.escape_debug()
            ))
            .hint(hint)
        }
        JoinError::Foreign(one, other) => {
            Failure::new(format!("{} and {} are parts of different portals", name(one), name(other)))
                .hint(format!("{again}; the whole history of Git has to be there for each or for none"))
        }
        JoinError::Twice(one, other, shard) => {
            Failure::new(format!("{} and {} are both part {shard}", name(one), name(other)))
        }
        JoinError::Missing(numbers, of) => {
            let listed: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let (noun, verb) = if numbers.len() == 1 { ("part", "is") } else { ("parts", "are") };
            Failure::new(format!("{noun} {} of {of} {verb} missing", listed.join(", ")))
                .hint("name the folders of all parts")
        }
        JoinError::Overlap(one, other, path) => {
            Failure::new(format!("{} and {} both hold `{path}`", name(one), name(other))).hint(again)
        }
    }
}
