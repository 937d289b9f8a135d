//! The budget of one file: its rows, cells and text are counted as they are read. This module does no I/O.

use super::{CellSheet, FileRefusal, too_large};
use crate::import::{Format, ListProblem, ProblemKind};
use crate::model::ReadingLimits;

/// Bytes that one character of a cell may take in a file: as UTF-8, or escaped in XML.
const BYTES_PER_CHARACTER: usize = 8;

/// What one file has used of its limits so far.
#[derive(Debug)]
pub(super) struct ReadingBudget<'a> {
    format: Format,
    limits: &'a ReadingLimits,
    rows: usize,
    cells: usize,
    bytes: usize,
    flaws: usize,
}

impl<'a> ReadingBudget<'a> {
    pub(super) fn new(format: Format, limits: &'a ReadingLimits) -> Self {
        Self { format, limits, rows: 0, cells: 0, bytes: 0, flaws: 0 }
    }

    /// Counts one row that is not empty.
    pub(super) fn row(&mut self) -> Result<(), FileRefusal> {
        self.rows += 1;
        self.within(self.rows, self.limits.rows, "rows")
    }

    /// Refuses a cell of `row` by its bytes alone, before anything is done with its text.
    pub(super) fn raw_cell(&self, row: u32, bytes: usize) -> Result<(), FileRefusal> {
        if bytes > self.limits.cell_characters.saturating_mul(BYTES_PER_CHARACTER) {
            return Err(self.cell_too_long(row));
        }
        Ok(())
    }

    /// Counts one cell of `row` that is not empty.
    pub(super) fn cell(&mut self, row: u32, text: &str) -> Result<(), FileRefusal> {
        if text.len() > self.limits.cell_characters && text.chars().count() > self.limits.cell_characters {
            return Err(self.cell_too_long(row));
        }
        self.cells += 1;
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > self.limits.text_bytes() {
            return Err(too_large(self.format, "text_mb", self.limits.text_mb));
        }
        self.within(self.cells, self.limits.cells, "cells")
    }

    /// Counts one damaged cell, of which a list has few.
    pub(super) fn flaw(&mut self) -> Result<(), FileRefusal> {
        self.flaws += 1;
        self.within(self.flaws, self.limits.cells / 100, "cells")
    }

    /// Counts the cells of `sheet` that a table has although they are empty: each record has all columns.
    pub(super) fn sheet(&mut self, sheet: &CellSheet) -> Result<(), FileRefusal> {
        let mut columns = std::collections::HashSet::new();
        let mut full = 0;
        for (column, _) in sheet.rows.iter().flat_map(|row| &row.cells) {
            full += 1;
            if columns.insert(*column) {
                self.within(columns.len(), self.limits.columns, "columns")?;
            }
        }
        self.cells = self.cells.saturating_add(sheet.rows.len().saturating_mul(columns.len()).saturating_sub(full));
        self.within(self.cells, self.limits.cells, "cells")
    }

    fn within(&self, count: usize, limit: usize, name: &str) -> Result<(), FileRefusal> {
        if count > limit { Err(too_large(self.format, name, limit)) } else { Ok(()) }
    }

    fn cell_too_long(&self, row: u32) -> FileRefusal {
        let values = [("row", &*row.to_string()), ("value", &*self.limits.cell_characters.to_string())];
        let problem = ListProblem::new(0, None, ProblemKind::CellTooLong, &values);
        FileRefusal { format: self.format, encoding: None, problem }
    }
}
