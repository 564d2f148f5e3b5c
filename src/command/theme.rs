//! stub
use super::Global;
use super::exit::{Exit, Failure};
/// Commands.
#[derive(Debug, clap::Subcommand)]
pub enum Command { /// Copy theme files for changing
 Eject }
/// Runs.
pub fn run(_global: &Global, _command: &Command) -> Result<Exit, Failure> { Ok(Exit::Fine) }
