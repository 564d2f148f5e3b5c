//! What `juhend announce` prints of the example portal.

use std::path::Path;

mod program;

use program::{Ran, dated};

fn announce(arguments: &[&str]) -> Ran {
    dated(Path::new(env!("CARGO_MANIFEST_DIR")), &[&["announce"], arguments].concat())
}

fn text(arguments: &[&str]) -> String {
    announce(arguments).fine().out
}

#[test]
fn a_cloning_tells_when_what_is_lost_and_what_to_do() {
    let said = text(&["preprod/2026-11", "--language", "en"]);
    assert!(
        said.starts_with("Cloning 6 Nov, 18:00 – 8 Nov 2026, 12:00: Pre-production\n\nHello,\n"),
        "{said}"
    );
    for line in [
        "- Source: Production",
        "- Who is affected: System test team, Acceptance testers, Test automation and Example Bank",
        "- Test users created after 1 October",
        "- Test data: Pensioners with children",
        "- Finish your work in the environment by 6 Nov 2026, 18:00.",
        "- Feature-flag states restored: System test team; due 9 Nov 2026; the environment is not ready before that",
        "- Test-data sets prepared again: System test team; due 11 Nov 2026",
        "More: https://testimine.example.ee/en/environments/preprod/clonings/2026-11/",
    ] {
        assert!(said.lines().any(|found| found == line), "{line}\n{said}");
    }
    assert!(!said.contains("Payments and returns"), "a set that survives is not lost: {said}");
}

#[test]
fn a_release_tells_its_schedule_and_what_moved() {
    let said = text(&["2026.10", "--language", "et"]);
    assert!(said.starts_with("Väljalase 2026.10: Oktoobri väljalase\n\nTere!\n"), "{said}");
    for line in [
        "- Paigaldus: varem 19. okt 2026 20:00, nüüd 20. okt 2026 20:00. Põhjus: Partneri katkestus: Näidispanga hooldus 19. oktoobri õhtul",
        "- Paigaldus: 20. okt 2026 20:00–23:00",
        "- 12. okt 2026 – 15. okt 2026 16:00",
        "- Vastuvõtukeskkond: Vastuvõtutestimine",
        "- mandates (BEN-2231): väljas; Vastuvõtukeskkond",
    ] {
        assert!(said.lines().any(|found| found == line), "{line}\n{said}");
    }
    // BEN-2247 needs no flag, which is nothing to tell.
    assert!(!said.contains("not_applicable"), "{said}");
}

#[test]
fn all_languages_follow_each_other_in_every_format() {
    let both = text(&["preprod/2026-11"]);
    for language in ["et", "en"] {
        let one = text(&["preprod/2026-11", "--language", language]);
        let body = one.split_once("\n\n").expect("a subject and a body").1;
        assert!(both.contains(body.trim_end()), "{language}\n{both}");
    }
    assert!(text(&["2026.10", "--format", "markdown"]).contains("\n## Ajakava\n"));
    assert!(text(&["2026.10", "--format", "html"]).contains("<h2>Schedule</h2>"));
    let mail = text(&["2026.10", "--format", "eml", "--to", "uat@example.ee"]);
    assert!(mail.contains("\r\nTo: uat@example.ee\r\n") && mail.contains("multipart/alternative"), "{mail}");
    assert_eq!(mail, text(&["2026.10", "--format", "eml", "--to", "uat@example.ee"]));
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    for (wanted, hint) in [
        ("preprod/2026-12", "did you mean `preprod/2026-11`?"),
        ("2026.11", "did you mean `2026.10`?"),
        ("xyz", "known here: `preprod/2026-08`, "),
    ] {
        let Ran { code, err: said, .. } = announce(&[wanted]);
        assert_eq!(code, 1, "{wanted}");
        assert!(said.contains(&format!("there is no cloning or release `{wanted}`")), "{said}");
        assert!(said.contains(hint), "{said}");
    }
    assert_eq!(announce(&["2026.10", "--language", "de"]).code, 1);
    let Ran { code, err: said, .. } = announce(&["release", "2026.10"]);
    assert!(code == 1 && said.contains("leave `release` away: `juhend announce 2026.10`"), "{said}");
}
