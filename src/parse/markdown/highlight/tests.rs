//! What is coloured how: pieces stand as `⟨class:text⟩`.

use super::html;

/// The HTML, with tags that can be read.
fn coloured(language: &str, code: &str) -> String {
    let html = html(language, code).expect("a language");
    let html = html.replace("<span class=\"", "⟨").replace("\">", ":").replace("</span>", "⟩");
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn languages_are_coloured_alike() {
    for (language, code, expected) in [
        (
            "bash",
            "# build\nfor f in *.md; do\n  curl -s --fail \"$BASE/x\" | jq '.a' > out/${f}.json\ndone",
            "⟨c:# build⟩\n⟨k:for⟩ f ⟨k:in⟩ *.md; ⟨k:do⟩\n  ⟨f:curl⟩ ⟨n:-s⟩ ⟨n:--fail⟩ ⟨s:\"⟩⟨v:$BASE⟩⟨s:/x\"⟩ | \
             ⟨f:jq⟩ ⟨s:'.a'⟩ > out/⟨v:${f}⟩.json\n⟨k:done⟩",
        ),
        ("sh", "make test \\\n  all", "⟨f:make⟩ test \\\n  all"),
        ("sh", "URL=https://a.ee/#b juhend build", "⟨v:URL⟩=https://a.ee/#b juhend build"),
        (
            "json",
            "{\"a\": [1, -2.5e3, true], \"b\": \"x\\\"y\"}",
            "{⟨t:\"a\"⟩: [⟨n:1⟩, -⟨n:2.5e3⟩, ⟨n:true⟩], ⟨t:\"b\"⟩: ⟨s:\"x\\\"y\"⟩}",
        ),
        (
            "python",
            "@fixture\ndef run(self) -> Case:\n    return f(\"a\", 1)  # õ",
            "⟨f:@fixture⟩\n⟨k:def⟩ ⟨f:run⟩(⟨n:self⟩) -> ⟨v:Case⟩:\n    ⟨k:return⟩ ⟨f:f⟩(⟨s:\"a\"⟩, ⟨n:1⟩)  ⟨c:# õ⟩",
        ),
        (
            "rust",
            "fn a<'a>(x: &'a str) -> Option<u8> { assert!(x != 'y'); r#\"\"\"# }",
            "⟨k:fn⟩ a<'a>(x: &'a ⟨n:str⟩) -> ⟨v:Option⟩<⟨n:u8⟩> { ⟨f:assert⟩!(x != ⟨s:'y'⟩); ⟨s:r#\"\"\"#⟩ }",
        ),
        (
            "ts",
            "const a: string = `x ${b}`; /* c */ await page.goto('/');",
            "⟨k:const⟩ a: ⟨n:string⟩ = ⟨s:`x ⟩⟨v:${b}⟩⟨s:`⟩; ⟨c:/* c */⟩ ⟨k:await⟩ page.⟨f:goto⟩(⟨s:'/'⟩);",
        ),
        (
            "sql",
            "SELECT count(*) FROM run WHERE state = 'x' -- all",
            "⟨k:SELECT⟩ ⟨f:count⟩(*) ⟨k:FROM⟩ run ⟨k:WHERE⟩ state = ⟨s:'x'⟩ ⟨c:-- all⟩",
        ),
        (
            "toml",
            "[tool.x]\nname = \"y\" # z\nlong-key = 1.5",
            "⟨f:[tool.x]⟩\n⟨t:name⟩ = ⟨s:\"y\"⟩ ⟨c:# z⟩\n⟨t:long-key⟩ = ⟨n:1.5⟩",
        ),
        (
            "yaml",
            "a: \"b\" # c\n- d e: 2026-10-12\n  f: {g: x, h: [1, y]}\nk: |\n  l: m\nn: http://o",
            "⟨t:a⟩: ⟨s:\"b\"⟩ ⟨c:# c⟩\n- ⟨t:d e⟩: ⟨n:2026-10-12⟩\n  ⟨t:f⟩: {⟨t:g⟩: ⟨s:x⟩, ⟨t:h⟩: [⟨n:1⟩, ⟨s:y⟩]}\n\
             ⟨t:k⟩: ⟨k:|⟩\n⟨s:  l: m\n⟩⟨t:n⟩: ⟨s:http://o⟩",
        ),
        (
            "xml",
            "<?xml version=\"1.0\"?><!-- a --><b:c d='e'>f</b:c>",
            "<?⟨t:xml⟩ ⟨n:version⟩=⟨s:\"1.0\"⟩?>⟨c:<!-- a -->⟩<⟨t:b:c⟩ ⟨n:d⟩=⟨s:'e'⟩>f</⟨t:b:c⟩>",
        ),
    ] {
        assert_eq!(coloured(language, code), expected, "{language}");
    }
}

#[test]
fn whatever_is_written_stays_as_it_is() {
    let odd = [
        "\"", "'", "\\", "`", "$", "${", "/*", "#", "<!--", "<a b='", "r#\"", "'\\", "õ", "a: |\n",
        "\u{2028}", "@",
    ];
    let languages = [
        "bash", "json", "python", "rust", "ts", "java", "kotlin", "cs", "go", "cpp", "sql", "toml", "yaml",
        "xml",
    ];
    for language in languages {
        for first in odd {
            for second in odd {
                let code = format!("{first}{second} x\n{second}\n{first}");
                let html = html(language, &code).expect("a language");
                let bare =
                    without_tags(&html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
                assert_eq!(bare, code, "{language}");
            }
        }
    }
}

fn without_tags(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('>').expect("a tag").1)
}

#[test]
fn code_that_nobody_reads_stays_plain() {
    for code in ["a: 1\n".repeat(20_000), "a".repeat(2000)] {
        assert_eq!(html("yaml", &code), None);
    }
    assert_eq!(html("no-such-language", "a"), None);
}

#[test]
fn hostile_code_takes_no_time() {
    let started = std::time::Instant::now();
    for language in ["bash", "json", "python", "rust", "ts", "sql", "toml", "yaml", "xml"] {
        for odd in ["\"", "'", "/*", "<!--", "<", "${", "$", "[", "{a", "a: ", "r#\"", "\\"] {
            let line = format!("{}\n", odd.repeat(900 / odd.len()));
            assert!(html(language, &line.repeat(60)).is_some());
        }
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
