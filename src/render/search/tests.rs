//! The index of small trees.

use std::sync::Arc;

use super::*;
use crate::model::audience::Audience;
use crate::parse::sample::tree_for;
use crate::render::theme::ThemeFiles;

/// The portal of a tree, with its theme.
fn portal(audience: Audience, files: &[(&str, &str)]) -> (Portal, Theme) {
    let site = tree_for(audience, files);
    let (words, _) = ThemeFiles::builtin().words(&site.languages);
    let theme = Theme::new(&ThemeFiles::builtin(), &words, Vec::new()).expect("the theme");
    let words = words.into_iter().map(Arc::new).collect();
    (Portal::new(site, jiff::civil::date(2026, 10, 16), words, None), theme)
}

/// Every file of the index in one text.
fn whole(audience: Audience, files: &[(&str, &str)], language: &str) -> String {
    let (portal, theme) = portal(audience, files);
    let drawn = index(&portal, &theme, language);
    let beside = drawn.beside.iter().flat_map(|(_, bytes)| bytes);
    String::from_utf8_lossy(&drawn.bytes.iter().chain(beside).copied().collect::<Vec<u8>>()).into_owned()
}

const TREE: [(&str, &str); 4] = [
    ("portal.yaml", "title: {et: Portaal, en: Portal}\nlanguages: [en, et]\n"),
    ("guides/close.md", "# Close the ledger\n\nBefore.\n\n## By hand\n\nCount twice.\n"),
    ("guides/close.et.md", "# Sulge pearaamat\n\nEnne.\n\n## Käsitsi\n\nLoe kaks korda.\n"),
    ("cases/all.yaml", "cases: [{id: BEN-142, title: Pays, steps: [Open the form]}]"),
];

fn entries(files: &[(&str, &str)], language: &'static str) -> Vec<Entry<'static>> {
    let (portal, theme) = portal(Audience::Internal, files);
    // Entries read texts where they are.
    let (portal, theme) = (Box::leak(Box::new(portal)), Box::leak(Box::new(theme)));
    entry::all(portal, theme, language)
}

#[test]
fn a_page_is_found_by_its_headings() {
    let all = entries(&TREE, "et");
    let guide = all.iter().find(|entry| entry.kind == "guide").expect("the guide");
    let told: Vec<_> =
        guide.passages.iter().map(|passage| (&*passage.anchor, &*passage.heading, &*passage.text)).collect();
    assert_eq!(guide.title, "Sulge pearaamat");
    assert_eq!(told, [("", "", "Enne."), ("käsitsi", "Käsitsi", "Loe kaks korda.")]);
    // English where there is no other text.
    assert_eq!(
        entries(&TREE, "en").iter().find(|entry| entry.kind == "guide").expect("it").title,
        "Close the ledger"
    );
}

#[test]
fn a_record_is_found_by_its_id_and_by_what_people_wrote() {
    let all = entries(&TREE, "en");
    let case = all.iter().find(|entry| entry.kind == "case").expect("the case");
    assert_eq!((case.codes.as_slice(), case.title.as_str()), (&["BEN-142".to_owned()][..], "Pays"));
    let steps = case.passages.iter().find(|passage| passage.anchor == "steps").expect("its steps");
    assert_eq!((&*steps.heading, &*steps.text), ("Steps", "Open the form"));
}

#[test]
fn kinds_stand_together() {
    let all = entries(&TREE, "en");
    let kinds: Vec<&str> = all.iter().map(|entry| entry.kind).collect();
    let firsts: Vec<&str> = kinds.chunk_by(|a, b| a == b).map(|kind| kind[0]).collect();
    assert_eq!(firsts, ["guide", "case", "page"]);
}

#[test]
fn each_language_has_its_own_index() {
    let (et, en) = (whole(Audience::Internal, &TREE, "et"), whole(Audience::Internal, &TREE, "en"));
    assert!(et.contains("Sulge pearaamat") && !et.contains("Close the ledger"));
    assert!(en.contains("Close the ledger") && en.contains("\"../guides/close/\""));
    assert!(et.contains("\"all\":\"Juhendid\"") && en.contains("\"all\":\"Guides\""));
}

#[test]
fn nobody_finds_what_they_may_not_see() {
    let files = [
        ("guides/a.md", "---\naudience: restricted\n---\n# Strongroom\n\nCombination.\n"),
        ("guides/b.md", "# Open\n\nAll.\n\n:::internal\n## Cellar\n\nKeyring.\n:::\n"),
        ("guides/c.md", "---\nhidden: true\n---\n# Attic\n\nDust.\n"),
        ("guides/index.md", "# Guides\n"),
        ("portal.yaml", "title: Portal\naudiences: {default: public}\nlanguages: [en]\n"),
    ];
    let public = whole(Audience::Public, &files, "en");
    assert!(public.contains("Open"));
    for word in ["Strongroom", "strongroom", "Combination", "Cellar", "cellar", "Keyring", "Attic", "attic"] {
        assert!(!public.contains(word), "{word}");
    }
    assert!(whole(Audience::Internal, &files, "en").contains("Cellar"));
}

#[test]
fn the_same_tree_gives_the_same_index() {
    assert_eq!(whole(Audience::Internal, &TREE, "et"), whole(Audience::Internal, &TREE, "et"));
}

#[test]
fn another_word_leaves_most_pieces_as_they_are() {
    let guide = |number: usize, more: &str| {
        let words: Vec<String> = (0..120).map(|word| format!("w{}x{}", number % 7, word * 31 % 97)).collect();
        (
            format!("guides/g{number:03}.md"),
            format!("# Guide {number}\n\n{} {more}\n", words.join(" ").repeat(8)),
        )
    };
    let pieces = |more: &str| {
        let guides: Vec<(String, String)> =
            (0..60).map(|number| guide(number, if number == 30 { more } else { "" })).collect();
        let files: Vec<(&str, &str)> =
            guides.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (portal, theme) = portal(Audience::Internal, &files);
        index(&portal, &theme, "en").beside
    };
    let (before, after) = (pieces("plain"), pieces("unheard"));
    let changed = before.iter().filter(|piece| !after.contains(piece)).count();
    assert!(changed <= 5 && before.len() > 30, "{changed} of {}", before.len());
}

#[test]
fn passages_share_the_room() {
    let passage = |length: usize| Passage::lead("x".repeat(length));
    assert_eq!(share(&[passage(10), passage(50)], 100), 100, "all fit");
    assert_eq!(share(&[passage(10), passage(500), passage(400)], 100), 45);
    assert_eq!(shortened("one two three", 8), "one two …");
    assert_eq!(shortened("one two", 7), "one two");
}

#[test]
fn numbers_are_told_from_texts() {
    for (path, wanted) in [
        ("search/index/g12.js", true),
        ("en/search/index/t0.js", true),
        ("search/index/p3.js", false),
        ("search/index/root.js", false),
        ("search/index.html", false),
        ("g12.js", false),
    ] {
        assert_eq!(is_numbers(path), wanted, "{path}");
    }
}

#[test]
fn pages_of_one_title_are_told_apart() {
    let ways = |files: &[(&str, &str)]| -> Vec<(String, String)> {
        let all = entries(files, "en").into_iter();
        let told = all.filter_map(|entry| Some((entry.address.clone(), entry.way?)));
        told.filter(|(address, _)| !address.starts_with("/about/")).collect()
    };
    let portal = ("portal.yaml", "title: Portal\nlanguages: [en]\n");
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    // By the folder; a case has its code.
    assert_eq!(
        ways(&[
            portal,
            ("guides/ledger/index.md", "# Ledger\n"),
            ("guides/ledger/close.md", "# Close\n\nA.\n"),
            ("guides/till/index.md", "# Till\n"),
            ("guides/till/close.md", "# Close\n\nB.\n"),
            ("cases/all.yaml", "cases: [{id: BEN-1, title: Close}]"),
        ]),
        [pair("/guides/ledger/close/", "Guides › Ledger"), pair("/guides/till/close/", "Guides › Till")]
    );
    // By the address, where they stand side by side.
    assert_eq!(
        ways(&[portal, ("guides/a.md", "# Close\n\nA.\n"), ("guides/b.md", "# Close\n\nB.\n")]),
        [pair("/guides/a/", "guides/a"), pair("/guides/b/", "guides/b")]
    );
    assert_eq!(ways(&TREE), []);
}
