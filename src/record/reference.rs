//! References from one record to another, as they are written.

use std::marker::PhantomData;

use crate::diagnostic::{Diagnostic, Place, Placed};
use crate::record::decode::{Decode, wrong_type};
use crate::record::node::Node;

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A product of `portal.yaml`.
    Product,
    /// A team of `portal.yaml`.
    Team,
    /// A role of `portal.yaml`.
    Role,
    /// A team or role.
    Owner,
    /// A team, role or partner.
    Party,
    /// A set of gate rules of `portal.yaml`.
    Gate,
    /// A release.
    Release,
    /// A test run.
    Run,
    /// A test case of the catalogue.
    Case,
    /// A test plan.
    Plan,
    /// A defect.
    Defect,
    /// An environment.
    Environment,
    /// A test-data set.
    DataSet,
    /// A decision.
    Decision,
    /// A page, by a path relative to the file.
    Page,
    /// A file, by a path relative to the file.
    File,
    /// A result file of another tool or a folder of them, by a path relative to the file. It is read, and
    /// not published: nobody has looked through it for what readers may not see.
    ResultFile,
}

/// A reference as written: what kind of thing, which id, where.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointer {
    /// What it leads to.
    pub kind: Kind,
    /// The id or relative path as written.
    pub id: String,
    /// Where it is written.
    pub place: Place,
}

/// A reference to one kind of thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Ref<K> {
    pointer: Pointer,
    kind: PhantomData<K>,
}

impl<K: Target> Ref<K> {
    /// A reference to `id` that stands at `place`.
    pub fn new(id: impl Into<String>, place: Place) -> Self {
        Self { pointer: Pointer { kind: K::KIND, id: id.into(), place }, kind: PhantomData }
    }
}

impl<K> Ref<K> {
    /// The id as written.
    pub fn id(&self) -> &str {
        &self.pointer.id
    }

    /// Where it is written.
    pub fn place(&self) -> Place {
        self.pointer.place
    }

    /// The reference without its type.
    pub fn pointer(&self) -> &Pointer {
        &self.pointer
    }
}

/// Marks the kind of a [`Ref`].
pub trait Target {
    /// The kind.
    const KIND: Kind;
}

/// Marker types for [`Ref`], one per [`Kind`].
pub mod to {
    use super::{Kind, Target};

    macro_rules! markers {
        ($($name:ident)*) => {$(
            /// Marks references to this kind.
            #[derive(Debug, Clone, Copy, PartialEq)]
            pub struct $name;

            impl Target for $name {
                const KIND: Kind = Kind::$name;
            }
        )*};
    }

    markers!(Product Team Role Owner Party Gate Release Run Case Plan Defect Environment DataSet Decision Page File ResultFile);
}

impl<K: Target> Decode for Ref<K> {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let Some(id) = node.as_scalar().map(str::trim).filter(|id| !id.is_empty()) else {
            faults.push(wrong_type(node, "an id"));
            return None;
        };
        Some(Self::new(id, node.place))
    }
}

/// A value that may hold references.
pub trait References {
    /// Shows every reference in it, in the order written.
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer));
}

impl<K> References for Ref<K> {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        visit(&self.pointer);
    }
}

impl<T: References> References for Option<T> {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        if let Some(value) = self {
            value.references(visit);
        }
    }
}

impl<T: References> References for Vec<T> {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        for value in self {
            value.references(visit);
        }
    }
}

impl<T: References> References for Placed<T> {
    fn references<'a>(&'a self, visit: &mut dyn FnMut(&'a Pointer)) {
        self.value.references(visit);
    }
}

macro_rules! holds_no_reference {
    ($($type:ty)*) => {$(
        impl $crate::record::reference::References for $type {
            fn references<'a>(&'a self, _visit: &mut dyn FnMut(&'a $crate::record::reference::Pointer)) {}
        }
    )*};
}

holds_no_reference!(String bool u32 i32);
pub(crate) use holds_no_reference;
