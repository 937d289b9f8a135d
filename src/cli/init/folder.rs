//! A folder that appears whole: filled under a temporary name beside its destination, then renamed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::Failure;

/// Refuses a destination at which anything is.
///
/// # Errors
///
/// If there is a file, or a folder that is not empty.
pub fn refuse_existing(folder: &Path) -> Result<(), Failure> {
    let is_free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_free { Ok(()) } else { Err(Failure::new("error.init_exists", &[("folder", &folder.display().to_string())])) }
}

/// A folder under its temporary name, removed when dropped unless it got its own.
#[derive(Debug)]
pub struct NewFolder {
    part: PathBuf,
    to: PathBuf,
}

impl NewFolder {
    /// Creates the temporary folder beside `to`.
    ///
    /// # Errors
    ///
    /// If it cannot be created.
    pub fn create(to: &Path) -> Result<Self, Failure> {
        let to = std::path::absolute(to).map_err(|error| unwritable(to, &error))?;
        let mut name = std::ffi::OsString::from(".");
        name.push(to.file_name().unwrap_or_default());
        name.push(format!(".{}.tsunagari-part", std::process::id()));
        let part = to.with_file_name(name);
        fs::create_dir_all(&part).map_err(|error| unwritable(&to, &error))?;
        Ok(Self { part, to })
    }

    /// Writes `files` and gives the folder its name.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, or something has appeared at the destination; nothing is then left.
    pub fn fill(self, files: &[(&str, Vec<u8>)]) -> Result<(), Failure> {
        for (name, bytes) in files {
            fs::write(self.part.join(name), bytes).map_err(|error| unwritable(&self.to, &error))?;
        }
        // A folder that is not empty is not replaced; an empty one is, which loses nothing.
        fs::rename(&self.part, &self.to).map_err(|error| unwritable(&self.to, &error))
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        // After the rename there is nothing; a failure is ignored, since the error that led here is the one to report.
        let _ = fs::remove_dir_all(&self.part);
    }
}

fn unwritable(to: &Path, error: &io::Error) -> Failure {
    Failure::of_file("error.unwritable", to, error)
}
