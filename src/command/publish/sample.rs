//! Portals and a store for tests.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Mutex;

use super::store::{Condition, Held, Object, Refusal, Store, Stored};
use crate::command::external::client::Load;
use crate::digest::Digest;
use crate::write::{Listed, Manifest, Origin, OutputPath};

/// A path of a portal.
pub fn path(text: &str) -> OutputPath {
    OutputPath::new(text).expect("a path")
}

/// The manifest of a portal with these files and what is in them.
pub fn manifest(files: &[(&str, &str)]) -> Manifest {
    let origin = Origin {
        program: "juhend 1".to_owned(),
        as_of: "2026-10-16".to_owned(),
        audience: "internal".to_owned(),
        source: None,
        part: None,
    };
    let listed = |text: &str| Listed { sha256: Digest::of(text.as_bytes()), bytes: text.len() as u64 };
    Manifest { origin, files: files.iter().map(|(name, text)| (path(name), listed(text))).collect() }
}

/// A store in memory that stops to work after so many changes.
#[derive(Default)]
pub struct Shelf {
    /// What it holds, with the hash that each was published with.
    pub objects: Mutex<BTreeMap<String, Kept>>,
    /// How many changes it still takes; any number where nothing is said.
    pub left: Mutex<Option<usize>>,
    /// What was changed: `+` or `-` and the path.
    pub changes: Mutex<Vec<String>>,
    /// What somebody else does when the next object was deleted.
    pub meanwhile: Mutex<Option<Meanwhile>>,
}

/// What is in an object, and the hash that it was published with.
type Kept = (Vec<u8>, Option<Digest>);

/// What somebody else does in a store.
pub type Meanwhile = Box<dyn FnOnce(&Shelf) + Send>;

impl Shelf {
    /// Puts an object there that nobody published.
    pub fn lay(&self, path: &str, text: &str) {
        self.objects.lock().expect("objects").insert(path.to_owned(), (text.into(), None));
    }

    /// The names and texts of what it holds.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let objects = self.objects.lock().expect("objects");
        let text = |(name, (bytes, _)): (&String, &Kept)| {
            (name.clone(), String::from_utf8(bytes.clone()).expect("a text"))
        };
        objects.iter().map(text).collect()
    }

    fn change(&self, sign: char, path: &str) -> Result<(), Refusal> {
        let mut left = self.left.lock().expect("a number");
        match left.as_mut() {
            Some(0) => return Err(Refusal::Tired("the power is cut".to_owned())),
            Some(left) => *left -= 1,
            None => {}
        }
        self.changes.lock().expect("changes").push(format!("{sign}{path}"));
        Ok(())
    }
}

impl Store for Shelf {
    fn get(&self, path: &str) -> Result<Option<Stored>, Refusal> {
        let objects = self.objects.lock().expect("objects");
        let stored = |bytes: &Vec<u8>| Stored { bytes: bytes.clone(), tag: Some(Digest::of(bytes).hex()) };
        Ok(objects.get(path).map(|(bytes, _)| stored(bytes)))
    }

    fn held(&self, path: &str) -> Result<Option<Held>, Refusal> {
        let objects = self.objects.lock().expect("objects");
        let held = |bytes: &Vec<u8>, sha256| Held { sha256, bytes: Some(bytes.len() as u64) };
        Ok(objects.get(path).map(|(bytes, sha256)| held(bytes, *sha256)))
    }

    fn put(&self, path: &str, object: &Object<'_>) -> Result<(), Refusal> {
        let tag = self.get(path)?.and_then(|stored| stored.tag);
        let holds = match object.condition {
            Condition::Always => true,
            Condition::Absent => tag.is_none(),
            Condition::Tagged(wanted) => tag.as_deref() == Some(wanted),
        };
        if !holds {
            return Err(Refusal::Condition);
        }
        self.change('+', path)?;
        let bytes = match object.load {
            Load::Bytes(bytes) => bytes.to_vec(),
            Load::File(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).expect("a file");
                bytes
            }
        };
        assert_eq!(Digest::of(&bytes), object.sha256, "{path}");
        self.objects.lock().expect("objects").insert(path.to_owned(), (bytes, Some(object.sha256)));
        Ok(())
    }

    fn delete(&self, path: &str) -> Result<(), Refusal> {
        self.change('-', path)?;
        self.objects.lock().expect("objects").remove(path);
        let meanwhile = self.meanwhile.lock().expect("somebody").take();
        if let Some(other) = meanwhile {
            other(self);
        }
        Ok(())
    }
}
