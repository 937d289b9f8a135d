//! Import of link workers: a city's list, as the city keeps it → entries of the directory and a report of what to fix.
//!
//! The same steps as for places (file, table), with its own headings and words: `columns.toml` and `words.toml`. Facts
//! without a column are inherited from a section heading, the name of the sheet, the title or the name of the file. No
//! row is lost: one whose layer cannot be inferred is kept without one. This module does no I/O.

mod areas;
mod contact;
mod entry;
mod words;

use std::collections::BTreeMap;

pub use words::{LinkWorkerWordFile, file as words_file};

use super::cells::cell::{RecordCells, SheetContext};
use super::columns::{Field, HeadingTable};
use super::table::{self, FileTables, ListTable};
use super::{Encoding, Format, ImportContext, ListProblem, ProblemKind};
use crate::model::LinkWorker;
use entry::InheritedFacts;

/// What one file says.
#[derive(Debug, Clone)]
pub struct LinkWorkerFile {
    /// What the bytes turned out to be.
    pub format: Format,
    /// The encoding of the text; `None` for workbooks.
    pub encoding: Option<Encoding>,
    /// One entry a data sheet; text files have one without a name. Empty only if `refused`.
    pub sheets: Vec<LinkWorkerSheet>,
    /// Why nothing was read at all.
    pub refused: Option<ListProblem>,
}

/// What one sheet says.
#[derive(Debug, Clone, Default)]
pub struct LinkWorkerSheet {
    /// The sheet's name; `None` in text files.
    pub sheet: Option<String>,
    /// The row of the heading as Excel shows it.
    pub heading_row: u32,
    /// Rows that hold data.
    pub records: u32,
    /// Rows below the heading without any content.
    pub blank_rows: u32,
    /// The rows that became entries, in order; the name of the list is filled in by the caller.
    pub workers: Vec<LinkWorker>,
    /// Everything to mend, in order of row.
    pub problems: Vec<ListProblem>,
}

/// Imports `bytes` as a list of link workers. `file` is its name: the content decides the format, but if nothing else
/// gives the role of its people (民生委員名簿.csv), the name does.
///
/// Takes time in proportion to the number of cells; never panics, whatever the bytes.
pub fn read(bytes: &[u8], file: &str, known: ImportContext<'_>) -> LinkWorkerFile {
    let columns = HeadingTable::link_workers();
    let FileTables { format, encoding, tables, refused, notices } = table::tables(bytes, columns);
    let mut sheets: Vec<LinkWorkerSheet> = Vec::new();
    for table in tables {
        let read = read_table(table, file, ImportContext { columns, ..known });
        match sheets.last_mut().filter(|above| above.sheet == read.sheet) {
            Some(above) => above.append(read),
            None => sheets.push(read),
        }
    }
    if let Some(first) = sheets.first_mut() {
        first.problems.splice(0..0, notices);
    }
    LinkWorkerFile { format, encoding, sheets, refused }
}

fn read_table(mut table: ListTable, file: &str, known: ImportContext<'_>) -> LinkWorkerSheet {
    let mut problems = std::mem::take(&mut table.problems);
    let fields = known.columns.fields(&table.headings);
    let sheet = SheetContext::new(&table, &fields, file, known);
    let inherited = InheritedFacts::new(&sheet);
    let mut workers = Vec::with_capacity(table.records.len());
    let mut kept_private = 0_u32;
    for record in &table.records {
        let mut row = RecordCells::new(&sheet, record);
        let worker = entry::worker(&mut row, &inherited);
        problems.append(&mut row.problems);
        if let Some((worker, private)) = worker {
            kept_private += u32::from(private);
            workers.push(worker);
        }
    }
    problems.extend(duplicates(&workers));
    problems.extend(notices(&sheet, kept_private));
    problems.sort_by_key(|problem| problem.row);
    LinkWorkerSheet {
        sheet: table.sheet.clone(),
        heading_row: table.heading_row,
        records: u32::try_from(table.records.len()).unwrap_or(u32::MAX),
        blank_rows: table.blank_rows,
        workers,
        problems,
    }
}

/// Problems of the list as a whole.
fn notices(sheet: &SheetContext<'_>, kept_private: u32) -> Vec<ListProblem> {
    let mut notices = Vec::new();
    if !sheet.has(Field::Audience) {
        notices.push(sheet.notice(ProblemKind::NoAudienceColumnOfWorkers, &[]));
    }
    if kept_private > 0 {
        notices.push(sheet.notice(ProblemKind::OwnNumbersKeptPrivate, &[("rows", &kept_private.to_string())]));
    }
    notices
}

/// Reports rows that repeat an earlier one. Posts without a name may well be several.
fn duplicates(workers: &[LinkWorker]) -> Vec<ListProblem> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut problems = Vec::new();
    for worker in workers.iter().filter(|worker| worker.person.is_some()) {
        let content = LinkWorker { source: crate::model::Source::default(), ..worker.clone() };
        let row = worker.source.row;
        let first = *seen.entry(serde_json::to_string(&content).unwrap_or_default()).or_insert(row);
        if first != row {
            let values = [("other_row", &*first.to_string())];
            problems.push(ListProblem::new(row, None, ProblemKind::DuplicateRow, &values));
        }
    }
    problems
}

impl LinkWorkerSheet {
    /// Adds another table of the same sheet, which stands below or beside.
    fn append(&mut self, below: Self) {
        self.records += below.records;
        self.blank_rows += below.blank_rows;
        self.workers.extend(below.workers);
        self.problems.extend(below.problems);
        self.problems.sort_by_key(|problem| problem.row);
    }
}
