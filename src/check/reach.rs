//! Who may see what a link or reference leads to.
//!
//! In a site for everybody's eyes it is looked up where it stands; in one for a wider audience it is not there, and
//! only its name was kept ([`crate::model::unseen`]).

use std::collections::HashMap;

use super::Context;
use super::marking;
use crate::derive::page::links::{self, Broken, Destination};
use crate::derive::page::routes::{Routes, Subject};
use crate::diagnostic::FileId;
use crate::model::Site;
use crate::model::audience::Audience;
use crate::model::body::{self, Link};
use crate::model::document::Article;
use crate::model::records::{Record, Records};
use crate::record::path::{folder_of, join};
use crate::record::reference::{Kind, Pointer};

/// The audiences of the files of a site.
pub struct Reach<'a> {
    site: &'a Site,
    routes: &'a Routes,
    files: HashMap<FileId, Audience>,
    paths: HashMap<&'a str, Audience>,
}

impl<'a> Reach<'a> {
    /// Those of the site of `context`.
    pub fn of(context: &Context<'a>) -> Self {
        let files = marking::each(context.site);
        Self {
            site: context.site,
            routes: context.routes,
            files: files.iter().map(|marked| (marked.file, marked.audience)).collect(),
            paths: files.iter().map(|marked| (marked.path, marked.audience)).collect(),
        }
    }

    /// Who may see what is written at the beginning of a file.
    pub fn file(&self, file: FileId) -> Option<Audience> {
        self.files.get(&file).copied()
    }

    /// Who may see what `pointer` leads to; nothing of what everybody sees, or what is not there at all.
    pub fn pointer(&self, from: &str, pointer: &Pointer) -> Option<Audience> {
        let (site, id) = (self.site, pointer.id.as_str());
        match pointer.kind {
            Kind::Release => self.record(&site.releases, pointer),
            Kind::Run => self.record(&site.runs, pointer),
            Kind::Plan => self.record(&site.plans, pointer),
            Kind::Defect => self.record(&site.defects, pointer),
            Kind::Environment => self.record(&site.environments, pointer),
            Kind::DataSet => self.record(&site.data, pointer),
            Kind::Decision => self.record(&site.decisions, pointer),
            Kind::Party => self.record(&site.partners, pointer),
            Kind::Case => self.known(site.cases.get(site.case_id(id))).or_else(|| self.kept(pointer)),
            Kind::Page | Kind::File | Kind::ResultFile => self.path(&join(folder_of(from), id)?),
            Kind::Product | Kind::Team | Kind::Role | Kind::Owner | Kind::Gate => None,
        }
    }

    fn record<T>(&self, records: &Records<T>, pointer: &Pointer) -> Option<Audience> {
        self.known(records.get(&pointer.id)).or_else(|| self.kept(pointer))
    }

    fn known<T>(&self, record: Option<&Record<T>>) -> Option<Audience> {
        record.and_then(|record| self.file(record.file))
    }

    fn kept(&self, pointer: &Pointer) -> Option<Audience> {
        self.site.unseen.record(pointer.kind, &pointer.id)
    }

    /// Who may see the file or page at `path` of the content folder.
    fn path(&self, path: &str) -> Option<Audience> {
        let own = candidates(path).find_map(|path| self.paths.get(path.as_str()).copied());
        own.or_else(|| withheld_at(self.site, path)).or_else(|| self.medium(path))
    }

    /// Images and attachments are for whoever may see what shows them, unless their folder says more.
    fn medium(&self, path: &str) -> Option<Audience> {
        self.site.media.get(path).and_then(|_| self.site.portal.folder_audience(path))
    }

    /// Who may see what `link` in `article` leads to.
    pub fn link(&self, article: &Article, link: &Link) -> Option<Audience> {
        let (site, routes) = (self.site, self.routes);
        match links::resolve(site, routes, article, link) {
            Destination::External(_) => None,
            Destination::File(path) => self.medium(&path),
            Destination::Page(subject, anchor) => {
                let page = target(article, link).and_then(|path| self.path(&path));
                let part = anchor.and_then(|anchor| part(site, &subject, article, &anchor));
                page.or_else(|| self.subject(&subject)).max(part)
            }
            Destination::Broken(broken) => match &broken {
                Broken::NoAnchor { anchor, .. } => cut_in(site, routes, article, link, anchor),
                Broken::NoFile(_) | Broken::OutOfTree => withheld(site, &broken),
            },
        }
    }

    /// Who may see a page that is named by its address: whoever may see it in one of its languages.
    fn subject(&self, subject: &Subject) -> Option<Audience> {
        let Subject::Document(key) = subject else { return None };
        let texts = &self.site.document(key)?.texts;
        texts.iter().filter_map(|text| self.file(text.file)).min()
    }
}

/// The path in the content folder that a link names.
fn target(article: &Article, link: &Link) -> Option<String> {
    let path = link.target.split(['#', '?']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    if path.is_empty() { None } else { join(folder_of(&article.path), &path) }
}

/// Who may see the part of a page that is shown.
fn part(site: &Site, subject: &Subject, from: &Article, anchor: &str) -> Option<Audience> {
    let Subject::Document(key) = subject else { return None };
    let body = &site.document(key)?.text(&from.language).body;
    let heading = body.headings.iter().find(|heading| heading.id == anchor)?;
    body::audience_at(&body.blocks, heading.place)
}

/// Who may see the part of a page to which `link` leads, if it is kept from the audience of the site.
pub fn cut(context: &Context<'_>, article: &Article, link: &Link, anchor: &str) -> Option<Audience> {
    cut_in(context.site, context.routes, article, link, anchor)
}

fn cut_in(site: &Site, routes: &Routes, article: &Article, link: &Link, anchor: &str) -> Option<Audience> {
    let find =
        |body: &body::Body| body.cut.iter().find(|(id, _)| id == anchor).map(|(_, audience)| *audience);
    if link.target.trim().starts_with('#') {
        return find(&article.body);
    }
    let path = target(article, link)?;
    let subject = candidates(&path).find_map(|path| routes.of_source(&path)).or_else(|| routes.at(&path))?;
    let Subject::Document(key) = subject else { return None };
    find(&site.document(key)?.text(&article.language).body)
}

/// Who may see what stands where a link leads nowhere, if it is kept from the audience of the site.
pub fn withheld(site: &Site, broken: &Broken) -> Option<Audience> {
    match broken {
        Broken::NoFile(path) => withheld_at(site, path),
        Broken::OutOfTree | Broken::NoAnchor { .. } => None,
    }
}

fn withheld_at(site: &Site, path: &str) -> Option<Audience> {
    candidates(path).find_map(|path| site.unseen.file(&path))
}

/// The files that a path may mean, as it is and with the endings that may be left out.
fn candidates(path: &str) -> impl Iterator<Item = String> {
    let path = path.trim_end_matches('/').to_owned();
    let html = path.strip_suffix(".html").map(|stem| format!("{stem}.md"));
    let endings = ["", ".md", ".yaml", ".yml", "/index.md", "/README.md"];
    endings.into_iter().map(move |ending| format!("{path}{ending}")).chain(html)
}
