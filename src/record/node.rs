//! A YAML value whose scalars are still text and which knows where everything stands.
//!
//! YAML's own typing would turn the release `2026.10` into a number and the flag state `on` into a
//! truth value. Here every scalar stays as written until a record says what it wants of it.

use crate::diagnostic::{Place, Placed};

/// A value in a YAML file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// The shapes of YAML.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar as written, quotes and escapes resolved.
    Scalar(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order written, duplicates included.
    Map(Vec<(Placed<String>, Node)>),
}

impl Node {
    /// A scalar that stands at `place`.
    pub fn scalar(text: impl Into<String>, place: Place) -> Self {
        Self { place, value: Value::Scalar(text.into()) }
    }

    /// The text of a scalar.
    pub fn as_scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// What a person would call this value in a message.
    pub fn noun(&self) -> String {
        match &self.value {
            Value::Null => "nothing".to_owned(),
            Value::Scalar(text) => format!("`{}`", shorten(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map of keys".to_owned(),
        }
    }
}

/// The beginning of a long text, on one line.
pub fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let mut short: String = line.chars().take(LONGEST).collect();
    short.push('…');
    short
}
