//! The portal that is shown now, and its replacement.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;

use super::Portal;

/// What is shown, shared by all requests.
pub(super) struct Shown {
    current: RwLock<Current>,
    /// Distinguishes this run of the server from others, so that a page of an earlier run reloads.
    run: u64,
    number: watch::Sender<u64>,
    stopped: watch::Sender<bool>,
}

/// A portal and its number, read together: a page must not claim a state it does not show.
struct Current {
    portal: Arc<dyn Portal>,
    number: u64,
}

impl Shown {
    pub fn new(portal: Arc<dyn Portal>) -> Self {
        Self {
            current: RwLock::new(Current { portal, number: 0 }),
            // The keys of a fresh hasher are random; no clock is needed.
            run: RandomState::new().hash_one(0),
            number: watch::Sender::new(0),
            stopped: watch::Sender::new(false),
        }
    }

    /// The portal, and the state that its pages carry.
    pub fn now(&self) -> (Arc<dyn Portal>, String) {
        // A poisoned lock is whole: the only writer assigns and cannot leave half a value.
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        (Arc::clone(&current.portal), self.state(current.number))
    }

    /// The numbers of the portals as they are replaced, the present one first.
    pub fn numbers(&self) -> watch::Receiver<u64> {
        self.number.subscribe()
    }

    /// The state that pages of the portal with this number carry.
    pub fn state(&self, number: u64) -> String {
        format!("{:016x}-{number}", self.run)
    }

    /// Becomes true when the server is to end.
    pub fn stopped(&self) -> watch::Receiver<bool> {
        self.stopped.subscribe()
    }

    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }

    fn replace(&self, portal: Arc<dyn Portal>, step: u64) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let number = current.number + step;
        let old = std::mem::replace(&mut *current, Current { portal, number });
        self.number.send_if_modified(|known| std::mem::replace(known, number) != number);
        // A large portal takes a while to go; requests need not wait for that.
        drop(current);
        drop(old);
    }
}

/// Steers a running server from another thread.
#[derive(Clone)]
pub struct Handle {
    shown: Arc<Shown>,
}

impl Handle {
    pub(super) fn new(shown: &Arc<Shown>) -> Self {
        Self { shown: Arc::clone(shown) }
    }

    /// Shows `portal` from now on and reloads the pages that browsers show. Requests that are being
    /// answered are answered from the portal they began with.
    pub fn replace(&self, portal: Arc<dyn Portal>) {
        self.shown.replace(portal, 1);
    }

    /// Answers from `portal` from now on, whose pages are those that browsers show: none is reloaded.
    pub fn refresh(&self, portal: Arc<dyn Portal>) {
        self.shown.replace(portal, 0);
    }

    /// Ends the server.
    pub fn stop(&self) {
        self.shown.stop();
    }
}
