//! Messages that people send on: a weekly overview, an announcement.
//!
//! 1. A [`Message`] says once what is to be said, without any markup.
//! 2. [`text`], [`markdown`] and [`html`] each write the same words for another place.
//! 3. [`eml`] puts the plain text and the HTML into one file that a mail program opens as a draft.
//!
//! Nothing here knows a clock, a recipient or a portal: the same message always gives the same bytes.

pub mod announcement;
pub mod eml;
pub mod html;
pub mod markdown;
pub mod text;
pub mod weekly;

use crate::diagnostic::Placed;
use crate::model::portal::Titled;
use crate::record::entries::Entries;
use crate::record::text::Text;
use crate::words::Spoken;

/// What is to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The subject line.
    pub subject: String,
    /// The language of the words, as a tag.
    pub language: String,
    /// The body.
    pub blocks: Vec<Block>,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Line),
    /// A list of equals.
    List(Vec<Line>),
    /// A table.
    Table(Table),
    /// Parts in another language than the message.
    Foreign {
        /// The language, as a tag.
        language: String,
        /// The parts.
        blocks: Vec<Self>,
    },
}

/// A table: as many cells in each row as there are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Line>>,
}

/// A line of text.
pub type Line = Vec<Piece>;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain words; passages in another language say so.
    Text(Spoken),
    /// Words that stand out.
    Strong(String),
    /// A link.
    Link {
        /// Its words.
        text: String,
        /// Where it leads: a whole address.
        href: String,
    },
}

impl Block {
    /// A paragraph of plain words.
    pub fn paragraph(words: impl Into<Spoken>) -> Self {
        Self::Paragraph(plain(words))
    }
}

impl Piece {
    /// A link; the words alone where there is no address.
    pub fn link(words: impl Into<String>, href: Option<String>) -> Self {
        let text = words.into();
        match href {
            Some(href) => Self::Link { text, href },
            None => Self::Text(text.into()),
        }
    }
}

/// A line of plain words.
pub fn plain(words: impl Into<Spoken>) -> Line {
    vec![Piece::Text(words.into())]
}

/// What is written in `text` for readers of `language`.
fn read(text: &Text, language: &str, default: &str) -> Spoken {
    let (text, own) = text.spoken(language, default);
    if own == language { Spoken::from(text) } else { Spoken::foreign(text, own) }
}

/// The title of the entry `id`, else its id.
fn titled(entries: &Entries<Placed<String>, Titled>, id: &str, language: &str, default: &str) -> Spoken {
    let title = entries.get(id).and_then(|entry| entry.title.as_ref());
    title.map_or_else(|| Spoken::from(id), |title| read(title, language, default))
}

/// Words on one line, however they were written.
fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod sample {
    use super::{Block, Message, Piece, Table, plain};

    /// A message with every kind of block.
    pub fn message() -> Message {
        Message {
            subject: "Nädalaülevaade".to_owned(),
            language: "et".to_owned(),
            blocks: vec![
                Block::paragraph("Tere!"),
                Block::Heading("Üle tähtaja".to_owned()),
                Block::List(vec![
                    vec![
                        Piece::Link {
                            text: "BEN-1".to_owned(),
                            href: "https://jira.example.ee/browse/BEN-1".to_owned(),
                        },
                        Piece::Text(" <Sum> & *stars*".into()),
                    ],
                    vec![Piece::Strong("BEN-2".to_owned()), Piece::Text(" kaks".into())],
                ]),
                Block::Table(Table {
                    columns: vec!["Meeskond".to_owned(), "Uusi".to_owned()],
                    rows: vec![
                        vec![plain("UAT | test"), plain("2")],
                        vec![plain("Ülevaatajad"), plain("10")],
                    ],
                }),
            ],
        }
    }
}
