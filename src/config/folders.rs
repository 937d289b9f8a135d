//! The data folders, one above the other: a prefecture's below a city's. Of each file the one that lies highest counts, whole.

use std::path::{Path, PathBuf};

use super::ConfigError;

/// Data folders, the most general first; at least one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataFolders(Vec<PathBuf>);

impl DataFolders {
    /// Layers `folders`, the most general first.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self(folders)
    }

    /// The folder of the municipality itself: the last one. Empty for the built-in configuration.
    pub fn own(&self) -> &Path {
        self.0.last().map_or(Path::new(""), PathBuf::as_path)
    }

    /// All of them, the most general first.
    pub fn all(&self) -> &[PathBuf] {
        &self.0
    }

    /// The file `name` that counts, if there is one.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        self.0.iter().rev().map(|folder| folder.join(name)).find(|file| file.exists())
    }

    /// The file `name` that counts; where there is none, the one that is missing from the municipality's own folder.
    pub(super) fn required(&self, name: &str) -> PathBuf {
        self.find(name).unwrap_or_else(|| self.own().join(name))
    }

    /// # Errors
    ///
    /// If one of several folders is missing: a layer that is not there must not be left out in silence.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let missing = self.0.iter().find(|folder| self.0.len() > 1 && !folder.is_dir());
        missing.map_or(Ok(()), |folder| {
            let reason = std::fs::read_dir(folder).map_or_else(|error| error.to_string(), |_| String::new());
            Err(ConfigError::Unreadable { file: folder.clone(), reason })
        })
    }
}

impl From<&Path> for DataFolders {
    fn from(folder: &Path) -> Self {
        Self(vec![folder.to_owned()])
    }
}
