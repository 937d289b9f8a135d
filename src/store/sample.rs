//! SQL of the note on the sample, and of its removal.

use rusqlite::{Connection, OptionalExtension as _};

use super::places::unreadable;
use super::workbook_edits::EDITS;
use crate::model::{SampleLists, SampleNote, SampleState};

/// Key in the table `meta`: how far the sample has got.
const STATE: &str = "sample";

/// Key in the table `meta`: the names of its lists as a JSON array. The first versions noted the state alone.
const LISTS: &str = "sample_lists";

/// What the names of the sample's lists begin with in every version.
const NAME_START: &str = "見本";

/// Every list that was ever imported, of either kind. Edits that came home in a workbook are none.
const EVERY_LIST: &str = "select list from edition where list <> ?1 union select list from link_worker_edition";

pub(super) fn note(db: &Connection) -> rusqlite::Result<SampleNote> {
    let read = |key| db.query_row("select value from meta where key = ?1", [key], |r| r.get::<_, String>(0)).optional();
    let state = read(STATE)?.map_or(SampleState::Absent, |word| SampleState::of_word(&word));
    let note = SampleNote { state, lists: SampleLists::default() };
    if !note.is_held() {
        return Ok(note);
    }
    let lists = match read(LISTS)? {
        Some(names) => serde_json::from_str::<Vec<String>>(&names).map_err(|e| unreadable(0, e))?,
        None => lists_of_first_versions(db)?,
    };
    Ok(SampleNote { lists: lists.into_iter().collect(), ..note })
}

/// The sample's lists of a database that notes the state alone: those called like it, else all of them.
fn lists_of_first_versions(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let every = every_list(db)?;
    let named: Vec<String> = every.iter().filter(|name| name.starts_with(NAME_START)).cloned().collect();
    Ok(if named.is_empty() { every } else { named })
}

pub(super) fn every_list(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(EVERY_LIST)?.query_map([EDITS], |r| r.get(0))?.collect()
}

pub(super) fn set_note(db: &Connection, note: &SampleNote) -> rusqlite::Result<()> {
    let names: Vec<&str> = note.lists.names().collect();
    let names = serde_json::to_string(&names).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    let mut set = db.prepare_cached("insert or replace into meta (key, value) values (?1, ?2)")?;
    set.execute((STATE, note.state.word()))?;
    set.execute((LISTS, names))?;
    // Every page says it.
    db.execute("update content set changes = changes + 1", []).map(drop)
}

/// Tables that hold nothing of the sample: the counter of changes, and who may sign in and what they did.
const KEPT: [&str; 4] = ["content", "account", "login_session", "audit"];

/// Deletes every row of every table but those, with the triggers that forbid it taken away meanwhile: what is
/// only ever added to is the history of a municipality, and the sample is none.
pub(super) fn empty(db: &Connection) -> rusqlite::Result<()> {
    let named = |kind: &str| -> rusqlite::Result<Vec<(String, String)>> {
        let mut query =
            db.prepare("select name, sql from sqlite_schema where type = ?1 and name not like 'sqlite_%'")?;
        query.query_map([kind], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
    };
    let (triggers, tables) = (named("trigger")?, named("table")?);
    db.pragma_update(None, "defer_foreign_keys", true)?;
    for (name, _) in &triggers {
        db.execute_batch(&format!("drop trigger \"{name}\""))?;
    }
    for (name, _) in tables.iter().filter(|(name, _)| !KEPT.contains(&name.as_str())) {
        db.execute_batch(&format!("delete from \"{name}\""))?;
    }
    for (_, sql) in &triggers {
        db.execute_batch(sql)?;
    }
    Ok(())
}
