//! The environments of a release.

use super::super::super::blocks::{Bit, Block, Line, Row, Section, text, with_small};
use super::super::super::names::View;
use super::super::releases::purpose;
use super::super::states::shown_or_unknown;
use crate::derive::environment::readiness;
use crate::model::environment::Environment;
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseEnvironment};

/// What each is used for, which build is in it and whether it is ready.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    if release.environments.is_empty() {
        return None;
    }
    let rows = release.environments.iter().map(|entry| row(view, release, entry)).collect();
    let block = Block::Rows { ordered: false, rows };
    Some(Section::new("environments", view.say("release.environments"), vec![block]))
}

fn row(view: &View<'_>, release: &Release, entry: &ReleaseEnvironment) -> Row {
    let environment = view.portal.site.environments.get(entry.env.id());
    let zone = &view.portal.site.zone;
    let state = environment.map(|environment| readiness::of(environment, zone, view.portal.as_of).state());
    let mut what = with_small(view.pointer(entry.env.pointer()), text(purpose(view, entry)));
    what.push(Bit::Break);
    what.extend(
        environment.map_or_else(|| view.unknown(), |environment| installed(view, release, environment)),
    );
    Row { what, aside: shown_or_unknown(view, state.as_ref()), icon: Some("server"), ..Row::default() }
}

/// The build in the environment; marked, where it is not the release's.
fn installed(view: &View<'_>, release: &Release, environment: &Environment) -> Line {
    let Some(latest) = readiness::installed(environment, &view.portal.site.zone, view.portal.as_of) else {
        return view.unknown();
    };
    let build = vec![Bit::Code { text: latest.build.value.clone() }];
    let is_other = release.build.as_ref().is_some_and(|build| build.value != latest.build.value);
    with_small(build, if is_other { text(view.say("release.other_build")) } else { Line::new() })
}
