//! Compressed copies beside files, for servers that send them as they are.

use std::io::Write;

use brotli::CompressorWriter;
use flate2::{Compression, GzBuilder};
use rayon::prelude::*;

use super::{Content, Draft, Earlier, Fingerprint, Output, OutputError};

/// What the names of the copies end with: gzip (RFC 1952), Brotli (RFC 7932).
const COPIES: [&str; 2] = [".gz", ".br"];

/// The kinds of files that are texts. Pictures and archives are compressed by themselves.
const TEXTS: [&str; 13] =
    ["html", "css", "js", "mjs", "json", "svg", "xml", "txt", "csv", "ics", "md", "map", "webmanifest"];

/// Lays a copy in each format beside every text of `output` that becomes smaller in both. The copies of a file that
/// is as it was in the `earlier` site are those of that site. They are put into `draft`, as the texts were.
///
/// # Errors
/// A path that cannot be a file.
pub fn compress(
    output: &mut Output,
    draft: &Draft<'_>,
    earlier: Option<&Earlier>,
) -> Result<(), OutputError> {
    let texts: Vec<(&str, &Content)> = output
        .files()
        .map(|(path, content)| (path.as_str(), content))
        .filter(|(path, _)| is_text(path) && !COPIES.iter().any(|copy| has(output, path, copy)))
        .collect();
    let copies: Vec<Vec<(String, Content)>> =
        texts.par_iter().map(|(path, content)| copies(path, content, draft, earlier)).collect();
    for (path, content) in copies.into_iter().flatten() {
        output.insert(path, content)?;
    }
    Ok(())
}

/// `files` of an earlier site without those that are copies: copies always come in pairs.
pub fn without_copies(files: Vec<(String, Content)>) -> Vec<(String, Content)> {
    let paths: std::collections::HashSet<String> = files.iter().map(|(path, _)| path.clone()).collect();
    let is_copy = |path: &str| {
        let of = COPIES.iter().find_map(|copy| path.strip_suffix(copy));
        let pair = |of: &str| COPIES.iter().all(|copy| paths.contains(&format!("{of}{copy}")));
        of.is_some_and(|of| is_text(of) && paths.contains(of) && pair(of))
    };
    files.into_iter().filter(|(path, _)| !is_copy(path)).collect()
}

fn is_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| TEXTS.contains(&ending.as_str()))
}

fn has(output: &Output, path: &str, copy: &str) -> bool {
    output.get(&format!("{path}{copy}")).is_some()
}

fn copies(
    path: &str,
    content: &Content,
    draft: &Draft<'_>,
    earlier: Option<&Earlier>,
) -> Vec<(String, Content)> {
    let names = COPIES.map(|copy| format!("{path}{copy}"));
    let known = |fingerprint: Fingerprint| {
        let earlier = earlier.filter(|earlier| earlier.fingerprint(path) == Some(fingerprint))?;
        let known = |name: &String| Some((name.clone(), Content::Kept(earlier.fingerprint(name)?)));
        names.iter().map(known).collect::<Option<Vec<_>>>()
    };
    let told = match content {
        Content::Kept(fingerprint) | Content::Staged(fingerprint, _) => Some(*fingerprint),
        Content::Bytes(_) | Content::File(_) => None,
    };
    if let Some(kept) = told.and_then(known) {
        return kept;
    }
    // That a file cannot be read is told when it is written.
    let bytes = draft.bytes(path, content).unwrap_or_default();
    if let Some(kept) = known(Fingerprint::of(&bytes)).filter(|_| told.is_none()) {
        return kept;
    }
    let made = [gzip(&bytes), brotli(&bytes)];
    if made.iter().any(|made| made.len() >= bytes.len()) {
        return Vec::new();
    }
    let put = |(name, made): (String, Vec<u8>)| {
        let content = draft.put(&name, made.into());
        (name, content)
    };
    names.into_iter().zip(made).map(put).collect()
}

/// Without name, time or system: the same bytes give the same copy.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    // From 10 on, a page takes twenty times as long and becomes 3 % smaller.
    const QUALITY: u32 = 9;
    const WINDOW: u32 = 22;
    let mut encoder = CompressorWriter::new(Vec::new(), 4096, QUALITY, WINDOW);
    let _ = encoder.write_all(bytes);
    encoder.into_inner()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read;
    use std::path::Path;

    use super::super::{Mode, Summary, write};
    use super::*;

    fn output(files: &[(&str, &str)]) -> Output {
        let mut output = Output::new();
        for (path, text) in files {
            output.insert(*path, (*text).to_owned()).expect("inserted");
        }
        output
    }

    fn paths(output: &Output) -> Vec<&str> {
        output.files().map(|(path, _)| path.as_str()).collect()
    }

    /// Builds a site of `files` with copies; what there was to write, and what was done.
    fn build(target: &Path, files: &[(&str, &str)]) -> (Output, Summary) {
        let earlier = Earlier::of(target).expect("earlier");
        let draft = Draft::open(target, Mode::Changes).expect("opened");
        let mut output = output(files);
        compress(&mut output, &draft, Some(&earlier)).expect("compressed");
        let summary = draft.finish(&output).expect("written");
        (output, summary)
    }

    #[test]
    fn texts_that_become_smaller_have_copies() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let long = "kuu ".repeat(100);
        let files = [
            ("a.html", long.as_str()),
            ("b.html", "kuu"),
            ("c.png", &long),
            ("d.csv", &long),
            ("d.csv.gz", "x"),
        ];
        let (output, _) = build(&folder.path().join("public"), &files);
        // An author's own copy stays what it is.
        assert_eq!(
            paths(&output),
            ["a.html", "a.html.br", "a.html.gz", "b.html", "c.png", "d.csv", "d.csv.gz"]
        );
        let bytes = |path: &str| fs::read(folder.path().join("public").join(path)).expect("a copy");
        let mut text = String::new();
        flate2::read::GzDecoder::new(&bytes("a.html.gz")[..]).read_to_string(&mut text).expect("gzip");
        assert_eq!(text, long);
        text.clear();
        brotli::Decompressor::new(&bytes("a.html.br")[..], 4096).read_to_string(&mut text).expect("Brotli");
        assert_eq!(text, long);
    }

    #[test]
    fn copies_of_what_did_not_change_are_kept_and_old_ones_go() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let target = folder.path().join("public");
        let (long, other) = ("kuu ".repeat(100), "päev ".repeat(100));
        build(&target, &[("a.html", long.as_str()), ("b.html", &long)]);
        let now = [("a.html", long.as_str()), ("b.html", &other)];
        let (after, summary) = build(&target, &now);
        assert!(matches!(after.get("a.html.br"), Some(Content::Kept(_))));
        assert!(matches!(after.get("b.html.br"), Some(Content::Staged(..))));
        assert_eq!((summary.written, summary.unchanged), (3, 3));
        // The same as if there had been nothing before.
        let fresh = folder.path().join("fresh");
        let (new, _) = build(&fresh, &now);
        for path in paths(&new) {
            let read = |root: &Path| fs::read(root.join(path)).expect("read");
            assert_eq!(read(&target), read(&fresh), "{path}");
        }
        let summary = write(&target, &output(&[("a.html", &long)]), Mode::Changes).expect("written");
        assert_eq!(summary.removed, 5);
        // Texts that stay get copies where they had none.
        let (_, summary) = build(&target, &[("a.html", &long)]);
        assert_eq!((summary.written, summary.unchanged), (2, 1));
    }

    #[test]
    fn pairs_are_copies() {
        let file = |path: &str| (path.to_owned(), Content::from(String::new()));
        let files = ["a.html", "a.html.br", "a.html.gz", "b.csv", "b.csv.gz", "c.tar.gz"].map(file);
        let left: Vec<String> = without_copies(files.to_vec()).into_iter().map(|(path, _)| path).collect();
        assert_eq!(left, ["a.html", "b.csv", "b.csv.gz", "c.tar.gz"]);
    }
}
