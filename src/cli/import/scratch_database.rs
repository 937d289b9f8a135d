//! A temporary database, so that a dry run writes nothing where there is no database yet.

use std::path::Path;

use crate::cli::Failure;
use crate::store::PartFile;

/// Names the database of a dry run. Where there is none yet, it is a temporary file, removed when this is dropped; the next dry run
/// removes that of a killed one.
pub struct ScratchDatabase(Option<PartFile>);

impl ScratchDatabase {
    /// Uses a temporary database if `dry_run` is set and `db` does not exist.
    ///
    /// # Errors
    ///
    /// If the temporary file cannot be created.
    pub fn new(db: &Path, dry_run: bool) -> Result<Self, Failure> {
        let temporary = std::env::temp_dir().join("tsunagari-dry-run.sqlite");
        let file = (dry_run && !db.exists()).then(|| PartFile::beside(&temporary, None)).transpose();
        file.map(Self).map_err(|error| Failure::of_file("error.unwritable", &temporary, &error))
    }

    /// The database to use in place of `db`.
    pub fn db<'a>(&'a self, db: &'a Path) -> &'a Path {
        self.0.as_ref().map_or(db, PartFile::path)
    }

    /// Whether a temporary database is used.
    pub fn is_temporary(&self) -> bool {
        self.0.is_some()
    }
}
