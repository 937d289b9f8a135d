//! SQL of the base map: its features, by the name of the file they are from.

use rusqlite::Connection;

use super::places::json;
use crate::model::BasemapFeature;

pub(super) fn features(db: &Connection) -> rusqlite::Result<Vec<BasemapFeature>> {
    let mut query = db.prepare_cached("select feature from basemap order by file, number")?;
    query.query_map([], |row| json(row, 0))?.collect()
}

pub(super) fn files(db: &Connection) -> rusqlite::Result<Vec<(String, u32)>> {
    let mut query = db.prepare_cached("select file, count(*) from basemap group by file order by file")?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Replaces the features of `file`, unless they are the same.
pub(super) fn replace(db: &Connection, file: &str, features: &[BasemapFeature]) -> rusqlite::Result<bool> {
    let before: Vec<BasemapFeature> = {
        let mut query = db.prepare_cached("select feature from basemap where file = ?1 order by number")?;
        query.query_map([file], |row| json(row, 0))?.collect::<rusqlite::Result<_>>()?
    };
    if before == features {
        return Ok(false);
    }
    db.execute("delete from basemap where file = ?1", [file])?;
    let mut insert = db.prepare_cached("insert into basemap (file, number, feature) values (?1, ?2, ?3)")?;
    for (number, feature) in (1_u32..).zip(features) {
        let text = serde_json::to_string(feature).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        insert.execute((file, number, text))?;
    }
    Ok(true)
}
