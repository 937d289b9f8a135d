//! Report of an import of places: one [`SheetReport`] per sheet, each a line of `import places --json`.
//!
//! This module does no I/O.

use serde::{Deserialize, Serialize};

use crate::import::places::changes::FieldChange;
use crate::import::places::workbook::plan::CellChange;
use crate::import::{ImportedPlace, ImportedSheet, ListProblem, ProblemKind, Severity};
use crate::model::{Language, PlaceId};

/// What an import, or its dry run, changed by one sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SheetReport {
    /// File name, as the caller gave it.
    pub file: String,
    /// Name of the sheet; `None` in text files.
    pub sheet: Option<String>,
    /// New places.
    pub added: Vec<NamedPlace>,
    /// Places that changed, or where list and stored edits conflict.
    pub changed: Vec<ChangedPlace>,
    /// Count of places that did not change.
    pub unchanged: u32,
    /// Places that the edition lacks, reported at the sheet where they last stood.
    pub gone: Vec<GonePlace>,
    /// Rows with an error, which did not become places.
    pub rejected: Vec<RejectedRow>,
    /// Places that the edition says to have ended, and that were not known to have; they also count as new or changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<NamedPlace>,
}

/// A place that was added or closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedPlace {
    /// Identity; `None` for a new place in a dry run.
    pub id: Option<PlaceId>,
    /// Name of the place.
    pub name: String,
}

/// A place that the edition lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GonePlace {
    /// Identity.
    pub id: PlaceId,
    /// Name of the place.
    pub name: String,
    /// Whether it was known to have ended; otherwise it is a candidate (終了候補), for somebody to confirm.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
}

/// A place that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedPlace {
    /// Identity.
    pub id: PlaceId,
    /// Its name after the change.
    pub name: String,
    /// Changed fields, conflicts and notes.
    #[serde(flatten)]
    pub change: FieldChange,
    /// The edited cells, where a workbook of edits came home.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<CellChange>,
}

/// A row that did not become a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Row number as Excel shows it, from 1.
    pub row: u32,
    /// The problem for which it was rejected.
    pub kind: ProblemKind,
}

impl RejectedRow {
    /// Why it was rejected, as a sentence.
    pub fn message(self, language: Language) -> String {
        ListProblem::new(self.row, None, self.kind, &[]).message(language)
    }
}

/// The rows of `sheet` with an error that did not become places, each kind of problem once.
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
