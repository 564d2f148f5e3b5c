//! `security.txt` would name nobody, or what is no address.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Placed, Rule};

static RULE: Rule = Rule {
    name: "security-contact",
    level: Level::Error,
    what: "The key `security` names no contact, or something that `security.txt` cannot hold: a contact is a mailbox, \
           `mailto:`, `tel:` or `https:`, a page begins with `https:` (a key may be `dns:` or `openpgp4fpr:`).",
    why: "Programs read the file; what is not in the form of RFC 9116 they pass over, and a report of a weakness \
          goes to nobody.",
    example: "security: {contact: [http://example.ee/form], expires: 2027-10-01}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(security) = &context.site.portal.security else { return Vec::new() };
    let mut faults = Vec::new();
    if security.contact.is_empty() {
        let place = context.site.portal_file.map_or(security.expires.place, Place::whole);
        let fault = Diagnostic::new(&RULE, place, "`security` names no contact");
        faults.push(fault.hint("name a service mailbox: `contact: [security@example.ee]`"));
    }
    let contacts = security.contact.iter().filter(|contact| !is_contact(contact));
    let key = security.encryption.as_ref();
    let pages =
        security.pages().filter(|page| !is_page(page) && !key.is_some_and(|key| key == *page && is_key(key)));
    let told = |wrong: &Placed<String>, hint: &str| {
        let message = format!("`{}` is no address for `security.txt`", wrong.value);
        Diagnostic::new(&RULE, wrong.place, message).hint(hint.to_owned())
    };
    faults.extend(
        contacts.map(|contact| told(contact, "write a mailbox, or an address that begins with `https:`")),
    );
    faults.extend(pages.map(|page| told(page, "write an address that begins with `https:`")));
    faults
}

fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn is_page(text: &str) -> bool {
    is_plain(text) && text.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
}

fn is_key(text: &str) -> bool {
    is_plain(text) && ["dns:", "openpgp4fpr:"].iter().any(|scheme| text.starts_with(scheme))
}

fn is_contact(text: &str) -> bool {
    let is_mailbox =
        |text: &str| text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let mailbox = text.strip_prefix("mailto:").unwrap_or(text);
    let is_number = text.strip_prefix("tel:").is_some_and(|number| number.starts_with(['+', '0']));
    is_plain(text) && (is_page(text) || is_number || (!mailbox.contains(':') && is_mailbox(mailbox)))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn contacts_and_pages_are_addresses() {
        for (keys, told) in [
            (
                "contact: [security@example.ee, \"mailto:a@example.ee\", \"tel:+372-600-0000\", https://example.ee/s]",
                0,
            ),
            (
                "contact: [Mari Maasikas, http://example.ee/s, \"javascript:alert(1)\", \"a@b.ee\\nContact: x\"]",
                4,
            ),
            ("contact: []", 1),
            ("contact: [a@example.ee], policy: http://example.ee/", 1),
            (
                "contact: [a@example.ee], encryption: \"openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f\"",
                0,
            ),
            ("contact: [a@example.ee], policy: \"openpgp4fpr:5f\"", 1),
        ] {
            let portal = format!("title: P\nsecurity: {{{keys}, expires: 2027-01-01}}\n");
            let found = messages_of("security-contact", &tree(&[("portal.yaml", &portal)]));
            assert_eq!(found.len(), told, "{keys}: {found:?}");
        }
    }
}
