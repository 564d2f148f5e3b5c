//! Something is to happen on a day on which nobody works.

use jiff::civil::Date;

use crate::check::{Check, Context};
use crate::derive::schedule::occupation::{clonings, is_cancelled};
use crate::derive::schedule::workdays::Workdays;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::Site;
use crate::model::environment::{Cloning, Environment};
use crate::model::release::{Release, ScheduleEvent};
use crate::record::time::Moment;

static RULE: Rule = Rule {
    name: "event-on-holiday",
    level: Level::Warn,
    what: "A date to come falls on a holiday of `portal.yaml`; a date for which people have to be at work (freeze, test_start, \
           test_deadline, report_due, decision, announce_by) on any day off. Installs and clonings may be at weekends.",
    why: "What nobody is there for is done late, or not at all.",
    example: "schedule: {decision: 2026-12-24T10:00}   # and workdays: {holidays: [2026-12-24]}",
};

pub const CHECK: Check = Check { rule: &RULE, find };

/// A date, and whether it may be at a weekend.
struct Dated {
    what: String,
    days: (Date, Date),
    at_weekends: bool,
    place: Place,
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let site = context.site;
    let releases = site.releases.iter().filter(|release| !is_cancelled(release));
    let dates = releases
        .flat_map(|release| of_release(site, release))
        .chain(site.environments.iter().flat_map(|environment| of_environment(site, environment)));
    dates.filter_map(|dated| breach(context, &dated)).collect()
}

fn of_release(site: &Site, release: &Release) -> Vec<Dated> {
    let schedule = &release.schedule;
    let day = |event: ScheduleEvent, at: &Option<crate::diagnostic::Placed<Moment>>| {
        let at = at.as_ref()?;
        let day = at.date(&site.zone);
        Some(Dated {
            what: format!("`{}`", event.word()),
            days: (day, day),
            at_weekends: false,
            place: at.place,
        })
    };
    let install = schedule.install.as_ref().map(|window| Dated {
        what: "`install`".to_owned(),
        days: days(site, &window.from, window.until.as_ref()),
        at_weekends: true,
        place: window.place,
    });
    [
        day(ScheduleEvent::Freeze, &schedule.freeze),
        day(ScheduleEvent::TestStart, &schedule.test_start),
        day(ScheduleEvent::TestDeadline, &schedule.test_deadline),
        day(ScheduleEvent::ReportDue, &schedule.report_due),
        day(ScheduleEvent::Decision, &schedule.decision),
        install,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_environment(site: &Site, environment: &Environment) -> Vec<Dated> {
    clonings(environment).flat_map(|cloning| of_cloning(site, cloning)).collect()
}

fn of_cloning(site: &Site, cloning: &Cloning) -> Vec<Dated> {
    let window = Dated {
        what: format!("the cloning `{}`", cloning.id.value),
        days: days(site, &cloning.from, cloning.until.as_deref()),
        at_weekends: true,
        place: cloning.from.place,
    };
    let announce = cloning.announce_by.as_ref().map(|by| Dated {
        what: format!("`announce_by` of the cloning `{}`", cloning.id.value),
        days: (by.value, by.value),
        at_weekends: false,
        place: by.place,
    });
    [Some(window), announce].into_iter().flatten().collect()
}

fn days(site: &Site, from: &Moment, until: Option<&Moment>) -> (Date, Date) {
    let first = from.date(&site.zone);
    (first, until.map_or(first, |until| until.date(&site.zone)))
}

fn breach(context: &Context<'_>, dated: &Dated) -> Option<Diagnostic> {
    let (first, last) = dated.days;
    if last < context.as_of {
        return None;
    }
    let settings = context.site.portal.workdays.as_ref();
    let holidays = settings.map_or(&[][..], |settings| &settings.holidays);
    let holiday = holidays.iter().filter(|day| (first..=last).contains(*day)).min();
    let workdays = Workdays::of(&context.site.portal);
    let (day, kind) = match holiday {
        Some(day) => (*day, "a holiday"),
        None if !dated.at_weekends && !workdays.has(first) => (first, "a day off"),
        None => return None,
    };
    let message = format!("{} falls on {day}, {kind}", dated.what);
    let next = workdays.add(day, 1);
    Some(Diagnostic::new(&RULE, dated.place, message).hint(format!("the next workday is {next}")))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    fn messages(path: &str, text: &str) -> Vec<String> {
        let portal = "title: P\nworkdays: {holidays: [2026-12-24, 2026-12-25]}\n";
        messages_of("event-on-holiday", &tree(&[("portal.yaml", portal), (path, text)]))
    }

    #[test]
    fn people_are_needed_on_workdays() {
        let release = |schedule: &str| {
            messages("releases/1.yaml", &format!("product: a\ncontents: []\nschedule: {{{schedule}}}\n"))
        };
        assert_eq!(release("decision: 2026-12-24T10:00"), ["`decision` falls on 2026-12-24, a holiday"]);
        assert_eq!(release("test_deadline: 2026-10-24"), ["`test_deadline` falls on 2026-10-24, a day off"]);
        assert_eq!(release("install: 2026-12-25T20:00"), ["`install` falls on 2026-12-25, a holiday"]);
        assert_eq!(release("install: 2026-10-24T20:00"), [""; 0], "an install may be at a weekend");
        assert_eq!(release("test_deadline: 2026-10-10"), [""; 0], "what is past cannot be mended");
        assert_eq!(release("decision: 2026-12-28"), [""; 0]);
    }

    #[test]
    fn a_cloning_keeps_clear_of_holidays() {
        let cloning = |text: &str| {
            messages("environments/sit.yaml", &format!("kind: test\nclonings: [{{id: c, {text}}}]"))
        };
        assert_eq!(
            cloning("from: 2026-12-23T18:00, until: 2026-12-27T12:00"),
            ["the cloning `c` falls on 2026-12-24, a holiday"]
        );
        assert_eq!(
            cloning("from: 2026-11-06T18:00, until: 2026-11-08T12:00, announce_by: 2026-10-25"),
            ["`announce_by` of the cloning `c` falls on 2026-10-25, a day off"]
        );
        assert_eq!(cloning("from: 2026-12-25, status: cancelled"), [""; 0]);
    }
}
