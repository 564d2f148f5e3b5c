//! Diagrams that are written as text, in the language of Mermaid, as SVG. The one file that names `mermaid_svg`.
//!
//! What the library draws is not published as it is. It is read again, and only the shapes, lines and texts that are
//! known here get through, with a class for every colour: the page's style sheet then draws them in its own colours,
//! light, dark, forced or on paper, and no attribute breaks the strict policy.

use std::fmt::Write as _;
use std::panic;

use mermaid_svg::{Diagram, DiagramMeta, ParseError, Theme, parse_with_meta, render_diagram_with};

use super::raw::{self, RawTag};
use super::{entities, escape};

/// A finished drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// `<svg>`.
    pub svg: String,
    /// The words in it, in the order in which they are drawn.
    pub words: Vec<String>,
}

/// Why a diagram is not drawn, in words that follow "the diagram is not drawn: ".
pub type Reason = String;

/// The longest source, in bytes.
const LONGEST: usize = 10_000;

/// The most parts, connections and messages: what is larger can be read by nobody, and the time for laying it out grows
/// with the square of it.
const MOST_PARTS: usize = 250;

/// The most `&`: each multiplies the connections of its line.
const MOST_JOINED: usize = 40;

/// Draws `source`. `name` is what those who do not see it are told unless the diagram says it itself (`accTitle`),
/// and the ids in the drawing begin with `prefix`.
///
/// # Errors
/// Why it cannot be drawn.
pub fn draw(source: &str, name: &str, prefix: &str) -> Result<Drawing, Reason> {
    if source.len() > LONGEST {
        return Err(format!("its text is longer than {LONGEST} bytes"));
    }
    if source.matches('&').count() > MOST_JOINED {
        return Err(format!("it has more than {MOST_JOINED} `&`"));
    }
    // The library is young. Should it ever stop at a text that nobody thought of, the page shows the text.
    let drawn = panic::catch_unwind(|| {
        let (diagram, meta) = parse_with_meta(source).map_err(|error| told(&error))?;
        if parts(&diagram)? > MOST_PARTS {
            return Err(format!("it has more than {MOST_PARTS} parts and connections"));
        }
        let svg = render_diagram_with(&diagram, &theme()).map_err(|error| error.to_string())?;
        Ok((svg, meta))
    });
    let (svg, meta) = drawn.unwrap_or_else(|_| Err("its layout fails".to_owned()))?;
    redrawn(&svg, &About { name, meta: &meta, prefix })
        .ok_or_else(|| "it has a part that is not known".to_owned())
}

fn told(error: &ParseError) -> Reason {
    match error {
        ParseError::Syntax { message, line, .. } => format!("line {line}: {message}"),
        ParseError::UnknownDiagramType(kind) => format!("`{kind}` is no kind of diagram"),
        _ => "it is empty".to_owned(),
    }
}

/// How many parts a diagram of a kind that is drawn has.
fn parts(diagram: &Diagram) -> Result<usize, Reason> {
    match diagram {
        Diagram::Flowchart(chart) => Ok(chart.nodes.len() + chart.edges.len() + chart.subgraphs.len()),
        Diagram::Sequence(sequence) => Ok(sequence.participants.len() + sequence.items.len()),
        Diagram::State(states) => Ok(states.states.len() + states.transitions.len() + states.notes.len()),
        _ => Err("only `flowchart`, `sequenceDiagram` and `stateDiagram-v2` are".to_owned()),
    }
}

/// What a colour of the library stands for, and the class that it becomes.
const COLOURS: [(&str, &str); 8] = [
    ("#000001", "ink"),
    ("#000002", "paper"),
    ("#000003", "node"),
    ("#000004", "rim"),
    ("#000005", "line"),
    ("#000006", "note"),
    ("#000007", "group"),
    ("#000008", "life"),
];

/// A theme whose colours are marks.
fn theme() -> Theme {
    let mark = |class: &str| {
        let known = COLOURS.iter().find(|(_, known)| *known == class);
        known.map_or("none", |(mark, _)| *mark).into()
    };
    Theme {
        fg: mark("ink"),
        fg_muted: mark("ink"),
        bg: mark("paper"),
        actor_fill: mark("node"),
        actor_stroke: mark("rim"),
        lifeline: mark("life"),
        arrow_stroke: mark("line"),
        note_fill: mark("note"),
        note_stroke: mark("rim"),
        activation_fill: mark("node"),
        activation_stroke: mark("rim"),
        frame_label_fill: mark("node"),
        flow_node_fill: mark("node"),
        flow_node_stroke: mark("rim"),
        flow_edge_stroke: mark("line"),
        flow_label_bg: mark("paper"),
        flow_cluster_fill: mark("group"),
        flow_cluster_stroke: mark("life"),
        ..Theme::default_theme()
    }
}

/// What is told of a drawing besides its shapes.
struct About<'a> {
    name: &'a str,
    meta: &'a DiagramMeta,
    prefix: &'a str,
}

/// Elements that are drawn.
const ELEMENTS: [&str; 11] =
    ["defs", "marker", "path", "circle", "ellipse", "rect", "line", "polygon", "polyline", "text", "tspan"];

/// Elements that are left out, while what is in them is drawn: links and groups.
const WRAPPERS: [&str; 3] = ["a", "g", "svg"];

/// Attributes that hold numbers, points or one of a few words.
const ATTRIBUTES: [&str; 31] = [
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "dx",
    "dy",
    "d",
    "points",
    "width",
    "height",
    "viewBox",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "orient",
    "text-anchor",
    "dominant-baseline",
    "transform",
    "font-size",
    "font-weight",
    "font-style",
    "stroke-width",
    "stroke-dasharray",
];

/// The drawing `svg` anew, with nothing in it that is not known; nothing if there is.
fn redrawn(svg: &str, about: &About<'_>) -> Option<Drawing> {
    let tags = raw::tags(svg);
    let root = tags.first().filter(|tag| tag.name == "svg")?;
    let mut out = opening(svg, root, about)?;
    let mut words = Vec::new();
    let mut at = root.range.end;
    let mut in_text = 0_usize;
    for tag in tags.iter().skip(1) {
        let between = svg.get(at..tag.range.start)?;
        if in_text > 0 {
            let text = entities::resolve(between);
            out.push_str(&escape::text(&text));
            words.extend((!text.trim().is_empty()).then(|| text.trim().to_owned()));
        }
        at = tag.range.end;
        if WRAPPERS.contains(&tag.name.as_str()) {
            continue;
        }
        let name = ELEMENTS.into_iter().find(|known| *known == tag.name)?;
        let is_empty = svg.get(tag.range.clone())?.ends_with("/>");
        match (tag.closing, is_empty) {
            (true, _) => {
                let _ = write!(out, "</{name}>");
                in_text = in_text.saturating_sub(usize::from(name == "text"));
            }
            (false, is_empty) => {
                let attributes = attributes(svg, tag, about.prefix)?;
                let _ = write!(out, "<{name}{attributes}{}>", if is_empty { "/" } else { "" });
                in_text += usize::from(name == "text" && !is_empty);
            }
        }
    }
    out.push_str("</svg>");
    Some(Drawing { svg: out, words })
}

/// The root element with what those are told who do not see the drawing.
fn opening(svg: &str, root: &RawTag, about: &About<'_>) -> Option<String> {
    let view = root.attributes.iter().find(|attribute| attribute.name == "viewbox")?;
    let view = svg.get(view.value.clone())?;
    let numbers: Vec<f64> = view.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [_, _, width, height] = numbers[..] else { return None };
    if !(width.is_finite() && height.is_finite()) {
        return None;
    }
    let title = about.meta.acc_title.as_deref().or(about.meta.title.as_deref()).unwrap_or(about.name);
    let (prefix, title) = (about.prefix, escape::text(title));
    let text = about.meta.acc_descr.as_deref().filter(|text| !text.trim().is_empty());
    let described = text.map_or_else(String::new, |_| format!(" aria-describedby=\"{prefix}desc\""));
    let text = text.map_or_else(String::new, |text| {
        format!("<desc id=\"{prefix}desc\">{}</desc>", escape::text(text.trim()))
    });
    Some(format!(
        "<svg viewBox=\"{}\" width=\"{}\" height=\"{}\" role=\"img\" aria-labelledby=\"{prefix}title\"{described}>\
         <title id=\"{prefix}title\">{title}</title>{text}",
        escape::attribute(view),
        width.ceil(),
        height.ceil()
    ))
}

/// The attributes of an element that are known, and its colours as classes.
fn attributes(svg: &str, tag: &RawTag, prefix: &str) -> Option<String> {
    let mut out = String::new();
    let mut classes = Vec::new();
    for attribute in &tag.attributes {
        let value = svg.get(attribute.value.clone())?;
        match attribute.name.as_str() {
            "fill" | "stroke" if value == "none" => {
                let _ = write!(out, " {}=\"none\"", attribute.name);
            }
            "fill" => {
                classes.push(format!("fill-{}", colour(value, if is_text(tag) { "ink" } else { "node" })));
            }
            "stroke" => classes.push(format!("stroke-{}", colour(value, "line"))),
            "id" => {
                let _ = write!(out, " id=\"{prefix}{}\"", escape::attribute(value));
            }
            "marker-start" | "marker-end" => {
                let id = value.strip_prefix("url(#")?.strip_suffix(')')?;
                let _ = write!(out, " {}=\"url(#{prefix}{})\"", attribute.name, escape::attribute(id));
            }
            // Heads of this size would be half as long as a short arrow.
            "markerwidth" | "markerheight" if value == "12" => {
                let name = if attribute.name == "markerwidth" { "markerWidth" } else { "markerHeight" };
                let _ = write!(out, " {name}=\"8\"");
            }
            name => {
                let known = ATTRIBUTES.into_iter().find(|known| known.eq_ignore_ascii_case(name));
                if let Some(known) = known.filter(|_| is_plain(value)) {
                    let _ = write!(out, " {known}=\"{value}\"");
                }
            }
        }
    }
    if !classes.is_empty() {
        let _ = write!(out, " class=\"{}\"", classes.join(" "));
    }
    Some(out)
}

fn is_text(tag: &RawTag) -> bool {
    matches!(tag.name.as_str(), "text" | "tspan")
}

/// The class of a colour; an author's own colour would not follow the page's and becomes `other`.
fn colour(value: &str, other: &'static str) -> &'static str {
    COLOURS.iter().find(|(mark, _)| *mark == value).map_or(other, |(_, class)| class)
}

/// Whether a value has numbers, points and words alone.
fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || " .,-+()".contains(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(source: &str) -> Drawing {
        draw(source, "Diagram 1", "p:d1-").expect("drawn")
    }

    #[test]
    fn a_chart_is_drawn_in_the_colours_of_the_page() {
        let Drawing { svg, words } =
            drawn("flowchart LR\n  accTitle: Käik\n  A[\"Leitud < 1\"] -->|jah| B{Parandatud?}\n");
        assert_eq!(words, ["jah", "Leitud < 1", "Parandatud?"]);
        assert!(svg.contains("<title id=\"p:d1-title\">Käik</title>"), "{svg}");
        assert!(svg.contains("marker-end=\"url(#p:d1-arrow-filled)\""), "{svg}");
        assert!(svg.contains("<marker id=\"p:d1-arrow-filled\""), "{svg}");
        assert!(svg.contains("class=\"fill-node stroke-rim\""), "{svg}");
        assert!(svg.contains(">Leitud &lt; 1</text>"), "{svg}");
        assert!(!svg.contains("style=") && !svg.contains('#') || !svg.contains("\"#"), "{svg}");
    }

    #[test]
    fn a_sequence_and_states_are_drawn() {
        let sequence =
            drawn("sequenceDiagram\n  Testija->>Portaal: Teatab veast\n  Note over Portaal: D-317\n");
        assert!(sequence.words.contains(&"Teatab veast".to_owned()));
        let states = drawn("stateDiagram-v2\n  [*] --> Avatud\n  Avatud --> [*]\n");
        assert_eq!(states.words, ["Avatud"]);
        // What nobody names has the name it is given.
        assert!(states.svg.contains(">Diagram 1</title>"));
    }

    #[test]
    fn nothing_but_the_drawing_gets_through() {
        let Drawing { svg, .. } = drawn(
            "flowchart LR\n  A[\"<img src=x onerror=alert(1)><b>a</b>\"] --> B\n  style A fill:#f00\n  \
             click A \"javascript:alert(1)\"\n  click B call run()\n",
        );
        for bad in ["javascript", "onclick", "<a", "<img", "style=", "#f00", "onerror"] {
            assert!(!svg.contains(bad), "{bad}: {svg}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_says_why() {
        for (source, reason) in [
            ("", "it is empty"),
            ("flowchart TD\n A[x\n", "line 2: "),
            ("pie\n \"a\" : 1\n", "only `flowchart`, `sequenceDiagram` and `stateDiagram-v2` are"),
            ("gannt\n", "`gannt` is no kind of diagram"),
            (
                &format!("flowchart TD\n{}", "A --> B\n".repeat(300)),
                "it has more than 250 parts and connections",
            ),
            (&format!("flowchart TD\nA{} --> B\n", " & A".repeat(41)), "it has more than 40 `&`"),
            (&"x".repeat(10_001), "its text is longer than 10000 bytes"),
        ] {
            let told = draw(source, "", "").expect_err("not drawn");
            assert!(told.starts_with(reason), "{source}: {told}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_drawn_twice_alike_or_not_at_all(
            head in prop::sample::select(vec!["flowchart TD\n", "sequenceDiagram\n", "stateDiagram-v2\n", "---\ntitle: x\n---\ngraph LR\n"]),
            lines in prop::collection::vec(
                prop::collection::vec(
                    prop::sample::select(vec![
                        "A", "B", "õ", "日本", " ", "-->", "-.->", "==>", "->>", "-x", "|x|", "[", "]", "(", ")", "{",
                        "}", "\"", "&", ":", "[*]", "subgraph ", "end", "alt ", "else ", "Note over A: x", ":::c",
                        "classDef c fill:#f00", "#quot;", "&lt;", "<br/>", "<b>", "%%", "@{ shape: cyl }", "\u{0}",
                        "\u{FDD0}", "autonumber 1e308 1e308", "activate A", "state x <<fork>>", "accDescr {",
                    ]),
                    0..8,
                ),
                0..12,
            ),
        ) {
            let source = format!("{head}{}", lines.iter().map(|line| line.concat()).collect::<Vec<_>>().join("\n"));
            let first = draw(&source, "n", "p:d1-");
            prop_assert_eq!(&first, &draw(&source, "n", "p:d1-"));
            if let Ok(Drawing { svg, .. }) = first {
                for tag in raw::tags(&svg) {
                    let is_known = ELEMENTS.contains(&tag.name.as_str())
                        || ["svg", "title", "desc"].contains(&tag.name.as_str());
                    prop_assert!(is_known, "{}", tag.name);
                    prop_assert!(tag.attributes.iter().all(|attribute| !attribute.name.starts_with("on")));
                }
                prop_assert!(!svg.contains(super::super::holes::is_reserved));
            }
        }
    }
}
