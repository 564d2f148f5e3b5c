//! `addresses.json`: every address that people and programs may keep, a line each, sorted. `juhend check
//! --against` compares it with the addresses of another day.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::super::plan::{Content, plan};
use super::super::portal::Portal;
use super::super::theme::Theme;
use super::json::SCHEMA;
use crate::derive::page::routes::Subject;
use crate::derive::page::title;
use crate::model::addresses::{Address, Text};
use crate::model::document::{Article, Document};
use crate::model::portal::VersionState;

/// Where the list stands.
pub const ADDRESS: &str = "/addresses.json";

/// The addresses of `portal`, sorted; those of its versions are among them, of which nobody promised more than that
/// they stay. Parts of long tables, files beside pages, pictures and what carries a hash in its name are left out:
/// nobody keeps those, and they come and go with the data. So do previews, and what changed between versions, which
/// follows from the list of these.
pub fn list(portal: &Portal, theme: &Theme) -> Vec<Address> {
    let documents = documents(portal);
    let pages = plan(portal, theme).into_iter();
    let mut list: Vec<Address> = pages
        .filter_map(|page| {
            let plain = |address| Address { address, leads_to: None, text: None };
            match page.content {
                Content::Html { subject: Subject::NotFound | Subject::Part(..), .. } => None,
                Content::Html { subject, language } => {
                    let document = documents.get(&subject);
                    let text = document.map(|document| text(portal, document, &language));
                    Some(Address { text, ..plain(page.address) })
                }
                Content::Calendar(..) | Content::Feed(..) | Content::Api(_) => Some(plain(page.address)),
                Content::Media(path) => (!is_picture(&path)).then(|| plain(page.address)),
                _ => None,
            }
        })
        .collect();
    list.extend(portal.redirects.list.iter().map(|redirect| Address {
        address: redirect.from.clone(),
        leads_to: Some(redirect.address(&portal.routes)),
        text: None,
    }));
    list.extend(of_versions(portal).into_iter().map(|address| Address {
        address,
        leads_to: None,
        text: None,
    }));
    list.sort_by(|a, b| a.address.cmp(&b.address));
    list
}

/// The pages of versions beside the current one, those that are still being written aside.
fn of_versions(portal: &Portal) -> BTreeSet<String> {
    let Some(standing) = &portal.standing else { return BTreeSet::new() };
    let editions = &standing.editions;
    let is_kept = |at: &usize| {
        let edition = editions.get(*at).filter(|_| *at != standing.own);
        edition.is_some_and(|edition| edition.state != VersionState::Preview)
    };
    let others = (0..editions.all().len()).filter(is_kept);
    let languages = &portal.site.languages;
    others
        .flat_map(|at| languages.iter().flat_map(move |language| editions.addresses(at, language)))
        .collect()
}

/// The Markdown page that stands on the page of each subject.
fn documents(portal: &Portal) -> HashMap<&Subject, &Document> {
    let documents = portal.site.documents.iter();
    documents
        .filter_map(|document| Some((portal.routes.of_source(&document.main().path)?, document)))
        .collect()
}

fn text(portal: &Portal, document: &Document, language: &str) -> Text {
    let article = document.text(language);
    // A page keeps its id in all its languages.
    let id = article.front.id.as_ref().or(document.main().front.id.as_ref());
    Text {
        language: language.to_owned(),
        title: title::of_article(article, portal.site.default_language()),
        id: id.map(|id| id.value.clone()),
        digest: digest(article),
        source: article.path.clone(),
        anchors: anchors(article),
    }
}

fn digest(article: &Article) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    article.body.text().for_each(|html| {
        hasher.update(html.as_bytes());
    });
    let digits = hasher.finalize().to_hex();
    (article.body.words > 0).then(|| digits.as_str().chars().take(16).collect())
}

/// Ids of headings and of the author's own HTML; nobody links to a footnote of another page.
fn anchors(article: &Article) -> Vec<String> {
    let headings = article.body.headings.iter().map(|heading| &heading.id);
    let own = article.body.anchors.iter().filter(|id| !id.starts_with("fn-") && !id.starts_with("fnref-"));
    let mut anchors: Vec<String> = headings.chain(own).cloned().collect();
    anchors.sort();
    anchors.dedup();
    anchors
}

fn is_picture(path: &str) -> bool {
    const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"];
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

#[derive(Serialize)]
struct Entry<'a> {
    address: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(flatten)]
    text: Option<TextEntry<'a>>,
}

#[derive(Serialize)]
struct TextEntry<'a> {
    language: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<&'a str>,
    source: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    anchors: &'a [String],
}

/// The file: JSON with a line for each address, so that two lists can be compared line by line.
pub fn text_of(list: &[Address]) -> String {
    let lines: Vec<String> =
        list.iter().map(|address| serde_json::to_string(&entry(address)).unwrap_or_default()).collect();
    format!("{{\"schema\": {SCHEMA}, \"addresses\": [\n{}\n]}}\n", lines.join(",\n"))
}

fn entry(address: &Address) -> Entry<'_> {
    Entry {
        address: &address.address,
        to: address.leads_to.as_deref(),
        text: address.text.as_ref().map(|text| TextEntry {
            language: &text.language,
            title: &text.title,
            id: text.id.as_deref(),
            digest: text.digest.as_deref(),
            source: &text.source,
            anchors: &text.anchors,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_line() {
        let text = Text {
            language: "et".to_owned(),
            title: "A \"b\"".to_owned(),
            id: None,
            digest: Some("0f".to_owned()),
            source: "guides/a.md".to_owned(),
            anchors: vec!["x".to_owned()],
        };
        let list = [
            Address { address: "/a/".to_owned(), leads_to: None, text: Some(text) },
            Address { address: "/b/".to_owned(), leads_to: Some("/a/".to_owned()), text: None },
        ];
        assert_eq!(
            text_of(&list),
            "{\"schema\": 1, \"addresses\": [\n\
             {\"address\":\"/a/\",\"language\":\"et\",\"title\":\"A \\\"b\\\"\",\"digest\":\"0f\",\
             \"source\":\"guides/a.md\",\"anchors\":[\"x\"]},\n\
             {\"address\":\"/b/\",\"to\":\"/a/\"}\n]}\n"
        );
    }
}
