//! What a portal shows of its agency: colours, logo, icons, and what other sites show of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A portal whose agency maps its design system onto the tokens.
const PORTAL: &str = "title: {et: Portaal, en: Portal}\n\
                      description: {et: Testimisest, en: About testing}\n\
                      base_url: https://example.ee/testing/\n\
                      languages: [et, en]\n\
                      audiences: {default: public}\n\
                      theme: {name: agency, accent: \"#fc0\", logo: logo.svg}\n";

/// The sheet of that agency.
const TOKENS: &str = ":root { --paper: light-dark(#fefefe, #151926); --font: Roboto, sans-serif; --radius: 4px; }\n\
                      @font-face { font-family: Roboto; src: url(\"fonts/roboto.woff2\"); }\n";

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\"><path d=\"M0 0h120v40H0z\"/></svg>";

struct Built {
    folder: TempDir,
}

impl Built {
    /// The portal of these files, built for this audience.
    fn of(files: &[(&str, &str)], audience: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let full = folder.path().join(path);
            fs::create_dir_all(full.parent().expect("a folder")).expect("a folder");
            fs::write(full, text).expect("a file");
        }
        let output = Command::new(env!("CARGO_BIN_EXE_juhend"))
            .arg("-C")
            .arg(folder.path())
            .args(["--as-of", "2026-10-16", "--quiet", "build", "--audience", audience, "-o", "public"])
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self { folder }
    }

    /// The sample portal.
    fn sample(audience: &str) -> Self {
        let files = [
            ("content/portal.yaml", PORTAL),
            ("content/index.md", "# Portaal\n\nTere.\n"),
            ("content/guides/a.md", "# Õpetus\n\nKuidas.\n"),
            ("content/logo.svg", LOGO),
            ("themes/agency/assets/tokens.css", TOKENS),
            ("themes/agency/assets/fonts/roboto.woff2", "letters"),
        ];
        Self::of(&files, audience)
    }

    fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.public().join(path)).expect(path)
    }

    /// The one asset whose name begins and ends so.
    fn asset(&self, start: &str, end: &str) -> PathBuf {
        let files = fs::read_dir(self.public().join("assets")).expect("assets");
        let mut found = files.map(|entry| entry.expect("an entry").path()).filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with(start) && name.ends_with(end)
        });
        let first = found.next().unwrap_or_else(|| panic!("no {start}…{end}"));
        assert_eq!(found.next(), None);
        first
    }
}

/// What stands between `before` and `"`, each time.
fn values<'a>(page: &'a str, before: &'a str) -> Vec<&'a str> {
    page.split(before).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
}

/// Width and height of a PNG.
fn dots(bytes: &[u8]) -> (u32, u32) {
    assert!(bytes.starts_with(b"\x89PNG"), "no PNG");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn one_sheet_of_an_agency_stands_after_all_others() {
    let built = Built::sample("public");
    let page = built.read("guides/a/index.html");
    let sheets = values(&page, "<link rel=\"stylesheet\" href=\"");
    let names: Vec<&str> = sheets
        .iter()
        .map(|href| href.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default())
        .collect();
    assert_eq!(names, ["style", "portal", "tokens"]);
    let sheet = fs::read_to_string(built.asset("tokens.", ".css")).expect("the sheet");
    assert!(sheet.contains("--radius: 4px"), "{sheet}");
    let font = values(&sheet, "url(\"");
    assert!(built.public().join("assets").join(font[0]).is_file(), "{sheet}");
}

#[test]
fn the_accent_is_moved_until_it_can_be_read() {
    let built = Built::sample("public");
    let sheet = fs::read_to_string(built.asset("portal.", ".css")).expect("the sheet");
    assert!(sheet.contains("--link: light-dark(#836700, #f1d071)"), "{sheet}");
    assert!(built.read("index.html").contains("<meta name=\"theme-color\" content=\"#ffcc00\">"));
}

#[test]
fn the_logo_has_the_size_of_its_file() {
    let built = Built::sample("public");
    assert!(
        built
            .read("en/index.html")
            .contains("<img src=\"../logo.svg\" alt=\"\" width=\"120\" height=\"40\">")
    );
}

/// Every file that a page or a manifest names is there, seen from where it is named: so the base path is free.
#[test]
fn icons_are_where_pages_and_manifests_say() {
    let built = Built::sample("internal");
    for (page, manifest) in
        [("guides/a/index.html", "manifest.webmanifest"), ("en/index.html", "en/manifest.webmanifest")]
    {
        let folder = built.public().join(page);
        let folder = folder.parent().expect("a folder");
        let html = built.read(page);
        for start in
            ["<link rel=\"icon\" type=\"image/svg+xml\" href=\"", "<link rel=\"apple-touch-icon\" href=\""]
        {
            let [href] = values(&html, start)[..] else { panic!("{start}") };
            assert!(folder.join(href).is_file(), "{href}");
        }
        let [href] = values(&html, "<link rel=\"manifest\" href=\"")[..] else { panic!("no manifest") };
        assert_eq!(
            folder.join(href).canonicalize().expect("the manifest"),
            built.public().join(manifest).canonicalize().expect("the manifest")
        );
    }
    let text = built.read("en/manifest.webmanifest");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        (
            &manifest["name"],
            &manifest["lang"],
            &manifest["start_url"],
            &manifest["scope"],
            &manifest["theme_color"]
        ),
        (&"Portal".into(), &"en".into(), &"./".into(), &"../".into(), &"#ffcc00".into())
    );
    let icons = manifest["icons"].as_array().expect("icons");
    let sizes: BTreeSet<_> =
        icons.iter().map(|icon| (icon["sizes"].as_str(), icon["purpose"].as_str())).collect();
    assert_eq!(sizes.len(), 3);
    for icon in icons {
        let path = built.public().join("en").join(icon["src"].as_str().expect("a path"));
        let (width, height) = dots(&fs::read(path).expect("the icon"));
        assert_eq!(icon["sizes"], format!("{width}x{height}"));
    }
    assert_eq!(dots(&fs::read(built.asset("apple-touch-icon.", ".png")).expect("the icon")), (180, 180));
}

#[test]
fn only_public_pages_tell_other_sites_of_themselves() {
    let public = Built::sample("public");
    let page = public.read("guides/a/index.html");
    let said = |property: &str| {
        let before = format!("<meta property=\"og:{property}\" content=\"");
        values(&page, &before).first().map(|value| (*value).to_owned())
    };
    assert_eq!(said("title").as_deref(), Some("Õpetus"));
    assert_eq!(said("site_name").as_deref(), Some("Portaal"));
    assert_eq!(said("url").as_deref(), Some("https://example.ee/testing/guides/a/"));
    assert_eq!(said("locale").as_deref(), Some("et_EE"));
    assert_eq!(said("locale:alternate").as_deref(), Some("en_GB"));
    let image = said("image").expect("a picture");
    let path = image.strip_prefix("https://example.ee/testing/").expect("below the address of the portal");
    assert_eq!(dots(&fs::read(public.public().join(path)).expect("the picture")), (1200, 630));

    let internal = Built::sample("internal");
    assert!(!internal.read("guides/a/index.html").contains("og:"));
    let cards = |built: &Built| {
        let files = fs::read_dir(built.public().join("assets")).expect("assets");
        files
            .filter(|entry| {
                entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("card."))
            })
            .count()
    };
    assert_eq!((cards(&public), cards(&internal)), (2, 0));
}

#[test]
fn a_square_logo_is_the_icon() {
    let square = LOGO.replace("120", "40");
    let built = Built::of(
        &[
            ("content/portal.yaml", "title: P\nlanguages: [en]\ntheme: {logo: logo.svg}\n"),
            ("content/index.md", "# P\n\nHello.\n"),
            ("content/logo.svg", &square),
        ],
        "internal",
    );
    assert_eq!(fs::read_to_string(built.asset("favicon.", ".svg")).expect("the icon"), square);
}

/// Browsers that open a page from a disk fetch no other file for a drawing.
#[test]
fn every_icon_of_a_page_is_in_it() {
    let built = Built::sample("internal");
    for path in html_files(&built.public()) {
        let page = fs::read_to_string(&path).expect("a page");
        let used: BTreeSet<&str> = values(&page, "<use href=\"#").into_iter().collect();
        let there: BTreeSet<&str> = values(&page, "<symbol id=\"").into_iter().collect();
        let missing: Vec<_> = used.difference(&there).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", path.display());
        assert!(!page.contains(".svg#"), "{}", path.display());
    }
}

fn html_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let found = entries.flat_map(|path| if path.is_dir() { html_files(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect()
}
