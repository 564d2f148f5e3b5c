//! A theme: templates, assets and words. The default one is in the binary; a portal's own overrides
//! it file by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::base64::base64;
use super::style_sheet;
use super::symbols::Symbols;
use super::template::{Engine, RenderFault};
use crate::digest::Digest;
use crate::words::{CatalogueFault, Language, Words};

/// The folders that hold texts, a file for each language: those of the interface, and what keys of files mean.
const WORDS: [&str; 2] = ["words", "reference"];

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The sheet of symbols that the icons of pages are made of.
const SYMBOLS: &str = "symbols.svg";

/// The style sheet of a portal's own theme that sets the tokens of the default one.
pub const TOKENS: &str = "tokens.css";

/// The language whose words stand in for missing ones.
const BASE_LANGUAGE: &str = "en";

/// The files of a theme, by their path in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeFiles(BTreeMap<String, Vec<u8>>);

impl ThemeFiles {
    /// The default theme.
    pub fn builtin() -> Self {
        let mut files = BTreeMap::new();
        collect(&DEFAULT, &mut files);
        Self(files)
    }

    /// This theme with files of `own` in the place of those of the same path, and its others added.
    #[must_use]
    pub fn overridden(mut self, own: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        self.0.extend(own);
        self
    }

    /// The paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.keys().map(String::as_str)
    }

    /// The bytes of the file at `path`.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Differs when any file does.
    pub fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for part in self.0.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]) {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        hasher.finalize()
    }

    fn within(&self, folder: &str) -> impl Iterator<Item = (&str, &[u8])> {
        let prefix = format!("{folder}/");
        self.0
            .iter()
            .filter_map(move |(path, bytes)| path.strip_prefix(&prefix).map(|name| (name, bytes.as_slice())))
    }

    /// The words of each of `languages`, English standing in for what is missing. Catalogues that
    /// cannot be read are left out and reported.
    pub fn words(&self, languages: &[String]) -> (Vec<Words>, Vec<CatalogueFault>) {
        let (base, mut faults) = self.words_of(BASE_LANGUAGE);
        let words = languages
            .iter()
            .map(|language| {
                let (words, found) = self.words_of(language);
                faults.extend(found);
                let (words, found) = words.or(&base);
                faults.extend(found);
                words
            })
            .collect();
        faults.dedup_by(|a, b| a.to_string() == b.to_string());
        (words, faults)
    }

    fn words_of(&self, language: &str) -> (Words, Vec<CatalogueFault>) {
        let paths = WORDS.map(|folder| format!("{folder}/{language}.yaml"));
        let mut layers = Vec::new();
        for path in &paths {
            let builtin = DEFAULT.get_file(path).and_then(|file| file.contents_utf8()).unwrap_or_default();
            let own = self.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            layers.push(("default", builtin));
            layers.extend((own != builtin).then_some((path.as_str(), own)));
        }
        Words::new(Language::new(language), &layers)
    }
}

fn collect(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec());
    }
    for below in dir.dirs() {
        collect(below, files);
    }
}

/// A theme ready for use.
pub struct Theme {
    engines: BTreeMap<String, Engine>,
    assets: Vec<Asset>,
    logo_size: Option<(u32, u32)>,
}

/// A file of the theme that is served as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its name in the theme: `style.css`.
    pub name: String,
    /// Its address: the hash of its bytes is in the name, so that it may be kept for ever.
    pub address: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The hash of its bytes as pages name it, so that browsers run no other script in its place (W3C Subresource
    /// Integrity).
    pub integrity: String,
}

impl Theme {
    /// The theme of `files` with the words of a portal's languages. `generated` are further assets by
    /// name.
    ///
    /// # Errors
    /// A template that cannot be read.
    pub fn new<'a>(
        files: &ThemeFiles,
        words: impl IntoIterator<Item = &'a Words>,
        generated: Vec<(String, Vec<u8>)>,
    ) -> Result<Self, RenderFault> {
        let templates: Vec<(String, String)> = files
            .within("templates")
            .map(|(name, bytes)| Ok((name.to_owned(), text_of(name, bytes)?)))
            .collect::<Result<_, RenderFault>>()?;
        let sheet = files.get(SYMBOLS).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        let symbols = Arc::new(Symbols::read(sheet));
        let engines = words
            .into_iter()
            .map(|words| {
                let engine = Engine::new(&templates, &words.catalogue(), Arc::clone(&symbols))?;
                Ok((words.language().as_str().to_owned(), engine))
            })
            .collect::<Result<_, RenderFault>>()?;
        let own: Vec<_> =
            files.within("assets").map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
        // What the theme brings itself need not be made.
        let is_new = |(name, _): &(String, Vec<u8>)| own.iter().all(|(own, _)| own != name);
        let made: Vec<_> = generated.into_iter().filter(is_new).collect();
        Ok(Self { engines, assets: assets(own.into_iter().chain(made)), logo_size: None })
    }

    /// The same for a portal whose logo has this width and height.
    #[must_use]
    pub fn with_logo_size(self, logo_size: Option<(u32, u32)>) -> Self {
        Self { logo_size, ..self }
    }

    /// The width and height of the portal's logo, where they are known.
    pub fn logo_size(&self) -> Option<(u32, u32)> {
        self.logo_size
    }

    /// The templates in `language`.
    pub fn engine(&self, language: &str) -> Option<&Engine> {
        self.engines.get(language).or_else(|| self.engines.values().next())
    }

    /// The files that are served as they are.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The asset `name`, if there is one.
    pub fn named(&self, name: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.name == name)
    }

    /// The address of the asset `name`, if there is one.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.named(name).map(|asset| asset.address.as_str())
    }

    /// The address of the asset `name`; of one that is not there, an address that leads nowhere.
    pub fn asset(&self, name: &str) -> String {
        self.find(name).map_or_else(|| format!("/assets/{name}"), str::to_owned)
    }
}

fn text_of(name: &str, bytes: &[u8]) -> Result<String, RenderFault> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|_| RenderFault { page: None, message: format!("the template `{name}` is not UTF-8") })
}

/// Files by name as assets; style sheets come last, since they hold the addresses of the others.
fn assets(files: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<Asset> {
    let (sheets, others): (Vec<_>, Vec<_>) =
        files.partition(|(name, _)| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "css"));
    let others: Vec<Asset> = others.into_iter().map(|(name, bytes)| asset(name, bytes)).collect();
    let published: Vec<(&str, &str)> =
        others.iter().map(|asset| (asset.name.as_str(), asset.address.as_str())).collect();
    let sheets: Vec<Asset> = sheets
        .into_iter()
        .map(|(name, bytes)| match std::str::from_utf8(&bytes) {
            Ok(text) => {
                let text = style_sheet::published(&name, text, &published);
                asset(name, text.into_bytes())
            }
            Err(_) => asset(name, bytes),
        })
        .collect();
    others.into_iter().chain(sheets).collect()
}

fn asset(name: String, bytes: Vec<u8>) -> Asset {
    const SHORT: usize = 10;
    let hash = blake3::hash(&bytes).to_hex();
    let hash = &hash[..SHORT];
    let (folder, file) = name.rsplit_once('/').map_or(("", name.as_str()), |(folder, file)| (folder, file));
    let file = match file.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem}.{hash}.{ending}"),
        _ => format!("{file}.{hash}"),
    };
    let slash = if folder.is_empty() { "" } else { "/" };
    let address = format!("/assets/{folder}{slash}{file}");
    let integrity = format!("sha256-{}", base64(Digest::of(&bytes).bytes()));
    Asset { name, address, bytes, integrity }
}
