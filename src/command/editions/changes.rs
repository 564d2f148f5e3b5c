//! The pages about what changed from each version to the next.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::finished::{self, Named};
use super::notes::NotedStep;
use super::{Files, Joiner, Known, Listed, Pages, Read, Reading, Side, hash, read, told};
use crate::derive::guidance::comparison::{Comparison, Stand, Step, Version as GuidanceVersion};
use crate::derive::guidance::difference::Gist;
use crate::derive::guidance::versions::Editions;
use crate::derive::page::routes::{List, Routes, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::document::Article;
use crate::render::Portal;

/// The versions of a portal, found and told of each other.
pub(super) struct Versions<'a> {
    pub known: &'a [(&'a Listed, Known)],
    pub editions: &'a Editions,
    /// The portal of the current version.
    pub portal: &'a Portal,
    /// The portal of the content folder, where that is not the current version.
    pub content: Option<&'a Portal>,
}

impl Versions<'_> {
    /// Differs when a page of the version at `at` would be read or linked otherwise.
    fn key(&self, at: usize) -> Option<String> {
        let (one, known) = self.known.get(at)?;
        let own = match known {
            Known::Content => {
                let site = &self.content.unwrap_or(self.portal).site;
                let texts = site.documents.iter().filter(|document| document.is_versioned());
                hash(
                    texts
                        .flat_map(|document| &document.texts)
                        .map(|text| text_key(text))
                        .collect::<Vec<_>>()
                        .iter()
                        .map(String::as_str),
                )
            }
            Known::Read(_, facts) | Known::Noted(facts) => facts.key.clone(),
            Known::Frozen(_) => one.tree.as_ref()?.key(),
        };
        Some(hash([one.id.as_str(), &one.root, &format!("{:?}", one.title), &own]))
    }

    /// The version at `at`, read if it has not been.
    fn version(
        &self,
        at: usize,
        reading: &Reading<'_>,
        read_before: &mut Read,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<GuidanceVersion> {
        let (one, known) = self.known.get(at)?;
        let of_portal = |portal: &Portal| (portal.site.clone(), Arc::clone(&portal.routes));
        let (site, routes) = match known {
            _ if one.root.is_empty() => of_portal(self.portal),
            Known::Content => {
                let site = self.content.unwrap_or(self.portal).site.clone();
                let routes = Routes::of_version(&site, &one.root, Arc::clone(&self.portal.routes));
                (site, Arc::new(routes))
            }
            Known::Read(pages, _) => return Some(self.of_pages(one, pages)),
            Known::Noted(_) => {
                let pages = read(one, one.tree.as_ref()?, reading, read_before, faults)?;
                return Some(self.of_pages(one, &pages));
            }
            Known::Frozen(files) => {
                let named = Named { id: &one.id, title: one.title.clone(), root: &one.root };
                return Some(finished::version(named, files, reading.settings, reading.options));
            }
        };
        let (site, stand) = (Arc::new(site), Stand::Made(routes));
        Some(GuidanceVersion { id: one.id.clone(), title: one.title.clone(), site, stand })
    }

    fn of_pages(&self, one: &Listed, pages: &Pages) -> GuidanceVersion {
        let site = pages.site(&self.portal.site);
        let routes = Routes::of_version(&site, &one.root, Arc::clone(&self.portal.routes));
        let (site, stand) = (Arc::new(site), Stand::Made(Arc::new(routes)));
        GuidanceVersion { id: one.id.clone(), title: one.title.clone(), site, stand }
    }

    /// What the pages of the version at `at` say, where that was noted and none of them was read.
    fn noted(&self, at: usize) -> Option<Arc<Gist>> {
        match self.known.get(at)? {
            (one, Known::Noted(facts)) if !one.root.is_empty() => Some(Arc::clone(&facts.gist)),
            _ => None,
        }
    }

    /// What they say, where they were read.
    fn read(&self, at: usize) -> Option<Arc<Gist>> {
        match self.known.get(at)? {
            (one, Known::Read(_, facts)) if !one.root.is_empty() => Some(Arc::clone(&facts.gist)),
            _ => None,
        }
    }

    /// The version at `at`, of which the pages with the keys `wanted` alone are there; nothing where such a page would
    /// not stand where the whole version has it.
    fn part(
        &self,
        at: usize,
        gist: &Gist,
        wanted: &BTreeSet<&str>,
        reading: &Reading<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<GuidanceVersion> {
        let (one, _) = self.known.get(at)?;
        let pages = || gist.pages.iter().filter(|page| wanted.contains(page.key.as_str()));
        let files: HashSet<&str> =
            pages().flat_map(|page| &page.texts).map(|text| text.file.as_str()).collect();
        let wanted = |path: &str| files.contains(path);
        let read = Pages::part(&one.id, one.tree.as_ref()?, &wanted, (reading.settings, reading.options));
        let version = self.of_pages(one, &told(one, read, reading, faults)?);
        pages().all(|page| version.path(&page.key) == page.path()).then_some(version)
    }
}

/// Differs when a reader would read another text, or another one might read it.
fn text_key(text: &Article) -> String {
    let front = &text.front;
    let embeds = text.body.embeds.iter().map(|embed| embed.source.as_str());
    let about = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        front.title,
        text.body.title,
        front.description,
        front.id,
        front.aliases,
        front.hidden,
        text.restriction
    );
    hash([text.path.as_str(), &text.language, &about].into_iter().chain(text.body.text()).chain(embeds))
}

impl Joiner<'_> {
    /// What changed from each version to the one above it in the list, with the pages that show it: those stay as
    /// they are where neither version changed.
    pub fn differences(
        &mut self,
        versions: &Versions<'_>,
        read_before: &mut Read,
    ) -> (Vec<Arc<Step>>, Vec<Side>) {
        let (mut steps, mut sides) = (Vec::new(), Vec::new());
        let keys: Vec<(usize, String)> =
            (0..versions.known.len()).filter_map(|at| Some((at, versions.key(at)?))).collect();
        for pair in keys.windows(2) {
            let [(after, key_after), (before, key_before)] = pair else { continue };
            let made = self.difference_key(versions.portal, [key_before, key_after]);
            let ids =
                [before, after].map(|at| versions.known.get(*at).map_or("", |(one, _)| one.id.as_str()));
            let name = format!("{}..{}", ids[0], ids[1]);
            let noted = self.reading.notes.steps.get(&name).filter(|noted| noted.made == made);
            let (step, files) = match noted {
                Some(noted) => (Arc::new(noted.step.clone()), Files::Kept),
                None => {
                    let Some(comparison) = self.compare(versions, (*before, *after), read_before) else {
                        continue;
                    };
                    let step = Arc::clone(&comparison.step);
                    (step, Files::Made(Box::new(versions.portal.comparing(Arc::new(comparison))), None))
                }
            };
            self.notes.steps.insert(name, NotedStep { step: Step::clone(&step), made });
            sides.push(Side { root: step.root(), files });
            steps.push(step);
        }
        (steps, sides)
    }

    /// The versions at `before` and `after` side by side. Of a version that did not change since the last build those
    /// pages alone are read that changed from one to the other.
    fn compare(
        &mut self,
        versions: &Versions<'_>,
        (before, after): (usize, usize),
        read_before: &mut Read,
    ) -> Option<Comparison> {
        let name = |at: usize| versions.known.get(at).map(|(one, _)| one.id.as_str());
        let became = |path: &str| versions.editions.became(before, path, after);
        let mut look = |at| {
            if let Some(gist) = versions.noted(at) {
                return Some((gist, None));
            }
            let version = versions.version(at, self.reading, read_before, &mut self.faults)?;
            let gist = versions.read(at).unwrap_or_else(|| Arc::new(version.gist()));
            Some((gist, Some(version)))
        };
        let (old, new) = (look(before)?, look(after)?);
        let step = Step::between((name(before)?, &old.0), (name(after)?, &new.0), became);
        let changed = &step.difference;
        let keys_before = changed.removed.iter().chain(changed.kept.iter().map(|pair| &pair.before));
        let keys_after = changed.added.iter().chain(changed.kept.iter().map(|pair| &pair.after));
        let mut shown = |at, (gist, version): (Arc<Gist>, Option<GuidanceVersion>), keys: BTreeSet<&str>| {
            version
                .or_else(|| versions.part(at, &gist, &keys, self.reading, &mut self.faults))
                .or_else(|| versions.version(at, self.reading, read_before, &mut self.faults))
        };
        let old = shown(before, old, keys_before.map(String::as_str).collect())?;
        let new = shown(after, new, keys_after.map(String::as_str).collect())?;
        Some(Comparison { before: old, after: new, step: Arc::new(step) })
    }

    /// Differs when a page about the changes between two versions would come out another.
    fn difference_key(&self, portal: &Portal, versions: [&String; 2]) -> String {
        let editions = portal.standing.iter().flat_map(|standing| standing.editions.all());
        let editions: Vec<String> = editions
            .map(|edition| format!("{} {:?} {:?} {}", edition.id, edition.title, edition.state, edition.root))
            .collect();
        let lists = List::ALL.iter().map(|(list, folder)| {
            let has = portal.routes.has(&Subject::List(*list));
            let names = portal.site.document(&format!("{folder}/index")).map(|index| {
                index.texts.iter().map(|text| format!("{:?}", text.front.title)).collect::<Vec<_>>()
            });
            format!("{folder} {has} {names:?}")
        });
        let lists: Vec<String> = lists.collect();
        let about = format!("{} {:?} {:?}", portal.as_of, portal.base_url, portal.logo);
        let parts = [versions[0].as_str(), versions[1], &self.reading.key, &about].into_iter();
        hash(parts.chain(editions.iter().chain(&lists).map(String::as_str)))
    }
}
