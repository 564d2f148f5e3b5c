//! What the keys of files mean, for those who write them: the texts in a language, and the schemas for editors.

use crate::model::file_shapes::FileShape;
use crate::record::schema::{File, schema};
use crate::record::shape::Said;
use crate::words::Words;

/// The folder of the schemas in a portal.
pub const SCHEMAS: &str = "/schemas/";

/// The name of the schema of a kind of file.
pub fn schema_name(kind: &str) -> String {
    format!("{kind}.json")
}

/// The lines at the top of a file by which editors find its schema. The first is read by the YAML language server,
/// that is by VS Code, Neovim, Helix and others
/// (<https://github.com/redhat-developer/yaml-language-server#using-inlined-schema>), the second by the JetBrains
/// editors (<https://www.jetbrains.com/help/idea/yaml.html#use-schema-keyword>).
pub fn heading(address: &str) -> String {
    format!("# yaml-language-server: $schema={address}\n# $schema: {address}\n")
}

/// What `words` say of something; nothing where only the declaration tells it, in English.
pub fn told(words: &Words, said: &Said) -> Option<String> {
    let key = format!("reference.{}", said.key);
    words.has(&key).then(|| words.text(&key).to_owned())
}

/// The schema of `file` as a text, in the language of `words`; `base_url` is where the portal is served, without
/// a slash at its end.
pub fn schema_text(file: &FileShape, words: &Words, base_url: Option<&str>) -> String {
    let address = base_url.map(|base| format!("{base}{SCHEMAS}{}", schema_name(file.kind)));
    let described = File { place: file.place, address: address.as_deref(), records: &file.records };
    let tell = |said: &Said| told(words, said).unwrap_or_else(|| said.english.to_owned());
    format!("{:#}\n", schema(&described, &tell))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::file_shapes::file_shapes;
    use crate::record::outline::outline;
    use crate::record::shape::{ChoiceShape, Shape};
    use crate::render::theme::ThemeFiles;

    /// The lists of words in a value.
    fn choices(shape: &Shape) -> Vec<ChoiceShape> {
        match shape {
            Shape::Choice(choice) => vec![*choice],
            Shape::List(item) => choices(item),
            Shape::Map(key, value) => [choices(key), choices(value)].concat(),
            Shape::Either(shapes) => shapes.iter().flat_map(choices).collect(),
            _ => Vec::new(),
        }
    }

    /// Everything that the reference says.
    fn everything() -> Vec<Said> {
        let entries = file_shapes().into_iter().flat_map(|file| file.records).flat_map(outline);
        let mut said: Vec<Said> = entries
            .flat_map(|entry| {
                let words = choices(&entry.key.shape);
                let words =
                    words.iter().flat_map(ChoiceShape::said).map(|(_, said)| said).collect::<Vec<_>>();
                let own = [entry.record.said(), entry.record.said_of(&entry.key)];
                own.into_iter().chain(entry.record.said_as(&entry.key)).chain(words)
            })
            .collect();
        said.sort();
        said.dedup();
        said
    }

    #[test]
    fn every_key_and_word_is_told_in_both_languages() {
        let (words, faults) = ThemeFiles::builtin().words(&["et".to_owned()]);
        assert!(faults.is_empty(), "{faults:?}");
        let untold: Vec<String> = everything()
            .into_iter()
            .filter(|said| said.english.is_empty() || told(&words[0], said).is_none())
            .map(|said| said.key)
            .collect();
        assert!(untold.is_empty(), "themes/default/reference/et.yaml lacks {untold:#?}");
    }

    #[test]
    fn nothing_is_told_that_nobody_asks_for() {
        let asked: Vec<String> = everything().into_iter().map(|said| said.key).collect();
        let text = ThemeFiles::builtin().get("reference/et.yaml").map(<[u8]>::to_vec).expect("the texts");
        let catalogue = crate::words::read(&String::from_utf8(text).expect("UTF-8")).expect("a catalogue");
        let mut stray = Vec::new();
        let texts = catalogue.to_json();
        for part in ["record", "key", "example", "word"] {
            for (name, value) in texts["reference"][part].as_object().expect("a section") {
                let keys = match value.as_object() {
                    Some(below) => below.keys().map(|key| format!("{part}.{name}.{key}")).collect(),
                    None => vec![format!("{part}.{name}")],
                };
                stray.extend(keys.into_iter().filter(|key| !asked.contains(key)));
            }
        }
        assert!(stray.is_empty(), "{stray:#?}");
    }

    #[test]
    fn a_schema_knows_its_address_and_speaks_the_language_of_the_words() {
        let (words, _) = ThemeFiles::builtin().words(&["et".to_owned(), "en".to_owned()]);
        let run = FileShape::of("run").expect("a kind");
        let estonian = schema_text(&run, &words[0], Some("https://testing.example.ee"));
        assert!(estonian.contains("\"$id\": \"https://testing.example.ee/schemas/run.json\""), "{estonian}");
        assert!(estonian.contains("\"description\": \"Millal jooks algas.\""), "{estonian}");
        let english = schema_text(&run, &words[1], None);
        assert!(english.contains("\"description\": \"When it began.\""), "{english}");
        assert!(!english.contains("$id"), "{english}");
    }
}
