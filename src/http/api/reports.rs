//! What all reports have in common (unmet needs, results of referrals): stored once, within the bound of the day, and the problems where
//! that fails. The content of a report is never logged.

use crate::editor::{StoreError, now_in_japan};
use crate::gaps::disclosure::ReportError;
use crate::http::HttpProblem;
use crate::http::server::daily_bound::DailyBound;

/// Stores a report by `add` unless it `is_known`: it counts against the bound of the day if it is stored now and not sent again.
pub(super) fn store_within(
    bound: &DailyBound,
    is_known: impl FnOnce() -> Result<bool, StoreError>,
    add: impl FnOnce() -> Result<(), StoreError>,
) -> Result<(), HttpProblem> {
    if is_known().map_err(|error| not_stored(&error))? {
        return Ok(());
    }
    let now = now_in_japan();
    bound.take(now)?;
    add().map_err(|error| {
        bound.give_back(now);
        not_stored(&error)
    })
}

/// The problem for the page; also logs the error, without the content of the report.
fn not_stored(error: &StoreError) -> HttpProblem {
    tracing::error!(%error, "a report could not be stored");
    let reason = match error {
        StoreError::DiskFull(_) | StoreError::WriteFailed(_) => "the disk is full",
        StoreError::ReadOnly(_) | StoreError::CannotOpen(_) => "the database cannot be written",
        StoreError::Locked(_) => "the database is being written by another program",
        StoreError::NotFound(_)
        | StoreError::EmptyDatabase(_)
        | StoreError::ForeignDatabase(_)
        | StoreError::NotADatabase(_)
        | StoreError::OrphanLog { .. }
        | StoreError::ForeignLog { .. }
        | StoreError::Replaced(_) => "the database has gone",
        _ => "the database cannot be used; the log has the details",
    };
    HttpProblem::NotStored { reason }
}

impl From<ReportError> for HttpProblem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Field { field, reason } => Self::BadField { field, reason },
            ReportError::NotAnObject { .. } | ReportError::UnknownField { .. } => {
                Self::BadBody { reason: error.to_string() }
            }
        }
    }
}
