//! Parts of a site, made apart and joined.
//!
//! Which part makes a file is told by the hash of its path: every part knows it without asking the others.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::manifest::{Manifest, Origin};
use super::output::{Output, OutputError};
use super::{Content, OutputPath};

/// More parts than this are a slip of the hand.
const MOST: u32 = 1000;

/// One of so many parts of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Which one, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Shard {
    /// Whether the part makes the file at `path`.
    pub fn holds(self, path: &str) -> bool {
        let [a, b, c, d, ..] = *blake3::hash(path.as_bytes()).as_bytes();
        u32::from_le_bytes([a, b, c, d]) % self.of.max(1) + 1 == self.number
    }

    fn is_possible(self) -> bool {
        (1..=self.of).contains(&self.number) && self.of <= MOST
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = |text: &str| text.parse().ok();
        let shard =
            text.split_once('/').and_then(|(number, of)| Some(Self { number: read(number)?, of: read(of)? }));
        shard
            .filter(|shard| shard.is_possible())
            .ok_or_else(|| format!("write which part of how many, as `3/8`, of {MOST} at most"))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.number, self.of)
    }
}

/// What a part says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which one it is.
    #[serde(flatten)]
    pub shard: Shard,
    /// The same in all parts of one site: a hash of everything that they are made from.
    pub whole: String,
}

/// Why parts are not those of one site. Parts are named by their places among those that were given, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinError {
    /// It is no part, but a whole site.
    Whole(usize),
    /// It says that it is a part that cannot be.
    Impossible(usize, Shard),
    /// Two differ in what the manifests name: what it is called, and what each says.
    Differ {
        /// The first.
        one: usize,
        /// The other.
        other: usize,
        /// What it is.
        what: &'static str,
        /// What each says.
        said: [String; 2],
    },
    /// Two are made of different content, or in different ways.
    Foreign(usize, usize),
    /// Two are the same part.
    Twice(usize, usize, Shard),
    /// These numbers are not there, of so many.
    Missing(Vec<u32>, u32),
    /// Two hold the same file.
    Overlap(usize, usize, OutputPath),
}

/// What the site is made from whose parts these are, and where each of its files is: the place of a part.
///
/// # Errors
/// They are not all of its parts, each once.
pub fn join(parts: &[Manifest]) -> Result<(Origin, BTreeMap<OutputPath, usize>), JoinError> {
    let mut known: Vec<(usize, &Origin, &Part)> = Vec::new();
    for (at, manifest) in parts.iter().enumerate() {
        let part = manifest.origin.part.as_ref().ok_or(JoinError::Whole(at))?;
        if !part.shard.is_possible() {
            return Err(JoinError::Impossible(at, part.shard));
        }
        if let Some((one, origin, first)) = known.first() {
            same(&told(origin, first), &told(&manifest.origin, part), *one, at)?;
            if first.whole != part.whole {
                return Err(JoinError::Foreign(*one, at));
            }
        }
        if let Some((one, ..)) = known.iter().find(|(_, _, other)| other.shard == part.shard) {
            return Err(JoinError::Twice(*one, at, part.shard));
        }
        known.push((at, &manifest.origin, part));
    }
    let Some((_, origin, first)) = known.first() else { return Err(JoinError::Missing(vec![1], 1)) };
    let has = |number: &u32| known.iter().any(|(_, _, part)| part.shard.number == *number);
    let missing: Vec<u32> = (1..=first.shard.of).filter(|number| !has(number)).collect();
    if !missing.is_empty() {
        return Err(JoinError::Missing(missing, first.shard.of));
    }
    let mut files = BTreeMap::new();
    for (at, manifest) in parts.iter().enumerate() {
        for path in manifest.files.keys() {
            if let Some(one) = files.insert(path.clone(), at) {
                return Err(JoinError::Overlap(one, at, path.clone()));
            }
        }
    }
    Ok((Origin { part: None, ..(*origin).clone() }, files))
}

/// What has to be the same in all parts, and how it is called.
fn told(origin: &Origin, part: &Part) -> [(&'static str, String); 5] {
    let source = origin.source.as_ref().map_or_else(
        || "none".to_owned(),
        |source| format!("{}{}", source.commit, if source.dirty { " with changes" } else { "" }),
    );
    [
        ("number of parts", part.shard.of.to_string()),
        ("program", origin.program.clone()),
        ("day", origin.as_of.clone()),
        ("audience", origin.audience.clone()),
        ("commit", source),
    ]
}

fn same(
    first: &[(&'static str, String); 5],
    second: &[(&'static str, String); 5],
    one: usize,
    other: usize,
) -> Result<(), JoinError> {
    let differing = first.iter().zip(second).find(|((_, said), (_, too))| said != too);
    differing.map_or(Ok(()), |((what, said), (_, too))| {
        Err(JoinError::Differ { one, other, what, said: [said.clone(), too.clone()] })
    })
}

/// The site whose files `join` found in these `folders`.
///
/// # Errors
/// Two of its files cannot stand beside each other.
pub fn joined(
    folders: &[std::path::PathBuf],
    origin: Origin,
    files: BTreeMap<OutputPath, usize>,
) -> Result<Output, OutputError> {
    let mut output = Output::new();
    for (path, at) in files {
        if let Some(folder) = folders.get(at) {
            output.insert(path.to_string(), Content::File(path.below(folder)))?;
        }
    }
    output.sign(origin)?;
    Ok(output)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::write::Listed;

    #[test]
    fn a_shard_is_written_as_a_fraction() {
        assert_eq!("3/8".parse(), Ok(Shard { number: 3, of: 8 }));
        assert_eq!("1/1".parse(), Ok(Shard { number: 1, of: 1 }));
        for wrong in ["", "3", "0/8", "9/8", "1/0", "-1/2", "1/2/3", "1/1001", "a/b"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_file_is_in_one_part_and_parts_are_alike() {
        let shards: Vec<Shard> = (1..=8).map(|number| Shard { number, of: 8 }).collect();
        let mut counts = [0; 8];
        for at in 0..8000 {
            let path = format!("guides/{at}/index.html");
            let holders: Vec<usize> = (0..8).filter(|shard| shards[*shard].holds(&path)).collect();
            assert_eq!(holders.len(), 1, "{path}");
            counts[holders[0]] += 1;
        }
        assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
        // Another program has to share out alike.
        let three = Shard { number: 1, of: 3 };
        assert_eq!(["index.html", "a", "b", "c"].map(|path| three.holds(path)), [false, false, true, false]);
    }

    fn part(number: u32, of: u32, files: &[&str]) -> Manifest {
        let shard = Shard { number, of };
        let origin = Origin {
            program: "juhend 1".to_owned(),
            as_of: "2026-10-16".to_owned(),
            audience: "internal".to_owned(),
            source: None,
            part: Some(Part { shard, whole: "w".to_owned() }),
        };
        let listed = Listed { sha256: Digest::of(b""), bytes: 0 };
        let path = |text: &&str| (OutputPath::new(*text).expect("a path"), listed);
        Manifest { origin, files: files.iter().map(path).collect() }
    }

    #[test]
    fn parts_make_the_whole() {
        let parts = [part(2, 2, &["b"]), part(1, 2, &["a", "c"])];
        let (origin, files) = join(&parts).expect("a whole");
        assert_eq!(origin.part, None);
        let places: Vec<(&str, usize)> = files.iter().map(|(path, at)| (path.as_str(), *at)).collect();
        assert_eq!(places, [("a", 1), ("b", 0), ("c", 1)]);
    }

    #[test]
    fn what_is_no_whole_is_told() {
        let (one, two) = (part(1, 2, &["a"]), part(2, 2, &["b"]));
        let with = |change: &dyn Fn(&mut Manifest)| {
            let mut changed = two.clone();
            change(&mut changed);
            join(&[one.clone(), changed]).expect_err("refused")
        };
        assert_eq!(join(&[]), Err(JoinError::Missing(vec![1], 1)));
        assert_eq!(join(std::slice::from_ref(&two)), Err(JoinError::Missing(vec![1], 2)));
        assert_eq!(
            join(&[one.clone(), one.clone()]),
            Err(JoinError::Twice(0, 1, Shard { number: 1, of: 2 }))
        );
        assert_eq!(with(&|part| part.origin.part = None), JoinError::Whole(1));
        let day = with(&|part| part.origin.as_of = "2026-10-17".to_owned());
        assert!(
            matches!(&day, JoinError::Differ { what: "day", said, .. } if said[1] == "2026-10-17"),
            "{day:?}"
        );
        let program = with(&|part| part.origin.program = "juhend 2".to_owned());
        assert!(matches!(program, JoinError::Differ { what: "program", .. }));
        let count = join(&[one.clone(), part(2, 3, &["b"])]).expect_err("refused");
        assert!(matches!(count, JoinError::Differ { what: "number of parts", .. }));
        let foreign = with(&|changed| {
            changed.origin.part = Some(Part { shard: Shard { number: 2, of: 2 }, whole: "x".to_owned() });
        });
        assert_eq!(foreign, JoinError::Foreign(0, 1));
        let overlap = join(&[one.clone(), part(2, 2, &["a"])]).expect_err("refused");
        assert_eq!(overlap, JoinError::Overlap(0, 1, OutputPath::new("a").expect("a path")));
        let impossible = join(&[part(3, 2, &[])]).expect_err("refused");
        assert_eq!(impossible, JoinError::Impossible(0, Shard { number: 3, of: 2 }));
    }
}
