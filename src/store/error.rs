//! Why the store did not do what it was asked, in words that name the file and say what to do.

use std::error::Error;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::model::PlaceId;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no database at {}: check the path, or start `tsunagari serve` once to make one", .0.display())]
    NotFound(PathBuf),
    /// The folder that should hold the file does not exist.
    #[error("the folder of {} does not exist: make it first, or name another path", .0.display())]
    NoFolder(PathBuf),
    /// The path names a folder.
    #[error("{} is a folder: name a file in it, for example {}", .0.display(), .0.join("tsunagari.db").display())]
    IsFolder(PathBuf),
    /// The file is something else than SQLite.
    #[error("{} is not a database: name another path; it was left as it is", .0.display())]
    NotADatabase(PathBuf),
    /// The file is SQLite, but of another program.
    #[error("{} is the database of another program: name another path; it was left as it is", .0.display())]
    ForeignDatabase(PathBuf),
    /// A newer program has written the file.
    #[error(
        "{} was written by a newer tsunagari (schema {found}, this program knows up to {known}): update the program",
        path.display()
    )]
    NewerSchema {
        /// The database.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema this program knows.
        known: u32,
    },
    /// The file or its folder may not be written to.
    #[error("{} cannot be written to: the file and its folder must be writable for the user who runs this", .0.display())]
    ReadOnly(PathBuf),
    /// The file cannot be opened at all.
    #[error("{} cannot be opened: check that the user who runs this may read and write it and its folder", .0.display())]
    CannotOpen(PathBuf),
    /// Another program holds the file for longer than we wait.
    #[error("{} is in use by another program: wait until it is done, then try again", .0.display())]
    Locked(PathBuf),
    /// The disk is full.
    #[error("the disk that holds {} is full: nothing was changed; free some space, then try again", .0.display())]
    DiskFull(PathBuf),
    /// The file is damaged.
    #[error("{} is damaged ({detail}): restore the last backup", path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What SQLite says of it.
        detail: String,
    },
    /// Another database was put in the place of the one that is open, beside the log of that one, which would spoil it.
    #[error(
        "{} was replaced, but {} belongs to the one before: stop the service, move that log and the -shm file away, then start it",
        path.display(), log.display()
    )]
    ForeignLog {
        /// The database.
        path: PathBuf,
        /// The log that was left.
        log: PathBuf,
    },
    /// Optimistic concurrency control: the place has a newer revision than the one that was read.
    #[error("place {} is at revision {current}, not at {expected}: read it again, then repeat the change", place.0)]
    Conflict {
        /// Which place.
        place: PlaceId,
        /// The revision that was expected to be the last.
        expected: u32,
        /// The last revision stored; 0 if there is no such place.
        current: u32,
    },
    /// A backup must not be written over this file.
    #[error("{} cannot take the backup: {reason}", path.display())]
    BackupRefused {
        /// Where the backup should have gone.
        path: PathBuf,
        /// Why not there.
        reason: &'static str,
    },
    /// A file beside the database could not be written, renamed or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// SQLite failed in a way that should not happen.
    #[error("{}: could not {doing}: {source}", path.display())]
    Failed {
        /// The database.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What SQLite says.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl StoreError {
    /// What `error` means for the database at `path` while `doing` something.
    pub(super) fn new(path: &Path, doing: &'static str, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
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
