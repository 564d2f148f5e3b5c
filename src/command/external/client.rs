//! The only file that opens connections, and that names the HTTP client and the certificates of the machine.

use std::error::Error as _;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek};
use std::time::Duration;

use ureq::http::header::{ACCEPT_ENCODING, HeaderName, LOCATION, RETRY_AFTER};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Error, RequestBuilder};

use super::address::sendable;
use super::visit::{Answer, Method, Trouble};

/// How many connections to one host are kept for what is asked next.
const MOST_IDLE: usize = 32;

/// What asks servers. It keeps no cookies and says who it is; proxies are those of the surroundings.
pub struct Client {
    agent: Agent,
}

impl Client {
    /// A client that waits for an answer for so long, and says what it asks for.
    pub fn new(timeout: Duration, purpose: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Redirects are followed where their kinds are told apart.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .max_idle_connections_per_host(MOST_IDLE)
            .user_agent(format!("juhend/{} ({purpose})", env!("CARGO_PKG_VERSION")))
            .accept("*/*")
            .tls_config(TlsConfig::builder().root_certs(authorities()).build())
            .build();
        Self { agent: config.into() }
    }

    /// What the server says of `address`; its page itself is not read.
    pub fn ask(&self, method: Method, address: &str) -> Result<Answer, Trouble> {
        let address = sendable(address);
        let response = match method {
            Method::Head => self.agent.head(&address).call(),
            Method::Get => self.agent.get(&address).call(),
        };
        let response = response.map_err(|error| trouble(&error))?;
        let header = |name: HeaderName| {
            response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Ok(Answer {
            status: response.status().as_u16(),
            location: header(LOCATION),
            retry_after: header(RETRY_AFTER),
        })
    }

    /// The body that the server gives for `address`, part by part and as it is stored there, up to `most` bytes.
    pub fn fetch(&self, address: &str, most: u64, take: &mut dyn FnMut(&[u8])) -> Result<Body, Trouble> {
        let request = self.agent.get(sendable(address)).header(ACCEPT_ENCODING, "identity");
        let mut response = request.call().map_err(|error| trouble(&error))?;
        let status = response.status().as_u16();
        let location = response.headers().get(LOCATION);
        let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        // What a server says beside an error is not the file.
        let most = if status == 200 { most } else { 0 };
        let read = read(response.body_mut().as_reader(), most, take);
        let is_cut = read.map_err(|error| trouble(&Error::Io(error)))?;
        Ok(Body { status, location, is_cut })
    }

    /// What a store answers to `request`, whose address is sent as it is: it is signed.
    pub fn exchange(&self, request: &Request<'_>) -> Result<Reply, Trouble> {
        let Request { address, headers, timeout, .. } = *request;
        let response = match request.verb {
            Verb::Get(_) => with(self.agent.get(address), headers, timeout).call(),
            Verb::Head => with(self.agent.head(address), headers, timeout).call(),
            Verb::Delete => with(self.agent.delete(address), headers, timeout).call(),
            Verb::Put(Load::Bytes(bytes)) => with(self.agent.put(address), headers, timeout).send(bytes),
            Verb::Put(Load::File(mut file)) => {
                // An attempt before this one may have read a part of it.
                file.rewind().map_err(|error| trouble(&Error::Io(error)))?;
                with(self.agent.put(address), headers, timeout).send(file)
            }
        };
        let mut response = response.map_err(|error| trouble(&error))?;
        let headers = response.headers().iter().map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        });
        let headers = headers.collect();
        let status = response.status().as_u16();
        let most = match request.verb {
            Verb::Get(most) if status == 200 => most,
            _ => LONGEST_REASON,
        };
        let mut body = Vec::new();
        let cut = read(response.body_mut().as_reader(), most, &mut |part| body.extend_from_slice(part));
        let is_cut = cut.map_err(|error| trouble(&Error::Io(error)))?;
        Ok(Reply { status, headers, body, is_cut })
    }
}

/// The longest text that is read of why a store refuses something.
const LONGEST_REASON: u64 = 64 * 1024;

/// A request with its headers, waited for no longer than `timeout`.
fn with<Any>(
    request: RequestBuilder<Any>,
    headers: &[(&str, String)],
    timeout: Duration,
) -> RequestBuilder<Any> {
    let request = request.config().timeout_global(Some(timeout)).build();
    headers.iter().fold(request, |request, (name, value)| request.header(*name, value))
}

/// What is asked of a store.
pub struct Request<'a> {
    /// What is done.
    pub verb: Verb<'a>,
    /// The whole address, signed.
    pub address: &'a str,
    /// What is sent besides, names in lower case.
    pub headers: &'a [(&'static str, String)],
    /// For how long the end of the answer is waited for.
    pub timeout: Duration,
}

/// What is done with an object of a store.
#[derive(Clone, Copy)]
pub enum Verb<'a> {
    /// It is read, up to so many bytes.
    Get(u64),
    /// Only its head is read.
    Head,
    /// It is written.
    Put(Load<'a>),
    /// It is deleted.
    Delete,
}

/// What is written.
#[derive(Debug, Clone, Copy)]
pub enum Load<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// What is in this file, from its beginning.
    File(&'a File),
}

/// What a store answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status (RFC 9110, section 15).
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// What was asked for, or a part of why it is refused.
    pub body: Vec<u8>,
    /// Whether there was more than was to be read.
    pub is_cut: bool,
}

impl Reply {
    /// What stands in the header `name`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The head of an answer whose body was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The status (RFC 9110, section 15).
    pub status: u16,
    /// Where it leads.
    pub location: Option<String>,
    /// Whether there was more than was to be read.
    pub is_cut: bool,
}

/// Reads to the end or to `most` bytes; whether there was more.
fn read(mut body: impl Read, most: u64, take: &mut dyn FnMut(&[u8])) -> io::Result<bool> {
    let mut left = most;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = match body.read(&mut buffer) {
            Ok(0) => return Ok(false),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(count);
        take(buffer.get(..wanted).unwrap_or_default());
        if wanted < count {
            return Ok(true);
        }
        left -= wanted as u64;
    }
}

/// Whom to believe who a server is: those whom the machine believes, so that the authority of an agency counts; on
/// a machine that names none, those whom browsers believe.
fn authorities() -> RootCerts {
    let own = rustls_native_certs::load_native_certs().certs;
    let own: Vec<_> = own.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    if own.is_empty() { RootCerts::WebPki } else { RootCerts::new_with_certs(&own) }
}

fn trouble(error: &Error) -> Trouble {
    match error {
        Error::HostNotFound => Trouble::NoName,
        Error::Timeout(_) => Trouble::Late,
        Error::Io(error) if is_no_name(error) => Trouble::NoName,
        Error::Io(error) if error.kind() == ErrorKind::TimedOut => Trouble::Late,
        Error::BadUri(_) | Error::Http(_) => Trouble::NoAddress,
        Error::Io(error) => Trouble::Broken(innermost(error)),
        other => Trouble::Broken(other.to_string()),
    }
}

/// What a wrapped error says at its heart.
fn innermost(error: &io::Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        said = inner.to_string();
        source = inner.source();
    }
    said
}

/// Whether the system is sure that nobody is called so. It says so in words alone: those of glibc, musl, macOS
/// and Windows. A name server that does not answer is another thing.
fn is_no_name(error: &io::Error) -> bool {
    const SAID: [&str; 5] = [
        "Name or service not known",
        "No address associated with hostname",
        "Name does not resolve",
        "nodename nor servname provided",
        "No such host is known",
    ];
    let said = error.to_string();
    SAID.iter().any(|words| said.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_server_that_is_silent_says_nothing_of_the_name() {
        let says = |words: &str| {
            is_no_name(&io::Error::other(format!("failed to lookup address information: {words}")))
        };
        assert!(says("Name or service not known"));
        assert!(!says("Temporary failure in name resolution"));
    }
}
