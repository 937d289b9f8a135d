//! Cells above the headings that say that the columns below them are not for everybody.
//!
//! Whether or not the row they stand in is part of the heading: what it says must not get lost. Such a column has the words
//! before its name, `非公開_備考`, and is not published for them. This module does no I/O.

use super::merged;
use crate::import::columns::is_secret;
use crate::import::file::{CellSheet, SheetRow};

/// Rows above the heading in which such cells are looked for.
const ROWS_ABOVE: usize = 2;
/// Letters of such a cell; what is longer is a remark.
const LETTERS: usize = 24;

/// Puts what the cells above the columns `names`, of the heading in the rows from `first` to `last`, say before these.
pub(super) fn say_so(sheet: &CellSheet, first: usize, last: usize, names: &mut [(u32, String)]) {
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
        for (column, text) in row.cells.iter().filter(|(column, text)| is_mark(row, (*column, text), first_column)) {
            if is_above || !bottom.cell(*column).is_empty() {
                mark(names, *column..end(sheet, row, *column), text.trim());
            }
        }
    }
}

/// Writes `words` before the names of the `columns` that do not say themselves that they are not for everybody.
fn mark(names: &mut [(u32, String)], columns: std::ops::Range<u32>, words: &str) {
    for (_, name) in names.iter_mut().filter(|(column, name)| columns.contains(column) && !is_secret(name)) {
        *name = format!("{words}_{name}");
    }
}

/// Whether `row` can hold groups of columns: fewer cells than columns, or for each column whether it is public. A row of data
/// above a second heading is none.
fn can_be_of_groups(row: &SheetRow, names: &[(u32, String)]) -> bool {
    row.cells.len() * 2 <= names.len() + 1 || row.cells.iter().all(|(_, text)| text.contains("公開") || is_secret(text))
}

/// Whether a cell of `row` says that the columns below are not for everybody. In the first column it may as well be a title.
fn is_mark(row: &SheetRow, (column, text): (u32, &str), first_column: u32) -> bool {
    let letters = text.chars().count();
    let is_title = ["一覧", "名簿", "リスト", "含"].iter().any(|word| text.contains(word));
    let is_first = column <= first_column;
    letters <= LETTERS && is_secret(text) && !(is_first && (is_title || row.cells.len() < 2))
}

/// The column behind the last one below the cell of `row` at `column`: where it is merged its end, else the next cell.
fn end(sheet: &CellSheet, row: &SheetRow, column: u32) -> u32 {
    let next = row.cells.iter().map(|(c, _)| *c).find(|c| *c > column).unwrap_or(u32::MAX);
    let ranges = merged::of_row(sheet, row.number);
    match merged::width(&ranges, column) {
        1 if ranges.iter().any(|merge| merge.top == row.number && merge.left == column) => column + 1,
        1 => next,
        width => column.saturating_add(width).min(next),
    }
}
