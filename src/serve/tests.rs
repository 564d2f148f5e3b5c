//! A real server, asked over real connections.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc::channel;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::*;
use crate::delivery::{media_type, policy};

const HTML: &str = "text/html; charset=utf-8";

/// A generous bound: the machine of the tests may be slow.
const SOON: Duration = Duration::from_secs(20);

/// A portal of a few pages that says which one it is.
struct Fake(u32);

impl Portal for Fake {
    fn answer(&self, path: &str) -> Answer {
        match path {
            "/" => Answer::found(HTML, format!("<head></head><p>portal {}", self.0)),
            "/õpe/" => Answer::found(HTML, "<head></head>õpe"),
            "/pilt.svg" => Answer::found(media_type(path), "<svg/>"),
            "/old" => Answer::elsewhere("/"),
            "/panic" => panic!("the test asked for it"),
            _ => Answer::missing(HTML, "<head></head>missing"),
        }
    }
}

struct Running {
    address: SocketAddr,
    handle: Handle,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Running {
    fn start() -> Self {
        let (sender, ready) = channel();
        let config = Config { host: Ipv4Addr::LOCALHOST.into(), port: 0 };
        let thread = thread::spawn(move || {
            run(config, Arc::new(Fake(0)), |address, handle| {
                sender.send((address, handle)).expect("the test listens");
            })
        });
        let (address, handle) = ready.recv_timeout(SOON).expect("ready");
        Self { address, handle, thread: Some(thread) }
    }

    /// Sends a request line and headers, with the right host unless they name one.
    fn ask(&self, line: &str, headers: &str) -> Reply {
        let host =
            if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        self.send(&format!("{line} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"))
    }

    fn send(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(self.address).expect("connected");
        stream.set_read_timeout(Some(SOON)).expect("timeout");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answered");
        Reply::of(&String::from_utf8(bytes).expect("text"))
    }

    fn get(&self, path: &str) -> Reply {
        self.ask(&format!("GET {path}"), "")
    }

    /// The stream of events, after its headers.
    fn listen(&self) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).expect("connected");
        stream.set_read_timeout(Some(SOON)).expect("timeout");
        write!(stream, "GET /-/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).expect("sent");
        BufReader::new(stream)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.handle.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("no panic").expect("served");
        }
    }
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn of(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").expect("head and body");
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("status");
        Self { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// The next state that a stream of events tells.
fn next_state(events: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(events.read_line(&mut line).expect("an event in time"), 0, "the stream ended");
        if let Some(state) = line.strip_prefix("data: ") {
            return state.trim_end().to_owned();
        }
    }
}

#[test]
fn a_page_comes_with_the_script_and_the_headers_of_production() {
    let server = Running::start();
    let reply = server.get("/");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some(HTML));
    assert!(reply.body.contains("portal 0"));
    assert!(reply.body.starts_with("<head><script src=\"/-/reload.js\" data-state="), "{}", reply.body);
    let policy = policy::CONTENT_SECURITY_POLICY.to_ascii_lowercase();
    assert_eq!(reply.header("content-security-policy"), Some(policy.as_str()));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("access-control-allow-origin"), None);
}

#[test]
fn other_files_are_left_alone() {
    let server = Running::start();
    let reply = server.get("/pilt.svg?v=1");
    assert_eq!((reply.status, reply.body.as_str()), (200, "<svg/>"));
    assert_eq!(reply.header("content-security-policy"), Some(policy::DRAWING_POLICY));
    let script = server.get("/-/reload.js");
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(script.body.contains("EventSource"));
}

#[test]
fn strange_hosts_are_refused() {
    let server = Running::start();
    let port = server.address.port();
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(server.ask("GET /", &format!("Host: {host}:{port}\r\n")).status, 200, "{host}");
    }
    for host in ["evil.example", &format!("evil.example:{port}"), "localhost:1", "localhost"] {
        for path in ["/", "/-/reload.js", "/-/events"] {
            assert_eq!(
                server.ask(&format!("GET {path}"), &format!("Host: {host}\r\n")).status,
                421,
                "{host}{path}"
            );
        }
    }
    let two = format!("Host: localhost:{port}\r\nHost: evil.example\r\n");
    assert_ne!(server.ask("GET /", &two).status, 200);
    assert_ne!(server.send("GET / HTTP/1.0\r\n\r\n").status, 200);
    assert_ne!(server.ask("GET http://evil.example/", "").status, 200);
}

#[test]
fn strange_paths_are_refused() {
    let server = Running::start();
    for path in address::ATTACKS {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
    assert_eq!(server.get("/a\\b").status, 400);
    // What is very long is refused as well, or leads nowhere; the server lives on.
    for long in
        [format!("/{}", "../".repeat(20_000)), format!("/{}", "a".repeat(1 << 20)), "/%2e".repeat(20_000)]
    {
        let mut stream = TcpStream::connect(server.address).expect("connected");
        stream.set_read_timeout(Some(SOON)).expect("timeout");
        // The server may hang up before all of it is sent.
        let _ =
            write!(stream, "GET {long} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "{} bytes", long.len());
        assert_eq!(server.get("/").status, 200);
    }
    assert_eq!(server.get("/%252e%252e/").status, 404);
}

#[test]
fn only_reading_is_allowed() {
    let server = Running::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"] {
        for path in ["/", "/-/events", "/none"] {
            let reply = server.ask(&format!("{method} {path}"), "Content-Length: 0\r\n");
            assert_eq!((reply.status, reply.header("allow")), (405, Some("get, head")), "{method} {path}");
        }
    }
}

#[test]
fn head_gives_the_head_of_get() {
    let server = Running::start();
    for path in ["/", "/none", "/-/reload.js"] {
        let (get, head) = (server.get(path), server.ask(&format!("HEAD {path}"), ""));
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("content-length"), get.header("content-length"), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
    }
    assert_eq!(server.ask("HEAD /-/events", "").status, 200);
}

#[test]
fn a_folder_without_its_slash_leads_to_its_page() {
    let server = Running::start();
    let reply = server.get("/%C3%B5pe?x=1");
    assert_eq!((reply.status, reply.header("location")), (307, Some("/%c3%b5pe/?x=1")));
    assert_eq!(server.get("/%C3%B5pe/").status, 200);
    assert_eq!(server.get("/none").status, 404);
    assert_eq!(server.get("/old").header("location"), Some("/"));
}

#[test]
fn a_replaced_portal_is_told_and_shown() {
    let server = Running::start();
    let mut events = server.listen();
    let first = next_state(&mut events);
    assert!(server.get("/").body.contains(&format!("data-state=\"{first}\"")));
    let start = Instant::now();
    server.handle.replace(Arc::new(Fake(1)));
    let second = next_state(&mut events);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_ne!(first, second);
    let page = server.get("/").body;
    assert!(page.contains("portal 1") && page.contains(&format!("data-state=\"{second}\"")), "{page}");
}

#[test]
fn a_refreshed_portal_is_shown_and_reloads_nothing() {
    let server = Running::start();
    let first = next_state(&mut server.listen());
    server.handle.refresh(Arc::new(Fake(1)));
    let page = server.get("/").body;
    assert!(page.contains("portal 1") && page.contains(&format!("data-state=\"{first}\"")), "{page}");
    assert_eq!(next_state(&mut server.listen()), first);
}

#[test]
fn a_page_of_an_earlier_run_is_told_of_another_state() {
    let (one, other) = (Running::start(), Running::start());
    assert_ne!(next_state(&mut one.listen()), next_state(&mut other.listen()));
}

#[test]
fn what_is_read_by_scripts_is_for_our_own_pages() {
    let server = Running::start();
    let rebound = format!("http://evil.example:{}", server.address.port());
    for origin in ["http://evil.example", &rebound, "null", "https://localhost", ""] {
        for path in ["/", "/-/events", "/-/reload.js", "/none"] {
            let reply = server.ask(&format!("GET {path}"), &format!("Origin: {origin}\r\n"));
            assert_eq!(reply.status, 403, "{path} for `{origin}`");
            assert_eq!(reply.header("access-control-allow-origin"), None);
        }
    }
    let own = format!("Origin: http://{}\r\n", server.address);
    for path in ["/", "/-/events"] {
        assert_eq!(server.ask(&format!("HEAD {path}"), &own).status, 200);
    }
}

#[test]
fn two_hundred_readers_see_whole_pages_while_portals_change() {
    let server = Running::start();
    thread::scope(|scope| {
        for _ in 0..200 {
            scope.spawn(|| {
                for _ in 0..3 {
                    let reply = server.get("/");
                    assert_eq!(reply.status, 200);
                    let number = reply.body.rsplit(' ').next().expect("number");
                    assert!(
                        reply.body.contains(&format!("-{number}\"")),
                        "state and page agree: {}",
                        reply.body
                    );
                }
            });
        }
        for number in 1..=100 {
            server.handle.replace(Arc::new(Fake(number)));
            thread::sleep(Duration::from_millis(1));
        }
    });
    assert!(server.get("/").body.contains("portal 100"));
}

#[test]
fn a_panic_gives_an_error_page_and_ends_nothing() {
    let server = Running::start();
    let reply = server.get("/panic");
    assert_eq!(reply.status, 500);
    assert!(reply.body.contains("/-/reload.js"), "the page reloads once the fault is mended");
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn a_port_in_use_is_named_with_a_way_out() {
    let server = Running::start();
    let config = Config { host: server.address.ip(), port: server.address.port() };
    let error = run(config, Arc::new(Fake(0)), |_, _| panic!("not ready")).expect_err("in use");
    let text = error.to_string();
    assert!(text.contains(&config.port.to_string()) && text.contains("`-p`"), "{text}");
}

#[test]
fn a_server_with_listeners_ends_at_once() {
    let server = Running::start();
    let mut events = server.listen();
    next_state(&mut events);
    let start = Instant::now();
    drop(server);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
