//! A page at a former address that leads to the present one.

use serde::Serialize;

use super::super::names::View;
use crate::derive::page::routes::Subject;

/// What the template of a redirect gets.
#[derive(Serialize)]
pub struct RedirectView {
    language: String,
    title: String,
    href: String,
    canonical: Option<String>,
}

/// The redirect to `to`, which is called `name`.
pub fn view(view: &View<'_>, to: &Subject, name: String) -> RedirectView {
    let address = view.portal.routes.address(to, view.language);
    RedirectView {
        language: view.language.to_owned(),
        title: name,
        href: view.href_to(&address),
        canonical: view.portal.base_url.as_ref().map(|base| format!("{base}{address}")),
    }
}
