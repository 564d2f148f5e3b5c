//! `juhend verify`: whether a published portal is the one that was built.

use std::fs;
use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure};
use super::external::published::{self, Unasked};
use super::project::current_folder;
use super::{Global, report};
use crate::write::{self, Differences, MANIFEST, Manifest};

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folder or the address of the published portal
    #[arg(value_name = "FOLDER|URL")]
    place: String,
    /// The manifest to compare with, such as that of your own build [default: the portal's own]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  juhend verify /srv/www/testing                                       every file of a folder
  juhend verify https://testing.example.ee/                            every file, asked for over the web
  juhend verify https://testing.example.ee/ --manifest manifest.json   with the manifest that you kept

Exit codes: 0 every file is as it was built; 1 the command could not run; 2 files are missing, changed or extra.
A portal's own manifest shows what went wrong on the way. Against somebody who changes the portal on purpose keep
the manifest of the build elsewhere and name it with `--manifest`.";

/// How many files of one kind are named before the others are only counted.
const NAMED: usize = 50;

/// Compares every file with the manifest, and names those that differ.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let kept = args.manifest.as_deref().map(read_file).transpose()?;
    let address = ["http://", "https://"].iter().any(|scheme| args.place.starts_with(scheme));
    let (manifest, differences, unasked) = if address {
        of_address(&args.place, kept.as_deref())?
    } else {
        let (manifest, differences) = of_folder(&current_folder()?.join(&args.place), kept.as_deref())?;
        (manifest, differences, Unasked::default())
    };
    report::detail(global, &about(&manifest));
    tell(&differences);
    for (path, why) in &unasked.failed {
        report::warning(global, &format!("`{path}` {why}"));
    }
    if differences.is_empty() && !unasked.failed.is_empty() {
        return Err(Failure::new(format!("{} could not be asked for", counted(unasked.failed.len()))));
    }
    report::say(global, &summary(&manifest, &differences, &unasked));
    Ok(if differences.is_empty() { Exit::Fine } else { Exit::Findings })
}

fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::new(format!("cannot read `{}`: {error}", path.display())))
}

fn parse(text: &[u8], place: &str) -> Result<Manifest, Failure> {
    Manifest::parse(text).map_err(|reason| Failure::new(format!("the manifest `{place}` {reason}")))
}

fn of_folder(folder: &Path, kept: Option<&[u8]>) -> Result<(Manifest, Differences), Failure> {
    let path = folder.join(MANIFEST);
    let own = match (fs::read(&path), kept) {
        (Ok(own), _) => Some(own),
        // With a manifest from elsewhere, one that is gone is a difference like any other.
        (Err(_), Some(_)) if folder.is_dir() => None,
        (Err(error), _) => {
            return Err(Failure::new(format!("cannot read `{}`: {error}", path.display()))
                .hint("name the folder that `juhend build` wrote, or a copy of it"));
        }
    };
    let text = kept.or(own.as_deref()).unwrap_or_default();
    let manifest = parse(text, &path.display().to_string())?;
    let mut differences = write::verify(folder, &manifest)?;
    add_own(&mut differences, own.as_deref(), kept);
    Ok((manifest, differences))
}

fn of_address(address: &str, kept: Option<&[u8]>) -> Result<(Manifest, Differences, Unasked), Failure> {
    let portal = published::Portal::at(address);
    let own = match (portal.manifest(), kept) {
        (Ok(own), _) => Some(own),
        (Err(published::Missing::NotThere(_)), Some(_)) => None,
        (Err(missing), _) => {
            return Err(Failure::new(format!("`{}` {missing}", portal.manifest_address()))
                .hint("name the address at which the home page of the portal stands"));
        }
    };
    let manifest = parse(kept.or(own.as_deref()).unwrap_or_default(), &portal.manifest_address())?;
    let (mut differences, unasked) = portal.compare(&manifest);
    add_own(&mut differences, own.as_deref(), kept);
    Ok((manifest, differences, unasked))
}

/// The manifest lists no hash of itself; beside one from elsewhere it can be compared all the same.
fn add_own(differences: &mut Differences, own: Option<&[u8]>, kept: Option<&[u8]>) {
    match (own, kept) {
        (None, Some(_)) => differences.missing.push(MANIFEST.to_owned()),
        (Some(own), Some(kept)) if own != kept => differences.changed.push(MANIFEST.to_owned()),
        _ => {}
    }
}

/// One line of what the portal was built from.
fn about(manifest: &Manifest) -> String {
    let origin = &manifest.origin;
    let source = origin.source.as_ref().map_or_else(
        || "no commit".to_owned(),
        |source| {
            let mark = if source.dirty { " and changes that were not committed" } else { "" };
            format!("commit {}{mark}", source.commit)
        },
    );
    let part = origin.part.as_ref().map_or_else(String::new, |part| format!("part {}, ", part.shard));
    format!(
        "{part}built by {}, as of {}, audience {}, {source}",
        origin.program, origin.as_of, origin.audience
    )
}

fn tell(differences: &Differences) {
    let kinds =
        [("missing", &differences.missing), ("changed", &differences.changed), ("extra", &differences.extra)];
    for (kind, paths) in kinds {
        let mut text: String =
            paths.iter().take(NAMED).map(|path| format!("{kind} {}\n", path.escape_debug())).collect();
        if paths.len() > NAMED {
            text.push_str(&format!("{kind} … and {} more\n", paths.len() - NAMED));
        }
        report::answer(&text);
    }
}

fn summary(manifest: &Manifest, differences: &Differences, unasked: &Unasked) -> String {
    let for_servers = match unasked.for_servers {
        0 => String::new(),
        count => format!("; {} that only the server reads not asked for", counted(count)),
    };
    if differences.is_empty() {
        let files = manifest.files.len() - unasked.for_servers;
        return format!("{} as they were built{for_servers}", counted(files));
    }
    format!(
        "{} missing, {} changed, {} extra, of {}{for_servers}",
        differences.missing.len(),
        differences.changed.len(),
        differences.extra.len(),
        counted(manifest.files.len())
    )
}

fn counted(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
