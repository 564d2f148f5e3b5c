//! What the pages of a site say, in so few words that they can be kept while the site is not read.

use serde::{Deserialize, Serialize};

use super::blocks;
use super::text::{Block, Kind};
use crate::model::Site;
use crate::model::document::{Article, Document};

/// What the pages of a site say, of those that are guidance: what is dated has no versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gist {
    /// The pages, in the order of the site.
    pub pages: Vec<PageGist>,
}

/// What a page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageGist {
    /// Its key.
    pub key: String,
    /// Its path in addresses; nothing for a page that stands nowhere.
    pub path: Option<String>,
    /// What it says in each language, in the order of the page.
    pub texts: Vec<TextGist>,
}

/// What a page says in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextGist {
    /// The tag of the language.
    pub language: String,
    /// The path of the file in which it is written.
    pub file: String,
    /// Differs when a reader would read something else.
    pub digest: String,
}

/// 64 bits: a text is compared with one other, its own former self.
const DIGITS: usize = 16;

impl Gist {
    /// What the pages of `site` say; `path` gives the path in addresses of each by its key.
    pub fn of<'a>(site: &Site, path: impl Fn(&str) -> Option<&'a str>) -> Self {
        let documents =
            site.documents.iter().filter(|document| document.is_versioned() && !document.is_hidden());
        let page = |document: &Document| PageGist {
            key: document.key.clone(),
            path: path(&document.key).map(str::to_owned),
            texts: document.texts.iter().map(|text| TextGist::of(site, text)).collect(),
        };
        Self { pages: documents.map(page).collect() }
    }
}

impl PageGist {
    /// Its path in addresses.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}

impl TextGist {
    fn of(site: &Site, article: &Article) -> Self {
        let mut hasher = blake3::Hasher::new();
        for Block { kind, text } in blocks(site, article) {
            let level = if let Kind::Heading(level) = kind { level } else { 0 };
            hasher.update(kind.word().as_bytes()).update(&[level]);
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        let digest = hasher.finalize().to_hex()[..DIGITS].to_owned();
        Self { language: article.language.clone(), file: article.path.clone(), digest }
    }
}
