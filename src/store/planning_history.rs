//! SQL of planners' summaries: an append-only table, of which a summary that repeats the one before is left out.

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::places::{json, unreadable};
use super::value;
use crate::model::{Audience, PlanningFigures, PlanningSummary};

/// A stored audience that this program does not know: another program has written the row.
#[derive(Debug, thiserror::Error)]
#[error("is none of ours")]
struct UnknownAudience;

/// The newest of each day of the last year, and before that of each month: of ten years of daily imports some hundreds.
const KEPT_IN_MEMORY: &str = "select day, audience, figures from planning_summary where number in ( \
     select max(number) from planning_summary group by audience, \
     case when day >= (select date(max(day), '-1 year') from planning_summary) then day else substr(day, 1, 7) end) \
     order by day, number";

/// The summaries that pages compare with, oldest first.
pub(super) fn kept(db: &Connection) -> rusqlite::Result<Vec<PlanningSummary>> {
    db.prepare_cached(KEPT_IN_MEMORY)?.query_map([], summary)?.collect()
}

/// Appends those that differ from the newest of their audience.
pub(super) fn add(db: &Connection, summaries: &[PlanningSummary]) -> rusqlite::Result<()> {
    let newest = "select figures from planning_summary where audience = ?1 order by number desc limit 1";
    let mut newest = db.prepare_cached(newest)?;
    let mut insert = db.prepare_cached("insert into planning_summary (day, audience, figures) values (?1, ?2, ?3)")?;
    for PlanningSummary { day, audience, figures } in summaries {
        let audience = audience.code();
        let before: Option<PlanningFigures> = newest.query_row([audience], |row| json(row, 0)).optional()?;
        if before.as_ref() != Some(figures) {
            insert.execute((day.to_string(), audience, value::json(figures)?))?;
        }
    }
    Ok(())
}

fn summary(row: &Row<'_>) -> rusqlite::Result<PlanningSummary> {
    Ok(PlanningSummary {
        day: row.get_ref(0)?.as_str()?.parse().map_err(|e| unreadable(0, e))?,
        audience: Audience::from_code(row.get_ref(1)?.as_str()?).ok_or_else(|| unreadable(1, UnknownAudience))?,
        figures: json(row, 2)?,
    })
}
