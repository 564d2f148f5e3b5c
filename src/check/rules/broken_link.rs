//! A link or image leads nowhere.

use crate::check::{Check, Context, reach};
use crate::derive::page::links::{self, Broken, Destination, Wanted};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::body::{Link, LinkKind};
use crate::model::document::Article;

static RULE: Rule = Rule {
    name: "broken-link",
    level: Level::Error,
    what: "A link or image in a page leads to no file, folder or page of the content tree.",
    why: "Readers would end on a page that says it does not exist.",
    example: "[how to prepare data](../dta/prepare.md)",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    each_broken(context)
        // Of what the audience may not see `narrower-link` tells.
        .filter(|(_, _, broken)| reach::withheld(context.site, broken).is_none())
        .filter_map(|(from, link, broken)| {
            let (what, hint) = match broken {
                Broken::OutOfTree => (
                    "leads out of the content folder",
                    Some("move what it leads to into the content folder".to_owned()),
                ),
                Broken::NoFile(_) => (
                    "leads nowhere",
                    links::hint(context.site, context.routes, wanted(link), &from.path, &broken),
                ),
                Broken::NoAnchor { .. } => return None,
            };
            let message = format!("the {} `{}` {what}", noun(link), link.target);
            Some(Diagnostic::new(&RULE, link.place, message).maybe_hint(hint))
        })
        .collect()
}

fn wanted(link: &Link) -> Wanted {
    match link.kind {
        LinkKind::Page => Wanted::Any,
        LinkKind::Image => Wanted::File,
    }
}

fn noun(link: &Link) -> &'static str {
    match link.kind {
        LinkKind::Page => "link",
        LinkKind::Image => "image",
    }
}

/// Every link of every page that leads nowhere, with its page.
pub fn each_broken<'a>(context: &'a Context<'a>) -> impl Iterator<Item = (&'a Article, &'a Link, Broken)> {
    context.site.documents.iter().flat_map(|document| document.texts.iter()).flat_map(move |article| {
        article.body.links.iter().filter_map(move |link| {
            match links::resolve(context.site, context.routes, article, link) {
                Destination::Broken(broken) => Some((&**article, link, broken)),
                _ => None,
            }
        })
    })
}
