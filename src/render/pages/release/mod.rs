//! One release: a file for each section of its page.

mod contents;
mod decision;
mod defects;
mod environments;
mod facts;
mod reports;
mod rollback;
mod runs;
mod schedule;
mod uat;
mod waivers;

use super::super::blocks::{Head, text};
use super::super::names::View;
use super::Sheet;
use super::releases::{hotfix_badge, status_of};
use super::states::shown;
use crate::derive::routes::Subject;
use crate::model::records::Record;
use crate::model::release::Release;

/// One release.
pub fn one(view: &View<'_>, id: &str) -> Sheet {
    let site = &view.portal.site;
    let Some(release) = site.releases.get(id) else {
        return Sheet::new("release.html", Head::default(), Vec::new());
    };
    let mut sections = vec![
        facts::section(view, release),
        schedule::section(view, release),
        contents::section(view, release),
        runs::section(view, release),
        defects::section(view, release),
    ];
    sections.extend(environments::section(view, release));
    sections.extend(uat::section(view, release));
    sections.extend(reports::section(view, release));
    sections.extend(waivers::section(view, release));
    sections.push(decision::section(view, release));
    sections.extend(rollback::section(view, release));
    Sheet::new("release.html", head(view, release), sections).restricted(release.restriction.as_ref())
}

fn head(view: &View<'_>, release: &Record<Release>) -> Head {
    let title = view.name(&Subject::Release(release.id.clone()));
    let mut kicker = vec![
        text(format!("{} {}", view.say("kind.release"), release.id)),
        text(view.product(release.product.id())),
        shown(view, &status_of(release)),
    ];
    kicker.extend(hotfix_badge(view, release).map(|badge| vec![badge]));
    Head {
        kicker,
        title,
        lede: release.note.as_ref().map(|note| view.read(note).to_owned()),
        actions: Vec::new(),
    }
}
