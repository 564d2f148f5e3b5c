//! What a build is made from, as its manifest says it.

use super::project::Project;
use crate::model::audience::Audience;
use crate::source::git;
use crate::write::{Origin, Revision};

/// What a portal of `project` is made from, on the day `as_of` and for `audience`. Where the content is in no
/// repository, or `git` is not installed, nothing is said of a commit.
pub fn origin(project: &Project, as_of: jiff::civil::Date, audience: Audience) -> Origin {
    let state = git::state(&project.content).ok().flatten();
    let themes = project.themes();
    let own_theme = themes.is_dir().then(|| git::state(&themes).ok().flatten()).flatten();
    let source = state.map(|state| Revision {
        dirty: state.is_dirty || own_theme.is_some_and(|state| state.is_dirty),
        commit: state.commit,
    });
    Origin {
        program: concat!("juhend ", env!("CARGO_PKG_VERSION")).to_owned(),
        as_of: as_of.to_string(),
        audience: audience.word().to_owned(),
        source,
        part: None,
    }
}
