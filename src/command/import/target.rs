//! Which file the results go to.
//!
//! The run that the user names; else one in the folder of the release, named after the result file: `sit-04` of
//! `sit-04.xml`, the next free number of `report-01`, `report-02` … of `report.xml`. A run that has the results
//! already is found whatever its number, so the same file again changes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::attachments::Attached;
use super::input::Input;
use super::{Args, new};
use crate::command::exit::Failure;
use crate::command::project::Project;
use crate::diagnostic::FileId;
use crate::file_name;
use crate::import::format::Format;
use crate::import::merge::{self, Merged};
use crate::import::run_file::{self, Head};
use crate::import::{Imported, Note};
use crate::model::Site;
use crate::model::audience::Audience;
use crate::parse::kind::RecordKind;
use crate::parse::yaml::Yaml;
use crate::record::node::{Node, Value};
use crate::record::time::Moment;

/// The folder of runs in the content folder.
const RUNS: &str = "runs";

/// The most runs of one name in a release.
const MOST: usize = 999;

/// What is to be written.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The project.
    pub project: &'a Project,
    /// The format of the files.
    pub format: Format,
    /// What the user says.
    pub args: &'a Args,
    /// What no file says.
    pub head: &'a Head,
    /// The first line of a new file.
    pub remark: &'a str,
    /// The results.
    pub imported: &'a Imported,
    /// The files that they come from.
    pub inputs: &'a [Input],
    /// The folder in which the command runs.
    pub beside: &'a Path,
    /// The zone of the portal.
    pub zone: &'a TimeZone,
    /// The address at which the portal is served, where it is known.
    pub base_url: Option<&'a str>,
}

/// Where the results go.
pub struct Target {
    /// The id of the run.
    pub id: String,
    /// Its file.
    pub path: PathBuf,
    /// What becomes of the file.
    pub verdict: Verdict,
    /// What is copied beside it.
    pub attached: Attached,
}

/// What becomes of a run's file.
pub enum Verdict {
    /// It has the results already.
    Same,
    /// It is made, or made anew.
    New {
        /// Its text.
        text: String,
    },
    /// It takes the results in.
    Merged {
        /// Its text.
        text: String,
        /// What changed.
        merged: Merged,
    },
}

/// Finds the file for the results.
///
/// # Errors
/// A run that is there with other results, unless the user wants it merged or overwritten.
pub fn find(wanted: &Wanted<'_>) -> Result<Target, Failure> {
    if let Some(into) = &wanted.args.into {
        return named(wanted, &run_id(&into.replace('\\', "/"), wanted.project)?);
    }
    let stem = match wanted.inputs {
        [input] => plain(&input.stem),
        _ => String::new(),
    };
    let stem = if stem.is_empty() { wanted.format.name().to_owned() } else { stem };
    let release = &wanted.args.release;
    if is_numbered(&stem) {
        named(wanted, &format!("{release}/{stem}"))
    } else {
        numbered(wanted, &format!("{release}/{stem}"))
    }
}

/// The id of the run that the user names.
///
/// # Errors
/// A path that is none, or in the folder of another kind.
fn run_id(into: &str, project: &Project) -> Result<String, Failure> {
    let id = new::id_of(into, RUNS, project)?;
    // `runs/defects/x` says what it means; `defects/x` means no run.
    let has_said = id.len() + RUNS.len() < into.len() && into.contains(&format!("{RUNS}/{id}"));
    let folder = id.split_once('/').map(|(folder, _)| folder).filter(|_| !has_said);
    let kinds = RecordKind::FOLDERS.iter().map(|(folder, _)| *folder);
    match kinds.filter(|kind| *kind != RUNS).find(|kind| Some(*kind) == folder) {
        Some(kind) => {
            Err(Failure::new(format!("`{into}` is no run: the folder `{kind}` holds something else"))
                .hint(format!("runs are in `{RUNS}/`, such as `{RUNS}/2026.10/sit-04.yaml`")))
        }
        None => Ok(id),
    }
}

/// Who may see what is written to a new file: those who may see its folder.
///
/// # Errors
/// As for [`find`].
pub fn audience(site: &Site, project: &Project, args: &Args) -> Result<Audience, Failure> {
    let id = match &args.into {
        Some(into) => run_id(&into.replace('\\', "/"), project)?,
        None => format!("{}/run", args.release),
    };
    Ok(site.portal.audience_of(&format!("{RUNS}/{id}.yaml")))
}

/// What to tell of a run that is not in the folder of its release.
pub fn elsewhere(id: &str, release: &str) -> Option<Note> {
    let is_there = id.strip_prefix(release).is_some_and(|rest| rest.starts_with('/'));
    let text = format!("the run is of release `{release}` and not in the folder `{RUNS}/{release}/`");
    (!is_there).then(|| Note { at: format!("{RUNS}/{id}"), text })
}

/// The run with this id.
fn named(wanted: &Wanted<'_>, id: &str) -> Result<Target, Failure> {
    let Some(there) = There::read(wanted, id)? else { return Ok(fresh(wanted, id)) };
    if wanted.args.force {
        let target = fresh(wanted, id);
        let is_same = matches!(&target.verdict, Verdict::New { text } if *text == there.text);
        return Ok(Target {
            path: there.path,
            verdict: if is_same { Verdict::Same } else { target.verdict },
            ..target
        });
    }
    let target = there.merged(wanted, id)?;
    match &target.verdict {
        Verdict::Merged { .. } if !wanted.args.merge => {
            let shown = there.path.strip_prefix(&wanted.project.root).unwrap_or(&there.path).display();
            Err(Failure::new(format!("`{shown}` is there already and has other results"))
                .hint("`--merge` adds these to it, `--into` with `--force` overwrites it, another `--into` keeps both"))
        }
        _ => Ok(target),
    }
}

/// The run that has the results already; else the last one, if it is to take them in; else the next number.
fn numbered(wanted: &Wanted<'_>, stem: &str) -> Result<Target, Failure> {
    let ids: Vec<String> = (1..=MOST).map(|number| format!("{stem}-{number:02}")).collect();
    let mut last = None;
    for id in &ids {
        // Another run's file, broken or not, is none of our business unless it is to be merged with.
        let Ok(Some(there)) = There::read(wanted, id) else { continue };
        if let Some(target) =
            there.merged(wanted, id).ok().filter(|target| matches!(target.verdict, Verdict::Same))
            && there.started(wanted.zone) == moment(&wanted.head.started, wanted.zone)
        {
            return Ok(target);
        }
        last = Some(id);
    }
    if let Some(id) = last.filter(|_| wanted.args.merge) {
        return named(wanted, id);
    }
    let free = ids.iter().find(|id| place(wanted.project, id).is_none());
    let failure =
        || Failure::new(format!("there are {MOST} runs `{stem}` already")).hint("name the run with `--into`");
    free.map(|id| fresh(wanted, id)).ok_or_else(failure)
}

/// A new file.
fn fresh(wanted: &Wanted<'_>, id: &str) -> Target {
    let file = format!("{RUNS}/{id}.yaml");
    let mut imported = wanted.imported.clone();
    let attached = attached(wanted, &mut imported, id);
    let schema = new::heading(wanted.project, wanted.base_url, &file, "run");
    let text = format!("{schema}{}{}", wanted.remark, run_file::text(wanted.head, &imported.cases));
    Target {
        id: id.to_owned(),
        path: wanted.project.content.join(&file),
        verdict: Verdict::New { text },
        attached,
    }
}

fn attached(wanted: &Wanted<'_>, imported: &mut Imported, id: &str) -> Attached {
    let name = id.rsplit('/').next().unwrap_or(id);
    Attached::of(imported, wanted.inputs, wanted.beside, name)
}

/// The file of the run `id`, if there is one.
fn place(project: &Project, id: &str) -> Option<PathBuf> {
    ["yaml", "yml"]
        .map(|ending| project.content.join(format!("{RUNS}/{id}.{ending}")))
        .into_iter()
        .find(|path| path.exists())
}

/// A run that is there.
struct There {
    path: PathBuf,
    text: String,
    node: Node,
}

impl There {
    fn read(wanted: &Wanted<'_>, id: &str) -> Result<Option<Self>, Failure> {
        let Some(path) = place(wanted.project, id) else { return Ok(None) };
        let shown = path.display();
        let text = fs::read_to_string(&path)
            .map_err(|error| Failure::new(format!("`{shown}` cannot be read: {error}")))?;
        let node = parsed(&text).map_err(|why| Failure::new(format!("`{shown}` cannot be read: {why}")))?;
        Ok(Some(Self { path, text, node }))
    }

    /// The file with the results in it.
    fn merged(&self, wanted: &Wanted<'_>, id: &str) -> Result<Target, Failure> {
        let shown = self.path.strip_prefix(&wanted.project.root).unwrap_or(&self.path).display();
        for (key, wanted) in [("release", &wanted.args.release), ("environment", &wanted.args.environment)] {
            match self.scalar(key) {
                Some(found) if found.as_scalar() == Some(wanted) => {}
                found => {
                    let found = found.map_or_else(|| "nothing".to_owned(), Node::noun);
                    return Err(Failure::new(format!("`{shown}` has the {key} {found}, not `{wanted}`")));
                }
            }
        }
        let mut imported = wanted.imported.clone();
        let attached = attached(wanted, &mut imported, id);
        let merged = merge::merge(&self.text, &self.node, &imported.cases)
            .map_err(|why| Failure::new(format!("`{shown}` {why}")))?;
        let verdict = if merged.is_same() {
            Verdict::Same
        } else {
            // The text was put together from pieces; what it says is compared with what it should say.
            let text = parsed(&merged.text)
                .ok()
                .filter(|after| merged.is_faithful(&self.node, after))
                .map(|after| with_later_end(&merged.text, &after, wanted.head.ended.as_deref(), wanted.zone));
            let text = text.ok_or_else(|| {
                Failure::new(format!("`{shown}` is written in a way into which results cannot be merged"))
                    .hint("write `results:` as a list with one `- ` a line, or import into another run")
            })?;
            Verdict::Merged { text, merged }
        };
        Ok(Target { id: id.to_owned(), path: self.path.clone(), verdict, attached })
    }

    fn scalar(&self, key: &str) -> Option<&Node> {
        scalar(&self.node, key)
    }

    fn started(&self, zone: &TimeZone) -> Option<jiff::civil::DateTime> {
        moment(self.scalar("started")?.as_scalar()?, zone)
    }
}

fn scalar<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
}

fn moment(text: &str, zone: &TimeZone) -> Option<jiff::civil::DateTime> {
    Moment::read(text).map(|moment| moment.civil(zone))
}

fn parsed(text: &str) -> Result<Node, String> {
    Yaml { text, start: 0, file: FileId::of(RUNS) }.read().map_err(|fault| fault.message)
}

/// `text` with the end of the run moved to `ended`, if it has an earlier one. A run without an end goes on.
fn with_later_end(text: &str, node: &Node, ended: Option<&str>, zone: &TimeZone) -> String {
    let moved = || {
        let (ended, there) = (ended?, scalar(node, "ended")?);
        let earlier = Moment::read(there.as_scalar()?)?.is_before(&Moment::read(ended)?, zone);
        let (start, end) = (usize::try_from(there.place.start).ok()?, usize::try_from(there.place.end).ok()?);
        let (before, after) = (text.get(..start)?, text.get(end..)?);
        earlier.then(|| format!("{before}{ended}{after}"))
    };
    moved().unwrap_or_else(|| text.to_owned())
}

/// A name for a run, from the name of a file: `TEST-ee.pay.Sum` becomes `test-ee-pay-sum`.
fn plain(stem: &str) -> String {
    let stem = crate::import::mask::text(stem).0;
    let spaced: String =
        stem.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let name = spaced.split_whitespace().collect::<Vec<_>>().join("-");
    if file_name::oddity(&name).is_some() { format!("run-{name}") } else { name }
}

/// Whether a name ends in a number of its own: `sit-04`.
fn is_numbered(stem: &str) -> bool {
    stem.rsplit_once('-')
        .is_some_and(|(_, number)| number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_named_after_files() {
        for (stem, wanted, own) in [
            ("sit-04", "sit-04", true),
            ("report", "report", false),
            ("TEST-ee.pay.Sum", "test-ee-pay-sum", false),
            ("Õhtune jooks", "õhtune-jooks", false),
            ("con", "run-con", false),
            ("...", "", false),
            ("run-2026", "run-2026", false),
        ] {
            assert_eq!((plain(stem).as_str(), is_numbered(&plain(stem))), (wanted, own));
        }
    }

    #[test]
    fn an_end_moves_on_but_never_back() {
        let moved = |text: &str, ended| {
            with_later_end(text, &parsed(text).expect("YAML"), Some(ended), &TimeZone::UTC)
        };
        assert_eq!(
            moved("ended: 2026-10-12T09:00 # x\n", "2026-10-12T10:00"),
            "ended: 2026-10-12T10:00 # x\n"
        );
        assert_eq!(moved("ended: 2026-10-12T09:00\n", "2026-10-12T08:00"), "ended: 2026-10-12T09:00\n");
        assert_eq!(moved("note: x\n", "2026-10-12T08:00"), "note: x\n");
    }
}
