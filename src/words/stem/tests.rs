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
