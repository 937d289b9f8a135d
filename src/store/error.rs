//! Errors of the store: each message names the file and what to do about it.

use std::error::Error;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

use crate::model::PlaceId;

/// SQLite's codes for a write that the operating system refused.
const FAILED_WRITES: [i32; 5] = [
    ffi::SQLITE_IOERR_WRITE,
    ffi::SQLITE_IOERR_FSYNC,
    ffi::SQLITE_IOERR_TRUNCATE,
    ffi::SQLITE_IOERR_DIR_FSYNC,
    ffi::SQLITE_IOERR_SHMSIZE,
];

/// Why the database could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no file at the path.
    #[error("there is no database at {}: check the path, or start `tsunagari serve` once to make one", .0.display())]
    NotFound(PathBuf),
    /// The folder of the path does not exist.
    #[error("the folder of {} does not exist: make it first, or name another path", .0.display())]
    NoFolder(PathBuf),
    /// The path names a folder, not a file.
    #[error("{} is a folder: name a file in it, for example {}", .0.display(), .0.join("tsunagari.db").display())]
    IsFolder(PathBuf),
    /// The file is not in SQLite's format.
    #[error("{} is not a database: name another path; it was left as it is", .0.display())]
    NotADatabase(PathBuf),
    /// The file is an SQLite database of another program, by its `application_id`.
    #[error("{} is the database of another program: name another path; it was left as it is", .0.display())]
    ForeignDatabase(PathBuf),
    /// A newer version of this program has migrated the schema.
    #[error(
        "{} was written by a newer tsunagari (schema {found}, this program knows up to {known}): update the program",
        path.display()
    )]
    NewerSchema {
        /// The database.
        path: PathBuf,
        /// Its schema version, from `user_version`.
        found: u32,
        /// The newest schema version of this program.
        known: u32,
    },
    /// The file or its folder may not be written to.
    #[error("{} cannot be written to: the file and its folder must be writable for the user who runs this", .0.display())]
    ReadOnly(PathBuf),
    /// The operating system refuses to open the file.
    #[error("{} cannot be opened: check that the user who runs this may read and write it and its folder", .0.display())]
    CannotOpen(PathBuf),
    /// Another process held the write lock for longer than the busy timeout.
    #[error("{} is in use by another program: wait until it is done, then try again", .0.display())]
    Locked(PathBuf),
    /// The disk is full.
    #[error("the disk that holds {} is full: nothing was changed; free some space, then try again", .0.display())]
    DiskFull(PathBuf),
    /// The file failed the integrity check, or SQLite found it corrupt.
    #[error("{} is damaged ({detail}): restore the last backup", path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// SQLite's message.
        detail: String,
    },
    /// The database and its write-ahead log together are damaged: the log probably belongs to another file, which stood at the
    /// path before. SQLite would apply it to this one.
    #[error(
        "{} and its log {} do not fit together ({detail}): if the database was put in another one's place, stop the service, \
         move that log and the -shm file away, then start it; if not, restore the last backup; both were left as they were",
        path.display(), log.display()
    )]
    ForeignLog {
        /// The database.
        path: PathBuf,
        /// The write-ahead log beside it.
        log: PathBuf,
        /// SQLite's message.
        detail: String,
    },
    /// A write-ahead log or a lock file stands there without its database, or beside an empty one.
    #[error(
        "{} belongs to a database that was deleted or emptied: if {} can be brought back, do so; else stop the service, move \
         that file, the -wal and the -shm file away, and try again; all were left as they were",
        log.display(), path.display()
    )]
    OrphanLog {
        /// Where the database should be.
        path: PathBuf,
        /// What was left of the one before.
        log: PathBuf,
    },
    /// The file has neither a table nor our mark.
    #[error("{} is empty: restore the last backup, or import the lists again", .0.display())]
    EmptyDatabase(PathBuf),
    /// A database of ours, but no list was ever imported into it.
    #[error("{} holds no list yet: the places of the database before it are kept", .0.display())]
    NoEdition(PathBuf),
    /// The file was deleted, emptied or replaced between its opening and the end of the write.
    #[error(
        "{} was deleted or replaced while it was written to: what was written is not there; do it again", .0.display()
    )]
    Replaced(PathBuf),
    /// The operating system refused a write: a quota, a limit on the size of files, a failing disk.
    #[error(
        "{} could not be written to the end: a disk, a quota or a limit on the size of files is full; nothing was changed; \
         free some space, then try again", .0.display()
    )]
    WriteFailed(PathBuf),
    /// Optimistic concurrency control: the place has a newer revision than the one that was read.
    #[error("place {} is at revision {current}, not at {expected}: read it again, then repeat the change", place.0)]
    Conflict {
        /// The place both wanted to change.
        place: PlaceId,
        /// The revision that the change was based on.
        expected: u32,
        /// The last revision stored; 0 if there is no such place.
        current: u32,
    },
    /// A backup must not overwrite this file.
    #[error("{} cannot take the backup: {reason}", path.display())]
    BackupRefused {
        /// The destination of the backup.
        path: PathBuf,
        /// Why it is refused.
        reason: &'static str,
    },
    /// A file other than the database (a backup or its folder) could not be written, renamed or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// SQLite failed for a reason not listed above; probably a defect.
    #[error("{}: could not {doing}: {source}", path.display())]
    Failed {
        /// The database.
        path: PathBuf,
        /// The operation, as an infinitive: "read the places".
        doing: &'static str,
        /// SQLite's error.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl StoreError {
    /// Maps an SQLite error code to its variant; `doing` is the operation that failed, on the database at `path`.
    pub(super) fn new(path: &Path, doing: &'static str, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        if error.sqlite_error().is_some_and(|error| FAILED_WRITES.contains(&error.extended_code)) {
            return Self::WriteFailed(path);
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase(path),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(path),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::CannotOpen(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(path),
            Some(ErrorCode::DiskFull) => Self::DiskFull(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, detail: error.to_string() },
            _ => Self::Failed { path, doing, source: Box::new(error) },
        }
    }
}
