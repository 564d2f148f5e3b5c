//! What Markdown pages have around their text, by kind, and what they say in lists.

use super::super::blocks::{Block, Fact, Section};
use super::super::names::View;
use super::super::prose;
use super::super::template::RenderFault;
use super::{document, proposals, questions, report, training};
use crate::model::audience::Restriction;
use crate::model::document::{Document, DocumentKind, Extra};
use crate::words::Spoken;

/// The text of a folder's own page, above the list of its kind.
pub struct Introduction {
    /// Its title.
    pub title: Spoken,
    /// Its sentence about itself.
    pub lede: Option<Spoken>,
    /// Its text, where it has one.
    pub section: Option<Section>,
    /// Its marking, which the page it introduces then has.
    pub restriction: Option<Restriction>,
}

/// What the page of `folder` says, if there is one.
///
/// # Errors
/// A live block of it that cannot be laid out.
pub fn introduction(view: &View<'_>, folder: &str) -> Result<Option<Introduction>, RenderFault> {
    let site = &view.portal.site;
    let own = ["index", "README"].iter().find_map(|name| site.document(&format!("{folder}/{name}")));
    own.map(|document| introduced(view, document)).transpose()
}

/// What the page says, as an introduction to what the generator adds.
///
/// # Errors
/// A live block of it that cannot be laid out.
pub fn introduced(view: &View<'_>, document: &Document) -> Result<Introduction, RenderFault> {
    let article = document.text(view.language);
    let html = document::range_html(view, article, prose::whole(&article.body))?;
    let section = (!html.trim().is_empty()).then(|| {
        let notices = document::notices(view, article).into_iter();
        let mut blocks: Vec<Block> = notices
            .map(|document::Notice { class, icon, line }| Block::Notice { class, icon, line })
            .collect();
        blocks.push(Block::Prose { html, lang: document::foreign(view, article) });
        Section::new("introduction", "", blocks)
    });
    Ok(Introduction {
        title: view.document_title(&document.key),
        lede: document::lede(view, article),
        section,
        restriction: article.restriction.clone(),
    })
}

/// What a page is about, in a sentence.
pub fn summary(view: &View<'_>, key: &str) -> Spoken {
    let Some(document) = view.portal.site.document(key) else { return Spoken::default() };
    let article = document.text(view.language);
    let first = || article.body.summary.as_deref().map(first_sentence);
    let said = document::lede(view, article);
    said.or_else(|| first().map(|first| view.spoken(first, &article.language))).unwrap_or_default()
}

fn first_sentence(text: &str) -> String {
    const LONGEST: usize = 160;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let at_word = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..at_word])
}

/// What a page's kind says of it besides the text.
pub fn facts(view: &View<'_>, document: &Document) -> Vec<Fact> {
    match &document.main().extra {
        Extra::Report(report) => report::facts(view, report),
        Extra::Advice(advice) => questions::facts(view, advice),
        Extra::Proposal(proposal) => proposals::facts(view, document, proposal),
        Extra::Training(module) => training::facts(view, document, module),
        Extra::None => Vec::new(),
    }
}

/// Sections that the generator adds before the text.
pub fn before(view: &View<'_>, document: &Document) -> Vec<Section> {
    match &document.main().extra {
        Extra::Report(report) => report::before(view, document, report, document.text(view.language)),
        _ => training::objectives(view, document).into_iter().collect(),
    }
}

/// Sections that the generator adds after the text.
pub fn after(view: &View<'_>, document: &Document) -> Vec<Section> {
    match &document.main().extra {
        Extra::Training(module) => {
            training::around(view, document).into_iter().chain(training::held(view, module)).collect()
        }
        Extra::Advice(advice) => questions::guides(view, document, advice),
        Extra::None if document.kind == DocumentKind::Guide => questions::about(view).into_iter().collect(),
        Extra::Report(_) | Extra::Proposal(_) | Extra::None => Vec::new(),
    }
}

/// The documents of a kind that are records: not a folder's own page.
pub fn documents<'a>(view: &View<'a>, kind: DocumentKind) -> impl Iterator<Item = &'a Document> {
    view.portal.site.documents_of(kind).filter(|document| !document.is_index && !document.is_hidden())
}
