//! One file per command: the only room with a clock, the environment and a terminal.

mod against;
mod announce;
mod build;
mod check;
mod compare;
mod completions;
mod days;
mod diff;
mod disclosure;
mod draw;
mod earlier;
mod editions;
mod exit;
mod explain;
mod export;
mod external;
mod gate;
mod history;
mod import;
mod init;
pub mod leftovers;
mod letter;
mod man;
mod merge;
mod new;
mod notes;
mod origin;
mod part;
mod pictures;
mod preview;
mod project;
mod publish;
mod report;
mod schema;
mod serve;
mod sign_off;
mod swap;
mod theme;
mod timings;
mod unchanged;
mod verify;
mod version;
mod weekly;
mod whole;

pub use exit::Exit;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Turns a tree of guides, test results, releases and decisions into a static portal.
#[derive(Debug, Parser)]
#[command(name = "juhend", version, about, long_about = None, propagate_version = true)]
#[command(after_help = EXAMPLES)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  juhend init portal            make a new portal in the folder `portal`
  juhend serve --open           preview it in the browser while you write
  juhend check                  list every fault of the content
  juhend build                  write the portal into `public`
  juhend explain broken-link    what a rule finds, and why that is bad";

/// What every command understands, before or after its name.
#[derive(Debug, Clone, clap::Args)]
pub struct Global {
    /// The project's root [default: the nearest folder above that holds `content/`, else here]
    #[arg(short = 'C', long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
    /// The content folder [default: `content` in the root]
    #[arg(long, value_name = "DIR", global = true)]
    content: Option<PathBuf>,
    /// The day for which everything is computed, as 2026-10-16
    #[arg(long, value_name = "DAY", value_parser = day, global = true)]
    as_of: Option<Date>,
    /// Print faults only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print more
    #[arg(short, long, global = true)]
    verbose: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto, global = true)]
    color: Color,
}

/// A day as `--as-of` wants it.
fn day(text: &str) -> Result<Date, String> {
    let is_whole = text.len() == 10;
    text.parse().ok().filter(|_| is_whole).ok_or_else(|| "write a day such as `2026-10-16`".to_owned())
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new portal
    Init(init::Args),
    /// Make a new file of a kind, filled with what is known
    New(new::Args),
    /// Write the result files of other tools as a test run, and tables of tickets as a weekly snapshot
    #[command(subcommand)]
    Import(import::Command),
    /// Write the portal
    Build(build::Args),
    /// List every fault; write nothing
    Check(check::Args),
    /// Join the parts of a portal that were built apart
    Merge(merge::Args),
    /// Tell whether a published portal is the one that was built
    Verify(verify::Args),
    /// Carry the built portal to where it is read: a folder or an object store
    Publish(publish::Args),
    /// Tell what became of each case from one run to another
    Compare(compare::Args),
    /// Tell what changed in the guidance from one state to another
    Diff(diff::Args),
    /// Preview the portal in a browser while you write
    Serve(serve::Args),
    /// Write the text that tells of a cloning or a release
    Announce(announce::Args),
    /// Tell whether a release may be installed
    Gate(gate::Args),
    /// Write down what a role says of an install
    SignOff(sign_off::Args),
    /// Print the weekly overview as a text to send
    Weekly(weekly::Args),
    /// Print a test run in a format that other programs read
    Export(export::Args),
    /// Explain a rule of the checks
    Explain(explain::Args),
    /// Print or write the schemas by which editors know the keys of files
    Schema(schema::Args),
    /// Work with versions of the guidance
    #[command(subcommand)]
    Version(version::Command),
    /// Work with the theme
    #[command(subcommand)]
    Theme(theme::Command),
    /// Print completions for a shell
    Completions(completions::Args),
    /// Print the manual page
    #[command(
        after_help = "Examples:\n  juhend man | man -l -\n  juhend man > ~/.local/share/man/man1/juhend.1"
    )]
    Man,
}

/// Reads the arguments and runs the command.
pub fn run() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let is_help = !error.use_stderr();
            // Nothing can be done about a terminal that is gone.
            let _ = error.print();
            return if is_help { Exit::Fine } else { Exit::CouldNotRun };
        }
    };
    let Cli { global, command } = cli;
    let done = match command {
        Command::Init(args) => init::run(&global, &args),
        Command::New(args) => new::run(&global, &args),
        Command::Import(args) => import::run(&global, &args),
        Command::Build(args) => build::run(&global, &args),
        Command::Check(args) => check::run(&global, &args),
        Command::Merge(args) => merge::run(&global, &args),
        Command::Verify(args) => verify::run(&global, &args),
        Command::Publish(args) => publish::run(&global, &args),
        Command::Compare(args) => compare::run(&global, &args),
        Command::Diff(args) => diff::run(&global, &args),
        Command::Serve(args) => serve::run(&global, &args),
        Command::Announce(args) => announce::run(&global, &args),
        Command::Gate(args) => gate::run(&global, &args),
        Command::SignOff(args) => sign_off::run(&global, &args),
        Command::Weekly(args) => weekly::run(&global, &args),
        Command::Export(args) => export::run(&global, &args),
        Command::Explain(args) => explain::run(&global, &args),
        Command::Schema(args) => schema::run(&global, &args),
        Command::Version(command) => version::run(&global, &command),
        Command::Theme(command) => theme::run(&global, &command),
        Command::Completions(args) => completions::run(&args),
        Command::Man => man::run(),
    };
    done.unwrap_or_else(|failure| {
        report::failure(&global, &failure);
        Exit::CouldNotRun
    })
}
