//! Opening times as written by the organizers. [`crate::schedule`] parses them. This module does no I/O.

use serde::{Deserialize, Serialize};

/// One statement of opening times, e.g. 「毎月第2・4木曜 13:30〜15:00」.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Schedule {
    /// The text as written, or composed from the list's columns of weekdays and hours.
    pub text: String,
}
