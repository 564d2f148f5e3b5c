//! A portal in which every text of every kind of file is an attack, and every construct of Markdown carries one: it is
//! built, and nothing of it comes alive.
//!
//! The files are generated from the shapes of the records, so that a new key is attacked as soon as it is declared. Here
//! the bytes are looked at; `tests/attacks/attacks.mjs` opens the same portals in a browser, without the policy that
//! would stop a script that got through.

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use juhend::model::file_shapes::{FileShape, file_shapes};
use juhend::record::example;
use juhend::record::shape::{RecordShape, Shape};
use program::{DAY, juhend, put};
use serde_json::{Map, Value, json};

/// What templates would make of the attack on them.
const SUM: &str = "62615533";

/// The attacks, each of which stands in every text of a portal of its own. What is called in them says that a script
/// ran.
fn attacks() -> [(&'static str, String); 5] {
    let html = [
        "<script>fired('tag')</script>",
        "<img src=x onerror=fired('handler')>",
        "\"><svg/onload=fired('svg')>",
        "' autofocus onfocus=fired('attribute') x='",
        "</title></style></textarea></script><script>fired('closed')</script>",
        "&lt;img src=x onerror=fired('entity')&gt;",
        "<a href=\"jav&#x09;ascript:fired('link')\">a</a>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=fired('nested')&gt;\">",
        "<iframe srcdoc=\"<script>parent.fired('frame')</script>\"></iframe>",
        "<form action=javascript:fired('form')><input type=submit></form>",
        "<base href=//evil.example/><meta http-equiv=refresh content=0;url=//evil.example/>",
        "<div style=\"position:fixed;inset:0;background:url(//evil.example/x)\">",
        "${7919*7907} {{7919*7907}} {% for x in [1] %}{{ 7919*7907 }}{% endfor %} {{<icon name=\"x\" />}} #{7919*7907}",
        "\u{202e}cod.exe\u{202c} \u{2066}\u{2028}\u{feff}",
    ];
    let lines = "a\r\nX-Injected: 1\r\nBEGIN:VEVENT\nSUMMARY:x\u{85}X-Injected: 2\u{2028}<script>fired('line')</script>";
    [
        ("html", html.join(" ")),
        ("lines", lines.to_owned()),
        ("script", "javascript:fired('script')//".to_owned()),
        ("odd-script", " \u{9}JaVa\tScRiPt\n:fired('odd')".to_owned()),
        ("data", "data:text/html,<script>parent.fired('data')</script>".to_owned()),
    ]
}

/// Keys that decide what the portal is made of, and not what it says: with a wrong value there would be none.
const STEERING: [&str; 13] = [
    "Portal.languages",
    "Portal.time_zone",
    "Portal.base_url",
    "Portal.versions",
    "Portal.checks",
    "Portal.as_of",
    "Portal.theme",
    "Portal.security",
    "Portal.gates",
    "Front.lang",
    "Front.draft",
    "Front.slides",
    "Run.import",
];

/// A value of `shape` in which every text is `attack`; names that others refer to are those of the reference.
fn value(shape: &Shape, own: Option<&str>, attack: &str, depth: usize) -> Value {
    match shape {
        Shape::Text => json!(attack),
        Shape::Translated => json!({"et": attack, "en": attack}),
        Shape::Truth => json!(true),
        Shape::Whole | Shape::Count => json!(1),
        Shape::Form(form) => json!(form.example),
        Shape::Choice(choice) => json!(choice.words.first().map_or("", |(word, _)| word)),
        Shape::Reference(kind) => json!(own.unwrap_or(example::id(*kind))),
        Shape::List(item) | Shape::Filled(item) => json!([value(item, own, attack, depth)]),
        Shape::Map(key, of) => {
            let name = own.map(|own| own.split_once(": ").unwrap_or((own, "")).0);
            let name = name.map_or_else(|| value(key, None, attack, depth), |name| json!(name));
            let name = name.as_str().unwrap_or_default().to_owned();
            json!({ name: value(of, None, attack, depth) })
        }
        Shape::Record(record) => Value::Object(self::record(record, attack, depth + 1)),
        Shape::Either(shapes) => shapes.first().map_or(Value::Null, |shape| value(shape, own, attack, depth)),
        Shape::Any => json!({"any": attack}),
    }
}

/// Every key of `record`, as deep as records stand in records.
fn record(record: &RecordShape, attack: &str, depth: usize) -> Map<String, Value> {
    const DEEPEST: usize = 6;
    let keys = (record.keys)().into_iter().filter(|_| depth < DEEPEST);
    keys.filter(|key| !STEERING.contains(&format!("{}.{}", record.name, key.name).as_str()))
        .map(|key| match key.example.filter(|_| key.name == "id") {
            // By its id a case is referred to.
            Some(id) => (key.name.to_owned(), json!(id)),
            None => (key.name.to_owned(), value(&key.shape, key.example, attack, depth)),
        })
        .collect()
}

fn keys(file: &FileShape, attack: &str) -> Map<String, Value> {
    let mut keys: Map<String, Value> =
        file.records.iter().flat_map(|shape| record(shape, attack, 0)).collect();
    // All is for one audience, so that nothing is left out.
    keys.remove("audience");
    keys.remove("restriction");
    if attack.trim_start().to_lowercase().starts_with(['j', 'd']) && attack.contains(':') {
        // A former address with a colon in it is no file name, and ends the build.
        keys.remove("aliases");
    }
    keys
}

/// Where a file of the kind stands, by the names that the examples refer to.
fn place(kind: &str) -> &'static str {
    match kind {
        "portal" => "portal.yaml",
        "release" => "releases/2026.10.yaml",
        "run" => "runs/2026.10/sit-03.yaml",
        "cases" => "cases/benefits.yaml",
        "plan" => "plans/2026.10-sit.yaml",
        "defect" => "defects/D-317.yaml",
        "environment" => "environments/preprod.yaml",
        "data" => "data/pensioners-03.yaml",
        "tickets" => "tickets/2026-10-12.yaml",
        "decision" => "decisions/2026.10-first.yaml",
        "partners" => "partners.yaml",
        "page" => "guides/rollback.md",
        "training" => "training/10-basics.md",
        "report" => "reports/2026.10-progress.md",
        "advice" => "advice/question.md",
        "proposal" => "proposals/change.md",
        other => panic!("a new kind of file, `{other}`: say where one stands"),
    }
}

/// Markdown in which every construct carries `attack`.
fn markdown(attack: &str) -> String {
    let line = attack.replace(['\r', '\n', '\u{85}', '\u{2028}'], " ");
    let quoted = line.replace('"', "\\\"");
    let bare = line.replace([' ', '<', '>', '(', ')'], "");
    format!(
        "# {line} {{#id-{bare}}}\n\n{attack}\n\n\
         ## Links\n\n[{line}]({bare}) [a](<{line}>) [b]({bare} \"{quoted}\") <{bare}> <{line}>\n\n\
         ![{line}](evil.svg \"{quoted}\") ![a](<{line}>) [c][ref] ![d][ref]\n\n[ref]: <{line}> \"{quoted}\"\n\n\
         [evil](evil.svg) [page](../guides/rollback.md#{bare})\n\n\
         ## Code\n\n```{line}\n{attack}\n```\n\n```html {{1-2 title=\"{quoted}\"}}\n{attack}\n```\n\n`{line}` ``` {line} ```\n\n\
         ## Blocks\n\n> {line}\n\n> [!NOTE] {line}\n> {line}\n\n- {line}\n- [ ] {line}\n\n1. {line}\n\n\
         | {line} | b |\n| --- | --- |\n| {line} | c |\n\nTerm[^1] ~~{line}~~ **{line}** *{line}*\n\n[^1]: {line}\n\n\
         ## HTML\n\n<details open ontoggle=fired('toggle')><summary>{line}</summary>\n\n{line}\n\n</details>\n\n\
         <div title=\"{line}\">{line}</div>\n\n<!-- {line} -->\n\n<p class=\"{line}\" id='{line}'>{line}</p>\n\n\
         <video src=x onerror=fired('video')></video><x-y onclick=fired('own')>a</x-y>\n\n\
         <a href=\"{line}\">a</a> <img src=\"{line}\" alt=\"{line}\"> <area href=\"{line}\"> <q cite=\"{line}\">q</q>\n\n\
         ## Diagram\n\n```mermaid\ngraph TD\n  A[\"{quoted}\"] -->|\"{quoted}\"| B({bare})\n  click A \"{bare}\" \"{quoted}\"\n```\n\n\
         ```mermaid\npie title {line}\n  \"{quoted}\" : 3\n```\n\n\
         ```quiz\nquestion: \"{quoted}\"\nanswers:\n  - \"{quoted}\"\n  - b\nright: 1\n```\n"
    )
}

/// A drawing that is opened by itself or shown on a page.
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" onload=\"fired('drawing')\">\
    <script>fired('script in a drawing')</script><a xlink:href=\"javascript:fired('a')\"><text y=\"20\">a</text></a>\
    <foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\" onload=\"fired('foreign')\"/></foreignObject></svg>\n";

/// File names that mean something to shells, templates, addresses or HTML, and that file systems allow.
const NAMES: [&str; 6] = [
    "{{7919*7907}}",
    "' onmouseover=fired(1) x='",
    "&lt;img src=x onerror=fired(2)&gt;",
    "%3Cscript%3Efired(3)%3C%2Fscript%3E",
    "javascript&colon;fired(4)",
    "a#b?c;d$(id)`id`",
];

/// Writes the project in which every text of every record is `attack`. Unsafe links of pages are errors where there is
/// a `portal.yaml`, so that the pages of this tree carry the attack in their keys and in code alone.
fn records(root: &Path, attack: &str) {
    for file in file_shapes() {
        let mut keys = keys(&file, attack);
        if file.kind == "portal" {
            keys.insert("languages".to_owned(), json!(["et", "en"]));
            keys.insert("base_url".to_owned(), json!("https://testing.example.ee/portal/"));
            keys.insert("time_zone".to_owned(), json!("Europe/Tallinn"));
            keys.insert("theme".to_owned(), json!({"logo": "guides/evil.svg"}));
            let off: Map<String, Value> = rules().into_iter().map(|rule| (rule, json!("off"))).collect();
            keys.insert("checks".to_owned(), Value::Object(off));
        }
        // JSON is YAML too, and says every character by its number.
        let keys = serde_json::to_string_pretty(&Value::Object(keys)).expect("JSON");
        let code = format!("# Code\n\n```text\n{}\n```\n", attack.replace("```", ""));
        let text = if file.is_page() { format!("---\n{keys}\n---\n\n{code}") } else { keys };
        put(root.join("content").join(place(file.kind)), text);
    }
    put(root.join("content/guides/evil.svg"), SVG);
    put(root.join("content/runs/2026.10/sum.png"), "no picture");
}

/// Writes the tree of pages alone, in which every construct of Markdown and every name of a file carries `attack`.
/// Without a `portal.yaml` what is unsafe is switched off and told.
fn pages(root: &Path, attack: &str) {
    for name in NAMES.iter().chain(&["plain"]) {
        let keys = json!({"title": attack, "description": attack, "owner": attack});
        let text = format!("---\n{keys}\n---\n\n{}", markdown(attack));
        put(root.join(format!("content/guides/{name}.md")), text);
    }
    put(root.join("content/guides/evil.svg"), SVG);
}

/// The names of all rules, as the program lists them.
fn rules() -> Vec<String> {
    let listed = program::fine(Path::new(env!("CARGO_MANIFEST_DIR")), &["explain"]);
    listed.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The texts of a finished portal, by path.
fn texts(public: &Path) -> Vec<(PathBuf, String)> {
    let entries = walkdir::WalkDir::new(public).sort_by_file_name().into_iter();
    entries
        .map(|entry| entry.expect("readable").into_path())
        .filter(|path| path.is_file() && !path.starts_with(public.join("assets")))
        .filter_map(|path| Some((path.clone(), String::from_utf8(fs::read(&path).ok()?).ok()?)))
        .collect()
}

/// Whether each line of the file means something by itself.
fn has_lines(path: &Path) -> bool {
    let of_servers = ["_redirects", "_headers"].iter().any(|name| path.ends_with(name));
    let endings = ["ics", "txt", "conf", "map"];
    of_servers
        || path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
}

/// A tag that begins an element.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
}

/// The tags of a page of ours: names without quotation marks, values with double ones or with none. Texts in which `<`
/// begins no tag are not among what the program writes, so that whatever got through is found here.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        rest = after;
        if name.is_empty() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>')).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end.max(1));
            rest = after;
            let value = match rest.strip_prefix('=') {
                Some(quoted) if quoted.starts_with('"') => {
                    let (value, after) = quoted[1..].split_once('"').unwrap_or((&quoted[1..], ""));
                    rest = after;
                    value
                }
                Some(bare) => {
                    let end = bare.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(bare.len());
                    rest = &bare[end..];
                    &bare[..end]
                }
                None => "",
            };
            attributes.push((name, decoded(value)));
        }
        tags.push(Tag { name, attributes });
    }
    tags
}

/// A value as browsers read it, as far as what it begins with goes.
fn decoded(value: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&#x09;", "\t"),
        ("&colon;", ":"),
        ("&amp;", "&"),
    ];
    named.iter().fold(value.to_owned(), |text, (name, letter)| text.replace(name, letter))
}

/// What would let somebody else's script run, or leave the page, in a tag.
fn danger(tag: &Tag<'_>, is_redirect: bool) -> Option<String> {
    let forbidden = [
        "iframe",
        "object",
        "embed",
        "base",
        "frame",
        "frameset",
        "applet",
        "foreignobject",
        "math",
        "style",
    ];
    let name = tag.name.to_ascii_lowercase();
    let of = |wanted: &str| {
        tag.attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
    };
    // The page of what is not there stands at every address, and names the root that its links are seen from.
    let is_own_base =
        name == "base" && of("href").is_some_and(|to| to.starts_with('/') && !to.starts_with("//"));
    if forbidden.contains(&name.as_str()) && !is_own_base {
        return Some(format!("<{name}>"));
    }
    if name == "script" && !of("src").is_some_and(|src| src.contains("assets/")) {
        return Some("a script that is no file of ours".to_owned());
    }
    if name == "form"
        && of("action").is_some_and(|to| !to.starts_with(['.', '/']) && !to.is_empty() && to.contains(':'))
    {
        return Some("a form that leads elsewhere".to_owned());
    }
    let refreshes = name == "meta" && of("http-equiv").is_some_and(|of| of.eq_ignore_ascii_case("refresh"));
    let leads = of("content").and_then(|content| content.split_once("url=")).map_or("", |(_, to)| to);
    if refreshes && (!is_redirect || leads.contains(':')) {
        return Some("a page that leads elsewhere".to_owned());
    }
    tag.attributes.iter().find_map(|(attribute, value)| {
        let attribute = attribute.to_ascii_lowercase();
        let compact: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let compact = compact.to_ascii_lowercase();
        let is_address = [
            "href",
            "src",
            "action",
            "formaction",
            "xlink:href",
            "data",
            "cite",
            "poster",
            "srcset",
            "background",
        ]
        .contains(&attribute.as_str());
        let is_script =
            ["javascript:", "data:", "vbscript:"].iter().any(|scheme| compact.starts_with(scheme));
        let is_bad = attribute.starts_with("on")
            || attribute == "style"
            || attribute == "srcdoc"
            || (is_address && is_script);
        is_bad.then(|| format!("{attribute}=\"{value}\" of <{name}>"))
    })
}

/// Where the portals of the attacks are kept for the browser: `<what carries it>-<attack>`.
fn kept() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("attacks")
}

/// What comes alive in the portal of the project at `root`, which has at least `least` pages.
fn comes_alive(root: &Path, least: usize) -> Vec<String> {
    let built = juhend(root, &["--as-of", DAY, "build", "--audience", "restricted"]);
    assert_eq!(built.code, 0, "{}: {}", root.display(), built.err);
    let public = root.join("public");
    let mut found = Vec::new();
    let mut pages = 0;
    for (path, text) in texts(&public) {
        let shown = path.strip_prefix(&public).expect("below").display().to_string();
        if text.contains(SUM) {
            found.push(format!("{shown}: a template was filled in"));
        }
        if has_lines(&path) && text.lines().any(|line| line.starts_with("X-Injected")) {
            found.push(format!("{shown}: a line that is not ours"));
        }
        if path.extension().is_some_and(|ending| ending == "html") {
            pages += 1;
            let tags = tags(&text);
            let is_redirect = !text.contains("<main");
            let dangers = tags.iter().filter_map(|tag| danger(tag, is_redirect));
            found.extend(dangers.map(|danger| format!("{shown}: {danger}")));
        }
    }
    assert!(pages >= least, "{}: {pages} pages\n{}", root.display(), built.err);
    found
}

#[test]
fn nothing_that_authors_write_comes_alive() {
    // What an earlier run left.
    let _ = fs::remove_dir_all(kept());
    for (name, attack) in attacks() {
        let of_tree = |what: &str, write: fn(&Path, &str), least: usize| {
            let root = kept().join(format!("{what}-{name}"));
            write(&root, &attack);
            let found = comes_alive(&root, least);
            let first = found[..found.len().min(40)].join("\n");
            assert!(found.is_empty(), "{what} with {name}, {} places:\n{first}", found.len());
        };
        of_tree("records", records, 70);
        of_tree("pages", pages, 20);
    }
}

#[test]
fn the_check_finds_what_would_come_alive() {
    for (page, is_found) in [
        ("<p title=\"onload=\">a</p><a href=\"../a/\">a</a><script src=\"assets/a.js\"></script>", false),
        ("<!-- <script> --><p>&lt;script&gt;</p>", false),
        ("<script>a</script>", true),
        ("<p onclick=a>", true),
        ("<p x OnClick=\"a\">", true),
        ("<a href=\"jav&#x09;ascript:a\">", true),
        ("<a href=\" data:text/html,a\">", true),
        ("<svg/onload=a>", true),
        ("<iframe>", true),
        ("<p style=\"\">", true),
        ("<meta http-equiv=\"refresh\" content=\"0\">", true),
    ] {
        assert_eq!(tags(page).iter().any(|tag| danger(tag, false).is_some()), is_found, "{page}");
    }
}
