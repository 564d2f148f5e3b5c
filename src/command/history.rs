//! What commits tell of the pages, and what is left out where they tell nothing.

use std::sync::Arc;

use super::project::Project;
use crate::model::Site;
use crate::source::git::{self, GitFault, History, Told};

/// What commits tell.
pub enum Found {
    /// Nothing: the content is in no repository.
    Nothing,
    /// This.
    Known(Arc<History>),
    /// Nothing, though there is a repository: why, and what to do.
    LeftOut(String),
}

impl Found {
    /// What the repository of `project` tells; `known` is what it told the last time.
    pub fn of(project: &Project, known: Option<&Arc<History>>) -> Self {
        match git::history(&project.root, &project.content, is_report, known) {
            Ok(Told::Known(history)) => Self::Known(history),
            Ok(Told::Nothing) => Self::Nothing,
            Ok(Told::Shallow) => {
                Self::LeftOut("the clone is shallow; run `git fetch --unshallow`".to_owned())
            }
            Err(GitFault::NoProgram) if !is_in_repository(project) => Self::Nothing,
            Err(fault) => {
                let hint = fault.hint().map_or_else(String::new, |hint| format!("; {hint}"));
                Self::LeftOut(format!("{fault}{hint}"))
            }
        }
    }

    /// The history.
    pub fn history(&self) -> Option<&Arc<History>> {
        match self {
            Self::Known(history) => Some(history),
            Self::Nothing | Self::LeftOut(_) => None,
        }
    }

    /// What `site` lacks for want of a history: a sentence, if it lacks anything.
    pub fn left_out(&self, site: &Site) -> Option<String> {
        let Self::LeftOut(why) = self else { return None };
        let is_dated =
            |front: &crate::model::page::Front| front.published.is_some() && front.updated.is_some();
        let lacking = site.documents.iter().filter(|document| !is_dated(&document.main().front)).count();
        let lacking = lacking + site.record_files().len();
        let pages = if lacking == 1 { "1 page stands".to_owned() } else { format!("{lacking} pages stand") };
        (lacking > 0).then(|| format!("{pages} without a day of publication or change: {why}"))
    }
}

/// Whether former texts are looked at: issued reports change with a word.
fn is_report(path: &str) -> bool {
    path.starts_with("reports/")
}

/// Whether the content seems to be in a repository, as far as one can tell without `git`.
fn is_in_repository(project: &Project) -> bool {
    project.root.ancestors().any(|folder| folder.join(".git").exists())
}
