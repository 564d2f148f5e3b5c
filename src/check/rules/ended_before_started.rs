//! Something ends before it begins.

use crate::check::{Check, Context};
use crate::diagnostic::{Diagnostic, Level, Place, Placed, Rule};
use crate::model::Site;
use crate::model::document::Extra;
use crate::record::time::Moment;

static RULE: Rule = Rule {
    name: "ended-before-started",
    level: Level::Error,
    what: "A run, cloning, training session or install window ends before it begins.",
    why: "Its length would be negative, and calendars refuse such an entry.",
    example: "started: 2026-10-12T09:00\nended: 2026-10-11T16:40",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// A stretch of time; of one written in a single value, both places are the same.
struct Stretch {
    from: (Moment, Place),
    until: (Moment, Place),
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut stretches = runs(context.site);
    stretches.extend(clonings(context.site));
    stretches.extend(installs(context.site));
    stretches.extend(sessions(context.site));
    let zone = &context.site.zone;
    stretches.iter().filter(|stretch| stretch.until.0.is_before(&stretch.from.0, zone)).map(fault).collect()
}

fn fault(stretch: &Stretch) -> Diagnostic {
    let ((from, begun), (until, ended)) = (stretch.from, stretch.until);
    let fault = Diagnostic::new(&RULE, ended, format!("the end, {until}, is before the beginning, {from}"));
    if begun == ended { fault } else { fault.related(begun, "the beginning") }
}

fn between(from: &Placed<Moment>, until: Option<&Placed<Moment>>) -> Option<Stretch> {
    until.map(|until| Stretch { from: (from.value, from.place), until: (until.value, until.place) })
}

fn runs(site: &Site) -> Vec<Stretch> {
    site.runs.iter().filter_map(|run| between(&run.started, run.ended.as_ref())).collect()
}

fn clonings(site: &Site) -> impl Iterator<Item = Stretch> {
    let clonings = site.environments.iter().flat_map(|environment| &environment.clonings);
    clonings.filter_map(|cloning| between(&cloning.from, cloning.until.as_ref()))
}

fn installs(site: &Site) -> impl Iterator<Item = Stretch> {
    site.releases.iter().filter_map(|release| {
        let window = release.schedule.install.as_ref()?;
        Some(Stretch { from: (window.from, window.place), until: (window.until?, window.place) })
    })
}

fn sessions(site: &Site) -> impl Iterator<Item = Stretch> {
    let articles = site.documents.iter().flat_map(|document| &document.texts);
    articles
        .filter_map(|article| match &article.extra {
            Extra::Training(training) => Some(&training.sessions),
            _ => None,
        })
        .flatten()
        .filter_map(|session| between(&session.at, session.until.as_ref()))
}
