//! Names and links of pages as a page in one language shows them.

use jiff::civil::{Date, DateTime};

use super::blocks::{Bit, Line, link, text};
use super::pages::difference;
use super::pages::reference;
use super::portal::{Carrier, Portal, Tongue};
use super::template::{Engine, RenderFault};
use super::theme::Theme;
use crate::derive::guidance::comparison::Comparison;
use crate::derive::page::links;
use crate::derive::page::navigation::Entry;
use crate::derive::page::routes::{List, Subject, relative};
use crate::derive::page::title;
use crate::diagnostic::{NO_PATH, Placed};
use crate::model::document::Document;
use crate::model::portal::Titled;
use crate::record::entries::Entries;
use crate::record::reference::{Kind, Pointer};
use crate::record::text::Text;
use crate::record::time::Moment;
use crate::words::{Spoken, Words};

/// A page being made: the portal seen from one address in one language.
pub struct View<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// How it looks.
    pub theme: &'a Theme,
    /// The language of the page.
    pub language: &'a str,
    /// Its words and page order.
    pub tongue: &'a Tongue,
    /// The address of the page.
    pub address: String,
    /// What the page is about.
    pub subject: &'a Subject,
    /// Whether long tables are made whole, for a file, and not in parts.
    pub is_whole: bool,
}

impl<'a> View<'a> {
    /// The page about `subject` in `language`.
    pub fn new(portal: &'a Portal, theme: &'a Theme, subject: &'a Subject, language: &'a str) -> Self {
        Self {
            address: portal.routes.address(subject, language),
            tongue: portal.tongue(language),
            portal,
            theme,
            language,
            subject,
            is_whole: false,
        }
    }

    /// The same page with its long tables whole.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { address: self.address.clone(), is_whole: true, ..*self }
    }

    /// What lays the page out.
    ///
    /// # Errors
    /// A portal without a language.
    pub fn engine(&self) -> Result<&'a Engine, RenderFault> {
        self.theme.engine(self.language).ok_or_else(|| RenderFault {
            page: Some(self.address.clone()),
            message: "the portal has no language".to_owned(),
        })
    }

    /// The words of the page's language.
    pub fn words(&self) -> &'a Words {
        &self.tongue.words
    }

    /// An interface text.
    pub fn say(&self, key: &str) -> String {
        self.words().text(key).to_owned()
    }

    /// An interface text that knows its language: one that the page's language lacks is in another.
    pub fn said(&self, key: &str) -> Spoken {
        self.words().said(key)
    }

    /// An interface text with values in it.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words().fill(key, values)
    }

    /// The default language of the portal.
    pub fn default_language(&self) -> &'a str {
        self.portal.site.default_language()
    }

    /// An interface text with values in it that know their language.
    pub fn fill_spoken(&self, key: &str, values: &[(&str, &Spoken)]) -> Spoken {
        self.words().fill_spoken(key, values)
    }

    /// An author's text: in the page's language where it has one, else in another, which it knows.
    pub fn read(&self, text: &Text) -> Spoken {
        let (text, language) = text.spoken(self.language, self.default_language());
        self.spoken(text, language)
    }

    /// A text in `language`.
    pub fn spoken(&self, text: impl Into<String>, language: &str) -> Spoken {
        if language == self.language { Spoken::from(text.into()) } else { Spoken::foreign(text, language) }
    }

    /// A word of the authors' that they write once for all languages, as a tag or the name of a suite: it is in the
    /// default language.
    pub fn authored(&self, text: &str) -> Spoken {
        self.spoken(text, self.default_language())
    }

    /// An author's text as a line; nothing where nothing is written.
    pub fn line(&self, words: Option<&Text>) -> Line {
        words.map_or_else(Line::new, |words| text(self.read(words)))
    }

    /// The address of the page about `subject`, relative to this page.
    pub fn href(&self, subject: &Subject) -> String {
        self.href_to(&self.portal.routes.address(subject, self.language))
    }

    /// An address relative to this page.
    pub fn href_to(&self, address: &str) -> String {
        let path = encode(&relative(&self.address, address));
        // Without a server nobody knows which file stands for its folder.
        if self.portal.carrier == Carrier::Files && path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path
        }
    }

    /// A link to `subject` with its name; the name alone if it has no page.
    pub fn link(&self, subject: &Subject) -> Line {
        self.link_as(subject, self.name(subject))
    }

    /// A link to `subject` under a name.
    pub fn link_as(&self, subject: &Subject, name: impl Into<Spoken>) -> Line {
        match subject {
            Subject::Partner(_) => link(name, self.href(&Subject::List(List::Partners))),
            subject if self.portal.routes.has(subject) => link(name, self.href(subject)),
            _ => text(name),
        }
    }

    /// An id, linked to the page about `subject` where it has one.
    pub fn id(&self, subject: &Subject, id: &str) -> Line {
        let href = self.portal.routes.has(subject).then(|| self.href(subject));
        vec![Bit::Id { text: id.to_owned(), href, external: false }]
    }

    /// What a reference leads to, linked and named.
    pub fn pointer(&self, pointer: &Pointer) -> Line {
        let site = &self.portal.site;
        let titled = |entries| text(self.titled(entries, &pointer.id));
        match pointer.kind {
            Kind::Product => titled(&site.portal.products),
            Kind::Team => titled(&site.portal.teams),
            Kind::Role => titled(&site.portal.roles),
            Kind::Owner | Kind::Party => self.party(&pointer.id),
            Kind::Case => self.id(&Subject::Case(site.case_id(&pointer.id).to_owned()), &pointer.id),
            Kind::Defect => self.id(&Subject::Defect(pointer.id.clone()), &pointer.id),
            Kind::Release => self.id(&Subject::Release(pointer.id.clone()), &pointer.id),
            Kind::Run => self.link(&Subject::Run(pointer.id.clone())),
            Kind::Plan => self.link(&Subject::Plan(pointer.id.clone())),
            Kind::Environment => self.link(&Subject::Environment(pointer.id.clone())),
            Kind::DataSet => self.link(&Subject::DataSet(pointer.id.clone())),
            Kind::Decision => self.link(&Subject::Decision(pointer.id.clone())),
            Kind::Gate | Kind::Page | Kind::File | Kind::ResultFile => text(pointer.id.clone()),
        }
    }

    /// A team, role or partner by its id.
    pub fn party(&self, id: &str) -> Line {
        let portal = &self.portal.site.portal;
        let is_partner = portal.teams.get(id).is_none() && portal.roles.get(id).is_none();
        if is_partner && self.portal.site.partners.get(id).is_some() {
            return self.link(&Subject::Partner(id.to_owned()));
        }
        let entries = if portal.teams.get(id).is_some() { &portal.teams } else { &portal.roles };
        text(self.titled(entries, id))
    }

    /// What `portal.yaml` calls the product, team or role `id`.
    fn titled(&self, entries: &Entries<Placed<String>, Titled>, id: &str) -> Spoken {
        let title = entries.get(id).and_then(|entry| entry.title.as_ref());
        title.map_or_else(|| id.into(), |title| self.read(title))
    }

    /// The name of what a page is about.
    pub fn name(&self, subject: &Subject) -> Spoken {
        let site = &self.portal.site;
        let named =
            |title: Option<&Text>, id: &str| title.map_or_else(|| id.into(), |title| self.read(title));
        macro_rules! titled {
            ($records:ident, $id:expr) => {
                site.$records.get($id).map_or_else(|| $id.into(), |record| named(record.title.as_ref(), $id))
            };
        }
        match subject {
            Subject::Home => self.said("nav.home"),
            Subject::Document(key) | Subject::Slides(key) => self.document_title(key),
            Subject::Folder(path) => title::from_path(path).into(),
            Subject::List(list) => self.list_name(*list),
            Subject::Release(id) => titled!(releases, id),
            Subject::Run(id) => titled!(runs, id),
            Subject::Series(name) => self.fill("series.title", &[("title", name)]).into(),
            Subject::Case(id) => self.case_name(id),
            Subject::NamedCase(_, name) => self.authored(name),
            Subject::Plan(id) => titled!(plans, id),
            Subject::Environment(id) => titled!(environments, id),
            Subject::Decision(id) => titled!(decisions, id),
            Subject::Partner(id) => titled!(partners, id),
            Subject::Defect(id) => {
                site.defects.get(id).map_or_else(|| id.into(), |defect| self.read(&defect.title))
            }
            Subject::DataSet(id) => {
                site.data.get(id).map_or_else(|| id.into(), |data| self.read(&data.title))
            }
            Subject::Cloning(environment, id) => {
                let environment = self.name(&Subject::Environment(environment.clone()));
                self.fill_spoken("cloning.title", &[("id", &id.into()), ("environment", &environment)])
            }
            Subject::Tickets(id) => self.snapshot_name(id).into(),
            Subject::Part(of, number) => {
                let number = self.words().number(*number).into();
                self.fill_spoken("nav.part", &[("title", &self.name(of)), ("n", &number)])
            }
            Subject::Rules => self.said("rules.title"),
            Subject::Counting => self.said("counting.title"),
            Subject::Accessibility => self.said("accessibility.title"),
            Subject::Difference(name) => self
                .comparison(name)
                .map_or_else(|| name.into(), |comparison| difference::name(self, comparison).into()),
            Subject::PageDifference(name, key) => self
                .comparison(name)
                .map_or_else(|| key.into(), |comparison| difference::page_name(self, comparison, key)),
            Subject::Reference => self.said("reference_page.title"),
            Subject::KindReference(kind) => reference::name(self, kind).into(),
            Subject::Search => self.said("search.all_pages"),
            Subject::NotFound => self.said("not_found.title"),
        }
    }

    fn comparison(&self, name: &str) -> Option<&'a Comparison> {
        self.portal.comparison.as_deref().filter(|comparison| comparison.step.name() == name)
    }

    /// A case's title: as the catalogue says, else as its latest result that has one.
    fn case_name(&self, id: &str) -> Spoken {
        let site = &self.portal.site;
        let catalogued = site.cases.get(id).and_then(|case| case.value.title.as_ref());
        let told = || self.portal.results.of_case(site, id).find_map(|(_, result)| result.title.as_ref());
        catalogued.or_else(told).map_or_else(|| id.into(), |title| self.read(title))
    }

    fn snapshot_name(&self, id: &str) -> String {
        let snapshot = self.portal.site.tickets.get(id);
        snapshot.map_or_else(
            || id.to_owned(),
            |snapshot| {
                let week = self.words().week(snapshot.as_of.date(&self.portal.site.zone));
                self.fill("weekly.title_week", &[("week", &week)])
            },
        )
    }

    /// The title of a Markdown page in the page's language.
    pub fn document_title(&self, key: &str) -> Spoken {
        let document = self.portal.site.document(key);
        document.map_or_else(|| title::from_path(key).into(), |document| self.title_of(document))
    }

    fn title_of(&self, document: &Document) -> Spoken {
        let article = document.text(self.language);
        self.spoken(title::of_article(article, self.default_language()), &article.language)
    }

    /// The name of a list: its folder's own page may say another.
    pub fn list_name(&self, list: List) -> Spoken {
        let site = &self.portal.site;
        let index =
            ["index", "README"].iter().find_map(|name| site.document(&format!("{}/{name}", list.folder())));
        match index {
            Some(document) => self.title_of(document),
            None => self.said(list_key(list)),
        }
    }

    /// The title of an entry of the navigation.
    pub fn entry_title(&self, entry: &Entry) -> Spoken {
        entry
            .language
            .as_deref()
            .map_or_else(|| Spoken::from(&entry.title), |language| self.spoken(entry.title.clone(), language))
    }

    /// Lines in a row, as cells and facts have them: `BEN-1, BEN-2`.
    pub fn row(&self, lines: impl IntoIterator<Item = Line>) -> Line {
        let lines: Vec<Line> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let mut joints = self.words().row_joints(lines.len()).into_iter();
        let first = joints.next().unwrap_or_default();
        let plain = |joint: String| (!joint.is_empty()).then_some(Bit::Text { text: joint });
        let mut row: Line = plain(first).into_iter().collect();
        for (line, joint) in lines.into_iter().zip(joints) {
            row.extend(line);
            row.extend(plain(joint));
        }
        row
    }

    /// A product's title.
    pub fn product(&self, id: &str) -> Spoken {
        self.titled(&self.portal.site.portal.products, id)
    }

    /// A team's title.
    pub fn team(&self, id: &str) -> Spoken {
        self.titled(&self.portal.site.portal.teams, id)
    }

    /// A day for tables: `22.11.2026`.
    pub fn day(&self, date: Date) -> Line {
        vec![Bit::Time { text: self.words().date_table(date), datetime: date.to_string() }]
    }

    /// The sentence `key` with the day in its place `date`, written out: `Published: 22 November 2026`.
    pub fn dated(&self, key: &str, date: Date) -> Bit {
        Bit::Time {
            text: self.fill(key, &[("date", &self.words().date_long(date))]),
            datetime: date.to_string(),
        }
    }

    /// A day or time for tables.
    pub fn moment(&self, moment: &Moment) -> Line {
        let at = moment.civil(&self.portal.site.zone);
        if moment.has_time() { self.time(at) } else { self.day(at.date()) }
    }

    /// A day or time, or that it is not known.
    pub fn moment_or_unknown(&self, moment: Option<&Moment>) -> Line {
        moment.map_or_else(|| self.unknown(), |moment| self.moment(moment))
    }

    /// A time for tables: `22.11.2026 09:00`.
    pub fn time(&self, at: DateTime) -> Line {
        vec![Bit::Time {
            text: self.words().date_time_table(at),
            datetime: at.strftime("%Y-%m-%dT%H:%M").to_string(),
        }]
    }

    /// "Unknown", as a state of its own: never fine.
    pub fn unknown(&self) -> Line {
        vec![Bit::Small { line: text(self.say("value.unknown")) }]
    }

    /// Yes or no, or that it is not known.
    pub fn yes_no(&self, value: Option<bool>) -> Line {
        match value {
            Some(true) => text(self.say("value.yes")),
            Some(false) => text(self.say("value.no")),
            None => self.unknown(),
        }
    }

    /// A ticket's key, linked to the ticket system where the portal names it.
    pub fn ticket(&self, key: &str) -> Line {
        let system = self.portal.site.portal.tickets.as_ref();
        let href = system.and_then(|system| links::filled(&system.url, &[("key", key)]));
        vec![Bit::Id { text: key.to_owned(), external: href.is_some(), href }]
    }

    /// How many days `date` is away, in words.
    pub fn relative(&self, date: Date) -> String {
        let days = (date - self.portal.as_of).get_days();
        self.words().relative_days(i64::from(days))
    }
}

/// The catalogue key of a list's title.
pub fn list_key(list: List) -> &'static str {
    match list {
        List::Guides => "guides.title",
        List::Training => "training.title",
        List::Schedule => "schedule.title",
        List::Releases => "releases.title",
        List::Runs => "runs.title",
        List::Cases => "cases.title",
        List::Plans => "kinds.plan",
        List::Defects => "defects.title",
        List::Environments => "environments.title",
        List::Data => "data.title",
        List::Tickets => "weekly.title",
        List::Uat => "uat.title",
        List::Decisions => "decisions.title",
        List::Reports => "reports.title",
        List::Advice => "advice.title",
        List::Proposals => "proposals.title",
        List::Partners => "partners.title",
        List::Review => "review.title",
    }
}

/// The icon of a kind of page.
pub fn icon(subject: &Subject) -> &'static str {
    match subject {
        Subject::Home => "home",
        Subject::Document(key) if key.starts_with("training/") => "graduation",
        Subject::Document(key) if key.starts_with("reports/") => "file-text",
        Subject::Document(key) if key.starts_with("advice/") => "message",
        Subject::Document(key) if key.starts_with("proposals/") => "lightbulb",
        Subject::Document(_) | Subject::Folder(_) | Subject::List(_) => "book",
        Subject::Slides(_) => "graduation",
        Subject::Release(_) => "rocket",
        Subject::Run(_)
        | Subject::Series(_)
        | Subject::Case(_)
        | Subject::NamedCase(..)
        | Subject::Plan(_) => "list",
        Subject::Defect(_) => "bug",
        Subject::Environment(_) | Subject::Cloning(..) => "server",
        Subject::DataSet(_) => "database",
        Subject::Tickets(_) => "calendar",
        Subject::Decision(_) => "scale",
        Subject::Partner(_) => "users",
        Subject::Part(of, _) => icon(of),
        Subject::Rules
        | Subject::Counting
        | Subject::Accessibility
        | Subject::Reference
        | Subject::KindReference(_)
        | Subject::NotFound => "info",
        Subject::Search => "search",
        Subject::Difference(_) | Subject::PageDifference(..) => "history",
    }
}

/// Percent-encodes what the path of an address cannot hold, letters of other scripts too.
pub fn encode(address: &str) -> String {
    percent_encoding::utf8_percent_encode(address, &NO_PATH).to_string()
}
