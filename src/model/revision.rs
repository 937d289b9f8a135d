//! A revision: one state of a place in an append-only history.
//!
//! This module does no I/O.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Facts, Place};

/// One state of a place in an append-only history.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// Counts from 1 within a place.
    pub number: u32,
    /// The place as of this revision.
    pub place: Place,
    /// The merge base: the row as last imported. The next edition is compared with it to separate what *the list*
    /// changed from what an editor changed. `None` for places that no list has.
    pub base: Option<Facts>,
    /// The author of the revision.
    pub author: Author,
    /// When it was made (UTC).
    pub at: DateTime<Utc>,
}

/// Who made a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// An import of a list.
    Import,
    /// A person, by account or by operating-system user name.
    Person(String),
}
