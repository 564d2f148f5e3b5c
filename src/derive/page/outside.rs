//! Links that lead out of the portal, to the web.

use std::collections::BTreeMap;

use super::links::web;
use crate::diagnostic::Place;
use crate::model::Site;
use crate::model::body::Link;

/// Every outside address that pages link to, without its fragment, and where; those that the portal wants skipped
/// are left out. Addresses in records are not links of an author: an environment is often out of reach.
pub fn links(site: &Site) -> BTreeMap<String, Vec<Place>> {
    let settings = site.portal.external_links.as_ref();
    let skip: Vec<&str> =
        settings.into_iter().flat_map(|settings| &settings.skip).map(|pattern| pattern.as_str()).collect();
    let texts = site.documents.iter().flat_map(|document| &document.texts);
    let mut links: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for link in texts.flat_map(|text| &text.body.links) {
        if let Some(address) = address(link).filter(|address| !skip.iter().any(|skip| fits(skip, address))) {
            links.entry(address).or_default().push(link.place);
        }
    }
    links
}

/// The address that a link asks a server for.
fn address(link: &Link) -> Option<String> {
    let target = link.target.trim();
    let target = target.split_once('#').map_or(target, |(address, _)| address);
    match target.strip_prefix("//") {
        Some(rest) => Some(format!("https://{rest}")),
        None => web(target).map(str::to_owned),
    }
}

/// Whether `address` is what `pattern` says, where `*` stands for any letters, also none.
fn fits(pattern: &str, address: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| address.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    #[test]
    fn an_address_is_asked_once_however_often_it_is_linked() {
        let site = tree(&[
            ("portal.yaml", "title: P\nexternal_links: {skip: ['https://jira.example.ee/*']}"),
            (
                "guides/a.md",
                "[a](https://a.ee/x#one) [b](https://a.ee/x#two) ![c](//b.ee/c.png)\n\
                 [d](https://jira.example.ee/browse/X-1) [e](mailto:a@b.ee) [f](b.md) [g](#x)\n",
            ),
            ("guides/b.md", "<https://a.ee/x>"),
        ]);
        let links = links(&site);
        let counts: Vec<(&str, usize)> =
            links.iter().map(|(address, places)| (address.as_str(), places.len())).collect();
        assert_eq!(counts, [("https://a.ee/x", 3), ("https://b.ee/c.png", 1)]);
    }

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, address, wanted) in [
            ("https://a.ee/*", "https://a.ee/x/y", true),
            ("https://a.ee/*", "https://a.ee/", true),
            ("https://a.ee/", "https://a.ee/x", false),
            ("*://*.intra.ee/*", "https://x.y.intra.ee/z", true),
            ("*.ee", "https://a.ee", true),
            ("https://a.ee*x", "https://a.ee", false),
            ("", "https://a.ee", false),
        ] {
            assert_eq!(fits(pattern, address), wanted, "{pattern} {address}");
        }
    }
}
