//! SQL of the directory of link workers: reads the newest edition of each list and inserts new ones.

use rusqlite::{Connection, params};

use super::places::unreadable;
use super::record::Edition;
use super::value::{json, time};
use crate::model::LinkWorker;

/// Counts of one stored list of link workers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryState {
    /// Name of the list, as given at import.
    pub name: String,
    /// Entries of its newest edition.
    pub entries: u32,
    /// Editions stored, including the newest.
    pub editions: u32,
}

/// Subquery: the id of the newest edition of every list.
const NEWEST: &str = "select max(id) from link_worker_edition group by list";

/// The entries of every list's newest edition, ordered by list name and row.
pub(super) fn current(db: &Connection) -> rusqlite::Result<Vec<LinkWorker>> {
    let mut query = db.prepare_cached(&format!(
        "select w.entry from link_worker w join link_worker_edition e on e.id = w.edition_id where e.id in ({NEWEST}) \
         order by e.list, w.number"
    ))?;
    let rows = query.query_map([], entry)?;
    rows.collect()
}

/// The entries of the newest edition of `list`, ordered by row.
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

/// Inserts an edition with its files and entries, which makes it the newest of its list.
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
