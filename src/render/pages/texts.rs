//! Lists of Markdown pages that are records: reports, advice, proposals; and the review queue.

use jiff::civil::Date;

use super::super::blocks::{Block, Cell, Fact, Head, Line, Row, Section, Table, link, text, with_small};
use super::super::names::View;
use super::super::prose;
use super::super::template::RenderFault;
use super::labels::{column, fact, rows_or};
use super::states::shown_or_unknown;
use super::{Sheet, document, list_head, report, training};
use crate::derive::attention;
use crate::derive::freshness::{self, Review};
use crate::derive::routes::{List, Subject};
use crate::model::audience::Restriction;
use crate::model::document::{Document, DocumentKind, Extra};
use crate::model::page::{Advice, Proposal};

/// The text of a folder's own page, above the list of its kind.
pub struct Introduction {
    /// Its title.
    pub title: String,
    /// Its sentence about itself.
    pub lede: Option<String>,
    /// Its text, where it has one.
    pub section: Option<Section>,
    /// Its marking, which the page it introduces then has.
    pub restriction: Option<Restriction>,
}

/// What the page of `folder` says, if there is one.
///
/// # Errors
/// A live block of it that cannot be laid out.
pub fn introduction(view: &View<'_>, folder: &str) -> Result<Option<Introduction>, RenderFault> {
    let site = &view.portal.site;
    let own = ["index", "README"].iter().find_map(|name| site.document(&format!("{folder}/{name}")));
    own.map(|document| introduced(view, document)).transpose()
}

/// What the page says, as an introduction to what the generator adds.
///
/// # Errors
/// A live block of it that cannot be laid out.
pub fn introduced(view: &View<'_>, document: &Document) -> Result<Introduction, RenderFault> {
    let article = document.text(view.language);
    let html = document::range_html(view, article, prose::whole(&article.body))?;
    let section = (!html.trim().is_empty()).then(|| {
        let notices = document::notices(view, article).into_iter();
        let mut blocks: Vec<Block> = notices
            .map(|document::Notice { class, icon, line }| Block::Notice { class, icon, line })
            .collect();
        blocks.push(Block::Prose { html, lang: document::foreign(view, article) });
        Section::new("introduction", "", blocks)
    });
    let lede = article
        .front
        .description
        .as_ref()
        .map(|text| text.get(&article.language, view.default_language()).to_owned());
    Ok(Introduction {
        title: view.document_title(&document.key),
        lede,
        section,
        restriction: article.restriction.clone(),
    })
}

/// What a page is about, in a sentence.
pub fn summary(view: &View<'_>, key: &str) -> String {
    let Some(document) = view.portal.site.document(key) else { return String::new() };
    let article = document.text(view.language);
    let said = article
        .front
        .description
        .as_ref()
        .map(|text| text.get(&article.language, view.default_language()).to_owned());
    said.or_else(|| article.body.summary.as_deref().map(first_sentence)).unwrap_or_default()
}

fn first_sentence(text: &str) -> String {
    const LONGEST: usize = 160;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let at_word = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..at_word])
}

/// What a page's kind says of it besides the text.
pub fn facts(view: &View<'_>, document: &Document) -> Vec<Fact> {
    match &document.main().extra {
        Extra::Report(report) => report::facts(view, report),
        Extra::Advice(advice) => advice_facts(view, advice),
        Extra::Proposal(proposal) => proposal_facts(view, document, proposal),
        Extra::Training(module) => training::facts(view, document, module),
        Extra::None => Vec::new(),
    }
}

/// Sections that the generator adds before the text.
pub fn before(view: &View<'_>, document: &Document) -> Vec<Section> {
    match &document.main().extra {
        Extra::Report(report) => report::before(view, document, report, document.text(view.language)),
        _ => training::objectives(view, document).into_iter().collect(),
    }
}

/// Sections that the generator adds after the text.
pub fn after(view: &View<'_>, document: &Document) -> Vec<Section> {
    match &document.main().extra {
        Extra::Training(module) => training::sessions(view, document, module),
        Extra::Advice(advice) => advice_guides(view, document, advice),
        Extra::Report(_) | Extra::Proposal(_) | Extra::None => Vec::new(),
    }
}

/// When a question was answered, if it was by the day that is shown.
fn answered(view: &View<'_>, advice: &Advice) -> Option<Date> {
    let is_answered = attention::is_answered(advice, view.portal.as_of);
    advice.answered.as_ref().filter(|_| is_answered).map(|day| day.value)
}

fn advice_facts(view: &View<'_>, advice: &Advice) -> Vec<Fact> {
    let mut facts = vec![fact(view, "field.status", advice_state(view, advice))];
    facts.extend(advice.team.as_ref().map(|team| fact(view, "field.team", view.pointer(team.pointer()))));
    facts.extend(advice.asked.as_ref().map(|day| fact(view, "field.asked", view.day(day.value))));
    facts.extend(answered(view, advice).map(|day| fact(view, "field.answered", view.day(day))));
    if !advice.products.is_empty() {
        let products: Vec<String> =
            advice.products.iter().map(|product| view.product(product.id())).collect();
        facts.push(fact(view, "field.products", text(products.join(", "))));
    }
    facts
}

fn advice_state(view: &View<'_>, advice: &Advice) -> Line {
    use super::super::blocks::{State, status};
    if answered(view, advice).is_some() {
        status(State::named("passed"), view.say("advice_state.answered"))
    } else {
        status(State::named("unknown"), view.say("advice_state.open"))
    }
}

fn advice_guides(view: &View<'_>, document: &Document, advice: &Advice) -> Vec<Section> {
    let items: Vec<Line> = advice
        .guides
        .iter()
        .filter_map(|guide| {
            let found = crate::derive::links::page_at(&view.portal.routes, &document.main().path, guide.id());
            found.ok().map(|subject| view.link(&subject))
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Section::new("guides", view.say("field.guides"), vec![Block::List { ordered: false, items }])]
}

fn proposal_facts(view: &View<'_>, document: &Document, proposal: &Proposal) -> Vec<Fact> {
    let state = shown_or_unknown(view, proposal.status.as_ref().map(|status| &status.value));
    let mut facts = vec![fact(view, "field.status", state)];
    facts.extend(proposal.team.as_ref().map(|team| fact(view, "field.team", view.pointer(team.pointer()))));
    facts.extend(proposal.from.as_ref().and_then(|from| {
        let subject =
            crate::derive::links::page_at(&view.portal.routes, &document.main().path, from.id()).ok()?;
        Some(fact(view, "field.from", view.link(&subject)))
    }));
    facts.extend(proposal.review.as_ref().map(|day| fact(view, "field.review", view.day(day.value))));
    facts
}

/// The documents of a kind that are records: not a folder's own page.
pub fn documents<'a>(view: &View<'a>, kind: DocumentKind) -> impl Iterator<Item = &'a Document> {
    view.portal.site.documents_of(kind).filter(|document| !document.is_index && !document.is_hidden())
}

/// All questions: the unanswered first, the oldest of them on top.
pub fn advice(view: &View<'_>) -> Sheet {
    let mut open = Vec::new();
    let mut answered = Vec::new();
    for document in documents(view, DocumentKind::Advice) {
        if let Extra::Advice(advice) = &document.main().extra {
            if attention::is_answered(advice, view.portal.as_of) {
                answered.push((document, advice));
            } else {
                open.push((document, advice));
            }
        }
    }
    open.sort_by_key(|(_, advice)| advice.asked.as_ref().map(|day| day.value));
    answered.sort_by_key(|(_, advice)| std::cmp::Reverse(advice.answered.as_ref().map(|day| day.value)));
    let row = |document: &Document, day: Option<Date>, team: Option<Line>| Row {
        when: day.map_or_else(Line::new, |day| view.day(day)),
        what: with_small(
            view.link(&Subject::Document(document.key.clone())),
            text(summary(view, &document.key)),
        ),
        aside: team.unwrap_or_default(),
        ..Row::default()
    };
    let team = |advice: &Advice| advice.team.as_ref().map(|team| view.pointer(team.pointer()));
    let open_rows: Vec<Row> = open
        .iter()
        .map(|(document, advice)| {
            let asked = advice.asked.as_ref().map(|day| day.value);
            let mut row = row(document, asked, team(advice));
            if let Some(asked) = asked {
                row.aside = with_small(row.aside, text(view.relative(asked)));
            }
            row
        })
        .collect();
    let answered_rows = answered
        .iter()
        .map(|(document, advice)| row(document, advice.answered.as_ref().map(|day| day.value), team(advice)))
        .collect();
    let sections = vec![
        Section::new("open", view.say("advice.open"), vec![rows_or(view, open_rows, "advice.open_empty")]),
        Section::new(
            "answered",
            view.say("advice.answered"),
            vec![rows_or(view, answered_rows, "advice.answered_empty")],
        ),
    ];
    Sheet::new("advice_list.html", list_head(view, List::Advice, "advice.lead"), sections)
}

/// All proposals: those not settled first.
pub fn proposals(view: &View<'_>) -> Sheet {
    use crate::model::page::ProposalStatus::{Done, Rejected};
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for document in documents(view, DocumentKind::Proposal) {
        let Extra::Proposal(proposal) = &document.main().extra else { continue };
        let state = proposal.status.as_ref().map(|status| status.value);
        let row = vec![
            Cell::from(with_small(
                view.link(&Subject::Document(document.key.clone())),
                text(summary(view, &document.key)),
            )),
            shown_or_unknown(view, state.as_ref()).into(),
            proposal.team.as_ref().map_or_else(Line::new, |team| view.pointer(team.pointer())).into(),
            proposal.review.as_ref().map_or_else(Line::new, |day| view.day(day.value)).into(),
        ];
        if matches!(state, Some(Done | Rejected)) { closed.push(row) } else { open.push(row) }
    }
    let table = |rows: Vec<Vec<Cell>>, label: &str, empty: &str| {
        if rows.is_empty() {
            return Block::Empty { text: view.say(empty) };
        }
        Block::Table(Table {
            label: view.say(label),
            columns: vec![
                column(view, "kind.proposal"),
                column(view, "field.status"),
                column(view, "field.team"),
                column(view, "field.review"),
            ],
            rows,
            sort: true,
        })
    };
    let sections = vec![
        Section::new(
            "open",
            view.say("proposals.open"),
            vec![table(open, "proposals.open", "proposals.open_empty")],
        ),
        Section::new(
            "closed",
            view.say("proposals.closed"),
            vec![table(closed, "proposals.closed", "proposals.closed_empty")],
        ),
    ];
    Sheet::new("proposals.html", list_head(view, List::Proposals, "proposals.lead"), sections)
}

/// Guides that are due for review, by how late they are.
pub fn review(view: &View<'_>) -> Sheet {
    let guides: Vec<(&Document, Review)> = view
        .portal
        .site
        .documents_of(DocumentKind::Guide)
        .map(|document| {
            (document, freshness::review(&view.portal.site, &document.main().front, view.portal.as_of))
        })
        .collect();
    let of = |wanted: fn(&Review) -> bool| {
        let mut found: Vec<&(&Document, Review)> =
            guides.iter().filter(|(_, review)| wanted(review)).collect();
        found.sort_by_key(|(document, review)| (review.next(), document.key.clone()));
        found
    };
    let rows =
        |found: Vec<&(&Document, Review)>| -> Vec<Row> {
            found
                .into_iter()
                .map(|(document, review)| Row {
                    when: review.next().map_or_else(Line::new, |day| view.day(day)),
                    what: guide_link(view, document),
                    aside: document.main().front.owner.as_ref().map_or_else(
                        || text(view.say("review.no_owner")),
                        |owner| view.pointer(owner.pointer()),
                    ),
                    ..Row::default()
                })
                .collect()
        };
    let section = |id: &str, wanted: fn(&Review) -> bool| {
        let block = rows_or(view, rows(of(wanted)), &format!("review.{id}_empty"));
        Section::new(id, view.say(&format!("review.{id}")), vec![block])
    };
    let sections = vec![
        section("overdue", |review| matches!(review, Review::Overdue(_))),
        section("due", |review| matches!(review, Review::Due(_))),
        section("never", |review| matches!(review, Review::Unknown)),
    ];
    let head = Head { ..list_head(view, List::Review, "review.lead") };
    Sheet::new("review.html", head, sections)
}

fn guide_link(view: &View<'_>, document: &Document) -> Line {
    view.portal.routes.of_source(&document.main().path).map_or_else(
        || link(view.document_title(&document.key), "."),
        |subject| view.link_as(subject, &view.document_title(&document.key)),
    )
}
