use super::*;
use crate::parse::sample::tree_for;

const DAY: Date = Date::constant(2026, 10, 16);

fn told(audience: Audience, files: &[(&str, &str)]) -> Vec<String> {
    let site = tree_for(audience, files);
    let texts: Vec<(FileId, &str)> =
        files.iter().map(|(path, text)| (FileId::of(&format!("content/{path}")), *text)).collect();
    let found = in_sources(&site, DAY, &texts).faults;
    found.into_iter().map(|fault| format!("{} {}", fault.level.word(), fault.message)).collect()
}

const PAGE: &str = "---\naudience: public\n---\n# A\n\n:::internal\n37001010029\n:::\n\nmari@agency.ee\n";

#[test]
fn what_everybody_may_see_is_an_error() {
    let secret = ("guides/b.md", "---\naudience: restricted\n---\n48905074217\n");
    let page = ("guides/a.md", PAGE);
    assert_eq!(told(Audience::Public, &[page, secret]), ["error an e-mail address (`m***`)"]);
    assert_eq!(
        told(Audience::Restricted, &[page, secret]),
        [
            "warning a personal code (`3**********`)",
            "warning an e-mail address (`m***`)",
            "warning a personal code (`4**********`)"
        ]
    );
}

#[test]
fn an_exact_value_is_allowed_until_its_day() {
    let portal = |value: &str, expires: &str| {
        format!("title: P\nallowed: [{{value: \"{value}\", source: a, reason: b, expires: {expires}}}]\n")
    };
    let told = |portal: &str| {
        let files = [("portal.yaml", portal), ("a.md", "Write to Mari@agency.ee or call +372 5123 4567.")];
        told(Audience::Internal, &files).len()
    };
    assert_eq!(told("title: P\n"), 2);
    assert_eq!(told(&portal("mari@agency.ee", "2026-10-16")), 1);
    assert_eq!(told(&portal("+37251234567", "2026-10-16")), 1);
    assert_eq!(told(&portal("mari@agency.ee", "2026-10-15")), 3);
    assert_eq!(told(&portal("agency.ee", "2026-10-16")), 2);
}

#[test]
fn what_a_source_was_found_to_hold_is_told_once() {
    let site = tree_for(Audience::Public, &[]);
    let values = Values::from([(Kind::PersonalCode, "37001010029".to_owned())]);
    let allowances = Allowances::of(&site.portal, DAY);
    let page = |address: &str, text: &str| Published {
        address: address.into(),
        source: None,
        found: untold(text, &allowances, &values),
    };
    let files = [
        page("/a/", "37001010029 and 48905074217"),
        page("/b/", "48905074217, 48905074217"),
        page("/c/", "60001019906"),
    ];
    let faults = in_output(&site, &files);
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(messages, ["a personal code (`4**********`) would be published in `/a/` and 1 more"]);
    assert!(faults.iter().all(|fault| fault.level == Level::Error && fault.is_secret));
}
