//! Markdown pages: a document is one page in one or more languages.

use std::sync::Arc;

use super::audience::{Audience, Restriction};
use super::body::Body;
use super::page::{Advice, Front, Proposal, Report, Training};
use crate::diagnostic::FileId;
use crate::record::node::Node;
use crate::record::reference::{Pointer, References};

/// What kind of page a document is; its folder says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// `index.md` of the content folder.
    Home,
    /// Under `guides/`.
    Guide,
    /// Under `training/`.
    Training,
    /// Under `reports/`.
    Report,
    /// Under `advice/`.
    Advice,
    /// Under `proposals/`.
    Proposal,
    /// Anywhere else.
    Page,
}

/// One page in one or more languages.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The path in the content folder without language and ending: `guides/defects/report-defect`.
    pub key: String,
    /// What kind of page it is.
    pub kind: DocumentKind,
    /// Whether it is its folder's page.
    pub is_index: bool,
    /// Its texts; the portal's default language first, the others by tag.
    pub texts: Vec<Arc<Article>>,
}

impl Document {
    /// The text in `language`, else the first one.
    pub fn text(&self, language: &str) -> &Article {
        self.texts.iter().find(|text| text.language == language).unwrap_or(&self.texts[0])
    }

    /// The text that the front matter of the document is read from.
    pub fn main(&self) -> &Article {
        &self.texts[0]
    }

    /// Whether lists, the navigation and search engines leave it out.
    pub fn is_hidden(&self) -> bool {
        self.main().front.hidden == Some(true)
    }

    /// Whether it belongs to a version of the guidance, and not to the records.
    pub fn is_versioned(&self) -> bool {
        is_versioned(&self.key)
    }

    /// The id of a record kept as a page: its path within its kind's folder.
    pub fn id(&self) -> &str {
        self.key.split_once('/').map_or(&self.key, |(_, id)| id)
    }
}

/// Folders of what is dated: records, and the introductions of their lists.
const DATED: [&str; 17] = [
    "advice",
    "cases",
    "data",
    "decisions",
    "defects",
    "environments",
    "partners",
    "plans",
    "proposals",
    "releases",
    "reports",
    "review",
    "runs",
    "schedule",
    "tickets",
    "uat",
    "weekly",
];

/// Whether what stands at `path` of a content folder belongs to a version of the guidance. What is dated lives
/// once, beside the current version.
pub fn is_versioned(path: &str) -> bool {
    path.split_once('/').is_none_or(|(folder, _)| !DATED.contains(&folder))
}

/// A page in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The file.
    pub file: FileId,
    /// The path in the content folder, as it is on disk.
    pub path: String,
    /// The language tag.
    pub language: String,
    /// What the page says of itself.
    pub front: Front,
    /// What its kind says besides.
    pub extra: Extra,
    /// Whether its front matter could be read; of a page where it could not, little is known.
    pub is_read: bool,
    /// Who may see it, where it says so.
    pub audience: Option<Audience>,
    /// The marking, where it has one.
    pub restriction: Option<Restriction>,
    /// The author's own data.
    pub own: Option<Node>,
    /// The text.
    pub body: Body,
}

/// What a kind of page says besides [`Front`].
#[derive(Debug, Clone, PartialEq)]
pub enum Extra {
    /// Nothing.
    None,
    /// A training module.
    Training(Training),
    /// A test report.
    Report(Report),
    /// A question and its answer.
    Advice(Advice),
    /// An improvement proposal.
    Proposal(Proposal),
}

impl References for Article {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        self.front.references(visit);
        match &self.extra {
            Extra::None => {}
            Extra::Training(training) => training.references(visit),
            Extra::Report(report) => report.references(visit),
            Extra::Advice(advice) => advice.references(visit),
            Extra::Proposal(proposal) => proposal.references(visit),
        }
    }
}
