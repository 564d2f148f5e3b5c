//! The only file that names the XML library. It reads a document into a tree of elements.
//!
//! The reading is lenient where tools are known to be careless and the meaning is clear, and tells of
//! each such place: a `<` within quotes, a lone `&`, an unknown entity, an attribute written twice. No
//! entity is ever expanded but the five that XML knows and references to characters. A document that was
//! cut off, or whose elements do not close, is refused with its place.

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesStart, Event};

use super::encoding::decode;
use super::{Note, Unreadable};

/// The deepest nesting; the deepest known result files stay below twenty.
const DEEPEST: usize = 256;

/// The largest document, in bytes. A test run with all its output has a tenth of that.
const LARGEST: usize = 512 * 1024 * 1024;

/// The longest reference, in bytes after `&`. A longer way to the next `;` means a lone `&`.
const LONGEST_REFERENCE: usize = 20;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The outermost element.
    pub root: Element,
    /// What is no proper XML, and how it was read.
    pub notes: Vec<Note>,
}

/// An element with all that it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// Its name, without the prefix of a name space.
    pub name: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Names and values of its attributes, the names without prefixes, in the order written.
    pub attributes: Vec<(String, String)>,
    /// What it holds, in the order written.
    pub children: Vec<Child>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Child {
    /// An element.
    Element(Element),
    /// A text between tags; neither empty nor beside another text.
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements directly in this one.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The elements of this name directly in this one.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element of this name directly in this one.
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The text directly in this element, white space at both ends included.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Child::Text(text) => Some(text.as_str()),
            Child::Element(_) => None,
        });
        texts.collect()
    }

    fn push_text(&mut self, more: &str) {
        match self.children.last_mut() {
            Some(Child::Text(text)) => text.push_str(more),
            _ if more.is_empty() => {}
            _ => self.children.push(Child::Text(more.to_owned())),
        }
    }
}

/// Reads a document in any encoding that it names.
///
/// # Errors
/// What is no XML, was cut off, or is larger or nested deeper than any result file, with its place.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::whole(format!("it is larger than {} MB", LARGEST / 1024 / 1024)));
    }
    let decoded = decode(bytes, label(bytes).as_deref())?;
    let mut building = Building::new(&decoded.text);
    if decoded.is_lossy {
        building.note(1, "some bytes are no text in the encoding of the file; `�` stands in their place");
    }
    building.read()
}

/// The encoding that the declaration names: `<?xml version="1.0" encoding="ISO-8859-1"?>`.
fn label(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(256))?).into_owned();
    let declaration = start.split_once("<?xml")?.1.split_once("?>")?.0.to_owned();
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.get(1..)?.split_once(quote).map(|(label, _)| label.to_owned())
}

/// A tree that grows while the text is read.
struct Building<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// The line that `counted` bytes of the text lead to.
    line: usize,
    counted: usize,
    /// The elements that are open, the outermost first.
    open: Vec<Element>,
    root: Option<Element>,
    notes: Vec<Note>,
}

impl<'t> Building<'t> {
    fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        Self { text, reader, line: 1, counted: 0, open: Vec::new(), root: None, notes: Vec::new() }
    }

    fn read(mut self) -> Result<Document, Unreadable> {
        loop {
            let at = self.position();
            self.count_lines(at);
            match self.reader.read_event() {
                Ok(Event::Start(start)) => self.start(&start, at)?,
                Ok(Event::Empty(start)) => {
                    self.start(&start, at)?;
                    self.end();
                }
                Ok(Event::End(_)) => self.end(),
                Ok(Event::Text(text)) => self.text(&text.xml10_content(), at)?,
                Ok(Event::CData(text)) => self.text(&text.xml10_content(), at)?,
                Ok(Event::GeneralRef(reference)) => {
                    let written = format!("&{};", &*reference);
                    let resolved = self.resolve(&written);
                    self.text(&resolved, at)?;
                }
                Ok(Event::DocType(declared)) if declared.contains('[') => {
                    return Err(self.fault(at, "it declares entities of its own, which are not read"));
                }
                Ok(Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_)) => {}
                Ok(Event::Eof) => return self.finish(),
                Err(error) => return Err(self.broken(&error)),
            }
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// Moves the count of lines on to the byte `at`.
    fn count_lines(&mut self, at: usize) {
        self.line += self.text.get(self.counted..at).map_or(0, |passed| passed.matches('\n').count());
        self.counted = self.counted.max(at);
    }

    fn note(&mut self, line: usize, text: impl Into<String>) {
        self.notes.push(Note { at: format!("line {line}"), text: text.into() });
    }

    fn start(&mut self, start: &BytesStart<'_>, at: usize) -> Result<(), Unreadable> {
        let name = start.local_name().as_ref().to_owned();
        if self.root.is_some() {
            let message = format!("a second document begins with `{name}`; put each into a file of its own");
            return Err(self.fault(at, message));
        }
        if self.open.len() >= DEEPEST {
            return Err(self.fault(at, format!("elements are nested deeper than {DEEPEST}")));
        }
        let mut attributes: Vec<(String, String)> = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.bad_attribute(&name, &error, at))?;
            let key = attribute.key.as_ref();
            if key == "xmlns" || key.starts_with("xmlns:") {
                continue;
            }
            let key = attribute.key.local_name().as_ref().to_owned();
            if attributes.iter().any(|(earlier, _)| *earlier == key) {
                self.note(
                    self.line,
                    format!("the attribute `{key}` of `{name}` is written twice; the first one counts"),
                );
                continue;
            }
            let value = self.resolve(&attribute.value);
            attributes.push((key, value));
        }
        self.open.push(Element { name, line: self.line, attributes, children: Vec::new() });
        Ok(())
    }

    fn end(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Child::Element(closed)),
            None => self.root = Some(closed),
        }
    }

    fn text(&mut self, text: &str, at: usize) -> Result<(), Unreadable> {
        match self.open.last_mut() {
            Some(element) => element.push_text(text),
            None if text.trim().is_empty() => {}
            None if self.root.is_some() => return Err(self.fault(at, "text follows after the document")),
            None => return Err(self.fault(at, "it does not begin like XML")),
        }
        Ok(())
    }

    /// `raw` with its references replaced; what is none, or an entity that XML does not know, stays as
    /// it is written.
    fn resolve(&mut self, raw: &str) -> String {
        let mut resolved = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once('&') {
            resolved.push_str(before);
            rest = after;
            let end = after.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
            let name = end.and_then(|end| after.get(..end)).filter(|name| is_reference(name));
            match name.map(|name| (name, replacement(name))) {
                Some((name, Some(character))) => {
                    resolved.push(character);
                    rest = after.get(name.len() + 1..).unwrap_or_default();
                }
                Some((name, None)) => {
                    let text = format!("the entity `&{name};` is unknown and stays as it is written");
                    self.note(self.line, text);
                    resolved.push('&');
                }
                None => resolved.push('&'),
            }
        }
        resolved + rest
    }

    fn finish(mut self) -> Result<Document, Unreadable> {
        if let Some(open) = self.open.pop() {
            let message = format!("it was cut off: `<{}>` of line {} is never closed", open.name, open.line);
            return Err(self.fault(self.text.len(), message));
        }
        match self.root.take() {
            Some(root) => Ok(Document { root, notes: self.notes }),
            None if self.text.trim().is_empty() => Err(Unreadable::whole("it is empty")),
            None => Err(self.fault(0, "it holds no element of XML")),
        }
    }

    fn fault(&self, at: usize, message: impl Into<String>) -> Unreadable {
        Unreadable::at(self.text, at, message)
    }

    fn bad_attribute(&self, name: &str, error: &AttrError, at: usize) -> Unreadable {
        let (position, what) = match error {
            AttrError::ExpectedEq(position) | AttrError::ExpectedValue(position) => {
                (position, "an attribute without a value")
            }
            AttrError::UnquotedValue(position) => (position, "a value without quotes"),
            AttrError::ExpectedQuote(position, _) => (position, "a value whose quote is not closed"),
            AttrError::Duplicated(position, _) => (position, "an attribute that is written twice"),
        };
        self.fault(at + 1 + position, format!("`<{name}>` has {what}"))
    }

    /// What the library found, in words that help whoever made the file.
    fn broken(&self, error: &Error) -> Unreadable {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        let message = match error {
            Error::Syntax(SyntaxError::UnclosedCData) => {
                "it was cut off: a section `<![CDATA[` begins here and never ends".to_owned()
            }
            Error::Syntax(SyntaxError::UnclosedComment) => {
                "it was cut off: a comment begins here and never ends".to_owned()
            }
            Error::Syntax(
                SyntaxError::UnclosedTag
                | SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue,
            ) => "it was cut off, or a quote is missing: a tag begins here and never ends".to_owned(),
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                let line = self.open.last().map_or(self.line, |open| open.line);
                format!("`</{found}>` stands where `<{expected}>` of line {line} should be closed")
            }
            Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                format!("`</{found}>` closes what was never opened")
            }
            other => format!("it is no XML: {other}"),
        };
        self.fault(at, message)
    }
}

/// Whether `name` could stand between `&` and `;`.
fn is_reference(name: &str) -> bool {
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.chars().all(char::is_alphanumeric)
}

/// What a reference stands for. A character that no text may hold becomes `�`.
fn replacement(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            Some(char::from_u32(code).filter(|character| *character != '\0').unwrap_or('�'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(text: &str) -> Element {
        read(text.as_bytes()).expect("a document").root
    }

    fn fault(text: &str) -> (Option<usize>, Option<usize>, String) {
        let Unreadable { line, column, message } = read(text.as_bytes()).expect_err("an error");
        (line, column, message)
    }

    #[test]
    fn elements_attributes_and_texts_are_read() {
        let suite = root(
            "<?xml version='1.0'?>\n<!-- x --><suite name='a &lt; b &#x26; c'>\n <case/>one<!-- y --> &amp; <![CDATA[<two>]]></suite>",
        );
        assert_eq!((suite.name.as_str(), suite.line), ("suite", 2));
        assert_eq!(suite.attribute("name"), Some("a < b & c"));
        assert_eq!(suite.first("case").map(|case| case.line), Some(3));
        assert_eq!(suite.text(), "\n one & <two>");
        assert_eq!(suite.named("case").count(), 1);
    }

    #[test]
    fn prefixes_of_name_spaces_are_dropped() {
        let run = root("<t:run xmlns:t='http://example.ee/' t:id='1'><t:case/></t:run>");
        assert_eq!((run.name.as_str(), run.attribute("id")), ("run", Some("1")));
        assert_eq!(run.attributes.len(), 1);
        assert!(run.first("case").is_some());
    }

    #[test]
    fn what_tools_write_carelessly_is_read_and_noted() {
        let document =
            read(b"<a time='<<soon>>' b='x & y' b='z'>R&D &nbsp; &#0;\n&lost;</a>").expect("a document");
        assert_eq!(document.root.attribute("time"), Some("<<soon>>"));
        assert_eq!(document.root.attribute("b"), Some("x & y"));
        assert_eq!(document.root.text(), "R&D &nbsp; �\n&lost;");
        let notes: Vec<(&str, &str)> =
            document.notes.iter().map(|note| (note.at.as_str(), note.text.as_str())).collect();
        assert_eq!(
            notes,
            [
                ("line 1", "the attribute `b` of `a` is written twice; the first one counts"),
                ("line 1", "the entity `&nbsp;` is unknown and stays as it is written"),
                ("line 2", "the entity `&lost;` is unknown and stays as it is written"),
            ]
        );
    }

    #[test]
    fn a_file_that_was_cut_off_says_where() {
        for (text, line, column, message) in [
            ("<a>\n  <b>text", 2, 10, "it was cut off: `<b>` of line 2 is never closed"),
            ("<a>\n <b x='", 2, 2, "it was cut off, or a quote is missing: a tag begins here and never ends"),
            ("<a><![CDATA[x", 1, 4, "it was cut off: a section `<![CDATA[` begins here and never ends"),
            ("<a>\n<!-- x", 2, 1, "it was cut off: a comment begins here and never ends"),
        ] {
            assert_eq!(fault(text), (Some(line), Some(column), message.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_not_well_formed_says_where() {
        for (text, line, column, message) in [
            ("<a>\n<b></a>", 2, 4, "`</a>` stands where `<b>` of line 2 should be closed"),
            ("<a></a></b>", 1, 8, "`</b>` closes what was never opened"),
            ("<a/>\n<b/>", 2, 1, "a second document begins with `b`; put each into a file of its own"),
            ("<a/>more", 1, 5, "text follows after the document"),
            ("{\"a\": 1}", 1, 1, "it does not begin like XML"),
            ("<!-- nothing -->", 1, 1, "it holds no element of XML"),
            ("<a x=1/>", 1, 6, "`<a>` has a value without quotes"),
            (
                "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
                1,
                1,
                "it declares entities of its own, which are not read",
            ),
        ] {
            assert_eq!(fault(text), (Some(line), Some(column), message.to_owned()), "{text}");
        }
        assert_eq!(fault(" \n"), (None, None, "it is empty".to_owned()));
    }

    #[test]
    fn nesting_has_a_limit() {
        let (_, _, message) = fault(&"<a>".repeat(100_000));
        assert_eq!(message, "elements are nested deeper than 256");
    }

    #[test]
    fn a_declared_encoding_is_believed() {
        let document =
            read(b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>t\xF6\xF6</a>").expect("a document");
        assert_eq!(document.root.text(), "töö");
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(
            "<?xml version=\"1.0\" encoding=\"utf-16\"?><a>töö</a>".encode_utf16().flat_map(u16::to_le_bytes),
        );
        assert_eq!(read(&wide).expect("a document").root.text(), "töö");
        let document = read(b"<a>t\xF6\xF6</a>").expect("a document");
        assert_eq!(document.root.text(), "t��");
        assert_eq!(document.notes.len(), 1);
    }

    #[test]
    fn lines_end_alike_whatever_the_system() {
        assert_eq!(root("<a>one\r\ntwo</a>").text(), "one\ntwo");
    }
}
