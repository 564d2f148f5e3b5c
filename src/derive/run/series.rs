//! Which runs are comparable.

use crate::model::Site;
use crate::model::records::Record;
use crate::model::run::Run;

/// The series of a run: as written, else its product, level and environment.
pub fn series_of(site: &Site, run: &Run) -> String {
    run.series.clone().unwrap_or_else(|| {
        let product = site.releases.get(run.release.id()).map_or("", |release| release.product.id());
        let level = run.level.map_or("", |level| level.word());
        let parts = [product, level, run.environment.id()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    })
}

/// The runs of a series, the first one first: by beginning, then by id.
pub fn runs_of<'a>(site: &'a Site, series: &str) -> Vec<&'a Record<Run>> {
    let mut runs: Vec<&Record<Run>> = site.runs.iter().filter(|run| series_of(site, run) == series).collect();
    runs.sort_by_key(|run| (run.started.civil(&site.zone), run.id.as_str()));
    runs
}
