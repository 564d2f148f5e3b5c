//! `juhend serve`: the real program, asked over HTTP while files change under it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

/// How long a change may take before it is seen. Generous: the machine of the tests may be busy.
const BOUND: Duration = Duration::from_secs(20);

const PORTAL: &str = "title: Test\nlanguages: [et, en]\ntime_zone: Europe/Tallinn\nas_of: 2026-10-16\n";

/// A portal on disk and a server that previews it.
struct Served {
    folder: TempDir,
    server: Child,
    address: String,
}

impl Served {
    fn start(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        for (path, text) in files {
            put(&folder.path().join(path), text);
        }
        let mut server = Command::new(env!("CARGO_BIN_EXE_juhend"))
            .args(["serve", "-p", "0", "-C"])
            .arg(folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(server.stderr.take().expect("standard error")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()))
            .expect("the address is printed");
        // Nobody reads on, but the pipe must not fill.
        thread::spawn(move || lines.for_each(drop));
        Self { folder, server, address }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.path(path), text);
    }

    /// Status and body of the answer to `path`.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)
            .expect("asked");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
        (status, body)
    }

    /// Asks until the answer to `path` has `status` and `text`.
    fn wait(&self, path: &str, status: u16, text: &str) -> String {
        let started = Instant::now();
        loop {
            let (found, body) = self.get(path);
            if found == status && body.contains(text) {
                return body;
            }
            assert!(
                started.elapsed() < BOUND,
                "{path}: {status} with `{text}` was wanted, {found} found:\n{body}"
            );
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Already ended is ended too.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// Every file below `folder` with its bytes.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).expect("readable")))
        .collect();
    files.sort();
    files
}

fn small() -> Served {
    Served::start(&[
        ("content/portal.yaml", PORTAL),
        ("content/guides/report.md", "# Teata veast\n\nEsimene tekst. ![](shot.svg)\n"),
        ("content/guides/shot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ])
}

/// The address of the first style that a page names, from the root.
fn style(page: &str) -> String {
    let href = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.strip_suffix(".css").is_some());
    format!("/{}", href.expect("a style").trim_start_matches("../"))
}

#[test]
fn versions_are_served_each_below_its_address() {
    let portal = format!(
        "{PORTAL}versions:\n- {{id: \"2\", state: current}}\n- {{id: \"1\", from: \"dir:old\"}}\n- {{id: \"0\", from: \"frozen:html\"}}\n"
    );
    let served = Served::start(&[
        ("content/portal.yaml", &portal),
        ("content/guides/a.md", "# A\n\nNow.\n"),
        ("old/guides/a.md", "# A\n\nThen.\n\n![P](p.png)\n"),
        ("old/guides/p.png", "png"),
        ("html/a/index.html", "<p>Once."),
    ]);
    assert!(served.get("/guides/a/").1.contains("Now."));
    assert!(served.get("/v/1/en/guides/a/").1.contains("Then."));
    assert!(served.get("/v/1/guides/p.png").1.contains("png"));
    assert!(served.get("/v/0/a/").1.contains("Once."));
    assert_eq!(served.get("/v/1/guides/b/").0, 404);
    served.put("old/guides/a.md", "# A\n\nThen and since.\n");
    let started = Instant::now();
    while !served.get("/v/1/guides/a/").1.contains("Then and since.") {
        assert!(started.elapsed() < BOUND, "the change is seen");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn pages_media_and_assets_are_served_and_nothing_is_written() {
    let served = small();
    let before = everything(served.folder.path());
    let (status, home) = served.get("/");
    assert_eq!(status, 200);
    let (status, page) = served.get("/guides/report/");
    assert!(status == 200 && page.contains("Esimene tekst"), "{page}");
    for (path, status) in
        [("/guides/report/index.html", 200), ("/guides/report", 307), ("/guides/shot.svg", 200)]
    {
        assert_eq!(served.get(path).0, status, "{path}");
    }
    assert_eq!(served.get(&style(&home)).0, 200);
    let (status, missing) = served.get("/en/no/such/page/");
    assert!(status == 404 && missing.contains("<html lang=\"en\""), "{missing}");
    assert_eq!(everything(served.folder.path()), before);
}

#[test]
fn only_what_the_portal_has_is_served() {
    let served = small();
    served.put("secret.txt", "top secret");
    served.put("content/notes.txt~", "top secret");
    for path in [
        "/secret.txt",
        "/content/portal.yaml",
        "/portal.yaml",
        "/guides/report.md",
        "/notes.txt~",
        "/themes/default/templates/base.html",
        "/.git/config",
        "/.juhend",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/guides/..%2f..%2fsecret.txt",
        "/guides/..%5c..%5csecret.txt",
        "/guides/shot.svg%00.html",
        "//etc/passwd",
        "/etc/passwd",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
    ] {
        let (status, body) = served.get(path);
        assert!(matches!(status, 400 | 404), "{path}: {status}");
        assert!(!body.contains("top secret") && !body.contains("root:"), "{path}: {body}");
    }
}

/// A page of a stranger's site, whose name now means this machine: the browser sends that name.
#[test]
fn a_name_that_was_made_to_mean_this_machine_is_refused() {
    let served = small();
    let port = served.address.rsplit_once(':').expect("a port").1;
    for (host, origin) in
        [(format!("evil.example:{port}"), None), (served.address.clone(), Some("http://evil.example"))]
    {
        let mut stream = TcpStream::connect(&served.address).expect("connected");
        let origin = origin.map_or_else(String::new, |origin| format!("Origin: {origin}\r\n"));
        write!(stream, "GET /guides/report/ HTTP/1.1\r\nHost: {host}\r\n{origin}Connection: close\r\n\r\n")
            .expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        assert!(answer.starts_with("HTTP/1.1 4") && !answer.contains("Esimene tekst"), "{host}: {answer}");
    }
    let refused = Command::new(env!("CARGO_BIN_EXE_juhend"))
        .args(["serve", "-p", "0", "-i", "0.0.0.0", "-C"])
        .arg(served.folder.path())
        .output()
        .expect("the program starts");
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("127.0.0.1"));
}

/// How many of the thousand readers wait at once: each is an open file of the test and of the server.
const AT_ONCE: usize = 400;

#[test]
fn a_thousand_readers_see_whole_pages_while_files_change() {
    let served = small();
    served.get("/guides/report/");
    let started = Instant::now();
    let mut left = 1000;
    let mut edits = 0;
    while left > 0 {
        let wave = left.min(AT_ONCE);
        left -= wave;
        let readers: Vec<TcpStream> = (0..wave)
            .map(|_| {
                let mut stream = TcpStream::connect(&served.address).expect("connected");
                let host = &served.address;
                write!(stream, "GET /guides/report/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
                    .expect("asked");
                stream
            })
            .collect();
        for (number, mut reader) in readers.into_iter().enumerate() {
            if number % 50 == 0 {
                edits += 1;
                // As editors save: the file is replaced whole, or readers would see the half of it that is there.
                served.put("saved.md", &format!("# Teata veast\n\nMuudatus {edits}. ![](shot.svg)\n"));
                fs::rename(served.path("saved.md"), served.path("content/guides/report.md")).expect("saved");
            }
            let mut answer = String::new();
            reader.read_to_string(&mut answer).expect("answered");
            let is_whole = answer.starts_with("HTTP/1.1 200") && answer.trim_end().ends_with("</html>");
            let texts = answer.matches("<p>Muudatus ").count() + answer.matches("<p>Esimene tekst").count();
            assert!(is_whole && texts == 1, "{answer}");
        }
    }
    println!("1000 readers, {edits} edits, {:?}", started.elapsed());
    served.wait("/guides/report/", 200, &format!("Muudatus {edits}."));
}

#[test]
fn an_edit_is_seen() {
    let served = small();
    served.put("content/guides/report.md", "# Teata veast\n\nTeine tekst.\n");
    served.wait("/guides/report/", 200, "Teine tekst");
    served.put("content/guides/new.md", "# Uus\n");
    served.wait("/guides/new/", 200, "Uus");
    fs::remove_file(served.path("content/guides/new.md")).expect("removed");
    served.wait("/guides/new/", 404, "");
}

#[test]
fn words_are_shown_at_once_and_stay_when_the_rest_follows() {
    let served = small();
    let text = |words: &str| format!("# Teata veast\n\nEsimene.\n\n## Osa\n\n{words}\n");
    for number in 1..=6 {
        served.put("content/guides/report.md", &text(&format!("Sõna{number}.")));
        served.wait("/guides/report/", 200, &format!("Sõna{number}."));
    }
    served.put("content/guides/new.md", "# Uus\n");
    served.put("content/guides/report.md", &text("Viimane sõna."));
    served.wait("/guides/new/", 200, "Uus");
    served.wait("/guides/report/", 200, "Viimane sõna.");
    served.put("content/guides/report.md", &text("Päris viimane sõna.").replace("Osa", "Teine osa"));
    served.wait("/guides/report/", 200, "Teine osa");
    served.wait("/guides/report/", 200, "Päris viimane sõna.");
}

#[test]
fn a_fault_is_shown_with_its_place_until_it_is_mended() {
    let served = small();
    served.put("content/guides/report.md", "# Teata veast\n\n![](shot.svg) [siia](../mujale.md)\n");
    let page = served.wait("/en/guides/report/", 500, "broken-link");
    for part in ["content/guides/report.md:3:", "^^^", "<html lang=\"en\"", "/-/reload.js"] {
        assert!(page.contains(part), "{part} in:\n{page}");
    }
    // Assets and media go on, so that the page of faults has its looks.
    assert_eq!(served.get("/guides/shot.svg").0, 200);
    assert_eq!(served.get(&style(&page)).0, 200);
    served.put("content/guides/report.md", "# Teata veast\n\nParandatud.\n");
    served.wait("/guides/report/", 200, "Parandatud");
}

/// A portal of so many guides, and files besides.
fn large(guides: usize, besides: &[(&str, &str)]) -> Served {
    let guide =
        |number: usize| (format!("content/guides/g{number:04}.md"), format!("# Guide {number}\n\nText.\n"));
    let guides: Vec<(String, String)> = (0..guides).map(guide).collect();
    let mut files: Vec<(&str, &str)> =
        guides.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("content/portal.yaml", PORTAL));
    files.extend(besides);
    Served::start(&files)
}

#[test]
fn a_large_portal_is_shown_before_it_is_checked() {
    let served = large(2_000, &[("content/guides/lost.md", "# Lost\n\nSee [nowhere](nowhere.md).\n")]);
    // Whichever comes first, in the end everybody is told what is wrong.
    let (status, early) = served.get("/guides/g0007/");
    assert!(status == 200 && early.contains("Guide 7") || early.contains("nowhere.md"), "{status}: {early}");
    served.wait("/guides/g0007/", 500, "nowhere.md");
    served.put("content/guides/lost.md", "# Lost\n\nFound.\n");
    served.wait("/guides/g0007/", 200, "Guide 7");
}

#[test]
fn an_edit_before_a_large_portal_is_checked_stays_shown() {
    let served = large(8_000, &[]);
    // Longer than the check takes.
    for edit in 1..=60 {
        let words = format!("Edit number {edit}.");
        served.put("content/guides/g0007.md", &format!("# Guide 7\n\nText.\n\n{words}\n"));
        served.wait("/guides/g0007/", 200, &words);
        for _ in 0..3 {
            thread::sleep(Duration::from_millis(10));
            let (status, page) = served.get("/guides/g0007/");
            assert!(status == 200 && page.contains(&words), "{status}: {page}");
        }
    }
}

#[test]
fn a_broken_portal_file_ends_nothing() {
    let served = small();
    served.put("content/portal.yaml", "title: [Test\n");
    let page = served.wait("/en/guides/report/", 500, "content/portal.yaml");
    // The languages are the last good ones.
    assert!(page.contains("<html lang=\"en\""), "{page}");
    served.put("content/portal.yaml", PORTAL);
    served.wait("/en/guides/report/", 200, "Esimene tekst");
}

#[test]
fn a_portal_that_never_was_whole_is_mended_too() {
    let served = Served::start(&[("content/portal.yaml", "titel: Test\n"), ("content/notes.md", "Tere!\n")]);
    served.wait("/", 500, "unknown-key");
    served.put("content/portal.yaml", PORTAL);
    served.wait("/notes/", 200, "Tere!");
}

#[test]
fn a_broken_template_is_shown_in_the_last_good_theme() {
    const GOOD: &str = "<!DOCTYPE html><title>{{ title }}</title>{{ html | safe }}";
    let template = "themes/default/templates/document.html";
    let served =
        Served::start(&[("content/portal.yaml", PORTAL), ("content/notes.md", "Tere!\n"), (template, GOOD)]);
    served.wait("/notes/", 200, "Tere!");
    // One that cannot be read, and one that wants what its page does not have.
    for broken in ["{{ title", "{{ titel }}"] {
        served.put(template, broken);
        served.wait("/notes/", 500, "broken-template");
        served.put(template, GOOD);
        served.wait("/notes/", 200, "Tere!");
    }
}

#[test]
fn a_content_folder_that_is_gone_is_told() {
    let served = small();
    fs::rename(served.path("content"), served.path("kept")).expect("moved");
    let page = served.wait("/guides/report/", 500, "class=\"fault ");
    assert!(page.contains("content"), "{page}");
}

#[test]
fn versions_are_seen_when_they_come() {
    let served = Served::start(&[
        ("content/portal.yaml", PORTAL),
        ("content/index.md", "# Home"),
        ("content/guides/a.md", "# A\n\nNow."),
    ]);
    let git = |arguments: &[&str]| {
        let name = ["-c", "user.name=T", "-c", "user.email=t@example.ee", "-c", "commit.gpgsign=false"];
        let ended =
            Command::new("git").arg("-C").arg(served.folder.path()).args(name).args(arguments).status();
        assert!(ended.expect("git runs").success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "Begin"]);
    served.wait("/guides/a/", 200, "Now.");
    // A folder is named before it is there.
    let listed = "versions:\n- {id: now, state: current}\n- {id: \"1\", from: \"dir:old/one\"}\n\
                  - {id: \"t*\", from: \"git:t*\"}\n";
    served.put("content/portal.yaml", &format!("{PORTAL}{listed}"));
    served.wait("/v/1/guides/a/", 500, "old/one");
    served.put("old/one/guides/a.md", "# A\n\nThen.");
    git(&["tag", "t1"]);
    served.wait("/v/1/guides/a/", 200, "Then.");
    served.wait("/v/t1/guides/a/", 200, "Now.");
    served.put("old/one/guides/a.md", "# A\n\nBefore.");
    served.wait("/v/1/guides/a/", 200, "Before.");
    git(&["tag", "t2"]);
    served.wait("/v/t2/guides/a/", 200, "Now.");
}
