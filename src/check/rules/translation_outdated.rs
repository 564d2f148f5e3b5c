//! A page changed after it was translated.

use crate::check::{Check, Context};
use crate::derive::page::translation::{self, Outdated};
use crate::diagnostic::{Diagnostic, Level, Place, Rule};
use crate::model::document::{Article, Document};

static RULE: Rule = Rule {
    name: "translation-outdated",
    level: Level::Warn,
    what: "A page changed after it was translated: its last commit is later than that of the translation, or `translated_from` \
           in the translation is the hash of another text.",
    why: "Readers of the two languages are told different things.",
    example: "translated_from: 3b18e512dba7   # the SHA-256 of the page begins otherwise now",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let texts = context.site.documents.iter();
    let texts = texts.flat_map(|document| document.texts.iter().map(move |text| (document, &**text)));
    texts.filter_map(|(document, text)| breach(context, document, text)).collect()
}

fn breach(context: &Context<'_>, document: &Document, text: &Article) -> Option<Diagnostic> {
    const ENOUGH: usize = 12;
    let original = &document.main().path;
    Some(match translation::outdated(context.site, document, text, context.as_of)? {
        Outdated::Other(named, present) => {
            let message =
                format!("`{original}` is not the text that was translated: its SHA-256 is `{present}`");
            let hint = format!(
                "when the translation is up to date, write `translated_from: {}`",
                present.get(..ENOUGH).unwrap_or(present)
            );
            Diagnostic::new(&RULE, named.place, message).hint(hint)
        }
        Outdated::Changed(day) => {
            let message = format!("`{original}` changed on {day}, after this translation of it did");
            Diagnostic::new(&RULE, Place::whole(text.file), message)
                .hint("bring the translation up to date; where it is, `translated_from` says so")
        }
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::check::sample::{messages_of, tree};
    use crate::model::history::FileHistory;

    #[test]
    fn a_translation_follows_its_original() {
        let mut site = tree(&[
            ("portal.yaml", "title: T\nlanguages: [et, en]\n"),
            ("guides/a.md", "# A\n"),
            ("guides/a.en.md", "# A\n"),
        ]);
        for (path, day) in [("guides/a.md", 14), ("guides/a.en.md", 13)] {
            let changes = vec![date(2026, 10, day).at(9, 0, 0, 0)];
            site.history.insert(path.to_owned(), FileHistory { changes, untold: 0, is_committed: true });
        }
        assert_eq!(
            messages_of("translation-outdated", &site),
            ["`guides/a.md` changed on 2026-10-14, after this translation of it did"]
        );
    }
}
