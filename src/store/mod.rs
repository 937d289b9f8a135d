//! Persistence in one SQLite file. The only module with SQL.
//!
//! Append-only history: every state of a place is a [`Revision`] that is inserted and never changed; triggers in the database
//! reject updates and deletes. What describes the municipality (districts, boundary, gazetteer, base map) is replaced as a whole. Read
//! requests never come here: they are answered from a [`Snapshot`](crate::index::Snapshot). The store holds no rules of
//! importing or merging, and no type of the database library occurs in its signatures, so that another store can replace it.
//!
//! Several processes may open one file: readers never wait (write-ahead log), and writers wait for the write lock. A process that
//! lives long opens the file for each use and closes it: the last connection moves the log into the file, so that between two
//! uses the database is one file, which may be deleted or replaced without a log or a lock of the one before.

mod accounts;
mod audit;
mod backup;
mod basemap;
mod counted_needs;
mod drafts;
mod edit;
mod error;
mod export_folder;
mod identity;
mod integrity;
mod link_workers;
mod list_state;
mod merged_places;
mod neighbours;
mod opening;
mod part_file;
mod places;
mod planning_history;
mod population;
mod record;
mod regions;
mod reports;
mod results;
mod sample;
mod schema;
mod suggestions;
mod survey;
mod tie;
mod times;
mod unmet;
mod value;
mod verify;
mod workbook_edits;
mod workbook_uploads;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _};

pub use backup::{BackupProgress, backup, holds_a_database};
pub use drafts::DRAFT_LIFETIME;
pub use edit::Edit;
pub use error::StoreError;
pub use export_folder::{EXPORT_MARK, ExportFolder, ExportFolderError};
pub use identity::FileStamp;
pub use link_workers::DirectoryState;
pub use merged_places::{RevisedMergedPlace, StoredBatch};
pub use opening::{check_exists, is_up_to_date};
pub use part_file::{PartFile, write_whole_file};
pub use places::{ListState, ListedRevision};
pub use record::{ContentVersion, Edition, EditionFile, StoredContent};
pub use survey::{DatabaseSurvey, survey};
pub use verify::{DatabaseFault, verify};
pub use workbook_edits::EDITS;

use crate::model::referral_result::StoredResult;
use crate::model::unmet_need::{CountedNeeds, NeedRecord, StoredNeed};
use crate::model::{
    Area, District, LinkWorker, Place, PlaceId, PopulationEdition, ReferralResult, ReportKey, Revision, SampleNote,
    TownEntry, UnmetNeed,
};
use identity::DatabaseFiles;

/// Default busy timeout: how long a writer waits for the write lock. An import of a hundred thousand rows holds it for a few
/// seconds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

/// An open database with an up-to-date schema.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    /// Identities of the database and its companions when it was opened; `None` in memory.
    files: Option<DatabaseFiles>,
}

impl Store {
    /// Path of the database file, as it was opened.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Version of everything that a snapshot is built from: changes exactly when that content changes, whichever process
    /// writes. Takes microseconds: it is the row id of the last revision with its place, whose identity is random, and a counter
    /// that triggers increment for the rest.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn content_version(&self) -> Result<ContentVersion, StoreError> {
        self.read("look for changes", |db| {
            let last = "select rowid, place_id from revision order by rowid desc limit 1";
            let last = db.prepare_cached(last)?.query_row([], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
            let changes = db.prepare_cached("select changes from content")?.query_row([], |r| r.get(0))?;
            Ok(ContentVersion { last, changes })
        })
    }

    /// Whether any list was ever imported.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn has_edition(&self) -> Result<bool, StoreError> {
        let any = "select exists (select 1 from edition) or exists (select 1 from link_worker_edition)";
        self.read("look for lists", |db| db.query_row(any, [], |r| r.get(0)))
    }

    /// Everything that a snapshot is built from, read in one transaction, so that it never holds half of an import.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be parsed.
    pub fn content(&self) -> Result<StoredContent, StoreError> {
        self.read("read the places", |db| {
            let tx = db.unchecked_transaction()?;
            content(&tx)
        })
    }

    /// The current state of every place, by identity.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn places(&self) -> Result<Vec<Place>, StoreError> {
        self.read("read the places", places::current)
    }

    /// The current revision of every place of `list`, in the order of its rows.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn places_of(&self, list: &str) -> Result<Vec<ListedRevision>, StoreError> {
        self.read("read the places of a list", |db| places::of_list(db, list))
    }

    /// Every list that places were imported from, ordered by name, with its counts of places.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn lists(&self) -> Result<Vec<ListState>, StoreError> {
        self.read("read the lists", places::lists)
    }

    /// A hash that changes with every change of the places of `list`, and of the regions and headings by which it is read.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn list_state(&self, list: &str) -> Result<String, StoreError> {
        self.read("look for changes of a list", |db| list_state::of_list(db, list))
    }

    /// The entries of the newest edition of `list`, a list of link workers, in the order of their rows.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn link_workers_of(&self, list: &str) -> Result<Vec<LinkWorker>, StoreError> {
        self.read("read a list of link workers", |db| link_workers::of_list(db, list))
    }

    /// Every list of link workers, ordered by name, with its counts.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn directories(&self) -> Result<Vec<DirectoryState>, StoreError> {
        self.read("read the lists of link workers", link_workers::lists)
    }

    /// The current revision of a place of the municipality, and the place that it was merged into; `None` for any other.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn own_place(&self, place: &PlaceId) -> Result<Option<(Revision, Option<PlaceId>)>, StoreError> {
        self.read("read a place", |db| places::own_place(db, place))
    }

    /// The places that the newest edition of their list lacks (終了候補).
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn absent_places(&self) -> Result<HashSet<PlaceId>, StoreError> {
        self.read("look for absent places", places::absent)
    }

    /// Every revision of a place, oldest first; empty if there is no such place.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn history(&self, place: &PlaceId) -> Result<Vec<Revision>, StoreError> {
        self.read("read the history of a place", |db| places::history(db, place))
    }

    /// The districts in the order of their file.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn districts(&self) -> Result<Vec<District>, StoreError> {
        self.read("read the districts", regions::districts)
    }

    /// The names of the base map's files, ordered, each with its number of features.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn basemap_files(&self) -> Result<Vec<(String, u32)>, StoreError> {
        self.read("read the base map", basemap::files)
    }

    /// The boundary of the municipality, if one was imported.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn boundary(&self) -> Result<Option<Area>, StoreError> {
        self.read("read the outline", regions::boundary)
    }

    /// The gazetteer in the order of its file.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn towns(&self) -> Result<Vec<TownEntry>, StoreError> {
        self.read("read the gazetteer", regions::towns)
    }

    /// The population of `as_of`, or of the latest day; `None` if there is none.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn population(&self, as_of: Option<NaiveDate>) -> Result<Option<PopulationEdition>, StoreError> {
        self.read("read the population", |db| population::edition(db, "", as_of))
    }

    /// The population of `municipality`, '' for our own, of `as_of` or of the latest day.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn population_of(
        &self,
        municipality: &str,
        as_of: Option<NaiveDate>,
    ) -> Result<Option<PopulationEdition>, StoreError> {
        self.read("read a population", |db| population::edition(db, municipality, as_of))
    }

    /// The days of which there is a population, ascending.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn population_days(&self) -> Result<Vec<NaiveDate>, StoreError> {
        self.read("read the days of populations", population::days)
    }

    /// The note on the sample.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn sample(&self) -> Result<SampleNote, StoreError> {
        self.read("read the note on the sample", sample::note)
    }

    /// The names of every list that was ever imported, of places and of link workers.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn every_list(&self) -> Result<Vec<String>, StoreError> {
        self.read("read the lists", sample::every_list)
    }

    /// Value of a key of the `meta` table, in which the program keeps facts about the database itself, such as what the headings
    /// of a list mean.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.read("read the metadata", |db| {
            db.query_row("select value from meta where key = ?1", [key], |r| r.get(0)).optional()
        })
    }

    /// Every unmet need, sorted by content, so that the order does not reveal when each was recorded.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn unmet(&self) -> Result<Vec<StoredNeed>, StoreError> {
        self.read("read the unmet needs", unmet::all)
    }

    /// Every unmet need: those that were tapped, and those that were counted elsewhere and imported.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn need_record(&self) -> Result<NeedRecord, StoreError> {
        self.read("read the unmet needs", |db| {
            let tx = db.unchecked_transaction()?;
            let counted = CountedNeeds::to_stored(&counted_needs::all(&tx, None)?);
            Ok(NeedRecord { tapped: unmet::all(&tx)?, counted })
        })
    }

    /// Inserts an unmet need; it is on the disk when this returns. Stores nothing where a need of that district and reason has the
    /// same `key`: it is the same one, sent again. Does not change [`content_version`](Self::content_version).
    ///
    /// # Errors
    ///
    /// [`StoreError::Locked`] after the busy timeout, [`StoreError::DiskFull`], [`StoreError::ReadOnly`]; nothing is then
    /// stored.
    pub fn add_unmet(&self, unmet: &UnmetNeed, key: Option<ReportKey>) -> Result<(), StoreError> {
        self.read("add an unmet need", |db| unmet::add(db, &self.path, unmet, key))
    }

    /// Whether an unmet need of that district and reason was stored under `key`: it is the same one, sent again.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn holds_unmet(&self, unmet: &UnmetNeed, key: ReportKey) -> Result<bool, StoreError> {
        self.read("look for an unmet need", |db| unmet::holds(db, unmet, key))
    }

    /// Every result of a referral, sorted by content, so that the order does not reveal when each was recorded.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn results(&self) -> Result<Vec<StoredResult>, StoreError> {
        self.read("read the results of referrals", results::all)
    }

    /// Inserts the result of a referral; it is on the disk when this returns. Stores nothing where a result of that outcome has the
    /// same `key`. Does not change [`content_version`](Self::content_version).
    ///
    /// # Errors
    ///
    /// As [`add_unmet`](Self::add_unmet).
    pub fn add_result(&self, result: &ReferralResult, key: Option<ReportKey>) -> Result<(), StoreError> {
        self.read("add the result of a referral", |db| results::add(db, &self.path, result, key))
    }

    /// Whether a result of that outcome was stored under `key`: it is the same one, sent again.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn holds_result(&self, result: &ReferralResult, key: ReportKey) -> Result<bool, StoreError> {
        self.read("look for the result of a referral", |db| results::holds(db, result, key))
    }

    /// Begins a write transaction, whose changes become visible to other connections with [`Edit::commit`]. Waits for the write
    /// lock.
    ///
    /// # Errors
    ///
    /// [`StoreError::Locked`] after the busy timeout.
    pub fn edit(&mut self) -> Result<Edit<'_>, StoreError> {
        Edit::begin(&mut self.db, &self.path)
    }

    fn read<T>(
        &self,
        doing: &'static str,
        f: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        f(&self.db).map_err(|e| StoreError::new(&self.path, doing, e))
    }
}

/// Everything that a snapshot is built from, as one transaction sees it.
fn content(db: &Connection) -> rusqlite::Result<StoredContent> {
    let (places, mut times) = places::current_with_beginnings(db)?;
    times::add_revised(db, &mut times)?;
    Ok(StoredContent {
        districts: regions::districts(db)?,
        places,
        times,
        neighbour_places: places::of_neighbours(db)?,
        neighbour_populations: population::of_neighbours(db)?,
        link_workers: link_workers::current(db)?,
        towns: regions::towns(db)?,
        boundary: regions::boundary(db)?,
        basemap: basemap::features(db)?,
        population: population::edition(db, "", None)?,
        planning_history: planning_history::kept(db)?,
        sample: sample::note(db)?.lists,
        merged: merged_places::merged(db)?,
    })
}

#[cfg(test)]
mod tests {
    use super::schema::{CheckBeforeUse, OpenOptions};
    use super::*;

    #[test]
    fn a_write_that_exceeds_the_busy_timeout_fails_as_locked() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let mut first = Store::open(&path).unwrap();
        let options =
            OpenOptions { create: false, busy_timeout: Duration::from_millis(10), check: CheckBeforeUse::Never };
        let mut second = Store::open_with(&path, options).unwrap();
        let _edit = first.edit().unwrap();
        let refused = second.edit().unwrap_err();
        assert!(matches!(refused, StoreError::Locked(_)), "{refused}");
    }

    #[test]
    fn a_full_disk_is_reported_and_what_was_stored_before_stays() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("t.db")).unwrap();
        let need = UnmetNeed {
            month: "2026-11".parse().unwrap(),
            district: None,
            interests: vec!["囲碁".repeat(100)],
            travel: Vec::new(),
            reason: crate::model::unmet_need::UnmetReason::Full,
        };
        store.add_unmet(&need, None).unwrap();
        let pages: u32 = store.db.query_row("pragma page_count", [], |r| r.get(0)).unwrap();
        store.db.query_row(&format!("pragma max_page_count = {}", pages + 1), [], |_| Ok(())).unwrap();
        let mut stored = 1;
        let refused = loop {
            match store.add_unmet(&need, None) {
                Ok(()) => stored += 1,
                Err(refused) => break refused,
            }
        };
        assert!(matches!(refused, StoreError::DiskFull(_)), "{refused}");
        assert_eq!(store.unmet().unwrap().len(), stored);
        store.check_integrity().unwrap();
    }
}
