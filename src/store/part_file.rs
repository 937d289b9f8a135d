//! Atomic replacement of a file: it is written under a temporary name beside its destination and renamed when it is whole.
//!
//! A process that is killed leaves its temporary file. The next one that writes into the same folder removes it: a lock, which
//! ends with the process that holds it, shows which files are still being written.

use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::StoreError;
use super::identity::companion;

/// The end of the temporary files' names, by which later runs recognise them.
const ENDING: &str = ".tsunagari-part";

/// A temporary file, removed when dropped unless it was renamed.
#[derive(Debug)]
pub struct PartFile {
    path: PathBuf,
    /// Holds the lock; open until the file has its name.
    file: File,
}

impl PartFile {
    /// Creates the temporary file of `to`, and removes those that killed processes have left in its folder.
    ///
    /// # Errors
    ///
    /// If the file cannot be created.
    pub fn beside(to: &Path, permissions: Option<Permissions>) -> io::Result<Self> {
        remove_abandoned(folder_of(to));
        let path = to.with_file_name(part_name(to));
        let file = File::create_new(&path)?;
        let part = Self { path, file };
        hold(&part.file);
        if let Some(permissions) = permissions {
            part.file.set_permissions(permissions)?;
        }
        Ok(part)
    }

    /// Where the temporary file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the content durable and gives the file its name.
    pub(super) fn rename_to(self, to: &Path) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        fs::rename(&self.path, to)?;
        sync_folder(folder_of(to))
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Writes `bytes` to `to`, whole or not at all: an earlier file there stays until the new one is on the disk. What is no regular
/// file (a pipe, a device) is written to directly.
///
/// # Errors
///
/// If the file cannot be written; an earlier one is then left as it was.
pub fn write_whole_file(to: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let io = |source| StoreError::Io { path: to.to_owned(), source };
    // A symbolic link stays one: the file that it names is replaced.
    let target = to.canonicalize().unwrap_or_else(|_| to.to_owned());
    let permissions = match fs::metadata(&target) {
        Ok(there) if there.is_file() => Some(there.permissions()),
        Ok(_) => return fs::write(to, bytes).map_err(io),
        Err(_) => None,
    };
    let mut part = PartFile::beside(&target, permissions).map_err(io)?;
    part.file.write_all(bytes).map_err(io)?;
    part.rename_to(&target).map_err(io)
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A name that no other process has: the number of a process is unique in its container only, hence the time.
fn part_name(to: &Path) -> OsString {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut name = OsString::from(".");
    name.push(to.file_name().unwrap_or_default());
    name.push(format!(".{}-{}{ENDING}", std::process::id(), now.as_nanos()));
    name
}

/// Removes the temporary files in `folder` whose process has ended.
pub(super) fn remove_abandoned(folder: &Path) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with('.') && name.ends_with(ENDING));
        if is_ours && file.file_type().is_ok_and(|kind| kind.is_file()) && is_abandoned(&file.path()) {
            remove(&file.path());
        }
    }
}

/// Locks a file until it is closed. On Linux such a lock and those of SQLite do not see each other.
#[cfg(target_os = "linux")]
fn hold(file: &File) {
    // Where locks are not supported, a second writer in the same folder may remove this file; the rename then fails.
    let _ = file.try_lock();
}

#[cfg(target_os = "linux")]
fn is_abandoned(part: &Path) -> bool {
    File::open(part).is_ok_and(|file| file.try_lock().is_ok())
}

/// Elsewhere a lock would shut SQLite out of its own file.
#[cfg(not(target_os = "linux"))]
fn hold(_: &File) {}

/// Without locks: nothing is written for longer than a day.
#[cfg(not(target_os = "linux"))]
fn is_abandoned(part: &Path) -> bool {
    let changed = fs::metadata(part).and_then(|file| file.modified());
    changed.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > std::time::Duration::from_hours(24)))
}

/// Removes a temporary file and what SQLite keeps beside one that is a database.
fn remove(part: &Path) {
    for ending in ["", "-journal", "-wal", "-shm"] {
        // A failure is ignored: the error that led here is the one to report, and the next run tries again.
        let _ = fs::remove_file(companion(part, ending));
    }
}

/// Makes a rename durable: it is on the disk only after an fsync of the folder.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
