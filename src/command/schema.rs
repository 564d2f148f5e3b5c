//! `juhend schema`: the JSON Schemas by which editors know the keys of files.

use std::fs;
use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure};
use super::project::{Project, current_folder};
use super::{Global, report};
use crate::diagnostic::did_you_mean;
use crate::model::file_shapes::{FileShape, file_shapes};
use crate::parse::site::DEFAULT_LANGUAGE;
use crate::record::example::{self, Extent};
use crate::record::shape::Said;
use crate::render::reference::{schema_name, schema_text, told};
use crate::render::theme::ThemeFiles;
use crate::words::{Language, Words};

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The kind of file; without one and without `--into`, the kinds are listed
    kind: Option<String>,
    /// Write into this folder, as `<kind>.json` [default: print]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Print the shortest file of the kind instead
    #[arg(long, requires = "kind", conflicts_with = "into")]
    example: bool,
}

const EXAMPLES: &str = "Examples:
  juhend schema                           list the kinds of files
  juhend schema run                       print the schema of test runs
  juhend schema run --example             print the shortest file of a test run
  juhend schema --into .juhend/schemas    write every schema anew, after an update of the program";

/// Prints or writes what was asked for.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let chosen = match &args.kind {
        Some(kind) => vec![FileShape::of(kind).ok_or_else(|| unknown(kind))?],
        None if args.into.is_none() => {
            let line = |file: &FileShape| format!("{:<12} {}\n", file.kind, file.place);
            report::answer(&file_shapes().iter().map(line).collect::<String>());
            return Ok(Exit::Fine);
        }
        None => file_shapes(),
    };
    let (words, base_url) = told_by(global);
    let schemas: Vec<(&str, String)> =
        chosen.iter().map(|file| (file.kind, schema_text(file, &words, base_url.as_deref()))).collect();
    match &args.into {
        Some(folder) => write(global, folder, &schemas)?,
        None if args.example => chosen.iter().for_each(|file| report::answer(&shortest(file, &words))),
        None => schemas.iter().for_each(|(_, text)| report::answer(text)),
    }
    Ok(Exit::Fine)
}

fn unknown(kind: &str) -> Failure {
    let failure = Failure::new(format!("there is no kind of file `{kind}`"));
    match did_you_mean(kind, FileShape::KINDS) {
        Some(hint) => failure.hint(hint),
        None => failure.hint("`juhend schema` lists all kinds"),
    }
}

/// The words of the portal's default language and the address it is served at; outside of a portal those of a
/// new one.
fn told_by(global: &Global) -> (Words, Option<String>) {
    match Project::find(global).and_then(|project| project.voice()) {
        Ok((Some(words), base_url)) => (words, base_url),
        _ => (default_words(), None),
    }
}

/// The words of a new portal's language.
fn default_words() -> Words {
    let (words, _) = ThemeFiles::builtin().words(&[DEFAULT_LANGUAGE.to_owned()]);
    words.into_iter().next().unwrap_or_else(|| Words::new(Language::new(DEFAULT_LANGUAGE), &[]).0)
}

/// The shortest file of a kind; of a page its front matter.
fn shortest(file: &FileShape, words: &Words) -> String {
    let tell = |said: &Said| told(words, said).unwrap_or_else(|| said.english.to_owned());
    let keys = example::file(&file.records, Extent::Least, &tell);
    if file.is_page() { format!("---\n{keys}---\n") } else { keys }
}

fn write(global: &Global, folder: &Path, schemas: &[(&str, String)]) -> Result<(), Failure> {
    let base = current_folder()?;
    let base = global.root.as_ref().map_or_else(|| base.clone(), |root| base.join(root));
    let target = base.join(folder);
    let failure = |path: &Path, error: std::io::Error| {
        Failure::new(format!("`{}` cannot be written: {error}", path.display()))
    };
    fs::create_dir_all(&target).map_err(|error| failure(&target, error))?;
    for (kind, text) in schemas {
        let path = target.join(schema_name(kind));
        fs::write(&path, text).map_err(|error| failure(&path, error))?;
    }
    let noun = if schemas.len() == 1 { "schema" } else { "schemas" };
    report::say(global, &format!("{} {noun} written into `{}`", schemas.len(), folder.display()));
    Ok(())
}
