//! `juhend version`: the versions of the guidance, and how one is kept and laid to rest.

mod entry;

use std::path::PathBuf;

use super::editions::Listed;
use super::exit::{Exit, Failure};
use super::project::Project;
use super::{Global, report, whole};
use crate::check::rules::is_version_id;
use crate::derive::guidance::versions::NEXT;
use crate::diagnostic::did_you_mean;
use crate::model::audience::Audience;
use crate::model::portal::{Version, VersionState};
use crate::parse::{self, Settings};
use crate::source::{SourceFile, Sources, Tree};
use entry::Change;

/// What can be done with versions.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List the versions with their states and addresses
    List,
    /// Keep the guidance as it stands as a version: write its entry into portal.yaml and propose the Git tag
    Cut(CutArgs),
    /// Lay a version to rest: readers are told that it is no longer kept right, search engines leave it out
    Archive(ArchiveArgs),
}

/// Arguments of `version cut`.
#[derive(Debug, clap::Args)]
#[command(after_help = CUT_EXAMPLES)]
pub struct CutArgs {
    /// The id of the version, as it will stand in addresses
    #[arg(value_name = "ID")]
    id: String,
    /// The Git tag that will hold it [default: `guides-ID`]
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
}

/// Arguments of `version archive`.
#[derive(Debug, clap::Args)]
pub struct ArchiveArgs {
    /// The id of the version
    #[arg(value_name = "ID")]
    id: String,
}

const CUT_EXAMPLES: &str = "Examples:
  juhend version cut 2026.2                  write the entry; the commands for Git are printed
  juhend version cut 2026.2 | sh             and run them
  juhend version cut 2026.2 --tag v2026.2    under another tag";

/// Runs what was asked for.
pub fn run(global: &Global, command: &Command) -> Result<Exit, Failure> {
    let book = Book::open(Project::find(global)?)?;
    match command {
        Command::List => Ok(list(global, &book)),
        Command::Cut(args) => cut(global, &book, args),
        Command::Archive(args) => archive(global, &book, &args.id),
    }
}

/// `portal.yaml`, open for changes.
struct Book {
    project: Project,
    /// The file, by its path in the content folder.
    name: &'static str,
    text: String,
    settings: Settings,
}

impl Book {
    fn open(project: Project) -> Result<Self, Failure> {
        let path = |name: &'static str| (name, project.content.join(name));
        let there = [path("portal.yaml"), path("portal.yml")].into_iter().find(|(_, path)| path.is_file());
        let Some((name, path)) = there else {
            return Err(Failure::new("there is no `portal.yaml`, in which versions are listed")
                .hint("make one that begins with `title: …` in the content folder"));
        };
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", path.display())))?;
        let settings = settings(&text).ok_or_else(|| {
            Failure::new(format!("`{}` has a fault", path.display())).hint("`juhend check` tells where")
        })?;
        Ok(Self { project, name, text, settings })
    }

    fn versions(&self) -> &[Version] {
        &self.settings.portal.versions
    }

    fn version(&self, id: &str) -> Option<&Version> {
        self.versions().iter().find(|version| version.id.value == id)
    }

    /// The path of the file as messages call it.
    fn path(&self) -> PathBuf {
        self.project.content.join(self.name)
    }

    /// Makes the changes and writes the file, once it is sure that it then says what it should.
    fn change(
        &self,
        changes: &[Change<'_>],
        is_as_wanted: impl Fn(&[Version]) -> bool,
    ) -> Result<(), Failure> {
        let text = entry::changed(&self.text, changes);
        let is_right = settings(&text).is_some_and(|settings| is_as_wanted(&settings.portal.versions));
        if !is_right {
            let message = format!(
                "the list of versions in `{}` is written in a way that cannot be changed here",
                self.name
            );
            return Err(Failure::new(message).hint("write each version as `- {id: …, from: …, state: …}`"));
        }
        whole::write(&self.path(), text.as_bytes())
    }
}

/// The settings that `text` holds; nothing if it has an error.
fn settings(text: &str) -> Option<Settings> {
    let file = SourceFile::new("content/portal.yaml", text.trim_start_matches('\u{feff}').as_bytes());
    let (settings, _) = parse::settings(&Sources::new(vec![file], Vec::new()), "content", "Portal");
    (!settings.is_broken).then_some(settings)
}

fn list(global: &Global, book: &Book) -> Exit {
    let (listed, faults) =
        Listed::of(&book.settings, (&book.project.root, &book.project.content), Audience::Restricted, None);
    if book.versions().is_empty() {
        report::say(global, "there is one version: the content folder");
        return Exit::Fine;
    }
    let rows: Vec<[String; 4]> = listed.iter().map(|one| row(book, one)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    for [id, state, address, from] in &rows {
        let [a, b, c] = widths;
        report::answer(&format!("{id:a$}  {state:b$}  {address:c$}  {from}\n"));
    }
    for fault in &faults {
        report::warning(global, &fault.message);
    }
    if faults.is_empty() { Exit::Fine } else { Exit::Findings }
}

fn row(book: &Book, one: &Listed) -> [String; 4] {
    let entry = book.version(&one.id);
    let from = entry.and_then(|version| version.from.as_ref()).map(|from| from.value.clone());
    let by_tree = || one.tree.as_ref().map_or_else(|| "the content folder".to_owned(), Tree::prefix);
    [one.id.clone(), one.state.word().to_owned(), format!("{}/", one.root), from.unwrap_or_else(by_tree)]
}

fn cut(global: &Global, book: &Book, args: &CutArgs) -> Result<Exit, Failure> {
    let id = args.id.as_str();
    if !is_version_id(id, false) {
        return Err(Failure::new(format!("`{id}` cannot stand in an address"))
            .hint("use letters, digits, `-`, `_` and `.`"));
    }
    let tag = args.tag.clone().unwrap_or_else(|| format!("guides-{id}"));
    let from = format!("git:{tag}");
    let here = book.versions().iter().find(|version| version.from.is_none());
    let changes: Vec<Change<'_>> = match (book.version(id), here) {
        (Some(version), _) if version.from.is_some() => {
            return Err(Failure::new(format!("the version `{id}` is listed already"))
                .hint("`juhend version list` lists all versions"));
        }
        (Some(version), _) => vec![Change::Source(version, &from)],
        (None, Some(here)) => {
            let name = &here.id.value;
            return Err(Failure::new(format!("the content folder is the version `{name}`"))
                .hint(format!("`juhend version cut {name}` keeps it; then list the next one")));
        }
        (None, None) => {
            let current =
                book.versions().iter().filter(|version| state(version) == Some(VersionState::Current));
            let retired = current.map(|version| Change::State(version, VersionState::Supported));
            std::iter::once(Change::Entry { versions: book.versions(), id, from: &from })
                .chain(retired)
                .collect()
        }
    };
    book.change(&changes, |versions| {
        versions.iter().any(|version| {
            version.id.value == id && version.from.as_ref().is_some_and(|written| written.value == from)
        })
    })?;
    report::say(global, &format!("`{}` lists the version `{id}`, which `{from}` holds", book.name));
    report::say(
        global,
        &format!(
            "what is written in the content folder from now on stands at `/{NEXT}/`, until it is cut as a version too"
        ),
    );
    report::say(
        global,
        "commit that change; these commands keep the guidance as it stands in the last commit:",
    );
    report::answer(&format!("git tag {tag}\ngit push origin {tag}\n"));
    Ok(Exit::Fine)
}

fn archive(global: &Global, book: &Book, id: &str) -> Result<Exit, Failure> {
    let Some(version) = book.version(id) else {
        let ids = book.versions().iter().map(|version| version.id.value.as_str());
        let failure = Failure::new(format!("there is no version `{id}`"));
        return Err(match did_you_mean(id, ids.collect::<Vec<_>>()) {
            Some(hint) => failure.hint(hint),
            None => failure.hint("`juhend version list` lists all versions"),
        });
    };
    match state(version) {
        Some(VersionState::Archived) => {
            report::say(global, &format!("the version `{id}` is archived already"));
            return Ok(Exit::Fine);
        }
        Some(VersionState::Current) => {
            return Err(Failure::new(format!("the version `{id}` is the current one"))
                .hint("make another one current first: `state: current`"));
        }
        _ if version.from.is_none() => {
            return Err(Failure::new(format!("the version `{id}` is the content folder itself"))
                .hint(format!("`juhend version cut {id}` keeps it first")));
        }
        _ => {}
    }
    book.change(&[Change::State(version, VersionState::Archived)], |versions| {
        versions
            .iter()
            .any(|version| version.id.value == id && state(version) == Some(VersionState::Archived))
    })?;
    report::say(global, &format!("the version `{id}` is archived"));
    Ok(Exit::Fine)
}

fn state(version: &Version) -> Option<VersionState> {
    version.state.as_ref().map(|state| state.value)
}
