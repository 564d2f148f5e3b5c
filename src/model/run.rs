//! `runs/**.yaml`: the results of test runs.

use crate::diagnostic::{Diagnostic, Place, Placed};
use crate::record::decode::{Decode, wrong_type};
use crate::record::entries::Entries;
use crate::record::fault::UNKNOWN_VALUE;
use crate::record::form::{Form, Scalars};
use crate::record::node::{Node, Value};
use crate::record::reference::{Kind, Pointer, Ref, References, to};
use crate::record::shape::{Shape, Shaped};
use crate::record::text::Text;
use crate::record::time::{Moment, Seconds};
use crate::record::{choice, record};

record! {
    /// A test run: the results of one execution of a set of test cases.
    pub struct Run {
        /// The title that readers see; without it, the id.
        #[example = "System testing, second round"]
        pub title: Option<Text>,
        /// The release under test.
        pub release: Ref<to::Release>,
        /// Where it ran.
        pub environment: Ref<to::Environment>,
        /// When it began.
        pub started: Placed<Moment>,
        /// When it ended; still running if nothing is written.
        #[example = "2026-10-14T17:30"]
        pub ended: Option<Placed<Moment>>,
        /// The build under test; the release's, if nothing is written.
        #[example = "2026.10.0-rc2"]
        pub build: Option<Placed<String>>,
        /// The test level.
        pub level: Option<Level>,
        /// The test types: `functional`, `regression` and others.
        #[example = "regression"]
        pub types: Vec<String>,
        /// Runs with the same word are comparable; by default product, level and environment.
        #[example = "benefits-system"]
        pub series: Option<String>,
        /// The team that ran it.
        #[example = "sit"]
        pub team: Option<Ref<to::Team>>,
        /// The plan that gives the number of planned cases.
        pub plan: Option<Ref<to::Plan>>,
        /// The number of planned cases, where there is no plan.
        #[example = "412"]
        pub planned: Option<Placed<u32>>,
        /// Test data it used.
        pub data: Vec<Ref<to::DataSet>>,
        /// What it is compared with.
        pub baseline: Option<Baseline>,
        /// The result of each case.
        pub results: Vec<CaseResult>,
        /// A foreign file that holds the results.
        pub import: Option<Import>,
        /// Sums alone, where the cases are not known.
        pub totals: Option<Placed<Totals>>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// The result of one case.
    pub struct CaseResult {
        /// The case's id.
        pub case: Option<Ref<to::Case>>,
        /// Its name; the catalogue's, if nothing is written.
        #[example = "Supplement is in the sum"]
        pub title: Option<Text>,
        /// The suite it belongs to.
        #[example = "Benefits"]
        pub suite: Option<String>,
        /// How it ended.
        pub status: Placed<Status>,
        /// What a foreign tool called that.
        #[example = "FAILURE"]
        pub raw_status: Option<String>,
        /// How long it took.
        #[example = "4m10s"]
        pub time: Option<Seconds>,
        /// Defects it found or waits for.
        pub defects: Vec<Ref<to::Defect>>,
        /// Whose fault a failure is.
        pub triage: Option<Triage>,
        /// What the failure said.
        #[example = "expected 120, got 60"]
        pub message: Option<String>,
        /// Files that belong to it, as paths relative to this file.
        #[example = "sum.png"]
        pub attachments: Vec<Ref<to::File>>,
        /// All attempts, the last one being the status.
        pub attempts: Vec<Status>,
        /// Why it was blocked or skipped.
        #[example = "The stub of the bank is down"]
        pub reason: Option<Text>,
        /// The ticket it waits for.
        #[example = "BEN-2290"]
        pub blocked_by: Option<Placed<String>>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// Result files of another tool, read whenever the portal is built.
    pub struct Import {
        /// The file beside the run, a list of files of which a later one holds later attempts, or a folder.
        #[example = "sit-03.xml"]
        pub file: ResultFiles,
        /// Their format: `junit`, `ctrf`, `robot`, `allure`, `cucumber`, `playwright`, `tap` or `csv`.
        #[example = "junit"]
        pub format: Placed<String>,
        /// Which column of a table holds what, where its header does not tell: `{case: Test ID}`.
        #[example = "case: Test ID"]
        pub columns: Entries<Placed<String>, String>,
        /// What the tool's words for a status mean: `{OK: passed}`.
        #[example = "OK: passed"]
        pub statuses: Entries<Placed<String>, Status>,
    }

    /// Sums of a run whose cases are not known.
    pub struct Totals {
        /// Planned cases.
        #[example = "412"]
        pub planned: Option<u32>,
        /// Passed cases.
        #[example = "350"]
        pub passed: Option<u32>,
        /// Failed cases.
        #[example = "9"]
        pub failed: Option<u32>,
        /// Cases that broke off.
        #[example = "1"]
        pub error: Option<u32>,
        /// Blocked cases.
        #[example = "12"]
        pub blocked: Option<u32>,
        /// Cases left out.
        #[example = "0"]
        pub skipped: Option<u32>,
        /// Cases under way.
        #[example = "4"]
        pub in_progress: Option<u32>,
        /// Cases not yet run.
        #[example = "36"]
        pub not_run: Option<u32>,
    }
}

choice! {
    /// A test level (ISTQB).
    pub enum Level {
        /// Component testing.
        Component = "component",
        /// Component integration testing.
        ComponentIntegration = "component_integration",
        /// System testing.
        System = "system",
        /// System integration testing.
        SystemIntegration = "system_integration",
        /// Acceptance testing.
        Acceptance = "acceptance",
    }

    /// How a case ended.
    pub enum Status {
        /// It did what it should.
        Passed = "passed",
        /// It did not do what it should.
        Failed = "failed",
        /// It broke off.
        Error = "error",
        /// It could not be run.
        Blocked = "blocked",
        /// It was left out on purpose.
        Skipped = "skipped",
        /// It is under way.
        InProgress = "in_progress",
        /// It has not been run.
        NotRun = "not_run",
    }

    /// Whose fault a failure is.
    pub enum Triage {
        /// The product's.
        Product = "product",
        /// The test's.
        Test = "test",
        /// The environment's.
        Environment = "environment",
        /// The data's.
        Data = "data",
        /// Nobody's: it works as it should.
        NotADefect = "not_a_defect",
    }
}

impl Run {
    /// The results that its own file writes down, without those that were read from its import: these
    /// stand where that names its file.
    pub fn own_results(&self) -> &[CaseResult] {
        let from_import = |result: &CaseResult| {
            self.import.as_ref().is_some_and(|import| import.file.place() == Some(result.status.place))
        };
        if self.results.first().is_some_and(from_import) { &[] } else { &self.results }
    }
}

/// One file of another tool or several: a path, or a list of paths.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultFiles(pub Vec<Ref<to::ResultFile>>);

impl ResultFiles {
    /// The files in the order written.
    pub fn iter(&self) -> std::slice::Iter<'_, Ref<to::ResultFile>> {
        self.0.iter()
    }

    /// Where the first of them is named.
    pub fn place(&self) -> Option<Place> {
        self.0.first().map(Ref::place)
    }
}

impl<'a> IntoIterator for &'a ResultFiles {
    type Item = &'a Ref<to::ResultFile>;
    type IntoIter = std::slice::Iter<'a, Ref<to::ResultFile>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Decode for ResultFiles {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let files: Vec<_> = match &node.value {
            Value::List(_) => Vec::decode(node, faults)?,
            _ => vec![Ref::decode(node, faults)?],
        };
        if files.is_empty() {
            faults.push(wrong_type(node, "a file"));
            return None;
        }
        Some(Self(files))
    }
}

impl References for ResultFiles {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        self.0.references(visit);
    }
}

impl Shaped for ResultFiles {
    fn shape() -> Shape {
        let file = Shape::Reference(Kind::ResultFile);
        Shape::Either(vec![file.clone(), Shape::Filled(Box::new(file))])
    }
}

/// What a run is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Baseline {
    /// The run before it in its series.
    Previous,
    /// The last comparable run of a release.
    Release(Ref<to::Release>),
    /// A run.
    Run(Ref<to::Run>),
}

impl Decode for Baseline {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = node.as_scalar().unwrap_or_default();
        let named = |prefix: &str| text.strip_prefix(prefix).map(|id| Node::scalar(id.trim(), node.place));
        if text == "previous" {
            Some(Self::Previous)
        } else if let Some(id) = named("release:") {
            Ref::decode(&id, faults).map(Self::Release)
        } else if let Some(id) = named("run:") {
            Ref::decode(&id, faults).map(Self::Run)
        } else {
            let message = format!("{} is not a baseline", node.noun());
            faults.push(
                Diagnostic::new(&UNKNOWN_VALUE, node.place, message)
                    .hint("write `previous`, `release:2026.09` or `run:2026.09/sit-03`"),
            );
            None
        }
    }
}

impl References for Baseline {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        match self {
            Self::Previous => {}
            Self::Release(release) => release.references(visit),
            Self::Run(run) => run.references(visit),
        }
    }
}

static BASELINE: Form = Form {
    name: "baseline",
    pattern: "^(previous|(release|run): *\\S.*)$",
    scalars: Scalars::Text,
    example: "release:2026.09",
};

impl Shaped for Baseline {
    fn shape() -> Shape {
        Shape::Form(&BASELINE)
    }
}
