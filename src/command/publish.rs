//! `juhend publish`: carries the built portal to where it is read.
//!
//! 1. [`target`] says where that is: a folder or a part of a bucket.
//! 2. The portal is compared with its manifest: what is not whole is not published.
//! 3. Into a folder [`folder`] writes it as a build would, all at once. For a store [`plan`] compares manifests, and
//!    [`work`] uploads what is missing, what is new mostly before what leads there; [`journal`] lets it go on where it was
//!    stopped.
//! 4. [`store`] is what that wants of a store; `external::bucket` is one.

mod folder;
pub mod journal;
mod plan;
#[cfg(test)]
mod sample;
pub mod store;
mod target;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use self::plan::{Extent, Plan};
use self::target::Target;
use self::work::{Portal, Standing, Way};
use super::build::AudienceArg;
use super::exit::{Exit, Failure};
use super::external::bucket::{Addressing, Bucket, Surroundings};
use super::project::{Project, current_folder, millis};
use super::{Global, report};
use crate::write::{self, Hold, MANIFEST, Manifest, OutputPath, WriteError};

/// How many files a foretelling names of each kind of work.
const NAMED: usize = 20;

/// Arguments of `publish`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A folder, or `s3://bucket/prefix`
    #[arg(value_name = "TARGET")]
    target: String,
    /// The folder of the built portal [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Tell what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Upload every file, also those that are there
    #[arg(long)]
    force: bool,
    /// For whom the portal is; without it only for those for whom the published one is [default: as published]
    #[arg(long, value_enum)]
    audience: Option<AudienceArg>,
    /// Where the name of the bucket stands in addresses
    #[arg(long, value_enum, default_value_t)]
    addressing: Addressing,
    /// How many files are uploaded at once
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u8).range(1..))]
    jobs: u8,
}

const EXAMPLES: &str = "Examples:
  juhend build && juhend publish /srv/www/testing     into a folder, all of it at once
  juhend publish s3://testing-portal                  what changed, into a bucket
  juhend publish s3://agency/testing --dry-run        what would be uploaded and deleted below `testing`

Stores are asked with the key that the environment holds, and nothing else is read:
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN   the key
  AWS_REGION or AWS_DEFAULT_REGION                              where the bucket is
  AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL                       the store, if it is not Amazon's

Exit codes: 0 published; 1 the command could not run or was refused: publish again, and it goes on where it stopped;
2 the portal is not as it was built.";

/// Publishes the portal, unless it is not whole.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let started = Instant::now();
    let target = Target::of(&args.target)?;
    let here = here(global)?;
    // A job that only publishes has the built portal, and not what it was built from.
    let from = match &args.from {
        Some(from) => here.join(from),
        None => Project::find(global)?.output(global, None)?,
    };
    let text = fs::read(from.join(MANIFEST)).map_err(|error| {
        Failure::new(format!("cannot read `{}`: {error}", from.join(MANIFEST).display()))
            .hint("build the portal first with `juhend build`, or name its folder with `--from`")
    })?;
    let _hold = hold(&from)?;
    let manifest = Manifest::parse(&text).map_err(|reason| {
        Failure::new(format!("the manifest `{}` {reason}", from.join(MANIFEST).display()))
    })?;
    if let Some(part) = &manifest.origin.part {
        return Err(Failure::new(format!("`{}` holds part {} of a portal", from.display(), part.shard))
            .hint("join the parts with `juhend merge`, and publish what comes of it"));
    }
    if !is_whole(global, &from, &manifest)? {
        return Ok(Exit::Findings);
    }
    let portal = Portal { folder: &from, manifest: &manifest, text: &text };
    let publish = Publish { global, args, portal, started };
    match target {
        Target::Folder(folder) => publish.to_folder(&here.join(folder)),
        Target::Bucket { name, prefix } => publish.to_bucket(&name, &prefix),
    }?;
    Ok(Exit::Fine)
}

/// Keeps others away from the portal in `folder` while its files are read.
///
/// # Errors
/// Somebody is at work with it.
pub fn hold(folder: &Path) -> Result<Hold, Failure> {
    write::hold(folder).map_err(|error| match error {
        WriteError::Busy(_) => {
            Failure::new(format!("a build or another publish is at work with `{}`", folder.display()))
                .hint("wait until it has ended")
        }
        error => error.into(),
    })
}

/// The folder from which paths on the command line are seen.
fn here(global: &Global) -> Result<PathBuf, Failure> {
    let current = current_folder()?;
    Ok(global.root.as_ref().map_or(current.clone(), |root| current.join(root)))
}

/// Whether every file is as it was built; tells which are not.
fn is_whole(global: &Global, folder: &Path, manifest: &Manifest) -> Result<bool, Failure> {
    const NAMED: usize = 10;
    let differences = write::verify(folder, manifest)?;
    if let Some(extra) = differences.extra.first() {
        let text = format!(
            "no build wrote `{}` and {} more: such files are not published",
            extra.escape_debug(),
            differences.extra.len() - 1
        );
        report::warning(global, &text);
    }
    let broken: Vec<&String> = differences.missing.iter().chain(&differences.changed).collect();
    if broken.is_empty() {
        return Ok(true);
    }
    let count = broken.len();
    let failure = Failure::new(format!("{} not as built: nothing is published", counted(count)))
        .hint("build the portal again, and let nothing change its files");
    report::failure(global, &failure);
    broken.iter().take(NAMED).for_each(|path| report::warning(global, &format!("`{}`", path.escape_debug())));
    Ok(false)
}

/// What is published, and how the user wants it.
struct Publish<'a> {
    global: &'a Global,
    args: &'a Args,
    portal: Portal<'a>,
    started: Instant,
}

/// How much a publish does.
struct Amount {
    /// Files to upload.
    uploads: usize,
    /// Their bytes.
    bytes: u64,
    /// Files that are there already.
    kept: usize,
}

impl Publish<'_> {
    fn extent(&self) -> Extent {
        if self.args.force { Extent::Everything } else { Extent::Changes }
    }

    fn to_folder(&self, folder: &Path) -> Result<(), Failure> {
        let published = published_in(folder)?;
        self.check_audience(published.iter().map(|published| &*published.origin.audience))?;
        if self.args.dry_run {
            let unsure = BTreeSet::new();
            let missing = plan::uncertain(self.portal.manifest, published.as_ref(), &unsure, self.extent());
            let plan = Plan::of(self.portal.manifest, missing, published.as_ref(), &unsure);
            let there = fs::read(folder.join(MANIFEST)).is_ok_and(|text| text == self.portal.text);
            self.foretell(&plan, !there || self.args.force);
            return Ok(());
        }
        let summary = folder::publish(folder, &self.portal, self.extent())?;
        self.tell(summary.written, summary.bytes, summary.unchanged, summary.removed);
        Ok(())
    }

    fn to_bucket(&self, name: &str, prefix: &str) -> Result<(), Failure> {
        let surroundings = Surroundings::of(|name| std::env::var(name).ok())?;
        let store = Bucket::new(name, prefix, self.args.addressing, surroundings)?;
        if store.is_plain() {
            report::warning(
                self.global,
                "the store is asked over `http`: whoever is on the way can read and write there",
            );
        }
        let known = known_by();
        let way = Way { extent: self.extent(), at_once: self.args.jobs.into(), publish: &known };
        let standing = Standing::of(&store, &self.portal)?;
        self.check_audience(standing.audiences())?;
        if standing.was_stopped() {
            report::say(
                self.global,
                "the last publish was stopped: what it uploaded is looked at, and not uploaded again",
            );
        }
        let plan = work::plan(&store, &standing, &self.portal, way)?;
        if !self.args.force {
            work::check_free(&plan)?;
        }
        if self.args.dry_run {
            self.foretell(&plan, !standing.is_done(&plan));
            return Ok(());
        }
        let with_manifest = work::carry_out(&store, &standing, &self.portal, &plan, way)?;
        let Amount { uploads, bytes, kept } = self.amount(&plan, with_manifest);
        self.tell(uploads, bytes, kept, plan.deletes().count());
        Ok(())
    }

    /// Refuses to show to others what is for some.
    fn check_audience<'b>(&self, mut published: impl Iterator<Item = &'b str>) -> Result<(), Failure> {
        let own = &self.portal.manifest.origin.audience;
        let named = self.args.audience.map(|audience| audience.audience().word());
        let (wanted, whence) = match named {
            Some(named) => (Some(named).filter(|named| named != own), "`--audience` says"),
            None => (published.find(|audience| audience != own), "what is published there is for"),
        };
        let Some(wanted) = wanted else { return Ok(()) };
        Err(Failure::new(format!("the portal is for the audience `{own}`, and {whence} `{wanted}`")).hint(
            format!(
                "build it with `--audience {wanted}`; if it is meant so, publish it with `--audience {own}`"
            ),
        ))
    }

    /// What `plan` uploads and keeps, the manifest among it: no plan names it, and it is a file like all others.
    fn amount(&self, plan: &Plan, with_manifest: bool) -> Amount {
        let own = usize::from(with_manifest);
        Amount {
            uploads: plan.uploads().count() + own,
            bytes: plan.bytes() + if with_manifest { self.portal.text.len() as u64 } else { 0 },
            kept: plan.kept + 1 - own,
        }
    }

    /// Tells what `plan` does, and whether the manifest is uploaded.
    fn foretell(&self, plan: &Plan, with_manifest: bool) {
        let most = if self.global.verbose { usize::MAX } else { NAMED };
        let mut uploads: Vec<&str> = plan.uploads().map(|(path, _)| path.as_str()).collect();
        uploads.extend(with_manifest.then_some(MANIFEST));
        let deletes: Vec<&str> = plan.deletes().map(OutputPath::as_str).collect();
        report::answer(&(listed("upload", &uploads, most) + &listed("delete", &deletes, most)));
        let Amount { uploads, bytes, kept } = self.amount(plan, with_manifest);
        let (size, gone) = (size(bytes), plan.deletes().count());
        report::say(
            self.global,
            &format!("{} ({size}) would be uploaded, {kept} unchanged, {gone} deleted", counted(uploads)),
        );
    }

    fn tell(&self, uploads: usize, bytes: u64, kept: usize, gone: usize) {
        let (size, time) = (size(bytes), millis(self.started.elapsed()));
        let target = &self.args.target;
        report::say(
            self.global,
            &format!(
                "{} ({size}) uploaded, {kept} unchanged, {gone} deleted at `{target}`, {time}",
                counted(uploads)
            ),
        );
    }
}

/// The portal that was published into `folder`, nothing where there is none.
fn published_in(folder: &Path) -> Result<Option<Manifest>, Failure> {
    let path = folder.join(MANIFEST);
    match fs::read(&path) {
        Ok(text) => Manifest::parse(&text)
            .map(Some)
            .map_err(|reason| Failure::new(format!("the published `{}` {reason}", path.display()))),
        Err(error)
            if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) =>
        {
            Ok(None)
        }
        Err(error) => Err(Failure::new(format!("cannot read `{}`: {error}", path.display()))),
    }
}

/// By what this publish knows its own journal: no other process has this number at this time.
fn known_by() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{}-{}", since.as_nanos(), std::process::id())
}

/// The first `most` of the files at `paths`, a line each, then how many there are more, by their endings.
fn listed(what: &str, paths: &[&str], most: usize) -> String {
    let mut text: String = paths.iter().take(most).map(|path| format!("{what} {path}\n")).collect();
    let rest = paths.get(most..).unwrap_or_default();
    if !rest.is_empty() {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for path in rest {
            let name = path.rsplit('/').next().unwrap_or(path);
            *kinds.entry(name.rsplit_once('.').map_or("", |(_, ending)| ending)).or_default() += 1;
        }
        let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let kinds: Vec<String> = kinds
            .into_iter()
            .map(|(kind, count)| {
                format!("{count} {}", if kind.is_empty() { "without an ending" } else { kind })
            })
            .collect();
        text +=
            &format!("{what} {} more: {}; `--verbose` lists all\n", counted(rest.len()), kinds.join(", "));
    }
    text
}

fn counted(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

/// A number of bytes as people read it.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 3] = ["kB", "MB", "GB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let power = (bytes.ilog10() / 3).min(3);
    let unit = UNITS.get(power as usize - 1).unwrap_or(&"GB");
    let tenths = bytes / (1000_u64.pow(power) / 10);
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_files_the_first_are_named_and_the_others_counted() {
        let paths = ["a.html", "b/index.html", "c.css", "d.html", "CNAME"];
        assert_eq!(listed("upload", &paths[..2], 2), "upload a.html\nupload b/index.html\n");
        assert_eq!(
            listed("upload", &paths, 1),
            "upload a.html\nupload 4 files more: 2 html, 1 without an ending, 1 css; `--verbose` lists all\n"
        );
    }

    #[test]
    fn sizes_are_read_by_people() {
        for (bytes, wanted) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (1_950_000, "1.9 MB"),
            (7_200_000_000_000, "7200.0 GB"),
        ] {
            assert_eq!(size(bytes), wanted);
        }
    }
}
