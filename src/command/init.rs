//! `juhend init`: makes a new portal with one example of every kind of file.

mod fill;

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure};
use super::project::{Project, current_folder, day};
use super::{Global, report};
use crate::digest::sha256;
use crate::model::file_shapes::file_shapes;
use crate::parse::languages::KNOWN;
use crate::parse::site::{DEFAULT_LANGUAGE, DEFAULT_ZONE};
use crate::render::reference::{schema_name, schema_text};
use crate::render::theme::ThemeFiles;
use fill::{Filling, replace};
use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The files of the example; names in their paths and texts are filled in.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/command/init/files");

/// The folder of the content in a new portal.
const CONTENT: &str = "content";

/// Where a portal keeps the schemas of its files for editors.
pub const SCHEMAS: &str = ".juhend/schemas";

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folder of the new portal
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The language of the example, and the first one of the portal [default: that of the portal that is there, or et]
    #[arg(long, value_name = "TAG", value_parser = KNOWN)]
    language: Option<String>,
    /// Add to a folder that is not empty; files that are there are kept
    #[arg(long)]
    force: bool,
}

const EXAMPLES: &str = "Examples:
  juhend init portal             a new portal in the folder `portal`
  juhend init                    the same in this folder, if it is empty
  juhend init --language en      the example in English, with English as the first language
  juhend init --force            add what is missing to this folder";

/// Writes the files; never over one that is there.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let here = current_folder()?;
    let base = global.root.as_ref().map_or_else(|| here.clone(), |root| here.join(root));
    let folder = base.join(&args.folder);
    if !args.force && !is_empty(&folder)? {
        return Err(Failure::new(format!("the folder `{}` is not empty", args.folder.display()))
            .hint("`--force` adds what is missing and keeps every file that is there"));
    }
    let language = language(args.language.as_deref(), first_language(&folder).as_deref())?;
    let zone = TimeZone::get(DEFAULT_ZONE).unwrap_or(TimeZone::UTC);
    let mut kept = Vec::new();
    let files = files(day(global.as_of, None, &zone), language);
    for (path, text) in &files {
        if !put(&folder.join(path), text)? {
            kept.push(path);
        }
    }
    for path in &kept {
        report::say(global, &format!("kept `{path}`"));
    }
    report::say(global, &format!("{} files made in `{}`", files.len() - kept.len(), args.folder.display()));
    let enter =
        if args.folder == Path::new(".") { String::new() } else { format!(" -C {}", args.folder.display()) };
    report::say(global, &format!("  `juhend{enter} serve --open` shows the portal"));
    Ok(Exit::Fine)
}

/// The first language of the portal in `folder`; nothing where there is none.
fn first_language(folder: &Path) -> Option<String> {
    let project = Project { root: folder.to_owned(), content: folder.join(CONTENT) };
    let settings = project.settings_alone();
    settings.file?;
    settings.languages.into_iter().next()
}

/// The language in which the example is written: what stands beside a portal is in its languages.
fn language(wanted: Option<&str>, there: Option<&str>) -> Result<&'static str, Failure> {
    let known = |tag: &str| KNOWN.into_iter().find(|language| *language == tag);
    match (wanted.and_then(known), there.and_then(known)) {
        (Some(wanted), Some(there)) if wanted != there => {
            let message =
                format!("the first language of the portal that is there is `{there}`, not `{wanted}`");
            Err(Failure::new(message)
                .hint("leave `--language` away: what is missing is added in its language"))
        }
        (wanted, there) => Ok(wanted.or(there).unwrap_or(DEFAULT_LANGUAGE)),
    }
}

/// Whether there is nothing in `folder` but a Git repository.
fn is_empty(folder: &Path) -> Result<bool, Failure> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == ".git"))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Failure::new(format!("`{}` cannot be read: {error}", folder.display()))),
    }
}

/// Writes a file with the folders above it, unless it is there; says whether it was written.
fn put(path: &Path, text: &str) -> Result<bool, Failure> {
    let failure =
        |error: std::io::Error| Failure::new(format!("`{}` cannot be written: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failure)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true).map_err(failure),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failure(error)),
    }
}

/// Every file of a new portal by its path, as it is on the day `as_of`, with `language` as its first.
fn files(as_of: Date, language: &str) -> BTreeMap<String, String> {
    let (words, _) = ThemeFiles::builtin().words(&[language.to_owned()]);
    let mut files = BTreeMap::new();
    for words in &words {
        let filling = Filling { as_of, words };
        let mut templates = Vec::new();
        collect(&FILES, &mut templates);
        let place = |path: &str| filling.path(&placed(path, language));
        files.extend(templates.iter().map(|(path, text)| (place(path), filling.fill(text))));
        files = with_hashes(&files, &filling);
        let schemas = file_shapes();
        let name = |kind: &str| format!("{SCHEMAS}/{}", schema_name(kind));
        files.extend(schemas.iter().map(|file| (name(file.kind), schema_text(file, words, None))));
    }
    files
}

/// Where the page at `path` among the templates stands in a portal whose first language is `language`: a page without
/// a tag in its name is in the first one.
fn placed(path: &str, language: &str) -> String {
    let Some(stem) = path.strip_suffix(".md").filter(|_| language != DEFAULT_LANGUAGE) else {
        return path.to_owned();
    };
    match stem.strip_suffix(&format!(".{language}")) {
        Some(stem) => format!("{stem}.md"),
        None if FILES.contains(format!("{stem}.{language}.md")) => format!("{stem}.{DEFAULT_LANGUAGE}.md"),
        None => path.to_owned(),
    }
}

fn collect<'a>(dir: &Dir<'a>, files: &mut Vec<(String, &'a str)>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.extend(file.contents_utf8().map(|text| (path, text)));
    }
    dir.dirs().for_each(|below| collect(below, files));
}

/// The files with each `<<sha256 path>>` replaced by the hash of that file of the content folder.
fn with_hashes(files: &BTreeMap<String, String>, filling: &Filling<'_>) -> BTreeMap<String, String> {
    let hash = |name: &str| {
        let path = format!("{CONTENT}/{}", filling.path(name.strip_prefix("sha256 ")?));
        Some(sha256(&[files.get(&path)?.as_bytes()]))
    };
    files.iter().map(|(path, text)| (path.clone(), replace(text, hash))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::file_shapes::FileShape;

    #[test]
    fn nothing_is_left_to_fill_in() {
        for language in KNOWN {
            for (path, text) in files("2026-10-16".parse().expect("a day"), language) {
                assert!(!path.contains('_') && !path.contains("dot-"), "{path}");
                assert!(!text.contains("<<") && !text.contains(">>"), "{path}:\n{text}");
            }
        }
    }

    #[test]
    fn an_english_example_is_estonian_in_translations_alone() {
        let files = files("2026-10-16".parse().expect("a day"), "en");
        for (path, text) in &files {
            let is_translation = path.ends_with(".et.md") || path.starts_with(SCHEMAS);
            let told =
                text.lines().filter(|line| !line.contains("{et: ") && line.contains(['õ', 'ä', 'ö', 'ü']));
            assert!(is_translation || told.count() == 0, "{path}:\n{text}");
        }
        assert!(files["content/guides/report-defect.md"].contains("title: How to report a defect\n"));
        assert!(files["content/guides/report-defect.et.md"].contains("title: Kuidas veast teatada\n"));
        assert!(files["content/portal.yaml"].contains("languages: [en, et]\n"));
    }

    #[test]
    fn every_kind_of_file_has_an_example_that_names_its_schema() {
        let files = files("2026-10-16".parse().expect("a day"), DEFAULT_LANGUAGE);
        for kind in FileShape::KINDS {
            let name = format!("{SCHEMAS}/{}", schema_name(kind));
            let named: Vec<&String> =
                files.iter().filter(|(_, text)| text.contains(&name)).map(|(path, _)| path).collect();
            assert!(!named.is_empty(), "no example names {name}");
            for path in named {
                let up = "../".repeat(path.matches('/').count());
                for line in [
                    format!("# yaml-language-server: $schema={up}{name}\n"),
                    format!("# $schema: {up}{name}\n"),
                ] {
                    assert!(files[path].contains(&line), "{path} has no line {line}");
                }
            }
        }
    }
}
