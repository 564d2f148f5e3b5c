//! The two catalogues that come with the program, and how texts are looked up.

use std::collections::BTreeSet;

use super::{catalogue::Entry, fill::placeholders, *};

const ESTONIAN: &str = include_str!("../../themes/default/words/et.yaml");
const ENGLISH: &str = include_str!("../../themes/default/words/en.yaml");

pub(super) fn estonian() -> Words {
    made("et", &[("et.yaml", ESTONIAN)])
}

pub(super) fn english() -> Words {
    made("en", &[("en.yaml", ENGLISH)])
}

/// Words of a language that has no catalogue of its own.
pub(super) fn foreign(tag: &str) -> Words {
    let (words, faults) = made(tag, &[]).or(&english());
    assert_eq!(faults, []);
    words
}

fn made(tag: &str, layers: &[(&str, &str)]) -> Words {
    let (words, faults) = Words::new(Language::new(tag), layers);
    assert_eq!(faults, []);
    words
}

fn shared<T: Send + Sync>() {}

#[test]
fn words_are_shared_between_threads() {
    shared::<Words>();
}

#[test]
fn both_catalogues_have_the_same_keys() {
    let keys = |words: &Words| words.own.entries().map(|(key, _)| key.to_owned()).collect::<BTreeSet<_>>();
    let (estonian, english) = (keys(&estonian()), keys(&english()));
    assert_eq!(estonian.symmetric_difference(&english).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(estonian.len() > 1000, "the catalogues are read whole");
}

#[test]
fn both_catalogues_have_the_same_placeholders() {
    let english = english();
    for (key, entry) in estonian().own.entries().filter(|(key, _)| !key.starts_with("pattern.")) {
        let other = english.own.get(key).expect("the same keys");
        assert_eq!(names(entry), names(other), "{key}");
    }
}

/// What a text names. A plural's forms must all name the same.
fn names(entry: &Entry) -> BTreeSet<&str> {
    match entry {
        Entry::Text(text) => placeholders(text).into_iter().collect(),
        Entry::Plural(forms) => {
            let mut all: Vec<BTreeSet<_>> =
                forms.values().map(|text| placeholders(text).into_iter().collect()).collect();
            let first = all.pop().unwrap_or_default();
            assert!(all.iter().all(|names| *names == first), "{forms:?}");
            first
        }
    }
}

#[test]
fn every_plural_has_the_forms_its_language_asks_for() {
    for words in [estonian(), english()] {
        for (key, entry) in words.own.entries() {
            if let Entry::Plural(forms) = entry {
                assert!(forms.keys().eq(["one", "other"]), "{key}");
            }
        }
    }
}

#[test]
fn no_text_is_empty_or_padded() {
    for words in [estonian(), english()] {
        for (key, entry) in words.own.entries() {
            let texts: Vec<&String> = match entry {
                Entry::Text(text) => vec![text],
                Entry::Plural(forms) => forms.values().collect(),
            };
            for text in texts {
                assert!(!text.is_empty() && text.trim() == text, "{key}: `{text}`");
                assert!(!text.contains('"') && !text.contains("..."), "{key}: `{text}`");
            }
        }
    }
}

#[test]
fn estonian_puts_no_ending_on_a_placeholder() {
    for (key, entry) in estonian().own.entries() {
        let Entry::Text(text) = entry else { continue };
        let ended = text
            .match_indices('}')
            .any(|(at, _)| text[at + 1..].starts_with(|next: char| next == '-' || next.is_alphabetic()));
        assert!(!ended, "{key}: `{text}`");
    }
}

#[test]
fn counts_take_the_partitive() {
    let words = estonian();
    assert_eq!(words.count("count.releases", 1), "1 väljalase");
    assert_eq!(words.count("count.releases", 0), "0 väljalaset");
    assert_eq!(words.count("count.runs", 21), "21 testijooksu");
    assert_eq!(words.count("count.tests", 12345), "12\u{a0}345 testi");
    assert_eq!(english().count("count.releases", 1), "1 release");
    assert_eq!(english().count("count.tests", 12345), "12,345 tests");
}

#[test]
fn counts_take_further_placeholders() {
    let (words, faults) = Words::new(
        Language::new("et"),
        &[("t", "a: {b: {one: '{n} viga: {where}', other: '{n} viga: {where}'}}")],
    );
    assert_eq!(faults, []);
    assert_eq!(words.count_with("a.b", 3, &[("where", "SIT")]), "3 viga: SIT");
}

#[test]
fn a_text_without_forms_counts_too() {
    let (words, _) = Words::new(Language::new("et"), &[("t", "a: 'Veel {n}'")]);
    assert_eq!(words.count("a", 5), "Veel 5");
}

#[test]
fn a_missing_key_gives_itself() {
    let words = estonian();
    assert_eq!(words.text("no.such.key"), "no.such.key");
    assert_eq!(words.fill("no.such.key", &[("n", "1")]), "no.such.key");
    assert_eq!(words.count("no.such.key", 2), "no.such.key");
    assert_eq!(words.text("nav"), "nav");
    assert_eq!(words.text(""), "");
}

#[test]
fn placeholders_are_filled() {
    assert_eq!(
        estonian().fill("page.updated", &[("date", "22. november 2026")]),
        "Viimati uuendatud: 22. november 2026"
    );
    assert_eq!(english().fill("page.as_of", &[]), "As of {date}");
}

#[test]
fn a_portal_overrides_key_by_key() {
    let layers = [("et.yaml", ESTONIAN), ("portal/et.yaml", "nav: {home: Esileht}")];
    let (words, faults) = Words::new(Language::new("et"), &layers);
    assert_eq!(faults, []);
    assert_eq!(words.text("nav.home"), "Esileht");
    assert_eq!(words.text("nav.main"), "Põhimenüü");
}

#[test]
fn a_bad_layer_is_reported_and_left_out() {
    let layers = [("et.yaml", "nav: {home: Avaleht}"), ("portal/et.yaml", "nav:\n  home: 1\n")];
    let (words, faults) = Words::new(Language::new("et"), &layers);
    assert_eq!(words.text("nav.home"), "Avaleht");
    let [fault] = faults.as_slice() else { panic!("one fault, found {faults:?}") };
    assert!(fault.to_string().starts_with("portal/et.yaml:2:3: "), "{fault}");
}

#[test]
fn a_language_without_a_text_takes_the_base_languages() {
    let (words, _) = Words::new(Language::new("fi"), &[("fi.yaml", "nav: {home: Etusivu}")]);
    let (words, faults) = words.or(&english());
    assert_eq!(faults, []);
    assert_eq!(words.text("nav.home"), "Etusivu");
    assert_eq!(words.text("nav.next"), "Next");
    assert!(words.has("nav.home") && !words.has("nav.next"));
    assert_eq!(words.catalogue()["nav"]["home"], "Etusivu");
    let marked = format!("{}en{}Next{}", spoken::BEGIN, spoken::SPEAKS, spoken::END);
    assert_eq!(words.catalogue()["nav"]["next"], marked.as_str(), "templates know whose text it is");
}

#[test]
fn a_base_keeps_the_shape_of_its_keys() {
    let (words, _) = Words::new(Language::new("fi"), &[("fi.yaml", "nav: Valikko\npage: {edit: Muokkaa}")]);
    let (words, faults) = words.or(&english());
    let [fault] = faults.as_slice() else { panic!("one fault, found {faults:?}") };
    assert_eq!(fault.to_string(), "fi.yaml: `nav` is a section, found a text");
    assert_eq!(words.text("nav.home"), "Home");
    assert_eq!(words.text("page.edit"), "Muokkaa");
}

#[test]
fn templates_get_nested_texts() {
    let catalogue = estonian().catalogue();
    assert_eq!(catalogue["nav"]["skip"], "Liigu põhisisu juurde");
    assert_eq!(catalogue["count"]["days"]["other"], "{n} päeva");
    assert_eq!(
        catalogue["counting"]["pass_rate"]["text"].as_str().map(|text| text.starts_with("L ÷ X")),
        Some(true)
    );
    assert_eq!(catalogue["value"]["yes"], "Jah");
    assert_eq!(catalogue["flag_state"]["on"], "Sees");
}

#[test]
fn a_deep_catalogue_is_refused() {
    let deep = format!("{}a{}", "{a: ".repeat(100_000), "}".repeat(100_000));
    assert!(read(&deep).is_err());
}

proptest::proptest! {
    #[test]
    fn no_text_stops_the_program(text in "\\PC*", shaped in "([a-c]{0,2}(: ?|\\{|\\}|,|\n| |\\.|other))*") {
        for text in [&text, &shaped] {
            let (words, _) = Words::new(Language::new(text), &[("t", text)]);
            words.catalogue();
            words.count(text, 1);
            fill::fill(text, &[(text, text)]);
        }
    }

    #[test]
    fn no_number_stops_the_program(number: i64, places: u8, count: usize, amount: u64) {
        let (words, _) = Words::new(Language::new("et"), &[]);
        words.signed(number);
        words.decimal(number, places);
        words.percent_tenths(number);
        words.of(count, count);
        words.relative_days(number);
        words.duration(amount);
        words.duration_millis(amount);
        words.file_size(amount);
    }
}

/// Says something in a language.
type Said = Box<dyn Fn(&Words) -> String>;

/// What readers see, the same in both languages. A space that does not break is written `_`.
#[test]
fn both_languages_side_by_side() {
    use jiff::civil::date;
    let day = date(2026, 11, 3);
    let at = day.at(9, 5, 0, 0);
    let days = |until| move |words: &Words| words.date_range(day, until);
    let hours = |until| move |words: &Words| words.date_time_range(at, until);
    let table: Vec<(Said, &str, &str)> = vec![
        (Box::new(move |words| words.date(day)), "3. nov 2026", "3 Nov 2026"),
        (Box::new(move |words| words.date_table(day)), "03.11.2026", "03 Nov 2026"),
        (Box::new(move |words| words.date_long(day)), "3. november 2026", "3 November 2026"),
        (
            Box::new(move |words| words.date_full(day)),
            "teisipäev, 3. november 2026",
            "Tuesday, 3 November 2026",
        ),
        (Box::new(move |words| words.date_time(at)), "3. nov 2026 09:05", "3 Nov 2026, 09:05"),
        (Box::new(days(day)), "3. nov 2026", "3 Nov 2026"),
        (Box::new(days(date(2026, 11, 9))), "3.–9. nov 2026", "3–9 Nov 2026"),
        (Box::new(days(date(2026, 12, 1))), "3. nov – 1. dets 2026", "3 Nov – 1 Dec 2026"),
        (Box::new(days(date(2027, 11, 3))), "3. nov 2026 – 3. nov 2027", "3 Nov 2026 – 3 Nov 2027"),
        (Box::new(hours(day.at(17, 0, 0, 0))), "3. nov 2026 09:05–17:00", "3 Nov 2026, 09:05–17:00"),
        (
            Box::new(hours(date(2026, 11, 4).at(0, 0, 0, 0))),
            "3. nov 09:05 – 4. nov 2026 00:00",
            "3 Nov, 09:05 – 4 Nov 2026, 00:00",
        ),
        // ISO weeks belong to the year that has most of their days.
        (Box::new(|words| words.week(date(2026, 1, 1))), "1. nädal (2026)", "Week 1 (2026)"),
        (Box::new(|words| words.week(date(2027, 1, 3))), "53. nädal (2026)", "Week 53 (2026)"),
        (Box::new(|words| words.week(date(2027, 1, 4))), "1. nädal (2027)", "Week 1 (2027)"),
        (Box::new(|words| words.integer(1_234)), "1234", "1,234"),
        (Box::new(|words| words.integer(-1_234_567)), "−1_234_567", "-1,234,567"),
        (Box::new(|words| words.decimal(123_456, 2)), "1234,56", "1,234.56"),
        (Box::new(|words| words.percent_tenths(934)), "93,4%", "93.4%"),
        (Box::new(|words| words.percent_tenths(1000)), "100%", "100%"),
        (Box::new(|words| words.duration(5_400)), "1_t 30_min", "1_h 30_min"),
        (Box::new(|words| words.file_size(1_234_567)), "1,2_MB", "1.2_MB"),
        (Box::new(|words| words.list(&["SIT"])), "SIT", "SIT"),
        (Box::new(|words| words.list(&["SIT", "UAT"])), "SIT ja UAT", "SIT and UAT"),
        (Box::new(|words| words.list(&["SIT", "UAT", "E2E"])), "SIT, UAT ja E2E", "SIT, UAT and E2E"),
        (Box::new(|words| words.choice(&["SIT", "UAT"])), "SIT või UAT", "SIT or UAT"),
        (Box::new(|words| words.count("count.cases", 0)), "0 testilugu", "0 test cases"),
        (Box::new(|words| words.count("count.cases", 1)), "1 testilugu", "1 test case"),
        (Box::new(|words| words.count("count.weeks", 1)), "1 nädal", "1 week"),
        (Box::new(|words| words.count("count.weeks", 2)), "2 nädalat", "2 weeks"),
        (Box::new(|words| words.count("count.weeks", 101)), "101 nädalat", "101 weeks"),
        (Box::new(|words| words.relative_days(1)), "homme", "tomorrow"),
        (Box::new(|words| words.relative_days(-2)), "2 päeva eest", "2 days ago"),
    ];
    let (estonian, english) = (estonian(), english());
    for (said, et, en) in table {
        let plain = |words: &Words| said(words).replace('\u{a0}', "_");
        assert_eq!((plain(&estonian).as_str(), plain(&english).as_str()), (et, en));
    }
}
