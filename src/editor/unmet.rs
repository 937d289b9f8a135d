//! The log of unmet needs, with its own database connections.
//!
//! It neither waits for the editor's lock, which an import holds until it is done, nor rebuilds any snapshot. While another
//! process writes, it waits a few seconds and then fails; nothing is then stored.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::UnmetNeed;
use crate::model::unmet_need::StoredNeed;
use crate::store::{Store, StoreError};

/// Busy timeout: how long a write waits for another process. A request must not take more than twenty seconds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The log of unmet needs of a database, which is opened at first use.
#[derive(Debug)]
pub struct UnmetLog {
    path: PathBuf,
    timeout: Duration,
    writing: Mutex<Option<Store>>,
    /// A separate connection, so that readers never queue behind a write that waits for the lock.
    reading: Mutex<Option<Store>>,
}

impl UnmetLog {
    /// The log of the database at `path`.
    pub fn new(path: &Path) -> Self {
        Self::with_timeout(path, BUSY_TIMEOUT)
    }

    /// The log of the database at `path`, with its own busy timeout for writes.
    pub fn with_timeout(path: &Path, timeout: Duration) -> Self {
        Self { path: path.to_owned(), timeout, writing: Mutex::new(None), reading: Mutex::new(None) }
    }

    /// Stores an unmet need; it is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// If the disk is full, the database has gone or cannot be written, or another process writes for longer than the timeout.
    /// Nothing is then stored, now or later.
    pub fn add(&self, unmet: &UnmetNeed) -> Result<(), StoreError> {
        let since = Instant::now();
        self.with(&self.writing, |store| {
            // A write that has queued this long belongs to a request that was already answered with a timeout.
            if since.elapsed() > self.timeout * 2 {
                Err(StoreError::Locked(self.path.clone()))
            } else {
                store.add_unmet(unmet)
            }
        })
    }

    /// Every stored need, sorted by content, so that the order does not reveal when each was recorded.
    ///
    /// # Errors
    ///
    /// If the database has gone or cannot be read.
    pub fn all(&self) -> Result<Vec<StoredNeed>, StoreError> {
        self.with(&self.reading, Store::unmet)
    }

    fn with<T>(
        &self,
        slot: &Mutex<Option<Store>>,
        f: impl FnOnce(&Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // Ignoring poison is safe: each statement is its own transaction.
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        // On an error the old connection is kept: the new file must not be opened beside the write-ahead log of the old one.
        if slot.as_ref().map_or(Ok(false), Store::is_replaced)? {
            *slot = None;
        }
        let store = match slot.take() {
            Some(store) => store,
            None => Store::open_with_timeout(&self.path, self.timeout)?,
        };
        f(slot.insert(store))
    }
}
