//! Everything that pages are made from, computed once.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::names::list_key;
use crate::derive::basis::Basis;
use crate::derive::guidance::comparison::{Comparison, Step};
use crate::derive::guidance::prerequisites::Prerequisites;
use crate::derive::guidance::versions::{self, Standing};
use crate::derive::page::backlinks::Backlinks;
use crate::derive::page::links;
use crate::derive::page::navigation::{self, Navigation};
use crate::derive::page::redirects::{Redirect, Redirects};
use crate::derive::page::routes::{Routes, Subject};
use crate::derive::report::sections::Templates;
use crate::derive::run::results::Results;
use crate::derive::schedule::{self, Event};
use crate::diagnostic::FileId;
use crate::model::Site;
use crate::words::{Spoken, Words};

/// From where a portal is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// From a server, which gives the file `index.html` of a folder.
    Server,
    /// From a server through others that may change what they carry: pages name the hashes of scripts and styles.
    Network,
    /// From a disk: links name the file of a page and not its folder.
    Files,
}

/// A site on a day, in all its languages.
#[derive(Debug, Clone)]
pub struct Portal {
    /// What the content tree says.
    pub site: Site,
    /// The day for which everything is computed.
    pub as_of: Date,
    /// The addresses.
    pub routes: Arc<Routes>,
    /// Former addresses.
    pub redirects: Redirects,
    /// What refers to what.
    pub backlinks: Arc<Backlinks>,
    /// In which order training modules are taken.
    pub prerequisites: Prerequisites,
    /// Which case ended how in which run.
    pub results: Arc<Results>,
    /// What the sections of reports are called.
    pub templates: Arc<Templates>,
    /// Everything that happens on a day.
    pub events: Vec<Event>,
    /// The languages, the default first.
    pub tongues: Arc<Vec<Tongue>>,
    /// The address at which the portal will be served, without a slash at its end.
    pub base_url: Option<String>,
    /// From where it will be read.
    pub carrier: Carrier,
    /// Images and attachments that pages show or link to.
    pub shown_media: BTreeSet<String>,
    /// The address of the logo, where there is one.
    pub logo: Option<String>,
    /// Which version of the guidance this is, where there are several.
    pub standing: Option<Standing>,
    /// Files of an older version that today's program does not wholly understand; their pages say so.
    pub flawed: HashSet<FileId>,
    /// What changed from each version of the guidance to the next.
    pub steps: Vec<Arc<Step>>,
    /// The two versions whose differences the portal's own pages show, where that is what it is for.
    pub comparison: Option<Arc<Comparison>>,
}

/// One language of a portal.
#[derive(Debug, Clone)]
pub struct Tongue {
    /// Its words.
    pub words: Arc<Words>,
    /// The order of pages in it.
    pub navigation: Navigation,
    /// The pages by its alphabet, once something asks for them.
    pub alphabet: OnceLock<Vec<(Spoken, Subject)>>,
}

impl Portal {
    /// The portal of `site` on the day `as_of`; `words` has one entry for each of the site's languages.
    pub fn new(site: Site, as_of: Date, words: Vec<Arc<Words>>, base_url: Option<String>) -> Self {
        let routes = Routes::of(&site);
        let templates = templates(&words);
        // Each goes through all pages.
        let (backlinks, (shown_media, tongues)) = rayon::join(
            || Backlinks::of(&site, &routes),
            || rayon::join(|| super::prose::shown_media(&site, &routes), || tongues(&site, &routes, words)),
        );
        Self {
            redirects: Redirects::of(&site, &routes),
            backlinks: Arc::new(backlinks),
            prerequisites: Prerequisites::of(&site, &routes),
            results: Arc::new(Results::of(&site)),
            events: schedule::events(&site),
            shown_media,
            logo: links::logo(&site).map(|path| routes.file(&path)),
            carrier: Carrier::Server,
            templates: Arc::new(templates),
            base_url: base_url.map(|url| url.trim_end_matches('/').to_owned()),
            tongues,
            routes: Arc::new(routes),
            standing: None,
            flawed: HashSet::new(),
            steps: Vec::new(),
            comparison: None,
            as_of,
            site,
        }
    }

    /// The portal of another site on the same day, in the same languages and at the same address.
    #[must_use]
    pub fn again(&self, site: Site) -> Self {
        let words = self.tongues.iter().map(|tongue| Arc::clone(&tongue.words)).collect();
        Self::new(site, self.as_of, words, self.base_url.clone())
    }

    /// Another version of the guidance beside this portal, the current one: the pages of `site` stand below
    /// `root`, and all that is dated stands here.
    #[must_use]
    pub fn beside(&self, site: Site, root: &str) -> Self {
        let routes = Routes::of_version(&site, root, Arc::clone(&self.routes));
        let words = self.tongues.iter().map(|tongue| Arc::clone(&tongue.words)).collect();
        Self {
            // The current version has the former addresses of all.
            redirects: Redirects::default(),
            backlinks: Arc::new(Backlinks::within_version(&site, &routes)),
            prerequisites: Prerequisites::of(&site, &routes),
            results: Arc::clone(&self.results),
            events: schedule::events(&site),
            shown_media: super::prose::shown_in_documents(&site, &routes),
            logo: self.logo.clone(),
            templates: Arc::clone(&self.templates),
            base_url: self.base_url.clone(),
            carrier: self.carrier,
            tongues: tongues(&site, &routes, words),
            routes: Arc::new(routes),
            standing: None,
            flawed: HashSet::new(),
            steps: Vec::new(),
            comparison: None,
            as_of: self.as_of,
            site,
        }
    }

    /// The pages beside this portal, the current version, about what changed from one version to the next.
    #[must_use]
    pub fn comparing(&self, comparison: Arc<Comparison>) -> Self {
        let mut portal = self.beside(self.site.clone(), "");
        let routes = Routes::of_step(&self.site, &comparison.step, Arc::clone(&self.routes));
        portal.tongues = tongues(
            &self.site,
            &self.routes,
            self.tongues.iter().map(|tongue| Arc::clone(&tongue.words)).collect(),
        );
        portal.routes = Arc::new(routes);
        portal.shown_media = BTreeSet::new();
        portal.standing.clone_from(&self.standing);
        portal.comparison = Some(comparison);
        portal
    }

    /// The same as one of several versions; the current one is found by its names, too.
    #[must_use]
    pub fn among(mut self, standing: Standing) -> Self {
        if standing.is_current() {
            let languages = &self.site.languages;
            let names = versions::names_of_current(&standing.editions, &self.routes, languages);
            let taken: HashSet<String> =
                self.redirects.list.iter().map(|redirect| redirect.from.to_lowercase()).collect();
            let is_free = |redirect: &Redirect| !taken.contains(&redirect.from.to_lowercase());
            let former = versions::former_names_of_current(&self.redirects.list);
            self.redirects.list.extend(names.into_iter().chain(former).filter(is_free));
            self.redirects.list.sort_by(|a, b| a.from.cmp(&b.from));
        }
        self.standing = Some(standing);
        self
    }

    /// Whether it is the whole portal, or the current version of it: not one that stands beside.
    pub fn is_current(&self) -> bool {
        self.comparison.is_none() && self.standing.as_ref().is_none_or(Standing::is_current)
    }

    /// What answers are computed from.
    pub fn basis(&self) -> Basis<'_> {
        Basis { site: &self.site, results: &self.results, as_of: self.as_of }
    }

    /// The words and page order of `language`.
    pub fn tongue(&self, language: &str) -> &Tongue {
        self.tongues
            .iter()
            .find(|tongue| tongue.words.language().as_str() == language)
            .unwrap_or(&self.tongues[0])
    }
}

/// Each language with the order of pages in it.
fn tongues(site: &Site, routes: &Routes, words: Vec<Arc<Words>>) -> Arc<Vec<Tongue>> {
    let each = |words: Arc<Words>| {
        let compare = |a: &str, b: &str| words.compare(a, b);
        let list_name = |list| words.text(list_key(list)).to_owned();
        let language = words.language().as_str();
        let tongue = navigation::Tongue { language, compare: &compare, list_name: &list_name };
        let navigation = Navigation::of(site, routes, &tongue);
        Tongue { words, navigation, alphabet: OnceLock::new() }
    };
    Arc::new(words.into_iter().map(each).collect())
}

/// What the sections of reports are called in each of the languages and in the base language: a report
/// may be written in another language than its portal.
fn templates(words: &[Arc<Words>]) -> Templates {
    let own = words.iter().map(|words| (words.language().as_str(), (&**words, false)));
    let base = words.first().map(|words| ("", (&**words, true)));
    Templates::of(own.chain(base), |(words, is_base), key| {
        let text = if is_base { words.base_text(key) } else { None };
        text.unwrap_or_else(|| words.text(key)).to_owned()
    })
}
