//! SQL of unmet needs that a city counted elsewhere: an append-only table of gains, in the order of the months.

use rusqlite::{Connection, Row, params};

use super::places::unreadable;
use super::reports::UnknownCode;
use crate::model::DistrictId;
use crate::model::unmet_need::{CountedNeeds, UnmetReason};

/// All gains in the order of their imports, or those of one list.
pub(super) fn all(db: &Connection, list: Option<&str>) -> rusqlite::Result<Vec<CountedNeeds>> {
    let mut query = db.prepare_cached(
        "select month, district, interest, reason, count from unmet_count where ?1 is null or list = ?1 order by number",
    )?;
    query.query_map([list], counted)?.collect()
}

/// Appends gains of a list, which come in the order of their months.
pub(super) fn add(db: &Connection, list: &str, gains: &[CountedNeeds]) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "insert into unmet_count (list, month, district, reason, interest, count) values (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for gain in gains {
        let district = gain.district.as_ref().map_or("", |id| id.0.as_str());
        let interest = gain.interest.as_deref().unwrap_or_default();
        insert.execute(params![list, gain.month.to_string(), district, gain.reason.code(), interest, gain.count])?;
    }
    Ok(())
}

fn counted(row: &Row<'_>) -> rusqlite::Result<CountedNeeds> {
    let text = |column: usize| -> rusqlite::Result<Option<String>> {
        row.get::<_, String>(column).map(|text| Some(text).filter(|text| !text.is_empty()))
    };
    Ok(CountedNeeds {
        month: row.get_ref(0)?.as_str()?.parse().map_err(|e| unreadable(0, e))?,
        district: text(1)?.map(DistrictId),
        interest: text(2)?,
        reason: UnmetReason::from_code(row.get_ref(3)?.as_str()?).ok_or_else(|| unreadable(3, UnknownCode))?,
        count: row.get(4)?,
    })
}
