//! `robots.txt` (RFC 9309). It forbids no page that this program makes: one that must not be found says `noindex`, and
//! a robot that may not read a page never sees that. Finished HTML of an earlier tool is published byte for byte and
//! says nothing, so that of a version which must not be found it is forbidden.

use super::super::export::redirects::base_path;
use super::super::names::encode;
use super::super::portal::Portal;
use super::super::versions;

/// The file.
pub fn bytes(portal: &Portal) -> Vec<u8> {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    let base = portal.base_url.as_deref().unwrap_or_default();
    for root in versions::finished_unlisted(portal) {
        text.push_str(&format!("Disallow: {}{}/\n", base_path(base), encode(root)));
    }
    if let Some(base) = &portal.base_url {
        text.push_str(&format!("Sitemap: {base}/sitemap.xml\n"));
    }
    text.into_bytes()
}
