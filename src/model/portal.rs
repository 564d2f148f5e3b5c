//! `portal.yaml`: the portal itself.

use super::accessibility::Accessibility;
use super::audience::Audience;
use super::security::Security;
use super::tickets::TicketField;
use crate::diagnostic::Placed;
use crate::record::decode::{Decode, unknown_value, wrong_type};
use crate::record::entries::Entries;
use crate::record::form::{Form, Scalars};
use crate::record::node::{Node, Value};
use crate::record::reference::{Ref, holds_no_reference, to};
use crate::record::shape::{Shape, Shaped};
use crate::record::text::Text;
use crate::record::time::{Day, Period};
use crate::record::{choice, record};
use crate::{diagnostic, diagnostic::Diagnostic};

record! {
    /// The portal itself: title, languages, teams, gates and rules.
    pub struct Portal {
        /// The portal's name.
        #[example = "Testing portal"]
        pub title: Text,
        /// One sentence about it.
        #[example = "Guidance and results of testing"]
        pub description: Option<Text>,
        /// The address it is served at; needed for feeds, sitemap and canonical links.
        #[example = "https://testing.example.ee/"]
        pub base_url: Option<Placed<String>>,
        /// Language tags; the first is the default.
        #[example = "et"]
        pub languages: Vec<Placed<String>>,
        /// The zone of times that are written without an offset (IANA).
        #[example = "Europe/Tallinn"]
        pub time_zone: Option<Placed<String>>,
        /// The day for which everything is computed; only for demonstrations and archives.
        #[example = "2026-10-16"]
        pub as_of: Option<Day>,
        /// Days on which the agency works; deadlines in workdays rest on them.
        pub workdays: Option<Workdays>,
        /// Products under test, by id.
        #[example = "benefits"]
        pub products: Entries<Placed<String>, Titled>,
        /// Teams, by id.
        #[example = "uat"]
        pub teams: Entries<Placed<String>, Titled>,
        /// Roles, by id.
        #[example = "test-lead"]
        pub roles: Entries<Placed<String>, Titled>,
        /// Where the content is kept.
        pub repository: Option<Repository>,
        /// Where tickets are kept.
        pub tickets: Option<TicketSystem>,
        /// How often a guide is reviewed.
        pub review_every: Option<Period>,
        /// What readers see of the reviews of guidance.
        pub review_shown: Option<ReviewShown>,
        /// Who sees files that do not say it themselves.
        pub audiences: Option<Audiences>,
        /// Sets of rules that a release must meet, by name.
        #[example = "standard"]
        pub gates: Entries<Placed<String>, Vec<GateRule>>,
        /// How long the status of a ticket may stay before it counts as stalled.
        #[example = "5 workdays"]
        pub stalled_after: Option<Period>,
        /// What the statuses of the ticket system mean.
        pub statuses: Option<StatusMap>,
        /// Versions of the guidance.
        pub versions: Vec<Version>,
        /// Levels of rules, by the rule's name.
        #[example = "guide-overdue"]
        pub checks: Entries<Placed<String>, CheckLevel>,
        /// Former addresses and where they lead now: an address of the portal or of the web, or `gone`. For what
        /// has no front matter; a page names its own under `aliases`.
        #[example = "/defects/D-1/: /defects/D-2/"]
        pub redirects: Entries<Placed<String>, Placed<String>>,
        /// How outside links are checked.
        pub external_links: Option<ExternalLinks>,
        /// Values that look like personal data or secrets and may be published.
        pub allowed: Vec<Allowed>,
        /// Notice that affected parties get before a cloning.
        #[example = "5 workdays"]
        pub cloning_notice: Option<Period>,
        /// What the accessibility statement says; the portal has one where this is given.
        pub accessibility: Option<Accessibility>,
        /// Whom to tell of a weakness of the portal; it has a `security.txt` where this is given.
        pub security: Option<Security>,
        /// How the portal looks.
        pub theme: Option<Theme>,
        /// How Markdown is read.
        pub markdown: Option<MarkdownSettings>,
    }

    /// A value that looks like personal data or a secret and may be published until a day.
    pub struct Allowed {
        /// The value itself; nothing that only resembles it is meant.
        #[example = "testing@example.ee"]
        pub value: Placed<String>,
        /// Where it is published, or who made it.
        #[example = "https://example.ee/contact"]
        pub source: String,
        /// Why it may be shown.
        #[example = "The mailbox of a service, not of a person"]
        pub reason: String,
        /// The last day on which it may.
        #[example = "2027-12-31"]
        pub expires: Placed<Day>,
    }

    /// A product, team or role.
    pub struct Titled {
        /// The title that readers see.
        #[example = "Benefits"]
        pub title: Option<Text>,
        /// One sentence about it.
        #[example = "Benefits for families"]
        pub description: Option<Text>,
        /// A service mailbox or channel; never a person.
        #[example = "uat@example.ee"]
        pub channel: Option<String>,
    }

    /// Days on which the agency works.
    pub struct Workdays {
        /// The days of the week on which it works.
        pub days: Vec<Weekday>,
        /// Days off that fall on them.
        #[example = "2026-12-24"]
        pub holidays: Vec<Day>,
    }

    /// The Git forge that holds the content.
    pub struct Repository {
        /// The address of the repository.
        #[example = "https://git.example.ee/testing/portal"]
        pub url: String,
        /// The program that serves it: where the addresses below are not given, they are the usual ones of it.
        #[example = "gitlab"]
        pub forge: Option<Forge>,
        /// The branch that readers are led to; `main` where nothing is said.
        #[example = "main"]
        pub branch: Option<String>,
        /// The content folder as seen from the repository's root; `content` where nothing is said.
        #[example = "content"]
        pub folder: Option<String>,
        /// The address at which a file is edited; `{url}`, `{branch}`, `{path}` (in the content folder) and
        /// `{file}` (in the repository) are filled in.
        #[example = "{url}/-/edit/main/content/{path}"]
        pub edit: Option<String>,
        /// The address at which a file is shown; filled in like `edit`.
        #[example = "{url}/-/blob/main/content/{path}"]
        pub source: Option<String>,
        /// The address at which a file's changes are listed; filled in like `edit`.
        #[example = "{url}/-/commits/main/content/{path}"]
        pub history: Option<String>,
    }

    /// The ticket system.
    pub struct TicketSystem {
        /// The address of a ticket; `{key}` is filled in.
        #[example = "https://jira.example.ee/browse/{key}"]
        pub url: String,
        /// Which column of its exports holds what: `{test_due: Custom field (Test due)}`.
        #[example = "test_due: Custom field (Test due)"]
        pub columns: Entries<Placed<TicketField>, String>,
    }

    /// Default audiences.
    pub struct Audiences {
        /// The audience of files that do not say it.
        #[example = "internal"]
        pub default: Option<Audience>,
        /// The audience of folders of the content tree.
        #[example = "defects: internal"]
        pub folders: Entries<Placed<String>, Audience>,
    }

    /// One rule of a gate.
    pub struct GateRule {
        /// What is measured.
        pub metric: Placed<Metric>,
        /// What part of it counts.
        #[example = "priority: high"]
        pub of: Entries<Placed<String>, OneOrMore>,
        /// The smallest good value.
        pub at_least: Option<Placed<Threshold>>,
        /// The largest good value.
        #[example = "0"]
        pub at_most: Option<Placed<Threshold>>,
        /// Whether a waiver may cover it.
        pub waivable: Option<bool>,
        /// Whether a failure of it stops the install.
        pub level: Option<GateLevel>,
    }

    /// What the statuses of the ticket system mean.
    pub struct StatusMap {
        /// Statuses of tickets that are being tested.
        #[example = "In test"]
        pub testing: Vec<String>,
        /// Statuses of tickets that wait.
        #[example = "Blocked"]
        pub waiting: Vec<String>,
        /// Statuses of tickets that are done.
        #[example = "Done"]
        pub done: Vec<String>,
    }

    /// A version of the guidance.
    pub struct Version {
        /// Its name in addresses.
        #[example = "2026.1"]
        pub id: Placed<String>,
        /// Where it is read from: `git:<revision>`, `dir:<path>` or `frozen:<folder>`; without it, the content folder itself.
        #[example = "git:guides-2026.1"]
        pub from: Option<Placed<String>>,
        /// Whether it is in force.
        pub state: Option<Placed<VersionState>>,
        /// The title that readers see.
        #[example = "First half of 2026"]
        pub title: Option<Text>,
        /// Who may see it at all; of finished HTML, whose pages cannot be told apart, the portal's default audience.
        pub audience: Option<Audience>,
    }

    /// How `juhend check --external` looks at outside links.
    pub struct ExternalLinks {
        /// Addresses that are not asked; `*` stands for any letters.
        #[example = "https://jira.example.ee/*"]
        pub skip: Vec<Placed<String>>,
    }

    /// How the portal looks.
    pub struct Theme {
        /// A folder under `themes/` whose files override the default theme's.
        #[example = "agency"]
        pub name: Option<Placed<String>>,
        /// The accent colour, `#rrggbb`.
        #[example = "#0f5ea8"]
        pub accent: Option<Placed<String>>,
        /// The logo, an SVG or PNG in the content tree.
        #[example = "logo.svg"]
        pub logo: Option<Placed<String>>,
    }

    /// How Markdown is read.
    pub struct MarkdownSettings {
        /// What happens to raw HTML.
        pub html: Option<Html>,
    }
}

choice! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "mon",
        /// Tuesday.
        Tuesday = "tue",
        /// Wednesday.
        Wednesday = "wed",
        /// Thursday.
        Thursday = "thu",
        /// Friday.
        Friday = "fri",
        /// Saturday.
        Saturday = "sat",
        /// Sunday.
        Sunday = "sun",
    }

    /// A program that serves Git repositories.
    pub enum Forge {
        /// GitLab.
        GitLab = "gitlab",
        /// GitHub.
        GitHub = "github",
        /// Forgejo and Gitea.
        Forgejo = "forgejo",
    }

    /// What a gate rule measures.
    pub enum Metric {
        /// Executed cases of planned ones.
        ExecutedShare = "executed_share",
        /// Passed cases of executed ones.
        PassRate = "pass_rate",
        /// Defects that are open.
        OpenDefects = "open_defects",
        /// Cases that passed before and fail now.
        Regressions = "regressions",
        /// Failures that nobody has looked at.
        UntriagedFailures = "untriaged_failures",
        /// Environments that are ready.
        EnvironmentReady = "environment_ready",
        /// Test data that is ready.
        TestDataReady = "test_data_ready",
        /// The test report is issued.
        ReportIssued = "report_issued",
    }

    /// Whether a failing rule stops an install.
    pub enum GateLevel {
        /// It stops the install.
        Blocking = "blocking",
        /// It is only shown.
        Warning = "warning",
    }

    /// Whether a version of the guidance is in force.
    pub enum VersionState {
        /// Not yet in force.
        Preview = "preview",
        /// In force.
        Current = "current",
        /// Older, still kept right.
        Supported = "supported",
        /// Older, kept for reading.
        Archived = "archived",
    }

    /// The level of a rule.
    pub enum CheckLevel {
        /// Not reported.
        Off = "off",
        /// Reported.
        Warn = "warn",
        /// Reported, and nothing is written.
        Error = "error",
    }

    /// What readers see of the reviews of guidance.
    pub enum ReviewShown {
        /// Where every page stands, when it is reviewed next, and the queue.
        All = "all",
        /// Which pages are overdue, and the queue.
        Overdue = "overdue",
        /// Nothing; what is overdue is told by the checks alone.
        Nothing = "none",
    }

    /// What happens to raw HTML in Markdown.
    pub enum Html {
        /// What could do harm is removed.
        Sanitised = "sanitised",
        /// It stays as it is.
        Trusted = "trusted",
    }
}

impl CheckLevel {
    /// The level of a fault.
    pub fn level(self) -> diagnostic::Level {
        match self {
            Self::Off => diagnostic::Level::Off,
            Self::Warn => diagnostic::Level::Warn,
            Self::Error => diagnostic::Level::Error,
        }
    }
}

/// A number, or a share in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// A count.
    Count(Decimal),
    /// Percent.
    Percent(Decimal),
}

/// A number as it is written in decimals, kept exactly: a limit must not depend on how computers round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    millionths: u64,
}

impl Decimal {
    /// Millionths in one.
    pub const ONE: u64 = 1_000_000;

    /// Reads `98` or `99.95`: digits, and up to six after the point.
    pub fn read(text: &str) -> Option<Self> {
        const PLACES: usize = 6;
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = !whole.is_empty() && are_digits(whole) && are_digits(part) && part.len() <= PLACES;
        if !is_number || (part.is_empty() && text.contains('.')) {
            return None;
        }
        let part: u64 = format!("{part:0<PLACES$}").parse().ok()?;
        let whole: u64 = whole.parse().ok()?;
        Some(Self { millionths: whole.checked_mul(Self::ONE)?.checked_add(part)? })
    }

    /// The same in millionths.
    pub fn millionths(self) -> u64 {
        self.millionths
    }

    /// The same without trailing zeros: the number, and how many of its digits stand after the point.
    pub fn parts(self) -> (u64, u8) {
        let (mut unscaled, mut places) = (self.millionths, 6);
        while places > 0 && unscaled.is_multiple_of(10) {
            unscaled /= 10;
            places -= 1;
        }
        (unscaled, places)
    }
}

impl Decode for Threshold {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let read = node.as_scalar().and_then(|text| match text.strip_suffix('%') {
            Some(number) => Decimal::read(number.trim()).map(Self::Percent),
            None => Decimal::read(text).map(Self::Count),
        });
        if read.is_none() {
            faults.push(wrong_type(node, "a number or a share such as `98%`"));
        }
        read
    }
}

/// One word or a list of words.
#[derive(Debug, Clone, PartialEq)]
pub struct OneOrMore(pub Vec<Placed<String>>);

impl Decode for OneOrMore {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.value {
            Value::Scalar(_) => Placed::decode(node, faults).map(|word| Self(vec![word])),
            Value::List(_) => Vec::decode(node, faults).map(Self),
            _ => {
                faults.push(unknown_value(node, &[]));
                None
            }
        }
    }
}

holds_no_reference!(Threshold OneOrMore);

static THRESHOLD: Form = Form {
    name: "threshold",
    pattern: "^[0-9]+(\\.[0-9]{1,6})?( *%)?$",
    scalars: Scalars::Number,
    example: "98%",
};

impl Shaped for Threshold {
    fn shape() -> Shape {
        Shape::Form(&THRESHOLD)
    }
}

impl Shaped for OneOrMore {
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Text, Shape::List(Box::new(Shape::Text))])
    }
}

/// A team or role as other records name it.
pub type Owner = Ref<to::Owner>;

impl Portal {
    /// The portal of a tree that has no `portal.yaml`.
    pub fn plain(title: &str) -> Self {
        Self {
            title: Text::Plain(title.to_owned()),
            description: None,
            base_url: None,
            languages: Vec::new(),
            time_zone: None,
            as_of: None,
            workdays: None,
            products: Entries::default(),
            teams: Entries::default(),
            roles: Entries::default(),
            repository: None,
            tickets: None,
            review_every: None,
            review_shown: None,
            audiences: None,
            gates: Entries::default(),
            stalled_after: None,
            statuses: None,
            versions: Vec::new(),
            checks: Entries::default(),
            redirects: Entries::default(),
            external_links: None,
            allowed: Vec::new(),
            cloning_notice: None,
            accessibility: None,
            security: None,
            theme: None,
            markdown: None,
        }
    }

    /// Who may see a file that says nothing of itself: the default of its nearest folder, else the
    /// portal's, else the agency.
    pub fn audience_of(&self, path: &str) -> Audience {
        let default = || self.audiences.as_ref().and_then(|audiences| audiences.default);
        self.folder_audience(path).or_else(default).unwrap_or(Audience::Internal)
    }

    /// The audience that the portal names for the nearest folder of a file.
    pub fn folder_audience(&self, path: &str) -> Option<Audience> {
        let folders = &self.audiences.as_ref()?.folders;
        let above = folders.iter().filter(|(folder, _)| lies_in(path, folder));
        above.max_by_key(|(folder, _)| folder.len()).map(|(_, audience)| *audience)
    }
}

fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_kept_as_written() {
        for (text, millionths, parts) in [
            ("98", 98_000_000, (98, 0)),
            ("99.95", 99_950_000, (9_995, 2)),
            ("0", 0, (0, 0)),
            ("0.000001", 1, (1, 6)),
        ] {
            let number = Decimal::read(text).expect("a number");
            assert_eq!((number.millionths(), number.parts()), (millionths, parts), "{text}");
        }
        for text in ["", ".5", "1.", "-1", "1e3", "1,5", "0.0000001", "99999999999999"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }
}
