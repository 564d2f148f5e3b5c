//! What other sites show beside a link to a page (the Open Graph protocol). Only public portals say it.

use serde::Serialize;

use super::super::names::{View, encode};
use super::card;
use crate::model::audience::Audience;

/// What other sites show.
#[derive(Debug, Clone, Serialize)]
pub struct Social {
    /// The title of the page.
    title: String,
    /// Its language as `et_EE`.
    locale: String,
    /// The other languages of the portal.
    others: Vec<String>,
    /// The address of the picture, where there is one.
    image: Option<String>,
    /// The portal's name, which is also the picture in words.
    portal: String,
    /// Its width.
    width: u16,
    /// Its height.
    height: u16,
}

impl Social {
    /// What other sites show of the page; nothing unless everybody may see it and its address is known.
    pub fn of(view: &View<'_>, title: &str) -> Option<Self> {
        let site = &view.portal.site;
        let base = view.portal.base_url.as_ref().filter(|_| site.audience == Audience::Public)?;
        let image = view.theme.find(&card::name(view.language));
        let others = site.languages.iter().filter(|language| *language != view.language);
        Some(Self {
            title: title.to_owned(),
            locale: locale(view.language),
            others: others.map(|language| locale(language)).collect(),
            image: image.map(|address| format!("{base}{}", encode(address))),
            portal: view.read(&site.portal.title).into_text(),
            width: card::WIDTH,
            height: card::HEIGHT,
        })
    }
}

/// A language tag as the protocol writes it: `et_EE`. Of a language whose land the tag does not name, that of the
/// land where it is read here.
fn locale(tag: &str) -> String {
    match tag {
        "et" => "et_EE".to_owned(),
        "en" => "en_GB".to_owned(),
        tag => tag.replace('-', "_"),
    }
}

#[cfg(test)]
mod tests {
    use super::locale;

    #[test]
    fn locales_name_a_land() {
        for (tag, expected) in [("et", "et_EE"), ("en", "en_GB"), ("pt-BR", "pt_BR"), ("fi", "fi")] {
            assert_eq!(locale(tag), expected);
        }
    }
}
