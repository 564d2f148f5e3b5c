//! How well words are searched: `cargo test --test search_words -- --nocapture` prints the table that
//! docs/decisions/search-words.md tells of. It also writes keys for `tests/search/stem.mjs`, which wants the
//! same of the browser's script.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use juhend::words::stem::{Stemmer, is_code, tokens};

/// A word with its forms, itself first.
struct Word {
    half: String,
    forms: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn lines(name: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("tests/search").join(name)).expect("a list of words");
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

fn words() -> Vec<Word> {
    let word = |line: String| {
        let mut cells = line.split('\t').map(str::to_owned);
        Word { half: cells.next().expect("a half"), forms: cells.collect() }
    };
    lines("forms.tsv").into_iter().map(word).collect()
}

/// The suffix stripper that was measured before this method was made.
fn stripper(word: &str) -> String {
    const ENDINGS: [&str; 39] = [
        "dega", "tega", "dest", "test", "dele", "tele", "delt", "telt", "deks", "teks", "sse", "des", "tes",
        "sid", "st", "le", "lt", "ks", "ni", "na", "ta", "ga", "id", "de", "te", "si", "del", "tel", "deni",
        "teni", "dena", "tena", "deta", "teta", "d", "t", "s", "l", "isse",
    ];
    let mut endings = ENDINGS;
    endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
    let mut rest = word.to_lowercase();
    loop {
        let long = |before: &&str| before.chars().count() >= 4;
        let ending = endings.iter().find_map(|ending| rest.strip_suffix(ending).filter(long));
        let vowel = (rest.chars().count() >= 5).then(|| rest.strip_suffix(['a', 'e', 'i', 'u'])).flatten();
        match ending.or(vowel) {
            Some(shorter) => rest = shorter.to_owned(),
            None => return changed(&rest),
        }
    }
}

fn changed(word: &str) -> String {
    let mut word = word.to_owned();
    for (end, instead) in [
        ("loo", "lug"),
        ("lugu", "lug"),
        ("nd", "n"),
        ("nn", "n"),
        ("pp", "p"),
        ("tt", "t"),
        ("kk", "k"),
        ("rk", "r"),
        ("rg", "r"),
        ("hk", "r"),
    ] {
        if let Some(before) = word.strip_suffix(end) {
            word = format!("{before}{instead}");
            break;
        }
    }
    word
}

/// A method: the name, and whether a query finds a word.
type Method = (&'static str, ToKeys, fn(&[String], &[String]) -> bool);

fn same(query: &[String], word: &[String]) -> bool {
    query[0] == word[0]
}

fn begins(query: &[String], word: &[String]) -> bool {
    word[0].starts_with(&query[0])
}

/// By stem, or where all parts of the query are parts of the word, or the query is one of them.
fn by_parts(query: &[String], word: &[String]) -> bool {
    let within = |part: &String| word.contains(part);
    within(&query[0]) || query.len() > 1 && query[1..].iter().all(within)
}

/// From the forms of a word to the keys of each.
type ToKeys = Box<dyn Fn(&[String]) -> Vec<Vec<String>>>;

fn keyed(key: impl Fn(&str) -> String + 'static) -> ToKeys {
    Box::new(move |forms| forms.iter().map(|form| vec![key(form)]).collect())
}

fn with_parts(form: &str) -> Vec<String> {
    let keys = Stemmer::for_language("et").keys(form);
    [vec![keys.stem], keys.parts].concat()
}

fn methods() -> Vec<Method> {
    let snowball = |word: &str| {
        frostem::Stemmer::new(frostem::Algorithm::Estonian).stem(&word.to_lowercase()).into_owned()
    };
    vec![
        ("exact", keyed(str::to_lowercase), same),
        ("prefix", keyed(str::to_lowercase), begins),
        ("Snowball Estonian", keyed(snowball), same),
        ("stripper", keyed(stripper), same),
        ("stem", keyed(|form| Stemmer::for_language("et").keys(form).stem), same),
        ("stem and parts", Box::new(|forms| forms.iter().map(|form| with_parts(form)).collect()), by_parts),
    ]
}

/// Of how many forms the nominative finds how many, of how many pairs of forms one finds the other, how many
/// words have all forms under one key, and how many words a query finds beside its own.
#[derive(Default)]
struct Figures {
    found: (usize, usize),
    pairs: (usize, usize),
    whole: (usize, usize),
    foreign: Vec<(String, String)>,
}

fn share((part, all): (usize, usize)) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand at most")]
    let share = part as f64 / all as f64;
    share
}

fn measure(words: &[&Word], (_, keys, finds): &Method) -> Figures {
    let keyed: Vec<Vec<Vec<String>>> = words.iter().map(|word| keys(&word.forms)).collect();
    let mut figures = Figures::default();
    for forms in &keyed {
        let hits = forms[1..].iter().filter(|form| finds(&forms[0], form)).count();
        figures.found = (figures.found.0 + hits, figures.found.1 + forms.len() - 1);
        for (at, query) in forms.iter().enumerate() {
            let others = forms.iter().enumerate().filter(|(other, _)| *other != at);
            let hits = others.filter(|(_, form)| finds(query, form)).count();
            figures.pairs = (figures.pairs.0 + hits, figures.pairs.1 + forms.len() - 1);
        }
        figures.whole.0 += usize::from(hits == forms.len() - 1);
        figures.whole.1 += 1;
    }
    for (query, forms) in words.iter().zip(&keyed) {
        for (other, others) in words.iter().zip(&keyed) {
            if !std::ptr::eq(*query, *other) && others.iter().any(|form| finds(&forms[0], form)) {
                figures.foreign.push((query.forms[0].clone(), other.forms[0].clone()));
            }
        }
    }
    figures
}

#[test]
fn forms_of_a_word_find_each_other() {
    let words = words();
    let mut table = String::new();
    for half in ["held", "seen"] {
        let chosen: Vec<&Word> = words.iter().filter(|word| word.half == half).collect();
        let _ = writeln!(table, "\n{half}: {} words", chosen.len());
        let _ = writeln!(
            table,
            "| method | nominative finds form | form finds form | whole words | foreign words per query |"
        );
        for method in methods() {
            let figures = measure(&chosen, &method);
            let _ = writeln!(
                table,
                "| {} | {:.1} % | {:.1} % | {} of {} | {:.2} |",
                method.0,
                100.0 * share(figures.found),
                100.0 * share(figures.pairs),
                figures.whole.0,
                figures.whole.1,
                share((figures.foreign.len(), chosen.len())),
            );
            if method.0 == "stem" {
                assert!(
                    share(figures.found) > 0.95,
                    "{half}: forms that their nominative does not find\n{table}"
                );
                assert!(share((figures.foreign.len(), chosen.len())) < 0.3, "{half}: {:?}", figures.foreign);
                println!("{half}, words that share a stem: {:?}", figures.foreign);
            }
        }
    }
    println!("{table}");
}

#[test]
fn compounds_are_found_by_their_heads() {
    let rows: Vec<(String, String)> = lines("compounds.tsv")
        .iter()
        .map(|line| line.split_once('\t').expect("a word and its parts"))
        .map(|(word, parts)| (word.to_owned(), parts.to_owned()))
        .collect();
    let heads: Vec<&str> = rows.iter().filter_map(|(_, parts)| parts.split(' ').nth(1)).collect();
    for (name, stemmer) in [
        ("words that everybody uses", Stemmer::for_language("et")),
        ("and the words of the pages", Stemmer::for_language("et").knowing(heads.iter().copied())),
    ] {
        let (mut found, mut compounds, mut torn, mut simple) = (0, 0, Vec::new(), 0);
        for (word, parts) in &rows {
            let keys = stemmer.keys(word);
            if let Some((_, head)) = parts.split_once(' ') {
                compounds += 1;
                found += usize::from(keys.parts.contains(&stemmer.keys(head).stem));
            } else {
                simple += 1;
                if !keys.parts.is_empty() {
                    torn.push(word.clone());
                }
            }
        }
        println!(
            "{name}: {found} of {compounds} compounds by their head; torn though simple: {} of {simple} {torn:?}",
            torn.len()
        );
        assert!(torn.len() * 20 < simple, "too many words are torn: {torn:?}");
        assert!(share((found, compounds)) > 0.5, "too few compounds are found");
    }
}

/// Words of which the browser's script has to make the same keys.
fn words_of_texts(folder: &Path, list: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            words_of_texts(&entry, list);
        } else if entry.extension().is_some_and(|ending| ending == "md" || ending == "yaml") {
            let text = fs::read_to_string(&entry).expect("a text");
            list.extend(tokens(&text).map(|(_, word)| word.to_owned()));
        }
    }
}

/// English words with endings that may or may not stand there: every rule of the algorithm is met.
fn with_endings(words: &BTreeSet<String>) -> Vec<String> {
    const ENDINGS: [&str; 46] = [
        "s", "es", "'s", "'", "ed", "edly", "eed", "eedly", "ing", "ingly", "ied", "ies", "sses", "us", "y",
        "ly", "ational", "tional", "enci", "anci", "ably", "ently", "izer", "ization", "ation", "ator",
        "alism", "ality", "ally", "fulness", "ously", "ousness", "iveness", "ivity", "bility", "ogist",
        "ogy", "lessly", "icate", "ative", "alize", "icity", "ical", "ement", "ion", "ant",
    ];
    let plain = words.iter().filter(|word| word.is_ascii() && !is_code(word) && word.len() < 12);
    plain.flat_map(|word| ENDINGS.map(|ending| format!("{word}{ending}"))).collect()
}

#[test]
fn keys_are_written_for_the_browsers_script() {
    let mut texts = BTreeSet::new();
    words_of_texts(&root().join("content"), &mut texts);
    words_of_texts(&root().join("docs"), &mut texts);
    let odd = "UAT-i UAT-keskkond e-teenus E-TEENUSED BEN-142 BEN-142-ga 2026.10 v1.2.3 sit_03 API'le don't 'tis O’Neil šokk \
               shokk žanr zhanr dying lying early skies succeed inning evening addressed egging pasted y yes yyy Straße \
               õ\u{303} so\u{ad}na naïve Москва 東京 ǅ İstanbul";
    let estonian = words().into_iter().flat_map(|word| word.forms).chain(texts.iter().cloned());
    let estonian = estonian.chain(odd.split_whitespace().map(str::to_owned));
    let english = with_endings(&texts).into_iter().chain(texts.iter().cloned());
    let english = english.chain(odd.split_whitespace().map(str::to_owned));
    let mut file = String::new();
    let lists: [(&str, BTreeSet<String>); 3] = [
        ("et", estonian.collect()),
        ("en", english.collect()),
        ("de", odd.split_whitespace().map(str::to_owned).collect()),
    ];
    for (language, list) in lists {
        let stemmer = Stemmer::for_language(language);
        for word in list {
            let keys = stemmer.keys(&word);
            let cells = [language, &word, &keys.exact, &keys.folded, &keys.stem, &keys.parts.join(" ")];
            file.push_str(&cells.join("\t"));
            file.push('\n');
        }
    }
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("search-keys.tsv");
    fs::write(path, file).expect("a file for the test of the script");
}
