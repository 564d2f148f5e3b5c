//! `robots.txt` (RFC 9309). It forbids nothing: a page that must not be found says `noindex`, and a
//! robot that may not read a page never sees that.

use super::super::portal::Portal;

/// The file.
pub fn bytes(portal: &Portal) -> Vec<u8> {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &portal.base_url {
        text.push_str(&format!("Sitemap: {base}/sitemap.xml\n"));
    }
    text.into_bytes()
}
