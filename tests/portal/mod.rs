//! The example portal in memory: read once, drawn on any day.
// Each test uses what it needs of it.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use juhend::model::Site;
use juhend::model::audience::Audience;
use juhend::parse::{self, Cache, Options};
use juhend::render::theme::ThemeFiles;
use juhend::render::{Drawn, Portal, Theme, plan};
use juhend::source::{Sources, TEXT_LIMIT, folder};
use juhend::words::Words;

/// The files of the example.
pub fn sources() -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder::read(root, &root.join("content"), TEXT_LIMIT).expect("the example").0
}

/// What `sources` say to an audience.
pub fn site_of(sources: &Sources, audience: Audience) -> Site {
    let (settings, _) = parse::settings(sources, "content", "Example");
    let options = Options {
        content: "content".into(),
        audience,
        drafts: false,
        labels: BTreeMap::new(),
        is_lenient: false,
    };
    parse::site(sources, &settings, &options, &mut Cache::default()).0
}

/// What the example says to an audience.
pub fn site(audience: Audience) -> Site {
    site_of(&sources(), audience)
}

/// The default theme in the languages of a site.
pub struct Look {
    /// Its words.
    pub words: Vec<Arc<Words>>,
    /// The theme.
    pub theme: Theme,
}

impl Look {
    /// The look of `site`.
    pub fn of(site: &Site) -> Self {
        let files = ThemeFiles::builtin();
        let words: Vec<Arc<Words>> = files.words(&site.languages).0.into_iter().map(Arc::new).collect();
        let theme = Theme::new(&files, words.iter().map(|words| &**words), Vec::new()).expect("the theme");
        Self { words, theme }
    }

    /// The portal of `site` on a day, served at an address.
    pub fn portal(&self, site: Site, day: Date) -> Portal {
        Portal::new(site, day, self.words.clone(), Some("https://testing.example.ee/".to_owned()))
    }

    /// The file at `address` of a portal.
    pub fn drawn(&self, portal: &Portal, address: &str) -> Drawn {
        let page = plan(portal, &self.theme).into_iter().find(|page| page.address == address);
        let page = page.unwrap_or_else(|| panic!("no file at {address}"));
        page.render(portal, &self.theme).expect("no fault").expect("bytes")
    }
}
