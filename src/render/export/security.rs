//! `security.txt` (RFC 9116): whom to tell of a weakness of the portal.

use super::super::portal::Portal;
use crate::model::security::Security;

/// Where the file stands. On a host it counts at the root alone.
pub const ADDRESS: &str = "/.well-known/security.txt";

/// The file for `portal`, which says `security` of itself.
pub fn text(portal: &Portal, security: &Security) -> String {
    let mut text = String::new();
    let mut field = |name: &str, value: &str| text.push_str(&format!("{name}: {value}\n"));
    for contact in &security.contact {
        field("Contact", &address(contact));
    }
    // The day is the last on which the file holds.
    field("Expires", &format!("{}T23:59:59Z", security.expires.value));
    for (name, value) in [
        ("Encryption", &security.encryption),
        ("Acknowledgments", &security.acknowledgments),
        ("Policy", &security.policy),
        ("Hiring", &security.hiring),
    ] {
        if let Some(value) = value {
            field(name, value);
        }
    }
    let named: Vec<&str> = security.languages.iter().map(|tag| tag.value.as_str()).collect();
    let own = || portal.site.languages.iter().map(String::as_str).collect();
    field("Preferred-Languages", &if named.is_empty() { own() } else { named }.join(", "));
    if let Some(base) = &portal.base_url {
        field("Canonical", &format!("{base}{ADDRESS}"));
    }
    text
}

/// A contact as an address: a mailbox may be written without `mailto:`.
fn address(contact: &str) -> String {
    if contact.contains(':') { contact.to_owned() } else { format!("mailto:{contact}") }
}
