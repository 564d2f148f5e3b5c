//! Versions of the guidance, from `portal.yaml` to the files of the portal.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use walkdir::WalkDir;

const DAY: &str = "2026-10-16";

/// What the program printed: answers, then what it said besides.
fn juhend(root: &Path, arguments: &[&str]) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_juhend"))
        .arg("-C")
        .arg(root)
        .args(["--color", "never", "--as-of", DAY])
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

fn fine(root: &Path, arguments: &[&str]) -> (String, String) {
    let (is_fine, answer, said) = juhend(root, arguments);
    assert!(is_fine, "{arguments:?}: {said}");
    (answer, said)
}

fn put(root: &Path, path: &str, text: &str) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().expect("a folder")).expect("folder");
    fs::write(full, text).expect("file");
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of a built portal with its bytes.
fn files(public: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = WalkDir::new(public).into_iter().map(|entry| entry.expect("entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(public).expect("below").to_owned();
            (name, fs::read(entry.path()).expect("file"))
        })
        .collect()
}

/// A portal with an older version that links to a release, names a partner and shows a gate.
fn portal() -> TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path();
    put(
        root,
        "content/portal.yaml",
        "title: Portal # the name\nbase_url: https://p.example.ee/\nlanguages: [et, en]\n\
         products: {p: {title: Product}}\nteams: {t: {title: Team}}\nversions:\n\
         # Newest first.\n- {id: \"2\", state: current}\n\
         - {id: \"1\", from: \"dir:old/one\", state: supported}\n\
         - {id: \"live\", from: \"dir:old/live\", state: archived} # shows records\n",
    );
    let partners = "partners:\n- {id: bank, title: Bank, kind: partner}\n- {id: post, title: Post, kind: partner}\n\
                    - {id: registry, title: Registry, kind: agency}\n";
    put(root, "content/partners.yaml", partners);
    put(root, "content/guides/a.md", "# A\n\nNew words.\n");
    put(
        root,
        "content/releases/r1.yaml",
        "product: p\ncontents: []\nschedule: {install: 2026-10-20T20:00}\n",
    );
    put(
        root,
        "old/one/guides/a.md",
        "---\nowner: bank\nodd: 1\n---\n# A\n\nOld words on [the release](../releases/r1.yaml) and [b](b.md).\n",
    );
    put(root, "old/one/guides/b.md", "# B\n\n![Picture](b.png)\n");
    put(root, "old/one/guides/b.png", "png");
    put(root, "old/live/guides/gate.md", "# Live\n\n```release\nrelease: r1\n```\n");
    folder
}

#[test]
fn a_version_that_stays_comes_out_as_it_would_be_made() {
    let folder = portal();
    let root = folder.path();
    let same_as_new = |what: &str| {
        let (_, said) = fine(root, &["--verbose", "build"]);
        fine(root, &["build", "-o", "fresh"]);
        let (built, fresh) = (files(&root.join("public")), files(&root.join("fresh")));
        let differing: Vec<&PathBuf> =
            fresh.keys().chain(built.keys()).filter(|name| built.get(*name) != fresh.get(*name)).collect();
        assert!(differing.is_empty(), "{what}: {differing:?}");
        fs::remove_dir_all(root.join("fresh")).expect("removed");
        fs::remove_file(root.join(".fresh.notes")).expect("removed");
        // What was wrong with a version is told again by those who need not read it.
        let line = "old/one/guides/a.md:3:1: warning[unknown-key]: in the version `1`: unknown key `odd`\n  |\n3 | odd: 1";
        assert!(said.contains(line), "{what}: {said}");
        !said.contains("as they were: `/v/1`") && !said.contains("nothing was read")
    };
    assert!(same_as_new("the first build"), "is read");
    assert!(!same_as_new("nothing changed"), "stays");
    put(root, "content/guides/a.md", "# A\n\nOther words.\n");
    put(
        root,
        "content/releases/r1.yaml",
        "title: R\nproduct: p\ncontents: []\nschedule: {install: 2026-10-21T20:00}\n",
    );
    assert!(!same_as_new("a record that one version links to and another shows"), "stays");
    put(root, "content/guides/b.md", "# B\n");
    assert!(same_as_new("a page that the switcher leads to"), "is made");
    fs::remove_file(root.join("content/releases/r1.yaml")).expect("removed");
    put(root, "content/guides/c.md", "# C\n");
    put(root, "old/live/guides/gate.md", "# Live\n");
    assert!(same_as_new("a record that is gone"), "is made");
    put(root, "content/partners.yaml", "partners: [{id: bank, title: Big bank, kind: partner}]\n");
    assert!(same_as_new("the name of an owner"), "is made");
    fs::write(root.join("public/v/1/guides/b/index.html"), "by hand").expect("written");
    assert!(same_as_new("a file of the portal"), "is made");
    fs::remove_file(root.join(".public.notes")).expect("removed");
    assert!(same_as_new("the notes"), "is made");
}

#[test]
fn what_is_dated_stands_once_beside_the_current_version() {
    let folder = portal();
    let root = folder.path();
    fine(root, &["build"]);
    let public = root.join("public");
    for there in [
        "releases/r1/index.html",
        "v/1/guides/a/index.html",
        "v/1/en/guides/a/index.html",
        "v/1/guides/b.png",
    ] {
        assert!(public.join(there).is_file(), "{there}");
    }
    for absent in
        ["v/1/releases", "v/1/schedule", "v/1/feed.xml", "v/1/schedule.ics", "v/1/api", "v/2/guides"]
    {
        assert!(!public.join(absent).exists(), "{absent}");
    }
    let old = read(&public, "v/1/guides/a/index.html");
    assert!(old.contains("href=\"../../../../releases/r1/\""), "{old}");
    assert!(old.contains("rel=\"canonical\" href=\"https://p.example.ee/guides/a/\""), "{old}");
    assert!(!old.contains("noindex") && !old.contains("hreflang=\"en\" href=\"https"), "{old}");
    let dropped = read(&public, "v/1/guides/b/index.html");
    assert!(dropped.contains("rel=\"canonical\" href=\"https://p.example.ee/v/1/guides/b/\""), "{dropped}");
    let archived = read(&public, "v/live/guides/gate/index.html");
    assert!(
        archived.contains("content=\"noindex\"") && archived.contains("banner is-archived"),
        "{archived}"
    );
    let sitemap = read(&public, "sitemap.xml");
    assert!(sitemap.contains("/v/1/guides/a/") && !sitemap.contains("/v/live/"), "{sitemap}");
    let latest = read(&public, "v/latest/en/guides/a/index.html");
    assert!(latest.contains("url=../../../../../en/guides/a/"), "{latest}");
    let current = read(&public, "guides/a/index.html");
    assert!(!current.contains("class=\"banner"), "{current}");
    let release = read(&public, "releases/r1/index.html");
    assert!(release.contains("href=\"../../v/1/#p:nearest\""), "{release}");
}

#[test]
fn the_content_folder_is_the_next_version_while_another_is_current() {
    let folder = portal();
    let root = folder.path();
    put(
        root,
        "content/portal.yaml",
        "title: Portal\nbase_url: https://p.example.ee/\nlanguages: [et]\nproducts: {p: {title: Product}}\n\
         versions:\n- {id: \"1\", from: \"dir:old/one\", state: current}\n",
    );
    put(root, "content/guides/c.md", "# C\n\nNot in force, see [the release](../releases/r1.yaml).\n");
    fine(root, &["build"]);
    let public = root.join("public");
    assert!(read(&public, "guides/a/index.html").contains("Old words"));
    assert!(public.join("guides/b/index.html").is_file() && public.join("guides/b.png").is_file());
    assert!(!public.join("guides/c").exists() && public.join("releases/r1/index.html").is_file());
    let next = read(&public, "next/guides/c/index.html");
    assert!(next.contains("banner is-preview") && next.contains("noindex"), "{next}");
    assert!(next.contains("href=\"../../../releases/r1/\""), "{next}");
    assert!(next.contains("href=\"../../../guides/#p:nearest\""), "{next}");
    assert!(!read(&public, "sitemap.xml").contains("/next/"));
}

#[test]
fn finished_html_is_copied_and_only_for_those_who_may_see_all() {
    let folder = portal();
    let root = folder.path();
    put(root, "html/guides/a.html", "<h1>A</h1><p>A, as it was.");
    let portal = read(root, "content/portal.yaml");
    put(root, "content/portal.yaml", &format!("{portal}- {{id: \"0\", from: \"frozen:html\"}}\n"));
    fine(root, &["build"]);
    assert_eq!(read(root, "public/v/0/guides/a.html"), "<h1>A</h1><p>A, as it was.");
    assert!(read(root, "public/guides/a/index.html").contains("href=\"../../v/0/guides/a.html\""));
    // What changed since is told by its pages, too.
    let changes = read(root, "public/diff/0..live/index.html");
    assert!(changes.contains("href=\"../../v/0/guides/a.html\""), "what was dropped: {changes}");
    let (said, _) = fine(root, &["diff", "0", "1"]);
    let text = "Changed (1)\n  guides/a  A\n\nguides/a (et)\n    [-A, as it was.-]\n    \
                {+Old words on the release and b.+}\n";
    assert!(said.contains("Added (1)\n  guides/b  B\n") && said.ends_with(text), "{said}");
    // Its bytes say nothing to search engines.
    assert!(read(root, "public/robots.txt").contains("\nDisallow: /v/0/\n"));
    assert!(!read(root, "public/sitemap.xml").contains("/v/0/"));
    fine(root, &["build", "--audience", "public"]);
    assert!(!root.join("public/v/0").exists());
    put(
        root,
        "content/portal.yaml",
        &format!("{portal}- {{id: \"0\", from: \"frozen:html\", audience: public}}\n"),
    );
    fine(root, &["build", "--audience", "public"]);
    assert!(root.join("public/v/0/guides/a.html").is_file());
}

#[test]
fn addresses_of_versions_are_kept_like_all_others() {
    let folder = portal();
    let root = folder.path();
    fine(root, &["build"]);
    let list = read(root, "public/addresses.json");
    for address in ["/v/1/guides/b/", "/v/1/en/guides/b/", "/v/live/", "/v/latest/guides/a/"] {
        assert!(list.contains(&format!("{{\"address\":\"{address}\"")), "{address}: {list}");
    }
    fine(root, &["check", "--against", "public"]);
    // A page of a version, and a version.
    fs::remove_file(root.join("old/one/guides/b.md")).expect("removed");
    let settings = read(root, "content/portal.yaml");
    put(root, "content/portal.yaml", &settings.replace("- {id: \"live\"", "#"));
    let (is_fine, _, said) = juhend(root, &["check", "--against", "public"]);
    assert!(!is_fine && said.contains("2 errors"), "{said}");
    for told in [
        "`/v/1/guides/b/` was an address of the portal in `public` and leads nowhere now",
        "`/v/live/` and what is below it were addresses of the portal in `public` and lead nowhere now",
    ] {
        assert!(said.contains(told), "{said}");
    }
    let gone =
        read(root, "content/portal.yaml") + "redirects: {/v/live/: gone, /v/1/guides/b/: /guides/a/}\n";
    put(root, "content/portal.yaml", &gone);
    fine(root, &["check", "--against", "public"]);
}

#[test]
fn addresses_are_those_of_the_version_that_is_current() {
    let folder = portal();
    let root = folder.path();
    let settings = |from: &str| {
        format!(
            "title: Portal\nlanguages: [et]\nproducts: {{p: {{title: Product}}}}\nteams: {{t: {{title: Team}}}}\n\
             versions:\n- {{id: \"1\", from: \"{from}\", state: current}}\n"
        )
    };
    put(root, "content/portal.yaml", &settings("dir:old/one"));
    // In the next version alone, which promises nothing yet.
    put(root, "content/guides/c.md", "# C\n");
    git(root, &["init", "-q"]);
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "Begin"]);
    fine(root, &["build"]);
    let list = read(root, "public/addresses.json");
    assert!(list.contains("\"/guides/b/\"") && !list.contains("guides/c/"), "{list}");
    put(root, "old/two/guides/a.md", &read(root, "old/one/guides/a.md"));
    put(root, "old/two/guides/renamed.md", "# B\n\n![Picture](b.png)\n");
    put(root, "old/two/guides/b.png", "png");
    put(root, "content/portal.yaml", &settings("dir:old/two"));
    for against in ["public", "git:HEAD"] {
        let (is_fine, _, said) = juhend(root, &["check", "--against", against]);
        assert!(!is_fine && said.contains("`/guides/b/` was an address"), "{against}: {said}");
    }
    // Nobody writes the version any more, so that the portal leads on.
    let (_, said) = fine(root, &["check", "--against", "git:HEAD", "--fix"]);
    assert!(said.contains("added the redirect `/guides/b/: /guides/renamed/` to `portal.yaml`"), "{said}");
    let written = read(root, "content/portal.yaml");
    assert!(written.ends_with("state: current}\nredirects:\n  /guides/b/: /guides/renamed/\n"), "{written}");
}

#[test]
fn a_version_is_cut_and_archived_where_it_is_listed() {
    let folder = portal();
    let root = folder.path();
    let (answer, _) = fine(root, &["version", "list"]);
    assert!(
        answer.starts_with("2     current    /         the content folder\n1     supported  /v/1/"),
        "{answer}"
    );
    let (answer, _) = fine(root, &["version", "cut", "2"]);
    assert_eq!(answer, "git tag guides-2\ngit push origin guides-2\n");
    fine(root, &["version", "archive", "1"]);
    let text = read(root, "content/portal.yaml");
    assert!(text.starts_with("title: Portal # the name\n"), "{text}");
    let list = "versions:\n# Newest first.\n- {id: \"2\", from: \"git:guides-2\", state: current}\n\
                - {id: \"1\", from: \"dir:old/one\", state: archived}\n- {id: \"live\"";
    assert!(text.contains(list), "{text}");
    let (is_fine, _, said) = juhend(root, &["version", "archive", "2"]);
    assert!(!is_fine && said.contains("is the current one"), "{said}");
    let (is_fine, _, said) = juhend(root, &["version", "archive", "lve"]);
    assert!(!is_fine && said.contains("did you mean `live`?"), "{said}");
}

/// The parts of `text` between `start` and `end`.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The file below `public` that `href` leads to from `page`, and the part of it that it names.
fn target(page: &Path, href: &str) -> (PathBuf, Option<String>) {
    let (path, fragment) =
        href.split_once('#').map_or((href, None), |(path, part)| (path, Some(part.to_owned())));
    let mut full = page.parent().expect("a folder").to_owned();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." {
            assert!(full.pop(), "{href} leads out of the portal");
        } else {
            full.push(part);
        }
    }
    let is_folder = path.is_empty() || path.ends_with('/');
    (if is_folder { full.join("index.html") } else { full }, fragment)
}

#[test]
fn every_way_between_versions_of_the_example_lands() {
    let built = tempfile::tempdir().expect("temporary folder");
    let public = built.path().join("public");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fine(root, &["build", "-o", public.to_str().expect("UTF-8")]);
    let pages = files(&public);
    let text = |path: &Path| pages.get(path).map(|bytes| String::from_utf8_lossy(bytes));
    let (mut ways, mut nearest) = (0, 0);
    for (path, bytes) in
        pages.iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"))
    {
        let page = String::from_utf8_lossy(bytes);
        let switcher = between(&page, "<nav class=\"versions\"", "</nav>");
        let banner = between(&page, "<div class=\"banner", "</div>");
        let moved = between(&page, "http-equiv=\"refresh\" content=\"0; url=", "\"");
        let links = switcher.iter().chain(&banner).flat_map(|part| between(part, "href=\"", "\""));
        let links = links.filter(|href| !href.contains("icons")).chain(moved);
        for href in links {
            let (target, fragment) = target(path, href);
            let there = text(&target).unwrap_or_else(|| panic!("{}: {href}", path.display()));
            let is_there = fragment.as_ref().is_none_or(|part| there.contains(&format!("id=\"{part}\"")));
            assert!(is_there, "{}: {href}", path.display());
            ways += 1;
            nearest += usize::from(fragment.is_some());
        }
        let is_made = !page.contains("http-equiv=\"refresh\"");
        assert_eq!(switcher.len(), usize::from(is_made), "{}", path.display());
    }
    assert!(ways > 5_000 && nearest > 100, "{ways} ways, {nearest} to the nearest page");
}

fn git(root: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "user.name=T", "-c", "user.email=t@example.ee", "-c", "commit.gpgsign=false"])
        .args(["-c", "init.defaultBranch=main"])
        .args(arguments)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_tag_of_a_repository_is_a_version() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path();
    let listed = "title: Portal\nbase_url: https://p.example.ee/\nlanguages: [et]\nversions:\n\
                  - {id: \"now\", state: current}\n- {id: \"*\", from: \"git:guides-*\", state: archived}\n";
    put(root, "content/portal.yaml", listed);
    let words = "A guide of some length, so that it is known again when little of it changes.\n".repeat(8);
    put(root, "content/guides/kept.md", &format!("# Kept\n\n{words}"));
    git(root, &["init", "-q"]);
    for tag in 1..=4 {
        put(root, &format!("content/guides/of-{tag}.md"), &format!("# Only {tag}\n\n![P](of-{tag}.png)\n"));
        put(root, &format!("content/guides/of-{tag}.png"), "png");
        let (old, new) =
            (format!("content/guides/kept{}.md", tag - 1), format!("content/guides/kept{tag}.md"));
        let before = if tag == 1 { "content/guides/kept.md" } else { &old };
        fs::rename(root.join(before), root.join(&new)).expect("renamed");
        put(root, &new, &format!("# Kept\n\n{words}Of {tag}.\n"));
        git(root, &["add", "-A"]);
        git(root, &["commit", "-qm", "Change"]);
        git(root, &["tag", &format!("guides-{tag}")]);
        fs::remove_file(root.join(format!("content/guides/of-{tag}.md"))).expect("removed");
        fs::remove_file(root.join(format!("content/guides/of-{tag}.png"))).expect("removed");
    }
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "Change"]);
    fine(root, &["build"]);
    let public = root.join("public");
    for tag in 1..=4 {
        assert!(
            read(&public, &format!("v/{tag}/guides/kept{tag}/index.html")).contains(&format!("Of {tag}."))
        );
        assert_eq!(read(&public, &format!("v/{tag}/guides/of-{tag}.png")), "png");
        let first = read(&public, &format!("v/{tag}/guides/kept{tag}/index.html"));
        assert!(first.contains("href=\"../../../../guides/kept4/\""), "{tag}: {first}");
    }
    let now = read(&public, "guides/kept4/index.html");
    assert!(now.contains("href=\"../../v/1/guides/kept1/\""), "{now}");
    let kept = files(&public);
    fine(root, &["build"]);
    fine(root, &["build", "-o", "fresh"]);
    assert!(kept == files(&public) && kept == files(&root.join("fresh")));
    put(root, "content/portal.yaml", &listed.replace("guides-*", "gone-*"));
    let (is_fine, _, said) = juhend(root, &["build"]);
    assert!(!is_fine && said.contains("error[version-missing]"), "{said}");
}
