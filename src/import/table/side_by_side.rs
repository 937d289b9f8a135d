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

/// Splits `sheet` from left to right into the tables that stand beside each other, if there are several.
pub fn blocks(sheet: &CellSheet, heading: &Heading, columns: &HeadingTable) -> Option<Vec<CellSheet>> {
    repeated(sheet, heading, columns).or_else(|| parted_by_gaps(sheet, heading, columns))
}

/// Splits `sheet` at blank columns, if there is a name on each side of them: two different tables beside each other.
fn parted_by_gaps(sheet: &CellSheet, heading: &Heading, columns: &HeadingTable) -> Option<Vec<CellSheet>> {
    let names: Vec<&(u32, String)> = heading.names.iter().collect();
    let parts: Vec<&[&(u32, String)]> = names.chunk_by(|left, right| left.0 + 1 == right.0).collect();
    let fields: Vec<Vec<Field>> = parts.iter().map(|part| fields_of(part, columns)).collect();
    let has_name = |fields: &[Field], is_name: fn(Field) -> bool| fields.iter().any(|field| is_name(*field));
    let names = |is_name: fn(Field) -> bool| fields.iter().all(|fields| has_name(fields, is_name));
    let are_tables = (2..=BLOCKS).contains(&parts.len()) && parts.iter().all(|part| part.len() >= 2);
    // A building may belong to the name across the gap, unless each part has its own title or its own telephone.
    let are_apart = || are_titled(sheet, heading, &parts) || is_said_twice(&fields);
    let are_lists =
        names(|field| Field::is_name(field) && field != Field::VenueName) || names(Field::is_name) && are_apart();
    if sheet.headed || !are_tables || !are_lists || !columns.reads_contents() {
        return None;
    }
    let starts: Vec<u32> = parts.iter().map(|part| part[0].0).collect();
    let gaps: Vec<u32> = starts.iter().skip(1).map(|start| start - 1).collect();
    let is_blank = sheet.rows[heading.first..].iter().all(|row| gaps.iter().all(|gap| row.cell(*gap).is_empty()));
    is_blank.then(|| from_starts(sheet, &starts))
}

/// The fields of the headings of one part, a name also where a heading only ends like one.
fn fields_of(part: &[&(u32, String)], columns: &HeadingTable) -> Vec<Field> {
    part.iter().filter_map(|(_, name)| columns.field_or_name(name)).collect()
}

/// Whether a row above `heading` has a title at the beginning of each of `parts`, and nowhere else.
fn are_titled(sheet: &CellSheet, heading: &Heading, parts: &[&[&(u32, String)]]) -> bool {
    let starts: Vec<u32> = parts.iter().map(|part| part[0].0).collect();
    let titles = |row: &SheetRow| row.cells.iter().map(|(column, _)| *column).eq(starts.iter().copied());
    sheet.rows[..heading.first].iter().rev().take(2).any(titles)
}

/// Whether every part says where one is, calls or comes: what one list would not say twice.
fn is_said_twice(fields: &[Vec<Field>]) -> bool {
    let matters = [Field::Phone, Field::Address, Field::Schedule];
    matters.iter().any(|field| fields.iter().all(|part| part.contains(field)))
}

/// Splits `sheet`, if `heading` repeats itself and each repetition has a name.
fn repeated(sheet: &CellSheet, heading: &Heading, columns: &HeadingTable) -> Option<Vec<CellSheet>> {
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
    Some(from_starts(sheet, &starts))
}

/// The parts of `sheet` that begin at the columns `starts`.
fn from_starts(sheet: &CellSheet, starts: &[u32]) -> Vec<CellSheet> {
    let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
    // Columns left of the first block belong to it.
    let ranges = [0].into_iter().chain(starts.iter().skip(1).copied()).zip(ends);
    ranges.map(|(start, end)| part(sheet, &(start..end))).collect()
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
