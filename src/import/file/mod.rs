//! The bytes of a file → sheets of cells with Excel's row numbers, within bounds.
//!
//! The content decides what a file is, not its name: a `.csv` that is a workbook is read as one, and what is no table is refused
//! by name. Whatever the bytes, memory and time stay within the [limits]; a parser that panics on damaged
//! bytes is caught. What the cells mean is the table's business. This module does no I/O.

mod cells;
pub mod decode;
mod delimited;
mod geojson;
mod ole;
mod sniff;
mod xls;
mod xlsx;

use super::columns::HeadingTable;
use super::{Encoding, Format, ListProblem, ProblemKind};

pub use sniff::FileKind;

/// What a file may cost. A list of a whole country is far below; what is above is an accident or an attack.
pub mod limits {
    /// Bytes of a file.
    pub const FILE_BYTES: usize = 128 << 20;
    /// Bytes of a workbook's parts, unpacked.
    pub const UNPACKED_BYTES: u64 = 128 << 20;
    /// Bytes of the text of all cells.
    pub const TEXT_BYTES: usize = 384 << 20;
    /// Cells that hold something.
    pub const CELLS: usize = 10_000_000;
    /// Columns that hold something, in one sheet.
    pub const COLUMNS: usize = 2_000;
    /// Sheets of a workbook.
    pub const SHEETS: usize = 200;
    /// Bytes of a JSON text: as a tree it takes some ten times that.
    pub const JSON_BYTES: usize = 48 << 20;
}

/// What is in a file.
#[derive(Debug, Clone)]
pub struct FileContents {
    /// What the bytes turned out to be.
    pub format: Format,
    /// The encoding of the text; `None` for workbooks.
    pub encoding: Option<Encoding>,
    /// The sheets in their order; one for a text file.
    pub sheets: Vec<CellSheet>,
    /// What was noticed about the file as a whole; their row is 0.
    pub notices: Vec<ListProblem>,
}

/// Why a file was not read, and what could be told of it nevertheless.
#[derive(Debug, Clone)]
pub struct FileRefusal {
    /// What the bytes turned out to be.
    pub format: Format,
    /// The encoding of the text; `None` where there is none.
    pub encoding: Option<Encoding>,
    /// Why; its row is 0.
    pub problem: ListProblem,
}

/// The cells of one sheet that hold something.
#[derive(Debug, Clone, Default)]
pub struct CellSheet {
    /// Its name; `None` in text files.
    pub name: Option<String>,
    /// Whether Excel hides it.
    pub hidden: bool,
    /// The rows that hold something, in order.
    pub rows: Vec<SheetRow>,
    /// The last row there is, as Excel shows it; rows after the last of `rows` are blank.
    pub last_row: u32,
    /// Cells merged over several rows or columns.
    pub merges: Vec<MergedRange>,
    /// What was noticed on the way, by row and column.
    pub flaws: Vec<FileFlaw>,
    /// Whether the first of `rows` is the heading whatever it says (`GeoJSON`).
    pub headed: bool,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// The row as Excel shows it.
    pub number: u32,
    /// How many cells the row has in the file, empty ones counted; 0 in workbooks, whose rows have no end.
    pub width: u32,
    /// The cells that hold something: column from 0, and text.
    pub cells: Vec<(u32, String)>,
}

impl SheetRow {
    /// The text of the cell in `column`, `""` where there is none.
    pub fn cell(&self, column: u32) -> &str {
        self.cells.binary_search_by_key(&column, |(c, _)| *c).map_or("", |at| self.cells[at].1.as_str())
    }
}

/// Cells merged into one; rows as Excel shows them, columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedRange {
    /// The first row.
    pub top: u32,
    /// The last row.
    pub bottom: u32,
    /// The first column.
    pub left: u32,
    /// The last column.
    pub right: u32,
}

/// Something noticed in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFlaw {
    /// The row as Excel shows it.
    pub row: u32,
    /// The column from 0; `None` where the whole row is meant.
    pub column: Option<u32>,
    /// What.
    pub kind: ProblemKind,
    /// The value, as the sentence names it.
    pub value: String,
}

/// Opens `bytes`, whatever they are. `columns` decide between delimiters: the right one gives known headings.
///
/// # Errors
/// If there is no table in it, with the reason and what to do.
pub fn open(bytes: &[u8], columns: &HeadingTable) -> Result<FileContents, FileRefusal> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(refusal(Format::Unknown, ProblemKind::TooLarge, &mib(limits::FILE_BYTES)));
    }
    match sniff::kind(bytes) {
        FileKind::Empty => Err(refusal(Format::Unknown, ProblemKind::EmptyFile, "")),
        FileKind::Other(name) => Err(refusal(Format::Unknown, ProblemKind::OtherFormat, name)),
        FileKind::Zip => guarded(Format::Xlsx, || xlsx::open(bytes)),
        FileKind::Ole => guarded(Format::Xls, || xls::open(bytes)),
        FileKind::Text => text(bytes, columns),
    }
}

/// Opens text: markup and JSON by name, else cells between delimiters.
fn text(bytes: &[u8], columns: &HeadingTable) -> Result<FileContents, FileRefusal> {
    let decoded = crate::import::file::decode::decode(bytes);
    let encoding = decoded.encoding;
    let refused = |format, kind, value: &str| Err(FileRefusal { encoding, ..refusal(format, kind, value) });
    let mut contents = match sniff::text_kind(&decoded.text) {
        sniff::TextKind::Blank => return refused(Format::Unknown, ProblemKind::EmptyFile, ""),
        sniff::TextKind::Html => return refused(Format::Unknown, ProblemKind::HtmlNotATable, ""),
        sniff::TextKind::Other(name) => return refused(Format::Unknown, ProblemKind::OtherFormat, name),
        sniff::TextKind::Json => match geojson::open(&decoded.text) {
            Ok(contents) => contents,
            Err(refusal) => return Err(FileRefusal { encoding, ..refusal }),
        },
        sniff::TextKind::Cells => match delimited::open(&decoded.text, columns) {
            Ok(contents) => contents,
            Err(refusal) => return Err(FileRefusal { encoding, ..refusal }),
        },
    };
    contents.encoding = encoding;
    if decoded.recovered {
        contents.notices.push(ListProblem::new(0, None, ProblemKind::RecoveredEncoding, &[]));
    }
    Ok(contents)
}

/// Runs a reader of workbooks, whose damaged bytes may make the library panic.
fn guarded(
    format: Format,
    read: impl FnOnce() -> Result<FileContents, FileRefusal>,
) -> Result<FileContents, FileRefusal> {
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    caught.unwrap_or_else(|_| Err(refusal(format, ProblemKind::WorkbookDamaged, "")))
}

/// A refusal whose sentence names `value`.
fn refusal(format: Format, kind: ProblemKind, value: &str) -> FileRefusal {
    FileRefusal { format, encoding: None, problem: ListProblem::new(0, None, kind, &[("value", value)]) }
}

/// `bytes` as people say it.
fn mib(bytes: usize) -> String {
    format!("{} MB", bytes >> 20)
}

/// What the cells of a file have cost so far.
#[derive(Debug, Default)]
struct CellBudget {
    cells: usize,
    bytes: usize,
}

impl CellBudget {
    /// Counts one cell of `bytes` of text.
    ///
    /// # Errors
    /// If the file is too large.
    fn take(&mut self, format: Format, bytes: usize) -> Result<(), FileRefusal> {
        self.cells += 1;
        self.bytes += bytes;
        if self.cells > limits::CELLS || self.bytes > limits::TEXT_BYTES {
            return Err(refusal(format, ProblemKind::TooLarge, &mib(limits::TEXT_BYTES)));
        }
        Ok(())
    }
}

/// Whether a cell holds nothing that can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'))
}

#[cfg(test)]
mod tests;
