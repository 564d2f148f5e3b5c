//! The preview: answers requests from the portal that is current and tells browsers of a newer one.
//!
//! 1. [`run`] binds, tells the caller the address and serves until stopped.
//! 2. [`route`] decides what a request is: refused, the server's own, or a page.
//! 3. [`Portal::answer`] gives the page; it is the only door to content, and no path on disk is made
//!    from a request.
//! 4. [`Handle::replace`] puts the next portal in place; browsers that show an older one reload.
//!
//! A preview is reached by every page open in the author's browser. So it answers only under names
//! that cannot be made to point at it from outside, changes nothing, and says nothing across origins.

pub mod address;
mod hosts;
mod http;
mod reload;
mod route;
mod shown;

pub use shown::Handle;

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use hosts::Hosts;
use shown::Shown;

/// What answers requests; written by those who know pages.
pub trait Portal: Send + Sync + 'static {
    /// The answer to `path`: absolute, decoded, without a query, `..`, empty names or backslashes.
    ///
    /// Runs on a thread that may block. A panic gives the reader an error page and ends nothing.
    fn answer(&self, path: &str) -> Answer;
}

/// An answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type, with the character set of a text.
    pub content_type: &'static str,
    /// The bytes.
    pub body: Vec<u8>,
    /// Where to go instead, for a redirect.
    pub location: Option<String>,
}

impl Answer {
    /// A found page or file.
    pub fn found(content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, content_type, body: body.into(), location: None }
    }

    /// A page that says that there is none.
    pub fn missing(content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 404, ..Self::found(content_type, body) }
    }

    /// Another address.
    pub fn elsewhere(location: impl Into<String>) -> Self {
        Self { status: 307, location: Some(location.into()), ..Self::found("text/plain; charset=utf-8", "") }
    }
}

/// Where to serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config {
    /// The address of this machine; the caller takes none that other machines reach.
    pub host: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
}

/// Why nothing can be served.
#[derive(Debug)]
pub enum ServeError {
    /// Another program has the port.
    PortInUse(SocketAddr),
    /// The system refused the address.
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        cause: io::Error,
    },
    /// The server could not be started.
    Start(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(address) => write!(
                f,
                "port {} of {} is in use; choose another with `-p`, or any free one with `-p 0`",
                address.port(),
                address.ip()
            ),
            Self::Bind { address, cause } => write!(f, "cannot serve on {address}: {cause}"),
            Self::Start(cause) => write!(f, "cannot start the server: {cause}"),
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::PortInUse(_) => None,
            Self::Bind { cause, .. } | Self::Start(cause) => Some(cause),
        }
    }
}

/// Serves `initial` and what replaces it until Ctrl-C or [`Handle::stop`].
///
/// `on_ready` is called once, with the address that browsers can open and the handle; requests that
/// arrive while it runs wait.
///
/// # Errors
///
/// When the address cannot be bound or the server not be started.
pub fn run(
    config: Config,
    initial: Arc<dyn Portal>,
    on_ready: impl FnOnce(SocketAddr, Handle),
) -> Result<(), ServeError> {
    let listener = bind(SocketAddr::new(config.host, config.port))?;
    let address = listener.local_addr().map_err(ServeError::Start)?;
    let shown = Arc::new(Shown::new(initial));
    on_ready(address, Handle::new(&shown));
    http::serve(listener, Hosts::of(address), shown).map_err(ServeError::Start)
}

fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortInUse(address),
        _ => ServeError::Bind { address, cause },
    })
}

#[cfg(test)]
mod tests;
