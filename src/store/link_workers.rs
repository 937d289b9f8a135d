//! Reads and adds editions of the directory of link workers.

use rusqlite::{Connection, params};

use super::places::unreadable;
use super::record::Edition;
use super::value::{json, time};
use crate::model::LinkWorker;

/// What is stored of one list of link workers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryState {
    /// Its name.
    pub name: String,
    /// How many entries its newest edition has.
    pub entries: u32,
    /// How many editions there are.
    pub editions: u32,
}

/// The newest edition of every list.
const NEWEST: &str = "select max(id) from link_worker_edition group by list";

/// Every list's newest edition, the lists by name, the entries in the order of their rows.
pub(super) fn current(db: &Connection) -> rusqlite::Result<Vec<LinkWorker>> {
    let mut query = db.prepare_cached(&format!(
        "select w.entry from link_worker w join link_worker_edition e on e.id = w.edition_id where e.id in ({NEWEST}) \
         order by e.list, w.number"
    ))?;
    let rows = query.query_map([], entry)?;
    rows.collect()
}

/// The newest edition of `list`.
pub(super) fn of_list(db: &Connection, list: &str) -> rusqlite::Result<Vec<LinkWorker>> {
    let mut query = db.prepare_cached(
        "select entry from link_worker where edition_id = (select max(id) from link_worker_edition where list = ?1) \
         order by number",
    )?;
    let rows = query.query_map([list], entry)?;
    rows.collect()
}

pub(super) fn lists(db: &Connection) -> rusqlite::Result<Vec<DirectoryState>> {
    let mut query = db.prepare_cached(
        "select e.list, count(*), (select count(*) from link_worker w where w.edition_id = max(e.id)) \
         from link_worker_edition e group by e.list order by e.list",
    )?;
    let rows =
        query.query_map([], |r| Ok(DirectoryState { name: r.get(0)?, editions: r.get(1)?, entries: r.get(2)? }))?;
    rows.collect()
}

/// Adds an edition: from now on it is what the list says.
pub(super) fn add(db: &Connection, edition: &Edition, entries: &[LinkWorker]) -> rusqlite::Result<()> {
    db.execute(
        "insert into link_worker_edition (list, made_by, at) values (?1, ?2, ?3)",
        (&edition.list, &edition.made_by, time(edition.at)),
    )?;
    let id = db.last_insert_rowid();
    for (number, file) in (1..).zip(&edition.files) {
        db.execute(
            "insert into link_worker_file (edition_id, number, file, blake3) values (?1, ?2, ?3, ?4)",
            (id, number, &file.file, &file.blake3),
        )?;
    }
    let mut insert = db.prepare_cached("insert into link_worker (edition_id, number, entry) values (?1, ?2, ?3)")?;
    for (number, entry) in (1_i64..).zip(entries) {
        insert.execute(params![id, number, json(entry)?])?;
    }
    Ok(())
}

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<LinkWorker> {
    serde_json::from_str(row.get_ref(0)?.as_str()?).map_err(|e| unreadable(0, e))
}
