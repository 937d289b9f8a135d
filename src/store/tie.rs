//! Ties the write-ahead log to the database file for which it is written.
//!
//! A log that is applied to another file replaces its content, and the result may even be consistent. So every transaction also
//! writes which file it was written for (inode and time of creation), and with that its log holds it. The random part makes each
//! transaction write it anew; nothing else can be read from it.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _};

use super::StoreError;
use super::identity::{lasting_identity, log_of};

/// Bytes of a write-ahead log before its first page.
const LOG_HEADER_BYTES: u64 = 32;

/// Key in the table `meta`.
const KEY: &str = "file";

/// Writes the tie, within the transaction that is open on `db`.
pub(super) fn write(db: &Connection, path: &Path) -> rusqlite::Result<()> {
    let Some(identity) = lasting_identity(path) else { return Ok(()) };
    db.prepare_cached("insert or replace into meta (key, value) values (?1, ?2 || ' ' || hex(randomblob(8)))")?
        .execute((KEY, identity))
        .map(drop)
}

/// Checks that the log beside the database was written for it. Without a tie there is nothing to check.
pub(super) fn check(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let read =
        || db.query_row("select value from meta where key = ?1", [KEY], |row| row.get::<_, String>(0)).optional();
    let (Ok(Some(tie)), Some(identity)) = (read(), lasting_identity(path)) else { return Ok(()) };
    if tie.split(' ').next() == Some(identity.as_str()) {
        return Ok(());
    }
    // A log without a page in it, as a command that was killed leaves one, replaces nothing.
    if std::fs::metadata(log_of(path)).map_or(true, |log| log.len() <= LOG_HEADER_BYTES) {
        return Ok(());
    }
    let detail = "the log was written for another file".to_owned();
    Err(StoreError::ForeignLog { path: path.to_owned(), log: log_of(path), detail })
}
