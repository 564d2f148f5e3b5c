//! Small content trees for tests.

use std::collections::BTreeMap;

use super::{Cache, Options};
use crate::model::Site;
use crate::model::audience::Audience;
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
    let (settings, _) = super::settings(&sources, "content", "Sample");
    let options = Options {
        content: "content".into(),
        audience,
        drafts: false,
        labels: BTreeMap::new(),
        is_lenient: false,
    };
    super::site(&sources, &settings, &options, &mut Cache::default()).0
}
