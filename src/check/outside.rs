//! What the web says of links that lead there. No rule asks it: a command does, when it is told to, and brings
//! the answers here.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level, Place, Rule};

/// An outside address that is surely not there.
pub static DEAD_OUTSIDE_LINK: Rule = Rule {
    name: "dead-outside-link",
    level: Level::Error,
    what: "A link leads to an address of another host that surely is not there. Found by `juhend check --external`.",
    why: "Readers would end on a page that says it does not exist, or on none at all.",
    example: "[the law](https://www.example.ee/gone)",
};

/// Faults that only the web can tell.
pub static ALL: &[&Rule] = &[&DEAD_OUTSIDE_LINK];

/// A fault for each link to a dead address; `dead` says why each is.
pub fn faults(links: &BTreeMap<String, Vec<Place>>, dead: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let places = |address: &str| links.get(address).into_iter().flatten();
    let fault = |address: &str, why: &str, place: &Place| {
        Diagnostic::new(&DEAD_OUTSIDE_LINK, *place, format!("`{address}` {why}"))
            .hint("lead the link elsewhere, or take it out")
    };
    dead.iter()
        .flat_map(|(address, why)| places(address).map(move |place| fault(address, why, place)))
        .collect()
}
