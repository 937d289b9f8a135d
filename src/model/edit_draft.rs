//! A draft: what somebody has typed in a place's form and not stored yet. This module does no I/O.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

/// What somebody has typed in a place's form and not stored yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditDraft {
    /// The identity of the place, or [`EditDraft::NEW`].
    pub place: String,
    /// The revision of the place that the form showed; 0 for a new place.
    pub revision: u32,
    /// The typed texts by the key of their column.
    pub fields: BTreeMap<String, String>,
    /// When it was kept.
    pub at: DateTime<Utc>,
}

impl EditDraft {
    /// In place of an identity: a place that is not stored yet.
    pub const NEW: &str = "new";
}
