//! XLSX workbooks, since Excel 2007, cell by cell.
//!
//! The archive is decompressed first and discarded, so that an archive bomb is found before the library opens it; then the
//! cells are read one at a time. The library's whole-sheet call is never used: it allocates every cell between the two
//! farthest, which a workbook of 5 KB can put 17 billion cells apart. `archive` counts what the library decompresses again.
//! This module does no I/O.

use std::collections::{HashMap, HashSet};

use calamine::{DataRef, Font, Reader as _, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::archive::{ArchiveParts, MeteredArchive};
use super::budget::ReadingBudget;
use super::cells::{self, DisplayFormat};
use super::xlsx_marks::{self, MarkedSheet, StruckString};
use super::{CellSheet, FileContents, FileFlaw, FileRefusal, MergedRange, SheetRow, StruckCell, refusal, too_large};
use crate::import::{Format, ProblemKind};
use crate::model::ReadingLimits;

type Workbook<'a> = Xlsx<MeteredArchive<'a>>;

/// Reads a zip archive as a workbook.
///
/// # Errors
/// If it is none, is encrypted or damaged, or asks for more than the limits.
pub fn open(bytes: &[u8], limits: &ReadingLimits) -> Result<FileContents, FileRefusal> {
    let parts = ArchiveParts::scan(bytes, limits)?;
    let marked = (parts.has_formulas(), parts.has_strikes());
    let archive = MeteredArchive::new(bytes, parts, limits);
    let meter = archive.meter();
    let read = sheets(archive, marked, limits);
    // The library reports what the meter refused as a damaged file.
    meter.refusal().map_or(read, Err)
}

/// Reads the sheets of the workbook in `archive`, which has formulas, and text that is struck out, or not.
fn sheets(
    archive: MeteredArchive<'_>,
    (has_formulas, has_strikes): (bool, bool),
    limits: &ReadingLimits,
) -> Result<FileContents, FileRefusal> {
    let meter = archive.meter();
    let again = archive.again();
    let mut workbook: Workbook<'_> = Xlsx::new(archive).map_err(|e| damaged(&e))?;
    meter.is_open();
    let sheets: Vec<_> = workbook.sheets_metadata().to_vec();
    if sheets.len() > limits.sheets {
        return Err(too_large(Format::Xlsx, "sheets", limits.sheets));
    }
    // The library finds a sheet by its name, so that it would read the first of two alike twice.
    let names: HashSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    if names.len() < sheets.len() {
        return Err(refusal(Format::Xlsx, ProblemKind::WorkbookDamaged, ""));
    }
    let mut contents = FileContents { format: Format::Xlsx, encoding: None, sheets: Vec::new(), notices: Vec::new() };
    let mut budget = ReadingBudget::new(Format::Xlsx, limits);
    let damaged_marks = |_| refusal(Format::Xlsx, ProblemKind::WorkbookDamaged, "");
    let mut marks = xlsx_marks::read(again, has_strikes).map_err(damaged_marks)?;
    for sheet in sheets.iter().filter(|s| s.typ == SheetType::WorkSheet) {
        let mut read = sheet_of(&mut workbook, &sheet.name, &mut marks, &mut budget)?;
        read.hidden = sheet.visible != SheetVisible::Visible;
        if has_formulas {
            read.flaws.extend(formulas_without_value(&mut workbook, &sheet.name));
        }
        contents.sheets.push(read);
    }
    Ok(contents)
}

/// Reads the cells of the sheet `name`.
fn sheet_of(
    workbook: &mut Workbook<'_>,
    name: &str,
    marks: &mut HashMap<String, MarkedSheet>,
    budget: &mut ReadingBudget<'_>,
) -> Result<CellSheet, FileRefusal> {
    let is_1904 = workbook.has_1904_epoch();
    let MarkedSheet { marks, struck: mut struck_runs } = marks.remove(name).unwrap_or_default();
    let mut sheet = CellSheet { name: Some(name.to_owned()), marks, ..CellSheet::default() };
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A chart is a sheet without cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(sheet),
        Err(error) => return Err(damaged(&error)),
    };
    let styles: Vec<DisplayFormat> = reader
        .styles()
        .iter()
        .map(|s| s.number_format.as_ref().map_or(DisplayFormat::Number, |f| cells::display_format(&f.format_code)))
        .collect();
    let is_struck = |style: &Style| style.font.as_ref().is_some_and(Font::has_strikethrough);
    let strikes: Vec<bool> = reader.styles().iter().map(is_struck).collect();
    let mut rows = RowsInProgress::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|e| damaged(&e))? {
        let (row, column) = cell.get_position();
        let row = row.saturating_add(1);
        if let DataRef::SharedString(text) = cell.get_value() {
            budget.raw_cell(row, text.len())?;
        }
        let runs = struck_runs.remove(&(row, column));
        let is_whole = runs.is_none() && strikes.get(style) == Some(&true);
        let value = match runs {
            Some(StruckString { kept, struck }) => {
                let is_whole = super::is_blank(&kept);
                sheet.marks.struck.push(StruckCell { row, column, text: struck, is_whole });
                DataRef::String(kept)
            }
            None => cell.get_value().clone(),
        };
        match cells::text(&value, styles.get(style).unwrap_or(&DisplayFormat::Number), is_1904) {
            Ok(text) if super::is_blank(&text) => {}
            Ok(text) => {
                budget.cell(row, &text)?;
                if is_whole {
                    sheet.marks.struck.push(StruckCell { row, column, text, is_whole });
                } else if rows.put(row, column, text) {
                    budget.row()?;
                }
            }
            Err(value) => {
                budget.flaw()?;
                sheet.flaws.push(FileFlaw { row, column: Some(column), kind: ProblemKind::FormulaError, value });
            }
        }
    }
    drop(reader);
    sheet.rows = rows.finished();
    sheet.last_row = sheet.last_row_with_text();
    sheet.merges = workbook.merge_cells_by_sheet_name(name).unwrap_or_default().iter().map(merge).collect();
    budget.sheet(&sheet)?;
    Ok(sheet)
}

/// Converts one of the library's merged ranges.
pub(super) fn merge(range: &calamine::Dimensions) -> MergedRange {
    MergedRange {
        top: range.start.0.saturating_add(1),
        bottom: range.end.0.saturating_add(1),
        left: range.start.1,
        right: range.end.1,
    }
}

/// Builds rows from cells that arrive one by one, nearly always in order.
#[derive(Debug, Default)]
pub(super) struct RowsInProgress {
    rows: Vec<SheetRow>,
    by_number: HashMap<u32, usize>,
}

impl RowsInProgress {
    /// Puts `text` into `row` (as Excel displays it) and `column` (from 0). Returns whether the row is new.
    pub(super) fn put(&mut self, row: u32, column: u32, text: String) -> bool {
        let before = self.rows.len();
        let at = match self.rows.last() {
            Some(last) if last.number == row => self.rows.len() - 1,
            _ => *self.by_number.entry(row).or_insert_with(|| {
                self.rows.push(SheetRow { number: row, ..SheetRow::default() });
                self.rows.len() - 1
            }),
        };
        self.rows[at].cells.push((column, text));
        self.rows.len() > before
    }

    /// Returns the rows in order, their cells in order; of two cells in one position, the later one.
    pub(super) fn finished(mut self) -> Vec<SheetRow> {
        self.rows.sort_by_key(|row| row.number);
        for row in &mut self.rows {
            row.cells.reverse();
            row.cells.sort_by_key(|(column, _)| *column);
            row.cells.dedup_by_key(|(column, _)| *column);
        }
        self.rows
    }
}

/// Finds formulas without a cached value: programs that generate workbooks save them so.
fn formulas_without_value(workbook: &mut Workbook<'_>, name: &str) -> Vec<FileFlaw> {
    let mut flaws = Vec::new();
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return flaws };
    while let Ok(Some(cell)) = reader.next_cell_with_formula_metadata() {
        let (row, column) = cell.pos;
        if cell.formula.is_some() && matches!(cell.value, calamine::DataRef::Empty) && flaws.len() < 10_000 {
            flaws.push(FileFlaw {
                row: row.saturating_add(1),
                column: Some(column),
                kind: ProblemKind::FormulaWithoutValue,
                value: String::new(),
            });
        }
    }
    flaws
}

fn damaged(error: &XlsxError) -> FileRefusal {
    let kind = if matches!(error, XlsxError::Password) {
        ProblemKind::WorkbookEncrypted
    } else {
        ProblemKind::WorkbookDamaged
    };
    refusal(Format::Xlsx, kind, "")
}
