//! What is there and not in a [`super::Site`], because its audience may not see it.

use std::collections::{BTreeMap, HashMap};

use super::audience::Audience;
use crate::record::reference::Kind;

/// Names of what an audience may not see, each with the audience that may. They serve one purpose, to tell
/// authors why a reference leads nowhere; nothing that is published may be made from them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unseen {
    files: BTreeMap<String, Audience>,
    records: HashMap<Kind, HashMap<String, Audience>>,
}

impl Unseen {
    /// Takes note of the file at `path` of the content folder.
    pub fn add_file(&mut self, path: &str, audience: Audience) {
        self.files.insert(path.to_owned(), audience);
    }

    /// Takes note of a record.
    pub fn add_record(&mut self, kind: Kind, id: &str, audience: Audience) {
        self.records.entry(kind).or_default().insert(id.to_owned(), audience);
    }

    /// Who may see the file at `path` of the content folder, if it is kept from the audience.
    pub fn file(&self, path: &str) -> Option<Audience> {
        self.files.get(path).copied()
    }

    /// Who may see a record, if it is kept from the audience. Ids of parties are those of partners.
    pub fn record(&self, kind: Kind, id: &str) -> Option<Audience> {
        self.records.get(&kind)?.get(id).copied()
    }
}
