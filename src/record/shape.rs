//! What a value in a file looks like: the other half of reading it, for those who explain or complete
//! what authors write.
//!
//! A scalar is text until a record says what it wants, so that `2026.10` is never a number. A shape says
//! the same: where text is wanted, editors must let numbers and truth values pass.

use jiff::civil::Date;

use super::entries::{Entries, Required};
use super::reference::{Kind, Ref, Target};
use super::text::Text;
use super::time::{Moment, Period, Seconds, Window};
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
    /// A number.
    Number,
    /// A scalar that matches this regular expression (ECMA 262).
    Pattern(&'static str),
    /// One of these words, each with what it means.
    Choice(&'static [(&'static str, &'static str)]),
    /// A text, or a text for each language.
    Translated,
    /// The id of something.
    Reference(Kind),
    /// A list.
    List(Box<Shape>),
    /// A map whose keys the author chooses.
    Map(Box<Shape>),
    /// A map with known keys.
    Record(RecordShape),
    /// One of these.
    Either(Vec<Shape>),
    /// Anything.
    Any,
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
    /// Whether it must be written.
    pub is_required: bool,
    /// Its value.
    pub shape: Shape,
}

impl Key {
    /// The key `name` whose values are of type `T`.
    pub fn of<T: Shaped>(name: &'static str, what: &'static str) -> Self {
        Self { name, what: what.trim(), is_required: T::REQUIRED, shape: T::shape() }
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

impl<K, V: Shaped> Shaped for Entries<K, V> {
    const REQUIRED: bool = false;

    fn shape() -> Shape {
        Shape::Map(Box::new(V::shape()))
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

/// `2026-10-12`.
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// `2026-10-12`, `2026-10-12T09:00`, with seconds or an offset where wanted.
const MOMENT: &str =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2})? ?([Zz]|[+-][0-9]{2}(:[0-9]{2})?)?)?$";

shaped! {
    String => Shape::Text;
    bool => Shape::Truth;
    u32 => Shape::Whole;
    i32 => Shape::Whole;
    Text => Shape::Translated;
    Date => Shape::Pattern(DAY);
    Moment => Shape::Pattern(MOMENT);
    Seconds => Shape::Either(vec![Shape::Number, Shape::Pattern("^([0-9.]+ *(d|h|m|min|s|ms) *)+$")]);
    Period => Shape::Pattern("^[0-9]+ *(d|days?|w|weeks?|mo|months?|y|years?|wd|workdays?)$");
    Window => Shape::Either(vec![Moment::shape(), Shape::Record(WINDOW)]);
}

/// A time from one moment until another.
const WINDOW: RecordShape = RecordShape {
    name: "Window",
    what: "A time from one moment until another.",
    keys: || {
        vec![
            Key::of::<Moment>("from", "When it begins."),
            Key::of::<Option<Moment>>("until", "When it ends."),
            Key::of::<Option<bool>>("tentative", "Whether it may still change."),
        ]
    },
};
