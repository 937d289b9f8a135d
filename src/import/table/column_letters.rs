//! The letters that Excel gives columns, and names made of them for columns without a heading. This module does no I/O.

/// Columns that are looked at, as many as a workbook can have.
pub(super) const COLUMNS: usize = 16_384;

/// The name of a column without a heading, by its letters in Excel; `column` counts from 0.
pub fn unnamed(column: u32) -> String {
    format!("（見出しなし {}列）", letters(column))
}

/// The letters of a column in Excel; `column` counts from 0.
pub fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        name.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    name.into_iter().rev().collect()
}
