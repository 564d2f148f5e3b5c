//! In which order training modules are taken.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::derive::page::links;
use crate::derive::page::routes::{Routes, Subject};
use crate::model::Site;
use crate::model::document::{Document, DocumentKind, Extra};

/// What each training module requires, as keys of pages.
#[derive(Debug, Clone, Default)]
pub struct Prerequisites {
    requires: BTreeMap<String, Vec<String>>,
    required_by: BTreeMap<String, Vec<String>>,
    steps: BTreeMap<String, usize>,
}

impl Prerequisites {
    /// What the modules of `site` require. Pages that are no modules may be required too; they are read,
    /// and are no part of the path.
    pub fn of(site: &Site, routes: &Routes) -> Self {
        let modules = site.documents_of(DocumentKind::Training).filter(|document| !document.is_index);
        let requires: BTreeMap<String, Vec<String>> =
            modules.map(|module| (module.key.clone(), required(site, routes, module))).collect();
        let mut required_by: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (module, before) in &requires {
            for key in before {
                required_by.entry(key.clone()).or_default().push(module.clone());
            }
        }
        Self { steps: steps(&requires), requires, required_by }
    }

    /// The modules to take before the one with `key`, those that others of them require first; the
    /// module itself is never among them.
    pub fn before<'a>(&'a self, key: &'a str) -> Vec<&'a str> {
        let mut found = BTreeSet::new();
        let mut open = vec![key];
        while let Some(next) = open.pop() {
            open.extend(self.direct(next).filter(|before| found.insert(*before)));
        }
        found.remove(key);
        let mut before: Vec<&str> = found.into_iter().collect();
        before.sort_by_key(|key| (self.step(key).is_none(), self.step(key), *key));
        before
    }

    /// The modules that require the one with `key`, by key.
    pub fn after<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.required_by.get(key).into_iter().flatten().map(String::as_str).filter(move |after| *after != key)
    }

    /// At which step the module with `key` can be taken, from 1: one later than the last module it requires.
    /// Nothing of a module that requires itself, or one that does: nobody can ever begin it.
    pub fn step(&self, key: &str) -> Option<usize> {
        self.steps.get(key).copied()
    }

    /// Whether any module requires another.
    pub fn is_path(&self) -> bool {
        !self.required_by.is_empty()
    }

    /// Modules that require each other in a ring: each requires the next, the last requires the first.
    /// Of rings that share a module only one is told, since mending it may mend the others.
    pub fn rings(&self) -> Vec<Vec<&str>> {
        let mut seen = BTreeSet::new();
        let mut rings = Vec::new();
        for key in self.requires.keys().filter(|key| self.step(key).is_none()) {
            let Some(ring) = self.ring(key) else { continue };
            if ring.iter().all(|key| seen.insert(*key)) {
                rings.push(ring);
            }
        }
        rings
    }

    /// The shortest way from a module back to itself.
    fn ring<'a>(&'a self, key: &'a str) -> Option<Vec<&'a str>> {
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut open = VecDeque::from([key]);
        while let Some(at) = open.pop_front() {
            for next in self.direct(at) {
                if next == key {
                    let mut ring = vec![at];
                    ring.extend(std::iter::successors(Some(at), |at| came_from.get(at).copied()).skip(1));
                    ring.reverse();
                    return Some(ring);
                }
                if !came_from.contains_key(next) {
                    came_from.insert(next, at);
                    open.push_back(next);
                }
            }
        }
        None
    }

    fn direct(&self, key: &str) -> impl Iterator<Item = &str> {
        self.requires.get(key).into_iter().flatten().map(String::as_str)
    }
}

/// The modules that a module names, without those that are not there.
fn required(site: &Site, routes: &Routes, module: &Document) -> Vec<String> {
    let Extra::Training(training) = &module.main().extra else { return Vec::new() };
    let is_module = |key: &String| {
        site.document(key).is_some_and(|found| found.kind == DocumentKind::Training && !found.is_index)
    };
    let key = |path: &str| match links::page_at(routes, &module.main().path, path) {
        Ok(Subject::Document(key)) => Some(key).filter(is_module),
        _ => None,
    };
    training.requires.iter().filter_map(|page| key(page.id())).collect()
}

fn steps(requires: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, usize> {
    let mut steps: BTreeMap<String, usize> = BTreeMap::new();
    for step in 1.. {
        let is_open = |(key, before): &(&String, &Vec<String>)| {
            !steps.contains_key(*key) && before.iter().all(|before| steps.contains_key(before))
        };
        let next: Vec<String> = requires.iter().filter(is_open).map(|(key, _)| key.clone()).collect();
        if next.is_empty() {
            break;
        }
        steps.extend(next.into_iter().map(|key| (key, step)));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sample::tree;

    fn of(modules: &[(&str, &str)]) -> Prerequisites {
        let texts: Vec<(String, String)> = modules
            .iter()
            .map(|(name, requires)| {
                (format!("training/{name}.md"), format!("---\nrequires: [{requires}]\n---\n"))
            })
            .collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (&**path, &**text)).collect();
        let site = tree(&files);
        Prerequisites::of(&site, &Routes::of(&site))
    }

    #[test]
    fn a_module_comes_one_step_after_the_last_it_requires() {
        let path = of(&[
            ("10-basics", ""),
            ("20-design", "10-basics.md"),
            ("30-defects", "10-basics.md"),
            ("40-data", "20-design.md"),
            ("60-uat", "10-basics.md, 30-defects.md"),
            ("90-tools", ""),
        ]);
        for (key, step, before, after) in [
            ("10-basics", 1, vec![], vec!["20-design", "30-defects", "60-uat"]),
            ("20-design", 2, vec!["10-basics"], vec!["40-data"]),
            ("40-data", 3, vec!["10-basics", "20-design"], vec![]),
            ("60-uat", 3, vec!["10-basics", "30-defects"], vec![]),
            ("90-tools", 1, vec![], vec![]),
        ] {
            let key = format!("training/{key}");
            let named =
                |keys: Vec<&str>| keys.iter().map(|key| format!("training/{key}")).collect::<Vec<_>>();
            assert_eq!(path.step(&key), Some(step), "{key}");
            assert_eq!(path.before(&key), named(before), "{key}");
            assert_eq!(path.after(&key).collect::<Vec<_>>(), named(after), "{key}");
        }
        assert!(path.is_path() && path.rings().is_empty());
    }

    #[test]
    fn nobody_can_begin_modules_that_require_each_other() {
        let path =
            of(&[("a", "b.md"), ("b", "c.md"), ("c", "a.md"), ("d", "c.md"), ("e", "e.md"), ("f", "")]);
        let steps = ["a", "b", "c", "d", "e", "f"].map(|name| path.step(&format!("training/{name}")));
        assert_eq!(steps, [None, None, None, None, None, Some(1)]);
        // `d` is only behind the ring.
        assert_eq!(path.rings(), [vec!["training/a", "training/b", "training/c"], vec!["training/e"]]);
        assert_eq!(path.before("training/a"), ["training/b", "training/c"]);
    }

    #[test]
    fn only_modules_are_steps() {
        let site = tree(&[
            ("guides/g.md", "# G"),
            ("training/index.md", "# All"),
            ("training/a.md", "---\nrequires: [../guides/g.md, index.md, gone.md]\n---\n"),
        ]);
        let path = Prerequisites::of(&site, &Routes::of(&site));
        assert!(!path.is_path());
        assert_eq!(path.step("training/a"), Some(1));
    }
}
