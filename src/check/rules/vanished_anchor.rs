//! A part of a page is gone to which links may lead.

use crate::check::{Check, Context};
use crate::derive::page::vanished::{Comparison, Lost};
use crate::diagnostic::{Diagnostic, Level, Rule, nearest};
use crate::model::addresses::Told;

static RULE: Rule = Rule {
    name: "vanished-anchor",
    level: Level::Warn,
    what: "A heading or anchor that a page had before is gone. Found where `juhend check --against` names that portal.",
    why: "Links from elsewhere that lead to this part end at the top of the page.",
    example: "# `## Steps` became `## What to do`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let against = |told: &Told| {
        let lost = Comparison::of(told, context.made, &context.redirects.gone).lost();
        lost.iter().filter_map(|lost| fault(context, told, lost)).collect::<Vec<_>>()
    };
    context.told.iter().flat_map(against).collect()
}

fn fault(context: &Context<'_>, told: &Told, lost: &Lost<'_>) -> Option<Diagnostic> {
    let names: Vec<String> = lost.anchors.iter().map(|anchor| format!("`#{anchor}`")).collect();
    let message = format!("`{}` has no {} any more, as {} had", lost.address, names.join(", "), told.by);
    let first = lost.anchors.first()?;
    let near = nearest(first, lost.known.iter().map(String::as_str))
        .map_or_else(String::new, |near| format!(" `#{near}`"));
    let hint = format!("put `<a id=\"{first}\"></a>` above the heading{near} that took its place");
    Some(Diagnostic::new(&RULE, context.place_of(lost.source)?, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_against, tree};

    #[test]
    fn a_heading_that_was_renamed_leaves_links_behind() {
        let page = |body: &str| tree(&[("guides/a.md", body)]);
        let before = page("Before.\n\n## Steps\n\nOne.\n\n## Data\n");
        assert_eq!(
            messages_against("vanished-anchor", &before, &page("Before.\n\n## Stages\n\nOne.\n\n## Data\n")),
            ["`/guides/a/` has no `#steps` any more, as the portal in `public` had"]
        );
        let kept = page("Before.\n\n<a id=\"steps\"></a>\n\n## Stages\n\nOne.\n\n## Data\n");
        assert_eq!(messages_against("vanished-anchor", &before, &kept), [""; 0]);
    }
}
