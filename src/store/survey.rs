//! A look at a database that changes nothing in it: whether it is whole and ours, of which version, and how old its lists are.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::schema::{self, CheckBeforeUse, OpenOptions};
use super::{BUSY_TIMEOUT, StoreError, check_exists};

/// What a look at a database shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseSurvey {
    /// Version of its schema.
    pub schema: u32,
    /// Version that this program writes.
    pub newest_schema: u32,
    /// Every list with the time at which its newest edition was stored, ordered by name.
    pub lists: Vec<(String, DateTime<Utc>)>,
}

/// Looks at the database at `path`.
///
/// # Errors
///
/// As [`Store::open_existing`](super::Store::open_existing), but a database that may only be read is fine.
pub fn survey(path: &Path) -> Result<DatabaseSurvey, StoreError> {
    check_exists(path)?;
    let options = OpenOptions { create: false, busy_timeout: BUSY_TIMEOUT, check: CheckBeforeUse::Always };
    let db = schema::connect(path, options)?;
    let failed = |e| StoreError::new(path, "look at the database", e);
    let lists = ["edition", "link_worker_edition"].map(|table| newest_editions(&db, table));
    let mut lists = lists.into_iter().collect::<rusqlite::Result<Vec<_>>>().map_err(failed)?.concat();
    lists.sort();
    Ok(DatabaseSurvey { schema: schema::version(&db).map_err(failed)?, newest_schema: schema::newest(), lists })
}

fn newest_editions(db: &Connection, table: &str) -> rusqlite::Result<Vec<(String, DateTime<Utc>)>> {
    let known = "select exists (select 1 from sqlite_schema where type = 'table' and name = ?1)";
    if !db.query_row(known, [table], |row| row.get::<_, bool>(0))? {
        return Ok(Vec::new());
    }
    let mut query = db.prepare(&format!("select list, max(at) from {table} group by list"))?;
    let rows = query.query_map([], |row| {
        let at: String = row.get(1)?;
        Ok((row.get(0)?, at.parse().map_err(|e| super::places::unreadable(1, e))?))
    })?;
    rows.collect()
}
