//! SQL of the state of a list: a hash over all on which the next reading of the list rests, so that nothing is read again in vain.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params};

/// Hash over which revision each place of `list` has, and over the regions and settings that its reading uses.
pub(super) fn of_list(db: &Connection, list: &str) -> rusqlite::Result<String> {
    let mut hash = blake3::Hasher::new();
    let places = "select id, current, absent_since is not null, merged_into from place where list = ?1 order by id";
    add_rows(&mut hash, db, places, [list])?;
    let settings = "select key, value from meta where key = 'columns:' || ?1 or key like 'sample%' order by key";
    add_rows(&mut hash, db, settings, [list])?;
    for regions in ["select * from town order by number", "select * from district order by number"] {
        add_rows(&mut hash, db, regions, [])?;
    }
    add_rows(&mut hash, db, "select * from boundary", [])?;
    Ok(hash.finalize().to_hex().to_string())
}

fn add_rows(hash: &mut blake3::Hasher, db: &Connection, query: &str, values: impl Params) -> rusqlite::Result<()> {
    let mut query = db.prepare(query)?;
    let columns = query.column_count();
    let mut rows = query.query(values)?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            add_value(hash, row.get_ref(column)?);
        }
    }
    // A row of one query is none of the next.
    hash.update(b"\0end");
    Ok(())
}

/// Adds a value behind its type and length, so that none reaches across into the next.
fn add_value(hash: &mut blake3::Hasher, value: ValueRef<'_>) {
    let (kind, bytes): (u8, &[u8]) = match value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(number) => (1, &number.to_le_bytes()),
        ValueRef::Real(number) => (2, &number.to_le_bytes()),
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(blob) => (4, blob),
    };
    hash.update(&[kind]).update(&bytes.len().to_le_bytes()).update(bytes);
}
