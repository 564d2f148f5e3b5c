//! The author's text of a report with what the generator draws into it.

use super::super::document::{foreign, range_html};
use super::super::downloads::within_text;
use super::super::embeds::{self, Heading};
use super::findings::heading;
use super::{Issue, defects, gate, measures, runs};
use crate::derive::report::sections::{self, Found, Part};
use crate::model::document::Article;
use crate::model::page::Report;
use crate::render::blocks::{Block, text};
use crate::render::names::View;
use crate::render::prose;
use crate::render::template::RenderFault;

/// A text, and the headings that the generator added to it.
pub struct Drawn {
    /// The text.
    pub html: String,
    /// Headings of sections that the author did not write.
    pub headings: Vec<Heading>,
    /// Tables that are too long for a text: the name of each file and its text.
    pub tables: Vec<(String, String)>,
}

/// The text of `article` with the generator's part of each section behind its heading; below a summary,
/// which comes first for its readers. What belongs to a section that the author did not write stands at
/// the end, under the section's heading, and says so.
///
/// # Errors
/// A template of live blocks that wants what they do not have.
pub fn drawn(view: &View<'_>, report: &Report, article: &Article) -> Result<Drawn, RenderFault> {
    let body = &article.body;
    let Some(kind) = report.r#type.as_ref() else {
        let html = range_html(view, article, prose::whole(body))?;
        return Ok(Drawn { html, headings: Vec::new(), tables: Vec::new() });
    };
    let sections = sections::of(body, kind.value, &view.portal.templates);
    let issue = Issue::of(view, report);
    let lang = foreign(view, article).map(|_| view.language);
    let piece = |heading: usize| body.headings.get(heading).map_or(body.pieces.len(), |of| of.piece);
    let mut html = String::new();
    let mut tables = Vec::new();
    let mut blocks = |part: Part| {
        let (blocks, files) = within_text(view, part.word(), blocks(view, &issue, part));
        tables.extend(files);
        blocks
    };
    let mut from = 0;
    for found in &sections.found {
        let range = piece(found.heading)..piece(found.end);
        html.push_str(&range_html(view, article, from..range.start)?);
        from = range.end;
        let own = range_html(view, article, range)?;
        let blocks = blocks(found.part);
        let added = if blocks.is_empty() { String::new() } else { embeds::drawn(view, blocks, lang, None)? };
        html.push_str(&placed(article, found, &own, &added));
    }
    html.push_str(&range_html(view, article, from..body.pieces.len())?);
    let mut headings = Vec::new();
    for part in &sections.missing {
        let mut blocks = blocks(*part);
        if !blocks.is_empty() {
            blocks.insert(
                0,
                Block::Notice {
                    class: "is-warning",
                    icon: "limited",
                    line: text(view.say("report.not_written")),
                },
            );
            let heading = Heading {
                id: format!("p:{}", part.word().replace('_', "-")),
                title: heading(view, report, *part),
            };
            html.push_str(&embeds::drawn(view, blocks, lang, Some(&heading))?);
            headings.push(heading);
        }
    }
    Ok(Drawn { html, headings, tables })
}

/// What the generator draws into a section.
fn blocks(view: &View<'_>, issue: &Issue<'_>, part: Part) -> Vec<Block> {
    match part {
        Part::Summary | Part::Progress => runs::blocks(view, issue),
        Part::Evaluation => gate::blocks(view, issue),
        Part::Measures => measures::blocks(view, issue),
        Part::ResidualRisks => defects::blocks(view, issue),
        _ => Vec::new(),
    }
}

/// The HTML of a section with `added` in its place.
fn placed(article: &Article, found: &Found, own: &str, added: &str) -> String {
    let level = article.body.headings.get(found.heading).map_or(2, |heading| heading.level);
    let end = format!("</h{level}>");
    let at = own.find(&end).map_or(0, |at| at + end.len());
    let at = if found.part == Part::Summary { own.len() } else { at };
    let (before, after) = own.split_at(at);
    format!("{before}\n{added}{after}")
}
