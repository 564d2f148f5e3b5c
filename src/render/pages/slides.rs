//! A training module as slides: a new one at each second-level heading.

use serde::Serialize;

use super::super::frame::{About, Frame, marking};
use super::super::names::View;
use super::super::template::RenderFault;
use super::document::{foreign, lede, range_html};
use crate::derive::page::routes::Subject;
use crate::words::Spoken;

#[derive(Serialize)]
struct SlidesView {
    frame: Frame,
    title: Spoken,
    lede: Option<Spoken>,
    /// The way back to the page.
    page: String,
    slides: Vec<Slide>,
    text_lang: Option<String>,
}

#[derive(Serialize)]
struct Slide {
    html: String,
    /// "Slide 2 of 9".
    name: String,
}

/// The template.
pub const TEMPLATE: &str = "slides.html";

/// Draws the slides of the module with the key.
pub fn render(view: &View<'_>, key: &str, frame: &dyn Fn(About) -> Frame) -> Result<String, RenderFault> {
    let Some(document) = view.portal.site.document(key) else {
        return Err(RenderFault {
            page: Some(view.address.clone()),
            message: format!("there is no page `{key}`"),
        });
    };
    let article = document.text(view.language);
    let title = view.document_title(key);
    let mut starts: Vec<usize> = article
        .body
        .headings
        .iter()
        .filter(|heading| heading.level <= 2)
        .map(|heading| heading.piece)
        .collect();
    starts.insert(0, 0);
    starts.push(article.body.pieces.len());
    starts.dedup();
    let about = About {
        title: view.fill_spoken("slides.title", &[("title", &title)]),
        description: None,
        scripts: vec!["slides.js"],
        restriction: article.restriction.as_ref().map(|restriction| marking(view, restriction)),
    };
    let frame = frame(about);
    let parts: Vec<String> = starts
        .windows(2)
        .map(|pair| range_html(view, article, pair[0]..pair[1]))
        .collect::<Result<_, _>>()?;
    let parts: Vec<String> = parts.into_iter().filter(|html| !html.trim().is_empty()).collect();
    // The title is a slide of its own.
    let count = view.words().number(parts.len() + 1);
    let name = |at: usize| view.fill("slides.slide", &[("n", &view.words().number(at)), ("m", &count)]);
    let slides = parts.into_iter().enumerate().map(|(at, html)| Slide { html, name: name(at + 2) }).collect();
    let page = SlidesView {
        frame,
        lede: lede(view, article),
        page: view.href(&Subject::Document(key.to_owned())),
        text_lang: foreign(view, article),
        slides,
        title,
    };
    view.engine()?.render(TEMPLATE, &page, &view.address)
}
