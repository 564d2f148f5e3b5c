//! `api/*.json`: what the portal knows, kind by kind.
//!
//! Every file says its `schema` and the day `as_of`, and has one list under the name of its kind. Records
//! are named by their ids; texts for readers are maps of language to text; `path` is seen from the root of
//! the portal. Fields may be added; one is taken away or changes its meaning only with a new `schema`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::names::{View, encode};
use super::super::pages::kind_key;
use super::super::portal::Portal;
use super::super::theme::Theme;
use super::gate::GateExport;
use super::json::text;
use super::run::{CountsExport, Summary};
use super::stamp;
use crate::derive::defects;
use crate::derive::defects::detail::{self, Detail};
use crate::derive::defects::leaks;
use crate::derive::environment::readiness;
use crate::derive::gate as derive_gate;
use crate::derive::guidance::review;
use crate::derive::guidance::teaching;
use crate::derive::page::routes::{List, RUN_FILES, Subject, beside};
use crate::derive::page::title;
use crate::derive::schedule;
use crate::derive::schedule::occupation;
use crate::derive::schedule::published;
use crate::model::case::Case;
use crate::model::defect::Defect;
use crate::model::document::DocumentKind;
use crate::model::environment::{CloningStatus, Environment};
use crate::model::plan::Plan;
use crate::model::published::{Dated, Told};
use crate::model::records::Record;
use crate::model::release::{Grade, Release, ReleaseStatus, ReleaseType, Schedule, ScheduleEvent};
use crate::model::run::Run;
use crate::record::reference::Ref;
use crate::record::text::Text;
use crate::record::time::Moment;

/// A file of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// What there is.
    Index,
    /// All pages.
    Pages,
    /// Releases.
    Releases,
    /// Test runs.
    Runs,
    /// Environments.
    Environments,
    /// Defects.
    Defects,
    /// The catalogue of test cases.
    Cases,
    /// Test plans with the cases they choose.
    Plans,
    /// The gate of every release.
    Gate,
    /// Every date of releases and clonings.
    Schedule,
    /// Where guides and training modules stand between two reviews.
    Review,
}

impl Api {
    /// Every file.
    pub const ALL: [Self; 11] = [
        Self::Index,
        Self::Pages,
        Self::Releases,
        Self::Runs,
        Self::Environments,
        Self::Defects,
        Self::Cases,
        Self::Plans,
        Self::Gate,
        Self::Schedule,
        Self::Review,
    ];

    /// The files that `portal` has: what readers are not shown has none.
    pub fn of(portal: &Portal) -> impl Iterator<Item = Self> {
        let has_review = portal.routes.has(&Subject::List(List::Review));
        Self::ALL.into_iter().filter(move |api| *api != Self::Review || has_review)
    }

    /// Its name, which is also that of the list in it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Pages => "pages",
            Self::Releases => "releases",
            Self::Runs => "runs",
            Self::Environments => "environments",
            Self::Defects => "defects",
            Self::Cases => "cases",
            Self::Plans => "plans",
            Self::Gate => "gate",
            Self::Schedule => "schedule",
            Self::Review => "review",
        }
    }

    /// Its address.
    pub fn address(self) -> String {
        format!("/api/{}.json", self.name())
    }

    /// The file that holds what a list page shows.
    pub fn of_list(list: List) -> Option<Self> {
        match list {
            List::Schedule => Some(Self::Schedule),
            List::Releases => Some(Self::Releases),
            List::Runs => Some(Self::Runs),
            List::Environments => Some(Self::Environments),
            List::Defects => Some(Self::Defects),
            List::Cases => Some(Self::Cases),
            List::Plans => Some(Self::Plans),
            List::Review => Some(Self::Review),
            _ => None,
        }
    }

    /// The text of the file.
    pub fn text(self, portal: &Portal, theme: &Theme) -> String {
        let site = &portal.site;
        match self {
            Self::Index => list(portal, "index", index(portal)),
            Self::Pages => list(portal, "pages", pages(portal, theme)),
            Self::Releases => all(portal, "releases", site.releases.iter().map(|each| release(portal, each))),
            Self::Runs => {
                let runs = portal.results.runs().filter_map(|id| site.runs.get(id));
                all(portal, "runs", runs.map(|each| run(portal, each)))
            }
            Self::Environments => {
                all(portal, "environments", site.environments.iter().map(|each| environment(portal, each)))
            }
            Self::Defects => all(portal, "defects", site.defects.iter().map(|each| defect(portal, each))),
            Self::Cases => all(portal, "cases", site.cases.iter().map(|each| case(portal, each))),
            Self::Plans => all(portal, "plans", site.plans.iter().map(|each| plan(portal, each))),
            Self::Schedule => {
                let dates = published::dates(site);
                all(portal, "schedule", dates.iter().map(|told| dated(portal, told)))
            }
            Self::Gate => all(portal, "gate", site.releases.iter().map(|each| gate(portal, each))),
            Self::Review => all(portal, "review", reviews(portal)),
        }
    }
}

fn list(portal: &Portal, name: &'static str, what: impl Serialize) -> String {
    text(portal.as_of, BTreeMap::from([(name, what)]))
}

fn all(portal: &Portal, name: &'static str, records: impl Iterator<Item = impl Serialize>) -> String {
    list(portal, name, records.collect::<Vec<_>>())
}

/// Texts by language.
type Texts<'a> = BTreeMap<&'a str, String>;

fn texts<'a>(portal: &'a Portal, of: Option<&Text>, id: &str) -> Texts<'a> {
    let default = portal.site.default_language();
    let languages = portal.site.languages.iter().map(String::as_str);
    languages
        .map(|language| (language, of.map_or(id, |text| text.get(language, default)).to_owned()))
        .collect()
}

/// The way to the page in the default language.
fn path(portal: &Portal, subject: &Subject) -> Option<String> {
    let address = portal.routes.address(subject, portal.site.default_language());
    portal.routes.has(subject).then(|| encode(&address))
}

#[derive(Serialize)]
struct Index<'a> {
    generator: &'static str,
    title: Texts<'a>,
    base_url: Option<&'a str>,
    languages: &'a [String],
    time_zone: &'a str,
    files: Vec<String>,
}

fn index(portal: &Portal) -> Index<'_> {
    Index {
        generator: concat!("juhend ", env!("CARGO_PKG_VERSION")),
        title: texts(portal, Some(&portal.site.portal.title), ""),
        base_url: portal.base_url.as_deref(),
        languages: &portal.site.languages,
        time_zone: portal.site.zone.iana_name().unwrap_or("UTC"),
        files: Api::of(portal).filter(|api| *api != Api::Index).map(Api::address).collect(),
    }
}

#[derive(Serialize)]
struct Page<'a> {
    kind: &'static str,
    title: Texts<'a>,
    path: Texts<'a>,
}

/// Every page that lists may name, in the order of their addresses.
fn pages<'a>(portal: &'a Portal, theme: &Theme) -> Vec<Page<'a>> {
    let languages = || portal.site.languages.iter().map(String::as_str);
    let is_listed = |subject: &&Subject| match subject {
        Subject::NotFound | Subject::Part(..) | Subject::Difference(_) | Subject::PageDifference(..) => false,
        Subject::Document(key) | Subject::Slides(key) => !portal.site.is_hidden(key),
        _ => true,
    };
    let page = |subject: &Subject| Page {
        kind: kind_key(&portal.site, subject),
        title: languages()
            .map(|language| (language, View::new(portal, theme, subject, language).name(subject).into_text()))
            .collect(),
        path: languages()
            .map(|language| (language, encode(&portal.routes.address(subject, language))))
            .collect(),
    };
    portal.routes.subjects().filter(is_listed).map(page).collect()
}

#[derive(Serialize)]
struct ReleaseEntry<'a> {
    id: &'a str,
    path: Option<String>,
    title: Texts<'a>,
    product: &'a str,
    r#type: &'static str,
    status: &'static str,
    build: Option<&'a str>,
    owner: Option<&'a str>,
    tickets: Vec<&'a str>,
    environments: Vec<&'a str>,
    schedule: ScheduleEntry,
    /// The next event that is not past, and its day.
    next: Option<NextEvent>,
    runs: Vec<&'a str>,
    open_defects: Vec<&'a str>,
    deferred_defects: Vec<&'a str>,
    /// Nothing for a release that is not installed.
    known_leaks: Option<Vec<&'a str>>,
    decisions: Vec<&'a str>,
}

#[derive(Serialize)]
struct NextEvent {
    event: &'static str,
    day: String,
}

#[derive(Serialize)]
struct ScheduleEntry {
    freeze: Option<String>,
    test_start: Option<String>,
    test_deadline: Option<String>,
    report_due: Option<String>,
    decision: Option<String>,
    install_from: Option<String>,
    install_until: Option<String>,
}

fn release<'a>(portal: &'a Portal, release: &'a Record<Release>) -> ReleaseEntry<'a> {
    let site = &portal.site;
    let runs = portal.results.runs().filter_map(|id| site.runs.get(id));
    let basis = portal.basis();
    let defects = defects::open_of(&basis, &release.id);
    let leaks = leaks::of_release(&basis, release);
    let ids = |defects: &[&'a Record<Defect>]| defects.iter().map(|defect| defect.id.as_str()).collect();
    let next = schedule::next_of_release(site, release, portal.as_of);
    ReleaseEntry {
        id: &release.id,
        path: path(portal, &Subject::Release(release.id.clone())),
        title: texts(portal, release.title.as_ref(), &release.id),
        product: release.product.id(),
        r#type: release.r#type.unwrap_or(ReleaseType::Planned).word(),
        status: release.status.as_ref().map_or(ReleaseStatus::Planned, |status| status.value).word(),
        build: release.build.as_ref().map(|build| build.as_str()),
        owner: release.owner.as_ref().map(Ref::id),
        tickets: release.contents.iter().map(|content| content.ticket.as_str()).collect(),
        environments: release.environments.iter().map(|entry| entry.env.id()).collect(),
        schedule: schedule_of(portal, &release.schedule),
        next: next.map(|event| NextEvent { event: event.kind.word(), day: event.day().to_string() }),
        runs: runs.filter(|run| run.release.id() == release.id).map(|run| run.id.as_str()).collect(),
        open_defects: ids(&defects.open),
        deferred_defects: ids(&defects.deferred),
        known_leaks: leaks.map(|leaks| ids(&leaks.known)),
        decisions: site
            .decisions
            .iter()
            .filter(|decision| decision.release.id() == release.id)
            .map(|decision| decision.id.as_str())
            .collect(),
    }
}

/// A date of a release or a cloning: later checks compare with it, so that none moves in silence.
#[derive(Serialize)]
struct DatedEntry<'a> {
    release: Option<&'a str>,
    environment: Option<&'a str>,
    cloning: Option<&'a str>,
    /// The name of a training module that stays.
    training: Option<&'a str>,
    event: &'static str,
    at: String,
    until: Option<String>,
    /// By when those affected by a cloning are told.
    announce_by: Option<String>,
    /// When a training session was first to begin.
    first: Option<String>,
    tentative: bool,
    cancelled: bool,
    /// What it was before each recorded move.
    was: Vec<String>,
}

fn dated<'a>(portal: &'a Portal, told: &'a Told) -> DatedEntry<'a> {
    let (site, zone) = (&portal.site, &portal.site.zone);
    let at = |moment: &Moment| stamp(moment, zone);
    let entry = DatedEntry {
        release: None,
        environment: None,
        cloning: None,
        training: None,
        event: schedule::EventKind::Training.word(),
        at: at(&told.at),
        until: told.until.as_ref().map(at),
        announce_by: told.announce_by.as_ref().map(at),
        first: None,
        tentative: false,
        cancelled: false,
        was: told.moves.iter().map(at).collect(),
    };
    match &told.of {
        Dated::Release(id, event) => {
            let release = site.releases.get(id);
            let install = release.filter(|_| *event == ScheduleEvent::Install);
            let install = install.and_then(|release| release.schedule.install.as_ref());
            DatedEntry {
                release: Some(id),
                event: event.word(),
                tentative: install.is_some_and(|window| window.tentative),
                cancelled: release.is_some_and(|release| occupation::is_cancelled(release)),
                ..entry
            }
        }
        Dated::Cloning(environment, id) => {
            let cloning = site.environments.get(environment);
            let cloning = cloning.and_then(|of| of.clonings.iter().find(|cloning| cloning.id.value == *id));
            DatedEntry {
                environment: Some(environment),
                cloning: Some(id),
                event: schedule::EventKind::Cloning.word(),
                cancelled: cloning
                    .is_some_and(|cloning| occupation::status(cloning) == CloningStatus::Cancelled),
                ..entry
            }
        }
        Dated::Session(module, first) => DatedEntry {
            training: Some(module),
            first: Some(at(&Moment::Local(*first))),
            cancelled: schedule::session(site, module, *first)
                .is_some_and(|session| session.cancelled == Some(true)),
            ..entry
        },
    }
}

fn gate<'a>(portal: &'a Portal, release: &'a Record<Release>) -> GateExport<'a> {
    let found = derive_gate::of(portal.basis(), release);
    let result = found.result();
    GateExport::of(portal.basis(), release, &found, result)
}

fn schedule_of(portal: &Portal, schedule: &Schedule) -> ScheduleEntry {
    let zone = &portal.site.zone;
    let at = |moment: Option<&Moment>| moment.map(|moment| stamp(moment, zone));
    let install = schedule.install.as_ref();
    ScheduleEntry {
        freeze: at(schedule.freeze.as_deref()),
        test_start: at(schedule.test_start.as_deref()),
        test_deadline: at(schedule.test_deadline.as_deref()),
        report_due: at(schedule.report_due.as_deref()),
        decision: at(schedule.decision.as_deref()),
        install_from: at(install.map(|window| &window.from)),
        install_until: at(install.and_then(|window| window.until.as_ref())),
    }
}

#[derive(Serialize)]
struct RunEntry<'a> {
    #[serde(flatten)]
    summary: Summary<'a>,
    path: Option<String>,
    files: Vec<String>,
}

fn run<'a>(portal: &'a Portal, run: &'a Record<Run>) -> RunEntry<'a> {
    let subject = Subject::Run(run.id.clone());
    let language = portal.site.default_language();
    let address = portal.routes.address(&subject, language);
    RunEntry {
        summary: Summary::of(&portal.site, run, portal.results.counts(&run.id), language),
        path: path(portal, &subject),
        files: RUN_FILES.iter().map(|file| encode(&beside(&address, file))).collect(),
    }
}

#[derive(Serialize)]
struct EnvironmentEntry<'a> {
    id: &'a str,
    path: Option<String>,
    title: Texts<'a>,
    kind: &'static str,
    product: Option<&'a str>,
    team: Option<&'a str>,
    /// `ready`, `limited`, `unknown` or `not_ready`.
    state: &'static str,
    build: Option<&'a str>,
    next_cloning: Option<CloningEntry<'a>>,
}

#[derive(Serialize)]
struct CloningEntry<'a> {
    id: &'a str,
    status: &'static str,
    from: String,
    until: Option<String>,
}

fn environment<'a>(portal: &'a Portal, environment: &'a Record<Environment>) -> EnvironmentEntry<'a> {
    let (zone, as_of) = (&portal.site.zone, portal.as_of);
    let next = readiness::next_cloning(environment, zone, as_of);
    EnvironmentEntry {
        id: &environment.id,
        path: path(portal, &Subject::Environment(environment.id.clone())),
        title: texts(portal, environment.title.as_ref(), &environment.id),
        kind: environment.kind.word(),
        product: environment.product.as_ref().map(Ref::id),
        team: environment.team.as_ref().map(Ref::id),
        state: readiness::of(environment, zone, as_of).state().word(),
        build: readiness::installed(environment, zone, as_of).map(|deployed| deployed.build.as_str()),
        next_cloning: next.map(|cloning| CloningEntry {
            id: &cloning.id,
            status: cloning.status.as_ref().map_or(CloningStatus::Planned, |status| status.value).word(),
            from: stamp(&cloning.from, zone),
            until: cloning.until.as_ref().map(|until| stamp(until, zone)),
        }),
    }
}

#[derive(Serialize)]
struct DefectEntry<'a> {
    id: &'a str,
    path: Option<String>,
    title: Texts<'a>,
    status: &'static str,
    open: bool,
    age_days: Option<usize>,
    missing_details: Vec<&'static str>,
    severity: &'static str,
    priority: Option<&'static str>,
    team: Option<&'a str>,
    ticket: Option<&'a str>,
    affects: Vec<&'a str>,
    observed: Option<String>,
    reported: Option<String>,
    environment: Option<&'a str>,
    build: Option<&'a str>,
    run: Option<&'a str>,
    case: Option<&'a str>,
}

fn defect<'a>(portal: &'a Portal, defect: &'a Record<Defect>) -> DefectEntry<'a> {
    let zone = &portal.site.zone;
    let at = |moment: &Moment| stamp(moment, zone);
    let found = defect.found_in.as_ref();
    let status = defects::status_on(defect, zone, portal.as_of).unwrap_or(defect.status.value);
    DefectEntry {
        id: &defect.id,
        path: path(portal, &Subject::Defect(defect.id.clone())),
        title: texts(portal, Some(&defect.title), &defect.id),
        status: status.word(),
        open: status.is_open(),
        age_days: defects::age(defect, zone, portal.as_of).filter(|_| status.is_open()),
        missing_details: detail::missing(defect).into_iter().map(Detail::word).collect(),
        severity: defect.severity.word(),
        priority: defect.priority.map(Grade::word),
        team: defect.team.as_ref().map(Ref::id),
        ticket: defect.ticket.as_ref().map(|ticket| ticket.as_str()),
        affects: defect.affects.iter().map(Ref::id).collect(),
        observed: defect.observed.as_deref().map(at),
        reported: defect.reported.as_deref().map(at),
        environment: found.and_then(|found| found.environment.as_ref()).map(Ref::id),
        build: found.and_then(|found| found.build.as_deref()),
        run: found.and_then(|found| found.run.as_ref()).map(Ref::id),
        case: found.and_then(|found| found.case.as_ref()).map(Ref::id),
    }
}

#[derive(Serialize)]
struct CaseEntry<'a> {
    id: &'a str,
    path: Option<String>,
    title: Texts<'a>,
    priority: Option<&'static str>,
    requirements: &'a [String],
    tags: &'a [String],
    renamed_from: Vec<&'a str>,
}

fn case<'a>(portal: &'a Portal, case: &'a Record<Case>) -> CaseEntry<'a> {
    CaseEntry {
        id: &case.id,
        path: path(portal, &Subject::Case(case.id.clone())),
        title: texts(portal, case.title.as_ref(), &case.id),
        priority: case.priority.map(Grade::word),
        requirements: &case.requirements,
        tags: &case.tags,
        renamed_from: case.renamed_from.iter().map(|id| id.as_str()).collect(),
    }
}

#[derive(Serialize)]
struct PlanEntry<'a> {
    id: &'a str,
    path: Option<String>,
    title: Texts<'a>,
    release: Option<&'a str>,
    cases: &'a [String],
    /// The counts of the runs that have this plan, by run.
    runs: BTreeMap<&'a str, CountsExport>,
}

fn plan<'a>(portal: &'a Portal, plan: &'a Record<Plan>) -> PlanEntry<'a> {
    let has_plan = |run: &&Record<Run>| run.plan.as_ref().is_some_and(|of| of.id() == plan.id);
    let counts = |run: &'a Record<Run>| (run.id.as_str(), portal.results.counts(&run.id).into());
    PlanEntry {
        id: &plan.id,
        path: path(portal, &Subject::Plan(plan.id.clone())),
        title: texts(portal, plan.title.as_ref(), &plan.id),
        release: plan.release.as_ref().map(Ref::id),
        cases: portal.results.chosen(&plan.id),
        runs: portal.site.runs.iter().filter(has_plan).map(counts).collect(),
    }
}

#[derive(Serialize)]
struct ReviewEntry<'a> {
    key: &'a str,
    /// `guide` or `training`.
    kind: &'static str,
    path: Option<String>,
    title: Texts<'a>,
    owner: Option<&'a str>,
    reviewed: Option<String>,
    next: Option<String>,
    /// `overdue`, `due` (within 30 days), `current` or `never`.
    state: &'static str,
    /// How many days there are until the next review; less than none, where it is overdue.
    days: Option<i32>,
    /// The guides that a training module teaches and that changed after it.
    newer_guides: Vec<&'a str>,
}

/// Guides, then training modules; those due first on top, those never reviewed last.
fn reviews(portal: &Portal) -> impl Iterator<Item = ReviewEntry<'_>> {
    let queue = |kind| review::queue(&portal.site, kind, portal.as_of).into_iter();
    let modules = queue(DocumentKind::Training).filter(|entry| !entry.document.is_index);
    queue(DocumentKind::Guide).chain(modules).map(|entry| review_entry(portal, entry))
}

fn review_entry<'a>(portal: &'a Portal, entry: review::Entry<'a>) -> ReviewEntry<'a> {
    let document = entry.document;
    let next = entry.state.next();
    let subject = portal.routes.of_source(&document.main().path);
    let newer = match document.kind {
        DocumentKind::Training => {
            teaching::newer_guides(&portal.site, &portal.routes, document, portal.as_of)
        }
        _ => Vec::new(),
    };
    let default = portal.site.default_language();
    ReviewEntry {
        key: &document.key,
        kind: document_kind(document.kind),
        path: subject.and_then(|subject| path(portal, subject)),
        title: portal
            .site
            .languages
            .iter()
            .map(|language| (language.as_str(), title::of_article(document.text(language), default)))
            .collect(),
        owner: entry.owner(),
        reviewed: document.main().front.reviewed.as_ref().map(|day| day.value.to_string()),
        next: next.map(|day| day.to_string()),
        state: entry.state.word(),
        days: next.map(|day| (day - portal.as_of).get_days()),
        newer_guides: newer.iter().map(|newer| newer.guide.key.as_str()).collect(),
    }
}

fn document_kind(kind: DocumentKind) -> &'static str {
    if kind == DocumentKind::Training { "training" } else { "guide" }
}
