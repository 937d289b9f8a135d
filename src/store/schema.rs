//! Schema migration: opens a database file, checks that it belongs to this program, and migrates it to the newest schema.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::identity::{log_of, refuse_orphan_log, size};
use super::{StoreError, integrity, tie};

/// The migrations in order. Step *n* brings `user_version` from *n* - 1 to *n*; a released step is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_init.sql"),
    include_str!("migrations/0002_unmet.sql"),
    include_str!("migrations/0003_link_workers.sql"),
    include_str!("migrations/0004_readings.sql"),
    include_str!("migrations/0005_towns.sql"),
    include_str!("migrations/0006_population.sql"),
    include_str!("migrations/0007_sketched_districts.sql"),
    include_str!("migrations/0008_counted_needs.sql"),
    include_str!("migrations/0009_basemap.sql"),
    include_str!("migrations/0010_planning_history.sql"),
    include_str!("migrations/0011_neighbours.sql"),
    include_str!("migrations/0013_results.sql"),
    include_str!("migrations/0014_accounts.sql"),
    include_str!("migrations/0015_editing.sql"),
    include_str!("migrations/0016_suggestions.sql"),
    include_str!("migrations/0017_workbook_uploads.sql"),
];

/// SQLite's `application_id` of our files ("tsng"), so that another program's database is never written to.
const APPLICATION_ID: i64 = 0x7473_6e67;

/// What the first bytes of a database say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileHead {
    schema: u32,
    application: u32,
}

impl FileHead {
    pub(super) fn is_up_to_date(self) -> bool {
        i64::from(self.application) == APPLICATION_ID && usize::try_from(self.schema) == Ok(MIGRATIONS.len())
    }
}

/// The head of a database, at the places that SQLite's file format gives it (`user_version` at 60, `application_id` at 68).
pub(super) fn head_of(path: &Path) -> Option<FileHead> {
    use std::io::Read as _;

    let mut head = [0; 100];
    std::fs::File::open(path).ok()?.read_exact(&mut head).ok()?;
    let number = |at: usize| head[at..at + 4].try_into().ok().map(u32::from_be_bytes);
    head.starts_with(b"SQLite format 3\0").then_some(FileHead { schema: number(60)?, application: number(68)? })
}

/// How a file is opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenOptions {
    /// Whether to create the file where there is none.
    pub create: bool,
    /// How long to wait for another process's lock.
    pub busy_timeout: Duration,
    /// Which databases are checked for damage before they are used.
    pub check: CheckBeforeUse,
}

/// Which databases are checked for damage before they are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CheckBeforeUse {
    /// Each one.
    Always,
    /// One with a log, which may belong to another file: what was interrupted, or is being written now.
    WithLog,
    /// None: the connection only reads and leaves the log as it is.
    Never,
}

/// Opens the file, checks its owner and sets the pragmas of a connection. Changes nothing in the file.
pub(super) fn connect(path: &Path, options: OpenOptions) -> Result<Connection, StoreError> {
    check_path(path, options.create)?;
    let has_log = size(&log_of(path)) > 0;
    connect_with_log(path, options, has_log).map_err(|error| match error {
        // The log is likelier to be wrong than the file: nothing has used it yet.
        StoreError::Damaged { path, detail } if has_log => {
            let log = log_of(&path);
            StoreError::ForeignLog { path, log, detail }
        }
        error => error,
    })
}

fn connect_with_log(path: &Path, options: OpenOptions, has_log: bool) -> Result<Connection, StoreError> {
    let db = open(path, options, has_log)?;
    check_owner(&db, path, options.create)?;
    if has_log {
        tie::check(&db, path)?;
    }
    if options.check == CheckBeforeUse::Always || (has_log && options.check == CheckBeforeUse::WithLog) {
        integrity::check(&db, path)?;
    }
    keep_log_on_close(&db, has_log && options.check == CheckBeforeUse::Never);
    Ok(db)
}

/// Whether the last connection leaves the log beside the database, instead of moving it into the file. A log that may not belong
/// to the file must never be moved there.
pub(super) fn keep_log_on_close(db: &Connection, keep: bool) {
    // A failure is ignored: it means that the library does not know the setting.
    let _ = db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep);
}

fn open(path: &Path, options: OpenOptions, keep_log: bool) -> Result<Connection, StoreError> {
    // An absolute path always names a file: SQLite opens ":memory:" and the empty name as temporary databases.
    let absolute = std::path::absolute(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, options.create);
    let failed = |e| StoreError::new(path, "open the database", e);
    let db = Connection::open_with_flags(absolute, flags).map_err(failed)?;
    db.busy_timeout(options.busy_timeout).map_err(failed)?;
    // Before anything is read: also a statement that fails would let the end of the connection apply the log.
    keep_log_on_close(&db, keep_log);
    db.execute_batch("pragma foreign_keys = on; pragma recursive_triggers = on; pragma synchronous = full;")
        .map_err(failed)?;
    Ok(db)
}

/// Checks what can be known of the path without opening the file.
pub(super) fn check_path(path: &Path, create: bool) -> Result<(), StoreError> {
    if path.as_os_str().is_empty() {
        return Err(StoreError::NotFound(path.to_owned()));
    }
    if path.is_dir() {
        return Err(StoreError::IsFolder(path.to_owned()));
    }
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
    if folder.is_some_and(|f| !f.is_dir()) {
        return Err(StoreError::NoFolder(path.to_owned()));
    }
    refuse_orphan_log(path)?;
    if !create && !path.exists() {
        return Err(StoreError::NotFound(path.to_owned()));
    }
    Ok(())
}

/// Accepts a database with our `application_id` and a schema version up to the newest migration; and, to fill it, an empty one
/// that nobody has marked.
fn check_owner(db: &Connection, path: &Path, may_be_empty: bool) -> Result<(), StoreError> {
    let read = || -> rusqlite::Result<(i64, i64, u32)> {
        let tables = db.query_row("select count(*) from sqlite_schema", [], |r| r.get(0))?;
        let application_id = db.query_row("pragma application_id", [], |r| r.get(0))?;
        Ok((tables, application_id, version(db)?))
    };
    let (tables, application_id, found) = read().map_err(|e| StoreError::new(path, "read the schema", e))?;
    let is_empty = tables == 0 && application_id == 0 && found == 0;
    if is_empty && !may_be_empty {
        return Err(StoreError::EmptyDatabase(path.to_owned()));
    }
    if !is_empty && (tables == 0 || application_id != APPLICATION_ID) {
        return Err(StoreError::ForeignDatabase(path.to_owned()));
    }
    let known = newest();
    if found > known {
        return Err(StoreError::NewerSchema { path: path.to_owned(), found, known });
    }
    Ok(())
}

/// Applies the migrations that the database lacks, each in its own transaction.
pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    if db.is_readonly("main").map_err(|e| StoreError::new(path, "open the database", e))? {
        return Err(StoreError::ReadOnly(path.to_owned()));
    }
    let failed = |e| StoreError::new(path, "bring the schema up to date", e);
    enable_write_ahead_log(db).map_err(failed)?;
    for (step, sql) in (1..).zip(MIGRATIONS) {
        apply_migration(db, step, sql).map_err(failed)?;
    }
    Ok(())
}

/// Write-ahead log: readers never wait for a writer, nor a writer for readers. SQLite stores the setting in the file and
/// changes it only outside of a transaction.
fn enable_write_ahead_log(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch("pragma journal_mode = wal; pragma journal_size_limit = 67108864;")
}

fn apply_migration(db: &mut Connection, step: u32, sql: &str) -> rusqlite::Result<()> {
    if version(db)? >= step {
        return Ok(());
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have migrated while this one waited for the lock.
    if version(&tx)? < step {
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", step)?;
    }
    tx.commit()
}

/// The newest version that this program knows.
pub(super) fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

pub(super) fn version(db: &Connection) -> rusqlite::Result<u32> {
    db.query_row("pragma user_version", [], |r| r.get(0))
}
