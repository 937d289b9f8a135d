//! What an import of places did: one [`SheetReport`] per sheet, each a line of `import places --json`.

use serde::Serialize;

use crate::import::places::changes::FieldChange;
use crate::import::{ImportedPlace, ImportedSheet, ProblemKind, Severity};
use crate::model::PlaceId;

/// What an import did with one sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SheetReport {
    /// The file, as the caller named it.
    pub file: String,
    /// The sheet; `None` in text files.
    pub sheet: Option<String>,
    /// Places that are new.
    pub added: Vec<NamedPlace>,
    /// Places that changed, or on which list and editor disagree.
    pub changed: Vec<ChangedPlace>,
    /// Places that the list gives as it did last time.
    pub unchanged: u32,
    /// Places that the list no longer has (終了候補), at the sheet on which they last stood.
    pub gone: Vec<NamedPlace>,
    /// Rows that did not become places.
    pub rejected: Vec<RejectedRow>,
}

/// A place by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedPlace {
    /// Its identity; `None` for a new place where nothing is written.
    pub id: Option<PlaceId>,
    /// Its name.
    pub name: String,
}

/// A place that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedPlace {
    /// Its identity.
    pub id: PlaceId,
    /// Its name now.
    pub name: String,
    /// What changed.
    #[serde(flatten)]
    pub change: FieldChange,
}

/// A row that did not become a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RejectedRow {
    /// The row as Excel shows it.
    pub row: u32,
    /// Why.
    pub kind: ProblemKind,
}

/// The rows with an error that did not become places.
pub(super) fn rejected(sheet: &ImportedSheet<ImportedPlace>) -> Vec<RejectedRow> {
    let kept: std::collections::HashSet<u32> = sheet.entries.iter().map(|p| p.source.row).collect();
    let mut rejected: Vec<RejectedRow> = sheet
        .problems
        .iter()
        .filter(|p| p.severity() == Severity::Error && !kept.contains(&p.row))
        .map(|p| RejectedRow { row: p.row, kind: p.kind })
        .collect();
    rejected.sort_by_key(|r| (r.row, r.kind));
    rejected.dedup();
    rejected
}
