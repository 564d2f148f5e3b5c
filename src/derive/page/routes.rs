//! Addresses: which page stands where, in which language.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::derive::guidance::comparison::Step;
use crate::derive::guidance::review;
use crate::derive::page::parts;
use crate::derive::run::counts;
use crate::derive::run::identity::{self, Identity};
use crate::derive::run::matrix;
use crate::derive::run::results;
use crate::derive::schedule;
use crate::derive::week::weekly::IsoWeek;
use crate::model::Site;
use crate::model::document::{Document, DocumentKind, is_versioned};
use crate::model::file_shapes::FileShape;
use crate::model::records::Record;
use crate::model::tickets::Snapshot;

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The home page.
    Home,
    /// A Markdown page, by key.
    Document(String),
    /// The slides of a training module, by key.
    Slides(String),
    /// The pages of a folder that has no page of its own, by path.
    Folder(String),
    /// The list of a kind.
    List(List),
    /// A release.
    Release(String),
    /// A test run.
    Run(String),
    /// Comparable test runs, by the name of their series.
    Series(String),
    /// A test case, by its present id.
    Case(String),
    /// A test case without an id: suite and name.
    NamedCase(Option<String>, String),
    /// A test plan.
    Plan(String),
    /// A defect.
    Defect(String),
    /// An environment.
    Environment(String),
    /// A cloning: environment and its own id.
    Cloning(String, String),
    /// A test-data set.
    DataSet(String),
    /// A ticket snapshot.
    Tickets(String),
    /// A decision.
    Decision(String),
    /// A partner; shown in the list of partners.
    Partner(String),
    /// A further part of a table that is too long for one page: on whose page it begins, and its
    /// number, from 2.
    Part(Box<Subject>, usize),
    /// The rules of the checks.
    Rules,
    /// The definitions of what is counted.
    Counting,
    /// The accessibility statement.
    Accessibility,
    /// What changed from one version of the guidance to another: `2026.1..2026.2`.
    Difference(String),
    /// What changed in a page from one version to another, by its key in the latter.
    PageDifference(String, String),
    /// The reference of files.
    Reference,
    /// The reference of a kind of file, by its name.
    KindReference(&'static str),
    /// All pages by the alphabet.
    Search,
    /// The page for addresses that lead nowhere.
    NotFound,
}

impl Subject {
    /// Whether each version of the guidance has a page of its own about it. All others stand once, beside the
    /// current version.
    pub fn is_versioned(&self) -> bool {
        match self {
            Self::Home | Self::Search | Self::List(List::Guides | List::Training) => true,
            Self::Document(key) | Self::Slides(key) => is_versioned(key),
            Self::Folder(path) => is_versioned(&format!("{path}/")),
            _ => false,
        }
    }

    /// The page about a case.
    pub fn of_case(case: &Identity) -> Self {
        match case {
            Identity::Id(id) => Self::Case(id.clone()),
            Identity::Named { suite, name } => Self::NamedCase(suite.clone(), name.clone()),
        }
    }
}

/// The pages that list all records of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum List {
    /// Guides.
    Guides,
    /// Training modules.
    Training,
    /// The schedule.
    Schedule,
    /// Releases.
    Releases,
    /// Test runs.
    Runs,
    /// Test cases.
    Cases,
    /// Test plans.
    Plans,
    /// Defects.
    Defects,
    /// Environments.
    Environments,
    /// Test-data sets.
    Data,
    /// Ticket snapshots.
    Tickets,
    /// UAT readiness of tickets.
    Uat,
    /// Decisions.
    Decisions,
    /// Test reports.
    Reports,
    /// Questions and answers.
    Advice,
    /// Improvement proposals.
    Proposals,
    /// Partners.
    Partners,
    /// Guides due for review.
    Review,
}

impl List {
    /// Every list with its folder in addresses.
    pub const ALL: [(Self, &'static str); 18] = [
        (Self::Guides, "guides"),
        (Self::Training, "training"),
        (Self::Schedule, "schedule"),
        (Self::Releases, "releases"),
        (Self::Runs, "runs"),
        (Self::Cases, "cases"),
        (Self::Plans, "plans"),
        (Self::Defects, "defects"),
        (Self::Environments, "environments"),
        (Self::Data, "data"),
        (Self::Tickets, "weekly"),
        (Self::Uat, "uat"),
        (Self::Decisions, "decisions"),
        (Self::Reports, "reports"),
        (Self::Advice, "advice"),
        (Self::Proposals, "proposals"),
        (Self::Partners, "partners"),
        (Self::Review, "review"),
    ];

    /// The folder in addresses.
    pub fn folder(self) -> &'static str {
        Self::ALL.iter().find(|(list, _)| *list == self).map_or("", |(_, folder)| folder)
    }

    /// Whether the portal has anything to list.
    fn is_filled(self, site: &Site) -> bool {
        let has = |kind| site.documents_of(kind).next().is_some();
        match self {
            Self::Guides => has(DocumentKind::Guide),
            Self::Training => has(DocumentKind::Training),
            Self::Schedule => schedule::is_planned(site),
            Self::Releases => !site.releases.is_empty(),
            Self::Runs => !site.runs.is_empty(),
            Self::Cases => !site.cases.is_empty() || !identity::uncatalogued(site).is_empty(),
            Self::Plans => !site.plans.is_empty(),
            Self::Defects => !site.defects.is_empty(),
            Self::Environments => !site.environments.is_empty(),
            Self::Data => !site.data.is_empty(),
            Self::Tickets => !site.tickets.is_empty(),
            Self::Uat => site.releases.iter().any(|release| !release.uat.is_empty()),
            Self::Decisions => !site.decisions.is_empty(),
            Self::Reports => has(DocumentKind::Report),
            Self::Advice => has(DocumentKind::Advice),
            Self::Proposals => has(DocumentKind::Proposal),
            Self::Partners => !site.partners.is_empty(),
            Self::Review => review::has_queue(site),
        }
    }
}

/// Two pages that want one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The address.
    pub address: String,
    /// The page that has it.
    pub kept: Subject,
    /// The page that cannot have it.
    pub refused: Subject,
}

/// All pages of a site and their addresses.
#[derive(Debug, Clone)]
pub struct Routes {
    default_language: String,
    paths: BTreeMap<Subject, String>,
    sources: HashMap<String, Subject>,
    addresses: HashMap<String, Subject>,
    conflicts: Vec<Conflict>,
    /// What stands before the addresses of a version that is not the current one: `/v/2025`.
    root: String,
    /// The pages that stand once, of a version that is not the current one.
    shared: Option<Arc<Routes>>,
    /// Whether the shared pages that are of a version are those to link to, too.
    shares_all: bool,
}

impl Routes {
    /// The addresses of `site`.
    pub fn of(site: &Site) -> Self {
        let mut routes = Self::empty(site);
        routes.add(Subject::Home, String::new());
        for subject in
            [Subject::Rules, Subject::Counting, Subject::Reference, Subject::Search, Subject::NotFound]
        {
            let path = fixed_path(&subject);
            routes.add(subject, path.to_owned());
        }
        if site.portal.accessibility.is_some() {
            routes.add(Subject::Accessibility, fixed_path(&Subject::Accessibility).to_owned());
        }
        for kind in FileShape::KINDS {
            routes.add(Subject::KindReference(kind), format!("{}/{kind}", fixed_path(&Subject::Reference)));
        }
        for (list, folder) in List::ALL {
            if list.is_filled(site) {
                routes.add(Subject::List(list), folder.to_owned());
            }
        }
        routes.add_records(site);
        let uncatalogued = identity::uncatalogued(site);
        routes.add_cases(&uncatalogued);
        routes.add_documents(site.documents.iter());
        routes.add_folders(site.documents.iter());
        routes.add_named_cases(&uncatalogued);
        routes.add_series(site);
        routes.add_parts(site, site.cases.len() + uncatalogued.len());
        routes.add_folder_parts(site.documents.iter());
        routes.add_alphabet(site);
        routes
    }

    /// The addresses of a version that is not the current one: its own pages stand below `root`, all others
    /// where `shared` has them.
    pub fn of_version(site: &Site, root: &str, shared: Arc<Self>) -> Self {
        let mut routes = Self::empty(site);
        root.clone_into(&mut routes.root);
        for subject in [Subject::Home, Subject::Search] {
            let path = fixed_path(&subject);
            routes.add(subject, path.to_owned());
        }
        for list in [List::Guides, List::Training].into_iter().filter(|list| list.is_filled(site)) {
            routes.add(Subject::List(list), list.folder().to_owned());
        }
        routes.add_documents(site.documents.iter().filter(|document| document.is_versioned()));
        routes.add_folders(site.documents.iter().filter(|document| document.is_versioned()));
        routes.add_folder_parts(site.documents.iter().filter(|document| document.is_versioned()));
        routes.add_alphabet(site);
        routes.shared = Some(shared);
        routes
    }

    /// The addresses of the pages about what changed from one version to the next: they stand below the root of
    /// `step`, and all others where `shared` has them.
    pub fn of_step(site: &Site, step: &Step, shared: Arc<Self>) -> Self {
        let mut routes = Self::empty(site);
        routes.root = step.root();
        routes.add(Subject::Difference(step.name()), String::new());
        for (key, path) in step.pages() {
            routes.add(Subject::PageDifference(step.name(), key.to_owned()), path.to_owned());
        }
        routes.shared = Some(shared);
        routes.shares_all = true;
        routes
    }

    /// No page at all, in the languages of `site`.
    pub fn empty(site: &Site) -> Self {
        Self {
            default_language: site.default_language().to_owned(),
            paths: BTreeMap::new(),
            sources: HashMap::new(),
            addresses: HashMap::new(),
            conflicts: Vec::new(),
            root: String::new(),
            shared: None,
            shares_all: false,
        }
    }

    fn add_records(&mut self, site: &Site) {
        macro_rules! add {
            ($($records:ident $list:ident $variant:ident)*) => {$(
                for record in site.$records.iter() {
                    let subject = Subject::$variant(record.id.clone());
                    self.add(subject.clone(), format!("{}/{}", List::$list.folder(), id_path(&record.id)));
                    self.sources.insert(record.path.clone(), subject);
                }
            )*};
        }
        add!(releases Releases Release  runs Runs Run  plans Plans Plan  defects Defects Defect
             environments Environments Environment  data Data DataSet  decisions Decisions Decision);
        self.add_weeks(site);
        for case in site.cases.iter() {
            self.add(Subject::Case(case.id.clone()), format!("cases/{}", id_path(&case.id)));
            self.sources.insert(case.path.clone(), Subject::List(List::Cases));
        }
        for partner in site.partners.iter() {
            self.sources.insert(partner.path.clone(), Subject::List(List::Partners));
        }
        for environment in site.environments.iter() {
            for cloning in &environment.clonings {
                let path =
                    format!("environments/{}/clonings/{}", id_path(&environment.id), id_path(&cloning.id));
                self.add(Subject::Cloning(environment.id.clone(), cloning.id.value.clone()), path);
            }
        }
    }

    /// The last snapshot of a week has the address of the week; an earlier one keeps one of its own.
    fn add_weeks(&mut self, site: &Site) {
        let day = |snapshot: &Record<Snapshot>| snapshot.as_of.date(&site.zone);
        let mut snapshots: Vec<&Record<Snapshot>> = site.tickets.iter().collect();
        snapshots.sort_by_key(|snapshot| (snapshot.as_of.civil(&site.zone), snapshot.id.as_str()));
        let mut later = snapshots.iter().skip(1);
        for snapshot in &snapshots {
            let week = IsoWeek::of(day(snapshot));
            let is_last = later.next().is_none_or(|later| IsoWeek::of(day(later)) != week);
            let part = if is_last { week.to_string() } else { id_path(&snapshot.id) };
            let subject = Subject::Tickets(snapshot.id.clone());
            self.add(subject.clone(), format!("{}/{part}", List::Tickets.folder()));
            self.sources.insert(snapshot.path.clone(), subject);
        }
    }

    /// Former addresses, each with the page that stands elsewhere now: that of a snapshot was made of its id.
    pub fn former(&self, site: &Site) -> Vec<(String, Subject)> {
        let moved = site.tickets.iter().filter_map(|snapshot| {
            let former = format!("{}/{}", List::Tickets.folder(), id_path(&snapshot.id));
            self.at(&former).is_none().then(|| (former, Subject::Tickets(snapshot.id.clone())))
        });
        moved.collect()
    }

    /// Cases that results name by an id and that the catalogue does not have.
    fn add_cases(&mut self, cases: &BTreeSet<Identity>) {
        for id in cases.iter().filter_map(Identity::id) {
            self.add(Subject::Case(id.to_owned()), format!("cases/{}", id_path(id)));
        }
    }

    /// Cases without an id take what no other page wants.
    fn add_named_cases(&mut self, cases: &BTreeSet<Identity>) {
        let taken: HashSet<String> = self.addresses.keys().map(|address| address.to_lowercase()).collect();
        let parts = identity::parts(cases, segment, |part| taken.contains(&format!("cases/{part}")));
        for (case, part) in parts {
            self.add(Subject::of_case(case), format!("cases/{part}"));
        }
    }

    /// Series take what no other page wants; the name of a release, too, would promise its runs.
    fn add_series(&mut self, site: &Site) {
        let mut taken: HashSet<String> =
            self.addresses.keys().map(|address| address.to_lowercase()).collect();
        taken.extend(site.releases.iter().map(|release| format!("runs/{}", release.id.to_lowercase())));
        for (name, runs) in matrix::all_series(site) {
            let plain = format!("runs/{}", id_path(&name));
            let with_number = (1..).map(|number| match number {
                1 => format!("{plain}-series"),
                number => format!("{plain}-series-{number}"),
            });
            let mut wanted = std::iter::once(plain.clone()).chain(with_number);
            let Some(path) = wanted.find(|path| !taken.contains(&path.to_lowercase())) else { continue };
            taken.insert(path.to_lowercase());
            let subject = Subject::Series(name);
            self.add(subject.clone(), path);
            self.add_parts_of(&subject, "cases", matrix::count(site, &runs));
        }
    }

    /// Long tables: lists of records, the cases of runs and plans, the tickets of a week.
    fn add_parts(&mut self, site: &Site, cases: usize) {
        let pages = |kind| site.documents_of(kind).filter(|document| !document.is_index).count();
        let lists = [
            (List::Releases, site.releases.len()),
            (List::Runs, site.runs.len()),
            (List::Cases, cases),
            (List::Plans, site.plans.len()),
            (List::Defects, site.defects.len()),
            (List::Environments, site.environments.iter().map(|one| one.clonings.len()).sum()),
            (List::Data, site.data.len()),
            (List::Tickets, site.tickets.len()),
            (List::Uat, site.releases.iter().map(|release| release.uat.iter().count()).sum()),
            (List::Decisions, site.decisions.len()),
            (List::Partners, site.partners.len()),
            (List::Training, pages(DocumentKind::Training)),
            (List::Reports, pages(DocumentKind::Report)),
            (List::Advice, pages(DocumentKind::Advice)),
            (List::Proposals, pages(DocumentKind::Proposal)),
            (List::Review, if review::has_queue(site) { pages(DocumentKind::Guide) } else { 0 }),
        ];
        for (list, rows) in lists {
            self.add_parts_of(&Subject::List(list), "part", rows);
        }
        for snapshot in site.tickets.iter() {
            self.add_parts_of(&Subject::Tickets(snapshot.id.clone()), "part", snapshot.tickets.len());
        }
        for run in site.runs.iter() {
            self.add_parts_of(&Subject::Run(run.id.clone()), "cases", results::cases_of(site, run).len());
        }
        for plan in site.plans.iter() {
            self.add_parts_of(&Subject::Plan(plan.id.clone()), "cases", counts::chosen(site, plan).count());
        }
    }

    /// The pages by the alphabet.
    fn add_alphabet(&mut self, site: &Site) {
        let rows = self.paths.keys().filter(|subject| is_in_alphabet(site, subject)).count();
        self.add_parts_of(&Subject::Search, "part", rows);
    }

    fn add_parts_of(&mut self, subject: &Subject, folder: &str, rows: usize) {
        let Some(path) = self.paths.get(subject).cloned() else { return };
        for number in 2..=parts::count(rows, parts::rows(subject)) {
            self.add(Subject::Part(Box::new(subject.clone()), number), format!("{path}/{folder}/{number}"));
        }
    }

    /// The pages of folders without a text of their own list what is in them, and what is in their folders.
    fn add_folder_parts<'a>(&mut self, documents: impl Iterator<Item = &'a Document>) {
        let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for document in documents {
            for folder in folders_above(&document.key) {
                let below = document.key.get(folder.len() + 1..).unwrap_or_default();
                // Of what lies deeper, the page shows the folder alone.
                let deeper = below.match_indices('/').nth(1).map(|(at, _)| folder.len() + 1 + at);
                let entry = deeper.and_then(|end| document.key.get(..end)).unwrap_or(&document.key);
                entries.entry(folder).or_default().insert(entry);
            }
        }
        for (folder, entries) in entries {
            if let Some(subject @ (Subject::Folder(_) | Subject::List(List::Guides))) =
                self.sources.get(folder).cloned()
            {
                self.add_parts_of(&subject, "part", entries.len());
            }
        }
    }

    fn add_documents<'a>(&mut self, documents: impl Iterator<Item = &'a Document>) {
        for document in documents {
            let path = document_path(document);
            let subject = self.document_subject(document, &path);
            for text in &document.texts {
                self.sources.insert(text.path.clone(), subject.clone());
            }
            if !matches!(subject, Subject::Document(_)) {
                continue;
            }
            if document.kind == DocumentKind::Training && !document.is_index {
                self.add(Subject::Slides(document.key.clone()), format!("{path}/slides"));
            }
            self.add(subject, path);
        }
    }

    /// A folder's page is its kind's list, where there is one; the text stands above the list.
    fn document_subject(&self, document: &Document, path: &str) -> Subject {
        let own = Subject::Document(document.key.clone());
        if document.kind == DocumentKind::Home {
            return Subject::Home;
        }
        match self.addresses.get(path) {
            Some(Subject::List(list)) if document.is_index => Subject::List(*list),
            _ => own,
        }
    }

    /// Every folder above a page has a page.
    fn add_folders<'a>(&mut self, documents: impl Iterator<Item = &'a Document>) {
        let folders: BTreeSet<&str> = documents.flat_map(|document| folders_above(&document.key)).collect();
        for folder in folders {
            let path = folder_path(folder);
            match self.addresses.get(&path) {
                Some(subject) => {
                    let subject = subject.clone();
                    self.sources.insert(folder.to_owned(), subject);
                }
                None => {
                    let subject = Subject::Folder(folder.to_owned());
                    self.sources.insert(folder.to_owned(), subject.clone());
                    self.add(subject, path);
                }
            }
        }
        for (list, folder) in List::ALL {
            if self.paths.contains_key(&Subject::List(list)) {
                self.sources.entry(folder.to_owned()).or_insert(Subject::List(list));
            }
        }
    }

    fn add(&mut self, subject: Subject, path: String) {
        if let Some(kept) = self.addresses.get(&path) {
            self.conflicts.push(Conflict {
                address: format!("/{path}/"),
                kept: kept.clone(),
                refused: subject,
            });
            return;
        }
        self.addresses.insert(path.clone(), subject.clone());
        self.paths.insert(subject, path);
    }

    /// The pages that want an address another has.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// What stands before the addresses of the version's own pages: nothing for the current version.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Whether the file at `path` of the content folder has a page among the version's own.
    pub fn is_own(&self, path: &str) -> bool {
        self.sources.contains_key(path)
    }

    /// The address of the portal's first page in `language`: the home page of the current version.
    pub fn front(&self, language: &str) -> String {
        self.shared.as_deref().unwrap_or(self).address(&Subject::Home, language)
    }

    /// The version's own pages with their paths: `guides/report-defect`, without language and slashes around.
    pub fn paths(&self) -> impl Iterator<Item = (&Subject, &str)> {
        self.paths.iter().map(|(subject, path)| (subject, path.as_str()))
    }

    /// The path of the page about `subject` if it is one of the version's own.
    pub fn path(&self, subject: &Subject) -> Option<&str> {
        self.paths.get(subject).map(String::as_str)
    }

    /// The address of the image or attachment at `path` of the content folder.
    pub fn file(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    /// All of the version's own subjects that have a page, in a fixed order.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.paths.keys()
    }

    /// Whether `subject` has a page.
    pub fn has(&self, subject: &Subject) -> bool {
        self.paths.contains_key(subject) || self.elsewhere(subject).is_some_and(|shared| shared.has(subject))
    }

    /// The page that shows the file or folder at `path` of the content folder.
    pub fn of_source(&self, path: &str) -> Option<&Subject> {
        self.sources.get(path).or_else(|| self.in_shared(|shared| shared.of_source(path)))
    }

    /// What `find` finds among the pages that stand once.
    fn in_shared<'a>(&'a self, find: impl Fn(&'a Self) -> Option<&'a Subject>) -> Option<&'a Subject> {
        find(self.shared.as_deref()?).filter(|subject| self.shares_all || !subject.is_versioned())
    }

    /// Where the page about `subject` stands, if it is none of the version's own.
    fn elsewhere(&self, subject: &Subject) -> Option<&Self> {
        let is_shared = !self.paths.contains_key(subject) && (self.shares_all || !subject.is_versioned());
        self.shared.as_deref().filter(|_| is_shared)
    }

    /// The paths of all files and folders that have a page.
    pub fn sources(&self) -> impl Iterator<Item = &str> + Clone {
        self.sources.keys().map(String::as_str)
    }

    /// The addresses of all pages in the default language, without slashes around them.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.paths.values().map(String::as_str)
    }

    /// The page at an address such as `guides/report-defect`, without language and slashes around it.
    pub fn at(&self, address: &str) -> Option<&Subject> {
        self.addresses.get(address).or_else(|| self.in_shared(|shared| shared.at(address)))
    }

    /// The address of `subject` in `language`: `/guides/report-defect/`, `/en/guides/…`. A subject
    /// without a page of its own gives the home page.
    pub fn address(&self, subject: &Subject, language: &str) -> String {
        if let Some(shared) = self.elsewhere(subject) {
            return shared.address(subject, language);
        }
        let path = self.paths.get(subject).map_or("", String::as_str);
        let prefix = language_root(&self.root, language, &self.default_language);
        match path {
            "" => format!("{prefix}/"),
            "404.html" => format!("{prefix}/404.html"),
            path => format!("{prefix}/{path}/"),
        }
    }
}

/// Whether the list of all pages names the page about `subject`: parts of other pages, and cases, stand in lists of
/// their own.
pub fn is_in_alphabet(site: &Site, subject: &Subject) -> bool {
    match subject {
        Subject::NotFound
        | Subject::Search
        | Subject::Slides(_)
        | Subject::Case(_)
        | Subject::NamedCase(..)
        | Subject::Part(..)
        | Subject::Difference(_)
        | Subject::PageDifference(..) => false,
        Subject::Document(key) => !site.is_hidden(key),
        _ => true,
    }
}

/// What stands before the addresses of the version at `root` in `language`: `/v/2025`, `/v/2025/en`.
pub fn language_root(root: &str, language: &str, default: &str) -> String {
    if language == default { root.to_owned() } else { format!("{root}/{language}") }
}

/// `from` and `to` are addresses; gives `to` as seen from `from`, so that a portal works at any place.
pub fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let folders = &folders[1..folders.len().saturating_sub(1).max(1)];
    let target: Vec<&str> = to.trim_start_matches('/').split('/').collect();
    let (name, target_folders) = target.split_last().unwrap_or((&"", &[]));
    let shared = folders.iter().zip(target_folders).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(folders.len() - shared);
    for folder in &target_folders[shared..] {
        path.push_str(folder);
        path.push('/');
    }
    path.push_str(name);
    if path.is_empty() { "./".to_owned() } else { path }
}

/// The files that stand beside the page of each run: its cases for spreadsheets (in the page's language),
/// its cases and its report for programs.
pub const RUN_FILES: [&str; 3] = ["cases.csv", "cases.json", "ctrf.json"];

/// The address of a file that stands beside the page at `address`, a folder.
pub fn beside(address: &str, file: &str) -> String {
    let folder = address.rfind('/').map_or("", |end| &address[..=end]);
    format!("{folder}{file}")
}

/// The file that holds the page at `address`.
pub fn output_path(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn fixed_path(subject: &Subject) -> &'static str {
    match subject {
        Subject::Rules => "about/rules",
        Subject::Counting => "about/counting",
        Subject::Accessibility => "about/accessibility",
        Subject::Reference => "about/reference",
        Subject::Search => "search",
        Subject::NotFound => "404.html",
        _ => "",
    }
}

fn folders_above(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices('/').map(move |(at, _)| &key[..at])
}

fn document_path(document: &Document) -> String {
    match document.key.rsplit_once('/') {
        Some((folder, _)) if document.is_index => folder_path(folder),
        None if document.is_index => String::new(),
        _ => folder_path(&document.key),
    }
}

fn folder_path(path: &str) -> String {
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// A name as it stands in an address: without its ordering number, in lower case, without what an
/// address or a file system cannot hold.
fn segment(name: &str) -> String {
    let name = without_number(name);
    let mut made = String::with_capacity(name.len());
    for letter in name.trim().chars().flat_map(char::to_lowercase) {
        let keep = letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '~');
        let letter = if keep { letter } else { '-' };
        if letter != '-' || !made.ends_with('-') {
            made.push(letter);
        }
    }
    let made = made.trim_matches(['-', '.']);
    if made.is_empty() { "_".to_owned() } else { made.to_owned() }
}

/// `10-basics` is `basics`; a name that is all number stays.
pub fn without_number(name: &str) -> &str {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 4 {
        return name;
    }
    match name[digits..].strip_prefix(['-', '_', ' ']).or_else(|| name[digits..].strip_prefix(". ")) {
        Some(rest) if rest.starts_with(char::is_alphabetic) => rest,
        _ => name,
    }
}

/// An id as it stands in an address: case kept, since ids are quoted.
pub fn id_path(id: &str) -> String {
    id.split('/')
        .map(|part| {
            let made: String = part
                .chars()
                .map(
                    |c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '+') { c } else { '-' },
                )
                .collect();
            if made.chars().all(|c| c == '.') { "_".to_owned() } else { made }
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    #[test]
    fn addresses_are_relative_to_the_page() {
        for (from, to, wanted) in [
            ("/", "/guides/a/", "guides/a/"),
            ("/guides/a/", "/", "../../"),
            ("/guides/a/", "/guides/b/", "../b/"),
            ("/guides/a/", "/guides/a/", "./"),
            ("/en/guides/a/", "/assets/style.css", "../../../assets/style.css"),
            ("/404.html", "/assets/style.css", "assets/style.css"),
        ] {
            assert_eq!(relative(from, to), wanted, "{from} -> {to}");
        }
    }

    #[test]
    fn a_case_that_no_catalogue_has_gets_an_address() {
        let run = |day: u8| {
            format!(
                "release: r\nenvironment: e\nstarted: 2026-10-{day}\nresults:\n\
                 - {{case: X-1, status: passed}}\n\
                 - {{suite: Letters, title: 'Sends [et, €]', status: passed}}\n\
                 - {{title: ben-1, status: passed}}\n\
                 - {{title: only in {day}, status: passed}}"
            )
        };
        let site = tree(&[
            ("cases/all.yaml", "cases: [{id: BEN-1}]"),
            ("runs/a.yaml", &run(12)),
            ("runs/b.yaml", &run(13)),
        ]);
        let routes = Routes::of(&site);
        let address = |suite: Option<&str>, name: &str| {
            routes.address(&Subject::NamedCase(suite.map(str::to_owned), name.to_owned()), "et")
        };
        assert_eq!(routes.address(&Subject::Case("X-1".into()), "et"), "/cases/X-1/");
        assert_eq!(address(Some("Letters"), "Sends [et, €]"), "/cases/letters-sends-et/");
        // A file system may hold `BEN-1` and `ben-1` for one.
        assert!(address(None, "ben-1").starts_with("/cases/ben-1-"));
        assert_eq!(address(None, "only in 12"), "/");
        assert_eq!(routes.conflicts(), []);
    }

    #[test]
    fn the_last_snapshot_of_a_week_has_its_address() {
        let snapshot = |day: &str| format!("as_of: {day}T08:00");
        let site = tree(&[
            ("tickets/2026-10-14.yaml", &snapshot("2026-10-14")),
            ("tickets/2026-10-16.yaml", &snapshot("2026-10-16")),
            ("tickets/new-year.yaml", &snapshot("2027-01-02")),
        ]);
        let routes = Routes::of(&site);
        let address = |id: &str| routes.address(&Subject::Tickets(id.into()), "et");
        assert_eq!(address("2026-10-14"), "/weekly/2026-10-14/");
        assert_eq!(address("2026-10-16"), "/weekly/2026-W42/");
        assert_eq!(address("new-year"), "/weekly/2026-W53/");
        let former: Vec<String> = routes.former(&site).into_iter().map(|(address, _)| address).collect();
        assert_eq!(former, ["weekly/2026-10-16", "weekly/new-year"]);
    }

    #[test]
    fn names_become_addresses() {
        for (name, wanted) in [
            ("10-basics", "basics"),
            ("2026.10-progress", "2026.10-progress"),
            ("2026-10-16", "2026-10-16"),
            ("Õpi juhend", "õpi-juhend"),
            ("selenium+sauce", "selenium-sauce"),
            ("..", "_"),
            ("A & B", "a-b"),
        ] {
            assert_eq!(segment(name), wanted);
        }
    }
}
