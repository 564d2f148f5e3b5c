//! Many addresses at once, and few of one host.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::address::host;
use super::client::Client;
use super::pace::Pace;
use super::visit::{Answer, Method, Outside, Patience, Trouble, Verdict, visit};

/// How hard the web is asked.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many addresses are asked at once.
    pub at_once: usize,
    /// How many of them at one host.
    pub per_host: usize,
    /// The time between two questions to one host.
    pub delay: Duration,
    /// For how long an answer is waited for.
    pub timeout: Duration,
    /// How patient each visit is.
    pub patience: Patience,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            at_once: 16,
            per_host: 2,
            delay: Duration::from_millis(250),
            timeout: Duration::from_secs(20),
            patience: Patience {
                attempts: 3,
                first_pause: Duration::from_secs(1),
                longest_pause: Duration::from_mins(1),
            },
        }
    }
}

/// The web, asked politely.
struct Web<'a> {
    client: &'a Client,
    pace: Pace,
}

impl Outside for Web<'_> {
    fn ask(&self, method: Method, address: &str) -> Result<Answer, Trouble> {
        self.pace.wait(host(address));
        self.client.ask(method, address)
    }

    fn pause(&self, address: &str, time: Duration) {
        self.pace.hold(host(address), time);
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// What each of `addresses` is worth.
pub fn ask_all(addresses: &[&str], client: &Client, limits: &Limits) -> BTreeMap<String, Verdict> {
    let web = Web { client, pace: Pace::new(limits.delay) };
    let lanes = lanes(addresses, limits.per_host.max(1));
    let next = AtomicUsize::new(0);
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(lane) = lanes.get(next.fetch_add(1, Ordering::Relaxed)) {
            for address in lane {
                let verdict = visit(address, &web, &limits.patience);
                found.lock().unwrap_or_else(PoisonError::into_inner).insert((*address).to_owned(), verdict);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..limits.at_once.clamp(1, lanes.len().max(1)) {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The addresses one after another: of each host so many rows that are asked at once, the longest first.
fn lanes<'a>(addresses: &[&'a str], per_host: usize) -> Vec<Vec<&'a str>> {
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        hosts.entry(host(address)).or_default().push(address);
    }
    let mut lanes: Vec<Vec<&str>> = hosts
        .values()
        .flat_map(|own| (0..per_host).map(|lane| own.iter().copied().skip(lane).step_by(per_host).collect()))
        .filter(|lane: &Vec<&str>| !lane.is_empty())
        .collect();
    lanes.sort_by_key(|lane| std::cmp::Reverse(lane.len()));
    lanes
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    /// A server on loopback that answers by path, and counts the questions for each.
    struct Server {
        base: String,
        asked: std::sync::Arc<Mutex<BTreeMap<String, usize>>>,
    }

    impl Server {
        fn start() -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            let base = format!("http://{}", listener.local_addr().expect("an address"));
            let asked = std::sync::Arc::new(Mutex::new(BTreeMap::new()));
            let seen = std::sync::Arc::clone(&asked);
            thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    let seen = std::sync::Arc::clone(&seen);
                    thread::spawn(move || answer(stream, &seen));
                }
            });
            Self { base, asked }
        }

        fn asked(&self, what: &str) -> usize {
            self.asked.lock().expect("a list").get(what).copied().unwrap_or_default()
        }
    }

    fn answer(mut stream: TcpStream, seen: &Mutex<BTreeMap<String, usize>>) {
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
        let Some(Ok(first)) = lines.next() else { return };
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let what = first.rsplit_once(' ').map_or("", |(what, _)| what).to_owned();
        let count = {
            let mut seen = seen.lock().expect("a list");
            let count = seen.entry(what.clone()).or_default();
            *count += 1;
            *count
        };
        let (status, more) = match (what.as_str(), count) {
            ("HEAD /no-head", _) => ("405 Method Not Allowed", ""),
            ("HEAD /slow" | "GET /slow", _) => {
                thread::sleep(Duration::from_secs(2));
                return;
            }
            ("HEAD /busy", 1) => ("429 Too Many Requests", "Retry-After: 1\r\n"),
            ("HEAD /shaky" | "GET /shaky", 1) => ("500 Internal Server Error", ""),
            ("HEAD /fine" | "GET /no-head" | "HEAD /%C3%B5" | "HEAD /busy" | "HEAD /shaky", _) => {
                ("200 OK", "")
            }
            ("HEAD /round", _) => ("302 Found", "Location: /round-again\r\n"),
            ("HEAD /round-again", _) => ("302 Found", "Location: /round\r\n"),
            ("HEAD /moved", _) => ("301 Moved Permanently", "Location: fine\r\n"),
            _ => ("404 Not Found", ""),
        };
        let _ = write!(stream, "HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
    }

    fn limits() -> Limits {
        Limits {
            delay: Duration::from_millis(5),
            timeout: Duration::from_millis(400),
            patience: Patience {
                attempts: 2,
                first_pause: Duration::from_millis(20),
                longest_pause: Duration::from_secs(5),
            },
            ..Limits::default()
        }
    }

    #[test]
    fn a_server_is_asked_as_long_as_it_may_answer() {
        let server = Server::start();
        let closed = {
            // A port that was free a moment ago, and at which nobody listens.
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            format!("http://{}/", listener.local_addr().expect("an address"))
        };
        let paths = ["/fine", "/õ", "/no-head", "/slow", "/busy", "/shaky", "/round", "/moved", "/gone"];
        let addresses: Vec<String> =
            paths.iter().map(|path| format!("{}{path}", server.base)).chain([closed.clone()]).collect();
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        let limits = limits();
        let found = ask_all(&addresses, &Client::new(limits.timeout, "test"), &limits);
        let of = |path: &str| found[&format!("{}{path}", server.base)].clone();
        for path in ["/fine", "/õ", "/no-head", "/busy", "/shaky"] {
            assert_eq!(of(path), Verdict::Fine, "{path}");
        }
        assert_eq!(of("/slow"), Verdict::Unsure("did not answer in time".to_owned()));
        assert_eq!(of("/round"), Verdict::Unsure("leads in a circle".to_owned()));
        assert_eq!(of("/moved"), Verdict::Moved(format!("{}/fine", server.base)));
        assert_eq!(of("/gone"), Verdict::Dead("answers 404".to_owned()));
        assert!(matches!(&found[&closed], Verdict::Unsure(why) if why.starts_with("cannot be reached")));
        assert_eq!((server.asked("HEAD /busy"), server.asked("GET /busy")), (2, 0));
        assert_eq!((server.asked("GET /gone"), server.asked("HEAD /slow")), (1, 2));
    }

    #[test]
    fn a_host_has_so_many_lanes_and_no_more() {
        let addresses = ["http://a/1", "http://a/2", "http://a/3", "http://b/1"];
        assert_eq!(
            lanes(&addresses, 2),
            [vec!["http://a/1", "http://a/3"], vec!["http://a/2"], vec!["http://b/1"]]
        );
    }
}
