//! The workbook in which places went out to be edited (`model::place_workbook`), come home: as edits, not as an edition.
//!
//! [`read`] finds rows and columns whatever was done to the file; [`plan`](plan::plan) compares each cell three ways: the text that
//! this revision went out with, the text now, the stored one. A cell that nobody touched is never parsed. This module does no I/O.

mod added_row;
mod candidate;
mod cell_value;
mod column_groups;
mod compared_row;
mod layout;
mod outcome;
pub mod place_form;
pub mod plan;
mod row_identity;
mod same_text;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::layout::SheetLayout;
use super::super::file::{self, CellSheet, FileContents};
use super::super::table::column_letters;
use super::super::{Format, ImportContext, ListProblem, ProblemKind, guarded};
use crate::model::Audience;
use crate::model::place_workbook::{FORMAT, RECORD_SHEET, WorkbookColumn, WorkbookRecord, WorkbookRowId};

/// A workbook that came home. It is serialised between the process that reads it and the server, and until somebody has decided of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceWorkbook {
    /// The name of the sheet of places; `None` in text files.
    pub sheet: Option<String>,
    /// What the hidden sheet says; `None` where it is not there, as in text files.
    pub record: Option<WorkbookRecord>,
    /// The rows that hold anything, in the order of the file.
    pub rows: Vec<WorkbookRow>,
}

/// A row of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookRow {
    /// Its number as Excel shows it.
    pub row: u32,
    /// The sheet, where it is another than that of the places: rows were moved there.
    pub moved_to: Option<Arc<str>>,
    /// Which place it is of.
    pub id: WrittenRowId,
    /// The cells under the columns that its sheet has, empty ones too.
    pub cells: BTreeMap<WorkbookColumn, WorkbookCell>,
}

/// What stands in the column of identities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WrittenRowId {
    /// Nothing: a new place.
    Blank,
    /// An identity.
    Known(WorkbookRowId),
    /// A text that is none.
    Mistyped(String),
}

/// A cell of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookCell {
    /// Its column, from 0.
    pub column: u32,
    /// Its text.
    pub text: String,
    /// Why nobody can say that the text is what a person wants there.
    pub doubt: Option<CellDoubt>,
}

/// Why a cell's text may not be what a person wants there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellDoubt {
    /// It is covered by a merged cell, whose text is another cell's.
    Merged,
    /// It holds a formula without a value, or an error.
    Formula,
    /// Its text is struck out.
    Struck,
}

/// Why a workbook was refused. Nothing was then compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkbookRefusal {
    /// The file cannot be read.
    Unreadable(ListProblem),
    /// It was written for others to read: it holds what they may see, and not all there is.
    ForReading(Audience),
    /// A later version of the program wrote it.
    Newer {
        /// The version of its format.
        format: u32,
    },
    /// No sheet has the keys or headings of the columns, or none has that of the identities.
    NoColumns,
    /// No row is left, though some went out.
    NoRows,
}

/// Reads `bytes` if they are a workbook of ours, saved by whatever program in whatever format; `None` for anything else.
///
/// Never panics, whatever the bytes.
///
/// # Errors
/// If it is one and cannot come home.
pub fn read(bytes: &[u8], known: ImportContext<'_>) -> Option<Result<PlaceWorkbook, WorkbookRefusal>> {
    if !candidate::may_be_workbook(bytes) {
        return None;
    }
    let failed = || Some(Err(WorkbookRefusal::Unreadable(ListProblem::reading_failed())));
    guarded(|| match file::open(bytes, known.columns, &known.city.limits) {
        Ok(contents) => of_contents(&contents),
        Err(refusal) => Some(Err(WorkbookRefusal::Unreadable(refusal.problem))),
    })
    .unwrap_or_else(failed)
}

/// Whether bytes may be a workbook of ours: told without opening them, and therefore sometimes yes where [`read`] says no.
pub fn may_be_workbook(bytes: &[u8]) -> bool {
    candidate::may_be_workbook(bytes)
}

fn of_contents(contents: &FileContents) -> Option<Result<PlaceWorkbook, WorkbookRefusal>> {
    let is_record = |sheet: &&CellSheet| sheet.name.as_deref() == Some(RECORD_SHEET);
    let kept = contents.sheets.iter().find(is_record);
    let record = kept.and_then(|sheet| WorkbookRecord::of_cells(sheet.rows.iter().map(record_cells)));
    let sheets: Vec<&CellSheet> = contents.sheets.iter().filter(|sheet| !is_record(sheet)).collect();
    let layouts: Vec<Option<SheetLayout>> = sheets.iter().map(|sheet| SheetLayout::of(sheet)).collect();
    let is_ours = kept.is_some() || layouts.iter().flatten().any(|layout| layout.is_keyed || layout.has_row_id);
    if !is_ours {
        return None;
    }
    let audience = record.as_ref().map(|record| record.audience).filter(|audience| *audience != Audience::Staff);
    let reading = layouts.iter().flatten().find_map(|layout| layout.for_reading).or(audience);
    if let Some(audience) = reading {
        return Some(Err(WorkbookRefusal::ForReading(audience)));
    }
    if let Some(format) = record.as_ref().map(|record| record.format).filter(|format| *format > FORMAT) {
        return Some(Err(WorkbookRefusal::Newer { format }));
    }
    Some(joined(contents.format, &sheets, &layouts, record))
}

/// The rows of all sheets that have any of ours.
fn joined(
    format: Format,
    sheets: &[&CellSheet],
    layouts: &[Option<SheetLayout>],
    record: Option<WorkbookRecord>,
) -> Result<PlaceWorkbook, WorkbookRefusal> {
    let with_ids = |layout: &Option<SheetLayout>| layout.clone().filter(|layout| layout.id.is_some());
    let Some((main, main_layout)) = layouts.iter().enumerate().find_map(|(at, it)| Some((at, with_ids(it)?))) else {
        return Err(WorkbookRefusal::NoColumns);
    };
    let mut rows = main_layout.rows(sheets[main], None, format);
    for (at, sheet) in sheets.iter().enumerate().filter(|(at, _)| *at != main) {
        let pasted = || main_layout.of_pasted_rows(sheet);
        if let Some(layout) = with_ids(&layouts[at]).or_else(pasted) {
            rows.extend(layout.rows(sheet, sheet.name.as_deref(), format));
        }
    }
    if rows.is_empty() && record.as_ref().is_some_and(|record| !record.rows.is_empty()) {
        return Err(WorkbookRefusal::NoRows);
    }
    Ok(PlaceWorkbook { sheet: sheets[main].name.clone(), record, rows })
}

fn record_cells(row: &file::SheetRow) -> [String; 3] {
    [0, 1, 2].map(|column| row.cell(column).to_owned())
}

impl PlaceWorkbook {
    /// The identities that its rows name, each once.
    pub fn row_ids(&self) -> Vec<WorkbookRowId> {
        let known = |row: &WorkbookRow| match &row.id {
            WrittenRowId::Known(id) => Some(id.clone()),
            _ => None,
        };
        let mut ids: Vec<WorkbookRowId> = self.rows.iter().filter_map(known).collect();
        ids.sort();
        ids.dedup();
        ids
    }
}

impl WorkbookRow {
    /// Where a cell of it stands: `F7`, and with its sheet where the row was moved to another.
    pub fn address(&self, cell: &WorkbookCell) -> String {
        let sheet = self.moved_to.as_ref().map(|sheet| format!("{sheet}!")).unwrap_or_default();
        format!("{sheet}{}{}", column_letters::letters(cell.column), self.row)
    }
}

impl WorkbookRefusal {
    /// The problem of the file, where the file itself is the reason.
    pub fn problem(&self) -> Option<&ListProblem> {
        match self {
            Self::Unreadable(problem) => Some(problem),
            _ => None,
        }
    }
}

impl CellDoubt {
    /// Whether a flaw of a file puts a cell in doubt.
    fn of_flaw(kind: ProblemKind) -> Option<Self> {
        matches!(kind, ProblemKind::FormulaError | ProblemKind::FormulaWithoutValue).then_some(Self::Formula)
    }
}

#[cfg(test)]
mod tests;
