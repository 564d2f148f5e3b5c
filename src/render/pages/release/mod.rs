//! One release: a file for each section of its page.

mod data;
mod decision;
mod defects;
mod environments;
mod facts;
mod obstacles;
mod reports;
mod rollback;
mod runs;
mod schedule;
mod uat;
mod verdict;
mod waivers;

use super::super::blocks::{Block, Head, Section, text};
use super::super::names::View;
use super::releases::{hotfix_badge, status_of};
use super::states::shown;
use super::{Sheet, burn_up, coverage};
use crate::derive::gate;
use crate::derive::page::routes::Subject;
use crate::model::records::Record;
use crate::model::release::Release;

/// One release.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let site = &view.portal.site;
    let Some(release) = site.releases.get(id) else {
        return Sheet::new("release.html", Head::default(), Vec::new());
    };
    let gate = gate::of(view.portal.basis(), release);
    let decided = verdict::decided(view, release);
    let mut sections = vec![verdict::section(view, release, &gate, decided.as_ref())];
    sections.extend(columns(obstacles::sections(view, &gate), "packed"));
    sections.push(schedule::section(view, release));
    sections.push(coverage::section(view, release));
    sections.extend(uat::section(view, release));
    sections.push(burn_up::section(view, release));
    sections.push(runs::section(view, release));
    sections.push(defects::section(view, release));
    let needed = [environments::section(view, release), data::section(view, release)];
    sections.extend(columns(needed.into_iter().flatten().collect(), "cols"));
    sections.extend(reports::section(view, release));
    sections.extend(waivers::section(view, release, gate.day));
    sections.push(decision::section(view, release, decided.as_ref()));
    sections.extend(rollback::section(view, release));
    sections.extend(facts::section(view, release));
    Sheet::new("release.html", head(view, release), sections).restricted(release.restriction.as_ref())
}

/// Sections side by side, in a section without a heading of its own.
fn columns(sections: Vec<Section>, class: &'static str) -> Option<Section> {
    let columns = |sections| Section::new("", "", vec![Block::Columns { sections, class }]);
    (!sections.is_empty()).then(|| columns(sections))
}

fn head(view: &View<'_>, release: &Record<Release>) -> Head {
    let title = view.name(&Subject::Release(release.id.clone()));
    let mut kicker = vec![
        text(format!("{} {}", view.say("kind.release"), release.id)),
        text(view.product(release.product.id())),
        shown(view, &status_of(release)),
    ];
    kicker.extend(hotfix_badge(view, release).map(|badge| vec![badge]));
    Head { kicker, title, lede: release.note.as_ref().map(|note| view.read(note)), actions: Vec::new() }
}
