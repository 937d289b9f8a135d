//! Table extraction: a sheet of cells → its heading and its records.
//!
//! Header detection skips title rows, comments and LinkData preambles and joins headings over two lines; the body omits
//! legends, examples and numbered template rows, and resolves merged cells and ditto marks (「同上」). Every omission is
//! reported as a problem, blank rows are counted, and a row keeps the number that Excel displays. This module does no
//! I/O.

mod area_codes;
mod body;
pub(in crate::import) mod column_letters;
mod data_cells;
mod glued;
mod heading;
mod joined_columns;
mod labelled;
mod lost_characters;
mod merged;
mod month_grid;
mod placeholders;
mod plain;
mod private_cells;
mod sheets;
pub(in crate::import) mod shifted_rows;
mod side_by_side;
mod text_lines;
mod weekday_grid;

use std::collections::{BTreeSet, HashMap};

use self::heading::Heading;
use super::columns::{ColumnPlan, ColumnProfile, HeadingTable};
use super::file::{self, CellSheet, FileContents, FileRefusal};
use super::{Encoding, Format, ListProblem, ProblemKind};
use crate::model::ReadingLimits;
use crate::model::web_address::without_credentials;

/// The heading of the column that holds the section headings of a list without a column for them.
pub const SECTION_HEADING: &str = "（見出し行）";

/// The tables of a file.
#[derive(Debug, Clone)]
pub struct FileTables {
    /// The detected file format.
    pub format: Format,
    /// The encoding of the text; `None` for workbooks, and for ISO-2022-JP.
    pub encoding: Option<Encoding>,
    /// One table per data sheet, or more if a sheet has several. Empty if `refused`.
    pub tables: Vec<ListTable>,
    /// Why the whole file was refused, with row 0.
    pub refused: Option<ListProblem>,
    /// Problems of the file as a whole and skipped sheets, with row 0.
    pub notices: Vec<ListProblem>,
}

/// One table of a data sheet.
#[derive(Debug, Clone, Default)]
pub struct ListTable {
    /// The sheet's name; `None` in text files.
    pub sheet: Option<String>,
    /// The row of the heading as Excel displays it (the last one, if it spans several); 0 in `GeoJSON`, which has none.
    pub heading_row: u32,
    /// The headings as written, those over two lines joined with `_`. Columns without one are named by their position
    /// if they hold something, and left out otherwise.
    pub headings: Vec<String>,
    /// The rows that hold data, in order.
    pub records: Vec<TableRecord>,
    /// Blank rows below the heading, numbered template rows included.
    pub blank_rows: u32,
    /// The first lines above the heading: the title, the office that keeps the list.
    pub above: Vec<String>,
    /// The licence that the table gives for itself (LinkData's `#license`).
    pub licence: Option<String>,
    /// Rows that are hidden or filtered out in the workbook; they are for staff only.
    pub hidden_rows: BTreeSet<u32>,
    /// Problems found so far, in order of row.
    pub problems: Vec<ListProblem>,
}

impl ListTable {
    /// Which column is which field, by headings and contents together; `is_town` says whether a cell is a 大字 that the gazetteer
    /// has, with or without a house number.
    pub fn plan(&self, columns: &HeadingTable, is_town: &dyn Fn(&str) -> bool) -> ColumnPlan {
        let column = |at: usize| {
            let cells = self.records.iter().map(move |record| record.cells.get(at).map_or("", String::as_str));
            ColumnProfile::with_towns(cells, is_town)
        };
        let profiles: Vec<ColumnProfile> = (0..self.headings.len()).map(column).collect();
        columns.plan(&self.headings, &profiles)
    }
}

/// One row that holds data.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableRecord {
    /// The row as Excel displays it; in `GeoJSON` the number of the feature, from 1.
    pub row: u32,
    /// The cells as text, one per heading: not trimmed, numbers as a person would type them (`3`, not `3.0`), dates as
    /// `2026-11-22`, times as `13:30`; `""` if empty.
    pub cells: Vec<String>,
    /// Positions of cells that were filled down from merged cells or ditto marks.
    pub filled: Vec<usize>,
}

/// Reads `bytes` into tables; the content decides what they are, not a name. Takes time in
/// proportion to the size and memory within the default [`ReadingLimits`], whatever the bytes; never panics.
///
/// ```
/// use tsunagari::import::columns::HeadingTable;
/// use tsunagari::import::table::tables;
///
/// let read = tables("サロン名,会場\nひだまり,公民館\n".as_bytes(), &HeadingTable::standard());
/// assert_eq!(read.tables[0].records[0].cells, ["ひだまり", "公民館"]);
/// ```
pub fn tables(bytes: &[u8], columns: &HeadingTable) -> FileTables {
    tables_within(bytes, columns, &ReadingLimits::default())
}

/// As [`tables`], within the `limits` of a city.
pub fn tables_within(bytes: &[u8], columns: &HeadingTable, limits: &ReadingLimits) -> FileTables {
    tables_of(file::open(bytes, columns, limits), columns)
}

/// The tables of a file that was opened.
pub(in crate::import) fn tables_of(opened: Result<FileContents, FileRefusal>, columns: &HeadingTable) -> FileTables {
    match opened.and_then(|contents| of_contents(contents, columns)) {
        Ok(tables) => tables,
        Err(refusal) => FileTables {
            format: refusal.format,
            encoding: refusal.encoding,
            tables: Vec::new(),
            refused: Some(refusal.problem),
            notices: Vec::new(),
        },
    }
}

/// The tables of `contents`.
fn of_contents(contents: FileContents, columns: &HeadingTable) -> Result<FileTables, FileRefusal> {
    let FileContents { format, encoding, mut sheets, mut notices } = contents;
    let rows = sheets.iter_mut().flat_map(|sheet| &mut sheet.rows);
    rows.flat_map(|row| &mut row.cells).for_each(|(_, text)| without_credentials(text));
    let refused = |problem| FileRefusal { format, encoding, problem };
    let is_empty = sheets.iter().all(|sheet| sheet.rows.is_empty());
    let lost = lost_characters::lost_at_top(&sheets);
    for sheet in sheets.iter_mut().filter(|sheet| !sheet.hidden) {
        if labelled::put_in_rows(sheet, columns) {
            let sheet = sheet.name.clone().unwrap_or_default();
            notices.push(ListProblem::new(0, None, ProblemKind::LabelledLines, &[("value", &sheet)]));
        }
    }
    for sheet in sheets.iter_mut().filter(|sheet| !sheet.hidden) {
        text_lines::put_in_columns(sheet, columns);
    }
    notices.extend(put_headings(&mut sheets, columns));
    let mut tables = Vec::new();
    for sheet in sheets::with_data(sheets, columns, &mut notices) {
        tables.extend(of_sheet(sheet, columns).map_err(refused)?);
    }
    if tables.is_empty() {
        let kind = if is_empty { ProblemKind::EmptyFile } else { ProblemKind::NotATable };
        // If characters are lost and no heading is found, the loss is the reason to report.
        return Err(refused(lost.unwrap_or_else(|| ListProblem::new(0, None, kind, &[]))));
    }
    if let Some(problem) = lost_characters::check(&mut tables, columns) {
        return Err(refused(problem));
    }
    for table in &mut tables {
        joined_columns::take_apart(table, columns);
        table.problems.sort_by_key(|problem| problem.row);
    }
    Ok(FileTables { format, encoding, tables, refused: None, notices })
}

/// Puts headings above sheets that hold plain tables without one, if no sheet of the file has a heading.
fn put_headings(sheets: &mut [CellSheet], columns: &HeadingTable) -> Vec<ListProblem> {
    if !columns.reads_contents() || sheets.iter().any(|sheet| heading::find(sheet, 0, columns).is_some()) {
        return Vec::new();
    }
    let put = sheets.iter_mut().filter(|sheet| !sheet.hidden).filter(|sheet| !sheet.rows.is_empty());
    put.filter_map(|sheet| {
        let is_put = plain::put_heading(sheet, columns);
        is_put.then(|| ListProblem::new(0, None, ProblemKind::NoHeadingRow, &[]))
    })
    .collect()
}

/// What merged cells fill in below their first cell, by row (as Excel displays it) and column.
///
/// # Errors
///
/// If that is more text than a list can hold.
pub(in crate::import) fn vertical_fills(sheet: &CellSheet) -> Result<HashMap<(u32, u32), String>, ListProblem> {
    let by_row = merged::fills(sheet)?.into_iter();
    Ok(by_row.flat_map(|(row, fills)| fills.into_iter().map(move |(column, text)| ((row, column), text))).collect())
}

/// The tables of one sheet, side by side and below each other; none if there is no heading.
fn of_sheet(mut sheet: CellSheet, columns: &HeadingTable) -> Result<Vec<ListTable>, ListProblem> {
    merged::tidy(&mut sheet);
    let first = heading::find(&sheet, 0, columns);
    let Some(blocks) = first.as_ref().and_then(|heading| side_by_side::blocks(&sheet, heading, columns)) else {
        return below_each_other(&sheet, first, columns);
    };
    let mut tables = Vec::new();
    for block in &blocks {
        let first = heading::find(block, 0, columns);
        tables.push(below_each_other(block, first, columns)?);
    }
    side_by_side::count_blank_rows_once(&mut tables);
    Ok(tables.into_iter().flatten().collect())
}

/// The tables of one sheet or part below each other, of which the first has the heading `next`.
fn below_each_other(
    sheet: &CellSheet,
    mut next: Option<Heading>,
    columns: &HeadingTable,
) -> Result<Vec<ListTable>, ListProblem> {
    let mut tables = Vec::new();
    let fills = merged::fills(sheet)?;
    let mut from = 0;
    while let Some(heading) = next {
        let below = heading::find_next(sheet, &heading, columns);
        let until = below.as_ref().map_or(sheet.rows.len(), |heading| heading.first);
        tables.push(body::table(sheet, &heading, (from, until), &fills, columns)?);
        from = heading.last + 1;
        next = below;
    }
    Ok(tables)
}

#[cfg(test)]
mod tests;
