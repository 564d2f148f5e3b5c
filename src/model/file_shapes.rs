//! The kinds of files that authors write, each with the keys it may have.

use super::audience::{Audience, Restriction};
use super::case::Catalogue;
use super::data_set::DataSet;
use super::decision::Decision;
use super::defect::Defect;
use super::environment::Environment;
use super::page::{Advice, Front, Proposal, Report, Training};
use super::partner::Partners;
use super::plan::Plan;
use super::portal::Portal;
use super::release::Release;
use super::run::Run;
use super::tickets::Snapshot;
use crate::record::node::Node;
use crate::record::shape::{Key, RecordShape};

/// A kind of file.
#[derive(Debug, Clone)]
pub struct FileShape {
    /// The kind: the name of its schema and of its page in the reference.
    pub kind: &'static str,
    /// Where files of the kind are kept, in the content folder.
    pub place: &'static str,
    /// The records whose keys it may have, its own first. Of a page they stand in its front matter.
    pub records: Vec<RecordShape>,
}

impl FileShape {
    /// The kinds' names, in the order of [`file_shapes`].
    pub const KINDS: [&'static str; 16] = [
        "portal",
        "release",
        "run",
        "cases",
        "plan",
        "defect",
        "environment",
        "data",
        "tickets",
        "decision",
        "partners",
        "page",
        "training",
        "report",
        "advice",
        "proposal",
    ];

    /// The kind with this name.
    pub fn of(kind: &str) -> Option<Self> {
        file_shapes().into_iter().find(|file| file.kind == kind)
    }

    /// Whether it is a page, whose keys stand in its front matter.
    pub fn is_page(&self) -> bool {
        self.place.rsplit('.').next() == Some("md")
    }
}

/// Every kind of file.
pub fn file_shapes() -> Vec<FileShape> {
    let record = |kind, place, own| FileShape { kind, place, records: vec![own, FILE] };
    let page = |kind, place, own| FileShape { kind, place, records: vec![own, Front::SHAPE, FILE] };
    vec![
        record("portal", "portal.yaml", Portal::SHAPE),
        record("release", "releases/*.yaml", Release::SHAPE),
        record("run", "runs/**.yaml", Run::SHAPE),
        record("cases", "cases/*.yaml", Catalogue::SHAPE),
        record("plan", "plans/*.yaml", Plan::SHAPE),
        record("defect", "defects/**.yaml", Defect::SHAPE),
        record("environment", "environments/*.yaml", Environment::SHAPE),
        record("data", "data/*.yaml", DataSet::SHAPE),
        record("tickets", "tickets/*.yaml", Snapshot::SHAPE),
        record("decision", "decisions/*.yaml", Decision::SHAPE),
        record("partners", "partners.yaml", Partners::SHAPE),
        record("page", "**.md", Front::SHAPE),
        page("training", "training/**.md", Training::SHAPE),
        page("report", "reports/*.md", Report::SHAPE),
        page("advice", "advice/*.md", Advice::SHAPE),
        page("proposal", "proposals/*.md", Proposal::SHAPE),
    ]
}

/// The keys that any file may have.
const FILE: RecordShape = RecordShape {
    name: "File",
    what: "What any file may say of itself.",
    keys: || {
        vec![
            Key::of::<Option<Audience>>(
                "audience",
                "Who may see the file; without it, the default of its folder or of the portal.",
                &[],
            ),
            Key::of::<Option<Restriction>>("restriction", "The marking of a file that few may see.", &[]),
            Key::of::<Option<Node>>(
                "x",
                "The portal's own data; the program leaves it alone.",
                &["{cost_centre: IT-12}"],
            ),
        ]
    },
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::diagnostic::FileId;
    use crate::parse::file::{Text, record};
    use crate::record::decode::Decode;
    use crate::record::example::{self, Extent};
    use crate::record::outline::outline;
    use crate::record::schema::{File, schema};
    use crate::record::shape::Shaped;
    use crate::record::shape::{Said, Shape};

    fn english(said: &Said) -> String {
        said.english.to_owned()
    }

    fn of(kind: &str) -> Value {
        let file = FileShape::of(kind).expect("a kind");
        schema(&File { place: file.place, address: None, records: &file.records }, &english)
    }

    #[test]
    fn the_names_are_those_of_the_kinds() {
        let kinds: Vec<&str> = file_shapes().iter().map(|file| file.kind).collect();
        assert_eq!(kinds, FileShape::KINDS);
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
    fn a_key_that_may_be_left_out_may_be_empty() {
        let run = of("run");
        assert_eq!(run["properties"]["ended"]["type"], json!(["string", "null"]));
        assert_eq!(
            run["properties"]["level"]["oneOf"].as_array().expect("words").last(),
            Some(&json!({"type": "null"}))
        );
        assert_eq!(of("release")["properties"]["schedule"]["type"], "object");
        assert_eq!(of("portal")["definitions"]["Titled"]["type"], json!(["object", "null"]));
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
        for file in file_shapes() {
            let schema = of(file.kind);
            for name in
                schema.to_string().split("#/definitions/").skip(1).filter_map(|rest| rest.split('"').next())
            {
                assert!(schema["definitions"][name].is_object(), "{}: {name}", file.kind);
            }
        }
    }

    /// Records of one name would share a definition and a text.
    #[test]
    fn a_name_is_that_of_one_record() {
        let mut names: std::collections::BTreeMap<&str, String> = std::collections::BTreeMap::new();
        for entry in file_shapes().into_iter().flat_map(|file| file.records).flat_map(outline) {
            let keys: Vec<&str> = (entry.record.keys)().iter().map(|key| key.name).collect();
            let keys = keys.join(" ");
            assert_eq!(
                names.entry(entry.record.name).or_insert(keys.clone()),
                &keys,
                "{}",
                entry.record.name
            );
        }
    }

    /// Keys of one file must not be two things.
    #[test]
    fn no_key_is_two_records() {
        for file in file_shapes() {
            let mut keys: Vec<&str> =
                file.records.iter().flat_map(|record| (record.keys)()).map(|key| key.name).collect();
            keys.sort_unstable();
            assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{}: {keys:?}", file.kind);
        }
    }

    #[test]
    fn every_text_has_an_example() {
        for entry in file_shapes().into_iter().flat_map(|file| file.records).flat_map(outline) {
            let wants = match &entry.key.shape {
                Shape::List(item) => matches!(**item, Shape::Text | Shape::Translated),
                Shape::Map(key, _) => matches!(**key, Shape::Text),
                shape => matches!(shape, Shape::Text | Shape::Translated | Shape::Any),
            };
            assert!(!wants || entry.key.example.is_some(), "{}.{}", entry.record.name, entry.key.name);
        }
    }

    fn faults<T: Decode + Shaped>(text: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let source = Text { path: "x.yaml", file: FileId::of("x.yaml"), text };
        let _ = record::<T>(source, "x", &mut faults);
        faults.iter().map(|fault| fault.message.clone()).collect()
    }

    /// What the example of a kind is read as; of a page its own keys alone.
    fn read(kind: &str, text: &str) -> Vec<String> {
        match kind {
            "portal" => faults::<Portal>(text),
            "release" => faults::<Release>(text),
            "run" => faults::<Run>(text),
            "cases" => faults::<Catalogue>(text),
            "plan" => faults::<Plan>(text),
            "defect" => faults::<Defect>(text),
            "environment" => faults::<Environment>(text),
            "data" => faults::<DataSet>(text),
            "tickets" => faults::<Snapshot>(text),
            "decision" => faults::<Decision>(text),
            "partners" => faults::<Partners>(text),
            "page" => faults::<Front>(text),
            "training" => faults::<Training>(text),
            "report" => faults::<Report>(text),
            "advice" => faults::<Advice>(text),
            "proposal" => faults::<Proposal>(text),
            _ => vec![format!("no kind {kind}")],
        }
    }

    #[test]
    fn the_shortest_example_and_the_whole_one_are_read_without_a_fault() {
        for file in file_shapes() {
            for extent in [Extent::Least, Extent::Most] {
                let own: Vec<RecordShape> = file
                    .records
                    .iter()
                    .filter(|record| !file.is_page() || record.name != "Front" || file.kind == "page")
                    .copied()
                    .collect();
                let text = example::file(&own, extent, &english);
                assert_eq!(read(file.kind, &text), Vec::<String>::new(), "{}:\n{text}", file.kind);
            }
        }
    }
}
