//! The names under which the preview may be asked for.
//!
//! A stranger's site can make its own name point at 127.0.0.1 (DNS rebinding) and then read the preview
//! as its own origin. It cannot make the browser send another name than its own.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The port that a browser leaves out.
const HTTP_PORT: u16 = 80;

/// The names under which one server answers: those of this machine for itself, whatever it was bound to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hosts {
    port: u16,
}

impl Hosts {
    /// The names of the server bound to `bound`.
    pub fn of(bound: SocketAddr) -> Self {
        Self { port: bound.port() }
    }

    /// Whether the `Host` header names this server.
    pub fn admits(self, host: &str) -> bool {
        split_port(host).is_some_and(|(name, port)| port == self.port && is_own(name))
    }

    /// Whether an `Origin` header names this server.
    pub fn admits_origin(self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|host| self.admits(host))
    }
}

/// Whether `name` cannot be made to mean another machine, and means this one.
fn is_own(name: &str) -> bool {
    name.eq_ignore_ascii_case("localhost") || literal(name).is_some_and(|ip| ip.is_loopback())
}

/// A host's name and port.
fn split_port(host: &str) -> Option<(&str, u16)> {
    let after_literal = host.rfind(']').unwrap_or(0);
    match host[after_literal..].rfind(':').map(|at| after_literal + at) {
        // `parse` alone would take a sign.
        Some(at) if host[at + 1..].bytes().all(|byte| byte.is_ascii_digit()) => {
            Some((&host[..at], host[at + 1..].parse().ok()?))
        }
        Some(_) => None,
        None => Some((host, HTTP_PORT)),
    }
}

/// The address that a host's name spells.
fn literal(name: &str) -> Option<IpAddr> {
    match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inside) => inside.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => name.parse().ok().filter(IpAddr::is_ipv4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(bound: &str) -> Hosts {
        Hosts::of(bound.parse().expect("address"))
    }

    #[test]
    fn loopback_answers_to_its_own_names() {
        let hosts = hosts("127.0.0.1:1111");
        for host in ["localhost:1111", "LOCALHOST:1111", "127.0.0.1:1111", "[::1]:1111"] {
            assert!(hosts.admits(host), "{host}");
        }
        let strangers = [
            "",
            ":1111",
            "localhost",
            "localhost:80",
            "localhost:1112",
            "evil.example:1111",
            "localhost.evil.example:1111",
            "127.0.0.1.evil.example:1111",
            "192.168.1.5:1111",
            "localhost:+1111",
            "localhost:1111:1111",
            "localhost.:1111",
            "user@localhost:1111",
            "[::1:1111",
            "::1:1111",
            "[localhost]:1111",
            "[127.0.0.1]:1111",
            "0.0.0.0:1111",
            "]:1111",
        ];
        for host in strangers {
            assert!(!hosts.admits(host), "{host}");
        }
    }

    #[test]
    fn no_other_address_is_answered_to_whatever_was_bound() {
        for bound in ["127.0.0.1:1111", "0.0.0.0:1111", "192.168.1.5:1111", "[::]:1111"] {
            assert!(hosts(bound).admits("localhost:1111"), "{bound}");
            for host in ["192.168.1.5:1111", "0.0.0.0:1111", "[::]:1111", "[fe80::1]:1111", "laptop:1111"] {
                assert!(!hosts(bound).admits(host), "{host} on {bound}");
            }
        }
        assert!(hosts("127.0.0.1:80").admits("localhost"));
    }

    #[test]
    fn origins_are_hosts_with_a_scheme() {
        let hosts = hosts("127.0.0.1:1111");
        assert!(hosts.admits_origin("http://localhost:1111"));
        for origin in [
            "null",
            "https://localhost:1111",
            "http://evil.example",
            "http://localhost:1112",
            "localhost:1111",
            "",
        ] {
            assert!(!hosts.admits_origin(origin), "{origin}");
        }
    }
}
