//! An address of an earlier portal leads nowhere.

use crate::check::{Check, Context};
use crate::derive::page::redirects::GONE;
use crate::derive::page::vanished::{Because, Comparison, Heir, Vanished};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::addresses::Told;

static RULE: Rule = Rule {
    name: "vanished-address",
    level: Level::Error,
    what: "An address that a portal had before leads nowhere now. Found where `juhend check --against` names that portal.",
    why: "Bookmarks, links from elsewhere and letters that were sent would end on a page that says it does not exist.",
    example: "# guides/old.md became guides/new.md, which has no `aliases: [/guides/old/]`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let against = |told: &Told| {
        let vanished = Comparison::of(told, context.made, &context.redirects.gone).vanished();
        vanished.iter().map(|vanished| fault(context, told, vanished)).collect::<Vec<_>>()
    };
    context.told.iter().flat_map(against).collect()
}

fn fault(context: &Context<'_>, told: &Told, vanished: &Vanished<'_>) -> Diagnostic {
    let address = vanished.address;
    let source = vanished.heir.as_ref().and_then(|heir| heir.source);
    let place = source.and_then(|path| context.place_of(path)).unwrap_or_else(|| context.portal_place());
    let known = vanished.heir.as_ref().map_or_else(String::new, known);
    if vanished.is_version() {
        let message =
            format!("`{address}` and what is below it were addresses of {} and lead nowhere now", told.by);
        return Diagnostic::new(&RULE, place, message).hint(format!(
            "list the version again under `versions` in portal.yaml, or add `{address}: {GONE}` to `redirects`, which \
             stands for all below it"
        ));
    }
    let message = format!("`{address}` was an address of {} and leads nowhere now{known}", told.by);
    Diagnostic::new(&RULE, place, message).hint(hint(address, vanished.heir.as_ref()))
}

/// What is known of where it went.
fn known(heir: &Heir<'_>) -> String {
    let to = heir.address;
    match heir.because {
        Because::Id => format!("; `{to}` has its id"),
        Because::Rename => format!("; its file was renamed, and is `{to}`"),
        Because::Content => format!("; `{to}` says the same"),
        Because::Title => format!("; `{to}` has its title"),
        Because::Folder => format!("; its pages are in `{to}`"),
        Because::Redirect => format!("; it led to `{to}`"),
    }
}

fn hint(address: &str, heir: Option<&Heir<'_>>) -> String {
    match heir {
        Some(Heir { source: Some(_), .. }) => {
            format!("add `aliases: [{address}]` to its front matter, or let `--fix` do it")
        }
        Some(Heir { address: to, .. }) => {
            format!("add `{address}: {to}` to `redirects` in portal.yaml, or let `--fix` do it")
        }
        None => format!(
            "add `{address}: …` to `redirects` in portal.yaml: the new address, or `{GONE}` if nothing came after it"
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_against, tree};

    #[test]
    fn an_alias_keeps_the_address_of_a_page_that_moved() {
        let before = tree(&[("guides/old.md", "---\ntitle: Report\n---\nHow to report.")]);
        let moved = tree(&[("guides/new.md", "---\ntitle: Report\n---\nHow to report.")]);
        let kept =
            tree(&[("guides/new.md", "---\naliases: [/guides/old/]\ntitle: Report\n---\nHow to report.")]);
        assert_eq!(
            messages_against("vanished-address", &before, &moved),
            [
                "`/guides/old/` was an address of the portal in `public` and leads nowhere now; `/guides/new/` says the same"
            ]
        );
        assert_eq!(messages_against("vanished-address", &before, &kept), [""; 0]);
        assert_eq!(messages_against("vanished-address", &before, &before), [""; 0]);
    }

    #[test]
    fn what_is_gone_for_good_is_said_once() {
        let before =
            tree(&[("defects/D-1.yaml", "title: T\nstatus: open\nseverity: minor"), ("index.md", "A")]);
        let now = tree(&[("index.md", "A")]);
        let said = tree(&[
            ("index.md", "A"),
            ("portal.yaml", "title: P\nredirects: {/defects/D-1/: gone, /defects/: gone}"),
        ]);
        assert_eq!(messages_against("vanished-address", &before, &now).len(), 2);
        assert_eq!(messages_against("vanished-address", &before, &said), [""; 0]);
    }
}
