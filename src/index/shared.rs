//! Read-copy-update: the current snapshots, one per audience, are replaced atomically while requests read them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::Snapshot;
use crate::model::Audience;

/// The current snapshots, shared by all requests.
#[derive(Debug)]
pub struct SharedSnapshots {
    current: [RwLock<Arc<Snapshot>>; Audience::ALL.len()],
    is_stale: AtomicBool,
}

impl SharedSnapshots {
    /// Starts with one snapshot per audience, in the order of [`Audience::ALL`].
    pub fn new(first: [Arc<Snapshot>; Audience::ALL.len()]) -> Self {
        Self { current: first.map(RwLock::new), is_stale: AtomicBool::new(false) }
    }

    /// The current snapshot of `audience`. The lock is held only to clone an `Arc`.
    pub fn load(&self, audience: Audience) -> Arc<Snapshot> {
        Arc::clone(&self.current[audience as usize].read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes `next` the current snapshot of its audience. Requests in flight finish with the one they loaded.
    pub fn replace(&self, next: Arc<Snapshot>) {
        let slot = &self.current[next.audience as usize];
        *slot.write().unwrap_or_else(PoisonError::into_inner) = next;
    }

    /// Whether the snapshots may be older than the database, because it has gone or cannot be read.
    pub fn is_stale(&self) -> bool {
        self.is_stale.load(Ordering::Relaxed)
    }

    /// Sets whether the database has gone or cannot be read.
    pub fn set_stale(&self, is_stale: bool) {
        self.is_stale.store(is_stale, Ordering::Relaxed);
    }
}
