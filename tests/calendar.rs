//! A move of one date in the example portal, and what it changes in the calendar of everything.

use std::collections::{BTreeMap, BTreeSet};

mod portal;

use jiff::civil::date;
use juhend::model::audience::Audience;
use juhend::source::{SourceFile, Sources};
use portal::Look;

const RELEASE: &str = "content/releases/2026.10.yaml";

/// The English calendar of everything, unfolded, with the file of the October release after `edit`.
fn calendar(edit: &dyn Fn(String) -> String) -> String {
    let sources = portal::sources();
    let files = sources
        .files()
        .iter()
        .map(|file| {
            let text = file.text.as_deref().expect("a text").to_owned();
            let text = if file.path == RELEASE { edit(text) } else { text };
            SourceFile::new(file.path.clone(), text.as_bytes())
        })
        .collect();
    let sources = Sources::new(files, Vec::new());
    let site = portal::site_of(&sources, Audience::Internal);
    let look = Look::of(&site);
    let drawn = look.drawn(&look.portal(site, date(2026, 10, 16)), "/en/schedule.ics");
    String::from_utf8(drawn.bytes).expect("UTF-8").replace("\r\n ", "")
}

/// The lines of each event by its UID, and those before the first under nothing.
fn by_event(calendar: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut parts = calendar.split("BEGIN:VEVENT\r\n");
    let head = parts.next().unwrap_or_default();
    let events = parts.map(|part| {
        let uid = part.lines().find_map(|line| line.strip_prefix("UID:")).expect("a UID");
        (uid, part.lines().collect())
    });
    events.chain([("", head.lines().collect())]).collect()
}

#[test]
fn a_move_of_one_install_changes_one_event_and_nothing_else() {
    let before = calendar(&|text| text);
    let after = calendar(&|text| {
        let moved = text.replace("2026-10-20T2", "2026-10-22T2").replace(
            "schedule_changes:\n",
            "schedule_changes:\n  - {at: 2026-10-15T16:20, event: install, was: 2026-10-20T20:00, reason: D-317}\n",
        );
        assert_ne!(text, moved);
        moved
    });
    let (first, second) = (by_event(&before), by_event(&after));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert!(first.len() > 80, "{} events", first.len());
    let changed: Vec<&&str> = first.keys().filter(|uid| first.get(*uid) != second.get(*uid)).collect();
    // The head says when anything in the file was last changed.
    let install = "59dd52d1-9953-86ec-95b9-6fd67fbf72e2";
    assert_eq!(changed, [&"", &install]);
    let difference =
        |one: &BTreeMap<&str, BTreeSet<&str>>, other: &BTreeMap<&str, BTreeSet<&str>>, uid: &str| {
            one[uid].difference(&other[uid]).map(|line| (*line).to_owned()).collect::<Vec<String>>()
        };
    assert_eq!(difference(&first, &second, ""), ["LAST-MODIFIED:20261008T080500Z"]);
    assert_eq!(difference(&second, &first, ""), ["LAST-MODIFIED:20261015T132000Z"]);
    assert_eq!(
        difference(&first, &second, install),
        [
            "DESCRIPTION:Product: Benefits\\nWas: 19 Oct 2026\\, 20:00 (Partneri katkestus: Näidispanga hooldus 19. \
             oktoobri õhtul). Told: 08 Oct 2026\\, 11:05\\nMore: https://testing.example.ee/en/releases/2026.10/",
            "DTEND;TZID=Europe/Tallinn:20261020T230000",
            "DTSTAMP:20261008T080500Z",
            "DTSTART;TZID=Europe/Tallinn:20261020T200000",
            "LAST-MODIFIED:20261008T080500Z",
            "SEQUENCE:1",
        ]
    );
    assert_eq!(
        difference(&second, &first, install),
        [
            "DESCRIPTION:Product: Benefits\\nWas: 19 Oct 2026\\, 20:00 (Partneri katkestus: Näidispanga hooldus 19. \
             oktoobri õhtul). Told: 08 Oct 2026\\, 11:05\\nWas: 20 Oct 2026\\, 20:00 (D-317). Told: 15 Oct 2026\\, \
             16:20\\nMore: https://testing.example.ee/en/releases/2026.10/",
            "DTEND;TZID=Europe/Tallinn:20261022T230000",
            "DTSTAMP:20261015T132000Z",
            "DTSTART;TZID=Europe/Tallinn:20261022T200000",
            "LAST-MODIFIED:20261015T132000Z",
            "SEQUENCE:2",
        ]
    );
}

/// Whoever has the release in a calendar is told that it will not come.
#[test]
fn a_release_that_is_called_off_keeps_its_events() {
    let before = calendar(&|text| text);
    let after = calendar(&|text| text.replace("status: in_test", "status: cancelled"));
    let (first, second) = (by_event(&before), by_event(&after));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    let changed: Vec<&&str> = first.keys().filter(|uid| first.get(*uid) != second.get(*uid)).collect();
    assert_eq!(changed.len(), 6, "freeze, start, deadline, report, decision, install");
    for uid in changed {
        assert!(second[*uid].contains("STATUS:CANCELLED"), "{:?}", second[*uid]);
        assert!(
            second[*uid].iter().any(|line| line.starts_with("SUMMARY:Cancelled: ")),
            "{:?}",
            second[*uid]
        );
    }
}
