//! What changed from one version of the guidance to another: the lists, and each page with its changes marked.

use super::super::blocks::{
    Action, Bit, Block, Fact, Head, Line, Marked, MarkedRun, Row, Section, WordChange, link, text, with_small,
};
use super::super::names::View;
use super::super::versions;
use super::Sheet;
use super::labels::fact;
use crate::derive::guidance::comparison::{Comparison, LastChange, Version, last_change};
use crate::derive::guidance::difference::text::Kind;
use crate::derive::guidance::difference::{Change, Pair, Run};
use crate::derive::page::routes::Subject;
use crate::derive::page::title;
use crate::model::audience::Restriction;
use crate::words::Spoken;

/// So many blocks that did not change stand on each side of one that did.
const AROUND: usize = 2;

/// The name of the page about all changes.
pub fn name(view: &View<'_>, comparison: &Comparison) -> String {
    let (before, after) = (version_name(view, &comparison.before), version_name(view, &comparison.after));
    view.fill("difference.title", &[("before", &before), ("after", &after)])
}

/// The name of the page with `key` in the later version.
pub fn page_name(view: &View<'_>, comparison: &Comparison, key: &str) -> Spoken {
    view.fill_spoken("difference.page_title", &[("title", &page_title(view, &comparison.after, key))])
}

/// "Changed in 2026.2", leading to the changes; nothing of a page that no version is known to have changed.
pub fn changed_in(view: &View<'_>, key: &str) -> Option<Line> {
    let id = &view.portal.standing.as_ref()?.edition()?.id;
    let default = view.default_language();
    let (step, text, address) = match last_change(&view.portal.steps, id, key)? {
        LastChange::Changed(step, key) => {
            (step, "page.changed_in", step.address_of(key, view.language, default)?)
        }
        LastChange::Added(step) => (step, "page.added_in", step.address(view.language, default)),
    };
    let words = view.fill(text, &[("version", &versions::name_of_id(view, &step.after))]);
    Some(link(words, view.href_to(&address)))
}

/// The way from the guides to what changed in them last.
pub fn latest(view: &View<'_>) -> Option<Action> {
    let id = &view.portal.standing.as_ref()?.edition()?.id;
    let step = view.portal.steps.iter().find(|step| step.after == *id)?;
    let (before, after) = (versions::name_of_id(view, &step.before), versions::name_of_id(view, &step.after));
    Some(Action {
        icon: "history",
        text: view.fill("difference.title", &[("before", &before), ("after", &after)]),
        href: view.href_to(&step.address(view.language, view.default_language())),
        primary: false,
    })
}

fn version_name(view: &View<'_>, version: &Version) -> String {
    versions::name_of(view, &version.id, version.title.as_ref())
}

/// The lists.
pub fn sheet(view: &View<'_>, comparison: &Comparison) -> Sheet {
    let difference = &comparison.step.difference;
    let head = Head {
        title: name(view, comparison).into(),
        lede: Some(view.said("difference.lead")),
        ..Head::default()
    };
    let number = |count: usize| text(view.words().number(count));
    let counts = [
        ("difference.changed", difference.changed().count()),
        ("difference.added", difference.added.len()),
        ("difference.removed", difference.removed.len()),
        ("difference.moved", difference.moved().count()),
        ("difference.same", difference.same),
    ];
    let facts: Vec<Fact> = counts.iter().map(|(key, count)| fact(view, key, number(*count))).collect();
    let mut sections = vec![Section::new("", "", vec![Block::Facts { facts, side: false }])];
    let changed = difference.changed().map(|pair| Row {
        what: view.link_as(
            &Subject::PageDifference(comparison.step.name(), pair.after.clone()),
            page_title(view, &comparison.after, &pair.after),
        ),
        aside: path(view, &comparison.after, &pair.after),
        icon: Some("edit"),
        ..Row::default()
    });
    let moved = difference.moved().map(|pair| Row {
        what: with_small(page(view, &comparison.after, &pair.after), former(view, comparison, pair)),
        aside: path(view, &comparison.after, &pair.after),
        icon: Some("arrow-right"),
        ..Row::default()
    });
    let listed = |version: &Version, keys: &[String], icon: &'static str| -> Vec<Row> {
        let row = |key: &String| Row {
            what: page(view, version, key),
            aside: path(view, version, key),
            icon: Some(icon),
            ..Row::default()
        };
        keys.iter().map(row).collect()
    };
    for (key, rows) in [
        ("changed", changed.collect::<Vec<_>>()),
        ("added", listed(&comparison.after, &difference.added, "book")),
        ("removed", listed(&comparison.before, &difference.removed, "book")),
        ("moved", moved.collect()),
    ] {
        if !rows.is_empty() {
            let title = view.say(&format!("difference.{key}"));
            sections.push(Section::new(key, title, vec![Block::Rows { ordered: false, rows }]));
        }
    }
    if difference.is_empty() {
        sections.push(Section::new("none", "", vec![Block::Empty { text: view.say("difference.nothing") }]));
    }
    Sheet::new("difference.html", head, sections)
}

/// A page with its changes marked.
pub fn page_sheet(view: &View<'_>, comparison: &Comparison, pair: &Pair) -> Sheet {
    let mut actions = Vec::new();
    for (version, key) in [(&comparison.after, &pair.after), (&comparison.before, &pair.before)] {
        let name = version_name(view, version);
        actions.extend(version.address(key, view.language).map(|address| Action {
            icon: "book",
            text: view.fill("difference.open", &[("version", &name)]),
            href: view.href_to(&address),
            primary: false,
        }));
    }
    let all = Subject::Difference(comparison.step.name());
    let head = Head {
        kicker: vec![link(name(view, comparison), view.href(&all))],
        title: page_name(view, comparison, &pair.after),
        lede: Some(view.said("difference.how")),
        actions,
    };
    let changes = comparison.text(pair, view.language);
    let block = if changes.iter().all(|change| matches!(change, Change::Same(_))) {
        Block::Empty { text: view.say("difference.same_text") }
    } else {
        Block::Marked { blocks: marked(view, &changes), lang: language(view, comparison, pair) }
    };
    let mut sections = vec![Section::new("text", "", vec![block])];
    if pair.is_moved() {
        let lines = vec![former(view, comparison, pair)];
        sections.insert(0, Section::new("moved", "", vec![Block::Paragraphs { lines }]));
    }
    Sheet::new("difference.html", head, sections).restricted(restriction(comparison, pair))
}

/// The marking of the page, in either version.
fn restriction<'a>(comparison: &'a Comparison, pair: &Pair) -> Option<&'a Restriction> {
    let of = |version: &'a Version, key: &str| version.site.document(key)?.main().restriction.as_ref();
    of(&comparison.after, &pair.after).or_else(|| of(&comparison.before, &pair.before))
}

/// The language of the text, where it is not the page's.
fn language(view: &View<'_>, comparison: &Comparison, pair: &Pair) -> Option<String> {
    let document = comparison.after.site.document(&pair.after)?;
    let has = document.texts.iter().any(|text| text.language == view.language);
    (!has).then(|| document.main().language.clone())
}

fn page_title(view: &View<'_>, version: &Version, key: &str) -> Spoken {
    version.site.document(key).map_or_else(
        || key.into(),
        |document| {
            let article = document.text(view.language);
            view.spoken(title::of_article(article, version.site.default_language()), &article.language)
        },
    )
}

/// A page of a version, linked there.
fn page(view: &View<'_>, version: &Version, key: &str) -> Line {
    let name = page_title(view, version, key);
    match version.address(key, view.language) {
        Some(address) => link(name, view.href_to(&address)),
        None => text(name),
    }
}

/// Where a page stands in its version.
fn path(view: &View<'_>, version: &Version, key: &str) -> Line {
    version.address(key, view.language).map_or_else(Line::new, |address| vec![Bit::Code { text: address }])
}

fn former(view: &View<'_>, comparison: &Comparison, pair: &Pair) -> Line {
    let mut line = text(format!("{} ", view.say("difference.former")));
    line.extend(path(view, &comparison.before, &pair.before));
    line
}

/// The changes, and of what did not change as much as is needed to know where they stand.
fn marked(view: &View<'_>, changes: &[Change]) -> Vec<Marked> {
    let is_near = |at: usize| {
        let near = changes.get(at.saturating_sub(AROUND)..(at + AROUND + 1).min(changes.len()));
        near.unwrap_or_default().iter().any(|change| !matches!(change, Change::Same(_)))
    };
    let is_shown = |at: usize, change: &Change| match change {
        // A heading tells where one is.
        Change::Same(block) => is_near(at) || matches!(block.kind, Kind::Heading(_)),
        _ => true,
    };
    let mut blocks = Vec::new();
    let mut hidden = 0;
    for (at, change) in changes.iter().enumerate() {
        if is_shown(at, change) {
            blocks.extend(gap(view, hidden));
            hidden = 0;
            blocks.push(block(change));
        } else {
            hidden += 1;
        }
    }
    blocks.extend(gap(view, hidden));
    blocks
}

fn gap(view: &View<'_>, hidden: usize) -> Option<Marked> {
    (hidden > 0).then(|| Marked::Gap { text: view.words().count("difference.gap", hidden) })
}

fn block(change: &Change) -> Marked {
    let whole = |kind: Kind, change: WordChange, words: &str| Marked::Block {
        kind: kind.word(),
        runs: vec![MarkedRun { change, text: words.to_owned() }],
    };
    match change {
        Change::Same(block) => whole(block.kind, WordChange::Same, &block.text),
        Change::Added(block) => whole(block.kind, WordChange::Added, &block.text),
        Change::Removed(block) => whole(block.kind, WordChange::Removed, &block.text),
        Change::Changed(kind, runs) => {
            Marked::Block { kind: kind.word(), runs: runs.iter().map(run).collect() }
        }
    }
}

fn run(run: &Run) -> MarkedRun {
    let (change, text) = match run {
        Run::Same(text) => (WordChange::Same, text),
        Run::Added(text) => (WordChange::Added, text),
        Run::Removed(text) => (WordChange::Removed, text),
    };
    MarkedRun { change, text: text.clone() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::derive::guidance::comparison::Stand;
    use crate::derive::guidance::versions::{Edition, Editions, Places, Standing};
    use crate::derive::page::routes::Routes;
    use crate::model::Site;
    use crate::model::portal::VersionState;
    use crate::parse::sample::tree;
    use crate::render::theme::ThemeFiles;
    use crate::render::{Content, Page, Portal, Theme, plan};
    use crate::words::Words;

    const PORTAL: &str = "title: T\nlanguages: [en, et]\n";

    fn version(id: &str, files: &[(&str, &str)]) -> Version {
        let site = tree(&[&[("portal.yaml", PORTAL)], files].concat());
        let routes = Arc::new(Routes::of(&site));
        Version { id: id.to_owned(), title: None, site: Arc::new(site), stand: Stand::Made(routes) }
    }

    /// The pages of the later version and of what changed, by address.
    fn pages(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<(String, String)> {
        let (before, after) = (version("2026.1", before), version("2026.2", after));
        let site = Site::clone(&after.site);
        let edition = |version: &Version| Edition {
            id: version.id.clone(),
            title: None,
            state: VersionState::Supported,
            root: String::new(),
            places: Arc::new(Places::of(&version.site, &Routes::of(&version.site))),
        };
        let editions = Editions::new(vec![edition(&after), edition(&before)], 0, "en");
        let comparison = Comparison::of(before, after, |path| match path {
            "guides/old" => Some("guides/new".to_owned()),
            path => Some(path.to_owned()),
        });
        let files = ThemeFiles::builtin();
        let words: Vec<Arc<Words>> = files.words(&site.languages).0.into_iter().map(Arc::new).collect();
        let theme = Theme::new(&files, words.iter().map(|words| &**words), Vec::new()).expect("a theme");
        let standing = Standing { editions: Arc::new(editions), own: 0 };
        let mut portal = Portal::new(site, date(2026, 10, 16), words, None).among(standing);
        portal.steps = vec![Arc::clone(&comparison.step)];
        let beside = portal.comparing(Arc::new(comparison));
        let of = |portal: &Portal| -> Vec<(String, String)> {
            let html = |page: &Page| matches!(page.content, Content::Html { .. });
            let pages = plan(portal, &theme).into_iter().filter(html);
            let drawn = |page: Page| {
                let drawn = page.render(portal, &theme).expect("a page").expect("bytes");
                (page.address, String::from_utf8(drawn.bytes).expect("UTF-8"))
            };
            pages.map(drawn).collect()
        };
        [of(&portal), of(&beside)].concat()
    }

    #[test]
    fn changes_are_marked_and_can_be_heard() {
        let pages = pages(
            &[("guides/old.md", "# Log in\n\nOpen the page.\n"), ("guides/gone.md", "# Gone\n")],
            &[("guides/new.md", "# Log in\n\nOpen the portal.\n"), ("guides/more.md", "# More\n")],
        );
        let page = |address: &str| {
            let found = pages.iter().find(|(at, _)| at == address);
            found.map_or_else(|| panic!("no page {address}"), |(_, html)| html.as_str())
        };
        let marked = page("/diff/2026.1..2026.2/guides/new/");
        let wanted = "Open the <del><span class=\"vh\">removed: </span>page<span class=\"vh\"> (end of removal)</span></del>\
                      <ins><span class=\"vh\">added: </span>portal<span class=\"vh\"> (end of addition)</span></ins>.";
        assert!(marked.contains(wanted), "{marked}");
        let estonian = page("/diff/2026.1..2026.2/et/guides/new/");
        assert!(estonian.contains("<span class=\"vh\">eemaldatud: </span>page"), "{estonian}");
        let all = page("/diff/2026.1..2026.2/");
        for link in ["guides/new/\">Log in", "guides/more/\">More", "guides/gone/\">Gone"] {
            assert!(all.contains(link), "{link}: {all}");
        }
        assert!(page("/guides/new/").contains("diff/2026.1..2026.2/guides/new/\">Changed in 2026.2</a>"));
        assert!(page("/guides/more/").contains("diff/2026.1..2026.2/\">Added in 2026.2</a>"));
    }
}
