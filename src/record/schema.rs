//! Shapes as JSON Schema (draft 7), which editors understand.
//!
//! A schema says what reading says, as far as a schema can: it lets nothing pass but what it must, and refuses
//! nothing that is read without a fault, but for numbers and truth values in quotes. A key that may be left out
//! may stand without a value too.

use serde_json::{Map, Value, json};

use super::form::{Form, Scalars};
use super::outline::record_in;
use super::shape::{ChoiceShape, Key, RecordShape, Shape, Tell};

/// A file that a schema describes.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Where such files are kept; the title of the schema.
    pub place: &'a str,
    /// The address of the schema, where it is known.
    pub address: Option<&'a str>,
    /// The records whose keys it has; the first says what it is.
    pub records: &'a [RecordShape],
}

/// The schema of `file`. Records of the same name stand once, under `definitions`.
pub fn schema(file: &File<'_>, tell: &Tell<'_>) -> Value {
    let mut maker = Maker { tell, definitions: Map::new() };
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.extend(file.address.map(|address| ("$id".to_owned(), json!(address))));
    schema.insert("title".to_owned(), json!(file.place));
    schema.extend(maker.record(file.records));
    if !maker.definitions.is_empty() {
        schema.insert("definitions".to_owned(), Value::Object(maker.definitions));
    }
    Value::Object(schema)
}

/// Makes schemas and gathers the definitions that they refer to.
struct Maker<'a> {
    tell: &'a Tell<'a>,
    definitions: Map<String, Value>,
}

impl Maker<'_> {
    /// A map with the keys of `records`.
    fn record(&mut self, records: &[RecordShape]) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for record in records {
            for key in (record.keys)() {
                properties.insert(key.name.to_owned(), self.property(record, &key));
                required.extend(key.is_required.then_some(key.name));
            }
        }
        let mut schema = Map::new();
        schema.extend(
            records.first().map(|record| ("description".to_owned(), json!((self.tell)(&record.said())))),
        );
        // Of a map that must say nothing not even the braces must be written.
        let kind = if required.is_empty() { json!(["object", "null"]) } else { json!("object") };
        schema.insert("type".to_owned(), kind);
        schema.insert("properties".to_owned(), Value::Object(properties));
        schema.insert("additionalProperties".to_owned(), json!(false));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema
    }

    fn property(&mut self, record: &RecordShape, key: &Key) -> Value {
        let schema = self.of(&key.shape);
        let schema = if key.is_required { written(schema, &key.shape) } else { or_nothing(schema) };
        let mut schema = match schema {
            Value::Object(schema) => schema,
            // Draft 7 also knows `true`, which nothing here makes.
            _ => Map::new(),
        };
        schema.insert("description".to_owned(), json!((self.tell)(&record.said_of(key))));
        let told = record.said_as(key).map(|said| (self.tell)(&said));
        if let Some(example) = told.as_deref().or(key.example).and_then(|own| example(&key.shape, own)) {
            schema.insert("examples".to_owned(), json!([example]));
        }
        Value::Object(schema)
    }

    fn of(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Text => scalar(),
            Shape::Reference(_) => {
                let mut id = scalar();
                id["pattern"] = json!("\\S");
                id
            }
            Shape::Truth => json!({"type": "boolean"}),
            Shape::Whole => json!({"type": "integer"}),
            Shape::Count => json!({"type": "integer", "minimum": 0}),
            Shape::Form(form) => spelled(form),
            Shape::Choice(choice) => self.choice(choice),
            Shape::Translated => json!({"anyOf": [scalar(), translations()]}),
            Shape::List(item) => json!({"type": "array", "items": self.of(item)}),
            Shape::Map(key, value) => {
                let mut schema = json!({"type": "object", "additionalProperties": self.of(value)});
                if let Shape::Choice(choice) = &**key {
                    schema["propertyNames"] = self.choice(choice);
                }
                schema
            }
            Shape::Record(record) => self.definition(*record),
            Shape::Either(shapes) => {
                let schemas: Vec<Value> = shapes.iter().map(|shape| self.of(shape)).collect();
                json!({"anyOf": schemas})
            }
            Shape::Any => json!({}),
        }
    }

    /// Words as constants, since only so can each have its meaning beside it.
    fn choice(&self, choice: &ChoiceShape) -> Value {
        let word = |(word, said)| json!({"const": word, "description": (self.tell)(&said)});
        json!({"oneOf": choice.said().map(word).collect::<Vec<_>>()})
    }

    /// A reference to the record's definition, which is made on the first.
    fn definition(&mut self, record: RecordShape) -> Value {
        if !self.definitions.contains_key(record.name) {
            // Something must stand there while its own keys are described, should one lead back to it.
            self.definitions.insert(record.name.to_owned(), Value::Null);
            let made = self.record(&[record]);
            self.definitions.insert(record.name.to_owned(), Value::Object(made));
        }
        json!({"$ref": format!("#/definitions/{}", record.name)})
    }
}

/// What a scalar means is for the record to say, so a bare number is a text too.
fn scalar() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn translations() -> Value {
    json!({
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
        "additionalProperties": scalar(),
    })
}

fn spelled(form: &Form) -> Value {
    let mut schema = match form.scalars {
        Scalars::Text => json!({"type": "string"}),
        Scalars::Number => json!({"type": ["string", "number"], "minimum": 0}),
        Scalars::Any => scalar(),
    };
    schema["pattern"] = json!(form.pattern);
    schema["examples"] = json!([form.example]);
    schema
}

/// What a key may have besides when it need not be written.
fn or_nothing(mut schema: Value) -> Value {
    let nothing = json!({"type": "null"});
    if let Some(schemas) = ["anyOf", "oneOf"].into_iter().find(|name| schema[*name].is_array()) {
        if let Value::Array(schemas) = &mut schema[schemas] {
            schemas.push(nothing);
        }
        return schema;
    }
    match schema["type"].take() {
        Value::String(kind) => schema["type"] = json!([kind, "null"]),
        Value::Array(mut kinds) => {
            kinds.push(json!("null"));
            schema["type"] = Value::Array(kinds);
        }
        // A reference; and what may be anything may be nothing.
        _ if schema["$ref"].is_string() => return json!({"anyOf": [{"$ref": schema["$ref"]}, nothing]}),
        _ => return json!({}),
    }
    schema
}

/// What a key must have: of a record, whose map may be empty, at least the braces. Draft 7 ignores what stands
/// beside `$ref`, so a reference is wrapped.
fn written(schema: Value, shape: &Shape) -> Value {
    match shape {
        Shape::Record(_) => json!({"type": "object", "allOf": [schema]}),
        _ => schema,
    }
}

/// An example as editors offer it: of a list or map none, since they would offer the item for the whole.
fn example(shape: &Shape, own: &str) -> Option<Value> {
    match shape {
        Shape::Count | Shape::Whole => own.parse::<i64>().ok().map(|number| json!(number)),
        Shape::List(_) | Shape::Map(..) | Shape::Any => None,
        shape if record_in(shape).is_some() => None,
        _ => Some(json!(own)),
    }
}
