//! The whole of one content tree.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::audience::Audience;
use super::case::Case;
use super::data_set::DataSet;
use super::decision::Decision;
use super::defect::Defect;
use super::document::{Article, Document, DocumentKind, is_versioned};
use super::environment::Environment;
use super::history::History;
use super::partner::Partner;
use super::plan::Plan;
use super::portal::Portal;
use super::records::Records;
use super::release::Release;
use super::run::Run;
use super::tickets::Snapshot;
use super::unseen::Unseen;
use crate::diagnostic::FileId;
use jiff::tz::TimeZone;

/// Everything a content tree says, read and linked.
#[derive(Debug, Clone)]
pub struct Site {
    /// `portal.yaml`, or what holds without one.
    pub portal: Portal,
    /// The file of `portal.yaml`, where there is one.
    pub portal_file: Option<FileId>,
    /// Whether that file could not be read, so that what it lists is not known.
    pub is_portal_broken: bool,
    /// Files with a fault of their own: what such a file seems not to say, it may say in what could not be read.
    pub faulty: BTreeSet<FileId>,
    /// Language tags, the default first; never empty.
    pub languages: Vec<String>,
    /// The zone of local times.
    pub zone: TimeZone,
    /// Markdown pages, by key.
    pub documents: Vec<Document>,
    /// Releases.
    pub releases: Records<Release>,
    /// Test runs.
    pub runs: Records<Run>,
    /// Test cases.
    pub cases: Records<Case>,
    /// Test plans.
    pub plans: Records<Plan>,
    /// Defects.
    pub defects: Records<Defect>,
    /// Environments.
    pub environments: Records<Environment>,
    /// Test-data sets.
    pub data: Records<DataSet>,
    /// Ticket snapshots.
    pub tickets: Records<Snapshot>,
    /// Decisions.
    pub decisions: Records<Decision>,
    /// Partners.
    pub partners: Records<Partner>,
    /// The present id of cases that had another before.
    pub renamed_cases: HashMap<String, String>,
    /// Images and attachments: path in the content folder.
    pub media: BTreeMap<String, Media>,
    /// Files that decisions rest on, as far as they are there: path in the content folder.
    pub evidence: BTreeMap<String, EvidenceFile>,
    /// What the repository of the content tells of the pages.
    pub history: History,
    /// The SHA-256 of texts whose translations name what they were translated from: path in the content
    /// folder, hexadecimal (FIPS 180-4).
    pub originals: BTreeMap<String, String>,
    /// For whom the site was read: what others alone may see is not in it.
    pub audience: Audience,
    /// What others alone may see, by name: for telling authors why a reference leads nowhere, and for nothing that is
    /// made for readers.
    pub unseen: Unseen,
    /// Folders of records or reports of which something was left out for that audience: which, how much and of what
    /// it told is no part of the site, so that nothing made of it can tell either.
    pub withheld: BTreeSet<String>,
}

/// A file that a decision rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceFile {
    /// It is there; the SHA-256 of its bytes, hexadecimal (FIPS 180-4).
    Read(String),
    /// It is there, but not for the audience of the site.
    Withheld,
    /// It is there, but its bytes were not read: it is no text, or not UTF-8.
    Unread,
}

/// An image or attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its size in bytes.
    pub bytes: u64,
    /// How large the picture in it is, where that is known.
    pub picture: Option<Picture>,
    /// The same picture in fewer dots, the narrowest first.
    pub narrower: Vec<Narrower>,
}

/// A copy of a picture in fewer dots, made by the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrower {
    /// How wide it is, in dots.
    pub width: u32,
    /// Its place beside the picture, as if it stood in the content folder. The name tells of which bytes it is made,
    /// so that a build that finds it need not make it again.
    pub path: String,
}

/// A picture as it is shown, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

impl Site {
    /// The site of a version of the guidance: the pages of `version`, with these files, and with the records of this
    /// site if it needs them. What commits tell is told of the content folder's files alone. Partners are always there: pages name them as their owners.
    #[must_use]
    pub fn of_version(&self, version: &Self, media: BTreeMap<String, Media>, needs_records: bool) -> Self {
        let blank = Self {
            portal: self.portal.clone(),
            portal_file: self.portal_file,
            is_portal_broken: self.is_portal_broken,
            faulty: self.faulty.clone(),
            languages: self.languages.clone(),
            zone: self.zone.clone(),
            documents: Vec::new(),
            releases: Records::default(),
            runs: Records::default(),
            cases: Records::default(),
            plans: Records::default(),
            defects: Records::default(),
            environments: Records::default(),
            data: Records::default(),
            tickets: Records::default(),
            decisions: Records::default(),
            partners: self.partners.clone(),
            renamed_cases: HashMap::new(),
            media: BTreeMap::new(),
            evidence: BTreeMap::new(),
            history: History::new(),
            originals: BTreeMap::new(),
            unseen: self.unseen.clone(),
            withheld: self.withheld.clone(),
            audience: self.audience,
        };
        let shared = if needs_records { self.clone() } else { blank };
        let dated = shared.documents.iter().filter(|document| !document.is_versioned()).cloned();
        let mut documents: Vec<Document> = version.documents.iter().cloned().chain(dated).collect();
        documents.sort_by(|a, b| a.key.cmp(&b.key));
        let mut history = shared.history;
        history.retain(|path, _| !is_versioned(path));
        history.extend(version.history.clone());
        let mut originals = shared.originals;
        originals.retain(|path, _| !is_versioned(path));
        originals.extend(version.originals.clone());
        Self { documents, media, history, originals, ..shared }
    }

    /// Whether it is known what `portal.yaml` lists. If it cannot be read, or is missing beside records, which are
    /// written for a portal that has one, a hundred references to its teams are no second fault.
    pub fn has_settings(&self) -> bool {
        !self.is_portal_broken && (self.portal_file.is_some() || !self.has_records())
    }

    /// Whether there is a record of any kind, be it one that cannot be read.
    fn has_records(&self) -> bool {
        macro_rules! any {
            ($($records:ident)*) => { $(!self.$records.is_empty() || self.$records.has_broken())||* };
        }
        any!(releases runs cases plans defects environments data tickets decisions partners)
    }

    /// The files of all records that have a page of their own.
    pub fn record_files(&self) -> Vec<&str> {
        macro_rules! paths {
            ($($records:ident)*) => {
                std::iter::empty()$(.chain(self.$records.iter().map(|record| record.path.as_str())))*
            };
        }
        paths!(releases runs plans defects environments data tickets decisions).collect()
    }

    /// The portal's default language.
    pub fn default_language(&self) -> &str {
        &self.languages[0]
    }

    /// The present id of the case that is or was called `id`.
    pub fn case_id<'a>(&'a self, id: &'a str) -> &'a str {
        self.renamed_cases.get(id).map_or(id, String::as_str)
    }

    /// Whether the page with this key is left out of lists.
    pub fn is_hidden(&self, key: &str) -> bool {
        self.document(key).is_some_and(Document::is_hidden)
    }

    /// The documents of one kind.
    pub fn documents_of(&self, kind: DocumentKind) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(move |document| document.kind == kind)
    }

    /// The text of a page whose file is at `path` of the content folder.
    pub fn text_at(&self, path: &str) -> Option<&Arc<Article>> {
        self.documents.iter().flat_map(|document| &document.texts).find(|text| text.path == path)
    }

    /// Puts `text` in the place of the one from the same file; false where there is none.
    pub fn replace_text(&mut self, text: Arc<Article>) -> bool {
        let mut texts = self.documents.iter_mut().flat_map(|document| &mut document.texts);
        texts.find(|known| known.path == text.path).map(|known| *known = text).is_some()
    }

    /// The document with this key.
    pub fn document(&self, key: &str) -> Option<&Document> {
        self.documents
            .binary_search_by(|document| document.key.as_str().cmp(key))
            .ok()
            .map(|index| &self.documents[index])
    }
}
