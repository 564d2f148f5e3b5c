//! Small content trees for the tests of rules.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Context, check};
use crate::derive::backlinks::Backlinks;
use crate::derive::routes::Routes;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::model::audience::Audience;
use crate::parse::{self, Cache, Options};
use crate::source::{SourceFile, Sources};

/// The site of these files for those who may see everything, paths as seen from the content folder.
pub fn tree(files: &[(&str, &str)]) -> Site {
    tree_for(Audience::Restricted, files)
}

/// The site of these files for one audience.
pub fn tree_for(audience: Audience, files: &[(&str, &str)]) -> Site {
    let files = files
        .iter()
        .map(|(path, text)| SourceFile::new(format!("content/{path}"), text.as_bytes()))
        .collect();
    let sources = Sources::new(files, Vec::new());
    let (settings, _) = parse::settings(&sources, "content", "Sample");
    let options = Options { content: "content".into(), audience, drafts: false, labels: BTreeMap::new() };
    parse::site(&sources, &settings, &options, &mut Cache::default()).0
}

/// The messages of the rule `name`, as of 16 October 2026.
pub fn messages_of(name: &str, site: &Site) -> Vec<String> {
    faults_of(name, site).into_iter().map(|fault| fault.message).collect()
}

/// The faults of the rule `name`, as of 16 October 2026.
pub fn faults_of(name: &str, site: &Site) -> Vec<Diagnostic> {
    let routes = Routes::of(site);
    let backlinks = Backlinks::of(site, &routes);
    let context =
        Context { site, routes: &routes, backlinks: &backlinks, as_of: Date::constant(2026, 10, 16) };
    check(&context).into_iter().filter(|fault| fault.rule.name == name).collect()
}
