//! The log of unmet needs, with a database connection of its own for each need.
//!
//! A connection that stays open would keep the database's log and lock files, and with them a database that was deleted or
//! replaced meanwhile; and the log would show the last needs in their order. It neither waits for the editor's lock, which an import holds until it is done, nor rebuilds any snapshot. While another
//! process writes, it waits a few seconds and then fails; nothing is then stored.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::UnmetNeed;
use crate::model::unmet_need::{NeedKey, NeedRecord, StoredNeed};
use crate::store::{Store, StoreError};

/// Busy timeout: how long a write waits for another process. A request must not take more than twenty seconds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The log of unmet needs of a database.
#[derive(Debug)]
pub struct UnmetLog {
    path: PathBuf,
    /// A log in memory, for trying the program, which leaves nothing behind.
    memory: Option<Mutex<Store>>,
    timeout: Duration,
    /// Held while one is written, so that a crowd queues here and not at the database.
    writing: Mutex<()>,
}

impl UnmetLog {
    /// The log of the database at `path`.
    pub fn new(path: &Path) -> Self {
        Self::with_timeout(path, BUSY_TIMEOUT)
    }

    /// The log of the database at `path`, with its own busy timeout for writes.
    pub fn with_timeout(path: &Path, timeout: Duration) -> Self {
        Self { path: path.to_owned(), memory: None, timeout, writing: Mutex::default() }
    }

    /// An empty log in memory, gone when this is dropped.
    ///
    /// # Errors
    ///
    /// As [`Store::in_memory`].
    pub fn in_memory() -> Result<Self, StoreError> {
        let memory = Some(Mutex::new(Store::in_memory()?));
        Ok(Self { memory, ..Self::new(Path::new("")) })
    }

    /// Stores an unmet need; it is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// If the disk is full, the database has gone or cannot be written, or another process writes for longer than the timeout.
    /// Nothing is then stored, now or later.
    pub fn add(&self, unmet: &UnmetNeed) -> Result<(), StoreError> {
        self.add_once(unmet, None)
    }

    /// As [`add`](Self::add), but stores nothing where a need of that district and reason has the same `key`: it is the same one,
    /// sent again because its answer was lost.
    ///
    /// # Errors
    ///
    /// As [`add`](Self::add).
    pub fn add_once(&self, unmet: &UnmetNeed, key: Option<NeedKey>) -> Result<(), StoreError> {
        let since = Instant::now();
        // Ignoring poison is safe: the lock guards nothing.
        let _queued = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        // A write that has queued this long belongs to a request that was already answered with a timeout.
        if since.elapsed() > self.timeout * 2 {
            return Err(StoreError::Locked(self.path.clone()));
        }
        if let Some(store) = &self.memory {
            return add(&store.lock().unwrap_or_else(PoisonError::into_inner), unmet, key);
        }
        add(&Store::open_with_timeout(&self.path, self.timeout)?, unmet, key)
    }

    /// Whether a need of that district and reason was stored under `key`: it is the same one, sent again.
    ///
    /// # Errors
    ///
    /// If the database has gone or cannot be read.
    pub fn holds(&self, unmet: &UnmetNeed, key: NeedKey) -> Result<bool, StoreError> {
        Store::open_unchecked(&self.path)?.holds_unmet(unmet, key)
    }

    /// Every stored need, sorted by content, so that the order does not reveal when each was recorded.
    ///
    /// # Errors
    ///
    /// If the database has gone or cannot be read.
    pub fn all(&self) -> Result<Vec<StoredNeed>, StoreError> {
        match &self.memory {
            Some(store) => store.lock().unwrap_or_else(PoisonError::into_inner).unmet(),
            None => Store::open_unchecked(&self.path)?.unmet(),
        }
    }

    /// Every need: those that were tapped, and those that were counted elsewhere.
    ///
    /// # Errors
    ///
    /// As [`all`](Self::all).
    pub fn record(&self) -> Result<NeedRecord, StoreError> {
        match &self.memory {
            Some(store) => store.lock().unwrap_or_else(PoisonError::into_inner).need_record(),
            None => Store::open_unchecked(&self.path)?.need_record(),
        }
    }
}

fn add(store: &Store, unmet: &UnmetNeed, key: Option<NeedKey>) -> Result<(), StoreError> {
    match key {
        Some(key) => store.add_unmet_once(unmet, key)?,
        None => store.add_unmet(unmet)?,
    }
    store.check_not_replaced()
}
