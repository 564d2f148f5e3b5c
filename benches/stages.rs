//! What each stage of a build costs, on 200 guides that are the same in every run.
//!
//! `cargo bench` runs all, `cargo bench --bench stages -- scan` those with that name. Times tell of the machine as
//! much as of the program: compare two states of the program on one machine, one after the other.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use jiff::civil::{Date, date};

use juhend::diagnostic::FileId;
use juhend::model::Site;
use juhend::model::audience::Audience;
use juhend::parse::{self, Cache, Options, Settings, markdown};
use juhend::render::theme::ThemeFiles;
use juhend::render::{Content, Page, Portal, Theme, plan};
use juhend::scan::{self, Purpose};
use juhend::source::{SourceFile, Sources};
use juhend::words::Words;
use juhend::write::Output;

fn main() {
    divan::main();
}

const GUIDES: usize = 200;
const DAY: Date = date(2026, 10, 16);

/// Blocks of code in the languages that guides show most.
const CODE: [(&str, &str); 5] = [
    (
        "bash",
        "export URL=\"https://sit.example.ee/{n}\"\ncurl --fail \"$URL\" | jq '.sum' > out-{n}.json  # kept\n",
    ),
    ("json", "{\"case\": \"BEN-{n}\", \"sums\": [120.0, true, null]}\n"),
    (
        "python",
        "def test_sum_{n}(client):\n    assert client.get(\"/sum\").json()[\"sum\"] == {n}  # euros\n",
    ),
    (
        "rust",
        "#[test]\nfn sum_{n}() {\n    let sums: Vec<u32> = load(\"sums\");\n    assert!(sums.len() > {n});\n}\n",
    ),
    ("yaml", "run: sit-{n}\nresults:\n  - {case: BEN-{n}, status: passed} # of the day\n"),
];

/// A guide with text, links, a table and code.
fn guide(number: usize) -> String {
    let mut text = format!("---\ntitle: Guide {number}\norder: {number}\n---\n\n");
    for part in 0..6 {
        let (language, code) = CODE[(number + part) % CODE.len()];
        let _ = write!(
            text,
            "## Part {part} of the sums\n\nThe supplement of child {number} is in the *sum* of the month that follows the \
             birth, as [the guide](guide-{:03}.md) says, and `sum_{part}` counts it. The letter names **each** part \
             before the payment leaves, so that nobody asks for it twice.\n\n- The first of {part} steps\n- The second\n\n\
             | Name | Sum |\n| --- | --: |\n| Supplement | {number} |\n| Allowance | {part} |\n\n```{language}\n{}```\n\n",
            (number + part * 7) % GUIDES,
            code.replace("{n}", &number.to_string())
        );
    }
    text
}

/// All that is needed to make pages.
struct Made {
    sources: Sources,
    settings: Settings,
    options: Options,
    words: Vec<Arc<Words>>,
    theme: Theme,
    portal: Portal,
}

static MADE: LazyLock<Made> = LazyLock::new(made);

fn made() -> Made {
    let mut files = vec![SourceFile::new("content/portal.yaml", b"title: Bench\nlanguages: [en]\n")];
    for number in 0..GUIDES {
        let path = format!("content/guides/part-{}/guide-{number:03}.md", number / 50);
        files.push(SourceFile::new(path, guide(number).as_bytes()));
    }
    let sources = Sources::new(files, Vec::new());
    let (settings, _) = parse::settings(&sources, "content", "Bench");
    let options = Options {
        content: "content".to_owned(),
        audience: Audience::Internal,
        drafts: false,
        labels: BTreeMap::new(),
        is_lenient: false,
    };
    let (words, _) = ThemeFiles::builtin().words(&settings.languages);
    let theme = Theme::new(&ThemeFiles::builtin(), &words, Vec::new()).expect("the default theme");
    let words: Vec<Arc<Words>> = words.into_iter().map(Arc::new).collect();
    let site = parse::site(&sources, &settings, &options, &mut Cache::default()).0;
    let portal = Portal::new(site, DAY, words.clone(), None);
    Made { sources, settings, options, words, theme, portal }
}

fn site(made: &Made) -> Site {
    parse::site(&made.sources, &made.settings, &made.options, &mut Cache::default()).0
}

/// The finished pages of guides.
fn pages(made: &Made) -> Vec<(Page, Vec<u8>)> {
    let plan = plan(&made.portal, &made.theme).into_iter();
    let pages = plan.filter(|page| matches!(page.content, Content::Html { .. }));
    pages
        .map(|page| {
            let drawn = page.render(&made.portal, &made.theme).expect("a page").expect("bytes");
            (page, drawn.bytes)
        })
        .collect()
}

#[divan::bench]
fn parse_markdown(bencher: Bencher) {
    let text = guide(1);
    let quiz: &markdown::QuizReader = &|_, _| Err(Vec::new());
    let labels = markdown::Labels::default();
    let settings = markdown::Settings {
        labels,
        html: markdown::HtmlPolicy::default(),
        quiz,
        audience: Audience::Internal,
    };
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| markdown::parse(black_box(&text), 0, FileId::of("a.md"), &settings));
}

#[divan::bench(args = ["bash", "json", "python", "rust", "yaml", "nginx"])]
fn highlight(bencher: Bencher, language: &str) {
    let code: String = CODE.iter().filter(|(name, _)| *name == language).map(|(_, code)| *code).collect();
    let code = if code.is_empty() { "server {\n    listen 80; # a\n}\n".to_owned() } else { code };
    let code = code.repeat(20);
    bencher.counter(BytesCount::of_str(&code)).bench(|| markdown::highlighted(language, black_box(&code)));
}

#[divan::bench]
fn parse_site(bencher: Bencher) {
    bencher.counter(ItemsCount::new(GUIDES)).bench(|| site(black_box(&MADE)));
}

#[divan::bench]
fn derive(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(GUIDES))
        .with_inputs(|| site(&MADE))
        .bench_values(|site| Portal::new(site, DAY, MADE.words.clone(), None));
}

#[divan::bench]
fn load_theme(bencher: Bencher) {
    let files = ThemeFiles::builtin();
    bencher.bench(|| Theme::new(&files, MADE.words.iter().map(|words| &**words), Vec::new()));
}

#[divan::bench]
fn render_pages(bencher: Bencher) {
    bencher.counter(ItemsCount::new(GUIDES)).bench(|| pages(black_box(&MADE)));
}

#[divan::bench]
fn search_index(bencher: Bencher) {
    let made = &*MADE;
    let plan = plan(&made.portal, &made.theme).into_iter();
    let index = plan.into_iter().find(|page| matches!(page.content, Content::Search(_))).expect("an index");
    bencher
        .counter(ItemsCount::new(GUIDES))
        .bench(|| index.render(black_box(&made.portal), &made.theme).expect("an index"));
}

#[divan::bench]
fn scan_pages(bencher: Bencher) {
    let pages: Vec<String> =
        pages(&MADE).into_iter().filter_map(|(_, bytes)| String::from_utf8(bytes).ok()).collect();
    let size: usize = pages.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(size)).bench(|| {
        pages.iter().map(|page| scan::find(black_box(page), Purpose::Telling).len()).sum::<usize>()
    });
}

#[divan::bench]
fn plan_output(bencher: Bencher) {
    let pages = pages(&MADE);
    bencher.counter(ItemsCount::new(pages.len())).with_inputs(|| pages.clone()).bench_values(|pages| {
        let mut output = Output::new();
        for (page, bytes) in pages {
            output.insert(page.output_path(), bytes).expect("a path");
        }
        output
    });
}
