//! How fast a host is asked: never sooner than it wants to be.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// When each host may be asked next.
pub struct Pace {
    delay: Duration,
    next: Mutex<HashMap<String, Instant>>,
}

impl Pace {
    /// At least `delay` between two questions to one host.
    pub fn new(delay: Duration) -> Self {
        Self { delay, next: Mutex::default() }
    }

    /// Waits until `host` may be asked.
    pub fn wait(&self, host: &str) {
        let now = Instant::now();
        let at = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let at = next.get(host).copied().unwrap_or(now).max(now);
            next.insert(host.to_owned(), at + self.delay);
            at
        };
        thread::sleep(at.saturating_duration_since(now));
    }

    /// Lets nobody ask `host` for so long.
    pub fn hold(&self, host: &str, time: Duration) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let until = Instant::now() + time;
        let at = next.entry(host.to_owned()).or_insert(until);
        *at = until.max(*at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_waits_and_another_does_not() {
        let pace = Pace::new(Duration::from_millis(30));
        let start = Instant::now();
        pace.wait("a");
        pace.wait("b");
        assert!(start.elapsed() < Duration::from_millis(25));
        pace.wait("a");
        assert!(start.elapsed() >= Duration::from_millis(30));
        pace.hold("b", Duration::from_millis(90));
        pace.wait("b");
        assert!(start.elapsed() >= Duration::from_millis(90));
    }
}
