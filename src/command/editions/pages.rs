//! The pages of a version as they were read.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, FileId, Level, SourceText};
use crate::model::Site;
use crate::model::body::EmbedKind;
use crate::model::document::is_versioned;
use crate::parse::{self, Cache, Options, Settings};
use crate::source::git::History;
use crate::source::{MediaBytes, Sources, TEXT_LIMIT, Tree, Wanted};

/// Whether the file at `path` of a version is of the guidance: neither a record nor dated.
pub fn is_page(path: &str) -> bool {
    let is_record = [".yaml", ".yml"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    is_versioned(path) && !is_record
}

/// The pages of a version as they were read.
#[derive(Debug)]
pub struct Pages {
    /// What was read.
    pub sources: Sources,
    /// The path under which the sources speak of the version.
    prefix: String,
    /// Its pages and files alone.
    pub(super) site: Site,
    pub(super) faults: Vec<Diagnostic>,
}

impl Pages {
    /// Reads the pages of `tree`. What is dated is left to the content folder.
    pub(super) fn read(
        id: &str,
        tree: &Tree,
        settings: &Settings,
        options: &Options,
    ) -> Result<Self, String> {
        Self::of(id, tree, &is_page, tree.history(), (settings, options))
    }

    /// Reads those pages of `tree` that are `wanted` by their paths, for their words alone: their days are not asked for.
    pub(super) fn part(
        id: &str,
        tree: &Tree,
        wanted: Wanted<'_>,
        about: (&Settings, &Options),
    ) -> Result<Self, String> {
        Self::of(id, tree, wanted, None, about)
    }

    fn of(
        id: &str,
        tree: &Tree,
        wanted: Wanted<'_>,
        history: Option<Arc<History>>,
        (settings, options): (&Settings, &Options),
    ) -> Result<Self, String> {
        let (sources, mut faults) = tree
            .read(wanted, TEXT_LIMIT)
            .map_err(|fault| format!("the version `{id}`: {}", fault.message))?;
        let sources = sources.with_history(history);
        let prefix = tree.prefix();
        let options = Options { content: prefix.clone(), is_lenient: true, ..options.clone() };
        let (mut site, found) = parse::site(&sources, settings, &options, &mut Cache::default());
        super::super::pictures::measure(&mut site, &sources, &prefix);
        // What is wrong with `portal.yaml` has been told.
        faults.extend(found.into_iter().filter(|fault| !sources.path(fault.place.file).is_empty()));
        Ok(Self { sources, prefix, site, faults })
    }

    /// The bytes of the image or attachment at `path` of the version.
    pub fn medium(&self, path: &str) -> Option<&MediaBytes> {
        let id = FileId::of(&format!("{}/{path}", self.prefix));
        self.sources.medium(id).map(|media| &media.bytes)
    }

    /// What its live blocks ask for, each with the word of its kind.
    pub(super) fn live_blocks(&self) -> BTreeSet<(String, String)> {
        let articles = self.site.documents.iter().flat_map(|document| &document.texts);
        let embeds = articles.flat_map(|article| &article.body.embeds);
        let word = |of: EmbedKind| EmbedKind::ALL.iter().find(|(_, kind)| *kind == of).map(|(word, _)| *word);
        embeds.filter_map(|embed| Some((word(embed.kind)?.to_owned(), embed.source.clone()))).collect()
    }

    fn has_embeds(&self) -> bool {
        let articles = self.site.documents.iter().flat_map(|document| &document.texts);
        articles.into_iter().any(|article| !article.body.embeds.is_empty())
    }

    /// Files that today's program does not wholly understand.
    pub(super) fn flawed(&self) -> HashSet<FileId> {
        let errors = self.faults.iter().filter(|fault| fault.level == Level::Error);
        errors.map(|fault| fault.place.file).collect()
    }

    /// The site of the version beside the one of the content folder.
    pub(super) fn site(&self, content: &Site) -> Site {
        content.of_version(&self.site, self.site.media.clone(), self.has_embeds())
    }

    /// The site of the version as the current one: with all that is dated.
    pub(super) fn current_site(&self, content: &Site) -> Site {
        let mut media = content.media.clone();
        media.extend(self.site.media.iter().map(|(path, media)| (path.clone(), media.clone())));
        content.of_version(&self.site, media, true)
    }
}
