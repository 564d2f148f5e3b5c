//! What a run tells a program: the run in short, and every case of it.

use serde::{Serialize, Serializer};

use super::stamp;
use crate::derive::run::counts::Counts;
use crate::derive::run::results::{self, RunCase};
use crate::derive::run::series::series_of;
use crate::model::Site;
use crate::model::records::Record;
use crate::model::run::{Run, Status};
use crate::record::reference::Ref;
use crate::record::text::Text;
use crate::record::time::Seconds;

/// A run with all its cases, texts in one language.
#[derive(Debug, Serialize)]
pub struct RunExport<'a> {
    /// The run in short.
    #[serde(flatten)]
    pub summary: Summary<'a>,
    /// Its cases in the order of the page: what needs attention first.
    pub cases: Vec<Case<'a>>,
    /// Where its file speaks of itself, for formats that want more of the run.
    #[serde(skip)]
    pub run: &'a Record<Run>,
}

/// A run in short.
#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title; the id where it has none.
    pub title: &'a str,
    /// The release under test.
    pub release: &'a str,
    /// Where it ran.
    pub environment: &'a str,
    /// The test level.
    pub level: Option<&'static str>,
    /// The test types.
    pub types: &'a [String],
    /// The runs it is comparable with.
    pub series: String,
    /// The team that ran it.
    pub team: Option<&'a str>,
    /// The plan of its cases.
    pub plan: Option<&'a str>,
    /// The build under test.
    pub build: Option<&'a str>,
    /// When it began.
    pub started: String,
    /// When it ended; nothing while it runs.
    pub ended: Option<String>,
    /// Whether only sums are known, and no case.
    pub totals_only: bool,
    /// How many cases ended how.
    pub counts: CountsExport,
}

/// How many cases ended how, with the sums that shares are made of.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CountsExport {
    planned: usize,
    executed: usize,
    passed: usize,
    failed: usize,
    error: usize,
    blocked: usize,
    skipped: usize,
    in_progress: usize,
    not_run: usize,
}

impl From<Counts> for CountsExport {
    fn from(counts: Counts) -> Self {
        Self {
            planned: counts.planned(),
            executed: counts.executed(),
            passed: counts.passed,
            failed: counts.failed,
            error: counts.error,
            blocked: counts.blocked,
            skipped: counts.skipped,
            in_progress: counts.in_progress,
            not_run: counts.not_run,
        }
    }
}

/// A case of a run.
#[derive(Debug, Serialize)]
pub struct Case<'a> {
    /// Its present id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// Its title, as the run or else the catalogue says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    /// The suite it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suite: Option<&'a str>,
    /// How it ended.
    #[serde(serialize_with = "word")]
    pub status: Status,
    /// What another tool called that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_status: Option<&'a str>,
    /// How long it took, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_ms: Option<u64>,
    /// How every attempt ended, where there were several.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "words")]
    pub attempts: Vec<Status>,
    /// Whose fault a failure is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triage: Option<&'static str>,
    /// Defects it found or waits for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub defects: Vec<&'a str>,
    /// Why it was blocked or skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'a str>,
    /// The ticket it waits for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_by: Option<&'a str>,
    /// What the failure said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<&'a str>,
    /// Files beside the run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<&'a str>,
    /// Anything else worth knowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
}

impl<'a> RunExport<'a> {
    /// The run with all its cases; `language` chooses among the texts that authors translated.
    pub fn of(site: &'a Site, run: &'a Record<Run>, language: &str) -> Self {
        let cases = results::cases_of(site, run);
        Self {
            summary: Summary::of(site, run, Counts::of(site, run), language),
            cases: cases.into_iter().map(|case| Case::of(site, case, language)).collect(),
            run,
        }
    }
}

impl<'a> Summary<'a> {
    /// The run in short, `counts` being its own.
    pub fn of(site: &'a Site, run: &'a Record<Run>, counts: Counts, language: &str) -> Self {
        Self {
            id: &run.id,
            title: run.title.as_ref().map_or(&run.id, |title| read(site, title, language)),
            release: run.release.id(),
            environment: run.environment.id(),
            level: run.level.map(crate::model::run::Level::word),
            types: &run.types,
            series: series_of(site, run),
            team: run.team.as_ref().map(Ref::id),
            plan: run.plan.as_ref().map(Ref::id),
            build: build_of(site, run),
            started: stamp(&run.started, &site.zone),
            ended: run.ended.as_ref().map(|ended| stamp(ended, &site.zone)),
            totals_only: run.totals.is_some(),
            counts: counts.into(),
        }
    }
}

impl<'a> Case<'a> {
    fn of(site: &'a Site, case: RunCase<'a>, language: &str) -> Self {
        let result = case.result;
        let catalogued = || site.cases.get(case.id?)?.value.title.as_ref();
        let title = result.and_then(|result| result.title.as_ref()).or_else(catalogued);
        let own = |text: Option<&'a Text>| text.map(|text| read(site, text, language));
        Self {
            id: case.id,
            title: own(title),
            suite: result.and_then(|result| result.suite.as_deref()),
            status: case.status(),
            raw_status: result.and_then(|result| result.raw_status.as_deref()),
            time_ms: result.and_then(|result| result.time).map(Seconds::millis),
            attempts: result.map_or_else(Vec::new, |result| result.attempts.clone()),
            triage: result.and_then(|result| result.triage).map(crate::model::run::Triage::word),
            defects: result.map_or_else(Vec::new, |result| result.defects.iter().map(Ref::id).collect()),
            reason: own(result.and_then(|result| result.reason.as_ref())),
            blocked_by: result.and_then(|result| result.blocked_by.as_ref()).map(|ticket| ticket.as_str()),
            message: result.and_then(|result| result.message.as_deref()),
            attachments: result
                .map_or_else(Vec::new, |result| result.attachments.iter().map(Ref::id).collect()),
            note: own(result.and_then(|result| result.note.as_ref())),
        }
    }

    /// What the case is called: its title, else its id.
    pub fn name(&self) -> &'a str {
        self.title.or(self.id).unwrap_or("?")
    }

    /// Whether it passed after an attempt that did not.
    pub fn is_flaky(&self) -> bool {
        self.status == Status::Passed
            && self.attempts.iter().any(|attempt| matches!(attempt, Status::Failed | Status::Error))
    }
}

/// The build under test: as written, else the release's.
fn build_of<'a>(site: &'a Site, run: &'a Run) -> Option<&'a str> {
    let of_release = || site.releases.get(run.release.id())?.value.build.as_ref();
    run.build.as_ref().or_else(of_release).map(|build| build.value.as_str())
}

fn read<'a>(site: &'a Site, text: &'a Text, language: &str) -> &'a str {
    text.get(language, site.default_language())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn word<S: Serializer>(status: &Status, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.word())
}

fn words<S: Serializer>(statuses: &[Status], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(statuses.iter().map(|status| status.word()))
}
