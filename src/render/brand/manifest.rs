//! The web manifest: how a portal is called and looks like once it is put among programs (W3C Web Application Manifest).

use serde_json::json;

use super::super::names::View;
use super::accent::Accent;
use super::icons::ICONS;
use crate::derive::page::routes::{beside, relative};
use crate::model::color::Color;

/// The address of the manifest in the language of `view`: beside the home page, so that it stays.
pub fn address(view: &View<'_>) -> String {
    beside(&view.portal.routes.front(view.language), "manifest.webmanifest")
}

/// The manifest; all addresses in it are seen from where it stands, so that it is right at any base.
pub fn text(view: &View<'_>, accent: &Accent) -> String {
    let own = address(view);
    let portal = &view.portal.site.portal;
    let icons: Vec<_> = ICONS
        .iter()
        .filter_map(|icon| {
            let address = view.theme.find(icon.name)?;
            let sizes = format!("{0}x{0}", icon.side);
            Some(json!({
                "src": relative(&own, address), "sizes": sizes, "type": "image/png", "purpose": icon.purpose,
            }))
        })
        .collect();
    let mut manifest = json!({
        "name": view.read(&portal.title).into_text(),
        "lang": view.language,
        "start_url": "./",
        "scope": relative(&own, "/"),
        "display": "minimal-ui",
        "theme_color": accent.named.hex(),
        "background_color": Color::WHITE.hex(),
        "icons": icons,
    });
    if let Some(description) = &portal.description {
        manifest["description"] = json!(view.read(description).into_text());
    }
    format!("{manifest:#}\n")
}
