//! The kinds of files as JSON Schema, so that editors complete keys and mark slips while one writes.

use serde_json::Value;

use crate::model::audience::{Audience, Restriction};
use crate::model::case::Catalogue;
use crate::model::data_set::DataSet;
use crate::model::decision::Decision;
use crate::model::defect::Defect;
use crate::model::environment::Environment;
use crate::model::page::{Advice, Front, Proposal, Report, Training};
use crate::model::partner::Partners;
use crate::model::plan::Plan;
use crate::model::portal::Portal;
use crate::model::release::Release;
use crate::model::run::Run;
use crate::model::tickets::Snapshot;
use crate::record::node::Node;
use crate::record::schema::schema;
use crate::record::shape::{Key, Shape, Shaped};

/// A kind of file with its schema.
pub struct KindSchema {
    /// The kind, as in the name of the schema's file.
    pub kind: &'static str,
    /// Where files of the kind are kept.
    pub place: &'static str,
    /// The schema.
    pub schema: Value,
}

/// The schema of every kind of file; of a page, that of its front matter.
pub fn schemas() -> Vec<KindSchema> {
    vec![
        record::<Portal>("portal", "portal.yaml"),
        record::<Partners>("partners", "partners.yaml"),
        record::<Release>("release", "releases/*.yaml"),
        record::<Run>("run", "runs/**.yaml"),
        record::<Catalogue>("cases", "cases/*.yaml"),
        record::<Plan>("plan", "plans/*.yaml"),
        record::<Defect>("defect", "defects/**.yaml"),
        record::<Environment>("environment", "environments/*.yaml"),
        record::<DataSet>("data", "data/*.yaml"),
        record::<Snapshot>("tickets", "tickets/*.yaml"),
        record::<Decision>("decision", "decisions/*.yaml"),
        record::<Front>("page", "**.md"),
        page::<Training>("training", "training/**.md"),
        page::<Report>("report", "reports/*.md"),
        page::<Advice>("advice", "advice/*.md"),
        page::<Proposal>("proposal", "proposals/*.md"),
    ]
}

fn record<T: Shaped>(kind: &'static str, place: &'static str) -> KindSchema {
    KindSchema { kind, place, schema: schema(place, &T::shape(), common()) }
}

/// A page of a kind may have the keys of every page besides its own.
fn page<T: Shaped>(kind: &'static str, place: &'static str) -> KindSchema {
    let mut more = match T::shape() {
        Shape::Record(own) => (own.keys)(),
        _ => Vec::new(),
    };
    more.extend(common());
    KindSchema { kind, place, schema: schema(place, &Front::shape(), more) }
}

/// The keys that any file may have.
fn common() -> Vec<Key> {
    vec![
        Key::of::<Option<Audience>>("audience", "Who may see the file."),
        Key::of::<Option<Restriction>>("restriction", "The marking of a file that few may see."),
        Key::of::<Option<Node>>("x", "The portal's own data; the generator leaves it alone."),
    ]
}

impl Shaped for Node {
    fn shape() -> Shape {
        Shape::Any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(kind: &str) -> Value {
        schemas().into_iter().find(|schema| schema.kind == kind).expect("a kind").schema
    }

    #[test]
    fn required_keys_are_those_that_reading_wants() {
        assert_eq!(of("run")["required"], json!(["release", "environment", "started"]));
        assert_eq!(
            of("decision")["required"],
            json!(["release", "outcome", "decided", "build", "by", "evidence"])
        );
        assert_eq!(of("release")["required"], json!(["product", "contents", "schedule"]));
        assert_eq!(of("portal")["required"], json!(["title"]));
        assert_eq!(of("page")["required"], Value::Null);
    }

    #[test]
    fn a_release_is_text_and_a_status_one_of_its_words() {
        let run = of("run");
        assert_eq!(run["properties"]["release"]["type"], json!(["string", "number", "boolean"]));
        let result = &run["definitions"]["CaseResult"]["properties"];
        let words: Vec<&Value> =
            result["status"]["oneOf"].as_array().expect("words").iter().map(|word| &word["const"]).collect();
        assert_eq!(words, ["passed", "failed", "error", "blocked", "skipped", "in_progress", "not_run"]);
        assert_eq!(result["status"]["description"], "How it ended.");
    }

    #[test]
    fn a_page_of_a_kind_has_the_keys_of_every_page_too() {
        let report = of("report");
        for key in ["title", "reviewed", "approved_by", "audience", "x"] {
            assert!(report["properties"].get(key).is_some(), "{key}");
        }
        assert_eq!(report["additionalProperties"], json!(false));
    }

    #[test]
    fn every_reference_has_its_definition() {
        for kind in schemas() {
            let text = kind.schema.to_string();
            for name in text.split("#/definitions/").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(kind.schema["definitions"][name].is_object(), "{}: {name}", kind.kind);
            }
        }
    }
}
