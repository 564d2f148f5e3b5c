//! What other pages can see of a page. Where two texts have one outline, everything that is made of many pages is the
//! same with either: addresses, titles, the order of pages, references, what leads where.

use crate::model::body::Body;
use crate::model::document::Article;

/// Whether other pages would be made alike with `one` and `other`. What only some may see of a text is not compared:
/// texts with such blocks are never alike.
pub fn is_alike(one: &Article, other: &Article) -> bool {
    let is_whole = |article: &Article| article.body.blocks.is_empty() && article.body.cut_blocks.is_empty();
    is_whole(one)
        && is_whole(other)
        && (one.file, &one.path, &one.language) == (other.file, &other.path, &other.language)
        && (&one.front, &one.extra, &one.own) == (&other.front, &other.extra, &other.own)
        && (one.is_read, one.audience, &one.restriction)
            == (other.is_read, other.audience, &other.restriction)
        && are_bodies_alike(&one.body, &other.body)
}

fn are_bodies_alike(one: &Body, other: &Body) -> bool {
    (&one.title, &one.summary, &one.anchors, &one.cut)
        == (&other.title, &other.summary, &other.anchors, &other.cut)
        && (one.words == 0) == (other.words == 0)
        && parts(one) == parts(other)
}

/// A part of a text that something else can point to or be shown by.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Heading(u8, &'a str, &'a str),
    /// A link, or an image, with its target.
    Link(bool, &'a str),
    Embed(&'static str, &'a str),
}

/// The parts of a text in the order in which they stand, wherever that is.
fn parts(body: &Body) -> Vec<Part<'_>> {
    use crate::model::body::{EmbedKind, LinkKind};
    let headings = body.headings.iter().map(|heading| {
        (heading.place.start, Part::Heading(heading.level, heading.id.as_str(), heading.text.as_str()))
    });
    let links = body
        .links
        .iter()
        .map(|link| (link.place.start, Part::Link(link.kind == LinkKind::Image, link.target.as_str())));
    let word =
        |kind: EmbedKind| EmbedKind::ALL.iter().find(|(_, of)| *of == kind).map_or("", |(word, _)| word);
    let embeds = body
        .embeds
        .iter()
        .map(|embed| (embed.place.start, Part::Embed(word(embed.kind), embed.source.as_str())));
    let mut parts: Vec<(u32, Part<'_>)> = headings.chain(links).chain(embeds).collect();
    parts.sort_by_key(|(at, _)| *at);
    parts.into_iter().map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample;

    fn alike(one: &str, other: &str) -> bool {
        let site = |text: &str| sample::tree(&[("guides/a.md", text), ("guides/b.md", "# B\n")]);
        let [one, other] = [site(one), site(other)];
        let text = |site: &crate::model::Site| site.document("guides/a").expect("a page").main().clone();
        is_alike(&text(&one), &text(&other))
    }

    #[test]
    fn words_of_a_text_are_no_part_of_its_outline() {
        let before = "# A\n\nFirst.\n\n## Part\n\nOne [b](b.md).\n\n```bash\nls\n```\n";
        for after in [
            "# A\n\nFirst.\n\n## Part\n\nOne and more [b](b.md).\n\n```bash\nls\n```\n",
            "# A\n\nFirst.\n\n## Part\n\nOne [b](b.md).\n\n```bash\nls -l\n```\n\nAnother.\n",
            "# A\n\nFirst.\n\n## Part\n\nOne [other words](b.md).\n",
        ] {
            assert!(alike(before, after), "{after}");
        }
    }

    #[test]
    fn what_other_pages_show_or_point_to_is() {
        let before = "# A\n\nFirst.\n\n## Part\n\nOne [b](b.md).\n\n## Other\n\nTwo.\n";
        for after in [
            "# A\n\nFirst, too.\n\n## Part\n\nOne [b](b.md).\n\n## Other\n\nTwo.\n",
            "# B\n\nFirst.\n\n## Part\n\nOne [b](b.md).\n\n## Other\n\nTwo.\n",
            "# A\n\nFirst.\n\n## Parts\n\nOne [b](b.md).\n\n## Other\n\nTwo.\n",
            "# A\n\nFirst.\n\n## Part\n\nOne [b](b.md#b).\n\n## Other\n\nTwo.\n",
            "# A\n\nFirst.\n\n## Part\n\nOne.\n\n## Other\n\nTwo [b](b.md).\n",
            "# A\n\nFirst.\n\n## Part\n\nOne [b](b.md).\n\n## Other\n\n```gate\nrelease: r\n```\n",
            "---\norder: 3\n---\n# A\n\nFirst.\n\n## Part\n\nOne [b](b.md).\n\n## Other\n\nTwo.\n",
            "# A\n\nFirst.\n\n## Part\n\nOne [b](b.md).\n\n## Other\n\nTwo.\n\n:::internal\nMore.\n:::\n",
        ] {
            assert!(!alike(before, after), "{after}");
        }
    }
}
