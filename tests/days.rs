//! The example portal on sixty days, one build a day: every state changes on its day and on no other, and the
//! calendars never change. What is compared are the bytes of the files and pages that a build writes; those of
//! which the day changes nothing but their "as of" are not drawn.

use std::collections::{BTreeMap, BTreeSet};

mod portal;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use juhend::derive::page::routes::Subject;
use juhend::model::Site;
use juhend::model::audience::Audience;
use juhend::render::atom::Feed;
use juhend::render::export::api::Api;
use juhend::render::{Content, Page, plan};
use portal::Look;
use rayon::prelude::*;
use serde_json::Value;

const FIRST: Date = date(2026, 9, 28);

/// Sixty days: the October release from its freeze to long after its install, and a cloning.
fn days() -> Vec<Date> {
    (0..60).map(|number| FIRST.saturating_add(number.days())).collect()
}

fn site() -> Site {
    portal::site(Audience::Internal)
}

/// Every calendar of the portal on a day, by its address.
fn calendars(site: &Site, look: &Look, day: Date) -> BTreeMap<String, String> {
    let portal = look.portal(site.clone(), day);
    let pages = plan(&portal, &look.theme).into_iter();
    let calendars = pages.filter(|page| matches!(page.content, Content::Calendar(..)));
    calendars
        .map(|page| {
            let drawn = page.render(&portal, &look.theme).expect("a calendar").expect("bytes");
            (page.address, String::from_utf8(drawn.bytes).expect("UTF-8"))
        })
        .collect()
}

fn uids(calendar: &str) -> BTreeSet<&str> {
    calendar.lines().filter_map(|line| line.strip_prefix("UID:")).collect()
}

#[test]
fn no_calendar_knows_which_day_it_is() {
    let site = site();
    let look = Look::of(&site);
    let first = calendars(&site, &look, FIRST);
    let whole = uids(&first["/schedule.ics"]);
    assert!(whole.len() > 80 && first.len() > 200, "{} events, {} calendars", whole.len(), first.len());
    assert_eq!(whole, uids(&first["/en/schedule.ics"]));
    let is_part = |calendar: &String| uids(calendar).is_subset(&whole);
    assert!(first.values().all(is_part), "every calendar is a part of the whole");
    days().into_par_iter().for_each(|day| {
        let other = calendars(&site, &look, day);
        let differing: Vec<&String> =
            first.keys().filter(|address| first.get(*address) != other.get(*address)).collect();
        assert!(differing.is_empty() && first.len() == other.len(), "on {day}: {differing:?}");
    });
}

/// What the days from 29 September to 26 November 2026 change, worked out by hand from the content. Lines that
/// begin with no day say what the lines below them follow from.
const TURNING_DAYS: &str = "
Environments, `deployments`: what is installed.
2026-09-29 build in prod: 2026.09.0-rc3 → 2026.09.1-rc1
2026-10-07 build in sit: permits-3.3.0-rc2 → 2026.10.0-rc1
2026-10-09 build in preprod: 2026.09.1-rc1 → 2026.10.0-rc1
2026-10-12 build in preprod: 2026.10.0-rc1 → 2026.10.0-rc2
2026-10-12 build in uat: 2026.09.1-rc1 → 2026.10.0-rc2
2026-10-13 build in sit: 2026.10.0-rc1 → permits-3.3.1-rc1
2026-10-14 build in preprod: 2026.10.0-rc2 → 2026.10.0-rc3
2026-10-14 build in sit: permits-3.3.1-rc1 → permits-3.3.1-rc2
2026-10-14 build in uat: 2026.10.0-rc2 → 2026.10.0-rc3

Environments, `readiness`: a check is not known before its day, holds through the day on which its term ends
(30 days in production, 24 hours to 7 days elsewhere), and is stale from the next. In `sit` the users were checked
on the 5th for 7 days and the rest on the 14th, so that it never is ready; in `uat` one check has limits.
2026-09-29 check in prod: Paigalduse järelkontroll: Unknown → Fresh
2026-09-29 environment prod: unknown → ready
2026-10-05 check in sit: Testkasutajad ja rollid: Unknown → Fresh
2026-10-12 check in preprod: Väljuv post läheb testpostkasti: Unknown → Fresh
2026-10-12 check in uat: Väljuv post läheb testpostkasti: Unknown → Fresh
2026-10-13 check in preprod: Funktsioonilippude seis: Unknown → Fresh
2026-10-13 check in sit: Testkasutajad ja rollid: Fresh → Stale
2026-10-14 check in preprod: Näidisregistri simulaator vastab: Unknown → Fresh
2026-10-14 check in preprod: Suitsutest: Unknown → Fresh
2026-10-14 check in sit: Kaarditeenuse ühendus: Unknown → Fresh
2026-10-14 check in sit: Suitsutest: Unknown → Fresh
2026-10-14 environment preprod: unknown → ready
2026-10-15 check in uat: Funktsioonilippude seis: Unknown → Fresh
2026-10-15 check in uat: Näidisregistri ühendus: Unknown → Fresh
2026-10-15 check in uat: Suitsutest: Unknown → Fresh
2026-10-15 environment uat: unknown → limited
2026-10-16 check in sit: Suitsutest: Fresh → Stale
2026-10-19 check in preprod: Näidisregistri simulaator vastab: Fresh → Stale
2026-10-19 check in preprod: Suitsutest: Fresh → Stale
2026-10-19 check in uat: Suitsutest: Fresh → Stale
2026-10-19 environment preprod: ready → unknown
2026-10-19 environment uat: limited → unknown
2026-10-20 check in preprod: Väljuv post läheb testpostkasti: Fresh → Stale
2026-10-20 check in sit: Kaarditeenuse ühendus: Fresh → Stale
2026-10-20 check in uat: Näidisregistri ühendus: Fresh → Stale
2026-10-20 check in uat: Väljuv post läheb testpostkasti: Fresh → Stale
2026-10-21 check in preprod: Funktsioonilippude seis: Fresh → Stale
2026-10-23 check in uat: Funktsioonilippude seis: Fresh → Stale
2026-10-30 check in prod: Paigalduse järelkontroll: Fresh → Stale
2026-10-30 environment prod: ready → unknown

The cloning of `preprod` from 6 November 18:00 to 8 November 12:00: on the 7th it is under way, and no check and no
follow-up is done afterwards; on the 8th it is over, and data that do not survive it are gone, with what waits for them.
2026-11-07 check in preprod: Funktsioonilippude seis: Stale → Overwritten
2026-11-07 check in preprod: Näidisregistri simulaator vastab: Stale → Overwritten
2026-11-07 check in preprod: Suitsutest: Stale → Overwritten
2026-11-07 check in preprod: Väljuv post läheb testpostkasti: Stale → Overwritten
2026-11-07 environment preprod: unknown → not_ready
2026-11-08 data pensioners-03: Ready → Stale Environment cloned: 08 Nov 2026
2026-11-08 data students-01: Ready → Stale Environment cloned: 08 Nov 2026
2026-11-08 UAT of BEN-2143 in 2026.09: Ready 5/5 → Not ready 4/5 · Missing: test data
2026-11-08 UAT of BEN-2210 in 2026.10: Ready 5/5 → Not ready 4/5 · Missing: test data
2026-11-08 UAT of BEN-2290 in 2026.10: Ready 5/5 → Not ready 4/5 · Missing: test data
2026-11-09 next cloning of preprod: 2026-11 → none

Data, `valid_until`: the last day is a good one.
2026-10-01 data letters-01: Stale → Stale Validity ended: 30 Sept 2026

Reports: issued on their days; due all day, and missing from the next.
2026-10-01 completion report of 2026.09.1: Due → Late by 3 h 30 min of working time
2026-10-14 progress report of 2026.10: Due → On time
2026-10-17 completion report of 2026.10: Due → Missing
2026-10-21 completion report of permits-3.3.1: Not begun → Missing
2026-11-24 completion report of permits-3.4: Not begun → Missing

Gates: only the report can still decide that of 3.4, and it is wanted on its day.
2026-11-23 gate of permits-3.4: unknown → fail

The waiver holds through 15 November.
2026-11-16 waiver W1: In force → Expired

Reviews: due 30 days before their day, overdue after it. Reviewed on 3 November (training) and 5 November 2025, and
on 28 October 2025, which is due since 28 September.
2026-10-04 review of training/70-accessibility: current → due
2026-10-06 review of guides/quality/security-testing: current → due
2026-10-29 review of guides/preparation/feature-flags: due → overdue
2026-11-04 review of training/70-accessibility: due → overdue
2026-11-06 review of guides/quality/security-testing: due → overdue

Questions: asked, answered.
2026-10-01 question “Kuidas testida panga vastust, kui testteenus nädalavahetusel ei tööta?”: – → waits
2026-10-05 question “What happens to our test data in the November cloning?”: – → waits
2026-10-07 question “What happens to our test data in the November cloning?”: waits → answered
2026-10-14 question “Kas ekraanilugejaga tuleb testida igas väljalaskes?”: – → waits

Tickets, counted in the snapshots of three Fridays; there is none later.
2026-10-02 overdue tickets: – → 3
2026-10-02 stalled tickets: 10 → 9
2026-10-09 overdue tickets: 3 → 1
2026-10-09 stalled tickets: 9 → 7
2026-10-16 overdue tickets: 1 → 10
2026-10-16 stalled tickets: 7 → 10

News: two reports issued, one revised, a date moved.
2026-10-01 news “Testimise lõppraport, kiirparandus 2026.09.1”: – → 2026-10-01T15:30:00+03:00
2026-10-08 news “Install: October release (2026.10)”: – → 2026-10-08T11:05:00+03:00
2026-10-13 news “Testimise lõppraport, load 3.3”: 2026-09-09T10:40:00+03:00 → 2026-10-13T00:00:00+03:00
2026-10-14 news “Test progress report, release 2026.10”: – → 2026-10-14T11:30:00+03:00

Releases: the earliest event that is not over, on the day after the one before it.
2026-09-29 next of 2026.09.1: test_deadline → install
2026-09-30 next of 2026.09.1: install → report_due
2026-10-02 next of 2026.09.1: report_due → none
2026-10-08 next of 2026.10: freeze → test_start
2026-10-13 next of 2026.10: test_start → test_deadline
2026-10-16 next of 2026.10: test_deadline → report_due
2026-10-17 next of 2026.10: report_due → decision
2026-10-20 next of 2026.10: decision → install
2026-10-21 next of 2026.10: install → none
2026-10-15 next of permits-3.3.1: test_start → test_deadline
2026-10-20 next of permits-3.3.1: test_deadline → report_due
2026-10-21 next of permits-3.3.1: report_due → install
2026-10-22 next of permits-3.3.1: install → none
2026-11-12 next of permits-3.4: freeze → test_start
2026-11-17 next of permits-3.4: test_start → test_deadline
2026-11-21 next of permits-3.4: test_deadline → report_due
2026-11-24 next of permits-3.4: report_due → decision
2026-11-25 next of permits-3.4: decision → install

Events are past on the day after their last: of releases,
2026-09-29 past 2026-09-28: Install decision: 2026.09.1: – → yes
2026-09-29 past 2026-09-28: Test deadline: 2026.09.1: – → yes
2026-09-30 past 2026-09-29: Install: 2026.09.1: – → yes
2026-10-02 past 2026-10-01: Report due: 2026.09.1: – → yes
2026-10-08 past 2026-10-07: Change freeze: 2026.10: – → yes
2026-10-13 past 2026-10-12: Start of testing: 2026.10: – → yes
2026-10-16 past 2026-10-15: Test deadline: 2026.10: – → yes
2026-10-17 past 2026-10-16: Report due: 2026.10: – → yes
2026-10-20 past 2026-10-19: Install decision: 2026.10: – → yes
2026-10-21 past 2026-10-20: Install: 2026.10 Was: 19 Oct 2026, 20:00 (Partneri katkestus: Näidispanga hooldus 19. oktoobri õhtul): – → yes
2026-10-15 past 2026-10-14: Start of testing: permits-3.3.1: – → yes
2026-10-20 past 2026-10-19: Test deadline: permits-3.3.1: – → yes
2026-10-21 past 2026-10-20: Report due: permits-3.3.1: – → yes
2026-10-21 past 2026-10-20: Install decision: permits-3.3.1: – → yes
2026-10-22 past 2026-10-21: Install: permits-3.3.1: – → yes
2026-11-12 past 2026-11-11: Change freeze: permits-3.4: – → yes
2026-11-17 past 2026-11-16: Start of testing: permits-3.4: – → yes
2026-11-21 past 2026-11-20: Test deadline: permits-3.4: – → yes
2026-11-24 past 2026-11-23: Report due: permits-3.4: – → yes
2026-11-25 past 2026-11-24: Install decision: permits-3.4: – → yes
of a report with a time of its own,
2026-10-15 past 2026-10-14: Report due: Test progress report, release 2026.10: – → yes
of the cloning,
2026-10-31 past 2026-10-30: Announcement of cloning: Pre-production: – → yes
2026-11-09 past 2026-11-06: Cloning: Pre-production until 8 Nov, 12:00: – → yes
2026-11-09 past 2026-11-08: Follow-up of cloning: Pre-production Outgoing mail redirected to the test mailbox: – → yes
2026-11-09 past 2026-11-08: Follow-up of cloning: Pre-production Check of the masking confirmed: – → yes
2026-11-10 past 2026-11-09: Follow-up of cloning: Pre-production Feature-flag states restored: – → yes
2026-11-10 past 2026-11-09: Follow-up of cloning: Pre-production Test gateway of Example Bank connected: – → yes
2026-11-12 past 2026-11-11: Follow-up of cloning: Pre-production Test-data sets prepared again: – → yes
and of trainings.
2026-10-02 past 2026-10-01: Training: Testing a hot-fix Online: – → yes
2026-10-07 past 2026-10-06: Training: Basics of testing Training room 2: – → yes
2026-10-09 past 2026-10-08: Training: Reporting defects Training room 2: – → yes
2026-10-22 past 2026-10-21: Training: Reporting defects Online: – → yes
2026-10-23 past 2026-10-22: Training: Acceptance testing Training room 1: – → yes
2026-10-28 past 2026-10-27: Training: Reports and the install decision Training room 1: – → yes
2026-10-29 past 2026-10-28: Training: Testide kavandamine Training room 1: – → yes
2026-11-04 past 2026-11-03: Training: Basics of testing Online: – → yes
2026-11-06 past 2026-11-05: Training: Testandmed Online: – → yes
2026-11-11 past 2026-11-10: Training: Ligipääsetavuse testimine Training room 2: – → yes
2026-11-13 past 2026-11-12: Training: Testing a hot-fix Online: – → yes
2026-11-18 past 2026-11-17: Training: Acceptance testing Online: – → yes
";

/// What the portal says on a day, in the words of its own files and pages.
type States = BTreeMap<String, String>;

/// The English files and pages of a day, by their addresses.
fn built(site: &Site, look: &Look, day: Date) -> BTreeMap<String, String> {
    let portal = look.portal(site.clone(), day);
    let lists = ["data", "uat", "reports", "advice", "schedule"].map(|list| format!("/en/{list}/"));
    let is_about_a_day = |page: &&Page| match &page.content {
        Content::Api(api) => matches!(api, Api::Environments | Api::Releases | Api::Review | Api::Gate),
        Content::Feed(feed, language) => language == "en" && *feed != Feed::All,
        Content::Html { subject, language } if language == "en" => {
            matches!(subject, Subject::Environment(_) | Subject::Home)
                || *subject == Subject::Release("2026.10".to_owned())
                || lists.contains(&page.address)
        }
        _ => false,
    };
    let mut files = BTreeMap::new();
    for page in plan(&portal, &look.theme).iter().filter(is_about_a_day) {
        let drawn = page.render(&portal, &look.theme).expect("a page").expect("bytes");
        for (address, bytes) in drawn.beside.into_iter().chain([(page.address.clone(), drawn.bytes)]) {
            files.insert(address, String::from_utf8(bytes).expect("UTF-8"));
        }
    }
    files
}

/// The rows of a table, without its head; none, where the page has no such table on the day.
fn rows(files: &BTreeMap<String, String>, address: &str) -> Vec<Vec<String>> {
    let table = files.get(address).map_or("", String::as_str).trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// The entries of a file for programs.
fn entries(files: &BTreeMap<String, String>, name: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(&files[&format!("/api/{name}.json")]).expect("JSON");
    file[name].as_array().expect("a list").clone()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or("none").to_owned()
}

/// What stands between two marks, again and again.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|part| part.split(to).next()).collect()
}

/// HTML as its words.
fn plain(html: &str) -> String {
    let text: String =
        html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn states(files: &BTreeMap<String, String>) -> States {
    let mut states = States::new();
    let mut say = |what: String, state: String| states.insert(what, state);
    for entry in entries(files, "environments") {
        let id = word(&entry["id"]);
        say(format!("environment {id}"), word(&entry["state"]));
        say(format!("build in {id}"), word(&entry["build"]));
        say(format!("next cloning of {id}"), word(&entry["next_cloning"]["id"]));
        for row in rows(files, &format!("/en/environments/{id}/checks.csv")) {
            say(format!("check in {id}: {}", row[0]), row[4].clone());
        }
    }
    for entry in entries(files, "releases") {
        say(format!("next of {}", word(&entry["id"])), word(&entry["next"]["event"]));
    }
    for entry in entries(files, "gate") {
        say(format!("gate of {}", word(&entry["release"])), word(&entry["result"]));
    }
    for entry in entries(files, "review") {
        say(format!("review of {}", word(&entry["key"])), word(&entry["state"]));
    }
    for table in ["due", "missing", "issued"] {
        for row in rows(files, &format!("/en/reports/{table}.csv")) {
            let standing = row[2].split([',', '\n']).next().unwrap_or_default();
            let release = row[1].split(' ').next().unwrap_or_default();
            let kind = if row[0].contains("progress") { "progress" } else { "completion" };
            say(format!("{kind} report of {release}"), standing.to_owned());
        }
    }
    for row in rows(files, "/en/data/sets.csv") {
        let id = row[0].rsplit(' ').next().unwrap_or_default();
        say(format!("data {id}"), row[1].clone());
    }
    for address in files.keys().filter(|address| address.starts_with("/en/uat/release-")) {
        for row in rows(files, address) {
            let key = row[0].split(' ').next().unwrap_or_default();
            let of = address.trim_start_matches("/en/uat/release-").trim_end_matches(".csv");
            say(format!("UAT of {key} in {of}"), row[1].clone());
        }
    }
    for (table, state) in [("open", "waits"), ("answered", "answered")] {
        for row in rows(files, &format!("/en/advice/{table}.csv")) {
            let question = row[0].split('?').next().unwrap_or_default();
            say(format!("question “{question}?”"), state.to_owned());
        }
    }
    for row in rows(files, "/en/releases/2026.10/waivers.csv") {
        say(format!("waiver {}", row[0].split(' ').next().unwrap_or_default()), row[1].clone());
    }
    for tile in between(&files["/en/"], "<li class=\"tile ", "</li>") {
        let tile = plain(tile.split_once('>').map_or("", |(_, tile)| tile));
        let (count, what) = tile.split_once(' ').expect("a number and what it counts");
        if let Some(what) = what.strip_suffix("tickets").or_else(|| what.strip_suffix("ticket")) {
            say(format!("{what}tickets"), count.to_owned());
        }
    }
    for feed in ["decisions", "reports", "schedule"] {
        for entry in between(&files[&format!("/en/feed/{feed}.xml")], "<entry>", "</entry>") {
            let of = |name: &str| between(entry, &format!("<{name}>"), "</").concat();
            say(format!("news “{}”", of("title")), of("updated"));
        }
    }
    let past = between(&files["/en/schedule/"], "id=\"past\"", "</section>").concat();
    for row in between(&past, "<li>", "</li>") {
        let [day] = between(row, "datetime=\"", "\"")[..] else { panic!("one day in {row}") };
        let what = row.split_once("</svg>").expect("an icon").1.split("<span class=\"aside\"").next();
        say(format!("past {}: {}", &day[..10], plain(what.unwrap_or_default())), "yes".to_owned());
    }
    states
}

#[test]
fn every_state_changes_on_its_day_and_no_other() {
    let site = site();
    let look = Look::of(&site);
    let told: Vec<(Date, States)> =
        days().into_par_iter().map(|day| (day, states(&built(&site, &look, day)))).collect();
    let mut found = BTreeSet::new();
    for pair in told.windows(2) {
        let [(_, before), (day, after)] = pair else { continue };
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names.into_iter().filter(|name| before.get(*name) != after.get(*name)) {
            let state =
                |states: &States| states.get(name).map_or("–", String::as_str).replace(['\n', '\u{a0}'], " ");
            found.insert(format!("{day} {name}: {} → {}", state(before), state(after)));
        }
    }
    let wanted: BTreeSet<String> = TURNING_DAYS
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("2026-"))
        .map(str::to_owned)
        .collect();
    let list = |lines: Vec<&String>| lines.into_iter().map(|line| format!("\n  {line}")).collect::<String>();
    let (unforeseen, missing) = (found.difference(&wanted).collect(), wanted.difference(&found).collect());
    assert!(found == wanted, "not foreseen:{}\ndid not come:{}", list(unforeseen), list(missing));
}
