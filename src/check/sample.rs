//! What a rule finds in a small content tree.

use jiff::civil::Date;

use super::{Context, check, check_addresses};
use crate::derive::page::backlinks::Backlinks;
use crate::derive::page::redirects::Redirects;
use crate::derive::page::routes::{Routes, Subject};
use crate::derive::page::title;
use crate::derive::report::sections::Templates;
use crate::derive::run::results::Results;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::model::addresses::{Address, Text, Told};
use crate::model::published::Published;
pub use crate::parse::sample::{tree, tree_for};

/// The messages of the rule `name`, as of 16 October 2026.
pub fn messages_of(name: &str, site: &Site) -> Vec<String> {
    faults_of(name, site).into_iter().map(|fault| fault.message).collect()
}

/// The faults of the rule `name`, as of 16 October 2026.
pub fn faults_of(name: &str, site: &Site) -> Vec<Diagnostic> {
    faults_since(name, site, &[])
}

/// The messages of the rule `name` about what the portal of `before` had and that of `site` has not.
pub fn messages_against(name: &str, before: &Site, site: &Site) -> Vec<String> {
    let told = Told { by: "the portal in `public`".to_owned(), list: addresses(before), renames: Vec::new() };
    let made = addresses(site);
    let faults = faults_in(name, site, &[], (&[told], &made));
    faults.into_iter().map(|fault| fault.message).collect()
}

/// The addresses of the pages of `site`, as a portal lists them.
fn addresses(site: &Site) -> Vec<Address> {
    let routes = Routes::of(site);
    let language = site.default_language();
    let redirects = Redirects::of(site, &routes).list;
    let led = redirects.iter().map(|redirect| Address {
        address: redirect.from.clone(),
        leads_to: Some(redirect.address(&routes)),
        text: None,
    });
    let text_at = |subject: &Subject| {
        let mut documents = site.documents.iter();
        let document = documents.find(|document| routes.of_source(&document.main().path) == Some(subject))?;
        let article = document.main();
        Some(Text {
            language: language.to_owned(),
            title: title::of_article(article, language),
            id: None,
            digest: Some(article.body.text().collect()),
            source: article.path.clone(),
            anchors: article
                .body
                .headings
                .iter()
                .map(|heading| heading.id.clone())
                .chain(article.body.anchors.iter().cloned())
                .collect(),
        })
    };
    let pages = routes.subjects().map(|subject| Address {
        address: routes.address(subject, language),
        leads_to: None,
        text: text_at(subject),
    });
    pages.chain(led).collect()
}

/// The same, after these dates were told.
pub fn faults_since(name: &str, site: &Site, earlier: &[Published]) -> Vec<Diagnostic> {
    faults_in(name, site, earlier, (&[], &[]))
}

fn faults_in(
    name: &str,
    site: &Site,
    earlier: &[Published],
    (told, made): (&[Told], &[Address]),
) -> Vec<Diagnostic> {
    let routes = Routes::of(site);
    let backlinks = Backlinks::of(site, &routes);
    let templates = Templates::of([("en", ())], |(), key| template(key));
    let context = Context {
        site,
        routes: &routes,
        redirects: &Redirects::of(site, &routes),
        backlinks: &backlinks,
        results: &Results::of(site),
        templates: &templates,
        earlier,
        told,
        made,
        as_of: Date::constant(2026, 10, 16),
    };
    check(&context)
        .into_iter()
        .chain(check_addresses(&context))
        .filter(|fault| fault.rule.name == name)
        .collect()
}

/// A section of a report is called by its word in the code, and told to be written.
fn template(key: &str) -> String {
    let word = key.rsplit('.').next().unwrap_or_default().replace('_', " ");
    if key.contains("_hint") { format!("Write the {word}.") } else { word }
}
