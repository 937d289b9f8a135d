//! SQL of drafts: what somebody has typed and not stored yet.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::places::{json as parsed, moment};
use super::value::{json, time};
use super::{Edit, Store, StoreError};
use crate::model::{AccountName, EditDraft};

/// How long a draft is kept.
pub const DRAFT_LIFETIME: TimeDelta = TimeDelta::days(30);

const COLUMNS: &str = "place, revision, fields, at";

fn draft(row: &Row<'_>) -> rusqlite::Result<EditDraft> {
    let fields: BTreeMap<String, String> = parsed(row, 2)?;
    Ok(EditDraft { place: row.get(0)?, revision: row.get(1)?, fields, at: moment(row, 3)? })
}

fn drafts_of(db: &Connection, account: &AccountName, since: DateTime<Utc>) -> rusqlite::Result<Vec<EditDraft>> {
    let all = format!("select {COLUMNS} from draft where account = ?1 and at >= ?2 order by at desc, place");
    db.prepare_cached(&all)?.query_map((account.as_str(), time(since)), draft)?.collect()
}

fn draft_of(
    db: &Connection,
    account: &AccountName,
    place: &str,
    since: DateTime<Utc>,
) -> rusqlite::Result<Option<EditDraft>> {
    let one = format!("select {COLUMNS} from draft where account = ?1 and place = ?2 and at >= ?3");
    db.prepare_cached(&one)?.query_row((account.as_str(), place, time(since)), draft).optional()
}

impl Store {
    /// The drafts of an account that are younger than [`DRAFT_LIFETIME`], the newest first.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn drafts_of(&self, account: &AccountName, now: DateTime<Utc>) -> Result<Vec<EditDraft>, StoreError> {
        self.read("read the drafts", |db| drafts_of(db, account, now - DRAFT_LIFETIME))
    }

    /// The draft of an account for `place`, if there is one and it is younger than [`DRAFT_LIFETIME`].
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn draft(
        &self,
        account: &AccountName,
        place: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<EditDraft>, StoreError> {
        self.read("read a draft", |db| draft_of(db, account, place, now - DRAFT_LIFETIME))
    }
}

impl Edit<'_> {
    /// Puts a draft in the place of the account's former one of that place, and removes those of everybody that are too old.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn put_draft(&self, account: &AccountName, draft: &EditDraft) -> Result<(), StoreError> {
        self.run("keep a draft", |db| {
            db.prepare_cached("delete from draft where at < ?1")?.execute([time(draft.at - DRAFT_LIFETIME)])?;
            let put = "insert or replace into draft (account, place, revision, fields, at) values (?1, ?2, ?3, ?4, ?5)";
            let EditDraft { place, revision, fields, at } = draft;
            db.prepare_cached(put)?.execute((account.as_str(), place, revision, json(fields)?, time(*at))).map(drop)
        })
    }

    /// Removes the draft of an account for `place`, if there is one.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn delete_draft(&self, account: &AccountName, place: &str) -> Result<(), StoreError> {
        self.run("remove a draft", |db| {
            let delete = "delete from draft where account = ?1 and place = ?2";
            db.prepare_cached(delete)?.execute((account.as_str(), place)).map(drop)
        })
    }
}
