//! What pages say of known leaks.

use super::super::super::blocks::{Fact, Line, State, join, status, text, with_small};
use super::super::super::names::View;
use super::super::labels::fact as labelled;
use super::ids;
use crate::derive::defects::leaks::{self, Leaks};
use crate::derive::page::routes::Subject;
use crate::model::defect::Defect;
use crate::model::records::Record;
use crate::model::release::Release;

/// The known leaks of `release` as a fact; nothing for a release that is not installed.
pub fn fact(view: &View<'_>, release: &Record<Release>) -> Option<Fact> {
    let leaks = leaks::of_release(&view.portal.basis(), release)?;
    let named = [ids(view, &leaks.known), undecided(view, &leaks)];
    let named = join(named.into_iter().filter(|line| !line.is_empty()), "; ");
    Some(labelled(view, "release.leaks", with_small(count(view, &leaks), named)))
}

/// How many known leaks there are. None is the target; that nobody can tell is not the same as none.
pub fn count(view: &View<'_>, leaks: &Leaks<'_>) -> Line {
    let number = view.words().number(leaks.known.len());
    match (leaks.known.is_empty(), leaks.unknown.is_empty()) {
        (false, _) => status(State::named("failed"), number),
        (true, true) => status(State::named("passed"), number),
        (true, false) => status(State::named("unknown"), view.say("value.unknown")),
    }
}

/// The defects of which nobody can tell whether they leaked; nothing where there are none.
pub fn undecided(view: &View<'_>, leaks: &Leaks<'_>) -> Line {
    if leaks.unknown.is_empty() {
        return Line::new();
    }
    let mut line = text(view.fill("value.label", &[("label", &view.say("value.unknown")), ("value", "")]));
    line.extend(ids(view, &leaks.unknown));
    line
}

/// The releases in which `defect` leaked, each with the day of its install, the earliest first.
pub fn releases(view: &View<'_>, defect: &Record<Defect>) -> Vec<Line> {
    let all = leaks::all(&view.portal.basis());
    let leaked = all.iter().rev().filter(|leaks| leaks.known.iter().any(|leak| leak.id == defect.id));
    leaked
        .map(|leaks| {
            let release = &leaks.release.id;
            let installed = leaks.installed.map_or_else(Line::new, |at| view.day(at.date()));
            with_small(view.id(&Subject::Release(release.clone()), release), installed)
        })
        .collect()
}
