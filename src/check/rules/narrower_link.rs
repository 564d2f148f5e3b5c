//! A page leads readers to what they may not see.

use crate::check::reach::Reach;
use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::audience::Audience;
use crate::model::body::{Link, LinkKind};
use crate::model::document::Article;
use crate::record::reference::References;

static RULE: Rule = Rule {
    name: "narrower-link",
    level: Level::Error,
    what: "A link, image or live block in a page leads to what a part of the page's readers may not see.",
    why: "In the portal of the wider audience it would lead nowhere, and its words may tell what they should not.",
    example: "See [the weak spots](../reports/2026.10-security.md).   # the report is `restricted`, the page `public`",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let reach = Reach::of(context);
    let articles = context.site.documents.iter().flat_map(|document| &document.texts);
    articles.flat_map(|article| faults(&reach, article)).collect()
}

fn faults(reach: &Reach<'_>, article: &Article) -> Vec<Diagnostic> {
    let Some(page) = reach.file(article.file) else { return Vec::new() };
    let readers = |place: Place| article.body.audience_at(place).map_or(page, |block| block.max(page));
    let links = article.body.links.iter().filter_map(|link| {
        let told = format!("the {} `{}` leads", noun(link), link.target);
        fault(link.place, &told, reach.link(article, link)?, readers(link.place))
    });
    let embeds = article.body.embeds.iter().flat_map(|embed| {
        let mut found = Vec::new();
        if let Some(asks) = &embed.asks {
            asks.references(&mut |pointer| {
                let target = reach.pointer(&article.path, pointer);
                let told = format!("the live block shows `{}`, which leads", pointer.id);
                found.extend(target.and_then(|it| fault(pointer.place, &told, it, readers(embed.place))));
            });
        }
        found
    });
    links.chain(embeds).collect()
}

fn fault(place: Place, told: &str, target: Audience, readers: Audience) -> Option<Diagnostic> {
    (target > readers).then(|| {
        let (target, readers) = (target.word(), readers.word());
        let message = format!("{told} to what is for the audience `{target}`, from a text for `{readers}`");
        Diagnostic::new(&RULE, place, message)
            .hint(format!("leave it out, or put it between the lines `:::{target}` and `:::`"))
    })
}

fn noun(link: &Link) -> &'static str {
    match link.kind {
        LinkKind::Page => "link",
        LinkKind::Image => "image",
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree_for};
    use crate::model::audience::Audience;

    const PORTAL: (&str, &str) = ("portal.yaml", "title: P\naudiences: {default: public}\n");
    const SECRET: (&str, &str) = ("guides/secret.md", "---\naudience: restricted\n---\n# Secret\n");

    /// What is told of a public page with this text, the same for every audience.
    fn told(text: &str) -> Vec<String> {
        let page = ("guides/a.md", text);
        let part = ("guides/b.md", "# B\n\n:::internal\n## Part\n:::\n");
        let run = ("runs/r.yaml", "audience: internal\nrelease: 1\nenvironment: e\nstarted: 2026-10-12\n");
        let files = [PORTAL, SECRET, page, part, run];
        let messages = |audience| -> Vec<String> {
            let site = tree_for(audience, &files);
            let nowhere = ["broken-link", "broken-anchor", "broken-embed"];
            nowhere.iter().for_each(|rule| assert_eq!(messages_of(rule, &site), [""; 0], "{text}"));
            messages_of("narrower-link", &site)
        };
        let everything = messages(Audience::Restricted);
        assert_eq!(messages(Audience::Public), everything);
        everything
    }

    #[test]
    fn a_link_to_what_some_readers_may_not_see_says_why() {
        let why = |target: &str, audience| {
            [format!(
                "the link `{target}` leads to what is for the audience `{audience}`, from a text for `public`"
            )]
        };
        for target in ["secret.md", "secret", "../guides/secret.md", "secret.html"] {
            assert_eq!(told(&format!("[x]({target})")), why(target, "restricted"));
        }
        assert_eq!(told("[x](b.md#part)"), why("b.md#part", "internal"));
        assert_eq!(
            told("```results\nrun: r\n```\n"),
            [
                "the live block shows `r`, which leads to what is for the audience `internal`, from a text for `public`"
            ]
        );
        assert_eq!(told("[x](b.md)"), [""; 0]);
    }

    #[test]
    fn from_a_block_for_some_readers_a_link_may_lead_further() {
        let site = |text: &str| tree_for(Audience::Restricted, &[PORTAL, SECRET, ("guides/a.md", text)]);
        let told = |text: &str| messages_of("narrower-link", &site(text)).len();
        assert_eq!(told(":::restricted\n[x](secret.md)\n:::\n"), 0);
        assert_eq!(told(":::internal\n[x](secret.md)\n:::\n"), 1);
        assert_eq!(told(":::restricted\n## A\n:::\n\n[x](#a)\n"), 1);
    }
}
