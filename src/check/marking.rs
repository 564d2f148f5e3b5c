//! Who may see each file, and the marking it carries.

use crate::diagnostic::FileId;
use crate::model::Site;
use crate::model::audience::{Audience, Restriction};
use crate::model::document::Article;

/// What a file says of its audience.
pub struct Marked<'a> {
    /// The file.
    pub file: FileId,
    /// Its path in the content folder.
    pub path: &'a str,
    /// Its audience: its own word, else that of its folder, else the portal's.
    pub audience: Audience,
    /// That of the narrowest block in it, where one is narrower than the file.
    pub narrowest: Audience,
    /// Its marking, where it has one.
    pub restriction: Option<&'a Restriction>,
}

/// The audience of the file at `path` that says `own` of itself.
pub fn audience(site: &Site, own: Option<Audience>, path: &str) -> Audience {
    own.unwrap_or_else(|| site.portal.audience_of(path))
}

/// The audience of the narrowest part of a page.
fn narrowest(site: &Site, article: &Article) -> Audience {
    let blocks = article.body.blocks.iter().map(|(_, audience)| *audience);
    blocks.fold(audience(site, article.audience, &article.path), Audience::max)
}

/// Every file that is shown and says who may see it; one that holds several records comes once for each.
pub fn each(site: &Site) -> Vec<Marked<'_>> {
    let mut files = Vec::new();
    macro_rules! each {
        ($($records:ident)*) => {$(
            files.extend(site.$records.iter().map(|record| Marked {
                file: record.file,
                path: &record.path,
                audience: audience(site, record.audience, &record.path),
                narrowest: audience(site, record.audience, &record.path),
                restriction: record.restriction.as_ref(),
            }));
        )*};
    }
    each!(releases runs cases plans defects environments data tickets decisions partners);
    let read = site.documents.iter().flat_map(|document| &document.texts).filter(|text| text.is_read);
    files.extend(read.map(|text| Marked {
        file: text.file,
        path: &text.path,
        audience: audience(site, text.audience, &text.path),
        narrowest: narrowest(site, text),
        restriction: text.restriction.as_ref(),
    }));
    files
}
