//! Nobody knows when a page that everybody may see was published or changed.

use crate::check::{Check, Context};
use crate::derive::page::dates::{published, updated};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::audience::Audience;

static RULE: Rule = Rule {
    name: "undated-page",
    level: Level::Warn,
    what: "It is not known when a page of the public portal was published or last changed.",
    why: "The Public Information Act asks of public sites that each page tells both (AvTS § 32); the page says that they are unknown.",
    example: "title: How to report a defect   # no `published:`, no `updated:` and no Git history",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let site = context.site;
    if site.audience != Audience::Public {
        return Vec::new();
    }
    let texts =
        site.documents.iter().flat_map(|document| document.texts.iter().map(move |text| (document, text)));
    texts
        .filter_map(|(document, text)| {
            let days = [published, updated].map(|day| day(site, document, text, context.as_of));
            let unknown = match days {
                [None, None] => "published or changed",
                [None, Some(_)] => "published",
                [Some(_), None] => "changed",
                [Some(_), Some(_)] => return None,
            };
            let message = format!("nobody knows when the page was {unknown}");
            let hint = "commit it with its whole history, or write `published:` and `updated:`";
            Some(Diagnostic::new(&RULE, Place::whole(text.file), message).hint(hint))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree_for};
    use crate::model::audience::Audience;

    #[test]
    fn what_everybody_reads_tells_its_days() {
        let files = [
            ("portal.yaml", "title: P\naudiences: {default: public}\n"),
            ("guides/a.md", "---\npublished: 2026-01-01\nupdated: 2026-02-01\n---\n# A\n"),
            ("guides/b.md", "---\npublished: 2026-01-01\n---\n# B\n"),
            ("guides/c.md", "# C\n"),
        ];
        assert_eq!(
            messages_of("undated-page", &tree_for(Audience::Public, &files)),
            ["nobody knows when the page was changed", "nobody knows when the page was published or changed"]
        );
        assert_eq!(messages_of("undated-page", &tree_for(Audience::Internal, &files)), [""; 0]);
    }
}
