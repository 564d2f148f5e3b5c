//! Something is past and still written as to come.

use crate::check::{Check, Context};
use crate::derive::schedule::occupation::{cloning as span, status};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::environment::{Cloning, CloningStatus};
use crate::model::records::Record;
use crate::model::release::{Release, ReleaseStatus};

static RULE: Rule = Rule {
    name: "past-event-planned",
    level: Level::Warn,
    what: "A day is past and the status does not know of it: testing of a release began and it is `planned`, its install is \
           over and it is not `released`, or the window of a cloning is over and it is `planned`, `announced` or `running`.",
    why: "Either it happened and the portal tells readers otherwise, or it did not and the date is wrong.",
    example: "status: in_test   # and schedule: {install: 2026-10-01T20:00}, two weeks ago",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let releases = context.site.releases.iter().filter_map(|release| of_release(context, release));
    let environments = context.site.environments.iter();
    let clonings = environments.flat_map(|environment| &environment.clonings);
    releases.chain(clonings.filter_map(|cloning| of_cloning(context, cloning))).collect()
}

fn of_release(context: &Context<'_>, release: &Record<Release>) -> Option<Diagnostic> {
    use ReleaseStatus::{Decided, InTest, Planned};
    let zone = &context.site.zone;
    let schedule = &release.schedule;
    let status = release.status.as_ref().map_or(Planned, |status| status.value);
    let install = schedule.install.as_ref().map(|window| {
        let last = window.until.as_ref().unwrap_or(&window.from);
        (last.date(zone), window.place, "the install was")
    });
    let start = schedule.test_start.as_ref().map(|at| (at.date(zone), at.place, "testing began"));
    let past = match status {
        Planned => [install, start],
        InTest | Decided => [install, None],
        _ => return None,
    };
    let (day, place, what) = past.into_iter().flatten().find(|(day, ..)| *day < context.as_of)?;
    let written = release.status.as_ref();
    let message = match written {
        Some(status) => format!("{what} on {day}, and the release is still `{}`", status.word()),
        None => format!("{what} on {day}, and the release has no `status`"),
    };
    Some(told(written.map(|status| status.place), place, message))
}

fn of_cloning(context: &Context<'_>, cloning: &Cloning) -> Option<Diagnostic> {
    use CloningStatus::{Announced, Planned, Running};
    let status = status(cloning);
    let last = cloning.until.as_ref().unwrap_or(&cloning.from);
    let day = span(context.site, cloning).from.date().max(last.date(&context.site.zone));
    if day >= context.as_of || !matches!(status, Planned | Announced | Running) {
        return None;
    }
    let (id, written) = (&cloning.id.value, cloning.status.as_ref());
    let message = match written {
        Some(status) => format!("the cloning `{id}` ended on {day} and is still `{}`", status.word()),
        None => format!("the cloning `{id}` ended on {day} and has no `status`"),
    };
    Some(told(written.map(|status| status.place), last.place, message))
}

/// A fault of the status where one is written, else of the date.
fn told(status: Option<Place>, date: Place, message: String) -> Diagnostic {
    let hint = "write the present status, or move the date and say so under `schedule_changes:`";
    match status {
        Some(status) => Diagnostic::new(&RULE, status, message).related(date, "the day that is past"),
        None => Diagnostic::new(&RULE, date, message),
    }
    .hint(hint)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    #[test]
    fn a_release_moves_on_with_its_days() {
        let messages = |status: &str, schedule: &str| {
            let text = format!("product: a\ncontents: []\nstatus: {status}\nschedule: {{{schedule}}}\n");
            messages_of("past-event-planned", &tree(&[("releases/1.yaml", &text)]))
        };
        let install = "install: {from: 2026-10-14T20:00, until: 2026-10-15T02:00}";
        let told =
            |status: &str| [format!("the install was on 2026-10-15, and the release is still `{status}`")];
        for status in ["planned", "in_test", "decided"] {
            assert_eq!(messages(status, install), told(status), "{status}");
        }
        for status in ["released", "rolled_back", "cancelled"] {
            assert_eq!(messages(status, install), [""; 0], "{status}");
        }
        assert_eq!(
            messages("planned", "test_start: 2026-10-15"),
            ["testing began on 2026-10-15, and the release is still `planned`"]
        );
        assert_eq!(messages("planned", "test_start: 2026-10-16"), [""; 0], "today it may still change");
        assert_eq!(messages("in_test", "install: 2026-10-16T08:00"), [""; 0]);
    }

    #[test]
    fn a_cloning_moves_on_with_its_window() {
        let messages = |cloning: &str| {
            let text = format!("kind: test\nclonings: [{{id: c, {cloning}}}]");
            messages_of("past-event-planned", &tree(&[("environments/sit.yaml", &text)]))
        };
        let over = "from: 2026-10-09T18:00, until: 2026-10-11T12:00";
        assert_eq!(
            messages(&format!("{over}, status: announced")),
            ["the cloning `c` ended on 2026-10-11 and is still `announced`"]
        );
        assert_eq!(messages(over), ["the cloning `c` ended on 2026-10-11 and has no `status`"]);
        assert_eq!(messages(&format!("{over}, status: follow_up")), [""; 0]);
        assert_eq!(messages("from: 2026-10-14, until: 2026-10-16, status: running"), [""; 0]);
    }
}
