//! What `announce` and `weekly` share: in which form a message is printed, and who a mail is from and to.

use clap::ValueEnum;
use jiff::civil::DateTime;

use super::exit::Failure;
use crate::model::Site;
use crate::render::message::eml::{Envelope, Mailbox, eml};
use crate::render::message::{Message, html, markdown, text};

/// Arguments of a message.
#[derive(Debug, clap::Args)]
pub struct LetterArgs {
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Of a mail: who gets it, an address alone; may be given more than once
    #[arg(long, value_name = "ADDRESS", value_parser = mailbox)]
    to: Vec<Mailbox>,
    /// Of a mail: who sends it, an address alone [default: your mail program puts it]
    #[arg(long, value_name = "ADDRESS", value_parser = mailbox)]
    from: Option<Mailbox>,
}

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

impl LetterArgs {
    /// `message` as it is printed. A mail is of the time `at` in the portal's zone, so that it is the same whenever
    /// it is printed.
    ///
    /// # Errors
    /// A time that a mail cannot have.
    pub fn printed(&self, site: &Site, message: &Message, at: DateTime) -> Result<String, Failure> {
        Ok(match self.format {
            Format::Text => format!("{}\n\n{}", message.subject, text::text(message)),
            Format::Markdown => markdown::markdown(message),
            Format::Html => html::html(message),
            Format::Eml => eml(message, &self.envelope(site, at)?),
        })
    }

    fn envelope(&self, site: &Site, at: DateTime) -> Result<Envelope, Failure> {
        let date = at
            .to_zoned(site.zone.clone())
            .map_err(|_| Failure::new(format!("`{at}` is no time that a mail can have")))?;
        Ok(Envelope { date, from: self.from.clone(), to: self.to.clone() })
    }
}

/// The language of `site` that is called `wanted`.
///
/// # Errors
/// A language that the portal does not have.
pub fn language<'a>(site: &'a Site, wanted: &str) -> Result<&'a str, Failure> {
    let known = site.languages.iter().find(|known| *known == wanted);
    known.map(String::as_str).ok_or_else(|| {
        Failure::new(format!("the portal has no language `{wanted}`"))
            .hint(format!("its languages are {}", site.languages.join(", ")))
    })
}
