//! SQL of neighbouring municipalities: which lists are theirs.

use rusqlite::{Connection, OptionalExtension as _};

/// The municipality that `list` is of; `None` where it is the municipality's own, or there is none.
pub(super) fn municipality_of(db: &Connection, list: &str) -> rusqlite::Result<Option<String>> {
    let query = "select municipality from neighbour_list where list = ?1";
    db.prepare_cached(query)?.query_row([list], |row| row.get(0)).optional()
}

/// Notes that `list`, which has no place yet, is of `municipality`.
pub(super) fn add_list(db: &Connection, list: &str, municipality: &str) -> rusqlite::Result<()> {
    let insert = "insert into neighbour_list (list, municipality) values (?1, ?2)";
    db.prepare_cached(insert)?.execute((list, municipality)).map(drop)
}
