//! A sheet of cells → its heading and its records.
//!
//! Finds the heading below title rows, comments and LinkData preambles, joins headings over two lines, leaves out legends,
//! examples and numbered but empty template rows, and fills in what merged cells and 「同上」 mean. This module does no I/O.

use super::Problem;

/// One data sheet, ready to be read row by row.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The sheet's name; `None` in text files.
    pub sheet: Option<String>,
    /// The row of the heading as Excel shows it (the last one, where it spans several).
    pub heading_row: u32,
    /// The headings as they stand in the file, trailing empty ones left out.
    pub headings: Vec<String>,
    /// The rows that hold data.
    pub records: Vec<Record>,
    /// Rows below the heading without any content.
    pub blank_rows: u32,
    /// What was noticed on the way.
    pub problems: Vec<Problem>,
}

/// One row that holds data.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The row as Excel shows it.
    pub row: u32,
    /// The cells as text, as many as there are headings: trimmed of nothing, numbers as a person would write them (`3`, not
    /// `3.0`), dates as `2026-11-22`, times as `13:30`; `""` where there is nothing.
    pub cells: Vec<String>,
    /// Columns whose cell was filled in from above, because of a merged cell or 「同上」.
    pub filled: Vec<usize>,
}
