//! SQL of places that were merged into others, and of batches: the revisions that were made together.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::places::{self, moment};
use super::{Edit, Store, StoreError};
use crate::model::{MergedPlace, PlaceId, Revision};

/// Revisions that were made together: an import, a workbook, an edit of many places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBatch {
    /// Its number.
    pub number: i64,
    /// The list that it is an edition of, or [`EDITS`](super::EDITS).
    pub list: String,
    /// The file that it was made from; `None` for edits in a browser.
    pub file: Option<String>,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How many places have a revision of it.
    pub places: u32,
    /// How many places it no longer had.
    pub absent: u32,
}

/// A merged place that its list has revised since somebody looked at it.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisedMergedPlace {
    /// The place that was merged into another, as its list has it now.
    pub revision: Revision,
    /// The other place.
    pub into: PlaceId,
}

const BATCHES: &str = "select e.id, e.list, e.made_by, e.at, \
     (select count(*) from revision r where r.edition_id = e.id), \
     (select count(*) from place p where p.absent_since = e.id), \
     (select f.file from edition_file f where f.edition_id = e.id order by f.number limit 1) from edition e";

fn batch(row: &Row<'_>) -> rusqlite::Result<StoredBatch> {
    Ok(StoredBatch {
        number: row.get(0)?,
        list: row.get(1)?,
        by: row.get(2)?,
        at: moment(row, 3)?,
        places: row.get(4)?,
        absent: row.get(5)?,
        file: row.get(6)?,
    })
}

/// Every place that was merged, with its facts and the place that it is now, which was not merged itself.
pub(super) fn merged(db: &Connection) -> rusqlite::Result<Vec<MergedPlace>> {
    let mut query = db.prepare_cached(
        "with recursive chain (id, last) as (select id, merged_into from place where merged_into is not null \
         union select chain.id, place.merged_into from chain join place on place.id = chain.last \
         where place.merged_into is not null) \
         select chain.id, chain.last from chain join place on place.id = chain.last and place.merged_into is null",
    )?;
    let pairs: Vec<(String, String)> =
        query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut merged = Vec::with_capacity(pairs.len());
    for (id, into) in pairs {
        let last = places::history(db, &PlaceId(id))?.pop();
        merged.extend(last.map(|revision| MergedPlace { place: revision.place, into: PlaceId(into) }));
    }
    Ok(merged)
}

fn revised(db: &Connection) -> rusqlite::Result<Vec<RevisedMergedPlace>> {
    let mut query = db.prepare_cached(
        "select id, merged_into from place where merged_into is not null and current > merged_seen order by id",
    )?;
    let pairs: Vec<(String, String)> =
        query.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut revised = Vec::with_capacity(pairs.len());
    for (id, into) in pairs {
        let last = places::history(db, &PlaceId(id))?.pop();
        revised.extend(last.map(|revision| RevisedMergedPlace { revision, into: PlaceId(into) }));
    }
    Ok(revised)
}

impl Store {
    /// The merged places that their lists have revised since somebody looked at them, by identity.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn revised_merged_places(&self) -> Result<Vec<RevisedMergedPlace>, StoreError> {
        self.read("read the merged places", revised)
    }

    /// Where a merged place is now; `None` for one that was not merged.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn merged_into(&self, place: &PlaceId) -> Result<Option<PlaceId>, StoreError> {
        self.read("look for a merged place", |db| {
            Ok(merged(db)?.into_iter().find(|it| it.place.id == *place).map(|it| it.into))
        })
    }

    /// The newest batches that changed a place, the newest first.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn batches(&self, count: usize) -> Result<Vec<StoredBatch>, StoreError> {
        self.read("read the batches", |db| {
            let all = format!("{BATCHES} order by e.id desc limit ?1");
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            db.prepare_cached(&all)?.query_map([count], batch)?.collect()
        })
    }
}

impl Edit<'_> {
    /// Every place that was merged, with the place that it is now.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn merged_places(&self) -> Result<Vec<MergedPlace>, StoreError> {
        self.run("read the merged places", merged)
    }

    /// Merges `place` into another one: no snapshot has it from now on. Also notes that somebody has seen how it is now.
    ///
    /// # Errors
    ///
    /// If SQLite fails, also because one of them is not stored or they are the same.
    pub fn merge_place(&self, place: &PlaceId, into: &PlaceId) -> Result<(), StoreError> {
        self.run("merge two places", |db| {
            let merge = "update place set merged_into = ?2, merged_seen = current where id = ?1";
            db.prepare_cached(merge)?.execute((&place.0, &into.0)).map(drop)
        })
    }

    /// A batch by its number.
    ///
    /// # Errors
    ///
    /// If SQLite fails or a stored value cannot be read.
    pub fn batch(&self, number: i64) -> Result<Option<StoredBatch>, StoreError> {
        self.run("read a batch", |db| {
            db.prepare_cached(&format!("{BATCHES} where e.id = ?1"))?.query_row([number], batch).optional()
        })
    }

    /// The places of a batch with the numbers of their revisions in it, by identity; of several of one place the last.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn revisions_of_batch(&self, number: i64) -> Result<Vec<(PlaceId, u32)>, StoreError> {
        self.run("read a batch", |db| {
            let all = "select place_id, max(number) from revision where edition_id = ?1 group by place_id order by 1";
            db.prepare_cached(all)?.query_map([number], |r| Ok((PlaceId(r.get(0)?), r.get(1)?)))?.collect()
        })
    }

    /// The places that a batch no longer had, by identity.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn absent_since_batch(&self, number: i64) -> Result<Vec<PlaceId>, StoreError> {
        self.run("read a batch", |db| {
            let all = "select id from place where absent_since = ?1 order by 1";
            db.prepare_cached(all)?.query_map([number], |r| Ok(PlaceId(r.get(0)?)))?.collect()
        })
    }
}
