//! Private cells: cells above the headings that restrict the columns below them.
//!
//! They count whether or not their row is part of the heading, so that no restriction is lost. The words are put before
//! the name of such a column, `非公開_備考`, which keeps it from being published. This module does no I/O.

use super::merged;
use crate::import::columns::is_secret;
use crate::import::file::{CellSheet, SheetRow};

/// Rows above the heading that are searched for such cells.
const ROWS_ABOVE: usize = 2;
/// Characters of such a cell at most; longer text is a comment.
const CELL_CHARS: usize = 24;

/// Puts the restrictions above the columns `names` before these names. The heading spans the rows `first` to `last`.
pub(super) fn mark_private_columns(sheet: &CellSheet, first: usize, last: usize, names: &mut [(u32, String)]) {
    let mut top = first;
    while top > 0 && first - top < ROWS_ABOVE && sheet.rows[top - 1].number + 1 == sheet.rows[top].number {
        top -= 1;
    }
    for (at, row) in sheet.rows.iter().enumerate().take(last).skip(top) {
        let is_above = at < first;
        if is_above && !can_be_of_groups(row, names) {
            continue;
        }
        let (bottom, first_column) = (&sheet.rows[last], names.first().map_or(0, |(column, _)| *column));
        for (column, text) in
            row.cells.iter().filter(|(column, text)| is_private_cell(row, (*column, text), first_column))
        {
            if is_above || !bottom.cell(*column).is_empty() {
                prefix_names(names, *column..end(sheet, row, *column), text.trim());
            }
        }
    }
}

/// The words before the name of a hidden column, which keep it from being published.
const HIDDEN: &str = "非公開（非表示の列）";

/// Restricts the columns that are hidden in the workbook.
pub(super) fn mark_hidden_columns(sheet: &CellSheet, names: &mut [(u32, String)]) {
    for column in sheet.marks.hidden_columns.iter().copied() {
        prefix_names(names, column..column + 1, HIDDEN);
    }
}

/// Puts `words` before the names of those `columns` that are not private by their own heading.
fn prefix_names(names: &mut [(u32, String)], columns: std::ops::Range<u32>, words: &str) {
    for (_, name) in names.iter_mut().filter(|(column, name)| columns.contains(column) && !is_secret(name)) {
        *name = format!("{words}_{name}");
    }
}

/// Whether `row` can hold groups of columns: fewer cells than columns, or for each column whether it is public. A data
/// row above a second heading does not qualify.
fn can_be_of_groups(row: &SheetRow, names: &[(u32, String)]) -> bool {
    row.cells.len() * 2 <= names.len() + 1 || row.cells.iter().all(|(_, text)| text.contains("公開") || is_secret(text))
}

/// Whether a cell of `row` restricts the columns below. In the first column it may as well be a title.
fn is_private_cell(row: &SheetRow, (column, text): (u32, &str), first_column: u32) -> bool {
    let length = text.chars().count();
    let is_title = ["一覧", "名簿", "リスト", "含"].iter().any(|word| text.contains(word));
    let is_first = column <= first_column;
    length <= CELL_CHARS && is_secret(text) && !(is_first && (is_title || row.cells.len() < 2))
}

/// The end (exclusive) of the columns below the cell at `column`: the end of its merged range, else the next cell.
fn end(sheet: &CellSheet, row: &SheetRow, column: u32) -> u32 {
    let next = row.cells.iter().map(|(c, _)| *c).find(|c| *c > column).unwrap_or(u32::MAX);
    let ranges = merged::of_row(sheet, row.number);
    match merged::width(&ranges, column) {
        1 if ranges.iter().any(|merge| merge.top == row.number && merge.left == column) => column + 1,
        1 => next,
        width => column.saturating_add(width).min(next),
    }
}
