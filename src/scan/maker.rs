//! What documents tell of those who made them: PDF, TIFF and SVG.
//!
//! Unlike pictures these are copied as they are: to take it out would be to write them anew. So it is only found,
//! never what is not there: a PDF that hides its words in streams of its own keeps them from this, too.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::ZlibDecoder;

/// The most bytes that packed parts of one PDF are unpacked to.
const MOST: u64 = 16 << 20;

/// What a document tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// Who wrote or drew it.
    Author,
    /// On which computer, or at which path there.
    Computer,
    /// Where.
    Place,
    /// Data of a camera or a program that nobody looks at here.
    Other,
}

impl Trace {
    /// What it is called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Author => "an author",
            Self::Computer => "a computer or a path on it",
            Self::Place => "a place",
            Self::Other => "data of a camera or program",
        }
    }
}

/// What the document in `bytes` tells; nothing of a file that is none of these.
pub fn traces(bytes: &[u8]) -> BTreeSet<Trace> {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => pdf(bytes),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => tiff(bytes).unwrap_or_default(),
        // Its longer form is not read here.
        [b'I', b'I', b'+', 0, ..] | [b'M', b'M', 0, b'+', ..] => BTreeSet::from([Trace::Other]),
        _ => {
            std::str::from_utf8(bytes).ok().filter(|text| text.contains("<svg")).map(svg).unwrap_or_default()
        }
    }
}

/// ISO 32000: a dictionary about the document, as it is or in a packed stream of objects, and XMP.
fn pdf(bytes: &[u8]) -> BTreeSet<Trace> {
    let names = |text: &[u8]| places(text, b"/Author").any(|at| is_filled(&text[at..]));
    let mut left = MOST;
    let mut packed = places(bytes, b"/ObjStm").filter_map(|at| unpacked(&bytes[at..], &mut left));
    let is_named =
        names(bytes) || packed.any(|text| names(&text)) || has_creator(&String::from_utf8_lossy(bytes));
    is_named.then_some(Trace::Author).into_iter().collect()
}

/// Where `text` goes on after each `word`.
fn places(text: &[u8], word: &'static [u8]) -> impl Iterator<Item = usize> {
    let ends = text.windows(word.len()).enumerate();
    ends.filter(move |(_, window)| *window == word).map(|(at, _)| at + word.len())
}

/// Whether a value that begins here is a string with anything in it, or stands elsewhere.
fn is_filled(value: &[u8]) -> bool {
    let value = value.trim_ascii_start();
    // Two bytes say that letters have two bytes.
    match value {
        [b'(', 0xFE, 0xFF, next, ..] | [b'(', next, ..] => *next != b')',
        [b'<', b'<', ..] | [] => false,
        [b'<', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == b'>').unwrap_or_default();
            let digits = rest[..end].to_ascii_uppercase();
            !digits.is_empty() && digits != b"FEFF"
        }
        [first, ..] => first.is_ascii_digit(),
    }
}

/// The stream that begins after this dictionary, unpacked; `left` is how much may still be.
fn unpacked(text: &[u8], left: &mut u64) -> Option<Vec<u8>> {
    let at = places(text, b"stream").next()?;
    let start = text[at..].iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
    let mut unpacked = Vec::new();
    // A stream that breaks off tells what came before.
    let _ = ZlibDecoder::new(&text[at + start..]).take(*left).read_to_end(&mut unpacked);
    *left = left.saturating_sub(unpacked.len() as u64);
    Some(unpacked)
}

/// Whether XMP names a creator (`dc:creator`).
fn has_creator(text: &str) -> bool {
    let inside = text.split("<dc:creator").skip(1).filter_map(|rest| rest.split("</dc:creator>").next());
    inside.map(words).any(|words| !words.trim().is_empty())
}

/// Text without its tags; it begins in one.
fn words(xml: &str) -> String {
    xml.split('<').map(|part| part.split_once('>').map_or("", |(_, words)| words)).collect()
}

/// SVG: Dublin Core, and what drawing programs write into attributes of their own.
fn svg(text: &str) -> BTreeSet<Trace> {
    let is_path = ["sodipodi:docname=", "sodipodi:absref=", "inkscape:export-filename=", "xml:base=\"file:"]
        .iter()
        .any(|sign| text.contains(sign));
    let found = [(has_creator(text), Trace::Author), (is_path, Trace::Computer)];
    found.into_iter().filter(|(is_there, _)| *is_there).map(|(_, trace)| trace).collect()
}

/// TIFF 6.0: lists of entries, one for each page.
fn tiff(bytes: &[u8]) -> Option<BTreeSet<Trace>> {
    let is_little = bytes.starts_with(b"II");
    let number = |at: usize, length: usize| {
        let digits = bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if is_little { digits.iter().rev().fold(0, add) } else { digits.iter().fold(0, add) })
    };
    let mut traces = BTreeSet::new();
    let mut list = number(4, 4)?;
    let mut seen = BTreeSet::new();
    while list != 0 && seen.insert(list) {
        let count = number(list, 2)?;
        for index in 0..count {
            traces.extend(trace_of(number(list + 2 + index * 12, 2)?));
        }
        list = number(list + 2 + count * 12, 4)?;
    }
    Some(traces)
}

/// What an entry tells: author, computer, EXIF, GPS, XMP, IPTC and layers of a program.
fn trace_of(tag: usize) -> Option<Trace> {
    match tag {
        315 => Some(Trace::Author),
        316 => Some(Trace::Computer),
        34853 => Some(Trace::Place),
        271 | 272 | 700 | 33723 | 34377 | 34665 => Some(Trace::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn told(bytes: &[u8]) -> Vec<Trace> {
        traces(bytes).into_iter().collect()
    }

    #[test]
    fn a_pdf_that_names_its_author_is_known() {
        for (info, is_named) in [
            ("/Author (Mari Maasikas)", true),
            ("/Author(\u{fe}", true),
            ("/Author <FEFF004D>", true),
            ("/Author 7 0 R", true),
            ("/Author ()", false),
            ("/Author <>", false),
            ("/Author <FEFF>", false),
            ("/Authors << >>", false),
            ("/Title (Protocol)", false),
            ("<dc:creator><rdf:Seq><rdf:li>Mari</rdf:li></rdf:Seq></dc:creator>", true),
            ("<dc:creator><rdf:Seq><rdf:li></rdf:li></rdf:Seq></dc:creator>", false),
        ] {
            let file = format!("%PDF-1.7\n5 0 obj\n<< {info} >>\nendobj\n");
            assert_eq!(!told(file.as_bytes()).is_empty(), is_named, "{info}");
        }
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(b"5 0 << /Author (Mari) >>").expect("memory");
        let head = b"%PDF-1.7\n9 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n";
        let file = [&head[..], &packed.finish().expect("memory"), b"\nendstream\n"].concat();
        assert_eq!(told(&file), [Trace::Author]);
        assert_eq!(told(&[&head[..], b"no stream at all"].concat()), []);
        assert_eq!(told(head), []);
    }

    #[test]
    fn a_drawing_that_names_its_author_or_file_is_known() {
        let author = "<metadata><rdf:RDF><dc:creator><cc:Agent><dc:title>Mari</dc:title></cc:Agent></dc:creator></rdf:RDF></metadata>";
        for (inside, wanted) in [
            (author, &[Trace::Author][..]),
            ("<sodipodi:namedview/>", &[]),
            ("<g sodipodi:absref=\"/home/mari/logo.png\"/>", &[Trace::Computer]),
            ("<path d=\"M0 0\"/>", &[]),
        ] {
            assert_eq!(told(format!("<svg xmlns=\"…\">{inside}</svg>").as_bytes()), wanted, "{inside}");
        }
    }

    #[test]
    fn a_picture_for_print_tells_by_its_entries() {
        let entry = |tag: u16| [&tag.to_le_bytes()[..], b"\x02\0\x01\0\0\0\0\0\0\0"].concat();
        let list = |tags: &[u16], next: u32| {
            let count = u16::try_from(tags.len()).expect("short").to_le_bytes();
            let entries: Vec<u8> = tags.iter().flat_map(|tag| entry(*tag)).collect();
            [&count[..], &entries, &next.to_le_bytes()].concat()
        };
        let file = |lists: &[u8]| [b"II*\0\x08\0\0\0", lists].concat();
        assert_eq!(told(&file(&list(&[256, 257], 0))), []);
        assert_eq!(told(&file(&list(&[256, 315], 8))), [Trace::Author], "a list that leads to itself ends");
        let second = [list(&[256], 26), list(&[316, 34853], 0)].concat();
        assert_eq!(told(&file(&second)), [Trace::Computer, Trace::Place]);
        assert_eq!(told(b"II*\0\xFF\xFF\xFF\xFF"), []);
        assert_eq!(told(b"II+\0"), [Trace::Other]);
    }
}
