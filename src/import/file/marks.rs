//! What a sheet marks beside the values of its cells: hidden rows and columns, struck-out text, links, notes.
//!
//! This module does no I/O.

use std::collections::BTreeSet;

/// The marks of one sheet; rows as Excel displays them, columns from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetMarks {
    /// Rows that are hidden or filtered out.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are hidden.
    pub hidden_columns: BTreeSet<u32>,
    /// Cells of which text is struck out, and therefore not among the cells.
    pub struck: Vec<StruckCell>,
    /// Links behind cells, to other hosts alone.
    pub links: Vec<CellRemark>,
    /// Notes on cells (コメント, メモ).
    pub notes: Vec<CellRemark>,
}

/// A cell of which text is struck out (見え消し).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StruckCell {
    /// Its row.
    pub row: u32,
    /// Its column.
    pub column: u32,
    /// The text that was struck out.
    pub text: String,
    /// Whether nothing else is left of the cell.
    pub is_whole: bool,
}

/// What is said about a cell outside of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRemark {
    /// The row of the cell.
    pub row: u32,
    /// The column of the cell.
    pub column: u32,
    /// The link or the note.
    pub text: String,
}

impl SheetMarks {
    /// The marks in the columns that `is_here`.
    pub fn of_columns(&self, is_here: impl Fn(u32) -> bool) -> Self {
        let remarks = |all: &[CellRemark]| all.iter().filter(|remark| is_here(remark.column)).cloned().collect();
        Self {
            hidden_rows: self.hidden_rows.clone(),
            hidden_columns: self.hidden_columns.iter().copied().filter(|&column| is_here(column)).collect(),
            struck: self.struck.iter().filter(|cell| is_here(cell.column)).cloned().collect(),
            links: remarks(&self.links),
            notes: remarks(&self.notes),
        }
    }
}
