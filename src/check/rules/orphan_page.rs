//! A page that nothing leads to.

use crate::check::{Check, Context};
use crate::derive::page::backlinks::Backlinks;
use crate::derive::page::routes::Subject;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::document::{Document, DocumentKind};

static RULE: Rule = Rule {
    name: "orphan-page",
    level: Level::Warn,
    what: "No page or record links to a page, and its folder's own page lists the pages of the folder by hand and has \
           left it out. Where a folder's page links to fewer than half of them, it is taken for a text, not a list. \
           Pages that the generator lists (reports, advice, proposals) and hidden ones are not meant.",
    why: "Readers who follow the list never meet the page.",
    example: "# guides/data/index.md links to all pages of guides/data/ but masking.md",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let indexes = context.site.documents.iter().filter(|document| document.is_index);
    indexes.flat_map(|index| left_out(context, index)).collect()
}

/// The pages of the folder of `index` that nothing leads to.
fn left_out<'a>(context: &'a Context<'a>, index: &Document) -> Vec<Diagnostic> {
    let Some(list) = context.routes.of_source(&index.main().path) else { return Vec::new() };
    let neighbours: Vec<(&Document, Subject)> = context
        .site
        .documents
        .iter()
        .filter(|document| is_listed_by_hand(index, document))
        .map(with_subject)
        .collect();
    let backlinks = context.backlinks;
    let is_linked = |subject: &Subject| backlinks.to(subject).any(|from| from == list);
    let linked = neighbours.iter().filter(|(_, subject)| is_linked(subject)).count();
    if linked * 2 < neighbours.len() {
        return Vec::new();
    }
    neighbours
        .iter()
        .filter(|(_, subject)| is_orphan(backlinks, subject))
        .map(|(page, _)| fault(index, page))
        .collect()
}

fn with_subject(document: &Document) -> (&Document, Subject) {
    (document, Subject::Document(document.key.clone()))
}

fn is_orphan(backlinks: &Backlinks, subject: &Subject) -> bool {
    backlinks.to(subject).next().is_none()
}

/// Whether `page` stands in the folder of `index` and is of a kind that is not listed by itself.
fn is_listed_by_hand(index: &Document, page: &Document) -> bool {
    let is_of_kind = matches!(page.kind, DocumentKind::Guide | DocumentKind::Training | DocumentKind::Page);
    is_of_kind
        && !page.is_index
        && page.main().front.hidden != Some(true)
        && folder(&page.key) == folder(&index.key)
}

fn folder(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn fault(index: &Document, page: &Document) -> Diagnostic {
    let message =
        format!("nothing links to this page, and `{}` lists its neighbours only", index.main().path);
    Diagnostic::new(&RULE, Place::whole(page.main().file), message)
        .hint("link to it from the folder's page, or write `hidden: true`")
}
