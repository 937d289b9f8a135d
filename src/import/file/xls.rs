//! XLS (BIFF) workbooks, from before Excel 2007.
//!
//! The library allocates whatever the records announce, and every cell between the two farthest, so the records are scanned
//! first: announced sizes are blanked out, far corners and endlessly repeated strings are refused, and the rest goes to the
//! library in a fresh container. This module does no I/O.

use std::io::Cursor;

use calamine::{Data, Reader as _, SheetType, SheetVisible, Xls, XlsError};

use super::budget::ReadingBudget;
use super::ole::{self, OleContainer, u16_at, u32_at};
use super::xls_marks::{self, OldSheetMarks};
use super::xls_strings;
use super::xlsx::{RowsInProgress, merge};
use super::xlsx_marks::StruckString;
use super::{CellSheet, FileContents, FileFlaw, FileRefusal, StruckCell, cells, refusal, too_large};
use crate::import::{Format, ProblemKind};
use crate::model::ReadingLimits;

/// Size of the records at most, in MB; a list of ten thousand rows takes some three.
const STREAM_MB: u64 = 32;

mod record {
    pub const SHEET: u16 = 0x0085;
    pub const PASSWORD: u16 = 0x002F;
    pub const STRINGS: u16 = 0x00FC;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const BEGIN: u16 = 0x0809;
    pub const END: u16 = 0x000A;
    pub const SHARED_STRING: u16 = 0x00FD;
    pub const NUMBERS: u16 = 0x00BD;
    pub const FORMULA: u16 = 0x0006;
    /// Record types of one cell: number, string, rich string, Boolean or error, packed number.
    pub const CELLS: [u16; 5] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E];
}

/// Reads an OLE container as a workbook.
///
/// # Errors
/// If it is none, is encrypted or damaged, or asks for more than the limits.
pub fn open(bytes: &[u8], limits: &ReadingLimits) -> Result<FileContents, FileRefusal> {
    let mut container = OleContainer::open(bytes).ok_or_else(damaged)?;
    let stream = stream(&mut container)?;
    if xls_marks::is_before_excel_97(&stream) {
        return Err(refusal(Format::Unknown, ProblemKind::OtherFormat, "Excel 5.0/95 (.xls)"));
    }
    let safe = scan(stream, limits)?;
    let marks = xls_marks::read(&safe);
    let workbook = ole::container_of("Workbook", &safe).map_err(|_| damaged())?;
    let mut workbook: Xls<_> = Xls::new(Cursor::new(workbook)).map_err(|error| match error {
        XlsError::Password => refusal(Format::Xls, ProblemKind::WorkbookEncrypted, ""),
        _ => damaged(),
    })?;
    let mut contents = FileContents { format: Format::Xls, encoding: None, sheets: Vec::new(), notices: Vec::new() };
    let mut budget = ReadingBudget::new(Format::Xls, limits);
    let marks = marks.into_iter().chain(std::iter::repeat_with(OldSheetMarks::default));
    for (sheet, marks) in workbook.sheets_metadata().to_vec().into_iter().zip(marks) {
        if sheet.typ == SheetType::WorkSheet {
            let mut read = sheet_of(&mut workbook, &sheet.name, marks, &mut budget)?;
            read.hidden = sheet.visible != SheetVisible::Visible;
            contents.sheets.push(read);
        }
    }
    Ok(contents)
}

/// Extracts the stream of the workbook's records, or refuses with the format that the container holds instead.
fn stream(container: &mut OleContainer<'_>) -> Result<Vec<u8>, FileRefusal> {
    if container.has("EncryptedPackage") {
        return Err(refusal(Format::Xlsx, ProblemKind::WorkbookEncrypted, ""));
    }
    for name in ["Workbook", "Book"] {
        if container.has(name) {
            return container.stream(name).ok_or_else(damaged);
        }
    }
    let name = [("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint"), ("JSRV_SegmentInformation", "一太郎")];
    let name = name.iter().find(|(stream, _)| container.has(stream)).map_or("OLE", |(_, name)| name);
    Err(refusal(Format::Unknown, ProblemKind::OtherFormat, name))
}

fn damaged() -> FileRefusal {
    refusal(Format::Xls, ProblemKind::WorkbookDamaged, "")
}

/// The bounding rectangle of the cells of one sheet.
#[derive(Debug, Clone, Copy)]
struct CellExtent {
    top: u16,
    bottom: u16,
    left: u16,
    right: u16,
}

impl CellExtent {
    const NONE: Self = Self { top: u16::MAX, bottom: 0, left: u16::MAX, right: 0 };

    fn add(&mut self, row: u16, column: u16) {
        self.top = self.top.min(row);
        self.bottom = self.bottom.max(row);
        self.left = self.left.min(column);
        self.right = self.right.max(column);
    }

    /// Cells of the rectangle.
    fn area(self) -> usize {
        let length = |from: u16, to: u16| usize::from(to.saturating_sub(from)) + 1;
        if self.top <= self.bottom { length(self.top, self.bottom) * length(self.left, self.right) } else { 0 }
    }
}

/// What the scan of the records has found so far.
struct RecordScan {
    /// Byte offsets of the sheets, as the sheet list announces them.
    sheets: Vec<usize>,
    /// Byte offsets at which substreams really begin.
    begins: Vec<usize>,
    depth: usize,
    extent: CellExtent,
    /// Cells of the rectangles of all sheets before this one; the library allocates them all.
    area_before: usize,
    /// Bytes of each shared string.
    strings: Vec<usize>,
    /// Bytes of the text of all cells with a shared string.
    text: usize,
}

/// Scans the records of `stream` and blanks out the announced sizes.
fn scan(mut stream: Vec<u8>, limits: &ReadingLimits) -> Result<Vec<u8>, FileRefusal> {
    if stream.len() as u64 > STREAM_MB << 20 {
        return Err(too_large(Format::Xls, "file_mb", STREAM_MB));
    }
    let mut found = RecordScan {
        sheets: Vec::new(),
        begins: Vec::new(),
        depth: 0,
        extent: CellExtent::NONE,
        area_before: 0,
        strings: Vec::new(),
        text: 0,
    };
    let mut at = 0;
    while let (Some(kind), Some(length)) = (u16_at(&stream, at), u16_at(&stream, at + 2)) {
        if kind == record::DIMENSIONS {
            stream[at..at + 2].copy_from_slice(&0xFFFF_u16.to_le_bytes());
        }
        if kind == record::PASSWORD && u16_at(&stream, at + 4) != Some(0) {
            return Err(refusal(Format::Xls, ProblemKind::WorkbookEncrypted, ""));
        }
        found.record(&stream, at, kind);
        if found.area_before + found.extent.area() > limits.cells {
            return Err(too_large(Format::Xls, "cells", limits.cells));
        }
        // The scan knows an upper bound of three bytes per character alone.
        if found.text > limits.text_bytes().saturating_mul(3) {
            return Err(too_large(Format::Xls, "text_mb", limits.text_mb));
        }
        at += 4 + usize::from(length);
    }
    // A sheet that begins within a record, or where another does, would bypass these checks.
    found.sheets.sort_unstable();
    let sound = found.sheets.windows(2).all(|pair| pair[0] != pair[1])
        && found.sheets.iter().all(|sheet| found.begins.binary_search(sheet).is_ok())
        && found.sheets.len() <= limits.sheets;
    if sound { Ok(stream) } else { Err(damaged()) }
}

impl RecordScan {
    /// Scans the record of type `kind` at byte `at`.
    fn record(&mut self, stream: &[u8], at: usize, kind: u16) {
        let body = at + 4;
        match kind {
            record::SHEET => self.sheets.extend(u32_at(stream, body).and_then(|at| usize::try_from(at).ok())),
            record::STRINGS => self.strings = xls_strings::lengths(stream, at),
            record::BEGIN => {
                self.begins.push(at);
                if self.depth == 0 {
                    self.area_before += self.extent.area();
                    self.extent = CellExtent::NONE;
                }
                self.depth += 1;
            }
            record::END => self.depth = self.depth.saturating_sub(1),
            record::SHARED_STRING => {
                let index = u32_at(stream, body + 6).and_then(|i| usize::try_from(i).ok());
                // Strings that could not be measured may be as long as the file.
                let unknown = if self.strings.is_empty() { stream.len() } else { 0 };
                let length = index.and_then(|i| self.strings.get(i)).copied().unwrap_or(unknown);
                self.text = self.text.saturating_add(length);
            }
            _ => {}
        }
        let is_cell =
            record::CELLS.contains(&kind) || [record::SHARED_STRING, record::NUMBERS, record::FORMULA].contains(&kind);
        if let (true, Some(row), Some(column)) = (is_cell, u16_at(stream, body), u16_at(stream, body + 2)) {
            self.extent.add(row, column);
            if kind == record::NUMBERS {
                let end = body + usize::from(u16_at(stream, at + 2).unwrap_or(0));
                self.extent.add(row, u16_at(stream, end.saturating_sub(2)).unwrap_or(column));
            }
        }
    }
}

/// Reads the cells of the sheet `name`.
fn sheet_of(
    workbook: &mut Xls<Cursor<Vec<u8>>>,
    name: &str,
    mut marks: OldSheetMarks,
    budget: &mut ReadingBudget<'_>,
) -> Result<CellSheet, FileRefusal> {
    let range = workbook.worksheet_range(name).map_err(|_| damaged())?;
    let (top, left) = range.start().unwrap_or_default();
    let mut sheet = CellSheet { name: Some(name.to_owned()), ..CellSheet::default() };
    let mut rows = RowsInProgress::default();
    for (row, column, value) in range.used_cells() {
        let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX)).saturating_add(1);
        let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
        let runs = marks.struck_runs.remove(&(row, column));
        let is_whole = runs.is_none() && marks.struck.contains(&(row, column));
        let kept = runs.map(|StruckString { kept, struck }| {
            let is_whole = super::is_blank(&kept);
            sheet.marks.struck.push(StruckCell { row, column, text: struck, is_whole });
            Data::String(kept)
        });
        match cells::xls_text(kept.as_ref().unwrap_or(value)) {
            Ok(text) if super::is_blank(&text) => {}
            Ok(text) => {
                budget.cell(row, &text)?;
                if is_whole {
                    sheet.marks.struck.push(StruckCell { row, column, text, is_whole: true });
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
    (sheet.marks.hidden_rows, sheet.marks.hidden_columns) = (marks.hidden_rows, marks.hidden_columns);
    sheet.rows = rows.finished();
    sheet.last_row = sheet.last_row_with_text();
    sheet.merges = workbook.merge_cells_by_sheet_name(name).unwrap_or_default().iter().map(merge).collect();
    budget.sheet(&sheet)?;
    Ok(sheet)
}
