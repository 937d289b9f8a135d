//! A temporary database, so that a dry run writes nothing where there is no database yet.

use std::path::{Path, PathBuf};

/// Names the database of a dry run. Where there is none yet, it is a temporary file, removed when this is dropped.
pub struct ScratchDatabase(Option<PathBuf>);

impl ScratchDatabase {
    /// Uses a temporary database if `dry_run` is set and `db` does not exist.
    pub fn new(db: &Path, dry_run: bool) -> Self {
        let name = format!("tsunagari-dry-run-{}.sqlite", std::process::id());
        Self((dry_run && !db.exists()).then(|| std::env::temp_dir().join(name)))
    }

    /// The database to use in place of `db`.
    pub fn db<'a>(&'a self, db: &'a Path) -> &'a Path {
        self.0.as_deref().unwrap_or(db)
    }

    /// Whether a temporary database is used.
    pub fn is_temporary(&self) -> bool {
        self.0.is_some()
    }
}

impl Drop for ScratchDatabase {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            if let Some(db) = &self.0 {
                let mut file = db.clone().into_os_string();
                file.push(suffix);
                // A failure is ignored: a leftover file lies in the system's temporary folder and holds only region files.
                let _ = std::fs::remove_file(file);
            }
        }
    }
}
