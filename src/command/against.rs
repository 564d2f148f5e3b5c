//! The addresses of another day, for `juhend check --against`, and what leads on from them: aliases of pages, and
//! `redirects` in `portal.yaml` where no page of the content folder can have one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::Global;
use super::exit::Failure;
use super::project::{Assembly, Earlier, Memory, Project, Purpose};
use super::{report, whole};
use crate::derive::page::vanished::Comparison;
use crate::model::addresses::{Address, Told};
use crate::parse;
use crate::parse::aliases::with_aliases;
use crate::parse::redirects::with_redirects;
use crate::render::export::addresses;
use crate::source::{TEXT_LIMIT, git};

/// The addresses of `named`: `git:<revision>`, the folder of a published portal or its `addresses.json`, or a
/// folder of content.
///
/// # Errors
/// There is nothing of the kind.
pub fn told(global: &Global, project: &Project, purpose: &Purpose, named: &str) -> Result<Told, Failure> {
    match named.strip_prefix("git:") {
        Some(revision) => of_revision(project, purpose, revision),
        None => of_folder(purpose, &project.beside(global)?.join(named), named),
    }
}

fn of_revision(project: &Project, purpose: &Purpose, revision: &str) -> Result<Told, Failure> {
    let failure = |fault: git::GitFault| {
        let hint = "`--against git:` names a branch, tag or commit of the repository that holds the content";
        Failure::new(format!("the Git revision `{revision}` cannot be read: {fault}"))
            .hint(fault.hint().unwrap_or_else(|| hint.to_owned()))
    };
    let before = git::at(&project.content, revision).map_err(failure)?;
    let (sources, _) = before.read(&project.prefix(), TEXT_LIMIT).map_err(failure)?;
    let list = list(&project.assemble_at(sources, revision, purpose)?)?;
    let now = git::head(&project.root, &project.content).map_err(failure)?;
    let renames = match now {
        Some(now) => git::renames(&before, &now).map_err(failure)?.into_iter().collect(),
        None => Vec::new(),
    };
    Ok(Told { by: format!("the Git revision `{revision}`"), list, renames })
}

fn of_folder(purpose: &Purpose, path: &Path, named: &str) -> Result<Told, Failure> {
    let file =
        if path.is_dir() { path.join(addresses::ADDRESS.trim_start_matches('/')) } else { path.to_owned() };
    if file.is_file() {
        let text = fs::read_to_string(&file)
            .map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", file.display())))?;
        let list = parse::addresses::addresses(&text).ok_or_else(|| {
            Failure::new(format!("`{}` is not the list of a portal's addresses", file.display()))
                .hint("`juhend build` writes it as `addresses.json`")
        })?;
        return Ok(Told { by: format!("the portal in `{named}`"), list, renames: Vec::new() });
    }
    let content = content(path).ok_or_else(|| {
        let message = format!(
            "`{named}` is neither a published portal with its `addresses.json` nor a folder of content"
        );
        Failure::new(message).hint("build it once with this program, or compare with a revision: `git:main`")
    })?;
    let other = Project { root: content.parent().unwrap_or(path).to_owned(), content };
    let list = list(&other.assemble_whole(purpose, &mut Memory::default(), Earlier::default())?)?;
    Ok(Told { by: format!("the content in `{named}`"), list, renames: Vec::new() })
}

/// Whether a file of this name is a page.
fn is_markdown(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "md")
}

/// The content folder at `path`: it, or `content` in it.
fn content(path: &Path) -> Option<std::path::PathBuf> {
    let inside = path.join("content");
    let is_content = |folder: &Path| {
        let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let mut names = names.map(|name| name.to_string_lossy().into_owned());
        names.any(|name| name.starts_with("portal.y") || name == "guides" || is_markdown(&name))
    };
    [inside.as_path(), path].into_iter().find(|folder| is_content(folder)).map(Path::to_owned)
}

/// Every address of a portal.
fn list(assembly: &Assembly) -> Result<Vec<Address>, Failure> {
    let theme = assembly.theme.as_ref().ok_or_else(|| {
        Failure::new("the theme has an error, and without it nobody knows which addresses there are")
            .hint("run `juhend check` without `--against`")
    })?;
    Ok(addresses::list(&assembly.portal, theme))
}

/// Writes an alias for each address that vanished and whose text stands elsewhere now; gives how many files it
/// wrote. Where what stands there has no text of its own, as a folder, or its text is that of a version which nobody
/// writes any more, `portal.yaml` gets a redirect.
///
/// # Errors
/// A file that cannot be read or written. A file in which aliases are written in an unusual way is told and left.
pub fn fix(global: &Global, project: &Project, assembly: &Assembly, told: &[Told]) -> Result<usize, Failure> {
    let made = list(assembly)?;
    let mut wanted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut redirects = BTreeMap::new();
    for told in told {
        let comparison = Comparison::of(told, &made, &assembly.portal.redirects.gone);
        for vanished in comparison.vanished() {
            let Some(heir) = vanished.heir else { continue };
            let Some(source) = heir.source.filter(|_| assembly.shows_content()) else {
                redirects.insert(vanished.address.to_owned(), heir.address.to_owned());
                continue;
            };
            let aliases = wanted.entry(source.to_owned()).or_default();
            if !aliases.iter().any(|alias| alias == vanished.address) {
                aliases.push(vanished.address.to_owned());
            }
        }
    }
    let mut written = 0;
    for (source, aliases) in wanted {
        written += usize::from(add(global, &project.content.join(&source), &source, &aliases)?);
    }
    if !redirects.is_empty() {
        written += usize::from(redirect(global, &project.content, &redirects)?);
    }
    Ok(written)
}

/// Whether the redirects were added to `portal.yaml`.
fn redirect(global: &Global, content: &Path, redirects: &BTreeMap<String, String>) -> Result<bool, Failure> {
    let names = ["portal.yaml", "portal.yml"];
    let name = names.into_iter().find(|name| content.join(name).is_file()).unwrap_or(names[0]);
    let path = content.join(name);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        read => {
            read.map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", path.display())))?
        }
    };
    let shown: Vec<String> = redirects.iter().map(|(from, to)| format!("`{from}: {to}`")).collect();
    let shown = shown.join(", ");
    let Some(changed) = with_redirects(&text, redirects) else {
        let warning = format!("{shown} cannot be added to `redirects` in `{name}`: write it there by hand");
        report::warning(global, &warning);
        return Ok(false);
    };
    whole::write(&path, changed.as_bytes())?;
    report::say(global, &format!("added the redirect {shown} to `{name}`"));
    Ok(true)
}

/// Whether the aliases were added to the page at `path`.
fn add(global: &Global, path: &Path, source: &str, aliases: &[String]) -> Result<bool, Failure> {
    const MARK: &str = "\u{feff}";
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", path.display())))?;
    let page = text.strip_prefix(MARK).unwrap_or(&text);
    let shown = aliases.iter().map(|alias| format!("`{alias}`")).collect::<Vec<_>>().join(", ");
    let Some(page) = with_aliases(page, aliases) else {
        report::warning(global, &format!("{shown} cannot be added to `{source}`: write it there by hand"));
        return Ok(false);
    };
    let mark = if text.starts_with(MARK) { MARK } else { "" };
    whole::write(path, format!("{mark}{page}").as_bytes())?;
    report::say(global, &format!("added the alias {shown} to `{source}`"));
    Ok(true)
}
