//! Delimited text: CSV, TSV, semicolons and bars.
//!
//! Written here rather than taken from a library, because this importer depends on what libraries do silently: rows are
//! counted as Excel counts them (a line break within quotes is not a row), blank lines are rows, and an unclosed quote does
//! not swallow the rest of the file. The reader walks the text once, so time is linear. This module does no I/O.

use std::borrow::Cow;

use super::budget::ReadingBudget;
use super::{CellSheet, FileContents, FileFlaw, FileRefusal, SheetRow, is_blank};
use crate::import::columns::HeadingTable;
use crate::import::{Format, ProblemKind};
use crate::model::ReadingLimits;

/// Bytes and rows sampled for delimiter detection.
const SAMPLE_BYTES: usize = 128 * 1024;
const SAMPLE_ROWS: usize = 60;
/// Bytes after which a quote counts as unclosed; Excel's cells end at 32,767 characters.
const QUOTED_BYTES: usize = 128 * 1024;
/// Unclosed quotes after which the file's quotes are read as ordinary characters.
const OPEN_QUOTES: usize = 1000;

/// Reads `text`. Delimiter detection prefers known headings, then rows of equal width.
///
/// # Errors
/// If there are too many cells.
pub fn open(text: &str, columns: &HeadingTable, limits: &ReadingLimits) -> Result<FileContents, FileRefusal> {
    let delimiter = delimiter(text, columns);
    let format = if delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    let mut reader = DelimitedReader::new(text, delimiter);
    let mut sheet = CellSheet::default();
    let mut budget = ReadingBudget::new(format, limits);
    while let Some(row) = reader.row(&mut budget)? {
        if !row.cells.is_empty() {
            budget.row()?;
            sheet.rows.push(row);
        }
    }
    budget.sheet(&sheet)?;
    sheet.last_row = reader.number;
    let flaw = |row| FileFlaw { row, column: None, kind: ProblemKind::UnclosedQuote, value: String::new() };
    sheet.flaws = reader.open_quotes.iter().copied().map(flaw).collect();
    Ok(FileContents { format, encoding: None, sheets: vec![sheet], notices: Vec::new() })
}

/// Delimiter detection: comma, tab, semicolon or bar.
fn delimiter(text: &str, columns: &HeadingTable) -> u8 {
    let given = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
    // Only a character of one byte can part cells; a quote or line break has another meaning.
    if let Some(given) = given.filter(|b| b.is_ascii() && !matches!(b, b'"' | b'\r' | b'\n')) {
        return given;
    }
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let weights = [b',', b'\t', b';', b'|'].map(|delimiter| (delimiter, weight(&text[..end], delimiter, columns)));
    // The first candidate wins a tie.
    weights.into_iter().rev().max_by_key(|(_, weight)| *weight).map_or(b',', |(delimiter, _)| delimiter)
}

/// Scores `delimiter` on `sample`: the most known headings in one row, then the number of rows with more than one cell.
fn weight(sample: &str, delimiter: u8, columns: &HeadingTable) -> (usize, usize) {
    let mut reader = DelimitedReader::new(sample, delimiter);
    let limits = ReadingLimits::default();
    let mut budget = ReadingBudget::new(Format::Csv, &limits);
    let (mut known, mut parted) = (0, 0);
    for _ in 0..SAMPLE_ROWS {
        let Ok(Some(row)) = reader.row(&mut budget) else { break };
        let fields = row.cells.iter().take(300).filter(|(_, text)| columns.field(text).is_some()).count();
        known = known.max(fields);
        parted += usize::from(row.cells.len() > 1);
    }
    (known, parted)
}

/// Reads delimited text row by row.
struct DelimitedReader<'a> {
    text: &'a str,
    at: usize,
    delimiter: u8,
    /// The number of the last row read, as Excel displays it.
    number: u32,
    /// Rows in which an unclosed quote was opened.
    open_quotes: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CellEnd {
    Cell,
    Row,
}

impl<'a> DelimitedReader<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        Self { text, at: 0, delimiter, number: 0, open_quotes: Vec::new() }
    }

    /// Reads the next row; `None` after the last. A line without any cell is a row too.
    fn row(&mut self, budget: &mut ReadingBudget<'_>) -> Result<Option<SheetRow>, FileRefusal> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        self.number = self.number.saturating_add(1);
        let mut row = SheetRow { number: self.number, ..SheetRow::default() };
        loop {
            let (text, end) = self.cell();
            if !is_blank(&text) {
                budget.cell(row.number, &text)?;
                row.cells.push((row.width, text.into_owned()));
            }
            row.width = row.width.saturating_add(1);
            if end == CellEnd::Row {
                return Ok(Some(row));
            }
        }
    }

    /// Reads the next cell and what ended it.
    fn cell(&mut self) -> (Cow<'a, str>, CellEnd) {
        let bytes = self.text.as_bytes();
        let spaces = bytes[self.at..].iter().take_while(|&&b| b == b' ' && b != self.delimiter).count();
        if bytes.get(self.at + spaces) == Some(&b'"') && self.open_quotes.len() < OPEN_QUOTES {
            if let Some((text, after)) = self.quoted(self.at + spaces + 1) {
                self.at = after;
                return (text, self.end_of_cell());
            }
            if self.open_quotes.last() != Some(&self.number) {
                self.open_quotes.push(self.number);
            }
        }
        let stop = |&b: &u8| b == self.delimiter || b == b'\n' || b == b'\r';
        let length = bytes[self.at..].iter().position(stop).unwrap_or(bytes.len() - self.at);
        let text = &self.text[self.at..self.at + length];
        self.at += length;
        (Cow::Borrowed(text), self.end_of_cell())
    }

    /// Reads the quoted cell that begins at `start`, and returns where it ends; `None` if the quote is unclosed. A quote
    /// before a delimiter or line break closes the cell; one after a delimiter or line break opens another.
    fn quoted(&self, start: usize) -> Option<(Cow<'a, str>, usize)> {
        let bytes = self.text.as_bytes();
        let limit = bytes.len().min(start + QUOTED_BYTES);
        let mut at = start;
        let mut doubled = false;
        while let Some(found) = bytes[at..limit].iter().position(|&b| b == b'"') {
            let quote = at + found;
            if bytes.get(quote + 1) == Some(&b'"') {
                doubled = true;
                at = quote + 2;
                if at > limit {
                    return None;
                }
                continue;
            }
            let after =
                quote + 1 + bytes[quote + 1..].iter().take_while(|&&b| b == b' ' && b != self.delimiter).count();
            if bytes.get(after).is_none_or(|&b| self.is_stop(b)) {
                let text = &self.text[start..quote];
                let text = if doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
                return Some((text, after));
            }
            if quote > start && self.is_stop(bytes[quote - 1]) {
                return None;
            }
            at = quote + 1;
        }
        None
    }

    fn is_stop(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    /// Steps over the delimiter or line break at the current position.
    fn end_of_cell(&mut self) -> CellEnd {
        let bytes = self.text.as_bytes();
        match bytes.get(self.at) {
            Some(&b) if b == self.delimiter => {
                self.at += 1;
                CellEnd::Cell
            }
            Some(b'\r') => {
                self.at += if bytes.get(self.at + 1) == Some(&b'\n') { 2 } else { 1 };
                CellEnd::Row
            }
            Some(_) => {
                self.at += 1;
                CellEnd::Row
            }
            None => CellEnd::Row,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<(u32, String)>)> {
        let mut contents = open(text, &HeadingTable::standard(), &ReadingLimits::default()).unwrap();
        contents.sheets.remove(0).rows.into_iter().map(|r| (r.number, r.cells)).collect()
    }

    fn flaws(text: &str) -> Vec<u32> {
        open(text, &HeadingTable::standard(), &ReadingLimits::default()).unwrap().sheets[0]
            .flaws
            .iter()
            .map(|f| f.row)
            .collect()
    }

    #[test]
    fn rows_are_counted_as_excel_counts_them() {
        let cell = |c, t: &str| (c, t.to_owned());
        assert_eq!(
            rows("名称,住所\r\n\r\n\"a\r\nb\",c\rd,e\n,\n\nf,\n"),
            [
                (1, vec![cell(0, "名称"), cell(1, "住所")]),
                (3, vec![cell(0, "a\r\nb"), cell(1, "c")]),
                (4, vec![cell(0, "d"), cell(1, "e")]),
                (7, vec![cell(0, "f")]),
            ]
        );
    }

    #[test]
    fn a_delimiter_is_recognised_by_the_headings_it_gives() {
        for (text, format) in [
            ("名称;住所\na,b;c\n", Format::Csv),
            ("名称\t住所\na,b\tc,d\n", Format::Tsv),
            ("名称,住所\na;b,c\n", Format::Csv),
            ("sep=;\n名称;住所\na;b\n", Format::Csv),
        ] {
            let contents = open(text, &HeadingTable::standard(), &ReadingLimits::default()).unwrap();
            assert_eq!(contents.format, format, "{text}");
            assert!(contents.sheets[0].rows.iter().skip(1).all(|r| r.cells.len() == 2), "{text}");
        }
    }

    #[test]
    fn a_quote_that_nobody_closes_costs_its_own_cell_alone() {
        for rest in ["y,z\n", "\"y\",z\n", "\"y,1\",z\n", "\"\",z\n\"y\",\"z\"\n"] {
            let text = format!("名称,住所\nx,\"open\n{rest}");
            assert_eq!(flaws(&text), [2], "{text}");
            let found = rows(&text);
            assert_eq!(found[1].1[1].1, "\"open");
            assert_eq!(found.last().unwrap().1.last().unwrap().1, "z", "{text}");
        }
        assert_eq!(rows("a,\"say \"\"hi\"\" now\",b\n")[0].1[1].1, "say \"hi\" now");
        assert_eq!(rows("a,\"say \"hi\" now\",b\n")[0].1[1].1, "say \"hi\" now");
    }

    #[test]
    fn quotes_without_end_take_time_in_proportion() {
        let text = "\"a\"\"\n".repeat(200_000) + &",\"".repeat(500_000);
        let started = std::time::Instant::now();
        let limits = ReadingLimits { rows: 1 << 20, columns: 1 << 20, cells: 1 << 40, ..ReadingLimits::default() };
        open(&text, &HeadingTable::standard(), &limits).unwrap();
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    #[test]
    fn a_separator_that_is_no_single_byte_is_not_taken() {
        for first in ["sep=あ", "sep=é", "sep=\"", "sep=", "sep=\u{FEFF}"] {
            let contents =
                open(&format!("{first}\n名称,住所\na,b\n"), &HeadingTable::standard(), &ReadingLimits::default());
            let rows = contents.unwrap().sheets.remove(0).rows;
            assert_eq!(rows.last().map(|row| row.cells.len()), Some(2), "{first}");
        }
    }
}
