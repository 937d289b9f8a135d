//! Names for columns without a heading: the letters that Excel gives them. This module does no I/O.

/// Columns that are looked at, as many as a workbook can have.
pub(super) const COLUMNS: usize = 16_384;

/// The name of a column without a heading, by its letters in Excel; `column` counts from 0.
pub fn unnamed(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        name.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    format!("（見出しなし {}列）", name.into_iter().rev().collect::<String>())
}
