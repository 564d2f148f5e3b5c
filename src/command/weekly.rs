//! `juhend weekly`: the weekly overview as a text to send.

use super::build::PurposeArgs;
use super::exit::{Exit, Failure};
use super::letter::{LetterArgs, language};
use super::project::{Memory, Project};
use super::{Global, report};
use crate::derive::attention;
use crate::derive::week::weekly::{History, IsoWeek};
use crate::model::audience::Audience;
use crate::model::records::Record;
use crate::model::tickets::Snapshot;
use crate::render::Portal;
use crate::render::message::weekly;

/// Arguments of `weekly`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The week, as 2026-W42 [default: the last one that has a snapshot]
    #[arg(long, value_name = "WEEK", value_parser = week)]
    week: Option<IsoWeek>,
    /// The language [default: the first of the portal]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    #[command(flatten)]
    letter: LetterArgs,
    #[command(flatten)]
    purpose: PurposeArgs,
}

const EXAMPLES: &str = "Examples:
  juhend weekly                                       the last week as plain text
  juhend weekly --week 2026-W42 --format markdown     another week, for a chat or a forge
  juhend weekly --format eml --to uat@example.ee > week.eml
                                                      a draft for your mail program

The same snapshots always give the same text. A mail has no recipient unless you name one, and opens as a draft.

Exit codes: 0 the overview is printed; 1 there is no such week, or its tickets are not known.";

fn week(text: &str) -> Result<IsoWeek, String> {
    IsoWeek::read(text).ok_or_else(|| "write a week such as `2026-W42`".to_owned())
}

/// Prints the overview.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let purpose = args.purpose.purpose(global, Audience::Internal);
    let assembly = project.assemble(&purpose, &mut Memory::default())?;
    let portal = &assembly.portal;
    let site = &portal.site;
    let first = site.default_language();
    let language = args.language.as_deref().map_or(Ok(first), |wanted| language(site, wanted))?;
    let snapshot = find(portal, args.week)?;
    let unknown = || {
        Failure::new(format!("the tickets of `{}` are not known", snapshot.id))
            .hint("`juhend check` lists the faults of the file that they are in")
    };
    let message = weekly::of(portal, language, &snapshot.id).ok_or_else(unknown)?;
    let at = snapshot.as_of.civil(&site.zone);
    report::answer(&args.letter.printed(site, &message, at)?);
    Ok(Exit::Fine)
}

/// The last snapshot of the week, or of all weeks up to the day.
fn find(portal: &Portal, week: Option<IsoWeek>) -> Result<&Record<Snapshot>, Failure> {
    let none =
        || Failure::new("there is no snapshot of tickets").hint("`juhend import jira-csv FILE` writes one");
    let Some(week) = week else {
        return attention::newest_snapshot(&portal.site, portal.as_of).ok_or_else(none);
    };
    let weeks = History::of(&portal.site).weeks();
    let first = weeks.first().ok_or_else(none)?;
    let last = weeks.last().ok_or_else(none)?;
    let missing = || {
        Failure::new(format!("the week {week} has no snapshot of tickets"))
            .hint(format!("the first week that has one is {}, the last one {}", first.0, last.0))
    };
    weeks.iter().find(|(of, _)| *of == week).map(|(_, snapshot)| *snapshot).ok_or_else(missing)
}
