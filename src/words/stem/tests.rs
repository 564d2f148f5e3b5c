use super::*;

#[test]
fn words_are_found_in_text() {
    let words = |text: &'static str| tokens(text).map(|(_, word)| word).collect::<Vec<_>>();
    assert_eq!(words("Ülevaade: BEN-142, 2026.10."), ["Ülevaade", "BEN-142", "2026.10"]);
    assert_eq!(
        words("e-teenus – «UAT-keskkond» (portal.yaml)"),
        ["e-teenus", "UAT-keskkond", "portal", "yaml"]
    );
    assert_eq!(words("sit_03 - don't 22.11.2026 lõpp-"), ["sit_03", "don't", "22.11.2026", "lõpp"]);
    assert_eq!(words(""), [""; 0]);
}

#[test]
fn codes_keep_their_form() {
    let keys = Stemmer::for_language("et").keys("TL-XTP-07");
    assert_eq!((keys.exact.as_str(), keys.stem.as_str()), ("tl-xtp-07", "tlxtp07"));
    assert_eq!(keys.parts, ["tl", "xtp", "07"]);
    assert_eq!(Stemmer::for_language("et").keys("2026.10").stem, "2026.10");
}

#[test]
fn forms_share_their_stem() {
    let estonian = Stemmer::for_language("et");
    for (one, other) in [
        ("keskkond", "keskkondadesse"),
        ("viga", "vead"),
        ("testilugu", "testiloost"),
        ("väljalase", "väljalaske"),
        ("ülevaade", "ulevaatele"),
        ("šokk", "shokid"),
        ("e-teenus", "eteenuste"),
        ("UAT", "UAT-is"),
        ("API", "API'le"),
    ] {
        assert_eq!(estonian.keys(one).stem, estonian.keys(other).stem, "{one} and {other}");
    }
    let english = Stemmer::for_language("en-GB");
    assert_eq!(english.keys("releases").stem, english.keys("released").stem);
}

#[test]
fn letters_fold_and_the_exact_word_stays() {
    let keys = Stemmer::for_language("et").keys("TÜHI");
    assert_eq!((keys.exact.as_str(), keys.folded.as_str()), ("tühi", "tuhi"));
}

#[test]
fn compounds_have_parts() {
    let estonian = Stemmer::for_language("et");
    let lugu = estonian.keys("lugu").stem;
    assert_eq!(estonian.keys("testilood").parts, [estonian.keys("test").stem, lugu]);
    assert_eq!(
        estonian.keys("UAT-keskkond").parts,
        [estonian.keys("UAT").stem, estonian.keys("keskkond").stem]
    );
    for word in ["raport", "keskkond", "töötaja"] {
        assert_eq!(estonian.keys(word).parts, [""; 0], "{word}");
    }
}

#[test]
fn words_of_the_pages_are_parts_too() {
    let keys = Stemmer::for_language("et").knowing(["kloonimised", "juhis"]).keys("kloonimisjuhised");
    assert_eq!(keys.parts.len(), 2, "{keys:?}");
}

#[test]
fn a_language_that_nobody_taught_is_searched_as_written() {
    let keys = Stemmer::for_language("lv").keys("Versijas");
    assert_eq!((keys.folded.as_str(), keys.stem.as_str()), ("versijas", "versijas"));
}
