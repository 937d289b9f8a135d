//! Write transactions: every change to the database goes through an [`Edit`], which is committed whole or rolled back.

use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, SubsecRound as _, Utc};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, named_params};

use super::places::{self, SAME_AS_FACTS};
use super::record::{Edition, StoredContent};
use super::value::{json, time};
use super::workbook_edits::EDITS;
use super::{
    ListedRevision, StoreError, basemap, content, counted_needs, link_workers, neighbours, planning_history,
    population, regions, sample, tie, workbook_edits,
};
use crate::model::unmet_need::CountedNeeds;
use crate::model::{
    Area, AuditAction, AuditRecord, Author, BasemapFeature, District, LinkWorker, PlaceId, PlanningSummary,
    PopulationEdition, Revision, SampleNote, TownEntry,
};

/// The digits of a place's identity: Crockford's base 32, which leaves out the letters i, l, o and u that are misread on paper.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Digits of a place's identity: 5 bits each, 50 random bits in all.
const ID_LENGTH: usize = 10;

/// An open write transaction. Dropping it without [`commit`](Self::commit) rolls it back.
#[derive(Debug)]
pub struct Edit<'a> {
    tx: Transaction<'a>,
    path: &'a Path,
    edition: Option<i64>,
}

impl<'a> Edit<'a> {
    pub(super) fn begin(db: &'a mut Connection, path: &'a Path) -> Result<Self, StoreError> {
        // Immediate: takes the write lock now, so that no later statement waits for it and nothing read below can change.
        let tx = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|e| StoreError::new(path, "begin to write", e))?;
        Ok(Self { tx, path, edition: None })
    }

    /// The current revision of every place of `list`, in the order of its rows, as this transaction sees it.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn places_of(&self, list: &str) -> Result<Vec<ListedRevision>, StoreError> {
        places::of_list(&self.tx, list).map_err(|e| self.failed("read the places of a list", e))
    }

    /// The current revision of one place.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn place(&self, place: &PlaceId) -> Result<Option<Revision>, StoreError> {
        places::history(&self.tx, place)
            .map(|mut revisions| revisions.pop())
            .map_err(|e| self.failed("read a place", e))
    }

    /// The current revision of a place of the municipality, and the place that it was merged into; `None` for any other.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn own_place(&self, place: &PlaceId) -> Result<Option<(Revision, Option<PlaceId>)>, StoreError> {
        places::own_place(&self.tx, place).map_err(|e| self.failed("read a place", e))
    }

    /// The current revision of every place, by identity.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn revisions(&self) -> Result<Vec<Revision>, StoreError> {
        places::current_revisions(&self.tx).map_err(|e| self.failed("read the places", e))
    }

    /// A revision of one place; `None` where it has none of this number.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn revision(&self, place: &PlaceId, number: u32) -> Result<Option<Revision>, StoreError> {
        places::revision_at(&self.tx, place, number).map_err(|e| self.failed("read a revision", e))
    }

    /// The places that the newest edition of their list lacks (終了候補).
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn absent_places(&self) -> Result<HashSet<PlaceId>, StoreError> {
        places::absent(&self.tx).map_err(|e| self.failed("look for absent places", e))
    }

    /// The random name of this database, which its copies and backups share; and whether it was made up now.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn database_name(&self) -> Result<(String, bool), StoreError> {
        workbook_edits::database_name(&self.tx).map_err(|e| self.failed("name the database", e))
    }

    /// A new identity that no place has: ten random base-32 digits.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn new_place_id(&self) -> Result<PlaceId, StoreError> {
        loop {
            let id = self.random_id().map_err(|e| self.failed("make an identity", e))?;
            if self.current(&id)? == 0 {
                return Ok(id);
            }
        }
    }

    fn random_id(&self) -> rusqlite::Result<PlaceId> {
        let bytes: Vec<u8> = self
            .tx
            .prepare_cached("select randomblob(?1)")?
            .query_row([i64::try_from(ID_LENGTH).unwrap_or(10)], |r| r.get(0))?;
        Ok(PlaceId(bytes.iter().map(|b| char::from(DIGITS[usize::from(b & 31)])).collect()))
    }

    /// Stores the header of an edition; the revisions appended after it refer to it. Called only when there is something to
    /// write: importing an unchanged list leaves no trace.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn begin_edition(&mut self, edition: &Edition) -> Result<(), StoreError> {
        let id = self.insert_edition(edition).map_err(|e| self.failed("record the import", e))?;
        self.edition = Some(id);
        self.audit_edition(edition)
    }

    /// Begins a batch that is no edition of a list: the revisions appended after it can be undone together. Returns its number.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn begin_batch(&mut self, by: &str, at: DateTime<Utc>) -> Result<i64, StoreError> {
        let edition = Edition { list: EDITS.to_owned(), files: Vec::new(), made_by: by.to_owned(), at };
        let id = self.insert_edition(&edition).map_err(|e| self.failed("begin a batch", e))?;
        self.edition = Some(id);
        Ok(id)
    }

    /// The number of the batch or edition that was begun.
    pub fn batch_under_way(&self) -> Option<i64> {
        self.edition
    }

    fn audit_edition(&self, edition: &Edition) -> Result<(), StoreError> {
        self.audit(&AuditRecord {
            at: edition.at.trunc_subsecs(0),
            by: edition.made_by.clone(),
            action: AuditAction::Imported,
            subject: edition.list.clone(),
            fields: Vec::new(),
        })
    }

    fn insert_edition(&self, edition: &Edition) -> rusqlite::Result<i64> {
        self.tx.execute(
            "insert into edition (list, made_by, at) values (?1, ?2, ?3)",
            (&edition.list, &edition.made_by, time(edition.at)),
        )?;
        let id = self.tx.last_insert_rowid();
        for (number, file) in (1..).zip(&edition.files) {
            self.tx.execute(
                "insert into edition_file (edition_id, number, file, blake3) values (?1, ?2, ?3, ?4)",
                (id, number, &file.file, &file.blake3),
            )?;
        }
        Ok(id)
    }

    /// Appends a revision, and inserts the place itself with its first one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] (optimistic locking) if its number does not follow the last revision of the place.
    pub fn append(&self, revision: &Revision) -> Result<(), StoreError> {
        let current = self.current(&revision.place.id)?;
        if revision.number != current + 1 {
            let expected = revision.number.saturating_sub(1);
            return Err(StoreError::Conflict { place: revision.place.id.clone(), expected, current });
        }
        self.insert(revision).map_err(|e| self.failed("add a revision", e))
    }

    fn current(&self, place: &PlaceId) -> Result<u32, StoreError> {
        let find = || {
            self.tx
                .prepare_cached("select current from place where id = ?1")?
                .query_row([&place.0], |r| r.get(0))
                .optional()
        };
        Ok(find().map_err(|e| self.failed("find a place", e))?.unwrap_or(0))
    }

    fn insert(&self, revision: &Revision) -> rusqlite::Result<()> {
        let Revision { number, place, base, author, at } = revision;
        if *number == 1 {
            let list = Some(&place.source.list).filter(|l| !l.is_empty());
            self.tx.prepare_cached("insert into place (id, list) values (?1, ?2)")?.execute((&place.id.0, list))?;
        }
        let base = match base {
            Some(base) if *base == place.facts => Some(SAME_AS_FACTS.to_owned()),
            Some(base) => Some(json(base)?),
            None => None,
        };
        let author = match author {
            Author::Import => None,
            Author::Person(name) => Some(name),
        };
        self.tx.prepare_cached(INSERT_REVISION)?.execute(named_params! {
            ":place": place.id.0, ":number": number, ":facts": json(&place.facts)?, ":base": base,
            ":verification": place.verification.as_ref().map(json).transpose()?,
            ":list": place.source.list, ":file": place.source.file, ":sheet": place.source.sheet,
            ":row": place.source.row, ":list_id": place.source.list_id, ":licence": place.source.licence,
            ":author": author, ":edition": self.edition, ":at": time(*at),
        })?;
        Ok(())
    }

    /// Marks `place` as missing from the edition of this transaction (終了候補). The place itself is kept.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn mark_absent(&self, place: &PlaceId) -> Result<(), StoreError> {
        self.set_absent(place, self.edition)
    }

    /// Clears the mark of [`mark_absent`](Self::mark_absent): the list has `place` again.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn mark_present(&self, place: &PlaceId) -> Result<(), StoreError> {
        self.set_absent(place, None)
    }

    fn set_absent(&self, place: &PlaceId, since: Option<i64>) -> Result<(), StoreError> {
        let set =
            || self.tx.prepare_cached("update place set absent_since = ?2 where id = ?1")?.execute((&place.0, since));
        set().map(drop).map_err(|e| self.failed("mark a place as absent", e))
    }

    /// Replaces all districts.
    ///
    /// # Errors
    ///
    /// If SQLite fails, also because two districts have the same code.
    pub fn replace_districts(&self, districts: &[District]) -> Result<(), StoreError> {
        regions::replace_districts(&self.tx, districts).map_err(|e| self.failed("replace the districts", e))
    }

    /// Replaces the boundary of the municipality.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn replace_boundary(&self, boundary: &Area) -> Result<(), StoreError> {
        regions::replace_boundary(&self.tx, boundary).map_err(|e| self.failed("replace the outline", e))
    }

    /// Replaces what a file of the base map holds; returns whether that changes anything.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn replace_basemap(&self, file: &str, features: &[BasemapFeature]) -> Result<bool, StoreError> {
        basemap::replace(&self.tx, file, features).map_err(|e| self.failed("replace the base map", e))
    }

    /// Replaces the whole gazetteer.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn replace_towns(&self, towns: &[TownEntry]) -> Result<(), StoreError> {
        regions::replace_towns(&self.tx, towns).map_err(|e| self.failed("replace the gazetteer", e))
    }

    /// The entries of the newest edition of `list`, a list of link workers, as this transaction sees it.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn link_workers_of(&self, list: &str) -> Result<Vec<LinkWorker>, StoreError> {
        link_workers::of_list(&self.tx, list).map_err(|e| self.failed("read a list of link workers", e))
    }

    /// Adds a new edition of a list of link workers. It replaces the previous one in every answer; the previous one is kept.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn add_link_workers(&self, edition: &Edition, entries: &[LinkWorker]) -> Result<(), StoreError> {
        link_workers::add(&self.tx, edition, entries).map_err(|e| self.failed("add link workers", e))?;
        self.audit_edition(edition)
    }

    /// Adds a population of `municipality`, '' for our own, which becomes the one of its day. An earlier one of that day is kept.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn add_population(
        &self,
        edition: &Edition,
        municipality: &str,
        population: &PopulationEdition,
    ) -> Result<(), StoreError> {
        population::add(&self.tx, edition, municipality, population).map_err(|e| self.failed("add a population", e))?;
        self.audit_edition(edition)
    }

    /// The neighbouring municipality that `list` is of; `None` where it is the municipality's own, or new.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn municipality_of_list(&self, list: &str) -> Result<Option<String>, StoreError> {
        neighbours::municipality_of(&self.tx, list).map_err(|e| self.failed("look whose a list is", e))
    }

    /// Notes that `list`, of which there is no place yet, is of a neighbouring municipality.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn add_neighbour_list(&self, list: &str, municipality: &str) -> Result<(), StoreError> {
        neighbours::add_list(&self.tx, list, municipality).map_err(|e| self.failed("note whose a list is", e))
    }

    /// Everything that a snapshot is built from, with what this transaction has written.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn content(&self) -> Result<StoredContent, StoreError> {
        content(&self.tx).map_err(|e| self.failed("read the places", e))
    }

    /// Appends what planners' numbers are now; what repeats the summary before it is left out.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn add_planning_summaries(&self, summaries: &[PlanningSummary]) -> Result<(), StoreError> {
        planning_history::add(&self.tx, summaries).map_err(|e| self.failed("keep planners' numbers", e))
    }

    /// The gains of counted needs in the order of their imports: all of them, or those of one list.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn counted_needs(&self, list: Option<&str>) -> Result<Vec<CountedNeeds>, StoreError> {
        counted_needs::all(&self.tx, list).map_err(|e| self.failed("read the counted needs", e))
    }

    /// Appends gains of counted needs, in the order of their months.
    ///
    /// # Errors
    ///
    /// If SQLite fails, also because a later month is in already.
    pub fn add_counted_needs(&self, list: &str, gains: &[CountedNeeds]) -> Result<(), StoreError> {
        counted_needs::add(&self.tx, list, gains).map_err(|e| self.failed("add counted needs", e))
    }

    /// The note on the sample, as this transaction sees it.
    ///
    /// # Errors
    ///
    /// If SQLite fails or the note cannot be read.
    pub fn sample(&self) -> Result<SampleNote, StoreError> {
        sample::note(&self.tx).map_err(|e| self.failed("read the note on the sample", e))
    }

    /// Sets the note on the sample.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn set_sample(&self, note: &SampleNote) -> Result<(), StoreError> {
        sample::set_note(&self.tx, note).map_err(|e| self.failed("note the sample", e))
    }

    /// The names of every list that was ever imported, of places and of link workers.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn every_list(&self) -> Result<Vec<String>, StoreError> {
        sample::every_list(&self.tx).map_err(|e| self.failed("read the lists", e))
    }

    /// Empties the database: places with their history, link workers, unmet needs, regions and notes. For the sample alone.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn empty(&self) -> Result<(), StoreError> {
        sample::empty(&self.tx).map_err(|e| self.failed("remove the sample", e))
    }

    /// Sets a key of the `meta` table, in which the program keeps facts about the database itself, such as what the headings of a
    /// list mean.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.tx
            .execute("insert or replace into meta (key, value) values (?1, ?2)", (key, value))
            .map(drop)
            .map_err(|e| self.failed("write the metadata", e))
    }

    /// Commits the transaction: when this returns, all changes are on the disk.
    ///
    /// # Errors
    ///
    /// If SQLite fails; all changes are then rolled back.
    pub fn commit(self) -> Result<(), StoreError> {
        let Self { tx, path, .. } = self;
        tie::write(&tx, path).and_then(|()| tx.commit()).map_err(|e| StoreError::new(path, "write to the disk", e))
    }

    /// Runs statements of another file of the store within the transaction.
    pub(super) fn run<T>(
        &self,
        doing: &'static str,
        f: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        f(&self.tx).map_err(|error| self.failed(doing, error))
    }

    fn failed(&self, doing: &'static str, error: rusqlite::Error) -> StoreError {
        StoreError::new(self.path, doing, error)
    }
}

const INSERT_REVISION: &str = "insert into revision (place_id, number, facts, base, verification, list, file, sheet, row, \
     list_id, licence, author, edition_id, at) values (:place, :number, :facts, :base, :verification, :list, :file, :sheet, \
     :row, :list_id, :licence, :author, :edition, :at)";
