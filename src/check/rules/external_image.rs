//! An image comes from another host.

use crate::check::{Check, Context};
use crate::derive::page::links;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::body::LinkKind;

static RULE: Rule = Rule {
    name: "external-image",
    level: Level::Error,
    what: "An image of a page comes from another host, or from the address of its own page.",
    why: "The portal's security policy lets browsers load images from the portal only; and another host would learn who \
          reads what.",
    example: "![Build state](https://ci.example.ee/badge.svg)",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let articles = context.site.documents.iter().flat_map(|document| &document.texts);
    articles
        .flat_map(|article| &article.body.links)
        .filter(|link| link.kind == LinkKind::Image && links::is_external(link.target.trim()))
        .map(|link| {
            let message = match link.target.trim().split_once(':') {
                Some(("data", _)) => "the image is written into its own address".to_owned(),
                _ => format!("the image `{}` comes from another host", link.target),
            };
            Diagnostic::new(&RULE, link.place, message)
                .hint("save the image beside the page and link to the file")
        })
        .collect()
}
