//! Which tickets of a release may go to acceptance testing.

use super::super::super::blocks::Section;
use super::super::super::names::View;
use crate::derive::page::routes::{List, Subject};
use crate::model::records::Record;
use crate::model::release::Release;

/// Every ticket with its parameters.
pub fn section(view: &View<'_>, release: &Record<Release>) -> Option<Section> {
    let table = super::super::uat::table(view, &view.say("uat.title"), [release].into_iter())?;
    let section = Section::new("uat", view.say("release.uat"), vec![table]);
    Some(section.more(view.say("nav.all"), view.href(&Subject::List(List::Uat))))
}
