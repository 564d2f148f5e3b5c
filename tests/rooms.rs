//! Holds the code to docs/ARCHITECTURE.md: which room may name which, which file names a library,
//! and that the clock and the terminal stay in one room.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The rooms, each with the other rooms that it may name.
const ROOMS: [(&str, &[&str]); 17] = [
    ("delivery", &[]),
    ("diagnostic", &[]),
    ("digest", &[]),
    ("file_name", &[]),
    ("scan", &[]),
    ("words", &[]),
    ("record", &["diagnostic"]),
    ("model", &["record", "diagnostic"]),
    ("import", &["model", "record", "scan"]),
    ("source", &["file_name", "digest", "diagnostic"]),
    ("parse", &["source", "import", "record", "model", "digest", "diagnostic"]),
    ("derive", &["model", "record", "diagnostic"]),
    ("check", &["source", "parse", "record", "derive", "model", "diagnostic", "scan"]),
    ("render", &["check", "derive", "words", "model", "record", "digest", "delivery", "diagnostic"]),
    ("write", &["file_name", "digest"]),
    ("serve", &["delivery"]),
    (
        "command",
        &[
            "serve",
            "write",
            "render",
            "check",
            "derive",
            "parse",
            "import",
            "source",
            "scan",
            "model",
            "record",
            "words",
            "file_name",
            "digest",
            "delivery",
            "diagnostic",
        ],
    ),
];

/// Libraries that could be exchanged, each with the beginnings of the paths that may name it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("ammonia", &["parse/markdown/sanitise.rs"]),
    ("annotate_snippets", &["diagnostic/human.rs"]),
    ("axum", &["serve/http.rs"]),
    ("brotli", &["write/compress.rs"]),
    ("clap", &["command/"]),
    ("clap_complete", &["command/completions.rs"]),
    ("clap_mangen", &["command/man.rs"]),
    ("encoding_rs", &["import/encoding.rs"]),
    ("flate2", &["import/gzip.rs", "scan/maker.rs", "write/compress.rs"]),
    ("image", &["scan/image/tests.rs", "write/photograph.rs"]),
    ("resvg", &["render/brand/drawing.rs"]),
    ("ttf_parser", &["render/brand/letters.rs"]),
    ("csv", &["import/table.rs"]),
    ("frostem", &["words/stem/english.rs"]),
    ("giallo", &["parse/markdown/highlight/grammar.rs"]),
    ("icu_collator", &["words/order.rs"]),
    ("icu_datetime", &["words/date.rs"]),
    ("icu_decimal", &["words/number.rs"]),
    ("icu_list", &["words/list.rs"]),
    ("icu_locale_core", &["words/"]),
    ("icu_normalizer", &["file_name.rs", "words/stem/fold.rs"]),
    ("icu_plurals", &["words/plural.rs"]),
    ("include_dir", &["render/theme.rs", "command/init.rs"]),
    ("indicatif", &["command/"]),
    ("mermaid_svg", &["parse/markdown/diagram.rs"]),
    ("mimalloc", &["main.rs"]),
    ("notify", &["source/watch.rs"]),
    ("opener", &["command/"]),
    ("pulldown_cmark", &["parse/markdown/"]),
    ("quick_xml", &["import/xml.rs"]),
    ("rusty_s3", &["command/external/bucket.rs"]),
    ("rustix", &["write/"]),
    ("rustls_native_certs", &["command/external/client.rs"]),
    ("sha2", &["digest.rs"]),
    ("similar", &["derive/guidance/difference/"]),
    ("serde_yaml", &["parse/yaml.rs", "words/catalogue.rs"]),
    ("strsim", &["diagnostic/nearest.rs"]),
    ("tera", &["render/template.rs"]),
    ("tokio", &["serve/"]),
    ("tokio_stream", &["serve/http.rs"]),
    ("ureq", &["command/external/client.rs"]),
    ("walkdir", &["source/", "write/old.rs", "write/verify.rs"]),
    // Named in Cargo.toml alone: it lets the others be shared between threads.
    ("icu_provider", &[]),
];

/// Libraries that are vocabulary and stand wherever they are needed.
const VOCABULARY: [&str; 6] = ["blake3", "jiff", "percent_encoding", "rayon", "serde", "serde_json"];

/// What tells the time, the surroundings or the reader something.
const OUTSIDE: [&str; 8] = [
    "Timestamp::now",
    "Zoned::now",
    "SystemTime::now",
    "Instant::now",
    "std::env::",
    "println!",
    "eprintln!",
    "process::exit",
];

/// The code of every file below `src`, by its path there; tests and comments are left out.
fn code() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    collect(&root, &root, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    let tests = test_modules(&fs::read_to_string(folder.join("mod.rs")).unwrap_or_default());
    for entry in fs::read_dir(folder).expect("a folder of the code") {
        let path = entry.expect("an entry").path();
        let is_test = path.file_stem().is_some_and(|stem| tests.contains(&*stem.to_string_lossy()));
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test {
            let name =
                path.strip_prefix(root).expect("a path below `src`").to_string_lossy().replace('\\', "/");
            files.insert(name, plain(&fs::read_to_string(&path).expect("a text")));
        }
    }
}

/// The modules that `text` declares for tests alone.
fn test_modules(text: &str) -> BTreeSet<String> {
    let declared = text.split("#[cfg(test)]\nmod ").skip(1);
    declared.filter_map(|rest| rest.split_once(';')).map(|(name, _)| name.to_owned()).collect()
}

/// `text` without comments and without the tests at its end.
fn plain(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn room_of(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or_default()
}

/// The rooms that `code` names: those after `crate::`, alone or in braces.
fn rooms_named(code: &str) -> BTreeSet<&str> {
    let after = code.split("crate::").skip(1);
    after
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
            None => vec![rest],
        })
        .filter_map(|name| name.split(|c: char| !c.is_alphanumeric() && c != '_').next())
        .filter(|name| ROOMS.iter().any(|(room, _)| room == name))
        .collect()
}

/// Whether `code` names the library: as a path, not as the end of another name, nor as a function whose types
/// are given, `csv::<String>`.
fn names(code: &str, library: &str) -> bool {
    let path = format!("{library}::");
    code.match_indices(&path).any(|(at, _)| {
        !code[at + path.len()..].starts_with('<')
            && !code[..at]
                .ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
    })
}

#[test]
fn data_flows_one_way() {
    for (path, code) in code() {
        let Some((room, may)) = ROOMS.iter().find(|(room, _)| *room == room_of(&path)) else { continue };
        for named in rooms_named(&code) {
            assert!(named == *room || may.contains(&named), "`{room}` names `{named}` in src/{path}");
        }
    }
}

#[test]
fn every_file_stands_in_a_room() {
    for path in code().keys().filter(|path| !matches!(path.as_str(), "lib.rs" | "main.rs")) {
        assert!(ROOMS.iter().any(|(room, _)| *room == room_of(path)), "src/{path}");
    }
}

#[test]
fn a_library_is_named_in_its_place() {
    for (path, code) in code() {
        for (library, places) in LIBRARIES {
            let is_place = places.iter().any(|place| path.starts_with(place));
            assert!(is_place || !names(&code, library), "`{library}` is named in src/{path}");
        }
    }
}

#[test]
fn every_library_has_its_place() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("a text");
    let section = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next());
    let wanted: BTreeSet<String> = section
        .expect("dependencies")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim().replace('-', "_"))
        .collect();
    let listed: BTreeSet<String> =
        LIBRARIES.iter().map(|(name, _)| *name).chain(VOCABULARY).map(str::to_owned).collect();
    assert_eq!(wanted, listed);
}

#[test]
fn the_outside_world_stays_in_one_room() {
    for (path, code) in code() {
        if room_of(&path) == "command" {
            continue;
        }
        for name in OUTSIDE {
            // Waiting for a pause between file events measures time, and tells none.
            let is_pause = path == "source/watch.rs" && name == "Instant::now";
            assert!(is_pause || !code.contains(name), "`{name}` in src/{path}");
        }
    }
}
