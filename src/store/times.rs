//! SQL of the times of places: when they were revised, and what they were each time.

use std::collections::HashMap;

use rusqlite::Connection;

use super::places::{json, moment};
use crate::model::{PlaceId, Status, TimesHistory, TimesWording};

/// Adds the history of each place that was ever revised to `histories`.
///
/// The first wording of each is there, and every later one that differs from the one before.
pub(super) fn add_revised(db: &Connection, histories: &mut HashMap<PlaceId, TimesHistory>) -> rusqlite::Result<()> {
    let mut query = db.prepare_cached(
        "with history as (
             select place_id, number, at, coalesce(json_extract(facts, '$.schedule'), '[]') as times,
                 json_extract(facts, '$.status') as status,
                 coalesce(json_extract(facts, '$.contact'), '{}') as contact
             from revision where place_id in (select place_id from revision where number = 2)
         ),
         changes as (
             select place_id, number, at, times, status, contact,
                 lag(times) over earlier as times_before, lag(status) over earlier as status_before
             from history window earlier as (partition by place_id order by number)
         )
         select place_id, at, times, status, contact from changes
         where number = 1 or times is not times_before or status is not status_before
         order by place_id, number",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let status: Option<String> = row.get(3)?;
        let status = status.as_deref().and_then(Status::from_code).unwrap_or_default();
        let (at, schedule, contact) = (moment(row, 1)?, json(row, 2)?, json(row, 4)?);
        let wording = TimesWording { at, schedule, status, contact };
        let history = histories
            .entry(PlaceId(row.get(0)?))
            .or_insert_with(|| TimesHistory { since: wording.at, wordings: Vec::new() });
        history.wordings.push(wording);
    }
    Ok(())
}
