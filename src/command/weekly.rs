//! `juhend weekly`: the weekly overview as a text to send.

use clap::ValueEnum;

use super::build::PurposeArgs;
use super::exit::{Exit, Failure};
use super::project::{Memory, Project};
use super::{Global, report};
use crate::derive::attention;
use crate::derive::week::weekly::{History, IsoWeek};
use crate::model::audience::Audience;
use crate::model::records::Record;
use crate::model::tickets::Snapshot;
use crate::render::Portal;
use crate::render::message::eml::{Envelope, Mailbox, eml};
use crate::render::message::{html, markdown, text, weekly};

/// Arguments of `weekly`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The week, as 2026-W42 [default: the last one that has a snapshot]
    #[arg(long, value_name = "WEEK", value_parser = week)]
    week: Option<IsoWeek>,
    /// How the overview is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The language [default: the first of the portal]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Of a mail: who gets it, an address alone; may be given more than once
    #[arg(long, value_name = "ADDRESS", value_parser = mailbox)]
    to: Vec<Mailbox>,
    /// Of a mail: who sends it, an address alone [default: your mail program puts it]
    #[arg(long, value_name = "ADDRESS", value_parser = mailbox)]
    from: Option<Mailbox>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Plain text, its first line the subject
    Text,
    /// Markdown
    Markdown,
    /// A document in HTML
    Html,
    /// A draft for a mail program, plain text and HTML
    Eml,
}

fn week(text: &str) -> Result<IsoWeek, String> {
    IsoWeek::read(text).ok_or_else(|| "write a week such as `2026-W42`".to_owned())
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    Mailbox::read(text).ok_or_else(|| "write an address such as `uat@example.ee`".to_owned())
}

/// Prints the overview.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let purpose = args.purpose.purpose(global, Audience::Internal);
    let assembly = project.assemble(&purpose, &mut Memory::default())?;
    let portal = &assembly.portal;
    let language = language(portal, args.language.as_deref())?;
    let snapshot = find(portal, args.week)?;
    let unknown = || {
        Failure::new(format!("the tickets of `{}` are not known", snapshot.id))
            .hint("`juhend check` lists the faults of the file that they are in")
    };
    let message = weekly::of(portal, language, &snapshot.id).ok_or_else(unknown)?;
    report::answer(&match args.format {
        Format::Text => format!("{}\n\n{}", message.subject, text::text(&message)),
        Format::Markdown => markdown::markdown(&message),
        Format::Html => html::html(&message),
        Format::Eml => eml(&message, &envelope(portal, snapshot, args)?),
    });
    Ok(Exit::Fine)
}

/// The language that is printed: one of the portal's.
fn language<'a>(portal: &'a Portal, wanted: Option<&str>) -> Result<&'a str, Failure> {
    let Some(wanted) = wanted else { return Ok(portal.site.default_language()) };
    let known = &portal.site.languages;
    let unknown = || {
        Failure::new(format!("the portal has no language `{wanted}`"))
            .hint(format!("its languages are {}", known.join(", ")))
    };
    known.iter().find(|known| *known == wanted).map(String::as_str).ok_or_else(unknown)
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

/// The outside of the mail: of the time of the snapshot, so that it is the same whenever it is printed.
fn envelope(portal: &Portal, snapshot: &Snapshot, args: &Args) -> Result<Envelope, Failure> {
    let at = snapshot.as_of.civil(&portal.site.zone);
    let date = at
        .to_zoned(portal.site.zone.clone())
        .map_err(|_| Failure::new(format!("`{at}` is no time that a mail can have")))?;
    Ok(Envelope { date, from: args.from.clone(), to: args.to.clone() })
}
