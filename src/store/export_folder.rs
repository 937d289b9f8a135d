//! Atomic replacement of a folder of exported files: it is written under a temporary name beside its destination and gets its name when
//! it is whole.
//!
//! A file in it marks it as an export, so that nothing else is ever replaced. A process that is killed leaves its temporary folder; the
//! next export to the same place removes it: a lock on the mark, which ends with the process that holds it, shows which are still being
//! written.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// The name of the file that marks a folder as an export.
pub const EXPORT_MARK: &str = ".tsunagari-export";

/// The end of the temporary folders' names.
const ENDING: &str = ".tsunagari-export-part";

/// The longest name of a file, in bytes, that common file systems take.
const LONGEST_NAME: usize = 255;

/// Why a folder cannot be exported to.
#[derive(Debug, thiserror::Error)]
pub enum ExportFolderError {
    /// The path names a file.
    #[error("{} is no folder", .0.display())]
    NotAFolder(PathBuf),
    /// The folder holds a former export.
    #[error("{} holds a former export", .0.display())]
    HoldsExport(PathBuf),
    /// The folder holds something else.
    #[error("{} is not empty and holds no export", .0.display())]
    HoldsOther(PathBuf),
    /// The path of a file cannot be a path below a folder.
    #[error("{0:?} cannot be the name of a file")]
    BadName(String),
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A folder that is being written; removed when dropped unless it got its name.
#[derive(Debug)]
pub struct ExportFolder {
    target: PathBuf,
    part: PathBuf,
    /// Whether a former export is in its place.
    replaces: bool,
    /// Holds the lock.
    mark: File,
}

impl ExportFolder {
    /// Begins an export to `target`, which must be absent, empty, or, with `replace`, a former export. Removes what killed exports to
    /// the same place have left.
    ///
    /// # Errors
    ///
    /// If the target is anything else, or the folder beside it cannot be made.
    pub fn begin(target: &Path, replace: bool) -> Result<Self, ExportFolderError> {
        // A symbolic link stays one: the folder that it names is replaced.
        let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
        let replaces = holds_export(&target)?;
        if replaces && !replace {
            return Err(ExportFolderError::HoldsExport(target));
        }
        let parent = parent_of(&target);
        fs::create_dir_all(parent).map_err(|source| io_error(parent, source))?;
        remove_abandoned(&target);
        let part = target.with_file_name(part_name(&target));
        fs::create_dir(&part).map_err(|source| io_error(&part, source))?;
        let mark = part.join(EXPORT_MARK);
        let file = marked(&mark).map_err(|source| io_error(&mark, source))?;
        Ok(Self { target, part, replaces, mark: file })
    }

    /// Writes a file; `path` is below the folder, its parts separated by slashes.
    ///
    /// # Errors
    ///
    /// If a part of the path cannot be a name, or the file cannot be written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), ExportFolderError> {
        let file = self.part.join(safe_path(path).ok_or_else(|| ExportFolderError::BadName(path.to_owned()))?);
        let folder = parent_of(&file);
        fs::create_dir_all(folder).map_err(|source| io_error(folder, source))?;
        let created = File::create_new(&file).and_then(|mut it| it.write_all(bytes));
        created.map_err(|source| io_error(&file, source))
    }

    /// Gives the folder its name; a former export goes in the same moment.
    ///
    /// # Errors
    ///
    /// If the folder cannot be renamed; what was in its place is then as it was.
    pub fn finish(self) -> Result<(), ExportFolderError> {
        let failed = |source| io_error(&self.target, source);
        self.mark.sync_all().map_err(failed)?;
        if self.replaces {
            exchange(&self.part, &self.target).map_err(failed)?;
        } else {
            // An empty folder is replaced by a rename; on systems where it is not, it goes first.
            if fs::rename(&self.part, &self.target).is_err() {
                fs::remove_dir(&self.target).map_err(failed)?;
                fs::rename(&self.part, &self.target).map_err(failed)?;
            }
        }
        Ok(())
    }
}

impl Drop for ExportFolder {
    fn drop(&mut self) {
        // After an exchange this is the former export. A failure is ignored: the next export tries again.
        let _ = fs::remove_dir_all(&self.part);
    }
}

/// Whether there is a former export; neither for what is absent or empty.
fn holds_export(target: &Path) -> Result<bool, ExportFolderError> {
    match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(ExportFolderError::NotAFolder(target.to_owned()))
        }
        Err(source) => Err(io_error(target, source)),
        Ok(mut entries) => of_entries(target, entries.next().is_none()),
    }
}

fn of_entries(target: &Path, is_empty: bool) -> Result<bool, ExportFolderError> {
    let is_marked = target.join(EXPORT_MARK).is_file();
    if is_empty || is_marked { Ok(is_marked) } else { Err(ExportFolderError::HoldsOther(target.to_owned())) }
}

/// Creates the mark and locks it until it is closed.
fn marked(mark: &Path) -> io::Result<File> {
    let mut file = File::create_new(mark)?;
    // Where locks are not supported, another export to the same place may remove this one, which then fails.
    let _ = file.try_lock();
    writeln!(file, "tsunagari {}", env!("CARGO_PKG_VERSION"))?;
    Ok(file)
}

/// A relative path of plain names only; `None` for any other (path traversal), and for names that a file system does not take.
fn safe_path(path: &str) -> Option<PathBuf> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let is_name = |part: &&str| !part.is_empty() && part.len() <= LONGEST_NAME && !part.contains(['\\', '\0', ':']);
    let joined: PathBuf = parts.iter().collect();
    let is_plain = joined.components().all(|it| matches!(it, Component::Normal(_)));
    (parts.iter().all(is_name) && is_plain && joined.components().count() == parts.len()).then_some(joined)
}

/// Puts the new folder in the place of the old one, which gets the new one's name.
#[cfg(target_os = "linux")]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        // Some network file systems cannot exchange.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => replace_in_two_steps(new, old),
        other => Ok(other?),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    replace_in_two_steps(new, old)
}

/// For a moment there is no folder in between; if the second step fails, the first is undone.
fn replace_in_two_steps(new: &Path, old: &Path) -> io::Result<()> {
    let mut aside = new.as_os_str().to_owned();
    aside.push(".old");
    aside.push(ENDING);
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The beginning of the names of temporary folders of `target`.
fn part_start(target: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".");
    name
}

fn part_name(target: &Path) -> OsString {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut name = part_start(target);
    name.push(format!("{}-{}{ENDING}", std::process::id(), now.as_nanos()));
    name
}

/// Removes the temporary folders of `target` whose process has ended.
fn remove_abandoned(target: &Path) {
    let start = part_start(target);
    for entry in fs::read_dir(parent_of(target)).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_part = name.as_encoded_bytes().starts_with(start.as_encoded_bytes())
            && name.as_encoded_bytes().ends_with(ENDING.as_bytes());
        if is_part && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_if_abandoned(&entry.path());
        }
    }
}

fn remove_if_abandoned(part: &Path) {
    // Failures are ignored: what cannot be removed harms no export.
    let _ = match File::open(part.join(EXPORT_MARK)) {
        Ok(mark) if mark.try_lock().is_ok() => fs::remove_dir_all(part),
        Ok(_) => Ok(()),
        Err(_) => fs::remove_dir(part),
    };
}

fn io_error(path: &Path, source: io::Error) -> ExportFolderError {
    ExportFolderError::Io { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export(target: &Path, replace: bool, text: &str) -> Result<(), ExportFolderError> {
        let folder = ExportFolder::begin(target, replace)?;
        folder.write("/a/b.txt", text.as_bytes())?;
        folder.finish()
    }

    fn text(target: &Path) -> String {
        fs::read_to_string(target.join("a/b.txt")).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_that_is_absent_empty_or_a_former_export_is_written_and_nothing_is_left_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("site");
        export(&target, false, "1").unwrap();
        assert!(matches!(export(&target, false, "2"), Err(ExportFolderError::HoldsExport(_))));
        assert_eq!(text(&target), "1");
        export(&target, true, "3").unwrap();
        assert_eq!(text(&target), "3");
        let empty = home.path().join("empty");
        fs::create_dir(&empty).unwrap();
        export(&empty, false, "4").unwrap();
        assert_eq!((text(&empty).as_str(), names(home.path())), ("4", vec!["empty".to_owned(), "site".to_owned()]));
    }

    #[test]
    fn what_is_no_export_is_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("file"), "x").unwrap();
        fs::create_dir(home.path().join("own")).unwrap();
        fs::write(home.path().join("own/letter.txt"), "x").unwrap();
        for replace in [false, true] {
            let refused = |name: &str| export(&home.path().join(name), replace, "").unwrap_err();
            assert!(matches!(refused("file"), ExportFolderError::NotAFolder(_)));
            assert!(matches!(refused("own"), ExportFolderError::HoldsOther(_)));
        }
        assert_eq!(names(&home.path().join("own")), ["letter.txt"]);
        assert_eq!(names(home.path()), ["file", "own"]);
    }

    #[test]
    fn an_export_that_fails_leaves_the_former_one_and_what_killed_ones_left_goes() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("site");
        export(&target, false, "1").unwrap();
        let failed = ExportFolder::begin(&target, true).unwrap();
        assert!(failed.write("../out", b"x").is_err());
        drop(failed);
        assert_eq!((text(&target).as_str(), names(home.path())), ("1", vec!["site".to_owned()]));
        let killed = home.path().join(format!(".site.1-1{ENDING}"));
        fs::create_dir(&killed).unwrap();
        fs::write(killed.join(EXPORT_MARK), "").unwrap();
        let running = ExportFolder::begin(&target, true).unwrap();
        assert!(!killed.exists());
        export(&target, true, "2").unwrap();
        assert!(running.part.exists(), "another export that is running stays");
        drop(running);
        assert_eq!(names(home.path()), ["site"]);
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for path in ["", "/", "..", "a/../b", "/a//b", "a/", "./a", "a\\b", "c:d", "a\0b", &"長".repeat(90)] {
            assert_eq!(safe_path(path), None, "{path:?}");
        }
        for path in ["/a", "a.b/c d", "/districts/八鹿.csv", "/.hidden", "/...x"] {
            assert!(safe_path(path).is_some(), "{path}");
        }
    }
}
