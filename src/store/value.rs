//! Encodes values for columns: JSON text and RFC 3339 times.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// A value as JSON text.
pub(super) fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// A time as RFC 3339 in UTC.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
