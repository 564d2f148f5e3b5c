//! `plans/*.yaml`: what a release is to be tested with.

use super::release::Grade;
use crate::diagnostic::{Diagnostic, Placed};
use crate::record::decode::{Decode, wrong_type};
use crate::record::form::{Form, Scalars};
use crate::record::node::Node;
use crate::record::record;
use crate::record::reference::{Ref, holds_no_reference, to};
use crate::record::shape::{Shape, Shaped};
use crate::record::text::Text;
use crate::record::time::Day;

record! {
    /// A test plan: the cases a release is to be tested with, and planned progress.
    pub struct Plan {
        /// The title that readers see; without it, the id.
        #[example = "System testing of the October release"]
        pub title: Option<Text>,
        /// The release it is for.
        pub release: Option<Ref<to::Release>>,
        /// The cases it consists of.
        pub cases: Option<Selection>,
        /// Planned progress; without it, a line over the workdays.
        pub curve: Vec<CurvePoint>,
        /// What is not tested, on purpose.
        pub out_of_scope: Vec<OutOfScope>,
        /// What could go wrong.
        pub risks: Vec<Risk>,
        /// Anything else worth knowing.
        #[example = "Agreed at the test meeting"]
        pub note: Option<Text>,
    }

    /// A choice of cases.
    pub struct Selection {
        /// Cases that belong to it.
        pub include: Vec<Placed<Selector>>,
        /// Cases that do not.
        #[example = "BEN-120"]
        pub exclude: Vec<Placed<Selector>>,
    }

    /// Planned progress on a day.
    pub struct CurvePoint {
        /// The day.
        pub date: Day,
        /// How many cases should have been executed by its end.
        #[example = "150"]
        pub executed: u32,
    }

    /// Something that is not tested.
    pub struct OutOfScope {
        /// What is not tested.
        #[example = "Old browser"]
        pub item: Text,
        /// Why it is not tested.
        #[example = "0.2 % of sessions"]
        pub reason: Option<Text>,
    }

    /// Something that could go wrong.
    pub struct Risk {
        /// The id of the risk in the plan.
        #[example = "R1"]
        pub id: Placed<String>,
        /// What could happen.
        #[example = "Wrong sums"]
        pub text: Text,
        /// How likely it is.
        pub likelihood: Option<Grade>,
        /// How bad it would be.
        pub impact: Option<Grade>,
        /// Cases that would find it.
        pub cases: Vec<Ref<to::Case>>,
    }
}

/// One or more cases.
#[derive(Debug, Clone, PartialEq)]
pub enum Selector {
    /// One case.
    Id(String),
    /// Cases with the same letters whose numbers lie between the two, both included.
    Range {
        /// The letters before the number.
        prefix: String,
        /// The first number.
        first: u64,
        /// The last number.
        last: u64,
    },
    /// Cases with a tag.
    Tag(String),
}

impl Selector {
    /// Reads `BEN-142`, `BEN-100..BEN-399` or `tag:regression`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(tag) = text.strip_prefix("tag:") {
            return Some(Self::Tag(tag.trim().to_owned()));
        }
        let Some((first, last)) = text.split_once("..") else {
            return (!text.is_empty()).then(|| Self::Id(text.to_owned()));
        };
        let ((prefix, first), (other, last)) = (numbered(first.trim())?, numbered(last.trim())?);
        (prefix == other && first <= last).then(|| Self::Range { prefix: prefix.to_owned(), first, last })
    }

    /// Whether the case `id` with `tags` is chosen.
    pub fn chooses(&self, id: &str, tags: &[String]) -> bool {
        match self {
            Self::Id(wanted) => wanted == id,
            Self::Tag(tag) => tags.contains(tag),
            Self::Range { prefix, first, last } => numbered(id)
                .is_some_and(|(letters, number)| letters == prefix && (*first..=*last).contains(&number)),
        }
    }
}

impl std::fmt::Display for Selector {
    /// As it is written in a plan.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => formatter.write_str(id),
            Self::Range { prefix, first, last } => write!(formatter, "{prefix}{first}..{prefix}{last}"),
            Self::Tag(tag) => write!(formatter, "tag:{tag}"),
        }
    }
}

/// `BEN-142` as `BEN-` and 142.
fn numbered(id: &str) -> Option<(&str, u64)> {
    let digits = id.len() - id.bytes().rev().take_while(u8::is_ascii_digit).count();
    Some((id.get(..digits)?, id.get(digits..)?.parse().ok()?))
}

impl Decode for Selector {
    fn decode(node: &Node, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let selector = node.as_scalar().and_then(Self::read);
        if selector.is_none() {
            faults.push(wrong_type(node, "a case, a range such as `BEN-100..BEN-399` or `tag:regression`"));
        }
        selector
    }
}

holds_no_reference!(Selector);

static SELECTOR: Form = Form {
    name: "selector",
    pattern: "^(tag:.*|((?!\\.\\.).)+|.*[0-9] *\\.\\..*[0-9] *)$",
    scalars: Scalars::Any,
    example: "BEN-100..BEN-399",
};

impl Shaped for Selector {
    fn shape() -> Shape {
        Shape::Form(&SELECTOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_chooses_by_number() {
        let range = Selector::read("BEN-100..BEN-399").expect("a range");
        assert!(range.chooses("BEN-142", &[]));
        assert!(!range.chooses("BEN-400", &[]));
        assert!(!range.chooses("PER-142", &[]));
        assert_eq!(Selector::read("BEN-9..PER-10"), None);
        assert_eq!(range.to_string(), "BEN-100..BEN-399");
    }
}
