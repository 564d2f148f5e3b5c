//! One file per kind of page: what it says, as a view that its template lays out.

mod accessibility;
mod burn_up;
mod cases;
mod changes;
mod clonings;
mod counting;
mod coverage;
mod data;
mod decisions;
mod defects;
pub mod difference;
mod document;
mod downloads;
pub mod embeds;
mod environments;
pub mod events;
pub mod faults;
mod folder;
mod gate;
mod history;
mod home;
mod labels;
mod not_found;
mod partners;
mod parts;
mod plans;
mod proposals;
mod questions;
pub mod redirect;
pub mod reference;
mod references;
mod release;
mod releases;
mod report;
mod review;
pub mod robots;
mod rules;
mod runs;
mod schedule;
pub mod search;
mod series;
mod sessions;
pub mod sitemap;
mod slides;
mod states;
mod texts;
mod tickets;
mod training;
mod trend;
mod uat;
mod week;

use serde::Serialize;

pub use document::kind_key;

use super::blocks::{Head, Section};
use super::frame::{About, Frame, marking};
use super::names::View;
use super::template::RenderFault;
use crate::derive::guidance::comparison::Comparison;
use crate::derive::page::routes::{List, Subject};
use crate::derive::run::identity::Identity;
use crate::model::audience::Restriction;
use crate::words::Spoken;

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

/// A page, and the tables in it as files: the name of each and its text.
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// The files beside it.
    pub tables: Vec<(String, String)>,
    /// The template that drew it.
    pub template: &'static str,
}

/// The page that `view` looks at.
pub fn render(view: &View<'_>, frame: &dyn Fn(About) -> Frame) -> Result<Rendered, RenderFault> {
    let own = |template| move |html| Rendered { html, tables: Vec::new(), template };
    match view.subject {
        Subject::Document(key) => return document::render(view, key, frame),
        Subject::Slides(key) => return slides::render(view, key, frame).map(own(slides::TEMPLATE)),
        Subject::NotFound => return not_found::render(view, frame).map(own(not_found::TEMPLATE)),
        Subject::Search => return search::render(view, frame).map(own(search::TEMPLATE)),
        Subject::Part(of, _) if **of == Subject::Search => {
            return search::render(view, frame).map(own(search::TEMPLATE));
        }
        _ => {}
    }
    let mut sheet = sheet(view)?;
    let tables = downloads::files(view, &sheet.sections)?;
    downloads::offer(view, &mut sheet.sections);
    let about = About {
        title: sheet.head.title.clone(),
        description: sheet.head.lede.clone(),
        scripts: Vec::new(),
        restriction: sheet.restriction.as_ref().map(|restriction| marking(view, restriction)),
    };
    let mut page = SheetView { frame: frame(about), head: sheet.head, sections: sheet.sections };
    let mut html = view.engine()?.render(sheet.template, &page, &view.address)?;
    // What a page weighs is known once it is made, and very few are too heavy.
    if html.len() > downloads::HEAVIEST {
        let whole = std::mem::take(&mut page.sections);
        for most in downloads::MOST_ROWS {
            page.sections = downloads::cut(view, whole.clone(), most);
            html = view.engine()?.render(sheet.template, &page, &view.address)?;
            if html.len() <= downloads::HEAVIEST {
                break;
            }
        }
    }
    Ok(Rendered { html, tables, template: sheet.template })
}

/// The sections of a page of sections; none of any other.
pub fn sections(view: &View<'_>) -> Vec<Section> {
    sheet(view).map(|sheet| sheet.sections).unwrap_or_default()
}

/// What a page of sections says of itself below its title.
pub fn lede(view: &View<'_>) -> Option<Spoken> {
    sheet(view).ok()?.head.lede
}

/// What a page of sections says.
fn sheet(view: &View<'_>) -> Result<Sheet, RenderFault> {
    let subject = match view.subject {
        Subject::Part(of, _) => &**of,
        own => own,
    };
    Ok(match subject {
        Subject::Home => home::sheet(view)?,
        Subject::Folder(path) => paged(view, folder::sheet(view, path)),
        Subject::List(list) => list_sheet(view, *list)?,
        Subject::Release(id) => release::one(view, id),
        Subject::Run(id) => runs::one(view, id),
        Subject::Series(name) => series::one(view, name),
        Subject::Case(id) => cases::one(view, &Identity::Id(id.clone())),
        Subject::NamedCase(suite, name) => {
            cases::one(view, &Identity::Named { suite: suite.clone(), name: name.clone() })
        }
        Subject::Plan(id) => plans::one(view, id),
        Subject::Defect(id) => defects::one(view, id),
        Subject::Environment(id) => environments::one(view, id),
        Subject::Cloning(environment, id) => environments::cloning(view, environment, id),
        Subject::DataSet(id) => data::one(view, id),
        Subject::Tickets(id) => paged(view, tickets::one(view, id)),
        Subject::Decision(id) => decisions::one(view, id),
        Subject::Partner(_) => partners::list(view),
        Subject::Rules => rules::sheet(view),
        Subject::Counting => counting::sheet(view),
        Subject::Accessibility => accessibility::sheet(view).ok_or_else(|| no_page(view))?,
        Subject::Difference(name) => difference::sheet(view, compared(view, name)?),
        Subject::PageDifference(name, key) => {
            let comparison = compared(view, name)?;
            let pair = comparison.step.difference.of_page(key).ok_or_else(|| no_page(view))?;
            difference::page_sheet(view, comparison, pair)
        }
        Subject::Reference => reference::list(view),
        Subject::KindReference(kind) => reference::one(view, kind),
        // Pages that are no sheets have been drawn by now, and only a broken plan has parts of parts.
        Subject::Document(_)
        | Subject::Slides(_)
        | Subject::Search
        | Subject::NotFound
        | Subject::Part(..) => {
            return Err(no_page(view));
        }
    })
}

/// The two versions that a page about changes compares.
fn compared<'a>(view: &View<'a>, name: &str) -> Result<&'a Comparison, RenderFault> {
    let found = view.portal.comparison.as_deref().filter(|comparison| comparison.step.name() == name);
    found.ok_or_else(|| no_page(view))
}

fn no_page(view: &View<'_>) -> RenderFault {
    RenderFault { page: Some(view.address.clone()), message: "there is no such page".to_owned() }
}

fn list_sheet(view: &View<'_>, list: List) -> Result<Sheet, RenderFault> {
    let sheet = match list {
        List::Guides => {
            let mut sheet = folder::sheet(view, "guides");
            sheet.head.actions.extend(difference::latest(view));
            sheet
        }
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
        List::Reports => report::list(view),
        List::Advice => questions::list(view),
        List::Proposals => proposals::list(view),
        List::Partners => partners::list(view),
        List::Review => review::sheet(view),
    };
    let sheet = paged(view, sheet);
    // The further parts of a long list repeat no introduction.
    if !matches!(view.subject, Subject::List(_)) {
        return Ok(sheet);
    }
    Ok(match texts::introduction(view, list.folder())? {
        Some(own) => introduced(sheet, list, own),
        None => sheet,
    })
}

/// The part of a long list that the page shows, under its own name.
fn paged(view: &View<'_>, mut sheet: Sheet) -> Sheet {
    sheet.sections = parts::dealt(view, sheet.sections);
    if matches!(view.subject, Subject::Part(..)) {
        sheet.head.title = view.name(view.subject);
    }
    sheet
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
    Head { title: view.list_name(list), lede: Some(view.said(lead)), ..Head::default() }
}
