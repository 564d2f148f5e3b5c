//! The page for addresses that lead nowhere. A server shows it at any depth, so its links begin at
//! the portal's own address.

use serde::Serialize;

use super::super::frame::{About, Frame};
use super::super::names::View;
use super::super::template::RenderFault;
use crate::derive::page::routes::Subject;
use crate::words::Spoken;

#[derive(Serialize)]
struct NotFoundView {
    frame: Frame,
    title: Spoken,
    /// The portal's root as a path, so that relative links work at any depth.
    base: String,
}

/// The template.
pub const TEMPLATE: &str = "404.html";

/// Draws the page.
pub fn render(view: &View<'_>, frame: &dyn Fn(About) -> Frame) -> Result<String, RenderFault> {
    let title = view.name(&Subject::NotFound);
    let folder = view.address.trim_end_matches("404.html");
    let page = NotFoundView {
        frame: frame(About { title: title.clone(), ..About::default() }),
        base: format!("{}{folder}", root_path(view.portal.base_url.as_deref())),
        title,
    };
    view.engine()?.render(TEMPLATE, &page, &view.address)
}

/// The path of a base URL without a slash at its end: `https://a.example/portal` is `/portal`.
fn root_path(base_url: Option<&str>) -> &str {
    let Some((_, rest)) = base_url.and_then(|url| url.split_once("://")) else { return "" };
    rest.find('/').map_or("", |slash| rest[slash..].trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::root_path;

    #[test]
    fn the_root_is_the_path_of_the_base_url() {
        assert_eq!(root_path(Some("https://a.example/portal/")), "/portal");
        assert_eq!(root_path(Some("https://a.example")), "");
        assert_eq!(root_path(None), "");
    }
}
