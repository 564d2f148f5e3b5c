use std::sync::Arc;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::super::theme::ThemeFiles;
use super::*;
use crate::parse::sample::tree;
use crate::words::Words;

const PORTAL: &str = "title: Testing\nlanguages: [en]\ntime_zone: Europe/Tallinn\nproducts: {benefits: {title: Benefits}}\n\
                      teams: {uat: {title: UAT}, sit: {title: SIT}}\n";

/// The portal of these files on a day, with its theme.
fn portal(files: &[(&str, &str)], as_of: Date) -> (Portal, Theme) {
    let site = tree(files);
    let theme = ThemeFiles::builtin();
    let words: Vec<Arc<Words>> = theme.words(&site.languages).0.into_iter().map(Arc::new).collect();
    let ready = Theme::new(&theme, words.iter().map(|words| &**words), Vec::new()).expect("a theme");
    (Portal::new(site, as_of, words, Some("https://testing.example.ee/".to_owned())), ready)
}

fn release(schedule: &str, rest: &str) -> String {
    format!("title: October, with supplement\nproduct: benefits\ncontents: []\nschedule: {schedule}\n{rest}")
}

fn calendar(files: &[(&str, &str)], scope: &Scope) -> String {
    let (portal, theme) = portal(files, date(2026, 10, 16));
    text(&portal, &theme, scope, "en")
}

/// The events of a calendar, each as its lines, unfolded.
fn events(calendar: &str) -> Vec<Vec<String>> {
    let unfolded = calendar.replace("\r\n ", "");
    let parts = unfolded.split("BEGIN:VEVENT\r\n").skip(1);
    let body = |part: &str| part.split("END:VEVENT").next().unwrap_or_default().to_owned();
    parts.map(|part| body(part).split_terminator("\r\n").map(str::to_owned).collect()).collect()
}

#[test]
fn a_move_is_told_with_when_and_why() {
    let moved = "schedule_changes: [{at: 2026-10-08T11:05, event: install, was: 2026-10-19T20:00, reason: Partner outage}]\n";
    let install = "{install: {from: 2026-10-20T20:00, until: 2026-10-20T23:00, tentative: true}}";
    let calendar = calendar(
        &[("portal.yaml", PORTAL), ("releases/2026.10.yaml", &release(install, moved))],
        &Scope::All,
    );
    assert_eq!(
        events(&calendar),
        [[
            "UID:59dd52d1-9953-86ec-95b9-6fd67fbf72e2",
            "DTSTAMP:20261008T080500Z",
            "SEQUENCE:1",
            "LAST-MODIFIED:20261008T080500Z",
            "DTSTART;TZID=Europe/Tallinn:20261020T200000",
            "DTEND;TZID=Europe/Tallinn:20261020T230000",
            "SUMMARY:Tentative: Install: October\\, with supplement (2026.10)",
            "STATUS:TENTATIVE",
            "TRANSP:TRANSPARENT",
            "CATEGORIES:Install,Benefits",
            "DESCRIPTION:Product: Benefits\\nWas: 19 Oct 2026\\, 20:00 (Partner outage). Told: 08 Oct 2026\\, 11:05\\n\
             The time is tentative and may change.\\nMore: https://testing.example.ee/releases/2026.10/",
            "URL:https://testing.example.ee/releases/2026.10/",
        ]]
    );
    let head = calendar.split("BEGIN:VTIMEZONE").next().unwrap_or_default();
    assert_eq!(
        head.split_terminator("\r\n").collect::<Vec<_>>(),
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Juhend//Calendar//EN",
            "CALSCALE:GREGORIAN",
            "NAME:Testing: schedule",
            "X-WR-CALNAME:Testing: schedule",
            "X-WR-TIMEZONE:Europe/Tallinn",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "X-PUBLISHED-TTL:PT6H",
            "LAST-MODIFIED:20261008T080500Z",
            "SOURCE;VALUE=URI:https://testing.example.ee/schedule.ics",
        ]
    );
}

#[test]
fn the_end_of_days_is_the_day_after() {
    let lines = |yaml: &str| {
        let yaml = format!("kind: test\nclonings: [{{id: c, {yaml}}}]\n");
        let calendar = calendar(&[("environments/uat.yaml", &yaml)], &Scope::All);
        let times = |lines: &Vec<String>| {
            lines
                .iter()
                .filter(|line| line.starts_with("DT") && !line.starts_with("DTSTAMP"))
                .cloned()
                .collect()
        };
        events(&calendar).iter().map(times).collect::<Vec<Vec<String>>>()
    };
    for (yaml, wanted) in [
        ("from: 2026-11-06", ["DTSTART;VALUE=DATE:20261106", "DTEND;VALUE=DATE:20261107"]),
        ("from: 2026-11-06, until: 2026-11-08", ["DTSTART;VALUE=DATE:20261106", "DTEND;VALUE=DATE:20261109"]),
        (
            "from: 2026-11-06T18:00, until: 2026-11-08",
            ["DTSTART;TZID=Europe/Tallinn:20261106T180000", "DTEND;TZID=Europe/Tallinn:20261108T235900"],
        ),
    ] {
        assert_eq!(lines(yaml), [wanted], "{yaml}");
    }
    assert_eq!(lines("from: 2026-11-06T18:00"), [["DTSTART;TZID=Europe/Tallinn:20261106T180000"]]);
}

/// The nights on which the clocks change. What they skip or show twice is written by the clocks of the world, so
/// that no program has to guess.
#[test]
fn a_night_without_an_hour_and_one_with_an_hour_more() {
    let times = |install: &str| {
        let release = release(&format!("{{install: {install}}}"), "");
        let files = [("portal.yaml", PORTAL), ("releases/r.yaml", &*release)];
        let lines = events(&calendar(&files, &Scope::All)).concat().into_iter();
        lines
            .filter(|line| line.starts_with("DTSTART") || line.starts_with("DTEND"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (install, wanted) in [
        (
            "{from: 2026-03-29T02:30, until: 2026-03-29T03:30}",
            "DTSTART;TZID=Europe/Tallinn:20260329T023000 DTEND:20260329T013000Z",
        ),
        (
            "{from: 2026-03-29T02:30, until: 2026-03-29T04:30}",
            "DTSTART;TZID=Europe/Tallinn:20260329T023000 DTEND;TZID=Europe/Tallinn:20260329T043000",
        ),
        (
            "{from: 2026-10-24T22:00, until: 2026-10-25T03:30}",
            "DTSTART;TZID=Europe/Tallinn:20261024T220000 DTEND:20261025T003000Z",
        ),
        // Half past three comes twice; a quarter past the second time is later than half past the first time.
        (
            "{from: 2026-10-25T03:30+03:00, until: 2026-10-25T03:15+02:00}",
            "DTSTART:20261025T003000Z DTEND:20261025T011500Z",
        ),
        ("{from: 2026-03-29, until: 2026-03-29}", "DTSTART;VALUE=DATE:20260329 DTEND;VALUE=DATE:20260330"),
        ("{from: 2026-10-25, until: 2026-10-25}", "DTSTART;VALUE=DATE:20261025 DTEND;VALUE=DATE:20261026"),
        ("{from: 2026-12-31, until: 2027-01-03}", "DTSTART;VALUE=DATE:20261231 DTEND;VALUE=DATE:20270104"),
        (
            "{from: 2026-12-31T22:00, until: 2027-01-01T02:00}",
            "DTSTART;TZID=Europe/Tallinn:20261231T220000 DTEND;TZID=Europe/Tallinn:20270101T020000",
        ),
        ("{from: 2026-10-20T20:00, until: 2026-10-20T20:00}", "DTSTART;TZID=Europe/Tallinn:20261020T200000"),
    ] {
        assert_eq!(times(install), wanted, "{install}");
    }
}

#[test]
fn a_cancelled_release_keeps_its_events() {
    let files = |text| [("portal.yaml", PORTAL), ("releases/r.yaml", text)];
    let schedule = "{decision: 2026-10-19, install: 2026-10-20}";
    let (planned, cancelled) = (release(schedule, ""), release(schedule, "status: cancelled\n"));
    let (before, after) = (files(planned.as_str()), files(&cancelled));
    let part = |files: &[(&str, &str)], start: &str| -> Vec<String> {
        let events = events(&calendar(files, &Scope::All)).concat();
        events.into_iter().filter(|line| line.starts_with(start)).collect()
    };
    assert_eq!(part(&before, "UID"), part(&after, "UID"));
    assert_eq!(part(&after, "STATUS"), ["STATUS:CANCELLED", "STATUS:CANCELLED"]);
    assert_eq!(part(&after, "SEQUENCE"), ["SEQUENCE:1", "SEQUENCE:1"]);
    assert!(part(&after, "SUMMARY")[1].starts_with("SUMMARY:Cancelled: Install"));
}

#[test]
fn a_calendar_has_the_events_of_its_scope() {
    let files = [
        ("portal.yaml", PORTAL),
        ("releases/r.yaml", &*release("{decision: 2026-10-19, install: 2026-10-20}", "notify: [uat]\n")),
        ("partners.yaml", "partners: [{id: bank}]\n"),
        (
            "environments/pre.yaml",
            "kind: test\nclonings: [{id: c, from: 2026-11-06, affected: [sit, bank]}]\n",
        ),
    ];
    let count = |scope: Scope| events(&calendar(&files, &scope)).len();
    for (scope, wanted) in [
        (Scope::All, 3),
        (Scope::Product("benefits".to_owned()), 2),
        (Scope::Team("uat".to_owned()), 2),
        (Scope::Team("sit".to_owned()), 1),
        (Scope::Partner("bank".to_owned()), 1),
        (Scope::Kind(EventKind::Cloning), 1),
        (Scope::Kind(EventKind::Review), 0),
        (Scope::Event(0), 1),
    ] {
        assert_eq!(count(scope.clone()), wanted, "{scope:?}");
    }
    let empty = calendar(&files, &Scope::Kind(EventKind::Review));
    assert!(empty.contains("BEGIN:VTIMEZONE"), "a calendar has at least one component");
}

#[test]
fn calendars_stand_at_addresses_that_say_what_they_hold() {
    let (portal, theme) = portal(
        &[
            ("portal.yaml", PORTAL),
            ("releases/2026.10.yaml", &release("{test_start: 2026-10-12, install: 2026-10-20}", "")),
        ],
        date(2026, 10, 16),
    );
    let view = View::new(&portal, &theme, &Subject::Home, "en");
    let addresses: Vec<String> = files(&view).into_iter().map(|(address, _)| address).collect();
    let wanted = [
        "/schedule.ics",
        "/schedule/product-benefits.ics",
        "/schedule/team-uat.ics",
        "/schedule/team-sit.ics",
        "/schedule/kind-freeze.ics",
        "/schedule/kind-test-start.ics",
        "/schedule/kind-test-deadline.ics",
        "/schedule/kind-report-due.ics",
        "/schedule/kind-decision.ics",
        "/schedule/kind-install.ics",
        "/schedule/kind-announce.ics",
        "/schedule/kind-cloning.ics",
        "/schedule/kind-follow-up.ics",
        "/schedule/kind-training.ics",
        "/schedule/kind-review.ics",
        "/releases/2026.10/test-start.ics",
        "/releases/2026.10/install.ics",
    ];
    assert_eq!(addresses, wanted);
}

#[test]
fn the_day_of_the_build_changes_no_byte() {
    let files = [
        ("releases/r.yaml", &*release("{decision: 2026-10-19, install: 2026-10-20}", "")),
        ("guides/g.md", "---\nreviewed: 2026-01-10\n---\n# G\n"),
    ];
    let on = |day: Date| {
        let (portal, theme) = portal(&files, day);
        text(&portal, &theme, &Scope::All, "en")
    };
    assert_eq!(on(date(2025, 1, 1)), on(date(2027, 12, 31)));
}

#[test]
fn what_few_may_see_says_so_in_every_event() {
    let restriction = "audience: restricted\nrestriction: {holder: Agency, marked: 2026-10-01, until: 2031-10-01, basis: AvTS}\n";
    let calendar =
        calendar(&[("releases/r.yaml", &release("{install: 2026-10-20}", restriction))], &Scope::All);
    let lines = events(&calendar).concat();
    assert!(lines.contains(&"CLASS:CONFIDENTIAL".to_owned()), "{lines:?}");
    assert!(
        lines.iter().any(|line| line.starts_with("DESCRIPTION:") && line.contains("Agency")),
        "{lines:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A recorded move changes one event, and of that event only what tells of the move.
    #[test]
    fn a_move_changes_one_event(was in 1_i8..28, now in 1_i8..28, told in 1_i8..28) {
        let others = [
            ("portal.yaml", PORTAL),
            ("releases/other.yaml", "product: benefits\ncontents: []\nschedule: {install: 2026-12-01T20:00}\n"),
            ("environments/uat.yaml", "kind: test\nclonings: [{id: c, from: 2026-12-03, announce_by: 2026-11-20}]\n"),
        ];
        let text = |install: i8, changes: &str| {
            let schedule = format!("{{freeze: 2026-10-01, install: 2026-11-{install:02}T20:00}}");
            let release = release(&schedule, changes);
            let mut files = others.to_vec();
            files.push(("releases/r.yaml", &release));
            calendar(&files, &Scope::All)
        };
        let change = format!("schedule_changes: [{{at: 2026-09-{told:02}, event: install, was: 2026-11-{was:02}T20:00}}]\n");
        let (before, after) = (text(was, ""), text(now, &change));
        let by_uid = |calendar: &str| -> std::collections::BTreeMap<String, Vec<String>> {
            events(calendar).into_iter().map(|mut lines| (lines.remove(0), lines)).collect()
        };
        let (first, second) = (by_uid(&before), by_uid(&after));
        prop_assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        let changed: Vec<&String> = first.keys().filter(|uid| first.get(*uid) != second.get(*uid)).collect();
        prop_assert_eq!(changed.len(), 1);
        let lines = &second[changed[0]];
        prop_assert!(lines.contains(&"SEQUENCE:1".to_owned()), "{:?}", lines);
        let start = format!("DTSTART;TZID=Europe/Tallinn:202611{now:02}T200000");
        prop_assert!(lines.contains(&start), "{:?}", lines);
    }
}
