//! The result of an import, the same for every kind of list: a file, its sheets, and their entries with what to fix.
//!
//! `T` is what one row becomes: a place, a link worker, and whatever list comes next. This module does no I/O.

use serde::Serialize;

use super::columns::{Basis, Field};
use super::table::{FileTables, ListTable};
use super::{Encoding, Format, ListProblem, Severity};
use crate::model::{Facts, LinkWorker, PopulationArea, Source, Verification};

/// The contents of one file, whose rows are entries of type `T`.
#[derive(Debug, Clone)]
pub struct ImportedFile<T> {
    /// The file format, by its bytes and not by its name.
    pub format: Format,
    /// The encoding of the text; `None` for workbooks.
    pub encoding: Option<Encoding>,
    /// One item per data sheet; text files have one without a name. Empty only if `refused`.
    pub sheets: Vec<ImportedSheet<T>>,
    /// Why nothing was read at all.
    pub refused: Option<ListProblem>,
}

/// The contents of one sheet.
#[derive(Debug, Clone)]
pub struct ImportedSheet<T> {
    /// The sheet's name; `None` in text files.
    pub sheet: Option<String>,
    /// The list that the rows themselves name; `None` where the file or the user names it.
    pub list: Option<String>,
    /// Whether the rows say that they are of the sample.
    pub is_sample: bool,
    /// The row of the heading as Excel shows it (the last one, where it spans several).
    pub heading_row: u32,
    /// How many rows hold data; not each of them became an entry.
    pub records: u32,
    /// How many rows below the heading hold nothing.
    pub blank_rows: u32,
    /// What each column of the sheet's tables was taken for, in order.
    pub columns: Vec<ColumnUse>,
    /// The rows that became entries, in order; the editor fills in the name of their list.
    pub entries: Vec<T>,
    /// Everything to fix, in order of row.
    pub problems: Vec<ListProblem>,
}

/// What one column was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnUse {
    /// The heading as it stands in the file.
    pub heading: String,
    /// The field; `None` if the column is not used.
    pub field: Option<Field>,
    /// What that rests on.
    pub basis: Basis,
    /// How sure it is, in percent.
    pub sure: u32,
    /// Rows with a filled cell.
    pub rows: u32,
}

/// One row that became a place.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedPlace {
    /// Its list, file, sheet and row.
    pub source: Source,
    /// What the row says of the place.
    pub facts: Facts,
    /// The list's 確認日 and its companions.
    pub verification: Option<Verification>,
}

/// A row of any kind of list: it knows its provenance, because every fact must be traceable to the row that it came from.
pub trait ListEntry {
    /// Its list, file, sheet and row. The reader leaves the list empty; the editor fills it in.
    fn source_mut(&mut self) -> &mut Source;
}

impl ListEntry for ImportedPlace {
    fn source_mut(&mut self) -> &mut Source {
        &mut self.source
    }
}

impl ListEntry for LinkWorker {
    fn source_mut(&mut self) -> &mut Source {
        &mut self.source
    }
}

impl ListEntry for PopulationArea {
    fn source_mut(&mut self) -> &mut Source {
        &mut self.source
    }
}

impl<T> ImportedFile<T> {
    /// Reads each table with `read_table` and joins those of one sheet.
    pub(crate) fn from_tables(file: FileTables, read_table: impl Fn(ListTable) -> ImportedSheet<T>) -> Self {
        let FileTables { format, encoding, tables, refused, notices } = file;
        let mut sheets: Vec<ImportedSheet<T>> = Vec::new();
        for table in tables {
            let read = read_table(table);
            match sheets.last_mut().filter(|above| above.sheet == read.sheet) {
                Some(above) => above.append(read),
                None => sheets.push(read),
            }
        }
        if let Some(first) = sheets.first_mut() {
            first.problems.splice(0..0, notices);
        }
        Self { format, encoding, sheets, refused }
    }

    /// What is left of a file whose reader panicked.
    pub(super) fn failed() -> Self {
        Self::refused(Format::Unknown, ListProblem::reading_failed())
    }

    /// A file that is refused because of `problem`.
    pub(super) fn refused(format: Format, problem: ListProblem) -> Self {
        Self { format, encoding: None, sheets: Vec::new(), refused: Some(problem) }
    }

    /// Whether any sheet has a problem of this severity.
    pub fn has(&self, severity: Severity) -> bool {
        self.sheets.iter().flat_map(|sheet| &sheet.problems).any(|problem| problem.severity() == severity)
    }
}

impl<T> ImportedSheet<T> {
    /// Adds another table of the same sheet, which stands below or beside.
    fn append(&mut self, below: Self) {
        self.records += below.records;
        self.blank_rows += below.blank_rows;
        self.columns.extend(below.columns);
        self.entries.extend(below.entries);
        self.problems.extend(below.problems);
        self.problems.sort_by_key(|problem| problem.row);
    }
}

/// Written out, because the derived one would ask `T` for a default that a place does not have.
impl<T> Default for ImportedSheet<T> {
    fn default() -> Self {
        Self {
            sheet: None,
            list: None,
            is_sample: false,
            heading_row: 0,
            records: 0,
            blank_rows: 0,
            columns: Vec::new(),
            entries: Vec::new(),
            problems: Vec::new(),
        }
    }
}
