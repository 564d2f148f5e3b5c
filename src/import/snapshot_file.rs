//! The text of a snapshot file, as a person would write it.

use super::tickets::ImportedTicket;
use crate::record::writing::{Written, entry, item};

/// The file of a snapshot of the time `as_of` with these tickets, and no word of who works on them.
pub fn text(as_of: &str, tickets: &[ImportedTicket]) -> String {
    let head = entry("as_of", &Written::word(as_of), 0);
    if tickets.is_empty() {
        return format!("{head}tickets: []\n");
    }
    let items: String = tickets.iter().map(|ticket| item(&keys(ticket), 2)).collect();
    format!("{head}tickets:\n{items}")
}

fn keys(ticket: &ImportedTicket) -> Vec<(String, Written)> {
    let text = |text: &Option<String>| text.as_ref().map(Written::text);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| Written::word(day.to_string()));
    let keys = [
        ("key", Some(Written::text(&ticket.key))),
        ("title", text(&ticket.title)),
        ("status", Some(Written::text(&ticket.status))),
        ("since", day(ticket.since)),
        ("updated", day(ticket.updated)),
        ("test_due", day(ticket.test_due)),
        ("release", text(&ticket.releases.first().cloned())),
        ("team", text(&ticket.team)),
        ("next_step", text(&ticket.next_step)),
        ("note", text(&ticket.note)),
    ];
    keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}
