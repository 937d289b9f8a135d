//! Keeps everything in one SQLite file. The only module that speaks SQL.
//!
//! Every state of a place is a [`Revision`] that is only ever added; triggers in the database refuse anything else. What
//! describes the municipality (districts, outline, gazetteer) is replaced as a whole. Reading requests never come here: they
//! are answered from a [`Snapshot`](crate::index::Snapshot). The store holds no rules of importing or merging, and no type of
//! the database library stands in its signatures, so that another store can take its place.
//!
//! A file may be open in several processes at once: reading never waits (write-ahead log), writing waits for its turn, and
//! [`Store::data_version`] tells a server that another process has written.

mod backup;
mod edit;
mod error;
mod identity;
mod link_workers;
mod places;
mod record;
mod regions;
mod schema;
mod unmet;
mod value;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _};

pub use backup::{BackupProgress, backup, holds_a_database};
pub use edit::Edit;
pub use error::StoreError;
pub use link_workers::DirectoryState;
pub use places::{ListState, ListedRevision};
pub use record::{ContentVersion, Edition, EditionFile, StoredContent};

use crate::model::unmet_need::StoredNeed;
use crate::model::{Area, District, LinkWorker, Place, PlaceId, Revision, TownEntry, UnmetNeed};
use identity::FileId;
use schema::OpenOptions;

/// How long a writer waits for another one before it gives up. An import of a hundred thousand rows takes a few seconds.
const WAIT: Duration = Duration::from_secs(20);

/// An open database with an up-to-date schema.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    /// The file and its write-ahead log as they were when it was opened.
    files: [Option<FileId>; 2],
}

impl Store {
    /// Opens the database at `path`, making it where there is none, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// If the folder does not exist, the file is not ours, is damaged, locked or read-only, or comes from a newer program.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, OpenOptions { create: true, wait: WAIT })
    }

    /// Opens the database at `path`, which must exist, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], and as [`Store::open`].
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, OpenOptions { create: false, wait: WAIT })
    }

    /// Opens the database at `path`, which must exist, for somebody who waits: a write that cannot begin within `wait` gives up.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`], and as [`Store::open`].
    pub fn open_impatient(path: &Path, wait: Duration) -> Result<Self, StoreError> {
        Self::open_with(path, OpenOptions { create: false, wait })
    }

    fn open_with(path: &Path, opening: OpenOptions) -> Result<Self, StoreError> {
        let mut db = schema::connect(path, opening)?;
        schema::migrate(&mut db, path)?;
        let files = [FileId::of(path), FileId::of(&log_of(path))];
        Ok(Self { db, path: path.to_owned(), files })
    }

    /// Whether another database has taken the place of this one since it was opened: somebody restored a backup or began
    /// anew. What is read here is then still the old one.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`] if there is no file any more; [`StoreError::ForeignLog`] if the new one stands beside the log
    /// of the old one.
    pub fn is_replaced(&self) -> Result<bool, StoreError> {
        let [file, log] = self.files;
        let now = FileId::of(&self.path);
        if now == file {
            return Ok(false);
        }
        if now.is_none() {
            return Err(StoreError::NotFound(self.path.clone()));
        }
        let left = log_of(&self.path);
        if log.is_some() && FileId::of(&left) == log {
            return Err(StoreError::ForeignLog { path: self.path.clone(), log: left });
        }
        Ok(true)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A number that changes when *another* connection has changed the database; our own changes do not move it.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.read("look for changes", |db| db.query_row("pragma data_version", [], |r| r.get(0)))
    }

    /// What changes when anything changes that a snapshot is built from, whoever writes it, and at nothing else. Costs
    /// microseconds: the number of the last revision, and a count that triggers keep of all the rest.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn content_version(&self) -> Result<ContentVersion, StoreError> {
        self.read("look for changes", |db| {
            let versions = "select (select max(rowid) from revision), (select changes from content)";
            db.prepare_cached(versions)?.query_row([], |r| Ok(ContentVersion(r.get(0)?, r.get(1)?)))
        })
    }

    /// Everything that a snapshot is built from, read in one transaction: never half of an import.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn stored(&self) -> Result<StoredContent, StoreError> {
        self.read("read the places", |db| {
            let tx = db.unchecked_transaction()?;
            Ok(StoredContent {
                districts: regions::districts(&tx)?,
                places: places::current(&tx)?,
                link_workers: link_workers::current(&tx)?,
                towns: regions::towns(&tx)?,
            })
        })
    }

    /// The current state of every place, by identity.
    ///
    /// # Errors
    ///
    /// As [`Store::stored`].
    pub fn places(&self) -> Result<Vec<Place>, StoreError> {
        self.read("read the places", places::current)
    }

    /// The current revision of every place of `list`, in the order of its rows.
    ///
    /// # Errors
    ///
    /// As [`Store::stored`].
    pub fn places_of(&self, list: &str) -> Result<Vec<ListedRevision>, StoreError> {
        self.read("read the places of a list", |db| places::of_list(db, list))
    }

    /// Every list that places were imported from, by name, with how many it has and how many of them its last edition no
    /// longer had.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn lists(&self) -> Result<Vec<ListState>, StoreError> {
        self.read("read the lists", places::lists)
    }

    /// The entries of the newest edition of `list`, a list of link workers, in the order of their rows.
    ///
    /// # Errors
    ///
    /// As [`Store::stored`].
    pub fn link_workers_of(&self, list: &str) -> Result<Vec<LinkWorker>, StoreError> {
        self.read("read a list of link workers", |db| link_workers::of_list(db, list))
    }

    /// Every list of link workers, by name.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn directories(&self) -> Result<Vec<DirectoryState>, StoreError> {
        self.read("read the lists of link workers", link_workers::lists)
    }

    /// Every revision of a place, the first one first; empty if there is no such place.
    ///
    /// # Errors
    ///
    /// As [`Store::stored`].
    pub fn history(&self, place: &PlaceId) -> Result<Vec<Revision>, StoreError> {
        self.read("read the history of a place", |db| places::history(db, place))
    }

    /// The districts in the order of their file.
    ///
    /// # Errors
    ///
    /// As [`Store::stored`].
    pub fn districts(&self) -> Result<Vec<District>, StoreError> {
        self.read("read the districts", regions::districts)
    }

    /// The outline of the municipality, if one was imported.
    ///
    /// # Errors
    ///
    /// As [`Store::stored`].
    pub fn boundary(&self) -> Result<Option<Area>, StoreError> {
        self.read("read the outline", regions::boundary)
    }

    /// The gazetteer in the order of its file.
    ///
    /// # Errors
    ///
    /// As [`Store::stored`].
    pub fn towns(&self) -> Result<Vec<TownEntry>, StoreError> {
        self.read("read the gazetteer", regions::towns)
    }

    /// A small fact of the program about itself, such as that the sample was loaded.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn note(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read("read a note", |db| {
            db.query_row("select value from meta where key = ?1", [key], |r| r.get(0)).optional()
        })
    }

    /// Every need that was not met, in an order that says nothing of when it came.
    ///
    /// # Errors
    ///
    /// As [`Store::stored`].
    pub fn unmet(&self) -> Result<Vec<StoredNeed>, StoreError> {
        self.read("read the unmet needs", unmet::all)
    }

    /// Adds a need that was not met: when this returns, it is on the disk. Moves no [`content_version`](Self::content_version).
    ///
    /// # Errors
    ///
    /// [`StoreError::Locked`] if another writer takes too long, [`StoreError::DiskFull`], [`StoreError::ReadOnly`]; nothing is
    /// then stored.
    pub fn add_unmet(&self, unmet: &UnmetNeed) -> Result<(), StoreError> {
        self.read("add an unmet need", |db| unmet::add(db, unmet))
    }

    /// Begins to write: nothing is kept, and nobody sees any of it, before [`Edit::commit`]. Waits for other writers.
    ///
    /// # Errors
    ///
    /// [`StoreError::Locked`] if another writer takes too long.
    pub fn edit(&mut self) -> Result<Edit<'_>, StoreError> {
        Edit::begin(&mut self.db, &self.path)
    }

    /// Reads every page of the file and says what is damaged; takes seconds for a large one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] with the first thing found.
    pub fn check_integrity(&self) -> Result<(), StoreError> {
        backup::check(&self.db, &self.path)
    }

    fn read<T>(
        &self,
        doing: &'static str,
        f: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        f(&self.db).map_err(|e| StoreError::new(&self.path, doing, e))
    }
}

/// The write-ahead log of the database at `path`.
fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    PathBuf::from(log)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_that_waits_too_long_is_told_who_is_in_the_way() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let mut first = Store::open(&path).unwrap();
        let opening = OpenOptions { create: false, wait: Duration::from_millis(10) };
        let mut second = Store::open_with(&path, opening).unwrap();
        let _edit = first.edit().unwrap();
        let refused = second.edit().unwrap_err();
        assert!(matches!(refused, StoreError::Locked(_)), "{refused}");
    }

    #[test]
    fn a_full_disk_is_said_and_what_was_stored_before_stays() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("t.db")).unwrap();
        let need = UnmetNeed {
            month: "2026-11".parse().unwrap(),
            district: None,
            interests: vec!["囲碁".repeat(100)],
            travel: Vec::new(),
            reason: crate::model::unmet_need::UnmetReason::Full,
        };
        store.add_unmet(&need).unwrap();
        let pages: u32 = store.db.query_row("pragma page_count", [], |r| r.get(0)).unwrap();
        store.db.query_row(&format!("pragma max_page_count = {}", pages + 1), [], |_| Ok(())).unwrap();
        let mut stored = 1;
        let refused = loop {
            match store.add_unmet(&need) {
                Ok(()) => stored += 1,
                Err(refused) => break refused,
            }
        };
        assert!(matches!(refused, StoreError::DiskFull(_)), "{refused}");
        assert_eq!(store.unmet().unwrap().len(), stored);
        store.check_integrity().unwrap();
    }
}
