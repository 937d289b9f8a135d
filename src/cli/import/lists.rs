//! What imports of every kind of list share: which files make up which list, who imports, a scratch database for a dry run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::inputs;

/// The files by the list they are the new edition of, in order of first mention.
pub fn lists(files: &[PathBuf], list: Option<&str>) -> Vec<(String, Vec<PathBuf>)> {
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    let mut lists: Vec<(String, Vec<PathBuf>)> = Vec::new();
    for file in files {
        let list = list.map_or_else(|| inputs::list_name(file), str::to_owned);
        let at = *order.entry(list.clone()).or_insert_with(|| {
            lists.push((list, Vec::new()));
            lists.len() - 1
        });
        lists[at].1.push(file.clone());
    }
    lists
}

/// The name of the operating system's user, for the history.
pub fn user() -> String {
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

/// A database for a dry run where there is none yet: one that is thrown away.
pub struct ScratchDatabase(Option<PathBuf>);

impl ScratchDatabase {
    /// One where `dry_run` needs it.
    pub fn new(db: &Path, dry_run: bool) -> Self {
        let name = format!("tsunagari-dry-run-{}.sqlite", std::process::id());
        Self((dry_run && !db.exists()).then(|| std::env::temp_dir().join(name)))
    }

    /// The database to use in place of `db`.
    pub fn db<'a>(&'a self, db: &'a Path) -> &'a Path {
        self.0.as_deref().unwrap_or(db)
    }

    /// Whether it is one that is thrown away.
    pub fn is_made(&self) -> bool {
        self.0.is_some()
    }
}

impl Drop for ScratchDatabase {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            if let Some(db) = &self.0 {
                let mut file = db.clone().into_os_string();
                file.push(suffix);
                // What is left over lies in the system's temporary folder and holds nothing that a list does not.
                let _ = std::fs::remove_file(file);
            }
        }
    }
}
