//! File identity: detects that the files of an open database were deleted or replaced, and that a file was written to since it
//! was last read.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::StoreError;

/// A file whose last change is younger than this may have changed again within the same tick of the file system's clock.
const SETTLED: Duration = Duration::from_secs(1);

/// Device, inode and time of creation of a file, which stay the same when it is renamed and differ for a file that replaces it. The
/// inode alone would not do: it is used again as soon as a file is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileId {
    device: u64,
    inode: u64,
    created: Option<SystemTime>,
}

impl FileId {
    /// The identity of the file at `path`; `None` where there is none, and on systems without inodes.
    #[cfg(unix)]
    fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;

        let metadata = std::fs::metadata(path).ok()?;
        Some(Self { device: metadata.dev(), inode: metadata.ino(), created: metadata.created().ok() })
    }

    #[cfg(not(unix))]
    fn of(_: &Path) -> Option<Self> {
        None
    }
}

/// Identities of the three files of an open database: the database, its write-ahead log, its lock file (`-shm`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DatabaseFiles([Option<FileId>; 3]);

impl DatabaseFiles {
    pub(super) fn of(path: &Path) -> Self {
        Self([FileId::of(path), FileId::of(&log_of(path)), FileId::of(&companion(path, "-shm"))])
    }

    /// Whether both are the same database, whatever its log.
    pub(super) fn is_same_database(&self, other: &Self) -> bool {
        self.0[0] == other.0[0]
    }
}

/// Identity, length and time of the last change of a database and its log: what a reader compares before it opens the file
/// again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    main: Option<FileId>,
    states: [Option<(u64, SystemTime)>; 2],
}

impl FileStamp {
    /// The stamp of the database at `path`, with or without its file.
    pub fn of(path: &Path) -> Self {
        let state =
            |path: &Path| std::fs::metadata(path).ok().and_then(|file| Some((file.len(), file.modified().ok()?)));
        Self { main: FileId::of(path), states: [state(path), state(&log_of(path))] }
    }

    /// Whether an equal stamp later means that nothing was written in between.
    pub fn is_settled(&self) -> bool {
        let is_old = |(_, changed): &(u64, SystemTime)| changed.elapsed().is_ok_and(|age| age > SETTLED);
        self.states.iter().flatten().all(is_old)
    }

    /// Whether there is a log with something in it.
    pub fn has_log(&self) -> bool {
        self.states[1].is_some_and(|(size, _)| size > 0)
    }

    /// Whether both are of one file, whatever was written to it.
    pub fn is_same_file(&self, other: &Self) -> bool {
        self.main == other.main
    }
}

/// Identity of a file that lasts longer than a process: its inode, which is used again after it was deleted, with the time of its
/// creation. The device is left out, because its number may change with a restart of the machine. `None` where the system knows
/// neither.
#[cfg(unix)]
pub(super) fn lasting_identity(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;

    let metadata = std::fs::metadata(path).ok()?;
    let created = metadata.created().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(format!("{}-{}", metadata.ino(), created.as_nanos()))
}

#[cfg(not(unix))]
pub(super) fn lasting_identity(_: &Path) -> Option<String> {
    None
}

/// Path of the write-ahead log of the database at `path`.
pub(super) fn log_of(path: &Path) -> PathBuf {
    companion(path, "-wal")
}

/// Path of the file that SQLite keeps beside the database at `path`: beside the file itself, where the path is a symbolic link.
pub(super) fn companion(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.canonicalize().unwrap_or_else(|_| path.to_owned()).into_os_string();
    name.push(ending);
    PathBuf::from(name)
}

/// Size of the file at `path`; 0 where there is none.
pub(super) fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}

/// Refuses a write-ahead log or a lock file whose database was deleted or emptied: SQLite would share them between the new
/// database and whoever still has the old one open, or apply the log of the old one to the new one.
pub(super) fn refuse_orphan_log(path: &Path) -> Result<(), StoreError> {
    // Companions first: a process that has just created the database writes its first page before it creates them.
    let companions = ["-wal", "-shm"].map(|ending| companion(path, ending));
    match companions.into_iter().find(|file| file.exists()) {
        Some(log) if size(path) == 0 => Err(StoreError::OrphanLog { path: path.to_owned(), log }),
        _ => Ok(()),
    }
}
