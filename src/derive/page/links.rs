//! Where links lead, judged with the generator's own pages and ids.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use crate::derive::page::routes::{Routes, Subject, relative};
use crate::diagnostic::{did_you_mean, nearest};
use crate::model::Site;
use crate::model::body::{Link, LinkKind};
use crate::model::document::Article;
use crate::record::path::{folder_of, join};
use crate::record::reference::{Kind, References};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Destination {
    /// Out of the portal, or to a scheme of its own.
    External(String),
    /// To a page, or a part of it.
    Page(Subject, Option<String>),
    /// To an image or attachment, by its path in the content folder.
    File(String),
    /// Nowhere.
    Broken(Broken),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Broken {
    /// It leads out of the content folder.
    OutOfTree,
    /// There is nothing at this path of the content folder; [`hint`] looks for what was meant.
    NoFile(String),
    /// The page has no such part; perhaps another was meant.
    NoAnchor {
        /// The part as written.
        anchor: String,
        /// A hint at the right one.
        hint: Option<String>,
    },
}

/// Where `link` in `article` leads.
pub fn resolve(site: &Site, routes: &Routes, article: &Article, link: &Link) -> Destination {
    let target = link.target.trim();
    if is_external(target) {
        return Destination::External(target.to_owned());
    }
    let (path, fragment) = split(target);
    if path.is_empty() {
        return match fragment {
            Some(anchor) => own_anchor(routes, article, &anchor),
            None => own_page(routes, article)
                .map_or(Destination::External(String::new()), |subject| Destination::Page(subject, None)),
        };
    }
    let Some(path) = join(folder_of(&article.path), &path) else {
        return Destination::Broken(Broken::OutOfTree);
    };
    resolve_path(site, routes, article, &path, fragment, link.kind)
}

/// The page that a relative path in a record's or page's file leads to (`rollback.guide`).
///
/// # Errors
/// No page stands there.
pub fn page_at(routes: &Routes, from: &str, path: &str) -> Result<Subject, Broken> {
    let (path, _) = split(path);
    let joined = join(folder_of(from), &path).ok_or(Broken::OutOfTree)?;
    find(routes, &joined).cloned().ok_or(Broken::NoFile(joined))
}

/// The file that a relative path in a record's file leads to.
///
/// # Errors
/// No file stands there.
pub fn file_at(site: &Site, from: &str, path: &str) -> Result<String, Broken> {
    let joined = join(folder_of(from), path).ok_or(Broken::OutOfTree)?;
    if site.media.contains_key(&joined) { Ok(joined) } else { Err(Broken::NoFile(joined)) }
}

/// The file, or the folder of files, that the import of a record leads to.
///
/// # Errors
/// Neither stands there.
pub fn results_at(site: &Site, from: &str, path: &str) -> Result<String, Broken> {
    match file_at(site, from, path) {
        Err(Broken::NoFile(joined)) => {
            let folder = format!("{joined}/");
            let inside = site.media.range(folder.clone()..).next();
            if inside.is_some_and(|(path, _)| path.starts_with(&folder)) {
                Ok(joined)
            } else {
                Err(Broken::NoFile(joined))
            }
        }
        found => found,
    }
}

fn resolve_path(
    site: &Site,
    routes: &Routes,
    article: &Article,
    path: &str,
    fragment: Option<String>,
    kind: LinkKind,
) -> Destination {
    if site.media.contains_key(path) {
        return Destination::File(path.to_owned());
    }
    match (find(routes, path), kind) {
        // That the record cannot be read is told where it stands; the link to it is no second fault.
        (None, LinkKind::Page) if names_unread(site, path) => Destination::External("#".to_owned()),
        (Some(subject), LinkKind::Page) => to_page(site, article, subject.clone(), fragment),
        _ => Destination::Broken(Broken::NoFile(path.to_owned())),
    }
}

/// Whether `path` is that of a record that is there and could not be read.
fn names_unread(site: &Site, path: &str) -> bool {
    let stem = [".yaml", ".yml"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    // The page of a folder of which no record can be read is not there either.
    let Some((folder, id)) = stem.split_once('/') else { return has_unread(site, stem) };
    match folder {
        "releases" => site.releases.is_known(id),
        "runs" => site.runs.is_known(id),
        "plans" => site.plans.is_known(id),
        "defects" => site.defects.is_known(id),
        "environments" => site.environments.is_known(id),
        "data" => site.data.is_known(id),
        "tickets" => site.tickets.is_known(id),
        "decisions" => site.decisions.is_known(id),
        _ => false,
    }
}

/// Whether a record in `folder` cannot be read.
fn has_unread(site: &Site, folder: &str) -> bool {
    match folder {
        "releases" => site.releases.has_broken(),
        "runs" => site.runs.has_broken(),
        "plans" => site.plans.has_broken(),
        "defects" => site.defects.has_broken(),
        "environments" => site.environments.has_broken(),
        "data" => site.data.has_broken(),
        "tickets" => site.tickets.has_broken(),
        "decisions" => site.decisions.has_broken(),
        "cases" => site.cases.has_broken(),
        _ => false,
    }
}

/// A page by the path of its file, with or without ending and language, by its folder or its address.
pub fn find<'a>(routes: &'a Routes, path: &str) -> Option<&'a Subject> {
    let path = path.trim_end_matches('/');
    let endings = ["", ".md", ".yaml", ".yml", "/index.md", "/README.md"];
    let with_ending = endings.iter().find_map(|ending| routes.of_source(&format!("{path}{ending}")));
    let from_html = || path.strip_suffix(".html").and_then(|stem| routes.of_source(&format!("{stem}.md")));
    let from_root = || if path.is_empty() { Some(&Subject::Home) } else { None };
    with_ending.or_else(from_html).or_else(from_root).or_else(|| routes.at(path))
}

/// The paths of the content folder that pages of a version name and that lead to none of its own pages and files:
/// what they lead to, if anything, stands beside the current version. `routes` are those of the version alone.
pub fn beyond(site: &Site, routes: &Routes) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let articles = site.documents.iter().flat_map(|document| &document.texts);
    for article in articles.filter(|article| routes.is_own(&article.path)) {
        let mut add = |target: &str| {
            let (path, _) = split(target.trim());
            let joined = if path.is_empty() { None } else { join(folder_of(&article.path), &path) };
            let is_inside = |path: &String| site.media.contains_key(path) || find(routes, path).is_some();
            paths.extend(joined.filter(|path| !is_inside(path)));
        };
        article
            .body
            .links
            .iter()
            .filter(|link| !is_external(link.target.trim()))
            .for_each(|link| add(&link.target));
        article.references(&mut |pointer| {
            if matches!(pointer.kind, Kind::Page | Kind::File) {
                add(&pointer.id);
            }
        });
    }
    paths
}

fn to_page(site: &Site, article: &Article, subject: Subject, fragment: Option<String>) -> Destination {
    let Some(anchor) = fragment else { return Destination::Page(subject, None) };
    let key = match &subject {
        Subject::Document(key) => key.as_str(),
        // Only the text of Markdown pages is known here; other pages have their own parts.
        _ => return Destination::Page(subject, Some(anchor)),
    };
    let Some(document) = site.document(key) else { return Destination::Page(subject, Some(anchor)) };
    let text = document.text(&article.language);
    match anchor_in(text, &anchor) {
        Ok(anchor) => Destination::Page(subject, Some(anchor)),
        Err(broken) => Destination::Broken(broken),
    }
}

fn own_page(routes: &Routes, article: &Article) -> Option<Subject> {
    routes.of_source(&article.path).cloned()
}

fn own_anchor(routes: &Routes, article: &Article, anchor: &str) -> Destination {
    match anchor_in(article, anchor) {
        Ok(anchor) => match own_page(routes, article) {
            Some(subject) => Destination::Page(subject, Some(anchor)),
            None => Destination::External(format!("#{anchor}")),
        },
        Err(broken) => Destination::Broken(broken),
    }
}

/// The id as the page has it; ids differ from what people write in case only by mistake.
fn anchor_in(article: &Article, anchor: &str) -> Result<String, Broken> {
    let ids = || {
        let headings = article.body.headings.iter().map(|heading| heading.id.as_str());
        headings.chain(article.body.anchors.iter().map(String::as_str))
    };
    if anchor.is_empty() || anchor == "top" || ids().any(|id| id == anchor) {
        return Ok(anchor.to_owned());
    }
    Err(Broken::NoAnchor { anchor: anchor.to_owned(), hint: did_you_mean(anchor, ids().collect::<Vec<_>>()) })
}

/// What a path can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A page.
    Page,
    /// An image or attachment.
    File,
    /// Either.
    Any,
}

/// A hint at the path that was probably meant by `broken`, as it would be written in the file at `from`.
/// It compares `broken` with every path of the portal, which is why no destination carries it.
pub fn hint(site: &Site, routes: &Routes, wanted: Wanted, from: &str, broken: &Broken) -> Option<String> {
    let path = match broken {
        Broken::OutOfTree => return Some("the path leads out of the content folder".to_owned()),
        Broken::NoAnchor { hint, .. } => return hint.clone(),
        Broken::NoFile(path) => path,
    };
    let files = site.media.keys().map(String::as_str);
    let near = match wanted {
        Wanted::Page => near(routes.sources(), path),
        Wanted::File => near(files, path),
        Wanted::Any => near(routes.sources().chain(files), path),
    }?;
    Some(format!("did you mean `{}`?", relative(&format!("/{from}"), &format!("/{near}"))))
}

/// A path with the same name in another folder (without its ending, in whichever case), else the nearest
/// in spelling.
fn near<'a>(known: impl Iterator<Item = &'a str> + Clone, path: &str) -> Option<&'a str> {
    let wanted = stem(path);
    let same_name = known.clone().filter(|known| !wanted.is_empty() && stem(known) == wanted).min();
    same_name.or_else(|| nearest(path, known))
}

/// The last name of a path in lower case, without its ending.
fn stem(path: &str) -> String {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    let endings = [".md", ".markdown", ".yaml", ".yml", ".html"];
    endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name).to_lowercase()
}

/// The path of the portal's logo in the content folder, where it names one that is there.
pub fn logo(site: &Site) -> Option<String> {
    let logo = site.portal.theme.as_ref()?.logo.as_ref()?;
    file_at(site, "portal.yaml", logo).ok()
}

/// `address`, if it is one of the web: nothing else that records name becomes a link.
pub fn web(address: &str) -> Option<&str> {
    let address = address.trim();
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

/// `pattern` with each `{name}` replaced by its value as a part of an address; nothing if what comes of
/// it is no address of the web. `{url}` is the beginning of an address and stays as it is.
pub fn filled(pattern: &str, values: &[(&str, &str)]) -> Option<String> {
    const PART: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');
    let mut address = pattern.to_owned();
    for (name, value) in values {
        let value = match *name {
            "url" => (*value).to_owned(),
            _ => percent_encoding::utf8_percent_encode(value, PART).to_string(),
        };
        address = address.replace(&format!("{{{name}}}"), &value);
    }
    web(&address).map(str::to_owned)
}

/// Whether a target has a scheme or an authority of its own.
pub fn is_external(target: &str) -> bool {
    if target.starts_with("//") {
        return true;
    }
    let Some((scheme, _)) = target.split_once(':') else { return false };
    let mut letters = scheme.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && scheme.len() > 1
        && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'))
}

/// Path and fragment, percent-decoded; a query is dropped, since files have none.
fn split(target: &str) -> (String, Option<String>) {
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment))),
        None => (target, None),
    };
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    (decode(path), fragment)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_inside_the_tree() {
        assert_eq!(join("guides/defects", "../data/x.md").as_deref(), Some("guides/data/x.md"));
        assert_eq!(join("guides", "./a/./b.md").as_deref(), Some("guides/a/b.md"));
        assert_eq!(join("guides", "/index.md").as_deref(), Some("index.md"));
        assert_eq!(join("guides", "../../x.md"), None);
    }

    #[test]
    fn only_addresses_of_the_web_come_of_patterns() {
        let edit = "{url}/edit/{path}";
        let values = [("url", "https://git.example.ee/a"), ("path", "guides/ä b#1.md")];
        assert_eq!(
            filled(edit, &values).as_deref(),
            Some("https://git.example.ee/a/edit/guides/%C3%A4%20b%231.md")
        );
        assert_eq!(filled("{key}", &[("key", "javascript:alert(1)")]), None);
        assert_eq!(filled("javascript:alert(1)//{key}", &[("key", "BEN-1")]), None);
    }

    #[test]
    fn schemes_are_told_from_paths() {
        for external in ["https://example.ee", "mailto:a@example.ee", "//example.ee/x"] {
            assert!(is_external(external), "{external}");
        }
        for internal in ["a.md", "../b.md#x:y", "#top", "c:/x", "2026:10.md"] {
            assert!(!is_external(internal), "{internal}");
        }
    }
}
