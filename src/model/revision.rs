//! One state of a place in the history that is never rewritten.
//!
//! This module does no I/O.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Facts, Place};

/// One state of a place. Revisions are only ever added.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// Counts from 1 within a place.
    pub number: u32,
    /// The place as it is from here on.
    pub place: Place,
    /// The row as the list had it when it was last read: what a later edition is compared with to see what *the list*
    /// changed, and what an editor did. `None` for places that no list has.
    pub base: Option<Facts>,
    /// Who made it.
    pub author: Author,
    /// When.
    pub at: DateTime<Utc>,
}

/// Who made a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// An import of a list.
    Import,
    /// A person, by account or by name of the operating system's user.
    Person(String),
}
