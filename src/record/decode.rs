//! From [`Node`]s to typed values, with every fault told and none stopping the rest.

use crate::diagnostic::{Diagnostic, Place, Placed, did_you_mean};

use super::fault::{DUPLICATE_KEY, MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE};
use super::node::{Node, Value};
use super::text::TO_WRITE;

/// A type that can be read from a node.
pub trait Decode: Sized {
    /// The value, or nothing after at least one fault was reported.
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self>;

    /// The value of a key that is not there; nothing if the key is required.
    fn absent() -> Option<Self> {
        None
    }
}

/// The entries of a map while a record takes them one by one.
pub struct Fields<'a> {
    place: Place,
    entries: &'a [(Placed<String>, Node)],
}

impl<'a> Fields<'a> {
    /// Opens a map of which only `known` keys may be written; reports unknown and duplicate ones.
    pub fn open(node: &'a Node, known: &[&str], faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let entries: &[_] = match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                faults.push(wrong_type(node, "a map of keys"));
                return None;
            }
        };
        for (index, (key, _)) in entries.iter().enumerate() {
            let before = entries[..index].iter().find(|(earlier, _)| earlier.value == key.value);
            if let Some((earlier, _)) = before {
                faults.push(duplicate_key(key, earlier.place));
            } else if !known.contains(&key.as_str()) {
                faults.push(unknown_key(key, known));
            }
        }
        Some(Self { place: node.place, entries })
    }

    /// The value of `key`, or its absence where that is allowed.
    pub fn take<T: Decode>(&self, key: &str, faults: &mut Vec<Diagnostic>) -> Option<T> {
        match self.entries.iter().find(|(name, _)| name.value == key) {
            // A faulty optional value counts as not written, so that the rest of the record is still
            // known and one slip does not make a hundred references fail.
            Some((_, node)) if !node.is_null() => T::decode(node, faults).or_else(T::absent),
            found => T::absent().or_else(|| {
                let place = found.map_or(first_byte(self.place), |(name, _)| name.place);
                faults.push(Diagnostic::new(&MISSING_KEY, place, format!("the key `{key}` is missing")));
                None
            }),
        }
    }
}

/// A key as written in a file, from the name of a Rust field (`r#type` is `type`).
pub const fn key_name(field: &'static str) -> &'static str {
    let bytes = field.as_bytes();
    if bytes.len() > 2 && bytes[0] == b'r' && bytes[1] == b'#' { field.split_at(2).1 } else { field }
}

/// The fault of a value that is not `wanted`.
pub fn wrong_type(node: &Node, wanted: &str) -> Diagnostic {
    Diagnostic::new(&WRONG_TYPE, node.place, format!("{wanted} was wanted, {} was found", node.noun()))
}

fn first_byte(place: Place) -> Place {
    Place { end: place.start, ..place }
}

fn unknown_key(key: &Placed<String>, known: &[&str]) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_KEY, key.place, format!("unknown key `{}`", key.value))
        .maybe_hint(did_you_mean(key, known.iter().copied()))
}

fn duplicate_key(key: &Placed<String>, earlier: Place) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_KEY, key.place, format!("the key `{}` stands here a second time", key.value))
        .related(earlier, "first written here")
        .hint("keep one of the two")
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        T::decode(node, faults).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// Items are read one by one, so that one bad item hides no other; a bad item is left out.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        match &node.value {
            Value::List(items) => Some(items.iter().filter_map(|item| T::decode(item, faults)).collect()),
            _ => {
                let hint = match node.as_scalar() {
                    Some(text) => format!("write `[{text}]`"),
                    None => "begin each item with `- `".to_owned(),
                };
                faults.push(wrong_type(node, "a list").hint(hint));
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Decode> Decode for Placed<T> {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        T::decode(node, faults).map(|value| Self::new(value, node.place))
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        T::decode(node, faults).map(Self::new)
    }
}

impl Decode for String {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.as_scalar() {
            Some(text) => Some(text.to_owned()),
            None => {
                faults.push(wrong_type(node, "a text"));
                None
            }
        }
    }
}

impl Decode for bool {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.as_scalar() {
            Some("true" | "True" | "TRUE") => Some(true),
            Some("false" | "False" | "FALSE") => Some(false),
            _ => {
                faults.push(wrong_type(node, "`true` or `false`"));
                None
            }
        }
    }
}

impl Decode for u32 {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let number = node.as_scalar().and_then(|text| text.parse().ok());
        if number.is_none() {
            faults.push(wrong_type(node, "a whole number"));
        }
        number
    }
}

impl Decode for i32 {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let number = node.as_scalar().and_then(|text| text.parse().ok());
        if number.is_none() {
            faults.push(wrong_type(node, "a whole number"));
        }
        number
    }
}

/// Declares a record: the struct, its reading from a file, the list of its references and its shape, so
/// that a key is named and explained in one place only. `Option` and `Vec` fields are optional, all others required.
/// The doc comment of a field is what editors and the reference say of its key; `#[example = "…"]` below it is
/// a value as authors write it: of a list one item, of a map one entry or its key alone.
macro_rules! record {
    ($(
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $($(#[doc = $field_doc:literal])* $(#[example = $example:literal])? pub $field:ident: $type:ty,)*
        }
    )+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
        }

        impl $name {
            /// The keys of this record, in the order of the reference.
            pub const KEYS: &'static [&'static str] =
                &[$(crate::record::decode::key_name(stringify!($field))),*];

            /// What editors and the reference say of it.
            pub const SHAPE: crate::record::shape::RecordShape = crate::record::shape::RecordShape {
                name: stringify!($name),
                what: concat!($($doc),*),
                keys: || vec![$(crate::record::shape::Key::of::<$type>(
                    crate::record::decode::key_name(stringify!($field)),
                    concat!($($field_doc),*),
                    &[$($example)?],
                )),*],
            };
        }

        impl crate::record::decode::Decode for $name {
            fn decode(
                node: &crate::record::node::Node,
                faults: &mut Vec<crate::diagnostic::Diagnostic>,
            ) -> Option<Self> {
                let fields = crate::record::decode::Fields::open(node, Self::KEYS, faults)?;
                $(let $field = fields.take(crate::record::decode::key_name(stringify!($field)), faults);)*
                Some(Self { $($field: $field?,)* })
            }
        }

        impl crate::record::reference::References for $name {
            fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a crate::record::reference::Pointer)) {
                let _ = &visit;
                $(crate::record::reference::References::references(&self.$field, visit);)*
            }
        }

        impl crate::record::shape::Shaped for $name {
            fn shape() -> crate::record::shape::Shape {
                crate::record::shape::Shape::Record(Self::SHAPE)
            }
        }
    )+};
}

/// Declares a closed set of words: the enum, its reading with a hint at the nearest word, its shape, and
/// the words themselves.
macro_rules! choice {
    ($(
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($(#[doc = $variant_doc:literal])* $variant:ident = $word:literal,)+
        }
    )+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant,)+
        }

        impl $name {
            /// Every value, in the order of the reference.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as written in files.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl crate::record::decode::Decode for $name {
            fn decode(
                node: &crate::record::node::Node,
                faults: &mut Vec<crate::diagnostic::Diagnostic>,
            ) -> Option<Self> {
                let found = node.as_scalar().and_then(|text| {
                    Self::ALL.iter().copied().find(|choice| choice.word() == text)
                });
                if found.is_none() {
                    let words: Vec<&str> = Self::ALL.iter().map(|choice| choice.word()).collect();
                    faults.push(crate::record::decode::unknown_value(node, &words));
                }
                found
            }
        }

        impl crate::record::reference::References for $name {
            fn references<'a>(&'a self, _visit: &mut dyn FnMut(&'a crate::record::reference::Pointer)) {}
        }

        impl crate::record::shape::Shaped for $name {
            fn shape() -> crate::record::shape::Shape {
                crate::record::shape::Shape::Choice(crate::record::shape::ChoiceShape {
                    name: stringify!($name),
                    words: &[$(($word, concat!($($variant_doc),*))),+],
                })
            }
        }
    )+};
}

pub(crate) use {choice, record};

/// The fault of a word that is not one of `words`.
pub fn unknown_value(node: &Node, words: &[&str]) -> Diagnostic {
    let Some(text) = node.as_scalar() else { return wrong_type(node, "a word") };
    if text.trim_start().starts_with(TO_WRITE) {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let message = format!("`{TO_WRITE}` only keeps the place of what is not written yet");
        return Diagnostic::new(&super::fault::UNKNOWN_VALUE, node.place, message).hint(format!(
            "write what was decided, or is so, in place of `{TO_WRITE}`: {}",
            words.join(", ")
        ));
    }
    let message = format!("unknown value `{}`", super::node::shorten(text));
    Diagnostic::new(&super::fault::UNKNOWN_VALUE, node.place, message)
        .maybe_hint(did_you_mean(text, words.iter().copied()))
}
