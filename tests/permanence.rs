//! Addresses that stay: the list of them, redirects, `check --against`, `--fix`, reports for forges, and outside
//! links, against a server of our own.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

mod program;

use program::{dated, git, put, read};

const PORTAL: &str = "title: Portal\nbase_url: https://example.ee/testing/\nlanguages: [et, en]\n";
const DEFECTS: &str = "---\ntitle: Report a defect  # shown in lists\n# nobody removes this\nowner: sit\n---\nHow to report.\n\n## Steps\n\nOne.\n";

fn portal() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("temporary folder");
    put(root.path().join("content/portal.yaml"), format!("{PORTAL}teams: {{sit: {{title: SIT}}}}\n"));
    put(root.path().join("content/index.md"), "# Portal\n\n[One](guides/defects/report.md)\n");
    put(root.path().join("content/guides/defects/report.md"), DEFECTS);
    root
}

fn move_page(root: &Path) {
    fs::create_dir_all(root.join("content/guides/faults")).expect("folder");
    fs::rename(root.join("content/guides/defects/report.md"), root.join("content/guides/faults/tell.md"))
        .expect("moved");
    put(root.join("content/index.md"), "# Portal\n\n[One](guides/faults/tell.md)\n");
}

#[test]
fn every_build_lists_its_addresses_a_line_each() {
    let root = portal();
    dated(root.path(), &["build"]).fine();
    let text = read(root.path().join("public/addresses.json"));
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let addresses: Vec<&str> = list["addresses"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| entry["address"].as_str().expect("an address"))
        .collect();
    assert!(addresses.is_sorted() && text.lines().count() == addresses.len() + 2, "{text}");
    for address in
        ["/", "/en/guides/defects/report/", "/feed.xml", "/guides/defects/", "/guides/defects/report/"]
    {
        assert!(addresses.contains(&address), "{address}\n{text}");
    }
    assert!(!text.contains("assets/") && !text.contains("404"), "{text}");
    let line = text.lines().find(|line| line.contains("\"/guides/defects/report/\"")).expect("the page");
    assert!(
        line.contains("\"anchors\":[\"steps\"]") && line.contains("\"title\":\"Report a defect\""),
        "{line}"
    );
}

#[test]
fn an_address_that_vanished_fails_until_an_alias_keeps_it() {
    let root = portal();
    let root = root.path();
    dated(root, &["build"]).fine();
    let same = dated(root, &["check", "--against", "public"]);
    assert_eq!(same.code, 0, "{}", same.err);
    move_page(root);
    let moved = dated(root, &["check", "--against", "public"]);
    assert_eq!(moved.code, 2);
    let text = moved.err;
    for told in [
        "content/guides/faults/tell.md:1:1: error[vanished-address]: `/guides/defects/report/` was an address of \
         the portal in `public` and leads nowhere now; `/guides/faults/tell/` says the same",
        "= hint: add `aliases: [/guides/defects/report/]` to its front matter, or let `--fix` do it",
        "`/guides/defects/` was an address of the portal in `public` and leads nowhere now; its pages are in \
         `/guides/faults/`",
        "= hint: add `/guides/defects/: /guides/faults/` to `redirects` in portal.yaml",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    assert!(!text.contains("`/en/guides/"), "a page is told once, not in each language: {text}");
    let fixed = dated(root, &["check", "--against", "public", "--fix"]);
    assert!(fixed.err.contains("added the alias `/guides/defects/report/` to `guides/faults/tell.md`"));
    assert_eq!(
        read(root.join("content/guides/faults/tell.md")),
        DEFECTS.replace("owner: sit\n", "owner: sit\naliases: [/guides/defects/report/]\n")
    );
    put(
        root.join("content/portal.yaml"),
        format!("{PORTAL}teams: {{sit: {{title: SIT}}}}\nredirects: {{/guides/defects/: /guides/faults/}}\n"),
    );
    let kept = dated(root, &["check", "--against", "public"]);
    assert_eq!(kept.code, 0, "{}", kept.err);
}

#[test]
fn redirects_are_pages_and_rules_of_servers() {
    let root = portal();
    let root = root.path();
    move_page(root);
    let page = DEFECTS.replace("owner: sit\n", "aliases: [/guides/defects/report/, /old.html]\n");
    put(root.join("content/guides/faults/tell.md"), &page);
    dated(root, &["build"]).fine();
    for (path, href) in [
        ("public/guides/defects/report/index.html", "../../faults/tell/"),
        ("public/en/guides/defects/report/index.html", "../../faults/tell/"),
        ("public/old.html", "guides/faults/tell/"),
    ] {
        let html = read(root.join(path));
        assert!(html.contains(&format!("<meta http-equiv=\"refresh\" content=\"0; url={href}\">")), "{html}");
    }
    let nginx = read(root.join("public/redirects.nginx.map"));
    assert!(
        nginx.contains("\"/testing/guides/defects/report/\" \"/testing/guides/faults/tell/\";\n")
            && nginx.contains("\"/testing/guides/defects/report\" \"/testing/guides/faults/tell/\";\n"),
        "{nginx}"
    );
    let netlify = read(root.join("public/_redirects"));
    assert!(netlify.contains("/testing/old.html /testing/guides/faults/tell/ 301\n"), "{netlify}");
    let built = dated(root, &["build", "-o", "bare", "--no-redirect-pages"]);
    built.fine();
    assert!(!root.join("bare/old.html").exists() && root.join("bare/_redirects").is_file());
}

#[test]
fn a_revision_and_a_folder_of_content_are_compared_with_too() {
    let root = portal();
    let root = root.path();
    git(root, &["init", "-q"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "First"]);
    git(root, &["tag", "told"]);
    let copy = tempfile::tempdir().expect("temporary folder");
    for file in ["content/portal.yaml", "content/index.md", "content/guides/defects/report.md"] {
        put(copy.path().join(file), read(root.join(file)));
    }
    move_page(root);
    // So much is changed that only the rename is left to know it by.
    let page = DEFECTS.replace("Report a defect", "Tell of faults").replace("One.", "One, and another.");
    put(root.join("content/guides/faults/tell.md"), &page);
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "Move"]);
    let output = dated(root, &["check", "--against", "git:told"]);
    assert_eq!(output.code, 2);
    let text = output.err;
    assert!(
        text.contains(
            "was an address of the Git revision `told` and leads nowhere now; its file was renamed"
        ),
        "{text}"
    );
    let content = copy.path().to_string_lossy().into_owned();
    let output = dated(root, &["check", "--against", &content]);
    assert!(output.err.contains("was an address of the content in"), "{}", output.err);
    for (named, told) in [
        ("git:nowhere", "error: the Git revision `nowhere` cannot be read: "),
        ("nowhere", "error: `nowhere` is neither a published portal"),
        ("content/index.md", "is not the list of a portal's addresses"),
    ] {
        let output = dated(root, &["check", "--against", named]);
        assert_eq!(output.code, 1, "{named}");
        assert!(output.err.contains(told), "{named}: {}", output.err);
    }
}

#[test]
fn reports_for_forges_see_paths_from_the_root_of_the_repository() {
    let repository = tempfile::tempdir().expect("temporary folder");
    git(repository.path(), &["init", "-q"]);
    let root = repository.path().join("docs");
    put(root.join("content/index.md"), "[Nowhere](nowhere.md), 100 %\n");
    put(root.join("content/portal.yaml"), "title: P\n");
    let report = |format: &str| {
        let output = dated(&root, &["check", "--format", format]);
        assert_eq!(output.code, 2, "{format}");
        assert!(output.err.contains("1 error"), "{}", output.err);
        output.out
    };
    let path = "docs/content/index.md";
    let github = report("github");
    assert!(github.starts_with(&format!("::error file={path},line=1,endLine=1,col=11,")), "{github}");
    let gitlab: serde_json::Value = serde_json::from_str(&report("gitlab")).expect("JSON");
    assert_eq!(gitlab[0]["location"]["path"], path);
    let sarif: serde_json::Value = serde_json::from_str(&report("sarif")).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], path);
    assert_eq!(result["partialFingerprints"]["primaryLocationLineHash"], gitlab[0]["fingerprint"]);
    let junit = report("junit");
    assert!(junit.contains("<failure type=\"broken-link\"") && junit.contains(path), "{junit}");
    put(root.join("content/index.md"), "New above.\n\n[Nowhere](nowhere.md), 100 %\n");
    let later: serde_json::Value = serde_json::from_str(&report("gitlab")).expect("JSON");
    assert_eq!(
        (&later[0]["fingerprint"], &later[0]["location"]["lines"]["begin"]),
        (&gitlab[0]["fingerprint"], &3.into())
    );
}

/// A server that has one page; gives its address and counts the questions.
fn server() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            let Some(Ok(first)) = lines.next() else { continue };
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            counted.fetch_add(1, Ordering::SeqCst);
            let status = match first.split(' ').nth(1) {
                Some("/there") => "200 OK",
                Some("/private") => "403 Forbidden",
                _ => "404 Not Found",
            };
            let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    (base, asked)
}

#[test]
fn outside_links_are_asked_for_when_told_to() {
    let (base, asked) = server();
    let root = tempfile::tempdir().expect("temporary folder");
    let root = root.path();
    put(root.join("content/portal.yaml"), format!("title: P\nexternal_links: {{skip: ['{base}/skip*']}}\n"));
    put(
        root.join("content/index.md"),
        format!("[a]({base}/there#x) [b]({base}/gone) [c]({base}/private) [d]({base}/skipped)\n"),
    );
    let plain = dated(root, &["check"]);
    assert_eq!((plain.code, asked.load(Ordering::SeqCst)), (0, 0), "{}", plain.err);
    let check = || dated(root, &["check", "--external", "--external-cache", ".cache/links.json"]);
    let first = check();
    let text = first.err;
    assert_eq!(first.code, 2, "{text}");
    assert!(text.contains("asking for 3 outside addresses at 1 hosts; 0 more answered lately"), "{text}");
    assert!(text.contains(&format!("error[dead-outside-link]: `{base}/gone` answers 404")), "{text}");
    assert!(
        text.contains(&format!("note: `{base}/private` answers 403")) && text.contains("1 error\n"),
        "{text}"
    );
    // One question for what is there, two for each of the others.
    assert_eq!(asked.load(Ordering::SeqCst), 5);
    let again = check();
    assert!(again.err.contains("asking for 2 outside addresses at 1 hosts; 1 more answered lately"));
    put(root.join("content/portal.yaml"), "title: P\nchecks: {dead_outside_link: warn}\n");
    assert_eq!(check().code, 0);
}
