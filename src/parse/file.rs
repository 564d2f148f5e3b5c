//! One file to one parsed value, with all its faults.

use std::sync::Arc;

use super::embed;
use super::front_matter::{Split, split};
use super::kind::{FileKind, PagePath, RecordKind};
use super::markdown;
use super::markdown::faults::BROKEN_FENCE;
use super::yaml::Yaml;
use crate::diagnostic::{Diagnostic, FileId, Place};
use crate::model::audience::{Audience, Restriction};
use crate::model::case::{Case, Catalogue};
use crate::model::data_set::DataSet;
use crate::model::decision::Decision;
use crate::model::defect::Defect;
use crate::model::document::{Article, DocumentKind, Extra};
use crate::model::environment::Environment;
use crate::model::page::{Advice, Front, Proposal, Report, Training};
use crate::model::partner::{Partner, Partners};
use crate::model::plan::Plan;
use crate::model::records::Record;
use crate::model::release::Release;
use crate::model::run::Run;
use crate::model::tickets::Snapshot;
use crate::record::decode::{Decode, Fields, wrong_type};
use crate::record::fault::{MISSING_KEY, OPEN_FRONT_MATTER};
use crate::record::node::{Node, Value};
use crate::record::reference::Kind;
use crate::record::shape::{Shape, Shaped};

/// A source as the parser wants it.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The path in the content folder.
    pub path: &'a str,
    /// The file.
    pub file: FileId,
    /// The whole text.
    pub text: &'a str,
}

/// What a file says.
#[derive(Debug, Clone)]
pub enum Parsed {
    /// A page.
    Page(PagePath, Arc<Article>),
    /// A release.
    Release(Arc<Record<Release>>),
    /// A run.
    Run(Arc<Record<Run>>),
    /// Cases of a catalogue file.
    Cases(Vec<Arc<Record<Case>>>),
    /// A plan.
    Plan(Arc<Record<Plan>>),
    /// A defect.
    Defect(Arc<Record<Defect>>),
    /// An environment.
    Environment(Arc<Record<Environment>>),
    /// A data set.
    DataSet(Arc<Record<DataSet>>),
    /// A ticket snapshot.
    Tickets(Arc<Record<Snapshot>>),
    /// A decision.
    Decision(Arc<Record<Decision>>),
    /// Partners.
    Partners(Vec<Arc<Record<Partner>>>),
    /// A record that could not be read; its id is known all the same.
    Broken(RecordKind, String),
    /// Nothing that is shown.
    Nothing,
}

impl Parsed {
    /// Who may see the file, where it says so; nothing at all for a file that was not understood.
    pub fn audience(&self) -> Option<Option<Audience>> {
        match self {
            Self::Page(_, article) => Some(article.audience),
            Self::Release(record) => Some(record.audience),
            Self::Run(record) => Some(record.audience),
            Self::Cases(records) => Some(records.first().and_then(|record| record.audience)),
            Self::Plan(record) => Some(record.audience),
            Self::Defect(record) => Some(record.audience),
            Self::Environment(record) => Some(record.audience),
            Self::DataSet(record) => Some(record.audience),
            Self::Tickets(record) => Some(record.audience),
            Self::Decision(record) => Some(record.audience),
            Self::Partners(records) => Some(records.first().and_then(|record| record.audience)),
            Self::Broken(..) | Self::Nothing => None,
        }
    }

    /// The ids by which other files may refer to what the file says, former ones too.
    pub fn each_id(&self, mut visit: impl FnMut(Kind, &str)) {
        match self {
            Self::Release(record) => visit(Kind::Release, &record.id),
            Self::Run(record) => visit(Kind::Run, &record.id),
            Self::Cases(records) => {
                for case in records {
                    visit(Kind::Case, &case.id);
                    case.renamed_from.iter().for_each(|former| visit(Kind::Case, former));
                }
            }
            Self::Plan(record) => visit(Kind::Plan, &record.id),
            Self::Defect(record) => visit(Kind::Defect, &record.id),
            Self::Environment(record) => visit(Kind::Environment, &record.id),
            Self::DataSet(record) => visit(Kind::DataSet, &record.id),
            Self::Decision(record) => visit(Kind::Decision, &record.id),
            Self::Partners(records) => records.iter().for_each(|partner| visit(Kind::Party, &partner.id)),
            // Nothing refers to these by an id.
            Self::Page(..) | Self::Tickets(_) | Self::Broken(..) | Self::Nothing => {}
        }
    }
}

/// Reads one file.
pub fn parse(
    source: Text<'_>,
    kind: FileKind,
    language: &str,
    markdown: &markdown::Settings<'_>,
) -> (Parsed, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let parsed = match kind {
        FileKind::Page(path) => {
            let language = path.language.clone().unwrap_or_else(|| language.to_owned());
            let article = page(source, &path, language, markdown, &mut faults);
            Parsed::Page(path, Arc::new(article))
        }
        FileKind::Record(kind, id) => {
            record_of(kind, source, &id, &mut faults).unwrap_or(Parsed::Broken(kind, id))
        }
        FileKind::Portal | FileKind::Stray => Parsed::Nothing,
    };
    (parsed, faults)
}

fn record_of(kind: RecordKind, source: Text<'_>, id: &str, faults: &mut Vec<Diagnostic>) -> Option<Parsed> {
    Some(match kind {
        RecordKind::Release => Parsed::Release(Arc::new(record(source, id, faults)?)),
        RecordKind::Run => Parsed::Run(Arc::new(record(source, id, faults)?)),
        RecordKind::Catalogue => Parsed::Cases(cases(record(source, id, faults)?)),
        RecordKind::Plan => Parsed::Plan(Arc::new(record(source, id, faults)?)),
        RecordKind::Defect => Parsed::Defect(Arc::new(record(source, id, faults)?)),
        RecordKind::Environment => Parsed::Environment(Arc::new(record(source, id, faults)?)),
        RecordKind::DataSet => Parsed::DataSet(Arc::new(record(source, id, faults)?)),
        RecordKind::Tickets => Parsed::Tickets(Arc::new(record(source, id, faults)?)),
        RecordKind::Decision => Parsed::Decision(Arc::new(record(source, id, faults)?)),
        RecordKind::Partners => Parsed::Partners(partners(&record::<Partners>(source, id, faults)?)),
    })
}

/// Each case of a catalogue file as a record of its own.
fn cases(file: Record<Catalogue>) -> Vec<Arc<Record<Case>>> {
    let Record { path, file, audience, restriction, value, .. } = file;
    let each = |case: Case| {
        Arc::new(Record {
            id: case.id.value.clone(),
            path: path.clone(),
            file,
            place: case.id.place,
            audience,
            restriction: restriction.clone(),
            own: None,
            value: case,
        })
    };
    value.cases.into_iter().map(each).collect()
}

fn partners(file: &Record<Partners>) -> Vec<Arc<Record<Partner>>> {
    let each = |partner: &Partner| {
        Arc::new(Record {
            id: partner.id.value.clone(),
            path: file.path.clone(),
            file: file.file,
            place: partner.id.place,
            audience: file.audience,
            restriction: file.restriction.clone(),
            own: None,
            value: partner.clone(),
        })
    };
    file.partners.iter().map(each).collect()
}

/// A YAML file as a record.
pub fn record<T: Decode + Shaped>(
    source: Text<'_>,
    id: &str,
    faults: &mut Vec<Diagnostic>,
) -> Option<Record<T>> {
    let node = match (Yaml { text: source.text, start: 0, file: source.file }).read() {
        Ok(node) => node,
        Err(fault) => {
            faults.push(fault);
            return None;
        }
    };
    let place = Place::whole(source.file);
    let is_empty = matches!(node.value, Value::Null);
    let Common { rest, audience, restriction, own } = common(node, faults)?;
    let told = faults.len();
    let Some(value) = T::decode(&rest, faults) else {
        if is_empty {
            faults.truncate(told);
            faults.push(empty_file(place, &T::shape()));
        }
        return None;
    };
    Some(Record {
        id: id.to_owned(),
        path: source.path.to_owned(),
        file: source.file,
        place,
        audience,
        restriction,
        own,
        value,
    })
}

/// The fault of a file of this `shape` that says nothing, in place of one for each key that it lacks.
fn empty_file(place: Place, shape: &Shape) -> Diagnostic {
    let keys = if let Shape::Record(record) = shape { (record.keys)() } else { Vec::new() };
    let required = keys.iter().filter(|key| key.is_required);
    let required: Vec<String> = required.map(|key| format!("`{}`", key.name)).collect();
    Diagnostic::new(&MISSING_KEY, place, "the file is empty")
        .hint(format!("write at least {}, or take the file away", required.join(", ")))
}

/// What every file may have, and the rest of it.
struct Common {
    rest: Node,
    audience: Option<Audience>,
    restriction: Option<Restriction>,
    own: Option<Node>,
}

const COMMON_KEYS: [&str; 3] = ["audience", "restriction", "x"];

/// Takes `audience`, `restriction` and `x` out of a file's keys.
fn common(node: Node, faults: &mut Vec<Diagnostic>) -> Option<Common> {
    let place = node.place;
    let entries = match node.value {
        Value::Map(entries) => entries,
        Value::Null => Vec::new(),
        _ => {
            faults.push(wrong_type(&node, "a map of keys").hint("begin with a line such as `title: …`"));
            return None;
        }
    };
    let (common, rest): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|(key, _)| COMMON_KEYS.contains(&key.as_str()));
    let common = Node { place, value: Value::Map(common) };
    let fields = Fields::open(&common, &COMMON_KEYS, faults)?;
    let audience: Option<Audience> = fields.take("audience", faults).flatten();
    let is_written = matches!(&common.value, Value::Map(entries) if entries.iter().any(|(key, _)| key.value == "audience"));
    Some(Common {
        // An audience that is written and not understood is taken for the narrowest.
        audience: audience.or(is_written.then_some(Audience::Restricted)),
        restriction: fields.take("restriction", faults).flatten(),
        own: fields.take("x", faults).flatten(),
        rest: Node { place, value: Value::Map(rest) },
    })
}

impl Decode for Node {
    fn decode(node: &Node, _faults: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(node.clone())
    }
}

fn page(
    source: Text<'_>,
    path: &PagePath,
    language: String,
    settings: &markdown::Settings<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Article {
    let (matter, text, start) = match split(source.text) {
        Split::None => (None, source.text, 0),
        Split::Parts { yaml, yaml_start, text, text_start } => {
            (Some(Yaml { text: yaml, start: yaml_start, file: source.file }), text, text_start)
        }
        Split::Open => {
            let first_line = Place::new(source.file, 0, 3);
            faults.push(
                Diagnostic::new(&OPEN_FRONT_MATTER, first_line, "the front matter is not closed")
                    .hint("end it with a line of `---`"),
            );
            (None, "", source.text.len())
        }
    };
    let node = matter.map_or(Ok(empty(source.file)), |yaml| yaml.read());
    let common = match node {
        Ok(node) => common(node, faults),
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    let is_read = common.is_some();
    // Who may see a page whose front matter cannot be read is not known, so nearly nobody may.
    let common = common.unwrap_or_else(|| Common {
        rest: empty(source.file),
        audience: Some(Audience::Restricted),
        restriction: None,
        own: None,
    });
    let (front, extra) = front(&common.rest, path.kind, faults);
    let (mut body, found) = markdown::parse(text, start, source.file, settings);
    // What was to be kept from whom is not known where a fence has a fault.
    let is_open = found.iter().any(|fault| *fault.rule == BROKEN_FENCE);
    faults.extend(found);
    let is_title = |heading: &str| {
        front.title.as_ref().is_none_or(|title| title.all().any(|text| text.trim() == heading.trim()))
    };
    markdown::keep_heading(&mut body, is_title);
    for embed in &mut body.embeds {
        let (asks, found) = embed::read(embed);
        embed.asks = asks;
        faults.extend(found);
    }
    Article {
        file: source.file,
        path: source.path.to_owned(),
        language,
        front,
        extra,
        is_read: is_read && !is_open,
        audience: if is_open { Some(Audience::Restricted) } else { common.audience },
        restriction: common.restriction,
        own: common.own,
        body,
    }
}

fn empty(file: FileId) -> Node {
    Node { place: Place::whole(file), value: Value::Map(Vec::new()) }
}

/// Reads the keys of a page: those of every page, and those of its kind.
fn front(node: &Node, kind: DocumentKind, faults: &mut Vec<Diagnostic>) -> (Front, Extra) {
    match kind {
        DocumentKind::Training => both(node, Training::KEYS, Extra::Training, faults),
        DocumentKind::Report => both(node, Report::KEYS, Extra::Report, faults),
        DocumentKind::Advice => both(node, Advice::KEYS, Extra::Advice, faults),
        DocumentKind::Proposal => both(node, Proposal::KEYS, Extra::Proposal, faults),
        DocumentKind::Home | DocumentKind::Guide | DocumentKind::Page => {
            (read_or_empty(node, faults), Extra::None)
        }
    }
}

/// Splits `node` between [`Front`] and the record with `keys`. A key that neither knows is looked up
/// among the keys of both, so that the hint is the right one.
fn both<T: Decode>(
    node: &Node,
    keys: &'static [&'static str],
    make: fn(T) -> Extra,
    faults: &mut Vec<Diagnostic>,
) -> (Front, Extra) {
    let Value::Map(entries) = &node.value else { return (read_or_empty(node, faults), Extra::None) };
    let known: Vec<&str> = Front::KEYS.iter().chain(keys).copied().collect();
    // For its faults alone: the two readings below see only the keys that each knows.
    let _ = Fields::open(node, &known, faults);
    let part = |of: &[&str]| Node {
        place: node.place,
        value: Value::Map(unique(entries.iter().filter(|(key, _)| of.contains(&key.as_str())))),
    };
    let extra: Option<T> = T::decode(&part(keys), faults);
    (read_or_empty(&part(Front::KEYS), faults), extra.map_or(Extra::None, make))
}

/// The first entry of each key: that a key stands twice has been reported by then.
fn unique<'a>(
    entries: impl Iterator<Item = &'a (crate::diagnostic::Placed<String>, Node)>,
) -> Vec<(crate::diagnostic::Placed<String>, Node)> {
    let mut kept: Vec<(crate::diagnostic::Placed<String>, Node)> = Vec::new();
    for entry in entries {
        if !kept.iter().any(|(key, _)| key.value == entry.0.value) {
            kept.push(entry.clone());
        }
    }
    kept
}

fn read_or_empty(node: &Node, faults: &mut Vec<Diagnostic>) -> Front {
    Front::decode(node, faults).unwrap_or_else(Front::empty)
}
