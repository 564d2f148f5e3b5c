//! Imports the files that real tools wrote, kept in `shared/samples` beside the project: nothing panics, and
//! the counts are those that the tools' own projects state.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use juhend::import::{ForeignFile, Imported, Unreadable, junit};
use juhend::model::run::Status;

/// The folder of samples, beside the project or above it; it is no part of the project.
fn samples() -> Option<PathBuf> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    project.ancestors().map(|folder| folder.join("shared/samples")).find(|folder| folder.is_dir())
}

/// The files below `folder` with one of these endings, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of samples") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|of| of == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every XML document among the samples of `JUnit`, by its path, with what became of it.
fn imported() -> BTreeMap<String, (String, Result<Imported, Unreadable>)> {
    let Some(samples) = samples() else { return BTreeMap::new() };
    let folder = samples.join("junit");
    let mut all = BTreeMap::new();
    for path in files(&folder, "xml") {
        let name = path.strip_prefix(&folder).expect("a sample").to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&path).expect("a sample");
        let read = junit::read(&[ForeignFile { name: &name, bytes: &bytes }]);
        all.insert(name, (String::from_utf8_lossy(&bytes).into_owned(), read));
    }
    all
}

/// How often each status stands: passed, left out, failed, error.
fn counts(imported: &Imported) -> [usize; 4] {
    let count =
        |statuses: &[Status]| imported.cases.iter().filter(|case| statuses.contains(&case.status)).count();
    [
        count(&[Status::Passed]),
        count(&[Status::Skipped, Status::NotRun]),
        count(&[Status::Failed]),
        count(&[Status::Error]),
    ]
}

/// What no reader could make sense of, with the reason.
const UNREADABLE: [(&str, &str); 6] = [
    ("/corrupt-xml.xml", "it was cut off: `<skipped>` of line 9 is never closed"),
    ("/malformed.xml", "it was cut off"),
    ("/TEST-test.CorruptTest.xml", "it was cut off: a section `<![CDATA[` begins here and never ends"),
    ("/non-junit.xml", "this is no JUnit: the outermost element is `suites`"),
    ("/not-junit.xml", "this is no JUnit: the outermost element is `catalog`"),
    ("/dotnet-nunit.xml", "this is no JUnit: the outermost element is `test-run`"),
];

#[test]
fn every_sample_is_read_or_refused_with_its_place() {
    for (name, (_, read)) in imported() {
        let refused = UNREADABLE.iter().find(|(ending, _)| name.ends_with(ending));
        match (refused, read) {
            (None, Ok(_)) => {}
            (Some((_, message)), Err(wrong)) => {
                assert!(wrong.message.starts_with(message), "{name}: {}", wrong.message);
                assert!(wrong.line.is_some(), "{name}");
            }
            (None, Err(wrong)) => panic!("{name}: {wrong:?}"),
            (Some(_), Ok(_)) => panic!("{name} was read"),
        }
    }
}

/// `*.results.json` beside a file holds what the project of the file counts in it. `tests` counts a case
/// once however often it stands in the file, as here; `runs` counts every time.
#[test]
fn counts_are_those_that_projects_state() {
    let Some(samples) = samples() else { return };
    let imported = imported();
    let mut compared = 0;
    for path in files(&samples.join("junit"), "json") {
        let name = path.to_string_lossy().replace('\\', "/");
        let Some(stem) = name.strip_suffix(".results.json") else { continue };
        let (_, (_, read)) = imported
            .iter()
            .find(|(name, _)| format!("{stem}.xml").ends_with(name.as_str()))
            .expect("the document of a result");
        let stated: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&path).expect("a text")).expect("JSON");
        let stated = |key: &str| {
            stated["stats"][key].as_u64().map_or(0, |count| usize::try_from(count).expect("small"))
        };
        let Ok(imported) = read else {
            assert_eq!(stated("tests"), 0, "{name}");
            continue;
        };
        // Its suite claims six tests and holds none. The claim is noted; cases cannot be made up.
        if name.ends_with("no-cases-but-tests.results.json") {
            assert!(imported.cases.is_empty() && !imported.notes.is_empty(), "{name}");
            continue;
        }
        let wanted = ["tests_succ", "tests_skip", "tests_fail", "tests_error"].map(stated);
        assert_eq!(counts(imported), wanted, "{name}");
        assert_eq!(imported.cases.len(), stated("tests"), "{name}");
        compared += 1;
    }
    assert!(compared > 8, "only {compared} counts were compared");
}

/// `text` without what stands between `open` and `close`.
fn spoken(text: &str, open: &str, close: &str) -> String {
    let parts = text.split(open).enumerate();
    parts
        .map(
            |(index, part)| {
                if index == 0 { part } else { part.split_once(close).map_or("", |(_, rest)| rest) }
            },
        )
        .collect()
}

/// No element is lost: every `testcase` is a case, or an attempt of one that a note tells of.
#[test]
fn every_case_is_imported_once() {
    for (name, (text, read)) in imported() {
        let Ok(imported) = read else { continue };
        let repeated: usize = imported
            .notes
            .iter()
            .filter_map(|note| note.text.strip_prefix("stands ")?.split_once(' ')?.0.parse::<usize>().ok())
            .map(|times| times - 1)
            .sum();
        let elements = spoken(&spoken(&text, "<!--", "-->"), "<![CDATA[", "]]>").matches("<testcase").count();
        assert_eq!(imported.cases.len() + repeated, elements, "{name}");
        assert!(
            imported.cases.iter().all(|case| !case.name.is_empty() && !case.raw_status.is_empty()),
            "{name}"
        );
    }
}

/// Samples whose counters contradict their own cases. Most were shortened by hand by those who keep
/// them, and the counters were left as they had been.
const WRONG_COUNTERS: [&str; 14] = [
    // Holds no case at all.
    "/no-cases-but-tests.xml",
    "/xunit/xunit.xml",
    "/TEST-org.acme.FlakyTest.xml",
    "/junit-with-message.xml",
    "/python-xunit-pytest.xml",
    "/ibm.xml",
    "/malformed_no_testcase_name.xml",
    "/kettle/testdata/standard.xml",
    // Counts as an error what its cases call a failure.
    "/junit-web-test/expected.xml",
    // The same, and counts a repeated case once.
    "/junit-web-test/expectedRetries.xml",
    "/mocha/mocha.xml",
    "/nested/junit.xml",
    "/nested/multi-level.xml",
    "/python/report_flaky.xml",
];

/// Elsewhere the counters that a tool wrote itself agree with what was read.
#[test]
fn counters_agree_but_where_the_sample_contradicts_itself() {
    for (name, (_, read)) in imported() {
        let Ok(imported) = read else { continue };
        let wrong: Vec<&str> = imported
            .notes
            .iter()
            .map(|note| note.text.as_str())
            .filter(|text| text.starts_with("the counter"))
            .collect();
        let is_known = WRONG_COUNTERS.iter().any(|ending| name.ends_with(ending));
        assert_eq!(!wrong.is_empty(), is_known, "{name}: {wrong:?}");
    }
}

#[test]
fn the_same_sample_gives_the_same_result() {
    let (one, two) = (imported(), imported());
    assert!(one.iter().zip(&two).all(|(one, two)| one.1.1 == two.1.1));
}

#[test]
fn without_samples_there_is_nothing_to_compare() {
    if samples().is_none() {
        println!("the folder `shared/samples` is not beside the project: no sample was imported");
    }
    let read =
        junit::read(&[ForeignFile { name: "a.xml", bytes: b"<testsuite><testcase name='a'/></testsuite>" }]);
    assert_eq!(read.map(|imported| counts(&imported)), Ok([1, 0, 0, 0]));
}
