//! Side-by-side tables: one list in two or three columns of a page, each with the whole heading.
//!
//! This module does no I/O.

use std::ops::Range;

use super::ListTable;
use super::heading::Heading;
use crate::import::columns::{Field, HeadingTable};
use crate::import::file::{CellSheet, SheetRow};

/// Side-by-side tables at most; a page has room for no more.
const BLOCKS: usize = 8;

/// Splits `sheet` from left to right, if `heading` repeats itself and each repetition has a name.
pub fn blocks(sheet: &CellSheet, heading: &Heading, columns: &HeadingTable) -> Option<Vec<CellSheet>> {
    let names: Vec<&str> = heading.names.iter().map(|(_, name)| name.trim()).collect();
    let first = names.first()?;
    let period = 1 + names.iter().skip(1).position(|name| name == first)?;
    let is_repeated = names.chunks(period).all(|block| *block == names[..period]);
    if sheet.headed || period < 2 || !is_repeated || names.len() > period * BLOCKS {
        return None;
    }
    let one: Vec<String> = names[..period].iter().map(|name| (*name).to_owned()).collect();
    if !columns.fields(&one).iter().flatten().any(|field| Field::is_name(*field)) {
        return None;
    }
    let starts: Vec<u32> = heading.names.iter().step_by(period).map(|(column, _)| *column).collect();
    let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
    // Columns left of the first block belong to it.
    let ranges = [0].into_iter().chain(starts.iter().skip(1).copied()).zip(ends);
    Some(ranges.map(|(start, end)| part(sheet, &(start..end))).collect())
}

/// The columns `range` of `sheet`.
fn part(sheet: &CellSheet, range: &Range<u32>) -> CellSheet {
    let cells = |row: &SheetRow| row.cells.iter().filter(|(column, _)| range.contains(column)).cloned().collect();
    let rows = sheet.rows.iter().map(|row| SheetRow { number: row.number, width: 0, cells: cells(row) });
    let is_here = |column: Option<u32>| column.map_or(range.start == 0, |column| range.contains(&column));
    CellSheet {
        name: sheet.name.clone(),
        rows: rows.filter(|row| !row.cells.is_empty()).collect(),
        marks: sheet.marks.of_columns(|column| range.contains(&column)),
        merges: sheet.merges.iter().filter(|merge| range.contains(&merge.left)).copied().collect(),
        flaws: sheet.flaws.iter().filter(|flaw| is_here(flaw.column)).cloned().collect(),
        ..*sheet
    }
}

/// Counts a row as blank only if it is blank in all parts, and then in the first part.
pub fn count_blank_rows_once(parts: &mut [Vec<ListTable>]) {
    let blank = parts.iter().map(|tables| tables.iter().map(|table| table.blank_rows).sum()).min().unwrap_or(0);
    parts.iter_mut().flatten().for_each(|table| table.blank_rows = 0);
    if let Some(first) = parts.first_mut().and_then(|tables| tables.first_mut()) {
        first.blank_rows = blank;
    }
}
