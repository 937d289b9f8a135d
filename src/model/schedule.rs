//! When a place is open, in the words of those who run it. [`crate::schedule`] reads them. This module does no I/O.

use serde::{Deserialize, Serialize};

/// One statement of when something takes place, e.g. 「毎月第2・4木曜 13:30〜15:00」.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Schedule {
    /// The words as written, or as put together from the list's columns of weekdays and hours.
    pub text: String,
}
