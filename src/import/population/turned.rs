//! Tables with their areas side by side and ages below each other: turned, so that every area is a row. This module does no I/O.

use super::layout;
use super::measure::{AgeSpan, Measure};
use crate::import::file::{CellSheet, SheetRow};

/// Rows at the top that are searched for the names of areas.
const TOP_ROWS: usize = 30;

/// Rows that must name whom they count, at least.
const LEAST_MEASURES: usize = 3;

/// What stands above the names of the areas once the table is turned.
const NAME_HEADING: &str = "地域名";

/// The table of `sheet`, turned; `None` where it is no such table. A turned row has the number of its column, the first being 1.
pub(super) fn turned(sheet: &CellSheet) -> Option<CellSheet> {
    let heading = (0..sheet.rows.len().min(TOP_ROWS)).find(|&at| is_heading(sheet, at))?;
    let labels = sheet.rows[heading].cells.first()?.0;
    let rows = &sheet.rows[heading..];
    let mut columns: Vec<u32> = rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column)).collect();
    columns.sort_unstable();
    columns.dedup();
    let row = |column: u32| {
        let cell = |(at, row): (u32, &SheetRow)| {
            let is_corner = at == 0 && column == labels;
            let text = if is_corner { NAME_HEADING } else { row.cell(column) };
            (!text.is_empty()).then(|| (at, text.to_owned()))
        };
        SheetRow { number: column + 1, width: 0, cells: (0..).zip(rows).filter_map(cell).collect() }
    };
    let rows: Vec<SheetRow> = columns.into_iter().filter(|column| *column >= labels).map(row).collect();
    let last_row = rows.last().map_or(0, |row| row.number);
    let turned = CellSheet { rows, last_row, merges: Vec::new(), ..sheet.clone() };
    layout::find(&turned).is_some().then_some(turned)
}

/// Whether row `at` names areas: its first cell stands above a column of ages, and the others count nobody.
fn is_heading(sheet: &CellSheet, at: usize) -> bool {
    let Some((labels, others)) = sheet.rows[at].cells.split_first() else { return false };
    let below = sheet.rows[at + 1..].iter().filter_map(|row| Measure::of(row.cell(labels.0)));
    let measures: Vec<Measure> = below.collect();
    let has_ages = measures.iter().any(|measure| measure.ages != AgeSpan::All);
    let are_names = others.iter().all(|(_, text)| Measure::of(text).is_none() || text.trim().ends_with('計'));
    Measure::of(&labels.1).is_none() && !others.is_empty() && are_names && has_ages && measures.len() >= LEAST_MEASURES
}
