//! What a place at the dragged pin would bring, as JSON. This module does no I/O.

use serde_json::json;

use super::PlanQuery;
use super::numbers::people;
use crate::gaps::{ExactNumber, GapOptionError, PlannerData};
use crate::model::Position;

/// The people newly reached by a place at `position`, of all who are out of reach.
///
/// # Errors
///
/// If the query names what the data does not have.
pub fn what_if(data: &PlannerData, query: &PlanQuery, position: Position) -> Result<String, GapOptionError> {
    let newly_reached = data.newly_reached(&query.options, position, query.reach_m)?;
    Ok(json!({
        "newly_reached": ExactNumber(newly_reached + 0.0),
        "shown": people(newly_reached),
        "reach_m": ExactNumber(query.reach_m),
        "age": query.options.age,
    })
    .to_string())
}
