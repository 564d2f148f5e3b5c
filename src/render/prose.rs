//! The holes of a Markdown body, filled.

use std::collections::BTreeSet;

use super::names::{View, encode};
use crate::derive::page::links::{self, Destination};
use crate::derive::page::routes::Routes;
use crate::model::Site;
use crate::model::body::LinkKind;
use crate::model::body::{Body, Piece};
use crate::model::document::Article;
use crate::model::site::Media;
use crate::record::reference::Kind;

/// The HTML of pieces `range` of an article; `embed` draws the live block with an index.
pub fn html(
    view: &View<'_>,
    article: &Article,
    range: std::ops::Range<usize>,
    embed: &mut dyn FnMut(usize) -> String,
) -> String {
    let mut out = String::new();
    let pieces = article.body.pieces.get(range).unwrap_or_default();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Address(index) => {
                let is_image = out.ends_with("<img src=\"");
                out.push_str(&attribute(&address(view, article, *index)));
                let rest = pieces.get(at + 1);
                if let (true, Some(Piece::Html(rest))) = (is_image, rest) {
                    out.push_str(&size(view, article, *index, rest).unwrap_or_default());
                }
            }
            Piece::Embed(index) => out.push_str(&embed(*index)),
        }
    }
    out
}

/// The attributes that keep a place for an image while it is on its way, if its author, whose own attributes stand in
/// `rest`, has not said how large it is: they follow the address, whose closing quote is still to come.
fn size(view: &View<'_>, article: &Article, index: usize, rest: &str) -> Option<String> {
    let tag = rest.get(..rest.find('>')?)?;
    if tag.contains(" width=") || tag.contains(" height=") {
        return None;
    }
    let link = article.body.links.get(index)?;
    let Destination::File(path) = links::resolve(&view.portal.site, &view.portal.routes, article, link)
    else {
        return None;
    };
    let media = view.portal.site.media.get(&path)?;
    let picture = media.picture?;
    let size = format!("\" width=\"{}\" height=\"{}", picture.width, picture.height);
    Some(format!("{size}{}", widths(view, &path, media)))
}

/// The attributes by which a browser chooses among a picture and its copies in fewer dots, in the place where the
/// column of text is as wide as `sizes` says.
fn widths(view: &View<'_>, path: &str, media: &Media) -> String {
    let (Some(picture), false) = (media.picture, media.narrower.is_empty()) else { return String::new() };
    let address = |path: &str| attribute(&view.href_to(&view.portal.routes.file(path)));
    let copies = media.narrower.iter().map(|copy| (address(&copy.path), copy.width));
    let all: Vec<String> = copies
        .chain(std::iter::once((address(path), picture.width)))
        .map(|(address, width)| format!("{address} {width}w"))
        .collect();
    format!("\" srcset=\"{}\" sizes=\"(min-width: 42rem) 39rem, 100vw", all.join(", "))
}

/// The pictures of which there are copies in fewer dots and which a page shows, by their paths.
pub fn narrowed_pictures(site: &Site, routes: &Routes) -> BTreeSet<String> {
    if site.media.values().all(|media| media.narrower.is_empty()) {
        return BTreeSet::new();
    }
    let articles = site.documents.iter().flat_map(|document| &document.texts);
    let images = articles.flat_map(|article| {
        let images = article.body.links.iter().filter(|link| link.kind == LinkKind::Image);
        images.filter_map(|link| match links::resolve(site, routes, article, link) {
            Destination::File(path) => Some(path),
            _ => None,
        })
    });
    images.filter(|path| site.media.get(path).is_some_and(|media| !media.narrower.is_empty())).collect()
}

/// The whole of an article.
pub fn whole(body: &Body) -> std::ops::Range<usize> {
    0..body.pieces.len()
}

fn address(view: &View<'_>, article: &Article, index: usize) -> String {
    let Some(link) = article.body.links.get(index) else { return "#".to_owned() };
    match links::resolve(&view.portal.site, &view.portal.routes, article, link) {
        Destination::External(target) => target,
        Destination::Page(subject, fragment) => {
            let page = if &subject == view.subject { String::new() } else { view.href(&subject) };
            match fragment {
                Some(fragment) => format!("{page}#{}", encode(&fragment)),
                None if page.is_empty() => view.href(&subject),
                None => page,
            }
        }
        Destination::File(path) => view.href_to(&view.portal.routes.file(&path)),
        // A broken link is reported by the checks; on the page it leads nowhere and says so.
        Destination::Broken(_) => "#".to_owned(),
    }
}

/// Escapes a text for an attribute in double quotes.
pub fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Images and attachments that something in the portal shows or links to: only these are published.
pub fn shown_media(site: &Site, routes: &Routes) -> BTreeSet<String> {
    let mut shown = BTreeSet::new();
    for document in &site.documents {
        for article in &document.texts {
            for link in &article.body.links {
                if let Destination::File(path) = links::resolve(site, routes, article, link) {
                    shown.insert(path);
                }
            }
        }
    }
    crate::derive::page::backlinks::each_record(site, |_, path, record| {
        record.references(&mut |pointer| {
            if pointer.kind == Kind::File {
                shown.extend(links::file_at(site, path, &pointer.id));
            }
        });
    });
    shown.extend(links::logo(site));
    shown
}

/// Those that its pages show or link to.
pub fn shown_in_documents(site: &Site, routes: &Routes) -> BTreeSet<String> {
    let mut shown = BTreeSet::new();
    for document in &site.documents {
        for article in document.texts.iter().filter(|article| routes.is_own(&article.path)) {
            for link in &article.body.links {
                if let Destination::File(path) = links::resolve(site, routes, article, link) {
                    shown.insert(path);
                }
            }
        }
    }
    shown
}
