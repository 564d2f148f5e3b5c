//! The accessibility statement, in the parts and the order of the model statement of Implementing Decision (EU)
//! 2018/1523.

use super::super::blocks::{Bit, Block, Fact, Head, Line, Section, link, text};
use super::super::names::View;
use super::Sheet;
use super::labels::fact;
use crate::derive::guidance::accessibility;
use crate::derive::page::links;
use crate::model::accessibility::{
    Accessibility, AssessmentMethod, Conformance, Limitation, LimitationReason,
};
use crate::record::text::Text;
use crate::words::Spoken;

/// The page; nothing where the portal has no statement.
pub fn sheet(view: &View<'_>) -> Option<Sheet> {
    let statement = view.portal.site.portal.accessibility.as_ref()?;
    let head = Head {
        title: view.said("accessibility.title"),
        lede: Some(view.fill_spoken("accessibility.commitment", &[("body", &view.read(&statement.body))])),
        ..Head::default()
    };
    let sections = [
        Some(conformance(view, statement)),
        limitations(view, statement),
        Some(preparation(view, statement)),
        Some(feedback(view, statement)),
        Some(enforcement(view, statement)),
    ];
    Some(Sheet::new("accessibility.html", head, sections.into_iter().flatten().collect()))
}

fn conformance(view: &View<'_>, statement: &Accessibility) -> Section {
    let sentence = match statement.status.value {
        Conformance::Full => "accessibility.full",
        Conformance::Partial => "accessibility.partial",
        Conformance::None => "accessibility.not_at_all",
    };
    let named = |text: Option<&Text>, otherwise: &str| -> Line {
        text.map_or_else(|| super::super::blocks::text(view.say(otherwise)), |text| view.line(Some(text)))
    };
    let facts = vec![
        fact(view, "accessibility.scope", named(statement.scope.as_ref(), "accessibility.scope_portal")),
        fact(
            view,
            "accessibility.standard",
            named(statement.standard.as_ref(), "accessibility.standard_usual"),
        ),
        fact(view, "accessibility.law", named(statement.law.as_ref(), "accessibility.law_union")),
    ];
    let blocks = vec![
        Block::Paragraphs { lines: vec![text(view.say(sentence))] },
        Block::Facts { facts, side: false },
    ];
    Section::new("conformance", view.say("accessibility.conformance"), blocks)
}

/// What cannot be used by everybody, by the reason; nothing where nothing is known.
fn limitations(view: &View<'_>, statement: &Accessibility) -> Option<Section> {
    let reasons = [
        (LimitationReason::Breach, "accessibility.breach"),
        (LimitationReason::Burden, "accessibility.burden"),
        (LimitationReason::OutOfScope, "accessibility.out_of_scope"),
    ];
    let blocks: Vec<Block> = reasons
        .iter()
        .flat_map(|(reason, key)| {
            let of_reason = statement.limitations.iter().filter(|limitation| limitation.because == *reason);
            let items: Vec<Line> = of_reason.map(|limitation| item(view, limitation)).collect();
            let heading = Block::Heading { text: view.say(key) };
            let list = Block::List { ordered: false, items: items.clone() };
            if items.is_empty() { Vec::new() } else { vec![heading, list] }
        })
        .collect();
    (!blocks.is_empty()).then(|| Section::new("limitations", view.say("accessibility.limitations"), blocks))
}

fn item(view: &View<'_>, limitation: &Limitation) -> Line {
    let mut line = text(view.read(&limitation.what));
    let mut add = |said: Spoken| line.extend([Bit::Break, Bit::Small { line: text(said) }]);
    if let Some(instead) = &limitation.instead {
        add(view.fill_spoken("accessibility.instead", &[("text", &view.read(instead))]));
    }
    if let Some(until) = limitation.until {
        add(view.fill("accessibility.until", &[("date", &view.words().date_long(until))]).into());
    }
    line
}

fn preparation(view: &View<'_>, statement: &Accessibility) -> Section {
    let reviewed = accessibility::last_review(statement).value;
    let method = match statement.method {
        AssessmentMethod::Own => "accessibility.method_self",
        AssessmentMethod::ThirdParty => "accessibility.method_third_party",
    };
    let day = |date: jiff::civil::Date| {
        vec![Bit::Time { text: view.words().date_long(date), datetime: date.to_string() }]
    };
    let mut facts = vec![
        fact(view, "accessibility.prepared", day(statement.prepared.value)),
        fact(view, "accessibility.reviewed", day(reviewed)),
        fact(view, "accessibility.method", text(view.say(method))),
    ];
    facts.extend(statement.report.as_ref().map(|report| outside(view, "accessibility.report", report)));
    Section::new(
        "preparation",
        view.say("accessibility.preparation"),
        vec![Block::Facts { facts, side: false }],
    )
}

fn feedback(view: &View<'_>, statement: &Accessibility) -> Section {
    let said = [
        Some(view.said("accessibility.feedback_text")),
        statement.answer.as_ref().map(|answer| view.read(answer)),
    ];
    let lines = said.into_iter().flatten().map(text).collect();
    let facts = vec![outside(view, "accessibility.contact", &statement.contact)];
    let blocks = vec![Block::Paragraphs { lines }, Block::Facts { facts, side: false }];
    Section::new("feedback", view.say("accessibility.feedback"), blocks)
}

fn enforcement(view: &View<'_>, statement: &Accessibility) -> Section {
    let authority = &statement.enforcement;
    let mut facts = vec![fact(view, "accessibility.authority", text(view.read(&authority.body)))];
    facts.extend(authority.url.as_ref().map(|url| outside(view, "accessibility.address", url)));
    let lines = vec![text(view.say("accessibility.enforcement_text"))];
    let blocks = vec![Block::Paragraphs { lines }, Block::Facts { facts, side: false }];
    Section::new("enforcement", view.say("accessibility.enforcement"), blocks)
}

/// An address of the web or a mailbox, as a link.
fn outside(view: &View<'_>, key: &str, address: &str) -> Fact {
    let value = match links::web(address) {
        Some(href) => vec![Bit::External { text: address.to_owned(), href: href.to_owned() }],
        None if address.contains('@') => link(address, format!("mailto:{}", address.trim())),
        None => text(address),
    };
    fact(view, key, value)
}
