//! Faults as SARIF 2.1.0 (OASIS), which code forges and editors read.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Finding, Level, LineColumn, NO_PATH, Position, Rule};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Value,
    locations: [Value; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Value>,
    partial_fingerprints: Value,
}

/// The report of one run, with the rules that were broken; `version` is that of the program.
pub fn to_sarif(findings: &[Finding<'_>], version: &str) -> String {
    let rules: BTreeMap<&str, &Rule> =
        findings.iter().map(|finding| (finding.fault.rule.name, finding.fault.rule)).collect();
    let names: Vec<&str> = rules.keys().copied().collect();
    let results: Vec<Entry<'_>> = findings.iter().map(|finding| entry(finding, &names)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "juhend",
                "version": version,
                "rules": rules.values().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            // Columns count characters, as they do everywhere in this program.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": format!("{} {}", rule.what, rule.why)},
        "help": {"text": format!("{}\n\n{}", rule.why, rule.example)},
        "defaultConfiguration": {"level": level(rule.level)},
    })
}

fn entry<'a>(finding: &'a Finding<'_>, rules: &[&str]) -> Entry<'a> {
    let name = finding.fault.rule.name;
    let related = finding.related.iter().enumerate();
    Entry {
        rule_id: name,
        rule_index: rules.binary_search(&name).unwrap_or_default(),
        level: level(finding.fault.level),
        message: json!({"text": finding.text()}),
        locations: [json!({"physicalLocation": physical(&finding.position)})],
        related_locations: related
            .map(|(id, (position, said))| {
                json!({"id": id, "physicalLocation": physical(position), "message": {"text": said}})
            })
            .collect(),
        // GitHub knows a fault again by this name alone, and makes up another where it is missing.
        partial_fingerprints: json!({"primaryLocationLineHash": finding.fingerprint}),
    }
}

/// The word for a level (SARIF 2.1.0, section 3.27.10).
fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Off => "none",
    }
}

fn physical(position: &Position) -> Value {
    let artifact = json!({"uri": reference(&position.path)});
    match position.range {
        Some(range) => json!({"artifactLocation": artifact, "region": region(range)}),
        None => json!({"artifactLocation": artifact}),
    }
}

fn region((start, end): (LineColumn, LineColumn)) -> Value {
    json!({
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
    })
}

/// A path as a reference.
fn reference(path: &str) -> String {
    const KEPT_OUT: AsciiSet = NO_PATH.add(b'[').add(b']').add(b':');
    utf8_percent_encode(path, &KEPT_OUT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{findings, sample};

    /// Of each object that is written here: its properties and, marked with `!`, those that it must have, as
    /// the schema of OASIS lists them. No object may have others.
    const OBJECTS: [(&str, &str); 10] = [
        ("", "$schema !version !runs inlineExternalProperties properties"),
        (
            "/runs",
            "!tool invocations conversion language versionControlProvenance originalUriBaseIds artifacts \
          logicalLocations graphs results automationDetails runAggregates baselineGuid redactionTokens \
          defaultEncoding defaultSourceLanguage newlineSequences columnKind properties",
        ),
        ("/runs/tool", "!driver extensions properties"),
        (
            "/runs/tool/driver",
            "guid !name organization product productSuite shortDescription fullDescription \
          fullName version semanticVersion dottedQuadFileVersion releaseDateUtc downloadUri informationUri \
          rules properties",
        ),
        (
            "/runs/tool/driver/rules",
            "!id deprecatedIds guid deprecatedGuids name deprecatedNames \
          shortDescription fullDescription messageStrings defaultConfiguration helpUri help relationships \
          properties",
        ),
        (
            "/runs/results",
            "ruleId ruleIndex rule kind level !message analysisTarget locations guid \
          correlationGuid occurrenceCount partialFingerprints fingerprints stacks codeFlows graphs \
          graphTraversals relatedLocations suppressions baselineState rank attachments hostedViewerUri \
          workItemUris provenance fixes taxa webRequest webResponse properties",
        ),
        (
            "/runs/results/locations",
            "id physicalLocation logicalLocations message annotations relationships \
          properties",
        ),
        (
            "/runs/results/relatedLocations",
            "id physicalLocation logicalLocations message annotations \
          relationships properties",
        ),
        (
            "/runs/results/locations/physicalLocation",
            "address !artifactLocation region contextRegion properties",
        ),
        (
            "/runs/results/locations/physicalLocation/region",
            "!startLine startColumn endLine endColumn \
          charOffset charLength byteOffset byteLength snippet message sourceLanguage properties",
        ),
    ];

    /// Every object below `value` with the names on the way to it, lists passed through.
    fn objects<'a>(value: &'a Value, path: &str, found: &mut Vec<(String, &'a Value)>) {
        match value {
            Value::Object(entries) => {
                found.push((path.to_owned(), value));
                entries.iter().for_each(|(key, value)| objects(value, &format!("{path}/{key}"), found));
            }
            Value::Array(items) => items.iter().for_each(|item| objects(item, path, found)),
            _ => {}
        }
    }

    #[test]
    fn the_report_is_as_the_schema_wants_it() {
        let (faults, source) = sample::faults();
        let log: Value =
            serde_json::from_str(&to_sarif(&findings(&faults, &source, ""), "1.0.0")).expect("JSON");
        let mut all = Vec::new();
        objects(&log, "", &mut all);
        for (path, names) in OBJECTS {
            let known: Vec<&str> =
                names.split_whitespace().map(|name| name.trim_start_matches('!')).collect();
            let of_path: Vec<_> = all.iter().filter(|(found, _)| found == path).collect();
            assert!(!of_path.is_empty(), "{path}");
            for (_, object) in of_path {
                let own: Vec<&String> = object.as_object().expect("an object").keys().collect();
                assert!(own.iter().all(|key| known.contains(&key.as_str())), "{path}: {own:?}");
                let needed = names.split_whitespace().filter_map(|name| name.strip_prefix('!'));
                needed.for_each(|name| assert!(object.get(name).is_some(), "{path} lacks {name}"));
            }
        }
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        assert_eq!(rules.len(), 1);
        for (path, object) in &all {
            if path.ends_with("/region") {
                let number = |name: &str| object[name].as_u64().unwrap_or_default();
                assert!(
                    ["startLine", "startColumn", "endLine", "endColumn"].iter().all(|name| number(name) >= 1)
                );
                assert!(
                    (number("startLine"), number("startColumn")) <= (number("endLine"), number("endColumn"))
                );
            }
            if path.ends_with("/message") || path.ends_with("escription") || path.ends_with("/help") {
                assert!(object["text"].is_string(), "{path}");
            }
        }
        for result in run["results"].as_array().expect("results") {
            let rule =
                &rules[usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small")];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(
                ["none", "note", "warning", "error"].contains(&result["level"].as_str().expect("a level"))
            );
            assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_string());
            let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
            assert!(uri.is_some_and(|uri| !uri.contains(' ') && !uri.starts_with('/')), "{uri:?}");
        }
        assert!(matches!(run["columnKind"].as_str(), Some("utf16CodeUnits" | "unicodeCodePoints")));
    }

    #[test]
    fn a_portal_without_faults_is_a_run_without_results() {
        let log: Value = serde_json::from_str(&to_sarif(&[], "1.0.0")).expect("JSON");
        assert_eq!(log["runs"][0]["results"], json!([]));
    }
}
