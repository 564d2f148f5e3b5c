//! `juhend man`: the manual page, in roff.

use clap::CommandFactory;

use super::exit::{Exit, Failure};
use super::{Cli, report};

/// Prints the manual page of the program and of each command.
pub fn run() -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for below in command.get_subcommands() {
        let name = format!("juhend-{}", below.get_name());
        clap_mangen::Man::new(below.clone().name(name)).render(&mut page)?;
    }
    report::answer(&String::from_utf8_lossy(&page));
    Ok(Exit::Fine)
}
