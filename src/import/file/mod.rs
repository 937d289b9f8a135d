//! File parsing within resource limits: the bytes of a file → sheets of cells with Excel's row numbers.
//!
//! The content decides what a file is, not its name: a `.csv` that is a workbook is read as one, and a file without a table
//! is refused by the name of its format. Archive bombs and announced sizes cannot exceed the
//! [`ReadingLimits`] in memory and time; a parser that panics on damaged bytes is caught. The
//! table module interprets the cells. This module does no I/O.

mod archive;
mod budget;
mod cells;
pub mod decode;
mod delimited;
mod geojson;
mod json_list;
mod marks;
mod ole;
mod sniff;
mod xls;
mod xls_marks;
mod xls_strings;
mod xlsx;
mod xlsx_marks;
mod xml_scan;

use super::columns::HeadingTable;
use super::{Encoding, Format, ListProblem, ProblemKind, guarded};
use crate::model::ReadingLimits;

pub use marks::{CellRemark, SheetMarks, StruckCell};
pub use sniff::FileKind;

/// The parsed contents of a file.
#[derive(Debug, Clone)]
pub struct FileContents {
    /// The detected file format.
    pub format: Format,
    /// The encoding of the text; `None` for workbooks.
    pub encoding: Option<Encoding>,
    /// The sheets in file order; exactly one for a text file.
    pub sheets: Vec<CellSheet>,
    /// Problems of the file as a whole, with row 0.
    pub notices: Vec<ListProblem>,
}

/// Why a file was refused, and what was detected nevertheless.
#[derive(Debug, Clone)]
pub struct FileRefusal {
    /// The detected file format.
    pub format: Format,
    /// The encoding of the text; `None` for workbooks and undetected text.
    pub encoding: Option<Encoding>,
    /// The reason, with row 0.
    pub problem: ListProblem,
}

/// One sheet, sparse: only cells that are not empty.
#[derive(Debug, Clone, Default)]
pub struct CellSheet {
    /// The sheet's name; `None` in text files.
    pub name: Option<String>,
    /// Whether Excel hides the sheet.
    pub hidden: bool,
    /// The rows that are not empty, in order.
    pub rows: Vec<SheetRow>,
    /// The last row of the sheet as Excel displays it; rows after the last of `rows` are blank.
    pub last_row: u32,
    /// Merged cells, each over several rows or columns.
    pub merges: Vec<MergedRange>,
    /// What is marked beside the values: hidden, struck out, linked, noted.
    pub marks: SheetMarks,
    /// Problems found while parsing, by row and column.
    pub flaws: Vec<FileFlaw>,
    /// Whether the first of `rows` is the heading, whatever it holds (`GeoJSON`).
    pub headed: bool,
}

impl CellSheet {
    /// The last row that holds text, be it struck out.
    fn last_row_with_text(&self) -> u32 {
        let struck = self.marks.struck.iter().map(|cell| cell.row).max().unwrap_or(0);
        self.rows.last().map_or(0, |row| row.number).max(struck)
    }
}

/// One row of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// The row number as Excel displays it.
    pub number: u32,
    /// The number of cells in the file, empty ones included; 0 in workbooks, whose rows have no end.
    pub width: u32,
    /// The cells that are not empty: column from 0, and text.
    pub cells: Vec<(u32, String)>,
}

impl SheetRow {
    /// The text of the cell in `column` (from 0); `""` if it is empty.
    pub fn cell(&self, column: u32) -> &str {
        self.cells.binary_search_by_key(&column, |(c, _)| *c).map_or("", |at| self.cells[at].1.as_str())
    }
}

/// A range of merged cells: rows as Excel displays them, columns from 0, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedRange {
    /// First row, as Excel displays it.
    pub top: u32,
    /// Last row, inclusive.
    pub bottom: u32,
    /// First column, from 0.
    pub left: u32,
    /// Last column, inclusive.
    pub right: u32,
}

/// A problem found in one row while parsing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFlaw {
    /// The row number as Excel displays it.
    pub row: u32,
    /// The column from 0; `None` if the whole row is meant.
    pub column: Option<u32>,
    /// The kind of problem.
    pub kind: ProblemKind,
    /// The value that the message quotes.
    pub value: String,
}

/// Opens `bytes` as any supported format. `columns` decide between delimiters: the right one gives known headings.
///
/// # Errors
/// If there is no table in it or it exceeds one of `limits`, with the reason and what to do.
pub fn open(bytes: &[u8], columns: &HeadingTable, limits: &ReadingLimits) -> Result<FileContents, FileRefusal> {
    if bytes.len() > limits.file_bytes() {
        return Err(too_large(Format::Unknown, "file_mb", limits.file_mb));
    }
    match sniff::kind(bytes) {
        FileKind::Empty => Err(refusal(Format::Unknown, ProblemKind::EmptyFile, "")),
        FileKind::Other(name) => Err(refusal(Format::Unknown, ProblemKind::OtherFormat, name)),
        FileKind::Zip => catch_panic(Format::Xlsx, || xlsx::open(bytes, limits)),
        FileKind::Ole => catch_panic(Format::Xls, || xls::open(bytes, limits)),
        FileKind::Text => text(bytes, columns, limits),
    }
}

/// Opens text: HTML, markup and JSON by detection, anything else as delimited cells.
fn text(bytes: &[u8], columns: &HeadingTable, limits: &ReadingLimits) -> Result<FileContents, FileRefusal> {
    let decoded = crate::import::file::decode::decode(bytes);
    let encoding = decoded.encoding;
    let refused = |format, kind, value: &str| Err(FileRefusal { encoding, ..refusal(format, kind, value) });
    let read = match sniff::text_kind(&decoded.text) {
        sniff::TextKind::Blank => return refused(Format::Unknown, ProblemKind::EmptyFile, ""),
        sniff::TextKind::Html => return refused(Format::Unknown, ProblemKind::HtmlNotATable, ""),
        sniff::TextKind::Other(name) => return refused(Format::Unknown, ProblemKind::OtherFormat, name),
        sniff::TextKind::Json => json(&decoded.text, columns, limits),
        sniff::TextKind::Cells => delimited::open(&decoded.text, columns, limits),
    };
    let mut contents = read.map_err(|refusal| FileRefusal { encoding, ..refusal })?;
    contents.encoding = encoding;
    if decoded.recovered {
        contents.notices.push(ListProblem::new(0, None, ProblemKind::RecoveredEncoding, &[]));
    }
    Ok(contents)
}

/// Opens JSON: `GeoJSON`, else a list of any other form.
fn json(text: &str, columns: &HeadingTable, limits: &ReadingLimits) -> Result<FileContents, FileRefusal> {
    geojson::open(text, limits).or_else(|refusal| match refusal.problem.kind {
        ProblemKind::JsonWithoutList => json_list::open(text, columns, limits),
        _ => Err(refusal),
    })
}

/// Runs a workbook parser and catches its panics, because damaged bytes make the library panic.
fn catch_panic(
    format: Format,
    read: impl FnOnce() -> Result<FileContents, FileRefusal>,
) -> Result<FileContents, FileRefusal> {
    guarded(read).unwrap_or_else(|| Err(refusal(format, ProblemKind::WorkbookDamaged, "")))
}

/// Builds a refusal whose message quotes `value`.
fn refusal(format: Format, kind: ProblemKind, value: &str) -> FileRefusal {
    FileRefusal { format, encoding: None, problem: ListProblem::new(0, None, kind, &[("value", value)]) }
}

/// Builds the refusal of a file that exceeds the limit `name`, which is `value`.
fn too_large(format: Format, name: &str, value: impl std::fmt::Display) -> FileRefusal {
    FileRefusal { format, encoding: None, problem: ListProblem::too_large(name, value) }
}

/// Whether a cell holds only white space and control characters.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'))
}

#[cfg(test)]
mod tests;
