//! A date differs from what readers were told, and no change is recorded.

use crate::check::{Check, Context};
use crate::derive::schedule;
use crate::derive::schedule::times;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::Site;
use crate::model::published::{Dated, Published, Told};
use crate::model::release::{Release, ScheduleEvent};
use crate::record::time::Moment;

static RULE: Rule = Rule {
    name: "silent-move",
    level: Level::Error,
    what: "A date of a release, a cloning or a training session differs from the Git revision of `--base` or from the \
           portal of `--published`, and `schedule_changes` has no new entry for it; of a beginning, one whose `was` is \
           the former date.",
    why: "Those who planned by the former date would learn of the new one by chance, or not at all.",
    example: "schedule: {install: 2026-10-20T20:00}   # it was 2026-10-19T20:00, and schedule_changes does not say so",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let told =
        context.earlier.iter().flat_map(|earlier| earlier.dates.iter().map(move |told| (earlier, told)));
    told.filter_map(|(earlier, told)| breach(context, earlier, told)).collect()
}

/// A date as it stands now.
struct Present<'a> {
    at: Option<Moment>,
    /// Its other dates: what they are called, what they were, and what they are.
    others: Vec<(&'static str, Option<Moment>, Option<Moment>)>,
    place: Place,
    /// What the recorded changes say that it was.
    was: Vec<&'a Moment>,
    name: &'static str,
}

fn breach(context: &Context<'_>, earlier: &Published, told: &Told) -> Option<Diagnostic> {
    let site = context.site;
    let Some(present) = present(site, told) else { return lost_session(context, earlier, told) };
    let is_same =
        |one: &Moment, other: &Moment| !one.is_before(other, &site.zone) && !other.is_before(one, &site.zone);
    let (name, was) = if present.at.is_some_and(|at| is_same(&at, &told.at)) {
        let is_other = |(name, was, now): &(&'static str, Option<Moment>, Option<Moment>)| {
            let was = (*was)?;
            (!now.is_some_and(|now| is_same(&was, &now))).then_some((*name, was, *now))
        };
        let (name, was, now) = present.others.iter().find_map(is_other)?;
        // Any entry that was not told yet tells of it.
        if present.was.len() > told.moves.len() {
            return None;
        }
        (name.to_owned(), (was, now))
    } else {
        // The same date may be left twice: a move that was told then does not tell of this one.
        let told_then = told.moves.iter().filter(|was| is_same(was, &told.at)).count();
        if present.was.iter().filter(|was| is_same(was, &told.at)).count() > told_then {
            return None;
        }
        (format!("`{}`", present.name), (told.at, present.at))
    };
    let (was, now) = (written(was.0, site), was.1);
    let now = now.map_or_else(|| "has no date now".to_owned(), |at| format!("is {at} now"));
    let message = format!("{name} was {was} in {}, {now}, and no change is recorded", earlier.by);
    let event = match &told.of {
        Dated::Release(_, event) => format!("event: {}, ", event.word()),
        Dated::Cloning(..) | Dated::Session(..) => String::new(),
    };
    let hint = format!(
        "add under `schedule_changes:` the line `- {{at: {}, {event}was: {}, reason: WHY}}`",
        context.as_of,
        written(told.at, site)
    );
    Some(Diagnostic::new(&RULE, present.place, message).hint(hint))
}

/// A session to come that is there no longer: its beginning is its name, so that it moved or was dropped. What
/// is past may be cleared away, and a page that is gone is no move.
fn lost_session(context: &Context<'_>, earlier: &Published, told: &Told) -> Option<Diagnostic> {
    let site = context.site;
    let Dated::Session(module, _) = &told.of else { return None };
    let mut modules = schedule::modules(site);
    let document = modules.find(|document| schedule::page_id(site, &document.key) == module)?;
    if told.at.date(&site.zone) < context.as_of {
        return None;
    }
    let place = schedule::sessions(document)
        .first()
        .map_or_else(|| Place::whole(document.main().file), |session| session.at.place);
    let was = written(told.at, site);
    let message =
        format!("a session was to begin on {was} in {}, and none says now what became of it", earlier.by);
    let hint = format!(
        "if it moved, write `schedule_changes: [{{at: {}, was: {was}, reason: WHY}}]` to it; if it will not be held, keep it with `cancelled: true`",
        context.as_of
    );
    Some(Diagnostic::new(&RULE, place, message).hint(hint))
}

/// As authors of this portal would write it: local time.
fn written(at: Moment, site: &Site) -> Moment {
    if at.has_time() { Moment::Local(at.civil(&site.zone)) } else { at }
}

/// The date as it stands now; nothing of a release, cloning or session that is not there any more.
fn present<'a>(site: &'a Site, told: &Told) -> Option<Present<'a>> {
    match &told.of {
        Dated::Release(id, event) => {
            let release = site.releases.get(id)?;
            let changes = release.schedule_changes.iter().filter(|change| change.event.value == *event);
            let install = release.schedule.install.as_ref().filter(|_| *event == ScheduleEvent::Install);
            Some(Present {
                at: times::of(&release.schedule, *event),
                others: vec![("`until` of `install`", told.until, install.and_then(|window| window.until))],
                place: place(release, *event),
                was: changes.map(|change| &change.was.value).collect(),
                name: event.word(),
            })
        }
        Dated::Cloning(environment, id) => {
            let environment = site.environments.get(environment)?;
            let cloning = environment.clonings.iter().find(|cloning| cloning.id.value == *id)?;
            let announce_by = cloning.announce_by.as_ref().map(|day| Moment::Day(day.value));
            Some(Present {
                at: Some(cloning.from.value),
                others: vec![
                    ("`until`", told.until, cloning.until.as_ref().map(|until| until.value)),
                    ("`announce_by`", told.announce_by, announce_by),
                ],
                place: cloning.from.place,
                was: cloning.schedule_changes.iter().map(|change| &change.was.value).collect(),
                name: "from",
            })
        }
        Dated::Session(module, first) => {
            let session = schedule::session(site, module, *first)?;
            Some(Present {
                at: Some(session.at.value),
                others: vec![("`until`", told.until, session.until.as_ref().map(|until| until.value))],
                place: session.at.place,
                was: session.schedule_changes.iter().map(|change| &change.was.value).collect(),
                name: "at",
            })
        }
    }
}

/// Where the date is written; the schedule, where it is not.
fn place(release: &Release, event: ScheduleEvent) -> Place {
    let schedule = &release.schedule;
    let at = match event {
        ScheduleEvent::Freeze => &schedule.freeze,
        ScheduleEvent::TestStart => &schedule.test_start,
        ScheduleEvent::TestDeadline => &schedule.test_deadline,
        ScheduleEvent::ReportDue => &schedule.report_due,
        ScheduleEvent::Decision => &schedule.decision,
        ScheduleEvent::Install => {
            return schedule.install.as_ref().map_or(schedule.place, |window| window.place);
        }
    };
    at.as_ref().map_or(schedule.place, |at| at.place)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{faults_since, tree};
    use crate::derive::schedule::published::dates;
    use crate::model::published::Published;

    /// What is told of a release with this install and these changes, after it was published otherwise.
    fn messages(before: (&str, &str), now: (&str, &str)) -> Vec<String> {
        let text = |(install, changes): (&str, &str)| {
            format!(
                "product: a\ncontents: []\nschedule: {{decision: 2026-10-19, {install}}}\nschedule_changes: [{changes}]\n"
            )
        };
        let site = |of| tree(&[("releases/1.yaml", &text(of))]);
        let earlier = Published { by: "the Git revision `main`".to_owned(), dates: dates(&site(before)) };
        let faults = faults_since("silent-move", &site(now), &[earlier]);
        faults.into_iter().map(|fault| fault.message).collect()
    }

    const MONDAY: &str = "install: 2026-10-19T20:00";
    const TUESDAY: &str = "install: 2026-10-20T20:00";
    const FROM_MONDAY: &str = "{at: 2026-10-08, event: install, was: 2026-10-19T20:00}";
    const FROM_TUESDAY: &str = "{at: 2026-10-09, event: install, was: 2026-10-20T20:00}";

    #[test]
    fn a_move_is_recorded() {
        let told = "`install` was 2026-10-19T20:00 in the Git revision `main`, is 2026-10-20T20:00 now, and no change is recorded";
        assert_eq!(messages((MONDAY, ""), (MONDAY, "")), [""; 0]);
        assert_eq!(messages((MONDAY, ""), (TUESDAY, "")), [told]);
        assert_eq!(messages((MONDAY, ""), (TUESDAY, FROM_MONDAY)), [""; 0]);
        assert_eq!(messages((MONDAY, ""), (TUESDAY, FROM_TUESDAY)), [told], "it was another date");
        let other = FROM_MONDAY.replace("install", "decision");
        assert_eq!(messages((MONDAY, ""), (TUESDAY, &other)), [told], "another event moved");
        assert_eq!(
            messages((MONDAY, ""), ("", "")),
            [
                "`install` was 2026-10-19T20:00 in the Git revision `main`, has no date now, and no change is recorded"
            ]
        );
        assert_eq!(messages(("", ""), (TUESDAY, "")), [""; 0], "a new date is no move");
    }

    #[test]
    fn each_move_has_its_own_record() {
        let wednesday = "install: 2026-10-21T20:00";
        let both = format!("{FROM_MONDAY}, {FROM_TUESDAY}");
        assert_eq!(messages((MONDAY, ""), (wednesday, &both)), [""; 0]);
        // To Tuesday, back to Monday, and now to Wednesday without a word.
        assert_eq!(messages((MONDAY, &both), (wednesday, &both)).len(), 1);
        let again = format!("{both}, {{at: 2026-10-10, event: install, was: 2026-10-19T20:00}}");
        assert_eq!(messages((MONDAY, &both), (wednesday, &again)), [""; 0]);
    }

    #[test]
    fn a_date_that_becomes_more_exact_does_not_move() {
        assert_eq!(messages(("install: 2026-10-20", ""), (TUESDAY, "")), [""; 0]);
        let day = "{at: 2026-10-08, event: install, was: 2026-10-19}";
        assert_eq!(messages((MONDAY, ""), (TUESDAY, day)), [""; 0]);
    }

    #[test]
    fn an_end_does_not_move_silently_either() {
        let until = |end: &str| format!("install: {{from: 2026-10-19T20:00, until: 2026-10-19T{end}}}");
        let (eleven, midnight) = (until("23:00"), until("23:30"));
        assert_eq!(
            messages((&eleven, ""), (&midnight, "")),
            [
                "`until` of `install` was 2026-10-19T23:00 in the Git revision `main`, is 2026-10-19T23:30 now, and no change is recorded"
            ]
        );
        assert_eq!(messages((&eleven, ""), (&midnight, FROM_MONDAY)), [""; 0]);
        assert_eq!(
            messages((&eleven, FROM_MONDAY), (&midnight, FROM_MONDAY)).len(),
            1,
            "that was told before"
        );
        assert_eq!(messages((MONDAY, ""), (&midnight, "")), [""; 0], "a new end is no move");
        assert_eq!(messages((&eleven, ""), (MONDAY, "")).len(), 1, "an end that is no more is one");
    }

    /// What is told, with a hint where there is one, of the sessions of a module after others were told.
    fn sessions(before: &str, now: &str) -> Vec<String> {
        let site =
            |sessions: &str| tree(&[("training/t.md", &format!("---\nsessions: [{sessions}]\n---\n# T\n"))]);
        let earlier = Published { by: "the published portal".to_owned(), dates: dates(&site(before)) };
        let faults = faults_since("silent-move", &site(now), &[earlier]);
        faults.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn a_session_is_known_by_when_it_was_first_to_begin() {
        let lost = "a session was to begin on 2026-10-21T10:00 in the published portal, and none says now what became of it";
        let at = "{at: 2026-10-21T10:00, until: 2026-10-21T12:00}";
        let moved = |to: &str, changes: &str| format!("{{at: {to}, schedule_changes: [{changes}]}}");
        let from_first = "{at: 2026-10-15, was: 2026-10-21T10:00}";
        assert_eq!(sessions(at, at), [""; 0]);
        assert_eq!(sessions(at, "{at: 2026-10-22T10:00}"), [lost]);
        assert_eq!(sessions(at, &moved("2026-10-22T10:00", from_first)), [""; 0]);
        assert_eq!(sessions(at, ""), [lost]);
        assert_eq!(sessions(at, "{at: 2026-10-21T10:00, until: 2026-10-21T12:00, cancelled: true}"), [""; 0]);
        assert_eq!(sessions("{at: 2026-10-01T10:00}", ""), [""; 0], "what is past may be cleared away");
        assert_eq!(
            sessions(&moved("2026-10-22T10:00", from_first), &moved("2026-10-23T10:00", from_first)),
            [
                "`at` was 2026-10-22T10:00 in the published portal, is 2026-10-23T10:00 now, and no change is recorded"
            ]
        );
    }

    #[test]
    fn a_cloning_does_not_move_silently_either() {
        let site = |from: &str, changes: &str| {
            let text =
                format!("kind: test\nclonings: [{{id: c, from: {from}, schedule_changes: [{changes}]}}]\n");
            tree(&[("environments/uat.yaml", &text)])
        };
        let told = |now| {
            let dates = dates(&site("2026-11-06T18:00", ""));
            let earlier = Published { by: "the published portal".to_owned(), dates };
            let faults = faults_since("silent-move", &now, &[earlier]);
            faults.into_iter().filter_map(|fault| fault.hint).collect::<Vec<String>>()
        };
        assert_eq!(
            told(site("2026-11-13T18:00", "")),
            [
                "add under `schedule_changes:` the line `- {at: 2026-10-16, was: 2026-11-06T18:00, reason: WHY}`"
            ]
        );
        assert_eq!(told(site("2026-11-13T18:00", "{at: 2026-10-16, was: 2026-11-06T18:00}")), [""; 0]);
    }

    #[test]
    fn nor_does_the_day_by_which_it_is_announced() {
        let site = |rest: &str| {
            let text =
                format!("kind: test\nclonings: [{{id: c, from: 2026-11-06, until: 2026-11-08, {rest}}}]\n");
            tree(&[("environments/uat.yaml", &text)])
        };
        let told = |now: &str| {
            let earlier = Published {
                by: "the published portal".to_owned(),
                dates: dates(&site("announce_by: 2026-10-30")),
            };
            let faults = faults_since("silent-move", &site(now), &[earlier]);
            faults.into_iter().map(|fault| fault.message).collect::<Vec<String>>()
        };
        assert_eq!(
            told("announce_by: 2026-11-02"),
            [
                "`announce_by` was 2026-10-30 in the published portal, is 2026-11-02 now, and no change is recorded"
            ]
        );
        let recorded = "announce_by: 2026-11-02, schedule_changes: [{at: 2026-10-16, was: 2026-11-06}]";
        assert_eq!(told(recorded), [""; 0]);
    }
}
