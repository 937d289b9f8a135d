//! XLSX workbooks, since Excel 2007, cell by cell.
//!
//! The archive is decompressed first and discarded, so that an archive bomb is found before the library opens it; then the
//! cells are read one at a time. The library's whole-sheet call is never used: it allocates every cell between the two
//! farthest, which a workbook of 5 KB can put 17 billion cells apart. This module does no I/O.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::cells::{self, DisplayFormat};
use super::{CellBudget, CellSheet, FileContents, FileFlaw, FileRefusal, MergedRange, SheetRow, limits, mib, refusal};
use crate::import::{Format, ProblemKind};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads a zip archive as a workbook.
///
/// # Errors
/// If it is none, is encrypted or damaged, or asks for more than the limits.
pub fn open(bytes: &[u8]) -> Result<FileContents, FileRefusal> {
    let parts = scan(bytes)?;
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    let sheets: Vec<_> = workbook.sheets_metadata().to_vec();
    if sheets.len() > limits::SHEETS {
        return Err(too_large(&sheets.len().to_string()));
    }
    let mut contents = FileContents { format: Format::Xlsx, encoding: None, sheets: Vec::new(), notices: Vec::new() };
    let mut budget = CellBudget::default();
    for sheet in sheets.iter().filter(|s| s.typ == SheetType::WorkSheet) {
        let mut read = sheet_of(&mut workbook, &sheet.name, &mut budget)?;
        read.hidden = sheet.visible != SheetVisible::Visible;
        if parts.has_formulas {
            read.flaws.extend(formulas_without_value(&mut workbook, &sheet.name));
        }
        contents.sheets.push(read);
    }
    Ok(contents)
}

/// What the scan of the archive found.
struct WorkbookParts {
    /// Whether some cell holds a formula.
    has_formulas: bool,
}

/// Archive bomb check: decompresses every part the library may read, keeps nothing, and stops at the limit.
fn scan(bytes: &[u8]) -> Result<WorkbookParts, FileRefusal> {
    let broken = |_| refusal(Format::Xlsx, ProblemKind::WorkbookDamaged, "");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if !names(&archive).any(|name| name == "xl/workbook.xml") {
        return Err(no_workbook(&archive));
    }
    let mut left = limits::UNPACKED_BYTES;
    let mut has_formulas = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.to_ascii_lowercase();
        if name.contains("/media/") || name.contains("/embeddings/") || part.is_dir() {
            continue;
        }
        let mut look = ArchiveScan {
            is_sheet: name.contains("worksheets/"),
            is_strings: name.ends_with("sharedstrings.xml"),
            tail: Vec::new(),
            seen: 0,
        };
        let mut chunk = [0; 16 * 1024];
        loop {
            let Ok(read) = part.read(&mut chunk) else {
                return Err(refusal(Format::Xlsx, ProblemKind::WorkbookDamaged, ""));
            };
            if read == 0 {
                break;
            }
            left = left.checked_sub(read as u64).ok_or_else(|| too_large(&unpacked_limit()))?;
            has_formulas |= look.at(&chunk[..read])?;
        }
    }
    Ok(WorkbookParts { has_formulas })
}

/// The names of the parts, in lower case.
fn names<'a>(archive: &'a zip::ZipArchive<Cursor<&[u8]>>) -> impl Iterator<Item = String> + use<'a> {
    archive.file_names().filter_map(Result::ok).map(|name| name.to_ascii_lowercase().replace('\\', "/"))
}

fn unpacked_limit() -> String {
    mib(usize::try_from(limits::UNPACKED_BYTES).unwrap_or(usize::MAX))
}

/// Bytes of a sheet that are searched for a formula: a calculated column is calculated from its first rows on.
const FORMULA_SEARCH_BYTES: usize = 4 << 20;

/// The search through a part while it is decompressed.
struct ArchiveScan {
    is_sheet: bool,
    is_strings: bool,
    /// The end of the last chunk, in which a match may begin.
    tail: Vec<u8>,
    seen: usize,
}

impl ArchiveScan {
    /// Scans the next bytes and returns whether they hold a formula.
    fn at(&mut self, chunk: &[u8]) -> Result<bool, FileRefusal> {
        self.seen += chunk.len();
        if !self.is_strings && (!self.is_sheet || self.seen > FORMULA_SEARCH_BYTES) {
            return Ok(false);
        }
        self.tail.extend_from_slice(chunk);
        let formula = self.is_sheet && (find(&self.tail, b"<f>").is_some() || find(&self.tail, b"<f ").is_some());
        if self.is_strings && announces_too_many_strings(&self.tail) {
            return Err(too_large(&unpacked_limit()));
        }
        self.tail.drain(..self.tail.len().saturating_sub(64));
        Ok(formula)
    }
}

/// The offset of the first occurrence of `wanted` in `bytes`.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|&b| b == wanted[0]) {
        if bytes[from + at..].starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Whether the shared string table announces more strings than its bytes could hold: the library allocates them all.
fn announces_too_many_strings(mut bytes: &[u8]) -> bool {
    while let Some(at) = find(bytes, b"uniqueCount") {
        bytes = &bytes[at + b"uniqueCount".len()..];
        let digits = bytes.iter().skip_while(|b| b" \t\r\n=\"'+".contains(b)).take_while(|b| b.is_ascii_digit());
        // The shortest string, `<si/>`, takes five bytes.
        let count = digits.fold(0_u64, |count, b| count.saturating_mul(10).saturating_add(u64::from(b - b'0')));
        if count > limits::UNPACKED_BYTES / 5 {
            return true;
        }
    }
    false
}

/// Refuses an archive without a workbook, by the name of the format it seems to be.
fn no_workbook(archive: &zip::ZipArchive<Cursor<&[u8]>>) -> FileRefusal {
    let has = |wanted: &str| names(archive).any(|name| name.starts_with(wanted));
    let name = if has("xl/workbook.bin") {
        "Excel (.xlsb)"
    } else if has("word/") {
        "Word"
    } else if has("ppt/") {
        "PowerPoint"
    } else if has("content.xml") {
        "OpenDocument (.ods)"
    } else if has("doc.kml") {
        "KMZ"
    } else {
        return refusal(Format::Unknown, ProblemKind::ZipWithoutWorkbook, "");
    };
    refusal(Format::Unknown, ProblemKind::OtherFormat, name)
}

/// Reads the cells of the sheet `name`.
fn sheet_of(workbook: &mut Workbook<'_>, name: &str, budget: &mut CellBudget) -> Result<CellSheet, FileRefusal> {
    let is_1904 = workbook.has_1904_epoch();
    let mut sheet = CellSheet { name: Some(name.to_owned()), ..CellSheet::default() };
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
    let mut rows = RowsInProgress::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|e| damaged(&e))? {
        let (row, column) = cell.get_position();
        match cells::text(cell.get_value(), styles.get(style).unwrap_or(&DisplayFormat::Number), is_1904) {
            Ok(text) if super::is_blank(&text) => {}
            Ok(text) => {
                budget.take(Format::Xlsx, text.len())?;
                rows.put(row.saturating_add(1), column, text);
            }
            Err(error) => sheet.flaws.push(FileFlaw {
                row: row.saturating_add(1),
                column: Some(column),
                kind: ProblemKind::FormulaError,
                value: error,
            }),
        }
        if sheet.flaws.len() > limits::CELLS / 100 {
            return Err(too_large(&sheet.flaws.len().to_string()));
        }
    }
    drop(reader);
    sheet.rows = rows.finished();
    sheet.last_row = sheet.rows.last().map_or(0, |row| row.number);
    sheet.merges = workbook.merge_cells_by_sheet_name(name).unwrap_or_default().iter().map(merge).collect();
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
    /// Puts `text` into `row` (as Excel displays it) and `column` (from 0).
    pub(super) fn put(&mut self, row: u32, column: u32, text: String) {
        let at = match self.rows.last() {
            Some(last) if last.number == row => self.rows.len() - 1,
            _ => *self.by_number.entry(row).or_insert_with(|| {
                self.rows.push(SheetRow { number: row, ..SheetRow::default() });
                self.rows.len() - 1
            }),
        };
        self.rows[at].cells.push((column, text));
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

fn too_large(limit: &str) -> FileRefusal {
    refusal(Format::Xlsx, ProblemKind::TooLarge, limit)
}

fn damaged(error: &XlsxError) -> FileRefusal {
    let kind = if matches!(error, XlsxError::Password) {
        ProblemKind::WorkbookEncrypted
    } else {
        ProblemKind::WorkbookDamaged
    };
    refusal(Format::Xlsx, kind, "")
}
