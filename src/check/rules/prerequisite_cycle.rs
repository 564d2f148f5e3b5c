//! Training modules require each other in a ring.

use crate::check::{Check, Context};
use crate::derive::guidance::prerequisites::Prerequisites;
use crate::derive::page::links;
use crate::derive::page::routes::Subject;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::document::Extra;
use crate::record::reference::Ref;

static RULE: Rule = Rule {
    name: "prerequisite-cycle",
    level: Level::Error,
    what: "A training module requires itself, directly or through others that it requires.",
    why: "Nobody can begin a module that is to be taken before itself, nor one that requires it.",
    example: "requires: [20-test-design.md]   # in 10-basics.md, which 20-test-design.md requires",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let path = Prerequisites::of(context.site, context.routes);
    path.rings().iter().filter_map(|ring| breach(context, ring)).collect()
}

fn breach(context: &Context<'_>, ring: &[&str]) -> Option<Diagnostic> {
    let (first, others) = ring.split_first()?;
    let next = others.first().unwrap_or(first);
    let message = if others.is_empty() {
        "the module requires itself".to_owned()
    } else {
        let others: Vec<String> = others.iter().map(|key| format!("`{key}`")).collect();
        format!("the module requires itself through {}", others.join(", "))
    };
    let fault = Diagnostic::new(&RULE, place(context, first, next)?, message)
        .hint("take one of them out of `requires:`");
    let after = others.iter().skip(1).chain(others.first().map(|_| first));
    let links = others.iter().zip(after).filter_map(|(from, to)| place(context, from, to));
    Some(links.fold(fault, |fault, place| fault.related(place, "which requires")))
}

/// Where the module `from` names the module `to`.
fn place(context: &Context<'_>, from: &str, to: &str) -> Option<Place> {
    let article = context.site.document(from)?.main();
    let Extra::Training(module) = &article.extra else { return None };
    let leads_there = |path: &str| {
        links::page_at(context.routes, &article.path, path) == Ok(Subject::Document(to.to_owned()))
    };
    module.requires.iter().find(|page| leads_there(page.id())).map(Ref::place)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn each_ring_is_told_once() {
        let site = tree(&[
            ("training/a.md", "---\nrequires: [b.md]\n---\n"),
            ("training/b.md", "---\nrequires: [c.md, ok.md]\n---\n"),
            ("training/c.md", "---\nrequires: [a.md]\n---\n"),
            ("training/alone.md", "---\nrequires: [alone.md]\n---\n"),
            ("training/behind.md", "---\nrequires: [a.md]\n---\n"),
            ("training/ok.md", "# Ok"),
        ]);
        assert_eq!(
            messages_of("prerequisite-cycle", &site),
            ["the module requires itself through `training/b`, `training/c`", "the module requires itself"]
        );
    }
}
