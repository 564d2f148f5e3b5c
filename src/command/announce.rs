//! `juhend announce`: what those affected by a cloning or a release are told, as a text to send.

use clap::ValueEnum;
use jiff::civil::Time;

use super::build::PurposeArgs;
use super::exit::{Exit, Failure};
use super::project::{Memory, Project};
use super::{Global, report};
use crate::diagnostic::did_you_mean;
use crate::model::Site;
use crate::model::audience::Audience;
use crate::render::Portal;
use crate::render::message::announcement::{Announced, in_languages};
use crate::render::message::eml::{Envelope, Mailbox, eml};
use crate::render::message::{html, markdown, text};

/// Arguments of `announce`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A cloning, as `preprod/2026-11`, or a release, as `2026.10`
    #[arg(value_name = "CLONING|RELEASE")]
    what: String,
    /// How the announcement is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The language, or `all`: one language after another
    #[arg(long, value_name = "TAG", default_value = ALL)]
    language: String,
    /// Of a mail: who gets it, an address alone; may be given more than once
    #[arg(long, value_name = "ADDRESS", value_parser = mailbox)]
    to: Vec<Mailbox>,
    /// Of a mail: who sends it, an address alone [default: your mail program puts it]
    #[arg(long, value_name = "ADDRESS", value_parser = mailbox)]
    from: Option<Mailbox>,
    #[command(flatten)]
    purpose: PurposeArgs,
}

const ALL: &str = "all";

const EXAMPLES: &str = "Examples:
  juhend announce preprod/2026-11                     a cloning: when, what is lost, what to do
  juhend announce 2026.10 --language et               a release: schedule, contents, test window, flags
  juhend announce preprod/2026-11 --format eml --to uat@example.ee > cloning.eml
                                                      a draft for your mail program

The same content on the same day always gives the same text. A mail has no recipient unless you name one, and
opens as a draft. Once a cloning is announced, write `status: announced`.

Exit codes: 0 the announcement is printed; 1 there is no such cloning or release.";

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

fn mailbox(text: &str) -> Result<Mailbox, String> {
    Mailbox::read(text).ok_or_else(|| "write an address such as `uat@example.ee`".to_owned())
}

/// Prints the announcement.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    let project = Project::find(global)?;
    let assembly =
        project.assemble(&args.purpose.purpose(global, Audience::Internal), &mut Memory::default())?;
    let portal = &assembly.portal;
    let languages = languages(portal, &args.language)?;
    let announced = find(&portal.site, &args.what)?;
    let message = in_languages(portal, &languages, announced)
        .ok_or_else(|| Failure::new("the portal has no language"))?;
    report::answer(&match args.format {
        Format::Text => format!("{}\n\n{}", message.subject, text::text(&message)),
        Format::Markdown => markdown::markdown(&message),
        Format::Html => html::html(&message),
        Format::Eml => eml(&message, &envelope(portal, args)?),
    });
    Ok(Exit::Fine)
}

/// The languages that are printed: one of the portal's, or all.
fn languages<'a>(portal: &'a Portal, wanted: &str) -> Result<Vec<&'a str>, Failure> {
    let known: Vec<&str> = portal.site.languages.iter().map(String::as_str).collect();
    match known.iter().find(|known| **known == wanted) {
        Some(known) => Ok(vec![*known]),
        None if wanted == ALL => Ok(known),
        None => Err(Failure::new(format!("the portal has no language `{wanted}`"))
            .hint(format!("its languages are {}", known.join(", ")))),
    }
}

/// The cloning or release called `what`.
fn find<'a>(site: &'a Site, what: &str) -> Result<Announced<'a>, Failure> {
    let clonings = || {
        site.environments.iter().flat_map(|environment| {
            environment.clonings.iter().map(move |cloning| {
                (format!("{}/{}", environment.id, cloning.id.value), Announced::Cloning(environment, cloning))
            })
        })
    };
    let cloning = clonings().find(|(id, _)| id == what).map(|(_, cloning)| cloning);
    let release = || site.releases.get(what).map(|release| Announced::Release(release));
    cloning.or_else(release).ok_or_else(|| {
        let ids: Vec<String> =
            clonings().map(|(id, _)| id).chain(site.releases.ids().map(str::to_owned)).collect();
        let failure = Failure::new(format!("there is no cloning or release `{what}`"));
        match did_you_mean(what, ids.iter().map(String::as_str)) {
            Some(hint) => failure.hint(hint),
            None => failure.hint("a cloning is named with its environment: `preprod/2026-11`"),
        }
    })
}

/// The outside of the mail: of the beginning of the day, so that it is the same whenever it is printed.
fn envelope(portal: &Portal, args: &Args) -> Result<Envelope, Failure> {
    let at = portal.as_of.to_datetime(Time::midnight());
    let date = at
        .to_zoned(portal.site.zone.clone())
        .map_err(|_| Failure::new(format!("`{at}` is no time that a mail can have")))?;
    Ok(Envelope { date, from: args.from.clone(), to: args.to.clone() })
}
