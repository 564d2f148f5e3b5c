//! A page at a former address that leads to the present one.

use serde::Serialize;

use super::super::names::{View, encode};
use crate::derive::page::redirects::Target;
use crate::words::Spoken;

/// What the template of a redirect gets.
#[derive(Serialize)]
pub struct RedirectView {
    language: String,
    title: Spoken,
    href: String,
    canonical: Option<String>,
}

/// The redirect to `to`.
pub fn view(view: &View<'_>, to: &Target) -> RedirectView {
    let (title, address) = match to {
        Target::Page(subject) => (view.name(subject), view.portal.routes.address(subject, view.language)),
        Target::File(path) => (path.into(), format!("/{path}")),
        Target::Outside(url) => (url.into(), url.clone()),
    };
    let is_own = address.starts_with('/');
    let base = view.portal.base_url.as_ref().filter(|_| is_own);
    RedirectView {
        language: view.language.to_owned(),
        title,
        href: if is_own { view.href_to(&address) } else { address.clone() },
        canonical: base.map(|base| format!("{base}{}", encode(&address))),
    }
}
