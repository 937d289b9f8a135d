//! Verifies a whole database: pages and indexes, foreign keys, revisions without gaps, the chain of the audit log. Changes nothing.

use std::path::Path;

use rusqlite::Connection;

use super::schema::{self, CheckBeforeUse, OpenOptions};
use super::{BUSY_TIMEOUT, StoreError, audit, check_exists};
use crate::model::PlaceId;

/// What is wrong with a database, each with the row that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseFault {
    /// A page or an index is damaged.
    Damaged {
        /// What SQLite says of it.
        detail: String,
    },
    /// A row refers to one that there is not.
    DanglingReference {
        /// The table of the row.
        table: String,
        /// Its row number; `None` in a table without.
        row: Option<i64>,
        /// The table that it refers to.
        parent: String,
    },
    /// The revisions of a place are not 1, 2, 3 … up to the current one.
    RevisionGap {
        /// The place.
        place: PlaceId,
        /// The number that is missing or too many.
        number: u32,
    },
    /// The chain of the audit log is broken: the row was changed, put in or taken away.
    BrokenAudit {
        /// Its number.
        row: i64,
    },
}

/// Verifies the database at `path` and returns all that is wrong with it.
///
/// # Errors
///
/// As [`survey`](super::survey()), but for damage, which is a finding.
pub fn verify(path: &Path) -> Result<Vec<DatabaseFault>, StoreError> {
    check_exists(path)?;
    let options = OpenOptions { create: false, busy_timeout: BUSY_TIMEOUT, check: CheckBeforeUse::Never };
    let found = schema::connect(path, options).and_then(|db| {
        let damaged = damage(&db).map_err(|error| StoreError::new(path, "check the database", error))?;
        if !damaged.is_empty() {
            return Ok(damaged);
        }
        let faults = [dangling, revision_gaps, broken_audit].map(|check| check(&db));
        let faults = faults.into_iter().collect::<rusqlite::Result<Vec<_>>>();
        faults.map(|it| it.concat()).map_err(|error| StoreError::new(path, "check the database", error))
    });
    match found {
        Err(StoreError::Damaged { detail, .. }) => Ok(vec![DatabaseFault::Damaged { detail }]),
        found => found,
    }
}

fn damage(db: &Connection) -> rusqlite::Result<Vec<DatabaseFault>> {
    let mut query = db.prepare("pragma integrity_check")?;
    let lines: Vec<String> = query.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").map(|detail| DatabaseFault::Damaged { detail }).collect())
}

fn dangling(db: &Connection) -> rusqlite::Result<Vec<DatabaseFault>> {
    let mut query = db.prepare("pragma foreign_key_check")?;
    let fault = |r: &rusqlite::Row<'_>| {
        Ok(DatabaseFault::DanglingReference { table: r.get(0)?, row: r.get(1)?, parent: r.get(2)? })
    };
    query.query_map([], fault)?.collect()
}

/// The first number of each place that is missing, or that is beyond the current one.
fn revision_gaps(db: &Connection) -> rusqlite::Result<Vec<DatabaseFault>> {
    let mut query = db.prepare(
        "select place.id, place.current, revision.number from place left join revision on place_id = id order by 1, 3",
    )?;
    let mut rows = query.query([])?;
    let mut faults: Vec<DatabaseFault> = Vec::new();
    let mut last: Option<(String, u32, u32)> = None;
    let mut check = |place: &str, expected: u32, found: u32| {
        let is_known = |it: &DatabaseFault| matches!(it, DatabaseFault::RevisionGap { place: it, .. } if it.0 == place);
        if expected != found && !faults.iter().any(is_known) {
            let number = expected.min(found);
            faults.push(DatabaseFault::RevisionGap { place: PlaceId(place.to_owned()), number });
        }
    };
    while let Some(row) = rows.next()? {
        let (place, current, number): (String, u32, Option<u32>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let before = match last.take() {
            Some((id, _, number)) if id == place => number,
            Some((id, current, number)) => {
                check(&id, current + 1, number + 1);
                0
            }
            None => 0,
        };
        // A place without any revision lacks its first.
        check(&place, before + 1, number.unwrap_or(u32::MAX));
        last = Some((place, current, number.unwrap_or_default()));
    }
    if let Some((id, current, number)) = last {
        check(&id, current + 1, number + 1);
    }
    Ok(faults)
}

fn broken_audit(db: &Connection) -> rusqlite::Result<Vec<DatabaseFault>> {
    let is_there = "select exists (select 1 from sqlite_schema where type = 'table' and name = 'audit')";
    if !db.query_row(is_there, [], |r| r.get(0))? {
        // An older schema, in which nothing was logged yet.
        return Ok(Vec::new());
    }
    Ok(audit::broken_rows(db)?.into_iter().map(|row| DatabaseFault::BrokenAudit { row }).collect())
}
