//! A guide changed after the module that teaches it.

use crate::check::{Check, Context};
use crate::derive::guidance::teaching;
use crate::derive::page::links;
use crate::derive::page::routes::Subject;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::document::{Document, DocumentKind};

static RULE: Rule = Rule {
    name: "training-older-than-guide",
    level: Level::Warn,
    what: "A guide that a training module links to changed after the module was last changed or reviewed.",
    why: "The module may teach what the guide no longer says, and people do what they were taught.",
    example: "updated: 2026-05-11   # the guide it links to: `updated: 2026-09-14`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let modules = context.site.documents_of(DocumentKind::Training).filter(|document| !document.is_index);
    modules.filter_map(|module| breach(context, module)).collect()
}

fn breach(context: &Context<'_>, module: &Document) -> Option<Diagnostic> {
    let newer = teaching::newer_guides(context.site, context.routes, module, context.as_of);
    let first = newer.first()?;
    let looked_at = teaching::looked_at(context.site, module, context.as_of)?;
    let reviewed = module.main().front.reviewed.as_ref().map(|day| day.place);
    let place = reviewed.or_else(|| link_to(context, module, &first.guide.key))?;
    let changed: Vec<String> =
        newer.iter().map(|newer| format!("`{}` on {}", newer.guide.key, newer.changed)).collect();
    let message =
        format!("the module was last looked at on {looked_at}; since then {} changed", changed.join(", "));
    Some(
        Diagnostic::new(&RULE, place, message)
            .hint("compare the module with the guide, and write the day under `reviewed:`"),
    )
}

/// Where the text of a module links to the guide with `key`.
fn link_to(context: &Context<'_>, module: &Document, key: &str) -> Option<Place> {
    let article = module.main();
    let leads_there = |link: &&crate::model::body::Link| {
        let found = links::resolve(context.site, context.routes, article, link);
        matches!(found, links::Destination::Page(Subject::Document(found), _) if found == key)
    };
    article.body.links.iter().find(leads_there).map(|link| link.place)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn one_fault_names_every_guide_that_changed() {
        let site = tree(&[
            ("guides/a.md", "---\nupdated: 2026-09-14\n---\n"),
            ("guides/b.md", "---\nupdated: 2026-10-01\n---\n"),
            ("training/old.md", "---\nupdated: 2026-05-11\n---\n[A](../guides/a.md) [B](../guides/b.md)"),
            ("training/new.md", "---\nreviewed: 2026-10-02\n---\n[A](../guides/a.md) [B](../guides/b.md)"),
        ]);
        assert_eq!(
            messages_of("training-older-than-guide", &site),
            ["the module was last looked at on 2026-05-11; since then `guides/b` on 2026-10-01, \
              `guides/a` on 2026-09-14 changed"]
        );
    }
}
