//! Our CSV and XLSX: a row a place, its columns by their headings. This module does no I/O.

use super::OwnRow;
use crate::import::file::{CellSheet, SheetRow};
use crate::model::place_row::{PlaceColumn, PlaceRecordReader};
use crate::text::formula::unguarded;

/// The headings by which a file is ours: no list of a city has all of them.
const REQUIRED: [PlaceColumn; 6] = [
    PlaceColumn::Id,
    PlaceColumn::Name,
    PlaceColumn::Category,
    PlaceColumn::Status,
    PlaceColumn::Mode,
    PlaceColumn::Precision,
];

/// A column of ours and its number.
type OwnColumn = (PlaceColumn, u32);

/// The rows of a sheet with our headings; `None` for any other sheet.
/// In text files an apostrophe before a formula is ours (`is_text`); in workbooks it belongs to the cell.
pub(super) fn read(sheet: &CellSheet, is_text: bool) -> Option<Vec<OwnRow>> {
    let (heading, body) = sheet.rows.split_first()?;
    let known = |(number, text): &(u32, String)| Some((PlaceColumn::of_heading(text.trim())?, *number));
    let columns: Vec<(PlaceColumn, u32)> = heading.cells.iter().filter_map(known).collect();
    let has = |wanted: &PlaceColumn| columns.iter().filter(|(column, _)| column == wanted).count() == 1;
    if !REQUIRED.iter().all(has) {
        return None;
    }
    let others: Vec<&(u32, String)> = heading.cells.iter().filter(|cell| known(cell).is_none()).collect();
    let unguard: fn(&str) -> &str = if is_text { unguarded } else { |text| text };
    Some(body.iter().map(|row| own_row(row, (&columns, &others), unguard)).collect())
}

/// A row; columns that are not ours are kept for the staff.
fn own_row(row: &SheetRow, (columns, others): (&[OwnColumn], &[&(u32, String)]), unguard: fn(&str) -> &str) -> OwnRow {
    let cell = |wanted: PlaceColumn| {
        let number = columns.iter().find(|(column, _)| *column == wanted).map(|(_, number)| *number);
        unguard(number.map_or("", |number| row.cell(number)))
    };
    let mut reader = PlaceRecordReader::new(cell);
    let mut record = reader.record();
    let unread = reader.unread.into_iter().map(|(column, text)| (column.heading().to_owned(), text)).collect();
    let other = others.iter().map(|(number, heading)| (heading.clone(), unguard(row.cell(*number)).to_owned()));
    record.facts.extra.extend(other.filter(|(_, text)| !text.is_empty()));
    OwnRow { number: row.number, record, unread }
}
