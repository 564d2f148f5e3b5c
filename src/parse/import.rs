//! `import:` of a run file: result files of other tools to the run's results, whenever the portal is built.
//!
//! 1. [`files`] says which files a run names, so that these and no others are read from disk.
//! 2. [`read`] has them read by `import/`, and tells what that could not read or could not map.
//! 3. [`filled`] makes of each case what a person would have written into the run file.
//!
//! Every fault stands where the run file names the foreign one, since that is what an author can mend.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::fault::{IMPORT_NOTE, UNREADABLE_IMPORT};
use crate::diagnostic::{Diagnostic, Place, Placed, did_you_mean};
use crate::import::csv::{Columns, Field, Words};
use crate::import::format::{Format, Options};
use crate::import::{ForeignFile, Imported, ImportedCase, Note, Unreadable, gzip, mask};
use crate::model::audience::Audience;
use crate::model::defect::Defect;
use crate::model::records::Record;
use crate::model::run::{CaseResult, Import, Run};
use crate::model::site::Media;
use crate::record::decode::Decode;
use crate::record::fault::UNKNOWN_VALUE;
use crate::record::node::Node;
use crate::record::path::{folder_of, join};
use crate::record::reference::{Ref, to};
use crate::record::text::Text;
use crate::record::time::Moment;
use crate::source::Foreign;

/// How many notes of one import are told one by one.
const MOST_NOTES: usize = 20;

/// How many names a note lists.
const MOST_NAMES: usize = 5;

/// Endings of files that a browser would run in the portal's name. Nobody has looked through what a tool
/// attached, so these are not published.
const ACTIVE: [&str; 10] = ["html", "htm", "xhtml", "xht", "shtml", "mhtml", "svg", "svgz", "xml", "js"];

/// The import of `run`, if its results come from there alone.
fn import_of(run: &Run) -> Option<&Import> {
    run.import.as_ref().filter(|_| run.results.is_empty() && run.totals.is_none())
}

/// The paths in the content folder of the files that the import of `run` names and that are there, in the
/// order in which they are read.
pub fn files(run: &Record<Run>, media: &BTreeMap<String, Media>) -> Vec<String> {
    let Some(import) = import_of(run) else { return Vec::new() };
    let Some(format) = Format::from_name(&import.format) else { return Vec::new() };
    import.file.iter().flat_map(|file| below(&run.path, file.id(), format, media)).collect()
}

/// The file at `path` as seen from the file at `from`, or those in the folder there that the format reads.
fn below(from: &str, path: &str, format: Format, media: &BTreeMap<String, Media>) -> Vec<String> {
    let Some(path) = join(folder_of(from), path) else { return Vec::new() };
    if media.contains_key(&path) {
        return vec![path];
    }
    let folder = format!("{path}/");
    let inside = media.range(folder.clone()..).map(|(path, _)| path);
    let inside = inside.take_while(|path| path.starts_with(&folder));
    inside.filter(|path| format.reads(name_of(path)) && is_of(format, path)).cloned().collect()
}

/// Whether a file in a folder may be a report of the format, by its ending: beside reports lie pictures and
/// logs. A format that is a folder knows its own files.
fn is_of(format: Format, path: &str) -> bool {
    let name = name_of(path).to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match format {
        Format::Allure => true,
        Format::Junit | Format::Robot => ending == "xml",
        Format::Ctrf | Format::Json | Format::Playwright => ending == "json",
        Format::Cucumber => matches!(ending, "json" | "ndjson" | "jsonl"),
        Format::Tap => matches!(ending, "tap" | "txt"),
        Format::Csv => matches!(ending, "csv" | "tsv" | "txt"),
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What an import needs of the rest of the portal.
pub struct Around<'a> {
    /// Images and attachments that the audience may see.
    pub media: &'a BTreeMap<String, Media>,
    /// The defects, each by its id and by its ticket.
    pub defects: &'a HashMap<String, String>,
    /// The zone of local times.
    pub zone: &'a TimeZone,
}

/// The ids of `defects` by the keys under which other tools may know them.
pub fn known_defects(defects: &[Arc<Record<Defect>>]) -> HashMap<String, String> {
    let tickets =
        defects.iter().filter_map(|defect| Some((defect.ticket.as_ref()?.value.clone(), defect.id.clone())));
    let ids = defects.iter().map(|defect| (defect.id.clone(), defect.id.clone()));
    // A ticket that is called like a defect is not meant before the defect itself.
    tickets.chain(ids).collect()
}

/// What the files of an import say, as far as they alone decide it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The cases.
    pub imported: Imported,
    /// The folder of the files, from which attachments are seen.
    pub folder: String,
    /// What is wrong with the files.
    pub faults: Vec<Diagnostic>,
}

/// Reads the import of `run` from `files`, each a path in the content folder with what was read of it.
/// `audience` may see the run. Nothing if the run has no import that counts.
pub fn read(run: &Record<Run>, audience: Audience, files: &[(String, &Foreign)]) -> Option<Reading> {
    let import = import_of(run)?;
    let mut faults = Vec::new();
    let place = import.file.place()?;
    let empty = |faults| Reading { imported: Imported::default(), folder: String::new(), faults };
    let Some(format) = Format::from_name(&import.format) else {
        return Some(empty(vec![unknown_format(&import.format)]));
    };
    // A file that is not there is told by the rule on missing files.
    let (first, _) = files.first()?;
    let folder = folder_of(first).to_owned();
    let options = options(import, format, &mut faults);
    match unpacked(files).and_then(|files| format.read(&foreign(&files), &options)) {
        Ok(imported) => {
            let (imported, masked) = imported.fit_to_keep(audience);
            faults.extend(notes(place, &imported.notes));
            faults.extend(told_masked(place, &masked));
            Some(Reading { imported, folder, faults })
        }
        Err(unreadable) => {
            faults.push(fault(place, &named(files), format.name(), &unreadable));
            Some(empty(faults))
        }
    }
}

fn unknown_format(format: &Placed<String>) -> Diagnostic {
    let names = || Format::ALL.iter().map(|format| format.name());
    let known = || {
        format!("the formats are {}", names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
    };
    Diagnostic::new(&UNKNOWN_VALUE, format.place, format!("unknown format `{}`", format.value))
        .hint(did_you_mean(&format.value, names()).unwrap_or_else(known))
}

/// What the run file tells the reader.
fn options(import: &Import, format: Format, faults: &mut Vec<Diagnostic>) -> Options {
    let mut columns = BTreeMap::new();
    for (key, header) in &import.columns {
        let field = Field::decode(&Node::scalar(key.value.clone(), key.place), faults);
        columns.extend(field.map(|field| (field, header.clone())));
    }
    let is_idle = format != Format::Csv;
    let told = [
        ("columns", import.columns.0.first().map(|(key, _)| key.place)),
        ("statuses", import.statuses.0.first().map(|(key, _)| key.place)),
    ];
    faults.extend(told.into_iter().filter(|_| is_idle).filter_map(|(key, place)| {
        let message = format!("`{key}` means nothing to the format `{}`", format.name());
        Some(Diagnostic::new(&IMPORT_NOTE, place?, message))
    }));
    let words = import.statuses.iter().map(|(word, status)| (word.value.clone(), *status)).collect();
    Options { columns: Columns(columns), words: Words(words) }
}

/// The bytes of each file, decompressed.
pub(super) type Unpacked<'a> = Vec<(&'a str, std::borrow::Cow<'a, [u8]>)>;

pub(super) fn unpacked<'a>(files: &'a [(String, &'a Foreign)]) -> Result<Unpacked<'a>, Unreadable> {
    let unreadable = |message: String| Unreadable { line: None, column: None, message };
    let each = |(path, foreign): &'a (String, &'a Foreign)| {
        let bytes = foreign.bytes.as_deref().map_err(|cause| unreadable(cause.clone()))?;
        let bytes = gzip::unpack(bytes).map_err(|fault| match files.len() {
            1 => fault,
            _ => Unreadable { message: format!("`{}`: {}", name_of(path), fault.message), ..fault },
        })?;
        Ok((name_of(path), bytes))
    };
    files.iter().map(each).collect()
}

fn foreign<'a>(files: &'a Unpacked<'a>) -> Vec<ForeignFile<'a>> {
    files.iter().map(|(name, bytes)| ForeignFile { name, bytes }).collect()
}

/// The files in words: the name of one, the number of several.
pub(super) fn named(files: &[(String, &Foreign)]) -> String {
    match files {
        [(path, _)] => format!("`{}`", name_of(path)),
        files => format!("the {} files", files.len()),
    }
}

pub(super) fn fault(place: Place, files: &str, format: &str, unreadable: &Unreadable) -> Diagnostic {
    let at = match (unreadable.line, unreadable.column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: "),
        (Some(line), None) => format!("line {line}: "),
        _ => String::new(),
    };
    let message = format!("{files} cannot be read as `{format}`: {at}{}", unreadable.message);
    Diagnostic::new(&UNREADABLE_IMPORT, place, message)
}

/// The notes of a reader as faults; of many the first, and how many there are.
pub(super) fn notes(place: Place, notes: &[Note]) -> Vec<Diagnostic> {
    let told = |note: &Note| {
        let at = if note.at.is_empty() { String::new() } else { format!("{}: ", note.at) };
        Diagnostic::new(&IMPORT_NOTE, place, format!("{at}{}", note.text))
    };
    let mut faults: Vec<Diagnostic> = notes.iter().take(MOST_NOTES).map(told).collect();
    if notes.len() > MOST_NOTES {
        let message = format!("and {} notes more on this import", notes.len() - MOST_NOTES);
        faults.push(Diagnostic::new(&IMPORT_NOTE, place, message));
    }
    faults
}

/// That the files hold what nobody may publish; the files themselves still do.
pub(super) fn told_masked(place: Place, masked: &mask::Masked) -> Option<Diagnostic> {
    mask::phrase(masked).map(|phrase| {
        Diagnostic::new(&IMPORT_NOTE, place, format!("masked in the results: {phrase}")).hint(
            "the file still holds what was masked; keep it out of the repository, or mend the test that prints it",
        )
    })
}

/// The run with the results of its import, and what of them has no match in the portal.
pub fn filled(run: &Record<Run>, reading: &Reading, around: &Around<'_>) -> (Record<Run>, Vec<Diagnostic>) {
    let Some(place) = run.import.as_ref().and_then(|import| import.file.place()) else {
        return (run.clone(), Vec::new());
    };
    let mut lost = Lost::default();
    let results = reading
        .imported
        .cases
        .iter()
        .map(|case| result(case, place, &run.path, &reading.folder, around, &mut lost))
        .collect();
    let mut faults = lost.told(place);
    let mut filled = run.clone();
    filled.value.results = results;
    if filled.value.ended.is_none() {
        let (ended, fault) = ended(run, reading, place, around.zone);
        filled.value.ended = ended;
        faults.extend(fault);
    }
    (filled, faults)
}

/// When the run ended, as its files say; an end before the beginning is none.
fn ended(
    run: &Run,
    reading: &Reading,
    place: Place,
    zone: &TimeZone,
) -> (Option<Placed<Moment>>, Option<Diagnostic>) {
    let Some(ended) = reading.imported.ended.as_deref().and_then(Moment::read) else { return (None, None) };
    if ended.is_before(&run.started, zone) {
        let message = format!("the end, {ended}, is before the beginning of the run, {}", run.started.value);
        let fault = Diagnostic::new(&IMPORT_NOTE, place, message).related(run.started.place, "the beginning");
        return (None, Some(fault.hint("is it the file of this run?")));
    }
    (Some(Placed::new(ended, place)), None)
}

/// What imported cases name and the portal does not have.
#[derive(Default)]
struct Lost {
    missing: Vec<String>,
    active: Vec<String>,
    defects: Vec<String>,
}

impl Lost {
    fn told(&self, place: Place) -> Vec<Diagnostic> {
        let note = |names: &[String], what: &str| {
            let names: Vec<&str> = unique(names);
            let listed: Vec<String> = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
            let more = names.len().saturating_sub(MOST_NAMES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            (!names.is_empty())
                .then(|| Diagnostic::new(&IMPORT_NOTE, place, format!("{what}: {}{more}", listed.join(", "))))
        };
        [
            note(&self.missing, "attachments that are not beside the file"),
            note(&self.active, "attachments that a browser would run, which are not published"),
            note(&self.defects, "defects that the portal does not have"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Each name once, in their order.
fn unique(names: &[String]) -> Vec<&str> {
    let mut seen = HashSet::new();
    names.iter().map(String::as_str).filter(|name| seen.insert(*name)).collect()
}

fn result(
    case: &ImportedCase,
    place: Place,
    run: &str,
    folder: &str,
    around: &Around<'_>,
    lost: &mut Lost,
) -> CaseResult {
    let (known, unknown): (Vec<&String>, Vec<&String>) =
        case.defects.iter().partition(|key| around.defects.contains_key(*key));
    lost.defects.extend(unknown.iter().map(|key| (*key).clone()));
    let defects = known.iter().filter_map(|key| around.defects.get(*key));
    let attachments =
        case.attachments.iter().filter_map(|file| attachment(file, run, folder, around.media, lost));
    CaseResult {
        case: case.id.as_ref().map(|id| Ref::new(id.as_str(), place)),
        title: Some(Text::Plain(case.name.clone())),
        suite: case.suite.clone(),
        status: Placed::new(case.status, place),
        raw_status: Some(case.raw_status.clone()).filter(|raw| !raw.is_empty()),
        time: case.time,
        defects: defects.map(|id| Ref::new(id.as_str(), place)).collect(),
        triage: case.triage,
        message: case.message.clone(),
        attachments: attachments.map(|path| Ref::<to::File>::new(path, place)).collect(),
        attempts: case.attempts.clone(),
        reason: case.reason.clone().map(Text::Plain),
        blocked_by: case.blocked_by.clone().map(|ticket| Placed::new(ticket, place)),
        // A key that leads nowhere is still worth reading.
        note: noted(case.note.as_deref(), &unknown).map(Text::Plain),
    }
}

/// The note of a case, and the keys of defects that the portal does not have.
fn noted(note: Option<&str>, unknown: &[&String]) -> Option<String> {
    let keys = unknown.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(", ");
    let parts: Vec<&str> =
        note.into_iter().chain(Some(keys.as_str()).filter(|keys| !keys.is_empty())).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

/// The path from the content folder of an attachment that the foreign file names, if it is there and may be
/// published.
fn attachment(
    file: &str,
    run: &str,
    folder: &str,
    media: &BTreeMap<String, Media>,
    lost: &mut Lost,
) -> Option<String> {
    let written = file.replace('\\', "/");
    // What a tool wrote with a leading `/` is a path of its own machine.
    let candidates = [folder, folder_of(run)];
    let joined =
        candidates.iter().filter(|_| !written.starts_with('/')).filter_map(|base| join(base, &written));
    let Some(found) = joined.into_iter().find(|path| media.contains_key(path)) else {
        lost.missing.push(file.to_owned());
        return None;
    };
    let ending = found.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if ACTIVE.contains(&ending.as_str()) {
        lost.active.push(file.to_owned());
        return None;
    }
    Some(format!("/{found}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::model::run::Status;

    fn around(media: &[&str]) -> (BTreeMap<String, Media>, HashMap<String, String>) {
        let media = media
            .iter()
            .map(|path| ((*path).to_owned(), Media { bytes: 1, picture: None, narrower: Vec::new() }))
            .collect();
        let defects = [("D-1", "D-1"), ("BEN-7", "D-1")].map(|(key, id)| (key.to_owned(), id.to_owned()));
        (media, defects.into())
    }

    fn made(case: &ImportedCase, media: &[&str]) -> (CaseResult, Vec<String>) {
        let place = Place::whole(FileId::of("runs/1/a.yaml"));
        let (media, defects) = around(media);
        let mut lost = Lost::default();
        let around = Around { media: &media, defects: &defects, zone: &TimeZone::UTC };
        let result = result(case, place, "runs/1/a.yaml", "runs/1/out", &around, &mut lost);
        (result, lost.told(place).into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn attachments_are_seen_from_the_foreign_file_and_published_if_they_are_there_and_harmless() {
        let files =
            ["shot.png", "../log.txt", "page.HTML", "/home/ci/a.png", "..\\..\\..\\etc\\passwd", "gone.png"];
        let case = ImportedCase {
            attachments: files.map(str::to_owned).into(),
            ..ImportedCase::of("Sum".to_owned(), Status::Failed, "FAILED")
        };
        let (result, told) =
            made(&case, &["runs/1/out/shot.png", "runs/1/log.txt", "runs/1/out/page.HTML", "home/ci/a.png"]);
        let paths: Vec<&str> = result.attachments.iter().map(Ref::id).collect();
        assert_eq!(paths, ["/runs/1/out/shot.png", "/runs/1/log.txt"]);
        assert_eq!(
            told,
            [
                "attachments that are not beside the file: `/home/ci/a.png`, `..\\..\\..\\etc\\passwd`, `gone.png`",
                "attachments that a browser would run, which are not published: `page.HTML`",
            ]
        );
    }

    #[test]
    fn a_defect_is_known_by_its_id_or_its_ticket_and_another_is_told() {
        let case = ImportedCase {
            defects: ["BEN-7", "D-9"].map(str::to_owned).into(),
            ..ImportedCase::of("Sum".to_owned(), Status::Failed, "FAILED")
        };
        let (result, told) = made(&case, &[]);
        assert_eq!(result.defects.iter().map(Ref::id).collect::<Vec<_>>(), ["D-1"]);
        assert_eq!(result.note, Some(Text::Plain("D-9".to_owned())));
        assert_eq!(told, ["defects that the portal does not have: `D-9`"]);
    }

    #[test]
    fn a_foreign_file_is_not_even_opened_for_those_who_may_not_see_its_run_or_its_folder() {
        let project = tempfile::tempdir().expect("temporary folder");
        let run = |audience: &str| {
            format!(
                "audience: {audience}\nrelease: r\nenvironment: e\nstarted: 2026-10-12\n\
                 import: {{file: [{audience}.json, secret/a.json], format: ctrf}}\n"
            )
        };
        let files = [
            ("portal.yaml", "title: P\naudiences: {folders: {runs/secret: restricted}}\n".to_owned()),
            ("runs/a.yaml", run("public")),
            ("runs/b.yaml", run("restricted")),
            ("runs/public.json", "{}".to_owned()),
            ("runs/restricted.json", "{}".to_owned()),
            ("runs/secret/a.json", "{}".to_owned()),
        ];
        for (path, text) in &files {
            let path = project.path().join("content").join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
            std::fs::write(path, text).expect("file");
        }
        let content = project.path().join("content");
        let (sources, _) = crate::source::folder::read(project.path(), &content, 1 << 20).expect("readable");
        let (settings, _) = crate::parse::settings(&sources, "content", "P");
        let opened = |audience| {
            let options = crate::parse::Options {
                content: "content".into(),
                audience,
                drafts: false,
                labels: BTreeMap::new(),
                is_lenient: false,
            };
            crate::parse::imports(&sources, &settings, &options, &mut crate::parse::Cache::default())
        };
        assert_eq!(opened(Audience::Internal), ["content/runs/public.json"]);
        assert_eq!(
            opened(Audience::Restricted),
            ["content/runs/public.json", "content/runs/restricted.json", "content/runs/secret/a.json"]
        );
    }

    #[test]
    fn a_folder_gives_the_files_in_it_and_a_name_like_it_does_not() {
        let (media, _) =
            around(&["runs/1/out/a.json", "runs/1/out/b.json", "runs/1/out-2/c.json", "runs/1/out.json"]);
        assert_eq!(
            below("runs/1/a.yaml", "out", Format::Ctrf, &media),
            ["runs/1/out/a.json", "runs/1/out/b.json"]
        );
        assert_eq!(below("runs/1/a.yaml", "out.json", Format::Ctrf, &media), ["runs/1/out.json"]);
        assert_eq!(below("runs/1/a.yaml", "none", Format::Ctrf, &media), [""; 0]);
    }
}
