//! `juhend announce`: what those affected by a cloning or a release are told, as a text to send.

use jiff::civil::Time;

use super::build::PurposeArgs;
use super::exit::{Exit, Failure};
use super::letter::{LetterArgs, language};
use super::project::{Memory, Project};
use super::{Global, report};
use crate::diagnostic::did_you_mean;
use crate::model::Site;
use crate::model::audience::Audience;
use crate::render::message::announcement::{Announced, in_languages};

/// Arguments of `announce`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A cloning, as `preprod/2026-11`, or a release, as `2026.10`
    #[arg(value_name = "CLONING|RELEASE")]
    what: String,
    /// What nobody needs to write
    #[arg(hide = true)]
    more: Vec<String>,
    /// The language, or `all`: one language after another
    #[arg(long, value_name = "TAG", default_value = ALL)]
    language: String,
    #[command(flatten)]
    letter: LetterArgs,
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

/// Prints the announcement.
pub fn run(global: &Global, args: &Args) -> Result<Exit, Failure> {
    only(&args.what, &args.more)?;
    let project = Project::find(global)?;
    let assembly =
        project.assemble(&args.purpose.purpose(global, Audience::Internal), &mut Memory::default())?;
    let portal = &assembly.portal;
    let languages = languages(&portal.site, &args.language)?;
    let announced = find(&portal.site, &args.what)?;
    let message = in_languages(portal, &languages, announced)
        .ok_or_else(|| Failure::new("the portal has no language"))?;
    let day = portal.as_of.to_datetime(Time::midnight());
    report::answer(&args.letter.printed(&portal.site, &message, day)?);
    Ok(Exit::Fine)
}

/// Refuses more than one thing to announce, as in `announce release 2026.10`.
fn only(what: &str, more: &[String]) -> Result<(), Failure> {
    let Some(next) = more.first() else { return Ok(()) };
    let failure = Failure::new("only one cloning or release is announced at a time");
    Err(if matches!(what, "release" | "cloning") {
        failure.hint(format!("leave `{what}` away: `juhend announce {next}`"))
    } else {
        failure.hint(format!("announce one after another: `juhend announce {what}`"))
    })
}

/// The languages that are printed: one of the portal's, or all.
fn languages<'a>(site: &'a Site, wanted: &str) -> Result<Vec<&'a str>, Failure> {
    match language(site, wanted) {
        Err(_) if wanted == ALL => Ok(site.languages.iter().map(String::as_str).collect()),
        one => Ok(vec![one?]),
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
    let release = || site.releases.get(what).map(Announced::Release);
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
