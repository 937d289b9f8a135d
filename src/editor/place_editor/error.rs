//! Why an edit of places was refused. Nothing was then stored.

use std::collections::BTreeMap;

use crate::import::places::workbook::place_form::FieldFault;
use crate::model::PlaceId;
use crate::store::StoreError;

/// Why an edit of places was refused. Nothing was then stored.
#[derive(Debug, thiserror::Error)]
pub enum PlaceEditError {
    /// There is no such place.
    #[error("there is no such place")]
    Unknown,
    /// The place was merged into another one.
    #[error("the place was merged into {}", .0.0)]
    MergedInto(PlaceId),
    /// Somebody else has changed the place since it was read.
    #[error("somebody else has changed the place")]
    MovedOn(Box<EditConflict>),
    /// Fields cannot be stored as they were typed.
    #[error("fields cannot be stored as they were typed")]
    BadFields(Vec<FieldFault>),
    /// It would widen who sees something of these places, and that was not said.
    #[error("it would widen who sees something")]
    Widens(Vec<PlaceId>),
    /// There is nothing to undo.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// There is no such batch.
    #[error("there is no such batch")]
    UnknownBatch,
    /// What an uploaded workbook would change is not what somebody has looked at any more.
    #[error("what the workbook would change has moved on")]
    UploadMovedOn,
    /// A workbook has more values than snapshots can be built from in time.
    #[error("the workbook has {values} values; at most {limit} can be stored at once")]
    TooManyValues {
        /// How many it has.
        values: usize,
        /// The most.
        limit: usize,
    },
    /// A place cannot be merged into itself.
    #[error("a place cannot be merged into itself")]
    SamePlace,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A place that somebody else has changed: the texts of its fields as they were read, and as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditConflict {
    /// The number of its revision now.
    pub revision: u32,
    /// The texts of the revision that the edit is based on; those of now where there is no such revision.
    pub base: BTreeMap<String, String>,
    /// The texts now.
    pub theirs: BTreeMap<String, String>,
}
