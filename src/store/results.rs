//! SQL of the results of referrals.

use std::path::Path;

use rusqlite::{Connection, Row};

use super::places::unreadable;
use super::reports::{self, UnknownCode};
use crate::model::referral_result::StoredResult;
use crate::model::{
    BATCH_SIZE, CategoryId, DistrictId, Month, Quarter, ReferralOutcome, ReferralReasonId, ReferralResult,
    ReferralSource, ReportKey,
};

const INSERT: &str = "insert into referral_result (outcome, batch, random, quarter, kind, district, reason, source) \
     select ?1, count(*) / ?2, coalesce(?8, randomblob(8)), ?3, ?4, ?5, ?6, ?7 from referral_result where outcome = ?1 \
     having not coalesce(max(random = ?8), 0)";

/// Inserts a result into the database at `path`. Its random key is `key`, where it has one.
pub(super) fn add(
    db: &Connection,
    path: &Path,
    result: &ReferralResult,
    key: Option<ReportKey>,
) -> rusqlite::Result<()> {
    let kind = result.kind.as_ref().map_or("", |it| it.0.as_str());
    let district = result.district.as_ref().map_or("", |it| it.0.as_str());
    let reason = result.reason.as_ref().map_or("", |it| it.0.as_str());
    let source = result.source.map_or("", ReferralSource::code);
    let (outcome, quarter) = (result.outcome.code(), result.quarter.first().to_string());
    let values = (outcome, BATCH_SIZE, quarter, kind, district, reason, source, key.map(|key| key.0));
    reports::insert(db, path, INSERT, values)
}

/// Whether a result of this outcome has been stored under `key`.
pub(super) fn holds(db: &Connection, result: &ReferralResult, key: ReportKey) -> rusqlite::Result<bool> {
    let mut query = db.prepare_cached("select 1 from referral_result where outcome = ?1 and random = ?2")?;
    query.exists((result.outcome.code(), key.0))
}

pub(super) fn all(db: &Connection) -> rusqlite::Result<Vec<StoredResult>> {
    let mut query = db.prepare_cached(
        "select outcome, batch, quarter, kind, district, reason, source from referral_result order by 1, 2, 3, 4, 5, 6, 7",
    )?;
    query.query_map([], stored_result)?.collect()
}

fn stored_result(row: &Row<'_>) -> rusqlite::Result<StoredResult> {
    let text = |column: usize| -> rusqlite::Result<Option<String>> {
        row.get::<_, String>(column).map(|text| Some(text).filter(|text| !text.is_empty()))
    };
    let unknown = |column: usize| move || unreadable(column, UnknownCode);
    let first: Month = row.get_ref(2)?.as_str()?.parse().map_err(|e| unreadable(2, e))?;
    let source = text(6)?.map(|code| ReferralSource::from_code(&code).ok_or_else(unknown(6))).transpose()?;
    let report = ReferralResult {
        quarter: Quarter::of(first),
        outcome: ReferralOutcome::from_code(row.get_ref(0)?.as_str()?).ok_or_else(unknown(0))?,
        kind: text(3)?.map(CategoryId),
        district: text(4)?.map(DistrictId),
        reason: text(5)?.map(ReferralReasonId),
        source,
    };
    Ok(StoredResult { report, batch: row.get(1)? })
}
