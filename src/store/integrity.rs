//! Integrity check: reads every page of a database and fails with the first damage found.

use std::path::Path;

use rusqlite::Connection;

use super::StoreError;

/// Checks every page and index; fails with the first damage found.
pub(super) fn check(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let verdict: String = db
        .query_row("pragma integrity_check(1)", [], |r| r.get(0))
        .map_err(|e| StoreError::new(path, "check the database", e))?;
    if verdict == "ok" {
        return Ok(());
    }
    Err(StoreError::Damaged { path: path.to_owned(), detail: verdict })
}
