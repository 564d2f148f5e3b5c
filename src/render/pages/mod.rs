//! One file per kind of page: what it says, as a view that its template lays out.

mod cases;
mod clonings;
mod counting;
mod data;
mod decisions;
mod defects;
mod document;
mod embeds;
mod environments;
mod events;
pub mod faults;
mod folder;
mod gate;
mod home;
mod labels;
mod not_found;
mod partners;
mod parts;
mod plans;
pub mod redirect;
mod references;
mod release;
mod releases;
pub mod robots;
mod rules;
mod runs;
mod schedule;
mod search;
pub mod sitemap;
mod slides;
mod states;
mod texts;
mod tickets;
mod training;
mod trend;
mod uat;

use serde::Serialize;

use super::blocks::{Head, Section};
use super::frame::{About, Frame, marking};
use super::names::View;
use super::template::RenderFault;
use crate::derive::routes::{List, Subject};
use crate::model::audience::Restriction;

/// A page of sections, as most pages are.
pub struct Sheet {
    /// The template: the kind's own, so that a theme can change one kind alone.
    pub template: &'static str,
    /// The head.
    pub head: Head,
    /// The sections.
    pub sections: Vec<Section>,
    /// The marking, where the record has one.
    pub restriction: Option<Restriction>,
}

impl Sheet {
    /// A page with a template of its own.
    pub fn new(template: &'static str, head: Head, sections: Vec<Section>) -> Self {
        Self { template, head, sections, restriction: None }
    }

    /// The same with its record's marking.
    #[must_use]
    pub fn restricted(mut self, restriction: Option<&Restriction>) -> Self {
        self.restriction = restriction.cloned();
        self
    }
}

#[derive(Serialize)]
struct SheetView {
    frame: Frame,
    head: Head,
    sections: Vec<Section>,
}

/// The HTML of the page that `view` looks at.
pub fn render(view: &View<'_>, frame: &dyn Fn(About) -> Frame) -> Result<String, RenderFault> {
    let subject = match view.subject {
        Subject::Part(of, _) => &**of,
        own => own,
    };
    let sheet = match subject {
        Subject::Document(key) => return document::render(view, key, frame),
        Subject::Slides(key) => return slides::render(view, key, frame),
        Subject::Home => home::sheet(view)?,
        Subject::Folder(path) => folder::sheet(view, path),
        Subject::List(list) => list_sheet(view, *list)?,
        Subject::Release(id) => release::one(view, id),
        Subject::Run(id) => runs::one(view, id),
        Subject::Case(id) => cases::one(view, id),
        Subject::Plan(id) => plans::one(view, id),
        Subject::Defect(id) => defects::one(view, id),
        Subject::Environment(id) => environments::one(view, id),
        Subject::Cloning(environment, id) => environments::cloning(view, environment, id),
        Subject::DataSet(id) => data::one(view, id),
        Subject::Tickets(id) => tickets::one(view, id),
        Subject::Decision(id) => decisions::one(view, id),
        Subject::Partner(_) => partners::list(view),
        Subject::Rules => rules::sheet(view),
        Subject::Counting => counting::sheet(view),
        Subject::Search => search::sheet(view),
        // A part has parts of its own only in a broken plan.
        Subject::NotFound | Subject::Part(..) => return not_found::render(view, frame),
    };
    let about = About {
        title: sheet.head.title.clone(),
        description: sheet.head.lede.clone(),
        scripts: Vec::new(),
        restriction: sheet.restriction.as_ref().map(|restriction| marking(view, restriction)),
    };
    let page = SheetView { frame: frame(about), head: sheet.head, sections: sheet.sections };
    view.engine()?.render(sheet.template, &page, &view.address)
}

fn list_sheet(view: &View<'_>, list: List) -> Result<Sheet, RenderFault> {
    let sheet = match list {
        List::Guides => folder::sheet(view, "guides"),
        List::Training => training::list(view),
        List::Schedule => schedule::sheet(view),
        List::Releases => releases::list(view),
        List::Runs => runs::list(view),
        List::Cases => cases::list(view),
        List::Plans => plans::list(view),
        List::Defects => defects::list(view),
        List::Environments => environments::list(view),
        List::Data => data::list(view),
        List::Tickets => tickets::list(view),
        List::Uat => uat::list(view),
        List::Decisions => decisions::list(view),
        List::Reports => texts::reports(view),
        List::Advice => texts::advice(view),
        List::Proposals => texts::proposals(view),
        List::Partners => partners::list(view),
        List::Review => texts::review(view),
    };
    // The further parts of a long list repeat no introduction.
    if !matches!(view.subject, Subject::List(_)) {
        return Ok(sheet);
    }
    Ok(match texts::introduction(view, list.folder())? {
        Some(own) => introduced(sheet, list, own),
        None => sheet,
    })
}

/// The list with what its folder's own page says, and with that page's marking.
fn introduced(mut sheet: Sheet, list: List, own: texts::Introduction) -> Sheet {
    sheet.head.lede = own.lede.or(sheet.head.lede);
    sheet.head.title = own.title;
    sheet.restriction = sheet.restriction.or(own.restriction);
    // The text stands above the list it introduces. Of training it is long and timeless, so the next
    // sessions and the modules come first.
    let before_past = || sheet.sections.iter().position(|section| section.id == "past");
    let at = if list == List::Training { before_past().unwrap_or(sheet.sections.len()) } else { 0 };
    sheet.sections.splice(at..at, own.section);
    sheet
}

/// The head of a list page.
fn list_head(view: &View<'_>, list: List, lead: &str) -> Head {
    Head { title: view.list_name(list), lede: Some(view.say(lead)), ..Head::default() }
}
