//! SQL of the unmet needs.

use std::path::Path;

use rusqlite::{Connection, Row};

use super::places::unreadable;
use super::reports::{self, UnknownCode};
use crate::model::unmet_need::{StoredNeed, UnmetReason};
use crate::model::{BATCH_SIZE, DistrictId, ReportKey, TravelMode, UnmetNeed};

const INSERT: &str = "insert into unmet (district, reason, batch, random, month, interests, travel) \
     select ?1, ?2, count(*) / ?3, coalesce(?7, randomblob(8)), ?4, ?5, ?6 from unmet where district = ?1 and reason = ?2 \
     having not coalesce(max(random = ?7), 0)";

/// Inserts a need into the database at `path`. Its random key is `key`, where it has one: idempotency without a further column.
pub(super) fn add(db: &Connection, path: &Path, unmet: &UnmetNeed, key: Option<ReportKey>) -> rusqlite::Result<()> {
    let district = unmet.district.as_ref().map_or("", |it| it.0.as_str());
    let json = |value: Vec<&str>| serde_json::Value::from(value).to_string();
    let interests = json(unmet.interests.iter().map(String::as_str).collect());
    let travel = json(unmet.travel.iter().map(|way| way.code()).collect());
    let values =
        (district, unmet.reason.code(), BATCH_SIZE, unmet.month.to_string(), interests, travel, key.map(|key| key.0));
    reports::insert(db, path, INSERT, values)
}

/// Whether a need of this district and reason has been stored under `key`.
pub(super) fn holds(db: &Connection, unmet: &UnmetNeed, key: ReportKey) -> rusqlite::Result<bool> {
    let district = unmet.district.as_ref().map_or("", |it| it.0.as_str());
    let mut query = db.prepare_cached("select 1 from unmet where district = ?1 and reason = ?2 and random = ?3")?;
    query.exists((district, unmet.reason.code(), key.0))
}

pub(super) fn all(db: &Connection) -> rusqlite::Result<Vec<StoredNeed>> {
    let mut query = db.prepare_cached(
        "select district, reason, batch, month, interests, travel from unmet order by 1, 2, 3, 4, 5, 6",
    )?;
    let rows = query.query_map([], stored_need)?;
    rows.collect()
}

fn stored_need(row: &Row<'_>) -> rusqlite::Result<StoredNeed> {
    let codes = |column: usize| -> rusqlite::Result<Vec<String>> {
        serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|e| unreadable(column, e))
    };
    let unknown = |column: usize| move || unreadable(column, UnknownCode);
    let district: String = row.get(0)?;
    let month: String = row.get(3)?;
    let travel =
        codes(5)?.iter().map(|code| TravelMode::from_code(code).ok_or_else(unknown(5))).collect::<Result<_, _>>()?;
    let unmet = UnmetNeed {
        month: month.parse().map_err(|e| unreadable(3, e))?,
        district: Some(district).filter(|it| !it.is_empty()).map(DistrictId),
        interests: codes(4)?,
        travel,
        reason: UnmetReason::from_code(row.get_ref(1)?.as_str()?).ok_or_else(unknown(1))?,
    };
    Ok(StoredNeed { report: unmet, batch: row.get(2)? })
}
