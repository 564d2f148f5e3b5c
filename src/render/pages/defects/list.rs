//! The list of defects.

use super::super::super::blocks::{Block, Head, Section, text};
use super::super::super::names::View;
use super::super::parts::Part;
use super::super::{Sheet, list_head};
use super::{Group, group_of, in_order, overview, table};
use crate::derive::page::routes::{List, Subject};
use crate::model::defect::Defect;
use crate::model::records::Record;

const GROUPS: [(Group, &str, &str); 4] = [
    (Group::Open, "open", "defects.open"),
    (Group::Deferred, "deferred", "release.defects_deferred"),
    (Group::Settled, "settled", "defects.settled"),
    (Group::Later, "later", "defects.later"),
];

/// All defects: how they stand together, then the open ones, the graver first, then the others.
pub fn list(view: &View<'_>) -> Sheet {
    let all = in_order(view, &view.portal.site.defects.iter().collect::<Vec<_>>());
    let part = Part::of(view, all.len());
    let mut sections = Vec::new();
    if matches!(view.subject, Subject::List(_)) {
        sections.extend(overview::sections(view, &|group| anchor(view, &all, &part, group)));
    }
    let shown = part.items(&all);
    sections
        .extend(GROUPS.iter().filter_map(|(group, id, title)| section(view, &all, shown, *group, id, title)));
    if let (Some(section), Some(links)) = (sections.last_mut(), part.links(view)) {
        section.blocks.push(links);
    }
    let head = Head { title: view.name(view.subject), ..list_head(view, List::Defects, "defects.lead") };
    Sheet::new("defects.html", head, sections)
}

/// The way to the section of a group, in whichever part of the list it begins.
fn anchor(view: &View<'_>, all: &[&Record<Defect>], part: &Part, group: Group) -> Option<String> {
    let (_, id, _) = GROUPS.iter().find(|(of, ..)| *of == group)?;
    let first = all.iter().position(|defect| group_of(view, defect) == group)?;
    Some(format!("{}#{id}", part.href(view, first)))
}

/// The defects of a group that stand here; of the open ones, that there are none.
fn section(
    view: &View<'_>,
    all: &[&Record<Defect>],
    shown: &[&Record<Defect>],
    group: Group,
    id: &str,
    title: &str,
) -> Option<Section> {
    let is_of = |defect: &&Record<Defect>| group_of(view, defect) == group;
    let whole = all.iter().copied().filter(is_of).count();
    let here: Vec<&Record<Defect>> = shown.iter().copied().filter(is_of).collect();
    let block = match (here.is_empty(), group) {
        (false, _) => table(view, &here, &view.say(title)),
        (true, Group::Open) if whole == 0 => Block::Empty { text: view.say("defects.open_empty") },
        (true, _) => return None,
    };
    let aside = text(view.words().count("count.defects", whole));
    Some(Section::new(id, view.say(title), vec![block]).aside(aside))
}
