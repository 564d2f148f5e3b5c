//! Files that tools attached, copied beside the run.
//!
//! The paths come from files that nobody has looked through. Hence only what lies in the folder of the result
//! file, or in the folder in which the command runs, is copied, whatever symbolic links say; and what a browser would run
//! becomes a plain text.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::input::Input;
use crate::command::exit::Failure;
use crate::command::whole;
use crate::file_name;
use crate::import::{Imported, Note, mask, message};

/// The largest file that is copied, in bytes.
const LARGEST: u64 = 10 * 1024 * 1024;

/// Endings of files that a browser would run in the portal's name.
const ACTIVE: [&str; 10] = ["html", "htm", "xhtml", "xht", "shtml", "mhtml", "svg", "svgz", "xml", "js"];

/// What is copied.
#[derive(Debug, Default)]
pub struct Attached {
    /// Each file with its path in the folder of the run's file.
    copies: BTreeMap<String, PathBuf>,
    /// What is not copied, and why.
    pub notes: Vec<Note>,
}

impl Attached {
    /// Finds the attachments of `imported`, and names them as the run with the name `name` will.
    pub fn of(imported: &mut Imported, inputs: &[Input], beside: &Path, name: &str) -> Self {
        let named = inputs.iter().map(|input| input.folder.as_path()).chain([beside]);
        let mut folders: Vec<PathBuf> = named.filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        folders.dedup();
        let mut attached = Self::default();
        let mut taken: BTreeMap<PathBuf, String> = BTreeMap::new();
        for case in &mut imported.cases {
            let at = case.full_name();
            let named = std::mem::take(&mut case.attachments);
            for path in named {
                match source(&path, &folders) {
                    Ok(source) => {
                        let kept = match taken.get(&source) {
                            Some(kept) => kept.clone(),
                            None => attached.take(name, &source),
                        };
                        taken.insert(source, kept.clone());
                        if !case.attachments.contains(&kept) {
                            case.attachments.push(kept);
                        }
                    }
                    Err(why) => {
                        let path = mask::text(&message::line(&path)).0;
                        attached
                            .notes
                            .push(Note { at: at.clone(), text: format!("the attachment `{path}` {why}") });
                    }
                }
            }
        }
        attached
    }

    /// The path under which `source` is kept: its name, with a number if another file has that name.
    fn take(&mut self, folder: &str, source: &Path) -> String {
        let name = safe_name(source);
        let (stem, ending) = name
            .split_once('.')
            .map_or((name.as_str(), String::new()), |(stem, rest)| (stem, format!(".{rest}")));
        let mut path = format!("{folder}/{name}");
        let mut number = 1;
        while self.copies.contains_key(&path) {
            number += 1;
            path = format!("{folder}/{stem}-{number}{ending}");
        }
        self.copies.insert(path.clone(), source.to_owned());
        path
    }

    /// Copies the files below `folder`, each whole or not at all, and says how many. A file that is there
    /// already with the same bytes stays.
    pub fn copy(&self, folder: &Path) -> Result<usize, Failure> {
        let mut copied = 0;
        for (path, source) in &self.copies {
            let to = folder.join(path);
            let failure = |error: std::io::Error| {
                Failure::new(format!(
                    "`{}` cannot be copied to `{}`: {error}",
                    source.display(),
                    to.display()
                ))
            };
            let bytes = fs::read(source).map_err(failure)?;
            if fs::read(&to).is_ok_and(|there| there == bytes) {
                continue;
            }
            whole::write(&to, &bytes)?;
            copied += 1;
        }
        Ok(copied)
    }
}

/// The file that a tool names, if it is one that may be copied.
fn source(path: &str, folders: &[PathBuf]) -> Result<PathBuf, String> {
    let plain = path.strip_prefix("file://").unwrap_or(path);
    let mut is_outside = false;
    for folder in folders {
        for spelling in [plain.to_owned(), plain.replace('\\', "/")] {
            let Ok(found) = fs::canonicalize(folder.join(&spelling)) else { continue };
            let Ok(metadata) = fs::metadata(&found) else { continue };
            if !metadata.is_file() {
                continue;
            }
            if !folders.iter().any(|folder| found.starts_with(folder)) {
                is_outside = true;
                continue;
            }
            return match metadata.len() {
                size if size > LARGEST => {
                    let (size, most) = (size / 1024 / 1024, LARGEST / 1024 / 1024);
                    Err(format!("has {size} MB and is left out; {most} MB is the most"))
                }
                _ => Ok(found),
            };
        }
    }
    Err(if is_outside {
        "lies outside the folder of the result file and is left out".to_owned()
    } else {
        "is not beside the result file and is left out".to_owned()
    })
}

/// A name that every file system can hold, without a personal code, and plain text where a browser would run it.
fn safe_name(source: &Path) -> String {
    let name = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = mask::text(&name).0.replace(mask::MASK, "masked");
    let kept: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    let kept = kept.trim_start_matches('.').trim_end_matches('.');
    let kept = match kept {
        "" => "attachment".to_owned(),
        kept if file_name::oddity(kept).is_some() => format!("attachment-{kept}"),
        kept => kept.to_owned(),
    };
    let ending = kept.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if ACTIVE.contains(&ending.as_str()) { format!("{kept}.txt") } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ImportedCase;
    use crate::model::run::Status;

    #[test]
    fn names_are_safe_and_nothing_runs_in_a_browser() {
        for (name, wanted) in [
            ("shot 1.png", "shot-1.png"),
            ("õun.png", "õun.png"),
            ("page.HTML", "page.HTML.txt"),
            ("CON.png", "attachment-CON.png"),
            (".env", "env"),
            ("37001010029.png", "masked.png"),
        ] {
            assert_eq!(safe_name(Path::new(name)), wanted);
        }
    }

    #[test]
    fn what_lies_elsewhere_or_is_not_there_is_noted() {
        let outside = tempfile::tempdir().expect("temporary folder");
        let inside = tempfile::tempdir().expect("temporary folder");
        fs::write(outside.path().join("secret.txt"), "x").expect("written");
        fs::create_dir_all(inside.path().join("a")).expect("made");
        for path in ["a.png", "a/a.png"] {
            fs::write(inside.path().join(path), path).expect("written");
        }
        let mut case = ImportedCase::of("sum".into(), Status::Failed, "failure");
        let secret = outside.path().join("secret.txt").display().to_string();
        case.attachments = ["a.png", "a\\a.png", "./a.png", &secret, "gone.png"].map(str::to_owned).into();
        let mut imported = Imported { cases: vec![case], ..Imported::default() };
        let attached = Attached::of(&mut imported, &[], inside.path(), "sit-04");
        assert_eq!(imported.cases[0].attachments, ["sit-04/a.png", "sit-04/a-2.png"]);
        let notes: Vec<&str> = attached.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(notes.len(), 2);
        assert!(
            notes[0].ends_with("lies outside the folder of the result file and is left out"),
            "{notes:?}"
        );
        assert_eq!(notes[1], "the attachment `gone.png` is not beside the result file and is left out");
        let run = tempfile::tempdir().expect("temporary folder");
        assert_eq!(attached.copy(run.path()).expect("copied"), 2);
        assert_eq!(attached.copy(run.path()).expect("copied"), 0);
        assert_eq!(fs::read_to_string(run.path().join("sit-04/a-2.png")).expect("a text"), "a/a.png");
    }
}
