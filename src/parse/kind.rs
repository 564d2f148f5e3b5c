//! The folder says the kind, the path says the id.

use crate::model::document::DocumentKind;

/// What a file of the content tree is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileKind {
    /// `portal.yaml`.
    Portal,
    /// A Markdown page.
    Page(PagePath),
    /// A YAML file of records, with its id.
    Record(RecordKind, String),
    /// A YAML file where no kind has its folder.
    Stray,
}

/// The kinds of YAML files that hold records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// `releases/`.
    Release,
    /// `runs/`.
    Run,
    /// `cases/`.
    Catalogue,
    /// `plans/`.
    Plan,
    /// `defects/`.
    Defect,
    /// `environments/`.
    Environment,
    /// `data/`.
    DataSet,
    /// `tickets/`.
    Tickets,
    /// `decisions/`.
    Decision,
    /// `partners.yaml`.
    Partners,
}

impl RecordKind {
    /// The folders and their kinds.
    pub const FOLDERS: [(&'static str, Self); 9] = [
        ("releases", Self::Release),
        ("runs", Self::Run),
        ("cases", Self::Catalogue),
        ("plans", Self::Plan),
        ("defects", Self::Defect),
        ("environments", Self::Environment),
        ("data", Self::DataSet),
        ("tickets", Self::Tickets),
        ("decisions", Self::Decision),
    ];
}

/// What the path of a page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePath {
    /// The path without language and ending.
    pub key: String,
    /// The kind.
    pub kind: DocumentKind,
    /// The language, where the file's name says one.
    pub language: Option<String>,
}

/// What the file at `path` (in the content folder) is; `languages` are the portal's.
pub fn classify(path: &str, languages: &[String]) -> FileKind {
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    let is_markdown = matches!(ending.to_ascii_lowercase().as_str(), "md" | "markdown");
    match stem {
        _ if is_markdown => FileKind::Page(page_path(stem, languages)),
        "portal" => FileKind::Portal,
        "partners" => FileKind::Record(RecordKind::Partners, "partners".to_owned()),
        _ => match stem.split_once('/') {
            Some((folder, id)) => RecordKind::FOLDERS
                .iter()
                .find(|(name, _)| *name == folder)
                .map_or(FileKind::Stray, |(_, kind)| FileKind::Record(*kind, id.to_owned())),
            None => FileKind::Stray,
        },
    }
}

fn page_path(stem: &str, languages: &[String]) -> PagePath {
    let (key, language) = match stem.rsplit_once('.') {
        Some((key, tag)) if languages.iter().any(|language| language == tag) && !key.is_empty() => {
            (key, Some(tag.to_owned()))
        }
        _ => (stem, None),
    };
    PagePath { key: key.to_owned(), kind: document_kind(key), language }
}

fn document_kind(key: &str) -> DocumentKind {
    let Some((folder, rest)) = key.split_once('/') else {
        return if key == "index" || key == "README" { DocumentKind::Home } else { DocumentKind::Page };
    };
    let is_index = rest == "index" || rest == "README";
    match folder {
        "guides" => DocumentKind::Guide,
        "training" => DocumentKind::Training,
        // The page of such a folder introduces the list; it is no report, question or proposal itself.
        "reports" if !is_index => DocumentKind::Report,
        "advice" if !is_index => DocumentKind::Advice,
        "proposals" if !is_index => DocumentKind::Proposal,
        _ => DocumentKind::Page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str) -> (String, DocumentKind, Option<String>) {
        match classify(path, &["et".into(), "en".into()]) {
            FileKind::Page(page) => (page.key, page.kind, page.language),
            other => panic!("a page was expected, not {other:?}"),
        }
    }

    #[test]
    fn folders_say_the_kind() {
        let languages = ["et".to_owned()];
        assert_eq!(
            classify("runs/2026.10/sit-03.yaml", &languages),
            FileKind::Record(RecordKind::Run, "2026.10/sit-03".into())
        );
        assert_eq!(classify("portal.yml", &languages), FileKind::Portal);
        assert_eq!(classify("guides/x.yaml", &languages), FileKind::Stray);
    }

    #[test]
    fn a_language_in_the_name_is_one_the_portal_has() {
        assert_eq!(page("guides/a.en.md"), ("guides/a".into(), DocumentKind::Guide, Some("en".into())));
        assert_eq!(
            page("reports/2026.10-progress.md"),
            ("reports/2026.10-progress".into(), DocumentKind::Report, None)
        );
        assert_eq!(page("notes/x.fi.md"), ("notes/x.fi".into(), DocumentKind::Page, None));
        assert_eq!(page("index.md").1, DocumentKind::Home);
    }
}
