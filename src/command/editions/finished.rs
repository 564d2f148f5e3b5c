//! Versions that are finished HTML, as far as they can be compared with others: by the addresses of their pages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::derive::guidance::comparison::{Finished, Stand, Version};
use crate::derive::guidance::versions::Places;
use crate::model::Site;
use crate::parse::finished::FinishedPage;
use crate::parse::{self, Cache, Options, Settings};
use crate::record::text::Text;
use crate::source::{SourceFile, Sources};

/// What stands before the paths of its pages while they are read.
const FOLDER: &str = "finished";

/// What is called what in such a version.
pub struct Named<'a> {
    /// Its id.
    pub id: &'a str,
    /// What readers see in its place.
    pub title: Option<Text>,
    /// What stands before its addresses.
    pub root: &'a str,
}

/// A page of finished HTML.
struct Page<'a> {
    /// Its path among pages, without language: empty for the first one.
    path: &'a str,
    language: &'a str,
    /// Its address below that of the version.
    address: &'a str,
    file: &'a Path,
}

/// The version made of `files`, each with its path; a page that cannot be read says nothing.
pub fn version(
    named: Named<'_>,
    files: &[(String, PathBuf)],
    settings: &Settings,
    options: &Options,
) -> Version {
    let places = Places::frozen(files.iter().map(|(path, _)| path.as_str()));
    let pages = pages(&places, files, &settings.languages);
    let default = settings.languages.first().map_or("", String::as_str);
    let source = |page: &Page<'_>| {
        let language = if page.language == default { String::new() } else { format!(".{}", page.language) };
        format!("{}{language}.md", key(page.path))
    };
    // Each is read as a page without a text first, which settles what kind of page it is.
    let empty = pages.iter().map(|page| SourceFile::new(format!("{FOLDER}/{}", source(page)), b"")).collect();
    let options = Options { content: FOLDER.to_owned(), is_lenient: true, ..options.clone() };
    let sources = Sources::new(empty, Vec::new());
    let (mut site, _) = parse::site(&sources, settings, &options, &mut Cache::default());
    fill(&mut site, &pages.iter().map(|page| (source(page), page.file)).collect());
    let mut addresses: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for page in &pages {
        let of_page = addresses.entry(key(page.path).to_owned()).or_default();
        of_page.insert(page.language.to_owned(), format!("{}/{}", named.root, page.address));
    }
    let stand = Stand::Finished(Finished { addresses });
    Version { id: named.id.to_owned(), title: named.title, site: Arc::new(site), stand }
}

/// The first page is that of a folder, all others are called as they stand.
fn key(path: &str) -> &str {
    if path.is_empty() { "index" } else { path }
}

fn pages<'a>(places: &'a Places, files: &'a [(String, PathBuf)], languages: &'a [String]) -> Vec<Page<'a>> {
    let Places::Frozen(addresses) = places else { return Vec::new() };
    let default = languages.first().map_or("", String::as_str);
    let page = |(path, address): (&'a String, &'a String)| {
        let is_folder = address.is_empty() || address.ends_with('/');
        let name = if is_folder { format!("{address}index.html") } else { address.clone() };
        let (_, file) = files.iter().find(|(path, _)| *path == name)?;
        let of_language = languages.iter().find_map(|tag| {
            let rest = path.strip_prefix(tag.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| (rest.trim_start_matches('/'), tag.as_str()))
        });
        let (path, language) = of_language.unwrap_or((path.as_str(), default));
        Some(Page { path, language, address, file: file.as_path() })
    };
    addresses.iter().filter_map(page).collect()
}

/// Puts the text of each page where its file, by path, is told to be.
fn fill(site: &mut Site, files: &BTreeMap<String, &Path>) {
    for text in site.documents.iter_mut().flat_map(|document| &mut document.texts) {
        let bytes = files.get(&text.path).and_then(|file| std::fs::read(file).ok());
        if let Some(bytes) = bytes {
            Arc::make_mut(text).body = FinishedPage::of(&String::from_utf8_lossy(&bytes)).body();
        }
    }
}
