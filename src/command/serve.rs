//! `juhend serve`: previews the portal while it is written. Writes nothing to disk.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::build::{PurposeArgs, has_error};
use super::exit::{Exit, Failure};
use super::preview::{Broken, Nothing, Preview, Whole, what_it_said};
use super::project::{Earlier, Memory, Project, Purpose, millis};
use super::{Global, report};
use crate::diagnostic::Diagnostic;
use crate::model::audience::Audience;
use crate::model::portal::Version;
use crate::serve::{self, Config, Handle};
use crate::source::watch::{self, More, Watch};

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The address to serve on, one of this machine alone: a preview has no sign-in, and shows what is not published
    #[arg(short, long, value_name = "ADDRESS", visible_alias = "host", default_value = "127.0.0.1", value_parser = loopback)]
    interface: IpAddr,
    /// The port; 0 takes a free one
    #[arg(short, long, value_name = "PORT", default_value_t = 1111)]
    port: u16,
    /// Open the portal in the browser
    #[arg(short = 'O', long)]
    open: bool,
    #[command(flatten)]
    purpose: PurposeArgs,
}

const EXAMPLES: &str = "Examples:
  juhend serve --open                preview in the browser; pages reload when a file is saved
  juhend serve -p 0                  on any free port
  juhend serve --drafts              with drafts
  juhend serve --audience public     as the public will see it";

/// An address that no other machine reaches.
fn loopback(text: &str) -> Result<IpAddr, String> {
    let address: Option<IpAddr> = text.parse().ok();
    address.filter(IpAddr::is_loopback).ok_or_else(|| {
        "write `127.0.0.1` or `::1`; for others build the portal and put it on a web server".to_owned()
    })
}

/// Serves until Ctrl-C.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let config = Config { host: args.interface, port: args.port };
    let mut started = Ok(None);
    serve::run(config, Arc::new(Nothing), |address, handle| {
        started = start(global, args, project, address, &handle);
        if started.is_err() {
            handle.stop();
        }
    })?;
    // The watch ends here, after the last request.
    started.map(|_watch| Exit::Fine)
}

/// Shows the first portal and begins to watch the files.
fn start(
    global: &Global,
    args: &Args,
    project: Project,
    address: SocketAddr,
    handle: &Handle,
) -> Result<Option<Watch>, Failure> {
    let home = home(address);
    let mut purpose = args.purpose.purpose(global, Audience::Internal);
    // Links with the portal's own address would lead away from the preview.
    purpose.base_url = purpose.base_url.or_else(|| Some(home.clone()));
    let watched = [project.content.clone(), project.themes()];
    let folders: Vec<PathBuf> = watched.into_iter().filter(|folder| folder.is_dir()).collect();
    let mut editor = Editor {
        global: global.clone(),
        project,
        purpose,
        memory: Memory::default(),
        last: None,
        more: None,
        told: Vec::new(),
    };
    let stage = Arc::new(Mutex::new(Stage { handle: handle.clone(), shown: None }));
    let (sender, changes) = channel();
    let edited = Arc::clone(&stage);
    // The watch comes first, so that no change between it and the first reading is lost.
    let watch = watch::watch(&folders, watch::QUIET, move |paths| {
        // Nobody shows anything else before the change is told.
        let mut stage = lock(&edited);
        let is_shown = stage.show_texts(&paths);
        // The receiver is gone only when the program ends.
        let _ = sender.send(Change { paths, is_shown });
    })?;
    editor.more = Some(watch.more());
    editor.watch(&editor.project.settings_alone().portal.versions);
    let is_shown = editor.early().map(|early| lock(&stage).show(early)).is_some();
    if !is_shown {
        let first = editor.first();
        lock(&stage).show(first);
    }
    thread::spawn(move || {
        let mut waiting = Vec::new();
        if is_shown {
            let first = editor.first();
            waiting = settle(&stage, first, true, &changes);
        }
        editor.follow(&stage, &changes, waiting);
    });
    report::say(global, &format!("serving {home} (Ctrl-C ends it)"));
    if args.open
        && let Err(error) = opener::open(&home)
    {
        report::warning(global, &format!("the browser could not be opened: {error}"));
    }
    Ok(Some(watch))
}

fn lock(stage: &Mutex<Stage>) -> MutexGuard<'_, Stage> {
    stage.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has `stage` show `preview`, which was put together after changes; gives those that came while that was done.
fn settle(stage: &Mutex<Stage>, preview: Preview, is_shown: bool, changes: &Receiver<Change>) -> Vec<Change> {
    // Nothing can come between looking for changes and showing them.
    let mut stage = lock(stage);
    let late: Vec<Change> = changes.try_iter().collect();
    stage.settle(preview, is_shown, &late);
    late
}

/// The address that a browser on this machine opens.
fn home(address: SocketAddr) -> String {
    format!("http://{address}/")
}

/// How long nothing may happen before the portal is put together again after changes that it shows already.
const PAUSE: Duration = Duration::from_millis(250);

/// Files that changed at once.
struct Change {
    paths: Vec<PathBuf>,
    /// Whether the portal shows them already.
    is_shown: bool,
}

/// What is shown.
struct Stage {
    handle: Handle,
    shown: Option<Arc<Preview>>,
}

impl Stage {
    /// Shows `preview`, also in browsers that show another.
    fn show(&mut self, preview: Preview) {
        let preview = Arc::new(preview);
        self.shown = Some(Arc::clone(&preview));
        self.handle.replace(preview);
    }

    /// Shows the texts of `changed`, if that is all there is to show; what follows from them comes later.
    fn show_texts(&mut self, changed: &[PathBuf]) -> bool {
        let Some(shown) = &self.shown else { return false };
        // What makes the program err is told when all is put together.
        let edited = catch_unwind(AssertUnwindSafe(|| shown.edited(changed))).ok().flatten();
        edited.map(|edited| self.show(edited)).is_some()
    }

    /// Shows `preview`, put together after changes; `late` ones came while that was done. Where all was shown before,
    /// browsers are left alone.
    fn settle(&mut self, preview: Preview, is_shown: bool, late: &[Change]) {
        let late: Vec<PathBuf> = late.iter().flat_map(|change| change.paths.iter().cloned()).collect();
        let preview = preview.edited(&late).unwrap_or(preview);
        match &mut self.shown {
            Some(shown) if is_shown && shown.shows_as(&preview) => {
                *shown = Arc::new(preview);
                self.handle.refresh(Arc::clone(shown) as Arc<dyn serve::Portal>);
            }
            _ => self.show(preview),
        }
    }
}

/// Puts the portal together, again and again.
struct Editor {
    global: Global,
    project: Project,
    purpose: Purpose,
    memory: Memory,
    /// The last portal that could be put together.
    last: Option<Arc<Whole>>,
    /// Adds to what is watched.
    more: Option<More>,
    /// Faults that the terminal shows already.
    told: Vec<Diagnostic>,
}

impl Editor {
    /// A large portal before it is checked, if it could be read: whoever waits for it wants to see a page first.
    fn early(&mut self) -> Option<Preview> {
        let unchecked = || self.project.assemble_unchecked(&self.purpose, &mut self.memory);
        // What goes wrong is told by the whole assembly that follows.
        let Ok(assembly) = catch_unwind(AssertUnwindSafe(unchecked)) else {
            self.memory = Memory::default();
            return None;
        };
        let assembly = assembly.ok()??;
        if has_error(&assembly.faults) {
            return None;
        }
        let whole = Arc::new(Whole::new(assembly, self.memory.theme()));
        Some(Preview::new(whole, None, self.project.clone(), self.purpose.clone()))
    }

    fn first(&mut self) -> Preview {
        let started = Instant::now();
        let preview = self.preview();
        self.tell("read", &preview, started);
        preview
    }

    /// Puts the portal together after those changes that are `waiting`, then after each, for as long as there are any.
    /// What is shown already can wait for a pause, so that whoever writes is not held up.
    fn follow(mut self, stage: &Mutex<Stage>, changes: &Receiver<Change>, mut waiting: Vec<Change>) {
        loop {
            if waiting.is_empty() {
                let Ok(change) = changes.recv() else { return };
                waiting.push(change);
            }
            while waiting.iter().all(|change| change.is_shown) {
                let Ok(change) = changes.recv_timeout(PAUSE) else { break };
                waiting.push(change);
            }
            waiting.extend(changes.try_iter());
            let is_shown = waiting.iter().all(|change| change.is_shown);
            let paths: BTreeSet<PathBuf> = waiting.drain(..).flat_map(|change| change.paths).collect();
            let preview = self.again(&paths.into_iter().collect::<Vec<_>>());
            waiting = settle(stage, preview, is_shown, changes);
        }
    }

    fn again(&mut self, changed: &[PathBuf]) -> Preview {
        let started = Instant::now();
        // What has come to be is watched before it is read, so that no change is lost between.
        if let Some(last) = &self.last {
            self.watch(&last.assembly().portal.site.portal.versions);
        }
        let preview = self.preview();
        self.tell(&format!("{} changed", self.named(changed)), &preview, started);
        preview
    }

    /// Watches the places of `versions` too, from now on.
    fn watch(&self, versions: &[Version]) {
        if let Some(more) = &self.more {
            more.add(&self.project.version_places(versions));
        }
    }

    fn preview(&mut self) -> Preview {
        let broken = match catch_unwind(AssertUnwindSafe(|| {
            self.project.assemble_whole(&self.purpose, &mut self.memory, Earlier::default())
        })) {
            Ok(Ok(assembly)) => {
                self.watch(&assembly.portal.site.portal.versions);
                self.last = Some(Arc::new(Whole::new(assembly, self.memory.theme())));
                None
            }
            Ok(Err(failure)) => Some(Broken::Failure(failure)),
            Err(panic) => {
                // What was being kept when the program erred may be half of something.
                self.memory = Memory::default();
                Some(Broken::Panic(what_it_said(&*panic)))
            }
        };
        let whole =
            self.last.get_or_insert_with(|| Arc::new(Whole::new(self.project.bare(&self.purpose), None)));
        Preview::new(Arc::clone(whole), broken, self.project.clone(), self.purpose.clone())
    }

    /// Prints why nothing can be shown; else the faults that are new, then what was done, how long it took and how many faults there are.
    fn tell(&mut self, what: &str, preview: &Preview, started: Instant) {
        let took = started.elapsed();
        if let Some(broken) = preview.broken() {
            report::failure(&self.global, &broken.failure());
            return report::say(
                &self.global,
                &format!("{what}: {}, the portal cannot be shown", millis(took)),
            );
        }
        let Some(whole) = &self.last else { return };
        let faults = whole.faults();
        let new: Vec<Diagnostic> =
            faults.iter().filter(|fault| !self.told.contains(fault)).cloned().collect();
        report::each_fault(&self.global, &new, &whole.assembly().texts);
        report::say(&self.global, &format!("{what}: {}, {}", millis(took), report::tally(faults)));
        whole.assembly().details().iter().for_each(|line| report::detail(&self.global, line));
        self.told = faults.to_vec();
    }

    /// The first of the changed paths as the author knows it, and how many more there are.
    fn named(&self, changed: &[PathBuf]) -> String {
        let root = self.project.root.canonicalize().unwrap_or_else(|_| self.project.root.clone());
        let first = changed.first().map_or_else(String::new, |path| {
            format!("`{}`", path.strip_prefix(&root).unwrap_or(path).display())
        });
        match changed.len() {
            0 | 1 => first,
            many => format!("{first} and {} more", many - 1),
        }
    }
}
