//! Opens a database for a command, a request or a look, and checks it: before it is used and after it was written to.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::identity::{DatabaseFiles, size};
use super::schema::{self, CheckBeforeUse, OpenOptions};
use super::{BUSY_TIMEOUT, Store, StoreError, integrity};

/// Checks that there is something at `path`, without opening it: for a command that only reads, which must create nothing.
///
/// # Errors
///
/// [`StoreError::NotFound`]; [`StoreError::EmptyDatabase`]; where a log stands there without its database,
/// [`StoreError::OrphanLog`].
pub fn check_exists(path: &Path) -> Result<(), StoreError> {
    schema::check_path(path, false)?;
    if size(path) == 0 { Err(StoreError::EmptyDatabase(path.to_owned())) } else { Ok(()) }
}

/// Whether the database at `path` can be read as it is: ours, and of the newest schema. Looks at the head of the file alone, so that
/// nothing is opened, upgraded or created.
pub fn is_up_to_date(path: &Path) -> bool {
    schema::head_of(path).is_some_and(schema::FileHead::is_up_to_date)
}

impl Store {
    /// Opens the database at `path`, creates it where there is none, and migrates its schema.
    ///
    /// # Errors
    ///
    /// If the folder does not exist, the file is not ours, is damaged, locked or read-only, comes from a newer program, or has a
    /// log that is not its own.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let check = CheckBeforeUse::Always;
        Self::open_with(path, OpenOptions { create: true, busy_timeout: BUSY_TIMEOUT, check })
    }

    /// Opens the database at `path`, which must exist and be ours, and migrates its schema.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], [`StoreError::EmptyDatabase`], and as [`Store::open`].
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        let check = CheckBeforeUse::Always;
        Self::open_with(path, OpenOptions { create: false, busy_timeout: BUSY_TIMEOUT, check })
    }

    /// Opens the database at `path`, which must exist and be ours, with its own busy timeout: a write that cannot get the write
    /// lock within `timeout` fails with [`StoreError::Locked`]. For requests, whose clients do not wait as long as a command's
    /// user. Checked for damage only where it has a log.
    ///
    /// # Errors
    ///
    /// As [`Store::open_existing`].
    pub fn open_with_timeout(path: &Path, timeout: Duration) -> Result<Self, StoreError> {
        let check = CheckBeforeUse::WithLog;
        Self::open_with(path, OpenOptions { create: false, busy_timeout: timeout, check })
    }

    /// Opens the database at `path`, which must exist and be ours, to look at it: it is not checked for damage, and its log is
    /// left as it is until [`Store::check_integrity`] has found it whole.
    ///
    /// # Errors
    ///
    /// As [`Store::open_existing`], but for the damage.
    pub fn open_unchecked(path: &Path) -> Result<Self, StoreError> {
        let check = CheckBeforeUse::Never;
        Self::open_with(path, OpenOptions { create: false, busy_timeout: BUSY_TIMEOUT, check })
    }

    /// A new database in memory, gone when this is dropped.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = Path::new("");
        let failed = |e| StoreError::new(path, "open a database in memory", e);
        let mut db = Connection::open_in_memory().map_err(failed)?;
        schema::migrate(&mut db, path)?;
        Ok(Self { db, path: path.to_owned(), files: None })
    }

    pub(super) fn open_with(path: &Path, options: OpenOptions) -> Result<Self, StoreError> {
        let before = DatabaseFiles::of(path);
        let existed = path.exists();
        let mut db = schema::connect(path, options)?;
        schema::migrate(&mut db, path)?;
        let files = DatabaseFiles::of(path);
        if existed && !files.is_same_database(&before) {
            schema::keep_log_on_close(&db, true);
            return Err(StoreError::Replaced(path.to_owned()));
        }
        Ok(Self { db, path: path.to_owned(), files: Some(files) })
    }

    /// Whether what was committed is what the next process will read: the path still names the files that were written to.
    ///
    /// # Errors
    ///
    /// [`StoreError::Replaced`] if the database or its log was deleted, emptied or replaced since it was opened.
    pub fn check_not_replaced(&self) -> Result<(), StoreError> {
        let Some(files) = self.files else { return Ok(()) };
        if DatabaseFiles::of(&self.path) == files && size(&self.path) > 0 {
            return Ok(());
        }
        schema::keep_log_on_close(&self.db, true);
        Err(StoreError::Replaced(self.path.clone()))
    }

    /// Checks after a commit that the next process will read what was written: as [`Store::check_not_replaced`], and what
    /// another connection reads is whole and has the same content.
    ///
    /// # Errors
    ///
    /// [`StoreError::Replaced`] or [`StoreError::Damaged`] if somebody has deleted, replaced or overwritten the file in between.
    pub fn check_written(&self) -> Result<(), StoreError> {
        if self.files.is_none() {
            return Ok(());
        }
        self.check_not_replaced()?;
        // A failure is ignored: the log then stays until the next connection moves it into the file.
        let _ = self.db.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
        let next = Self::open_unchecked(&self.path)?;
        integrity::check(&next.db, &self.path)?;
        if next.content_version()? != self.content_version()? {
            return Err(StoreError::Replaced(self.path.clone()));
        }
        self.check_not_replaced()
    }

    /// Integrity check: reads every page of the file, which takes seconds for a large one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] with the first damage found.
    pub fn check_integrity(&self) -> Result<(), StoreError> {
        integrity::check(&self.db, &self.path)?;
        schema::keep_log_on_close(&self.db, false);
        Ok(())
    }
}
