//! Table body: the rows below a heading → records, and a report of what was left out.
//!
//! This module does no I/O.

mod classify;
mod fill;
mod marks;
mod shape;

use std::collections::{BTreeSet, HashMap};

use super::column_letters::unnamed;
use super::heading::Heading;
use super::merged::MergedFills;
use super::{ListTable, TableRecord, month_grid, weekday_grid};
use crate::import::columns::{Field, HeadingTable};
use crate::import::file::{CellSheet, FileFlaw, SheetRow};
use crate::import::{ListProblem, ProblemKind};

use classify::{BodyLine, LineClassifier};

/// Lines above a heading that are kept, and characters of each.
const TITLES: usize = 5;
const TITLE_CHARS: usize = 80;
/// Characters of a heading that are kept.
const HEADING_CHARS: usize = 200;

/// Reads the table under `heading`, whose rows end before the index `until`.
///
/// # Errors
/// If it asks for more than the limits.
pub fn table(
    sheet: &CellSheet,
    heading: &Heading,
    (from, until): (usize, usize),
    fills: &MergedFills,
    columns: &HeadingTable,
) -> Result<ListTable, ListProblem> {
    let rows = &sheet.rows[heading.last + 1..until];
    let heading_row = sheet.rows[heading.last].number;
    let end = sheet.rows.get(until).map_or(sheet.last_row, |row| row.number - 1);
    let mut table = ListTable { sheet: sheet.name.clone(), heading_row, ..ListTable::default() };
    table.licence = licence(&sheet.rows[..heading.first]);
    table.above = titles(own_titles(&sheet.rows[..heading.first], from));
    let mut lines = lines(sheet, heading, rows, columns, &mut table);
    shape::first_section(&mut lines, &mut table);
    let blank = end.saturating_sub(heading_row)
        - u32::try_from(rows.len()).unwrap_or(u32::MAX).min(end.saturating_sub(heading_row));
    table.blank_rows += blank;
    let kept: Vec<&SheetRow> = lines.iter().map(|(row, _)| *row).collect();
    let places = places(heading, &kept, &mut table);
    table.records = records(&kept, &places, fills);
    marks::remarks(&sheet.marks, &places, columns, &mut table);
    marks::struck(&sheet.marks, &places, columns, &mut table, (heading_row, end));
    marks::hidden(&sheet.marks, &places, &mut table);
    shape::sections(&lines, columns, &mut table);
    fill::dittos(&mut table)?;
    weekday_grid::read(&mut table);
    month_grid::read(&mut table);
    fill::groups(columns, &mut table);
    shape::ragged(heading, &kept, &mut table);
    flaws(&sheet.flaws, &places, &mut table, (heading_row, end));
    super::area_codes::join(&mut table, columns);
    Ok(table)
}

/// The rows above a heading that are its own: below another table, those directly above it with one cell, if there are any.
fn own_titles(above: &[SheetRow], from: usize) -> &[SheetRow] {
    if from == 0 {
        return above;
    }
    let last_row = above.iter().skip(from).rposition(|row| row.cells.len() > 1).map(|at| from + at + 1);
    last_row.map(|at| &above[at..]).filter(|titles| !titles.is_empty()).unwrap_or(above)
}

/// The first cells of the rows above a heading.
fn titles(rows: &[SheetRow]) -> Vec<String> {
    let texts = rows.iter().filter_map(|row| row.cells.first()).map(|(_, text)| text.trim());
    texts.filter(|text| text.chars().count() <= TITLE_CHARS).take(TITLES).map(str::to_owned).collect()
}

/// The licence that the rows above the heading give.
fn licence(rows: &[SheetRow]) -> Option<String> {
    let row = rows.iter().find(|row| row.cell(0).trim() == "#license")?;
    row.cells.get(1).map(|(_, text)| text.trim().to_owned())
}

/// The rows that hold data, each with its section heading; omitted rows are reported in `table`.
fn lines<'a>(
    sheet: &CellSheet,
    heading: &Heading,
    rows: &'a [SheetRow],
    columns: &HeadingTable,
    table: &mut ListTable,
) -> Vec<(&'a SheetRow, Option<String>)> {
    let classifier = LineClassifier::new(sheet, heading, rows, columns);
    let mut section = None;
    let mut kept = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let first = row.cells.first().map_or("", |(_, text)| text.as_str());
        let mut report =
            |kind, value: &str| table.problems.push(ListProblem::new(row.number, None, kind, &[("value", value)]));
        match classifier.line(index, row) {
            BodyLine::Data => kept.push((row, section.clone())),
            BodyLine::Template => table.blank_rows += 1,
            BodyLine::Preamble => {}
            BodyLine::Comment => report(ProblemKind::CommentRowSkipped, first),
            BodyLine::Total => report(ProblemKind::TotalRowSkipped, first),
            BodyLine::Example => report(ProblemKind::ExampleRowSkipped, classifier.name(row).unwrap_or(first)),
            BodyLine::Repeated => report(ProblemKind::HeadingRepeated, ""),
            BodyLine::Section(text) => {
                report(ProblemKind::SectionRow, &text);
                section = Some(text);
            }
        }
    }
    kept
}

/// Maps each column that has a heading or content to its position in a record, and names it in `table`.
fn places(heading: &Heading, rows: &[&SheetRow], table: &mut ListTable) -> HashMap<u32, usize> {
    let named: HashMap<u32, &str> = heading.names.iter().map(|(column, name)| (*column, name.as_str())).collect();
    let mut used: BTreeSet<u32> = named.keys().copied().collect();
    used.extend(rows.iter().flat_map(|row| &row.cells).map(|(column, _)| *column));
    for column in &used {
        let name = named.get(column).map_or_else(|| unnamed(*column), |name| (*name).to_owned());
        if !named.contains_key(column) {
            let problem = ListProblem::new(table.heading_row, None, ProblemKind::UnnamedColumn, &[("value", &name)]);
            table.problems.push(problem);
        }
        table.headings.push(clipped(name));
    }
    used.into_iter().zip(0..).collect()
}

/// Cuts a heading that is longer than any real one: it is repeated in each row and in each problem.
fn clipped(mut name: String) -> String {
    if let Some((end, _)) = name.char_indices().nth(HEADING_CHARS) {
        name.truncate(end);
    }
    name
}

/// Builds the records of `rows`, with the values of merged cells filled in.
fn records(rows: &[&SheetRow], places: &HashMap<u32, usize>, fills: &MergedFills) -> Vec<TableRecord> {
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let mut record = TableRecord { row: row.number, cells: vec![String::new(); places.len()], filled: Vec::new() };
        for (column, text) in &row.cells {
            if let Some(&at) = places.get(column) {
                record.cells[at].clone_from(text);
            }
        }
        for (column, text) in fills.get(&row.number).into_iter().flatten() {
            if let Some(&at) = places.get(column).filter(|&&at| record.cells[at].is_empty()) {
                record.cells[at].clone_from(text);
                record.filled.push(at);
            }
        }
        records.push(record);
    }
    records
}

/// Converts flaws of the file in the rows `span` into problems; of formula flaws, the first per column.
fn flaws(flaws: &[FileFlaw], places: &HashMap<u32, usize>, table: &mut ListTable, span: (u32, u32)) {
    let mut reported_columns = BTreeSet::new();
    for flaw in flaws.iter().filter(|flaw| span.0 < flaw.row && flaw.row <= span.1) {
        let is_record = table.records.binary_search_by_key(&flaw.row, |record| record.row).is_ok();
        let place = flaw.column.and_then(|column| places.get(&column));
        if flaw.column.is_some() && (!is_record || place.is_none()) {
            continue;
        }
        if flaw.kind == ProblemKind::FormulaWithoutValue && !reported_columns.insert(place) {
            continue;
        }
        let heading = place.and_then(|&at| table.headings.get(at)).map(String::as_str);
        let problem = ListProblem::new(flaw.row, heading, flaw.kind, &[("value", &flaw.value)]);
        table.problems.push(problem);
    }
}

/// The column mapping of `table` by its headings.
fn fields(table: &ListTable, columns: &HeadingTable) -> Vec<Option<Field>> {
    let by_table = columns.fields(&table.headings);
    let headings = table.headings.iter().zip(by_table);
    headings.map(|(heading, field)| field.or_else(|| columns.field_of_words(heading))).collect()
}
