//! SQL of the audit log: a hash chain, to which rows are only ever added.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::places::unreadable;
use super::value::{json, time};
use super::{Edit, Store, StoreError};
use crate::model::{AuditEntry, AuditRecord};

/// The hash before the first row.
const GENESIS: [u8; 32] = [0; 32];

/// A row as it is stored.
pub(super) struct AuditRow {
    pub(super) id: i64,
    texts: [String; 5],
    hash: [u8; 32],
}

impl AuditRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let texts = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
        Ok(Self { id: row.get(0)?, texts, hash: row.get(6)? })
    }

    fn entry(&self) -> rusqlite::Result<AuditEntry> {
        let [at, by, action, subject, fields] = &self.texts;
        let at: DateTime<Utc> = at.parse().map_err(|error: chrono::ParseError| unreadable(1, error))?;
        let fields = serde_json::from_str(fields).map_err(|error| unreadable(5, error))?;
        let number = u64::try_from(self.id).unwrap_or_default();
        Ok(AuditEntry { number, at, by: by.clone(), action: action.clone(), subject: subject.clone(), fields })
    }
}

/// The hash of a row behind one with the hash `previous`. Each text with its length: nothing can move from one into the next.
fn hash_of(previous: &[u8; 32], id: i64, texts: [&str; 5]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous).update(&id.to_le_bytes());
    for text in texts {
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

const ALL: &str = "select id, at, made_by, action, subject, fields, hash from audit";

/// Adds a row, within a transaction that holds the write lock.
pub(super) fn append(db: &Connection, record: &AuditRecord) -> rusqlite::Result<()> {
    let last = db.prepare_cached("select id, hash from audit order by id desc limit 1")?;
    let last = { last }.query_row([], |r| Ok((r.get::<_, i64>(0)?, r.get(1)?))).optional()?;
    let (id, previous) = last.map_or((1, GENESIS), |(id, hash)| (id + 1, hash));
    let (at, fields) = (time(record.at), json(&record.fields)?);
    // Where the system does not say who runs a command.
    let by = if record.by.is_empty() { "-" } else { &record.by };
    let texts = [at.as_str(), by, record.action.code(), &record.subject, &fields];
    let hash = hash_of(&previous, id, texts);
    let [at, by, action, subject, fields] = texts;
    db.prepare_cached(
        "insert into audit (id, at, made_by, action, subject, fields, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((id, at, by, action, subject, fields, hash))
    .map(drop)
}

/// The newest rows before the one numbered `before`, the newest first.
fn newest(db: &Connection, before: Option<u64>, count: usize) -> rusqlite::Result<Vec<AuditEntry>> {
    let before = before.and_then(|it| i64::try_from(it).ok()).unwrap_or(i64::MAX);
    let mut query = db.prepare_cached(&format!("{ALL} where id < ?1 order by id desc limit ?2"))?;
    let rows = query.query_map((before, i64::try_from(count).unwrap_or(i64::MAX)), AuditRow::read)?;
    rows.map(|row| row?.entry()).collect()
}

/// The numbers of the rows where the chain is broken: the row itself, or the number that is missing.
pub(super) fn broken_rows(db: &Connection) -> rusqlite::Result<Vec<i64>> {
    let mut query = db.prepare(&format!("{ALL} order by id"))?;
    let (mut broken, mut expected, mut previous) = (Vec::new(), 1, GENESIS);
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        broken.extend((expected..id).take(MOST_MISSING));
        match AuditRow::read(row) {
            Ok(row) => {
                if hash_of(&previous, id, row.texts.each_ref().map(String::as_str)) != row.hash && id == expected {
                    broken.push(id);
                }
                // The stored hash: a row that was changed breaks the chain once, and not from there to the end.
                previous = row.hash;
            }
            Err(_) => broken.push(id),
        }
        expected = id + 1;
    }
    let counter = "select seq from sqlite_sequence where name = 'audit'";
    let last: Option<i64> = db.query_row(counter, [], |r| r.get(0)).optional()?;
    broken.extend((expected..=last.unwrap_or_default()).take(MOST_MISSING));
    Ok(broken)
}

/// Most missing rows in one place that are named.
const MOST_MISSING: usize = 20;

impl Store {
    /// Rows of the audit log, the newest first: `count` of those whose number is below `before`.
    ///
    /// # Errors
    ///
    /// As [`Store::content`].
    pub fn audit_log(&self, before: Option<u64>, count: usize) -> Result<Vec<AuditEntry>, StoreError> {
        self.read("read the audit log", |db| newest(db, before, count))
    }
}

impl Edit<'_> {
    /// Adds a row to the audit log.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn audit(&self, record: &AuditRecord) -> Result<(), StoreError> {
        self.run("add to the audit log", |db| append(db, record))
    }
}
