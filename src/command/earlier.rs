//! Dates as they were told before, for `juhend check --base` and `--published`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::exit::Failure;
use super::project::Project;
use crate::derive::schedule::published;
use crate::model::audience::Audience;
use crate::model::published::Published;
use crate::parse::{self, Cache, Options};
use crate::render::export::api::Api;
use crate::source::git::{self, GitFault};
use crate::source::{SourceFile, Sources};

/// What holds the dates of a content tree.
const DATED: [&str; 5] = ["portal.yaml", "portal.yml", "releases", "environments", "training"];

/// The dates in the Git revision `revision` of the content; nothing where `git` is not installed.
///
/// # Errors
/// The content is in no repository, or the repository has no such revision.
pub fn in_revision(project: &Project, revision: &str) -> Result<Option<Published>, Failure> {
    let files = match git::at(&project.content, revision).and_then(|tree| tree.files(&DATED)) {
        Ok(files) => files,
        Err(GitFault::NoProgram) => return Ok(None),
        Err(fault) => {
            let hint = "`--base` names a branch, tag or commit of the repository that holds the content";
            return Err(Failure::new(format!("the Git revision `{revision}` cannot be read: {fault}"))
                .hint(fault.hint().unwrap_or_else(|| hint.to_owned())));
        }
    };
    let content = "content".to_owned();
    let files =
        files.iter().map(|(path, bytes)| SourceFile::new(format!("{content}/{path}"), bytes)).collect();
    let sources = Sources::new(files, Vec::new());
    let (settings, _) = parse::settings(&sources, &content, "Portal");
    let options = Options { content, audience: Audience::Restricted, drafts: true, labels: BTreeMap::new() };
    let (site, _) = parse::site(&sources, &settings, &options, &mut Cache::default());
    Ok(Some(Published { by: format!("the Git revision `{revision}`"), dates: published::dates(&site) }))
}

/// The dates that the portal at `path` tells, its folder or its `api/schedule.json`; messages call it as
/// the user `named` it.
///
/// # Errors
/// There is no such file, or it is no schedule.
pub fn in_portal(path: &Path, named: &Path) -> Result<Published, Failure> {
    let file = if path.is_dir() {
        path.join(Api::Schedule.address().trim_start_matches('/'))
    } else {
        path.to_owned()
    };
    let text = fs::read_to_string(&file)
        .map_err(|error| Failure::new(format!("`{}` cannot be read: {error}", file.display())))?;
    let dates = parse::published::dates(&text).ok_or_else(|| {
        Failure::new(format!("`{}` is not the schedule of a portal", file.display()))
            .hint("`juhend build` writes it as `api/schedule.json`")
    })?;
    Ok(Published { by: format!("the portal in `{}`", named.display()), dates })
}
