//! A date differs from what readers were told, and no change is recorded.

use crate::check::{Check, Context};
use crate::derive::schedule::times;
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::Site;
use crate::model::published::{Dated, Published, Told};
use crate::model::release::{Release, ScheduleEvent};
use crate::record::time::Moment;

static RULE: Rule = Rule {
    name: "silent-move",
    level: Level::Error,
    what: "A date of a release or the beginning of a cloning differs from the Git revision of `--base` or from the portal of \
           `--published`, and `schedule_changes` has no entry for it whose `was` is the former date.",
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
    place: Place,
    /// What the recorded changes say that it was.
    was: Vec<&'a Moment>,
    name: &'static str,
}

fn breach(context: &Context<'_>, earlier: &Published, told: &Told) -> Option<Diagnostic> {
    let site = context.site;
    let present = present(site, &told.of)?;
    let is_same = |at: &Moment| !at.is_before(&told.at, &site.zone) && !told.at.is_before(at, &site.zone);
    if present.at.is_some_and(|at| is_same(&at)) {
        return None;
    }
    // The same date may be left twice: a move that was told then does not tell of this one.
    let told_then = told.moves.iter().filter(|was| is_same(was)).count();
    if present.was.iter().filter(|was| is_same(was)).count() > told_then {
        return None;
    }
    let (name, was) = (present.name, written(told.at, site));
    let now = present.at.map_or_else(|| "has no date now".to_owned(), |at| format!("is {at} now"));
    let message = format!("`{name}` was {was} in {}, {now}, and no change is recorded", earlier.by);
    let event = match &told.of {
        Dated::Release(_, event) => format!("event: {}, ", event.word()),
        Dated::Cloning(..) => String::new(),
    };
    let hint = format!(
        "add under `schedule_changes:` the line `- {{at: {}, {event}was: {was}, reason: WHY}}`",
        context.as_of
    );
    Some(Diagnostic::new(&RULE, present.place, message).hint(hint))
}

/// As authors of this portal would write it: local time.
fn written(at: Moment, site: &Site) -> Moment {
    if at.has_time() { Moment::Local(at.civil(&site.zone)) } else { at }
}

/// The date as it stands now; nothing of a release or cloning that is not there any more.
fn present<'a>(site: &'a Site, of: &Dated) -> Option<Present<'a>> {
    match of {
        Dated::Release(id, event) => {
            let release = site.releases.get(id)?;
            let changes = release.schedule_changes.iter().filter(|change| change.event.value == *event);
            Some(Present {
                at: times::of(&release.schedule, *event),
                place: place(release, *event),
                was: changes.map(|change| &change.was.value).collect(),
                name: event.word(),
            })
        }
        Dated::Cloning(environment, id) => {
            let environment = site.environments.get(environment)?;
            let cloning = environment.clonings.iter().find(|cloning| cloning.id.value == *id)?;
            Some(Present {
                at: Some(cloning.from.value),
                place: cloning.from.place,
                was: cloning.schedule_changes.iter().map(|change| &change.was.value).collect(),
                name: "from",
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
}
