//! The list of every file of a portal. Cheap: nothing is drawn yet.

use super::frame::{About, Frame};
use super::names::View;
use super::pages;
use super::portal::Portal;
use super::template::RenderFault;
use super::theme::Theme;
use crate::derive::routes::{Subject, output_path};
use crate::words::Words;

/// A file of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address, from the portal's root: `/guides/report-defect/`.
    pub address: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A page about a subject in a language.
    Html {
        /// The subject.
        subject: Subject,
        /// The language.
        language: String,
    },
    /// A page that leads to another.
    Redirect {
        /// Where it leads.
        to: Subject,
        /// The language of the page there.
        language: String,
    },
    /// A file of the theme, by name.
    Asset(String),
    /// An image or attachment, by its path in the content folder; its bytes are copied.
    Media(String),
    /// The list of addresses for search engines.
    Sitemap,
    /// What search engines may read.
    Robots,
}

/// Every file of `portal`, in a fixed order.
pub fn plan(portal: &Portal, theme: &Theme) -> Vec<Page> {
    let mut plan = Vec::new();
    for tongue in &portal.tongues {
        let language = tongue.words.language().as_str();
        plan.extend(portal.routes.subjects().map(|subject| Page {
            address: portal.routes.address(subject, language),
            content: Content::Html { subject: subject.clone(), language: language.to_owned() },
        }));
    }
    plan.extend(redirects(portal));
    plan.extend(
        theme.assets().iter().map(|asset| Page {
            address: asset.address.clone(),
            content: Content::Asset(asset.name.clone()),
        }),
    );
    plan.extend(
        portal
            .shown_media
            .iter()
            .map(|path| Page { address: format!("/{path}"), content: Content::Media(path.clone()) }),
    );
    plan.push(Page { address: "/robots.txt".to_owned(), content: Content::Robots });
    if portal.base_url.is_some() {
        plan.push(Page { address: "/sitemap.xml".to_owned(), content: Content::Sitemap });
    }
    plan
}

/// Former addresses that pages name; one that a page has today is left to that page.
fn redirects(portal: &Portal) -> impl Iterator<Item = Page> {
    portal.site.documents.iter().flat_map(|document| {
        document.texts.iter().flat_map(|text| {
            text.front.aliases.iter().filter_map(|alias| {
                let to = portal.routes.of_source(&text.path)?.clone();
                let path = alias.trim_matches('/');
                let is_free = !path.is_empty()
                    && portal.routes.at(path).is_none()
                    && !path.split('/').any(|part| part == "..");
                is_free.then(|| Page {
                    address: format!("/{path}/"),
                    content: Content::Redirect { to, language: text.language.clone() },
                })
            })
        })
    })
}

impl Page {
    /// The file that holds the page.
    pub fn output_path(&self) -> String {
        output_path(&self.address)
    }

    /// The bytes of the page; nothing for media, whose bytes are on disk.
    ///
    /// # Errors
    /// A template that wants what the page does not have.
    pub fn render(&self, portal: &Portal, theme: &Theme) -> Result<Option<Vec<u8>>, RenderFault> {
        Ok(Some(match &self.content {
            Content::Html { subject, language } => html(portal, theme, subject, language)?.into_bytes(),
            Content::Redirect { to, language } => {
                redirect(portal, theme, &self.address, to, language)?.into_bytes()
            }
            Content::Asset(name) => match theme.assets().iter().find(|asset| asset.name == *name) {
                Some(asset) => asset.bytes.clone(),
                None => return Ok(None),
            },
            Content::Media(_) => return Ok(None),
            Content::Sitemap => pages::sitemap::bytes(portal),
            Content::Robots => pages::robots::bytes(portal),
        }))
    }
}

fn html(portal: &Portal, theme: &Theme, subject: &Subject, language: &str) -> Result<String, RenderFault> {
    let view = View::new(portal, theme, subject, language);
    let words: Vec<&Words> = portal.tongues.iter().map(|tongue| &*tongue.words).collect();
    let frame = |about: About| Frame::of(&view, theme, about, &words);
    pages::render(&view, &frame)
}

fn redirect(
    portal: &Portal,
    theme: &Theme,
    from: &str,
    to: &Subject,
    language: &str,
) -> Result<String, RenderFault> {
    let mut view = View::new(portal, theme, to, language);
    let name = view.name(to);
    from.clone_into(&mut view.address);
    view.engine()?.render("redirect.html", &pages::redirect::view(&view, to, name), from)
}
