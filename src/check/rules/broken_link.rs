//! A link or image leads nowhere.

use crate::check::{Check, Context};
use crate::derive::links::{self, Broken, Destination};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::body::{Link, LinkKind};

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
        .filter_map(|(link, broken)| match broken {
            Broken::OutOfTree => Some(
                Diagnostic::new(
                    &RULE,
                    link.place,
                    format!("the {} `{}` leads out of the content folder", noun(link), link.target),
                )
                .hint("move what it leads to into the content folder"),
            ),
            Broken::NoFile(hint) => Some(
                Diagnostic::new(
                    &RULE,
                    link.place,
                    format!("the {} `{}` leads nowhere", noun(link), link.target),
                )
                .maybe_hint(hint),
            ),
            Broken::NoAnchor { .. } => None,
        })
        .collect()
}

fn noun(link: &Link) -> &'static str {
    match link.kind {
        LinkKind::Page => "link",
        LinkKind::Image => "image",
    }
}

/// Every link of every page that leads nowhere.
pub fn each_broken<'a>(context: &'a Context<'a>) -> impl Iterator<Item = (&'a Link, Broken)> {
    context.site.documents.iter().flat_map(|document| document.texts.iter()).flat_map(move |article| {
        article.body.links.iter().filter_map(move |link| {
            match links::resolve(context.site, context.routes, article, link) {
                Destination::Broken(broken) => Some((link, broken)),
                _ => None,
            }
        })
    })
}
