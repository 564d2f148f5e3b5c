use super::*;
use crate::model::body::{Body, EmbedKind, LinkKind, Piece};

fn quiz(text: &str, place: Place) -> Result<Quiz, Vec<Diagnostic>> {
    if text.contains("bad") {
        return Err(vec![Diagnostic::new(&faults::HTML_REMOVED, place, "bad quiz")]);
    }
    Ok(Quiz {
        question: "Mis on *õige*?".into(),
        answers: vec!["2. kvartal".into(), "`b` <https://a.ee>".into()],
        right: vec![2],
        why: Some("Sest [nii](x.md).".into()),
    })
}

fn parsed_with(text: &str, html: HtmlPolicy) -> (Body, Vec<Diagnostic>) {
    let audience = Audience::Restricted;
    let settings = Settings { labels: Labels::default(), html, quiz: &quiz, audience };
    parse(text, 0, FileId::of("a.md"), &settings)
}

/// A text as an audience sees it.
pub fn parsed_for(audience: Audience, text: &str) -> (Body, Vec<Diagnostic>) {
    let html = HtmlPolicy::Sanitised;
    let settings = Settings { labels: Labels::default(), html, quiz: &quiz, audience };
    parse(text, 0, FileId::of("a.md"), &settings)
}

fn parsed(text: &str) -> (Body, Vec<Diagnostic>) {
    parsed_with(text, HtmlPolicy::Sanitised)
}

/// HTML with `{target}` for addresses and `{{kind}}` for live blocks.
pub fn shown(body: &Body) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Address(index) => format!("{{{}}}", body.links[*index].target),
        Piece::Embed(index) => format!("{{{{{:?}}}}}", body.embeds[*index].kind),
    };
    body.pieces.iter().map(piece).collect()
}

fn html(text: &str) -> String {
    shown(&parsed(text).0)
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(html(text).trim(), *expected, "{text}");
    }
}

/// Every fault as `rule: bytes`.
fn faults_of(text: &str) -> Vec<String> {
    let written = |fault: &Diagnostic| {
        format!("{}: {}", fault.rule.name, &text[fault.place.start as usize..fault.place.end as usize])
    };
    parsed(text).1.iter().map(written).collect()
}

fn targets(text: &str) -> Vec<(String, String)> {
    let written = |link: &crate::model::body::Link| {
        (link.target.clone(), text[link.place.start as usize..link.place.end as usize].to_owned())
    };
    parsed(text).0.links.iter().map(written).collect()
}

#[test]
fn the_first_heading_is_the_title() {
    let (body, _) = parsed("<!-- lint -->\n# Vea *raport*\n\nSissejuhatus.\n\n## Osa\n\nTekst.\n");
    assert_eq!(body.title.as_deref(), Some("Vea raport"));
    assert_eq!(body.anchors, ["vea-raport"]);
    assert_eq!(body.summary.as_deref(), Some("Sissejuhatus."));
    assert_eq!(body.words, 5);
    assert!(!shown(&body).contains("<h1"));

    let (body, _) = parsed("Tekst.\n\n# Pealkiri\n");
    assert_eq!(body.title, None);
    assert!(shown(&body).contains("<h1 id=\"pealkiri\">"));
}

#[test]
fn headings_have_ids_and_links() {
    check(&[
        (
            "## Õige & \"väär\"",
            "<h2 id=\"õige--väär\">Õige &amp; \"väär\" <a class=\"anchor\" href=\"#õige--väär\" \
             aria-label=\"Link to section “Õige &amp; &quot;väär&quot;”\">#</a></h2>",
        ),
        (
            "## A {#oma .x onclick=y}",
            "<h2 id=\"oma\">A <a class=\"anchor\" href=\"#oma\" aria-label=\"Link to section “A”\">#</a></h2>",
        ),
    ]);
    let ids = |text: &str| parsed(text).0.headings.into_iter().map(|heading| heading.id).collect::<Vec<_>>();
    assert_eq!(ids("## A\n## A\n## B {#a-1}\n## a\n## B {#a-1}"), ["a", "a-2", "a-1", "a-3", "a-1-1"]);
    assert_eq!(ids("<a id=\"a\"></a>\n\n## A"), ["a-1"]);
}

#[test]
fn a_piece_begins_at_each_heading() {
    let (body, _) =
        parsed("Algus [x](y).\n\n## A\n\nüks `kaks`\n\n```\nkood\n```\n\n### B\n\n> ## C\n\nkolm\n");
    for heading in &body.headings {
        let Piece::Html(html) = &body.pieces[heading.piece] else { panic!("{:?}", body.pieces) };
        assert!(html.starts_with(&format!("<h{} id=\"{}\"", heading.level, heading.id)), "{html}");
    }
    let read: Vec<_> = body.headings.iter().map(|h| (h.text.as_str(), h.content.as_str())).collect();
    assert_eq!(read, [("A", "üks kaks kood"), ("B", "C kolm")]);
    assert_eq!(body.anchors, ["c"]);
}

#[test]
fn links_remember_where_their_address_is_written() {
    let text = "[a](b.md#c \"t\") ![p](<q r.png>) [x][y] [y] <https://a.ee> <m@a.ee> https://b.ee/c. \
                [**t** `](`](e&amp;f \"g\")\n\n[y]: z.md\n";
    let expected = [
        ("b.md#c", "b.md#c"),
        ("q r.png", "q r.png"),
        ("z.md", "[x][y]"),
        ("z.md", "[y]"),
        ("https://a.ee", "https://a.ee"),
        ("mailto:m@a.ee", "m@a.ee"),
        ("https://b.ee/c", "https://b.ee/c"),
        ("e&f", "e&amp;f"),
    ];
    let expected: Vec<_> = expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
    assert_eq!(targets(text), expected);
    assert_eq!(parsed(text).0.links[1].kind, LinkKind::Image);
}

#[test]
fn addresses_in_raw_html_are_links() {
    let text = "> <p><a href='x.md?a=1&amp;b'>\n> x</a></p>\n\nt <img alt=\"\" src=y.png> z\n";
    assert_eq!(
        targets(text),
        [("x.md?a=1&b".to_owned(), "x.md?a=1&amp;b".to_owned()), ("y.png".to_owned(), "y.png".to_owned())]
    );
    assert_eq!(
        html(text),
        "<blockquote>\n<p><a href=\"{x.md?a=1&b}\">\nx</a></p>\n</blockquote>\n\
         <p>t <img alt=\"\" src=\"{y.png}\"> z</p>\n"
    );
    let (trusted, _) = parsed_with(text, HtmlPolicy::Trusted);
    assert_eq!(trusted.links.len(), 2);
}

#[test]
fn an_undefined_reference_is_a_fault() {
    assert_eq!(
        faults_of("[a][puudu] [b][] [x] a[i] - [ ] [c][on]\n\n- [ ] t\n\n[on]: x\n[muu]: y\n"),
        ["undefined-reference: [a][puudu]", "undefined-reference: [b][]"]
    );
}

#[test]
fn dangerous_addresses_are_switched_off() {
    for text in [
        "[a](javascript:x)",
        "[a](JAVA&#x09;SCRIPT&colon;x)",
        "<a href=\"javascript&colon;x\">a</a>",
        "<a href=' java\nscript:x'>a</a>",
        "![a](data:image/svg+xml,x)",
        "[a][b]\n\n[b]: vbscript:x",
        "<file:///etc/passwd>",
    ] {
        let (body, faults) = parsed(text);
        assert_eq!(body.links, [], "{text}");
        assert_eq!(faults[0].rule.name, "unsafe-link", "{text}");
        assert!(!shown(&body).to_lowercase().contains("script:"), "{text}");
    }
    assert_eq!(faults_of("[a](javascript:x)"), ["unsafe-link: javascript:x"]);
    assert_eq!(
        html("![a](data:image/png;base64,AA==)"),
        "<figure><img src=\"{data:image/png;base64,AA==}\" alt=\"a\" loading=\"lazy\" decoding=\"async\"></figure>\n"
    );
}

#[test]
fn raw_html_is_made_safe() {
    check(&[
        ("<script>alert(1)</script>", ""),
        ("a <b onclick=\"x\" style=\"y\">b</b>", "<p>a <b>b</b></p>"),
        ("<!-- vaikus -->\n\nt", "<p>t</p>"),
        ("<kbd>Ctrl</kbd>", "<p><kbd>Ctrl</kbd></p>"),
        ("<iframe src=x></iframe>\n\nt", "<p>t</p>"),
        (
            "<details open><summary>S</summary>\n\n- [x] t\n\n</details>",
            "<details open=\"\"><summary>S</summary>\n<ul>\n<li class=\"task\"><input type=\"checkbox\" \
             disabled=\"\" checked=\"\" aria-label=\"Done\"> t</li>\n</ul>\n</details>",
        ),
    ]);
    assert_eq!(
        faults_of("<b onclick=\"x\" style='y'>b</b> <script>\n\nList<String>\n"),
        [
            "html-removed: onclick=\"x\"",
            "html-removed: style='y'",
            "html-removed: <script>",
            "html-removed: <String>"
        ]
    );
    let (body, faults) = parsed_with("<b onclick=\"x\">b</b> <!-- x -->", HtmlPolicy::Trusted);
    assert_eq!(shown(&body), "<p><b onclick=\"x\">b</b> <!-- x --></p>\n");
    assert_eq!(faults, []);
}

#[test]
fn ids_of_raw_html_are_anchors() {
    let (body, _) = parsed("<a name=\"vana\"></a>\n\n<div id='x&amp;y'>t</div>\n");
    assert_eq!(body.anchors, ["vana", "x&y"]);
}

#[test]
fn our_own_markup_survives_the_sanitiser() {
    let text = "| a | b |\n|--:|---|\n| 1[^n] | 2 |\n\n## H\n\n> [!TIP]\n> t\n\n```yaml\na: 1\n```\n\n```results\nrun: x\n```\n\n\
                ```quiz\nok\n```\n\n![p](q.png \"c\")\n\nT\n: D\n\n[^n]: N\n";
    let plain = html(text);
    let raw = html(&format!("{text}\n<b>x</b>\n"));
    let without_empty_values = raw.replace("=\"\"", "").replace("<p><b>x</b></p>\n", "");
    assert_eq!(without_empty_values, plain);
}

#[test]
fn holes_cannot_be_forged() {
    for policy in [HtmlPolicy::Sanitised, HtmlPolicy::Trusted] {
        let text = "[a](b.md) \u{FDD0}0\u{FDD3} &#xFDD0;0&#xFDD3; <b title=\"&#xFDD0;0&#64979;\">c</b> `\u{FDD0}0\u{FDD3}`";
        let (body, _) = parsed_with(text, policy);
        assert_eq!(body.pieces.iter().filter(|piece| matches!(piece, Piece::Address(_))).count(), 1);
    }
}

#[test]
fn tables_scroll_and_are_named() {
    check(&[
        (
            "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |",
            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\"><table>\n<thead>\n<tr>\n\
             <th scope=\"col\" class=\"align-left\">a</th>\n<th scope=\"col\" class=\"align-center\">b</th>\n\
             <th scope=\"col\" class=\"align-right\">c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n\
             <td class=\"align-left\">1</td>\n<td class=\"align-center\">2</td>\n<td class=\"align-right\">3</td>\n\
             </tr>\n</tbody>\n</table></div>",
        ),
        (
            "| a |\n|---|",
            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\"><table>\n<thead>\n<tr>\n\
             <th scope=\"col\">a</th>\n</tr>\n</thead>\n</table></div>",
        ),
    ]);
}

#[test]
fn pictures_that_stand_alone_are_figures() {
    check(&[
        (
            "![a *b*](c.png \"Joonis\")",
            "<figure><img src=\"{c.png}\" alt=\"a b\" loading=\"lazy\" decoding=\"async\"><figcaption>Joonis</figcaption></figure>",
        ),
        (
            "x ![\"](c.png)",
            "<p>x <img src=\"{c.png}\" alt=\"&quot;\" loading=\"lazy\" decoding=\"async\"></p>",
        ),
    ]);
}

#[test]
fn tasks_and_alerts_are_named() {
    check(&[
        (
            "- [ ] a\n- b",
            "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"To do\"> a</li>\n<li>b</li>\n</ul>",
        ),
        (
            "> [!WARNING]\n> a\n>\n> b",
            "<div class=\"alert is-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p>a</p>\n<p>b</p>\n</div>",
        ),
        ("T\n: D", "<dl>\n<dt>T</dt>\n<dd>D</dd>\n</dl>"),
        ("~~a~~ \"b\" -- c...", "<p><del>a</del> \"b\" -- c...</p>"),
        ("$a$ [[b]] H~2~O", "<p>$a$ [[b]] H~2~O</p>"),
    ]);
}

#[test]
fn footnotes_are_numbered_by_first_use() {
    let text = "a[^two] b[^One] c[^two] d[^no]\n\n[^one]: Esimene\n\n    teine lõik\n\n[^two]: vt [^three]\n[^three]: kolm\n[^unused]: x\n";
    let (body, _) = parsed(text);
    let html = shown(&body);
    assert!(html.contains("a<sup class=\"footnote-ref\"><a href=\"#fn-two\" id=\"fnref-two-1\" role=\"doc-noteref\">1</a></sup>"), "{html}");
    assert!(html.contains("id=\"fnref-one-1\" role=\"doc-noteref\">2</a>"), "{html}");
    assert!(html.contains("d[^no]"), "{html}");
    assert!(
        html.contains(
            "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn-two\">\n<p>vt "
        ),
        "{html}"
    );
    assert!(
        html.contains("<p>teine lõik <a class=\"footnote-backref\" href=\"#fnref-one-1\" role=\"doc-backlink\" aria-label=\"Back to reference 2\">↩</a></p>"),
        "{html}"
    );
    assert!(
        html.contains("href=\"#fnref-two-2\" role=\"doc-backlink\" aria-label=\"Back to reference 1-2\""),
        "{html}"
    );
    assert!(html.contains("<li id=\"fn-three\">") && !html.contains("unused"), "{html}");
    let mut anchors = body.anchors.clone();
    anchors.sort();
    anchors.dedup();
    assert_eq!(anchors.len(), body.anchors.len());
}

#[test]
fn code_is_coloured_by_classes() {
    let yaml = html("```yaml title=x\na: \"b\" # c\n\nd: 1\n```");
    assert!(
        yaml.starts_with("<pre tabindex=\"0\"><code class=\"language-yaml\"><span class=\"t\">a"),
        "{yaml}"
    );
    assert!(yaml.ends_with("</code></pre>\n") && !yaml.contains("style="), "{yaml}");
    check(&[
        (
            "```nosuch\"><b>\n<a>\n```",
            "<pre tabindex=\"0\"><code class=\"language-nosuch&quot;&gt;&lt;b&gt;\">&lt;a&gt;\n</code></pre>",
        ),
        ("    x\n\n    y", "<pre tabindex=\"0\"><code>x\n\ny\n</code></pre>"),
        ("```\n```", "<pre tabindex=\"0\"><code></code></pre>"),
    ]);
    let large = format!("```yaml\n{}```\n", "a: 1\n".repeat(20_000));
    assert!(!html(&large).contains("<span"));
}

#[test]
fn colouring_keeps_the_code() {
    let code = "fn main() {\n\n    let a = \"<&>\"; // õ\n}\n\n";
    let html = highlight::html("rust", code).expect("rust");
    let mut plain = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    assert_eq!(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), code);
}

#[test]
fn live_blocks_are_holes() {
    let text = "a\n\n```results\nrun: 2026.10/sit-03\n```\n\n- ```gate x\n  release: y\n  ```\n";
    let (body, _) = parsed(text);
    assert_eq!(body.embeds[0].kind, EmbedKind::Results);
    assert_eq!(body.embeds[0].source, "run: 2026.10/sit-03\n");
    let place = body.embeds[0].place;
    assert_eq!(&text[place.start as usize..place.end as usize], "run: 2026.10/sit-03\n");
    assert_eq!(body.embeds[1].source, "release: y\n");
    assert_eq!(shown(&body), "<p>a</p>\n{{Results}}\n<ul>\n<li>\n{{Gate}}\n</li>\n</ul>\n");
}

#[test]
fn a_quiz_works_without_scripts() {
    check(&[(
        "```quiz\nok\n```",
        "<fieldset class=\"quiz\" data-right=\"2\">\n\
         <legend><span class=\"vh\">Quiz: </span>Mis on <em>õige</em>?</legend>\n\
         <ol class=\"quiz-answers\">\n<li>2. kvartal</li>\n\
         <li><code>b</code> <a href=\"{https://a.ee}\">https://a.ee</a></li>\n</ol>\n\
         <details class=\"fold\"><summary>Show answer</summary>\n\
         <p class=\"quiz-right\">B. <code>b</code> <a href=\"{https://a.ee}\">https://a.ee</a></p>\n\
         <p>Sest <a href=\"{x.md}\">nii</a>.</p>\n</details>\n</fieldset>",
    )]);
    let (body, faults) = parsed("```quiz\nbad\n```");
    assert_eq!(faults.len(), 1);
    assert!(shown(&body).contains("bad"));
}

#[test]
fn line_ends_change_nothing() {
    let text = "# T\n\na\nb  \nc [x](y.md)\n\n```yaml\na: 1\nb: 2\n```\n\n```results\nrun: x\n```\n\n<div>\n\nd</div>\n\n| a |\n|---|\n| b |\n";
    let windows = text.replace('\n', "\r\n");
    assert_eq!(html(text), html(&windows));
    assert_eq!(html(text), html(&text.replace('\n', "\r")));
    assert_eq!(targets(&windows), targets(text));
    let place = parsed(&windows).0.embeds[0].place;
    assert_eq!(&windows[place.start as usize..place.end as usize], "run: x\r\n");
}

#[test]
fn places_count_from_the_start_of_the_file() {
    let settings = Settings {
        labels: Labels::default(),
        html: HtmlPolicy::Sanitised,
        quiz: &quiz,
        audience: Audience::Restricted,
    };
    let (body, _) = parse("[a](b)", 100, FileId::of("a.md"), &settings);
    assert_eq!((body.links[0].place.start, body.links[0].place.end), (104, 105));
}

#[test]
fn nul_becomes_the_replacement_character() {
    assert_eq!(html("a\0b"), "<p>a\u{FFFD}b</p>\n");
}

#[test]
fn colours_of_code_can_be_read() {
    let css = highlight_css();
    for mark in ["--l: ", "--d: "] {
        assert!(css.matches(mark).count() > 6, "{css}");
    }
    // A comment is the palest text there is.
    assert!(html("```yaml\n# a\n```").contains("<span class=\"c\"># a<"));
}

#[test]
fn bare_addresses_are_links_only_in_plain_text() {
    check(&[
        ("vt https://a.ee.", "<p>vt <a href=\"{https://a.ee}\">https://a.ee</a>.</p>"),
        ("**www.a.ee**", "<p><strong><a href=\"{http://www.a.ee}\">www.a.ee</a></strong></p>"),
        (
            "https://a.ee/b_c_d?e&f",
            "<p><a href=\"{https://a.ee/b_c_d?e&f}\">https://a.ee/b_c_d?e&amp;f</a></p>",
        ),
        ("`https://a.ee` https\\://a.ee", "<p><code>https://a.ee</code> https://a.ee</p>"),
        ("[https://a.ee](b)", "<p><a href=\"{b}\">https://a.ee</a></p>"),
        ("<a href=\"b\">https://a.ee</a>", "<p><a href=\"{b}\">https://a.ee</a></p>"),
    ]);
    assert_eq!(html("<a name=x>\n\nhttps://a.ee").matches("href").count(), 1);
}

#[test]
fn tangled_html_is_shown_as_text() {
    let (body, faults) = parsed(&"<b><p>\n\n".repeat(3000));
    assert!(shown(&body).contains("&lt;b&gt;"));
    assert_eq!(faults.len(), 1);
}

#[test]
fn broken_html_does_not_swallow_the_page() {
    check(&[
        ("Element <title> on\n\nlõpp", "<p>Element  on</p>\n<p>lõpp</p>"),
        ("<svg>\n\nlõpp", "<p>lõpp</p>"),
        ("<div title='a\n\nlõpp [x](y)", "&lt;div title='a\n<p>lõpp <a href=\"{y}\">x</a></p>"),
        ("<script>\nx\n</script>\n\nlõpp", "<p>lõpp</p>"),
    ]);
    assert_eq!(faults_of("a <title> b"), ["html-removed: <title>"]);
    let (body, _) = parsed("<a href='data:text/html,\n\n[x](y)\n\n'>z</a>");
    assert!(!shown(&body).contains("href=\"data:"));
}
