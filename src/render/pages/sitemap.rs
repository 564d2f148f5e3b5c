//! `sitemap.xml` (sitemaps.org protocol 0.9), each page with its translations.

use super::super::names::encode;
use super::super::portal::Portal;
use super::super::prose::attribute;
use crate::derive::page::routes::Subject;

/// The file; empty of addresses where the portal's own is not known.
pub fn bytes(portal: &Portal) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let base = portal.base_url.as_deref().unwrap_or_default();
    let languages = &portal.site.languages;
    for subject in portal.routes.subjects().filter(|subject| !is_left_out(portal, subject)) {
        for language in languages {
            let url = |language: &str| {
                attribute(&format!("{base}{}", encode(&portal.routes.address(subject, language))))
            };
            xml.push_str(&format!("<url><loc>{}</loc>", url(language)));
            // Readers of a language that the portal lacks get its default one.
            let all = languages.iter().map(|other| (other.as_str(), other));
            let all = all.chain(languages.first().map(|first| ("x-default", first)));
            for (tag, other) in all.filter(|_| languages.len() > 1) {
                xml.push_str(&format!(
                    "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\"/>",
                    url(other)
                ));
            }
            xml.push_str("</url>\n");
        }
    }
    for url in older(portal) {
        xml.push_str(&format!("<url><loc>{}</loc></url>\n", attribute(&format!("{base}{}", encode(&url)))));
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// The pages of older versions that are still kept right.
fn older(portal: &Portal) -> Vec<String> {
    let Some(standing) = &portal.standing else { return Vec::new() };
    let editions = &standing.editions;
    let is_listed =
        |at: &usize| *at != standing.own && editions.get(*at).is_some_and(|edition| !edition.is_unlisted());
    let places = (0..editions.all().len()).filter(is_listed);
    places
        .flat_map(|at| {
            portal.site.languages.iter().flat_map(move |language| editions.addresses(at, language))
        })
        .collect()
}

/// Pages that no search engine should list.
fn is_left_out(portal: &Portal, subject: &Subject) -> bool {
    match subject {
        Subject::NotFound | Subject::Difference(_) | Subject::PageDifference(..) => true,
        Subject::Document(key) | Subject::Slides(key) => portal.site.is_hidden(key),
        _ => false,
    }
}
