//! What pages and records are called.

use crate::derive::page::routes::without_number;
use crate::diagnostic::Placed;
use crate::model::Site;
use crate::model::document::Article;
use crate::model::portal::Titled;
use crate::record::entries::Entries;
use crate::record::text::Text;

/// The title of a page: as written, else its first heading, else the file's name.
pub fn of_article(article: &Article, default_language: &str) -> String {
    match (&article.front.title, &article.body.title) {
        (Some(title), _) => title.get(&article.language, default_language).to_owned(),
        (None, Some(heading)) => heading.clone(),
        (None, None) => from_path(&article.path),
    }
}

/// A readable name made from a path: `guides/10-report_defect.md` is `Report defect`.
pub fn from_path(path: &str) -> String {
    let endings = [".md", ".markdown", ".yaml", ".yml"];
    let path = endings.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = if matches!(name.to_lowercase().as_str(), "index" | "readme") && !folder.is_empty() {
        folder.rsplit('/').next().unwrap_or(folder)
    } else {
        name
    };
    let words = without_number(name).replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// A record's title, or its id where it has none.
pub fn or_id<'a>(title: Option<&'a Text>, id: &'a str, language: &str, site: &'a Site) -> &'a str {
    title.map_or(id, |title| title.get(language, site.default_language()))
}

/// What `portal.yaml` calls the product, team or role `id`.
pub fn titled<'a>(
    entries: &'a Entries<Placed<String>, Titled>,
    id: &'a str,
    language: &str,
    default: &'a str,
) -> &'a str {
    entries.get(id).and_then(|entry| entry.title.as_ref()).map_or(id, |title| title.get(language, default))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_a_readable_name() {
        assert_eq!(from_path("guides/10-report_defect.md"), "Report defect");
        assert_eq!(from_path("pages/go/README.md"), "Go");
        assert_eq!(from_path("õpi.md"), "Õpi");
        assert_eq!(from_path("notes/2026.10"), "2026.10");
    }
}
