//! Merged cells: what stands in the first counts for all rows they cover.
//!
//! Only down, and only where the row says something else too: a cell merged over several columns says nothing of the columns
//! to its right. This module does no I/O.

use std::collections::HashMap;

use crate::import::file::{CellSheet, MergedRange};
use crate::import::{ListProblem, ProblemKind};

/// Bytes that may be written by filling in; a sheet that asks for more was made to.
pub const FILLED_BYTES: usize = 64 << 20;
/// Merged ranges looked at.
const RANGES: usize = 100_000;
/// Rows at the top of a sheet in which a heading may stand.
const TOP_ROWS: usize = 60;

/// Cells to fill in, by row and then column.
pub type MergedFills = HashMap<u32, Vec<(u32, String)>>;

/// The refusal of a sheet that asks for too much.
pub fn too_large(value: &str) -> ListProblem {
    ListProblem::new(0, None, ProblemKind::TooLarge, &[("value", value)])
}

/// What the merged cells of `sheet` fill in below their first.
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
                return Err(too_large("64 MB"));
            }
            fills.entry(row.number).or_default().push((range.left, text.to_owned()));
        }
    }
    Ok(fills)
}

/// The rows of `sheet` that `range` covers and that hold something.
fn rows_of(sheet: &CellSheet, range: &MergedRange) -> std::ops::Range<usize> {
    let at = |number| sheet.rows.partition_point(|row| row.number < number);
    at(range.top)..at(range.bottom.saturating_add(1)).max(at(range.top))
}

/// The merged ranges of `sheet` that cover `row`.
pub fn of_row(sheet: &CellSheet, row: u32) -> Vec<MergedRange> {
    let until = sheet.merges.partition_point(|range| range.top <= row).min(RANGES);
    sheet.merges[..until].iter().filter(|range| row <= range.bottom).take(TOP_ROWS * 100).copied().collect()
}

/// Whether one of `ranges` joins the cell in `row` and `column` with the row below it.
pub fn goes_on_below(ranges: &[MergedRange], row: u32, column: u32) -> bool {
    ranges.iter().any(|m| m.left <= column && column <= m.right && m.top <= row && row < m.bottom)
}

/// How many columns one of `ranges` joins the cell in `column` over, itself included; 1 if none does.
pub fn width(ranges: &[MergedRange], column: u32) -> u32 {
    let range = ranges.iter().find(|m| m.left == column);
    range.map_or(1, |m| m.right.saturating_sub(m.left).saturating_add(1))
}

/// Puts the ranges in order and drops those that cannot matter: of one cell, or beyond the rows there are.
pub fn tidy(sheet: &mut CellSheet) {
    let last = sheet.rows.last().map_or(0, |row| row.number);
    sheet.merges.retain(|range| range.top <= last && (range.bottom > range.top || range.right > range.left));
    sheet.merges.sort_by_key(|range| (range.top, range.left));
    // Across matters in headings alone, and these are at the top.
    let top = sheet.rows.get(TOP_ROWS).map_or(u32::MAX, |row| row.number);
    sheet.merges.retain(|range| range.bottom > range.top || range.top < top);
}
