//! SQL of what workbooks need besides places: the name of the database, and under which name their edits are recorded.

use rusqlite::{Connection, OptionalExtension as _};

/// The name in the table `edition` under which the edits of a workbook are recorded: they are of no list.
pub const EDITS: &str = "_tsunagari";

/// Key in the table `meta`.
const DATABASE: &str = "database";

/// The random name of the database; and whether it was made up now.
pub(super) fn database_name(db: &Connection) -> rusqlite::Result<(String, bool)> {
    let read = || db.query_row("select value from meta where key = ?1", [DATABASE], |r| r.get(0)).optional();
    if let Some(name) = read()? {
        return Ok((name, false));
    }
    db.execute("insert into meta (key, value) values (?1, lower(hex(randomblob(8))))", [DATABASE])?;
    Ok((read()?.unwrap_or_default(), true))
}
