//! stub
use super::Global;
use super::exit::{Exit, Failure};
/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {}
/// Runs.
pub fn run(_global: &Global, _args: &Args) -> Result<Exit, Failure> { Ok(Exit::Fine) }
