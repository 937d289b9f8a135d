//! The marks of an XLS workbook's sheets, from its records: hidden rows and columns, cells that are struck out, as a whole or by
//! runs of their text.
//!
//! Links and notes are not read from old workbooks. This module does no I/O.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::ole::{u16_at, u32_at};
use super::xls_strings::{self, RichString};
use super::xlsx_marks::StruckString;

/// Record types, as the format numbers them.
mod record {
    pub const BEGIN: u16 = 0x0809;
    pub const SHEET: u16 = 0x0085;
    pub const STRINGS: u16 = 0x00FC;
    pub const SHARED_STRING: u16 = 0x00FD;
    pub const RICH_STRING: u16 = 0x00D6;
    pub const FONT: u16 = 0x0031;
    pub const FORMAT: u16 = 0x00E0;
    pub const ROW: u16 = 0x0208;
    pub const COLUMNS: u16 = 0x007D;
    /// Records of one cell: number, string, rich string, Boolean or error, packed number, shared string, formula.
    pub const CELLS: [u16; 7] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006];
}

/// The version of the records of Excel 5 and 95; later ones have 0x0600.
const BIFF5: u16 = 0x0500;
/// Columns of a sheet.
const COLUMNS: u32 = 256;

/// The marks of one sheet; rows as Excel displays them, columns from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OldSheetMarks {
    begin: usize,
    pub(super) hidden_rows: BTreeSet<u32>,
    pub(super) hidden_columns: BTreeSet<u32>,
    /// Cells that are struck out, as row and column.
    pub(super) struck: HashSet<(u32, u32)>,
    /// Cells of whose text some runs are struck out.
    pub(super) struck_runs: HashMap<(u32, u32), StruckString>,
}

/// Whether the records of `stream` are of Excel 5 or 95, whose text is in the encoding of the machine it was written on.
pub(super) fn is_before_excel_97(stream: &[u8]) -> bool {
    u16_at(stream, 0) == Some(record::BEGIN) && u16_at(stream, 4) == Some(BIFF5)
}

/// The marks of each sheet, in the order of the sheet list.
pub(super) fn read(stream: &[u8]) -> Vec<OldSheetMarks> {
    let mut reader = MarkReader::default();
    let mut at = 0;
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        reader.record(stream, kind, at);
        at += 4 + usize::from(length);
    }
    let found = |begin: &usize| reader.sheets.iter().find(|sheet| sheet.begin == *begin).cloned().unwrap_or_default();
    reader.listed.iter().map(found).collect()
}

#[derive(Debug, Default)]
struct MarkReader {
    /// Where the sheets begin, as the sheet list says.
    listed: Vec<usize>,
    /// Whether each font strikes out.
    fonts: Vec<bool>,
    /// Whether each cell format has such a font.
    formats: Vec<bool>,
    /// The shared strings of several fonts, by index.
    rich: HashMap<usize, RichString>,
    sheets: Vec<OldSheetMarks>,
}

impl MarkReader {
    fn record(&mut self, stream: &[u8], kind: u16, at: usize) {
        let number = |offset: usize| u16_at(stream, at + 4 + offset);
        match kind {
            record::SHEET => self.listed.extend(u32_at(stream, at + 4).and_then(|at| usize::try_from(at).ok())),
            record::FONT => self.fonts.push(number(2).is_some_and(|flags| flags & 0x08 != 0)),
            record::FORMAT => {
                let strikes = self.strikes(number(0).unwrap_or(0));
                self.formats.push(strikes);
            }
            record::STRINGS => self.rich = xls_strings::rich(stream, at),
            record::BEGIN => self.sheets.push(OldSheetMarks { begin: at, ..OldSheetMarks::default() }),
            record::SHARED_STRING => {
                self.mark(kind, &number);
                let index = number(6).zip(number(8)).map(|(low, high)| usize::from(low) | usize::from(high) << 16);
                let struck = index.and_then(|index| Some(self.parted(self.rich.get(&index)?, &number)));
                self.runs(struck, &number);
            }
            record::RICH_STRING => {
                self.mark(kind, &number);
                let rich = xls_strings::rich_of_cell(stream, at);
                self.runs(rich.map(|rich| self.parted(&rich, &number)), &number);
            }
            _ => self.mark(kind, &number),
        }
    }

    fn strikes(&self, font: u16) -> bool {
        // There is no font 4: those after it are numbered one higher.
        let font = usize::from(if font > 4 { font - 1 } else { font });
        self.fonts.get(font) == Some(&true)
    }

    /// The string of a cell by its runs; what stands before the first has the font of the cell.
    fn parted(&self, string: &RichString, number: &impl Fn(usize) -> Option<u16>) -> StruckString {
        let cell_strikes = self.formats.get(usize::from(number(4).unwrap_or(0))) == Some(&true);
        string.parted(cell_strikes, |font| self.strikes(font))
    }

    /// Notes what of a cell's string is `struck`, if it has several fonts.
    fn runs(&mut self, struck: Option<StruckString>, number: &impl Fn(usize) -> Option<u16>) {
        let Some(struck) = struck else { return };
        let Some(sheet) = self.sheets.last_mut() else { return };
        let (Some(row), Some(column)) = (number(0).map(u32::from), number(2).map(u32::from)) else { return };
        if struck.struck.trim().is_empty() {
            // Struck out as a cell, and not by any of its runs.
            sheet.struck.remove(&(row + 1, column));
        } else {
            sheet.struck_runs.insert((row + 1, column), struck);
        }
    }

    fn mark(&mut self, kind: u16, number: &impl Fn(usize) -> Option<u16>) {
        let Some(sheet) = self.sheets.last_mut() else { return };
        let (Some(first), Some(second)) = (number(0).map(u32::from), number(2).map(u32::from)) else { return };
        match kind {
            record::ROW if number(12).is_some_and(|flags| flags & 0x20 != 0) => {
                sheet.hidden_rows.insert(first + 1);
            }
            record::COLUMNS if number(8).is_some_and(|flags| flags & 1 != 0) || number(4) == Some(0) => {
                sheet.hidden_columns.extend(first..=second.min(COLUMNS - 1));
            }
            kind if record::CELLS.contains(&kind) => {
                let format = usize::from(number(4).unwrap_or(0));
                if self.formats.get(format) == Some(&true) {
                    sheet.struck.insert((first + 1, second));
                }
            }
            _ => {}
        }
    }
}
