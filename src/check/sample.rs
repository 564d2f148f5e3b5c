//! What a rule finds in a small content tree.

use jiff::civil::Date;

use super::{Context, check};
use crate::derive::page::backlinks::Backlinks;
use crate::derive::page::routes::Routes;
use crate::derive::report::sections::Templates;
use crate::derive::run::results::Results;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
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

/// The same, after these dates were told.
pub fn faults_since(name: &str, site: &Site, earlier: &[Published]) -> Vec<Diagnostic> {
    let routes = Routes::of(site);
    let backlinks = Backlinks::of(site, &routes);
    let templates = Templates::of([("en", ())], |(), key| template(key));
    let context = Context {
        site,
        routes: &routes,
        backlinks: &backlinks,
        results: &Results::of(site),
        templates: &templates,
        earlier,
        as_of: Date::constant(2026, 10, 16),
    };
    check(&context).into_iter().filter(|fault| fault.rule.name == name).collect()
}

/// A section of a report is called by its word in the code, and told to be written.
fn template(key: &str) -> String {
    let word = key.rsplit('.').next().unwrap_or_default().replace('_', " ");
    if key.contains("_hint") { format!("Write the {word}.") } else { word }
}
