//! `juhend build`: writes the portal.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use super::disclosure::Lookout;
use super::draw::{Made, Watch, draw, look_through};
use super::editions::{Files, Notes};
use super::exit::{Exit, Failure};
use super::notes::{BuildNotes, Told};
use super::origin::origin;
use super::part;
use super::project::{Assembly, Clock, Memory, Project, Purpose, millis};
use super::timings::{self, Stopwatch, Timings};
use super::unchanged::{Before, Unchanged, warnings};
use super::{Global, report};
use crate::derive::guidance::versions::FOLDER;
use crate::diagnostic::{Diagnostic, Level, settle};
use crate::model::audience::Audience;
use crate::render::{Carrier, Content, Page, Portal};
use crate::write::{
    self, Draft, Earlier, Mode, Origin, OutputError, Part, Shard, Summary, Trial, WriteError,
};

/// Arguments of `build`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folder to write into, as seen from here (with -C, from the root) [default: `public` in the root]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    purpose: PurposeArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    /// How many pages are made at once [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Write every file, also those that did not change
    #[arg(long)]
    force: bool,
    /// Build a second time on nothing, and compare: was everything that was kept from the last build right to keep?
    #[arg(long, conflicts_with = "force")]
    verify_incremental: bool,
    /// Make this part of the files alone, as `3/8`: parallel jobs make all parts, and `merge` joins them
    #[arg(long, value_name = "K/N", requires = "output", conflicts_with = "verify_incremental")]
    shard: Option<Shard>,
    /// Print where the time went, by stage, by template and by file: as a table, or with `=json` for programs
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "table",
        hide_possible_values = true
    )]
    timings: Option<timings::Format>,
}

/// How the portal will be read: from which server, or from none.
#[derive(Debug, clap::Args)]
struct ReadingArgs {
    /// Leave out the pages at former addresses: the server reads `_redirects` or `redirects.nginx.map`
    #[arg(long)]
    no_redirect_pages: bool,
    #[command(flatten)]
    carrier: CarrierArgs,
    /// Lay compressed copies (gzip, Brotli) beside texts, for servers that send such as they are
    #[arg(long)]
    compress: bool,
}

/// What lies between the portal and its readers.
#[derive(Debug, clap::Args)]
struct CarrierArgs {
    /// Let links name `index.html`, for reading from a disk or an archive without a server
    #[arg(long)]
    for_files: bool,
    /// Let pages name the hashes of scripts and styles, so that browsers refuse what was changed on the way; such pages
    /// cannot be read from a disk
    #[arg(long, conflicts_with = "for_files")]
    integrity: bool,
}

impl CarrierArgs {
    /// From where the portal will be read.
    fn carrier(&self) -> Carrier {
        match (self.for_files, self.integrity) {
            (true, _) => Carrier::Files,
            (false, true) => Carrier::Network,
            (false, false) => Carrier::Server,
        }
    }
}

impl ReadingArgs {
    /// Differs when other files are asked for, or other links in them.
    fn asked(&self) -> String {
        format!("{self:?}")
    }
}

const EXAMPLES: &str = "Examples:
  juhend build                                   into `public`
  juhend build -o /srv/www/testing --force       elsewhere, every file anew
  juhend build --audience public                 what the public may see
  juhend build --integrity                       with hashes of scripts and styles
  juhend build --compress                        with `.gz` and `.br` beside texts
  juhend build --as-of 2026-10-16                as it was on that day
  juhend build --shard 3/8 -o part-3             the third of eight parts, for `juhend merge`
  juhend build --force --timings                 and tell where the time went
  juhend build --verify-incremental              and prove that it equals a clean build";

/// What a portal is built for.
#[derive(Debug, clap::Args)]
pub struct PurposeArgs {
    /// The address at which the portal will be served [default: `base_url` of portal.yaml]
    #[arg(long, value_name = "URL", value_parser = portal_address)]
    base_url: Option<String>,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// For whom the portal is [default: internal; `check` looks at everything]
    #[arg(long, value_enum)]
    audience: Option<AudienceArg>,
}

/// An audience as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AudienceArg {
    /// Everybody
    Public,
    /// The agency and its partners
    Internal,
    /// Those whom the marking names
    Restricted,
}

impl AudienceArg {
    /// The audience.
    pub fn audience(self) -> Audience {
        match self {
            Self::Public => Audience::Public,
            Self::Internal => Audience::Internal,
            Self::Restricted => Audience::Restricted,
        }
    }
}

/// An address at which a portal can be served.
fn portal_address(text: &str) -> Result<String, String> {
    if crate::check::rules::is_address(text) {
        Ok(text.to_owned())
    } else {
        Err("write it as `https://testing.example.ee/`".to_owned())
    }
}

impl PurposeArgs {
    /// The purpose with the day of the global arguments; `audience` is the one where none is named.
    pub fn purpose(&self, global: &Global, audience: Audience) -> Purpose {
        Purpose {
            audience: self.audience.map_or(audience, AudienceArg::audience),
            drafts: self.drafts,
            base_url: self.base_url.clone(),
            as_of: global.as_of,
        }
    }
}

/// More threads than this only wait for each other.
const MOST_JOBS: usize = 256;

/// Builds the portal, unless the content has an error: then the output stays as it was.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let started = Instant::now();
    let project = Project::find(global)?;
    let target = project.output(global, args.output.as_deref())?;
    write::check_target(&target, &[&project.root, &project.content, &project.themes()])?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.unwrap_or(0).min(MOST_JOBS))
        .build()
        .map_err(|error| Failure::new(format!("no threads could be started: {error}")))?;
    pool.install(|| {
        let purpose = args.purpose.purpose(global, Audience::Internal);
        let work = Work { global, args, project: &project, purpose, started };
        match work.build(&target)? {
            Exit::Fine if args.verify_incremental => work.verify(&target),
            exit => Ok(exit),
        }
    })
}

/// A build as the user wants it.
struct Work<'a> {
    global: &'a Global,
    args: &'a Args,
    project: &'a Project,
    purpose: Purpose,
    started: Instant,
}

impl Work<'_> {
    /// Builds into the folder `target`, on what the last build left there.
    fn build(&self, target: &Path) -> Result<Exit, Failure> {
        let Self { global, args, project, .. } = self;
        let asked = args.reading.asked();
        // What a part leaves out, another build would have to know.
        let is_whole = args.shard.is_none();
        let before = Before::of(project, &self.purpose, &asked).filter(|_| is_whole);
        let earlier = Earlier::of(target)?;
        let notes = earlier.notes().filter(|_| is_whole && !args.force).map(|text| BuildNotes::of(&text));
        let notes = notes.unwrap_or_default();
        if let Some((before, last)) = before.as_ref().zip(notes.last.as_ref())
            && let Some(unchanged) = before.unchanged(last, target)?
        {
            let exit = leave(global, (target, &earlier), notes, unchanged, self.started);
            let elapsed = self.started.elapsed();
            tell_timings(args, || Timings::new(&[("look for changes", elapsed)], None, elapsed));
            return Ok(exit);
        }
        let before = before.map(Before::before_reading);
        let last = Last {
            target,
            earlier: &earlier,
            is_kept: !args.force,
            before: before.as_ref(),
            is_trial: false,
        };
        let can_stay = !args.reading.carrier.for_files && notes.asked == asked;
        let versions = if can_stay { notes.versions } else { Notes::default() };
        match self.make(versions, &last)? {
            Done::Exit(exit) => Ok(exit),
            // Somebody changed what the last build wrote, so that nothing of it can stay.
            Done::Gone => match self.make(Notes::default(), &Last { is_kept: false, ..last })? {
                Done::Exit(exit) => Ok(exit),
                Done::Gone => Err(Failure::new("the folder of the portal changes while it is written")),
            },
        }
    }

    fn make(&self, notes: Notes, last: &Last<'_>) -> Result<Done, Failure> {
        let nothing = super::project::Earlier::default();
        let assembly = self.project.assemble_whole(&self.purpose, &mut Memory::noted(notes), nothing)?;
        let mut origin = origin(self.project, assembly.portal.as_of, self.purpose.audience);
        let whole =
            |shard| Part { shard, whole: part::whole(self.project, &assembly, &self.args.reading.asked()) };
        origin.part = self.args.shard.map(whole);
        write_portal(self.global, self.args, last, origin, assembly, self.started)
    }

    /// Builds once more beside the folder `target`, on nothing, and compares every byte.
    fn verify(&self, target: &Path) -> Result<Exit, Failure> {
        const NAMED: usize = 20;
        let trial = Trial::beside(target)?;
        let earlier = Earlier::of(trial.path())?;
        let last =
            Last { target: trial.path(), earlier: &earlier, is_kept: false, before: None, is_trial: true };
        match self.make(Notes::default(), &last)? {
            Done::Exit(Exit::Fine) => {}
            Done::Exit(exit) => return Ok(exit),
            Done::Gone => return Err(Failure::new("the folder for comparing changes while it is written")),
        }
        let different = trial.differences()?;
        if different.is_empty() {
            report::say(self.global, "  every byte is that of a clean build");
            return Ok(Exit::Fine);
        }
        let noun = counted(different.len(), "file");
        report::failure(self.global, &Failure::new(format!("{noun} would be another in a clean build")));
        different.iter().take(NAMED).for_each(|path| report::warning(self.global, &format!("`{path}`")));
        Ok(Exit::Findings)
    }
}

/// What the last build left.
struct Last<'a> {
    /// The folder of the portal.
    target: &'a Path,
    /// What was written there.
    earlier: &'a Earlier,
    /// Whether what did not change may stay as it is there.
    is_kept: bool,
    /// What this build is made from, where that is known.
    before: Option<&'a Before>,
    /// Whether the build is for comparing alone: it leaves no notes and tells nothing.
    is_trial: bool,
}

/// How a build ended.
enum Done {
    /// As the user is told.
    Exit(Exit),
    /// Files that were to stay as they were are not there any more.
    Gone,
}

fn write_portal(
    global: &Global,
    args: &Args,
    last: &Last<'_>,
    origin: Origin,
    mut assembly: Assembly,
    started: Instant,
) -> Result<Done, Failure> {
    let Last { target, earlier, is_kept, before, is_trial } = *last;
    let mut clock = Clock::start();
    assembly.read_from(args.reading.carrier.carrier());
    let Some(theme) = assembly.theme.take() else { return Ok(refuse(global, &assembly)) };
    if has_error(&assembly.faults) {
        return Ok(refuse(global, &assembly));
    }
    assembly.give_up_texts();
    let mut pages = assembly.plan(&theme);
    if args.reading.no_redirect_pages {
        pages.retain(|(_, page)| !matches!(page.content, Content::Redirect { .. }));
    }
    if let Some(part) = &origin.part {
        pages.retain(|(_, page)| part.shard.holds(&page.output_path()));
    }
    let names = stay(&assembly, &mut pages, earlier, is_kept);
    let mode = if args.force { Mode::Everything } else { Mode::Changes };
    let draft = Draft::open(target, mode)?;
    let stopwatch = args.timings.filter(|_| !is_trial).map(|_| Stopwatch::new());
    let watch = Watch { progress: progress(global, pages.len()), stopwatch: stopwatch.as_ref() };
    let Made { mut output, mut faults, mut disclosing } = draw(&assembly, &theme, &pages, &draft, &watch);
    drop(pages);
    let taken = take_over(&assembly, names, earlier, args.shard);
    disclosing.extend(look_through(&assembly, &taken));
    for (path, content) in taken {
        let fault = |error: OutputError| assembly.output_fault(&error.to_string());
        faults.extend(output.insert(path, content).err().map(fault));
    }
    clock.stage("draw");
    if !faults.is_empty() {
        assembly.faults.extend(faults);
        return Ok(refuse(global, &assembly));
    }
    let disclosed = Lookout::of(&assembly).faults(disclosing);
    assembly.faults.extend(disclosed);
    assembly.faults = settle(assembly.faults, &assembly.texts);
    if has_error(&assembly.faults) {
        return Ok(refuse(global, &assembly));
    }
    if args.reading.compress {
        let kept = Some(earlier).filter(|_| is_kept);
        write::compress(&mut output, &draft, kept).map_err(|error| Failure::new(error.to_string()))?;
        clock.stage("compress");
    }
    if let Err(error) = output.sign(origin) {
        assembly.faults.push(assembly.output_fault(&error.to_string()));
        return Ok(refuse(global, &assembly));
    }
    let summary = match draft.finish(&output) {
        Err(WriteError::Gone(_)) => return Ok(Done::Gone),
        written => written?,
    };
    if is_trial {
        return Ok(Done::Exit(Exit::Fine));
    }
    // The links of a version that stays as it is would not follow a build of the other kind.
    let versions = if args.reading.carrier.for_files { Notes::default() } else { assembly.notes.clone() };
    let told = told(&assembly);
    let last = before.map(|before| before.last(&assembly, told.clone()));
    let notes = BuildNotes { asked: args.reading.asked(), versions, last };
    Earlier::of(target)?.note(notes.text().filter(|_| args.shard.is_none()).as_deref());
    clock.stage("write");
    report::faults(global, &assembly.faults, &assembly.texts);
    report::left_out(global, &assembly.left_out);
    assembly.stages.extend(clock.stages);
    tell(global, &told, target, output.len(), summary, started.elapsed());
    let [read, stages] = assembly.details();
    report::detail(global, &read);
    report::say(global, &stages);
    tell_timings(args, || Timings::new(&assembly.stages, stopwatch, started.elapsed()));
    Ok(Done::Exit(Exit::Fine))
}

/// Prints where the time went, where that was asked for.
fn tell_timings(args: &Args, timings: impl FnOnce() -> Timings) {
    if let Some(format) = args.timings {
        report::answer(&timings().told(format));
    }
}

/// Leaves the portal as the last build wrote it, since this one would write the same, and tells what that one told.
fn leave(
    global: &Global,
    (target, earlier): (&Path, &Earlier),
    notes: BuildNotes,
    unchanged: Unchanged,
    started: Instant,
) -> Exit {
    let Unchanged { files, told, again, noted } = unchanged;
    if noted.is_some() {
        earlier.note(BuildNotes { last: noted, ..notes }.text().as_deref());
    }
    report::faults(global, &again.faults, &again);
    report::left_out(global, &told.left_out);
    let summary = Summary { unchanged: files, ..Summary::default() };
    tell(global, &told, target, files, summary, started.elapsed());
    report::detail(global, "  nothing was read: all that the portal is made from is as it was");
    Exit::Fine
}

/// Whether a list holds an error.
pub fn has_error(faults: &[Diagnostic]) -> bool {
    faults.iter().any(|fault| fault.level == Level::Error)
}

fn refuse(global: &Global, assembly: &Assembly) -> Done {
    report::faults(global, &assembly.faults, &assembly.texts);
    report::say(global, "nothing was written");
    Done::Exit(Exit::Findings)
}

/// A file and what is in it.
type File = (String, write::Content);

/// Takes out of `pages` those at names of the current version that stay as they were, and the copies of pictures, whose
/// names tell what is in them; gives their files.
fn stay(
    assembly: &Assembly,
    pages: &mut Vec<(&Portal, Page)>,
    earlier: &Earlier,
    is_kept: bool,
) -> Vec<File> {
    let below = format!("/{FOLDER}/");
    let mut files = Vec::new();
    pages.retain(|(_, page)| {
        let is_name = matches!(page.content, Content::Redirect { .. }) && page.address.starts_with(&below);
        let path = page.output_path();
        let stays =
            assembly.names_stay && is_name || is_kept && matches!(page.content, Content::Narrower(..));
        let kept = earlier.file(&path).filter(|_| stays);
        let is_made = kept.is_none();
        files.extend(kept.map(|content| (path, content)));
        is_made
    });
    files
}

/// The files that are not made: `names`, those of versions that stay as they were, and finished HTML.
fn take_over(assembly: &Assembly, names: Vec<File>, earlier: &Earlier, shard: Option<Shard>) -> Vec<File> {
    let mut all = names;
    for side in &assembly.sides {
        let root = side.root.trim_start_matches('/');
        match &side.files {
            Files::Made(..) => {}
            Files::Kept => all.extend(write::without_copies(earlier.below(root))),
            Files::Frozen(files) => all.extend(
                files
                    .iter()
                    .map(|(path, full)| (format!("{root}/{path}"), write::Content::File(full.clone()))),
            ),
        }
    }
    all.retain(|(path, _)| shard.is_none_or(|shard| shard.holds(path)));
    all
}

/// A bar for long work on a terminal.
fn progress(global: &Global, pages: usize) -> Option<ProgressBar> {
    const LONG: usize = 2000;
    if global.quiet || pages < LONG {
        return None;
    }
    let bar = ProgressBar::new(pages as u64);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages");
    Some(style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style)))
}

fn tell(global: &Global, told: &Told, target: &Path, files: usize, summary: Summary, elapsed: Duration) {
    let shown = target.display();
    report::say(
        global,
        &format!(
            "{} in {} as of {}: {} written, {} unchanged, {} removed in `{shown}`, {}",
            counted(files, "file"),
            counted(told.languages, "language"),
            told.as_of,
            summary.written,
            summary.unchanged,
            summary.removed,
            millis(elapsed),
        ),
    );
    if told.made == NOTHING {
        report::warning(global, NOTHING);
    } else {
        report::say(global, &format!("  {}", told.made));
    }
}

/// What is told of a portal in which nobody sees anything.
const NOTHING: &str = "nothing is shown: no file of the content is for this audience; `audience: public` in a file, or \
                       `audiences:` in `portal.yaml`, says what everybody may see";

/// What there is to tell of a portal.
fn told(assembly: &Assembly) -> Told {
    let site = &assembly.portal.site;
    let made = [
        (site.documents.len(), "document"),
        (site.releases.len(), "release"),
        (site.runs.len(), "run"),
        (site.cases.len(), "case"),
        (site.defects.len(), "defect"),
        (site.environments.len(), "environment"),
        (site.decisions.len(), "decision"),
    ];
    let made: Vec<String> =
        made.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    Told {
        as_of: assembly.portal.as_of.to_string(),
        languages: site.languages.len(),
        made: if made.is_empty() { NOTHING.to_owned() } else { made.join(", ") },
        left_out: assembly.left_out.clone(),
        warnings: warnings(assembly),
    }
}

/// "1 file", "2 files".
fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}
