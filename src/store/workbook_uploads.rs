//! SQL of workbooks that were uploaded in a browser and of which nobody has decided yet.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::places::moment;
use super::value::time;
use super::{Edit, Store, StoreError};
use crate::model::{UploadOutcome, WorkbookUpload};

const OPEN: &str = "from workbook_upload where state = 'open' and at >= ?1";
const COLUMNS: &str = "id, file, blake3, by, at";

fn upload(row: &Row<'_>) -> rusqlite::Result<WorkbookUpload> {
    Ok(WorkbookUpload {
        number: row.get(0)?,
        file: row.get(1)?,
        blake3: row.get(2)?,
        by: row.get(3)?,
        at: moment(row, 4)?,
    })
}

/// Before when an upload is too old.
fn oldest(now: DateTime<Utc>) -> String {
    time(now - TimeDelta::days(WorkbookUpload::DAYS))
}

fn with_workbook(
    db: &Connection,
    number: i64,
    now: DateTime<Utc>,
) -> rusqlite::Result<Option<(WorkbookUpload, String)>> {
    let one = format!("select {COLUMNS}, workbook {OPEN} and id = ?2");
    let read = |row: &Row<'_>| Ok((upload(row)?, row.get(5)?));
    db.prepare_cached(&one)?.query_row((oldest(now), number), read).optional()
}

impl Store {
    /// The uploads of which nobody has decided yet, the oldest first.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn open_uploads(&self, now: DateTime<Utc>) -> Result<Vec<WorkbookUpload>, StoreError> {
        self.read("read the uploads", |db| {
            let all = format!("select {COLUMNS} {OPEN} order by id");
            db.prepare_cached(&all)?.query_map([oldest(now)], upload)?.collect()
        })
    }

    /// An upload of which nobody has decided yet, with what was read of it (JSON).
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn open_upload(&self, number: i64, now: DateTime<Utc>) -> Result<Option<(WorkbookUpload, String)>, StoreError> {
        self.read("read an upload", |db| with_workbook(db, number, now))
    }
}

impl Edit<'_> {
    /// As [`Store::open_upload`].
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn open_upload(&self, number: i64, now: DateTime<Utc>) -> Result<Option<(WorkbookUpload, String)>, StoreError> {
        self.run("read an upload", |db| with_workbook(db, number, now))
    }

    /// Adds an upload, of which the number does not count, with what was read of it (JSON); returns its number. Removes those that are too
    /// old.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn add_upload(&self, upload: &WorkbookUpload, workbook: &str) -> Result<i64, StoreError> {
        self.run("add an upload", |db| {
            let old = "delete from workbook_upload where state = 'open' and at < ?1";
            db.prepare_cached(old)?.execute([oldest(upload.at)])?;
            let add = "insert into workbook_upload (file, blake3, workbook, by, at) values (?1, ?2, ?3, ?4, ?5)";
            let WorkbookUpload { file, blake3, by, at, .. } = upload;
            db.prepare_cached(add)?.execute((file, blake3, workbook, by, time(*at)))?;
            Ok(db.last_insert_rowid())
        })
    }

    /// Closes an upload, which forgets what was read of it.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn close_upload(
        &self,
        number: i64,
        outcome: UploadOutcome,
        (by, at): (&str, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        self.run("close an upload", |db| {
            let close = "update workbook_upload set state = ?2, workbook = null, decided_by = ?3, decided_at = ?4 \
                where id = ?1 and state = 'open'";
            db.prepare_cached(close)?.execute((number, outcome.code(), by, time(at))).map(drop)
        })
    }
}
