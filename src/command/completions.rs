//! `juhend completions`: completions for a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::exit::{Exit, Failure};
use super::{Cli, report};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "Examples:
  juhend completions bash > ~/.local/share/bash-completion/completions/juhend
  juhend completions fish > ~/.config/fish/completions/juhend.fish";

/// Prints the completions.
#[expect(clippy::unnecessary_wraps, reason = "commands share one signature")]
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "juhend", &mut script);
    report::answer(&String::from_utf8_lossy(&script));
    Ok(Exit::Fine)
}
