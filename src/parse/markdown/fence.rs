//! Blocks between a line `:::internal` or `:::restricted` and a line `:::`, which only some may see.
//!
//! 1. [`read`] finds them line by line in the plain text; what stands in code blocks is text.
//! 2. [`edits`] takes out the blocks that an audience may not see, fences and all: whatever follows works on a
//!    text in which they never stood. A block that it may see comes to stand between two marks.
//! 3. [`misplaced`] makes sure that each mark is read as one, and is not swallowed by a comment.
//! 4. [`Writer::mark`] draws what stands between two marks in a frame that says for whom it is.
//!
//! A line that may have been meant as a fence and is none is a fault: what should be cut must not be shown
//! because of a slip.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Diagnostic, nearest};
use crate::model::audience::Audience;

use super::escape;
use super::events::{self, Node};
use super::faults::{BROKEN_FENCE, UNKNOWN_FENCE};
use super::source::Source;
use super::writer::{Text, Writer};

/// A block that only some may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Who may see it.
    pub audience: Audience,
    /// All its lines in the plain text, the fences among them.
    pub lines: Range<usize>,
    open: Range<usize>,
    close: Range<usize>,
}

/// The blocks of a text; none if a fence has a fault, for then nobody knows what they hold.
pub fn read(source: &Source<'_>) -> Result<Vec<Block>, Vec<Diagnostic>> {
    let text = &*source.text;
    if !text.contains(COLONS) {
        return Ok(Vec::new());
    }
    let mut reading = Reading::of(source);
    let code = code(text);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if let Some(fence) = Fence::of(line)
            && !code.iter().any(|code| code.contains(&(range.start + fence.at)))
        {
            reading.take(&fence, range);
        }
    }
    reading.finish()
}

/// What every fence begins with; three of them make one, two are a slip.
const COLONS: &str = "::";

/// A line of colons.
struct Fence<'t> {
    /// Where in the line the colons begin.
    at: usize,
    colons: usize,
    /// What follows them.
    word: &'t str,
}

impl<'t> Fence<'t> {
    /// The fence in `line`, also where quotes, lists or spaces stand before it.
    fn of(line: &'t str) -> Option<Self> {
        let before = |c: char| {
            c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit()
        };
        let rest = line.trim_start_matches(before);
        let word = rest.trim_start_matches(':');
        let colons = rest.len() - word.len();
        (colons >= COLONS.len()).then(|| Self { at: line.len() - rest.len(), colons, word: word.trim() })
    }

    fn is_whole(&self) -> bool {
        self.at == 0 && self.colons >= 3
    }

    fn audience(&self) -> Option<Audience> {
        NAMES.iter().find(|(name, _)| *name == self.word).map(|(_, audience)| *audience)
    }

    /// The name that was probably meant.
    fn meant(&self) -> Option<&'static str> {
        let names = || NAMES.iter().map(|(name, _)| *name);
        let word = self.word.to_lowercase();
        let first =
            word.split(|c: char| !c.is_alphanumeric()).find(|part| !part.is_empty()).unwrap_or_default();
        names().find(|name| word.contains(name)).or_else(|| nearest(first, names()))
    }
}

/// The audiences for which a block may be.
const NAMES: [(&str, Audience); 2] = [("internal", Audience::Internal), ("restricted", Audience::Restricted)];

/// A fence that waits for its end.
struct Open {
    line: Range<usize>,
    /// Nothing for a fence of another tool.
    audience: Option<Audience>,
}

struct Reading<'s> {
    source: &'s Source<'s>,
    open: Option<Open>,
    blocks: Vec<Block>,
    faults: Vec<Diagnostic>,
}

impl<'s> Reading<'s> {
    fn of(source: &'s Source<'s>) -> Self {
        Self { source, open: None, blocks: Vec::new(), faults: Vec::new() }
    }

    fn take(&mut self, fence: &Fence<'_>, line: Range<usize>) {
        match (fence.is_whole(), fence.word, fence.audience()) {
            (true, "", _) => self.close(line),
            (true, _, Some(audience)) => self.open(line, Some(audience)),
            _ => self.wrong(fence, line),
        }
    }

    fn open(&mut self, line: Range<usize>, audience: Option<Audience>) {
        if let Some(open) = &self.open {
            let earlier = self.source.place(&open.line);
            let fault = self.fault(&line, "a block for some readers begins inside another one");
            self.faults
                .push(fault.related(earlier, "which began here").hint("end the first with a line `:::`"));
        }
        self.open = Some(Open { line, audience });
    }

    fn close(&mut self, line: Range<usize>) {
        match self.open.take() {
            Some(Open { line: open, audience: Some(audience) }) => {
                let lines = open.start..line.end;
                self.blocks.push(Block { audience, lines, open, close: line });
            }
            Some(_) => {}
            None => {
                let fault = self.fault(&line, "`:::` ends a block that did not begin");
                self.faults.push(fault.hint(HOW));
            }
        }
    }

    /// A line that may be meant as a fence and is none.
    fn wrong(&mut self, fence: &Fence<'_>, line: Range<usize>) {
        let meant = fence.meant();
        if fence.is_whole() {
            match meant {
                Some(name) => {
                    let message = format!("`:::{}` is no audience of a block", fence.word);
                    let fault = self.fault(&line, &message);
                    self.faults.push(fault.hint(format!("did you mean `:::{name}`, with nothing after it?")));
                }
                None => {
                    let message = format!("unknown block `:::{}`", fence.word);
                    let place = self.source.place(&trimmed(self.source, &line));
                    self.faults.push(Diagnostic::new(&UNKNOWN_FENCE, place, message).hint(HOW));
                }
            }
            // Its end is no second fault.
            if self.open.is_none() {
                self.open = Some(Open { line, audience: None });
            }
        } else if meant.is_some() || (fence.at > 0 && fence.colons >= 3 && self.open.is_some()) {
            let fault = self.fault(&line, "the fence of a block stands where it is not seen as one");
            self.faults.push(
                fault.hint("write three colons at the very beginning of the line, outside lists and quotes"),
            );
        }
    }

    fn fault(&self, line: &Range<usize>, message: &str) -> Diagnostic {
        Diagnostic::new(&BROKEN_FENCE, self.source.place(&trimmed(self.source, line)), message)
    }

    fn finish(mut self) -> Result<Vec<Block>, Vec<Diagnostic>> {
        if let Some(Open { line, audience: Some(_) }) = self.open.take() {
            let fault = self.fault(&line, "the block for some readers does not end");
            self.faults.push(fault.hint("end it with a line `:::`"));
        }
        if self.faults.is_empty() { Ok(self.blocks) } else { Err(self.faults) }
    }
}

const HOW: &str = "a block for some readers begins with `:::internal` or `:::restricted` and ends with `:::`";

/// A line without the spaces and the end of line behind it.
fn trimmed(source: &Source<'_>, line: &Range<usize>) -> Range<usize> {
    let text = source.text.get(line.clone()).unwrap_or_default();
    line.start..line.start + text.trim_end().len()
}

/// Where the code blocks stand.
fn code(text: &str) -> Vec<Range<usize>> {
    let is_code = |node: &&Node<'_>| matches!(node.event, Event::Start(Tag::CodeBlock(_)));
    events::read(text).nodes.iter().filter(is_code).map(|node| node.range.clone()).collect()
}

const OPEN: char = '\u{FDD4}';
const CLOSE: char = '\u{FDD5}';

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open(Audience),
    Close,
}

impl Mark {
    fn read(text: &str) -> Option<Self> {
        match text.strip_prefix(OPEN) {
            Some(name) => NAMES.iter().find(|(known, _)| *known == name).map(|(_, found)| Self::Open(*found)),
            None => (text == CLOSE.to_string()).then_some(Self::Close),
        }
    }
}

/// What becomes of the lines of `blocks` for an audience: ranges of the plain text, and what stands there then.
pub fn edits(blocks: &[Block], audience: Audience) -> Vec<(Range<usize>, String)> {
    let edit = |block: &Block| {
        if block.audience > audience {
            // The paragraphs before and after stay two.
            return vec![(block.lines.clone(), "\n".to_owned())];
        }
        vec![
            (block.open.clone(), format!("\n{OPEN}{}\n\n", block.audience.word())),
            (block.close.clone(), format!("\n{CLOSE}\n\n")),
        ]
    };
    blocks.iter().flat_map(edit).collect()
}

/// The faults of those of `blocks` whose marks were not read as such in `nodes`, the whole text with all marks.
pub fn misplaced(source: &Source<'_>, blocks: &[Block], nodes: &[Node<'_>]) -> Vec<Diagnostic> {
    let marks: Vec<Mark> = marks(nodes).map(|(_, mark)| mark).collect();
    let wanted = blocks.iter().flat_map(|block| [Mark::Open(block.audience), Mark::Close]);
    if wanted.eq(marks.iter().copied()) {
        return Vec::new();
    }
    let whole = |block: &Block| {
        let place = source.place(&trimmed(source, &block.open));
        Diagnostic::new(&BROKEN_FENCE, place, "a block for some readers stands in or around raw HTML")
            .hint("keep comments and raw elements wholly inside or wholly outside the block")
    };
    blocks.iter().map(whole).collect()
}

/// The marks among `nodes`, each with its node.
fn marks<'n>(nodes: &'n [Node<'_>]) -> impl Iterator<Item = (usize, Mark)> + 'n {
    let mut at = 0;
    // Only what stands by itself, in nothing else, is a mark.
    let tops = std::iter::from_fn(move || {
        let top = at;
        at = nodes.get(at)?.end + 1;
        Some(top)
    });
    tops.filter_map(|at| Some((at, mark_at(nodes, at)?)))
}

fn mark_at(nodes: &[Node<'_>], at: usize) -> Option<Mark> {
    match (&nodes.get(at)?.event, nodes.get(at + 1).map(|node| &node.event)) {
        (Event::Start(Tag::Paragraph), Some(Event::Text(text))) if nodes[at].end == at + 2 => {
            Mark::read(text)
        }
        _ => None,
    }
}

/// Which nodes stand in which block.
pub fn ranges(nodes: &[Node<'_>]) -> Vec<(Range<usize>, Audience)> {
    let mut ranges = Vec::new();
    let mut open = None;
    for (at, mark) in marks(nodes) {
        match mark {
            Mark::Open(audience) => open = Some((at, audience)),
            Mark::Close => {
                ranges.extend(open.take().map(|(start, audience): (usize, Audience)| (start..at, audience)));
            }
        }
    }
    ranges
}

/// The block that is being drawn.
#[derive(Debug, Clone, Copy)]
pub struct Inside {
    audience: Audience,
    is_framed: bool,
}

impl Writer<'_> {
    /// Takes note of the mark at `at`, or puts the frame around what stands there. Gives the node after a mark.
    ///
    /// Headings stand outside the frame, which begins anew below them: a page can be cut at its headings.
    pub(super) fn mark(&mut self, text: &Text<'_>, at: usize) -> Option<usize> {
        let is_top = self.closers.len() == usize::from(self.inside.is_some_and(|inside| inside.is_framed));
        if text.inline || !is_top {
            return None;
        }
        if let Some(mark) = mark_at(text.nodes, at) {
            self.end_frame();
            self.inside = match mark {
                Mark::Open(audience) => Some(Inside { audience, is_framed: false }),
                Mark::Close => None,
            };
            return Some(text.nodes[at].end + 1);
        }
        match (&text.nodes[at].event, self.inside) {
            (Event::Start(Tag::Heading { .. }), Some(_)) => self.end_frame(),
            (Event::Start(Tag::FootnoteDefinition(_)) | Event::End(_), _) => {}
            (_, Some(inside)) if !inside.is_framed => self.begin_frame(inside.audience),
            _ => {}
        }
        None
    }

    fn begin_frame(&mut self, audience: Audience) {
        let labels = &self.settings.labels;
        let (class, label) = match audience {
            Audience::Restricted => ("restricted", &labels.restricted),
            Audience::Public | Audience::Internal => ("internal", &labels.internal),
        };
        let label = escape::text(label);
        let tag = format!("<div class=\"audience is-{class}\">\n<p class=\"audience-label\">{label}</p>\n");
        self.open_block(&tag, "</div>\n");
        self.inside = Some(Inside { audience, is_framed: true });
    }

    fn end_frame(&mut self) {
        if let Some(inside) = self.inside.as_mut().filter(|inside| inside.is_framed) {
            inside.is_framed = false;
            self.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{parsed_for, shown};
    use super::*;

    fn html(audience: Audience, text: &str) -> String {
        shown(&parsed_for(audience, text).0).replace('\n', "")
    }

    fn told(text: &str) -> Vec<String> {
        let faults = parsed_for(Audience::Public, text).1;
        let each = |fault: &Diagnostic| {
            let written = &text[fault.place.start as usize..fault.place.end as usize];
            format!("{} `{written}`: {}", fault.rule.name, fault.message)
        };
        faults.iter().map(each).collect()
    }

    const PAGE: &str = "Enne.\n:::internal\n[Saladus](a.md) õ\n\n![p](b.png)\n:::\nPärast.\n";

    #[test]
    fn a_block_is_cut_for_wider_audiences_and_framed_for_the_others() {
        assert_eq!(html(Audience::Public, PAGE), "<p>Enne.</p><p>Pärast.</p>");
        assert_eq!(
            html(Audience::Internal, "A\n\n:::internal\nB\n:::\n\nC"),
            "<p>A</p><div class=\"audience is-internal\"><p class=\"audience-label\">Internal</p><p>B</p></div><p>C</p>"
        );
        let (body, faults) = parsed_for(Audience::Public, PAGE);
        assert_eq!((body.links.len(), body.words, faults.len()), (0, 2, 0));
        let (body, _) = parsed_for(Audience::Internal, PAGE);
        let place = body.links[0].place;
        assert_eq!(&PAGE[place.start as usize..place.end as usize], "a.md");
        assert_eq!(body.audience_at(place), Some(Audience::Internal));
        assert_eq!(html(Audience::Internal, ":::restricted\nB\n:::\n"), "");
        assert_eq!(html(Audience::Public, ":::internal\r\nB\r\n:::\r\nC"), "<p>C</p>");
    }

    #[test]
    fn headings_of_a_block_are_headings_of_the_page() {
        let page = "## A\n\na\n\n:::internal\n## A\n\nb\n\n## B\n:::\n\n## A\n\nc\n";
        let ids = |audience| -> Vec<String> {
            parsed_for(audience, page).0.headings.into_iter().map(|heading| heading.id).collect()
        };
        // Those that everybody sees keep their ids for everybody.
        assert_eq!(ids(Audience::Public), ["a", "a-1"]);
        assert_eq!(ids(Audience::Internal), ["a", "a-2", "b", "a-1"]);
        let (body, _) = parsed_for(Audience::Internal, page);
        let contents: Vec<&str> = body.headings.iter().map(|heading| heading.content.as_str()).collect();
        assert_eq!(contents, ["a", "b", "", "c"]);
        assert!(html(Audience::Internal, page).contains("</h2><div class=\"audience is-internal\">"));
        let cut: Vec<_> = parsed_for(Audience::Public, page).0.cut;
        assert_eq!(cut, [("a-2".to_owned(), Audience::Internal), ("b".to_owned(), Audience::Internal)]);
    }

    #[test]
    fn a_fence_in_code_is_text() {
        for code in
            ["```\n:::internal\nx\n:::\n```\n", "a\n\n    :::internal\n    x\n    :::\n", "    :::interal\n"]
        {
            assert_eq!(told(code), [""; 0], "{code}");
            assert!(html(Audience::Public, code).contains(":::inter"), "{code}");
        }
    }

    #[test]
    fn what_may_be_meant_as_a_fence_is_a_fault() {
        for (text, rule, written) in [
            (":::internal\na\n", "broken-fence", ":::internal"),
            ("a\n\n:::\n", "broken-fence", ":::"),
            (":::internal\n:::restricted\n:::\n", "broken-fence", ":::restricted"),
            (":::interal\na\n:::\n", "broken-fence", ":::interal"),
            (":::Internal\na\n:::\n", "broken-fence", ":::Internal"),
            (":::internal note\na\n:::\n", "broken-fence", ":::internal note"),
            ("::internal\na\n", "broken-fence", "::internal"),
            ("- a\n  :::internal\n  b\n  :::\n", "broken-fence", "  :::internal"),
            ("> :::restricted\n> b\n> :::\n", "broken-fence", "> :::restricted"),
            ("<!--\n:::internal\nb\n:::\n-->\n", "broken-fence", ":::internal"),
            (":::internal\n```\nb\n:::\n", "broken-fence", ":::internal"),
            (":::note\na\n:::\n", "unknown-fence", ":::note"),
        ] {
            let told = told(text);
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert!(told[0].starts_with(&format!("{rule} `{written}`")), "{told:?}");
        }
        for text in ["a::b\n", "std::fmt\n", "| a |\n| :-: |\n", "10:::20\n"] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_list_or_table_ends_at_a_fence() {
        assert_eq!(
            html(Audience::Public, "- a\n:::internal\nb\n:::\n- c\n"),
            "<ul><li>a</li></ul><ul><li>c</li></ul>"
                .replace("</ul><ul>", "") // one loose list
                .replace("<li>a</li>", "<li><p>a</p></li>")
                .replace("<li>c</li>", "<li><p>c</p></li>")
        );
        assert_eq!(html(Audience::Public, "<div>\n:::internal\nb\n:::\n</div>\n"), "<div></div>");
    }
}
