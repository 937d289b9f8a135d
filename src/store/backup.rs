//! Hot backup: a copy of the whole database while others read and write it.
//!
//! The copy is made from one moment's state into a file of its own beside the destination, checked, and only then renamed: a
//! backup that was interrupted never takes the place of a good one.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::schema::{self, OpenOptions};
use super::{StoreError, WAIT};

/// Pages copied between two reports: 16 MiB at the usual 4 KiB a page.
const PAGES_A_STEP: i32 = 4096;

/// How far a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupProgress {
    /// Pages copied so far.
    pub done: u64,
    /// Pages in all.
    pub total: u64,
}

/// Copies the database at `from` to `to`, replacing an earlier backup there, and calls `progress` after each step. Works
/// while `from` is served and written; takes its state of the moment it starts. The copy is one file, complete in itself.
///
/// # Errors
///
/// If `from` cannot be read, `to` cannot be written, is `from` itself or is no database, or the copy turns out to be
/// damaged. Whatever stood at `to` then still stands there.
pub fn backup(from: &Path, to: &Path, progress: &mut dyn FnMut(BackupProgress)) -> Result<(), StoreError> {
    let source = schema::connect(from, OpenOptions { create: false, wait: WAIT })?;
    check_destination(from, to)?;
    let part = PartFile::beside(to, from)?;
    copy(&source, from, &part.0, progress)?;
    let io = |source| StoreError::Io { path: to.to_owned(), source };
    fs::rename(&part.0, to).map_err(io)?;
    sync_folder(to).map_err(io)
}

/// A file in the making, removed unless it was renamed.
struct PartFile(PathBuf);

impl PartFile {
    fn beside(to: &Path, from: &Path) -> Result<Self, StoreError> {
        let mut name = OsString::from(".");
        name.push(to.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let part = Self(to.with_file_name(name));
        part.remove();
        // As closed to others as the database itself: it holds the same names.
        let made = File::create_new(&part.0).and_then(|f| f.set_permissions(fs::metadata(from)?.permissions()));
        made.map_err(|source| StoreError::Io { path: part.0.clone(), source })?;
        Ok(part)
    }

    fn remove(&self) {
        // Nothing to do about a file that cannot be removed: the error that brought us here is the one to report.
        let _ = fs::remove_file(&self.0);
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        self.remove();
    }
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
    if to.exists() && !is_database(to) {
        return refuse("a file that is no backup stands there; name another file, or move it away first");
    }
    Ok(())
}

/// Whether other things must not be written to `file`: it is the database at `db`, belongs to it, or is a database itself,
/// such as a backup.
pub fn holds_a_database(file: &Path, db: &Path) -> bool {
    files_of_database(db).iter().any(|live| same_file(live, file)) || is_database(file)
}

fn files_of_database(db: &Path) -> [PathBuf; 4] {
    ["", "-wal", "-shm", "-journal"].map(|suffix| {
        let mut name = db.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// Also where the file does not exist yet: its folder does.
fn same_file(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| {
        path.canonicalize().ok().or_else(|| {
            let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Some(folder.canonicalize().ok()?.join(path.file_name()?))
        })
    };
    place(a).is_some_and(|a| place(b) == Some(a))
}

fn is_database(path: &Path) -> bool {
    if !path.is_file() {
        // Reading a pipe would wait for somebody to write into it.
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
    // One read transaction around all steps: without it, each write by others would start the copy over.
    let moment = source.unchecked_transaction().map_err(reading)?;
    let mut copy = Connection::open(part).map_err(writing)?;
    step_through(&moment, &mut copy, progress).map_err(reading)?;
    drop(moment);
    // One file that can be carried away; the program turns the log on again when it opens it.
    copy.execute_batch("pragma journal_mode = delete;").map_err(writing)?;
    check(&copy, part)?;
    copy.close().map_err(|(_, e)| writing(e))?;
    File::open(part).and_then(|f| f.sync_all()).map_err(|source| StoreError::Io { path: part.to_owned(), source })
}

fn step_through(
    source: &Connection,
    copy: &mut Connection,
    progress: &mut dyn FnMut(BackupProgress),
) -> rusqlite::Result<()> {
    source.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
    let backup = Backup::new(source, copy)?;
    loop {
        let step = backup.step(PAGES_A_STEP)?;
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

/// Fails with the first thing that is damaged.
pub(super) fn check(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let verdict: String = db
        .query_row("pragma integrity_check(1)", [], |r| r.get(0))
        .map_err(|e| StoreError::new(path, "check the database", e))?;
    if verdict == "ok" {
        return Ok(());
    }
    Err(StoreError::Damaged { path: path.to_owned(), detail: verdict })
}

/// A rename is on the disk only once its folder is.
#[cfg(unix)]
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
