//! Every reader of what others write.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, date};
use juhend::check::{self, Context};
use juhend::command::leftovers;
use juhend::derive::guidance::difference::{self, text};
use juhend::diagnostic::{Diagnostic, FileId, Place};
use juhend::import::format::{Format, Options as FormatOptions};
use juhend::import::run_file::{self, Head};
use juhend::import::{ForeignFile, encoding, gzip, mask, merge, tickets, xml};
use juhend::model::audience::Audience;
use juhend::model::body::{LinkKind, Piece};
use juhend::parse::finished::FinishedPage;
use juhend::parse::markdown::{self, HtmlPolicy};
use juhend::parse::yaml::Yaml;
use juhend::parse::{self, Cache, addresses, aliases, published, quiz, redirects};
use juhend::render::brand::logo::Logo;
use juhend::render::theme::ThemeFiles;
use juhend::render::{Portal, Theme, plan};
use juhend::scan::{self, Purpose};
use juhend::serve::address;
use juhend::source::git::answers;
use juhend::source::{SourceFile, Sources};
use juhend::words::stem::{Stemmer, tokens};
use juhend::words::{self, Words};
use juhend::write::{Manifest, OutputPath, marked, photograph};

use super::tame::wildness;

/// What reads an input: it gives what came of it in a few words, so that inputs of which something new comes are known.
type Read = Box<dyn Fn(&[u8]) -> String + Send>;

/// A reader that is tried.
pub struct Target {
    /// Its name, and that of the folder of its inputs.
    pub name: &'static str,
    /// What its format is made of.
    pub words: &'static [&'static str],
    /// What inputs there are besides its own.
    pub seeds: Seeds,
    /// Reads an input; panics where what came of it must not be.
    pub read: Read,
}

/// Inputs that the project has for other reasons.
pub enum Seeds {
    /// None.
    Own,
    /// The files whose path says yes.
    Files(fn(&str) -> bool),
    /// The trees of `tests/golden`.
    Trees,
}

const YAML: &[&str] = &[
    "- ",
    ": ",
    "\n  ",
    "{",
    "}",
    "[",
    "]",
    "[[",
    "{a: ",
    "&a ",
    "*a",
    "*a, ",
    "<<: *a\n",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "\"\\x00\"",
    "#",
    "---\n",
    "...\n",
    "!!binary ",
    "!<tag:x> ",
    "? ",
    "%YAML 1.2\n",
    "~",
    "null",
    "true",
    ".inf",
    "0x7fffffffffffffff",
    "9999-12-31",
    "-9999-01-01",
    "2026-02-30",
    "2026-10-16T24:00:60+99:99",
    "99999999999d",
    "\u{feff}",
    "\u{2028}",
    "\u{202e}",
    "\r\n",
    "\t",
    "../../",
    "/etc/passwd",
    "CON",
    "et: ",
    "en: ",
    "javascript:x",
    "<script>",
];

const MARKDOWN: &[&str] = &[
    "\n\n",
    "    ",
    "\t",
    "*",
    "**a ",
    "_",
    "~~",
    "`",
    "```\n",
    "```results\nrun: a\n```\n",
    "```quiz\nquestion: a\nanswers: [b, c]\nright: 1\n```\n",
    "```mermaid\ngraph TD\na-->b\n```\n",
    "```yaml title=\"<script>\"\n",
    "::: internal\n",
    ":::\n",
    "[a](",
    "](javascript:x)",
    "](<jav&#x61;script:x>)",
    "![a](../../etc/passwd)",
    "![\" onerror=x](x \"\\\" onerror=x\")",
    "<",
    ">",
    "> ",
    "- ",
    "- [ ] ",
    "1. ",
    "999999999. ",
    "# ",
    "###### <script>",
    "{#a}",
    "|",
    "|-|\n",
    "|a|\n|-|\n|b|\n",
    "[^a]",
    "[^a]: b[^a]\n",
    ": ",
    "[x]: javascript:x\n",
    "[x]",
    "https://a.ee",
    "www.",
    "a@b.ee",
    "&amp;",
    "&#xFDD0;",
    "&#0;",
    "&lt;script&gt;",
    "\\",
    "\r",
    "\0",
    "\u{FDD0}",
    "\u{FDEF}",
    "\u{202e}",
    "<b>",
    "</b>",
    "<a href=\"",
    "<a href=javascript:x>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "<script>",
    "</script>",
    "<style>",
    "<svg/onload=x>",
    "<math><mtext><table><mglyph><style>",
    "<img src='x' onerror='x'>",
    "<iframe srcdoc='<script>'>",
    "<details>",
    "<table><td>",
    "<template>",
    "<noscript><p title=\"</noscript><img src=x onerror=x>\">",
    "> [!NOTE]\n",
    "---\n",
    "$$x$$",
];

const XML: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "<a>",
    "</a>",
    "<testsuite>",
    "<testcase name='a'>",
    "</testcase>",
    "<failure message='&#0;'>",
    "<kw>",
    "<test>",
    "<suite>",
    "<status status='PASS' start='20260101 00:00:00.000' elapsed='1'/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0' encoding='UTF-16'?>",
    "encoding='windows-1257'",
    "<!DOCTYPE a [<!ENTITY b \"&c;&c;\">]>",
    "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
    "&b;",
    "&x;",
    "&#x0;",
    "&#x110000;",
    "&",
    "=",
    "'",
    "\"",
    " time='1e999'",
    " time='-1'",
    " timestamp='9999-12-31T23:59:59+14:00'",
    "xmlns:a='b'",
    "[[ATTACHMENT|../../etc/passwd]]",
    "\0",
    "\u{feff}",
];

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "{\"a\":",
    "[[",
    "null",
    "true",
    "-1",
    "1e999",
    "18446744073709551616",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"\"",
    "{}",
    "[]",
    "\n",
    "\"status\":\"passed\"",
    "\"duration\":-1",
    "\"start\":9223372036854775807",
    "\"name\":\"\\n\"",
    "\"../../etc/passwd\"",
    "\u{feff}",
];

const LEFTOVERS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-1",
    "0",
    "4294967295",
    "18446744073709551616",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "{\"asked\":\"\",\"versions\":{},\"last\":",
    "\"warnings\":{\"list\":[],\"texts\":{}}",
    "\"at\":[\"a.md\",0,9]",
    "[\"a.md\",9,0]",
    "\"related\":[[[\"a.md\",1,2],\"b\"]]",
    "\"is_secret\":true",
    "õ",
    "\\r",
    "\\n",
    "\\t",
    "\\u001b[31m",
    "{\"schema\":1,\"publish\":\"1\",\"unsure\":[",
    "\"gone\":[",
    "\"../a\"",
    "\"CON\"",
    "{\"answered\":{",
    "\"2026-10-16T12:00:00Z\"",
    "\"-009999-01-01T00:00:00Z\"",
];

const TABLE: &[&str] = &[
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\"",
    "\"\"",
    "sep=;\n",
    "passed",
    "failed",
    "=1+1",
    "1e999",
    "00:00:01,5",
    "10/12/2026",
    "2026-02-30",
    "32.13.2026",
    "\u{feff}",
    "\u{a0}",
    "37001010029",
    "1..3\n",
    "ok 1 - a # SKIP b\n",
    "not ok 2\n",
    "    ok 1\n",
    "  ---\n",
    "  ...\n",
    "Bail out!\n",
    "TAP version 14\n",
];

const TEXT: &[&str] = &[
    " ",
    "\n",
    "õ",
    "õ",
    "İ",
    "ß",
    "ﬃ",
    "\u{ad}",
    "\u{200d}",
    "\u{301}",
    "-",
    "_",
    "'",
    ".",
    "BEN-142",
    "2026.10",
    "e-teenus",
    "raamatukogudesse",
    "37001010029",
    "EE382200221020145685",
    "+372 5123 4567",
    "tel ",
    "a@b.ee",
    "password=",
    "Authorization: Bearer ",
    "eyJhbGciOiJIUzI1NiJ9.e30.",
    "ghp_0123456789012345678901234567890123456",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
];

const CODE: &[&str] = &[
    "\n", "\"", "'", "`", "${", "}", "{", "(", ")", "[", "/*", "*/", "//", "#", "<!--", "-->", "<", ">", "&",
    "\\", "\\\n", "\"\"\"", "r#\"", "\"#", "<<EOF\n", "EOF\n", "$(", "@", "=>", "0x", "1e", "fn ", "class ",
    "SELECT ", "<script>", "{{", "%}", "|", "---\n", ": ", "- ",
];

const HTML: &[&str] = &[
    "<main>",
    "</main>",
    "<nav>",
    "</nav>",
    "<h1>",
    "</h1>",
    "<title>",
    "</title>",
    "<body",
    "<article",
    "<!--",
    "-->",
    "<",
    ">",
    "&",
    "&amp;",
    "<p>",
    "<li>",
    "<td>",
    "<pre>",
    "<script>",
    "</script>",
    "õ",
    "İ",
    "\0",
];

const GIT: &[&str] = &[
    "\0",
    "\x01",
    "\n",
    "\t",
    " ",
    ":100644 100644 1 2 M\0",
    ":100644 100644 1 2 R087\0",
    ":000000 100644 0 5 A\0",
    "::100644 100644 100644 7 8 9 MR\0",
    "100644 blob 3b18 12\ta.md\0",
    "120000 blob ../a 4\tb.md\0",
    "160000 commit 9f2c -\tc\0",
    "3b18 blob 4\nabcd\n",
    "3b18 missing\n",
    "blob 18446744073709551615\n",
    "# branch.oid 4f2a\n",
    "? a\n",
    "../",
    "R100",
    "a.md\0",
];

const LISTS: &[&str] = &[
    "{\"schema\":1,",
    "\"files\":{",
    "\"addresses\":[",
    "\"schedule\":[",
    "juhend 1\n",
    "juhend 2\n",
    "../",
    "/",
    "\\",
    "..",
    ".",
    "//",
    "%2f",
    "%00",
    "%2e%2e/",
    "%",
    "CON",
    ".juhend",
    "a",
    " 1 ",
    "\n",
    "\"",
    ",",
    ":",
    "}",
    "]",
];

const SVG: &[&str] = &[
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">",
    "</svg>",
    "<g>",
    "</g>",
    "<use href=\"#a\"/>",
    "<g id=\"a\">",
    "<path d=\"M0 0h9z\"/>",
    "<script>",
    "<image href=\"file:///etc/passwd\"/>",
    "<style>",
    "<linearGradient id=\"a\" href=\"#a\">",
    "<pattern id=\"a\" fill=\"url(#a)\">",
    "<filter id=\"a\"><feGaussianBlur stdDeviation=\"1e9\"/>",
    "<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"dddd\">]>",
    "&b;",
    "width=\"1e38\"",
    "height=\"-1\"",
    "transform=\"scale(1e38)\"",
    "NaN",
];

/// Bytes of pictures: marks, lengths, parts.
const PICTURE: &[&str] = &[
    "\u{89}PNG",
    "IHDR",
    "tEXt",
    "eXIf",
    "IEND",
    "RIFF",
    "WEBP",
    "VP8X",
    "EXIF",
    "GIF89a",
    "Exif\0\0MM\0*\0\0\0\x08",
    "Exif\0\0II*\0",
    "ftypavif",
    "meta",
    "iinf",
    "iloc",
    "mdat",
    "\0\0\0\0",
    "\0\0\0\x01",
    "\x7f\x7f\x7f\x7f",
    "%PDF-1.4\n",
    "/Author (",
    "stream\n",
    "FlateDecode",
    "endstream",
];

/// Every target.
pub fn all() -> Vec<Target> {
    let mut all = records();
    all.extend(imports());
    all.extend([
        target("yaml", YAML, Seeds::Files(is_yaml), read_yaml),
        target("page", MARKDOWN, Seeds::Files(is_markdown), |bytes| tree("content/guides/a.md", bytes)),
        target("markdown", MARKDOWN, Seeds::Files(is_markdown), read_markdown),
        target("quiz", YAML, Seeds::Own, read_quiz),
        target("words", YAML, Seeds::Own, read_words),
        target("whole-portal", YAML, Seeds::Trees, read_portal),
        target("edits", YAML, Seeds::Files(|path| is_markdown(path) || path.ends_with("portal.yaml")), edit),
        target("tickets", TABLE, Seeds::Files(|path| path.contains("/tickets/")), read_tickets),
        target("encoding", XML, Seeds::Own, read_encoding),
        target("gzip", PICTURE, Seeds::Own, read_packed),
        target("xml", XML, Seeds::Files(|path| ends_in(path, &["xml"])), read_xml),
        target("git", GIT, Seeds::Own, read_git),
        target("finished", HTML, Seeds::Own, read_finished),
        target("difference", TEXT, Seeds::Files(is_markdown), compare),
        target("lists", LISTS, Seeds::Own, read_lists),
        target("leftovers", LEFTOVERS, Seeds::Own, read_leftovers),
        target("request", LISTS, Seeds::Own, read_request),
        target("search", TEXT, Seeds::Own, search),
        target("scan", TEXT, Seeds::Own, look_through),
        target("highlight", CODE, Seeds::Own, highlight),
        target("picture", PICTURE, Seeds::Files(is_picture), read_picture),
        target("photograph", PICTURE, Seeds::Own, |bytes| {
            format!("{:?}", photograph::narrower(bytes, 64).map(|narrow| size(narrow.len())))
        }),
        target("logo", SVG, Seeds::Files(|path| ends_in(path, &["svg"])), read_logo),
    ]);
    all
}

fn target(
    name: &'static str,
    words: &'static [&'static str],
    seeds: Seeds,
    read: impl Fn(&[u8]) -> String + Send + 'static,
) -> Target {
    Target { name, words, seeds, read: Box::new(read) }
}

fn ends_in(path: &str, endings: &[&str]) -> bool {
    Path::new(path).extension().is_some_and(|ending| endings.iter().any(|it| ending == *it))
}

fn is_yaml(path: &str) -> bool {
    ends_in(path, &["yaml"])
}

fn is_markdown(path: &str) -> bool {
    ends_in(path, &["md"])
}

fn is_picture(path: &str) -> bool {
    ends_in(path, &["png", "jpg", "gif", "webp", "avif", "pdf"])
}

/// A target for each kind of record.
fn records() -> Vec<Target> {
    macro_rules! kind {
        ($name:literal, $path:literal, $folder:literal) => {
            target($name, YAML, Seeds::Files(|path| path.contains($folder) && is_yaml(path)), |bytes| {
                tree(concat!("content/", $path), bytes)
            })
        };
    }
    vec![
        kind!("record-portal", "portal.yaml", "/portal.yaml"),
        kind!("record-release", "releases/1.yaml", "/releases/"),
        kind!("record-run", "runs/1/a.yaml", "/runs/"),
        kind!("record-cases", "cases/a.yaml", "/cases/"),
        kind!("record-plan", "plans/a.yaml", "/plans/"),
        kind!("record-defect", "defects/D-1.yaml", "/defects/"),
        kind!("record-env", "environments/a.yaml", "/environments/"),
        kind!("record-data", "data/a.yaml", "/data/"),
        kind!("record-tickets", "tickets/2026-10-16.yaml", "/tickets/"),
        kind!("record-decision", "decisions/1.yaml", "/decisions/"),
        kind!("record-partners", "partners.yaml", "/partners.yaml"),
    ]
}

/// A target for each format of results.
fn imports() -> Vec<Target> {
    let named = [
        ("import-allure", JSON, "allure"),
        ("import-csv", TABLE, "csv"),
        ("import-ctrf", JSON, "ctrf"),
        ("import-cucumber", JSON, "cucumber"),
        ("import-json", JSON, "json"),
        ("import-junit", XML, "junit"),
        ("import-playwright", JSON, "playwright"),
        ("import-robot", XML, "robot"),
        ("import-tap", TABLE, "tap"),
    ];
    assert_eq!(named.len(), Format::ALL.len(), "a format has no target");
    let one = |(name, words, format): (&'static str, &'static [&'static str], &str)| {
        let format = Format::from_name(format).expect("a format");
        target(name, words, Seeds::Own, move |bytes| import(format, bytes))
    };
    named.into_iter().map(one).collect()
}

/// The order of a size: sizes of one order are one kind of outcome.
fn size(of: usize) -> u32 {
    of.checked_ilog2().map_or(0, |order| order + 1)
}

/// A message without what it quotes and counts.
fn shape(message: &str) -> String {
    let before = message.split('`').next().unwrap_or_default();
    let after = message.rsplit_once('`').map_or("", |(_, after)| after);
    let is_word = |letter: &char| letter.is_ascii_lowercase() || *letter == ' ';
    before.chars().chain(after.chars()).filter(is_word).take(60).collect()
}

/// The faults as an outcome.
fn shapes(faults: &[Diagnostic]) -> BTreeSet<(&'static str, String)> {
    faults.iter().map(|fault| (fault.rule.name, shape(&fault.message))).collect()
}

/// The bytes as text, as far as they are text.
fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// A content tree of one file.
fn tree(path: &str, bytes: &[u8]) -> String {
    let sources = Sources::new(vec![SourceFile::new(path, bytes)], Vec::new());
    let (site, faults) = site(&sources);
    let html = site.documents.iter().flat_map(|document| &document.texts);
    html.for_each(|text| assert_tame(&text.body.pieces));
    for fault in &faults {
        assert_inside(fault.place, &text_of(bytes));
    }
    format!("{:?} {:?}", shapes(&faults), site.documents.first().map(|document| document.texts.len()))
}

fn site(sources: &Sources) -> (juhend::model::Site, Vec<Diagnostic>) {
    let (settings, mut faults) = parse::settings(sources, "content", "Fuzz");
    let options = parse::Options {
        content: "content".to_owned(),
        audience: Audience::Restricted,
        drafts: true,
        labels: BTreeMap::new(),
        is_lenient: false,
    };
    let (site, found) = parse::site(sources, &settings, &options, &mut Cache::default());
    faults.extend(found);
    (site, faults)
}

fn assert_inside(place: Place, text: &str) {
    assert!(place.start <= place.end, "the place {place:?} ends before it begins");
    assert!(place.end as usize <= text.len() + 1, "the place {place:?} lies behind {} bytes", text.len());
}

fn assert_tame(pieces: &[Piece]) {
    let html: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.as_str(),
            // What stands there is an address, and is looked at by itself.
            Piece::Address(_) => "x",
            Piece::Embed(_) => "",
        })
        .collect();
    let wild = wildness(&html);
    assert!(wild.is_none(), "{} is published", wild.unwrap_or_default());
}

fn read_yaml(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    match (Yaml { text: &text, start: 0, file: FileId::of("a.yaml") }).read() {
        Ok(node) => format!("{:?}", std::mem::discriminant(&node.value)),
        Err(fault) => {
            assert_inside(fault.place, &text);
            shape(&fault.message)
        }
    }
}

fn read_markdown(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    let settings = markdown::Settings {
        labels: markdown::Labels::default(),
        html: HtmlPolicy::Sanitised,
        quiz: &|text, place| quiz::read(text, place),
        audience: Audience::Internal,
    };
    let (body, faults) = markdown::parse(&text, 0, FileId::of("a.md"), &settings);
    assert_tame(&body.pieces);
    for link in &body.links {
        let tag = if link.kind == LinkKind::Page { "a href" } else { "img src" };
        let escaped = link.target.replace('&', "&amp;").replace('"', "&quot;");
        let is_picture = link.kind == LinkKind::Image && escaped.starts_with("data:image/");
        let wild = wildness(&format!("<{tag}=\"{escaped}\">")).filter(|_| !is_picture);
        assert!(wild.is_none(), "{} is published", wild.unwrap_or_default());
    }
    for fault in &faults {
        assert_inside(fault.place, &text);
    }
    let blocks = text::blocks(&body);
    let tags: BTreeSet<&str> = body
        .text()
        .flat_map(|html| html.split('<').filter_map(|tag| tag.split([' ', '>']).next()))
        .take(400)
        .collect();
    format!("{:?} {tags:?} {} {}", shapes(&faults), size(body.links.len()), size(blocks.len()))
}

fn read_quiz(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    match quiz::read(&text, Place::new(FileId::of("a.md"), 0, text.len())) {
        Ok(quiz) => format!("{} {}", quiz.answers.len(), quiz.right.len()),
        Err(faults) => format!("{:?}", shapes(&faults)),
    }
}

fn read_words(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    let (words, faults) = Words::new(words::Language::new("et"), &[("et.yaml", &text)]);
    let faults: BTreeSet<String> = faults.iter().map(|fault| shape(&fault.message)).collect();
    format!("{faults:?} {}", words.fill("nav.skip", &[("name", "{name}")]).len())
}

/// A portal with everything around it.
struct Around {
    words: Vec<Arc<Words>>,
    theme: Theme,
}

static AROUND: LazyLock<Around> = LazyLock::new(|| {
    let files = ThemeFiles::builtin();
    let (words, _) = files.words(&["et".to_owned(), "en".to_owned()]);
    let theme = Theme::new(&files, &words, Vec::new()).expect("the default theme");
    Around { words: words.into_iter().map(Arc::new).collect(), theme }
});

/// A whole portal, of which each file stands below a line with its path: `=== content/index.md`.
fn read_portal(bytes: &[u8]) -> String {
    const DAY: Date = date(2026, 10, 16);
    let text = text_of(bytes);
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    for part in text.split("=== ") {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        let is_fine = OutputPath::new(path).is_ok() && path.starts_with("content/");
        if is_fine && files.len() < 40 {
            files.insert(path, text);
        }
    }
    let files = files.into_iter().map(|(path, text)| SourceFile::new(path, text.as_bytes())).collect();
    let (site, mut faults) = site(&Sources::new(files, Vec::new()));
    if site.languages.iter().any(|language| !["et", "en"].contains(&language.as_str())) {
        return "another language".to_owned();
    }
    let words =
        AROUND.words.iter().filter(|words| site.languages.iter().any(|it| it == words.language().as_str()));
    let words: Vec<Arc<Words>> = words.cloned().collect();
    let portal = Portal::new(site, DAY, words, None);
    faults.extend(check::check(&Context {
        site: &portal.site,
        routes: &portal.routes,
        redirects: &portal.redirects,
        backlinks: &portal.backlinks,
        results: &portal.results,
        templates: &portal.templates,
        earlier: &[],
        told: &[],
        made: &[],
        as_of: DAY,
    }));
    let pages = plan(&portal, &AROUND.theme);
    // Pages about everything are the same in every portal; those that are drawn from it come first.
    for page in pages.iter().take(60) {
        if let Err(fault) = page.render(&portal, &AROUND.theme) {
            panic!("a template fails: {fault:?}");
        }
    }
    format!("{:?} {}", shapes(&faults), pages.len())
}

/// What the program writes into files of authors: it is wanted, or nothing is written.
fn edit(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    let page = aliases::with_aliases(&text, &["former/page".to_owned()]);
    let settings = redirects::with_redirects(&text, &[("/former/".to_owned(), "/new/".to_owned())].into());
    format!("{:?} {:?}", page.map(|page| size(page.len())), settings.map(|text| size(text.len())))
}

fn import(format: Format, bytes: &[u8]) -> String {
    let name = if format.is_folder() { "1-result.json" } else { "results" };
    let imported = match format.read(&[ForeignFile { name, bytes }], &FormatOptions::default()) {
        Ok(imported) => imported,
        Err(fault) => return shape(&fault.message),
    };
    let (kept, _) = imported.fit_to_keep(Audience::Public);
    let head = Head {
        release: "1".into(),
        environment: "sit".into(),
        started: "2026-10-12".into(),
        ..Head::default()
    };
    let text = run_file::text(&head, &kept.cases);
    let node = Yaml { text: &text, start: 0, file: FileId::of("run.yaml") }.read();
    let node = node.unwrap_or_else(|fault| panic!("the run file cannot be read: {}", fault.message));
    let merged = merge::merge(&text, &node, &kept.cases);
    let statuses: BTreeSet<&str> = kept.cases.iter().map(|case| case.status.word()).collect();
    let notes: BTreeSet<String> = kept.notes.iter().map(|note| shape(&note.text)).collect();
    format!(
        "{statuses:?} {notes:?} {} {:?}",
        size(kept.cases.len()),
        merged.map(|merged| merged.is_same()).ok()
    )
}

fn read_tickets(bytes: &[u8]) -> String {
    let options = |encoding: Option<&str>| tickets::Options {
        encoding: encoding.map(str::to_owned),
        ..Default::default()
    };
    let read = |encoding| match tickets::read(&[bytes], &options(encoding)) {
        Ok(read) => {
            let notes: BTreeSet<String> = read.notes.iter().map(|note| shape(&note.text)).collect();
            format!("{} {notes:?} {}", size(read.tickets.len()), read.remarks.len())
        }
        Err(fault) => shape(&fault.message),
    };
    format!("{} {}", read(None), read(Some("windows-1257")))
}

fn read_encoding(bytes: &[u8]) -> String {
    let (label, rest) = bytes.split_at(bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let label = text_of(label);
    match encoding::decode(rest, Some(&label).filter(|label| !label.is_empty()).map(|label| &**label)) {
        Ok(decoded) => format!("{} {}", decoded.is_lossy, size(decoded.text.len())),
        Err(fault) => shape(&fault.message),
    }
}

fn read_packed(bytes: &[u8]) -> String {
    match gzip::unpack(bytes) {
        Ok(bytes) => size(bytes.len()).to_string(),
        Err(fault) => shape(&fault.message),
    }
}

fn read_xml(bytes: &[u8]) -> String {
    match xml::read(bytes) {
        Ok(document) => {
            let notes: BTreeSet<String> = document.notes.iter().map(|note| shape(&note.text)).collect();
            format!("{notes:?} {}", size(document.root.children.len()))
        }
        Err(fault) => shape(&fault.message),
    }
}

fn read_git(bytes: &[u8]) -> String {
    let read = answers::understood(bytes);
    format!(
        "{} {} {} {} {:?}",
        read.files,
        read.links,
        size(read.changes),
        read.objects,
        read.state.is_some()
    )
}

fn read_finished(bytes: &[u8]) -> String {
    let page = FinishedPage::of(&text_of(bytes));
    let title = page.title.is_some();
    let kinds: BTreeSet<text::Kind> = text::blocks(&page.body()).iter().map(|block| block.kind).collect();
    format!("{title} {kinds:?}")
}

/// Two texts, with a zero byte between them, or the two halves of one.
fn compare(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    let half = (text.len() / 2..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let (before, after) = text.split_once('\0').unwrap_or_else(|| text.split_at(half));
    let blocks = |text: &str| -> Vec<text::Block> {
        text.lines().map(|line| text::Block { kind: text::Kind::Paragraph, text: line.to_owned() }).collect()
    };
    let changes = difference::between(&blocks(before), &blocks(after));
    let kinds: BTreeSet<String> =
        changes.iter().map(|change| format!("{:?}", std::mem::discriminant(change))).collect();
    format!("{kinds:?} {}", size(changes.len()))
}

/// The lists that builds write and later builds, or other portals, read.
fn read_lists(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    let manifest = match Manifest::parse(bytes) {
        Ok(manifest) => {
            let again = Manifest::parse(manifest.to_text().as_bytes());
            assert_eq!(again.as_ref(), Ok(&manifest), "a manifest is not read as it is written");
            String::new()
        }
        Err(fault) => shape(&fault),
    };
    let marked = marked(&text);
    for path in marked.iter().flatten() {
        assert!(!path.as_str().split('/').any(|name| name == ".."), "`{path}` leads out of the site");
    }
    let (addresses, dates) = (addresses::addresses(&text), published::dates(&text));
    let lengths = (addresses.map(|list| size(list.len())), dates.map(|list| size(list.len())));
    format!("{manifest} {:?} {lengths:?}", marked.map(|list| size(list.len())).map_err(|fault| shape(&fault)))
}

/// What earlier runs left: notes of a build, the journal of a publish, links that answered.
fn read_leftovers(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    let warnings = leftovers::warnings(&text).map(|told| size(told.iter().map(String::len).sum()));
    if let Some(noted) = leftovers::notes(&text) {
        assert_eq!(leftovers::notes(&noted), Some(noted.clone()), "notes are not read as they are written");
    }
    let journal = leftovers::journal(bytes);
    if let Ok(journal) = &journal {
        assert_eq!(leftovers::journal(journal.as_bytes()).as_ref(), Ok(journal), "nor is a journal");
        assert!(!journal.contains("\"../"), "{journal} leads out of the site");
    }
    let answers = leftovers::answers(&text).map(size);
    let journal = journal.map(|text| size(text.len())).map_err(|fault| shape(&fault));
    format!("{warnings:?} {journal:?} {:?}", answers.map_err(|fault| shape(&fault)))
}

fn read_request(bytes: &[u8]) -> String {
    let Some(path) = address::decode(&text_of(bytes)) else { return String::new() };
    let names: Vec<&str> = path.split('/').collect();
    assert!(path.starts_with('/') && !names.contains(&".."), "`{path}` leads out of the portal");
    assert!(!path.contains(['\0', '\\']), "`{path:?}` holds what no path does");
    size(names.len()).to_string()
}

static STEMMERS: LazyLock<[Stemmer; 3]> = LazyLock::new(|| ["et", "en", "fi"].map(Stemmer::for_language));

fn search(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    let mut lengths = BTreeSet::new();
    for (range, token) in tokens(&text) {
        assert_eq!(text.get(range), Some(token), "a word stands where it is said to");
        for stemmer in &*STEMMERS {
            let keys = stemmer.keys(token);
            lengths.insert((size(keys.stem.len()), keys.parts.len().min(9), keys.folded == keys.exact));
        }
    }
    format!("{lengths:?}")
}

fn look_through(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    let mut kinds = String::new();
    for purpose in [Purpose::Masking, Purpose::Publishing, Purpose::Telling] {
        let found = scan::find(&text, purpose);
        let mut end = 0;
        for finding in &found {
            assert!(
                finding.range.start >= end && text.get(finding.range.clone()).is_some(),
                "{finding:?} is nowhere"
            );
            end = finding.range.end;
        }
        let found: BTreeSet<scan::Kind> = found.iter().map(|finding| finding.kind).collect();
        let _ = write!(kinds, "{found:?}");
    }
    let (masked, _) = mask::text(&text);
    let (again, left) = mask::text(&masked);
    format!("{kinds} {} {}", size(again.len()), left.len())
}

/// The first line names the language.
fn highlight(bytes: &[u8]) -> String {
    let text = text_of(bytes);
    // Markdown has one kind of line end when its code comes here.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (language, code) = text.split_once('\n').unwrap_or((&text, ""));
    let Some(html) = markdown::highlighted(language, code) else { return "none".to_owned() };
    let plain: String = html
        .split('<')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
        .collect();
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    assert_eq!(plain.replace("&amp;", "&").trim_end(), code.trim_end(), "the code is not what was written");
    assert!(wildness(&html).is_none(), "{html}");
    let classes: BTreeSet<&str> =
        html.split("class=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    format!("{classes:?}")
}

fn read_picture(bytes: &[u8]) -> String {
    let stripped = scan::image::stripped(bytes);
    if let scan::image::Image::Stripped(plain) = &stripped {
        let again = scan::image::stripped(plain);
        assert!(matches!(again, scan::image::Image::Plain), "metadata are left");
    }
    let traces = scan::maker::traces(bytes);
    let dots = scan::picture::size(bytes).is_some();
    format!("{:?} {traces:?} {dots}", std::mem::discriminant(&stripped))
}

fn read_logo(bytes: &[u8]) -> String {
    match Logo::read(bytes.to_vec()) {
        Ok(logo) => format!("{} {}", logo.is_drawing(), logo.is_square()),
        Err(fault) => shape(&fault),
    }
}
