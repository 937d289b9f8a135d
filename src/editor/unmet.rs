//! The log of unmet needs, on a path of its own.
//!
//! It has its own connection: it neither waits for the editor's lock, which an import holds for as long as it takes, nor
//! rebuilds any snapshot. Where another process writes, it waits a few seconds and then says that nothing was stored.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::UnmetNeed;
use crate::model::unmet_need::StoredNeed;
use crate::store::{Store, StoreError};

/// How long a need waits for another process that writes. An answer must not take more than twenty seconds.
const WAIT: Duration = Duration::from_secs(5);

/// The log of unmet needs of a database. Cheap until it is first used: it opens the file only then.
#[derive(Debug)]
pub struct UnmetLog {
    path: PathBuf,
    wait: Duration,
    writing: Mutex<Option<Store>>,
    /// Of its own, so that who reads never waits behind who waits for another writer.
    reading: Mutex<Option<Store>>,
}

impl UnmetLog {
    /// The log of the database at `path`.
    pub fn new(path: &Path) -> Self {
        Self::waiting(path, WAIT)
    }

    /// The same, with another patience.
    pub fn waiting(path: &Path, wait: Duration) -> Self {
        Self { path: path.to_owned(), wait, writing: Mutex::new(None), reading: Mutex::new(None) }
    }

    /// Stores a need: when this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// If the disk is full, the database has gone, cannot be written, or is being written by others for too long. Nothing is
    /// then stored, now or later.
    pub fn add(&self, unmet: &UnmetNeed) -> Result<(), StoreError> {
        let since = Instant::now();
        self.with(&self.writing, |store| {
            // Whoever waited for others here has already got the response that it took too long.
            if since.elapsed() > self.wait * 2 {
                Err(StoreError::Locked(self.path.clone()))
            } else {
                store.add_unmet(unmet)
            }
        })
    }

    /// Everything that was stored, in an order that says nothing of when it came.
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
        // A panic elsewhere left nothing half done: each statement is a transaction.
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        // Where that fails, the old one is kept: what stands there now must not be opened beside the log of the one before.
        if slot.as_ref().map_or(Ok(false), Store::is_replaced)? {
            *slot = None;
        }
        let store = match slot.take() {
            Some(store) => store,
            None => Store::open_with_timeout(&self.path, self.wait)?,
        };
        f(slot.insert(store))
    }
}
