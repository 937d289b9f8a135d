//! Online backup: copies the whole database while other processes read and write it.
//!
//! Atomic replacement: the copy is taken in one read transaction, written to a temporary file beside the destination, checked,
//! and only then renamed, so that an interrupted backup never replaces a good one.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::identity::companion;
use super::part_file::PartFile;
use super::schema::{self, CheckBeforeUse, OpenOptions};
use super::{BUSY_TIMEOUT, StoreError, integrity};

/// Pages copied between two calls of the progress callback: 16 MiB at SQLite's default of 4 KiB per page.
const PAGES_PER_STEP: i32 = 4096;

/// Progress of a running backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupProgress {
    /// Pages of the database copied so far.
    pub done: u64,
    /// Pages of the database in all.
    pub total: u64,
}

/// Copies the database at `from` to `to`, replaces an earlier backup there, and calls `progress` after each step. Works while
/// other processes read and write `from`: the copy holds the state at the moment it starts, in one file without a log.
///
/// # Errors
///
/// If `from` cannot be read; if `to` cannot be written, is `from` itself or holds something other than a database; or if the
/// copy fails the integrity check. An earlier file at `to` is then left as it was.
pub fn backup(from: &Path, to: &Path, progress: &mut dyn FnMut(BackupProgress)) -> Result<(), StoreError> {
    let options = OpenOptions { create: false, busy_timeout: BUSY_TIMEOUT, check: CheckBeforeUse::WithLog };
    let source = schema::connect(from, options)?;
    check_destination(from, to)?;
    let io = |source| StoreError::Io { path: to.to_owned(), source };
    // Same permissions as the database: the copy holds the same personal data.
    let permissions = fs::metadata(from).map_err(io)?.permissions();
    let part = PartFile::beside(to, Some(permissions)).map_err(io)?;
    copy(&source, from, part.path(), progress)?;
    part.rename_to(to).map_err(io)
}

fn check_destination(from: &Path, to: &Path) -> Result<(), StoreError> {
    let refuse = |reason| Err(StoreError::BackupRefused { path: to.to_owned(), reason });
    if to.file_name().is_none() || to.is_dir() {
        return refuse("it is a folder; name a file in it");
    }
    let folder = to.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(StoreError::NoFolder(to.to_owned()));
    }
    if files_of_database(from).iter().any(|live| same_file(live, to)) {
        return refuse("it is the database itself (or its log); name another file");
    }
    if to.exists() && !is_sqlite_file(to) {
        return refuse("a file that is no backup stands there; name another file, or move it away first");
    }
    Ok(())
}

/// Whether an export must not overwrite `file`: it is the database at `db`, its log or lock file, or another database, such as
/// a backup.
pub fn holds_a_database(file: &Path, db: &Path) -> bool {
    files_of_database(db).iter().any(|live| same_file(live, file)) || is_sqlite_file(file)
}

fn files_of_database(db: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-journal"].map(|ending| companion(db, ending))
}

/// Compares canonical paths. A file that does not exist yet is compared by its folder and name.
fn same_file(a: &Path, b: &Path) -> bool {
    let canonical = |path: &Path| {
        path.canonicalize().ok().or_else(|| {
            let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Some(folder.canonicalize().ok()?.join(path.file_name()?))
        })
    };
    canonical(a).is_some_and(|a| canonical(b) == Some(a))
}

/// Whether a regular file begins as SQLite's do.
fn is_sqlite_file(path: &Path) -> bool {
    if !path.is_file() {
        // Reading a named pipe would block until another process writes into it.
        return false;
    }
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut f| f.read_exact(&mut head));
    read.is_ok() && head == *b"SQLite format 3\0"
}

fn copy(
    source: &Connection,
    from: &Path,
    part: &Path,
    progress: &mut dyn FnMut(BackupProgress),
) -> Result<(), StoreError> {
    let reading = |e| StoreError::new(from, "copy the database", e);
    let writing = |e| StoreError::new(part, "write the backup", e);
    // One read transaction around all steps: without it, SQLite restarts the copy after each write of another process.
    let transaction = source.unchecked_transaction().map_err(reading)?;
    let mut copy = Connection::open(part).map_err(writing)?;
    copy_in_steps(&transaction, &mut copy, progress).map_err(reading)?;
    drop(transaction);
    // No write-ahead log, so that the backup is one file; `schema::migrate` turns the log on again.
    copy.execute_batch("pragma journal_mode = delete;").map_err(writing)?;
    integrity::check(&copy, part)?;
    copy.close().map_err(|(_, e)| writing(e))
}

fn copy_in_steps(
    source: &Connection,
    copy: &mut Connection,
    progress: &mut dyn FnMut(BackupProgress),
) -> rusqlite::Result<()> {
    source.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
    let backup = Backup::new(source, copy)?;
    loop {
        let step = backup.step(PAGES_PER_STEP)?;
        let state = backup.progress();
        let pages = |count: i32| u64::try_from(count).unwrap_or(0);
        let (total, left) = (pages(state.pagecount), pages(state.remaining));
        progress(BackupProgress { done: total.saturating_sub(left), total });
        match step {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked => std::thread::sleep(Duration::from_millis(20)),
            _ => {}
        }
    }
}
