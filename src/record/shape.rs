//! What a value in a file looks like: the other half of reading it, for those who explain or complete
//! what authors write.
//!
//! A scalar is text until a record says what it wants, so that `2026.10` is never a number. A shape says
//! the same: where text is wanted, editors must let numbers and truth values pass.

use super::entries::{Entries, Required};
use super::form::Form;
use super::node::Node;
use super::reference::{Kind, Ref, Target};
use super::text::Text;
use super::time::{Moment, Window};
use crate::diagnostic::Placed;

/// What a value looks like.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Any scalar.
    Text,
    /// `true` or `false`.
    Truth,
    /// A whole number.
    Whole,
    /// A whole number from 0.
    Count,
    /// A scalar that is spelled in a certain way.
    Form(&'static Form),
    /// One of some words.
    Choice(ChoiceShape),
    /// A text, or a text for each language.
    Translated,
    /// The id of something.
    Reference(Kind),
    /// A list.
    List(Box<Shape>),
    /// A map whose keys the author chooses: what its keys and its values look like.
    Map(Box<Shape>, Box<Shape>),
    /// A map with known keys.
    Record(RecordShape),
    /// One of these.
    Either(Vec<Shape>),
    /// Anything.
    Any,
}

/// A closed list of words.
#[derive(Debug, Clone, Copy)]
pub struct ChoiceShape {
    /// The list's name in the program.
    pub name: &'static str,
    /// Each word with what it means.
    pub words: &'static [(&'static str, &'static str)],
}

/// A map with known keys.
#[derive(Debug, Clone, Copy)]
pub struct RecordShape {
    /// The record's name in the program.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Its keys, in the order of the reference.
    pub keys: fn() -> Vec<Key>,
}

/// A key of a record.
#[derive(Debug, Clone)]
pub struct Key {
    /// As written in files.
    pub name: &'static str,
    /// What it says.
    pub what: &'static str,
    /// A value as authors write it, where its shape does not tell: of a list one item, of a map one entry
    /// or its key alone.
    pub example: Option<&'static str>,
    /// Whether it must be written.
    pub is_required: bool,
    /// Its value.
    pub shape: Shape,
}

impl Key {
    /// The key `name` whose values are of type `T`.
    pub fn of<T: Shaped>(name: &'static str, what: &'static str, example: &'static [&'static str]) -> Self {
        let example = example.first().copied();
        Self { name, what: what.trim(), example, is_required: T::REQUIRED, shape: T::shape() }
    }
}

/// Something that schemas and the reference explain: English as its declaration has it, and the key under which
/// the catalogues of other languages have it, below `reference`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The key.
    pub key: String,
    /// The English text.
    pub english: &'static str,
}

/// Gives each text in the language of who reads it.
pub type Tell<'a> = dyn Fn(&Said) -> String + 'a;

impl RecordShape {
    /// What the record is.
    pub fn said(&self) -> Said {
        Said { key: format!("record.{}", self.name), english: self.what.trim() }
    }

    /// What a key of it says.
    pub fn said_of(&self, key: &Key) -> Said {
        Said { key: format!("key.{}.{}", self.name, key.name), english: key.what }
    }

    /// A text that `key` may have; nothing where its value is no text of a language.
    pub fn said_as(&self, key: &Key) -> Option<Said> {
        let is_told = matches!(&key.shape, Shape::Translated)
            || matches!(&key.shape, Shape::List(item) if matches!(**item, Shape::Translated));
        let english = key.example.filter(|_| is_told)?;
        Some(Said { key: format!("example.{}.{}", self.name, key.name), english })
    }
}

impl ChoiceShape {
    /// Each word with what it means.
    pub fn said(&self) -> impl Iterator<Item = (&'static str, Said)> {
        let name = self.name;
        self.words.iter().map(move |(word, what)| {
            (*word, Said { key: format!("word.{name}.{word}"), english: what.trim() })
        })
    }
}

/// A type whose values authors write.
pub trait Shaped {
    /// Whether a key of this type must be written.
    const REQUIRED: bool = true;

    /// What its values look like.
    fn shape() -> Shape;
}

impl<T: Shaped> Shaped for Option<T> {
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

impl<T: Shaped> Shaped for Required<T> {
    fn shape() -> Shape {
        Vec::<T>::shape()
    }
}

impl<K: Shaped, V: Shaped> Shaped for Entries<K, V> {
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        Shape::Map(Box::new(K::shape()), Box::new(V::shape()))
    }
}

impl<T: Shaped> Shaped for Placed<T> {
    const REQUIRED: bool = true;

    fn shape() -> Shape {
        T::shape()
    }
}

impl<K: Target> Shaped for Ref<K> {
    fn shape() -> Shape {
        Shape::Reference(K::KIND)
    }
}

macro_rules! shaped {
    ($($type:ty => $shape:expr;)*) => {$(
        impl Shaped for $type {
            fn shape() -> Shape {
                $shape
            }
        }
    )*};
}

shaped! {
    String => Shape::Text;
    bool => Shape::Truth;
    u32 => Shape::Count;
    i32 => Shape::Whole;
    Text => Shape::Translated;
    Node => Shape::Any;
    Window => Shape::Either(vec![Moment::shape(), Shape::Record(WINDOW)]);
}

/// A time from one moment until another.
const WINDOW: RecordShape = RecordShape {
    name: "Window",
    what: "A time from one moment until another.",
    keys: || {
        vec![
            Key::of::<Moment>("from", "When it begins.", &[]),
            Key::of::<Option<Moment>>("until", "When it ends.", &[]),
            Key::of::<Option<bool>>("tentative", "Whether it may still change.", &[]),
        ]
    },
};
