//! Holds the program to its languages: what readers see comes from the catalogues, what is in another language says so,
//! and a language is added without a line of code.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use juhend::model::audience::Audience;
use juhend::render::plan;
use juhend::words;
use program::{dated, put, read};
use walkdir::WalkDir;

mod portal;
mod program;

/// Sections whose name stands in the code alone, and whose keys are words of the code: of a state, of a kind of report.
const FAMILIES: &[&str] = &[
    "cloning_status",
    "defect_status",
    "environment_state",
    "evidence_state",
    "parameter_state",
    "pattern",
    "report_also",
    "report_completion",
    "report_completion_hint",
    "report_progress",
    "report_progress_hint",
    "rule",
    "unit",
    "waiver_state",
];

/// Sections of what authors may write themselves: other values are shown as they are.
const WRITTEN: &[&str] = &["environment_use", "interest", "language", "test_type"];

/// Texts of the code that look like sentences but reach no reader of a portal.
const NOT_SAID: &[&str] = &[
    // Faults of the program, which speak English.
    "the portal has no language",
    "there is no page `{key}`",
    "there is no such page",
    // Names and classes.
    "Europe/Tallinn",
    "Front",
    "solid is-failed",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below `folder` whose names end with `ending`, in order: their paths below the project and their texts.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let files = WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let paths = files.map(|file| file.expect("a file").into_path());
    let named = |path: &PathBuf| path.to_string_lossy().ends_with(ending);
    paths
        .filter(named)
        .map(|path| {
            let below = path.strip_prefix(root()).expect("below the project").display().to_string();
            (below, fs::read_to_string(path).expect("text"))
        })
        .collect()
}

/// The code of a file without its comments, its tests and the reasons that it gives the compiler.
fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let is_code = |line: &&str| !line.trim_start().starts_with("//") && !line.contains("reason = \"");
    own.lines().filter(is_code).fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "{line}");
        all
    })
}

/// The texts between quotation marks in Rust or JavaScript code.
fn literals(code: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // A letter in single quotation marks may be a quotation mark; a lifetime has no second mark.
            '\'' if letters.peek() == Some(&'"') => {
                letters.next();
            }
            '"' => {
                let mut literal = String::new();
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => break,
                        '\\' => literal.extend(letters.next().filter(|letter| !letter.is_ascii_alphabetic())),
                        letter => literal.push(letter),
                    }
                }
                literals.push(literal);
            }
            _ => {}
        }
    }
    literals
}

/// What stands before and behind the word that a key is made with: of `series.{id}_empty` it is `series.` and `_empty`.
fn ends(literal: &str) -> Option<(String, String)> {
    let (from, rest) = literal.split_once('{')?;
    let (_, to) = rest.rsplit_once('}')?;
    let is_key = |text: &str| {
        text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.'))
    };
    (from.contains('.') && is_key(from) && is_key(to)).then(|| (from.to_owned(), to.to_owned()))
}

/// The code of a file up to its tests.
fn untested(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// The words of code that keys can be made of: its literals, and its names as catalogues write them (`InTest` gives
/// `in_test`).
fn names(code: &str) -> BTreeSet<String> {
    let literals = literals(code).into_iter().map(|literal| literal.replace('-', "_"));
    let own = code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty());
    let own = own.map(|name| {
        name.chars().fold(String::new(), |mut word, letter| {
            if letter.is_uppercase() && !word.is_empty() && !word.ends_with('_') {
                word.push('_');
            }
            word.extend(letter.to_lowercase());
            word
        })
    });
    literals.chain(own).collect()
}

fn is_key(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.contains('.') && text.split('.').all(is_part)
}

/// The keys that templates ask for: `w.nav.skip`.
fn asked_by(template: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.');
    let starts = template.match_indices("w.").filter(|(at, _)| {
        !template[..*at]
            .ends_with(|before: char| before.is_alphanumeric() || matches!(before, '_' | '.' | '/'))
    });
    let keys = starts.map(|(at, _)| {
        let rest = &template[at + 2..];
        rest.split(|c: char| !is_part(c)).next().unwrap_or_default().trim_end_matches('.').to_owned()
    });
    keys.filter(|key| is_key(key)).collect()
}

/// The keys of a catalogue file, plurals as one key.
fn keys(text: &str) -> BTreeSet<String> {
    let json = words::read(text).expect("a catalogue").to_json();
    let mut keys = BTreeSet::new();
    collect(&json, "", &mut keys);
    keys
}

fn collect(value: &serde_json::Value, at: &str, keys: &mut BTreeSet<String>) {
    match value.as_object() {
        Some(map) if !map.contains_key("other") => map.iter().for_each(|(name, below)| {
            let key = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
            collect(below, &key, keys);
        }),
        _ => {
            keys.insert(at.to_owned());
        }
    }
}

fn estonian() -> BTreeSet<String> {
    keys(&fs::read_to_string(root().join("themes/default/words/et.yaml")).expect("the catalogue"))
}

/// Where the program makes what readers see.
fn speaking() -> Vec<(String, String)> {
    let speaks = |path: &str| !["/import/", "/record/", "/check/"].iter().any(|room| path.contains(room));
    files("src", ".rs").into_iter().filter(|(path, _)| speaks(path)).collect()
}

#[test]
fn every_text_of_the_catalogues_is_said_somewhere() {
    let mut said: BTreeSet<String> = BTreeSet::new();
    for (_, text) in speaking().into_iter().chain(files("themes/default/assets", ".js")) {
        said.extend(literals(&text));
    }
    for (_, text) in files("themes/default/templates", ".html") {
        said.extend(asked_by(&text));
    }
    let mut made: BTreeSet<(String, String)> = said.iter().filter_map(|literal| ends(literal)).collect();
    made.extend(FAMILIES.iter().map(|section| (format!("{section}."), String::new())));
    let code: Vec<String> = files("src", ".rs").into_iter().map(|(_, text)| text).collect();
    let words: BTreeSet<String> = code.iter().flat_map(|text| names(untested(text))).collect();
    let is_made = |key: &String| {
        let middles =
            made.iter().filter_map(|(from, to)| key.strip_prefix(from.as_str())?.strip_suffix(to.as_str()));
        middles.into_iter().any(|middle| middle.split('.').all(|word| words.contains(word)))
    };
    let is_written = |key: &String| WRITTEN.iter().any(|section| key.split('.').next() == Some(section));
    for section in WRITTEN {
        assert!(
            words.contains(*section) || made.contains(&(format!("{section}."), String::new())),
            "{section}"
        );
    }
    let unsaid: Vec<String> = estonian()
        .into_iter()
        .filter(|key| !said.contains(key) && !is_made(key) && !is_written(key))
        .collect();
    assert_eq!(unsaid, Vec::<String>::new(), "nothing says these texts");
}

#[test]
fn every_text_that_is_asked_for_is_in_the_catalogues() {
    let keys = estonian();
    let sections: BTreeSet<&str> = keys.iter().filter_map(|key| Some(key.rsplit_once('.')?.0)).collect();
    let is_there = |key: &str| keys.contains(key) || sections.contains(key);
    let mut missing = Vec::new();
    for (path, text) in files("themes/default/templates", ".html") {
        missing
            .extend(asked_by(&text).into_iter().filter(|key| !is_there(key)).map(|key| (path.clone(), key)));
    }
    let tops: BTreeSet<&str> = keys.iter().filter_map(|key| Some(key.split_once('.')?.0)).collect();
    // Names of files look like keys; the language's own patterns need not be there.
    let is_file = |key: &str| {
        ["html", "csv", "json", "xml", "yaml", "md", "ics", "js", "svg", "css"]
            .iter()
            .any(|ending| key.ends_with(ending))
    };
    for (path, text) in files("src/render", ".rs") {
        let asked = literals(&code(&text)).into_iter().filter(|text| is_key(text) && !is_file(text));
        let asked = asked.filter(|key| key.split_once('.').is_some_and(|(top, _)| tops.contains(top)));
        missing.extend(asked.filter(|key| !is_there(key)).map(|key| (path.clone(), key)));
    }
    missing.retain(|(_, key)| key != "schedule.install.until");
    assert_eq!(missing, Vec::<(String, String)>::new(), "no catalogue has these texts");
}

#[test]
fn no_template_says_anything_of_its_own() {
    for (path, text) in files("themes/default/templates", ".html") {
        let shown = without(&without(&without(&text, "{#", "#}"), "{%", "%}"), "{{", "}}");
        let words = without(&shown, "<", ">").replace("Juhend", "");
        let own: Vec<&str> = words
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() > 1 && !["html", "doctype"].contains(word))
            .collect();
        // What is left of attributes that hold a `>` of an expression.
        let own: Vec<&str> =
            own.into_iter().filter(|word| !["class", "fill", "url", "data", "deck"].contains(word)).collect();
        assert_eq!(own, Vec::<&str>::new(), "{path}");
        for attribute in ["title=\"", "aria-label=\"", "alt=\"", "placeholder=\""] {
            for (at, _) in shown.match_indices(attribute) {
                let value = shown[at + attribute.len()..].split('"').next().unwrap_or_default();
                assert!(!value.contains(char::is_alphabetic), "{path}: {attribute}{value}\"");
            }
        }
    }
}

/// `text` without what stands from `open` to `close`.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut pieces = text.split(open);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| format!("{all} {}", piece.split_once(close).map_or("", |(_, rest)| rest)))
}

#[test]
fn no_page_says_anything_of_its_own() {
    let is_machines = |path: &str| ["sitemap.rs", "robots.rs"].iter().any(|name| path.ends_with(name));
    for (path, text) in files("src/render/pages", ".rs").into_iter().filter(|(path, _)| !is_machines(path)) {
        for literal in literals(&code(&text)) {
            let words = without(&literal, "{", "}");
            let words: Vec<&str> = words.split_whitespace().collect();
            let is_word = |word: &&&str| word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
            let is_name = literal.starts_with(|c: char| c.is_uppercase())
                && literal.chars().nth(1).is_some_and(char::is_lowercase);
            let is_sentence = words.iter().filter(is_word).count() > 1;
            let is_known = NOT_SAID.contains(&literal.as_str());
            assert!(is_known || !is_sentence && !is_name, "{path}: \"{literal}\" belongs to the catalogues");
        }
    }
}

/// What is wrong with the languages of a page in English: words with Estonian letters that are not said to be Estonian.
/// Code is in no language; attributes and the title of a window cannot hold a passage.
fn unmarked(html: &str) -> Vec<String> {
    const VOID: &[&str] =
        &["meta", "link", "img", "br", "hr", "input", "use", "wbr", "source", "col", "path", "circle"];
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (words, tag) = rest.split_at(at);
        if open.last().is_none_or(|(_, is_english)| *is_english) {
            found.extend(
                words.split(|c: char| !c.is_alphabetic()).filter(|word| is_estonian(word)).map(str::to_owned),
            );
        }
        let Some(end) = tag.find('>') else { break };
        let (tag, after) = tag.split_at(end + 1);
        let name: String = tag[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        if let Some(closed) = tag.strip_prefix("</") {
            let closed: String = closed.chars().take_while(char::is_ascii_alphanumeric).collect();
            if let Some(at) = open.iter().rposition(|(name, _)| *name == closed) {
                open.truncate(at);
            }
        } else if !name.is_empty() && !tag.ends_with("/>") && !VOID.contains(&name.as_str()) {
            let own = tag.split(" lang=\"").nth(1).and_then(|rest| rest.split('"').next());
            let above = open.last().is_none_or(|(_, is_english)| *is_english);
            let is_code = matches!(name.as_str(), "code" | "script" | "title");
            open.push((name, !is_code && own.map_or(above, |language| language == "en")));
        }
        rest = after;
    }
    found
}

/// A word, and not only a letter that is talked about.
fn is_estonian(word: &str) -> bool {
    word.chars().count() > 3 && word.contains(['õ', 'ä', 'ö', 'ü', 'Õ', 'Ä', 'Ö', 'Ü'])
}

#[test]
fn words_without_their_language_are_found() {
    assert_eq!(unmarked("<html lang=\"en\"><p>Väljalase</p></html>"), ["Väljalase"]);
    for page in [
        "<html lang=\"en\"><p lang=\"et\">Väljalase <b>töötab</b></p></html>",
        "<html lang=\"en\"><title>Väljalase</title><p>words with õ<br><code>väljalase</code></p></html>",
        "<html lang=\"et\"><p>Väljalase</p></html>",
    ] {
        assert_eq!(unmarked(page), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn what_is_estonian_on_english_pages_says_so() {
    let site = portal::site(Audience::Internal);
    let look = portal::Look::of(&site);
    let portal = look.portal(site, date(2026, 10, 16));
    let mut looked_at = 0;
    for page in plan(&portal, &look.theme) {
        // Cases look alike, and there are hundreds of them.
        let is_like_others = page.address.starts_with("/en/cases/BEN-") && !page.address.ends_with("0/");
        if !page.address.starts_with("/en/") || !page.address.ends_with('/') || is_like_others {
            continue;
        }
        let drawn = page.render(&portal, &look.theme).expect("no fault").expect("a page");
        looked_at += 1;
        let html = String::from_utf8(drawn.bytes).expect("UTF-8");
        // The overview as one text for mails, and examples of what programs say, have no markup that could say it.
        let is_quoting = ["/weekly/", "/about/rules/"].iter().any(|list| page.address.contains(list));
        let html = if is_quoting { without(&html, "<pre", "</pre>") } else { html };
        assert_eq!(unmarked(&html), Vec::<String>::new(), "{}", page.address);
    }
    assert!(looked_at > 100, "{looked_at} pages");
}

#[test]
fn every_page_of_the_handbook_is_in_both_languages_with_the_same_sections() {
    let headings = |text: &str| -> Vec<usize> {
        let mut is_code = false;
        let mut levels = Vec::new();
        for line in text.lines() {
            if line.trim_start().starts_with("```") {
                is_code = !is_code;
            } else if !is_code && line.starts_with('#') {
                levels.push(line.bytes().take_while(|byte| *byte == b'#').count());
            }
        }
        levels
    };
    let pages = files("content/guides/handbook", ".md");
    let (english, estonian): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|(path, _)| path.ends_with(".en.md"));
    assert_eq!(english.len(), estonian.len());
    for (path, text) in estonian {
        let other = path.replace(".md", ".en.md");
        let (_, translated) =
            english.iter().find(|(path, _)| *path == other).unwrap_or_else(|| panic!("{other} is missing"));
        assert_eq!(headings(&text), headings(translated), "{path}");
    }
}

#[test]
fn both_readmes_have_the_same_sections_and_lead_to_each_other() {
    let readme = |name: &str| fs::read_to_string(root().join(name)).expect("a file");
    let (english, estonian) = (readme("README.md"), readme("README.et.md"));
    let sections = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
    let fences = |text: &str| text.lines().filter(|line| line.starts_with("```")).count();
    assert_eq!(sections(&english), sections(&estonian));
    assert_eq!(fences(&english), fences(&estonian));
    assert!(english.contains("(README.et.md)") && estonian.contains("(README.md)"));
}

/// Finnish is a language that the program does not know.
#[test]
fn a_language_is_added_by_a_file_and_a_line() {
    let finnish = "nav: {home: Etusivu}\nfallback: {en: Tätä sivua ei ole suomeksi.}\n";
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    put(
        at("content/portal.yaml"),
        "title: Testaus\nbase_url: https://testaus.example.fi/\nlanguages: [en, fi]\n",
    );
    put(at("content/guides/a.md"), "# A guide\n\nSome text.\n");
    put(at("content/guides/b.fi.md"), "# Ohje\n\nTeksti.\n");
    put(at("content/guides/b.md"), "# Another\n\nText.\n");
    put(at("themes/default/words/fi.yaml"), finnish);
    dated(folder.path(), &["build", "-o", "public"]).fine();
    let (own, other) = (read(at("public/fi/guides/b/index.html")), read(at("public/fi/guides/a/index.html")));
    for (page, wanted) in [
        (&own, "<html lang=\"fi\""),
        (&own, ">Etusivu<"),
        (&own, "<h1>Ohje</h1>"),
        // What the catalogue lacks is English, and says so.
        (&own, "lang=\"en\">Skip to main content</a>"),
        // Dates are CLDR's.
        (&own, ">16. lokakuuta 2026</time>"),
        (&own, "hreflang=\"fi\" href=\"https://testaus.example.fi/fi/guides/b/\""),
        (&own, "hreflang=\"en\" href=\"https://testaus.example.fi/guides/b/\""),
        (&own, "hreflang=\"x-default\" href=\"https://testaus.example.fi/guides/b/\""),
        // The neighbour has no Finnish title.
        (&own, "lang=\"en\">A guide</"),
        (&other, "<h1 lang=\"en\">A guide</h1>"),
        (&other, "Tätä sivua ei ole suomeksi."),
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
}
