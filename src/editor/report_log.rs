//! The log of reports (unmet needs, results of referrals), with a database connection of its own for each.
//!
//! A connection that stays open would keep the database's log and lock files, and with them a database that was deleted or
//! replaced meanwhile; and the log would show the last reports in their order. It neither waits for the editor's lock, which an import
//! holds until it is done, nor rebuilds any snapshot. While another process writes, it waits a few seconds and then fails; nothing is
//! then stored.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::referral_result::StoredResult;
use crate::model::unmet_need::{NeedRecord, StoredNeed};
use crate::model::{ReferralResult, ReportKey, UnmetNeed};
use crate::store::{Store, StoreError};

/// Busy timeout: how long a write waits for another process. A request must not take more than twenty seconds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The log of reports of a database.
#[derive(Debug)]
pub struct ReportLog {
    path: PathBuf,
    /// A log in memory, for trying the program, which leaves nothing behind.
    memory: Option<Mutex<Store>>,
    timeout: Duration,
    /// Held while one is written, so that a crowd queues here and not at the database.
    writing: Mutex<()>,
}

impl ReportLog {
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

    /// Stores an unmet need; it is on the disk when this returns. Stores nothing where a need of that district and reason has the
    /// same `key`: it is the same one, sent again because its answer was lost.
    ///
    /// # Errors
    ///
    /// If the disk is full, the database has gone or cannot be written, or another process writes for longer than the timeout.
    /// Nothing is then stored, now or later.
    pub fn add_need(&self, need: &UnmetNeed, key: Option<ReportKey>) -> Result<(), StoreError> {
        self.write(|store| store.add_unmet(need, key))
    }

    /// Stores the result of a referral, as [`add_need`](Self::add_need); with a key, once for each outcome.
    ///
    /// # Errors
    ///
    /// As [`add_need`](Self::add_need).
    pub fn add_result(&self, result: &ReferralResult, key: Option<ReportKey>) -> Result<(), StoreError> {
        self.write(|store| store.add_result(result, key))
    }

    /// Whether a need of that district and reason was stored under `key`: it is the same one, sent again.
    ///
    /// # Errors
    ///
    /// If the database has gone or cannot be read.
    pub fn holds_need(&self, need: &UnmetNeed, key: ReportKey) -> Result<bool, StoreError> {
        self.read(|store| store.holds_unmet(need, key))
    }

    /// Whether a result of that outcome was stored under `key`.
    ///
    /// # Errors
    ///
    /// As [`holds_need`](Self::holds_need).
    pub fn holds_result(&self, result: &ReferralResult, key: ReportKey) -> Result<bool, StoreError> {
        self.read(|store| store.holds_result(result, key))
    }

    /// Every need that was tapped, sorted by content, so that the order does not reveal when each was recorded.
    ///
    /// # Errors
    ///
    /// As [`holds_need`](Self::holds_need).
    pub fn needs(&self) -> Result<Vec<StoredNeed>, StoreError> {
        self.read(Store::unmet)
    }

    /// Every need: those that were tapped, and those that were counted elsewhere.
    ///
    /// # Errors
    ///
    /// As [`holds_need`](Self::holds_need).
    pub fn need_record(&self) -> Result<NeedRecord, StoreError> {
        self.read(Store::need_record)
    }

    /// Every result of a referral, sorted by content.
    ///
    /// # Errors
    ///
    /// As [`holds_need`](Self::holds_need).
    pub fn results(&self) -> Result<Vec<StoredResult>, StoreError> {
        self.read(Store::results)
    }

    fn write(&self, add: impl FnOnce(&Store) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let since = Instant::now();
        // Ignoring poison is safe: the lock guards nothing.
        let _queued = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        // A write that has queued this long belongs to a request that was already answered with a timeout.
        if since.elapsed() > self.timeout * 2 {
            return Err(StoreError::Locked(self.path.clone()));
        }
        let write = |store: &Store| {
            add(store)?;
            store.check_not_replaced()
        };
        match &self.memory {
            Some(store) => write(&store.lock().unwrap_or_else(PoisonError::into_inner)),
            None => write(&Store::open_with_timeout(&self.path, self.timeout)?),
        }
    }

    fn read<T>(&self, read: impl FnOnce(&Store) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match &self.memory {
            Some(store) => read(&store.lock().unwrap_or_else(PoisonError::into_inner)),
            None => read(&Store::open_unchecked(&self.path)?),
        }
    }
}
