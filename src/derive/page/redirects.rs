//! Former addresses, each with where it leads today: `aliases` of pages, `redirects` of the portal, and those
//! that the program itself has changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::links::web;
use super::routes::{Routes, Subject};
use crate::derive::guidance::versions::version_root;
use crate::diagnostic::{Place, Placed};
use crate::model::Site;
use crate::model::document::Article;

/// What stands in `redirects` of `portal.yaml` in place of a new address: nothing came after the old one.
pub const GONE: &str = "gone";

/// A former address that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The former address: `/guides/old/`, or `/guides/old.html` where that was a file.
    pub from: String,
    /// Where it leads.
    pub to: Target,
    /// The language of the page there.
    pub language: String,
}

/// Where a former address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page.
    Page(Subject),
    /// To an image or attachment, by its path in the content folder.
    File(String),
    /// Out of the portal.
    Outside(String),
}

/// Why a former address leads nowhere, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is written.
    pub place: Place,
    /// As it is written.
    pub written: String,
    /// Whether it is an alias of a page, not a redirect of the portal.
    pub is_alias: bool,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a former address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is no address within a portal.
    NoAddress,
    /// A page stands there today.
    Taken,
    /// It is named twice; first there.
    Twice(Place),
    /// There is nothing at the address that it leads to.
    Nowhere(String),
    /// It leads back to itself, over these addresses.
    Loop(Vec<String>),
}

/// All former addresses of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redirects {
    /// Those that lead somewhere, sorted by address; no two differ in upper and lower case alone.
    pub list: Vec<Redirect>,
    /// Those that the portal says are gone for good.
    pub gone: BTreeSet<String>,
    /// Those that lead nowhere by mistake, pages first.
    pub problems: Vec<Problem>,
}

/// A former address as somebody claims it.
struct Claim {
    /// Without slashes around it.
    path: String,
    written: Placed<String>,
    to: Wanted,
    language: String,
}

/// What a claim wants.
enum Wanted {
    Page(Subject),
    Address(String),
}

impl Redirects {
    /// The former addresses of `site`.
    pub fn of(site: &Site, routes: &Routes) -> Self {
        let taken = taken(routes);
        let mut problems = Vec::new();
        let mut claims: Vec<Claim> = Vec::new();
        let mut first: HashMap<String, Place> = HashMap::new();
        for claim in claims_of_pages(site, routes).chain(claims_of_portal(site)) {
            if let Some(why) = why_not(site, &claim, &taken, &first) {
                problems.push(problem(&claim, why));
            } else {
                first.insert(key(&claim.path), claim.written.place);
                claims.push(claim);
            }
        }
        let mut made = BTreeMap::new();
        let mut gone = BTreeSet::new();
        let by_path: HashMap<String, &Claim> = claims.iter().map(|claim| (key(&claim.path), claim)).collect();
        for claim in &claims {
            match settle(site, routes, claim, &by_path) {
                Ok(Some((to, language))) => {
                    made.insert(key(&claim.path), redirect(&claim.path, to, language));
                }
                Ok(None) => {
                    gone.insert(address(&claim.path));
                }
                Err(why) => problems.push(problem(claim, why)),
            }
        }
        let more = slides(routes, made.values()).chain(former(site, routes)).collect::<Vec<_>>();
        let is_free = |redirect: &Redirect| !taken.contains(&key(&redirect.from));
        add(&mut made, more.into_iter().filter(is_free));
        let others = in_other_languages(site, made.values());
        add(&mut made, others.into_iter().filter(is_free));
        let mut list: Vec<Redirect> = made.into_values().collect();
        list.sort_by(|a, b| a.from.cmp(&b.from));
        Self { list, gone, problems }
    }
}

/// Puts in what nobody has claimed.
fn add(made: &mut BTreeMap<String, Redirect>, more: impl Iterator<Item = Redirect>) {
    more.for_each(|redirect| {
        made.entry(key(&redirect.from)).or_insert(redirect);
    });
}

fn redirect(path: &str, to: Target, language: String) -> Redirect {
    Redirect { from: address(path), to, language }
}

fn problem(claim: &Claim, why: Why) -> Problem {
    Problem {
        place: claim.written.place,
        written: claim.written.value.clone(),
        is_alias: matches!(claim.to, Wanted::Page(_)),
        why,
    }
}

/// Some servers and file systems do not tell upper case from lower.
fn key(path: &str) -> String {
    path.trim_matches('/').to_lowercase()
}

/// The addresses of all pages in the default language, as keys.
fn taken(routes: &Routes) -> BTreeSet<String> {
    routes.addresses().map(key).collect()
}

/// The address at `path`: a folder, unless it was a file of HTML.
fn address(path: &str) -> String {
    let path = path.trim_matches('/');
    let is_file = [".html", ".htm"].iter().any(|ending| path.ends_with(ending));
    if is_file { format!("/{path}") } else { format!("/{path}/") }
}

/// What an author wrote without what addresses do not differ by.
fn plain(written: &str) -> &str {
    let path = written.trim().trim_start_matches('/');
    let path =
        path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path);
    path.trim_end_matches('/')
}

fn claims_of_pages<'a>(site: &'a Site, routes: &'a Routes) -> impl Iterator<Item = Claim> {
    let texts = site.documents.iter().flat_map(|document| &document.texts);
    texts.flat_map(move |text| claims_of_text(site, routes, text))
}

fn claims_of_text(site: &Site, routes: &Routes, text: &Article) -> Vec<Claim> {
    let Some(subject) = routes.of_source(&text.path) else { return Vec::new() };
    let claim = |alias: &Placed<String>| {
        let path = plain(alias);
        let language = language_of(site, path).unwrap_or(&text.language).to_owned();
        Claim { path: path.to_owned(), written: alias.clone(), to: Wanted::Page(subject.clone()), language }
    };
    text.front.aliases.iter().map(claim).collect()
}

fn claims_of_portal(site: &Site) -> impl Iterator<Item = Claim> {
    site.portal.redirects.iter().map(|(from, to)| {
        let path = plain(from);
        let language = language_of(site, path).unwrap_or(site.default_language()).to_owned();
        Claim {
            path: path.to_owned(),
            written: from.clone(),
            to: Wanted::Address(to.value.clone()),
            language,
        }
    })
}

/// The language that an address begins with, where it is one of the portal and not the default one.
fn language_of<'a>(site: &'a Site, path: &str) -> Option<&'a str> {
    let tag = path.split('/').next()?;
    site.languages.iter().skip(1).find(|language| *language == tag).map(String::as_str)
}

/// `en/guides` is `guides` where English is a language of the portal but not the default one.
fn without_language<'a>(site: &Site, path: &'a str) -> &'a str {
    language_of(site, path).map_or(path, |tag| path[tag.len()..].trim_start_matches('/'))
}

fn why_not(
    site: &Site,
    claim: &Claim,
    taken: &BTreeSet<String>,
    first: &HashMap<String, Place>,
) -> Option<Why> {
    if !is_path(&claim.path) {
        return Some(Why::NoAddress);
    }
    // A page is at its address in every language, and in none is it free.
    if taken.contains(&key(&claim.path)) || taken.contains(&key(without_language(site, &claim.path))) {
        return Some(Why::Taken);
    }
    first.get(&key(&claim.path)).map(|place| Why::Twice(*place))
}

/// Whether a page could have stood there. What would end a line or a word in the files of servers cannot.
fn is_path(path: &str) -> bool {
    let is_part = |part: &str| !matches!(part, "" | "." | "..");
    let is_letter = |c: char| !c.is_control() && !matches!(c, '?' | '#' | '\\' | '"');
    path.split('/').all(is_part) && path.chars().all(is_letter)
}

/// Where a claim leads in the end, and in which language; nothing for what is gone.
fn settle(
    site: &Site,
    routes: &Routes,
    claim: &Claim,
    claims: &HashMap<String, &Claim>,
) -> Result<Option<(Target, String)>, Why> {
    let mut claim = claim;
    let mut way = vec![claim.written.value.clone()];
    loop {
        let written = match &claim.to {
            Wanted::Page(subject) => {
                return Ok(Some((Target::Page(subject.clone()), claim.language.clone())));
            }
            Wanted::Address(written) if written == GONE => return Ok(None),
            Wanted::Address(written) => written,
        };
        if let Some(url) = web(written) {
            return Ok(Some((Target::Outside(url.to_owned()), claim.language.clone())));
        }
        let path = plain(written);
        if let Some(found) = at(site, routes, path) {
            return Ok(Some(found));
        }
        let Some(next) = claims.get(&key(path)) else { return Err(Why::Nowhere(written.clone())) };
        let is_known = way.iter().any(|before| key(before) == key(path));
        way.push(written.clone());
        if is_known {
            return Err(Why::Loop(way));
        }
        claim = next;
    }
}

/// What stands at `path` today, and in which language.
fn at(site: &Site, routes: &Routes, path: &str) -> Option<(Target, String)> {
    let language = language_of(site, path).unwrap_or(site.default_language()).to_owned();
    let rest = without_language(site, path);
    if rest.is_empty() {
        return Some((Target::Page(Subject::Home), language));
    }
    if let Some(subject) = routes.at(rest) {
        return Some((Target::Page(subject.clone()), language));
    }
    site.media.contains_key(path).then(|| (Target::File(path.to_owned()), language))
}

/// The slides of a module went where it went.
fn slides<'a>(
    routes: &'a Routes,
    redirects: impl Iterator<Item = &'a Redirect>,
) -> impl Iterator<Item = Redirect> {
    redirects.filter_map(move |redirect| {
        let Target::Page(Subject::Document(key)) = &redirect.to else { return None };
        let slides = Subject::Slides(key.clone());
        let is_folder = redirect.from.ends_with('/');
        (is_folder && routes.has(&slides)).then(|| Redirect {
            from: format!("{}slides/", redirect.from),
            to: Target::Page(slides),
            language: redirect.language.clone(),
        })
    })
}

/// Addresses that the program gave another form.
fn former(site: &Site, routes: &Routes) -> impl Iterator<Item = Redirect> {
    let language = site.default_language();
    let former = routes.former(site).into_iter();
    former.map(|(path, subject)| redirect(&path, Target::Page(subject), language.to_owned()))
}

/// A page is at its address in every language, so it was at the former one: what leads to the default language
/// leads to the others from there.
fn in_other_languages<'a>(site: &Site, redirects: impl Iterator<Item = &'a Redirect>) -> Vec<Redirect> {
    let default = site.default_language();
    let of_default = redirects.filter(|redirect| {
        redirect.language == default
            && matches!(redirect.to, Target::Page(_))
            && language_of(site, below_version(&redirect.from).1.trim_start_matches('/')).is_none()
    });
    let others = |redirect: &'a Redirect| {
        site.languages.iter().skip(1).map(|language| Redirect {
            from: {
                // The language stands behind the version.
                let (version, path) = below_version(&redirect.from);
                format!("{version}/{language}{path}")
            },
            to: redirect.to.clone(),
            language: language.clone(),
        })
    };
    of_default.flat_map(others).collect()
}

/// An address as that of a version, without a slash at its end, and what is below it.
fn below_version(address: &str) -> (&str, &str) {
    address.split_at(version_root(address).map_or(0, |root| root.len() - 1))
}

impl Redirect {
    /// Where it leads: an address of the portal, or of another place.
    pub fn address(&self, routes: &Routes) -> String {
        match &self.to {
            Target::Page(subject) => routes.address(subject, &self.language),
            Target::File(path) => format!("/{path}"),
            Target::Outside(url) => url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn of(files: &[(&str, &str)]) -> (Vec<String>, Redirects) {
        let site = tree(files);
        let routes = Routes::of(&site);
        let redirects = Redirects::of(&site, &routes);
        let lines = redirects.list.iter();
        let lines =
            lines.map(|redirect| format!("{} {}", redirect.from, redirect.address(&routes))).collect();
        (lines, redirects)
    }

    #[test]
    fn an_alias_leads_to_the_page_in_every_language_and_to_its_slides() {
        let (lines, redirects) = of(&[
            ("portal.yaml", "title: P\nlanguages: [et, en]"),
            ("training/a.md", "---\naliases: [/training/old/, /x/y.html, /x/index.html]\n---\nA"),
            ("guides/b.md", "B"),
            ("guides/b.en.md", "---\naliases: [/en/old-b, guides/report]\n---\nB"),
        ]);
        assert_eq!(
            lines,
            [
                "/en/old-b/ /en/guides/b/",
                "/en/training/old/ /en/training/a/",
                "/en/training/old/slides/ /en/training/a/slides/",
                "/en/x/ /en/training/a/",
                "/en/x/slides/ /en/training/a/slides/",
                "/en/x/y.html /en/training/a/",
                "/guides/report/ /en/guides/b/",
                "/training/old/ /training/a/",
                "/training/old/slides/ /training/a/slides/",
                "/x/ /training/a/",
                "/x/slides/ /training/a/slides/",
                "/x/y.html /training/a/",
            ]
        );
        assert_eq!(redirects.problems, []);
    }

    #[test]
    fn the_portal_leads_on_what_has_no_front_matter() {
        let (lines, redirects) = of(&[
            (
                "portal.yaml",
                "title: P\nredirects:\n  /defects/D-0/: /defects/D-1/\n  /a/: /b/\n  /b/: /guides/c/\n  \
                 /wiki/: https://wiki.example.ee/\n  /d/: gone\n  /e/: /old-c/",
            ),
            ("defects/D-1.yaml", "title: T\nstatus: open\nseverity: minor"),
            ("guides/c.md", "---\naliases: [/old-c/]\n---\nC"),
        ]);
        assert_eq!(
            lines,
            [
                "/a/ /guides/c/",
                "/b/ /guides/c/",
                "/defects/D-0/ /defects/D-1/",
                "/e/ /guides/c/",
                "/old-c/ /guides/c/",
                "/wiki/ https://wiki.example.ee/",
            ]
        );
        assert_eq!((redirects.problems, redirects.gone), (vec![], BTreeSet::from(["/d/".to_owned()])));
    }

    #[test]
    fn the_language_stands_behind_the_version() {
        let (lines, _) = of(&[
            ("portal.yaml", "title: P\nlanguages: [et, en]\nredirects:\n  /v/1/a/: /guides/b/"),
            ("guides/b.md", "B"),
        ]);
        assert_eq!(lines, ["/v/1/a/ /guides/b/", "/v/1/en/a/ /en/guides/b/"]);
    }

    #[test]
    fn what_leads_nowhere_is_told_and_not_made() {
        let (lines, redirects) = of(&[
            (
                "portal.yaml",
                "title: P\nredirects:\n  /a/: /b/\n  /b/: /A\n  /c/: /nowhere/\n  /Guides/X/: /guides/y/\n  \
                 /o\\d/: /guides/x/\n  /old/: /guides/x/",
            ),
            ("guides/x.md", "---\naliases: [/old, '/a?b', \"/new\\nline\"]\n---\nX"),
        ]);
        assert_eq!(lines, ["/old/ /guides/x/"]);
        let whys: Vec<(&str, &Why)> =
            redirects.problems.iter().map(|problem| (problem.written.as_str(), &problem.why)).collect();
        assert!(
            matches!(
                &whys[..],
                [
                    ("/a?b", Why::NoAddress),
                    ("/new\nline", Why::NoAddress),
                    ("/Guides/X/", Why::Taken),
                    ("/o\\d/", Why::NoAddress),
                    ("/old/", Why::Twice(_)),
                    ("/a/", Why::Loop(_)),
                    ("/b/", Why::Loop(_)),
                    ("/c/", Why::Nowhere(_)),
                ]
            ),
            "{whys:?}"
        );
    }
}
