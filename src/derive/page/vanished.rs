//! What a portal made before and does not make any more: addresses, and parts of pages. Of each text that moved
//! where it stands now, as far as that can be told.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::derive::guidance::versions::version_root;
use crate::diagnostic::nearest;
use crate::model::addresses::{Address, Text, Told};

/// An address that leads nowhere now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vanished<'a> {
    /// It.
    pub address: &'a str,
    /// What stands elsewhere now.
    pub heir: Option<Heir<'a>>,
}

impl Vanished<'_> {
    /// Whether it stands for a version that is gone with all its pages.
    pub fn is_version(&self) -> bool {
        version_root(self.address) == Some(self.address)
    }
}

/// What stands elsewhere now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir<'a> {
    /// Its address.
    pub address: &'a str,
    /// The file of its text, where it has one.
    pub source: Option<&'a str>,
    /// How that is known.
    pub because: Because,
}

/// How it is known where something moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It has the same stable id.
    Id,
    /// Git knows that its file was renamed.
    Rename,
    /// It says the same.
    Content,
    /// It has the same title, or nearly so.
    Title,
    /// All pages of the folder stand in that one.
    Folder,
    /// The former address led there.
    Redirect,
}

/// Parts that a page does not have any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost<'a> {
    /// The page, where it stands now.
    pub address: &'a str,
    /// The file of its text.
    pub source: &'a str,
    /// The parts.
    pub anchors: Vec<&'a str>,
    /// The parts that it has.
    pub known: &'a [String],
}

/// Addresses of the past, seen beside those of today.
pub struct Comparison<'a> {
    told: &'a Told,
    /// What stands at an address today; former addresses are among them.
    made: HashMap<&'a str, &'a Address>,
    /// Texts that stand where nothing stood before.
    fresh: Vec<(&'a str, &'a Text)>,
    list: &'a [Address],
    gone: &'a BTreeSet<String>,
    /// What stands before the addresses of the versions of today.
    versions: BTreeSet<&'a str>,
}

/// An address without the slash by which a page differs from a file.
fn key(address: &str) -> &str {
    address.trim_end_matches('/')
}

impl<'a> Comparison<'a> {
    /// `told` beside the addresses `made` today; those in `gone` are known to be gone for good.
    pub fn of(told: &'a Told, made: &'a [Address], gone: &'a BTreeSet<String>) -> Self {
        let before: HashSet<&str> = told.list.iter().map(|address| key(&address.address)).collect();
        let fresh = made.iter().filter(|address| !before.contains(key(&address.address)));
        Self {
            told,
            made: made.iter().map(|address| (key(&address.address), address)).collect(),
            fresh: fresh.filter_map(|new| Some((new.address.as_str(), new.text.as_ref()?))).collect(),
            list: made,
            gone,
            versions: made.iter().filter_map(|address| version_root(&address.address)).collect(),
        }
    }

    /// The addresses that lead nowhere now, sorted. A page has an address in each language, and a module one for
    /// its slides; they are led on together and told once. So is a version of the guidance with all its pages.
    pub fn vanished(&self) -> Vec<Vanished<'a>> {
        let missing: Vec<&Address> =
            self.told.list.iter().filter(|address| self.is_missing(address)).collect();
        let (of_versions, missing): (Vec<&Address>, Vec<&Address>) =
            missing.into_iter().partition(|address| self.lost_version(address).is_some());
        let versions = of_versions.into_iter().filter_map(|address| self.lost_version(address));
        let versions = versions.map(|root| (root, Vanished { address: root, heir: None }));
        let addresses: HashSet<&str> = missing.iter().map(|address| address.address.as_str()).collect();
        let is_led_along = |address: &Address| {
            let main = main_address(address, &self.told.list);
            let is_name = address.leads_to.as_ref().is_some_and(|to| addresses.contains(to.as_str()));
            is_name || main != address.address && addresses.contains(main.as_str())
        };
        let alone = missing.into_iter().filter(|address| !is_led_along(address));
        let mut found: BTreeMap<&str, Vanished<'a>> = alone
            .map(|old| (old.address.as_str(), Vanished { address: &old.address, heir: self.heir(old) }))
            .collect();
        let folders: Vec<(&str, Heir<'a>)> = found
            .values()
            .filter(|vanished| vanished.heir.is_none())
            .filter_map(|vanished| Some((vanished.address, self.folder(vanished.address, &found)?)))
            .collect();
        for (address, heir) in folders {
            found.insert(address, Vanished { address, heir: Some(heir) });
        }
        found.extend(versions);
        found.into_values().collect()
    }

    fn is_missing(&self, address: &Address) -> bool {
        !self.made.contains_key(key(&address.address))
            && !self.gone.iter().any(|gone| {
                let is_version = version_root(gone) == Some(gone);
                key(gone) == key(&address.address) || is_version && address.address.starts_with(gone)
            })
    }

    /// The version to which an address belonged, if no page of it is left.
    fn lost_version(&self, address: &'a Address) -> Option<&'a str> {
        version_root(&address.address).filter(|root| !self.versions.contains(root))
    }

    fn heir(&self, old: &'a Address) -> Option<Heir<'a>> {
        if let Some(to) = &old.leads_to {
            let new = self.made.get(key(to))?;
            let source = new.text.as_ref()?.source.as_str();
            return Some(Heir { address: &new.address, source: Some(source), because: Because::Redirect });
        }
        let text = old.text.as_ref()?;
        let (address, new, because) = self.same_text(text)?;
        Some(Heir { address, source: Some(&new.source), because })
    }

    /// Where `text` stands now: the surest sign first.
    fn same_text(&self, text: &Text) -> Option<(&'a str, &'a Text, Because)> {
        let all = self.list.iter().filter_map(|new| Some((new.address.as_str(), new.text.as_ref()?)));
        let in_language = |new: &&(&str, &Text)| new.1.language == text.language;
        let renamed = self.told.renames.iter().find(|(before, _)| *before == text.source);
        let by_id = |new: &(&str, &Text)| text.id.is_some() && new.1.id == text.id;
        let by_rename = |new: &(&str, &Text)| renamed.is_some_and(|(_, after)| *after == new.1.source);
        let by_content = |new: &(&str, &Text)| text.digest.is_some() && new.1.digest == text.digest;
        let fresh = || self.fresh.iter().copied().filter(|new| in_language(&new));
        let found =
            only(all.clone().filter(|new| in_language(&new)).filter(by_id)).map(|new| (new, Because::Id));
        let found = found
            .or_else(|| Some((only(all.filter(|new| in_language(&new)).filter(by_rename))?, Because::Rename)))
            .or_else(|| Some((only(fresh().filter(by_content))?, Because::Content)))
            .or_else(|| Some((titled(&text.title, &fresh())?, Because::Title)));
        found.map(|((address, new), because)| (address, new, because))
    }

    /// The folder to which all pages of the folder at `address` moved.
    fn folder(&self, address: &str, found: &BTreeMap<&str, Vanished<'a>>) -> Option<Heir<'a>> {
        let inside =
            found.values().filter(|other| other.address != address && other.address.starts_with(address));
        let parents: Option<BTreeSet<&str>> =
            inside.map(|other| Some(parent(other.heir.as_ref()?.address))).collect();
        let parent = only(parents?.into_iter())?;
        let new = self.made.get(key(parent))?;
        Some(Heir { address: &new.address, source: None, because: Because::Folder })
    }

    /// Parts that pages lost, each text once.
    pub fn lost(&self) -> Vec<Lost<'a>> {
        let mut seen = HashSet::new();
        let texts = self.told.list.iter().filter_map(|old| Some((old, old.text.as_ref()?)));
        let lost = texts.filter_map(|(old, text)| {
            let (address, new) = self.now(old, text)?;
            let is_known = |anchor: &&String| new.anchors.contains(*anchor);
            let anchors: Vec<&str> =
                text.anchors.iter().filter(|anchor| !is_known(anchor)).map(String::as_str).collect();
            let is_told = anchors.is_empty() || !seen.insert((new.source.as_str(), anchors.clone()));
            (!is_told).then_some(Lost { address, source: &new.source, anchors, known: &new.anchors })
        });
        lost.collect()
    }

    /// What stands where a text stood, or where that leads.
    fn now(&self, old: &Address, text: &Text) -> Option<(&'a str, &'a Text)> {
        let Some(new) = self.made.get(key(&old.address)) else {
            return self.same_text(text).map(|(address, new, _)| (address, new));
        };
        let new = match &new.leads_to {
            Some(to) => self.made.get(key(to))?,
            None => new,
        };
        Some((&new.address, new.text.as_ref()?))
    }
}

/// The address of the same page in the default language, and not of its slides.
fn main_address(address: &Address, told: &[Address]) -> String {
    let without_slides = address.address.strip_suffix("slides/").filter(|rest| rest.len() > 1);
    let path = without_slides.unwrap_or(&address.address);
    let tags: BTreeSet<&str> =
        told.iter().filter_map(|other| Some(other.text.as_ref()?.language.as_str())).collect();
    // The language stands behind the version.
    let (root, rest) = path.split_at(version_root(path).map_or(0, |root| root.len() - 1));
    let without = |tag: &str| rest.strip_prefix('/')?.strip_prefix(tag).filter(|rest| rest.starts_with('/'));
    let rest = tags.into_iter().find_map(without).unwrap_or(rest);
    format!("{root}{rest}")
}

/// The one text with this title; of titles that are long enough to be compared, the one with the nearest.
fn titled<'a>(
    title: &str,
    texts: &(impl Iterator<Item = (&'a str, &'a Text)> + Clone),
) -> Option<(&'a str, &'a Text)> {
    const LONG: usize = 8;
    let has = |wanted: &str| only(texts.clone().filter(|(_, text)| text.title.eq_ignore_ascii_case(wanted)));
    let near = || match title.chars().count() {
        LONG.. => nearest(title, texts.clone().map(|(_, text)| text.title.as_str())),
        _ => None,
    };
    has(title).or_else(|| has(near()?))
}

/// The folder above an address.
fn parent(address: &str) -> &str {
    let path = key(address);
    path.rfind('/').map_or("/", |end| &path[..=end])
}

/// The one item of a list of one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(address: &str, source: &str, title: &str, digest: &str) -> Address {
        let text = Text {
            language: "et".to_owned(),
            title: title.to_owned(),
            id: None,
            digest: Some(digest.to_owned()),
            source: source.to_owned(),
            anchors: vec!["steps".to_owned()],
        };
        Address { address: address.to_owned(), leads_to: None, text: Some(text) }
    }

    fn plain(address: &str) -> Address {
        Address { address: address.to_owned(), leads_to: None, text: None }
    }

    fn named(mut page: Address, id: &str) -> Address {
        if let Some(text) = &mut page.text {
            text.id = Some(id.to_owned());
        }
        page
    }

    fn of(list: Vec<Address>, made: &[Address], renames: &[(&str, &str)]) -> Vec<String> {
        let renames = renames.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let told = Told { by: String::new(), list, renames };
        let gone = BTreeSet::from(["/gone/".to_owned()]);
        let comparison = Comparison::of(&told, made, &gone);
        let line = |vanished: Vanished<'_>| match vanished.heir {
            Some(heir) => format!("{} → {} {:?}", vanished.address, heir.address, heir.because),
            None => vanished.address.to_owned(),
        };
        comparison.vanished().into_iter().map(line).collect()
    }

    #[test]
    fn a_page_that_moved_is_known_by_the_surest_sign() {
        let told = vec![
            named(page("/a/", "a.md", "A", "1"), "a"),
            page("/b/", "b.md", "B", "2"),
            page("/c/", "c.md", "Something", "3"),
            page("/d/", "d.md", "Report a defect", "4"),
            page("/e/", "e.md", "Nothing like it", "5"),
        ];
        let made = [
            named(page("/new/a/", "new/a.md", "Renamed", "9"), "a"),
            page("/new/b/", "new/b.md", "Other", "8"),
            page("/new/c/", "new/c.md", "Changed", "3"),
            page("/new/d/", "new/d.md", "Report a defects", "7"),
        ];
        assert_eq!(
            of(told, &made, &[("b.md", "new/b.md")]),
            [
                "/a/ → /new/a/ Id",
                "/b/ → /new/b/ Rename",
                "/c/ → /new/c/ Content",
                "/d/ → /new/d/ Title",
                "/e/",
            ]
        );
    }

    #[test]
    fn what_two_pages_could_be_is_neither() {
        let told = vec![page("/a/", "a.md", "A", "1")];
        let made = [page("/b/", "b.md", "X", "1"), page("/c/", "c.md", "Y", "1")];
        assert_eq!(of(told, &made, &[]), ["/a/"]);
    }

    #[test]
    fn a_page_that_stood_there_before_is_no_heir_by_its_words() {
        let told = vec![page("/a/", "a.md", "A", "1"), page("/b/", "b.md", "A", "1")];
        assert_eq!(of(told, &[page("/b/", "b.md", "A", "1")], &[]), ["/a/"]);
    }

    #[test]
    fn languages_and_slides_are_led_along_and_folders_follow_their_pages() {
        let mut english = page("/en/old/a/", "old/a.md", "A", "1");
        if let Some(text) = &mut english.text {
            text.language = "en".to_owned();
        }
        let told = vec![
            page("/old/a/", "old/a.md", "A", "1"),
            english,
            plain("/old/"),
            plain("/en/old/"),
            plain("/old/a/slides/"),
            plain("/feed.xml"),
            plain("/gone/"),
        ];
        let made = [page("/new/a/", "new/a.md", "A", "1"), plain("/new/"), plain("/feed.xml")];
        assert_eq!(of(told, &made, &[]), ["/old/ → /new/ Folder", "/old/a/ → /new/a/ Content"]);
        let mut name = plain("/v/latest/b/");
        name.leads_to = Some("/b/".to_owned());
        let told =
            vec![page("/b/", "b.md", "B", "2"), plain("/en/b/"), plain("/v/1/c/"), plain("/v/1/et/c/"), name];
        assert_eq!(of(told, &[plain("/v/1/"), plain("/v/latest/")], &[]), ["/b/", "/en/b/", "/v/1/c/"]);
    }

    #[test]
    fn a_version_that_is_gone_is_told_once() {
        let told = ["/v/1/", "/v/1/a/", "/v/1/en/a/", "/v/2/a/", "/v/2/b/", "/v/0/a.html", "/v/0/x/"]
            .map(plain)
            .to_vec();
        assert_eq!(of(told.clone(), &[plain("/v/2/b/")], &[]), ["/v/0/", "/v/1/", "/v/2/a/"]);
        let (told, gone) = (
            Told { by: String::new(), list: told, renames: Vec::new() },
            BTreeSet::from(["/v/0/", "/v/1/", "/v/2/a/"].map(str::to_owned)),
        );
        assert_eq!(Comparison::of(&told, &[plain("/v/2/b/")], &gone).vanished(), []);
    }

    #[test]
    fn a_redirect_keeps_an_address() {
        let mut redirect = plain("/old/");
        redirect.leads_to = Some("/new/".to_owned());
        let new = page("/new/", "new.md", "A", "1");
        assert_eq!(of(vec![plain("/old/")], &[redirect.clone(), new.clone()], &[]), [""; 0]);
        assert_eq!(of(vec![redirect], &[new], &[]), ["/old/ → /new/ Redirect"]);
    }

    #[test]
    fn parts_that_are_gone_are_told_once_for_each_text() {
        let told = Told {
            by: String::new(),
            list: vec![page("/a/", "a.md", "A", "1"), page("/en/a/", "a.md", "A", "1")],
            renames: Vec::new(),
        };
        let mut now = page("/a/", "a.md", "A", "1");
        if let Some(text) = &mut now.text {
            text.anchors = vec!["stages".to_owned()];
        }
        let mut english = now.clone();
        english.address = "/en/a/".to_owned();
        let (made, gone) = ([now, english], BTreeSet::new());
        let lost = Comparison::of(&told, &made, &gone).lost();
        assert_eq!(lost.len(), 1);
        assert_eq!((lost[0].address, &lost[0].anchors), ("/a/", &vec!["steps"]));
    }
}
