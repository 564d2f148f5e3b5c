//! A published portal, asked for every file that its manifest lists.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::address::joined;
use super::client::{Body, Client};
use super::visit::Trouble;
use crate::digest::Hasher;
use crate::render::encode;
use crate::render::export::SERVER_FILES;
use crate::write::{Differences, Listed, MANIFEST, Manifest};

/// The longest manifest that is read: some 300,000 files.
const LONGEST_MANIFEST: u64 = 64 * 1024 * 1024;

/// For how long the answer for one file is waited for, to its last byte.
const TIMEOUT: Duration = Duration::from_mins(2);

/// How many files are asked for at once.
const AT_ONCE: usize = 4;

/// How often a file is asked for before it counts as not to be had.
const ATTEMPTS: u32 = 3;

/// The pause after the first attempt; it doubles with each.
const PAUSE: Duration = Duration::from_millis(500);

/// How often an answer may lead elsewhere. Some servers drop `.html`.
const MOST_REDIRECTS: usize = 3;

/// A portal at an address.
pub struct Portal {
    /// The address with a slash at its end.
    base: String,
    client: Client,
    pause: Duration,
}

/// Files of which nothing is known.
#[derive(Debug, Default)]
pub struct Unasked {
    /// How many files are read by servers alone, and not given to anybody.
    pub for_servers: usize,
    /// Files that the server did not give, and why, as the end of a sentence.
    pub failed: Vec<(String, String)>,
}

/// Why a file was not had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The server says that it is not there; the status.
    NotThere(u16),
    /// Nobody can say whether it is there; why, as the end of a sentence.
    Unsure(String),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThere(status) => write!(f, "answers {status}"),
            Self::Unsure(why) => f.write_str(why),
        }
    }
}

/// What a file of the portal is.
enum Verdict {
    Same,
    Changed,
    Missing,
    Unsure(String),
}

impl Portal {
    /// The portal whose home page, or whose manifest, stands at `address`.
    pub fn at(address: &str) -> Self {
        Self::waiting(address, PAUSE)
    }

    fn waiting(address: &str, pause: Duration) -> Self {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let home = address.strip_suffix(MANIFEST).unwrap_or(address).trim_end_matches('/');
        Self { base: format!("{home}/"), client: Client::new(TIMEOUT, "check of a published portal"), pause }
    }

    /// Where its manifest stands.
    pub fn manifest_address(&self) -> String {
        format!("{}{MANIFEST}", self.base)
    }

    /// Its manifest.
    ///
    /// # Errors
    /// Why it was not had.
    pub fn manifest(&self) -> Result<Vec<u8>, Missing> {
        let mut text = Vec::new();
        let body = self.body(&self.manifest_address(), LONGEST_MANIFEST, &mut |restart, part| {
            if restart {
                text.clear();
            }
            text.extend_from_slice(part);
        })?;
        if body.is_cut { Err(Missing::Unsure("is too long for a manifest".to_owned())) } else { Ok(text) }
    }

    /// Asks for every file that `manifest` lists. What is there besides nobody can know.
    pub fn compare(&self, manifest: &Manifest) -> (Differences, Unasked) {
        let asked: Vec<(&str, Listed)> = manifest
            .files
            .iter()
            .map(|(path, listed)| (path.as_str(), *listed))
            .filter(|(path, _)| !SERVER_FILES.contains(path))
            .collect();
        let next = AtomicUsize::new(0);
        let found = Mutex::new(Vec::new());
        let work = || {
            while let Some((path, listed)) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
                let verdict = self.look(path, *listed);
                found.lock().unwrap_or_else(PoisonError::into_inner).push((*path, verdict));
            }
        };
        thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(asked.len()) {
                scope.spawn(work);
            }
        });
        let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.sort_by_key(|(path, _)| *path);
        let mut differences = Differences::default();
        let mut unasked = Unasked { for_servers: manifest.files.len() - asked.len(), ..Unasked::default() };
        for (path, verdict) in found {
            let path = path.to_owned();
            match verdict {
                Verdict::Same => {}
                Verdict::Changed => differences.changed.push(path),
                Verdict::Missing => differences.missing.push(path),
                Verdict::Unsure(why) => unasked.failed.push((path, why)),
            }
        }
        (differences, unasked)
    }

    fn look(&self, path: &str, listed: Listed) -> Verdict {
        let mut hasher = Hasher::default();
        let body = self.body(&self.address(path), listed.bytes, &mut |restart, part| {
            if restart {
                hasher = Hasher::default();
            }
            hasher.update(part);
        });
        match body {
            Ok(body) if !body.is_cut && hasher.finish() == listed.sha256 => Verdict::Same,
            Ok(_) => Verdict::Changed,
            Err(Missing::NotThere(_)) => Verdict::Missing,
            Err(Missing::Unsure(why)) => Verdict::Unsure(why),
        }
    }

    /// Where readers find the file at `path`: a page in its folder.
    fn address(&self, path: &str) -> String {
        let of_folder = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
        format!("{}{}", self.base, encode(of_folder.unwrap_or(path)))
    }

    /// The body at `address`, up to `most` bytes. `take` gets each part, and is told when all begins anew.
    fn body(&self, address: &str, most: u64, take: &mut dyn FnMut(bool, &[u8])) -> Result<Body, Missing> {
        let mut pause = self.pause;
        let mut last = String::new();
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                thread::sleep(pause);
                pause *= 2;
            }
            take(true, &[]);
            match self.followed(address, most, &mut |part| take(false, part)) {
                Ok(body) if body.status == 200 => return Ok(body),
                Ok(body) if matches!(body.status, 408 | 425 | 429 | 500..=599) => {
                    last = format!("answers {}", body.status);
                }
                Ok(body) => return Err(Missing::NotThere(body.status)),
                Err(Trouble::NoName) => {
                    return Err(Missing::Unsure("leads to a host that nobody is called like".to_owned()));
                }
                Err(Trouble::NoAddress) => return Err(Missing::Unsure("is no address".to_owned())),
                Err(Trouble::Late) => last = String::from("did not answer in time"),
                Err(Trouble::Broken(why)) => last = format!("cannot be reached: {why}"),
            }
        }
        Err(Missing::Unsure(last))
    }

    fn followed(&self, address: &str, most: u64, take: &mut dyn FnMut(&[u8])) -> Result<Body, Trouble> {
        let mut here = address.to_owned();
        for _ in 0..MOST_REDIRECTS {
            let body = self.client.fetch(&here, most, take)?;
            let next = body.location.as_ref().filter(|_| matches!(body.status, 301 | 302 | 303 | 307 | 308));
            // Another host would not be the portal that was asked about.
            let next = next.and_then(|location| joined(&here, location));
            match next.filter(|next| next.starts_with(&self.base)) {
                Some(next) => here = next,
                None => return Ok(body),
            }
        }
        Err(Trouble::Broken("it leads in a circle".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::digest::Digest;
    use crate::write::{Origin, OutputPath};

    /// A server on loopback that breaks in the ways that servers do.
    fn start() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}/portal", listener.local_addr().expect("an address"));
        let is_second = Arc::new(AtomicBool::new(false));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let is_second = Arc::clone(&is_second);
                thread::spawn(move || answer(stream, &is_second));
            }
        });
        base
    }

    fn answer(mut stream: TcpStream, is_second: &AtomicBool) {
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
        let Some(Ok(first)) = lines.next() else { return };
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let (status, more, body) = match path.as_str() {
            "/portal/shaky" if !is_second.swap(true, Ordering::SeqCst) => ("503 Busy", "", "later"),
            "/portal/" | "/portal/a/%C3%B5/" | "/portal/404" | "/portal/shaky" => ("200 OK", "", "home"),
            "/portal/404.html" => ("308 Permanent Redirect", "Location: /portal/404\r\n", ""),
            "/portal/away.html" => ("302 Found", "Location: http://127.0.0.1:1/\r\n", ""),
            "/portal/broken" => ("500 Broken", "", ""),
            "/portal/long" => ("200 OK", "", "home and more"),
            "/portal/short" => ("200 OK", "", "hom"),
            "/portal/other" => ("200 OK", "", "HOME"),
            _ => ("404 Not Found", "", "home"),
        };
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 {status}\r\n{more}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
    }

    #[test]
    fn each_file_is_asked_for_where_readers_find_it() {
        let base = start();
        let paths = [
            "index.html",
            "a/õ/index.html",
            "404.html",
            "away.html",
            "shaky",
            "broken",
            "long",
            "short",
            "other",
            "gone",
            "_headers",
        ];
        let listed = Listed { sha256: Digest::of(b"home"), bytes: 4 };
        let files = paths.map(|path| (OutputPath::new(path).expect("a path"), listed));
        let origin = Origin {
            program: "juhend 1".to_owned(),
            as_of: "2026-10-16".to_owned(),
            audience: "public".to_owned(),
            source: None,
            part: None,
        };
        let manifest = Manifest { origin, files: files.into() };
        let portal = Portal::waiting(&base, Duration::from_millis(1));
        assert_eq!(portal.manifest(), Err(Missing::NotThere(404)));
        let (differences, unasked) = portal.compare(&manifest);
        assert_eq!(differences.changed, ["long", "other", "short"]);
        assert_eq!(differences.missing, ["away.html", "gone"]);
        assert_eq!(differences.extra, [""; 0]);
        assert_eq!(unasked.failed, [("broken".to_owned(), "answers 500".to_owned())]);
        assert_eq!(unasked.for_servers, 1);
    }

    #[test]
    fn the_home_page_and_the_manifest_name_the_same_portal() {
        for address in ["http://a/b", "http://a/b/", "http://a/b/manifest.json", "http://a/b/?x#y"] {
            assert_eq!(Portal::at(address).manifest_address(), "http://a/b/manifest.json");
        }
    }
}
