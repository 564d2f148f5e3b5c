//! The files that a decision rests on.

use jiff::civil::Date;

use super::super::project::Assembly;
use crate::derive::basis::Basis;
use crate::derive::defects::affecting;
use crate::derive::page::links;
use crate::derive::report::timeliness;
use crate::derive::run::final_status::runs_of;
use crate::model::Site;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::Run;

/// A file from the content folder, and the hash of its bytes.
pub struct File {
    /// The file.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// The runs of `release` up to `day` with their result files, its completion report, and the defects that
/// affect it and are settled; each once, in this order.
pub fn of(assembly: &Assembly, release: &Record<Release>, day: Date) -> Vec<File> {
    let site = &assembly.portal.site;
    let basis = Basis { as_of: day, ..assembly.portal.basis() };
    let mut runs = runs_of(basis, &release.id);
    runs.reverse();
    let mut paths: Vec<String> = Vec::new();
    for run in runs {
        paths.push(run.path.clone());
        paths.extend(results(site, run));
    }
    let reports = timeliness::completions(site, &release.id);
    let issued = reports.filter(|(_, report)| timeliness::issued(site, report, day).is_some());
    paths.extend(issued.map(|(document, _)| document.main().path.clone()));
    let settled = affecting(site, &release.id).filter(|defect| !defect.status.is_open());
    paths.extend(settled.map(|defect| defect.path.clone()));
    let mut files: Vec<File> = Vec::new();
    for path in paths {
        if !files.iter().any(|file| file.path == path) {
            files.extend(assembly.sha256(&path).map(|sha256| File { path, sha256 }));
        }
    }
    files
}

/// The result files of other tools that `run` names, be it by their folder.
fn results(site: &Site, run: &Record<Run>) -> Vec<String> {
    let named = run.import.iter().flat_map(|import| &import.file);
    let found = named.filter_map(|file| links::results_at(site, &run.path, file.id()).ok());
    found
        .flat_map(|path| {
            let folder = format!("{path}/");
            site.media.keys().filter(move |medium| **medium == path || medium.starts_with(&folder))
        })
        .cloned()
        .collect()
}
