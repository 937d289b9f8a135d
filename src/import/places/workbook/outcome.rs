//! What a workbook is compared with, and the parts of what comes of it. This module does no I/O.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::model::place_workbook::WorkbookRowId;
use crate::model::{PlaceId, Revision, Status};

/// What a workbook is compared with.
#[derive(Debug, Clone, Copy)]
pub struct StoredPlaces<'a> {
    /// The random name of the database.
    pub database: &'a str,
    /// The current revision of every place of the municipality.
    pub current: &'a HashMap<PlaceId, Revision>,
    /// The revisions that the workbook's rows name.
    pub named: &'a HashMap<WorkbookRowId, Revision>,
    /// The places that are candidates for an end already.
    pub absent: &'a HashSet<PlaceId>,
    /// Where places are now that were merged into others.
    pub merged: &'a HashMap<PlaceId, PlaceId>,
}

impl<'a> StoredPlaces<'a> {
    /// The current revision of the place with this identity, or of the one that it was merged into.
    pub(super) fn current_of(self, id: &PlaceId) -> Option<&'a Revision> {
        self.current.get(id).or_else(|| self.current.get(self.merged.get(id)?))
    }
}

/// A place of which the row was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneRow {
    /// The place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// Whether it was known to have ended.
    pub ended: bool,
}

/// An edited cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange {
    /// The key of its column.
    pub field: String,
    /// Where it stands, as Excel calls it.
    pub cell: String,
    /// The text with which it went out.
    pub was: String,
    /// Its text now.
    pub now: String,
    /// What is stored.
    pub stored: String,
}

/// A row, or a cell of it, that changes nothing until somebody has decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndecidedRow {
    /// The place; `None` for a row without one.
    pub id: Option<PlaceId>,
    /// The row as Excel shows it.
    pub row: u32,
    /// The reason.
    pub why: WhyUndecided,
    /// The key of the column, where one cell is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// Why a row or a cell is not decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyUndecided {
    /// The row was copied, and which one is the place cannot be told.
    Copied,
    /// A row without an identity is like a place of which the row is gone.
    IdMissing,
    /// A row without an identity is like a place that is stored already.
    AlreadyThere,
    /// A new row of a workbook of another database.
    OtherDatabase,
    /// All values of the column were removed.
    ColumnEmptied,
    /// A place cannot be without it.
    CannotBeEmpty,
    /// The text is not understood under this column.
    NotUnderstood,
    /// A confirmation changes with a later day alone.
    NotConfirmed,
    /// A merged cell covers it.
    Merged,
    /// It holds a formula without a value.
    Formula,
    /// Its text is struck out.
    Struck,
}

impl WhyUndecided {
    /// Its name in JSON, and the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::IdMissing => "id_missing",
            Self::AlreadyThere => "already_there",
            Self::OtherDatabase => "other_database",
            Self::ColumnEmptied => "column_emptied",
            Self::CannotBeEmpty => "cannot_be_empty",
            Self::NotUnderstood => "not_understood",
            Self::NotConfirmed => "not_confirmed",
            Self::Merged => "merged",
            Self::Formula => "formula",
            Self::Struck => "struck",
        }
    }
}

impl GoneRow {
    /// The place of a removed row.
    pub(super) fn of(revision: &Revision) -> Self {
        let place = &revision.place;
        let ended = place.facts.status == Status::Closed;
        Self { place: place.id.clone(), name: place.facts.name.clone(), ended }
    }
}
