//! Shapes as JSON Schema (draft 7), which editors understand.

use serde_json::{Map, Value, json};

use super::shape::{Key, RecordShape, Shape};

/// The schema of a file that holds `shape`, under a title.
///
/// Records of the same name stand once, under `definitions`. Keys that every file may have (`common`) are
/// added to the outermost record.
pub fn schema(title: &str, shape: &Shape, common: Vec<Key>) -> Value {
    let mut definitions = Map::new();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!(title));
    let body = match shape {
        Shape::Record(record) => with_keys(record, common, &mut definitions),
        other => of(other, &mut definitions),
    };
    if let Value::Object(body) = body {
        schema.extend(body);
    }
    if !definitions.is_empty() {
        schema.insert("definitions".to_owned(), Value::Object(definitions));
    }
    Value::Object(schema)
}

fn of(shape: &Shape, definitions: &mut Map<String, Value>) -> Value {
    match shape {
        // What a scalar means is for the record to say, so a bare number is a text too.
        Shape::Text | Shape::Reference(_) => scalar(),
        Shape::Truth => json!({"type": "boolean"}),
        Shape::Whole => json!({"type": "integer"}),
        Shape::Number => json!({"type": "number", "minimum": 0}),
        Shape::Pattern(pattern) => json!({"type": "string", "pattern": pattern}),
        Shape::Choice(words) => choice(words),
        Shape::Translated => json!({"anyOf": [
            scalar(),
            {"type": "object", "minProperties": 1, "additionalProperties": scalar()},
        ]}),
        Shape::List(item) => json!({"type": "array", "items": of(item, definitions)}),
        Shape::Map(value) => json!({"type": "object", "additionalProperties": of(value, definitions)}),
        Shape::Record(record) => definition(record, definitions),
        Shape::Either(shapes) => {
            let schemas: Vec<Value> = shapes.iter().map(|shape| of(shape, definitions)).collect();
            json!({"anyOf": schemas})
        }
        Shape::Any => json!({}),
    }
}

fn scalar() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

/// Words as constants, since only so can each have its meaning beside it.
fn choice(words: &[(&str, &str)]) -> Value {
    let each: Vec<Value> =
        words.iter().map(|(word, what)| json!({"const": word, "description": what.trim()})).collect();
    json!({"oneOf": each})
}

/// A reference to the record's definition, which is made on the first.
fn definition(record: &RecordShape, definitions: &mut Map<String, Value>) -> Value {
    if !definitions.contains_key(record.name) {
        // Something must stand there while its own keys are described, should one lead back to it.
        definitions.insert(record.name.to_owned(), Value::Null);
        let made = with_keys(record, Vec::new(), definitions);
        definitions.insert(record.name.to_owned(), made);
    }
    json!({"$ref": format!("#/definitions/{}", record.name)})
}

fn with_keys(record: &RecordShape, more: Vec<Key>, definitions: &mut Map<String, Value>) -> Value {
    let keys: Vec<Key> = (record.keys)().into_iter().chain(more).collect();
    let mut properties = Map::new();
    for key in &keys {
        properties.insert(key.name.to_owned(), described(of(&key.shape, definitions), key.what));
    }
    let required: Vec<&str> = keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let mut schema = json!({
        "description": record.what.trim(),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// `schema` with a description. Draft 7 ignores what stands beside `$ref`, so a reference is wrapped.
fn described(schema: Value, what: &str) -> Value {
    match schema {
        Value::Object(body) if body.contains_key("$ref") => json!({"description": what, "allOf": [body]}),
        Value::Object(mut body) => {
            body.insert("description".to_owned(), json!(what));
            Value::Object(body)
        }
        other => other,
    }
}
