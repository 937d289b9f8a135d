//! Merged cells: the value of the first cell applies to all rows of the range.
//!
//! Values are filled down only, and only into rows with other content: a cell merged over several columns says nothing
//! about the columns to its right. This module does no I/O.

use std::collections::HashMap;

use crate::import::ListProblem;
use crate::import::file::{CellSheet, MergedRange};

/// Bytes that fill-down may write; a sheet that needs more was built as an attack.
pub const FILLED_BYTES: usize = 16 << 20;
/// Merged ranges that are read.
const RANGES: usize = 100_000;
/// Rows at the top of a sheet in which a heading may stand.
const TOP_ROWS: usize = 60;

/// Values to fill in, by row and then column.
pub type MergedFills = HashMap<u32, Vec<(u32, String)>>;

/// Refuses a sheet whose merged cells or ditto marks repeat more text than a list can hold.
pub fn too_much_filled() -> ListProblem {
    ListProblem::too_large("text_mb", FILLED_BYTES >> 20)
}

/// The values that the merged cells of `sheet` fill in below their first cell.
///
/// # Errors
/// If that is more than the limit.
pub fn fills(sheet: &CellSheet) -> Result<MergedFills, ListProblem> {
    let mut fills = MergedFills::new();
    let mut bytes = 0;
    for range in sheet.merges.iter().take(RANGES).filter(|range| range.bottom > range.top) {
        let rows = rows_of(sheet, range);
        let Some(first) = sheet.rows.get(rows.start).filter(|row| row.number == range.top) else { continue };
        let text = first.cell(range.left);
        if text.is_empty() {
            continue;
        }
        for row in &sheet.rows[rows.start + 1..rows.end] {
            bytes += text.len() + 32;
            if bytes > FILLED_BYTES {
                return Err(too_much_filled());
            }
            fills.entry(row.number).or_default().push((range.left, text.to_owned()));
        }
    }
    Ok(fills)
}

/// The rows of `sheet` within `range` that have content, as indices.
fn rows_of(sheet: &CellSheet, range: &MergedRange) -> std::ops::Range<usize> {
    let at = |number| sheet.rows.partition_point(|row| row.number < number);
    at(range.top)..at(range.bottom.saturating_add(1)).max(at(range.top))
}

/// The merged ranges of `sheet` that cover `row`.
pub fn of_row(sheet: &CellSheet, row: u32) -> Vec<MergedRange> {
    let until = sheet.merges.partition_point(|range| range.top <= row).min(RANGES);
    sheet.merges[..until].iter().filter(|range| row <= range.bottom).take(TOP_ROWS * 100).copied().collect()
}

/// Whether one of `ranges` joins the cell with the one in the row below.
pub fn goes_on_below(ranges: &[MergedRange], row: u32, column: u32) -> bool {
    ranges.iter().any(|m| m.left <= column && column <= m.right && m.top <= row && row < m.bottom)
}

/// The number of columns that the cell at `column` is merged over; 1 if it is not merged.
pub fn width(ranges: &[MergedRange], column: u32) -> u32 {
    let range = ranges.iter().find(|m| m.left == column);
    range.map_or(1, |m| m.right.saturating_sub(m.left).saturating_add(1))
}

/// Sorts the ranges and drops those without effect: of one cell, or beyond the last row.
pub fn tidy(sheet: &mut CellSheet) {
    let last = sheet.rows.last().map_or(0, |row| row.number);
    sheet.merges.retain(|range| range.top <= last && (range.bottom > range.top || range.right > range.left));
    sheet.merges.sort_by_key(|range| (range.top, range.left));
    // Merging across columns matters in headings alone, and these are at the top.
    let top = sheet.rows.get(TOP_ROWS).map_or(u32::MAX, |row| row.number);
    sheet.merges.retain(|range| range.bottom > range.top || range.top < top);
}
