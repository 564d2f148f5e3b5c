//! AVIF and HEIC (ISO/IEC 14496-12 and 23008-12): boxes of a length, a kind and content; a list of items, and where
//! in the file the bytes of each lie.
//!
//! Places of bytes are numbers all over such a file, so that nothing is taken out: what is no picture is written
//! over, and the length stays.

use std::ops::Range;

use super::big;

/// EXIF without an entry: where TIFF begins, and an empty list.
const EXIF: &[u8] = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0";

/// XMP that says nothing.
const XMP: &[u8] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>";

/// The kinds of files whose pictures are items or tracks.
const BRANDS: [&[u8]; 9] = [b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"];

/// Whether these are the first bytes of such a file.
pub fn is_one(bytes: &[u8]) -> bool {
    let names = || {
        let length = big(bytes, 0, 4)?;
        bytes.get(8..length).filter(|_| bytes.get(4..8) == Some(b"ftyp"))
    };
    names().is_some_and(|names| names.chunks(4).any(|name| BRANDS.contains(&name)))
}

/// The file without EXIF, XMP and other texts, times, and boxes that no picture needs.
pub fn plain(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = bytes.to_vec();
    for edit in edits(bytes)? {
        let end = edit.at.checked_add(edit.bytes.len())?;
        plain.get_mut(edit.at..end)?.copy_from_slice(&edit.bytes);
    }
    Some(plain)
}

/// Bytes that are written over others.
struct Edit {
    at: usize,
    bytes: Vec<u8>,
}

impl Edit {
    fn zeros(range: Range<usize>) -> Self {
        Self { at: range.start, bytes: vec![0; range.len()] }
    }
}

/// A box.
struct Part {
    kind: [u8; 4],
    start: usize,
    body: Range<usize>,
}

impl Part {
    /// Makes room of the box that nobody uses.
    fn freed(&self) -> [Edit; 2] {
        [Edit { at: self.start + 4, bytes: b"free".to_vec() }, Edit::zeros(self.body.clone())]
    }

    /// Leaves the version of the box and no bit of the `length` bytes that follow it.
    fn blank(&self, length: usize) -> Option<Edit> {
        let start = self.body.start + 4;
        (start + length <= self.body.end).then(|| Edit::zeros(start..start + length))
    }
}

/// The boxes in a part of the file, which they fill.
fn parts(bytes: &[u8], within: Range<usize>) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut start = within.start;
    while start < within.end {
        let kind = bytes.get(start + 4..start + 8)?.try_into().ok()?;
        let (head, length) = match big(bytes, start, 4)? {
            0 => (8, within.end - start),
            1 => (16, big(bytes, start + 8, 8)?),
            length => (8, length),
        };
        let end = start.checked_add(length)?;
        if length < head || end > within.end {
            return None;
        }
        parts.push(Part { kind, start, body: start + head..end });
        start = end;
    }
    Some(parts)
}

fn edits(bytes: &[u8]) -> Option<Vec<Edit>> {
    let top = parts(bytes, 0..bytes.len())?;
    let held: Vec<Range<usize>> =
        top.iter().filter(|part| &part.kind == b"mdat").map(|part| part.body.clone()).collect();
    let mut edits = Vec::new();
    for part in &top {
        match &part.kind {
            b"ftyp" | b"styp" | b"mdat" | b"moof" | b"mfra" | b"sidx" | b"pdin" => {}
            b"meta" => edits.extend(of_items(bytes, part, &held)?),
            b"moov" => edits.extend(of_tracks(bytes, part, &held)?),
            // Its bits are packed without boxes.
            b"mini" => return None,
            _ => edits.extend(part.freed()),
        }
    }
    Some(edits)
}

/// Of moving pictures: texts, and the times at which they were taken.
fn of_tracks(bytes: &[u8], around: &Part, held: &[Range<usize>]) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for part in parts(bytes, around.body.clone())? {
        match &part.kind {
            b"trak" | b"mdia" => edits.extend(of_tracks(bytes, &part, held)?),
            b"meta" => edits.extend(of_items(bytes, &part, held)?),
            b"mvhd" | b"tkhd" | b"mdhd" => {
                let is_long = bytes.get(part.body.start) == Some(&1);
                edits.push(part.blank(if is_long { 16 } else { 8 })?);
            }
            b"udta" | b"uuid" | b"free" | b"skip" => edits.extend(part.freed()),
            _ => {}
        }
    }
    Some(edits)
}

/// Of a list of items: those that are no picture, and what is said of the others in words and times.
fn of_items(bytes: &[u8], meta: &Part, held: &[Range<usize>]) -> Option<Vec<Edit>> {
    let inside = parts(bytes, meta.body.start.checked_add(4)?..meta.body.end)?;
    let find = |kind: &[u8; 4]| inside.iter().find(|part| &part.kind == kind);
    let mut edits = Vec::new();
    for part in &inside {
        match &part.kind {
            b"uuid" | b"udta" | b"xml " | b"bxml" | b"free" | b"skip" => edits.extend(part.freed()),
            b"iprp" => edits.extend(of_properties(bytes, part)?),
            _ => {}
        }
    }
    let (Some(list), Some(places)) = (find(b"iinf"), find(b"iloc")) else { return Some(edits) };
    let data = find(b"idat").map(|part| part.body.clone());
    let texts = texts(bytes, list)?;
    let places = places_of(bytes, places, data.as_ref())?;
    let (told, drawn): (Vec<&Item>, Vec<&Item>) =
        places.iter().partition(|item| texts.iter().any(|text| text.0 == item.id));
    for item in told {
        // Only bytes of items are written over, and no picture's.
        let is_free = |range: &Range<usize>| {
            let is_inside = |outer: &Range<usize>| outer.start <= range.start && range.end <= outer.end;
            let is_apart = |other: &Range<usize>| other.end <= range.start || range.end <= other.start;
            held.iter().chain(&data).any(is_inside)
                && drawn.iter().flat_map(|item| item.ranges.iter().flatten()).all(is_apart)
        };
        let ranges = item.ranges.as_ref()?;
        if !ranges.iter().all(is_free) {
            return None;
        }
        let kind = texts.iter().find(|text| text.0 == item.id)?.1;
        edits.extend(written_over(ranges, kind));
    }
    Some(edits)
}

/// An item's bytes with those of an empty one.
fn written_over(ranges: &[Range<usize>], kind: [u8; 4]) -> Vec<Edit> {
    let (empty, rest) = match &kind {
        b"Exif" => (EXIF, 0),
        b"mime" => (XMP, b' '),
        _ => (&b""[..], 0),
    };
    let length: usize = ranges.iter().map(ExactSizeIterator::len).sum();
    let empty = if empty.len() <= length { empty } else { b"" };
    let mut bytes = empty.iter().copied().chain(std::iter::repeat(rest));
    ranges
        .iter()
        .map(|range| Edit { at: range.start, bytes: bytes.by_ref().take(range.len()).collect() })
        .collect()
}

/// Names, descriptions and times among the properties.
fn of_properties(bytes: &[u8], around: &Part) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for list in parts(bytes, around.body.clone())?.iter().filter(|part| &part.kind == b"ipco") {
        for part in parts(bytes, list.body.clone())? {
            if matches!(&part.kind, b"udes" | b"crtt" | b"mdft") {
                edits.push(part.blank(part.body.len().checked_sub(4)?)?);
            } else if &part.kind == b"uuid" {
                edits.push(Edit::zeros(part.body.start.checked_add(16)?.min(part.body.end)..part.body.end));
            }
        }
    }
    Some(edits)
}

/// The items that hold texts, each with its kind.
fn texts(bytes: &[u8], list: &Part) -> Option<Vec<(usize, [u8; 4])>> {
    let is_long = *bytes.get(list.body.start)? > 0;
    let entries = list.body.start + if is_long { 8 } else { 6 };
    let mut texts = Vec::new();
    for entry in parts(bytes, entries..list.body.end)?.iter().filter(|part| &part.kind == b"infe") {
        let start = entry.body.start;
        let width = match bytes.get(start)? {
            2 => 2,
            3 => 4,
            _ => return None,
        };
        let kind: [u8; 4] = bytes.get(start + 6 + width..start + 10 + width)?.try_into().ok()?;
        if matches!(&kind, b"Exif" | b"mime" | b"uri ") {
            texts.push((big(bytes, start + 4, width)?, kind));
        }
    }
    Some(texts)
}

/// An item and where its bytes lie; nothing where that is not in this file alone.
struct Item {
    id: usize,
    ranges: Option<Vec<Range<usize>>>,
}

/// Reads numbers one after another.
struct Numbers<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Numbers<'_> {
    /// The next number, of so many bytes.
    fn next(&mut self, width: usize) -> Option<usize> {
        let number = big(self.bytes, self.at, width)?;
        self.at += width;
        Some(number)
    }
}

/// Where items lie; `data` are the bytes that the list itself holds.
fn places_of(bytes: &[u8], part: &Part, data: Option<&Range<usize>>) -> Option<Vec<Item>> {
    let version = *bytes.get(part.body.start)?;
    let mut numbers = Numbers { bytes: bytes.get(..part.body.end)?, at: part.body.start + 4 };
    let sizes = numbers.next(2)?;
    let [offset, length, base, index] = [sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15];
    let (width, is_new) = (if version < 2 { 2 } else { 4 }, version > 0);
    let count = numbers.next(width)?;
    // Extents without any number could be without end.
    if offset + length == 0 {
        return None;
    }
    let mut items = Vec::new();
    for _ in 0..count {
        let id = numbers.next(width)?;
        let method = if is_new { numbers.next(2)? & 15 } else { 0 };
        let is_outside = numbers.next(2)? != 0;
        let base = numbers.next(base)?;
        let start = match (method, data) {
            (0, _) => Some(0),
            (1, Some(data)) => Some(data.start),
            _ => None,
        };
        let extents = numbers.next(2)?;
        let mut ranges = Vec::new();
        for _ in 0..extents {
            numbers.next(if is_new { index } else { 0 })?;
            let (offset, length) = (numbers.next(offset)?, numbers.next(length)?);
            let from = start.unwrap_or(0).checked_add(base)?.checked_add(offset)?;
            // No length says: to the end.
            let end = if length == 0 { bytes.len() } else { from.checked_add(length)? };
            ranges.push(from..end);
        }
        items.push(Item { id, ranges: Some(ranges).filter(|_| start.is_some() && !is_outside) });
    }
    Some(items)
}
