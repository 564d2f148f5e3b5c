//! `juhend theme`: copies files of the default theme into the portal, so that they can be changed.

use std::fs;

use super::exit::{Exit, Failure};
use super::project::Project;
use super::{Global, report};
use crate::diagnostic::did_you_mean;
use crate::render::theme::ThemeFiles;

/// What can be done with the theme.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Copy files of the default theme into `themes/default`, where they override the default ones
    Eject(EjectArgs),
}

/// Arguments of `theme eject`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct EjectArgs {
    /// The files [default: all]; one that is not copied follows the program's updates
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// List the files and copy nothing
    #[arg(long)]
    list: bool,
    /// Overwrite files that are there
    #[arg(long)]
    force: bool,
}

const EXAMPLES: &str = "Examples:
  juhend theme eject --list                  what there is
  juhend theme eject templates/guide.html    change how guides look
  juhend theme eject words/et.yaml           change the interface's words";

/// The folder of the files that override the default theme.
const FOLDER: &str = "default";

/// Runs what was asked for.
pub fn run(global: &Global, command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Eject(args) => eject(global, args),
    }
}

fn eject(global: &Global, args: &EjectArgs) -> Result<Exit, Failure> {
    let theme = ThemeFiles::builtin();
    if args.list {
        theme.paths().for_each(|path| report::answer(&format!("{path}\n")));
        return Ok(Exit::Fine);
    }
    let files = chosen(&theme, &args.files)?;
    let project = Project::find(global)?;
    let folder = project.themes().join(FOLDER);
    if !args.force
        && let Some((path, _)) = files.iter().find(|(path, _)| folder.join(path).exists())
    {
        return Err(Failure::new(format!("`themes/{FOLDER}/{path}` is there already; nothing was copied"))
            .hint("`--force` overwrites it"));
    }
    for (path, bytes) in &files {
        let target = folder.join(path);
        let failure = |error: std::io::Error| {
            Failure::new(format!("`{}` cannot be written: {error}", target.display()))
        };
        if let Some(above) = target.parent() {
            fs::create_dir_all(above).map_err(failure)?;
        }
        fs::write(&target, bytes).map_err(failure)?;
        report::detail(global, &format!("themes/{FOLDER}/{path}"));
    }
    let noun = if files.len() == 1 { "file" } else { "files" };
    report::say(global, &format!("{} {noun} copied into `themes/{FOLDER}`", files.len()));
    Ok(Exit::Fine)
}

/// The named files of the theme, or all of them.
fn chosen<'a>(theme: &'a ThemeFiles, names: &'a [String]) -> Result<Vec<(&'a str, &'a [u8])>, Failure> {
    let file = |path: &'a str| theme.get(path).map(|bytes| (path, bytes));
    if names.is_empty() {
        return Ok(theme.paths().filter_map(file).collect());
    }
    names
        .iter()
        .map(|name| {
            file(name.trim_start_matches("themes/default/")).ok_or_else(|| {
                let failure = Failure::new(format!("the theme has no file `{name}`"));
                failure.hint(hint(theme, name))
            })
        })
        .collect()
}

/// The file that was meant, as far as that can be told.
fn hint(theme: &ThemeFiles, name: &str) -> String {
    let same_name = theme.paths().find(|path| path.rsplit('/').next() == Some(name));
    same_name
        .map(|path| format!("did you mean `{path}`?"))
        .or_else(|| did_you_mean(name, theme.paths()))
        .unwrap_or_else(|| "`juhend theme eject --list` lists all files".to_owned())
}
