//! The text of a run file, as a person would write it: keys in the order of the reference, a short case on
//! one line, a long message as a block.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::ImportedCase;
use crate::model::run::Status;
use crate::record::time::Seconds;
use crate::record::writing::{Written, entry, item};

/// Keys and values of a record, in the order in which they are written.
pub type Keys = Vec<(String, Written)>;

/// What no result file tells of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// What readers see.
    pub title: Option<String>,
    /// The release under test.
    pub release: String,
    /// Where it ran.
    pub environment: String,
    /// When it began, as records have it.
    pub started: String,
    /// When it ended, as records have it.
    pub ended: Option<String>,
    /// The build under test.
    pub build: Option<String>,
    /// The test level, as its word.
    pub level: Option<String>,
    /// Runs with the same word are comparable.
    pub series: Option<String>,
    /// The team that ran it.
    pub team: Option<String>,
    /// The plan.
    pub plan: Option<String>,
    /// The number of planned cases, where it is more than the results.
    pub planned: Option<u32>,
}

/// The file of a run with these cases.
pub fn text(head: &Head, cases: &[ImportedCase]) -> String {
    let keys = [
        ("title", head.title.as_ref().map(Written::text)),
        ("release", Some(Written::text(&head.release))),
        ("environment", Some(Written::text(&head.environment))),
        ("started", Some(Written::word(&head.started))),
        ("ended", head.ended.as_ref().map(Written::word)),
        ("build", head.build.as_ref().map(Written::text)),
        ("level", head.level.as_ref().map(Written::word)),
        ("series", head.series.as_ref().map(Written::text)),
        ("team", head.team.as_ref().map(Written::text)),
        ("plan", head.plan.as_ref().map(Written::text)),
        ("planned", head.planned.map(|number| Written::word(number.to_string()))),
    ];
    let head: String = keys.into_iter().filter_map(|(key, value)| Some(entry(key, &value?, 0))).collect();
    let items: Vec<Keys> = cases.iter().map(keys_of).collect();
    format!("{head}{}", results(&items))
}

/// The results of a run, under their key.
pub fn results(items: &[Keys]) -> String {
    if items.is_empty() {
        return "results: []\n".to_owned();
    }
    let items: String = items.iter().map(|keys| item(keys, 2)).collect();
    format!("results:\n{items}")
}

/// The keys of a case. What the tool called the status is always kept, so that a reader can tell what was read
/// into it.
pub fn keys_of(case: &ImportedCase) -> Keys {
    let list = |texts: &[String]| (!texts.is_empty()).then(|| Written::texts(texts));
    let text = |text: &Option<String>| text.as_ref().map(Written::text);
    let keys = [
        ("case", text(&case.id)),
        ("title", Some(Written::text(&case.name))),
        ("suite", text(&case.suite)),
        ("status", Some(Written::word(case.status.word()))),
        ("raw_status", Some(Written::text(&case.raw_status))),
        ("time", case.time.map(|time| Written::word(duration(time)))),
        ("defects", list(&case.defects)),
        ("triage", case.triage.map(|triage| Written::word(triage.word()))),
        ("message", text(&case.message)),
        ("attachments", list(&case.attachments)),
        ("attempts", attempts(&case.attempts)),
        ("reason", text(&case.reason)),
        ("blocked_by", text(&case.blocked_by)),
        ("note", text(&case.note)),
    ];
    keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// A list of attempts, if there is more than one.
pub fn attempts(attempts: &[Status]) -> Option<Written> {
    let words = || attempts.iter().map(|status| Written::word(status.word())).collect();
    (attempts.len() > 1).then(|| Written::List(words()))
}

/// A length of time as people write it: `0.004s`, `40s`, `1m03s`, `1h02m05s`. Below a minute in thousandths
/// of a second, else in whole seconds.
pub fn duration(time: Seconds) -> String {
    let millis = Seconds(time.0 + 0.0005).millis();
    if millis < 60_000 {
        let (seconds, rest) = (millis / 1000, format!("{:03}", millis % 1000));
        return match rest.trim_end_matches('0') {
            "" if seconds == 0 => "0".to_owned(),
            "" => format!("{seconds}s"),
            rest => format!("{seconds}.{rest}s"),
        };
    }
    let seconds = millis.saturating_add(500) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, seconds) {
        (0, _) => format!("{minutes}m{seconds:02}s"),
        (_, 0) => format!("{hours}h{minutes:02}m"),
        _ => format!("{hours}h{minutes:02}m{seconds:02}s"),
    }
}

/// A time that a tool tells, as a person in `zone` would write it: on the clock there, without seconds where
/// there are none. In the hour that the clock goes through twice, the offset stays. A time without an offset is
/// taken to be told there.
pub fn local(told: &str, zone: &TimeZone) -> Option<String> {
    let (at, offset) = match told.parse::<Timestamp>() {
        Ok(instant) => {
            let at = zone.to_datetime(instant);
            let is_plain = zone
                .to_ambiguous_timestamp(at)
                .unambiguous()
                .is_ok_and(|back| back.as_second() == instant.as_second());
            let offset = (!is_plain).then(|| zone.to_offset(instant));
            (at, offset)
        }
        Err(_) => (told.parse::<DateTime>().ok()?, None),
    };
    let clock = if at.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    let offset = offset.map(|offset| {
        let minutes = offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    });
    Some(format!("{}{}", at.strftime(clock), offset.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Site;
    use crate::model::run::CaseResult;
    use crate::parse::sample::tree;

    fn head() -> Head {
        Head {
            title: Some("SIT: cycle 3".into()),
            release: "2026.10".into(),
            environment: "preprod".into(),
            started: "2026-10-12T09:00".into(),
            ended: Some("2026-10-12T09:40".into()),
            build: Some("1e5".into()),
            ..Head::default()
        }
    }

    #[test]
    fn a_run_reads_as_a_person_writes_it() {
        let mut failed = ImportedCase::of("Supplement is in the sum".into(), Status::Failed, "failure");
        failed.id = Some("BEN-142".into());
        failed.suite = Some("Payments".into());
        failed.time = Some(Seconds(250.2));
        failed.defects = vec!["D-317".into()];
        failed.message = Some("AssertionError: 60 is not 120\n    at pay.rs:3".into());
        failed.attachments = vec!["sit-04/sum.png".into()];
        failed.attempts = vec![Status::Error, Status::Failed];
        let mut skipped = ImportedCase::of("no".into(), Status::Skipped, "skipped");
        skipped.reason = Some("not in rc2".into());
        let wanted = r#"title: "SIT: cycle 3"
release: "2026.10"
environment: preprod
started: 2026-10-12T09:00
ended: 2026-10-12T09:40
build: "1e5"
results:
  - case: BEN-142
    title: Supplement is in the sum
    suite: Payments
    status: failed
    raw_status: failure
    time: 4m10s
    defects: [D-317]
    message: |-
      AssertionError: 60 is not 120
          at pay.rs:3
    attachments: [sit-04/sum.png]
    attempts: [error, failed]
  - {title: "no", status: skipped, raw_status: skipped, reason: not in rc2}
"#;
        assert_eq!(text(&head(), &[failed, skipped]), wanted);
        assert!(text(&head(), &[]).ends_with("results: []\n"));
    }

    #[test]
    fn times_are_short_and_exact_enough() {
        for (seconds, wanted) in [
            (0.0, "0"),
            (0.0004, "0"),
            (0.004, "0.004s"),
            (0.29, "0.29s"),
            (40.0, "40s"),
            (59.9996, "1m00s"),
            (63.2, "1m03s"),
            (250.0, "4m10s"),
            (5400.0, "1h30m"),
            (3725.0, "1h02m05s"),
        ] {
            assert_eq!(duration(Seconds(seconds)), wanted);
        }
    }

    #[test]
    fn times_are_told_on_the_clock_of_the_portal() {
        let zone = TimeZone::get("Europe/Tallinn").expect("bundled zone");
        for (told, wanted) in [
            ("2026-10-12T06:00:00Z", Some("2026-10-12T09:00")),
            ("2026-10-12T06:00:05-04:00", Some("2026-10-12T13:00:05")),
            ("2026-10-12T09:00:00", Some("2026-10-12T09:00")),
            // The clock shows 03:30 twice that night.
            ("2026-10-25T00:30:00Z", Some("2026-10-25T03:30+03:00")),
            ("2026-10-25T01:30:00Z", Some("2026-10-25T03:30+02:00")),
            ("soon", None),
        ] {
            assert_eq!(local(told, &zone).as_deref(), wanted, "{told}");
        }
    }

    /// What our own reader makes of a run with these cases.
    fn read(cases: &[ImportedCase]) -> Result<Vec<CaseResult>, TestCaseError> {
        let written = text(&head(), cases);
        let site: Site = tree(&[("runs/2026.10/a.yaml", &written)]);
        let run =
            site.runs.get("2026.10/a").ok_or_else(|| TestCaseError::fail(format!("not read:\n{written}")))?;
        Ok(run.results.clone())
    }

    /// A text as hostile tools write it.
    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zõ0-9 .:#'\"\\\\|>,{}&*!%@`\n\t-]{1,24}",
            any::<String>().prop_filter("a text", |text| !text.is_empty()),
            Just("2026.10".to_owned()),
            Just("null".to_owned()),
            Just("\u{feff}x\u{85}\u{2028}\u{0}".to_owned()),
            Just("---\na: b\n...".to_owned()),
        ]
    }

    prop_compose! {
        fn any_case()(
            name in any_text(),
            id in proptest::option::of("[A-Z0-9.-]{1,8}"),
            suite in proptest::option::of(any_text()),
            raw_status in any_text(),
            message in proptest::option::of(any_text()),
            reason in proptest::option::of(any_text()),
            attempts in prop_oneof![
                Just(Vec::new()),
                Just(vec![Status::Failed, Status::Passed]),
            ],
            time in proptest::option::of(0_u32..100_000),
        ) -> ImportedCase {
            ImportedCase {
                id, suite, message, reason, attempts,
                time: time.map(|millis| Seconds(f64::from(millis) / 1000.0)),
                ..ImportedCase::of(name, Status::Passed, &raw_status)
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_is_read_again(cases in proptest::collection::vec(any_case(), 0..5)) {
            let results = read(&cases)?;
            prop_assert_eq!(results.len(), cases.len());
            for (case, result) in cases.iter().zip(results) {
                let title = result.title.as_ref().map(|title| title.get("en", "en").to_owned());
                prop_assert_eq!(title.as_deref(), Some(case.name.as_str()));
                prop_assert_eq!(result.case.as_ref().map(|case| case.id().to_owned()), case.id.clone());
                prop_assert_eq!(&result.suite, &case.suite);
                prop_assert_eq!(result.status.value, case.status);
                prop_assert_eq!(result.raw_status.as_deref(), Some(case.raw_status.as_str()));
                prop_assert_eq!(&result.message, &case.message);
                prop_assert_eq!(result.reason.as_ref().map(|text| text.get("en", "en").to_owned()), case.reason.clone());
                prop_assert_eq!(&result.attempts, &case.attempts);
                let told = |time: Option<Seconds>| time.map(|time| time.0);
                let close = match (told(result.time), told(case.time)) {
                    (Some(one), Some(two)) => (one - two).abs() <= if two < 60.0 { 0.001 } else { 0.5 },
                    (one, two) => one == two,
                };
                prop_assert!(close, "{:?} {:?}", result.time, case.time);
            }
        }
    }
}
