//! What is kept, as values: the content that snapshots are built from, and the header of an edition. No SQL.

use chrono::{DateTime, Utc};

use crate::model::{District, LinkWorker, Place, TownEntry};

/// Everything that a snapshot is built from, as it stood at one moment.
#[derive(Debug, Clone, Default)]
pub struct StoredContent {
    /// The districts in the order of their file.
    pub districts: Vec<District>,
    /// The current state of every place, by identity.
    pub places: Vec<Place>,
    /// The link workers by the newest edition of each list, the lists by name, the entries in the order of their rows.
    pub link_workers: Vec<LinkWorker>,
    /// The gazetteer in the order of its file.
    pub towns: Vec<TownEntry>,
}

/// Stands for everything that snapshots are built from: equal while nothing of that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentVersion(pub(super) Option<i64>, pub(super) i64);

/// One reading of one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The list it is the newest edition of.
    pub list: String,
    /// The files that were read.
    pub files: Vec<EditionFile>,
    /// Who read them in: an account or the name of the operating system's user.
    pub made_by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A file of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionFile {
    /// Its name, without the folder.
    pub file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
}
