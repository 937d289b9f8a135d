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

    /// Makes `next` the current snapshot of its audience, unless the audience would see no difference: then the present one
    /// stays, with all that was prepared from it. So an edit that an audience may not see leaves no trace for it, neither in
    /// bytes nor in time (side channel). Requests in flight finish with the one they loaded.
    pub fn replace(&self, next: Arc<Snapshot>) {
        let mut current = self.current[next.audience as usize].write().unwrap_or_else(PoisonError::into_inner);
        if !is_same_to_its_audience(&current, &next) {
            *current = next;
        }
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

/// Whether the audience of both sees the same. What planners see is in no version, and the gazetteer is seen on the internal
/// address only.
fn is_same_to_its_audience(current: &Snapshot, next: &Snapshot) -> bool {
    let same_plan = current.population == next.population
        && current.boundary == next.boundary
        && current.neighbours == next.neighbours
        && current.planning_history == next.planning_history;
    current.version == next.version && same_plan && (next.audience == Audience::Public || current.towns == next.towns)
}
